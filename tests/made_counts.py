"""Figures of children's tables and what a text says of them, made in one line each."""

from decimal import Decimal
from typing import Any

from breakeven.ledger.children import ChildrenFigure, ChildrenStatement
from made import HERE


def row(
    name: str, values: str, part: Any = "fact", unit: Any = "number", table: str = "T", precision: str = "", **more: Any
) -> list[ChildrenFigure]:
    """A row such as ``Mar 2023: 802, Mar 2024: 808``."""
    found: list[ChildrenFigure] = []
    for each in values.split(", "):
        when, value = each.split(": ")
        found.append(
            ChildrenFigure(
                at=HERE, table=table, row=name, part="difference" if " to " in when else part, when=when,
                value=Decimal(value), unit=unit, precision=Decimal(precision) if precision else None, **more,
            )
        )  # fmt: skip
    return found


def text(
    comes_to: str, value: str, unit: Any = "number", precision: str = "1", ref: str = "C1", **more: Any
) -> ChildrenStatement:
    return ChildrenStatement(
        at=HERE, ref=ref, label="What is said", comes_to=comes_to, value=Decimal(value), unit=unit,
        precision=Decimal(precision), **more,
    )  # fmt: skip
