"""What the folder says is uncertain, as the simulation takes it: which figures of the plan each row moves, and how."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from breakeven.ledger.chart import slug
from breakeven.ledger.targets import INCOME_LINES, label_of, lines_named
from breakeven.ledger.uncertain import CorrelationPair, UncertainAssumption
from breakeven.ledger.year import Body
from breakeven.plan.basis import Basis
from breakeven.plan.bounded import Pert, Triangular, Uniform
from breakeven.plan.correlation import Correlation
from breakeven.plan.distributions import Discrete, Distribution, Fixed, History, LogNormal, Normal
from breakeven.plan.model import Model
from breakeven.plan.uncertainty import Delivery, Demand, Figure, Target, Uncertain, Uncertainty


class UncertainError(ValueError):
    """A row of Uncertainty that the plan has no figure for; the message says which and why."""


def uncertainty_of(found: Basis, plan: Model) -> Uncertainty:
    """All that the folder says may turn out otherwise, and that each saving after the base year may fail.

    A saving is delivered with the chance of its confidence, as forecast, or not at all; so that on average it comes to
    its weighted amount. Raises UncertainError for a row without a figure to move, ValueError where correlations
    contradict each other.
    """
    rows = found.year.ledgers.uncertainty
    return Uncertainty(
        inputs=tuple(_inputs(found, plan, rows)),
        savings=tuple(
            Delivery(_id(scheme.ref), f"{scheme.ref} delivered", place, scheme.confidence_pct)
            for place, scheme in enumerate(plan.schemes)
            if not scheme.is_earlier
        ),
        demand=tuple(_demands(found, rows)),
        correlation=_correlation(rows, found.year.ledgers.correlations),
    )


def _id(ref: str) -> str:
    return slug(ref) or ref


def _label(row: UncertainAssumption, body: Body) -> str:
    return f"{row.ref} {label_of(row.line, body)} {row.what}"


def _inputs(found: Basis, plan: Model, rows: Sequence[UncertainAssumption]) -> Iterator[Uncertain]:
    for row in rows:
        if row.what != "number":
            yield Uncertain(
                _id(row.ref),
                _label(row, found.year.body),
                distribution_of(row),
                _target(found, plan, row),
                row.drawn == "each year",
            )


def _target(found: Basis, plan: Model, row: UncertainAssumption) -> Target:
    named = lines_named(row.line, found.year.body)
    is_income = any(line in INCOME_LINES for line in named)
    ids = [line.id for line in (plan.income if is_income else plan.expenditure)]
    places = tuple(ids.index(line) for line in named if line in ids)
    if not places:
        raise UncertainError(f"{row.ref}: no line of the plan is called {row.line!r}")
    return Target("income" if is_income else "expenditure", _figure(row), places, row.how)


def _figure(row: UncertainAssumption) -> Figure:
    """The figure of the plan that a row moves: a factor on an amount is borne by each year, and not carried on."""
    if row.what == "inflation":
        return "inflation"
    if row.what == "growth":
        return "growth"
    return {"add": "pressures", "multiply": "in_year", "set": "stated"}[row.how]  # pyright: ignore[reportReturnType]


def _demands(found: Basis, rows: Sequence[UncertainAssumption]) -> Iterator[Demand]:
    places = {start.id: place for place, start in enumerate(found.expenditure)}
    for row in rows:
        if row.what != "number":
            continue
        line = lines_named(row.line, found.year.body)[0]
        numbers = found.moves[line].numbers if line in places else ()
        expected = [float(number) for number in numbers if number]
        if not expected or len(expected) < len(found.years):
            raise UncertainError(
                f"{row.ref}: {row.line!r} has no number of placements or posts in each year of the plan"
            )
        yield Demand(
            id=_id(row.ref),
            label=_label(row, found.year.body),
            line=places[line],
            expected=tuple(expected),
            by_chance=row.by_chance == "yes",
            out_of=None if row.out_of is None else int(row.out_of),
            rate=None if row.distribution == "none" else distribution_of(row),
            rate_each_year=row.drawn == "each year",
        )


def distribution_of(row: UncertainAssumption) -> Distribution:
    """The distribution that a row says. Raises UncertainError where its numbers make no sense."""
    cases = row.weighted_cases()
    values = tuple(float(value) for value, _ in cases)
    low, likely, high, sd = (
        float(each) if each is not None else 0.0 for each in (row.low, row.likely, row.high, row.sd)
    )
    made: dict[str, Callable[[], Distribution]] = {
        "normal": lambda: Normal(likely, sd),
        "lognormal": lambda: LogNormal(likely, sd),
        "triangular": lambda: Triangular(low, likely, high),
        "pert": lambda: Pert(low, likely, high),
        "uniform": lambda: Uniform(low, high),
        "discrete": lambda: Discrete(values, tuple(float(weight) for _, weight in cases)),
        "history": lambda: History(values),
        "none": lambda: Fixed(1.0),
    }
    try:
        return made[row.distribution]()
    except ValueError as error:
        raise UncertainError(f"{row.ref}: {error}") from None


def _correlation(rows: Sequence[UncertainAssumption], pairs: Sequence[CorrelationPair]) -> Correlation | None:
    """The pairs as a matrix; those that no pair names are not correlated. The rate of a number moves with others."""
    if not pairs:
        return None
    ids = {_id(row.ref): f"{_id(row.ref)}.rate" if row.what == "number" else _id(row.ref) for row in rows}
    named = list(dict.fromkeys(ids.get(_id(ref), ref) for pair in pairs for ref in (pair.one, pair.other)))
    matrix = np.eye(len(named))
    for pair in pairs:
        i, j = (named.index(ids.get(_id(ref), ref)) for ref in (pair.one, pair.other))
        matrix[i, j] = matrix[j, i] = float(pair.value)
    return Correlation(tuple(named), matrix)
