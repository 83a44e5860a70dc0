"""Judges one published table: every figure read again, every sum cast again, and each that differs given its cause.

A table passes where everything in it could be read and every sum casts, rounding aside. It fails where

- its file is no case of the schema, a rule cannot be read or names what the table lacks, or a row is there twice;
- what a cell prints is not what its value says, under the signs of the table (a bracket or a minus, or both: less);
- a sum differs, unless the file itself says that this one does: then the break is expected, and named all the same;
- the file says another outcome of a sum than the one that is found, or counts them otherwise.

Nothing that a file says of an outcome is used to reach one: ``computed`` and ``difference`` are not even read. A blank
in a sum counts as nil; a sum without a total, or of blanks alone, is open. Rounding may put a sum out by half a last
place for its total and each of its terms, the last place taken from the print.

Sums are of four kinds (``Basis``): stated in the file; a rule of the file at another place where it applies; found for
a total that has no rule; and implied by the laws of balances from year to year. A total for which no sum is found is
said to have no rule, which is no fault; but one that calls itself a total, below lines of its own in a whole table of
a file without any checks, must be the sum of them. The cause of a difference is the one that mends most of what is
broken in the table and breaks least, the likelier kind first (``mends.Fault``), and only where it accounts for all of
it.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from breakeven.reconciliation.check import Result

from .case import Case, UnreadableCaseError, load
from .casting import Cast, Outcome, Table, outcome
from .faults import Cause, explain
from .implied import found_casts
from .lacking import lines_lacking
from .one_slip import is_one_slip
from .reading import reading_troubles
from .row_rules import is_total
from .stated import Trouble, stated_casts
from .years import year_casts

SAYS = {Result.AGREES.value, Result.ROUNDING.value, Result.DIFFERS.value}


@dataclass(frozen=True, slots=True)
class Judged:
    """One sum of one table, with what became of it."""

    cast: Cast
    outcome: Outcome
    cause: Cause | None
    lack: str
    """A line that the rule names and the table lacks, where that is why the sum differs; else blank."""
    contradicts: tuple[str, ...]
    """What the file says of it that is not so."""

    @property
    def is_expected(self) -> bool:
        """Whether the file itself says that the sum differs."""
        return Result.DIFFERS.value in self.cast.statuses

    @property
    def is_fault(self) -> bool:
        """Whether the table fails by this sum."""
        return bool(self.contradicts) or (self.outcome.result is Result.DIFFERS and not self.is_expected)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is to be said of one file. ``table`` is None where it could not be read."""

    name: str
    table: Table | None
    sums: tuple[Judged, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    without_rule: tuple[str, ...] = ()

    @property
    def passes(self) -> bool:
        """Whether there is nothing against the table."""
        return not self.troubles and not any(each.is_fault for each in self.sums)

    def count(self, result: Result) -> int:
        """How many sums come out so."""
        return sum(each.outcome.result is result for each in self.sums)


def judge_file(path: Path) -> Judgement:
    """Judge one file; one that is no case of the schema fails with the reason."""
    try:
        case = load(path)
    except UnreadableCaseError as error:
        return Judgement(path.name, None, troubles=(Trouble("file", f"the file {error}"),))
    return judge(path.name, case)


def judge(name: str, case: Case) -> Judgement:
    """Judge one table."""
    table = Table(case)
    stated = stated_casts(table)
    known = [cast for cast in stated.casts if not cast.lacks]

    def accounts(new: Sequence[Cast], others: Sequence[Cast]) -> bool:
        return is_one_slip(table, new, others)

    found = found_casts(table, known, accounts)
    years = year_casts(table, [*known, *found], accounts)
    casts = [*stated.casts, *found, *years]
    causes = _causes(table, casts)
    sums = tuple(_judged(table, cast, causes.get(i)) for i, cast in enumerate(casts))
    ruled = {cast.total[0] for cast in casts if cast.across != "columns" and cast.total}
    without = (r for r in range(len(table.rows)) if r not in ruled and is_total(table, r) and any(table.line(r)))
    troubles = (*reading_troubles(table), *stated.troubles, *_of_summary(case, sums))
    return Judgement(name, table, sums, troubles, tuple(table.rows[r].id for r in without))


def _causes(table: Table, casts: Sequence[Cast]) -> Mapping[int, Cause]:
    whole = [i for i, cast in enumerate(casts) if not cast.lacks]
    found = explain(table, [casts[i] for i in whole])
    causes = {whole[i]: cause for i, cause in found.items()}
    for sums, cause in lines_lacking(table, casts, causes):
        causes |= dict.fromkeys(sums, cause)
    return causes


def _judged(table: Table, cast: Cast, cause: Cause | None) -> Judged:
    out = outcome(table, cast)
    differs = out.result is Result.DIFFERS
    contradicts = tuple(
        status for status in dict.fromkeys(cast.statuses) if status in SAYS and status != out.result.value
    )
    lack = cast.lacks[0] if differs and cast.lacks else ""
    return Judged(cast, out, cause if differs else None, lack, contradicts)


def _of_summary(case: Case, sums: Sequence[Judged]) -> Iterator[Trouble]:
    """The file's own count of outcomes against those found, where it counts just the checks that it lists."""
    said = {
        key: int(n) for key, n in (case.check_summary or {}).items() if key in SAYS and isinstance(n, int | Decimal)
    }
    listed = [each for each in sums for _ in each.cast.statuses]
    if not said or sum(said.values()) != len(listed):
        return
    found = Counter(each.outcome.result.value for each in listed)
    for key, n in said.items():
        if found[key] != n:
            yield Trouble("summary", f"the file counts {n} sums as '{key}', {found[key]} are found")
