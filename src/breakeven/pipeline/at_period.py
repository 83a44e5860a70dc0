"""A year as it stands at one period, and as it was said when a period was closed; its variances and accuracy."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import breakeven
from breakeven.ledger.provenance import Figure
from breakeven.ledger.rules import Method
from breakeven.ledger.year import ContractYear
from breakeven.monitoring.accuracy import accuracy, figures_of
from breakeven.monitoring.bridge import Bridge, bridges
from breakeven.monitoring.closed import as_closed, forecast_since
from breakeven.monitoring.demand import Demand, demand
from breakeven.monitoring.grants import grants
from breakeven.monitoring.income import income
from breakeven.monitoring.month_end import MonthEnd, month_end
from breakeven.monitoring.states import Lines, YearLines, in_plan_rows
from breakeven.periods import MONTHS, parse_period
from breakeven.pipeline.marks import Marks
from breakeven.pipeline.year_end import YearEnd, with_figures
from breakeven.plan.movements import movements
from breakeven.plan.savings import saved_by_line


def figures_at(end: YearEnd, at: "AtPeriod") -> Iterator[Figure]:
    """Every figure of money that is worked out for one period, and only when it is asked for. Ids begin ``P09/``."""
    yield from at.result.figures()
    found = income(end.year, at.result.period)
    yield from found.figures()
    for source in grants(end.year, found):
        yield from source.figures()


def with_period(end: YearEnd, at: "AtPeriod") -> YearEnd:
    """The same year with the figures of one period in its book beside those of the year end; demand is by itself."""
    return with_figures(end, figures_at(end, at), at.marks)


def with_demand(end: YearEnd, at: "AtPeriod") -> tuple[YearEnd, Demand]:
    """The demand of one period, and the same year with its figures in its book."""
    found = demand(end.year, at.result)
    marks = Marks(at.marks.published | set(_confirmed(end, found)))
    return with_figures(end, (*at.result.figures(), *found.figures()), marks), found


def _confirmed(end: YearEnd, found: Demand) -> Iterator[str]:
    """The numbers on a month's last night that a published row of Placements by month has too."""
    nights = {"opening": end.year.body.year.later(-1).last_day, "closing": found.at}
    for row in found.rows:
        for column, night in nights.items():
            counted, ours = end.book.get(f"demand/{row.id}/{night:%Y-%m}"), row.figures.get(column)
            if counted and ours and counted.amount == ours.amount and not end.marks.is_illustrative(counted):
                yield ours.id


def with_figure_of_period(end: YearEnd, period: int, wanted: str) -> YearEnd:
    """The same year with the figures of one period that ``wanted`` may be; demand's where no other is."""
    at = at_period(end, period)
    found = with_period(end, at)
    return found if wanted in found.book else with_demand(found, at)[0]


def with_accuracy(end: YearEnd) -> YearEnd:
    """The same year with the figures of its forecasts' accuracy in its book."""
    return with_figures(end, figures_of(accuracy(end.year, end.outturn)), end.marks)


@dataclass(frozen=True)
class AtPeriod:
    """A year as it stands at one period: the month end, and what it is measured against."""

    result: MonthEnd
    closed: int | None
    """The last period that is closed before it; None where none is."""
    marks: Marks

    @property
    def is_beside_year_end(self) -> bool:
        """Whether the year's own figures are others than these: more is posted since."""
        return self.result.period < MONTHS and self.result.period != self.result.year.forecast_at

    def is_illustrative(self, figure: Figure) -> bool:
        """Whether a page must mark a figure of it."""
        return self.marks.is_illustrative(figure)


def at_period(end: YearEnd, period: int, methods: Mapping[str, Method] | None = None) -> AtPeriod:
    """Work out one period of a year. ``methods``: as ``month_end`` takes them."""
    before = max((close for close in end.year.closes if close.period < period), key=lambda c: c.period, default=None)
    result = month_end(end.year, end.outturn, period, methods, before.forecasts if before else None)
    return AtPeriod(result, before.period if before else None, Marks(_published_at(end, result)))


def as_of(year: ContractYear, period: int) -> AtPeriod | None:
    """A closed period as it was said then, whatever its inputs have become; None where it is not closed."""
    for close in year.closes:
        if close.period == period:
            return AtPeriod(as_closed(close), close.since, Marks(frozenset(close.told["published"])))
    return None


def _published_at(end: YearEnd, result: MonthEnd) -> frozenset[str]:
    """What a month end has that comes to a figure of the year, in the same row, that rests on no illustrative cells."""
    return end.published | {
        row.figures[column].id
        for row in result.all_rows
        for column, of_year in (_UNDER_WAY if result.period < MONTHS else _ENDED).items()
        if column in row.figures
        and (same := end.book.get(f"outturn/{row.id}/{of_year}"))
        and row.figures[column].amount == same.amount
        and not end.marks.is_illustrative(same)
    }


_UNDER_WAY = {"forecast": "budget"}
_ENDED = {"actual": "actual", "forecast": "actual", "variance": "variance"}
"""The columns of a month end that come to one of the outturn's before the year's end, and at it."""


STATES = ("budget", "revised", "last-year", "outturn", "plan")
"""What a variance can be between, besides the forecast at any period, ``P01`` to ``P13``."""


def variance_sides(end: YearEnd, before: str, after: str) -> tuple[Lines, Lines]:
    """The lines of two states of a year by their names, made alike so that they can be held against each other.

    Raises ValueError where a name is neither one of ``STATES`` nor a period.
    """
    lines = YearLines(end.year, end.outturn, saved_by_line(end.programme, end.year.body.chart))
    sides = {name: _lines_of(end, lines, name) for name in dict.fromkeys((before, after))}
    if "plan" in sides:
        sides = {name: side if name == "plan" else in_plan_rows(side) for name, side in sides.items()}
    return sides[before], sides[after]


def _lines_of(end: YearEnd, lines: YearLines, name: str) -> Lines:
    if name == "plan":
        first = end.plan.years[0]
        return lines.as_planned({row.id: row.years[first] for row in end.plan.rows}, movements(end.plan))
    fixed = {
        "budget": lines.as_budgeted,
        "revised": lines.as_revised,
        "last-year": lines.as_last_year,
        "outturn": lines.as_spent,
    }
    if name in fixed:
        return fixed[name]()
    period = parse_period(name)
    rows = at_period(end, period).result.all_rows
    return lines.as_forecast(period, {row.id: row.figures["forecast"] for row in rows})


def with_variance(end: YearEnd, before: str, after: str) -> YearEnd:
    """The same year with the figures of one variance in its book. Raises ValueError as ``variance_sides`` does."""
    return with_bridged(end, bridges(*variance_sides(end, before, after)))


def with_bridged(end: YearEnd, found: Bridge) -> YearEnd:
    """The same year with the figures of a bridge in its book; what the outturn states too is as published as there."""
    published = {
        figure.id
        for total in (*found.lines, *found.categories, found.income, found.expenditure, found.position)
        for figure in (total.before, total.after, total.change)
        if figure.id not in end.book and _is_stated(end, total.id, figure)
    }
    return with_figures(end, found.figures(), Marks(end.published | published))


def _is_stated(end: YearEnd, row_id: str, figure: Figure) -> bool:
    """Whether the outturn has the same amount in the same row, and it rests on no illustrative cells there.

    A forecast is held against the budget alone, as a month end holds it.
    """
    columns = ("budget", "actual", "variance") if figure.id.startswith("variance/") else _UNDER_WAY.values()
    stated = (end.book.get(f"outturn/{row_id}/{column}") for column in columns)
    same = next((each for each in stated if each and each.amount == figure.amount), None)
    return same is not None and not end.marks.is_illustrative(same)


def closed_forecasts_moved(end: YearEnd) -> list[str]:
    """The closed periods whose forecast would come out otherwise from today's inputs, in words."""
    said = (forecast_since(close, end.year, end.outturn, breakeven.__version__) for close in end.year.closes)
    return [each for each in said if each]
