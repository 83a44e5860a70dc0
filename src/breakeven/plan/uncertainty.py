"""What of a plan is uncertain: its assumptions, whether its savings are delivered, and how many children there are."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from breakeven.plan.correlation import Correlation
from breakeven.plan.distributions import Distribution
from breakeven.plan.projection import Flows, Lines

Side = Literal["income", "expenditure"]
Figure = Literal["base", "growth", "inflation", "stated", "in_year", "steps", "pressures"]
"""A field of ``projection.Lines``."""
How = Literal["add", "multiply", "set"]


@dataclass(frozen=True, slots=True)
class Target:
    """The figures of the plan that an input moves, all of them by the same value.

    lines: places on their side. years: places, None for every year; a base has no year. how:

        add       growth and inflation by percentage points, 1.5 making 1.035 into 1.05; all else by pounds
        multiply  the figure by a factor; growth and inflation as factors, 1.02 making 1.035 into 1.0557
        set       instead of what is planned, in the units of add, 3.5 making 1.035; a sum not stated becomes so

    A price is the inflation of its line, multiplied by new price over old. The contract sum is the stated sum of its
    line of income. Of several inputs that move one figure, each moves what those listed before it have left.
    """

    side: Side
    figure: Figure
    lines: tuple[int, ...]
    how: How
    years: tuple[int, ...] | None = None

    def years_of(self, count: int) -> Sequence[int]:
        """The places of the years it moves, of a plan of ``count`` years; for a base, which has none, 0."""
        if self.figure == "base":
            return (0,)
        return range(count) if self.years is None else self.years


@dataclass(frozen=True, slots=True)
class Uncertain:
    """One uncertain input. each_year: a draw of its own for each year, where otherwise one draw lasts for all."""

    id: str
    label: str
    distribution: Distribution
    target: Target
    each_year: bool = False

    def __post_init__(self) -> None:
        if self.target.figure == "base" and (self.each_year or self.target.years is not None):
            raise ValueError(f"{self.label}: a base is that of the year before the plan and has no years")


@dataclass(frozen=True, slots=True)
class Delivery:
    """Whether a saving is delivered: once for the scheme, the same in all its years.

    scheme: its place among the flows' savings. confidence_pct: the chance that it saves what the flows say. part_pct:
    the part of it that is saved where it is not delivered in full, in whole pounds by year.
    """

    id: str
    label: str
    scheme: int
    confidence_pct: Decimal
    part_pct: Decimal = Decimal(0)

    def __post_init__(self) -> None:
        for percent in (self.confidence_pct, self.part_pct):
            if not 0 <= percent <= 100:
                raise ValueError(f"{self.label}: {percent:f}% is not between 0 and 100")

    @property
    def varies(self) -> bool:
        """Whether chance has a say."""
        return 0 < self.confidence_pct < 100 and self.part_pct != 100


@dataclass(frozen=True, slots=True)
class Demand:
    """How far the number behind a line of expenditure, such as children in residential care, may differ from plan.

    The line's year bears number / expected number of what is planned; the years after start again from the plan.

        expected[t] × rate        what the number is on average: nobody knows the rate for certain
        number[t]                 scattered round that by chance, even at a known rate

    expected: the planned number by year, above nil. rate: a factor near 1, such as LogNormal(1, 0.1), one for all years
    unless ``rate_each_year``; below nil it counts as nil; None where it is known. by_chance: whether the number
    scatters, each year apart: as Poisson, as numbers do where children come and go independently, or as binomial where
    there are only ``out_of`` of them, such as a team's posts. The spread of the two is reported apart, as ``id.rate``
    and ``id.chance``.
    """

    id: str
    label: str
    line: int
    expected: tuple[float, ...]
    by_chance: bool = True
    out_of: int | None = None
    rate: Distribution | None = None
    rate_each_year: bool = False

    def __post_init__(self) -> None:
        if not min(self.expected, default=0) > 0:
            raise ValueError(f"{self.label}: an expected number must be above nil")
        if self.out_of is not None and max(self.expected) > self.out_of:
            raise ValueError(f"{self.label}: {max(self.expected):g} are expected, out of only {self.out_of}")

    @property
    def rate_id(self) -> str:
        """What its rate is known by in a correlation and in the shares of the spread."""
        return f"{self.id}.rate"

    @property
    def chance_id(self) -> str:
        """What its scatter is known by in the shares of the spread."""
        return f"{self.id}.chance"


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """All that may turn out otherwise. Raises ValueError where two inputs share an id or a correlation does not fit."""

    inputs: tuple[Uncertain, ...] = ()
    savings: tuple[Delivery, ...] = ()
    demand: tuple[Demand, ...] = ()
    correlation: Correlation | None = None

    def __post_init__(self) -> None:
        known = dict(self._known())
        for each, times in Counter(each for each, _ in self._known()).items():
            if times > 1:
                raise ValueError(f"two uncertain inputs have the id {each}")
        if len({each.line for each in self.demand}) < len(self.demand):
            raise ValueError("two demands move one line; a line has one number behind it")
        if self.correlation is None:
            return
        ids, matrix = self.correlation.ids, self.correlation.matrix
        for i, first in enumerate(ids):
            if first not in known:
                raise ValueError(f"the correlation names {first}, which is not an uncertain input")
            for j, second in enumerate(ids[:i]):
                if matrix[i, j] and known[first] != known[second]:
                    raise ValueError(
                        f"{second} and {first} cannot be correlated: one is drawn for each year, the other once for all"
                    )

    def _known(self) -> Iterator[tuple[str, bool]]:
        """The id of everything with a score, and whether it has one for each year."""
        yield from ((each.id, False) for each in self.savings)
        yield from ((each.rate_id, each.rate_each_year) for each in self.demand if each.rate is not None)
        yield from ((each.id, each.each_year) for each in self.inputs)

    def labels(self) -> Iterator[tuple[str, str]]:
        """The id and label of everything that has a share of the spread, in order; a demand's rate and chance apart."""
        yield from ((each.id, each.label) for each in self.inputs)
        for each in self.demand:
            if each.rate is not None:
                yield each.rate_id, f"{each.label}: rate"
            if each.by_chance:
                yield each.chance_id, f"{each.label}: chance"
        yield from ((each.id, each.label) for each in self.savings)

    def check(self, flows: Flows) -> None:
        """Raise ValueError where an input is about a line, a scheme or a year that the flows have not."""
        schemes, years = flows.savings.shape[1:]
        for each in self.inputs:
            _check_target(each.label, each.target, getattr(flows, each.target.side), years)
        for saving in self.savings:
            if not 0 <= saving.scheme < schemes:
                raise ValueError(f"{saving.label} is not among the plan's {schemes} savings")
        for demand in self.demand:
            if not 0 <= demand.line < flows.expenditure.base.shape[1] or len(demand.expected) != years:
                raise ValueError(f"{demand.label} needs a line of expenditure and an expected number for {years} years")


def _check_target(label: str, target: Target, lines: Lines, years: int) -> None:
    count = lines.base.shape[1]
    if not all(0 <= line < count for line in target.lines):
        raise ValueError(f"{label} moves a line of {target.side} that is not among its {count}")
    chosen = target.years_of(years)
    if not all(0 <= year < years for year in chosen):
        raise ValueError(f"{label} moves a year that is not among the plan's {years}")
    stated = lines.is_stated[0][list(target.lines)][:, list(chosen)]
    if target.figure == "stated" and target.how != "set" and not stated.all():
        raise ValueError(f"{label} moves the stated sum of a year that has none; set it instead")
