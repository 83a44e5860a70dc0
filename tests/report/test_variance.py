"""The bridge as a page: every row's reasons beneath it, unexplained among them, A and F on each."""

import io
from decimal import Decimal
from typing import Any, Literal

import pytest
from rich.console import Console

from breakeven.ledger.record import Record
from breakeven.monitoring.states import YearLines
from breakeven.pipeline.year_end import load, work_out
from breakeven.plan.savings import saved_by_line
from breakeven.report.data import statement_data
from breakeven.report.statement import Row, RowKind, Statement
from breakeven.report.terminal import draw
from breakeven.report.variance import variance_statement
from commands import ROOT
from made import ALL_STEADY, balance, budget, contract_sum, contract_year, posted, saving, third_party
from made_registers import beside, buys, child, explained

By = Literal["line", "category"]


def variance(*records: Record, by: By = "line") -> Statement:
    """From the revised budget to the outturn; residential was to be 36.6 nights at £100 and was 40 at £120."""
    year = beside(
        contract_year(
            contract_sum("5000"),
            third_party("Health", "400", "450"),
            balance("opening", "0"),
            budget("P1 6010", "3660"),
            budget("P2 6110", "600"),
            *ALL_STEADY,
            saving("60", "2023-04-01", delivered="20"),
            extract=posted("P1 6010 5000", "P2 6110 600"),
        ),
        buys("residential", "Home", "0.1", "700"),
        child("A", "Home", "2023-04-01", "2023-05-11", a_week="840"),
        *records,
    )
    end = work_out(year)
    of = YearLines(year, end.outturn, saved_by_line(end.programme, year.body.chart))
    return variance_statement(end, of.as_revised(), of.as_spent(), by)


def told(rows: tuple[Row, ...], *columns: str) -> list[str]:
    """Each row set in by its level: its id, its values and their A or F."""
    return [
        " " * row.level
        + " ".join([row.id, *(f"{row.values[c]}" for c in columns if c in row.values), *row.reading.values()])
        for row in rows
    ]


def test_each_line_has_its_reasons_beneath_it_and_each_category_its_lines() -> None:
    assert [line.replace(".00", "") for line in told(variance().rows, "from", "to", "change")] == [
        " contract_sum 5000 5000 0",
        " third_party_income 400 450 50 F",
        "  third_party_income.health 400 450 50 F",
        "   third_party_income.health.contributions 50 F",
        "   third_party_income.health.unexplained 0",
        "income 5400 5450 50 F",
        " staffing 0 0 0",
        "  social_workers 0 0 0",
        "  agency 0 0 0",
        " placements 4260 5600 1340 A",
        "  residential 3660 5000 1340 A",
        "   residential.price 732 A",
        "   residential.volume 340 A",
        "   residential.joint 68 A",
        "   residential.savings_slippage 40 A",
        "   residential.unexplained 160 A",
        "  fostering 600 600 0",
        " overheads 0 0 0",
        "  premises 0 0 0",
        "expenditure 4260 5600 1340 A",
        "position 1140 -150 -1290 A",
        " position.price -732 A",
        " position.volume -340 A",
        " position.joint -68 A",
        " position.contributions 50 F",
        " position.savings_slippage -40 A",
        " position.unexplained -160 A",
    ]


def test_by_category_the_lines_are_left_out_and_their_reasons_added_up() -> None:
    shown = variance(by="category").rows
    assert [row.id for row in shown if row.level == 1 and row.kind is RowKind.SUBTOTAL] == [
        "contract_sum", "third_party_income", "staffing", "placements", "overheads",
    ]  # fmt: skip
    assert [f"{row.label} {row.values['change']}" for row in shown if row.id.startswith("placements.")] == [
        "Price 732.00", "Volume 340.00", "Price and volume together 68.00", "Savings slippage 40.00",
        "Unexplained 160.00",
    ]  # fmt: skip


def test_the_per_cent_is_of_the_side_it_starts_from_and_the_position_has_none() -> None:
    rows = {row.id: row.values.get("change_pct") for row in variance().rows}
    assert (rows["residential"], rows["third_party_income.health"]) == (Decimal("36.6"), Decimal("12.5"))
    assert (rows["premises"], rows["position"], rows["residential.price"]) == (None, None, None)


def test_what_the_page_says_of_the_position() -> None:
    assert variance().summary == (
        "The position goes from a surplus of £1,140 (Revised budget) to a deficit of £150 (Outturn): £1,290 worse.",
        "Of this £160 is unexplained.",
    )


def test_what_is_stated_by_hand_and_not_counted_is_said_beneath_the_table() -> None:
    notes = variance(explained("residential", "price", "700"), explained("residential", "other", "160")).notes
    assert [note for note in notes if "stated by hand" in note] == [
        "Residential: price of £700 stated by hand is not counted, as the records answer for it."
    ]


def test_an_open_side_is_said_and_shown_as_missing() -> None:
    year = contract_year(contract_sum("100"), budget("P1 6010", "90"), *ALL_STEADY)
    end = work_out(year)
    of = YearLines(year, end.outturn)
    found = variance_statement(end, of.as_revised(), of.as_spent())
    assert found.summary == ("The change in the position is open: an amount that it needs is missing.",)
    assert {row.id: row.values["change"] for row in found.rows if row.id in {"residential", "contract_sum"}} == {
        "residential": None, "contract_sum": Decimal(0),
    }  # fmt: skip
    assert not [row for row in found.rows if row.id.startswith("residential.")]


# The example -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def example() -> Any:
    year = load(ROOT / "ledgers" / "2023-24")
    end = work_out(year)
    return end, YearLines(year, end.outturn, saved_by_line(end.programme, year.body.chart))


@pytest.mark.parametrize("by", ["line", "category"])
@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_page_of_the_example_is_no_wider_than_the_screen_and_nothing_is_cut(
    example: Any, by: By, width: int
) -> None:
    end, of = example
    out = io.StringIO()
    draw(variance_statement(end, of.as_budgeted(), of.as_spent(), by), Console(file=out, width=width))
    lines = out.getvalue().splitlines()
    assert max(map(len, lines)) <= width
    assert "…" not in out.getvalue()
    assert "Position for the year" in " ".join(lines)


def test_the_example_comes_to_the_published_position_and_marks_what_is_illustrative(example: Any) -> None:
    end, of = example
    statement = variance_statement(end, of.as_revised(), of.as_spent())
    rows = {row.id: row for row in statement.rows}
    assert (rows["position"].values["change"], rows["position"].reading["change"]) == (Decimal("-4996156.00"), "A")
    assert "change" not in rows["position"].illustrative
    assert rows["residential"].illustrative == {"from", "to", "change"}
    assert {source.split(",")[0] for source in statement.sources} >= {"budget.xlsx", "expenditure.xlsx"}


def test_the_rows_of_the_example_cast_in_whole_pence(example: Any) -> None:
    end, of = example
    rows = statement_data(variance_statement(end, of.as_revised(), of.as_spent()))["rows"]
    changes = {row["id"]: Decimal(row["values"]["change"]) for row in rows}
    for row in ("residential", "position", "third_party_income.icb_health_contribution"):
        assert sum(change for each, change in changes.items() if each.rpartition(".")[0] == row) == changes[row]
