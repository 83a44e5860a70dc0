"""The base a plan starts from, listed: the outturn, each thing stripped from it or added to it, and what is left."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from breakeven.ledger.assumptions import Investment, Pressure
from breakeven.ledger.chart import UNMAPPED, slug
from breakeven.ledger.contract import Variation
from breakeven.ledger.provenance import Figure, less, sum_figure
from breakeven.ledger.registers import Explanation
from breakeven.ledger.savings import Saving
from breakeven.ledger.year import ContractYear
from breakeven.monitoring.outturn import Flow, Outturn
from breakeven.monitoring.overrides import row_named
from breakeven.periods import MONTHS, YEAR_END_PERIOD, Year
from breakeven.plan.effects import change_since
from breakeven.plan.lines import Start, begun_by, effect_figure
from breakeven.plan.model import View
from breakeven.plan.mtfp import Plan
from breakeven.plan.savings import Programme, Scheme, change_of, held_figure

Kind = Literal["one_offs", "full_year"]
"""A one-off that drops out after the base year, or the rest of a full year of what began within it."""

KINDS: dict[Kind, str] = {"one_offs": "one-offs stripped", "full_year": "full-year effects"}

COLUMNS = {"outturn": "outturn", **KINDS, "underlying": "underlying"}
"""The columns of the base, and what each is called in words."""


@dataclass(frozen=True, slots=True)
class Adjustment:
    """One thing that is stripped from the outturn or added to it, signed as its row is, and why."""

    id: str
    label: str
    kind: Kind
    figure: Figure
    reason: str


@dataclass(frozen=True, slots=True)
class BaseRow:
    """One row of the base: its figures by ``COLUMNS``, positive as its kind says, and its adjustments.

    The outturn holds the base year's savings and investments in its lines already: their rows have none of it.
    """

    id: str
    label: str
    flow: Flow
    level: int
    figures: dict[str, Figure]
    adjustments: tuple[Adjustment, ...] = ()


@dataclass(frozen=True, slots=True)
class Base:
    """The base of a plan in rows that cast, each total below its parts; and what is explained as one-off and is in it.

    underlying = outturn + one-offs stripped + full-year effects, row by row
    underlying position = income + change in savings − expenditure − change in investments
    """

    year: Year
    rows: tuple[BaseRow, ...]
    explained: tuple[Explanation, ...]
    """One-offs that somebody has explained and nobody has entered as such: nothing is stripped for them."""

    def figures(self) -> Iterator[Figure]:
        """Every figure of every row."""
        for row in self.rows:
            yield from row.figures.values()
            yield from (adjustment.figure for adjustment in row.adjustments)


def base(year: ContractYear, outturn: Outturn, programme: Programme, plan: Plan) -> Base:
    """List the base of ``plan``. outturn: what the plan starts from.

    The underlying figure of a line is the one that the plan starts from, and a saving's or an investment's change is
    the one that it counts in its first year: nothing is worked out again here but the totals.
    """
    found = plan.basis
    income = [_line(start, Flow.INCOME, 1, year, outturn) for start in found.income]
    stated = {name: outturn.row(name).actual for name in ("income", "expenditure", "position")}
    total_income = _total("income", "Income", Flow.INCOME, 0, stated["income"], income)
    lines, categories = _expenditure(year, outturn, found.expenditure)
    spend = _total("expenditure", "Expenditure", Flow.EXPENDITURE, 0, stated["expenditure"], categories)
    savings, investments = _savings(programme, plan.view), _investments(year)
    position = _position(stated["position"], total_income, spend, savings, investments)
    rows = (*income, total_income, *lines, spend, savings, investments, position)
    return Base(year.body.year, rows, tuple(explained_one_offs(year)))


def explained_one_offs(year: ContractYear) -> Iterator[Explanation]:
    """What is explained as one-off at the last period of the year, with or without an amount.

    Of a year that is over that is P13, or P12 for a line of which nothing is said there.
    """
    periods = (year.forecast_at,) if year.forecast_at else (YEAR_END_PERIOD, MONTHS)
    said: set[str] = set()
    for period in periods:
        at_it = [each for each in year.ledgers.explanations if each.period == period]
        lines = {row_named(each.line, year) for each in at_it}
        yield from (each for each in at_it if each.kind == "one-off" and row_named(each.line, year) not in said)
        said |= lines


def _line(start: Start, flow: Flow, level: int, year: ContractYear, outturn: Outturn) -> BaseRow:
    if start.id == "contract_sum":
        adjustments = [_dropped(each, outturn) for each in year.ledgers.variations if not each.recurrent]
        parts = [outturn.row("contract_sum").actual, outturn.row("variations").actual]
        stated = sum_figure("base/contract_sum/outturn", "Contract sum and variations", "the sum of 2 rows", parts)
    else:
        after = year.body.year.later(1)
        adjustments = [each for p in start.begun if (each := _changed(p, p.source, year.body.year, after))]
        stated = outturn.row(start.id).actual
    return _row(start.id, start.label, flow, level, stated, start.base, adjustments)


def _dropped(variation: Variation, outturn: Outturn) -> Adjustment:
    row_id = f"variations.{slug(variation.ref)}"
    held = outturn.row(row_id).actual
    label = f"{variation.ref} {variation.purpose}"
    figure = Figure(
        f"base/{row_id}/one_off",
        f"{label}: drops out",
        None if held.amount is None else -held.amount,
        "a one-off variation is not paid again",
        (held,),
    )
    return Adjustment(row_id, label, "one_offs", figure, "one-off variation")


def _changed(record: Pressure | Investment, why: str, of: Year, after: Year) -> Adjustment | None:
    """What a dated record of the base year changes in the year after it; None where it is the same in both."""
    amount = change_since(of, after, record)
    if not amount:
        return None
    label = f"{record.ref} {record.description}"
    since = f"from {record.start:%d/%m/%Y}"
    is_once = record.recurrence == "one-off"
    reason = "; ".join(each for each in (f"one-off {since}" if is_once else f"recurrent {since}", why) if each)
    figure = effect_figure(record, label, amount, after)
    return Adjustment(f"{type(record).__name__.lower()}.{slug(record.ref)}", label, _kind(is_once), figure, reason)


def _kind(is_once: bool) -> Kind:  # noqa: FBT001  (one record's own word)
    return "one_offs" if is_once else "full_year"


def _expenditure(year: ContractYear, outturn: Outturn, starts: Sequence[Start]) -> tuple[list[BaseRow], list[BaseRow]]:
    """Every line and category row in order, and the category rows alone."""
    rows: list[BaseRow] = []
    categories: list[BaseRow] = []
    labels = year.body.chart.labels
    for category in dict.fromkeys(start.category for start in starts):
        level = 1 if category == UNMAPPED else 2
        own = [_line(each, Flow.EXPENDITURE, level, year, outturn) for each in starts if each.category == category]
        if category == UNMAPPED:
            categories += own
        else:
            stated = outturn.row(category).actual
            categories.append(_total(category, labels[category], Flow.EXPENDITURE, 1, stated, own))
            rows += own
        rows.append(categories[-1])
    return rows, categories


def _savings(programme: Programme, view: View) -> BaseRow:
    """What schemes begun by the end of the base year change in the year after it, those still under way as counted."""
    of, after, standing = programme.base, programme.years[0], programme.standing
    over = [scheme for scheme in programme.schemes if standing.is_settled(scheme.saving)]
    running = [scheme for scheme in programme.counted_in(of) if scheme not in over]
    changes = [(scheme, change_of(scheme, after, of), "") for scheme in over]
    changes += [(scheme, _change_of_running(scheme, programme, view), _how_sure(scheme, view)) for scheme in running]
    adjustments = [_saved(scheme.saving, figure, sure) for scheme, figure, sure in changes if figure.amount]
    underlying = sum_figure(
        "base/savings/underlying",
        "Savings begun, change",
        f"the sum of {len(changes)} changes",
        [figure for _, figure, _ in changes],
    )
    label = f"Savings of {of.on_screen} and before, change"
    return _row("savings", label, Flow.INCOME, 1, None, underlying, adjustments)


def _how_sure(scheme: Scheme, view: View) -> str:
    return f", counted at {scheme.confidence_pct:f}%" if view == "weighted" else ""


def _change_of_running(scheme: Scheme, programme: Programme, view: View) -> Figure:
    after, held = programme.years[0], held_figure(scheme.saving, programme.standing)
    counted = scheme.years[after].view(view)
    return sum_figure(
        f"base/savings.{slug(scheme.saving.ref)}/change",
        f"{scheme.saving.ref} change in {after.on_screen}, {view}",
        f"what is counted of it, {view}, less what the base holds",
        (counted, held),
    )


def _saved(saving: Saving, figure: Figure, sure: str) -> Adjustment:
    is_once = saving.recurrence == "one-off"
    since = f"from {saving.start:%d/%m/%Y}"
    reason = f"one-off {since}, drops out" if is_once else f"recurrent {since}{sure}"
    label = f"{saving.ref} {saving.scheme}"
    return Adjustment(f"saving.{slug(saving.ref)}", label, _kind(is_once), figure, reason)


def _investments(year: ContractYear) -> BaseRow:
    of = year.body.year
    begun = [each for each in year.ledgers.investments if begun_by(each, of)]
    adjustments = [each for i in begun if (each := _changed(i, "", of, of.later(1)))]
    changes = [each.figure for each in adjustments]
    underlying = sum_figure(
        "base/investments/underlying", "Investments begun, change", f"the sum of {len(changes)} changes", changes
    )
    label = f"Investments of {of.on_screen} and before, change"
    return _row("investments", label, Flow.EXPENDITURE, 1, None, underlying, adjustments)


def _row(
    row_id: str, label: str, flow: Flow, level: int, stated: Figure | None, underlying: Figure,
    adjustments: Sequence[Adjustment],
) -> BaseRow:  # fmt: skip
    figures = {} if stated is None else {"outturn": stated}
    for kind, words in KINDS.items():
        figures[kind] = _sum(row_id, kind, f"{label}: {words}", [a.figure for a in adjustments if a.kind == kind])
    return BaseRow(row_id, label, flow, level, figures | {"underlying": underlying}, tuple(adjustments))


def _sum(row_id: str, column: str, label: str, parts: Sequence[Figure]) -> Figure:
    return sum_figure(f"base/{row_id}/{column}", label, f"the sum of {len(parts)} figures", parts)


def _total(row_id: str, label: str, flow: Flow, level: int, stated: Figure, parts: Sequence[BaseRow]) -> BaseRow:
    """A total: the outturn's own figure, then each kind of adjustment over its parts, then all of them."""
    changes = {
        kind: _sum(row_id, kind, f"{label}: {words}", [part.figures[kind] for part in parts])
        for kind, words in KINDS.items()
    }
    return BaseRow(row_id, label, flow, level, _cast(row_id, label, {"outturn": stated, **changes}))


def _cast(row_id: str, label: str, figures: dict[str, Figure]) -> dict[str, Figure]:
    """Figures with what they come to across the row, which is what the underlying figures beneath it come to."""
    rule = "outturn + one-offs stripped + full-year effects"
    name = f"base/{row_id}/underlying"
    return figures | {"underlying": sum_figure(name, f"{label}: underlying", rule, tuple(figures.values()))}


def _position(stated: Figure, income: BaseRow, spend: BaseRow, savings: BaseRow, investments: BaseRow) -> BaseRow:
    """The position: adjustments of income and savings, less those of what goes out."""

    def changed(kind: Kind) -> Figure:
        inward, outward = ([row.figures[kind] for row in rows] for rows in ((income, savings), (spend, investments)))
        return Figure(
            f"base/position/{kind}",
            f"Position: {KINDS[kind]}",
            less(_sum("in", kind, "", inward), _sum("out", kind, "", outward)),
            "income + savings − expenditure − investments",
            (*inward, *outward),
        )

    figures = {"outturn": stated, **{kind: changed(kind) for kind in KINDS}}
    return BaseRow("position", "Position", Flow.NET, 0, _cast("position", "Position", figures))
