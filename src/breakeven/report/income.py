"""Income at the end of a period as statements: what is due, received and late, and what grants should come to."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from breakeven.ledger.chart import slug
from breakeven.ledger.provenance import Figure
from breakeven.monitoring.grants import GrantRow, GrantSource, grants
from breakeven.monitoring.income import Income, IncomeRow, borne_by, income, overpaid
from breakeven.monitoring.income_items import DAYS_TO_PAY
from breakeven.periods import period_name
from breakeven.pipeline.year_end import YearEnd
from breakeven.report.data import decimal_string
from breakeven.report.figures import exact_text
from breakeven.report.statement import (
    Column,
    ColumnKind,
    Row,
    Statement,
    figures_row,
    kind_at,
    mark_of,
    workbooks_behind,
)

LABELS = {
    "agreed": "Agreed",
    "to_date": "Due, earned",
    "received": "Received",
    "accrued": "Accrued",
    "outstanding": "Outstanding",
    "not_due": "Not due",
    "days_1_30": "1-30 days",
    "days_31_60": "31-60",
    "days_61_90": "61-90",
    "over_90": "Over 90",
}
"""The heading of each column; the first age says that they are in days."""

SAID = ("to_date", "received", "accrued", "outstanding", "not_due")
"""What the summary says of the total."""

NAMED = 3
"""How many instalments or claims are named that more was paid of than is due, before the rest are only counted."""


def income_statement(end: YearEnd, period: int) -> Statement:
    """Each kind and source of income at the end of a period.

    end: a year end with that period's figures in its book.
    """
    found = income(end.year, period)
    rows = tuple(_income_row(row, end) for row in found.rows)
    return Statement(
        id="income",
        body=end.year.body.name,
        title=f"Income {end.year.body.year.on_screen} to {period_name(period)}",
        state=f"at {_day(end, period)}",
        columns=tuple(Column(column, label) for column, label in LABELS.items()),
        rows=rows,
        summary=tuple(_summary(found, end)),
        notes=(
            "An instalment counts from the day it is due, a claim from the period it is earned in; accrued is earned "
            "and not yet claimed.",
            "What is outstanding is shown by days past its due date; a claim without one is given "
            f"{DAYS_TO_PAY.days} days from when it was raised.",
            *_overpaid(found),
            *_borne(found, end),
            *end.year.body.notes,
        ),
        sources=workbooks_behind(rows, end),
        sign_note="Income is positive; what has come beyond what is due, or before it, is in brackets.",
    )


def _income_row(row: IncomeRow, end: YearEnd) -> Row:
    return _row(row.id, row.label, row.level, row.figures, end)


def _row(row_id: str, label: str, level: int, figures: Mapping[str, Figure], end: YearEnd) -> Row:
    return figures_row(end, row_id, label, kind_at(level), level, figures)


def _day(end: YearEnd, period: int) -> str:
    day = end.year.body.year.period_end(period)
    return f"{day.day} {day:%B %Y}"


def _summary(found: Income, end: YearEnd) -> Iterator[str]:
    total = found.row("income").figures
    lacking = [row.label for row in found.rows if not row.is_total and row.figures["outstanding"].amount is None]
    if lacking:
        named = ", ".join(lacking[:NAMED]) + (f" and {len(lacking) - NAMED} more" if len(lacking) > NAMED else "")
        yield f"Open for want of instalments or claims: {named}."
    if any(total[column].amount is None for column in SAID):
        return
    said = {column: f"£{total[column].amount:,.0f}{mark_of(end, total[column])}" for column in SAID}
    yield (
        f"{said['to_date']} is due or earned by {_day(end, found.period)}: {said['received']} is received, "
        f"{said['accrued']} accrued and {said['outstanding']} outstanding, {said['not_due']} of that not due yet."
    )


def _overpaid(found: Income) -> Iterator[str]:
    """What stands in brackets, and why."""
    cases = [*overpaid(found)]
    for row, item, amount in cases[:NAMED]:
        why = "beyond what was asked for" if item.is_counted else "before it is due or earned"
        yield f"{row.label}, {item.ref}: £{exact_text(amount)} was received {why}."
    if len(cases) > NAMED:
        yield f"The same of {len(cases) - NAMED} more."


def _borne(found: Income, end: YearEnd) -> Iterator[str]:
    """Who bears each variation that is shared, to the penny."""
    for variation, shares in borne_by(end.year):
        mark = mark_of(end, found.row(f"variations.{slug(variation.ref)}").figures["agreed"])
        parts = ", ".join(f"{payer} £{exact_text(amount)}{mark}" for payer, amount in shares.items())
        yield f"{variation.ref}: {parts}."


def borne_data(end: YearEnd) -> list[dict[str, Any]]:
    """Who bears each variation that is shared, as plain data."""
    return [
        {
            "variation": variation.ref,
            "amount": decimal_string(variation.amount),
            "borne_by": {payer: decimal_string(amount) for payer, amount in shares.items()},
        }
        for variation, shares in borne_by(end.year)
    ]


def grants_statement(end: YearEnd, period: int) -> Statement:
    """Each source that pays by the night, the week or the person: what it should come to, and what is claimed of it.

    end: a year end with that period's figures in its book.
    """
    rows = tuple(row for source in grants(end.year, income(end.year, period)) for row in _grant_rows(source, end))
    return Statement(
        id="grants",
        body=end.year.body.name,
        title=f"Grants {end.year.body.year.on_screen} to {period_name(period)}",
        state=f"at {_day(end, period)}",
        columns=(
            Column("rate", "Rate", ColumnKind.PENCE),
            Column("per", "Per", ColumnKind.TEXT),
            Column("count", "Number", ColumnKind.NUMBER),
            Column("entitlement", "Entitled"),
            Column("claimed", "Claimed"),
            Column("difference", "Difference"),
        ),
        rows=rows,
        notes=(
            "A grant should come to its rate times the nights of the calendar, or the children, in the placement "
            "register; a week is seven nights. Claimed is what is earned to date by the source's claims.",
            *end.year.body.notes,
        ),
        sources=workbooks_behind(rows, end),
        sign_note="Where the difference is in brackets, less is claimed than the calendar gives.",
    )


def _grant_rows(source: GrantSource, end: YearEnd) -> Iterator[Row]:
    own = {"entitlement": source.entitlement, "claimed": source.claimed, "difference": source.difference}
    yield _row(slug(source.source), source.source, 1, own, end)
    for each in source.grants:
        yield _grant_row(each, end)


def _grant_row(found: GrantRow, end: YearEnd) -> Row:
    figures = {"rate": found.rate, "count": found.count, "entitlement": found.entitlement}
    grant = found.grant
    row = _row(f"{slug(grant.source)}.{slug(grant.ref)}", f"{grant.ref} {grant.type}", 2, figures, end)
    return replace(row, values={**row.values, "per": grant.per})
