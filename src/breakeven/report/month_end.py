"""A month end as a statement."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from breakeven.ledger.provenance import Figure
from breakeven.ledger.rules import LineRules, Tolerance
from breakeven.monitoring.explained import explanations_at
from breakeven.monitoring.month_end import MonthEndRow
from breakeven.monitoring.outturn import Flow, adverse_or_favourable
from breakeven.monitoring.rag import Rag
from breakeven.periods import MONTHS, period_name
from breakeven.pipeline.at_period import AtPeriod
from breakeven.report.figures import ILLUSTRATIVE, balance_words, percent_of
from breakeven.report.statement import Column, ColumnKind, Row, Statement, files_behind, kind_at, placed

COLUMNS = (
    Column("budget", "Budget"),
    Column("budget_to_date", "Budget to date"),
    Column("actual", "Actual to date"),
    Column("forecast", "Forecast"),
    Column("variance", "Variance"),
    Column("variance_pct", "%", ColumnKind.PERCENT),
    Column("rag", "RAG", ColumnKind.TEXT),
    Column("movement", "Movement"),
    Column("left", "Money left"),
    Column("left_pct", "Left", ColumnKind.PERCENT),
    Column("method", "Forecast by", ColumnKind.TEXT),
    Column("original", "Original"),
    Column("virements", "Virements"),
    Column("posted", "Posted"),
    Column("accruals", "Accruals"),
    Column("commitments", "Commitments"),
    Column("rest", "Rest of year"),
    Column("variance_to_date", "Variance to date"),
    Column("tolerance", "Amber over"),
    Column("red_over", "Red over"),
)
"""What a committee asks for first, then what an accountant needs to follow it."""

IN_DETAIL = frozenset(column.id for column in COLUMNS[11:])
"""Columns that a page shows only where the whole working is asked for; data always has them."""

_SIGNED_BY_READING = ("variance", "variance_to_date", "movement")


def month_end_statement(at: AtPeriod, by: Sequence[str] = ("category",)) -> Statement:
    """One period, with rows nested as ``by`` says: any of category, line, cost_centre, code, source."""
    result = at.result
    name, body = period_name(result.period), result.year.body
    shown = placed(result.rows(by))
    rows = tuple(_row(row, at) for row in shown)
    return Statement(
        id=f"outturn-{name}",
        body=body.name,
        title=f"Outturn {body.year.on_screen} at {name}",
        state=f"forecast ({name})" if result.period < MONTHS else body.state,
        columns=COLUMNS,
        rows=rows,
        summary=tuple(_summary(at)),
        notes=(*_notes(at), *body.notes),
        sources=files_behind((figure for row in shown for figure in row.figures.values()), result.year),
    )


def _row(row: MonthEndRow, at: AtPeriod) -> Row:
    figures = {column.id: row.figures[column.id] for column in COLUMNS if column.id in row.figures}
    reading = {
        column: word
        for column in _SIGNED_BY_READING
        if column in figures and (word := adverse_or_favourable(row.flow, figures[column].amount))
    }
    budget, left = row.figures["budget"].amount, row.figures.get("left")
    shown = {column: figure.amount for column, figure in figures.items()}
    if row.flow is not Flow.NET:
        shown["variance_pct"] = percent_of(row.figures["variance"].amount, budget)
    if left is not None:
        shown["left_pct"] = percent_of(left.amount, budget)
    if row.limit:
        shown |= {"tolerance": row.limit.amber, "red_over": row.limit.red}
    return Row(
        id=row.id,
        label=row.label,
        kind=kind_at(row.level),
        level=row.level,
        flow=row.flow,
        values={**shown, "rag": str(row.rag or ""), "method": row.method},
        reading=reading,
        figures={column: figure.id for column, figure in figures.items()},
        illustrative=frozenset(column for column, figure in figures.items() if at.is_illustrative(figure)),
        as_signed=frozenset({"left", "left_pct", "tolerance", "red_over"}),
    )


def _summary(at: AtPeriod) -> Iterator[str]:
    result = at.result
    position, closing = result.row("position").figures, result.row("closing_balance").figures
    forecast, variance, balance = position["forecast"].amount, position["variance"].amount, closing["forecast"].amount
    year, name, is_over = result.year.body.year, period_name(result.period), result.period >= MONTHS
    if forecast is None or variance is None:
        yield f"The {'outturn' if is_over else 'forecast'} at {name} is open: something it needs is missing."
        return

    def mark(figure: Figure) -> str:
        return ILLUSTRATIVE if at.is_illustrative(figure) else ""

    way = "worse" if variance < 0 else "better"
    against = f"£{abs(variance):,.0f}{mark(position['variance'])} {way} than budgeted" if variance else "as budgeted"
    ends = "ended" if is_over else "is forecast to end"
    yield f"At {name} the year {ends} with {balance_words(forecast)}{mark(position['forecast'])}, {against}."
    if balance is not None:
        would_be = "is" if is_over else "would be"
        cumulative = f"The cumulative {_word(balance)} at 31 March {year.start + 1}"
        yield f"{cumulative} {would_be} £{abs(balance):,.0f}{mark(closing['forecast'])}."
    moved = position["movement"]
    if moved.amount:
        word, what = "worse" if moved.amount < 0 else "better", "outturn" if is_over else "forecast"
        before = "forecast when" if is_over else "when"
        yield f"The {what} is £{abs(moved.amount):,.0f}{mark(moved)} {word} than {before} a period was last closed."
    red = [row.label for row in result.rows(("category", "line", "source")) if row.rag is Rag.RED and row.level == 2]
    if red:
        yield f"Red: {', '.join(red)}."


def _word(amount: Decimal) -> str:
    return "deficit" if amount < 0 else "surplus"


def _notes(at: AtPeriod) -> Iterator[str]:
    rules = at.result.year.body.month_end
    yield f"Amber: adverse by more than {_said(rules.amber)}; red: by more than {_said(rules.red)}."
    own = [f"{_label(name, at)} {said}" for name, line in rules.lines.items() if (said := _own(line))]
    if own:
        yield f"Tolerances of their own: {'; '.join(own)}."
    for row_id, said in explanations_at(at.result.year, at.result.period).items():
        for each in said:
            yield f"{_label(row_id, at)}, {each.kind}: {each.text}" + (f" ({each.author})" if each.author else "")
    for leaf in at.result.leaves:
        rest = leaf.figures["rest"].amount
        if leaf.method == "manual" and rest is not None and rest < 0 < (leaf.figures["posted"].amount or 0):
            yield f"{leaf.label}: the forecast set by hand is below what is posted already."
    since = f"since {period_name(at.closed)} was closed" if at.closed else "open: no earlier period is closed"
    yield f"Movement is of the forecast, {since}. Money left is budget less actual and commitments."


def _own(line: LineRules) -> str:
    said = [f"{word} {_said(each)}" for word, each in (("amber", line.amber), ("red", line.red)) if each]
    return ", ".join(said)


def _label(row_id: str, at: AtPeriod) -> str:
    """What a line or a row of income is called."""
    leaves = {leaf.id: leaf.label for leaf in at.result.leaves}
    return at.result.year.body.chart.labels.get(row_id) or leaves.get(row_id, row_id)


def _said(tolerance: Tolerance) -> str:
    return f"£{tolerance.amount:,.0f} or {tolerance.percent.normalize():f}% of budget, whichever is more"
