"""Where records are read from: workbook, sheet, headings and rules of reading, as data a user can change."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any, Literal, get_args, get_origin

from breakeven.ledger.activity import Activity
from breakeven.ledger.assumptions import Assumption, Investment, Pressure
from breakeven.ledger.bridge import BridgeRow
from breakeven.ledger.children import ChildrenFigure, ChildrenStatement
from breakeven.ledger.contract import Balance, Claim, ContractSum, Grant, Instalment, ThirdPartyIncome, Variation
from breakeven.ledger.lines import Accrual, BudgetLine, ControlTotal, LastYearLine, Transaction, Virement
from breakeven.ledger.performance import Kpi, KpiMonth, KpiStatement
from breakeven.ledger.placements import Placement, PlacementMonth
from breakeven.ledger.posts import Caseload, Post, PostCost, PostsMonth
from breakeven.ledger.record import Kind, Reads, Record
from breakeven.ledger.registers import Explanation, ForecastOverride, Order
from breakeven.ledger.reported import ReportedFigure
from breakeven.ledger.savings import Delivery, Saving
from breakeven.ledger.scenarios import Overlay
from breakeven.ledger.uncertain import CorrelationPair, UncertainAssumption

RECORDS: dict[str, type[Record]] = {
    "contract_sums": ContractSum,
    "variations": Variation,
    "instalments": Instalment,
    "third_party_income": ThirdPartyIncome,
    "claims": Claim,
    "grants": Grant,
    "balances": Balance,
    "budget": BudgetLine,
    "activity": Activity,
    "last_year": LastYearLine,
    "virements": Virement,
    "transactions": Transaction,
    "accruals": Accrual,
    "orders": Order,
    "overrides": ForecastOverride,
    "explanations": Explanation,
    "assumptions": Assumption,
    "pressures": Pressure,
    "savings": Saving,
    "deliveries": Delivery,
    "investments": Investment,
    "scenarios": Overlay,
    "uncertainty": UncertainAssumption,
    "correlations": CorrelationPair,
    "placements": PlacementMonth,
    "placement_register": Placement,
    "posts": PostsMonth,
    "post_register": Post,
    "post_costs": PostCost,
    "caseloads": Caseload,
    "children": ChildrenFigure,
    "children_statements": ChildrenStatement,
    "kpis": Kpi,
    "kpi_months": KpiMonth,
    "kpi_statements": KpiStatement,
    "bridge": BridgeRow,
    "reported": ReportedFigure,
    "control_totals": ControlTotal,
}
"""What each table's rows become."""

NUMBERS = frozenset({Kind.AMOUNT, Kind.NUMBER, Kind.COUNT})

UNITS = {"£": Decimal(1), "£000": Decimal(1000), "£m": Decimal(1_000_000)}
"""What one in an amount column is worth in pounds."""


@dataclass(frozen=True, slots=True)
class ColumnLayout:
    """One column of a table: the headings it is known by, and how its cells are read."""

    field: str
    headings: tuple[str, ...]
    kind: Kind = Kind.TEXT
    optional: bool = False
    choices: tuple[str, ...] = ()
    """The words it may hold; none where any text will do."""
    letter: str = ""
    """The column itself, such as ``H``, where headings cannot tell it."""

    @property
    def is_number(self) -> bool:
        """Whether its cells hold amounts, rates or counts."""
        return self.kind in NUMBERS


@dataclass(frozen=True, slots=True)
class TableLayout:
    """One table: where it is, its columns, and the rules that its rows are read by."""

    name: str
    workbook: str
    """Blank for a table that any workbook may hold."""
    sheet: str
    principal: str
    """The field whose pennies are counted in and out."""
    columns: Mapping[str, ColumnLayout]
    optional: bool = False
    """Whether its workbook may lack it."""
    heading_row: int | None = None
    """The first row of the headings; found where it is not given."""
    heading_rows: int | None = None
    """How many rows the headings run over; one to three are tried where it is not given."""
    first_row: int | None = None
    last_row: int | None = None
    """The last row of the table, where notes or other tables beneath it would be taken for lines."""
    unit: str | None = None
    """What one is worth, a key of ``UNITS``; where not given, the heading says it or it is pounds."""
    text_amounts: bool = False
    """Whether amounts stored as text are read by the amount grammar rather than refused."""
    decimal_comma: bool = False
    """Whether ``1.234,50`` is one thousand two hundred and thirty-four pounds fifty."""
    missing: tuple[str, ...] = ()
    """Words in an amount column that mean the figure is not there, such as ``..`` or ``[x]``."""
    nil: tuple[str, ...] = ("-",)
    """Signs in an amount column that mean nil."""
    first_day: date | None = None
    last_day: date | None = None
    cost_centres: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    """More sheets than one that are read alike, by name or with ``*`` for any letters."""
    totals: tuple[str | int, ...] = ()
    """Words, or row numbers, of rows that state the sum of the lines above."""
    totals_within: int = 0
    """How far a stated total may be from its lines, in the table's unit, where each figure is rounded."""
    subtotals_by: tuple[str, ...] = ()
    """Columns such as a class or region, by whose words a row without a key states the sum of its lines."""
    set_aside: tuple[str | int, ...] = ()
    """Words, or row numbers, of rows that are neither lines nor sums to be checked."""
    part_pennies: bool = False
    """Whether amounts may have parts of a penny, as a published estimate has; they are kept exactly.
    An extract's amounts are always whole pence."""
    adds_up: tuple[str, ...] = ()
    """What holds in every line, such as ``opening + drawn - repaid = closing``."""
    income_accounts: tuple[str, ...] = ()
    """How the accounts of income begin; their amounts are positive, as those of expenditure are."""

    @property
    def required(self) -> tuple[str, ...]:
        """The fields without which there is no row."""
        return tuple(name for name, column in self.columns.items() if not column.optional or name == self.principal)

    def changed(
        self,
        *,
        headings: Mapping[str, tuple[str, ...]] | None = None,
        letters: Mapping[str, str] | None = None,
        **rules: Any,
    ) -> "TableLayout":
        """This layout with what a user says of it; a user's headings are tried before ours, None changes nothing."""
        columns = {
            name: replace(
                column,
                headings=(*(headings or {}).get(name, ()), *column.headings),
                letter=(letters or {}).get(name, column.letter),
            )
            for name, column in self.columns.items()
        }
        return replace(self, columns=columns, **{rule: value for rule, value in rules.items() if value is not None})


Layout = Mapping[str, TableLayout]


def field_columns(record: type[Record], headings: Mapping[str, tuple[str, ...]]) -> dict[str, ColumnLayout]:
    """The columns of a record, each read as its annotation says. ``at`` is read from no cell."""
    columns: dict[str, ColumnLayout] = {}
    for name, info in record.model_fields.items():
        reads = next((mark for mark in info.metadata if isinstance(mark, Reads)), None)
        if reads and name in headings:
            choices = tuple(_choices(info.annotation))
            columns[name] = ColumnLayout(name, headings[name], reads.kind, reads.optional, choices)
    return {name: columns[name] for name in headings}


def _choices(annotation: Any) -> Iterator[str]:
    if get_origin(annotation) is Literal:
        yield from (str(choice) for choice in get_args(annotation))


@cache
def default_layout() -> Layout:
    """The layout of ``layout.toml``, which a folder's own settings overlay."""
    text = resources.files("breakeven.workbook").joinpath("layout.toml").read_text(encoding="utf-8")
    return {
        name: TableLayout(
            name=name,
            workbook=table.get("workbook", ""),
            sheet=table["sheet"],
            principal=table["principal"],
            optional=table.get("optional", False),
            columns=field_columns(RECORDS[name], {key: tuple(known) for key, known in table["columns"].items()}),
        )
        for name, table in tomllib.loads(text).items()
    }


def heading_key(text: object) -> str:
    """A heading as it is compared: without case, spaces or punctuation. ``Cost centre`` is ``costcentre``."""
    return re.sub(r"[\W_]+", "", str(text)).casefold() if text is not None else ""


@dataclass(frozen=True, slots=True)
class HeadingUnit:
    """A heading with the unit it ends in taken off: ``Amount (£000)`` is ``Amount``, ``£000``."""

    text: str
    unit: str = field(default="")


_LONGEST_UNIT = 24
"""Letters at a heading's end in which its unit is looked for: a page in one cell is not searched through."""
_UNIT = re.compile(
    r"[\s,:-]*[(\[]?\s*(?:in\s+)?(?:(?P<pounds>£|gbp|pounds)|(?P<thousands>£\s*'?000'?s?|£\s*k|£\s*thousands?|'?000s)"
    r"|(?P<millions>£\s*m|£\s*millions?))\s*[)\]]?\s*$",
    re.IGNORECASE,
)


def split_unit(heading: str) -> HeadingUnit:
    """Take the unit off the end of a heading; a heading that names none is left whole."""
    heading = " ".join(heading.split())
    found = _UNIT.search(heading, max(0, len(heading) - _LONGEST_UNIT))
    if not found or not found.start():
        return HeadingUnit(heading)
    unit = "£000" if found["thousands"] else "£m" if found["millions"] else "£"
    return HeadingUnit(heading[: found.start()], unit)
