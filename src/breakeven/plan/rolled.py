"""The year after this one as its records begin: what this year closed at and what its plan says of that year."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, TypeVar

from breakeven.findings import Cell
from breakeven.ledger.activity import Activity
from breakeven.ledger.chart import slug
from breakeven.ledger.contract import Balance, ContractSum, ThirdPartyIncome
from breakeven.ledger.entries import MONTHS as MONTH_FIELDS
from breakeven.ledger.lines import Accrual, BudgetLine, Coding, LastYearLine
from breakeven.ledger.provenance import Figure
from breakeven.ledger.record import Record
from breakeven.ledger.savings import Saving
from breakeven.ledger.scenarios import Overlay
from breakeven.ledger.targets import OverlayError, lines_named, target_of
from breakeven.ledger.year import ContractYear, Ledgers
from breakeven.money import NIL, pounds, share, to_pence
from breakeven.monitoring.outturn import Outturn, coding_row_id
from breakeven.monitoring.profile import whole_weights
from breakeven.periods import MONTHS, YEAR_END_PERIOD, Year, parse_year_and_period, period_name, year_of
from breakeven.plan.effects import change_since
from breakeven.plan.model import BESIDE_THE_SCHEMES
from breakeven.plan.mtfp import Plan
from breakeven.plan.rolled_indicators import indicators_of

IsIllustrative = Callable[[Figure], bool]

_NEW = Cell("roll-forward", "", "")
"""Where a record that is made here stands until it is written."""

_FINISHED = ("delivered", "not deliverable")


class OpenPlanError(ValueError):
    """What next year's folder needs is open, or has nowhere to stand; the message says what."""


@dataclass(frozen=True, slots=True)
class Rolled:
    """Next year's records, in the order of this year's; and what had to be left to a person, in words."""

    year: Year
    ledgers: Ledgers
    left: tuple[str, ...]


def roll_forward(year: ContractYear, expected: Outturn, plan: Plan, is_illustrative: IsIllustrative) -> Rolled:
    """The records that the year after ``year`` begins with. expected: what ``plan`` starts from.

        opening balance = last close = this year's closing balance
        contract sum = the plan's of its first year; no variations, which it holds
        agreed of each source = the plan's third-party income, shared by what each source came to; nothing received
        budget of a line = the plan's gross − savings planned on it + investments in it, shared by the outturn of its
            codes in exact pence, each over its months as this year's budget fell
        reversals = what P12 and P13 hold of accruals and prepayments, undone in the new P01 or when they say

    A saving, pressure or investment on several lines is shared by their gross; a saving of income adds to it. So the
    budget's position is that of the plan's first year, as planned, to the penny. Assumptions, overlays, pressures and
    investments of later years are kept as they stand, and so are savings that start later or are not finished, grants
    that go on and orders not invoiced. What is made of illustrative figures is marked so, and third-party income
    wherever it is shared out. Raises OpenPlanError where the closing balance or a line of the first
    year is open, or a line has a budget and no code to put it on.
    """
    return _Rolling(year, expected, plan, is_illustrative).rolled()


@dataclass(frozen=True)
class _Rolling:
    year: ContractYear
    expected: Outturn
    plan: Plan
    is_illustrative: IsIllustrative

    @property
    def old(self) -> Year:
        return self.year.body.year

    @property
    def new(self) -> Year:
        return self.plan.years[0]

    def rolled(self) -> Rolled:
        ledgers = self.year.ledgers
        moved = self._moved()
        savings = tuple(self._savings())
        kept = {slug(each.ref) for each in savings}
        last_night = self.old.last_day
        reversals, left = self._reversals()
        new = Ledgers(
            contract_sums=(self._contract_sum(moved),),
            third_party_income=tuple(self._third_party_income(moved)),
            grants=tuple(each for each in ledgers.grants if each.end is None or each.end > last_night),
            balances=tuple(self._balances()),
            budget=tuple(self._budget(moved)),
            activity=tuple(self._activity()),
            last_year=tuple(self._last_year()),
            accruals=reversals,
            orders=tuple(each for each in ledgers.orders if each.invoiced is None or each.invoiced > last_night),
            assumptions=tuple(each for each in ledgers.assumptions if each.year > self.new),
            pressures=tuple(each for each in ledgers.pressures if year_of(each.start) > self.old),
            savings=savings,
            deliveries=tuple(each for each in ledgers.deliveries if slug(each.saving) in kept),
            investments=tuple(each for each in ledgers.investments if year_of(each.start) > self.old),
            scenarios=tuple(each for each in ledgers.scenarios if self._bears(each, savings)),
            uncertainty=ledgers.uncertainty,
            correlations=ledgers.correlations,
            placements=_latest(ledgers.placements),
            placement_register=tuple(p for p in ledgers.placement_register if p.end is None or p.end > last_night),
            posts=_latest(ledgers.posts),
            post_register=tuple(p for p in ledgers.post_register if p.filled_to is None or p.filled_to > last_night),
            post_costs=ledgers.post_costs,
            caseloads=ledgers.caseloads,
            **indicators_of(ledgers, self.old),
        )
        return Rolled(self.new, new, left)

    # Income and balances ---------------------------------------------------------------------------------------

    def _moved(self) -> dict[str, Decimal]:
        """What the first year comes to on each line of income and expenditure, savings and investments in it."""
        gross = {line.start.id: self._known(line.years[self.new]) for line in self.plan.lines}
        income = {start.id for start in self.plan.basis.income}
        moved = dict(gross)
        held = self.plan.basis.standing.held
        schemes = [scheme for scheme in self.plan.model.schemes if scheme.ref not in BESIDE_THE_SCHEMES]
        changes = [(each.ref, each.line, held.get(each.ref, NIL) - each.planned[0]) for each in schemes]
        changes += [(i.ref, i.line, change_since(self.old, self.new, i)) for i in self.year.ledgers.investments]
        for ref, name, amount in changes:
            if not amount:
                continue
            lines = [line for line in lines_named(name, self.year.body) if line in gross]
            if not lines:
                raise OpenPlanError(f"{ref} is of {name!r}, and the plan has no such line to put it on")
            weights = [max(to_pence(gross[line]), 0) for line in lines]
            for line, part in zip(
                lines, share(pounds(amount), weights if any(weights) else [1] * len(lines)), strict=True
            ):
                moved[line] += -part if line in income else part
        return moved

    def _known(self, figure: Figure) -> Decimal:
        if figure.amount is None:
            raise OpenPlanError(f"{figure.label} is open: {figure.rule}")
        return pounds(figure.amount)

    def _source(self) -> str:
        return f"Plan {self.old}"

    def _mark(self, *figures: Figure) -> Any:
        return "illustrative" if any(map(self.is_illustrative, figures)) else ""

    def _of_plan(self, line: str) -> Figure:
        return next(each.years[self.new] for each in self.plan.lines if each.start.id == line)

    def _contract_sum(self, moved: dict[str, Decimal]) -> ContractSum:
        return ContractSum(
            at=_NEW,
            year=self.new,
            description="Contract sum",
            amount=moved["contract_sum"],
            source=self._source(),
            basis=self._mark(self._of_plan("contract_sum")),
        )

    def _third_party_income(self, moved: dict[str, Decimal]) -> Iterator[ThirdPartyIncome]:
        records = self.year.ledgers.third_party_income
        total = moved["third_party_income"]
        if not records:
            if total:
                raise OpenPlanError("the plan has third-party income, and no source is named that it comes from")
            return
        weights = [max(to_pence(record.actual), 0) for record in records]
        own = self._mark(self._of_plan("third_party_income"))
        basis = "illustrative" if len(records) > 1 else own  # the plan has one line: nobody has agreed its parts
        for record, agreed in zip(records, share(total, weights if any(weights) else [1] * len(records)), strict=True):
            yield ThirdPartyIncome(
                at=_NEW, source=record.source, agreed=agreed, received=NIL, accrued=NIL, basis=basis or record.basis
            )

    def _balances(self) -> Iterator[Balance]:
        closing = self.plan.basis.opening
        amount, basis = self._known(closing), self._mark(closing)
        state = self.year.body.state
        same: dict[str, Any] = {"at": _NEW, "amount": amount, "source": f"Outturn {self.old}", "basis": basis}
        yield Balance(kind="last close", description=f"Closing balance, {state}", **same)
        yield Balance(kind="opening", description="Opening balance", **same)

    # Expenditure -----------------------------------------------------------------------------------------------

    def _budget(self, moved: dict[str, Decimal]) -> Iterator[BudgetLine]:
        chart = self.year.body.chart
        this_year = {line.coding: line for line in self.year.ledgers.budget}
        for line in self.plan.basis.expenditure:
            codes = self._codes(line.id)
            if not codes:
                if moved[line.id]:
                    raise OpenPlanError(f"the plan has {line.label} and no cost centre and account to budget it on")
                continue
            category = chart.labels.get(line.category, line.label)
            basis = self._mark(self._of_plan(line.id))
            for coding, amount in zip(codes, share(moved[line.id], self._weights(line.id, codes)), strict=True):
                before = this_year.get(coding)
                months = whole_weights(before.months) if before else None
                profile: dict[str, Any] = dict(zip(MONTH_FIELDS, share(amount, months), strict=True)) if months else {}
                yield BudgetLine(
                    at=_NEW, cost_centre=coding[0], account=coding[1], line=line.label, category=category,
                    original=amount, revised=amount, profile_name=before.profile_name if before else "", basis=basis,
                    **profile,
                )  # fmt: skip

    def _codes(self, line: str) -> list[Coding]:
        """The codes of a line that anything was budgeted or spent on."""
        chart, ledgers = self.year.body.chart, self.year.ledgers
        codes = {*self.year.transactions.by_coding}
        codes |= {each.coding for each in (*ledgers.budget, *self.year.accruals_at(YEAR_END_PERIOD))}
        return sorted(coding for coding in codes if chart.line_of(coding) == line)

    def _weights(self, line: str, codes: Sequence[Coding]) -> list[int]:
        """The outturn of each code, nil where it is a credit; where none cost anything, all alike."""
        chart = self.year.body.chart
        weights = [
            max(to_pence(pounds(self.expected.row(coding_row_id(chart, line, coding)).actual.amount or NIL)), 0)
            for coding in codes
        ]
        return weights if any(weights) else [1] * len(codes)

    def _last_year(self) -> Iterator[LastYearLine]:
        """This year by code and month, P13 with P12; nothing before the year is over."""
        if self.year.forecast_at or self.year.starts_from_budget:
            return
        months: dict[Coding, list[int]] = {}
        extract = self.year.transactions
        for centre, account, period, pence in zip(
            extract.cost_centre, extract.account, extract.period, extract.pence, strict=True
        ):
            months.setdefault((centre, account), [0] * MONTHS)[min(period, MONTHS) - 1] += pence
        for entry in self.year.ledgers.accruals:
            own = months.setdefault(entry.coding, [0] * MONTHS)
            own[min(entry.period, MONTHS) - 1] += to_pence(entry.amount)
            undone = entry.undone_in(self.old)
            if undone is not None:
                own[min(undone, MONTHS) - 1] -= to_pence(entry.amount)
        chart = self.year.body.chart
        for coding in sorted(months):
            figure = self.expected.row(coding_row_id(chart, chart.line_of(coding), coding)).actual
            profile: dict[str, Any] = {
                name: pounds(Decimal(pence).scaleb(-2))
                for name, pence in zip(MONTH_FIELDS, months[coding], strict=True)
            }
            yield LastYearLine(
                at=_NEW, cost_centre=coding[0], account=coding[1], outturn=pounds(self._known(figure)),
                basis=self._mark(figure), **profile,
            )  # fmt: skip

    def _reversals(self) -> tuple[tuple[Accrual, ...], tuple[str, ...]]:
        found: list[Accrual] = []
        left: list[str] = []
        for entry in self.year.accruals_at(YEAR_END_PERIOD):
            if entry.kind == "reversal":
                continue
            year, period = parse_year_and_period(entry.reverses) if entry.reverses else (self.new, 1)
            if year != self.new:
                left.append(f"{entry.ref} of £{entry.amount:,} is undone in {entry.reverses}: enter its reversal there")
                continue
            found.append(
                Accrual(
                    at=_NEW, ref=entry.ref, kind="reversal", period=period, cost_centre=entry.cost_centre,
                    account=entry.account, description=entry.description, amount=-entry.amount,
                    date=self.new.first_day, reason=f"{entry.kind} of {self.old} {period_name(entry.period)}",
                    basis=entry.basis,
                )
            )  # fmt: skip
        return tuple(found), tuple(left)

    # The plan and its drivers ----------------------------------------------------------------------------------

    def _savings(self) -> Iterator[Saving]:
        """Schemes that start after this year, are not finished, or are what a kept investment is for."""
        paid_for = {i.saving for i in self.year.ledgers.investments if year_of(i.start) > self.old}
        for saving in self.year.ledgers.savings:
            is_open = year_of(saving.start) > self.old or saving.status not in _FINISHED
            if is_open or saving.ref in paid_for:
                yield saving

    def _bears(self, overlay: Overlay, savings: Sequence[Saving]) -> bool:
        """Whether a scenario's row still changes something: a later year, of a line or saving that is kept."""
        if overlay.last is not None and overlay.last <= self.new:
            return False
        try:
            target_of(overlay, replace(self.year.body, year=self.new), savings)
        except OverlayError:
            return False
        return True

    def _activity(self) -> Iterator[Activity]:
        """How many placements or posts the budget of a line is for, and what one costs, as the plan has them."""
        for start in self.plan.basis.expenditure:
            driver, moves = start.driver, self.plan.basis.moves[start.id]
            number = moves.numbers[0]
            if driver is None or driver.price is None or number is None:
                continue
            own = next((each for each in start.assumptions[self.new] if each.kind == "price"), None)
            price = own.value if own else driver.price * moves.moves[0].inflation
            yield Activity(
                at=_NEW, line=start.label, state="budget", type=start.label, unit=driver.unit,
                number=round(number, 4), price=pounds(price),
                basis="illustrative" if any(source.illustrative for source in driver.sources) else "",
            )  # fmt: skip


R = TypeVar("R", bound=Record)


def _latest(records: Sequence[Any]) -> tuple[Any, ...]:
    """The rows of the last month that there is."""
    last = max((record.month for record in records), default=None)
    return tuple(record for record in records if record.month == last)
