"""Medium-term plans and savings of five councils rebuilt as plans of ours, each gap and total to what is printed.

What is funded is income, each pressure or budget a line whose sum is assumed for the year, so that a gap is a position
with the other sign. A figure may be out by half a last place for each printed figure that it is made of.
"""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

import pytest

from breakeven.monitoring.outturn import outturn
from breakeven.plan.mtfp import Plan, plan
from breakeven.plan.savings import programme
from breakeven.reconciliation.check import Result, Side, compare
from made import BASE, assumed, balance, chart, contract_sum, contract_year, line, posted, saving, third_party
from published.tables import Published, published


def planned(table: Published, columns: Sequence[str], spend: str, funding: str, reserves: str = "") -> Plan:
    """The plan of one table: a line for each row of spend, income from its funding and reserves, a year a column."""
    lines = [line(f"row_{row}", "placements", f"X{i}") for i, row in enumerate(spend.split())]
    rows = [contract_sum("0"), third_party("Reserves", "0"), balance("opening", "0")]
    for n, column in enumerate(columns, start=1):
        year = BASE.later(n).start
        sums = {f"row_{row}": table.value(row, column) for row in spend.split()}
        sums["contract_sum"] = -sum((table.amount(row, column) for row in funding.split()), Decimal(0))
        sums["third_party_income"] = -sum((table.amount(row, column) for row in reserves.split()), Decimal(0))
        rows += [assumed(name, f"{amount}", "sum", year) for name, amount in sums.items() if amount is not None]
    year = contract_year(*rows, extract=posted("X0 1 0"), accounts=chart(*lines), plan_years=len(columns))
    return plan(year, outturn(year), programme(year))


def gaps(found: Plan) -> list[Decimal | None]:
    return [None if (a := f.amount) is None else -a for f in found.row("position").years.values()]


def held(table: Published, row: str, columns: Sequence[str], ours: Sequence[Decimal | None], terms: int) -> None:
    """Each figure of a row is ours, or out by no more than the rounding of the figures it is made of."""
    for column, amount in zip(columns, ours, strict=True):
        printed = table.amount(row, column)
        assert amount is not None
        assert abs(amount - printed) <= (terms + 1) * table.half, f"{row} {column}: {amount} is printed as {printed}"


def test_gateshead_its_funding_gap_cumulative_and_yearly_before_and_after_reserves() -> None:
    table = published("gateshead-mtfs-2023-24")
    years = table.columns
    held(table, "gap_cum", years, gaps(planned(table, years, "base", "funding")), 2)
    after = planned(table, years, "base", "funding", "res_pandemic res_sustain")
    held(table, "gap_min_cum", years, gaps(after), 4)
    found = [amount or Decimal(0) for amount in gaps(after)]
    yearly = [found[0], *(later - before for before, later in pairwise(found))]
    held(table, "gap_min_ann", years[:-1], yearly[:-1], 8)
    assert table.value("gap_min_ann", "2027/28") is None  # the last one was cut off where it was read
    needed = [f.amount for f in after.row("break_even_requirement").years.values()]
    assert needed == found


def test_gateshead_uses_the_reserves_that_it_totals() -> None:
    table = published("gateshead-mtfs-2023-24")
    found = planned(table, table.columns, "base", "", "res_pandemic res_sustain").row("third_party_income")
    held(table, "res_total", table.columns, [-(f.amount or Decimal(0)) for f in found.years.values()], 2)


EAST_SUSSEX_2025 = (
    "start cfwd ctax brates cscgrant rsg htst inflation contingency pay lgps levies treasury asc csd orbis waste "
    "wasteinc wastepfi elections bids"
)
FUNDED = "ctax brates cscgrant rsg htst"


def test_east_sussex_2025_each_years_deficit_and_that_of_the_three_exactly() -> None:
    table = published("eastsussex-mtfp-2025-12")
    years = table.columns[:3]
    spend = " ".join(row for row in EAST_SUSSEX_2025.split() if row not in FUNDED.split())
    found = planned(table, years, spend, FUNDED)
    assert gaps(found) == [table.amount("end", year) for year in years]
    assert -(list(found.row("closing_balance").years.values())[-1].amount or 0) == table.amount("end", "Total")
    assert gaps(planned(table, years, "start cfwd", "")) == [table.amount("startcf", year) for year in years]


EAST_SUSSEX_2021 = "start collection lcts contingency inflation ni pfi waste ts eu"


def test_east_sussex_2021_each_years_deficit_once_what_is_to_be_confirmed_is_taken_as_nil() -> None:
    table = published("eastsussex-mtfp-2021-07")
    years = table.columns[:3]
    found = planned(table, years, EAST_SUSSEX_2021, "")
    assert gaps(found) == [table.amount("end", year) for year in years]
    assert -(list(found.row("closing_balance").years.values())[-1].amount or 0) == table.amount("end", "Total")


def test_east_sussex_2021_states_a_deficit_though_treasury_management_is_not_known() -> None:
    table = published("eastsussex-mtfp-2021-07")
    found = planned(table, table.columns[:3], f"{EAST_SUSSEX_2021} treasury", "")
    assert table.rows["treasury"]["published"] == ["TBC"] * 4
    assert gaps(found) == [None, None, None]
    assert found.open_lines == ("Row treasury",)


def test_westmorland_what_council_tax_must_bring_and_what_a_band_d_home_pays() -> None:
    table = published("westmorland-mtfp-2023-24-barrow")
    years, finance = table.columns, "rsg general br brcf ctcf support second"
    found = planned(table, years, "net", finance)
    held(table, "ctr", years, gaps(found), 8)
    held(table, "finance", years, [-(f.amount or Decimal(0)) for f in found.row("contract_sum").years.values()], 7)
    for year, gap in list(zip(years, gaps(found), strict=True))[1:]:
        a_home = (gap or Decimal(0)) / (table.amount("base", year) / table.unit)
        band_d = table.amount("bandd", year) / table.unit
        assert abs(a_home - band_d) <= Decimal("0.1"), year


def test_lancashire_the_districts_come_to_the_county_precept_to_the_pound() -> None:
    table = published("lancashire-district-precepts-2026-27")
    districts = [
        third_party(row["label"], f"{row['values'][0]}") for name, row in table.rows.items() if name != "total"
    ]
    year = contract_year(contract_sum("0"), *districts, extract=posted("P1 6010 0"))
    assert len(districts) == 12
    assert outturn(year).row("third_party_income").actual.amount == table.amount("total", "2026/27")


# Savings -----------------------------------------------------------------------------------------------------------

PROPOSED, ACHIEVED = "Savings proposed", "Savings achieved/anticipated"


def tracked(table: Published, rows: Sequence[str]) -> tuple[list[Decimal], list[Decimal]]:
    """What each row's scheme is planned and forecast to save, and last of all of them."""
    schemes = [
        saving(f"{table.amount(row, PROPOSED)}", "2024-04-01", ref=row, forecast=f"{table.amount(row, ACHIEVED)}")
        for row in rows
    ]
    found = programme(contract_year(*schemes, plan_years=1))
    year = found.years[0]
    planned, forecast = (
        [
            getattr(each, column).amount or Decimal(0)
            for each in (*(s.years[year] for s in found.schemes), found.totals[year])
        ]
        for column in ("planned", "forecast")
    )
    return planned, forecast


@pytest.mark.parametrize("name", ["brighton-savings-2022-23-outturn", "brighton-savings-2023-24-outturn"])
def test_brighton_what_is_at_risk_is_what_is_not_made_and_the_pressures_of_the_year(name: str) -> None:
    table = published(name)
    rows = [row for row in table.rows if row != "total"]
    planned, forecast = tracked(table, rows)
    for row, proposed, made in zip([*rows, "total"], planned, forecast, strict=True):
        assert (proposed, made) == (table.amount(row, PROPOSED), table.amount(row, ACHIEVED))
        at_risk = proposed - made - table.amount(row, "In-year pressures")
        assert at_risk == table.amount(row, "Net savings at risk"), row


def test_brighton_month_two_what_is_at_risk_before_and_after_recovery() -> None:
    table = published("brighton-fcl-month2-2022-23")
    rows = ["director", "send", "edu", "safeguarding", "quality"]
    planned, forecast = tracked(table, rows)
    at_risk = [a - b for a, b in zip(planned, forecast, strict=True)]
    assert at_risk == [table.amount(row, "Savings at risk") for row in (*rows, "total")]
    overspent = [table.amount(row, "Forecast outturn") - table.amount(row, "Budget") for row in (*rows, "recovery")]
    assert sum(overspent[:-1]) == table.amount("total", "Forecast variance")
    assert sum(overspent) == table.amount("residual", "Forecast variance")


BRIGHTON_2026 = {
    "fcw": "edulearn famhelp commcomm pubhealth",
    "hasc": "asc cp hps homes",
    "cityops": "infra culture envserv place digital",
    "hub": "cabinet leadership finance law people orbis",
}


def test_brighton_2026_every_directorate_and_the_whole_programme() -> None:
    table = published("brighton-savings-2026-27")
    column = "Savings 2026/27"
    every = [row for rows in BRIGHTON_2026.values() for row in rows.split()] + ["central"]
    schemes = [saving(f"{table.amount(row, column)}", "2024-04-01", ref=row) for row in every]
    found = programme(contract_year(*schemes, plan_years=1))
    year = found.years[0]
    saved = {scheme.saving.ref: scheme.years[year].planned.amount or Decimal(0) for scheme in found.schemes}
    for directorate, rows in BRIGHTON_2026.items():
        assert sum(saved[row] for row in rows.split()) == table.amount(directorate, column)
    assert found.totals[year].planned.amount == table.amount("grand", column)


# Where what is printed does not hold -------------------------------------------------------------------------------


def test_sutton_coldfields_surplus_breaks_on_a_transfer_that_lost_its_brackets() -> None:
    table = published("sutton-coldfield-2017-18")
    column = "Net expenditure"
    cast = sum((table.amount(row, column) for row in ("total", "precept", "transfer")), Decimal(0))
    test = compare("net", "Net", Side("cast", cast), Side("printed", table.amount("net", column)), cause="")
    assert test.result is Result.DIFFERS
    assert cast - table.amount("net", column) == 2 * table.amount("transfer", column)
