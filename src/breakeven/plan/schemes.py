"""What each saving comes to by year, as numbers; and how much of it the outturn that a plan starts from holds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Literal

from breakeven.ledger.savings import Saving
from breakeven.ledger.year import Body, ContractYear
from breakeven.money import whole_pounds
from breakeven.periods import MONTHS, Year, months_after, year_of
from breakeven.plan.effects import effect_in, in_first_year
from breakeven.plan.model import HELD_SAVINGS, ModelScheme

ALL_OF_IT = Decimal(100)


@dataclass(frozen=True)
class Standing:
    """How far the savings of a plan's base year are known, and what its outturn holds of them.

    months: how many months of the base year are known: 0 where the plan starts from its budget, 12 once it is over.
    savings: the schemes as the folder has them; no scenario changes what a budget or a forecast holds.
    """

    body: Body
    months: int
    savings: tuple[Saving, ...]

    @classmethod
    def of(cls, year: ContractYear, months: int | None = None) -> "Standing":
        """As the folder has it. months: known of its year, where that is not what is posted."""
        return cls(year.body, year.months_known if months is None else months, year.ledgers.savings)

    @property
    def base(self) -> Year:
        """The year that the plan starts from."""
        return self.body.year

    @property
    def is_running(self) -> bool:
        """Whether the base year goes on: what its own schemes come to is not known yet."""
        return self.months < MONTHS

    def is_settled(self, saving: Saving) -> bool:
        """Whether a scheme's first year is over: what it delivered then is what it goes on to save."""
        return year_of(saving.start) < self.base.later(0 if self.is_running else 1)

    def counts_in(self, saving: Saving, year: Year) -> bool:
        """Whether the programme of a year counts a scheme.

        The base year's own schemes count in the base year. A later year counts those whose saving no outturn holds:
        those begun after the base year, and while that goes on its own as well.
        """
        first = year_of(saving.start)
        return first == self.base if year == self.base else first <= year and not self.is_settled(saving)

    @cached_property
    def held(self) -> Mapping[str, Decimal]:
        """What the base year's budget or forecast holds of each of its own schemes while it goes on, by reference."""
        own = (each for each in self.savings if self.counts_in(each, self.base))
        return {each.ref: self._held(each) for each in own} if self.is_running else {}

    def _held(self, saving: Saving) -> Decimal:
        """As planned; once months are known, what is recorded as delivered and then as planned, where that is less.

        A saving that is delivered for good is recorded for the whole year at once: it is not held twice.
        """
        planned = in_first_year(saving)
        if saving.delivered is None or not self.months:
            return planned
        made = whole_pounds(saving.delivered)
        left = planned_from(months_after(self.base.first_day, self.months), saving)
        return min(made + left, max(made, planned))


def planned_from(day: date, saving: Saving) -> Decimal:
    """Whole pounds that a scheme is planned to save in the rest of its first year, from the month of a day on."""
    first, recurrent = year_of(saving.start), saving.recurrence == "recurrent"
    if not recurrent and saving.start < day:
        return Decimal(0)
    return effect_in(first, saving.amount, max(saving.start, day), recurrent=recurrent)


@dataclass(frozen=True, slots=True)
class Amounts:
    """What one scheme comes to in one contract year, in whole pounds."""

    planned: Decimal
    forecast: Decimal
    weighted: Decimal


def confidence_of(saving: Saving, body: Body) -> Decimal:
    """Per cent of a scheme's forecast that is counted on: its own, or that of its status."""
    if saving.confidence_pct is not None:
        return saving.confidence_pct
    return body.confidence_pct.get(saving.status, ALL_OF_IT)


def certain_pct(saving: Saving, standing: Standing) -> Decimal:
    """Per cent of a scheme's forecast that counts as weighted: all of it once its first year is over."""
    return ALL_OF_IT if standing.is_settled(saving) else confidence_of(saving, standing.body)


def amounts_in(year: Year, saving: Saving, standing: Standing) -> Amounts:
    """What a scheme is planned to save in ``year``, what it is forecast to, and how much of that is counted on.

    What is delivered already of a first year that goes on is counted on, so far as the forecast has it.
    """
    recurrent = saving.recurrence == "recurrent"
    planned = effect_in(year, saving.amount, saving.start, recurrent=recurrent)
    first = in_first_year(saving)
    expected = [getattr(saving, field) for field in expected_from(saving, standing)]
    forecast = whole_pounds(planned * expected[0] / first) if expected and first else planned
    weighted = whole_pounds(forecast * certain_pct(saving, standing) / 100)
    made = whole_pounds(saving.delivered or 0) if year == year_of(saving.start) else Decimal(0)
    return Amounts(planned, forecast, max(weighted, min(made, forecast)))


def expected_from(saving: Saving, standing: Standing) -> Sequence[Literal["delivered", "forecast"]]:
    """The field that says what a scheme's first year comes to: none where nobody has, and it counts as planned."""
    if standing.is_settled(saving) and saving.delivered is not None:
        return ("delivered",)
    return () if saving.forecast is None else ("forecast",)


def model_schemes(savings: Iterable[Saving], standing: Standing, years: Sequence[Year]) -> tuple[ModelScheme, ...]:
    """The schemes as numbers: of one whose first year is over counts, in every view, what changes after the base year.

    Last, where the base year goes on, what its budget or forecast holds of its own schemes: each later year has it in
    its lines already, however sure it is.
    """
    schemes = tuple(_model_scheme(saving, standing, years) for saving in savings)
    if not standing.held:
        return schemes
    taken = tuple(-sum(standing.held.values(), Decimal(0)) for _ in years)
    return (*schemes, ModelScheme.certain(HELD_SAVINGS, held_label(standing.base), taken, is_earlier=True))


def held_label(base: Year) -> str:
    """What a page calls the savings that the base year's budget or forecast holds."""
    return f"Savings of {base.on_screen} held in the base"


def _model_scheme(saving: Saving, standing: Standing, years: Sequence[Year]) -> ModelScheme:
    found = [amounts_in(year, saving, standing) for year in years]
    settled = standing.is_settled(saving)
    held = amounts_in(standing.base, saving, standing).forecast if settled else Decimal(0)
    forecast = tuple(each.forecast - held for each in found)
    return ModelScheme(
        ref=saving.ref,
        label=saving.scheme,
        line=saving.line,
        priority=saving.priority,
        is_earlier=settled,
        planned=forecast if settled else tuple(each.planned for each in found),
        forecast=forecast,
        weighted=forecast if settled else tuple(each.weighted for each in found),
        confidence_pct=certain_pct(saving, standing),
    )
