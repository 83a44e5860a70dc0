"""Rows of the sheet Bridge, and what their steps are measured by, made in one line each."""

from decimal import Decimal
from typing import Any

from breakeven.ledger.bridge import BridgeRow
from breakeven.ledger.posts import Caseload, PostCost, PostsMonth, Role
from made import HERE, day, pounds


def moves(change: str, ref: str = "B1", step: str = "1", **more: Any) -> BridgeRow:
    """A row such as ``residential number -1``, or one without a line where nothing is changed."""
    line, what, value = change.split() if change else ("", "", None)
    said: dict[str, Any] = {"driver": "A driver", "unit": "point", "why": "Because", "what": what} | more
    return BridgeRow(
        at=HERE, ref=ref, step=Decimal(step), line=line, value=None if value is None else Decimal(value), **said
    )


def establishment(number: str, at: str = "2024-03-31") -> PostsMonth:
    nil = Decimal(0)
    return PostsMonth(at=HERE, month=day(at), establishment=Decimal(number), permanent=nil, asye=nil, agency=nil)


def post_costs(role: Role, pay: str, on_costs: str) -> PostCost:
    return PostCost(at=HERE, role=role, line="Social workers", pay=pounds(pay), on_costs_pct=Decimal(on_costs))


def caseload(children: str, cases: str, service: str = "Localities") -> Caseload:
    return Caseload(at=HERE, service=service, children=Decimal(children), cases=Decimal(cases))
