"""What a plan is made from before a scenario touches it, and the model that it and some overlays make."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from breakeven.drivers.units import Driver, drivers
from breakeven.ledger.assumptions import Assumption
from breakeven.ledger.chart import UNMAPPED, slug
from breakeven.ledger.provenance import Figure, sum_figure
from breakeven.ledger.scenarios import Overlay
from breakeven.ledger.targets import FURTHER_SAVING, INCOME_LINES, OverlayError, target_of
from breakeven.ledger.year import ContractYear
from breakeven.monitoring.outturn import Outturn
from breakeven.periods import Year
from breakeven.plan.effects import change_since
from breakeven.plan.folded import Borne
from breakeven.plan.lines import (
    ByName,
    Start,
    assumptions_for,
    begun_by,
    by_name,
    pressures_on,
    underlying,
)
from breakeven.plan.model import Model, ModelInvestment, ModelLine, ModelScheme, View
from breakeven.plan.moves import LineMoves, line_moves
from breakeven.plan.overlays import further_saving, overlaid_savings
from breakeven.plan.schemes import Standing, model_schemes


@dataclass(frozen=True)
class Basis:
    """The lines of a plan as they start, its years and its opening balance."""

    year: ContractYear
    years: tuple[Year, ...]
    income: tuple[Start, ...]
    expenditure: tuple[Start, ...]
    opening: Figure
    standing: Standing

    @cached_property
    def moves(self) -> dict[str, LineMoves]:
        """What moves each line as the plan assumes it, by the id of the line."""
        return {start.id: line_moves(start, self.years) for start in (*self.income, *self.expenditure)}

    @cached_property
    def schemes(self) -> tuple[ModelScheme, ...]:
        """The savings as the plan has them."""
        return model_schemes(self.year.ledgers.schemes, self.standing, self.years)

    @cached_property
    def investments(self) -> tuple[ModelInvestment, ...]:
        """The investments as the plan has them."""
        base = self.year.body.year
        return tuple(
            ModelInvestment(each.ref, each.description, tuple(change_since(base, year, each) for year in self.years))
            for each in self.year.ledgers.investments
        )


def basis(year: ContractYear, outturn: Outturn, years: Sequence[Year], months: int | None = None) -> Basis:
    """Where each line of the plan starts: from its outturn, less one-offs and plus full-year effects.

    months: how many months of ``year`` that outturn knows, where it is not that of what is posted.
    """
    find = _Finder(year, tuple(years), by_name(year.ledgers.assumptions), drivers(year))
    return Basis(
        year,
        tuple(years),
        tuple(_income_starts(find, outturn)),
        tuple(_expenditure_starts(find, outturn)),
        outturn.row("closing_balance").actual,
        Standing.of(year, months),
    )


def with_assumptions(found: Basis, change: Callable[[Assumption], Assumption]) -> Basis:
    """The same lines with their assumptions typed otherwise. change: what each of them would be."""

    def changed(start: Start) -> Start:
        assumptions = {year: tuple(map(change, each)) for year, each in start.assumptions.items()}
        return start if assumptions == start.assumptions else replace(start, assumptions=assumptions)

    income, expenditure = tuple(map(changed, found.income)), tuple(map(changed, found.expenditure))
    other = replace(found, income=income, expenditure=expenditure)
    # What no assumption bears on is as it was: it need not be worked out again for each of many questions.
    other.__dict__["schemes"], other.__dict__["investments"] = found.schemes, found.investments
    before, now = (*found.income, *found.expenditure), (*income, *expenditure)
    other.__dict__["moves"] = {
        start.id: found.moves[start.id] if start is was else line_moves(start, found.years)
        for was, start in zip(before, now, strict=True)
    }
    return other


@dataclass(frozen=True, slots=True)
class Overlaid:
    """Which overlays bear on which line, by the line's id, and which on savings."""

    lines: dict[str, list[Borne]]
    savings: list[Overlay]


def overlaid(found: Basis, overlays: Sequence[Overlay]) -> Overlaid:
    """What each overlay bears on. Raises OverlayError where one of them names nothing that the plan has."""
    known = {start.id for start in (*found.income, *found.expenditure)}
    lines: dict[str, list[Borne]] = {}
    savings: list[Overlay] = []
    for overlay in overlays:
        target = target_of(overlay, found.year.body, found.year.ledgers.schemes)
        savings += [overlay] if target.schemes else []
        for line in target.lines:
            if line not in known:
                raise OverlayError(f"the plan has no line {line!r}: nothing of the year is {line}")
            lines.setdefault(line, []).append(Borne(overlay, len(target.lines)))
    return Overlaid(lines, savings)


def model(found: Basis, overlays: Sequence[Overlay] = (), view: View = "planned") -> Model:
    """The plan as numbers, with what some overlays change. Raises OverlayError where one cannot be applied.

    Placements that an overlay adds bring what others pay towards them as third-party income, however that is assumed.
    """
    body, changed = found.year.body, overlaid(found, overlays)
    starts = {start.id: start for start in (*found.income, *found.expenditure)}
    moved = found.moves | {line: line_moves(starts[line], found.years, own) for line, own in changed.lines.items()}
    contributed = [moved[line].contributed for line in changed.lines]
    if any(map(any, contributed)):
        moved["third_party_income"] = _with_contributions(moved["third_party_income"], contributed)

    def lines(starts: Sequence[Start]) -> tuple[ModelLine, ...]:
        return tuple(
            ModelLine(each.id, each.label, each.category, each.base.amount, moved[each.id].moves) for each in starts
        )

    schemes = found.schemes
    if changed.savings:
        savings = overlaid_savings(found.year.ledgers.schemes, changed.savings, body)
        schemes = model_schemes(savings, found.standing, found.years)
    if further := further_saving(changed.savings, found.years):
        schemes = (*schemes, ModelScheme.certain(FURTHER_SAVING, "Further saving", further))
    return Model(
        base=body.year,
        years=found.years,
        income=lines(found.income),
        expenditure=lines(found.expenditure),
        schemes=schemes,
        investments=found.investments,
        opening=found.opening.amount,
        view=view,
    )


def _with_contributions(line: LineMoves, contributed: Sequence[Sequence[Decimal]]) -> LineMoves:
    more = [sum(amounts, Decimal(0)) for amounts in zip(*contributed, strict=True)]
    moves = (
        replace(each, pressures=each.pressures + each_year) for each, each_year in zip(line.moves, more, strict=True)
    )
    return replace(line, moves=tuple(moves))


@dataclass(frozen=True)
class _Finder:
    """Finds what bears on each line."""

    year: ContractYear
    years: tuple[Year, ...]
    assumptions: ByName
    drivers: dict[str, Driver]

    def start(self, line_id: str, label: str, category: str, base: Figure) -> Start:
        """A line as it starts."""
        body = self.year.body
        own = (line_id, slug(label))
        above = (category, slug(body.chart.labels.get(category, "")))
        pressures = pressures_on(line_id, body.chart, self.year.ledgers.pressures)
        begun = tuple(p for p in pressures if begun_by(p, body.year))
        return Start(
            id=line_id,
            label=label,
            category=category,
            base=underlying(line_id, label, base, begun, body.year),
            assumptions={each: assumptions_for(own, above, self.assumptions, each) for each in self.years},
            pressures=tuple(p for p in pressures if not begun_by(p, body.year)),
            begun=begun,
            driver=self.drivers.get(line_id),
        )


def _income_starts(find: _Finder, outturn: Outturn) -> list[Start]:
    """The contract sum with its recurrent variations, and third-party income, as the outturn left them."""
    agreed = [row.actual for row in outturn.rows if row.id.startswith("variations.")]
    recurrent = [
        actual for variation, actual in zip(find.year.ledgers.variations, agreed, strict=True) if variation.recurrent
    ]
    contract_sum = sum_figure(
        "plan/contract_sum/base",
        "Contract sum and recurrent variations",
        "the basic sum and its recurrent variations",
        [outturn.row("contract_sum").actual, *recurrent],
    )
    bases = {"contract_sum": contract_sum, "third_party_income": outturn.row("third_party_income").actual}
    return [find.start(line_id, label, "", bases[line_id]) for line_id, label in INCOME_LINES.items()]


def _expenditure_starts(find: _Finder, outturn: Outturn) -> list[Start]:
    starts = [
        find.start(line.id, line.label, line.category, outturn.row(line.id).actual)
        for line in find.year.body.chart.lines
    ]
    if any(row.id == UNMAPPED for row in outturn.rows):
        starts.append(find.start(UNMAPPED, "Unmapped", UNMAPPED, outturn.row(UNMAPPED).actual))
    return starts
