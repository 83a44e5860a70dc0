"""The variance bridge: why each line came to something else in one state than in another, to the penny."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from breakeven.drivers.price_volume import effects
from breakeven.ledger.chart import Category, slug
from breakeven.ledger.provenance import Figure, Source, less, sum_figure
from breakeven.money import NIL, round_together
from breakeven.monitoring.line_state import LineState, Reason, Reasons, State
from breakeven.monitoring.outturn import Flow

IN_A_BUDGET = frozenset({Reason.VIREMENTS, Reason.SAVINGS})
"""What is a reason only against a budget: virements move it, and savings were planned in it."""

BY_ACTIVITY = (Reason.PRICE, Reason.VOLUME, Reason.JOINT, Reason.MIX)

_RULES = {
    Reason.PRICE: "Σ quantity before × change in price",
    Reason.VOLUME: "change in all quantities × average price before",
    Reason.JOINT: "Σ change in quantity × change in price",
    Reason.MIX: "Σ quantity beyond that in the mix before × price before",
}


@dataclass(frozen=True, slots=True)
class LineBridge:
    """A line, or a total of some, from one state to another: what it moved by, and why."""

    id: str
    label: str
    flow: Flow
    category: Category | None
    """None for a total."""
    before: Figure
    after: Figure
    change: Figure
    """After less before, signed as the line is."""
    parts: Reasons
    """Every reason in its order; they come to the change exactly, and are open where it is."""
    not_counted: Reasons = field(default_factory=dict[Reason, Figure])
    """What was stated by hand for a reason that the records answer for."""

    def figures(self) -> Iterator[Figure]:
        """Both sides, the change and its parts."""
        yield from (self.before, self.after, self.change, *self.parts.values())


@dataclass(frozen=True, slots=True)
class Bridge:
    """The bridges of some lines and of their totals; each total is the sum of its lines, reason by reason.

    A line that bears its category's own id, such as the contract sum, has no other total.
    """

    start: State
    end: State
    lines: tuple[LineBridge, ...]
    categories: tuple[LineBridge, ...]
    income: LineBridge
    expenditure: LineBridge
    position: LineBridge
    """Income less expenditure, reason by reason."""

    def lines_in(self, category: str) -> tuple[LineBridge, ...]:
        """The lines of one category."""
        return tuple(line for line in self.lines if line.category and line.category.id == category)

    def figures(self) -> Iterator[Figure]:
        """Every figure of every line and total."""
        for each in (*self.lines, *self.categories, self.income, self.expenditure, self.position):
            yield from each.figures()


def bridge(before: LineState, after: LineState) -> LineBridge:
    """Say why one line moved from one state to another.

        change = after − before = Σ parts;  unexplained = change − every other part

    Price, volume, the two together and mix are worked out where both states know what the line buys. Virements,
    one-offs, savings slippage and timing are the difference of what the two amounts hold. What is stated by hand counts
    only for a reason that neither of these answers for. The whole of a contributor's movement that has no other reason
    is contributions. Open where either amount is missing. Raises ValueError for two lines. Source: docs/variance.md.
    """
    if (before.id, before.flow) != (after.id, after.flow):
        raise ValueError(f"{before.id} and {after.id} are not one line")
    change = _change(before.id, before.label, before.amount, after.amount)
    parts = {reason: _part(before, reason, None if change.amount is None else NIL, "nil", ()) for reason in Reason}
    not_counted: dict[Reason, Figure] = {}
    if change.amount is not None:
        recorded = _held(before, after) | _by_activity(before, after)
        stated = _stated(before, after)
        rest = Reason.CONTRIBUTIONS if before.follows_a_line or after.follows_a_line else Reason.UNEXPLAINED
        answered = {*recorded, rest, *([Reason.INFLATION] if Reason.PRICE in recorded else [])}
        not_counted = {reason: figure for reason, figure in stated.items() if reason in answered}
        parts |= {reason: figure for reason, figure in stated.items() if reason not in answered} | recorded
        others = [part for reason, part in parts.items() if reason is not rest]
        remains = change.amount - sum((part.amount for part in others if part.amount is not None), NIL)
        parts[rest] = _part(before, rest, remains, "the change less every other part of it", (change, *others))
    return LineBridge(
        before.id, before.label, before.flow, before.category, before.amount, after.amount, change, parts, not_counted
    )


def bridges(before: Mapping[str, LineState], after: Mapping[str, LineState]) -> Bridge:
    """Bridge every line of two states, by id, with totals by category and in all.

    A line on one side only is nil on the other, where it buys nothing. Lines and categories stand in the order of
    ``before``, then of ``after``. Raises ValueError where a side has no lines.
    """
    if not before or not after:
        raise ValueError("a bridge needs lines on both sides")
    start, end = (next(iter(side.values())).state for side in (before, after))
    lines = tuple(
        bridge(before.get(each) or _absent(after[each], start), after.get(each) or _absent(before[each], end))
        for each in dict.fromkeys((*before, *after))
    )
    income, spend = (
        _total(row_id, label, flow, None, [line for line in lines if line.flow is flow])
        for row_id, label, flow in (
            ("income", "Income", Flow.INCOME),
            ("expenditure", "Expenditure", Flow.EXPENDITURE),
        )
    )
    ids = {line.id for line in lines}
    categories = {line.category.id: line.category for line in lines if line.category and line.category.id not in ids}
    return Bridge(
        start,
        end,
        lines,
        tuple(_category(each, [line for line in lines if line.category == each]) for each in categories.values()),
        income,
        spend,
        _position(income, spend),
    )


def _absent(other: LineState, state: State) -> LineState:
    """A line as it stands in a state that does not have it."""
    return replace(
        other,
        state=state,
        amount=Figure(f"variance/{other.id}/{state.name}", f"{other.label}: {state.label}", NIL, "no such line", ()),
        activity=None if other.activity is None else {},
        holds={},
        explained={},
    )


def _by_activity(before: LineState, after: LineState) -> dict[Reason, Figure]:
    if before.activity is None or after.activity is None:
        return {}
    found = effects(before.activity, after.activity)
    pence = round_together((found.price, found.volume, found.joint, found.mix))
    parts = tuple(part for side in (before, after) for each in (side.activity or {}).values() for part in each.parts)
    return {
        reason: _part(before, reason, amount, _RULES[reason], parts)
        for reason, amount in zip(BY_ACTIVITY, pence, strict=True)
    }


def _held(before: LineState, after: LineState) -> dict[Reason, Figure]:
    """The difference of what the two amounts hold, by reason."""
    against_a_budget = before.state.is_budget or after.state.is_budget
    differences = _differences(before, before.holds, after.holds, "what the amount holds after − before")
    return {reason: part for reason, part in differences.items() if against_a_budget or reason not in IN_A_BUDGET}


def _stated(before: LineState, after: LineState) -> dict[Reason, Figure]:
    """What was stated by hand, where both sides are held against the same, or one side against the other."""

    def stated(side: LineState, other: LineState) -> Reasons:
        fits = side.state.against and side.state.against in {other.state.against, other.state.name}
        return side.explained if fits else {}

    return _differences(before, stated(before, after), stated(after, before), "as stated by hand, after − before")


def _differences(line: LineState, before: Reasons, after: Reasons, rule: str) -> dict[Reason, Figure]:
    """After less before by reason, nil on a side that does not have it; nothing where a side does not know how much."""
    differences: dict[Reason, Figure] = {}
    for reason in Reason:
        sides = [(sign, side[reason]) for sign, side in ((-1, before), (1, after)) if reason in side]
        known = [sign * figure.amount for sign, figure in sides if figure.amount is not None]
        if sides and len(known) == len(sides):
            differences[reason] = _part(line, reason, sum(known, NIL), rule, [figure for _, figure in sides])
    return differences


def _part(
    line: LineState | LineBridge, reason: Reason, amount: Decimal | None, rule: str, parts: Sequence[Figure | Source]
) -> Figure:
    return Figure(f"variance/{line.id}/{slug(reason)}", f"{line.label}: {reason.label}", amount, rule, tuple(parts))


def _change(line_id: str, label: str, before: Figure, after: Figure) -> Figure:
    return Figure(
        f"variance/{line_id}/change", f"{label}: change", less(after, before), "after − before", (after, before)
    )


def _category(category: Category, lines: Sequence[LineBridge]) -> LineBridge:
    return _total(category.id, category.label, lines[0].flow, category, lines)


def _total(row_id: str, label: str, flow: Flow, category: Category | None, lines: Sequence[LineBridge]) -> LineBridge:
    rule = "the sum of " + (f"{len(lines)} lines" if len(lines) != 1 else "one line")

    def add(column: str, name: str, figures: Sequence[Figure]) -> Figure:
        return sum_figure(f"variance/{row_id}/{column}", f"{label}: {name}", rule, figures)

    before = add("from", "from", [line.before for line in lines])
    after = add("to", "to", [line.after for line in lines])
    return LineBridge(
        row_id,
        label,
        flow,
        category,
        before,
        after,
        _change(row_id, label, before, after),
        {reason: add(slug(reason), reason.label, [line.parts[reason] for line in lines]) for reason in Reason},
    )


def _position(income: LineBridge, spend: LineBridge) -> LineBridge:
    def net(column: str, name: str, inward: Figure, outward: Figure) -> Figure:
        return Figure(
            f"variance/position/{column}",
            f"Position: {name}",
            less(inward, outward),
            "income − expenditure",
            (inward, outward),
        )

    before = net("from", "from", income.before, spend.before)
    after = net("to", "to", income.after, spend.after)
    return LineBridge(
        "position",
        "Position for the year",
        Flow.NET,
        None,
        before,
        after,
        _change("position", "Position", before, after),
        {reason: net(slug(reason), reason.label, income.parts[reason], spend.parts[reason]) for reason in Reason},
    )
