"""Records made in one line each, and contract years made of them, so that a test shows its figures and little else.

Amounts are text as a person types them (``"84_678_218"``); codings are ``"S1 5010"``, cost centre and account.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from breakeven.findings import Cell
from breakeven.ledger.assumptions import UNITS_OF, Assumption, AssumptionKind, Investment, Pressure
from breakeven.ledger.bridge import BridgeRow
from breakeven.ledger.chart import Category, Chart, CodingRule, Line
from breakeven.ledger.children import ChildrenFigure, ChildrenStatement
from breakeven.ledger.contract import Balance, Claim, ContractSum, Grant, Instalment, ThirdPartyIncome, Variation
from breakeven.ledger.lines import Accrual, BudgetLine, ControlTotal, Transactions, Virement
from breakeven.ledger.performance import Kpi, KpiMonth, KpiStatement
from breakeven.ledger.placements import Placement, PlacementMonth
from breakeven.ledger.posts import Caseload, PostCost, PostsMonth
from breakeven.ledger.provenance import Figure
from breakeven.ledger.record import Record
from breakeven.ledger.reported import ReportedFigure
from breakeven.ledger.savings import Delivery, Saving, Status
from breakeven.ledger.scenarios import UNIT_OF, Overlay
from breakeven.ledger.year import Body, ContractYear, Ledgers
from breakeven.money import to_pence
from breakeven.periods import Year

BASE = Year(2023)
HERE = Cell("made.xlsx", "Made", "A1")
"""Where a record stands until ``contract_year`` puts it on its sheet."""

Recurrence = Literal["recurrent", "one-off"]


def pounds(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def years(row: str) -> dict[Year, Decimal | None]:
    """A row of figures, one a year from 2024/25 on; ``[x]`` is a missing one."""
    return {BASE.later(i): None if each == "[x]" else pounds(each) for i, each in enumerate(row.split(), start=1)}


def amounts(figures: Mapping[Year, Figure]) -> dict[Year, Decimal | None]:
    """The amounts of a row, to be held against ``years``."""
    return {year: figure.amount for year, figure in figures.items()}


def day(text: str) -> date:
    return date.fromisoformat(text)


# Income ------------------------------------------------------------------------------------------------------


def contract_sum(amount: str, year: Year = BASE) -> ContractSum:
    return ContractSum(at=HERE, year=year, amount=pounds(amount), source="Contract")


def variation(ref: str, amount: str, *, recurrent: bool = True, paid: str | None = None) -> Variation:
    agreed = day("2023-06-01")
    return Variation(
        at=HERE, ref=ref, date_agreed=agreed, purpose=f"Purpose of {ref}", amount=pounds(amount), recurrent=recurrent,
        paid=None if paid is None else pounds(paid),
    )  # fmt: skip


def third_party(source: str, agreed: str, received: str | None = None, accrued: str = "0") -> ThirdPartyIncome:
    received = received or agreed
    return ThirdPartyIncome(
        at=HERE, source=source, agreed=pounds(agreed), received=pounds(received), accrued=pounds(accrued)
    )


def instalment(
    of: str, due: str, amount: str, paid_on: str = "", paid: str | None = None, ref: str = "I1"
) -> Instalment:
    """Paid in full on the day it was paid, where no other sum is given."""
    return Instalment(
        at=HERE, ref=ref, of=of, due=day(due), amount=pounds(amount), paid_on=day(paid_on) if paid_on else None,
        paid=pounds(paid or amount) if paid_on else None,
    )  # fmt: skip


def claim(
    source: str,
    period: int,
    amount: str,
    raised: str = "",
    received_on: str = "",
    received: str | None = None,
    *,
    due: str = "",
    ref: str = "C1",
) -> Claim:
    """Received in full on the day it was received, where no other sum is given."""
    return Claim(
        at=HERE, ref=ref, source=source, period=period, amount=pounds(amount),
        raised=day(raised) if raised else None,
        due=day(due) if due else None,
        received_on=day(received_on) if received_on else None,
        received=pounds(received or amount) if received_on else None,
    )  # fmt: skip


def grant(
    source: str, kind: str, per: Literal["night", "week", "person"], rate: str, start: str = "2023-04-01",
    end: str = "", ref: str = "G1",
) -> Grant:  # fmt: skip
    return Grant(
        at=HERE, ref=ref, source=source, type=kind, per=per, rate=pounds(rate), start=day(start),
        end=day(end) if end else None,
    )  # fmt: skip


def balance(kind: Literal["last close", "opening", "adjustment"], amount: str, description: str = "") -> Balance:
    return Balance(at=HERE, kind=kind, amount=pounds(amount), source="Accounts", description=description)


# Expenditure -------------------------------------------------------------------------------------------------


def budget(coding: str, original: str, revised: str | None = None, profile: str = "") -> BudgetLine:
    """``profile`` is twelve months as text, ``[x]`` for a blank one, or nothing."""
    centre, account = coding.split()
    months: dict[str, Any] = {
        f"p{n:02d}": None if month == "[x]" else pounds(month) for n, month in enumerate(profile.split(), start=1)
    }
    return BudgetLine(
        at=HERE, cost_centre=centre, account=account, line="any", category="any",
        original=pounds(original), revised=pounds(revised or original), **months,
    )  # fmt: skip


def virement(ref: str, coding: str, amount: str, on: str = "2023-09-01") -> Virement:
    centre, account = coding.split()
    return Virement(
        at=HERE, ref=ref, date=day(on), cost_centre=centre, account=account, amount=pounds(amount),
        reason="Reason", approved_by="Director",
    )  # fmt: skip


def accrual(
    coding: str,
    amount: str,
    kind: Literal["accrual", "prepayment", "reversal"] = "accrual",
    *,
    period: int = 12,
    reverses: str = "",
) -> Accrual:
    centre, account = coding.split()
    return Accrual(
        at=HERE, ref="AC1", kind=kind, period=period, cost_centre=centre, account=account, amount=pounds(amount),
        reverses=reverses,
    )  # fmt: skip


def control_total(lines: int, total: str) -> ControlTotal:
    return ControlTotal(at=HERE, sheet="Transactions", column="Amount", lines=lines, total=pounds(total))


def posted(*lines: str, periods: Sequence[int] = ()) -> Transactions:
    """An extract of lines such as ``"S1 5010 250.00"`` on rows 2, 3, ... of its sheet, in P01 unless said."""
    parts = [line.split() for line in lines]
    count = len(parts)
    return Transactions(
        workbook="expenditure.xlsx",
        sheet="Transactions",
        amount_column="H",
        row=range(2, 2 + count),
        date=[day("2023-04-30")] * count,
        period=list(periods) or [1] * count,
        cost_centre=[part[0] for part in parts],
        account=[part[1] for part in parts],
        description=[""] * count,
        supplier=[""] * count,
        reference=[""] * count,
        pence=[to_pence(pounds(part[2])) for part in parts],
        basis=["illustrative" if part[3:] else "" for part in parts],
    )


# The plan ----------------------------------------------------------------------------------------------------


def assumed(line: str, value: str, kind: AssumptionKind, year: int = 2024, unit: str = "") -> Assumption:
    """The first unit that the kind may be in, where none is said; a price is a week's."""
    given: Any = unit or UNITS_OF[kind][0]
    return Assumption(
        at=HERE, line=line, year=Year(year), kind=kind, value=pounds(value), unit=given, source="Judgement", quality="C"
    )  # fmt: skip


def steady(*lines: str, plan_years: int = 3) -> list[Assumption]:
    """No growth in any year of the plan, said aloud."""
    return [assumed(line, "0", "growth", 2024 + n) for line in lines for n in range(plan_years)]


def overlay(said: str, since: str = "", until: str = "", scenario: str = "worst") -> Overlay:
    """A change as a page says it, such as ``residential number +5``, ``pay inflation 4%``, ``agency growth to -8%``.

    since: ``P07`` of 2024/25, ``2025-26`` or ``2025-26 P07``. until: the last year, such as ``2026-27``.
    """
    line, kind, change = said.split(maxsplit=2)
    what: Any = kind
    how = "multiply" if change[0] == "x" else "add" if change[0] in "+-" else "set"
    dated = since.split()
    year, period = ([each for each in dated if (each[0] == "P") is of_a_period] for of_a_period in (False, True))
    unit: Any = "times" if how == "multiply" else UNIT_OF[what]
    return Overlay(
        at=HERE, scenario=scenario, line=line, what=what, how=how, unit=unit,
        value=Decimal(re.sub(r"[^\d.-]", "", change)),
        year=Year.parse(year[0]) if year else BASE.later(1),
        from_period=int(period[0][1:]) if period else None,
        last=Year.parse(until) if until else None,
        source="Judgement",
    )  # fmt: skip


ALL_STEADY = steady("contract_sum", "third_party_income", "staffing", "placements", "overheads")


def pressure(line: str, amount: str, start: str, recurrence: Recurrence = "recurrent", ref: str = "PR1") -> Pressure:
    return Pressure(
        at=HERE, ref=ref, line=line, description="Pressure", start=day(start), recurrence=recurrence,
        amount=pounds(amount), source="Forecast",
    )  # fmt: skip


def investment(
    amount: str, start: str, recurrence: Recurrence = "recurrent", *, saving: str = "", ref: str = "I1"
) -> Investment:
    return Investment(
        at=HERE, ref=ref, line="Residential", description="Investment", start=day(start), recurrence=recurrence,
        amount=pounds(amount), saving=saving,
    )  # fmt: skip


def saving(
    amount: str,
    start: str,
    recurrence: Recurrence = "recurrent",
    *,
    ref: str = "S1",
    status: Status = "planned",
    delivered: str | None = None,
    forecast: str | None = None,
    confidence: str | None = None,
    line: str = "Residential",
    ramp: int | None = None,
    planned_start: str = "",
) -> Saving:
    return Saving(
        at=HERE, ref=ref, scheme="Scheme", priority="People", owner="Director", line=line,
        recurrence=recurrence, start=day(start), amount=pounds(amount),
        delivered=None if delivered is None else pounds(delivered),
        forecast=None if forecast is None else pounds(forecast),
        status=status,
        confidence_pct=None if confidence is None else pounds(confidence),
        ramp_months=ramp,
        planned_start=day(planned_start) if planned_start else None,
    )  # fmt: skip


def delivery(ref: str, amount: str, year: int = 2023, evidence: str = "Invoice") -> Delivery:
    return Delivery(at=HERE, saving=ref, year=Year(year), amount=pounds(amount), evidence=evidence)


# Demand and what others print --------------------------------------------------------------------------------


def placements(kind: str, month_end: str, number: str, weekly_cost: str | None = None) -> PlacementMonth:
    cost = None if weekly_cost is None else pounds(weekly_cost)
    return PlacementMonth(at=HERE, type=kind, month=day(month_end), number=pounds(number), weekly_cost=cost)


def reported(
    ref: str, figure: str, value: str, precision: str = "1", unit: Literal["£", "number", "%"] = "£"
) -> ReportedFigure:
    return ReportedFigure(
        at=HERE, ref=ref, figure=figure, label=f"Label of {ref}", value=pounds(value), unit=unit,
        precision=pounds(precision), printed=f"£{pounds(value):,}", where=f"page {ref}",
    )  # fmt: skip


# A contract year ---------------------------------------------------------------------------------------------


def line(line_id: str, category: str, *codes: str, contributions: tuple[str, ...] = ()) -> Line:
    label = line_id.replace("_", " ").capitalize()
    return Line(line_id, label, category, tuple(CodingRule.parse(code) for code in codes), contributions)


def chart(*lines: Line) -> Chart:
    """The lines given under Staffing, Placements and Overheads; five lines where none are given."""
    categories = tuple(Category(name.lower(), name) for name in ("Staffing", "Placements", "Overheads"))
    return Chart(categories, lines or FIVE_LINES)


FIVE_LINES = (
    line("social_workers", "staffing", "S1 & 5010..5019"),
    line("agency", "staffing", "S1 & 5110..5119"),
    line("residential", "placements", "P1", contributions=("Health",)),
    line("fostering", "placements", "P2"),
    line("premises", "overheads", "O1"),
)

_SHEETS: dict[type[Record], tuple[str, str]] = {
    ContractSum: ("contract_sums", "contract.xlsx"),
    Variation: ("variations", "contract.xlsx"),
    Instalment: ("instalments", "contract.xlsx"),
    ThirdPartyIncome: ("third_party_income", "contract.xlsx"),
    Claim: ("claims", "contract.xlsx"),
    Grant: ("grants", "contract.xlsx"),
    Balance: ("balances", "contract.xlsx"),
    BudgetLine: ("budget", "budget.xlsx"),
    Virement: ("virements", "budget.xlsx"),
    Accrual: ("accruals", "expenditure.xlsx"),
    ControlTotal: ("control_totals", "expenditure.xlsx"),
    Assumption: ("assumptions", "plan.xlsx"),
    Pressure: ("pressures", "plan.xlsx"),
    Saving: ("savings", "plan.xlsx"),
    Delivery: ("deliveries", "plan.xlsx"),
    Investment: ("investments", "plan.xlsx"),
    Overlay: ("scenarios", "plan.xlsx"),
    PlacementMonth: ("placements", "demand.xlsx"),
    Placement: ("placement_register", "demand.xlsx"),
    ChildrenFigure: ("children", "demand.xlsx"),
    ChildrenStatement: ("children_statements", "demand.xlsx"),
    Kpi: ("kpis", "performance.xlsx"),
    KpiMonth: ("kpi_months", "performance.xlsx"),
    KpiStatement: ("kpi_statements", "performance.xlsx"),
    BridgeRow: ("bridge", "performance.xlsx"),
    PostsMonth: ("posts", "demand.xlsx"),
    PostCost: ("post_costs", "demand.xlsx"),
    Caseload: ("caseloads", "demand.xlsx"),
    ReportedFigure: ("reported", "reported.xlsx"),
}


def contract_year(
    *records: Record,
    extract: Transactions | None = None,
    accounts: Chart | None = None,
    plan_years: int = 3,
    confidence: Mapping[str, str] | None = None,
    groups: Mapping[str, tuple[str, ...]] | None = None,
) -> ContractYear:
    """A contract year 2023/24 of the records given, in any order; each stands in column A of its own sheet."""
    tables: dict[str, list[Any]] = defaultdict(list)
    for record in records:
        table, workbook = _SHEETS[type(record)]
        cell = Cell(workbook, table, f"A{len(tables[table]) + 2}")
        tables[table].append(record.model_copy(update={"at": cell}))
    return ContractYear(
        body=Body(
            name="A trust",
            year=BASE,
            state="provisional",
            chart=accounts or chart(),
            priorities=("People",),
            confidence_pct={status: pounds(pct) for status, pct in (confidence or {"planned": "50"}).items()},
            plan_years=plan_years,
            groups=groups or {},
        ),
        ledgers=Ledgers(**{table: tuple(rows) for table, rows in tables.items()}),
        transactions=extract or posted(),
        inputs=(),
        tallies=(),
        findings=(),
    )


def published(*more: Record) -> ContractYear:
    """The year 2023/24 as the annual review prints it, section (e), each category on one code."""
    return contract_year(
        contract_sum("74_475_000"),
        variation("CC1", "509_144"),
        variation("CC2", "341_019"),
        variation("CC3", "600_000", recurrent=False),
        third_party("Health", "8_341_055", "8_753_055"),
        balance("last close", "-6_977_292"),
        balance("opening", "-6_977_292"),
        budget("S1 5010", "33_069_078"),
        budget("P1 6010", "42_194_634"),
        budget("O1 7010", "8_260_020"),
        *more,
        extract=posted("S1 5010 32_434_958", "P1 6010 48_565_330", "O1 7010 7_931_600"),
    )
