"""The figures that charts are drawn from, each as a statement of its own: what other statements hold, side by side."""

from collections.abc import Sequence
from dataclasses import replace

from breakeven.ledger.chart import slug
from breakeven.monitoring.bridge import Bridge, LineBridge
from breakeven.monitoring.line_state import Reason
from breakeven.monitoring.outturn import Flow, adverse_or_favourable
from breakeven.pipeline.at_period import with_bridged
from breakeven.pipeline.year_end import YearEnd
from breakeven.plan.simulation import Simulated
from breakeven.report.section import Chart, ChartKind
from breakeven.report.simulation import AS_FORECAST, draws_are_illustrative, whole_pounds
from breakeven.report.statement import Column, Row, RowKind, Statement, Value, figures_row, plan_marks
from breakeven.report.tornado import Bar

BANDS = (10, 25, 50, 75, 90)
"""The percentiles that a fan is drawn of."""


def bridge_chart(end: YearEnd, found: Bridge) -> Chart | None:
    """From one position to the other by category; one that makes more than half of the change is taken by cause.

    None where the change is open.
    """
    if found.position.change.amount is None:
        return None
    end = with_bridged(end, found)
    whole = abs(found.position.change.amount)
    steps: list[Row] = [_end_of(end, found.position, "before", found.start.label)]
    for total in _categories(found):
        amount = total.change.amount
        if amount is None or not amount:
            continue
        if abs(amount) * 2 > whole:
            steps += [_step(end, total, reason) for reason in Reason if total.parts[reason].amount]
        else:
            steps.append(_step(end, total, None))
    steps.append(_end_of(end, found.position, "after", found.end.label))
    data = _data(
        end,
        ("bridge-chart", f"Position, from {_mid(found.start.label)} to {_mid(found.end.label)}"),
        end.year.body.state,
        (Column("amount", "Amount"),),
        steps,
    )
    return Chart(
        ChartKind.WATERFALL,
        data,
        f"Each step from the position of the {_mid(found.start.label)} to that of the {_mid(found.end.label)}.",
        "Solid bars are positions; a step that improves the position (F) is plain, one that worsens it (A) is hatched.",
    )


def _mid(label: str) -> str:
    """A label within a sentence: a period keeps its capital."""
    return label if label[1:2].isdigit() else label[:1].lower() + label[1:]


def _categories(found: Bridge) -> list[LineBridge]:
    """Every category of income and expenditure once, a line that has no other total among them, in a page's order."""
    totals = {each.id: each for each in found.categories}
    own = {line.id: line for line in found.lines}
    order = dict.fromkeys(line.category.id for line in found.lines if line.category)
    return [totals.get(each) or own[each] for each in order]


def _end_of(end: YearEnd, position: LineBridge, side: str, label: str) -> Row:
    figure = position.before if side == "before" else position.after
    return figures_row(end, side, label, RowKind.TOTAL, 0, {"amount": figure}, flow=Flow.NET)


def _step(end: YearEnd, total: LineBridge, reason: Reason | None) -> Row:
    figure = total.change if reason is None else total.parts[reason]
    reading = adverse_or_favourable(total.flow, figure.amount)
    row_id = total.id if reason is None else f"{total.id}.{slug(reason)}"
    label = total.label if reason is None else f"{total.label}: {reason.label.lower()}"
    read = {"amount": reading}
    return figures_row(end, row_id, label, RowKind.LINE, 1, {"amount": figure}, flow=total.flow, reading=read)


def deficit_chart(end: YearEnd) -> Chart:
    """The cumulative balance at the start of the year, at its end, and at the end of each year of the plan."""
    year = end.year.body.year
    closing = end.expected.row("closing_balance")
    opening = end.expected.row("opening_balance")
    balances = [
        (year.start, opening.actual),
        (year.start + 1, closing.actual),
        *((each.start + 1, end.plan.row("closing_balance").years[each]) for each in end.plan.years),
    ]
    rows = [
        figures_row(end, str(closed), str(closed), RowKind.LINE, 1, {"balance": figure}, flow=Flow.NET)
        for closed, figure in balances
    ]
    data = _data(
        end,
        ("deficit-chart", "Cumulative balance at 31 March"),
        f"{'budget' if end.year.starts_from_budget else 'outturn'}, then plan with savings as {end.plan.view}",
        (Column("balance", "Balance"),),
        rows,
    )
    return Chart(ChartKind.COLUMNS, data, "The cumulative balance at the end of March of each year; a deficit hangs.")


def savings_chart(end: YearEnd, by_status: Statement) -> Chart:
    """What each status of the programme is planned to save, and what of it is counted on."""
    columns = tuple(each for each in by_status.columns if each.id in {"planned", "weighted"})
    rows = [row for row in by_status.rows if row.kind is not RowKind.TOTAL]
    data = _data(end, ("savings-chart", f"{by_status.title} by status"), by_status.state, columns, rows)
    return Chart(
        ChartKind.BARS,
        replace(data, sign_note="Savings are positive."),
        "For each status, what its schemes are planned to save in the year and what that is weighted by confidence.",
        "The plain bar is what is planned, the hatched one what that is weighted by confidence.",
    )


def placements_chart(end: YearEnd, numbers: Statement) -> Chart | None:
    """Placements on average against the number budgeted, by type; nothing where no type has both."""
    wanted = ("budgeted", "average")
    rows = [
        row
        for row in numbers.rows
        if row.level == 1 and all(not isinstance(row.values.get(c), str | None) for c in wanted)
    ]
    if not rows:
        return None
    columns = tuple(each for each in numbers.columns if each.id in wanted)
    data = _data(
        end, ("placements-chart", "Placements against budget"), "number on average over the year", columns, rows
    )
    return Chart(
        ChartKind.BARS,
        replace(data, sign_note="Numbers, not money."),
        "For each placement type with a budgeted number, that number and the average over the year.",
        "The plain bar is the number budgeted, the hatched one the average.",
    )


def fan_chart(end: YearEnd, found: Simulated) -> Chart:
    """The spread of the balance: from where the plan opens, the percentiles of each year's closing balance."""
    columns = (*(Column(f"p{each}", f"P{each}") for each in BANDS), Column("planned", AS_FORECAST))
    opened = end.plan.row("opening_balance").years[end.plan.years[0]]
    first: dict[str, Value] = {column.id: opened.amount for column in columns}
    marks = frozenset(first) if opened.id in end.illustrative else frozenset[str]()
    rows = [Row("opening", _closed(end, 0), RowKind.LINE, 1, Flow.NET, first, illustrative=marks)]
    drawn = draws_are_illustrative(end)
    for place, year in enumerate(end.plan.years):
        fan = found.closing_fans[place].percentiles
        values: dict[str, Value] = {f"p{each}": whole_pounds(fan[each]) for each in BANDS}
        values["planned"] = found.plan_closing[place]
        every = frozenset(values) if drawn else plan_marks(end, {"planned": values["planned"]})
        rows.append(Row(str(year), _closed(end, place + 1), RowKind.LINE, 1, Flow.NET, values, illustrative=every))
    data = _data(
        end,
        ("fan-chart", "Range of the cumulative balance at 31 March"),
        f"{found.trials:,} trials, seed {found.seed}",
        columns,
        rows,
    )
    return Chart(
        ChartKind.FAN,
        data,
        "The spread of the cumulative balance year by year, from where the plan opens.",
        "The pale band holds 8 trials in 10 (P10 to P90), the darker one half of them (P25 to P75). The solid line is "
        "the middle (P50), the dashed one the plan with its savings as forecast.",
    )


def _closed(end: YearEnd, place: int) -> str:
    """The year whose March a place of the fan is the end of."""
    return str(end.plan.years[0].start + place)


def tornado_chart(end: YearEnd, bars: Sequence[Bar]) -> Chart:
    """What a step of each assumption does to the last balance, the largest first."""
    rows: list[Row] = []
    for bar in bars:
        values: dict[str, Value] = {"lower": bar.lower, "higher": bar.higher}
        reading = {
            name: word
            for name, amount in (("lower", bar.lower), ("higher", bar.higher))
            if (word := adverse_or_favourable(Flow.NET, amount))
        }
        marks = plan_marks(end, values)
        rows.append(Row(slug(bar.label), bar.label, RowKind.LINE, 1, Flow.NET, values, reading, illustrative=marks))
    last = end.plan.years[-1].start + 1
    data = _data(
        end,
        ("tornado-chart", f"What moves the balance at 31 March {last}"),
        f"savings as {end.plan.view}",
        (Column("lower", "Worse"), Column("higher", "Better")),
        rows,
    )
    return Chart(
        ChartKind.TORNADO,
        data,
        f"What a step of each assumption, up and down, does to the balance at 31 March {last}, the largest first.",
        "To the left and hatched: worse (A). To the right and plain: better (F).",
    )


def _data(
    end: YearEnd, heading: tuple[str, str], state: str, columns: tuple[Column, ...], rows: Sequence[Row]
) -> Statement:
    return Statement(
        id=heading[0],
        body=end.year.body.name,
        title=heading[1],
        state=state,
        columns=columns,
        rows=tuple(rows),
        label="31 March" if heading[0] in {"deficit-chart", "fan-chart"} else "",
        sign_note="Deficits and what worsens the position are in brackets.",
    )
