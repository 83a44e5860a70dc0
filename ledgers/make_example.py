"""Write the workbooks of the example, the published contract year 2023/24.

    python ledgers/make_example.py [FOLDER]

FOLDER is ``ledgers/2023-24`` unless it is given. The same figures give the same bytes on any day, in any
place. The figures are the tables of ``example_figures.py``; here they are spread over months and postings by
``random.Random``, seeded with each cost centre and account so that a change to one leaves the rest alone.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import example_figures as figures
import example_registers as registers
import xlsxwriter  # pyright: ignore[reportMissingTypeStubs]  (it ships none)

from breakeven.ledger.bands import parse_band
from breakeven.money import NIL, share
from breakeven.periods import Year, period_name
from breakeven.pipeline import at_period, year_end
from breakeven.report.seal import write_seal
from breakeven.workbook.closes import path_of

YEAR = Year(2023)
PLAN_YEARS = ("2024-25", "2025-26", "2026-27")
REVIEW = "Annual review 2023-24"
DEMAND_LINES = ("Residential", "Supported accommodation", "Unaccompanied children")
"""Lines whose months follow the number of placements and what each costs."""

PRINTED = {
    "In post": "Total as printed",
    "Not ASYE": "Permanent without ASYE as printed",
    "Not ASYE %": "Permanent without ASYE, per cent as printed",
    "ASYE %": "ASYE, per cent as printed",
    "Agency %": "Agency, per cent as printed",
}
"""What the review prints beside the numbers of social workers, under the headings that the sheet gives it."""

AGES = {
    "Residential": registers.Ages(8, 17, 14),
    "Supported accommodation": registers.Ages(16, 17, 16),
    "Unaccompanied children": registers.Ages(15, 17.5, 16),
}
ADULT = "P3020"
"""The cost centre of those who are 18 already, who have no birthday in the register."""
"""How old children are when they are placed, by type; support beside a placement has no child of its own."""

Value = str | int | Decimal | date | None
Row = Sequence[Value]
Coding = tuple[str, str]


# --- the tables of example_figures ------------------------------------------------------------------------


def table(text: str) -> list[dict[str, str]]:
    """The rows of a table drawn with bars, by heading."""
    headings, *rows = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    return [dict(zip(headings, row, strict=True)) for row in rows]


def amount(text: str) -> Decimal:
    """Pounds and pence, or any other number, from text such as 1,234.50."""
    return Decimal(text.replace(",", ""))


def day(text: str) -> date:
    """The date that text such as 31/03/2024 says."""
    return date(int(text[6:]), int(text[3:5]), int(text[:2]))


def coding(text: str) -> Coding:
    """Cost centre and account from text such as S1010 5010."""
    cost_centre, account = text.split()
    return cost_centre, account


# --- what a sheet is --------------------------------------------------------------------------------------

NUMBER_FORMATS = {
    "amount": "#,##0.00",
    "number": "General",
    "count": "#,##0",
    "decimal": "#,##0.00",
    "date": "dd/mm/yyyy",
}
"""How each kind of column that is not text is shown."""

SUMMED = ("amount", "number", "count", "decimal")
"""The kinds of column that have a control total."""


@dataclass(frozen=True)
class Column:
    """One column of a sheet: its heading, the kind of value in it, and its width in characters."""

    heading: str
    kind: str = "text"
    width: int = 14

    def read(self, text: str) -> Value:
        """The value that a cell of a drawn table stands for; blank is no value."""
        if not text:
            return None
        if self.kind in SUMMED:
            return amount(text)
        return day(text) if self.kind == "date" else text


@dataclass(frozen=True)
class Sheet:
    """One table on one sheet."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    has_total_row: bool = False


@dataclass(frozen=True)
class Workbook:
    """A workbook: its name and its tables. Its notes are in ``example_figures``; its control totals follow."""

    file: str
    sheets: Sequence[Sheet]


def drawn_sheet(name: str, columns: Sequence[Column], rows: list[dict[str, str]], **same: str) -> Sheet:
    """A sheet of drawn rows; ``same`` are headings that hold one value all the way down."""
    return Sheet(name, columns, [[column.read((row | same)[column.heading]) for column in columns] for row in rows])


REF, LINE, SOURCE = Column("Ref", width=8), Column("Line", width=32), Column("Source", width=58)
BASIS = Column("Basis", width=12)
COST_CENTRE, ACCOUNT = Column("Cost centre", width=12), Column("Account", width=10)
AMOUNT = Column("Amount", "amount", 16)
YEARLY = Column("Full-year amount", "amount", 17)
RECURRENCE, START = Column("Recurrent or one-off", width=20), Column("Start", "date", 12)


# --- contract.xlsx ----------------------------------------------------------------------------------------


def contract() -> Workbook:
    """What the commissioner and the third parties pay, and the balance brought in."""
    sum_columns = [Column("Contract year"), Column("Description", width=24), AMOUNT, SOURCE, BASIS]
    variation_columns = [
        REF, Column("Date agreed", "date"), Column("Purpose", width=44), AMOUNT,
        Column("Recurrent"), Column("Paid", "amount", 16), BASIS,
    ]  # fmt: skip
    instalment_columns = [
        REF, Column("Of", width=16), Column("Due", "date", 12), AMOUNT,
        Column("Paid on", "date", 12), Column("Paid", "amount", 16), BASIS,
    ]  # fmt: skip
    income_columns = [
        Column("Source", width=36),
        *(Column(heading, "amount", 16) for heading in ("Agreed", "Received", "Accrued")),
        BASIS,
    ]
    claim_columns = [
        REF, Column("Source", width=36), Column("Period", width=8), AMOUNT, Column("Raised", "date", 12),
        Column("Due", "date", 12), Column("Received on", "date", 12), Column("Received", "amount", 16), BASIS,
    ]  # fmt: skip
    grant_columns = [
        REF, Column("Source", width=36), Column("Placement type", width=32), Column("Per", width=9),
        Column("Rate", "amount", 12), START, Column("End", "date", 12), BASIS,
    ]  # fmt: skip
    balance_columns = [Column("Balance"), Column("Description", width=40), AMOUNT, SOURCE, BASIS]
    return Workbook(
        "contract.xlsx",
        [
            drawn_sheet("Contract sum", sum_columns, table(figures.CONTRACT_SUM)),
            drawn_sheet("Variations", variation_columns, table(figures.VARIATIONS)),
            drawn_sheet("Instalments", instalment_columns, table(figures.INSTALMENTS), Basis="illustrative"),
            drawn_sheet("Third-party income", income_columns, table(figures.THIRD_PARTY_INCOME)),
            drawn_sheet("Claims", claim_columns, table(figures.CLAIMS), Basis="illustrative"),
            drawn_sheet("Grants", grant_columns, table(figures.GRANTS), Basis="illustrative"),
            drawn_sheet("Balances", balance_columns, table(figures.BALANCES)),
        ],
    )


# --- the year by cost centre, account and month -----------------------------------------------------------


@dataclass(frozen=True)
class Posting:
    """One cost centre and account: its budget and outturn, and how it is paid."""

    coding: Coding
    line: str
    category: str
    purpose: str
    payee: str
    payees: int
    lines_a_month: int
    revised: Decimal
    outturn: Decimal


def share_pounds(total: Decimal, weights: Sequence[int]) -> list[Decimal]:
    """Share out whole pounds in whole pounds."""
    return [part.scaleb(2).quantize(NIL) for part in share(total.scaleb(-2), weights)]


def postings() -> list[Posting]:
    """Every cost centre and account, its line's budget and outturn shared out to it, in order of code."""
    codings = table(figures.CODINGS)
    found: list[Posting] = []
    for line in table(figures.LINES):
        own = [row for row in codings if row["Line"] == line["Line"]]
        revised = share_pounds(amount(line["Revised budget"]), [int(row["Budget"]) for row in own])
        outturn = share(amount(line["Outturn"]), [int(row["Outturn"]) for row in own])
        found += [
            Posting(
                coding=(row["Cost centre"], row["Account"]),
                line=line["Line"],
                category=line["Category"],
                purpose=row["For"],
                payee=row["Payee"],
                payees=int(row["Payees"]),
                lines_a_month=int(row["Lines"]),
                revised=part_revised,
                outturn=part_outturn,
            )
            for row, part_revised, part_outturn in zip(own, revised, outturn, strict=True)
        ]
    return sorted(found, key=lambda posting: posting.coding)


def month_end(period: int) -> date:
    """The last day of a period of the contract year; period 0 is the March before it."""
    year, month = divmod(period + 3, 12)
    return date(YEAR.start + year, month + 1, 1) - timedelta(days=1)


def demand_parts(line: str) -> list[int]:
    """What a line's placements cost in each month: number x days x weekly cost, in sevenths of a penny."""
    columns = placement_columns()
    parts: list[int] = []
    for period in range(1, 13):
        number, weekly_cost = columns[line][month_end(period)]
        parts.append(int(number * month_end(period).day * weekly_cost.scaleb(2)))
    return parts


def monthly_parts(posting: Posting) -> list[int]:
    """How a year's money falls over its months, P01 first: a twelfth each unless a table says otherwise."""
    if posting.line in DEMAND_LINES:
        return demand_parts(posting.line)
    for row in table(figures.MONTHLY_PARTS):
        if row["For"] in {posting.line, posting.purpose}:
            return [int(row[period_name(period)]) for period in range(1, 13)]
    return [1] * 12


# --- budget.xlsx ------------------------------------------------------------------------------------------


def budget(coded: Sequence[Posting]) -> Workbook:
    """The revised budget by cost centre, account and month, and the virements that made it so."""
    moved = virements_by_coding()
    profile = [Column(period_name(period), "amount", 14) for period in range(1, 13)]
    columns = [
        COST_CENTRE, ACCOUNT, LINE, Column("Category"),
        Column("Original budget", "amount", 17), Column("Revised budget", "amount", 17), *profile,
        Column("Profile", width=12), BASIS,
    ]  # fmt: skip
    rows = [
        [
            *posting.coding, posting.line, posting.category,
            posting.revised - moved.get(posting.coding, NIL), posting.revised, *budget_profile(posting),
            "days" if posting.line in DEMAND_LINES else None, "illustrative",
        ]
        for posting in coded
    ]  # fmt: skip
    return Workbook(
        "budget.xlsx",
        [Sheet("Budget", columns, rows, has_total_row=True), virements(), activity(), last_year(coded)],
    )


def activity() -> Sheet:
    """How many placements and agency workers were budgeted for, and last year's, with the price of one."""
    columns = [
        LINE, Column("State", width=12), Column("Type", width=26), Column("Unit", width=12),
        Column("Number", "decimal", 10), Column("Price", "amount", 14), BASIS,
    ]  # fmt: skip
    return drawn_sheet("Activity", columns, table(figures.ACTIVITY), Basis="illustrative")


def last_year(coded: Sequence[Posting]) -> Sheet:
    """Last year's outturn by month: a made-up year some way below this one's budget, of much the same shape."""
    columns = [
        COST_CENTRE, ACCOUNT, Column("Outturn", "amount", 16),
        *(Column(period_name(period), "amount", 14) for period in range(1, 13)), BASIS,
    ]  # fmt: skip
    rows: list[Row] = []
    for posting in coded:
        rng = Random(f"last year {' '.join(posting.coding)}")  # noqa: S311  (a made-up ledger, not a secret)
        total = share(posting.revised, [rng.randrange(900, 960), 1000])[0] * 2
        flat = [1000 + 6 * period for period in range(12)]
        shape = flat if posting.line in DEMAND_LINES else [part * 1000 for part in monthly_parts(posting)]
        months = share(total, [part * rng.randrange(96, 105) for part in shape])
        rows.append([*posting.coding, total, *months, "illustrative"])
    return Sheet("Last year", columns, rows)


def budget_profile(posting: Posting) -> list[Decimal]:
    """The revised budget by month. Nobody budgeted for demand to rise, so those lines are flat."""
    flat = posting.line in DEMAND_LINES
    return share_pounds(posting.revised, [1] * 12 if flat else monthly_parts(posting))


def virements_by_coding() -> dict[Coding, Decimal]:
    """What virements took from or gave to each cost centre and account."""
    moved: dict[Coding, Decimal] = {}
    for row in table(figures.VIREMENTS):
        for side, sign in (("From", -1), ("To", 1)):
            key = coding(row[side])
            moved[key] = moved.get(key, NIL) + sign * amount(row["Amount"])
    return moved


def virements() -> Sheet:
    """Each virement as two rows that net to nil."""
    columns = [
        REF, Column("Date", "date", 12), COST_CENTRE, ACCOUNT, AMOUNT,
        Column("Reason", width=52), Column("Approved by", width=24), BASIS,
    ]  # fmt: skip
    rows = [
        [
            row["Ref"], day(row["Date"]), *coding(row[side]), sign * amount(row["Amount"]),
            row["Reason"], row["Approved by"], "illustrative",
        ]
        for row in table(figures.VIREMENTS)
        for side, sign in (("From", -1), ("To", 1))
    ]  # fmt: skip
    return Sheet("Virements", columns, rows)


# --- expenditure.xlsx -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Transaction:
    """One line of the finance system's extract, before it has a reference."""

    coding: Coding
    on: date
    description: str
    supplier: str
    prefix: str
    """The first letters of its reference: what kind of document it is."""
    amount: Decimal


def expenditure(coded: Sequence[Posting]) -> Workbook:
    """The finance system's extract, and the year-end accruals that it does not hold."""
    return Workbook(
        "expenditure.xlsx",
        [transactions(coded), accruals(), orders(), overrides(), explanations()],
    )


def accruals() -> Sheet:
    """Costs moved between periods. What is accrued or prepaid in P12 is undone in the next year's P01."""
    columns = [
        REF, Column("Type"), Column("Period", width=8), COST_CENTRE, ACCOUNT,
        Column("Description", width=50), AMOUNT, Column("Reverses in"), Column("Date", "date", 12),
        Column("Reason", width=44), BASIS,
    ]  # fmt: skip
    rows: list[Row] = []
    for row in accrual_rows():
        period = accrual_period(row)
        entered = date(2023, 4, 11) if row["Type"] == "reversal" else month_end(period) + timedelta(days=5)
        undone = f"{YEAR.later(1)} P01" if period == 12 else None
        rows.append([
            row["Ref"], row["Type"], period_name(period), *coding(row["Coding"]),
            row["Description"], amount(row["Amount"]), undone, entered, ACCRUED_BECAUSE[row["Type"]], "illustrative",
        ])  # fmt: skip
    return Sheet("Accruals", columns, rows)


ACCRUED_BECAUSE = {
    "accrual": "Delivered by the period's end, invoice not posted",
    "prepayment": "Paid for a time after the period's end",
    "reversal": "Undoes last year's entry",
}


def accrual_rows() -> list[dict[str, str]]:
    """Those of the months, then those of the year end and the reversals of last year's."""
    return [*table(figures.MONTHLY_ACCRUALS), *table(figures.ACCRUALS)]


def accrual_period(row: dict[str, str]) -> int:
    """Last year's accruals are reversed in April; this year's are made in the month given, or in March."""
    if row["Type"] == "reversal":
        return 1
    return int(row["Period"][1:]) if "Period" in row else 12


def orders() -> Sheet:
    """Purchase orders and when each was invoiced."""
    columns = [
        Column("Order", width=10), Column("Date", "date", 12), COST_CENTRE, ACCOUNT,
        Column("Description", width=44), AMOUNT, Column("Invoiced", "date", 12), BASIS,
    ]  # fmt: skip
    rows = [
        row | dict(zip(("Cost centre", "Account"), coding(row["Coding"]), strict=True)) for row in table(figures.ORDERS)
    ]
    return drawn_sheet("Orders", columns, rows, Basis="illustrative")


def overrides() -> Sheet:
    """Forecasts that somebody set by hand."""
    columns = [
        LINE, Column("Period", width=8), Column("Forecast outturn", "amount", 17), Column("Reason", width=70),
        Column("Author", width=28), Column("Date", "date", 12), BASIS,
    ]  # fmt: skip
    return drawn_sheet("Forecast overrides", columns, table(figures.OVERRIDES), Basis="illustrative")


def explanations() -> Sheet:
    """Why lines were forecast away from their budgets."""
    columns = [
        LINE, Column("Period", width=8), Column("Kind", width=16), AMOUNT, Column("Explanation", width=90),
        Column("Author", width=28), Column("Date", "date", 12), BASIS,
    ]  # fmt: skip
    return drawn_sheet("Explanations", columns, table(figures.EXPLANATIONS), Basis="illustrative")


def transactions(coded: Sequence[Posting]) -> Sheet:
    """The extract: references run in order of date, rows in order of cost centre, account and date."""
    columns = [
        Column("Date", "date", 12), Column("Period", width=8), COST_CENTRE, ACCOUNT,
        Column("Description", width=52), Column("Supplier", width=36), Column("Reference", width=13), AMOUNT, BASIS,
    ]  # fmt: skip
    posted = [transaction for posting in coded for transaction in transactions_of(posting)]
    posted.sort(key=lambda transaction: transaction.on)
    rows: list[Row] = [
        [
            t.on, period_name(YEAR.period_of(t.on)), *t.coding, t.description, t.supplier,
            f"{t.prefix}{number:06d}", t.amount, "illustrative",
        ]
        for number, t in enumerate(posted, start=100_001)
    ]  # fmt: skip
    rows.sort(key=lambda row: (row[2], row[3], row[0], str(row[6])[2:]))
    return Sheet("Transactions", columns, rows)


def transactions_of(posting: Posting) -> Iterator[Transaction]:
    """The year's transactions of one cost centre and account: its outturn less its accruals, month by month."""
    rng = Random(" ".join(posting.coding))  # noqa: S311  (a made-up ledger, not a secret)
    costs = share(posting.outturn, monthly_parts(posting))
    for row in accrual_rows():
        if coding(row["Coding"]) == posting.coding:
            period = accrual_period(row)
            costs[period - 1] -= amount(row["Amount"])
            if row["Type"] != "reversal" and period < 12:
                costs[period] += amount(row["Amount"])
    mean = posting.outturn / 12
    for period, posted in enumerate(costs, start=1):
        if posted <= 0:
            raise ValueError(f"{posting.coding} has {posted} left to post in {period_name(period)}: accrue less")
        lines = posting.lines_a_month
        if posting.line in DEMAND_LINES:
            lines = max(1, round(lines * posted / mean))
        yield from month_of_transactions(posting, period, posted, lines, rng)


def month_of_transactions(
    posting: Posting, period: int, posted: Decimal, lines: int, rng: Random
) -> Iterator[Transaction]:
    """One month's transactions, which come to ``posted``; where there are many, some months hold a credit note."""
    description = f"{posting.purpose}, {month_end(period):%B %Y}"
    credit = NIL
    if lines >= 4 and posting.payees > 1 and rng.randrange(3) == 0:
        credit = share(posted, [rng.randrange(10, 40), 960])[0]
        yield Transaction(
            posting.coding,
            working_day(period, rng),
            f"Credit note: {description}",
            supplier(posting, rng),
            "CN",
            -credit,
        )
    prefix = document(posting)
    for part in share(posted + credit, [rng.randrange(60, 141) for _ in range(lines)]):
        on = pay_day(period) if prefix == "PR" else working_day(period, rng)
        yield Transaction(posting.coding, on, description, supplier(posting, rng), prefix, part)


def document(posting: Posting) -> str:
    """What kind of document a posting is: payroll, a payments run, or an invoice."""
    if posting.payee == "Payroll":
        return "PR"
    return "RN" if posting.payee.endswith("payments run") else "IN"


def supplier(posting: Posting, rng: Random) -> str:
    """One of the payees, by number where there are several: no real name is in the example."""
    return posting.payee if posting.payees == 1 else f"{posting.payee} {rng.randrange(posting.payees) + 1:02d}"


def pay_day(period: int) -> date:
    """The 28th, or the Friday before it."""
    on = month_end(period).replace(day=28)
    return on - timedelta(days=max(0, on.weekday() - 4))


def working_day(period: int, rng: Random) -> date:
    """Any Monday to Friday of the month."""
    last = month_end(period)
    days = [last.replace(day=number) for number in range(1, last.day + 1)]
    weekdays = [on for on in days if on.weekday() < 5]
    return weekdays[rng.randrange(len(weekdays))]


# --- plan.xlsx --------------------------------------------------------------------------------------------


def plan() -> Workbook:
    """What the plan assumes, and what is to be saved."""
    pressure_columns = [REF, LINE, Column("Description", width=48), START, RECURRENCE, YEARLY, SOURCE, BASIS]
    investment_columns = [
        REF, LINE, Column("Description", width=40), START, RECURRENCE, YEARLY, Column("For saving"), BASIS,
    ]  # fmt: skip
    return Workbook(
        "plan.xlsx",
        [
            assumptions(),
            drawn_sheet("Pressures", pressure_columns, table(figures.PRESSURES), Basis="illustrative"),
            savings(),
            drawn_sheet("Deliveries", DELIVERY_COLUMNS, table(figures.DELIVERIES), Basis="illustrative"),
            drawn_sheet("Investments", investment_columns, table(figures.INVESTMENTS), Basis="illustrative"),
            scenarios(),
            uncertainty(),
            correlations(),
        ],
    )


DELIVERY_COLUMNS = [
    Column("Saving", width=10), Column("Contract year"), Column("Amount", "amount"), Column("Evidence", width=46),
    Column("Author", width=24), Column("Date", "date", 12), BASIS,
]  # fmt: skip


def assumptions() -> Sheet:
    """The contract sum, then each rate by line and year."""
    columns = [
        LINE, Column("Contract year"), Column("Kind", width=12), Column("Value", "decimal", 16),
        Column("Unit", width=9), SOURCE, Column("Quality", width=9), Column("Owner", width=24),
        Column("Set on", "date", 12), BASIS,
    ]  # fmt: skip
    rows = list(drawn_sheet("Assumptions", columns, table(figures.CONTRACT_SUM_PLAN)).rows)
    rows += [
        [
            row["Line"], year, row["Kind"], amount(row[year]), "%", row["Source"], row["Quality"],
            *SET_BY[row["Kind"]], "illustrative",
        ]
        for row in table(figures.RATES)
        for year in PLAN_YEARS
    ]  # fmt: skip
    return Sheet("Assumptions", columns, rows)


SET_BY = {
    "inflation": ("Director of Resources", date(2024, 5, 14)),
    "growth": ("Head of Commissioning", date(2024, 5, 28)),
}
"""Who answers for the rates of each kind, and when they were last set."""


def scenarios() -> Sheet:
    """Three overlays on the plan: the best, the likeliest and the worst that the trust plans for."""
    columns = [
        Column("Scenario", width=10), LINE, Column("What", width=10), Column("How", width=10),
        Column("Value", "decimal", 10), Column("Unit", width=9), Column("From year", width=11),
        Column("From period", width=12), Column("To year", width=10), Column("Why", width=52),
        Column("Author", width=24), Column("Set on", "date", 12), BASIS,
    ]  # fmt: skip
    set_by = {"Author": "Director of Resources", "Set on": "04/06/2024"}
    return drawn_sheet("Scenarios", columns, table(figures.SCENARIOS), Basis="illustrative", **set_by)


def uncertainty() -> Sheet:
    """What may turn out otherwise than planned, and by how much."""
    columns = [
        REF, LINE, Column("What", width=10), Column("How", width=10), Column("Distribution", width=13),
        *(Column(heading, "decimal", 8) for heading in ("Low", "Likely", "High", "SD")), Column("Cases", width=26),
        Column("Drawn", width=10), Column("By chance", width=10), Column("Why", width=62), BASIS,
    ]  # fmt: skip
    return drawn_sheet("Uncertainty", columns, table(figures.UNCERTAINTY), Basis="illustrative")


def correlations() -> Sheet:
    """What moves together."""
    columns = [
        Column("One", width=8), Column("Other", width=8), Column("Correlation", "decimal", 12),
        Column("Why", width=40), BASIS,
    ]  # fmt: skip
    return drawn_sheet("Correlations", columns, table(figures.CORRELATIONS), Basis="illustrative")


def savings() -> Sheet:
    """The schemes of 2023/24, all delivered, and the programme of 2024/25."""
    columns = [
        REF, Column("Scheme", width=46), Column("Priority", width=30), Column("Owner", width=24), LINE,
        RECURRENCE, START, YEARLY, Column("Delivered", "amount"), Column("Forecast", "amount"),
        Column("Status", width=16), Column("Confidence %", "number", 13), Column("Notes", width=34),
        Column("Planned start", "date", 14), Column("Ramp months", "number", 13), BASIS,
    ]  # fmt: skip
    delivered = [
        row
        | dict.fromkeys(("Delivered", "Forecast"), row["Full-year amount"])
        | {"Recurrent or one-off": "recurrent", "Start": "01/04/2023", "Status": "delivered"}
        | dict.fromkeys(("Confidence %", "Notes", "Planned start", "Ramp months"), "")
        for row in table(figures.SAVINGS_2023_24)
    ]
    return drawn_sheet("Savings", columns, [*delivered, *table(figures.SAVINGS_2024_25)], Basis="illustrative")


# --- demand.xlsx ------------------------------------------------------------------------------------------


def demand() -> Workbook:
    """Placements and social work posts at each month's end."""
    posts = [
        Column("Month", "date", 12),
        *(Column(heading, "decimal", 15) for heading in ("Establishment", "Permanent", "ASYE", "Agency")),
        *(Column(heading, "decimal", 36) for heading in PRINTED.values()),
        BASIS,
    ]
    months = [
        {PRINTED.get(heading, heading): cell for heading, cell in row.items()} for row in table(figures.WORKFORCE)
    ]
    costs = [
        Column("Role", width=12), Column("Line", width=26), Column("Pay", "amount"), Column("On-costs %", "number", 12),
        BASIS,
    ]  # fmt: skip
    caseloads = [
        Column("Service", width=24), Column("Children", "count", 10), Column("Cases per worker", "number", 17), BASIS
    ]  # fmt: skip
    return Workbook(
        "demand.xlsx",
        [
            placements(),
            placement_register(),
            drawn_sheet("Workforce", posts, months),
            post_register(),
            drawn_sheet("Post costs", costs, table(figures.POST_COSTS), Basis="illustrative"),
            drawn_sheet("Caseloads", caseloads, table(figures.CASELOADS), Basis="published"),
            children(),
            children_stated(),
        ],
    )


def placement_register() -> Sheet:
    """Every placement of the lines that follow demand, child by child: as many as Placements has at each month end."""
    columns = [
        Column("Ref", width=10), Column("Placement type", width=26), COST_CENTRE, ACCOUNT,
        Column("Start", "date", 12), Column("End", "date", 12), Column("Planned end", "date", 12),
        Column("Weekly cost", "amount"), Column("Contributor", width=26),
        Column("Weekly contribution", "amount", 19), Column("Turns 18", "date", 12), BASIS,
    ]  # fmt: skip
    months = placement_columns()
    rows: list[Row] = []
    for kind in table(figures.REGISTERS):
        demand = [months[kind["Follows"]][month_end(period)] for period in range(13)]
        numbers = [max(1, round(int(number) / int(kind["One for"]))) for number, _ in demand]
        costs = [cost * int(kind["Part"]) * int(kind["One for"]) / 100 for _, cost in demand]
        codings = [coding(code) for code in kind["Codings"].split(", ")]
        for placed in registers.placements(kind["Type"], numbers, costs, [month_end(period) for period in range(13)]):
            number = int(placed.ref[1:])
            code = codings[number % len(codings)]
            paid_for = kind["Contributor"] and number % 5 < int(kind["Of five"])
            part = (placed.weekly_cost * int(kind["Per cent"] or 0) / 100).quantize(Decimal(1)) if paid_for else None
            is_child = kind["Type"] in AGES and code[0] != ADULT
            born = registers.turns_18(placed, AGES[kind["Type"]], month_end(0), month_end(12)) if is_child else None
            rows.append([
                placed.ref, kind["Type"], *code, placed.start, placed.end, placed.planned_end, placed.weekly_cost,
                kind["Contributor"] if paid_for else None, part,
                born, "illustrative",
            ])  # fmt: skip
    return Sheet("Placement register", columns, rows)


def post_register() -> Sheet:
    """The agency social workers' posts, as many full-time ones at each month's end as Workforce has."""
    columns = [
        Column("Ref", width=10), Column("Role", width=22), COST_CENTRE, ACCOUNT, Column("FTE", "decimal", 8),
        Column("Annual cost", "amount", 14), Column("Filled from", "date", 12), Column("Filled to", "date", 12), BASIS,
    ]  # fmt: skip
    agency = [amount(row["Agency"]) for row in table(figures.WORKFORCE)]
    codings = [coding(code) for code in ("S1010 5110", "S1020 5110", "S1030 5110", "S1040 5115")]
    rows: list[Row] = []
    for number, post in enumerate(registers.posts(agency, [month_end(period) for period in range(13)])):
        code = codings[(number * 3) % 10 // 3]
        role, cost = ("high cost agency", Decimal(118_000)) if code[1] == "5115" else ("agency", Decimal(102_000))
        rows.append(
            [f"AG{number + 1:03d}", role, *code, post.fte, cost, post.filled_from, post.filled_to, "illustrative"]
        )
    rows += [
        ["AG900", "agency", *codings[1], Decimal(1), Decimal(102_000), None, None, "illustrative"],
    ]
    return Sheet("Post register", columns, rows)


def children() -> Sheet:
    """Each figure of the review's tables of children, a row a figure, with the column that it stands in."""
    columns = [
        Column("Table", width=42), Column("Row", width=42), Column("Part", width=11), Column("When", width=22),
        Column("Value", "number", 10), Column("Unit", width=12), Column("Last place", "number", 10),
        Column("Of", width=18), Column("Our figure", width=40), SOURCE, BASIS,
    ]  # fmt: skip
    drawn: list[dict[str, str]] = []
    for block in figures.CHILDREN.strip().split("\n\n"):
        title, rest = block.split("\n", 1)
        for row in table(rest):
            said = {key: row.pop(key, "") for key in ("Row", "Part", "Unit", "Last place", "Of", "Our figure")}
            for when, value in row.items():
                figure, _, place = value.partition(":")
                part = "difference" if " to " in when else said["Part"]
                own = {"Table": title.removeprefix("Table: "), "When": when, "Value": figure, "Part": part}
                own |= {"Unit": said["Unit"] or "number", "Last place": place or said["Last place"]}
                drawn += [said | own] if figure else []
    return drawn_sheet("Children", columns, drawn, Source=f"{REVIEW}, section (f), 3.2", Basis="published")


def children_stated() -> Sheet:
    """What the review's text says of children."""
    columns = [
        REF, Column("What it is", width=42), Column("Comes to", width=80), Column("Value", "number", 10),
        Column("Unit", width=12), Column("Precision", "number", 10), Column("As printed", width=50),
        Column("Where", width=40), BASIS,
    ]  # fmt: skip
    rows = [row | {"Where": f"{REVIEW}, {row['Where']}"} for row in table(figures.CHILDREN_STATED)]
    return drawn_sheet("Children stated", columns, rows, Basis="published")


def placement_columns() -> dict[str, dict[date, tuple[Decimal, Decimal]]]:
    """Each type of placement's number and weekly cost by month end: two columns of the drawn table each."""
    headings, *rows = [[cell.strip() for cell in line.split("|")] for line in figures.PLACEMENTS.strip().splitlines()]
    return {
        headings[i]: {day(row[0]): (amount(row[i]), amount(row[i + 1])) for row in rows}
        for i in range(1, len(headings), 2)
    }


def placements() -> Sheet:
    """Number and weekly cost by type and month."""
    columns = [
        Column("Placement type", width=32), Column("Month end", "date", 12), Column("Number", "count", 10),
        Column("Weekly cost", "amount"), BASIS, Column("Weekly cost basis", width=18),
    ]  # fmt: skip
    rows = [
        [kind, month, number, weekly_cost, placement_basis(kind, month), "illustrative"]
        for kind, months in placement_columns().items()
        for month, (number, weekly_cost) in months.items()
    ]
    return Sheet("Placements", columns, rows)


def placement_basis(kind: str, month: date) -> str:
    """Whether the review prints this type's number for this month."""
    some_months = {
        "Residential": (month_end(0), month_end(12)),
        "Unaccompanied children": (month_end(1), month_end(12)),
    }
    is_printed = "fostering" in kind or month in some_months.get(kind, ())
    return "published" if is_printed else "illustrative"


# --- performance.xlsx -------------------------------------------------------------------------------------

SECTION = {"2023-24": "section (b)", "2024-25": "section (j), KPI Changes"}
"""Where the review prints the indicators of each year."""


def performance() -> Workbook:
    """The indicators with their bands, the months the review gives of them, and what it says in words."""
    stated = [
        REF, Column("Contract year", width=13), Column("What", width=14), Column("Value", "number", 10),
        Column("As printed", width=70), SOURCE, BASIS,
    ]  # fmt: skip
    rows = [
        row | {"Contract year": str(YEAR), "Source": ", ".join([REVIEW, "section (b)", *filter(None, [row["Ref"]])])}
        for row in table(figures.KPI_STATEMENTS)
    ]
    bridge = [
        REF, Column("Indicators", width=24), Column("What moves", width=50), Column("Step", "number", 8),
        Column("Counted in", width=16), Column("Line", width=32), Column("What", width=9), Column("By", "number", 6),
        Column("Measured by", width=14), Column("Role", width=11), Column("Why", width=90), SOURCE, BASIS,
    ]  # fmt: skip
    return Workbook(
        "performance.xlsx",
        [
            kpis(),
            kpi_months(),
            drawn_sheet("Stated", stated, rows, Basis="published"),
            drawn_sheet("Bridge", bridge, table(figures.BRIDGE), Basis="illustrative"),
        ],
    )


def kpis() -> Sheet:
    """Each indicator, its bands as printed and what they read as."""
    columns = [
        Column("Number", "count", 8), REF, Column("Contract year", width=13), Column("Name", width=42),
        Column("Better is", width=10), Column("Unit", width=12), Column("Bands are", width=10),
        *(Column(heading, width=26) for heading in ("Green", "Amber", "Red")),
        *(Column(heading, width=30) for heading in ("Green reads", "Amber reads", "Red reads")),
        Column("Why read so", width=60), Column("Our figure", width=24), Column("Measure", width=80), SOURCE, BASIS,
    ]  # fmt: skip
    otherwise = {row["Ref"]: row for row in table(figures.KPIS_READ_OTHERWISE)}
    rows = [
        row
        | {f"{band} reads": parse_band(row[band]).notation for band in ("Green", "Amber", "Red")}
        | {"Why read so": "", "Our figure": "workforce/vacancy_rate" if "vacancy" in row["Name"] else ""}
        | {"Source": f"{REVIEW}, {SECTION[row['Contract year']]}"}
        | otherwise.get(row["Ref"], {})
        for row in table(figures.KPIS)
    ]
    return drawn_sheet("KPIs", columns, rows, Basis="published")


def kpi_months() -> Sheet:
    """One row for each month of which the review gives the value, or says the band."""
    columns = [
        REF, Column("Month", "date", 12), Column("Value", "number", 10), Column("Said to be", width=13),
        Column("As printed", width=76), SOURCE, BASIS,
    ]  # fmt: skip
    rows = [
        row | {"Month": f"{month_end(period):%d/%m/%Y}", "Source": f"{REVIEW}, section (b), {row['Ref']}"}
        for row in table(figures.KPI_MONTHS)
        for period in periods(row["Months"])
    ]
    return drawn_sheet("Months", columns, rows, Basis="published")


def periods(text: str) -> range:
    """The periods of 07/2023, or of 04/2023 to 02/2024."""
    first, _, last = text.partition(" to ")
    ends = [YEAR.period_of(day(f"01/{month}")) for month in (first, last or first)]
    return range(ends[0], ends[1] + 1)


# --- reported.xlsx ----------------------------------------------------------------------------------------


def reported() -> Workbook:
    """Every figure that section (e) of the review states, and section (f) of the workforce."""
    columns = [
        REF, Column("Our figure", width=44), Column("What it is", width=56), Column("Value", "decimal", 18),
        Column("Unit", width=9), Column("Precision", "number", 12), Column("As printed", width=20),
        Column("Where", width=58), BASIS,
    ]  # fmt: skip
    sheet = drawn_sheet("Reported", columns, table(figures.REPORTED), Basis="published")
    place = [column.heading for column in columns].index("Where")
    rows = [
        [f"{REVIEW}, section {_section(str(value))}" if i == place else value for i, value in enumerate(row)]
        for row in sheet.rows
    ]
    return Workbook(
        "reported.xlsx",
        [Sheet("Reported", columns, rows)],
    )


def _section(where: str) -> str:
    """Where a figure is printed, which is section (e) unless it says another."""
    return where if where.startswith("(") else f"(e), {where}"


# --- writing ----------------------------------------------------------------------------------------------


def control_totals(sheets: Sequence[Sheet]) -> Sheet:
    """How many cells each column of numbers holds, and what they come to, written as numbers and not formulas."""
    columns = [
        Column("Sheet", width=22), Column("Column", width=22),
        Column("Lines", "count", 10), Column("Total", "decimal", 20),
    ]  # fmt: skip
    rows: list[Row] = []
    for sheet in sheets:
        for place, column in enumerate(sheet.columns):
            if column.kind in SUMMED:
                lines, total = column_sum(sheet, place)
                rows.append([sheet.name, column.heading, lines, total])
    return Sheet("Control totals", columns, rows)


def column_sum(sheet: Sheet, place: int) -> tuple[int, Decimal]:
    """How many numbers a column holds and their sum, the total row left out."""
    numbers = [value for row in sheet.rows if isinstance(value := row[place], Decimal)]
    return len(numbers), sum(numbers, Decimal(0))


def write(folder: Path, workbook: Workbook) -> None:
    """Write one workbook: Notes first, control totals last, everything that could vary by day or place fixed."""
    book: Any = xlsxwriter.Workbook(str(folder / workbook.file), {"in_memory": True})
    book.set_properties({
        "title": title_and_notes(workbook)[0],
        "author": "ledgers/make_example.py",
        "comments": "Example: illustrative rows are made up.",
        "created": datetime(2024, 7, 1, tzinfo=UTC),
    })  # fmt: skip
    write_notes(book, workbook)
    for sheet in (*workbook.sheets, control_totals(workbook.sheets)):
        write_sheet(book, sheet)
    book.close()


def title_and_notes(workbook: Workbook) -> tuple[str, list[str]]:
    """What the workbook is, and what a reader should know of it."""
    title, *notes = figures.NOTES[workbook.file].strip().splitlines()
    return title, [*figures.NOTES_OF_ALL.strip().splitlines(), *notes]


def write_notes(book: Any, workbook: Workbook) -> None:
    """The first sheet: what the workbook is, where it is from, and that part of it is made up."""
    title, notes = title_and_notes(workbook)
    page = book.add_worksheet("Notes")
    page.set_column(0, 0, 110, book.add_format({"text_wrap": True, "valign": "top"}))
    page.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
    for row, note in enumerate(notes, start=2):
        page.write_string(row, 0, note)


def write_sheet(book: Any, sheet: Sheet) -> None:
    """One table: bold headings that stay in view, real dates and numbers, codes as text."""
    page = book.add_worksheet(sheet.name)
    heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#E7EDF3"})
    shown = {kind: book.add_format({"num_format": number_format}) for kind, number_format in NUMBER_FORMATS.items()}
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width)
        page.write_string(0, place, column.heading, heading)
    for number, row in enumerate(sheet.rows, start=1):
        for place, (column, value) in enumerate(zip(sheet.columns, row, strict=True)):
            write_cell(page, (number, place), value, shown.get(column.kind))
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
    if sheet.has_total_row:
        write_total_row(book, page, sheet)


def write_cell(page: Any, at: tuple[int, int], value: Value, shown: Any) -> None:
    """One cell; a missing value is left blank."""
    if isinstance(value, str):
        page.write_string(*at, value)
    elif isinstance(value, date):
        page.write_datetime(*at, datetime(value.year, value.month, value.day), shown)  # noqa: DTZ001  (Excel's have no zone)
    elif value is not None:
        page.write_number(*at, exact_float(Decimal(value)), shown)


def exact_float(value: Decimal) -> float:
    """The float that Excel keeps; raises ValueError unless it reads back as the same number."""
    number = float(value)
    if Decimal(f"{number:.15g}") != value:
        raise ValueError(f"Excel cannot hold {value} exactly")
    return number


def write_total_row(book: Any, page: Any, sheet: Sheet) -> None:
    """A last row of SUM formulas, with the values that Excel would show for them."""
    last = len(sheet.rows) + 1
    bold = book.add_format({"bold": True, "top": 1})
    sums = book.add_format({"bold": True, "top": 1, "num_format": NUMBER_FORMATS["amount"]})
    page.write_string(last, 0, "Total", bold)
    for place, column in enumerate(sheet.columns):
        if column.kind in SUMMED:
            letter = chr(ord("A") + place)
            total = exact_float(column_sum(sheet, place)[1])
            page.write_formula(last, place, f"=SUM({letter}2:{letter}{last})", sums, total)


def main(folder: Path) -> None:
    """Write every workbook of the example into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    coded = postings()
    for workbook in (contract(), budget(coded), expenditure(coded), plan(), demand(), performance(), reported()):
        write(folder, workbook)
        print(f"wrote {folder / workbook.file}")
    for path in close_periods(folder):
        print(f"wrote {path}")


CLOSED = {3: date(2023, 7, 14), 6: date(2023, 10, 13), 8: date(2023, 12, 14)}
"""The periods of the example that are closed, and when."""


def close_periods(folder: Path) -> Iterator[Path]:
    """Close each period of ``CLOSED`` as ``breakeven close`` would. Nothing where the folder has no breakeven.toml."""
    if not (folder / "breakeven.toml").is_file():
        return
    for period in CLOSED:
        path_of(folder, period).unlink(missing_ok=True)
    for period, on in CLOSED.items():
        end = year_end.work_out(year_end.load(folder))
        yield write_seal(folder, end, at_period.at_period(end, period), "Head of finance", on)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / str(YEAR))
