"""Every published table spoilt in each of nine ways, one fault at a time by chance: the judge names it, and its cell.

A fault that breaks no sum of the table, rounding aside, cannot be seen. One that another cause accounts for as well
cannot be told from it: then the judge may name that one, and the fault must be among those that do as well.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

import pytest

from breakeven.reconciliation.check import Result
from published.case import PUBLISHED, Case, load
from published.casting import Cast, Table
from published.implied import found_casts
from published.judge import Judgement, judge
from published.mends import Fault, Mend
from published.spoiled import Spoilt, broken_by, every_spoilt
from published.stated import stated_casts
from published.years import year_casts

SEED = 7
UNSEEN, NAMED, AS_WELL, MISSED = "breaks no sum", "is named", "is one of several that do", "is not named"


@cache
def cases() -> tuple[Case, ...]:
    if not PUBLISHED.exists():
        pytest.skip("the tables are in ../shared/cases/published, which is not here")
    return tuple(load(path) for path in sorted(PUBLISHED.glob("*.json")))


@cache
def sums_of(name: str, *, has_checks: bool) -> tuple[Table, tuple[Cast, ...]]:
    """A table as it was published, and its sums."""
    table = Table(next(case for case in cases() if case.id == name))
    stated = stated_casts(table).casts if has_checks else []
    found = [] if has_checks else found_casts(table, [], never)
    return table, (*stated, *found, *year_casts(table, [], never))


def never(_new: Sequence[Cast], _known: Sequence[Cast]) -> bool:
    """Nothing is put down to a slip in a table as it was published."""
    return False


def naming(found: Judgement, spoilt: Spoilt) -> str:
    """What the judge makes of one fault."""
    if found.passes:
        return MISSED
    if any((trouble.cause, trouble.row) == (spoilt.fault, spoilt.row) for trouble in found.troubles):
        return NAMED
    differ = [each for each in found.sums if each.outcome.result is Result.DIFFERS and not each.is_expected]
    causes = [each.cause for each in differ if each.cause]
    if any(each.lack == spoilt.row for each in differ) or any(_is_it(found, c.mend, spoilt) for c in causes):
        return NAMED
    return AS_WELL if any(_is_it(found, other, spoilt) for c in causes for other in c.others) else MISSED


def _is_it(found: Judgement, mend: Mend, spoilt: Spoilt) -> bool:
    assert found.table is not None
    if mend.fault is not spoilt.fault:
        return False
    if spoilt.way == "a line left out":  # it has no cell any more
        return "of the table" in mend.words or spoilt.row in mend.words
    rows, columns = ({place[axis] for place in mend.at} for axis in (0, 1))
    is_column = spoilt.column is None or columns == {spoilt.column}
    return is_column and {found.table.rows[row].id for row in rows} == {spoilt.row}


def outcomes(seed: int, *, has_checks: bool, every: int = 1) -> Iterator[tuple[Spoilt, str]]:
    for spoilt in every_spoilt(cases()[::every], seed):
        table, sums = sums_of(spoilt.case.id, has_checks=has_checks)
        if not broken_by(spoilt, table, sums):
            yield spoilt, UNSEEN
            continue
        case = spoilt.case if has_checks else spoilt.case.model_copy(update={"checks": None})
        yield spoilt, naming(judge(case.id, case), spoilt)


def test_the_judge_names_the_fault_of_a_table_whose_checks_are_left_as_they_were() -> None:
    found = list(outcomes(SEED, has_checks=True))
    counts = Counter(said for _, said in found)
    assert counts[NAMED] >= 280
    assert counts[AS_WELL] <= 12
    assert counts[UNSEEN] <= 35
    missed = [str(spoilt) for spoilt, said in found if said == MISSED]
    assert len(missed) <= 0.01 * counts[NAMED], missed


def test_the_judge_names_nearly_every_fault_of_a_table_without_checks() -> None:
    found = list(outcomes(SEED, has_checks=False, every=2))
    of_figures = Counter(said for spoilt, said in found if spoilt.column is not None)
    assert of_figures[NAMED] >= 0.9 * (of_figures.total() - of_figures[UNSEEN] - of_figures[AS_WELL]), of_figures
    of_lines = Counter(said for spoilt, said in found if spoilt.column is None)
    assert of_lines[NAMED] >= 0.8 * (of_lines.total() - of_lines[UNSEEN] - of_lines[AS_WELL]), of_lines


def test_no_published_table_is_faulted_with_its_checks_or_without() -> None:
    for case in cases():
        assert judge(case.id, case).passes, case.id
        bare = judge(case.id, case.model_copy(update={"checks": None}))
        assert bare.passes or case.id == "sutton-coldfield-2017-18"


def test_the_break_of_sutton_coldfield_is_the_transfer_that_lost_its_brackets() -> None:
    case = next(case for case in cases() if case.id == "sutton-coldfield-2017-18")
    found = judge(case.id, case)
    first, second = (each.cause for each in found.sums if each.cause)
    assert first is second
    assert first
    assert found.table
    mend = first.mend
    assert mend.fault is Fault.SIGN
    assert {found.table.rows[row].id for row, _ in mend.at} == {"transfer"}
    assert [found.table.columns[column].label for _, column in mend.at] == ["Net expenditure", "Variance"]
