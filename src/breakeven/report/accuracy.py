"""How far each forecast was out, as a statement."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from breakeven.monitoring.accuracy import AT, OWN, Miss, accuracy
from breakeven.monitoring.outturn import Flow
from breakeven.periods import period_name
from breakeven.pipeline.year_end import YearEnd
from breakeven.report.figures import percent_of
from breakeven.report.statement import (
    Column,
    ColumnKind,
    Row,
    Statement,
    figures_row,
    files_behind,
    kind_at,
    placed,
)

METHOD_WORDS = {OWN: "as chosen for each line", "register": "from the registers"}


def accuracy_statement(end: YearEnd, *, every_method: bool = False) -> Statement:
    """Forecast less outturn at P03, P06 and P09, in pounds and per cent of the outturn.

    Expenditure by every method, each line by its own; ``every_method``: each line by every one too. Then the nights and
    posts that were foreseen, and what one was to cost. Raises YearNotOverError before P12 is posted.
    """
    misses = accuracy(end.year, end.outturn)
    shown = placed(miss for miss in misses if _is_shown(miss, every_method=every_method))
    columns = [Column("outturn", "Outturn")]
    for period in AT:
        name = period_name(period)
        columns += [Column(name, f"{name} out by"), Column(f"{name}_pct", "%", ColumnKind.PERCENT)]
    return Statement(
        id="accuracy",
        body=end.year.body.name,
        title=f"How far forecasts were out, {end.year.body.year.on_screen}",
        state=end.year.body.state,
        label="Line and method",
        columns=tuple(columns),
        rows=tuple(_row(miss, end) for miss in shown),
        summary=tuple(_summary(misses)),
        notes=(
            "Out by is forecast less outturn: above nil the forecast was too high. A forecast at a period uses what "
            "was posted and known by its end.",
            "Nights, posts and their cost are of the registers: headcount and cost apart, before accruals.",
            *end.year.body.notes,
        ),
        sources=files_behind((miss.outturn for miss in shown), end.year),
        sign_note="Above nil is forecast too high, in brackets too low.",
    )


def _is_shown(miss: Miss, *, every_method: bool) -> bool:
    return every_method or miss.method in {OWN, "register"} or miss.level == 0


def _row(miss: Miss, end: YearEnd) -> Row:
    figures = {"outturn": miss.outturn} | {period_name(period): figure for period, figure in miss.errors.items()}
    percents = {
        f"{period_name(period)}_pct": percent_of(figure.amount, miss.outturn.amount)
        for period, figure in miss.errors.items()
    }
    said = miss.label if miss.method in {"register", OWN} and miss.level else f"{miss.label}, {_method(miss.method)}"
    kind = kind_at(miss.level)
    return figures_row(end, miss.id, said, kind, miss.level, figures, percents, flow=Flow.NET, unit=miss.unit)


def _method(method: str) -> str:
    return METHOD_WORDS.get(method, f"by {method}")


def _summary(misses: Sequence[Miss]) -> Iterator[str]:
    totals = [miss for miss in misses if miss.id.startswith("expenditure.")]
    for period in AT:
        errors = {miss.method: miss.errors[period].amount for miss in totals if period in miss.errors}
        known = {method: amount for method, amount in errors.items() if amount is not None}
        if not known:
            continue
        nearest = min(known, key=lambda method: abs(known[method]))
        yield f"At {period_name(period)} the nearest was {_method(nearest)}: £{_far(known[nearest])}."


def _far(amount: Decimal) -> str:
    return f"{abs(amount):,.0f} too {'high' if amount > 0 else 'low'}" if amount else "0 out"
