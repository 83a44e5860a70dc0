"""The variance bridge as a statement: what each line moved by from one state to another, and why beneath it."""

from collections.abc import Iterator, Mapping
from typing import Literal

from breakeven.ledger.chart import slug
from breakeven.monitoring.bridge import BY_ACTIVITY, Bridge, LineBridge, bridges
from breakeven.monitoring.line_state import BUDGET, LAST_YEAR, OUTTURN, PLAN, REVISED, LineState, Reason
from breakeven.monitoring.outturn import Flow, adverse_or_favourable
from breakeven.pipeline.at_period import with_bridged
from breakeven.pipeline.year_end import YearEnd
from breakeven.report.figures import balance_words, percent_of
from breakeven.report.statement import Column, ColumnKind, Row, RowKind, Statement, figures_row, files_behind, mark_of

HOW = (
    "Price is the old quantities at the new prices, volume more or fewer of them in the old mix, mix dearer or cheaper "
    "types in each other's place; what price and volume do together is neither's alone."
)


IN_PLAN = (
    "In the plan, volume is the growth that is assumed and inflation what prices are assumed to rise by; what the two "
    "do together is shown apart."
)


_OF_THE_YEAR = {state.name for state in (BUDGET, REVISED, LAST_YEAR, OUTTURN, PLAN)}
"""The states that are no period's forecast."""


def variance_statement(
    end: YearEnd,
    before: Mapping[str, LineState],
    after: Mapping[str, LineState],
    by: Literal["line", "category"] = "line",
) -> Statement:
    """Both sides, the change and its reasons by row: income first, then each category, then the position.

    by: ``line`` has every line with its reasons beneath it, ``category`` the reasons of each category alone. A reason
    that is nil is left out; unexplained is shown wherever a row has moved. Raises ValueError where a side has no lines.
    """
    found = bridges(before, after)
    end = with_bridged(end, found)
    return Statement(
        id="variance",
        body=end.year.body.name,
        title=f"Variance {end.year.body.year.on_screen}: {found.start.label} to {found.end.label}",
        state=end.year.body.state if found.end.name in _OF_THE_YEAR else f"forecast ({found.end.name})",
        columns=(
            Column("from", found.start.label),
            Column("to", found.end.label),
            Column("change", "Change"),
            Column("change_pct", "%", ColumnKind.PERCENT),
        ),
        rows=tuple(_rows(end, found, by)),
        summary=tuple(_summary(end, found)),
        notes=(*_notes(found), *end.year.body.notes),
        sources=files_behind(found.figures(), end.year),
    )


def _rows(end: YearEnd, found: Bridge, by: str) -> Iterator[Row]:
    for total in (found.income, found.expenditure):
        yield from _grouped(end, found, total.flow, by)
        yield _row(end, total, 0, RowKind.TOTAL)
    yield _row(end, found.position, 0, RowKind.SUBTOTAL)
    yield from _reasons(end, found.position, 1)


def _grouped(end: YearEnd, found: Bridge, flow: Flow, by: str) -> Iterator[Row]:
    """Each category of one flow with its lines or its reasons; a line that is a category by itself in its place."""
    totals = {each.id: each for each in found.categories}
    lines = [line for line in found.lines if line.flow is flow]
    for category in dict.fromkeys(line.category.id for line in lines if line.category):
        total = totals.get(category)
        below = found.lines_in(category)
        if total is None or by == "category":
            yield _row(end, total or below[0], 1, RowKind.SUBTOTAL)
            yield from _reasons(end, total or below[0], 2)
            continue
        yield _row(end, total, 1, RowKind.SUBTOTAL)
        for line in below:
            yield _row(end, line, 2, RowKind.LINE)
            yield from _reasons(end, line, 3)


def _row(end: YearEnd, line: LineBridge, level: int, kind: RowKind) -> Row:
    figures = {"from": line.before, "to": line.after, "change": line.change}
    percent = None if line.flow is Flow.NET else percent_of(line.change.amount, line.before.amount)
    reading = adverse_or_favourable(line.flow, line.change.amount)
    return figures_row(
        end,
        line.id,
        line.label,
        kind,
        level,
        figures,
        {"change_pct": percent},
        flow=line.flow,
        reading={"change": reading},
    )


def _reasons(end: YearEnd, line: LineBridge, level: int) -> Iterator[Row]:
    for reason, part in line.parts.items():
        shown = part.amount or (reason is Reason.UNEXPLAINED and line.change.amount)
        if part.amount is None or not shown:
            continue
        yield figures_row(
            end,
            f"{line.id}.{slug(reason)}",
            reason.label,
            RowKind.LINE,
            level,
            {"change": part},
            flow=line.flow,
            reading={"change": adverse_or_favourable(line.flow, part.amount)},
        )


def _summary(end: YearEnd, found: Bridge) -> Iterator[str]:
    position = found.position
    start, to, change = position.before.amount, position.after.amount, position.change.amount
    if start is None or to is None or change is None:
        yield "The change in the position is open: an amount that it needs is missing."
        return
    way = "worse" if change < 0 else "better"
    moved = f"£{abs(change):,.0f}{mark_of(end, position.change)} {way}" if change else "no change"
    ends = (
        f"{balance_words(amount)}{mark_of(end, figure)} ({state.label})"
        for amount, figure, state in ((start, position.before, found.start), (to, position.after, found.end))
    )
    yield f"The position goes from {' to '.join(ends)}: {moved}."
    rest = position.parts[Reason.UNEXPLAINED]
    if rest.amount:
        unexplained = f"£{abs(rest.amount):,.0f}{mark_of(end, rest)}"
        if (rest.amount < 0) is (change < 0):
            yield f"Of this {unexplained} is unexplained."
        else:
            word = "favourable" if rest.amount > 0 else "adverse"
            yield f"That is after {unexplained} {word} that is unexplained."


def _notes(found: Bridge) -> Iterator[str]:
    if found.start.name == REVISED.name and found.end.name not in _OF_THE_YEAR:
        yield f"The revised budget is the year's, with what is vired after {found.end.name} too."
    if any(line.parts[reason].amount for line in found.lines for reason in BY_ACTIVITY):
        yield IN_PLAN if PLAN.name in {found.start.name, found.end.name} else HOW
    for line in found.lines:
        for reason, stated in line.not_counted.items():
            yield (
                f"{line.label}: {reason.label.lower()} of £{stated.amount:,.0f} stated by hand is not counted, "
                "as the records answer for it."
            )
