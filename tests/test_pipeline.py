"""The whole flow, from records to every figure, and what each figure may be said to rest on."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from breakeven.ledger.record import Record
from breakeven.pipeline.at_period import at_period, with_period
from breakeven.pipeline.year_end import YearEnd, load, scenario, work_out
from breakeven.reconciliation.check import Result
from breakeven.workbook.folder import FolderRefusedError
from made import (
    ALL_STEADY,
    balance,
    budget,
    claim,
    contract_sum,
    contract_year,
    placements,
    posted,
    pounds,
    pressure,
    published,
    reported,
    saving,
    steady,
    third_party,
)


def illustrative(record: Record) -> Record:
    return record.model_copy(update={"basis": "illustrative"})


def amount(end: YearEnd, figure_id: str) -> Any:
    return end.book[figure_id].amount


def test_one_flow_gives_the_published_year() -> None:
    end = work_out(published(*ALL_STEADY))
    assert amount(end, "outturn/income/actual") == 84_678_218
    assert amount(end, "outturn/expenditure/actual") == 88_931_888
    assert amount(end, "outturn/position/actual") == -4_253_670
    assert amount(end, "outturn/closing_balance/actual") == -11_230_962
    assert amount(end, "outturn/position/variance") == -4_996_156


def test_the_plan_starts_where_the_outturn_ends() -> None:
    end = work_out(published(*ALL_STEADY))
    assert amount(end, "plan/opening_balance/2024-25") == amount(end, "outturn/closing_balance/actual")


def test_every_figure_is_in_the_book_under_its_own_id() -> None:
    end = work_out(
        published(*ALL_STEADY, saving("100", "2024-04-01"), placements("Residential", "2024-03-31", "68", "6174"))
    )
    assert [key for key, figure in end.book.items() if figure.id != key] == []
    rooms = {key.split("/")[0] for key in end.book}
    assert rooms == {"outturn", "plan", "savings", "pressure", "demand"}
    made = [*end.outturn.figures(), *end.plan.figures(), *end.programme.figures()]
    assert [figure.id for figure in made if end.book[figure.id] is not figure] == []


def test_a_figure_printed_elsewhere_is_in_the_book_with_its_unit() -> None:
    end = work_out(contract_year(reported("Children", "", "68", unit="number")))
    figure = end.book["reported/children"]
    assert (figure.amount, figure.unit, figure.rule) == (68, "number", "as printed in page Children")


def test_a_periods_figures_are_in_the_book_only_when_it_is_asked_for() -> None:
    claimed = illustrative(claim("Health", 9, "5", raised="2023-12-01"))
    end = work_out(published(claimed, *ALL_STEADY))
    at = with_period(end, at_period(end, 9))
    assert not [key for key in end.book if key.startswith("P")]
    assert {key: figure for key, figure in at.book.items() if not key.startswith("P")} == end.book
    assert amount(at, "P09/income/third_party_income.health/outstanding") == 5
    assert amount(at, "P09/income/third_party_income.health/outstanding/c1") == 5
    assert "P09/income/third_party_income.health/outstanding" in at.illustrative
    assert "P09/income/third_party_income.health/agreed" not in at.illustrative
    assert [key for key, figure in at.book.items() if figure.id != key] == []


@pytest.mark.parametrize("view", ["planned", "weighted"])
def test_the_view_says_which_savings_the_plan_counts(view: str) -> None:
    year = published(*ALL_STEADY, saving("100", "2024-04-01"))
    end = work_out(year, "weighted" if view == "weighted" else "planned")
    assert (end.plan.view, amount(end, "plan/savings/2024-25")) == (view, {"planned": 100, "weighted": 50}[view])


def test_whatever_a_pack_shows_its_tests_are_of_the_plan_as_it_stands_for_a_scenario_is_no_slip() -> None:
    year = load("ledgers/2023-24")
    own, worst, weighted = work_out(year), work_out(year, overlays=scenario(year, "worst")), work_out(year, "weighted")
    assert own.all_checks == worst.all_checks == weighted.all_checks
    differing = [check.id for check in worst.checks if check.result is Result.DIFFERS]
    assert differing == ["reported-e14"]
    assert (amount(worst, "plan/position/2024-25"), "plan/position/2024-25" in worst.published) == (-2_205_701, False)


def test_what_rests_on_an_illustrative_cell_is_marked() -> None:
    year = contract_year(
        contract_sum("100"), illustrative(third_party("Health", "5")), budget("P1 6010", "90"), balance("opening", "0"),
        extract=posted("P1 6010 90"),
    )  # fmt: skip
    end = work_out(year)
    marked = {"third_party_income", "third_party_income.health", "income", "position", "closing_balance"}
    actuals = {key.split("/")[1] for key in end.illustrative if key.startswith("outturn/") and key.endswith("/actual")}
    assert actuals == marked


def test_a_sum_of_illustrative_lines_that_comes_to_a_published_figure_is_published_and_so_is_what_it_makes() -> None:
    year = contract_year(
        contract_sum("100"), illustrative(third_party("Health", "5")), illustrative(third_party("Education", "7")),
        reported("a", "outturn/third_party_income/actual", "12"),
    )  # fmt: skip
    end = work_out(year)
    assert end.published == {"outturn/third_party_income/actual"}
    assert "outturn/third_party_income.health/actual" in end.illustrative
    assert not {"outturn/third_party_income/actual", "outturn/income/actual"} & end.illustrative
    assert "outturn/income/budget" in end.illustrative


def test_a_published_figure_that_differs_confirms_nothing() -> None:
    year = contract_year(
        illustrative(third_party("Health", "5")), reported("a", "outturn/third_party_income/actual", "6")
    )
    end = work_out(year)
    assert end.published == frozenset()
    assert "outturn/third_party_income/actual" in end.illustrative


@pytest.mark.parametrize(("precision", "unit"), [("100_000", "£"), ("0.1", "%")])
def test_a_figure_printed_too_coarsely_confirms_nothing(precision: str, unit: Any) -> None:
    year = contract_year(
        illustrative(third_party("Health", "5")),
        reported("a", "outturn/third_party_income/actual", "5", precision, unit),
    )
    end = work_out(year)
    assert end.published == frozenset()
    assert "outturn/third_party_income/actual" in end.illustrative


def test_a_plan_made_to_meet_an_aim_is_not_confirmed_by_it() -> None:
    year = published(
        *ALL_STEADY,
        illustrative(saving("100", "2024-04-01")),
        reported("aim", "savings/planned/2024-25", "100"),
        reported("sum", "plan/contract_sum/2024-25", "75_325_163"),
    )
    end = work_out(year)
    assert end.published == {"plan/contract_sum/2024-25"}
    assert {"savings/planned/2024-25", "plan/savings/2024-25", "plan/position/2024-25"} <= end.illustrative


def test_what_is_missing_is_not_marked() -> None:
    end = work_out(contract_year(illustrative(third_party("Health", "5")), contract_sum("100")))
    assert [figure_id for figure_id in end.illustrative if end.book[figure_id].amount is None] == []


def test_the_effect_of_a_pressure_is_in_the_book_and_marked() -> None:
    end = work_out(published(*ALL_STEADY, illustrative(pressure("residential", "120", "2024-10-01"))))
    assert amount(end, "plan/pressure.pr1/2024-25") == 60
    assert "plan/pressure.pr1/2024-25" in end.illustrative


def test_reconciliation_comes_with_the_year_end() -> None:
    end = work_out(published(reported("a", "outturn/income/actual", "84_678_267"), *ALL_STEADY))
    differing = {check.id: check.difference for check in end.checks if check.result is Result.DIFFERS}
    assert differing == {"reported-a": pounds("-49")}


def test_a_year_with_nothing_in_it_is_all_open_and_still_worked_out() -> None:
    end = work_out(contract_year(balance("adjustment", "5")))
    nil = {"variations", "third_party_income", "adjustments"}
    known = {row.id for row in end.outturn.rows if row.actual.amount is not None}
    assert known == nil
    assert {check.result for check in end.checks} <= {Result.OPEN, Result.AGREES}


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FolderRefusedError, match="there is no such folder"):
        load(tmp_path / "2023-24")


def test_a_year_that_is_not_over_is_planned_from_its_forecast() -> None:
    made = contract_year(
        contract_sum("1200"), balance("opening", "-50"), balance("last close", "-50"), budget("P1 6010", "1200"),
        *steady("contract_sum", "third_party_income", "placements", "staffing", "overheads"),
        extract=posted("P1 6010 300", "P1 6010 300", periods=(1, 3)),
    )  # fmt: skip
    over, going_on = work_out(made), work_out(replace(made, body=replace(made.body, state="forecast")))
    assert (over.year.forecast_at, going_on.year.forecast_at) == (None, 3)
    for end, position in ((over, "600"), (going_on, "-300.00")):  # 600 spent, and 900 of budget still to come
        assert end.expected.row("position").actual.amount == Decimal(position)
        assert end.expected.row("closing_balance").actual.amount == Decimal(position) - 50
        assert amount(end, "plan/opening_balance/2024-25") == Decimal(position) - 50
        assert {check.result.value for check in end.checks if check.id.startswith("corkscrew")} == {"agrees"}
    assert going_on.outturn.row("residential").actual.amount == 600
    assert "P03/outturn/position/forecast" in going_on.book


def test_a_forecast_year_with_nothing_posted_starts_its_plan_from_the_revised_budget() -> None:
    made = contract_year(
        contract_sum("500"), balance("opening", "-20"), budget("S1 5010", "300", "320"), budget("P1 6010", "230")
    )
    new = work_out(replace(made, body=replace(made.body, state="forecast")))
    assert new.year.starts_from_budget
    assert new.outturn.row("expenditure").actual.amount is None
    assert new.expected.row("expenditure").actual.amount == 550
    assert new.plan.basis.opening.amount == -70
    assert next(check for check in new.checks if check.id == "corkscrew-2024-25").result == "agrees"
    over = work_out(made)
    assert not over.year.starts_from_budget
    assert over.plan.basis.opening.amount is None
