"""Who is to make a saving, by what shares and up to what caps, as a person types it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from breakeven.ledger.changes import Span, unknown_name
from breakeven.ledger.targets import INCOME_LINES, lines_named
from breakeven.plan.goals import parse_pounds
from breakeven.plan.model import NIL
from breakeven.plan.setting import OpenPlanError, Setting
from breakeven.plan.shares import Basis, Bearer


@dataclass(frozen=True, slots=True)
class Sharing:
    """How a saving is to be shared, as typed.

    weights: ``NAME=3``. caps: ``NAME=500000`` or, as a part of what it comes to, ``NAME=5%``; without a NAME, of each.
    """

    how: Basis = "pro-rata"
    weights: tuple[str, ...] = ()
    caps: tuple[str, ...] = ()

    def bearers(self, parts: Sequence[Bearer], named: Callable[[str], Sequence[str]]) -> tuple[Bearer, ...]:
        """The bearers with their weights and caps.

        parts: each with what it comes to already as its weight. named: the ids that a name stands for, raising
        ValueError where it stands for none. Raises ValueError where what was typed cannot be so.
        """
        weights, caps = self._weights(parts, named), self._caps(parts, named)
        if not any(weights.values()):
            why = "every weight is nil" if self.how == "weights" else "none of these comes to anything; share alike"
            raise ValueError(f"nothing to share by: {why}")
        return tuple(Bearer(each.id, each.label, weights[each.id], caps.get(each.id)) for each in parts)

    def _weights(self, parts: Sequence[Bearer], named: Callable[[str], Sequence[str]]) -> Mapping[str, Decimal]:
        if self.how == "pro-rata":
            return {each.id: max(each.weight, NIL) for each in parts}
        if self.how == "even":
            return {each.id: Decimal(1) for each in parts}
        found: dict[str, Decimal] = {}
        for said in self.weights:
            name, equals, value = said.rpartition("=")
            if not equals or not name.strip():
                raise ValueError(f"expected NAME=WEIGHT such as residential=3, found {said!r}")
            found |= dict.fromkeys(named(name.strip()), _weight(value.strip(), said))
        missing = [each.label for each in parts if each.id not in found]
        if missing:
            raise ValueError(f"no weight is given for {', '.join(missing)}")
        return found

    def _caps(self, parts: Sequence[Bearer], named: Callable[[str], Sequence[str]]) -> Mapping[str, Decimal]:
        comes_to = {each.id: max(each.weight, NIL) for each in parts}
        found: dict[str, Decimal] = {}
        for said in self.caps:
            name, _, value = said.rpartition("=")
            ids = named(name.strip()) if name.strip() else list(comes_to)
            is_part = value.strip().endswith("%")
            cap = parse_cap(value.strip().removesuffix("%"))
            if name.strip() and len(ids) > 1 and not is_part:
                raise ValueError(f"{name.strip()!r} is {len(ids)}: give each of them a cap of its own, or a per cent")
            found |= {each: comes_to[each] * cap / 100 if is_part else cap for each in ids}
        return found


def parse_cap(said: str) -> Decimal:
    """Read the most that may be saved, or a per cent of it. Raises ValueError where it is none, or below nil."""
    cap = parse_pounds(said)
    if cap < 0:
        raise ValueError(f"a cap is nil or more, not {said.strip()}")
    return cap


def _weight(value: str, said: str) -> Decimal:
    try:
        weight = Decimal(value)
    except ArithmeticError:
        weight = Decimal("nan")
    if not weight.is_finite() or weight < 0:
        raise ValueError(f"a weight is a number, nil or more, such as residential=3, not {said!r}")
    return weight


def line_bearers(
    setting: Setting, span: Span, sharing: Sharing, lines: Sequence[str] = (), held: Sequence[str] = ()
) -> tuple[Bearer, ...]:
    """The lines of expenditure that are to make a saving, by name, or all but those that are held.

    Each bears by what it costs in the first year that counts. Raises ValueError where a name is none of a line, or what
    was typed cannot be so; OpenPlanError where a line is open.
    """
    body = setting.basis.year.body
    expenditure = {line.id: line.label for line in setting.as_is.expenditure}

    def named(name: str) -> list[str]:
        found = lines_named(name, body)
        if not found:
            raise ValueError(unknown_name(name, body, ()))
        if set(found) & set(INCOME_LINES):
            raise ValueError(f"{name!r} is income: a saving is made on what is spent")
        return [each for each in found if each in expenditure]

    kept = {each for name in held for each in named(name)}
    chosen = [each for name in lines for each in named(name)] if lines else list(expenditure)
    chosen = [each for each in dict.fromkeys(chosen) if each not in kept]
    if not chosen:
        raise ValueError("every line is held: none is left to save on")

    def among(name: str) -> list[str]:
        found = [each for each in named(name) if each in chosen]
        if not found:
            raise ValueError(f"{name!r} is not among the lines that are to save")
        return found

    first = setting.places(span[0])[0]
    costs = {each: setting.amounts[each][first] for each in chosen}
    if None in costs.values():
        raise OpenPlanError(setting.as_is)
    return sharing.bearers([Bearer(each, expenditure[each], costs[each] or NIL) for each in chosen], among)
