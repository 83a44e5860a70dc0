"""A line that has been left out of a table: what the totals hold beyond the lines that are there."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from breakeven.reconciliation.check import Result

from .casting import Basis, Cast, Table, outcome
from .faults import Cause
from .mends import Fault, Mend


def lines_lacking(
    table: Table, casts: Sequence[Cast], causes: Mapping[int, Cause]
) -> Iterator[tuple[list[int], Cause]]:
    """For each total of which no one cause mends all that differs: its sums, and the one line that would mend them all.

    That the columns add across in that line, too, is what tells it from so many unlike slips. In a table of which the
    file states no sum it is told by every column of the total being out.
    """
    by_total: dict[int, list[int]] = defaultdict(list)
    for i, cast in enumerate(casts):
        if cast.across == "rows" and cast.total and cast.formula is None and not cast.lacks:
            by_total[cast.total[0]].append(i)
    for total, sums in by_total.items():
        broken = [i for i in sums if outcome(table, casts[i]).result is Result.DIFFERS]
        known = {id(causes[i]) for i in broken if i in causes}
        if not broken or (len(known) == 1 and all(i in causes for i in broken)):
            continue
        is_found = all(casts[i].basis is Basis.FOUND for i in broken) and not table.case.checks
        if (is_found or not known) and (name := _gap(table, casts[broken[0]])):
            words = f"line left out: {name}, by the numbers of the lines of {table.rows[total].id}"
            at = tuple((total, casts[i].at) for i in broken)
            yield broken, Cause(Mend(Fault.LEFT_OUT, at, words, {}))
            continue
        if len(broken) < 2:
            continue
        line = {casts[i].at: -(outcome(table, casts[i]).difference or Decimal(0)) for i in broken}
        adds_up = _adds_across(table, line, {casts[i].at: casts[i].allowed for i in broken}, casts)
        told = adds_up and (is_found or not known)
        if told or (is_found and adds_up is None and _all_out(table, casts, sums, broken)):
            at = tuple((total, column) for column in sorted(line))
            figures = ", ".join(f"{line[column]:,f}" for column in sorted(line))
            words = f"line left out of the table above {table.rows[total].id}: one of {figures}"
            yield broken, Cause(Mend(Fault.LEFT_OUT, at, words, {}))


def _all_out(table: Table, casts: Sequence[Cast], sums: Sequence[int], broken: Sequence[int]) -> bool:
    """Whether a total is out wherever it is there, but for a column or two in which the line may be nil."""
    there = [i for i in sums if outcome(table, casts[i]).result is not Result.OPEN]
    return 3 * len(broken) >= 2 * len(there)


def _adds_across(
    table: Table, line: Mapping[int, Decimal], allowed: Mapping[int, Decimal], casts: Sequence[Cast]
) -> bool | None:
    """Whether a line keeps every rule of the columns; None where no rule says anything of it."""
    across = {cast.rule: cast for cast in casts if cast.across == "columns" and cast.total and cast.formula is None}
    held = 0
    for cast in across.values():
        assert cast.total is not None
        columns = {column: by for (_, column), by in cast.adds.items()}
        stated = line.get(cast.total[1], Decimal(0))
        computed = sum((line.get(column, Decimal(0)) * by for column, by in columns.items()), Decimal(0))
        slack = sum((allowed.get(column, Decimal(0)) for column in (cast.total[1], *columns)), Decimal(0))
        if abs(computed - stated) > slack:
            return False
        held += bool(stated) and any(column in line for column in columns)
    return True if held else None


def _gap(table: Table, cast: Cast) -> str:
    """The one number that the lines of a sum lack, where their names count on: d1, d2, d4; blank where they do not."""
    ids = [table.rows[row].id for row, _ in cast.adds]
    stems = {name.rstrip("0123456789") for name in ids}
    numbers = [int(name[len(stem) :]) for stem in stems for name in ids if name[len(stem) :].isdigit()]
    if len(stems) != 1 or len(numbers) != len(ids):
        return ""
    first = 1 if min(numbers) == 2 else min(numbers)
    lacking = set(range(first, max(numbers))) - set(numbers)
    return f"{stems.pop()}{lacking.pop()}" if len(lacking) == 1 else ""
