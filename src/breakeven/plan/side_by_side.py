"""Every row of the plan as it stands and as it is changed, as numbers alone, in the time that a keystroke takes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from breakeven.ledger.chart import UNMAPPED
from breakeven.monitoring.outturn import Flow, adverse_or_favourable
from breakeven.plan.compare import Amounts, less_each
from breakeven.plan.deficit import requirement, yearly_saving_to_clear
from breakeven.plan.model import NIL, ModelLine
from breakeven.plan.mtfp import RESULTS
from breakeven.plan.setting import Setting

NEEDED = frozenset({"break_even_requirement", "still_to_find", "yearly_saving_to_clear"})
"""Savings that are needed: more of them is worse, however favourable a saving is."""


@dataclass(frozen=True, slots=True)
class SideRow:
    """One row of two plans of the same years, by year, signed as records are; None where it is open.

    level: 0 a total, 1 a category or kind of income, 2 a line, as in ``mtfp.PlanRow``.
    """

    id: str
    label: str
    flow: Flow
    level: int
    before: Amounts
    after: Amounts

    @property
    def difference(self) -> Amounts:
        """After less before."""
        return less_each(self.after, self.before)

    def reading(self, place: int) -> str:
        """``A`` or ``F`` of the difference in one year; blank where there is none, or it is open."""
        moved = self.difference[place]
        flow = Flow.EXPENDITURE if self.id in NEEDED else self.flow
        return "" if moved is None else adverse_or_favourable(flow, moved)


def side_by_side(before: Setting, after: Setting) -> tuple[SideRow, ...]:
    """The rows of both plans in the order of ``mtfp.plan``, each with the amount that it has there.

    Both are of one basis. A further saving, and what the base holds of its own savings, are within the row of savings.
    """
    was, now = _Amounts(before), _Amounts(after)

    def row(row_id: str, label: str, flow: Flow, level: int) -> SideRow:
        return SideRow(row_id, label, flow, level, was.by_id[row_id], now.by_id[row_id])

    return tuple(row(*each) for each in _rows(before))


def _rows(setting: Setting) -> Iterator[tuple[str, str, Flow, int]]:
    found, labels = setting.as_is, setting.basis.year.body.chart.labels
    yield from ((line.id, line.label, Flow.INCOME, 1) for line in found.income)
    yield "income", "Income", Flow.INCOME, 0
    for category, lines in _by_category(found.expenditure).items():
        if category != UNMAPPED:
            yield from ((line.id, line.label, Flow.EXPENDITURE, 2) for line in lines)
        yield category, labels.get(category, "Unmapped"), Flow.EXPENDITURE, 1
    yield "expenditure", "Expenditure before savings", Flow.EXPENDITURE, 0
    yield "savings", f"Savings, {setting.view}", Flow.INCOME, 1
    yield "investments", "Investments", Flow.EXPENDITURE, 1
    yield from RESULTS


def _by_category(lines: Sequence[ModelLine]) -> dict[str, list[ModelLine]]:
    found: dict[str, list[ModelLine]] = {}
    for line in lines:
        found.setdefault(line.category, []).append(line)
    return found


class _Amounts:
    """What each row of one plan comes to, by its id."""

    def __init__(self, setting: Setting) -> None:
        found, balances, years = setting.as_is, setting.balances, len(setting.basis.years)
        gap = balances.gap
        needed = _each(requirement, gap)
        self.by_id: dict[str, Amounts] = {
            **setting.amounts,
            **{
                category: tuple(_total([setting.amounts[line.id][t] for line in lines]) for t in range(years))
                for category, lines in _by_category(found.expenditure).items()
            },
            "income": balances.income,
            "expenditure": balances.expenditure,
            "savings": balances.savings,
            "investments": balances.investments,
            "position": balances.position,
            "opening_balance": (found.opening, *balances.closing[:-1]),
            "closing_balance": balances.closing,
            "gap_before_savings": gap,
            "break_even_requirement": needed,
            "savings_identified": balances.identified,
            "still_to_find": balances.still_to_find,
            "yearly_saving_to_clear": (
                _each(lambda closing: yearly_saving_to_clear(closing, years), balances.closing[-1:]) * years
            ),
        }


def _each(work: Callable[[Decimal], Decimal], amounts: Amounts) -> Amounts:
    return tuple(None if amount is None else work(amount) for amount in amounts)


def _total(amounts: Sequence[Decimal | None]) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, NIL) if len(known) == len(amounts) else None
