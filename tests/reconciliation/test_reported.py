"""Figures printed elsewhere against ours: both are kept, and a difference is explained."""

from decimal import Decimal

from breakeven.ledger.reported import ReportedFigure
from breakeven.pipeline.year_end import work_out
from breakeven.reconciliation.check import Check, Result
from made import ALL_STEADY, contract_sum, contract_year, published, reported

INCOME = "outturn/income/actual"


def held(*figures: ReportedFigure) -> list[Check]:
    """The tests of these figures against the published year."""
    end = work_out(published(*figures, *ALL_STEADY))
    return [check for check in end.checks if check.id.startswith("reported-")]


def test_the_published_figures_agree_with_the_ledgers() -> None:
    found = held(
        reported("income", INCOME, "84_678_218"),
        reported("spend", "outturn/expenditure/actual", "88_931_888"),
        reported("deficit", "outturn/position/actual", "-4_253_670"),
        reported("opening", "outturn/opening_balance/actual", "-6_977_292"),
        reported("cumulative", "outturn/closing_balance/actual", "-11_230_962"),
        reported("plan", "outturn/position/budget", "742_486"),
        reported("against-plan", "outturn/position/variance", "-4_996_156"),
    )
    assert [check.result for check in found] == [Result.AGREES] * 7


def test_the_income_printed_49_too_high_is_found_with_its_cause_and_its_witness() -> None:
    text, _ = held(reported("paragraph 1", INCOME, "84_678_267"), reported("paragraph 2", INCOME, "84_678_218"))
    assert (text.id, text.result, text.difference) == ("reported-paragraph_1", Result.DIFFERS, Decimal(-49))
    assert text.cause == (
        "a typing slip: 67 where 18 is meant; it prints £84,678,218 in page paragraph 2, which agrees with the ledgers"
    )


def test_a_difference_without_a_slip_still_names_its_witness() -> None:
    wild, _ = held(reported("a", INCOME, "80_000_001"), reported("b", INCOME, "84_678_218"))
    assert wild.cause == "it prints £84,678,218 in page b, which agrees with the ledgers"


def test_a_slip_without_a_witness_stands_alone() -> None:
    (slip,) = held(reported("a", INCOME, "84_678_267"))
    assert slip.cause == "a typing slip: 67 where 18 is meant"


def test_a_figure_printed_to_the_nearest_100_000_agrees_to_rounding() -> None:
    (rounded,) = held(reported("a", "outturn/variations/actual", "1_500_000", precision="100_000"))
    assert (rounded.result, rounded.cause) == (Result.ROUNDING, "to the nearest 100,000")


def test_a_part_left_out_of_a_printed_sum_is_named() -> None:
    (short,) = held(reported("a", INCOME, "83_228_055"))
    assert short.cause == "Variations: actual is left out of it"


def test_the_cost_left_out_of_a_printed_difference_is_not_called_counted_twice() -> None:
    (gross,) = held(reported("a", "outturn/position/actual", "84_678_218"))
    assert gross.cause == "no single slip explains it"


def test_a_figure_that_we_do_not_work_out_is_open_and_named() -> None:
    found = held(reported("a", "outturn/agency/premium", "5"), reported("b", "", "5"))
    assert [check.cause for check in found] == ["outturn/agency/premium is missing", "Label of b is missing"]


def test_a_figure_of_ours_that_is_open_leaves_its_test_open() -> None:
    end = work_out(contract_year(contract_sum("100"), reported("a", "outturn/expenditure/actual", "90")))
    check = next(check for check in end.checks if check.id == "reported-a")
    assert (check.result, check.cause) == (Result.OPEN, "Expenditure: actual is missing")


def test_only_a_figure_that_agrees_to_the_pound_counts_as_published() -> None:
    end = work_out(
        published(
            reported("a", INCOME, "84_678_218"),
            reported("b", "outturn/variations/actual", "1_500_000", precision="100_000"),
            reported("c", "outturn/position/actual", "4_253_670"),
        )
    )
    assert end.published == {INCOME}
