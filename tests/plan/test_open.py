"""What nobody has said stays open under any scenario, and never reads as nil."""

import pytest

from breakeven.periods import Year
from made import (
    ALL_STEADY,
    assumed,
    contract_sum,
    contract_year,
    overlay,
    posted,
    steady,
    third_party,
    years,
)
from made_plans import GROUPS, comes_to, numbers

OPEN_BASE = contract_year(
    third_party("Health", "100_000"), *ALL_STEADY, extract=posted("P1 6010 365_000"), groups=GROUPS
)
"""Nobody has said what the contract sum is, nor how the year opened."""

UNSAID = contract_year(
    contract_sum("500_000"),
    *steady("third_party_income", "staffing", "placements", "overheads"),
    extract=posted("P1 6010 365_000"),
)
"""Nobody has said how the contract sum moves."""


@pytest.mark.parametrize(
    "said",
    ["contract_sum amount +£5", "contract_sum amount x2", "contract_sum inflation 4%", "contract_sum inflation +4%"],
)
def test_a_base_that_is_missing_stays_open_under_any_scenario_but_one_that_states_a_sum(said: str) -> None:
    found = numbers(OPEN_BASE, overlay(said))
    assert comes_to(found, "contract_sum") == years("[x] [x] [x]")
    balances = found.balances()
    assert {*balances.income, *balances.position, *balances.closing, *balances.gap} == {None}
    assert None not in balances.expenditure
    assert found.open_lines == ("Contract sum",)


def test_what_is_open_is_said_by_name_up_to_four_and_from_which_year_on() -> None:
    assert (numbers(UNSAID).open_in_words, numbers(UNSAID).known_years) == ("Contract sum, from 2024/25 on", ())
    assert numbers(OPEN_BASE, overlay("contract_sum amount £300000")).open_in_words == ""
    known = (contract_sum("500_000"), assumed("contract_sum", "1", "inflation"))
    later = numbers(
        contract_year(
            *known,
            *steady("third_party_income", "staffing", "placements", "overheads"),
            extract=posted("P1 6010 365_000"),
        )
    )
    assert later.open_in_words == "Contract sum, from 2025/26 on"
    assert later.known_years == (Year(2024),)
    nothing = numbers(contract_year(contract_sum("500_000"), *steady("contract_sum")))
    assert nothing.open_in_words == "Third-party income, Social workers, Agency and 3 more, from 2024/25 on"
    assert numbers(contract_year()).open_in_words == "every line, from 2024/25 on"


def test_a_sum_that_a_scenario_states_closes_a_line_and_a_missing_opening_balance_stays_open() -> None:
    found = numbers(OPEN_BASE, overlay("contract_sum amount £300000", "2025-26"))
    assert comes_to(found, "contract_sum") == years("[x] 300000 300000")
    balances = found.balances()
    assert balances.position == (None, 35_000, 35_000)
    assert balances.closing == (None, None, None)


def test_a_rate_that_a_scenario_sets_says_how_a_line_moves_and_one_that_it_adds_to_does_not() -> None:
    for said in ("contract_sum inflation +2%", "contract_sum growth x2", "contract_sum amount +£5"):
        assert comes_to(numbers(UNSAID, overlay(said)), "contract_sum") == years("[x] [x] [x]")
    assert comes_to(numbers(UNSAID, overlay("contract_sum inflation 2%", "2025-26")), "contract_sum") == years(
        "[x] [x] [x]"
    )
    assert comes_to(numbers(UNSAID, overlay("contract_sum inflation 2%")), "contract_sum") == years(
        "510000 520200 530604"
    )
