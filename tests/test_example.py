"""The example's workbooks hold the published year, and say which of their rows are made up.

They are opened with openpyxl alone, so that these rules hold whatever our own reader does.
"""
# pyright: reportUnknownMemberType=false

import os
import re
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest

from breakeven.ledger.chart import CodingRule, slug
from breakeven.periods import month_number

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "ledgers" / "2023-24"
WORKBOOKS = ["contract", "budget", "expenditure", "plan", "demand", "performance", "reported"]
MONTHS = [f"P{month:02d}" for month in range(1, 13)]

Row = dict[str, Any]


@cache
def book(name: str, *, values: bool = True) -> Any:
    return openpyxl.load_workbook(EXAMPLE / f"{name}.xlsx", data_only=values)


@cache
def rows(name: str, sheet: str) -> list[Row]:
    """A sheet's lines by heading, without its total row."""
    headings, *lines = book(name)[sheet].iter_rows(values_only=True)
    return [dict(zip(headings, line, strict=True)) for line in lines if line[0] != "Total"]


@cache
def settings() -> dict[str, Any]:
    return tomllib.loads((EXAMPLE / "breakeven.toml").read_text("utf-8"))


def number(value: object) -> Decimal:
    """A cell's number; a blank is nil here, where only sums are made."""
    return Decimal(str(value or 0))


def added(lines: Iterable[Row], heading: str) -> Decimal:
    return sum((number(line[heading]) for line in lines), Decimal(0))


def coding(line: Row) -> tuple[str, str]:
    return line["Cost centre"], line["Account"]


def spent_by(heading: str) -> dict[str, Decimal]:
    """Transactions and accruals by the line or category that the budget sheet gives their coding."""
    kind = {coding(line): line[heading] for line in rows("budget", "Budget")}
    spent: dict[str, Decimal] = {}
    for line in (*rows("expenditure", "Transactions"), *year_end_accruals()):
        key = kind[coding(line)]
        spent[key] = spent.get(key, Decimal(0)) + number(line["Amount"])
    return spent


def year_end_accruals() -> list[Row]:
    """The entries that no later period of the year undoes by itself: those of March, and what undoes last year's."""
    return [line for line in rows("expenditure", "Accruals") if line["Period"] in {"P01", "P12"}]


def budgeted_by(heading: str) -> dict[str, Decimal]:
    budget: dict[str, Decimal] = {}
    for line in rows("budget", "Budget"):
        budget[line[heading]] = budget.get(line[heading], Decimal(0)) + number(line["Revised budget"])
    return budget


def contract_income() -> Decimal:
    return added(rows("contract", "Contract sum"), "Amount") + added(rows("contract", "Variations"), "Amount")


def third_party_variance(source: str) -> Decimal:
    (line,) = [line for line in rows("contract", "Third-party income") if line["Source"] == source]
    return number(line["Received"]) + number(line["Accrued"]) - number(line["Agreed"])


def in_first_year(line: Row) -> Decimal:
    """A recurrent amount counts a twelfth for each month from its start, less while it grows; a one-off in full."""
    amount = number(line["Full-year amount"])
    if line["Recurrent or one-off"] == "one-off":
        return amount
    ramp = int(line.get("Ramp months") or 1)
    months = sum(min(k, ramp) for k in range(1, 14 - month_number(line["Start"].date())))
    return whole(amount * months / ramp / 12)


def whole(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal(1), rounding=ROUND_HALF_UP)


def savings_starting(first: date) -> list[Row]:
    last = first.replace(year=first.year + 1)
    return [line for line in rows("plan", "Savings") if first <= line["Start"].date() < last]


# --- the year ---------------------------------------------------------------------------------------------


def test_the_contract_sum_variations_and_third_parties_come_to_the_published_income() -> None:
    variations = [number(line["Amount"]) for line in rows("contract", "Variations")]
    third_parties = rows("contract", "Third-party income")
    received = added(third_parties, "Received") + added(third_parties, "Accrued")
    assert added(rows("contract", "Contract sum"), "Amount") == 74_475_000
    assert variations == [509_144, 341_019, 600_000]
    assert sum(variations) == 1_450_163
    assert received == 8_753_055
    assert contract_income() + received == 84_678_218


def test_the_postings_and_accruals_come_to_the_published_outturn_of_each_category() -> None:
    spent = spent_by("Category")
    assert spent == {"Staffing": 32_434_958, "Placements": 48_565_330, "Overheads": 7_931_600}
    assert sum(spent.values()) == 88_931_888


def test_the_year_gives_the_published_deficit_and_cumulative_deficit() -> None:
    balances = {line["Balance"]: number(line["Amount"]) for line in rows("contract", "Balances")}
    position = contract_income() + 8_753_055 - sum(spent_by("Category").values())
    assert position == -4_253_670
    assert balances == {"last close": -6_977_292, "opening": -6_977_292}
    assert balances["opening"] + position == -11_230_962


def test_the_budget_holds_the_surplus_that_the_published_variance_implies() -> None:
    agreed = added(rows("contract", "Third-party income"), "Agreed")
    surplus = contract_income() + agreed - added(rows("budget", "Budget"), "Revised budget")
    assert surplus == 742_486
    assert -4_253_670 - surplus == -4_996_156


def test_the_lines_carry_the_published_pressures_and_savings() -> None:
    spent, budget = spent_by("Line"), budgeted_by("Line")
    variance = {line: spent[line] - budget[line] for line in budget}
    residential_net = variance["Residential"] - third_party_variance("ICB health contribution")
    assert 4_950_000 <= residential_net <= 5_049_999
    assert 1_450_000 <= variance["Supported accommodation"] <= 1_549_999
    assert variance["Transport"] > 0
    for line in savings_starting(date(2023, 4, 1)):
        assert -variance[line["Line"]] >= number(line["Full-year amount"]), line["Line"]


# --- budget and virements ---------------------------------------------------------------------------------


def test_each_virement_nets_to_nil_and_makes_the_revised_budget_of_its_coding() -> None:
    moved: dict[tuple[str, str], Decimal] = {}
    by_ref: dict[str, Decimal] = {}
    for line in rows("budget", "Virements"):
        moved[coding(line)] = moved.get(coding(line), Decimal(0)) + number(line["Amount"])
        by_ref[line["Ref"]] = by_ref.get(line["Ref"], Decimal(0)) + number(line["Amount"])
    assert 6 <= len(by_ref) <= 10
    assert set(by_ref.values()) == {0}
    for line in rows("budget", "Budget"):
        change = number(line["Revised budget"]) - number(line["Original budget"])
        assert change == moved.pop(coding(line), 0)
    assert moved == {}


def test_each_profile_adds_up_to_its_revised_budget() -> None:
    for line in rows("budget", "Budget"):
        assert sum(number(line[month]) for month in MONTHS) == number(line["Revised budget"]), coding(line)


def test_the_budget_ends_with_a_total_row_of_formulas_and_their_values() -> None:
    *_, formulas = book("budget", values=False)["Budget"].iter_rows(values_only=True)
    *_, shown = book("budget")["Budget"].iter_rows(values_only=True)
    assert formulas[:6] == ("Total", None, None, None, "=SUM(E2:E62)", "=SUM(F2:F62)")
    assert shown[5] == 83_523_732


def test_every_coding_belongs_to_exactly_one_line_the_one_its_budget_names() -> None:
    rules = [
        (line["label"], category["label"], CodingRule.parse(code))
        for category in settings()["categories"].values()
        for line in category["lines"].values()
        for code in line["codes"]
    ]
    codings = rows("budget", "Budget")
    assert 55 <= len(codings) <= 65
    for line in codings:
        claimed = {(label, category) for label, category, rule in rules if rule.matches(coding(line))}
        assert claimed == {(line["Line"], line["Category"])}, coding(line)


def test_a_line_is_known_by_its_label_as_an_id() -> None:
    for category in settings()["categories"].values():
        assert all(key == slug(line["label"]) for key, line in category["lines"].items())


# --- transactions and accruals ----------------------------------------------------------------------------


def test_the_extract_has_about_three_thousand_lines_some_of_them_credits() -> None:
    amounts = [number(line["Amount"]) for line in rows("expenditure", "Transactions")]
    assert 2_700 <= len(amounts) <= 3_300
    assert 50 <= sum(amount < 0 for amount in amounts) <= 200
    assert all(amount == amount.quantize(Decimal("0.01")) != 0 for amount in amounts)


def test_a_transaction_falls_in_the_year_and_in_the_period_of_its_date() -> None:
    for line in rows("expenditure", "Transactions"):
        on = line["Date"].date()
        assert date(2023, 4, 1) <= on <= date(2024, 3, 31)
        assert line["Period"] == f"P{month_number(on):02d}"


def test_transactions_stand_in_order_and_no_reference_is_used_twice() -> None:
    lines = rows("expenditure", "Transactions")
    order = [(*coding(line), line["Date"]) for line in lines]
    assert order == sorted(order)
    assert len({line["Reference"] for line in lines}) == len(lines)


def test_no_supplier_has_a_name_of_its_own() -> None:
    known = r"Payroll|Council|Insurer \d\d|Landlord \d\d|Chambers \d\d|Secure unit \d\d|[A-Z][a-z -]+ payments run"
    kinds = r"[A-Z][A-Za-z ]+ (agency|provider|supplier|operator|assessor|company|contractor) \d\d"
    for supplier in {line["Supplier"] for line in rows("expenditure", "Transactions")}:
        assert re.fullmatch(f"{known}|{kinds}", supplier)


def test_accruals_add_to_the_year_and_prepayments_and_reversals_take_from_it() -> None:
    lines = year_end_accruals()
    assert Counter(line["Type"] for line in lines) == {"accrual": 25, "prepayment": 8, "reversal": 15}
    for line in lines:
        is_reversal = line["Type"] == "reversal"
        assert (number(line["Amount"]) > 0) == (line["Type"] == "accrual")
        assert (line["Period"], line["Reverses in"]) == (("P01", None) if is_reversal else ("P12", "2024-25 P01"))


def test_an_accrual_of_a_month_is_undone_by_itself_and_every_entry_has_a_date_and_a_reason() -> None:
    lines = rows("expenditure", "Accruals")
    monthly = [line for line in lines if line["Period"] not in {"P01", "P12"}]
    assert {line["Period"] for line in monthly} == {"P03", "P06", "P08", "P09"}
    assert {line["Reverses in"] for line in monthly} == {None}
    assert all(line["Date"] and line["Reason"] for line in lines)


def test_as_many_placements_are_live_at_each_month_end_as_the_months_say() -> None:
    lines = rows("demand", "Placement register")
    for kind in ("Residential", "Supported accommodation", "Unaccompanied children"):
        for month in placements(kind):
            on = month["Month end"]
            live = [
                line for line in lines
                if line["Placement type"] == kind and line["Start"] <= on and (line["End"] is None or line["End"] > on)
            ]  # fmt: skip
            assert len(live) == month["Number"], (kind, on)


def test_as_many_agency_posts_are_filled_at_each_month_end_as_the_months_say() -> None:
    posts = [line for line in rows("demand", "Post register") if line["Filled from"]]
    for month in rows("demand", "Workforce"):
        on = month["Month"]
        filled = [p for p in posts if p["Filled from"] <= on and (p["Filled to"] is None or p["Filled to"] >= on)]
        assert sum(number(post["FTE"]) for post in filled) == number(month["Agency"]), on


def test_residential_spending_grows_through_the_year() -> None:
    spent = dict.fromkeys(MONTHS, Decimal(0))
    for line in (*rows("expenditure", "Transactions"), *rows("expenditure", "Accruals")):
        if line["Cost centre"] in {"P1010", "P1020"}:
            spent[line["Period"]] += number(line["Amount"])
    quarters = [sum(spent[month] for month in MONTHS[start : start + 3]) for start in (0, 3, 6, 9)]
    assert all(before < after for before, after in pairwise(quarters))


# --- the plan ---------------------------------------------------------------------------------------------


def test_the_savings_of_2023_24_were_all_delivered_and_come_to_the_published_sum() -> None:
    lines = savings_starting(date(2023, 4, 1))
    categories = {line["Line"]: line["Category"] for line in rows("budget", "Budget")}
    assert added(lines, "Full-year amount") == added(lines, "Delivered") == added(lines, "Forecast") == 1_500_000
    assert {line["Status"] for line in lines} == {"delivered"}
    assert {categories[line["Line"]] for line in lines} == {"Staffing", "Placements", "Overheads"}


def test_the_savings_of_2024_25_come_to_the_published_sum_over_the_five_priorities() -> None:
    lines = savings_starting(date(2024, 4, 1))
    assert sum(in_first_year(line) for line in lines) == 2_500_000
    assert {line["Priority"] for line in lines} == set(settings()["priorities"])
    assert {line["Status"] for line in lines} == set(settings()["confidence_pct"]) - {"not deliverable"}
    assert sum(line["Recurrent or one-off"] == "one-off" for line in lines) == 2
    assert all(number(line["Forecast"]) <= in_first_year(line) for line in lines)


def test_the_five_priorities_are_those_of_the_annual_review() -> None:
    assert settings()["priorities"] == [
        "People",
        "Practice",
        "Partnerships – Families First",
        "Integrated Approach to Care",
        "Striving for Excellence",
    ]


def test_every_line_has_a_rate_for_each_year_of_the_plan() -> None:
    given = {(line["Line"], line["Contract year"], line["Kind"]) for line in rows("plan", "Assumptions")}
    for line in rows("budget", "Budget"):
        for year in ("2024-25", "2025-26", "2026-27"):
            assert {(line["Line"], year, "inflation"), (line["Category"], year, "inflation")} & given
            assert line["Category"] != "Placements" or (line["Line"], year, "growth") in given


def test_the_plan_breaks_even_in_2024_25_once_the_savings_are_made() -> None:
    rates = {
        (line["Line"], line["Kind"]): number(line["Value"])
        for line in rows("plan", "Assumptions")
        if line["Contract year"] == "2024-25"
    }
    categories = {line["Line"]: line["Category"] for line in rows("budget", "Budget")}

    def rate(line: str, kind: str) -> Decimal:
        return 1 + rates.get((line, kind), rates.get((categories[line], kind), Decimal(0))) / 100

    lines = spent_by("Line")
    spend = sum(whole(amount * rate(line, "growth") * rate(line, "inflation")) for line, amount in lines.items())
    income = rates["contract_sum", "sum"] + whole(8_753_055 * (1 + rates["third_party_income", "inflation"] / 100))
    pressures, investments = (sum(map(in_first_year, rows("plan", sheet))) for sheet in ("Pressures", "Investments"))
    assert rates["contract_sum", "sum"] == 80_800_000
    assert income - spend - pressures + 2_500_000 - investments == 0


def test_an_investment_names_a_saving_that_it_pays_for() -> None:
    refs = {line["Ref"] for line in savings_starting(date(2024, 4, 1))}
    assert {line["For saving"] for line in rows("plan", "Investments")} <= refs


# --- demand -----------------------------------------------------------------------------------------------

COUNTS = {
    "Internal and connected fostering": "288 290 293 294 295 290 295 291 304 299 296 293 285",
    "External fostering": "316 313 314 313 312 314 308 306 304 302 296 307 300",
}
"""Section (f), Children in Internal and External Foster Care, March 2023 to March 2024."""


def placements(kind: str) -> list[Row]:
    return [line for line in rows("demand", "Placements") if line["Placement type"] == kind]


@pytest.mark.parametrize("kind", COUNTS)
def test_the_foster_placements_are_the_published_counts(kind: str) -> None:
    assert [line["Number"] for line in placements(kind)] == [int(count) for count in COUNTS[kind].split()]
    assert {line["Basis"] for line in placements(kind)} == {"published"}


def test_residential_placements_rise_from_49_to_68_and_their_cost_by_17_6_per_cent() -> None:
    lines = placements("Residential")
    numbers = [line["Number"] for line in lines]
    first, last = number(lines[0]["Weekly cost"]), number(lines[-1]["Weekly cost"])
    assert (numbers[0], numbers[-1]) == (49, 68)
    assert numbers == sorted(numbers)
    assert (last / first - 1) * 100 == Decimal("17.6")
    assert [line["Month end"].date() for line in lines if line["Basis"] == "published"] == [
        date(2023, 3, 31),
        date(2024, 3, 31),
    ]


def test_unaccompanied_children_are_15_in_april_and_42_in_march() -> None:
    known = {
        line["Month end"].date(): line["Number"]
        for line in placements("Unaccompanied children")
        if line["Basis"] == "published"
    }
    assert known == {date(2023, 4, 30): 15, date(2024, 3, 31): 42}


def test_no_weekly_cost_is_said_to_be_published() -> None:
    assert {line["Weekly cost basis"] for line in rows("demand", "Placements")} == {"illustrative"}


@pytest.mark.parametrize(
    "kind",
    [
        "Residential",
        "External fostering",
        "Internal and connected fostering",
        "Supported accommodation",
        "Unaccompanied children",
    ],
)
def test_the_placements_explain_their_line_to_within_one_per_cent(kind: str) -> None:
    lines = [line for line in placements(kind) if line["Month end"].date() > date(2023, 3, 31)]
    cost = sum(number(line["Number"]) * number(line["Weekly cost"]) * line["Month end"].day / 7 for line in lines)
    assert cost / spent_by("Line")[kind] == pytest.approx(Decimal(1), abs=Decimal("0.01"))


def test_the_workforce_is_the_published_table() -> None:
    lines = rows("demand", "Workforce")
    total = "149.54 144.54 149.14 156.94 158.14 159.64 170.44 176.44 179.64 175.04 174.64 173.64 173.64"
    without_asye = "77.94 81.94 83.54 84.54 85.54 86.04 86.24 89.24 89.24 92.24 96.84 97.84 95.84"
    assert [line["Establishment"] for line in lines] == [203] * 4 + [187] * 9
    assert [number(line["Permanent"]) + number(line["Agency"]) for line in lines] == figures(total)
    assert [number(line["Permanent"]) - number(line["ASYE"]) for line in lines] == figures(without_asye)
    assert {line["Basis"] for line in lines} == {"published"}


def figures(text: str) -> list[Decimal]:
    return [Decimal(figure) for figure in text.split()]


def test_each_month_of_demand_is_a_month_end_from_march_to_march() -> None:
    for line in rows("demand", "Placements"):
        assert (line["Month end"] + timedelta(days=1)).day == 1
    assert len(rows("demand", "Placements")) == 13 * len(
        {line["Placement type"] for line in rows("demand", "Placements")}
    )


# --- what is published ------------------------------------------------------------------------------------


def test_the_reported_figures_hold_both_incomes_that_the_review_prints() -> None:
    incomes = [line["Value"] for line in rows("reported", "Reported") if line["Our figure"] == "outturn/income/actual"]
    assert incomes == [84_678_218, 84_678_267, 84_678_218]


def test_a_reported_value_is_the_printed_one() -> None:
    for line in rows("reported", "Reported"):
        printed = re.search(r"(\d[\d,]*(?:\.\d+)?)(m?)", line["As printed"])
        if printed is None:
            assert (line["As printed"], line["Value"]) == ("breakeven position", 0)
            continue
        scale = 1_000_000 if printed[2] else 1
        assert abs(number(line["Value"])) == Decimal(printed[1].replace(",", "")) * scale


def test_only_what_the_review_prints_is_marked_published() -> None:
    published = Counter[tuple[str, str]]()
    for name in WORKBOOKS:
        for sheet in book(name).sheetnames[1:-1]:
            assert {line["Basis"] for line in rows(name, sheet)} <= {"published", "illustrative"}
            published[name, sheet] = sum(line["Basis"] == "published" for line in rows(name, sheet))
    assert +published == {
        ("contract", "Contract sum"): 1,
        ("contract", "Variations"): 3,
        ("contract", "Balances"): 2,
        ("plan", "Assumptions"): 1,
        ("demand", "Placements"): 2 + 13 + 13 + 2,
        ("demand", "Workforce"): 13,
        ("demand", "Caseloads"): 2,
        ("demand", "Children"): 190,
        ("demand", "Children stated"): 42,
        ("performance", "KPIs"): 30,
        ("performance", "Months"): 76,
        ("performance", "Stated"): 46,
        ("reported", "Reported"): 42,
    }


# --- the workbooks themselves -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_workbook_begins_with_notes_and_ends_with_control_totals(name: str) -> None:
    first, *_, last = book(name).sheetnames
    assert (first, last) == ("Notes", "Control totals")
    notes = " ".join(str(cell) for (cell,) in book(name)["Notes"].iter_rows(values_only=True))
    assert "illustrative rows are made up" in notes
    assert "annual review 2023-24" in notes


@pytest.mark.parametrize("name", WORKBOOKS)
def test_every_column_of_numbers_has_a_control_total_that_agrees(name: str) -> None:
    stated = {
        (line["Sheet"], line["Column"]): (line["Lines"], number(line["Total"])) for line in rows(name, "Control totals")
    }
    found: dict[tuple[str, str], tuple[int, Decimal]] = {}
    for sheet in book(name).sheetnames[1:-1]:
        for heading in rows(name, sheet)[0]:
            cells = [line[heading] for line in rows(name, sheet) if isinstance(line[heading], int | float)]
            if cells:
                found[sheet, heading] = len(cells), sum(map(number, cells), Decimal(0))
    assert stated == found


@pytest.mark.parametrize("name", WORKBOOKS)
def test_headings_are_bold_and_stay_in_view(name: str) -> None:
    for sheet in book(name).sheetnames[1:]:
        page = book(name)[sheet]
        assert page.freeze_panes == "A2"
        assert all(cell.font.bold for cell in page[1])


def test_a_code_is_text_and_a_date_is_shown_day_first() -> None:
    page = book("expenditure")["Transactions"]
    assert (page["D2"].data_type, page["A2"].number_format, page["H2"].number_format) == ("s", "dd/mm/yyyy", "#,##0.00")


def made_in(folder: Path, zone: str, seed: str) -> dict[str, bytes]:
    """The workbooks that the script writes, by name, in a time zone and with a hash seed."""
    subprocess.run(
        [sys.executable, str(ROOT / "ledgers" / "make_example.py"), str(folder)],
        env=os.environ | {"TZ": zone, "PYTHONHASHSEED": seed},
        check=True,
        capture_output=True,
    )
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def inside(path: Path) -> dict[str, bytes]:
    with ZipFile(path) as parts:
        return {part: parts.read(part) for part in parts.namelist()}


def test_the_script_writes_the_workbooks_that_are_kept_the_same_bytes_anywhere(tmp_path: Path) -> None:
    east = made_in(tmp_path / "east", "Pacific/Kiritimati", "1")
    west = made_in(tmp_path / "west", "America/Lima", "2")
    assert east == west
    assert sorted(east) == sorted(path.name for path in EXAMPLE.glob("*.xlsx"))
    for name in east:
        # What was compressed is compared: another build of zlib may compress the same bytes otherwise.
        assert inside(tmp_path / "east" / name) == inside(EXAMPLE / name), f"run ledgers/make_example.py: {name}"
