"""Where a lever stands in a plan, what it was moved from and to, and how far: in words, for the screen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from breakeven.findings import visible
from breakeven.ledger.changes import Span, name_and_what
from breakeven.ledger.chart import slug
from breakeven.ledger.savings import Saving
from breakeven.ledger.scenarios import OF_THE_WHOLE
from breakeven.ledger.targets import FURTHER_SAVING
from breakeven.pipeline.year_end import YearEnd
from breakeven.plan.named_levers import values_held
from breakeven.plan.overlays import further_saving, overlaid_savings
from breakeven.plan.setting import Setting
from breakeven.report.figures import amount_text, number_text
from breakeven.whatif.levers import RATES, Lever, lever_called, read
from breakeven.whatif.starts import month_of
from breakeven.whatif.state import State


@dataclass(frozen=True, slots=True)
class Stands:
    """Where a lever stands in a plan: of each line or saving it moves, what that has in each year that counts.

    said: in words, where it is no figure of a year.
    """

    lever: Lever
    years: tuple[tuple[Decimal | None, ...], ...] = ()
    said: str = ""

    @property
    def first(self) -> Decimal | None:
        """What it is in the first year, where that is one number."""
        firsts = {year[0] for year in self.years[:1] if len(set(year)) == 1}
        return firsts.pop() if firsts else None

    @property
    def in_short(self) -> str:
        """A number, price or sum of the first year; of a rate the range of its years; blank where nothing is said."""
        if self.lever.what not in RATES or self.said:
            return self.said or (self._figure(self.first) if self.first is not None else "")
        return self._range([value for year in self.years for value in year])

    @property
    def by_year(self) -> str:
        """A rate year by year, where the years differ; else as in short."""
        each = [self._range(year) or "in pounds" for year in self.years]
        return ", ".join(each) if self.lever.what in RATES and len(set(each)) > 1 else self.in_short

    def _range(self, values: Sequence[Decimal | None]) -> str:
        known = sorted({value for value in values if value is not None})
        if len(known) < 2:
            return self._figure(known[0]) if known else ""
        low, high = (number_text(round(each, 2)) for each in (known[0], known[-1]))
        return f"{low}–{high}%" if known[0] >= 0 else f"{low}% to {high}%"

    def _figure(self, value: Decimal) -> str:
        if self.lever.what in {"price", "amount"}:
            return f"£{amount_text(value)}"
        return f"{number_text(round(value, 2))}{'' if self.lever.what == 'number' else '%'}"


def stands(lever: Lever, setting: Setting, span: Span) -> Stands:
    """What a plan has of a lever in the years that count."""
    name, _ = name_and_what(lever.id)
    if lever.id == f"{FURTHER_SAVING}.amount":
        sums = further_saving(setting.overlays, setting.basis.years) or (Decimal(0),)
        return Stands(lever, ((sums[0],),))
    if lever.what in {"start", "amount"} and (scheme := _scheme(name, setting)):
        starts = f"{scheme.start:%b %Y}" if lever.what == "start" else ""
        return Stands(lever, ((scheme.amount,),), starts)
    try:
        held = values_held(lever.id, setting)
    except ValueError:
        return Stands(lever)
    if lever.what not in RATES and len(held) > 1:
        return Stands(lever)
    years = setting.places(span[0])
    return Stands(lever, tuple(tuple(values[place] for values in held) for place in years))


def _scheme(ref: str, setting: Setting) -> Saving | None:
    """A saving as its scenario changes it; None where no single one is called so."""
    year = setting.basis.year
    savings = overlaid_savings(year.ledgers.savings, setting.overlays, year.body)
    return next((each for each in savings if slug(each.ref) == slug(ref)), None)


def understood(state: State, levers: Mapping[str, Lever], plans: tuple[Setting, Setting], span: Span) -> str:
    """What a question was taken for: ``Residential 60.33 → 65.33; pay inflation 2–3.5% → 4%; from April 2024``.

    plans: as it stands, and changed. Of what falls by more than half it is said how something is added instead.
    """
    if not state.changes:
        return f"Changes count from {month_of(*span[:2])}" if state.since else ""
    parts = [_moved(lever_called(lever_id, levers), said, plans, span) for lever_id, said in state.changes]
    if any(name_and_what(lever_id)[1] not in OF_THE_WHOLE for lever_id, _ in state.changes):
        parts.append(f"from {month_of(*span[:2])}")
    if state.scenario and any(said[:1] not in "+-−x×" for _, said in state.changes):
        parts.append(f"what is set takes the place of what {visible(state.scenario)} has")
    found = "; ".join(parts)
    return found[:1].upper() + found[1:]


def _moved(lever: Lever, said: str, plans: tuple[Setting, Setting], span: Span) -> str:
    was, now = (stands(lever, plan, span) for plan in plans)
    if not now.in_short or not was.in_short:
        return f"{lever.short} {said}"
    is_less = was.first and now.first is not None and lever.what not in RATES and 2 * now.first < was.first
    caution = f" (set to less than half; +{said} would add)" if is_less and said[:1] in "£0123456789" else ""
    return f"{lever.short} {was.in_short} → {now.in_short}{caution}"


def steps_away(lever: Lever, said: str, setting: Setting, end: YearEnd, span: Span) -> int:
    """How many steps a lever is from where the plan has it, to place its handle; at least one where it says anything.

    Raises ValueError where what it says is not read.
    """
    if not said:
        return 0
    change = read(lever, said, end, span)
    if change.how == "add":
        away, step = change.value, lever.step
    elif change.how == "multiply":
        away, step = change.value - 1, Decimal("0.01")
    else:
        away, step = change.value - (stands(lever, setting, span).first or Decimal(0)), lever.step
    return int(away / step) or (1 if away >= 0 else -1)
