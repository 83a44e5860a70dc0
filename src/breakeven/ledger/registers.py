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
    ``third_party_income.home_office_funding``. A category is none of them: a forecast by hand is for one line. Where
    one's id is another's label, the id it is; a label that two lines have is no name.
    """
    subjects = [Subject("contract_sum", "Contract sum")]
    for prefix, names in (("third_party_income", sources), ("variations", variations)):
        subjects += [Subject(f"{prefix}.{slug(name)}", name) for name in names]
    lines = {line: Subject(line.id, line.label) for line in chart.lines}
    own_label = [subject for line, subject in lines.items() if chart.lines_named(line.label) == (line,)]
    by_label = {slug(subject.label): subject for subject in (*subjects, *own_label)}
    return by_label | {slug(subject.id): subject for subject in (*subjects, *lines.values())}


def name_for(subject: Subject, rows: Mapping[str, Subject]) -> str:
    """What a register is to call a row: its label where that leads back to it, else its id."""
    found = rows.get(slug(subject.label))
    return subject.label if found and found.id == subject.id else subject.id
