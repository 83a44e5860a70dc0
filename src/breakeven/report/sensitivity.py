"""What the plan is sensitive to, as statements; and the bars of its tornado."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from breakeven.monitoring.outturn import Flow, adverse_or_favourable
from breakeven.periods import Year
from breakeven.pipeline.year_end import YearEnd
from breakeven.plan.sensitivity import Tested, Worth
from breakeven.report.compare import plan_files
from breakeven.report.figures import amount_text, number_text
from breakeven.report.statement import Column, ColumnKind, Row, RowKind, Statement, Value, plan_mark, plan_marks
from breakeven.report.tornado import Bar


def sensitivity_statement(found: Sequence[Tested], each_worth: Sequence[Worth], year: Year, end: YearEnd) -> Statement:
    """A step of each assumption against every position and the last balance, the largest first; groups apart.

    each_worth: what one more placement or post is worth in ``year``; the largest is said in words.
    """
    years = end.plan.years
    closes = f"Balance {years[-1].start + 1}"
    largest = sorted(each_worth, key=lambda each: -abs(each.position))[:1]
    return Statement(
        id="sensitivity",
        body=end.year.body.name,
        title=f"Sensitivity {years[0].on_screen} to {years[-1].on_screen}",
        state=f"savings as {end.plan.view}",
        label="A step up, in every year",
        columns=(
            Column("step", "Step", ColumnKind.TEXT),
            *(Column(f"up_{each}", each.on_screen) for each in years),
            Column("up_closing", closes),
            *(Column(f"down_{each}", f"Step down {each.on_screen}") for each in years),
            Column("down_closing", f"Step down {years[-1].start + 1}"),
        ),
        rows=tuple(_rows(found, end)),
        summary=tuple(_worth_sentence(each, year, plan_mark(end)) for each in largest),
        notes=tuple(_notes(found, end)),
        sources=plan_files(end),
    )


def only_in_data(end: YearEnd) -> list[str]:
    """The columns that a page leaves out: the step, which is in the label, and each year's step down.

    What a step down does is nearly what a step up does, with the other sign.
    """
    return ["step", *(f"down_{year}" for year in end.plan.years)]


def _rows(found: Sequence[Tested], end: YearEnd) -> Iterator[Row]:
    for is_group, heading in ((False, "Each assumption by itself"), (True, "Groups, moved together")):
        rows = [each for each in found if each.is_group is is_group]
        if rows:
            yield Row("groups" if is_group else "assumptions", heading, RowKind.SUBTOTAL, 1, Flow.NET, {})
        yield from (_row(each, end) for each in rows)


def _row(tested: Tested, end: YearEnd) -> Row:
    effects: dict[str, Decimal | None] = {}
    for way, effect in (("up", tested.up), ("down", tested.down)):
        effects |= {f"{way}_{year}": amount for year, amount in zip(end.plan.years, effect.position, strict=True)}
        effects[f"{way}_closing"] = effect.closing[-1]
    reading = {column: word for column, a in effects.items() if (word := adverse_or_favourable(Flow.NET, a))}
    values: dict[str, Value] = {"step": tested.step, **effects}
    label = f"{tested.label} ±{tested.step}"
    return Row(tested.id, label, RowKind.LINE, 2, Flow.NET, values, reading, illustrative=plan_marks(end, effects))


def _notes(found: Sequence[Tested], end: YearEnd) -> Iterator[str]:
    yield (
        "Each step is taken in all the years of the plan, by itself; one of a category moves the lines that use it. "
        "What one more placement costs is less what others pay towards it."
    )
    last = end.plan.years[-1].start + 1
    yield (
        f"Balance {last} is that of 31 March, when the plan ends; Step down {last} is what a step the other way does "
        "to it."
    )
    if any(each.is_group for each in found):
        yield "A group moves lines that are moved by themselves too: do not add it to them."
    if {each.id.rpartition(".")[2] for each in found} >= {"growth", "number"}:
        yield "A line's growth and its number are the same thing in two measures: do not add them either."
    if end.plan.open_lines:
        yield f"Open, because no assumption says how they move: {end.plan.model.open_in_words}."
    yield from end.year.body.notes


def _worth_sentence(found: Worth, year: Year, mark: str) -> str:
    one = f"One more {'child' if found.unit == 'placement' else found.unit} in {found.label} is worth"
    pounds = f"£{amount_text(abs(found.position))}{mark} {_way(found.position)} in {year.on_screen}"
    if found.on_pay is None:
        return f"{one} {pounds}."
    return f"{one} {number_text(abs(found.on_pay))}%{mark} {'on' if found.on_pay >= 0 else 'less on'} pay: {pounds}."


def _way(amount: Decimal) -> str:
    return {"A": "adverse", "F": "favourable"}.get(adverse_or_favourable(Flow.NET, amount), "")


def worth_statement(found: Sequence[Worth], year: Year, end: YearEnd) -> Statement:
    """What one more of each line's placements or posts does in one year, and how much on pay would do the same."""
    rows = [
        Row(
            id=each.line,
            label=f"{each.label}, one {each.unit} more",
            kind=RowKind.LINE,
            level=1,
            flow=Flow.NET,
            values={"position": each.position, "on_pay": each.on_pay},
            reading={"position": word} if (word := adverse_or_favourable(Flow.NET, each.position)) else {},
            illustrative=plan_marks(end, {"position": each.position, "on_pay": each.on_pay}),
        )
        for each in found
    ]
    return Statement(
        id="worth",
        body=end.year.body.name,
        title=f"One more {year.on_screen}",
        state=f"savings as {end.plan.view}",
        columns=(
            Column("position", f"Position {year.on_screen}"),
            Column("on_pay", "As much as % on pay", ColumnKind.NUMBER),
        ),
        rows=tuple(rows),
    )


def tornado_bars(found: Sequence[Tested], place: int | None, top: int) -> list[Bar]:
    """The largest assumptions as bars, without the groups. place: as ``sensitivity`` sorts them."""
    bars: list[Bar] = []
    for each in found:
        up, down = each.at(place)
        ends = [end for end in (up, down) if end is not None]
        if not each.is_group:
            lower, higher = (min(ends), max(ends)) if len(ends) == 2 else (up, down)
            bars.append(Bar(f"{each.label} ±{each.step}", lower, higher))
    return bars[:top]
