"""A row of the bridge that leads nowhere is said so at its cell, with the nearest name."""

import pytest

from breakeven.findings import Cell
from breakeven.ledger.bridge import BridgeRow
from breakeven.workbook.bridge_findings import bridge_findings
from made import contract_year
from made_bridge import moves
from made_kpis import kpi

INDICATOR = kpi("> 75", "> 65", "< 65", form="nested")
WHOLE = {"kpis": Cell("performance.xlsx", "KPIs")}


def findings(*rows: BridgeRow, whole: dict[str, Cell] = WHOLE) -> list[str]:
    year = contract_year(INDICATOR, *rows)
    records = {"kpis": year.ledgers.kpis, "bridge": year.ledgers.bridge}
    return [each.message for each in bridge_findings(year.body, records, whole)]


def test_a_sound_bridge_has_no_finding() -> None:
    assert findings() == []
    assert findings(moves("residential number 1", kpis="k1"), moves("fostering number -1"), moves("", "N1")) == []
    assert findings(moves("pay inflation 1")) == ["B1: no line, category, group or saving is called 'pay'"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            moves("residental number 1"),
            "B1: no line, category, group or saving is called 'residental'; did you mean residential?",
        ),
        (moves("contract_sum number 1"), "B1: 'contract_sum' is income, which has no number; its amount is in pounds"),
        (moves("placements amount 1"), "B1: 'placements' is 2 lines, and what this row changes is of one"),
        (moves("staffing number 1", role="agency"), "B1: 'staffing' is 2 lines, and what this row changes is of one"),
        (moves("residential number 1", kpis="K1, K11"), "B1: the sheet KPIs has no 'K11'; did you mean 'K1'?"),
    ],
)
def test_a_name_that_leads_nowhere_or_to_too_much_is_said(row: BridgeRow, said: str) -> None:
    assert findings(row) == [said]


def test_an_indicator_is_not_missed_where_its_own_sheet_could_not_be_read() -> None:
    assert findings(moves("residential number 1", kpis="K11"), whole={}) == []


def test_rows_of_one_step_are_of_one_step() -> None:
    first = moves("residential number 1")
    assert findings(first, moves("fostering number 1", step="2")) == [
        "B1: what moves and its step are not those of its first row, at A2"
    ]
    assert findings(first, moves("")) == ["B1: of this row and its first, at A2, one says that no line is moved"]
