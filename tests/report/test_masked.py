"""What may be published: no number below five, and none that the totals would give away."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from breakeven.report.masked import masked, with_total


def grid(*rows: str) -> list[list[Decimal]]:
    return [[Decimal(each) for each in row.split()] for row in rows]


def shown(*rows: str) -> list[str]:
    """The rows with a dash for each number that is masked."""
    found = masked(grid(*rows))
    cells = [row.split() for row in rows]
    return [
        " ".join("-" if hide else c for c, hide in zip(*pair, strict=True)) for pair in zip(cells, found, strict=True)
    ]


def test_a_table_without_small_numbers_is_shown_whole() -> None:
    assert shown("5 10 15", "0 20 20", "5 30 35") == ["5 10 15", "0 20 20", "5 30 35"]


def test_a_number_below_five_takes_others_with_it_that_would_give_it_away() -> None:
    """3 could be told from its row, and from its column."""
    assert shown("3 10 13", "8 20 28", "11 30 41") == ["- - 13", "- - 28", "11 30 41"]


def test_of_a_single_column_two_are_masked() -> None:
    assert shown("3", "8", "20", "31") == ["-", "-", "20", "31"]


@given(st.lists(st.lists(st.integers(0, 30), min_size=3, max_size=3), min_size=2, max_size=5))
def test_no_small_number_is_shown_or_alone_in_its_row_or_column(numbers: list[list[int]]) -> None:
    table = [[Decimal(n) for n in (*row, sum(row))] for row in numbers]
    table.append([sum(column, Decimal(0)) for column in zip(*table, strict=True)])
    hidden = masked(table)
    small = [
        hide for row, hides in zip(table, hidden, strict=True) for n, hide in zip(row, hides, strict=True) if 0 < n < 5
    ]
    assert all(small)
    for line in (*hidden, *zip(*hidden, strict=True)):
        assert sum(line) != 1


def test_a_nil_hides_nothing() -> None:
    """Were the noughts to stand for 4, their total would say that they are none."""
    assert shown("4 0 9 13", "8 0 20 28", "12 0 29 41") == ["- 0 - 13", "- 0 - 28", "12 0 29 41"]


def test_the_total_of_a_cost_is_masked_where_one_cost_is() -> None:
    assert with_total([Decimal(10), "[c]"], Decimal(14)) == "[c]"
    assert with_total(["[c]", "[c]"], Decimal(14)) == 14
    assert with_total([Decimal(10), None], None) is None


def test_what_is_missing_is_not_masked() -> None:
    assert masked([[None, Decimal(3)], [None, None]]) == [[False, True], [False, False]]
    assert masked([]) == []
