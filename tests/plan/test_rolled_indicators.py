"""Next year's folder has the indicators agreed for it, and those of the year just over with their months."""

from breakeven.ledger.year import Ledgers
from breakeven.periods import Year
from breakeven.plan.rolled_indicators import indicators_of
from made import BASE, contract_year
from made_bridge import moves
from made_kpis import kpi, month, stated

BANDS = ("> 75", "> 65", "< 65")


def rolled() -> Ledgers:
    kpis = [
        kpi(*BANDS, form="nested", ref=ref, year=year)
        for ref, year in (("A1", Year(2022)), ("B1", BASE), ("C1", Year(2024)))
    ]
    months = [
        month(at, "70", ref=ref) for at, ref in (("2023-02", "A1"), ("2023-07", "B1"), ("2024-04", "C1"))
    ]  # fmt: skip
    words = [stated("lowest", "60", "B1"), stated("lowest", "61", "C1", Year(2024))]
    bridge = [
        moves("residential number 1", "R1", kpis="A1, B1"), moves("", "N1", kpis="A1"), moves("", "N2"),
        moves("premises amount 5", "R2", kpis="A1"),
    ]  # fmt: skip
    return Ledgers(**indicators_of(contract_year(*kpis, *months, *words, *bridge).ledgers, BASE))


def test_what_is_agreed_for_the_year_is_its_own_and_last_years_stays_with_its_months() -> None:
    found = rolled()
    assert [(each.ref, each.year) for each in found.kpis] == [("B1", BASE), ("C1", Year(2024))]
    assert [each.ref for each in found.kpi_months] == ["B1", "C1"]
    assert [each.ref for each in found.kpi_statements] == ["C1"]


def test_the_bridge_names_no_indicator_that_is_gone() -> None:
    assert [(each.ref, each.kpis) for each in rolled().bridge] == [("R1", "B1"), ("N2", ""), ("R2", "")]
