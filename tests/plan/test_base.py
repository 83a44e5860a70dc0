"""The base of a plan, listed: what is stripped and added, why, and that it is what the plan starts from."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from breakeven.ledger.record import Record
from breakeven.ledger.year import ContractYear
from breakeven.monitoring.outturn import outturn
from breakeven.plan.base import COLUMNS, Base, BaseRow, base, explained_one_offs
from breakeven.plan.mtfp import plan
from breakeven.plan.savings import programme
from made import (
    Recurrence,
    balance,
    contract_sum,
    contract_year,
    investment,
    posted,
    pounds,
    pressure,
    saving,
    third_party,
    variation,
)
from made_registers import beside, explained

SPEND = posted("S1 5010 100", "S1 5110 50", "P1 6010 300", "P2 6110 200", "O1 7010 50")


def listed(year: ContractYear) -> Base:
    result, schemes = outturn(year), programme(year)
    return base(year, result, schemes, plan(year, result, schemes))


def small(*records: Record) -> ContractYear:
    """Income of 600 and spend of 700, with these records besides."""
    return contract_year(
        contract_sum("500"), third_party("Health", "100"), balance("opening", "-20"), *records, extract=SPEND
    )


def row(found: Base, row_id: str) -> BaseRow:
    (each,) = [each for each in found.rows if each.id == row_id]
    return each


def across(found: Base, row_id: str) -> list[Decimal | None]:
    """A row by column: outturn, one-offs stripped, full-year effects, underlying."""
    figures = row(found, row_id).figures
    return [figures[column].amount for column in COLUMNS if column in figures]


def amounts(text: str) -> list[Decimal | None]:
    return [pounds(each) for each in text.split()]


def reasons(found: Base, row_id: str) -> list[tuple[str, str, Decimal | None]]:
    return [(each.label, each.reason, each.figure.amount) for each in row(found, row_id).adjustments]


def test_without_anything_one_off_or_begun_the_base_is_the_outturn() -> None:
    found = listed(small())
    assert across(found, "position") == amounts("-100 0 0 -100")
    assert [each.id for each in found.rows if each.adjustments] == []


def test_a_one_off_variation_is_stripped_from_the_contract_sum_and_a_recurrent_one_stays() -> None:
    found = listed(small(variation("V1", "30"), variation("V2", "12", recurrent=False)))
    assert across(found, "contract_sum") == amounts("542 -12 0 530")
    assert reasons(found, "contract_sum") == [("V2 Purpose of V2", "one-off variation", Decimal(-12))]
    assert across(found, "position") == amounts("-58 -12 0 -70")


def test_a_one_off_pressure_is_stripped_and_the_rest_of_a_year_is_added_each_with_its_reason() -> None:
    found = listed(
        small(
            pressure("Residential", "40", "2023-06-01", "one-off", ref="P1"),
            pressure("Residential", "120", "2023-10-01", ref="P2"),
            pressure("Residential", "999", "2022-10-01", ref="P3"),
            pressure("Residential", "999", "2024-10-01", ref="P4"),
        )
    )
    assert across(found, "residential") == amounts("300 -40 60 320")
    assert reasons(found, "residential") == [
        ("P1 Pressure", "one-off from 01/06/2023; Forecast", Decimal(-40)),
        ("P2 Pressure", "recurrent from 01/10/2023; Forecast", Decimal(60)),
    ]
    assert across(found, "placements") == amounts("500 -40 60 520")
    assert across(found, "position") == amounts("-100 40 -60 -120")


def test_a_saving_adds_the_rest_of_its_year_and_a_one_off_saving_drops_out() -> None:
    found = listed(
        small(
            saving("120", "2023-10-01", ref="S1"),
            saving("25", "2023-10-01", "one-off", ref="S2"),
            saving("77", "2023-04-01", ref="S3"),
            saving("999", "2024-04-01", ref="S4"),
        )
    )
    assert across(found, "savings") == amounts("-25 60 35")
    assert reasons(found, "savings") == [
        ("S1 Scheme", "recurrent from 01/10/2023", Decimal(60)),
        ("S2 Scheme", "one-off from 01/10/2023, drops out", Decimal(-25)),
    ]
    assert across(found, "position") == amounts("-100 -25 60 -65")


def test_an_investment_that_is_made_drops_out_of_the_base() -> None:
    found = listed(small(investment("15", "2023-10-01", "one-off")))
    assert across(found, "investments") == amounts("-15 0 -15")
    assert reasons(found, "investments") == [("I1 Investment", "one-off from 01/10/2023", Decimal(-15))]
    assert across(found, "position") == amounts("-100 15 0 -85")


def test_money_on_no_line_is_in_the_base_once() -> None:
    found = listed(contract_year(contract_sum("500"), extract=posted("Z1 1 7")))
    assert across(found, "unmapped") == amounts("7 0 0 7")
    assert across(found, "expenditure") == amounts("7 0 0 7")


def test_what_is_explained_as_one_off_at_the_years_end_is_said_and_not_stripped() -> None:
    said = beside(
        small(),
        explained("Residential", "one-off", "40", 12),
        explained("Fostering", "one-off", "30", 12),
        explained("Fostering", "volume", "30", 13),
        explained("Premises", "one-off", None, 13),
        explained("Agency", "one-off", "9", 9),
    )
    found = listed(said)
    assert [(each.line, each.amount) for each in found.explained] == [("Premises", None), ("Residential", Decimal(40))]
    assert across(found, "position") == amounts("-100 0 0 -100")


def test_in_a_year_that_goes_on_it_is_what_is_explained_at_the_last_period_posted() -> None:
    year = small()
    going_on = replace(year, body=replace(year.body, state="forecast"), transactions=posted("P1 6010 3", periods=[9]))
    said = beside(going_on, explained("Agency", "one-off", "9", 9), explained("Residential", "one-off", "40", 12))
    assert [each.line for each in explained_one_offs(said)] == ["Agency"]


def test_every_row_starts_where_the_plan_starts() -> None:
    year = small(pressure("Residential", "120", "2023-10-01"), variation("V2", "12", recurrent=False))
    result, schemes = outturn(year), programme(year)
    found = plan(year, result, schemes)
    listing = base(year, result, schemes, found)
    for start in (*found.basis.income, *found.basis.expenditure):
        assert row(listing, start.id).figures["underlying"] is start.base


def test_every_figure_of_the_base_has_an_id_of_its_own() -> None:
    figures = list(listed(small(pressure("Residential", "40", "2023-06-01", "one-off"))).figures())
    by_id = {figure.id: figure for figure in figures}
    assert all(by_id[figure.id] is figure for figure in figures)
    assert "base/residential/one_offs" in by_id


RECURRENCES = st.sampled_from(["recurrent", "one-off"])
STARTS = st.sampled_from(["2022-11-01", "2023-04-01", "2023-08-01", "2024-03-01", "2024-06-01"])
POUNDS = st.integers(0, 10**7).map(str)


@given(POUNDS, STARTS, RECURRENCES, POUNDS, STARTS, RECURRENCES)
def test_every_row_casts_across_and_every_total_down(
    cost: str, since: str, cost_recurs: Recurrence, saved: str, start: str, saving_recurs: Recurrence
) -> None:
    found = listed(
        small(
            pressure("Residential", cost, since, cost_recurs),
            saving(saved, start, saving_recurs),
            investment(cost, start, saving_recurs),
            variation("V2", saved, recurrent=False),
        )
    )
    for each in found.rows:
        amounts_across = [each.figures[column].amount or 0 for column in COLUMNS if column in each.figures]
        assert sum(amounts_across[:-1]) == amounts_across[-1]
        assert sum(a.figure.amount or 0 for a in each.adjustments) in {0, sum(amounts_across[-3:-1])}
    for column in ("one_offs", "full_year", "underlying"):
        value = {each.id: each.figures[column].amount or 0 for each in found.rows}
        assert value["income"] == value["contract_sum"] + value["third_party_income"]
        assert value["expenditure"] == value["staffing"] + value["placements"] + value["overheads"]
        assert value["placements"] == value["residential"] + value["fostering"]
        assert value["position"] == (value["income"] + value["savings"] - value["expenditure"] - value["investments"])
