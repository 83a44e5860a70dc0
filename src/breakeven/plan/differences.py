"""What differs between any two plans: their bases, what moves each line, their savings and investments."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TypeVar

from breakeven.periods import Year
from breakeven.plan.compare import Comparison, comparison
from breakeven.plan.model import NIL, Model, ModelInvestment, ModelLine, ModelScheme


class NoCommonYearError(ValueError):
    """Two plans that have no year in common."""


def compare_models(before: Model, after: Model) -> Comparison:
    """Any two plans over the years that both have: each thing that differs is changed by itself in the first.

    Where the second starts a year later, the first starts there too, from what it projected: its line's base and its
    opening balance are then what was planned, and what came instead is a change. Raises NoCommonYearError.
    """
    start = max(before.base, after.base)
    one, other = started_at(before, start), started_at(after, start)
    years = tuple(year for year in one.years if year in other.years)
    if not years:
        raise NoCommonYearError(
            f"the plans of {before.base.on_screen} and {after.base.on_screen} have no year in common"
        )
    one, other = _over(one, years), _over(other, years)
    return comparison(
        years,
        one.balances(),
        other.balances(),
        [(label, changed.balances()) for label, changed in _differences(one, other)],
    )


def started_at(found: Model, base: Year) -> Model:
    """The same plan with a later year as its base, in which it comes to what it was projected to.

    Earlier savings, and those and investments under way, go on as amounts by year; each level is carried unrounded.
    """
    skipped = base.start - found.base.start
    if not skipped:
        return found
    if skipped > len(found.years):
        raise NoCommonYearError(f"the plan from {found.base.on_screen} does not reach {base.on_screen}")
    closing = found.balances().closing[skipped - 1]
    return Model(
        base=base,
        years=found.years[skipped:],
        income=tuple(_line_at(line, skipped) for line in found.income),
        expenditure=tuple(_line_at(line, skipped) for line in found.expenditure),
        schemes=tuple(_scheme_at(scheme, skipped) for scheme in found.schemes),
        investments=tuple(replace(each, amounts=each.amounts[skipped:]) for each in found.investments),
        opening=closing,
        view=found.view,
    )


def _line_at(line: ModelLine, skipped: int) -> ModelLine:
    level = line.base
    for place, moves in enumerate(line.moves[:skipped]):
        moved = moves.stated if moves.stated is not None else (level or NIL) * moves.growth * moves.inflation
        level = moved + moves.step if line.is_known(place) else None
    return replace(line, base=level, moves=line.moves[skipped:])


def _scheme_at(scheme: ModelScheme, skipped: int) -> ModelScheme:
    return replace(
        scheme,
        planned=scheme.planned[skipped:],
        forecast=scheme.forecast[skipped:],
        weighted=scheme.weighted[skipped:],
    )


def _over(found: Model, years: Sequence[Year]) -> Model:
    """The plan over its first so many years."""
    count = len(years)
    return replace(
        found,
        years=tuple(years),
        income=tuple(replace(line, moves=line.moves[:count]) for line in found.income),
        expenditure=tuple(replace(line, moves=line.moves[:count]) for line in found.expenditure),
        schemes=tuple(
            replace(s, planned=s.planned[:count], forecast=s.forecast[:count], weighted=s.weighted[:count])
            for s in found.schemes
        ),
        investments=tuple(replace(each, amounts=each.amounts[:count]) for each in found.investments),
    )


def _differences(one: Model, other: Model) -> Iterator[tuple[str, Model]]:
    """Each thing that differs, in words, and the first plan with that alone changed."""
    if one.opening != other.opening:
        yield f"Opening balance {_money(one.opening)} → {_money(other.opening)}", replace(one, opening=other.opening)
    if one.view != other.view:
        yield f"Savings counted as {one.view} → {other.view}", replace(one, view=other.view)
    if slight := _slight_differences(one, other):
        yield f"Bases that differ by less than £1, of {slight[0]}", slight[1]
    for label, lines in _lines_differences(one.income, other.income, one.years):
        yield label, replace(one, income=lines)
    for label, lines in _lines_differences(one.expenditure, other.expenditure, one.years):
        yield label, replace(one, expenditure=lines)
    for label, schemes in _part_differences(one.schemes, other.schemes, _saved):
        yield label, replace(one, schemes=schemes)
    for label, investments in _part_differences(one.investments, other.investments, _amounts):
        yield label, replace(one, investments=investments)


def _is_slight(line: ModelLine, other: ModelLine) -> bool:
    """Whether two lines start from amounts that a page cannot tell apart."""
    return line.base != other.base and _money(line.base) == _money(other.base)


def _slight_differences(one: Model, other: Model) -> tuple[str, Model] | None:
    """How many bases differ only within the pound, and the first plan with those of the other; None without any."""
    there = {line.id: line for line in (*other.income, *other.expenditure)}
    slight = {
        line.id for line in (*one.income, *one.expenditure) if line.id in there and _is_slight(line, there[line.id])
    }
    if not slight:
        return None

    def moved(lines: Sequence[ModelLine]) -> tuple[ModelLine, ...]:
        return tuple(replace(line, base=there[line.id].base) if line.id in slight else line for line in lines)

    count = "1 line" if len(slight) == 1 else f"{len(slight)} lines"
    return count, replace(one, income=moved(one.income), expenditure=moved(one.expenditure))


_PARTS = {
    "growth": "growth",
    "inflation": "inflation",
    "in_year": "what its year bears of it",
    "stated": "sum stated",
    "is_said": "whether anything is assumed",
    "step": "sums added and carried on",
    "pressures": "pressures and what is added each year",
}
"""What can differ between two lines by year: a field of their moves, and what it is called."""


def _lines_differences(
    lines: Sequence[ModelLine], others: Sequence[ModelLine], years: Sequence[Year]
) -> Iterator[tuple[str, tuple[ModelLine, ...]]]:
    here, there = ({line.id: line for line in each} for each in (lines, others))
    for line_id in dict.fromkeys((*here, *there)):
        if line_id not in there:
            yield f"{here[line_id].label}: no such line any more", tuple(each for each in lines if each.id != line_id)
        elif line_id not in here:
            yield f"{there[line_id].label}: a new line", (*lines, there[line_id])
        else:
            for label, changed in _line_differences(here[line_id], there[line_id], years):
                yield label, tuple((here | {line_id: changed}).values())


def _line_differences(line: ModelLine, other: ModelLine, years: Sequence[Year]) -> Iterator[tuple[str, ModelLine]]:
    if line.base != other.base and not _is_slight(line, other):
        yield f"{line.label}: base {_money(line.base)} → {_money(other.base)}", replace(line, base=other.base)
    for field, words in _PARTS.items():
        pairs = [(getattr(a, field), getattr(b, field)) for a, b in zip(line.moves, other.moves, strict=True)]
        told = [
            f"{year.on_screen} {_said(was, field)} → {_said(now, field)}"
            for year, (was, now) in zip(years, pairs, strict=True)
            if was != now
        ]
        if told:
            changed = (replace(moves, **{field: now}) for moves, (_, now) in zip(line.moves, pairs, strict=True))
            yield f"{line.label}: {words} {', '.join(told)}", replace(line, moves=tuple(changed))


def _said(value: Decimal | bool | None, field: str) -> str:  # noqa: FBT001  (a value of a field)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is not None and field in {"growth", "inflation", "in_year"}:
        pct = f"{round(100 * (value - 1), 4).normalize():+,f}%"
        return pct if value != 1 else "0%"
    return _money(value)


def _money(amount: Decimal | None) -> str:
    return "[x]" if amount is None else f"{'-' if amount < 0 else ''}£{abs(amount):,.0f}"


Part = TypeVar("Part", ModelScheme, ModelInvestment)


def _part_differences(
    parts: Sequence[Part], others: Sequence[Part], told: Callable[[Part], object]
) -> Iterator[tuple[str, tuple[Part, ...]]]:
    """Schemes, or investments, that differ, are new, or are no more, and the first ones with that alone changed."""
    here, there = ({part.ref: part for part in each} for each in (parts, others))
    for ref in dict.fromkeys((*here, *there)):
        if ref not in there:
            if not _counts(here[ref]):
                continue
            yield f"{ref} {here[ref].label}: no more", tuple(part for part in parts if part.ref != ref)
        elif ref not in here or told(here[ref]) != told(there[ref]):
            how = "changed" if ref in here else "new"
            yield f"{ref} {there[ref].label}: {how}", tuple((here | {ref: there[ref]}).values())


def _counts(part: ModelScheme | ModelInvestment) -> bool:
    """Whether it comes to anything in any year, so that a plan without it is another."""
    amounts = (part.amounts,) if isinstance(part, ModelInvestment) else (part.planned, part.forecast, part.weighted)
    return any(map(any, amounts))


def _saved(scheme: ModelScheme) -> object:
    return scheme.planned, scheme.forecast, scheme.weighted


def _amounts(investment: ModelInvestment) -> object:
    return investment.amounts
