"""The medium-term financial plan: every total casts, each year opens where the last closed, a pound counts once."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakeven.ledger.chart import Chart
from breakeven.ledger.contract import Variation
from breakeven.ledger.provenance import Figure
from breakeven.ledger.record import Record
from breakeven.monitoring.outturn import outturn
from breakeven.periods import Year
from breakeven.plan.model import View
from breakeven.plan.mtfp import Plan
from made import (
    ALL_STEADY,
    Recurrence,
    amounts,
    assumed,
    balance,
    chart,
    contract_sum,
    contract_year,
    investment,
    line,
    posted,
    pounds,
    pressure,
    published,
    saving,
    steady,
    variation,
    years,
)
from made_plans import SPEND, planned, row, small, some_years


def test_a_plan_where_nothing_moves_repeats_the_outturn() -> None:
    found = planned(small(*ALL_STEADY))
    assert row(found, "income") == years("600 600 600")
    assert row(found, "expenditure") == years("700 700 700")
    assert row(found, "position") == years("-100 -100 -100")
    assert row(found, "opening_balance") == years("-120 -220 -320")
    assert row(found, "closing_balance") == years("-220 -320 -420")
    assert row(found, "yearly_saving_to_clear") == years("140 140 140")
    assert found.open_lines == ()


def test_the_plan_opens_at_the_published_cumulative_deficit() -> None:
    found = planned(published(*ALL_STEADY, assumed("contract_sum", "80_800_000", "sum")))
    assert row(found, "opening_balance")[Year(2024)] == Decimal(-11_230_962)
    assert row(found, "contract_sum") == years("80_800_000 80_800_000 80_800_000")


def test_there_is_no_row_but_those_of_the_plan() -> None:
    with pytest.raises(KeyError, match="hindsight"):
        planned(small()).row("hindsight")


@pytest.mark.parametrize("plan_years", [1, 10])
def test_a_plan_may_look_ahead_one_year_or_ten(plan_years: int) -> None:
    lines = ("contract_sum", "third_party_income", "staffing", "placements", "overheads")
    found = planned(small(*steady(*lines, plan_years=plan_years), plan_years=plan_years))
    assert list(row(found, "closing_balance").values())[-1] == -120 - 100 * plan_years
    assert row(found, "yearly_saving_to_clear")[Year(2024)] == {1: 220, 10: 112}[plan_years]


# Where a line starts -----------------------------------------------------------------------------------------


def test_a_one_off_variation_is_not_in_the_base() -> None:
    found = planned(small(variation("CC1", "40"), variation("CC2", "60", recurrent=False), *ALL_STEADY))
    assert row(found, "contract_sum") == years("540 540 540")


@pytest.mark.parametrize("order", [0, 1])
def test_one_change_control_may_have_a_recurrent_and_a_one_off_part(order: int) -> None:
    parts: list[Variation] = [variation("CC1", "40"), variation("CC1", "60", recurrent=False)]
    found = planned(small(*(parts if order else parts[::-1]), *ALL_STEADY))
    assert row(found, "contract_sum") == years("540 540 540")


def test_a_pressure_after_the_base_year_is_all_new() -> None:
    found = planned(small(pressure("residential", "120", "2024-10-01"), *ALL_STEADY))
    assert row(found, "residential") == years("360 420 420")
    assert row(found, "expenditure") == years("760 820 820")


def test_a_one_off_pressure_drops_out() -> None:
    found = planned(small(pressure("Residential", "120", "2025-10-01", "one-off"), *ALL_STEADY))
    assert row(found, "residential") == years("300 420 300")


@pytest.mark.parametrize(
    ("start", "recurrence", "base"),
    [
        ("2023-10-01", "recurrent", "360"),
        ("2023-10-01", "one-off", "180"),
        ("2022-10-01", "recurrent", "300"),
        ("2022-10-01", "one-off", "300"),
    ],
)
def test_a_pressure_that_the_outturn_holds_is_not_counted_twice(start: str, recurrence: Recurrence, base: str) -> None:
    found = planned(small(pressure("residential", "120", start, recurrence), *ALL_STEADY))
    assert row(found, "residential") == years(f"{base} {base} {base}")


def test_growth_is_on_the_underlying_outturn_and_a_one_off_does_not_grow() -> None:
    grown = [assumed("residential", "10", "growth", year) for year in (2024, 2025, 2026)]
    found = planned(small(pressure("residential", "100", "2023-04-01", "one-off"), *grown, *ALL_STEADY))
    assert row(found, "residential") == years("220 242 266")
    base = found.row("residential").years[Year(2024)].parts[0]
    assert (base.amount, base.label) == (Decimal(200), "Residential: underlying")


def test_a_sum_stated_for_a_year_is_not_moved_by_what_began_in_the_base_year() -> None:
    begun = pressure("residential", "100", "2023-04-01", "one-off")
    found = planned(small(begun, assumed("residential", "500", "sum"), *ALL_STEADY))
    assert row(found, "residential") == years("500 500 500")


def test_a_pressure_on_a_category_is_carried_by_its_first_line_once() -> None:
    found = planned(small(pressure("Placements", "120", "2024-04-01"), *ALL_STEADY))
    assert row(found, "residential") == years("420 420 420")
    assert row(found, "placements") == years("620 620 620")


@pytest.mark.parametrize(
    ("start", "recurrence", "invested"),
    [
        ("2024-10-01", "recurrent", "60 120 120"),
        ("2024-10-01", "one-off", "120 0 0"),
        ("2023-10-01", "recurrent", "60 60 60"),
        ("2023-10-01", "one-off", "-120 -120 -120"),
        ("2022-10-01", "recurrent", "0 0 0"),
    ],
)
def test_an_investment_that_the_outturn_holds_is_not_counted_twice(
    start: str, recurrence: Recurrence, invested: str
) -> None:
    assert row(planned(small(investment("120", start, recurrence), *ALL_STEADY)), "investments") == years(invested)


# What is assumed ---------------------------------------------------------------------------------------------


def test_growth_and_inflation_compound_year_on_year() -> None:
    moved = [assumed("residential", "10", "growth", year) for year in (2024, 2025)]
    moved += [assumed("residential", "50", "inflation", year) for year in (2024, 2025)]
    found = planned(small(*moved, *ALL_STEADY))
    assert row(found, "residential") == years("495 817 817")


def test_a_lines_own_assumption_is_used_rather_than_its_categorys() -> None:
    for order in (1, -1):
        both = [assumed("residential", "10", "growth"), assumed("placements", "50", "growth")][::order]
        found = planned(small(*both, *steady("placements", plan_years=3)))
        assert row(found, "residential")[Year(2024)] == 330
        assert row(found, "fostering")[Year(2024)] == 300


def test_a_line_is_known_by_its_label_too() -> None:
    found = planned(small(assumed("Agency", "100", "growth"), *ALL_STEADY))
    assert row(found, "agency") == years("100 100 100")


def test_an_assumption_of_another_kind_for_the_category_still_bears_on_the_line() -> None:
    found = planned(small(assumed("residential", "10", "inflation"), *ALL_STEADY))
    assert row(found, "residential") == years("330 330 330")
    assert len(found.row("residential").years[Year(2024)].parts) == 3


def test_a_sum_for_a_category_is_no_lines() -> None:
    found = planned(small(assumed("placements", "520", "sum"), *ALL_STEADY))
    assert row(found, "placements") == years("500 500 500")


# What is missing ---------------------------------------------------------------------------------------------


def without(*lines: str) -> list[Record]:
    return [record for record in ALL_STEADY if record.line not in lines]


def test_a_line_that_nobody_has_said_anything_of_is_open_and_so_is_every_total_over_it() -> None:
    found = planned(small(*without("overheads")))
    missing = years("[x] [x] [x]")
    assert found.open_lines == ("Premises",)
    for row_id in ("premises", "overheads", "expenditure", "position", "closing_balance", "gap_before_savings",
                   "break_even_requirement", "still_to_find", "yearly_saving_to_clear"):  # fmt: skip
        assert row(found, row_id) == missing, row_id
    assert row(found, "placements") == years("500 500 500")
    assert row(found, "savings_identified") == years("0 0 0")
    assert row(found, "opening_balance") == years("-120 [x] [x]")


def test_a_contract_sum_without_assumptions_is_open() -> None:
    found = planned(small(*without("contract_sum")))
    assert row(found, "income") == years("[x] [x] [x]")
    assert found.open_lines == ("Contract sum",)


def test_a_line_is_open_from_the_first_year_nobody_has_spoken_of_until_a_sum_is_stated() -> None:
    found = planned(
        small(
            *without("overheads"),
            assumed("overheads", "10", "growth", 2024),
            assumed("premises", "70", "sum", 2026),
        )
    )
    assert row(found, "premises") == years("55 [x] 70")
    assert row(found, "expenditure") == years("705 [x] 720")
    assert row(found, "closing_balance") == years("-225 [x] [x]")


def test_a_base_that_is_missing_is_open_until_a_sum_is_stated() -> None:
    year = contract_year(assumed("contract_sum", "500", "sum", 2025), *ALL_STEADY, extract=SPEND)
    assert row(planned(year), "contract_sum") == years("[x] 500 500")


def test_a_missing_opening_balance_leaves_the_balances_open_but_not_the_position() -> None:
    year = contract_year(contract_sum("500"), *ALL_STEADY, extract=SPEND)
    found = planned(year)
    assert row(found, "position") == years("-200 -200 -200")
    for row_id in ("opening_balance", "closing_balance", "yearly_saving_to_clear"):
        assert row(found, row_id) == years("[x] [x] [x]")


def test_unmapped_money_is_in_the_plan_and_open_until_it_is_mapped() -> None:
    year = contract_year(contract_sum("500"), *ALL_STEADY, extract=posted("P1 6010 300", "X9 9999 7"))
    found = planned(year)
    assert found.open_lines == ("Unmapped",)
    assert row(found, "unmapped") == row(found, "expenditure") == years("[x] [x] [x]")
    assert [each.id for each in found.rows].count("unmapped") == 1


def test_a_chart_without_lines_has_no_lines_in_its_plan() -> None:
    found = planned(contract_year(contract_sum("500"), *ALL_STEADY, accounts=Chart((), ())))
    assert [each.id for each in found.rows if each.level == 2] == []


def test_a_category_without_lines_spends_nothing() -> None:
    accounts = chart(line("residential", "placements", "P1"))
    year = contract_year(contract_sum("500"), *ALL_STEADY, extract=posted("P1 6010 300"), accounts=accounts)
    assert row(planned(year), "expenditure") == years("300 300 300")


# Savings in the plan -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("view", "saved"), [("planned", "75 100 100"), ("forecast", "60 80 80"), ("weighted", "30 40 40")]
)
def test_the_position_counts_the_savings_of_the_view_that_was_asked_for(view: View, saved: str) -> None:
    found = planned(small(saving("100", "2024-07-01", forecast="60", confidence="50"), *ALL_STEADY), view)
    assert row(found, "savings") == years(saved)
    assert row(found, "position") == {y: -100 + (s or 0) for y, s in years(saved).items()}
    assert row(found, "gap_before_savings") == years("-100 -100 -100")
    assert row(found, "savings_identified") == years("30 40 40")
    assert row(found, "still_to_find") == years("70 60 60")


def test_savings_of_the_base_year_change_the_plan_only_beyond_its_outturn() -> None:
    found = planned(small(saving("120", "2023-10-01"), saving("50", "2023-10-01", "one-off", ref="S2"), *ALL_STEADY))
    assert row(found, "savings") == row(found, "savings_identified") == years("10 10 10")


def test_investments_widen_the_gap_that_savings_must_close() -> None:
    found = planned(small(investment("40", "2024-04-01", "one-off"), *ALL_STEADY))
    assert row(found, "break_even_requirement") == years("140 100 100")


def test_a_surplus_needs_no_saving() -> None:
    year = contract_year(contract_sum("900"), balance("opening", "5"), *ALL_STEADY, extract=SPEND)
    found = planned(year)
    for row_id in ("break_even_requirement", "still_to_find", "yearly_saving_to_clear"):
        assert row(found, row_id) == years("0 0 0")


# Laws --------------------------------------------------------------------------------------------------------


def added(found: Plan, year: Year, *row_ids: str) -> Decimal | None:
    """The sum of some rows in one year, open as soon as one of them is."""
    parts = [found.row(row_id).years[year].amount for row_id in row_ids]
    known = [part for part in parts if part is not None]
    return sum(known, Decimal(0)) if len(known) == len(parts) else None


def less(a: Decimal | None, b: Decimal | None) -> Decimal | None:
    return None if a is None or b is None else a - b


@given(some_years(), st.sampled_from(["planned", "forecast", "weighted"]))
def test_every_total_of_the_plan_is_the_sum_of_its_parts_or_open_with_them(records: list[Record], view: View) -> None:
    found = planned(contract_year(*records, extract=SPEND), view)
    for year in found.years:
        value = {each.id: each.years[year].amount for each in found.rows}
        assert value["income"] == added(found, year, "contract_sum", "third_party_income")
        assert value["staffing"] == added(found, year, "social_workers", "agency")
        assert value["placements"] == added(found, year, "residential", "fostering")
        assert value["overheads"] == added(found, year, "premises")
        assert value["expenditure"] == added(found, year, "staffing", "placements", "overheads")
        inward, outward = added(found, year, "income", "savings"), added(found, year, "expenditure", "investments")
        assert value["position"] == less(inward, outward)
        assert value["gap_before_savings"] == less(value["income"], outward)
        assert value["closing_balance"] == added(found, year, "opening_balance", "position")


@given(some_years())
def test_every_figure_is_in_whole_pounds(records: list[Record]) -> None:
    found = planned(contract_year(*records, extract=SPEND))
    balances = {"opening_balance", "closing_balance"}
    figures = [figure for each in found.rows if each.id not in balances for figure in each.years.values()]
    assert [f.id for f in figures if f.amount is not None and f.amount != f.amount.to_integral_value()] == []


@given(some_years())
def test_each_year_opens_where_the_year_before_closed(records: list[Record]) -> None:
    year = contract_year(*records, extract=SPEND)
    found, closing = planned(year), outturn(year).row("closing_balance").actual.amount
    for each in found.years:
        assert found.row("opening_balance").years[each].amount == closing
        closing = found.row("closing_balance").years[each].amount


@given(some_years(), st.data())
def test_the_order_of_the_rows_changes_no_figure(records: list[Record], data: st.DataObject) -> None:
    plain, moved = (
        {each.id: amounts(each.years) for each in planned(contract_year(*rows, extract=SPEND)).rows}
        for rows in (records, data.draw(st.permutations(records)))
    )
    assert plain == moved


@given(some_years())
def test_saving_what_the_yearly_saving_says_clears_the_deficit(records: list[Record]) -> None:
    found = planned(contract_year(*records, extract=SPEND))
    last = found.years[-1]
    closing, a_year = (found.row(row_id).years[last].amount for row_id in ("closing_balance", "yearly_saving_to_clear"))
    assert (closing is None) == (a_year is None)
    assert closing is None or a_year is None or closing + 3 * a_year >= 0


def test_every_row_of_the_plan_has_its_own_id_and_every_figure_too() -> None:
    found = planned(small(pressure("residential", "1", "2024-04-01"), investment("1", "2024-04-01"), *ALL_STEADY))
    ids = [figure.id for figure in found.figures()]
    assert len(ids) == len(set(ids)) == 3 * len(found.rows)


def test_a_figure_of_the_plan_names_the_assumptions_it_rests_on() -> None:
    moved = planned(small(pressure("residential", "100", "2024-04-01"), *ALL_STEADY)).row("residential").years
    figure = moved[Year(2025)]
    assert [part.label for part in figure.parts] == [
        "Residential: actual",
        "placements: growth in 2024/25",
        "placements: growth in 2025/26",
        "PR1 Pressure 2025/26",
    ]
    assert figure.rule == "base × growth × inflation of each year so far, in whole pounds, and pressures"
    stated = planned(small(assumed("residential", "1_000", "sum"), *ALL_STEADY)).row("residential").years[Year(2024)]
    assert stated.rule == "the sum assumed for the year"
    assert "residential: sum in 2024/25" in [part.label for part in stated.parts]


def test_a_pressure_of_a_lines_own_name_does_not_take_its_id() -> None:
    found = planned(small(pressure("residential", "1", "2024-04-01", ref="Residential"), *ALL_STEADY))
    ids = [part.id for part in found.row("residential").years[Year(2024)].parts if isinstance(part, Figure)]
    assert ids == ["outturn/residential/actual", "plan/pressure.residential/2024-25"]


def test_a_base_year_line_of_nil_pounds_stays_nil() -> None:
    year = contract_year(contract_sum("500"), *ALL_STEADY, extract=posted("P1 6010 300"))
    assert row(planned(year), "premises") == {each: pounds("0") for each in planned(year).years}
