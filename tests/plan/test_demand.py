"""A projection of demand in a plan: its numbers stand in the plan's lines and years, priced as the plan prices them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from breakeven.drivers.trend import TooLittleError
from breakeven.ledger.record import Record
from breakeven.ledger.scenarios import Overlay
from breakeven.plan.basis import Basis, model
from breakeven.plan.demand import Demand, Numbers, Range, cost, line_of, overlays, to_number, totalled
from breakeven.plan.distributions import LogNormal
from breakeven.plan.projected_demand import Asked, project_counts, project_returns, weekly_costs
from breakeven.plan.projected_figures import projected_figures
from breakeven.plan.uncertain_demand import uncertain_numbers, with_numbers
from breakeven.plan.uncertainty import Demand as Uncertain
from breakeven.plan.uncertainty import Uncertainty
from breakeven.workbook.ssda903_settings import Ssda903Settings
from made import ALL_STEADY, BASE, assumed, contract_sum, contract_year, placements, posted, third_party
from made_plans import made_from
from ssda903_made import made_children, write_returns

D = Decimal
NEXT = BASE.later(1)
"""2024/25: 365 nights."""


def counted(*numbers: str) -> list[Record]:
    """Residential placements at the ends of the last months of 2023/24, at £700 a week."""
    ends = [BASE.period_end(period) for period in range(13 - len(numbers), 13)]
    return [placements("Residential", f"{end}", n, "700") for end, n in zip(ends, numbers, strict=True)]


def made(*records: Record, years: int = 1) -> Basis:
    return made_from(
        contract_year(
            contract_sum("500_000"), third_party("Health", "10"), *records, *ALL_STEADY,
            extract=posted("P1 6010 365_000", "S1 5010 10"), plan_years=years,
        )
    )  # fmt: skip


def projected(kind: str, *numbers: str | None, ranges: tuple[Range, ...] = ()) -> Demand:
    row = Numbers(kind, D(10), tuple(None if each is None else D(each) for each in numbers), ranges)
    years = tuple(BASE.later(1 + place) for place in range(len(numbers)))
    return Demand(years, (row,), totalled([row], len(numbers)), date(2024, 3, 31), "a trend")


def dearer(found: Basis, laid: tuple[Overlay, ...]) -> list[Decimal]:
    """How much worse the position of each year is with some overlays."""
    positions = zip(model(found).balances().position, model(found, laid).balances().position, strict=True)
    return [before - after for before, after in positions if before is not None and after is not None]


def test_the_plan_bears_the_projected_number_at_its_own_price() -> None:
    """Ten on average at £700 a week and two more: 2 × 700 × 365 / 7 is £73,000."""
    found = made(*counted("10", "10", "10"))
    assert dearer(found, overlays(projected("Residential", "12"), found)) == [73_000]
    assert cost(projected("Residential", "12").rows[0], 0, found) == 12 * 700 * 365 // 7


def test_a_years_number_counts_in_that_year_alone() -> None:
    found = made(*counted("10", "10", "10"), years=3)
    laid = overlays(projected("Residential", "12", "13", "14"), found)
    assert [(each.year, each.last, each.value) for each in laid] == [
        (year, year, D(number)) for year, number in zip(found.years, ("12", "13", "14"), strict=True)
    ]
    assert dearer(found, laid) == [73_000, 109_500, 146_000]


def test_a_type_that_no_line_goes_by_changes_nothing() -> None:
    found = made(*counted("10", "10", "10"))
    for kind in ("Placed with parents", "Placements", "Fostering"):
        assert overlays(projected(kind, "12"), found) == ()
        assert line_of(kind, found) is None
        assert cost(projected(kind, "12").rows[0], 0, found) is None


def test_a_year_without_a_number_is_left_as_it_is_planned() -> None:
    found = made(*counted("10", "10", "10"))
    assert overlays(projected("Residential", None), found) == ()
    assert cost(projected("Residential", None).rows[0], 0, found) is None
    assert totalled([*projected("Residential", None).rows, *projected("Other", "5").rows], 1).by_year == (None,)


def test_a_number_is_to_two_places() -> None:
    assert (to_number(1.005), to_number(2.675), to_number(0.125)) == (D("1.00"), D("2.67"), D("0.13"))


# From counts -----------------------------------------------------------------------------------------------------


def test_a_trend_goes_on_into_the_plans_years() -> None:
    """One more a month from 12 at the end of March: 13 to 24 over the year, 18.5 on average."""
    found = project_counts(made(*counted("8", "9", "10", "11", "12")), Asked(window=12))
    (row,) = found.demand.rows
    assert (row.now, row.by_year, found.demand.total.by_year) == (D(12), (D("18.50"),), (D("18.50"),))
    assert found.demand.method == "least squares over 5 monthly counts, November 2023 to March 2024"
    assert found.back_test is None


def test_a_type_without_a_trend_is_open_and_so_is_the_total() -> None:
    basis = made(*counted("8", "9", "10"), placements("External fostering", "2024-03-31", "7", "300"))
    found = project_counts(basis, Asked())
    assert [row.by_year for row in found.demand.rows] == [(D("16.50"),), (None,)]
    assert found.demand.total.by_year == (None,)


def test_a_back_test_is_at_the_weekly_costs_of_the_year() -> None:
    found = project_counts(made(*counted("5", "6", "7", "8", "9", "10", "11")), Asked(rewind=2))
    assert found.back_test is not None
    (scored,) = found.back_test.rows
    assert (scored.projected, scored.actual, scored.weekly_cost) == (D("10.5"), D("10.5"), 700)


def test_without_counts_there_is_no_trend() -> None:
    with pytest.raises(TooLittleError, match="has no type with three monthly counts"):
        project_counts(made(*counted("8", "9")), Asked())


def test_posts_have_no_weekly_cost() -> None:
    assert weekly_costs(made(*counted("10", "10", "10"))) == {"Residential": 700}


def test_each_number_is_traced_to_the_months_of_its_window_and_each_cost_to_the_number_and_the_price() -> None:
    """18.5 on average at £700 a week, dearer by 10%: 18.5 × 770 × 365 / 7 is £742,775."""
    dearer_each_year = [assumed("residential", "10", "inflation", year) for year in (2024, 2025)]
    basis = made(*counted("8", "9", "10", "11", "12"), *dearer_each_year, years=2)
    figures = {each.id: each for each in projected_figures(project_counts(basis, Asked(window=3)), basis)}
    now, number = figures["projection/number.residential/now"], figures["projection/number.residential/2024-25"]
    assert [part.label for part in now.parts] == ["Residential, March 2024"]
    assert [part.label for part in number.parts] == [f"Residential, {m} 2024" for m in ("January", "February", "March")]
    costs = figures["projection/cost.residential/2024-25"]
    assert (number.amount, costs.amount) == (D("18.50"), 742_775)
    assert costs.parts[0] is number
    assert [getattr(part, "unit", "") for part in costs.parts[1:]] == ["£", "%"]
    later = figures["projection/cost.residential/2025-26"]
    assert [getattr(part, "unit", "") for part in later.parts[1:]] == ["£", "%", "%"]
    assert figures["projection/number.all_placements/2024-25"].amount == D("18.50")
    assert figures["projection/cost.total/2024-25"].amount == costs.amount


def test_a_projection_is_the_usual_one_where_nothing_is_asked_of_how() -> None:
    basis = made(*counted("5", "6", "7", "8", "9", "10", "11"))
    assert project_counts(basis, Asked()).is_usual
    assert project_counts(basis, Asked(rewind=2)).is_usual
    assert not project_counts(basis, Asked(window=3)).is_usual


def test_a_type_that_no_line_goes_by_has_a_number_and_no_cost() -> None:
    basis = made(*counted("8", "9", "10"), placements("Somewhere", "2024-03-31", "7", "300"))
    figures = {each.id: each for each in projected_figures(project_counts(basis, Asked()), basis)}
    assert figures["projection/number.somewhere/now"].amount == 7
    assert "projection/cost.somewhere/2024-25" not in figures


# From returns ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made_up = made_children(date(2021, 4, 1), date(2024, 3, 31), there=150)
    to = tmp_path_factory.mktemp("returns")
    write_returns(to, *made_up, [BASE.later(-2), BASE.later(-1), BASE])
    return to


def from_returns(folder: Path, asked: Asked, *records: Record, years: int = 2) -> tuple[Basis, Demand]:
    found = made(*records, years=years)
    found = replace(found, year=replace(found.year, body=replace(found.year.body, demand=Ssda903Settings().rules())))
    return found, project_returns(found, [folder], asked).demand


def test_children_of_the_returns_are_projected_with_their_ranges(folder: Path) -> None:
    _, demand = from_returns(folder, Asked(trials=200))
    assert demand.method == "stock and flow of SSDA903 episodes, rates of 01/04/2022 to 31/03/2024"
    for row in (*demand.rows, demand.total):
        for expected, at in zip(row.by_year, row.ranges, strict=True):
            assert expected is not None
            assert at.low <= at.middle <= at.high
            assert at.low < expected < at.high
            assert at.sd == (at.chance_sd**2 + at.rate_sd**2).sqrt()
    assert demand.total.now == sum(row.now for row in demand.rows)


def test_a_number_from_returns_is_traced_to_the_rows_of_the_episodes_files(folder: Path) -> None:
    found = made(*counted("10", "10", "10"), years=1)
    found = replace(found, year=replace(found.year, body=replace(found.year.body, demand=Ssda903Settings().rules())))
    projected = project_returns(found, [folder], Asked(trials=5))
    assert projected.returns is not None
    assert all(tally.is_conserved for tally in projected.returns.tallies)
    number = next(each for each in projected_figures(projected, found) if each.id.endswith("/2024-25"))
    said = [part.label for part in number.parts]
    assert said == [f"{tally.rows:,} rows of {tally.file}" for tally in projected.returns.tallies]


def test_returns_are_back_tested_where_it_is_asked(folder: Path) -> None:
    found = made(*counted("10", "10", "10"))
    found = replace(found, year=replace(found.year, body=replace(found.year.body, demand=Ssda903Settings().rules())))
    test = project_returns(found, [folder], Asked(trials=50, rewind=12)).back_test
    assert test is not None
    assert [row.type for row in test.rows if row.weekly_cost] == ["Residential"]
    assert project_returns(found, [folder], Asked(trials=50)).back_test is None


# The simulation --------------------------------------------------------------------------------------------------


def test_the_simulation_takes_the_range_of_each_number_that_the_plan_has() -> None:
    """± 3 and ± 4 are ± 5 together, of the 10 that the plan assumes: half of it."""
    found = made(*counted("10", "10", "10"))
    ranges = (Range(D(6), D(12), D(18), D(3), D(4)),)
    (number,) = uncertain_numbers(projected("Residential", "12", ranges=ranges), found)
    assert (number.line, number.expected, number.rate) == (2, (10.0,), LogNormal(1.0, 0.5))
    assert not number.by_chance
    assert uncertain_numbers(projected("Residential", "12"), found) == ()
    assert uncertain_numbers(projected("Fostering", "12", ranges=ranges), found) == ()


def test_a_plan_that_assumes_none_has_nothing_to_be_uncertain_about() -> None:
    found = made(*counted("10", "10", "10"), assumed("Residential", "0", "number", NEXT.start))
    ranges = (Range(D(6), D(12), D(18), D(3), D(4)),)
    assert uncertain_numbers(projected("Residential", "12", ranges=ranges), found) == ()


def test_a_projection_stands_in_for_the_folders_own_number_of_the_same_line() -> None:
    own = Uncertain("u3", "Residential", 2, (10.0,)), Uncertain("u4", "Fostering", 3, (5.0,))
    number = Uncertain("demand_residential", "Residential number", 2, (12.0,), by_chance=False)
    new = Uncertain("demand_other", "Other number", 4, (1.0,))
    found = with_numbers(Uncertainty(demand=own), (number, new))
    assert found.demand == (own[1], replace(number, id="u3"), new)
