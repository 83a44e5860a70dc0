"""What the commands that write to a register share: what was typed, read strictly, and what was written, said."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from breakeven.cli.common import ExitCode, default_folder, read_folder, say, say_findings, usage

if TYPE_CHECKING:
    from decimal import Decimal

    from breakeven.ledger.lines import Coding
    from breakeven.ledger.year import ContractYear
    from breakeven.workbook.append import Change

DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would be written, and write nothing.")]
OnDate = Annotated[str | None, typer.Option("--date", help="Its date; today if left out.", show_default=False)]
By = Annotated[str, typer.Option("--by", help="Who says so.")]
AtPeriod = Annotated[str, typer.Option("--period", help="The period, P01 (April) to P13.")]
Reason = Annotated[str, typer.Option("--reason", help="Why.")]


class Entry:
    """One command's work: the folder as read, then what is written to one table of it."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder or default_folder()
        self.year: ContractYear = read_folder(self.folder)

    def write(
        self,
        table: str,
        rows: Sequence[Mapping[str, Any]],
        *,
        dry_run: bool,
        changes: "Sequence[Change]" = (),
        aside: bool = False,
    ) -> None:
        """Write the rows, and say which cells they took; where that is refused, say why and exit 3.

        aside: what was written is not the command's answer, so it is said on stderr.
        """
        from breakeven.report.entered import entered_lines, left_lines, protected_lines
        from breakeven.workbook.append import enter
        from breakeven.workbook.safe_write import WriteRefusedError

        for why in self._far(table, rows):
            say(f"note: {why}; is that the date?")
        now = datetime.now().astimezone()
        try:
            entered = enter(self.folder, table, rows, changes, inputs=self.year.inputs, now=now, dry_run=dry_run)
        except WriteRefusedError as refused:
            say_findings(refused.findings)
            raise typer.Exit(ExitCode.REFUSED) from None
        except OSError as error:
            say(f"nothing was written to {self.folder}: {error.strerror or error}")
            raise typer.Exit(ExitCode.REFUSED) from None
        for line in entered_lines(entered, table, rows):
            typer.echo(line, err=aside)
        for note in (*protected_lines(entered), *left_lines(entered)):
            say(note)
        if late := self._closed_meanwhile(table, rows):
            they, are = ("it was", "is") if len(late) == 1 else ("they were", "are")
            named = " and ".join(part for part in (", ".join(late[:-1]), late[-1]) if part)
            say(f"note: {named} {are} closed, and this changes what {they} made of: breakeven reconcile reports it")

    def _far(self, table: str, rows: Sequence[Mapping[str, Any]]) -> Sequence[str]:
        """Why a date that says from when on the rows count is far from the year, once each."""
        from breakeven.ledger.entries import COUNTS_FROM, why_far

        dated, year = COUNTS_FROM.get(table), self.year.body.year
        return [*dict.fromkeys(why for row in rows if dated and (why := why_far(dated, row[dated.field], year)))]

    def _closed_meanwhile(self, table: str, rows: Sequence[Mapping[str, Any]]) -> Sequence[str]:
        """The closed periods in which one of the rows counts."""
        from breakeven.ledger.entries import counts_at
        from breakeven.periods import period_name

        year = self.year.body.year
        closed = [close.period for close in self.year.closes]
        return [period_name(period) for period in closed if any(counts_at(table, row, year, period) for row in rows)]


# What was typed --------------------------------------------------------------------------------------------------


def amount_of(said: str, option: str = "--amount", *, positive: bool = False) -> "Decimal":
    """Pounds and pence as a cell may hold them: 1,234.50 or £1234.50; more than nil where that is meant."""
    from breakeven.money import SubPennyError, to_pence
    from breakeven.workbook.amounts import LARGEST, parse_amount_text

    amount = parse_amount_text(said)
    if amount is None or abs(amount) >= LARGEST:
        usage(f"{option} takes pounds such as 240000 or 1,234.50, not {said!r}")
    if positive and amount <= 0:
        usage(f"{option} takes an amount above nil, not {said}")
    try:
        to_pence(amount)
    except SubPennyError:
        usage(f"{option} takes whole pence, not {said}")
    return amount


def day_of(said: str | None, option: str = "--date") -> date:
    """A date such as 2024-01-12 or 12/01/2024; today where none is given."""
    from breakeven.workbook.amounts import UnreadableError, read_date

    if said is None:
        return datetime.now().astimezone().date()
    try:
        return read_date(said)
    except UnreadableError:
        usage(f"{option} takes a date such as 2024-01-12 or 12/01/2024, day first, not {said!r}")


def text_of(said: str, option: str) -> str:
    """Words, of which there must be some."""
    if not said.strip():
        usage(f"{option} must say something")
    return said.strip()


def coding_of(said: str, option: str, known: "Iterable[Coding]") -> "Coding":
    """A cost centre and account among those known: ``S1010 5010`` or ``S1010/5010``."""
    codings = list(known)
    parts = said.replace("/", " ").split()
    if len(parts) != 2:
        usage(f"{option} takes a cost centre and an account such as 'S1010 5010', not {said!r}")
    coding = parts[0], parts[1]
    if coding not in codings:
        unknown(f"{option}: there is no {' '.join(coding)!r}", " ".join(coding), [" ".join(each) for each in codings])
    return coding


def row_of(said: str, year: "ContractYear") -> str:
    """A line, or a row of income, by the name that it is known by."""
    from breakeven.ledger.chart import slug
    from breakeven.ledger.registers import name_for

    rows = year.subjects
    if slug(said) not in rows:
        names = dict.fromkeys(name_for(row, rows) for row in rows.values())
        unknown(f"no line and no row of income is called {said!r}", said, [*names])
    return name_for(rows[slug(said)], rows)


def new_ref(said: str | None, refs: Sequence[str], otherwise: str) -> str:
    """A reference that none has yet; the next one where none is given."""
    from breakeven.ledger.entries import next_ref

    if said is None:
        return next_ref(refs, otherwise)
    ref = text_of(said, "--ref")
    if ref.casefold() in {each.casefold() for each in refs}:
        usage(f"--ref: there is a {ref!r} already; the next free one is {next_ref(refs, otherwise)!r}")
    return ref


def unknown(message: str, said: str, known: Sequence[str]) -> NoReturn:
    """Say what there is none of, with the nearest that there is, and exit 2."""
    by_lower = {each.lower(): each for each in known}
    near = get_close_matches(said.lower(), by_lower, n=5, cutoff=0.4)
    near.sort(key=lambda each: _alike_at_first(each, said.lower()), reverse=True)  # of codes, those that begin alike
    usage(message + (f"; did you mean {by_lower[near[0]]!r}?" if near else ""))


def _alike_at_first(one: str, other: str) -> int:
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
