"""What a plan is to reach, as it is typed and as a page says it."""

from decimal import Decimal

import pytest

from breakeven.periods import Year
from breakeven.plan.goals import Goal, parse_goal, parse_plan_year, parse_pounds

YEARS = (Year(2024), Year(2025), Year(2026))


@pytest.mark.parametrize(
    ("target", "year", "goal", "words"),
    [
        ("break-even", None, Goal("position", Year(2024)), "break even in 2024/25"),
        ("break-even", "2026/27", Goal("position", Year(2026)), "break even in 2026/27"),
        ("clear", None, Goal("closing", Year(2026)), "clear the deficit by 31 March 2027"),
        ("clear", "2025-26", Goal("closing", Year(2025)), "clear the deficit by 31 March 2026"),
        ("position=100000", None, Goal("position", Year(2024), Decimal(100_000)),
         "reach a surplus of £100,000 in 2024/25"),
        ("position = -£1.5m", None, Goal("position", Year(2024), Decimal(-1_500_000)),
         "reach a deficit of £1,500,000 in 2024/25"),
        ("balance=-5m", None, Goal("closing", Year(2026), Decimal(-5_000_000)),
         "reach a deficit of £5,000,000 at 31 March 2027"),
        ("balance=0", "2024-25", Goal("closing", Year(2024)), "clear the deficit by 31 March 2025"),
    ],
)  # fmt: skip
def test_a_position_is_of_the_first_year_and_a_balance_of_the_last_where_none_is_given(
    target: str, year: str | None, goal: Goal, words: str
) -> None:
    found = parse_goal(target, year, YEARS)
    assert found == goal
    assert found.in_words == words


def test_a_year_may_be_given_as_one() -> None:
    assert parse_goal("clear", Year(2025), YEARS).year == Year(2025)


@pytest.mark.parametrize(
    ("target", "year", "why"),
    [
        ("breakeven", None, "found 'breakeven'; did you mean break-even?"),
        ("position", None, "found 'position'; did you mean position=100000?"),
        ("balanse=5", None, "did you mean balance=-5m?"),
        ("clear=5", None, "expected break-even, clear, position=SUM or balance=SUM, found 'clear=5'"),
        ("xyz", None, "balance=SUM, found 'xyz'$"),
        ("position=lots", None, "expected pounds such as 100000, £500k or -1.2m, found 'lots'"),
        ("clear", "2030-31", "2030/31 is no year of the plan, 2024/25 to 2026/27"),
        ("clear", "soon", "expected a contract year"),
    ],
)
def test_what_is_no_goal_is_refused_with_what_it_was_likely_meant_for(target: str, year: str | None, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        parse_goal(target, year, YEARS)


@pytest.mark.parametrize(
    ("said", "amount"),
    [("100000", 100_000), ("£1,250,000", 1_250_000), ("500k", 500_000), ("-£1.2M", -1_200_000), ("−3", -3), ("+7", 7)],
)
def test_pounds_are_read_as_they_are_typed(said: str, amount: int) -> None:
    assert parse_pounds(said) == amount


@pytest.mark.parametrize("said", ["", "£", "1e5", "5%", "1.2.3", "--3", "five"])
def test_what_is_no_sum_of_pounds_is_refused(said: str) -> None:
    with pytest.raises(ValueError, match="expected pounds"):
        parse_pounds(said)


def test_a_year_of_the_plan_is_one_of_its_years() -> None:
    assert parse_plan_year("2025/26", YEARS) == parse_plan_year(Year(2025), YEARS) == Year(2025)
