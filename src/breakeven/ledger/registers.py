"""The registers of a month end: orders, forecasts set by hand, and why a figure moved."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal, get_args

from breakeven.ledger.chart import Chart, slug
from breakeven.ledger.lines import OnCode
from breakeven.ledger.record import (
    Amount,
    Day,
    Kind,
    OptionalAmount,
    OptionalDay,
    OptionalText,
    Period,
    Reads,
    Record,
    Text,
)

ReasonKind = Literal[
    "price", "volume", "mix", "contributions", "inflation", "one-off", "savings slippage", "timing", "other"
]
"""What a movement is put down to."""
REASON_KINDS: tuple[ReasonKind, ...] = get_args(ReasonKind)


class Order(OnCode):
    """A purchase order: money that will be spent and is not posted yet, in pounds, a cost positive."""

    ref: Text
    date: Day
    description: OptionalText = ""
    amount: Amount
    invoiced: OptionalDay = None
    """When its invoice was posted, from when on it is actual and no commitment."""


class ForecastOverride(Record):
    """A line's outturn as someone forecasts it by hand from one period on, in pounds: the whole year's, not the rest's.

    It holds until a later one for the same line. What has been posted by then is part of it.
    """

    line: Text
    period: Period
    amount: Amount
    reason: OptionalText = ""
    author: OptionalText = ""
    date: OptionalDay = None


class Explanation(Record):
    """Why a line differs from its budget, as somebody accountable for it says at one period.

    ``amount`` is the part that it explains, signed as the line is: more cost, or more income, is positive. It may be
    left blank where words are all there is.
    """

    line: Text
    period: Period
    kind: Annotated[ReasonKind, Reads(Kind.TEXT)]
    amount: OptionalAmount = None
    text: Text
    author: OptionalText = ""
    date: OptionalDay = None


@dataclass(frozen=True, slots=True)
class Subject:
    """What a register may be about: the id of its line or income row, and what it is called."""

    id: str
    label: str


def rows_by_name(chart: Chart, sources: Iterable[str], variations: Iterable[str]) -> Mapping[str, Subject]:
    """What a register may be about, by every name it goes by as ``slug`` writes it.

    A line by its id or label; the contract sum; a source of third-party income or a variation by its own name, or as
    ``third_party_income.home_office_funding``. A category is none of them: a forecast by hand is for one line.
    """
    rows = {"contract_sum": Subject("contract_sum", "Contract sum")}
    for prefix, names in (("third_party_income", sources), ("variations", variations)):
        for name in names:
            subject = Subject(f"{prefix}.{slug(name)}", name)
            rows |= {slug(name): subject, slug(subject.id): subject}
    for line in chart.lines:
        if chart.lines_named(line.label) == (line,):
            rows[slug(line.label)] = Subject(line.id, line.label)
        rows[line.id] = Subject(line.id, line.label)
    return rows
