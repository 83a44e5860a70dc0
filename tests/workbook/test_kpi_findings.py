"""An indicator that cannot be used as it is written is said so at its cell."""

from breakeven.findings import Finding
from breakeven.ledger.record import Record
from breakeven.workbook.kpi_findings import kpi_findings
from made import contract_year
from made_kpis import kpi, month, stated

SOUND = kpi("> 75", "> 65", "< 65", form="nested")


def findings(*records: Record) -> list[Finding]:
    ledgers = contract_year(*records).ledgers
    return [*kpi_findings({name: getattr(ledgers, name) for name in ("kpis", "kpi_months", "kpi_statements")})]


def test_sound_indicators_have_no_finding_and_nor_does_a_folder_without_any() -> None:
    assert findings(SOUND, month("2023-04", "80"), stated("lowest", "70"), stated("KPIs red", "0", "")) == []
    assert findings() == []


def test_a_band_that_is_not_understood_is_said_at_its_cell() -> None:
    (found,) = findings(kpi("> 75", "about 70", "< 65"))
    assert str(found) == (
        "'[performance.xlsx]kpis'!I2: warning: 'about 70' is no band such as '>70%, <85%': "
        "'about 70' is not understood [band-unreadable]"
    )


def test_a_band_read_otherwise_than_printed_needs_a_reason() -> None:
    (found,) = findings(kpi("> 32", ">= 34 < 40", "> 37", green_reads="< 32"))
    assert (found.code, found.at.ref) == ("register-incomplete", "K2")
    assert findings(kpi("> 32", ">= 34 < 40", "> 37", green_reads="< 32", why="Less is better")) == []
    assert [each.code for each in findings(kpi("about", "> 1", "> 1", green_reads="< 32"))] == ["band-unreadable"]


def test_months_and_statements_of_an_indicator_there_is_none_of_lead_nowhere() -> None:
    found = findings(SOUND, month("2023-04", "80", ref="K11"), stated("lowest", "70", "K9"))
    assert [each.message for each in found] == [
        "the sheet KPIs has no 'K11' of 2023/24; did you mean 'K1'?",
        "the sheet KPIs has no 'K9' of 2023/24",
    ]
    assert [each.code for each in findings(SOUND, month("2024-04", "80"))] == ["name-unknown"]


def test_a_month_with_neither_value_nor_band_is_blank() -> None:
    (found,) = findings(SOUND, month("2023-04"))
    assert (found.code, found.is_error) == ("amount-blank", True)
