"""Slips in one figure, or of one line of a sum: each as a mend of the table."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from breakeven.reconciliation.check import Result
from breakeven.reconciliation.slips import Kind, Slip, slips, slips_of_parts

from .casting import Cast, Place
from .mends import FAULTS, Casts, Fault, Mend


def slipped_mends(now: Casts) -> Iterator[Mend]:
    """Every slip in one figure, or of one line, that makes a sum differ; the likeliest are not first."""
    for across, axis in (("rows", 0), ("columns", 1), ("years", None)):
        single = [mend for i in now.broken if now.casts[i].across == across for mend in _of_one_sum(now, i)]
        yield from single
        if axis is not None:
            yield from _whole_lines(single, axis)
    yield from _where_sums_meet(now)


def _of_one_sum(now: Casts, i: int) -> Iterator[Mend]:
    cast, out = now.casts[i], now.outcomes[i]
    if out.stated is None or out.computed is None:
        return
    if cast.total:
        amount = now.amounts[cast.total] or Decimal(0)
        yield from (_in_cell(cast.total, slip) for slip in slips(amount, out.computed, out.allowed))
    if cast.formula is not None:
        for place in set(cast.named.values()) - {cast.total}:
            yield from _in_formula(now, i, place)
        return
    parts = {p: (now.amounts[p] or Decimal(0)) * by for p, by in cast.adds.items() if abs(by) == 1 and p != cast.total}
    rest = out.computed - sum(parts.values())
    for each in slips_of_parts(out.stated - rest, parts, out.allowed):
        if each.slip.kind not in {Kind.LEFT_OUT, Kind.TWICE}:
            by = cast.adds[each.part]
            yield _in_cell(each.part, Slip(each.slip.kind, each.slip.meant * by, each.slip.words))
        elif cast.total and cast.across != "years":
            yield _of_line(now, cast, each.part, each.slip.kind, out.stated + (each.slip.meant - (out.stated - rest)))
    yield from _of_other_lines(now, i, parts)


def _in_cell(place: Place, slip: Slip) -> Mend:
    return Mend(FAULTS[slip.kind], (place,), slip.words, {place: slip.meant})


def _of_line(now: Casts, cast: Cast, part: Place, kind: Kind, total: Decimal) -> Mend:
    assert cast.total is not None
    of = now.table.rows[cast.total[0]].id if cast.across == "rows" else f"[{now.table.columns[cast.total[1]].label}]"
    words = f"line left out of {of}" if kind is Kind.LEFT_OUT else f"line counted twice in {of}"
    return Mend(FAULTS[kind], (part,), words, {cast.total: total})


def _of_other_lines(now: Casts, i: int, parts: Iterable[Place]) -> Iterator[Mend]:
    """A row that the rule does not name, but that the total may hold all the same: a subtotal beside its lines."""
    cast, out = now.casts[i], now.outcomes[i]
    if cast.across != "rows" or not cast.total or out.difference is None or out.stated is None:
        return
    known = {*parts, cast.total}
    for row in range(len(now.table.rows)):
        place = (row, cast.at)
        amount = now.amounts[place]
        if place not in known and amount and abs(out.difference + amount) <= out.allowed:
            yield _of_line(now, cast, place, Kind.TWICE, out.stated - amount)


def _in_formula(now: Casts, i: int, place: Place) -> Iterator[Mend]:
    """Slips in a figure that a per cent is worked out of: what it needs is found from how the per cent follows it."""
    amount, out = now.amounts[place], now.outcomes[i]
    doubled = now.outcome(i, {place: 2 * amount}).computed if amount else None
    if not amount or not out.stated or not out.computed or doubled is None:
        return
    if doubled != out.computed:
        yield from _near(now, i, place, amount + (out.stated - out.computed) * amount / (doubled - out.computed))
    yield from _near(now, i, place, amount * out.computed / out.stated)


def _near(now: Casts, i: int, place: Place, needed: Decimal) -> Iterator[Mend]:
    out, amount = now.outcomes[i], now.amounts[place] or Decimal(0)
    allowed = abs(needed * out.allowed / out.stated) if out.stated else Decimal(0)
    for slip in slips(amount, needed, allowed):
        if now.outcome(i, {place: slip.meant}).result is not Result.DIFFERS:
            yield _in_cell(place, slip)


def _whole_lines(single: Sequence[Mend], axis: int) -> Iterator[Mend]:
    """A slip that cells of one row share where rows are added, or of one column where columns are, as one cause."""
    lines: dict[tuple[object, ...], list[Mend]] = defaultdict(list)
    for mend in single:
        if mend.fault in {Fault.SIGN, Fault.FACTOR, Fault.LEFT_OUT, Fault.TWICE}:
            lines[mend.fault, mend.words, mend.at[0][axis]].append(mend)
    for mends in lines.values():
        at = tuple(sorted({mend.at[0] for mend in mends}))
        if len(at) > 1:
            instead: dict[Place, Decimal | None] = {}
            for mend in mends:
                instead |= mend.instead
            yield Mend(mends[0].fault, at, mends[0].words, instead)


def _where_sums_meet(now: Casts) -> Iterator[Mend]:
    """A cell in which two sums that differ meet, and that one other amount would mend, though no slip gives it."""
    places = {place for i in now.broken for place in now.casts[i].places}
    for place in places:
        broken = now.broken_at(place)
        needed = [amount for i in broken if (amount := now.needed(i, place)) is not None]
        if len(broken) > 1 and needed:
            words = f"the sums that meet there need {needed[0]:,f}"
            yield Mend(Fault.UNKNOWN, (place,), words, {place: needed[0]})
