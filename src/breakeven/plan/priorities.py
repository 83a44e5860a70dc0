"""Savings targets for a year by strategic priority: what is identified, what must be found beyond it, and their sum."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches

from breakeven.ledger.changes import Span
from breakeven.ledger.chart import slug
from breakeven.ledger.targets import FURTHER_SAVING
from breakeven.periods import Year
from breakeven.plan.goals import Goal
from breakeven.plan.levers import saving_lever
from breakeven.plan.model import BESIDE_THE_SCHEMES, NIL, ModelScheme
from breakeven.plan.setting import Setting
from breakeven.plan.shares import Bearer, shared
from breakeven.plan.sharing import Sharing
from breakeven.plan.solve import Solution, solve


@dataclass(frozen=True, slots=True)
class PriorityTarget:
    """One priority in one year, in whole pounds. further: its share of what must be found beyond what is counted."""

    priority: str
    planned: Decimal
    counted: Decimal
    further: Decimal

    @property
    def target(self) -> Decimal:
        """What it is to save in all."""
        return self.counted + self.further


@dataclass(frozen=True, slots=True)
class Targets:
    """The savings targets of one year. solution: the further saving that they share out, a full year's.

    left: pounds that no priority can bear under its cap. The priorities' further sums and what is left come to what the
    further saving is in the year.
    """

    year: Year
    solution: Solution
    rows: tuple[PriorityTarget, ...]
    left: Decimal

    @property
    def is_met(self) -> bool:
        """Whether the goal is reached with them: a saving can do it, and the priorities can bear it."""
        return self.solution.is_reached and not self.left

    @property
    def total(self) -> PriorityTarget:
        """The sum of the priorities."""
        columns = ([getattr(row, name) for row in self.rows] for name in ("planned", "counted", "further"))
        return PriorityTarget("", *(sum(column, NIL) for column in columns))


NO_PRIORITY = {FURTHER_SAVING: "Further saving of the scenario"}


def targets_by_priority(setting: Setting, goal: Goal, span: Span, sharing: Sharing | None = None) -> Targets:
    """Share the further saving that a goal takes among the priorities of the body, in its own order.

    The targets are of the first year in which the saving counts, pro rata to what each priority has planned where
    nothing else is said, alike where none has planned anything. Savings are counted as the setting has them. Raises
    ValueError where what was typed cannot be so, OpenPlanError where the year is open.
    """
    solution = solve(setting, goal, saving_lever(setting, span))
    place = setting.basis.years.index(span[0])
    further = solution.solved.savings[place] - solution.base.savings[place]
    schemes = setting.as_is.schemes
    beside = [each for each in schemes if each.ref in BESIDE_THE_SCHEMES]
    named = [*setting.basis.year.body.priorities, *(each.priority for each in schemes if each not in beside)]
    under = {name: [each for each in schemes if each.priority == name] for name in dict.fromkeys(named)}
    planned = {name: _sum(own, place) for name, own in under.items()}
    parts = [Bearer(slug(name), name, planned[name]) for name in under]
    if sharing is None:
        sharing = Sharing("pro-rata" if any(amount > 0 for amount in planned.values()) else "even")
    shares = shared(further, sharing.bearers(parts, lambda name: _named(name, parts)) if parts else ())
    rows = [
        PriorityTarget(name, planned[name], _sum(own, place, setting), share)
        for (name, own), share in zip(under.items(), shares.amounts, strict=True)
    ]
    rows += [
        PriorityTarget(NO_PRIORITY.get(each.ref, each.label), each.planned[place], each.planned[place], NIL)
        for each in beside
    ]
    return Targets(span[0], solution, tuple(rows), shares.left)


def _sum(schemes: Sequence[ModelScheme], place: int, setting: Setting | None = None) -> Decimal:
    """What some schemes save in one year: as planned, or as a setting counts them."""
    return sum((each.saved(setting.view if setting else "planned")[place] for each in schemes), NIL)


def _named(name: str, parts: Sequence[Bearer]) -> list[str]:
    known = [each.id for each in parts]
    if slug(name) in known:
        return [slug(name)]
    near = get_close_matches(slug(name), known, n=1)
    labels = {each.id: each.label for each in parts}
    raise ValueError(f"no priority is called {name!r}" + (f"; did you mean {labels[near[0]]!r}?" if near else ""))
