"""The records against the chart of accounts: what nobody could say the meaning of is refused, with its cell."""

from breakeven.ledger.record import Record
from breakeven.workbook.chart_findings import chart_findings
from made import assumed, budget, contract_year, posted, pressure


def said(*records: Record, extract: str = "S1 5010 100") -> list[str]:
    """The codes of what the chart of accounts says of some records."""
    year = contract_year(*records, extract=posted(extract))
    tables = {
        "assumptions": year.ledgers.assumptions,
        "pressures": year.ledgers.pressures,
        "budget": year.ledgers.budget,
    }
    return [finding.code for finding in chart_findings(year.body.chart, tables, year.transactions)]


def test_a_second_assumption_of_one_kind_for_one_line_and_year_is_refused() -> None:
    assert said(assumed("staffing", "2", "growth"), assumed("staffing", "3", "inflation")) == []
    assert said(assumed("staffing", "2", "growth"), assumed("staffing", "3", "growth", year=2025)) == []
    assert said(assumed("staffing", "2", "growth"), assumed("Staffing", "3", "growth")) == ["assumption-twice"]


def test_a_sum_or_a_pressure_is_for_one_line_not_a_category() -> None:
    assert said(assumed("staffing", "500", "sum")) == ["line-unknown"]
    assert said(pressure("staffing", "500", "2024-04-01")) == ["line-unknown"]
    assert said(assumed("contract_sum", "500", "sum")) == []


def test_a_line_that_the_chart_does_not_have_is_refused() -> None:
    assert said(assumed("stafing", "2", "growth")) == ["line-unknown"]


def test_an_assumption_may_be_about_unmapped_money_so_that_the_plan_can_be_closed() -> None:
    assert said(assumed("unmapped", "2", "growth")) == []


def test_a_code_that_no_line_has_is_said_once_where_it_first_stands() -> None:
    assert said(budget("Z9 1", "10"), budget("Z9 1", "20"), extract="Z9 1 30") == ["code-unmapped"]
