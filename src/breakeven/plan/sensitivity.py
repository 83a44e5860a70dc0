"""What one step of each assumption does to every year's position and balance, and what one more is worth on pay."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from decimal import ROUND_HALF_UP, Decimal
from difflib import get_close_matches
from fractions import Fraction
from typing import Any

from breakeven.drivers.price_volume import Unit
from breakeven.findings import Cell
from breakeven.ledger.assumptions import UNITS_OF, Assumption, AssumptionKind
from breakeven.ledger.chart import slug
from breakeven.ledger.scenarios import UNIT_OF, Overlay, What
from breakeven.ledger.targets import ALL_SCHEMES, OverlayError, label_of
from breakeven.money import PENNY
from breakeven.periods import Year
from breakeven.plan.basis import Basis, with_assumptions
from breakeven.plan.compare import Amounts, less_each
from breakeven.plan.lines import Start
from breakeven.plan.model import Model
from breakeven.plan.setting import Setting


@dataclass(frozen=True, slots=True)
class Steps:
    """How far each kind of assumption is moved, up and down.

    points: rates, in percentage points. percent: sums and prices, in per cent of themselves. number: placements or
    posts. delivery: how much of the savings is made, in percentage points of what is counted.
    """

    points: Decimal = Decimal(1)
    percent: Decimal = Decimal(1)
    number: Decimal = Decimal(1)
    delivery: Decimal = Decimal(10)

    @classmethod
    def parse(cls, said: Sequence[str]) -> "Steps":
        """Read steps as typed: ``0.5`` is of rates, ``percent=2`` of sums. Raises ValueError."""
        known = [each.name for each in fields(cls)]
        found: dict[str, Decimal] = {}
        for each in said:
            name, _, value = (part.strip() for part in each.rpartition("="))
            name = name or "points"
            if name not in known:
                near = get_close_matches(name, known, n=1)
                meant = f"; did you mean {near[0]}?" if near else ""
                raise ValueError(f"steps are of {', '.join(known)}, not {name!r}{meant}")
            try:
                found[name] = Decimal(value.removesuffix("%"))
            except ArithmeticError:
                raise ValueError(f"expected a number above nil, found {value!r}") from None
            if not (found[name].is_finite() and 0 < found[name] <= 100):
                raise ValueError(f"a step of {name} is above nil and at most 100, not {value}")
        return replace(cls(), **found)


@dataclass(frozen=True, slots=True)
class Effect:
    """What a step changes of each year's position and closing balance, in whole pounds; None where that is open."""

    position: Amounts
    closing: Amounts


@dataclass(frozen=True, slots=True)
class Tested:
    """One assumption moved a step up and a step down in all the years of the plan.

    step: in words, such as ``1 point``. is_group: whether it moves lines together that are tested by themselves too, so
    that its effect is not to be added to theirs.
    """

    id: str
    label: str
    step: str
    up: Effect
    down: Effect
    is_group: bool = False

    def at(self, place: int | None) -> tuple[Decimal | None, Decimal | None]:
        """Up and down: on the position of the year at a place, on the last closing balance where none is given."""
        if place is None:
            return self.up.closing[-1], self.down.closing[-1]
        return self.up.position[place], self.down.position[place]

    def size(self, place: int | None) -> Decimal:
        """The larger of the two, either way; nil where both are open."""
        return max((abs(each) for each in self.at(place) if each is not None), default=Decimal(0))


@dataclass(frozen=True, slots=True)
class Worth:
    """What one more placement or post does to a year's position, and how many points on pay would do as much.

    on_pay: to two places; None where pay moves nothing, or is no group of the settings.
    """

    line: str
    label: str
    unit: Unit
    position: Decimal
    on_pay: Decimal | None


def sensitivity(setting: Setting, steps: Steps | None = None, place: int | None = None) -> tuple[Tested, ...]:
    """Every assumption by the size of its effect, the largest first; groups that move together after them.

    An assumption is what the sheet says of one name and one kind: one of a category moves every line that uses it.
    Besides those, the number of placements or posts of each line that has one, how much of the savings is made, and,
    until it is audited, the balance that the plan opens with. place: of the year whose position sorts them; the last
    closing balance where none is given.
    """
    tests = _Tests(setting, steps or Steps())
    found = sorted(tests.assumptions(), key=lambda each: -each.size(place))
    return (*found, *sorted(tests.groups(), key=lambda each: -each.size(place)))


def worth(setting: Setting, year: Year, group: str = "pay") -> tuple[Worth, ...]:
    """What one more of each line's placements or posts, from the plan's start, is worth in one year."""
    tests, place = _Tests(setting, Steps()), setting.basis.years.index(year)
    pay = next((each.up.position[place] for each in tests.groups() if each.id == slug(group)), None)
    found: list[Worth] = []
    for start in tests.driven():
        amount = tests.laid_over(start.id, "number", Decimal(1)).position[place]
        if amount is not None and start.driver is not None:
            found.append(Worth(start.id, start.label, start.driver.unit, amount, _points(amount, pay)))
    return tuple(found)


def _said(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _in(number: Decimal, unit: str) -> str:
    """``1 point``, ``2 placements``; the number alone where nobody says what it is of."""
    return f"{_said(number)} {unit}{'' if number == 1 else 's'}" if unit else _said(number)


def _points(amount: Decimal, pay: Decimal | None) -> Decimal | None:
    if not pay:
        return None
    exact = Fraction(amount) / Fraction(pay)
    return (Decimal(exact.numerator) / exact.denominator).quantize(PENNY, rounding=ROUND_HALF_UP)


@dataclass(frozen=True)
class _Tests:
    """Moves one thing of a plan at a time."""

    setting: Setting
    steps: Steps

    def assumptions(self) -> Iterator[Tested]:
        """Each by itself."""
        driven = {start.id for start in self.driven()}
        for (name, kind), used in self._used().items():
            if kind != "number" or not used <= driven:
                yield self._record(name, kind)
        for start in self.driven():
            label = f"{start.label}: number"
            step = _in(self.steps.number, start.driver.unit if start.driver else "")
            yield self._overlaid(f"{start.id}.number", label, step, (start.id, "number", self.steps.number))
        if self.setting.as_is.schemes:
            step = _in(self.steps.delivery, "point")
            yield self._overlaid(
                "savings.delivery", "Savings: delivery", step, (ALL_SCHEMES, "delivery", self.steps.delivery)
            )
        if self.setting.basis.year.body.state != "audited":
            yield self._tested("opening_balance", "Opening balance", f"{_said(self.steps.percent)}%", self._opening)

    def groups(self) -> Iterator[Tested]:
        """The rates of each group of the settings, all moved together."""
        for group in self.setting.basis.year.body.groups:
            step = _in(self.steps.points, "point")
            label = f"{label_of(group, self.setting.basis.year.body)} together: inflation"
            found = self._overlaid(slug(group), label, step, (group, "inflation", self.steps.points))
            yield replace(found, is_group=True)

    def driven(self) -> Iterator[Start]:
        """The lines that have a number of placements or posts, and a price for one."""
        for line, moves in self.setting.basis.moves.items():
            if None not in moves.numbers and None not in moves.prices:
                yield self.setting.starts[line]

    def laid_over(self, line: str, what: What, value: Decimal) -> Effect:
        """What one more overlay does, that adds to a line in every year; open where it cannot be."""
        unit: Any = UNIT_OF[what]
        overlay = Overlay(
            at=Cell("sensitivity", f"{line}.{what}"), scenario="sensitivity", line=line, what=what, how="add",
            value=value, unit=unit, year=self.setting.basis.years[0], source="sensitivity",
        )  # fmt: skip
        try:
            return self._effect(self.setting.model([overlay]))
        except OverlayError:
            missing = tuple(None for _ in self.setting.basis.years)
            return Effect(missing, missing)

    def _overlaid(self, row_id: str, label: str, step: str, change: tuple[str, What, Decimal]) -> Tested:
        line, what, value = change
        return Tested(row_id, label, step, self.laid_over(line, what, value), self.laid_over(line, what, -value))

    def _tested(self, row_id: str, label: str, step: str, moved: Callable[[int], Basis]) -> Tested:
        up, down = (self._effect(replace(self.setting, basis=moved(sign)).model()) for sign in (1, -1))
        return Tested(row_id, label, step, up, down)

    def _effect(self, found: Model) -> Effect:
        before, after = self.setting.balances, found.balances()
        return Effect(less_each(after.position, before.position), less_each(after.closing, before.closing))

    def _used(self) -> Mapping[tuple[str, AssumptionKind], set[str]]:
        """The lines that use each assumption, by its name and kind."""
        found: dict[tuple[str, AssumptionKind], set[str]] = {}
        for start in self.setting.starts.values():
            for assumption in (each for of_year in start.assumptions.values() for each in of_year):
                found.setdefault((self._about(assumption), assumption.kind), set()).add(start.id)
        return found

    def _record(self, name: str, kind: AssumptionKind) -> Tested:
        """An assumption typed a step higher and a step lower in the sheet."""
        label = label_of(name, self.setting.basis.year.body)

        def moved(sign: int) -> Basis:
            def change(each: Assumption) -> Assumption:
                if (self._about(each), each.kind) != (name, kind):
                    return each
                return each.model_copy(update={"value": self._moved(each, sign)})

            return with_assumptions(self.setting.basis, change)

        return self._tested(f"{name}.{kind}", f"{label}: {kind}", self._step(kind), moved)

    def _about(self, each: Assumption) -> str:
        """The id of the line or category that an assumption is about, by whichever of its names."""
        return self.setting.basis.year.body.chart.id_named(each.line)

    def _step(self, kind: AssumptionKind) -> str:
        if "%" in UNITS_OF[kind]:
            return _in(self.steps.points, "point")
        return _said(self.steps.number) if kind == "number" else f"{_said(self.steps.percent)}%"

    def _moved(self, each: Assumption, sign: int) -> Decimal:
        if each.unit == "%":
            return each.value + sign * self.steps.points
        if each.kind == "number":
            return max(each.value + sign * self.steps.number, Decimal(0))
        return each.value * (1 + sign * self.steps.percent / 100)

    def _opening(self, sign: int) -> Basis:
        opening = self.setting.basis.opening
        moved = None if opening.amount is None else opening.amount * (1 + sign * self.steps.percent / 100)
        return replace(self.setting.basis, opening=replace(opening, amount=moved))
