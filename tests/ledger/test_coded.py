"""A coded column reads as the list it stands for."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakeven.findings import ColumnCells
from breakeven.ledger.coded import Coded, Words, codes_of, distinct_of, distinct_pairs
from breakeven.ledger.coded import coded as code_of
from breakeven.ledger.lines import Transactions
from breakeven.money import to_pence
from made import posted

words = st.lists(st.sampled_from(["", "S1", "P2", "0075"]), max_size=9)


def coded(values: list[str]) -> Coded[str]:
    distinct = ["never", *dict.fromkeys(values)]
    return Coded([distinct.index(value) for value in values], distinct)


@given(words, st.integers(-9, 9), st.integers(-9, 9))
def test_a_coded_column_is_the_list_of_its_values(values: list[str], start: int, stop: int) -> None:
    column = coded(values)
    assert list(column) == values
    assert column == values
    assert column == coded(values)
    assert len(column) == len(values)
    assert column[start:stop] == values[start:stop]
    assert [column[i] for i in range(-len(values), len(values))] == values * 2
    assert repr(column) == f"Coded({values!r})"


def test_a_coded_column_is_unlike_another_list_or_a_number() -> None:
    assert coded(["S1"]) != ["P2"]
    assert coded(["S1"]) != 1
    with pytest.raises(TypeError):
        hash(coded(["S1"]))


@given(words)
def test_the_values_that_stand_in_a_column_are_those_of_its_lines(values: list[str]) -> None:
    other = values[::-1]
    assert distinct_of(coded(values)) == distinct_of(values) == set(values)
    pairs = set(zip(values, other, strict=True))
    assert distinct_pairs(coded(values), other) == distinct_pairs(values, coded(other)) == pairs
    assert codes_of(values) == values


@given(words)
def test_a_column_without_codes_is_given_them(values: list[str]) -> None:
    assert code_of(values) == values
    assert len(code_of(values).distinct) == len(set(values))
    given_codes = coded(values)
    assert code_of(given_codes) is given_codes


@given(st.lists(st.text(st.characters(blacklist_characters="\0")), min_size=1))
def test_words_kept_as_one_text_are_the_list_of_them(values: list[str]) -> None:
    text = Words.BETWEEN.join(values)
    for column in (Words(text, len(values)), Words(memoryview(text.encode("utf-8", "surrogatepass")), len(values))):
        assert column == values
        assert list(column) == values
        assert len(column) == len(values)
        assert column[0] == values[0]
        assert column[:2] == values[:2]
        assert codes_of(column) == values
        assert distinct_of(column) == set(values)
        with pytest.raises(TypeError):
            hash(column)


def test_an_extract_without_lines_has_no_codings() -> None:
    assert posted().by_coding == {}


def test_an_extract_sums_the_same_by_codes_as_by_words() -> None:
    plain = posted("S1 5010 250.00 i", "S1 5020 0.10", "S1 5010 -0.20", "P2 5010 7.00")
    by_codes = Transactions(
        "expenditure.xlsx", "Transactions", "H", plain.row, Coded([0] * 4, [date(2023, 4, 30)]), [1] * 4,
        coded(list(plain.cost_centre)), coded(list(plain.account)), [""] * 4, [""] * 4, [""] * 4,
        plain.pence, coded(list(plain.basis)),
    )  # fmt: skip
    assert by_codes.by_coding == plain.by_coding
    assert list(by_codes.by_coding) == [("S1", "5010"), ("S1", "5020"), ("P2", "5010")]
    first = by_codes.by_coding["S1", "5010"]
    assert to_pence(first.total) == 249_80
    assert first.cells == ColumnCells("expenditure.xlsx", "Transactions", "H", (2, 4))
    assert [postings.illustrative for postings in by_codes.by_coding.values()] == [True, False, False]
    assert by_codes.frame.equals(plain.frame)
