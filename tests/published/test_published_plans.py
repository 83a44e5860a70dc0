"""Medium-term plans and savings of five councils rebuilt as plans of ours, each gap and total to what is printed.

What is funded is income, each pressure or budget a line whose sum is assumed for the year, so that a gap is a position
with the other sign. A figure may be out by half a last place for each printed figure that it is made of.
"""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

import pytest

from breakeven.ledger.savings import Saving
from breakeven.monitoring.outturn import outturn
from breakeven.pipeline.year_end import work_out
from breakeven.plan.mtfp import Plan, plan
from breakeven.plan.savings import programme
from breakeven.reconciliation.check import Result, Side, compare
from breakeven.report.figures import percent_of
from breakeven.report.savings import savings_statement
from made import BASE, assumed, balance, chart, contract_sum, contract_year, line, posted, saving, third_party
from published.tables import Published, published


def planned(
    table: Published,
    columns: Sequence[str],
    spend: str,
    funding: str,
    reserves: str = "",
    schemes: Sequence[Saving] = (),
) -> Plan:
    """The plan of one table: a line for each row of spend, income from its funding and reserves, a year a column."""
    lines = [line(f"row_{row}", "placements", f"X{i}") for i, row in enumerate(spend.split())]
    rows = [contract_sum("0"), third_party("Reserves", "0"), balance("opening", "0")]
    for n, column in enumerate(columns, start=1):
        year = BASE.later(n).start
        sums = {f"row_{row}": table.value(row, column) for row in spend.split()}
        sums["contract_sum"] = -sum((table.amount(row, column) for row in funding.split()), Decimal(0))
        sums["third_party_income"] = -sum((table.amount(row, column) for row in reserves.split()), Decimal(0))
        rows += [assumed(name, f"{amount}", "sum", year) for name, amount in sums.items() if amount is not None]
    year = contract_year(
        *rows, *schemes, extract=posted("X0 1 0"), accounts=chart(*lines), plan_years=len(columns),
        confidence={"planned": "100"},
    )  # fmt: skip
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


def test_gateshead_saving_each_years_gap_for_good_leaves_nothing_to_find_in_any_year() -> None:
    table = published("gateshead-mtfs-2023-24")
    years = table.columns[:-1]
    gap_of = {BASE.later(n): table.amount("gap_min_ann", year) for n, year in enumerate(years, start=1)}
    schemes = [saving(f"{gap}", f"{year.start}-04-01", ref=f"S{year}") for year, gap in gap_of.items() if gap]

    def to_find(upto: int) -> list[Decimal]:
        found = planned(table, years, "base", "funding", "res_pandemic res_sustain", schemes[:upto])
        return [f.amount or Decimal(0) for f in found.row("still_to_find").years.values()]

    for n, (year, gap) in enumerate([each for each in gap_of.items() if each[1]]):
        # 4 figures make each year's position, and each year's printed gap is rounded by itself.
        allowed = (4 + n + 1) * table.half
        assert abs(to_find(n)[year.start - BASE.start - 1] - gap) <= allowed, year
    assert max(to_find(len(schemes))) <= (4 + len(schemes)) * table.half


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


def test_east_sussex_what_must_be_saved_a_year_to_clear_three_years_of_deficit() -> None:
    table = published("eastsussex-mtfp-2025-12")
    years = table.columns[:3]
    spend = " ".join(row for row in EAST_SUSSEX_2025.split() if row not in FUNDED.split())
    found = planned(table, years, spend, FUNDED)
    needed = [f.amount for f in found.row("break_even_requirement").years.values()]
    assert needed == [table.amount("end", year) for year in years]
    a_year = list(found.row("yearly_saving_to_clear").years.values())[-1].amount
    assert a_year is not None
    assert a_year == 31_333_334
    assert 3 * (a_year - 1) < table.amount("end", "Total") <= 3 * a_year


@pytest.mark.parametrize("name", ["eastsussex-mtfp-2021-07", "eastsussex-mtfp-2025-12"])
def test_east_sussex_every_line_comes_to_its_total_of_three_years(name: str) -> None:
    table = published(name)
    known = [row for row in table.rows if table.value(row, "Total") is not None]
    found = planned(table, table.columns[:3], " ".join(known), "")
    for row in known:
        line_years = [f.amount or Decimal(0) for f in found.row(f"row_{row}").years.values()]
        assert sum(line_years) == table.amount(row, "Total"), row


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
    assert [cell.text for cell in table.rows["treasury"].printed] == ["TBC"] * 4
    assert gaps(found) == [None, None, None]
    assert found.open_lines == ("Row treasury",)


def test_westmorland_what_council_tax_must_bring_and_what_a_band_d_home_pays() -> None:
    table = published("westmorland-mtfp-2023-24-barrow")
    years, finance = table.columns, "rsg general br brcf ctcf support second"
    found = planned(table, years, "net", finance)
    held(table, "ctr", years, gaps(found), 8)
    held(table, "finance", years, [-(f.amount or Decimal(0)) for f in found.row("contract_sum").years.values()], 7)
    for year, gap in list(zip(years, gaps(found), strict=True))[1:]:
        homes = table.amount("base", year) / table.unit
        band_d = table.amount("bandd", year) / table.unit
        allowed = Decimal("0.005") + 8 * table.half / homes
        assert abs((gap or Decimal(0)) / homes - band_d) <= allowed, year


def test_westmorland_council_tax_rises_by_the_percentage_that_it_states() -> None:
    table = published("westmorland-mtfp-2023-24-barrow")
    for before, year in pairwise(table.columns):
        was, now = (table.amount("bandd", each) / table.unit for each in (before, year))
        rise, care, both = (table.amount(row, year) / table.unit for row in ("general_pct", "asc_pct", "all_pct"))
        assert rise + care == both, year
        # Half a penny in either of the two, and half a hundredth of a per cent in what is stated.
        assert abs(100 * (now - was) / was - both) <= Decimal("0.005") + 100 * Decimal("0.01") / was, year


def test_lancashire_the_districts_come_to_the_county_precept_to_the_pound() -> None:
    table = published("lancashire-district-precepts-2026-27")
    districts = [
        third_party(row.label, f"{table.amount(name, '2026/27')}")
        for name, row in table.rows.items()
        if name != "total"
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


def test_brighton_what_childrens_services_have_at_risk_is_the_printed_share_of_their_net_budget() -> None:
    tracker, month_two = published("brighton-savings-2022-23-outturn"), published("brighton-fcl-month2-2022-23")
    budget = month_two.amount("total", "Budget")  # that of month 2: none is printed in the tracker
    at_risk = percent_of(tracker.amount("fcl", "Net savings at risk"), budget)
    assert (at_risk, tracker.value("fcl", "% of net budget")) == (Decimal("1.6"), Decimal("1.6"))
    assert tracker.amount("fcl", PROPOSED) == month_two.amount("total", PROPOSED)


def test_brighton_month_two_every_variance_is_the_printed_per_cent_of_its_budget() -> None:
    table = published("brighton-fcl-month2-2022-23")
    for row in table.rows:
        ours = percent_of(table.value(row, "Forecast variance"), table.value(row, "Budget"))
        assert ours == (None if row == "recovery" else table.value(row, "Variance %")), row


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
    schemes = [
        saving(f"{table.amount(row, column)}", "2024-04-01", ref=row).model_copy(update={"priority": directorate})
        for directorate, rows in (BRIGHTON_2026 | {"central": "central"}).items()
        for row in rows.split()
    ]
    year = contract_year(*schemes, extract=posted("P1 6010 0"), plan_years=1)
    page = savings_statement(work_out(year), schemes=False)
    printed = {directorate: table.amount(directorate, column) for directorate in (*BRIGHTON_2026, "central")}
    assert {row.label: row.values["planned"] for row in page.rows} == printed | {
        "All schemes": table.amount("grand", column)
    }


# Where what is printed does not hold -------------------------------------------------------------------------------


def test_sutton_coldfields_surplus_breaks_on_a_transfer_that_lost_its_brackets() -> None:
    table = published("sutton-coldfield-2017-18")
    column = "Net expenditure"
    cast = sum((table.amount(row, column) for row in ("total", "precept", "transfer")), Decimal(0))
    test = compare("net", "Net", Side("cast", cast), Side("printed", table.amount("net", column)), cause="")
    assert test.result is Result.DIFFERS
    assert cast - table.amount("net", column) == 2 * table.amount("transfer", column)
