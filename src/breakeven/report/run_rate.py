"""Whether the plan has room for what was there at the year's end, in words: a note of the plan, and a message."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from breakeven.ledger.assumptions import Assumption
from breakeven.ledger.provenance import Source
from breakeven.money import NIL
from breakeven.periods import MONTHS, period_name
from breakeven.pipeline.year_end import YearEnd
from breakeven.plan.lines import Start
from breakeven.plan.run_rate import RunRate, run_rates
from breakeven.report.figures import ILLUSTRATIVE, amount_text, number_text
from breakeven.report.section import Message


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
        f"{when[:1].upper()}{when[1:]}, {largest.start.label} {has} {_latest(largest)}, where the plan of "
        f"{_first(end)} has {_planned(end, largest)} on average{before}: as many all year would "
        f"cost {_cost(end, found[:1])}"
    )
    if others:
        names = [each.start.label for each in others]
        with_others = " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
        text += f", and with {with_others} {_cost(end, found)} in all"
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
    return f"{found.start.label} {_latest(found)}, plan {_planned(end, found)}, {_cost(end, [found])}"


def _latest(found: RunRate) -> str:
    return number_words(found.latest, counted_in(found.start)[-1:])


def _planned(end: YearEnd, found: RunRate) -> str:
    return number_words(found.planned, counted_in(found.start), found.start.assumptions[end.plan.years[0]])


def _cost(end: YearEnd, of: Sequence[RunRate]) -> str:
    """What some lines would cost together, marked where a number or a price of any is made up."""
    cost = sum((each.cost for each in of), NIL)
    made_up = any(
        _planned(end, each).endswith(ILLUSTRATIVE) or (each.start.driver and any_made_up(each.start.driver.sources))
        for each in of
    )
    return f"£{amount_text(abs(cost))}{ILLUSTRATIVE if made_up else ''} {'more' if cost > 0 else 'less'}"


def counted_in(start: Start) -> Sequence[Source]:
    """The cells that the number of a line is read from; all that move it where none says how many."""
    sources = start.driver.sources if start.driver else ()
    return [each for each in sources if each.unit == "number"] or sources


def number_words(number: Decimal, counted: Sequence[Source], assumptions: Sequence[Assumption] = ()) -> str:
    """How many a line has, marked where that is made up. counted: what says so; assumptions: what moves it since."""
    made_up = any_made_up(counted) or any(each.basis == "illustrative" for each in assumptions)
    return f"{number_text(round(number, 1))}{ILLUSTRATIVE if made_up else ''}"


def any_made_up(sources: Sequence[Source]) -> bool:
    """Whether any cell was made up to show the tool."""
    return any(each.illustrative for each in sources)
