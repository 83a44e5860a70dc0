"""Instalments and claims as they stand on one day: what is due or earned, what has come, what is late and how late."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from breakeven.ledger.chart import slug
from breakeven.ledger.contract import Claim, Instalment
from breakeven.ledger.provenance import Figure, Source, source_of
from breakeven.money import NIL

DAYS_TO_PAY = timedelta(days=30)
"""How long a claim without a due date is given, from the day it is raised."""

AGES = ("not_due", "days_1_30", "days_31_60", "days_61_90", "over_90")
"""How long past its due date something is, as columns."""

_LONGEST = (0, 30, 60, 90)
"""The most days past due of each age but the last."""


def age_of(days_past_due: int) -> str:
    """The age that so many days past the due date fall in; on the day itself nothing is late yet."""
    return AGES[sum(days_past_due > longest for longest in _LONGEST)]


@dataclass(frozen=True, slots=True)
class Item:
    """One instalment or claim at the end of a period, in pounds."""

    key: str
    """What it is known by among the items of its row: its reference as an id."""
    ref: str
    amount: Source
    is_counted: bool
    """Whether it is due (an instalment) or earned (a claim) by then."""
    paid: Source | None
    """What has come by then; None where nothing has."""
    is_asked: bool
    """Whether it has been asked for by then; a claim that has not is only accrued."""
    due: date
    at: date
    """The day that all this is so: the end of the period."""

    @property
    def left(self) -> Decimal | None:
        """What is due or earned less what has come: negative where more came, or sooner. None where that is open."""
        counted = self.amount.amount if self.is_counted else NIL
        came = self.paid.amount if self.paid else NIL
        return None if counted is None or came is None else counted - came

    @property
    def days_past_due(self) -> int:
        """Nil on the due date, negative before it."""
        return (self.at - self.due).days

    def outstanding(self, row: str) -> Figure:
        """What is left of it, under the id of its row, such as ``P09/income/contract_sum``."""
        days = self.days_past_due
        late = f", {days} day{'' if days == 1 else 's'} past due" if days > 0 else ""
        rule = "amount − received" if self.paid else "nothing received"
        if not self.is_counted:
            rule = "received before it is due or earned"
        return Figure(
            f"{row}/outstanding/{self.key}",
            f"{self.ref}, due {self.due:%d/%m/%Y}{late}",
            self.left,
            rule,
            tuple(part for part in (self.amount if self.is_counted else None, self.paid) if part),
        )


def items_of(records: Sequence[Instalment | Claim], period: int, end: date) -> tuple[Item, ...]:
    """Each record at the end of a period, in the order of the sheet."""
    times = Counter(slug(record.ref) for record in records)
    return tuple(
        _item(record, slug(record.ref) if times[slug(record.ref)] == 1 else _by_cell(record), period, end)
        for record in records
    )


def _by_cell(record: Instalment | Claim) -> str:
    """Two rows may share a reference, as where an invoice was paid in two parts: their cells tell them apart."""
    return f"{slug(record.ref)}.{record.at.ref.lower()}"


def _item(record: Instalment | Claim, key: str, period: int, end: date) -> Item:
    amount = source_of(record, "amount", record.ref)
    if isinstance(record, Instalment):
        paid = _come_by(end, record, "paid", record.paid_on)
        return Item(key, record.ref, amount, record.due <= end, paid, is_asked=True, due=record.due, at=end)
    received = _come_by(end, record, "received", record.received_on)
    asked_on = record.raised or record.received_on or end
    return Item(
        key,
        record.ref,
        amount,
        is_counted=record.period <= period,
        paid=received,
        is_asked=received is not None or (record.raised is not None and record.raised <= end),
        due=record.due or asked_on + DAYS_TO_PAY,
        at=end,
    )


def _come_by(end: date, record: Instalment | Claim, field: str, on: date | None) -> Source | None:
    """What was paid of a record, if that was by ``end``."""
    return source_of(record, field, f"{record.ref}: {field} {on:%d/%m/%Y}") if on and on <= end else None
