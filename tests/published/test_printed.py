"""What a cell of a published table may print."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from published.printed import read_printed


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("4,224", "4224"),
        ("(4,224)", "-4224"),
        ("-4,224", "-4224"),
        ("- 146", "-146"),
        ("−5", "-5"),
        ("4,224-", "-4224"),
        ("(-7.436)", "-7.436"),
        ("( - 7.436)", "-7.436"),
        ("£1658.15", "1658.15"),
        ("£(1,234)", "-1234"),
        ("(£1,234)", "-1234"),
        ("-£5", "-5"),
        ("+450", "450"),
        ("+25.9%", "25.9"),
        ("(4.5%)", "-4.5"),
        ("(4.5)%", "-4.5"),
        ("-18.2 %", "-18.2"),
        ("1 234", "1234"),
        ("36.860", "36.860"),
        ("0*", "0"),
        ("-", "0"),
        ("–", "0"),
        ("£-", "0"),
        ("nil", "0"),
    ],
)
def test_an_amount_is_read_whatever_sign_it_is_printed_with(text: str, amount: str) -> None:
    assert read_printed(text).amount == Decimal(amount)


@pytest.mark.parametrize("text", ["", " ", "n/a", "N/A", "TBC", "lost", "..", "[x]"])
def test_a_blank_or_a_word_is_missing_and_not_nil(text: str) -> None:
    assert (read_printed(text).amount, read_printed(text).is_readable) == (None, True)


@pytest.mark.parametrize(
    "text", ["1,23", "12,34", "1.2.3", "(5", "5)", "--5", "+-5", "(--5)", "5k", "abc 5", "1e5", "9" * 13]
)
def test_what_is_no_amount_but_has_digits_is_not_guessed_at(text: str) -> None:
    assert (read_printed(text).amount, read_printed(text).is_readable) == (None, False)


def test_a_last_place_is_the_one_that_is_printed() -> None:
    assert [read_printed(text).places for text in ("4,224", "36.860", "(0.5%)", "")] == [0, 3, 1, 0]


@given(st.decimals(-(10**9), 10**9, places=2))
def test_every_figure_is_read_back_as_it_was_printed(amount: Decimal) -> None:
    printed = (f"({-amount:,})", f"({amount:,})", f"-£{-amount:,}") if amount < 0 else (f"{amount:,}", f"+{amount:,}")
    assert {read_printed(text).amount for text in printed} == {amount}


@given(st.text(max_size=12))
def test_any_text_is_an_amount_or_missing_or_unreadable(text: str) -> None:
    found = read_printed(text)
    assert found.is_readable or found.amount is None
