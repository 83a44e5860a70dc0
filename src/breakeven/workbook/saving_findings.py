"""Savings against the rest of the folder: names that lead nowhere, and starts out of reach."""

from collections.abc import Iterator, Mapping, Sequence

from breakeven.findings import Cell, Finding
from breakeven.ledger.chart import slug
from breakeven.ledger.savings import Saving
from breakeven.ledger.year import Body
from breakeven.periods import year_of
from breakeven.workbook.chart_findings import Records
from breakeven.workbook.names import nearest


def saving_findings(body: Body, records: Records, whole: Mapping[str, Cell]) -> Iterator[Finding]:
    """Everything that is wrong with savings, what they have delivered and what is invested in them.

    whole: the tables that were read without a row held back, of which alone it can be said that a row is missing.
    """
    savings: Sequence[Saving] = records.get("savings", ())
    yield from _of_each(body, savings)
    yield from _deliveries(records, savings, whole)
    if "savings" in whole:
        yield from _investments(records, savings)


def _of_each(body: Body, savings: Sequence[Saving]) -> Iterator[Finding]:
    last = body.year.later(body.plan_years)
    for record in savings:
        if body.priorities and record.priority not in body.priorities:
            message = f"the settings list no priority {record.priority!r}{nearest(record.priority, body.priorities)}"
            yield Finding("name-unknown", message, record.at)
        starts = year_of(record.start)
        if not body.year <= starts <= last:
            when = "before the folder's year" if starts < body.year else "after the plan's last year"
            message = (
                f"saving {record.ref!r} starts in {starts.on_screen}, {when}, so that no total of a year counts it"
            )
            yield Finding("saving-outside", message, record.at)


def _deliveries(records: Records, savings: Sequence[Saving], whole: Mapping[str, Cell]) -> Iterator[Finding]:
    by_ref = {slug(saving.ref): saving for saving in savings}
    for record in records.get("deliveries", ()):
        saving = by_ref.get(slug(record.saving))
        if saving is None:
            if "savings" in whole:
                message = f"a delivery is of a saving {record.saving!r}, and there is none"
                yield Finding("name-unknown", message + nearest(record.saving, [s.ref for s in savings]), record.at)
        elif record.year < year_of(saving.start):
            message = (
                f"{saving.ref!r} is said to have delivered {record.amount:,} in {record.year.on_screen}, "
                f"and starts in {year_of(saving.start).on_screen}: no year counts it"
            )
            yield Finding("delivery-early", message, record.at)


def _investments(records: Records, savings: Sequence[Saving]) -> Iterator[Finding]:
    refs = [record.ref for record in savings]
    for record in records.get("investments", ()):
        if record.saving and slug(record.saving) not in {slug(ref) for ref in refs}:
            message = f"investment {record.ref!r} is for a saving {record.saving!r}, and there is none"
            yield Finding("name-unknown", message + nearest(record.saving, refs), record.at)
