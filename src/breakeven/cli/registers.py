"""The commands that write to a register of the user's own workbooks: vire, vary, accrue, explain, override.

Each appends to a sheet, keeps the workbook as it was in ``copies``, and says which cells it wrote.
"""

from typing import Annotated, Literal

import typer

from breakeven.cli.common import Folder, app, period_said, say, usage, words_and_folder
from breakeven.cli.register_entry import (
    AtPeriod,
    By,
    DryRun,
    Entry,
    OnDate,
    Reason,
    amount_of,
    coding_of,
    day_of,
    new_ref,
    row_of,
    text_of,
    unknown,
)

Ref = Annotated[
    str | None, typer.Option("--ref", help="Its reference; the next free one if left out.", show_default=False)
]


@app.command("vire")
def vire(
    giver: Annotated[str, typer.Option("--from", help="The cost centre and account that give budget.")],
    taker: Annotated[str, typer.Option("--to", help="The cost centre and account that take it.")],
    amount: Annotated[str, typer.Option("--amount", help="How many pounds, above nil.")],
    reason: Reason,
    approved_by: Annotated[str, typer.Option("--approved-by", help="Who approved it.")],
    folder: Folder = None,
    ref: Ref = None,
    date: OnDate = None,
    dry_run: DryRun = False,
) -> None:
    """Move budget from one code to another: two rows that net to nil, and the revised budget and profile of both.

    The months from its date on give and take by the profile.

    Example: breakeven vire --from "S1010 5010" --to "S1010 5110" --amount 240000 --reason "Agency cover" --approved-by
    "Director of Resources"
    """
    from breakeven.ledger.entries import COUNTS_FROM, month_of, moved_budget, virement_sides, why_far
    from breakeven.workbook.append import Change

    entry = Entry(folder)
    year, moved, on = entry.year, amount_of(amount, positive=True), day_of(date)
    if date is None and why_far(COUNTS_FROM["virements"], on, year.body.year):
        usage(f"--date must be given: today, {on:%d/%m/%Y}, is far from the year {year.body.year.on_screen}")
    lines = {line.coding: line for line in year.ledgers.budget}
    sides = [coding_of(said, option, lines) for said, option in ((giver, "--from"), (taker, "--to"))]
    if sides[0] == sides[1]:
        usage("--from and --to are one code, so that nothing would move")
    if lines[sides[0]].revised < moved:
        usage(f"--amount: {' '.join(sides[0])} has a revised budget of £{lines[sides[0]].revised:,.2f}, less than that")
    same = {
        "ref": new_ref(ref, [virement.ref for virement in year.ledgers.virements], "VR01"),
        "date": on,
        "reason": text_of(reason, "--reason"),
        "approved_by": text_of(approved_by, "--approved-by"),
    }
    if why := year.body.month_end.above_limit(approved_by, moved):
        say(f"note: {why}")
    month = month_of(on, year.body.year)
    changes = [
        Change("budget", lines[coding], field, value)
        for coding, change in zip(sides, (-moved, moved), strict=True)
        for field, value in moved_budget(lines[coding], change, month).items()
    ]
    entry.write("virements", virement_sides(sides[0], sides[1], moved, same), changes=changes, dry_run=dry_run)


@app.command("vary")
def vary(
    ref: Annotated[str, typer.Option("--ref", help="Its change-control reference.")],
    purpose: Annotated[str, typer.Option("--purpose", help="What it is for.")],
    amount: Annotated[str, typer.Option("--amount", help="Pounds a year; negative where it lowers the sum.")],
    recurrent: Annotated[Literal["yes", "no"], typer.Option("--recurrent", help="Whether later years have it.")],
    folder: Folder = None,
    agreed: Annotated[str | None, typer.Option("--agreed", help="When; today if left out.", show_default=False)] = None,
    paid: Annotated[str | None, typer.Option("--paid", help="Pounds paid so far.", show_default=False)] = None,
    borne_by: Annotated[
        str, typer.Option("--borne-by", help="Who bears it, as 'council 70, health 30'.", show_default=False)
    ] = "",
    dry_run: DryRun = False,
) -> None:
    """Enter a variation of the contract sum that both parties have agreed.

    Example: breakeven vary --ref V04 --purpose "Pay award" --amount 250000 --agreed 2024-01-19 --recurrent yes
    --borne-by "council 70, health 30"
    """
    from breakeven.ledger.contract import payer_shares

    entry = Entry(folder)
    try:
        payer_shares(borne_by)
    except ValueError as error:
        usage(f"--borne-by: {error}")
    row = {
        "ref": new_ref(ref, [variation.ref for variation in entry.year.ledgers.variations], "V01"),
        "date_agreed": day_of(agreed, "--agreed"),
        "purpose": text_of(purpose, "--purpose"),
        "amount": amount_of(amount),
        "recurrent": recurrent == "yes",
        "paid": None if paid is None else amount_of(paid, "--paid"),
        "borne_by": borne_by.strip(),
    }
    entry.write("variations", [row], dry_run=dry_run)


@app.command("accrue")
def accrue(
    code: Annotated[str, typer.Option("--code", help="The cost centre and account.")],
    period: AtPeriod,
    amount: Annotated[str, typer.Option("--amount", help="How many pounds, above nil.")],
    reason: Reason,
    folder: Folder = None,
    prepayment: Annotated[
        bool, typer.Option("--prepayment", help="A cost of later periods, taken from this one: written negative.")
    ] = False,
    reverses: Annotated[
        str, typer.Option("--reverses", help="When it is undone, as '2023-24 P10'; the next period if left out.")
    ] = "",
    description: Annotated[str, typer.Option("--description", help="What it is for.", show_default=False)] = "",
    ref: Ref = None,
    date: OnDate = None,
    dry_run: DryRun = False,
) -> None:
    """Enter an accrual, or a prepayment, of one period; it is undone by itself.

    Example: breakeven accrue --code "P1010 6010" --period P09 --amount 12000 --reason "December invoice not received"
    """
    from breakeven.ledger.chart import UNMAPPED, AmbiguousCodeError
    from breakeven.ledger.entries import why_not_undone
    from breakeven.periods import parse_year_and_period, period_name

    entry = Entry(folder)
    ledgers, chart = entry.year.ledgers, entry.year.body.chart
    known = dict.fromkeys([line.coding for line in ledgers.budget] + list(entry.year.transactions.by_coding))
    coding = coding_of(code, "--code", known)
    try:
        if chart.line_of(coding) == UNMAPPED:
            usage(f"--code: no line of the chart of accounts has {' '.join(coding)}")
    except AmbiguousCodeError as error:
        usage(f"--code: {error}")
    undone = ""
    if reverses:
        try:
            when, in_period = parse_year_and_period(reverses)
        except ValueError:
            usage(f"--reverses takes a year and period such as '2023-24 P10', not {reverses!r}")
        undone = f"{when} {period_name(in_period)}"
        if why := why_not_undone(undone, period_said(period), entry.year.body.year):
            usage(f"--reverses: {why}")
    kind = "prepayment" if prepayment else "accrual"
    sign = -1 if prepayment else 1
    alike = (
        [each.ref for each in ledgers.accruals if each.kind == kind]
        if ref is None
        else [each.ref for each in ledgers.accruals]
    )
    row = {
        "ref": new_ref(ref, alike, "PP01" if prepayment else "A01"),
        "kind": kind,
        "period": period_said(period),
        "cost_centre": coding[0],
        "account": coding[1],
        "description": description.strip(),
        "amount": sign * amount_of(amount, positive=True),
        "reverses": undone,
        "date": day_of(date),
        "reason": text_of(reason, "--reason"),
    }
    entry.write("accruals", [row], dry_run=dry_run)


@app.command("explain")
def explain(
    said: Annotated[list[str], typer.Argument(metavar="LINE TEXT [FOLDER]", help="The line, and why it differs.")],
    period: AtPeriod,
    because: Annotated[
        str,
        typer.Option(
            "--because",
            help="price, volume, mix, contributions, inflation, one-off, savings slippage, timing or other.",
        ),
    ],
    by: By,
    amount: Annotated[
        str | None,
        typer.Option(
            "--amount", help="The part it explains; more cost, or more income, is positive.", show_default=False
        ),
    ] = None,
    date: OnDate = None,
    dry_run: DryRun = False,
) -> None:
    """Keep the explanation of a line's variance at a period, beside the figures.

    Example: breakeven explain Residential "Two new placements at a higher fee" --period P09 --because price --amount
    310000 --by "Head of Placements"
    """
    from breakeven.ledger.registers import REASON_KINDS

    words, folder = words_and_folder(said, 2)
    if len(words) != 2:
        usage('say which line and, in quotes, why: breakeven explain Residential "Two new placements" --period P09 ...')
    if because.strip().lower() not in REASON_KINDS:
        unknown(f"--because takes {', '.join(REASON_KINDS)}, not {because!r}", because, REASON_KINDS)
    entry = Entry(folder)
    row = {
        "line": row_of(words[0], entry.year),
        "period": period_said(period),
        "kind": because.strip().lower(),
        "amount": None if amount is None else amount_of(amount),
        "text": text_of(words[1], "the explanation"),
        "author": text_of(by, "--by"),
        "date": day_of(date),
    }
    entry.write("explanations", [row], dry_run=dry_run)


@app.command("override")
def override(
    said: Annotated[list[str], typer.Argument(metavar="LINE [FOLDER]", help="The line, or the row of income.")],
    period: AtPeriod,
    amount: Annotated[str, typer.Option("--amount", help="Its outturn for the whole year, in pounds.")],
    reason: Reason,
    by: By,
    date: OnDate = None,
    dry_run: DryRun = False,
) -> None:
    """Set a line's forecast outturn by hand from a period on, with who did so and why.

    Example: breakeven override Residential --period P09 --amount 18000000 --reason "Panel of 12 January" --by "Head of
    Finance"
    """
    words, folder = words_and_folder(said, 1)
    if len(words) != 1:
        usage("name one line: breakeven override Residential --period P09 --amount 18000000 ...")
    entry = Entry(folder)
    row = {
        "line": row_of(words[0], entry.year),
        "period": period_said(period),
        "amount": amount_of(amount),
        "reason": text_of(reason, "--reason"),
        "author": text_of(by, "--by"),
        "date": day_of(date),
    }
    entry.write("overrides", [row], dry_run=dry_run)
