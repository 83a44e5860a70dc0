"""The registers: an entry without why or when, above a limit, about no line that there is, or paid for twice."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from breakeven.findings import Cell, Finding
from breakeven.ledger.chart import slug
from breakeven.ledger.contract import payer_shares
from breakeven.ledger.entries import COUNTS_FROM, is_undone_twice, why_far, why_not_undone
from breakeven.ledger.lines import Accrual
from breakeven.ledger.placements import Placement
from breakeven.ledger.registers import name_for, rows_by_name
from breakeven.ledger.year import Body
from breakeven.money import NIL
from breakeven.periods import Year, period_name
from breakeven.workbook.chart_findings import Records
from breakeven.workbook.layout import default_layout
from breakeven.workbook.line_findings import LISTED
from breakeven.workbook.names import nearest


@dataclass(frozen=True, slots=True)
class Headed:
    """The sheet of a table, and the fields that it has columns for."""

    sheet: Cell
    fields: frozenset[str]


def register_findings(body: Body, records: Records, headed: Mapping[str, Headed]) -> Iterator[Finding]:
    """Everything that is wrong with an entry of a register. headed: what each table that was read has, by its name."""
    yield from _incomplete(records, headed)
    yield from _above_limit(body, records)
    yield from _shares(records)
    yield from _far_dates(body, records)
    yield from _reversals(body, records)
    yield from _lines(body, records, headed)
    yield from _ends(records)
    yield from _overlaps(records)


_SAYS = {
    "accruals": ("date", "reason"),
    "overrides": ("reason", "author", "date"),
    "explanations": ("author", "date"),
}
"""What each entry must say, though its cell may be blank."""


def _incomplete(records: Records, headed: Mapping[str, Headed]) -> Iterator[Finding]:
    for table, needed in _SAYS.items():
        entries, sheet = records.get(table, ()), headed.get(table)
        if not entries or sheet is None:
            continue
        if lacks := [_heading(table, name) for name in needed if name not in sheet.fields]:
            message = (
                f"the sheet has no column {' and none '.join(map(repr, lacks))}, which each of its rows should fill in"
            )
            yield Finding("register-incomplete", message, sheet.sheet)
        there = [name for name in needed if name in sheet.fields]
        blank = [(entry, [name for name in there if not getattr(entry, name)]) for entry in entries]
        silent = [(entry, names) for entry, names in blank if names]
        for entry, names in silent[:LISTED]:
            what = " or ".join(repr(_heading(table, name)) for name in names)
            yield Finding("register-incomplete", f"the entry does not fill in {what}", entry.at)
        if len(silent) > LISTED:
            message = f"{len(silent) - LISTED} more entries of the sheet do not, from here on"
            yield Finding("register-incomplete", message, silent[LISTED][0].at)


def _heading(table: str, name: str) -> str:
    return default_layout()[table].columns[name].headings[0]


def _above_limit(body: Body, records: Records) -> Iterator[Finding]:
    """The positive side of each virement, by its approver."""
    moved: dict[tuple[str, str], Decimal] = {}
    first: dict[tuple[str, str], Cell] = {}
    for virement in records.get("virements", ()):
        key = virement.ref, virement.approved_by
        first.setdefault(key, virement.at)
        moved[key] = moved.get(key, NIL) + max(virement.amount, NIL)
    for (ref, approver), amount in moved.items():
        if amount and (why := body.month_end.above_limit(approver, amount)):
            yield Finding("virement-above-limit", f"virement {ref!r}: {why}", first[ref, approver])


def _shares(records: Records) -> Iterator[Finding]:
    for variation in records.get("variations", ()):
        try:
            payer_shares(variation.borne_by)
        except ValueError as error:
            yield Finding("shares-not-100", f"variation {variation.ref!r}: {error}", variation.at)


def _far_dates(body: Body, records: Records) -> Iterator[Finding]:
    for table, dated in COUNTS_FROM.items():
        for entry in records.get(table, ()):
            if why := why_far(dated, getattr(entry, dated.field), body.year):
                yield Finding("date-far", f"{entry.ref!r}: {why}", entry.at)


def _reversals(body: Body, records: Records) -> Iterator[Finding]:
    entries: Sequence[Accrual] = records.get("accruals", ())
    undone = [entry for entry in entries if entry.kind != "reversal"]
    for entry in undone:
        try:
            why = why_not_undone(entry.reverses, entry.period, body.year) if entry.reverses else ""
        except ValueError:
            why = "expected a year and period such as 2024-25 P01"
        if why:
            yield Finding("reversal-unclear", f"{entry.ref!r} is undone in {entry.reverses!r}: {why}", entry.at)
    yield from _undone_twice(body.year, undone, [entry for entry in entries if entry.kind == "reversal"])


def _undone_twice(year: Year, entries: Sequence[Accrual], reversals: Sequence[Accrual]) -> Iterator[Finding]:
    for reversal in reversals:
        for entry in entries:
            try:
                is_twice = is_undone_twice(entry, reversal, year)
            except ValueError:
                continue  # said already: it is not clear when it is undone
            if is_twice:
                message = (
                    f"the reversal {reversal.ref!r} undoes {entry.ref!r} at {entry.at.ref}, which is undone by itself "
                    f"in {period_name(entry.undone_in(year) or 0)}: it counts twice"
                )
                yield Finding("reversal-twice", message, reversal.at)
                break


def _lines(body: Body, records: Records, headed: Mapping[str, Headed]) -> Iterator[Finding]:
    """Forecasts by hand and explanations of what is no line and no row of income."""
    if "third_party_income" not in headed or "variations" not in headed:
        return
    sources = [record.source for record in records.get("third_party_income", ())]
    variations = [record.ref for record in records.get("variations", ())]
    rows = rows_by_name(body.chart, sources, variations)
    names = [*dict.fromkeys(name_for(row, rows) for row in rows.values())]
    for table in ("overrides", "explanations"):
        for entry in records.get(table, ()):
            if slug(entry.line) in rows:
                continue
            if table == "explanations" and body.chart.category_named(entry.line):
                continue
            is_category = body.chart.category_named(entry.line)
            what = (
                "is a category; a forecast is for one line"
                if is_category
                else f"is no line and no row of income{nearest(entry.line, names)}"
            )
            yield Finding("line-unknown", f"{entry.line!r} {what}", entry.at)


_SPANS = {
    "placement_register": ("start", "end"),
    "post_register": ("filled_from", "filled_to"),
    "grants": ("start", "end"),
}
"""The fields that say from when to when."""


def _ends(records: Records) -> Iterator[Finding]:
    for table, (start, end) in _SPANS.items():
        for entry in records.get(table, ()):
            began, ended = getattr(entry, start), getattr(entry, end)
            if began and ended and ended < began:
                message = f"{entry.ref!r} ends on {ended:%d/%m/%Y}, before it starts on {began:%d/%m/%Y}"
                yield Finding("end-before-start", message, entry.at)


def _overlaps(records: Records) -> Iterator[Finding]:
    """A child's nights that two rows of one type pay for; the day that a placement ends is the first night of the next.

    Of one type alone: support hours may rightly stand beside the accommodation that they are given in.
    """
    alike: dict[tuple[str, str], list[Placement]] = {}
    for placement in records.get("placement_register", ()):
        alike.setdefault((slug(placement.ref), slug(placement.type)), []).append(placement)
    for placements in alike.values():
        placements.sort(key=lambda placement: placement.start)
        latest = placements[0]
        for placement in placements[1:]:
            if placement.start < _until(latest):
                message = (
                    f"{placement.ref!r} is placed here from {placement.start:%d/%m/%Y}, while the row at "
                    f"{latest.at.ref} still lasts: two rows pay for one night"
                )
                yield Finding("placement-overlap", message, placement.at)
            latest = max(latest, placement, key=_until)


def _until(placement: Placement) -> date:
    return placement.end or placement.planned_end or date.max
