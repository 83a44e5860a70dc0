"""What each saving comes to by year, as numbers; and how much of it the outturn that a plan starts from holds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from breakeven.ledger.provenance import Source, source_of
from breakeven.ledger.rules import Method
from breakeven.ledger.savings import Delivery, Saving, deliveries_of
from breakeven.ledger.targets import lines_named
from breakeven.ledger.year import Body, ContractYear
from breakeven.money import whole_pounds
from breakeven.monitoring.overrides import overrides_at
from breakeven.periods import MONTHS, Year, months_after, year_of
from breakeven.plan.effects import in_first_year, saved_from, saved_in
from breakeven.plan.model import HELD_SAVINGS, ModelScheme, View

ALL_OF_IT = Decimal(100)

_AS_SOMEBODY_SAYS: frozenset[Method] = frozenset({"budget", "manual"})
"""Methods by which the rest of a year is what it was planned to be, savings and all, or what somebody makes of it."""


@dataclass(frozen=True)
class Standing:
    """How far the savings of a plan's base year are known, and what its outturn holds of them.

    months: how many months of the base year are known: 0 where the plan starts from its budget, 12 once it is over.
    savings: the schemes as the folder has them; no scenario changes what a budget or a forecast holds.
    """

    body: Body
    months: int
    savings: tuple[Saving, ...]
    deliveries: tuple[Delivery, ...] = ()
    by_hand: frozenset[str] = frozenset()
    """The lines whose forecast somebody has set."""

    @classmethod
    def of(cls, year: ContractYear, months: int | None = None) -> "Standing":
        """As the folder has it. months: known of its year, where that is not what is posted."""
        known = year.months_known if months is None else months
        by_hand = frozenset(overrides_at(year, known))
        return cls(year.body, known, year.ledgers.schemes, year.ledgers.deliveries, by_hand)

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

    def method_of(self, saving: Saving) -> Method:
        """How the rest of the year is forecast of what a scheme saves on; the body's own where its lines differ."""
        rules = self.body.month_end
        lines = lines_named(saving.line, self.body)
        own: set[Method] = {"manual" if line in self.by_hand else rules.method_of(line) for line in lines}
        return own.pop() if len(own) == 1 else rules.method

    def goes_on_as_so_far(self, saving: Saving) -> bool:
        """Whether the rest of the year is forecast from what is known so far, whatever is planned from then on."""
        return bool(self.months) and self.method_of(saving) not in _AS_SOMEBODY_SAYS

    def _held(self, saving: Saving) -> Decimal:
        """What a forecast holds of a scheme: what was made so far, and what the forecast of the rest has of it.

            before any month is known: as planned
            rest as budgeted, or by hand: made + planned for the months left
            rest from what is known:      made × 12 / months known: what has not begun is not in it

        made: what is recorded as delivered, or where nobody has recorded it as planned for those months. No less than
        is made and no more than the larger of that and the plan: a saving that is delivered for good is recorded for
        the whole year at once, and is not held twice.
        """
        planned = in_first_year(saving)
        if not self.months:
            return planned
        left = saved_from(months_after(self.base.first_day, self.months), saving)
        made = planned - left if saving.delivered is None else whole_pounds(saving.delivered)
        rest = made * (MONTHS - self.months) / self.months if self.goes_on_as_so_far(saving) else left
        return min(made + whole_pounds(rest), max(made, planned))


@dataclass(frozen=True, slots=True)
class Made:
    """What a scheme delivered, or is forecast to, in one contract year; and the cells that say so."""

    year: Year
    amount: Decimal
    sources: tuple[Source, ...]


def delivered_in(year: Year, saving: Saving, standing: Standing) -> Made | None:
    """What is recorded as delivered in a year, in the register or on the scheme; None where nobody has recorded it."""
    name = f"{saving.ref} {saving.scheme}: delivered"
    entries = deliveries_of(saving, year, standing.deliveries)
    if entries:
        sources = tuple(source_of(each, "amount", f"{name}, {each.evidence}") for each in entries)
        return Made(year, sum((each.amount for each in entries), Decimal(0)), sources)
    if saving.delivered is None or year != year_of(saving.start):
        return None
    return Made(year, saving.delivered, (source_of(saving, "delivered", name),))


def measured_by(saving: Saving, standing: Standing) -> Made | None:
    """What says how much of its plan a scheme makes; None where nobody has said, and it counts as planned.

    Once its first year is over, what it delivered in the last year that is over and for which anything is recorded;
    before that, or where nothing is, its forecast.
    """
    first, last = year_of(saving.start), standing.base.later(-1 if standing.is_running else 0)
    for back in range(last.start - first.start + 1):
        if made := delivered_in(last.later(-back), saving, standing):
            return made
    if saving.forecast is None:
        return None
    source = source_of(saving, "forecast", f"{saving.ref} {saving.scheme}: forecast")
    return Made(first, saving.forecast, (source,))


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
    planned = saved_in(year, saving)
    by = measured_by(saving, standing)
    of = saved_in(by.year, saving) if by else Decimal(0)
    forecast = whole_pounds(planned * by.amount / of) if by and of else planned
    weighted = whole_pounds(forecast * certain_pct(saving, standing) / 100)
    made = delivered_in(year, saving, standing)
    return Amounts(planned, forecast, max(weighted, min(whole_pounds(made.amount), forecast) if made else weighted))


def full_year(saving: Saving) -> Decimal:
    """Pounds that a scheme is planned to save in each year once it saves in full; nil for a one-off."""
    return saving.amount if saving.recurrence == "recurrent" else Decimal(0)


def share_made(saving: Saving, standing: Standing, view: View) -> Fraction:
    """How much of its plan a scheme makes in one view, where 1 is all of it."""
    by = None if view == "planned" else measured_by(saving, standing)
    of = saved_in(by.year, saving) if by else Decimal(0)
    made = Fraction(by.amount) / Fraction(of) if by and of else Fraction(1)
    return made * Fraction(certain_pct(saving, standing)) / 100 if view == "weighted" else made


def lost_to_slippage(year: Year, saving: Saving) -> Decimal:
    """Whole pounds that a scheme saves less in a year for starting later than first planned; negative for more."""
    if saving.planned_start is None:
        return Decimal(0)
    return saved_in(year, saving, saving.planned_start) - saved_in(year, saving)


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
