"""One contract year: every record read from its folder, and what was wrong with the rest."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Literal, Protocol

from breakeven.findings import Finding
from breakeven.ledger.activity import Activity
from breakeven.ledger.assumptions import Assumption, Investment, Pressure
from breakeven.ledger.bridge import BridgeRow
from breakeven.ledger.chart import Chart
from breakeven.ledger.children import ChildrenFigure, ChildrenStatement
from breakeven.ledger.closes import Close
from breakeven.ledger.contract import Balance, Claim, ContractSum, Grant, Instalment, ThirdPartyIncome, Variation
from breakeven.ledger.lines import Accrual, BudgetLine, ControlTotal, LastYearLine, Transactions, Virement
from breakeven.ledger.performance import Kpi, KpiMonth, KpiStatement
from breakeven.ledger.placement_types import DemandRules
from breakeven.ledger.placements import Placement, PlacementMonth
from breakeven.ledger.posts import Caseload, Post, PostCost, PostsMonth
from breakeven.ledger.registers import Explanation, ForecastOverride, Order, Subject, rows_by_name
from breakeven.ledger.reported import ReportedFigure
from breakeven.ledger.rules import MonthEndRules, WorkforceRules
from breakeven.ledger.savings import Delivery, Saving, as_registered
from breakeven.ledger.scenarios import Overlay
from breakeven.ledger.uncertain import CorrelationPair, UncertainAssumption
from breakeven.periods import MONTHS, Year

State = Literal["forecast", "provisional", "audited"]
"""How far an outturn can be relied on: forecast before year end, provisional until audited."""


@dataclass(frozen=True, slots=True)
class Body:
    """Whose year it is, which year, and what the statements need to be told."""

    name: str
    year: Year
    state: State
    chart: Chart
    priorities: tuple[str, ...]
    """The strategic priorities that savings are grouped by, in the body's own order."""
    confidence_pct: Mapping[str, Decimal]
    """Per cent of a saving's forecast that is counted on, by status."""
    plan_years: int
    savings_share_pct: Decimal = Decimal(10)
    """Per cent of a line's cost beyond which what two or more schemes save on it together is questioned."""
    month_end: MonthEndRules = field(default_factory=MonthEndRules)
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """Lines and categories that a scenario changes together, such as ``pay``, by the name of the group."""
    workforce: WorkforceRules = field(default_factory=WorkforceRules)
    """What is assumed of social workers' posts."""
    demand: DemandRules = field(default_factory=DemandRules)
    """How the episodes of an SSDA903 return are grouped."""
    notes: tuple[str, ...] = ()
    """Said under every statement, such as what is illustrative."""


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file that was read, and the SHA-256 of its bytes."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class SheetTally:
    """Conservation of one sheet's principal amounts, in pounds: nothing is lost in silence.

    Every number that stands in the column below its heading is accepted into a record, held back with
    a finding, or set aside as a stated total. ``lines`` counts rows with anything in the column.
    """

    workbook: str
    sheet: str
    heading: str
    lines: int
    accepted_lines: int
    held_back_lines: int
    set_aside_lines: int
    accepted: Decimal
    held_back: Decimal
    set_aside: Decimal
    total: Decimal
    """Every number in the column, added apart from the records."""
    is_money: bool = True
    """Whether the column holds pounds, rather than rates or counts."""

    @property
    def is_conserved(self) -> bool:
        """Whether accepted, held back and set aside come to every line and every penny."""
        return (
            self.accepted + self.held_back + self.set_aside == self.total
            and self.accepted_lines + self.held_back_lines + self.set_aside_lines == self.lines
        )


class WasRead(Protocol):
    """What reading gave, of a ledger folder or of files by themselves."""

    @property
    def inputs(self) -> tuple[InputFile, ...]:
        """The files that were read."""
        ...

    @property
    def tallies(self) -> tuple[SheetTally, ...]:
        """The count of each table."""
        ...

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong."""
        ...


@dataclass(frozen=True)
class Ledgers:
    """The records of a contract year, sheet by sheet, in the order of the sheets' rows."""

    contract_sums: tuple[ContractSum, ...] = ()
    variations: tuple[Variation, ...] = ()
    instalments: tuple[Instalment, ...] = ()
    third_party_income: tuple[ThirdPartyIncome, ...] = ()
    claims: tuple[Claim, ...] = ()
    grants: tuple[Grant, ...] = ()
    balances: tuple[Balance, ...] = ()
    budget: tuple[BudgetLine, ...] = ()
    activity: tuple[Activity, ...] = ()
    last_year: tuple[LastYearLine, ...] = ()
    virements: tuple[Virement, ...] = ()
    accruals: tuple[Accrual, ...] = ()
    orders: tuple[Order, ...] = ()
    overrides: tuple[ForecastOverride, ...] = ()
    explanations: tuple[Explanation, ...] = ()
    control_totals: tuple[ControlTotal, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    pressures: tuple[Pressure, ...] = ()
    savings: tuple[Saving, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    investments: tuple[Investment, ...] = ()
    scenarios: tuple[Overlay, ...] = ()
    uncertainty: tuple[UncertainAssumption, ...] = ()
    correlations: tuple[CorrelationPair, ...] = ()
    placements: tuple[PlacementMonth, ...] = ()
    placement_register: tuple[Placement, ...] = ()
    posts: tuple[PostsMonth, ...] = ()
    post_register: tuple[Post, ...] = ()
    post_costs: tuple[PostCost, ...] = ()
    caseloads: tuple[Caseload, ...] = ()
    children: tuple[ChildrenFigure, ...] = ()
    children_statements: tuple[ChildrenStatement, ...] = ()
    kpis: tuple[Kpi, ...] = ()
    kpi_months: tuple[KpiMonth, ...] = ()
    kpi_statements: tuple[KpiStatement, ...] = ()
    bridge: tuple[BridgeRow, ...] = ()
    reported: tuple[ReportedFigure, ...] = ()

    @cached_property
    def schemes(self) -> tuple[Saving, ...]:
        """The savings, each with what the register of deliveries has for the year it starts in, if it has anything."""
        return as_registered(self.savings, self.deliveries)


@dataclass(frozen=True)
class ContractYear:
    """A body's contract year as read: its records, its transactions, its inputs and its findings."""

    body: Body
    ledgers: Ledgers
    transactions: Transactions
    inputs: tuple[InputFile, ...]
    tallies: tuple[SheetTally, ...]
    findings: tuple[Finding, ...]
    closes: tuple[Close, ...] = ()
    """The periods that are closed, in their order."""

    @property
    def forecast_at(self) -> int | None:
        """The last period posted, of a year whose state is forecast and that goes on after it; None of any other."""
        last = self.transactions.last_period
        return last if self.body.state == "forecast" and last is not None and last < MONTHS else None

    @property
    def starts_from_budget(self) -> bool:
        """Whether nothing is posted yet of a year whose state is forecast: its plan starts from the revised budget."""
        return self.body.state == "forecast" and self.transactions.last_period is None

    @property
    def months_known(self) -> int:
        """How many months of the year are known: none where its plan starts from the budget, 12 once it is over."""
        return 0 if self.starts_from_budget else self.forecast_at or MONTHS

    def accruals_at(self, period: int) -> tuple[Accrual, ...]:
        """The accruals, prepayments and reversals that count in the year to the end of ``period``."""
        return tuple(entry for entry in self.ledgers.accruals if entry.stands_at(self.body.year, period))

    @cached_property
    def subjects(self) -> Mapping[str, Subject]:
        """What a register may be about, by every name it goes by."""
        sources = (record.source for record in self.ledgers.third_party_income)
        return rows_by_name(self.body.chart, sources, (record.ref for record in self.ledgers.variations))

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that refuse the input."""
        return tuple(finding for finding in self.findings if finding.is_error)
