"""What a paper is for, and what the committee is asked to note and to decide."""

from collections.abc import Iterator

from breakeven.periods import period_name
from breakeven.pipeline.at_period import AtPeriod
from breakeven.pipeline.year_end import YearEnd
from breakeven.report.key_messages import under
from breakeven.report.pack import Pack
from breakeven.report.paper.narrative import STATES
from breakeven.report.paper.sentences import Sentences, listed
from breakeven.report.plan import laid_over
from breakeven.report.section import Message

ASKED = Message("The committee is asked to:", ())


def purpose(pack: Pack) -> Iterator[Message]:
    """What the paper states: at which period, of which year end, and which plan."""
    end, at = pack.end, pack.at
    year, plan = end.year.body.year.on_screen, end.plan.years
    state = "budget" if end.year.starts_from_budget else f"{end.year.body.state} outturn"
    month_end = f"the month end {period_name(at.result.period)} of {year} with the forecast made then, " if at else ""
    yield Message(
        f"This paper states {month_end}the {state} of {end.year.body.name} for {year}, what of it does not reconcile, "
        f"and what must be saved to break even in {plan[0].on_screen} to {plan[-1].on_screen}.",
        (),
    )
    if laid_over(end):
        yield Message(
            f"All that it says of the plan is {under(end)}: it shows what may come about, and is not to be agreed.", ()
        )


def recommendations(pack: Pack, differing: tuple[int, int], listing: str) -> tuple[str, ...]:
    """What is to be noted and decided, as one sentence in points.

    differing: how many tests of money differ, and how many of other figures. listing: the appendix that lists these.
    """
    *most, last = _points(pack, differing, listing)
    return (*(f"{each};" for each in most), f"{last}.")


def _points(pack: Pack, differing: tuple[int, int], listing: str) -> Iterator[str]:
    """A year that is not over, or a plan that needs no saving, asks for less; a scenario is only noted."""
    end = pack.end
    if pack.at and pack.at.is_beside_year_end:
        yield f"note that {_as_forecast(end, pack.at)}"
    yield f"note that {_as_ended(end)}"
    if any(differing):
        yield _to_put_right(*differing, listing)
    yield from _of_scenario(end) if laid_over(end) else _of_plan(end)


def _to_put_right(of_money: int, others: int, listing: str) -> str:
    figures = "one figure of money that does" if of_money == 1 else f"{of_money} figures of money that do"
    said = [
        *([f"{figures} not reconcile, set out under Reconciliation"] if of_money else []),
        *([f"{others} other figure{'s' if others > 1 else ''} that differ, listed in {listing}"] if others else []),
    ]
    return f"note {', and '.join(said)}, and have {'it' if of_money + others == 1 else 'them'} put right"


def _as_forecast(end: YearEnd, at: AtPeriod) -> str:
    name, year = period_name(at.result.period), end.year.body.year
    marked = Sentences(end)
    position, closing = (
        marked.balance(at.result.row(row).figures["forecast"]) for row in ("position", "closing_balance")
    )
    return (
        f"at {name} the position of {year.on_screen} was forecast to be {position}, and the cumulative balance at 31 "
        f"March {year.start + 1} {closing}"
    )


def _as_ended(end: YearEnd) -> str:
    say, rows, year = Sentences(end), end.expected, end.year.body.year
    position, closing = (say.balance(rows.row(row).actual) for row in ("position", "closing_balance"))
    close = f"the cumulative balance at 31 March {year.start + 1}"
    if end.year.starts_from_budget:
        return f"the budget of {year.on_screen} is for {position}, and {close} would then be {closing}"
    return f"the position of {year.on_screen} {STATES[end.year.body.state].format(position)}, and {close} {closing}"


def _of_plan(end: YearEnd) -> Iterator[str]:
    say, plan = Sentences(end), end.plan
    first, last = plan.years[0], plan.years[-1]
    known = [year for year in plan.years if plan.row("position").years[year].amount is not None]
    if known:
        planned = plan.row("savings").years[first]
        years = " to ".join(dict.fromkeys((known[0].on_screen, known[-1].on_screen)))
        beyond = f", beyond those that {end.programme.base.on_screen} holds already" if end.programme.held else ""
        savings = f", with savings of {say.pounds(planned)} in {first.on_screen}{beyond}" if planned.amount else ""
        yield f"agree the plan for {years}{savings}"
    if lacking := [year.on_screen for year in plan.years if year not in known]:
        yield f"have assumptions made for {listed(lacking)}, which the plan leaves open"
    to_find = plan.row("still_to_find").years[first]
    if to_find.amount is not None and to_find.amount > 0:
        yield f"ask for proposals for the {say.pounds(to_find)} that is still to find in {first.on_screen}"
    clear = plan.row("yearly_saving_to_clear").years[last]
    if clear.amount:
        yield (
            f"consider by when the cumulative deficit is to be cleared: by 31 March {last.start + 1} takes a further "
            f"{say.pounds(clear)} a year"
        )


def _of_scenario(end: YearEnd) -> Iterator[str]:
    say, plan = Sentences(end), end.plan
    first, last = plan.years[0], plan.years[-1]
    savings, to_find = (say.pounds(plan.row(row).years[first]) for row in ("savings", "still_to_find"))
    clear = plan.row("yearly_saving_to_clear").years[last]
    more = f", and clearing the deficit by 31 March {last.start + 1} a further {say.pounds(clear)} a year"
    yield (
        f"note that in the scenario {' and '.join(laid_over(end))} the savings counted in {first.on_screen} come to "
        f"{savings}, with {to_find} still to find{more if clear.amount else ''}"
    )
    yield "consider what would be done, were it to come about"
