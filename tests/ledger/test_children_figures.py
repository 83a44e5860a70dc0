"""A figure of a table of children is of a date or a year, and a statement is a sum or a share of such figures."""

from datetime import date
from decimal import Decimal

import pytest
from pydantic import ValidationError

from breakeven.ledger.children import Formula, Term, When, ends_of, first_of_each
from breakeven.periods import Year
from made_counts import row, text


def test_a_date_is_a_month_and_a_year_is_a_contract_year() -> None:
    assert When.parse("Mar 2018") == When(Year(2017), date(2018, 3, 1))
    assert When.parse("2018-19") == When(Year(2018))
    assert (str(When.parse("Mar 2018")), str(When.parse("2018-19"))) == ("Mar 2018", "2018/19")
    assert [When.parse(text).is_year_end for text in ("Mar 2018", "Jun 2019", "2018-19")] == [True, False, False]
    assert ends_of("Mar 2018 to Mar 2024") == (When.parse("Mar 2018"), When.parse("Mar 2024"))


def test_what_is_neither_a_month_nor_a_year_is_refused() -> None:
    with pytest.raises(
        ValueError, match="expected a month such as Mar 2018, or a year such as 2018-19; found 'spring'"
    ):
        When.parse("spring")
    with pytest.raises(ValidationError, match="expected a month"):
        row("Children in Care", "spring: 802")
    with pytest.raises(ValidationError, match="divided more than once"):
        text("A @ 2018-19 / B @ 2018-19 / C @ 2018-19", "1")


def test_the_last_place_is_that_of_the_value_unless_it_is_said() -> None:
    places = [row("R", f"2018-19: {value}")[0].last_place for value in ("44.0", "20", "58.92", "516.6")]
    assert places == [1, 1, Decimal("0.01"), Decimal("0.1")]
    assert row("R", "2018-19: 759.2", precision="0.01")[0].last_place == Decimal("0.01")


def test_the_first_of_a_fact_counts_and_differences_are_none() -> None:
    figures = [*row("R", "Mar 2023: 1, Mar 2023 to Mar 2024: 2"), *row("r", "Mar 2023: 3", table="U")]
    assert [each.value for each in first_of_each(figures).values()] == [1]


def test_a_formula_adds_takes_off_and_divides_once() -> None:
    formula = Formula.parse("Foster placements, trust carers @ Mar 2023 - Care - leavers @ 2023-24 + demand/x/2023-03")
    assert formula.terms[0] == Term(1, "Foster placements, trust carers", When.parse("Mar 2023"))
    assert formula.terms[-1] == Term(1, "demand/x/2023-03", None)
    known = {"A": Decimal(5), "B": Decimal(20), "C": Decimal(0)}
    assert Formula.parse("A + B - A").amount(lambda term: known[term.name]) == 20
    assert Formula.parse("A / B").amount(lambda term: known[term.name]) == 25
    assert Formula.parse("A / C").amount(lambda term: known[term.name]) is None


def test_a_formula_of_a_figure_that_is_missing_is_open() -> None:
    assert Formula.parse("A + B").amount(lambda term: Decimal(1) if term.name == "A" else None) is None
    assert Formula.parse("A / B").amount(lambda term: Decimal(1) if term.name == "A" else None) is None
