"""Whether the plan has room for what was there at the year's end, in words: a note of the plan, and a message."""

from collections.abc import Iterator
from decimal import Decimal

from breakeven.ledger.chart import slug
from breakeven.money import NIL
from breakeven.periods import MONTHS, period_name
from breakeven.pipeline.year_end import YearEnd
from breakeven.plan.run_rate import RunRate, run_rates
from breakeven.report.figures import ILLUSTRATIVE, amount_text, number_text
from breakeven.report.section import Message
from breakeven.report.statement import mark_of


def run_rate_note(end: YearEnd) -> Iterator[str]:
    """Every line whose number at the year's end is far from the plan's, in one sentence."""
    if found := list(run_rates(end.plan.basis)):
        yield (
            f"What is there {_when(end)} is not what the plan of {_first(end)} has on average; as many all year "
            f"would cost, before contributions: {'; '.join(_each(end, each) for each in found)}."
        )


def run_rate_message(end: YearEnd) -> Message | None:
    """The line that it matters most for, and what all of them come to; None where the plan has room for all."""
    found = sorted(run_rates(end.plan.basis), key=lambda each: -abs(each.cost))
    if not found:
        return None
    largest, *others = found
    when, has = _when(end), "has" if end.year.months_known < MONTHS else "had"
    before = " before the scenario" if end.plan.overlays else ""
    text = (
        f"{when[:1].upper()}{when[1:]}, {largest.line} {has} {_latest(end, largest)}, where the plan of {_first(end)} "
        f"has {_planned(largest)} on average{before}: as many all year would cost {_cost(largest.cost, found[:1])}"
    )
    if others:
        names = [each.line for each in others]
        with_others = " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
        text += f", and with {with_others} {_cost(sum((each.cost for each in found), NIL), found)} in all"
    return Message(f"{text}, before contributions.", ())


def _when(end: YearEnd) -> str:
    """The last that is known of the folder's year."""
    year, at = end.year.body.year.on_screen, end.year.forecast_at
    if end.year.starts_from_budget:
        return f"as {year} begins"
    return f"at the end of {f'{period_name(at)} of {year}' if at else year}"


def _first(end: YearEnd) -> str:
    return end.plan.years[0].on_screen


def _each(end: YearEnd, found: RunRate) -> str:
    return f"{found.line} {_latest(end, found)}, plan {_planned(found)}, {_cost(found.cost, [found])}"


def _latest(end: YearEnd, found: RunRate) -> str:
    """How many there were, marked as the month's own figure is where the book has it."""
    months = sorted(each for each in end.book if each.startswith(f"demand/{slug(found.line)}/20"))
    mark = mark_of(end, end.book[months[-1]]) if months else _mark([found])
    return f"{number_text(round(found.latest, 1))}{mark}"


def _planned(found: RunRate) -> str:
    return f"{number_text(round(found.planned, 1))}{_mark([found])}"


def _cost(amount: Decimal, of: list[RunRate]) -> str:
    return f"£{amount_text(abs(amount))}{_mark(of)} {'more' if amount > 0 else 'less'}"


def _mark(of: list[RunRate]) -> str:
    return ILLUSTRATIVE if any(each.illustrative for each in of) else ""
