"""Savings of a base year that goes on: its budget or forecast holds them as planned, and they are not sure yet."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakeven.ledger.record import Record
from breakeven.ledger.rules import LineRules, Method, MonthEndRules
from breakeven.ledger.savings import Saving
from breakeven.ledger.year import ContractYear
from breakeven.periods import Year
from breakeven.pipeline.chain import next_year
from breakeven.pipeline.questions import plan_base, savings_targets, setting_of, what_if
from breakeven.pipeline.year_end import YearEnd, work_out
from breakeven.plan.model import HELD_SAVINGS, View
from breakeven.plan.savings import held_figure
from breakeven.plan.schemes import Standing, amounts_in
from breakeven.plan.uncertain_plan import uncertainty_of
from made import (
    ALL_STEADY,
    BASE,
    amounts,
    balance,
    budget,
    contract_sum,
    contract_year,
    overlay,
    posted,
    saving,
    years,
)
from made_registers import beside, set_by_hand

VIEWS: tuple[View, ...] = ("planned", "forecast", "weighted")
CONFIDENCE = {"planned": "50", "at risk": "40", "on track": "90", "delivered": "100"}


def going_on(*records: Record, view: View = "planned", period: int = 0, over: bool = False) -> YearEnd:
    """A year of 500 in and a budget of 480, nothing posted yet, or posted to a period, or over."""
    year = contract_year(
        contract_sum("500"), balance("opening", "-20"), budget("P1 6010", "480"), *ALL_STEADY, *records,
        extract=posted("P1 6010 480", "P1 6010 0", periods=[1, period or 12]) if period or over else posted(),
        confidence=CONFIDENCE,
    )  # fmt: skip
    return work_out(replace(year, body=replace(year.body, state="provisional" if over else "forecast")), view)


def ruled(year: ContractYear, rules: MonthEndRules) -> ContractYear:
    return replace(year, body=replace(year.body, month_end=rules))


def row(end: YearEnd, row_id: str) -> dict[Year, Decimal | None]:
    return amounts(end.plan.row(row_id).years)


AT_RISK = saving("120", "2023-07-01", status="at risk")
"""Planned to save 90 in 2023/24, and 120 in a full year; 40 per cent of it is counted on."""


def test_a_plan_from_the_budget_counts_its_own_savings_less_what_the_budget_holds_of_them() -> None:
    for view, saved in zip(VIEWS, ("30 30 30", "30 30 30", "-42 -42 -42"), strict=True):
        end = going_on(AT_RISK, view=view)
        assert row(end, "savings") == years(saved)
        assert row(end, "savings_identified") == years("-42 -42 -42")  # 48 of 120 are sure, and the budget holds 90
        assert row(end, "still_to_find") == years("22 22 22")
        assert row(end, HELD_SAVINGS) == years("-90 -90 -90")


def test_once_the_year_is_over_what_it_came_to_is_certain_and_only_the_change_counts() -> None:
    end = going_on(AT_RISK, over=True)
    assert row(end, "savings_identified") == years("30 30 30")
    assert end.programme.held is None
    assert HELD_SAVINGS not in [each.id for each in end.plan.rows]


def test_what_is_delivered_so_far_is_not_taken_for_all_that_the_year_will_deliver() -> None:
    begun = saving("120", "2023-07-01", status="on track", delivered="10", forecast="90")
    found = going_on(begun).programme.schemes[0].years
    assert (found[BASE].forecast.amount, found[BASE].delivered.amount) == (90, 10)
    assert found[Year(2024)].forecast.amount == 120
    over = going_on(begun, over=True).programme.schemes[0].years
    assert (over[BASE].forecast.amount, over[Year(2024)].forecast.amount) == (10, 13)


def test_what_is_delivered_already_is_sure_however_little_of_the_forecast_is_counted_on() -> None:
    begun = saving("120", "2023-04-01", status="at risk", delivered="75", forecast="100")
    assert going_on(begun).programme.totals[BASE].weighted.amount == 75
    much = saving("120", "2023-04-01", status="at risk", delivered="75", forecast="60")
    assert going_on(much).programme.totals[BASE].weighted.amount == 60


@pytest.mark.parametrize(
    ("scheme", "months", "held"),
    [
        (saving("120", "2023-04-01"), 0, 120),
        (saving("120", "2023-04-01", delivered="20"), 0, 120),
        (saving("120", "2023-04-01"), 6, 120),  # nobody has said what was delivered
        (saving("120", "2023-04-01", delivered="20"), 6, 20 + 60),
        (saving("120", "2023-04-01", delivered="0"), 9, 30),
        (saving("120", "2023-10-01", delivered="0"), 3, 60),
        (saving("120", "2023-04-01", delivered="120"), 3, 120),  # for good, and said so at once
        (saving("120", "2023-04-01", delivered="150"), 3, 150),
        (saving("120", "2023-05-01", "one-off", delivered="15"), 3, 15),
        (saving("120", "2023-09-01", "one-off", delivered="0"), 3, 120),
    ],
)
def test_a_forecast_holds_what_was_delivered_and_what_is_planned_for_the_months_left(
    scheme: Saving, months: int, held: int
) -> None:
    assert Standing.of(contract_year(scheme), months).held == {"S1": held}


@pytest.mark.parametrize(
    ("scheme", "months", "held"),
    [
        (saving("120", "2023-04-01", delivered="20"), 6, 40),  # 20 in six months is 40 in twelve
        (saving("120", "2023-04-01"), 6, 120),  # nobody has said otherwise: 60, and 60 again
        (saving("120", "2023-07-01"), 6, 60),  # 30 in six months, though 60 is planned for the rest
        (saving("120", "2023-10-01"), 6, 0),  # not begun: no posting has any of it
        (saving("120", "2023-04-01", delivered="100"), 6, 120),  # no more than the plan
        (saving("120", "2023-04-01", delivered="150"), 6, 150),
        (saving("120", "2023-10-01"), 0, 60),  # nothing is posted: the budget holds it as planned
    ],
)
@pytest.mark.parametrize("method", ["run rate", "profile", "last year", "commitment"])
def test_a_forecast_made_from_what_is_known_goes_on_saving_as_so_far(
    scheme: Saving, months: int, held: int, method: Method
) -> None:
    year = ruled(contract_year(scheme), MonthEndRules(lines={"residential": LineRules(method)}))
    assert Standing.of(year, months).held == {"S1": held}


def test_the_method_is_that_of_the_lines_saved_on_and_the_bodys_where_they_differ_or_one_is_set_by_hand() -> None:
    def method(line: str, *records: Record, **lines: Method) -> Method:
        rules = MonthEndRules("last year", lines={name: LineRules(said) for name, said in lines.items()})
        scheme = saving("120", "2023-04-01", line=line)
        return Standing.of(beside(ruled(contract_year(scheme), rules), *records), 6).method_of(scheme)

    assert method("Residential", residential="run rate") == "run rate"
    assert method("Placements", residential="run rate", fostering="run rate") == "run rate"
    assert method("Placements", residential="run rate", fostering="budget") == "last year"
    assert method("Residential", set_by_hand("Residential", 6, "480"), residential="run rate") == "manual"
    assert method("Residential", set_by_hand("Residential", 7, "480"), residential="run rate") == "run rate"


def test_what_a_forecast_holds_says_where_it_comes_from() -> None:
    begun = AT_RISK.model_copy(update={"delivered": Decimal(15)})
    rules: dict[Method, str] = {
        "budget": "delivered by P06, and as planned from then on",
        "run rate": "delivered by P06, and at that rate, as by run rate, from then on",
    }
    for method, rule in rules.items():
        assert held_figure(begun, Standing.of(ruled(contract_year(begun), MonthEndRules(method)), 6)).rule == rule
    assert held_figure(begun, Standing.of(contract_year(begun), 0)).rule == "as planned"
    assert held_figure(AT_RISK, Standing.of(contract_year(AT_RISK), 6)).rule == "as planned"


def test_in_the_year_what_is_not_delivered_yet_is_still_at_risk() -> None:
    begun = AT_RISK.model_copy(update={"delivered": Decimal(15)})
    end = going_on(begun, period=6)
    assert end.year.months_known == 6
    assert end.programme.held is not None
    assert end.programme.held.amount == -(15 + 60)
    assert row(end, "savings_identified") == years(f"{48 - 75} {48 - 75} {48 - 75}")


def test_schemes_of_years_before_are_settled_by_what_they_delivered() -> None:
    before = saving("120", "2022-10-01", status="at risk", delivered="30", forecast="60")
    end = going_on(before)
    assert end.programme.held is None
    assert end.programme.counted_in(BASE) == ()
    assert row(end, "savings_identified") == years("0 0 0")


def test_a_scenario_changes_what_is_delivered_and_not_what_the_budget_holds() -> None:
    end = going_on(AT_RISK)
    changed = what_if(end, [overlay("S1 delivery 50%")])
    assert changed.after.savings == (60 - 90,) * 3
    assert [each.position for each in changed.changes] == [(-60,) * 3]


def test_its_sums_agree_however_they_are_worked_out() -> None:
    for view in VIEWS:
        end = going_on(AT_RISK, saving("24", "2024-10-01", ref="S2"), view=view)
        assert list(row(end, "position").values()) == list(end.plan.model.balances(view).position)
        found = plan_base(end)
        savings = next(each for each in found.rows if each.id == "savings")
        of_next_year = end.programme.schemes[1].years[Year(2024)].view(view).amount or 0
        assert savings.figures["underlying"].amount == (row(end, "savings")[Year(2024)] or 0) - of_next_year


def test_the_base_says_how_sure_what_it_counts_is() -> None:
    def reasons(view: View) -> list[str]:
        found = plan_base(going_on(AT_RISK, view=view))
        return [adjustment.reason for each in found.rows if each.id == "savings" for adjustment in each.adjustments]

    assert reasons("planned") == ["recurrent from 01/07/2023"]
    assert reasons("weighted") == ["recurrent from 01/07/2023, counted at 40%"]


def test_a_simulation_lets_a_saving_that_goes_on_fail_as_one_to_come() -> None:
    end = going_on(AT_RISK, saving("24", "2022-10-01", ref="S2"))
    found = uncertainty_of(end.plan.basis, end.plan.model).savings
    assert [(each.id, each.scheme, each.confidence_pct) for each in found] == [("s1", 0, 40)]
    flows = end.plan.model.flows("forecast").savings[0]
    assert flows.tolist() == [[120] * 3, [0] * 3, [-90] * 3]


def test_targets_by_priority_come_to_what_the_plan_counts() -> None:
    end = going_on(AT_RISK)
    targets = savings_targets(end, "position=100")
    assert [(each.priority, each.planned) for each in targets.rows] == [
        ("People", 120),
        ("Savings of 2023/24 held in the base", -90),
    ]
    assert setting_of(end).as_is.balances().savings[0] == 30


@given(st.integers(0, 10**6), st.integers(4, 12), st.integers(0, 11), st.integers(0, 10**6))
def test_a_forecast_holds_no_less_than_is_delivered_and_no_more_than_the_larger_of_that_and_the_plan(
    amount: int, month: int, months: int, delivered: int
) -> None:
    scheme = saving(str(amount), f"2023-{month:02d}-01", delivered=str(delivered))
    standing = Standing.of(contract_year(scheme), months)
    planned = amounts_in(BASE, scheme, standing).planned
    (held,) = standing.held.values()
    assert min(delivered, planned) <= held <= max(delivered, planned)


def test_the_year_after_is_budgeted_with_what_its_savings_change_and_not_with_all_of_them_again() -> None:
    end = going_on(AT_RISK.model_copy(update={"delivered": Decimal(15)}), period=6)
    rolled = next_year(end)
    held, full = 15 + 60, 120
    forecast = end.expected.row("expenditure").actual.amount or 0
    assert sum(line.revised for line in rolled.ledgers.budget) == forecast - (full - held)
    assert row(end, "position")[Year(2024)] == 500 - forecast + full - held
