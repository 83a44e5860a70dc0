"""Indicators, their months and what is stated of them, made in one line each."""

from datetime import date
from decimal import Decimal
from typing import Any

from breakeven.ledger.performance import Kpi, KpiMonth, KpiStatement
from breakeven.periods import Year
from made import BASE, HERE

CELLS = {name: f"{letter}2" for letter, name in zip("HIJKLM", Kpi.located, strict=True)}


def kpi(
    green: str, amber: str, red: str, better: Any = "higher", unit: str = "%", form: Any = "separate", **more: Any
) -> Kpi:
    """An indicator of 2023/24 called K1 unless it is told otherwise."""
    said: dict[str, Any] = {"number": Decimal(1), "ref": "K1", "year": BASE, "name": "An indicator"} | more
    return Kpi(
        at=HERE, cells=CELLS, better=better, unit=unit, form=form, green=green, amber=amber, red=red, **said
    )  # fmt: skip


def month(name: str, value: str | None = None, band: Any = "", ref: str = "K1") -> KpiMonth:
    """One month, such as ``2023-07``."""
    on = date.fromisoformat(f"{name}-28")
    return KpiMonth(at=HERE, ref=ref, month=on, value=None if value is None else Decimal(value), band=band)


def stated(what: Any, value: str, ref: str = "K1", year: Year = BASE) -> KpiStatement:
    return KpiStatement(at=HERE, ref=ref, year=year, what=what, value=Decimal(value))
