"""What a saving, a sum, a price, a number or a rate must be for a plan to reach a goal; or how near it comes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction
from itertools import pairwise
from math import ceil
from typing import Literal

from breakeven.ledger.scenarios import Overlay
from breakeven.ledger.targets import OverlayError
from breakeven.periods import Year
from breakeven.plan.goals import Goal
from breakeven.plan.levers import Lever
from breakeven.plan.model import NIL, Balances
from breakeven.plan.setting import OpenPlanError, Setting

Outcome = Literal["reached", "met already", "no effect", "out of reach"]

SAMPLES = 16
"""Into how many parts a lever's range is cut, to see whether more of it is always better or always worse."""


@dataclass(frozen=True, slots=True)
class Solution:
    """What one lever must be for a goal to be reached, and what the plan then comes to.

    outcome: ``reached`` by this value and not by the step before it; ``met already``, however unfavourable the lever
    is; ``out of reach``, and this value comes nearest; ``no effect`` where all values give the same. over: pounds
    beyond the goal at the value, negative where it falls short. runs_one_way: whether more of it is always better, or
    always worse; if not, other values may reach the goal too.
    """

    goal: Goal
    lever: Lever
    years: tuple[Year, ...]
    outcome: Outcome
    value: Decimal
    over: Decimal
    base: Balances
    solved: Balances
    overlays: tuple[Overlay, ...]
    runs_one_way: bool

    @property
    def is_reached(self) -> bool:
        """Whether the plan reaches the goal with it."""
        return self.over >= 0

    @property
    def given(self) -> Decimal | None:
        """Pounds by which the value brings the goal nearer; None where the plan was open without it."""
        before, after = (self.goal.measured(each, self.years) for each in (self.base, self.solved))
        return None if before is None or after is None else after - before


def solve(setting: Setting, goal: Goal, lever: Lever) -> Solution:
    """The least favourable value of a lever, among the whole numbers of its step, with which a plan reaches a goal.

    Every value is tried on the plan's own exact numbers: what is found reaches the goal, and one step less does not.
    Raises OpenPlanError where the goal's year is open, OverlayError where the lever cannot be applied.
    """
    return _Search(setting, goal, lever).solution()


@dataclass(frozen=True)
class _Search:
    """Tries the values of a lever, each known by how many steps it is."""

    setting: Setting
    goal: Goal
    lever: Lever
    tried: dict[int, Decimal] = field(default_factory=dict[int, Decimal])

    def solution(self) -> Solution:
        """Look over the whole range, then close in on where the goal is first reached."""
        places = self._places()
        if len(places) == 1:
            return self._at(places[0], "met already" if self.over(places[0]) >= 0 else "out of reach")
        if not self._runs_one_way(places):
            return self._either_way(places)
        worst, best = places[0], places[-1]
        if self.over(worst) > self.over(best):
            worst, best = best, worst
        if self.over(best) == self.over(worst):
            return self._at(worst, "no effect")
        if self.over(worst) >= 0:
            return self._at(worst, "met already")
        if self.over(best) < 0:
            return self._at(best, "out of reach")
        return self._at(self._least(worst, best), "reached")

    def over(self, place: int) -> Decimal:
        """Pounds by which the plan is beyond the goal at one value."""
        if place not in self.tried:
            found = self.setting.model(self.lever.overlays(place * self.lever.step))
            measured = self.goal.measured(found.balances(), found.years)
            if measured is None:
                raise OpenPlanError(found)
            self.tried[place] = measured - self.goal.amount
        return self.tried[place]

    def _places(self) -> list[int]:
        """The ends of the range that the plan can have, and places spread evenly between them."""
        lever = self.lever
        low = int((lever.low / lever.step).to_integral_value(ROUND_CEILING))
        high = max(low, int((lever.high / lever.step).to_integral_value(ROUND_FLOOR)))
        start = min(max(int(lever.start / lever.step), low), high)
        low, high = self._furthest(start, low), self._furthest(start, high)
        return sorted({low + (high - low) * part // SAMPLES for part in range(SAMPLES + 1)})

    def _furthest(self, sure: int, end: int) -> int:
        """The place nearest an end that the plan can have. Raises OverlayError where not even the sure one can be."""
        if self._can_be(end):
            return end
        self.over(sure)
        while abs(end - sure) > 1:
            place = (sure + end) // 2
            sure, end = (place, end) if self._can_be(place) else (sure, place)
        return sure

    def _can_be(self, place: int) -> bool:
        try:
            self.over(place)
        except OverlayError:
            return False
        return True

    def _runs_one_way(self, places: Sequence[int]) -> bool:
        """Whether the goal only comes nearer, or only goes further, but for the pounds that lines are rounded to."""
        rounding = len(self.setting.amounts) * len(self.setting.basis.years)
        moves = [self.over(b) - self.over(a) for a, b in pairwise(places)]
        return all(move >= -rounding for move in moves) or all(move <= rounding for move in moves)

    def _least(self, worst: int, best: int) -> int:
        """The value nearest the worst that reaches the goal. The best does and the worst does not.

        Where the goal comes nearer in a straight line the first guess is right; if it is not, the range is halved.
        """
        towards = 1 if best > worst else -1
        short, enough = worst, best
        part = Fraction(-self.over(worst)) / Fraction(self.over(best) - self.over(worst))
        guess = worst + towards * ceil(part * abs(best - worst))
        for place in (guess, guess - towards):
            if towards * short < towards * place < towards * enough:
                short, enough = (short, place) if self.over(place) >= 0 else (place, enough)
        while abs(enough - short) > 1:
            place = (short + enough) // 2
            short, enough = (short, place) if self.over(place) >= 0 else (place, enough)
        behind = (enough - towards * steps for steps in range(self.lever.slack, 0, -1))
        reached = (place for place in behind if towards * (place - worst) > 0 and self.over(place) >= 0)
        return next(reached, enough)

    def _either_way(self, places: Sequence[int]) -> Solution:
        """Where the goal comes nearer and goes further again: the value that reaches it nearest what the plan has."""
        peak = self._peak(places)
        marks = sorted({*places, peak})
        edges = list(self._edges(marks))
        if edges:
            return self._at(min(edges, key=self._from_now), "reached", runs_one_way=False)
        if self.over(peak) >= 0:
            return self._at(min(marks, key=self.over), "met already", runs_one_way=False)
        return self._at(peak, "out of reach", runs_one_way=False)

    def _edges(self, marks: Sequence[int]) -> Iterator[int]:
        for pair in pairwise(marks):
            worst, best = sorted(pair, key=self.over)
            if self.over(worst) < 0 <= self.over(best):
                yield self._least(worst, best)

    def _peak(self, places: Sequence[int]) -> int:
        """The value that comes nearest, found by thirds between the neighbours of the nearest of some."""
        at = max(range(len(places)), key=lambda i: self.over(places[i]))
        low, high = places[max(at - 1, 0)], places[min(at + 1, len(places) - 1)]
        while high - low > 2:
            third = (high - low) // 3
            if self.over(low + third) < self.over(high - third):
                low += third
            else:
                high -= third
        return max(range(low, high + 1), key=self.over)

    def _from_now(self, place: int) -> Decimal:
        """How far a value is from what the plan has in the first year in which it counts."""
        lever = self.lever
        first = self.setting.places(lever.span[0])[0]
        now = lever.now[first] if lever.now and lever.how == "set" else NIL
        return abs(place * lever.step - (now or NIL))

    def _at(self, place: int, outcome: Outcome, *, runs_one_way: bool = True) -> Solution:
        value = place * self.lever.step
        overlays = self.lever.overlays(value)
        return Solution(
            goal=self.goal,
            lever=self.lever,
            years=self.setting.basis.years,
            outcome=outcome,
            value=value,
            over=self.over(place),
            base=self.setting.balances,
            solved=self.setting.model(overlays).balances(),
            overlays=overlays,
            runs_one_way=runs_one_way,
        )
