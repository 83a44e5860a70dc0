"""Registers beside a made contract year: activity, placements child by child, posts, last year, explanations."""

from dataclasses import replace
from decimal import Decimal
from typing import Any, Literal

from breakeven.ledger.activity import Activity
from breakeven.ledger.lines import LastYearLine
from breakeven.ledger.placements import Placement
from breakeven.ledger.posts import Post
from breakeven.ledger.record import Record
from breakeven.ledger.registers import Explanation, ForecastOverride, Order, ReasonKind
from breakeven.ledger.year import ContractYear
from made import HERE, day, pounds

_TABLES: dict[type[Record], str] = {
    Activity: "activity",
    LastYearLine: "last_year",
    Placement: "placement_register",
    Post: "post_register",
    Explanation: "explanations",
    Order: "orders",
    ForecastOverride: "overrides",
}


def beside(year: ContractYear, *records: Record) -> ContractYear:
    """The year with more records in its registers."""
    tables: dict[str, Any] = {
        table: (*getattr(year.ledgers, table), *(each for each in records if type(each) is kind))
        for kind, table in _TABLES.items()
    }
    return replace(year, ledgers=replace(year.ledgers, **tables))


def buys(
    line: str,
    kind: str,
    number: str,
    price: str,
    unit: Literal["placement", "post"] = "placement",
    state: Literal["budget", "last year"] = "budget",
) -> Activity:
    return Activity(
        at=HERE, line=line, state=state, type=kind, unit=unit, number=Decimal(number), price=pounds(price)
    )  # fmt: skip


def child(
    ref: str, kind: str, start: str, end: str = "", *, a_week: str = "700", planned: str = "", coding: str = "P1 6010"
) -> Placement:
    """One child's placement: its first night and the day it ended; it lasts where no end is given."""
    centre, account = coding.split()
    return Placement(
        at=HERE, ref=ref, type=kind, cost_centre=centre, account=account, start=day(start),
        end=day(end) if end else None, planned_end=day(planned) if planned else None, weekly_cost=pounds(a_week),
    )  # fmt: skip


def worker(
    ref: str, role: str, start: str = "", end: str = "", *, fte: str = "1", a_year: str = "36600",
    coding: str = "S1 5010",
) -> Post:  # fmt: skip
    """One post and who fills it from when to when; vacant where no start is given."""
    centre, account = coding.split()
    return Post(
        at=HERE, ref=ref, role=role, cost_centre=centre, account=account, fte=Decimal(fte), annual_cost=pounds(a_year),
        filled_from=day(start) if start else None, filled_to=day(end) if end else None,
    )  # fmt: skip


def last_year(coding: str, outturn: str) -> LastYearLine:
    centre, account = coding.split()
    return LastYearLine(at=HERE, cost_centre=centre, account=account, outturn=pounds(outturn))


def order(coding: str, on: str, amount: str, invoiced: str = "") -> Order:
    """A purchase order; outstanding where it is not invoiced."""
    centre, account = coding.split()
    return Order(
        at=HERE, ref="PO1", date=day(on), cost_centre=centre, account=account, amount=pounds(amount),
        invoiced=day(invoiced) if invoiced else None,
    )  # fmt: skip


def set_by_hand(line: str, period: int, amount: str) -> ForecastOverride:
    return ForecastOverride(at=HERE, line=line, period=period, amount=pounds(amount), reason="Judgement", author="FBP")


def explained(line: str, kind: ReasonKind, amount: str | None, period: int = 12) -> Explanation:
    return Explanation(
        at=HERE, line=line, period=period, kind=kind, amount=None if amount is None else pounds(amount), text="Because"
    )
