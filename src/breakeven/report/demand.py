"""Demand at the end of a period as statements: numbers, prices and money by type, and the children behind them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from breakeven.drivers.stays import Stay
from breakeven.monitoring.demand import COSTS, MONEY, NUMBERS, Demand, DemandRow
from breakeven.monitoring.outturn import Flow, adverse_or_favourable
from breakeven.periods import period_name
from breakeven.pipeline.questions import one_more
from breakeven.pipeline.year_end import YearEnd
from breakeven.report.figures import ILLUSTRATIVE, amount_text, number_text, pence_text
from breakeven.report.masked import CONFIDENTIAL, CONFIDENTIAL_NOTE, masked
from breakeven.report.statement import (
    Column,
    ColumnKind,
    Row,
    RowKind,
    Statement,
    mark_of,
    plan_marks,
    workbooks_behind,
)

SHOWN = 10
"""How many of the dearest placements, and of the next 18th birthdays, a page shows."""

_KINDS = {0: RowKind.TOTAL, 1: RowKind.LINE, 2: RowKind.LINE}
_COUNTED = ("average", "opening", "came", "went", "closing")


def demand_statement(end: YearEnd, found: Demand, *, publish: bool = False) -> Statement:
    """Every number, price and sum by type, in one table.

    end: a year end with that period's figures in its book. publish: leave out numbers below five, and what would tell
    them.
    """
    rows = tuple(_row(end, row, publish=publish) for row in found.rows)
    hidden = any(CONFIDENTIAL in row.values.values() for row in rows)
    return Statement(
        id="demand",
        body=end.year.body.name,
        title=f"Demand {end.year.body.year.on_screen} to {period_name(found.period)}",
        state=f"at {_day(found.at)}",
        label="Placement type",
        columns=tuple(Column(column, label, kind) for column, (label, kind) in _columns(found).items()),
        rows=rows,
        summary=() if hidden else tuple(_summary(end, found)),
        notes=(
            "Numbers are from the placement register where a type is in it, else from Placements by month, which does "
            "not say who came and went. A new price is not a new placement.",
            "A placement that lasts is counted to its planned end, or to the year's. Weeks, and cost by the register, "
            "are for the whole year; what a line cost beyond it is in no register.",
            *((CONFIDENTIAL_NOTE,) if hidden else ()),
            *end.year.body.notes,
        ),
        sources=workbooks_behind(rows, end),
        sign_note="Budget and outturn are costs, in brackets.",
    )


def parts_of(statement: Statement) -> tuple[Statement, ...]:
    """The same statement as three tables that fit a page: how many, at what price, and the money."""
    numbers, costs, money = (
        replace(statement, id=f"demand.{part}", columns=tuple(c for c in statement.columns if c.id in own))
        for part, own in (("numbers", NUMBERS), ("costs", COSTS), ("money", MONEY))
    )
    bought = tuple(row for row in statement.rows if row.level)
    return (
        replace(
            numbers,
            rows=bought,
            notes=(),
            sources=(),
            sign_note="Starters, leavers and who is there are numbers of placements.",
        ),
        replace(
            costs,
            rows=bought,
            title="Weeks and weekly cost",
            summary=(),
            notes=(),
            sources=(),
            sign_note="Weekly costs, and what the register comes to, are without brackets.",
        ),
        replace(money, rows=tuple(r for r in statement.rows if r.level < 2), title="Budget and outturn", summary=()),
    )


def _columns(found: Demand) -> Mapping[str, tuple[str, ColumnKind]]:
    return {
        "budgeted": ("Budgeted", ColumnKind.NUMBER),
        "average": ("Average", ColumnKind.NUMBER),
        "opening": ("At start", ColumnKind.NUMBER),
        "came": ("Starters", ColumnKind.NUMBER),
        "went": ("Leavers", ColumnKind.NUMBER),
        "closing": (f"At {found.at.day} {found.at:%B}", ColumnKind.NUMBER),
        "weeks": ("Weeks", ColumnKind.NUMBER),
        "budgeted_price": ("Budgeted a week", ColumnKind.PENCE),
        "price": ("Cost a week", ColumnKind.PENCE),
        "registered": ("Cost by register", ColumnKind.AMOUNT),
        "contributions": ("Paid by others", ColumnKind.AMOUNT),
        "budget": ("Budget", ColumnKind.AMOUNT),
        "forecast": ("Outturn, forecast", ColumnKind.AMOUNT),
        "variance": ("Variance", ColumnKind.AMOUNT),
    }


def _row(end: YearEnd, row: DemandRow, *, publish: bool) -> Row:
    found: dict[str, Decimal | str | None] = {column: figure.amount for column, figure in row.figures.items()}
    if publish:
        counted = [row.figures[column].amount if column in row.figures else None for column in _COUNTED]
        hidden = {column for column, is_hidden in zip(_COUNTED, masked([counted])[0], strict=True) if is_hidden}
        if hidden:
            told = hidden & {"average", "opening", "closing"}  # few enough children that a price would be one's own
            found |= dict.fromkeys((*hidden, *(COSTS if told else ())), CONFIDENTIAL)
    reading = {}
    if "variance" in row.figures:
        reading = {"variance": adverse_or_favourable(Flow.EXPENDITURE, row.figures["variance"].amount)}
    return Row(
        id=row.id,
        label=row.label,
        kind=_KINDS[row.level],
        level=row.level,
        flow=Flow.EXPENDITURE,
        values=found,
        reading=reading,
        figures={column: figure.id for column, figure in row.figures.items()},
        illustrative=frozenset(c for c, figure in row.figures.items() if figure.id in end.illustrative),
        as_signed=frozenset((*NUMBERS, *COSTS)),
    )


def _summary(end: YearEnd, found: Demand) -> Iterator[str]:
    """The lines that cost most beyond their budget, with what drove them."""
    over = [row for row in found.rows if row.level == 1 and (row.figures["variance"].amount or 0) > 0]
    for row in sorted(over, key=lambda each: -(each.figures["variance"].amount or 0))[:3]:
        said = {column: f"{_said(end, row, column)}" for column in row.figures}
        numbers = [row.figures[column].amount for column in ("average", "budgeted", "price", "budgeted_price")]
        why = ""
        if None not in numbers:
            why = (
                f"{said['average']} on average against {said['budgeted']} budgeted, "
                f"at {said['price']} a week against {said['budgeted_price']}: "
            )
        yield f"{row.label}: {why}{said['variance']} more than budgeted."


def _said(end: YearEnd, row: DemandRow, column: str) -> str:
    figure = row.figures[column]
    if figure.unit == "number":
        text = number_text(figure.amount)
    else:
        text = "£" + (amount_text(figure.amount) if column in MONEY else pence_text(figure.amount))
    return text + mark_of(end, figure)


# The children behind the numbers ---------------------------------------------------------------------------------


def dearest_statement(end: YearEnd, found: Demand, shown: int | None = SHOWN) -> Statement:
    """The dearest placements that are live on the period's last night, the dearest first; all where none is said."""
    live = sorted((stay for _, stay in found.live), key=lambda each: (-each.latest.cost_a_week, each.ref))
    title = f"The {len(live[:shown])} dearest of {len(live)} placements"
    note = "What a week costs on the period's last night, before and after what others pay."
    return _children_statement(end, "dearest", title, live[:shown], (note,))


def turning_18_statement(end: YearEnd, found: Demand, shown: int | None = SHOWN) -> Statement:
    """Whose 18th birthday is past or within a year, the first first: a cost that ends, or becomes another."""
    last = _a_year_after(found.at)
    known = [(stay.latest.turns_18, stay.ref, stay) for _, stay in found.live if stay.latest.turns_18]
    near = [stay for day, _, stay in sorted(known, key=lambda each: each[:2]) if day <= last]
    cost = sum((each.latest.cost_a_week - each.latest.contributed_a_week for each in near), Decimal(0))
    mark = ILLUSTRATIVE if any(each.latest.basis == "illustrative" for each in near) else ""
    first = f"The first {len(near[:shown])} of {len(near)}" if len(near) > len(near[:shown]) else f"The {len(near)}"
    notes = (
        f"18th birthdays: {len(near)}{mark} placements, £{pence_text(cost)}{mark} a week net of what others pay, by "
        f"{_day(last)}. Care ends then; the plan takes no cost away for it.",
        f"{len(known)} of {len([*found.live])} placements say when it is.",
    )
    return _children_statement(end, "turning_18", f"{first} 18th birthdays up to {_day(last)}", near[:shown], notes)


def _children_statement(end: YearEnd, part: str, title: str, live: Sequence[Stay], notes: tuple[str, ...]) -> Statement:
    return Statement(
        id=part,
        body=end.year.body.name,
        title=title,
        state="",
        label="Child, type",
        columns=(
            Column("planned_end", "To end", ColumnKind.TEXT),
            Column("turns_18", "Turns 18", ColumnKind.TEXT),
            Column("cost", "A week", ColumnKind.PENCE),
            Column("contributed", "Others pay", ColumnKind.PENCE),
            Column("net", "Net", ColumnKind.PENCE),
        ),
        rows=tuple(_child(stay) for stay in live),
        notes=notes,
        sign_note="What each placement costs is in brackets.",
    )


def _child(stay: Stay) -> Row:
    now = stay.latest
    columns = ("cost", "contributed", "net")
    return Row(
        id=f"{now.ref}",
        label=f"{now.ref} {now.type}",
        kind=RowKind.LINE,
        level=1,
        flow=Flow.EXPENDITURE,
        values={
            "planned_end": _short(now.planned_end),
            "turns_18": _short(now.turns_18),
            "cost": now.cost_a_week,
            "contributed": now.contributed_a_week,
            "net": now.cost_a_week - now.contributed_a_week,
        },
        illustrative=frozenset(columns if now.basis == "illustrative" else ()),
        as_signed=frozenset({"contributed"}),
    )


def one_more_statement(end: YearEnd) -> Statement:
    """What one placement more, and one fewer, does to each year's position and to the last balance."""
    labels = end.year.body.chart.labels
    years = end.plan.years
    rows: list[Row] = []
    for line, by, found in one_more(end):
        change = found.changes[0]
        values = {str(year): effect for year, effect in zip(years, change.position, strict=True)}
        values["closing"] = change.closing[-1]
        words = "one more" if by > 0 else "one fewer"
        rows.append(
            Row(f"{line}.{words.replace(' ', '_')}", f"{labels[line]}: {words}", RowKind.LINE, 1, Flow.NET, values,
                illustrative=plan_marks(end, values))
        )  # fmt: skip
    return Statement(
        id="one_more",
        body=end.year.body.name,
        title=f"One placement more, or fewer, from {years[0].on_screen}",
        state="",
        label="Placement type",
        columns=(
            *(Column(str(year), year.on_screen) for year in years),
            Column("closing", f"Balance {years[-1].last_day:%B %Y}"),
        ),
        rows=tuple(rows),
        notes=(
            "What it does to each year's position, net of what others pay: as `what-if residential=+1` works it out.",
        ),
        sign_note="What worsens the position is in brackets.",
    )


def _a_year_after(day: date) -> date:
    return day.replace(year=day.year + 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _short(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
