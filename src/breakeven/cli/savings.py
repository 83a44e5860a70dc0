"""The commands of the savings programme: its tracker, and what is entered as delivered."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from breakeven.cli.common import (
    AsCsv,
    AsJson,
    Folder,
    InUnit,
    SavingsAs,
    app,
    draw,
    one_format,
    say,
    say_findings,
    usage,
    words_and_folder,
    worked_out,
)
from breakeven.cli.register_entry import DryRun, Entry, OnDate, amount_of, day_of, text_of, unknown

if TYPE_CHECKING:
    from breakeven.ledger.savings import Saving
    from breakeven.periods import Year
    from breakeven.report.statement import Statement
    from breakeven.workbook.append import Change

DELIVER = "savings deliver"
"""Two words that are one command."""


@app.command("savings")
def savings(
    folder: Folder = None,
    year: Annotated[
        str | None,
        typer.Option(
            help="The contract year; the one that goes on, or else the plan's first, if left out.", show_default=False
        ),
    ] = None,
    by: Annotated[
        list[str] | None,
        typer.Option(
            "--by",
            help="priority, status, owner, line, category, scheme, recurrence or start; several, each within the one "
            "before.",
            show_default=False,
        ),
    ] = None,
    all_years: Annotated[
        bool, typer.Option("--all-years", help="Every year: planned, forecast, weighted, at risk, delivered.")
    ] = False,
    timing: Annotated[
        bool, typer.Option("--timing", help="Starts, ramps, full-year effects, and what slippage costs.")
    ] = False,
    payback: Annotated[
        bool, typer.Option("--payback", help="What is invested to save: gross, net, and when it is paid back.")
    ] = False,
    against_outturn: Annotated[
        bool, typer.Option("--against-outturn", help="Whether each line's outturn bears out what is claimed on it.")
    ] = False,
    savings_as: SavingsAs = "planned",
    json: AsJson = False,
    csv: AsCsv = False,
    unit: InUnit = None,
) -> None:
    """Track the savings programme by priority, status or other: planned, delivered, forecast, weighted, at risk.

    Record what is delivered with: breakeven savings deliver REF AMOUNT --evidence TEXT

    Example: breakeven savings ledgers/2023-24 --by owner,status, or breakeven savings --all-years
    """
    from breakeven.plan.double_counts import with_double_counts
    from breakeven.report.savings import savings_statement
    from breakeven.report.savings_net import against_outturn_statement, payback_statement, said_by_claimed
    from breakeven.report.savings_years import savings_years_statement, timing_statement

    one_format(json=json, csv=csv)
    if sum((all_years, timing, payback, against_outturn)) > 1:
        usage("--all-years, --timing, --payback and --against-outturn are pages of their own; ask for one")
    if year is not None and (all_years or timing or payback or against_outturn):
        usage("--year goes with the tracker of one year")
    if by and (timing or payback or against_outturn):
        usage("--by goes with the tracker, of one year or of --all-years")
    keys: Any = _keys(by or [])
    omit: tuple[str, ...] = ()
    end = worked_out(folder)
    if timing:
        statement: Statement = timing_statement(end)
    elif payback:
        statement = payback_statement(end, savings_as)
    elif against_outturn:
        statement = against_outturn_statement(end)
        omit = said_by_claimed(statement)
    elif all_years:
        statement = savings_years_statement(end, keys)
    else:
        known = {str(each): each for each in (end.programme.base, *end.programme.years)}
        if year is not None and year.replace("/", "-") not in known:
            usage(f"--year takes one of {', '.join(known)}, not {year}")
        statement = savings_statement(end, known[year.replace("/", "-")] if year else None, by=keys)
    draw(statement, json=json, csv=csv, unit=unit, omit=omit)
    say_findings(with_double_counts(end.year).findings)


def _keys(said: list[str]) -> list[str]:
    """The keys of ``--by``, given one by one or with commas between them."""
    from breakeven.plan.groups import KEYS

    keys = [key.strip().lower() for each in said for key in each.split(",")]
    for key in keys:
        if key not in KEYS:
            unknown(f"--by takes {', '.join(KEYS)}, not {key!r}", key, KEYS)
    if len(set(keys)) < len(keys):
        usage("--by has one key twice")
    return keys


@app.command(DELIVER, context_settings={"ignore_unknown_options": True})
def deliver(
    said: Annotated[
        list[str],
        typer.Argument(metavar="REF AMOUNT [FOLDER]", help="The saving, and pounds delivered; negative to correct."),
    ],
    evidence: Annotated[str, typer.Option("--evidence", help="What shows it: an invoice, a vacancy report, a minute.")],
    author: Annotated[str, typer.Option("--author", "--by", help="Who has seen it.")] = "",
    date: OnDate = None,
    year: Annotated[
        str | None,
        typer.Option(
            "--year", help="In which contract year; the folder's, or the saving's first, if left out.",
            show_default=False,
        ),
    ] = None,
    dry_run: DryRun = False,
) -> None:  # fmt: skip
    """Record what a saving has delivered in a year, with its evidence: a row of Deliveries, beside what is there.

    Delivered on Savings follows, where it is what the register came to before.

    Example: breakeven savings deliver S24-08 12500 --evidence "Panel minute, 14 June" --author "Head of Commissioning"
    """
    words, folder = words_and_folder(said, 2)
    if len(words) != 2 or words[0].startswith("--"):
        usage('say which saving and how much: breakeven savings deliver S24-08 12500 --evidence "Panel minute"')
    amount = amount_of(words[1], "AMOUNT")
    if not amount:
        usage("AMOUNT is nil, so that nothing would be recorded")
    entry = Entry(folder)
    saving = _saving_named(words[0], entry)
    row = {
        "saving": saving.ref,
        "year": _year_of(year, saving, entry),
        "amount": amount,
        "evidence": text_of(evidence, "--evidence"),
        "author": author.strip(),
        "date": day_of(date),
    }
    same = ("year", "amount", "evidence")
    for each in entry.year.ledgers.deliveries:
        if each.saving == saving.ref and all(getattr(each, name) == row[name] for name in same):
            usage(f"{saving.ref} has that delivery already, at {each.at}; say in --evidence what is new")
    entry.write("deliveries", [row], changes=list(_column(saving, row, entry)), dry_run=dry_run)


def _saving_named(ref: str, entry: Entry) -> "Saving":
    from breakeven.ledger.chart import slug

    savings = entry.year.ledgers.savings
    found = next((each for each in savings if slug(each.ref) == slug(ref)), None)
    if found is None:
        unknown(f"there is no saving {ref!r}", ref, [each.ref for each in savings])
    return found


def _year_of(said: str | None, saving: "Saving", entry: Entry) -> "Year":
    """The contract year that is meant: none before the saving starts."""
    from breakeven.periods import Year, year_of

    first = year_of(saving.start)
    if said is None:
        return max(first, entry.year.body.year)
    try:
        year = Year.parse(said)
    except ValueError as error:
        usage(f"--year: {error}")
    if year < first:
        usage(f"--year: {saving.ref} starts in {first.on_screen}, so that it delivers nothing in {year.on_screen}")
    return year


def _column(saving: "Saving", row: dict[str, Any], entry: Entry) -> Iterator["Change"]:
    """Delivered on the sheet of savings, where it has been what the register came to for the saving's first year."""
    from breakeven.ledger.savings import deliveries_of
    from breakeven.money import NIL
    from breakeven.periods import year_of
    from breakeven.workbook.append import Change

    year = year_of(saving.start)
    entries = deliveries_of(saving, year, entry.year.ledgers.deliveries)
    before = sum((each.amount for each in entries), NIL) if entries else None
    if row["year"] != year or "delivered" not in saving.cells:
        return
    if saving.delivered == before:
        yield Change("savings", saving, "delivered", (before or NIL) + row["amount"])
    else:
        at, has = saving.cell_of("delivered"), "blank" if saving.delivered is None else f"£{saving.delivered:,}"
        say(f"note: Delivered of {saving.ref} at {at} is {has}, which is not what the register came to, and is left")
