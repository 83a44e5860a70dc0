"""What moves the money, in a few sentences: placements, workforce, indicators, and what one step of each costs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from breakeven.ledger.chart import slug
from breakeven.ledger.provenance import Figure
from breakeven.monitoring.demand import DemandRow
from breakeven.pipeline.at_period import at_period, with_demand
from breakeven.pipeline.bridge import bridge
from breakeven.pipeline.year_end import YearEnd, performance
from breakeven.plan.bridge import Moved
from breakeven.report.bridge import effect_words
from breakeven.report.figures import number_text, pence_text, percent_text
from breakeven.report.run_rate import counted_in, number_words
from breakeven.report.standing import standing_words
from breakeven.report.statement import mark_of

SHOWN = 5
"""How many lines of placements are said, those furthest from their budget first."""


@dataclass(frozen=True, slots=True)
class Mover:
    """One thing that moves the money, and how it stands, in sentences; and the command that says more of it."""

    id: str
    label: str
    words: tuple[str, ...]
    command: str


def movers(end: YearEnd) -> tuple[Mover, ...]:
    """What the folder knows of what moves its money; nothing of what it has no sheet for."""
    found = (
        Mover("placements", "Placements", tuple(_placements(end)), "demand"),
        Mover("workforce", "Workforce", tuple(_workforce(end)), "workforce"),
        Mover("performance", "Performance", tuple(standing_words(performance(end))), "performance"),
        Mover("bridge", "To money", tuple(_bridge(end)), "bridge"),
    )
    return tuple(each for each in found if each.words)


def movers_data(end: YearEnd) -> list[dict[str, Any]]:
    """The same as plain data."""
    return [{"id": m.id, "label": m.label, "words": list(m.words), "command": m.command} for m in movers(end)]


# Placements --------------------------------------------------------------------------------------------------


def _placements(end: YearEnd) -> Iterator[str]:
    last = end.year.transactions.last_period
    if last is None:
        yield from _budgeted(end)
        return
    end, demand = with_demand(end, at_period(end, last))
    lines = [row for row in demand.rows if row.level == 1 and _is_known(row, "budgeted", "average", "closing")]
    if not any(_is_known(row, "average", "closing") for row in lines):
        return
    at = f"{demand.at.day} {demand.at:%B}"
    said = "; ".join(_line(end, row, at if place == 0 else "") for place, row in enumerate(_furthest(lines)[:SHOWN]))
    yield f"{said}."
    priced = [row for row in lines if row.figures["price"].amount is not None]
    if priced:
        dearest = max(priced, key=lambda row: row.figures["price"].amount or 0)
        price = dearest.figures["price"]
        cost = f"£{pence_text(price.amount)}{mark_of(end, price)} a week"
        yield f"Dearest: {dearest.label}, {cost}{_against(end, dearest)}."


def _budgeted(end: YearEnd) -> Iterator[str]:
    """What a year is budgeted for in which nothing is posted yet."""
    found = [
        f"{start.label} {number_words(start.driver.average, counted_in(start))}"
        for start in end.plan.basis.expenditure
        if start.driver is not None and start.driver.unit == "placement"
    ]
    if found:
        yield f"Budgeted: {'; '.join(found)}."


def _is_known(row: DemandRow, *columns: str) -> bool:
    return any(row.figures[column].amount is not None for column in columns)


def _furthest(lines: Sequence[DemandRow]) -> list[DemandRow]:
    """Those whose money is furthest beyond its budget first, either way."""
    return sorted(lines, key=lambda row: -abs(row.figures["variance"].amount or 0))


def _line(end: YearEnd, row: DemandRow, at: str) -> str:
    average, closing, budgeted = (_number(end, row.figures[c]) for c in ("average", "closing", "budgeted"))
    if at:
        return f"{row.label} {average} on average, {closing} at {at}, {budgeted} budgeted"
    return f"{row.label} {average}, {closing}, {budgeted}"


def _against(end: YearEnd, row: DemandRow) -> str:
    budgeted = row.figures["budgeted_price"]
    return f", budgeted £{pence_text(budgeted.amount)}{mark_of(end, budgeted)}" if budgeted.amount is not None else ""


def _number(end: YearEnd, figure: Figure) -> str:
    return f"{number_text(figure.amount)}{mark_of(end, figure)}"


# Workforce ---------------------------------------------------------------------------------------------------


def _workforce(end: YearEnd) -> Iterator[str]:
    months = end.year.ledgers.posts
    if not months:
        return
    last = max(each.month for each in months)
    figures = {
        column: end.book[f"workforce/{column}/{last:%Y-%m}"]
        for column in ("establishment", "vacancies", "vacancy_rate", "agency", "open_vacancies", "open_vacancy_rate")
    }
    said = {column: _number(end, figure) for column, figure in figures.items() if figure.unit == "number"}
    rates = {c: f"{percent_text(f.amount)}{mark_of(end, f)}" for c, f in figures.items() if f.unit == "%"}
    yield (
        f"{said['vacancies']} of {said['establishment']} posts have no permanent worker ({rates['vacancy_rate']}) at "
        f"{last.day} {last:%B %Y}; {said['agency']} agency workers leave {said['open_vacancies']} that no one fills "
        f"({rates['open_vacancy_rate']})."
    )


# To money ----------------------------------------------------------------------------------------------------


def _bridge(end: YearEnd) -> Iterator[str]:
    """One more of the dearest placement, and the first step of an indicator of the folder's year."""
    if not end.year.ledgers.bridge and not any(start.driver for start in end.plan.basis.expenditure):
        return
    steps = bridge(end).moving
    drivers = {start.id: start.driver for start in end.plan.basis.expenditure}
    own = [each for each in steps if each.is_own and (driver := drivers[each.first.ref]) and driver.unit == "placement"]
    dearest = sorted(own, key=lambda each: -abs(next(iter(each.position), None) or 0))[:1]
    refs = {slug(kpi.ref) for kpi in end.year.ledgers.kpis if kpi.year == end.year.body.year}
    of_indicators = [each for each in steps if refs & {slug(ref) for ref in each.first.indicators}][:1]
    for step in (*dearest, *of_indicators):
        if words := effect_words(end, step):
            yield f"{_named(step)}{words}."


def _named(step: Moved) -> str:
    return f"{', '.join(step.first.indicators)}: " if step.first.indicators else ""
