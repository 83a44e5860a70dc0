"""Whether a line's outturn bears out what savings claim on it."""

from decimal import Decimal

import pytest

from breakeven.ledger.record import Record
from breakeven.monitoring.outturn import outturn
from breakeven.plan.borne_out import BorneOut, borne_out
from breakeven.plan.savings import programme
from made import budget, chart, contract_sum, contract_year, line, posted, saving, third_party


def of(*records: Record, spent: str = "1000", accounts: object = None) -> tuple[BorneOut, ...]:
    """A year with a budget of 1,000 on Residential, and what was spent on it."""
    year = contract_year(contract_sum("900"), budget("P1 6010", "1000"), *records, extract=posted(f"P1 6010 {spent}"))
    return borne_out(programme(year), outturn(year), year.body)


@pytest.mark.parametrize(
    ("spent", "claimed", "shown", "verdict"),
    [
        ("1000", "100", 100, "within budget"),  # the budget has the 100 planned in it
        ("900", "100", 100, "as underspend"),
        ("950", "100", 100, "within budget"),
        ("1030", "100", 70, "in part"),
        ("1100", "100", 0, "not seen"),
        ("2000", "100", 0, "not seen"),
        ("1000", "150", 100, "in part"),  # 50 more than planned would have to show as underspend
        ("950", "150", 150, "within budget"),
        ("1000", "0", 0, "within budget"),
    ],
)
def test_a_line_shows_what_was_planned_and_what_it_is_better_than_its_budget(
    spent: str, claimed: str, shown: int, verdict: str
) -> None:
    (found,) = of(saving("100", "2023-04-01", delivered=claimed), spent=spent)
    assert (found.claimed.amount, found.shown.amount, found.verdict) == (Decimal(claimed), shown, verdict)
    assert found.under.amount == 1000 - Decimal(spent)
    assert len({figure.id for figure in found.figures()}) == 6


def test_schemes_of_one_line_are_held_against_it_together_and_only_the_years_own() -> None:
    (found,) = of(
        saving("100", "2023-04-01", delivered="90"), saving("50", "2023-04-01", ref="S2", forecast="20"),
        saving("70", "2024-04-01", ref="S3"), saving("70", "2022-04-01", ref="S4"),
    )  # fmt: skip
    assert [scheme.saving.ref for scheme in found.schemes] == ["S1", "S2"]
    assert (found.planned.amount, found.claimed.amount) == (150, 110)


def test_a_category_is_its_lines_and_income_is_better_where_it_is_more() -> None:
    category, income = of(
        budget("P2 6110", "500"),
        saving("100", "2023-04-01", line="Placements"),
        saving("10", "2023-04-01", ref="S2", line="third_party_income"),
        third_party("Health", "50", "60"),
    )
    assert (category.label, category.budget.amount, category.under.amount) == ("Placements", 1500, 500)
    assert (income.budget.amount, income.outturn.amount, income.under.amount) == (50, 60, 10)
    assert income.verdict == "as underspend"


def test_a_saving_of_no_line_is_on_none_and_a_line_that_is_open_shows_nothing() -> None:
    assert of(saving("100", "2023-04-01", line="Hindsight")) == ()
    year = contract_year(contract_sum("900"), budget("P1 6010", "1000"), saving("100", "2023-04-01"))
    (found,) = borne_out(programme(year), outturn(year), year.body)
    assert (found.shown.amount, found.verdict) == (None, "open")


def test_a_line_that_the_outturn_has_no_row_of_is_left_out() -> None:
    year = contract_year(saving("100", "2023-04-01"), accounts=chart(line("residential", "placements", "P1")))
    empty = outturn(contract_year(accounts=chart(line("fostering", "placements", "P2"))))
    assert borne_out(programme(year), empty, year.body) == ()
