"""Figures that stand in the wrong place: a row one column along, two rows or two columns the other way round."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from .casting import Place
from .mends import Casts, Fault, Mend


def moved_mends(now: Casts) -> Iterator[Mend]:
    """Every way to put figures of a row or of two rows back that may mend a sum."""
    rows = sorted({place[0] for i in now.broken for place in now.casts[i].places})
    for row in rows:
        yield from _shifted(now, row)
    yield from _exchanged(now)


def _groups(now: Casts) -> list[list[int]]:
    """Columns that a row may be moved along: all of them, and those of one type with and without what adds them up."""
    every = list(range(len(now.table.columns)))
    totals = {cast.total[1] for cast in now.casts if cast.across == "columns" and cast.total}
    found = [every, [c for c in every if c not in totals]]
    for kind in sorted({column.type for column in now.table.columns}):
        of_kind = [c for c in every if now.table.columns[c].type == kind]
        found += [of_kind, [c for c in of_kind if c not in totals]]
    return [list(each) for each in dict.fromkeys(tuple(each) for each in found) if len(each) > 1]


def _shifted(now: Casts, row: int) -> Iterator[Mend]:
    needs = {c: _needed_down(now, (row, c)) for c in range(len(now.table.columns))}
    for group in _groups(now):
        for step in (1, -1):
            if any(need is not None for need in needs.values()):
                yield from _by_what_is_needed(now, row, group, step, needs)
            else:
                yield from _by_trial(now, row, group, step)


def _needed_down(now: Casts, place: Place) -> Decimal | None:
    """What a cell would have to hold for the sum of its column to agree; None where that sum does not differ."""
    for i in now.broken_at(place):
        of_other_rows = now.casts[i].across == "rows" or (
            now.casts[i].across == "years" and now.casts[i].total == place
        )
        if of_other_rows and (amount := now.needed(i, place)) is not None:
            return amount
    return None


def _by_what_is_needed(
    now: Casts, row: int, group: Sequence[int], step: int, needs: dict[int, Decimal | None]
) -> Iterator[Mend]:
    """Runs of columns in each of which the sum needs just what stands one column further on."""
    along = group if step > 0 else group[::-1]
    start = 0
    while start < len(along) - 1:
        end = start
        while end < len(along) - 1 and _fits(now, (row, along[end]), (row, along[end + 1]), needs[along[end]]):
            end += 1
        if any(needs[c] is not None for c in along[start:end]):
            yield from _run_of(now, row, along[start : end + 1], step, needs)
        start = end + 1


def _fits(now: Casts, place: Place, beside: Place, need: Decimal | None) -> bool:
    stands = now.amounts[beside]
    if need is None:
        return now.amounts[place] == stands
    allowed = max(now.outcomes[i].allowed for i in now.broken_at(place))
    return stands is not None and abs(need - stands) <= allowed


def _run_of(now: Casts, row: int, run: Sequence[int], step: int, needs: dict[int, Decimal | None]) -> Iterator[Mend]:
    """One run of columns put back; what stood in the last of them before is lost, unless its own sum tells it."""
    instead: dict[Place, Decimal | None] = {(row, c): now.amounts[row, beside] for c, beside in pairwise(run)}
    last, first = (row, run[-1]), (row, run[0])
    need = needs[run[-1]]
    is_nil_before = not now.amounts[first]
    is_exchange = need is not None and len(run) == 2 and need == now.amounts[first]
    if len(run) == 2 and not (is_nil_before or need == 0 or is_exchange):
        return
    fault = Fault.TRANSPOSED if is_exchange and not is_nil_before else Fault.SHIFTED
    where = "to the right" if step > 0 else "to the left"
    words = (
        f"two figures stand in each other's column, {_headings(now, run)}"
        if fault is Fault.TRANSPOSED
        else f"column shifted: its figures stand one column {where} of their own"
    )
    at = tuple((row, c) for c in sorted(run))
    yield Mend(fault, at, words, instead | {last: need})
    if need is None:
        yield Mend(fault, at, words, instead | {last: now.amounts[first]})


def _by_trial(now: Casts, row: int, group: Sequence[int], step: int) -> Iterator[Mend]:
    """A row whose own sum alone differs: every run of its columns that begins with a blank or nil, moved back."""
    along = group if step > 0 else group[::-1]
    line = [now.amounts[row, c] for c in along]
    where = "to the right" if step > 0 else "to the left"
    for start in range(len(along) - 1):
        if line[start]:
            continue
        for end in range(start + 2, len(along) + 1):
            run = along[start:end]
            instead = {(row, c): amount for c, amount in zip(run, line[start + 1 : end], strict=False)}
            if not any(instead.values()):
                continue
            words = f"column shifted: its figures stand one column {where} of their own"
            at = tuple((row, c) for c in sorted(run))
            yield Mend(Fault.SHIFTED, at, words, instead | {(row, run[-1]): None})
            yield Mend(Fault.SHIFTED, at, words, instead | {(row, run[-1]): line[start]})


def _headings(now: Casts, columns: Sequence[int]) -> str:
    return " and ".join(now.table.columns[c].label for c in sorted(columns))


def _exchanged(now: Casts) -> Iterator[Mend]:
    """Two rows' figures the other way round, each on the other's line, where each is needed on its own."""
    found: dict[tuple[int, int], dict[Place, Decimal | None]] = {}
    broken = [i for i in now.broken if now.casts[i].across == "rows"]
    for n, i in enumerate(broken):
        for j in broken[n + 1 :]:
            if now.casts[i].at != now.casts[j].at:
                continue
            for a, b in _needed_by_each_other(now, i, j):
                pair = (min(a[0], b[0]), max(a[0], b[0]))
                found.setdefault(pair, {}).update({a: now.amounts[b], b: now.amounts[a]})
    for pair, instead in found.items():
        names = " and ".join(now.table.rows[row].id for row in pair)
        yield Mend(Fault.TRANSPOSED, tuple(sorted(instead)), f"two figures stand on each other's row, {names}", instead)


def _needed_by_each_other(now: Casts, i: int, j: int) -> Iterator[tuple[Place, Place]]:
    ours, theirs = ({p: need for p in now.casts[k].adds if (need := now.needed(k, p)) is not None} for k in (i, j))
    allowed = max(now.outcomes[k].allowed for k in (i, j))
    for a, need in ours.items():
        for b, other in theirs.items():
            if a == b or b in ours or a in theirs:
                continue
            x, y = now.amounts[a] or Decimal(0), now.amounts[b] or Decimal(0)
            if x != y and abs(need - y) <= allowed and abs(other - x) <= allowed:
                yield a, b
