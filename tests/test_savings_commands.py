"""The pages of the savings programme on the example, and what is entered as delivered, on copies of it."""

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

import breakeven
from breakeven.periods import Year
from commands import EXAMPLE, Said, copied, edited, run
from register_commands import bytes_of, year_of

PLAN = EXAMPLE / "plan.xlsx"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copied(tmp_path / "year")


def values(*args: object) -> dict[str, dict[str, str | None]]:
    """The rows of a page of savings by id."""
    return {row["id"]: row["values"] for row in run("savings", *args, "--json").data["rows"]}


# Pages -------------------------------------------------------------------------------------------------------


def test_groups_come_to_the_programme_whatever_they_are_by() -> None:
    for by in ("priority", "status", "owner", "line", "category", "recurrence", "start", "scheme"):
        rows = values("--by", by)
        assert rows["savings"]["planned"] == "2500000.00"
        parts = [Decimal(row["planned"] or 0) for name, row in rows.items() if name != "savings"]
        assert sum(parts) == 2_500_000
    both = values("--by", "owner", "--by", "status")
    assert both == values("--by", "owner,status")
    own = {name: row["planned"] for name, row in both.items() if name.startswith("owner_head_of_commissioning")}
    assert own == {
        "owner_head_of_commissioning": "768000.00",
        "owner_head_of_commissioning.status_at_risk": "588000.00",
        "owner_head_of_commissioning.status_planned": "180000.00",
    }


def test_at_risk_is_told_by_year_and_casts() -> None:
    rows = values("--all-years")
    by_year = {year: amount for year, amount in rows["at_risk"].items() if year != "full_year"}
    assert [*by_year.values()] == ["0.00", "826700.00", "1141200.00", "1141200.00"]
    for year in ("2024-25", "2025-26"):
        known = {
            name: Decimal(rows[name][year] or 0) for name in ("planned", "forecast", "weighted", "at_risk", "shortfall")
        }
        assert known["forecast"] - known["weighted"] == known["at_risk"]
        assert known["planned"] - known["forecast"] == known["shortfall"]
    assert rows["planned"]["full_year"] == "3176000.00"
    by_priority = values("--all-years", "--by", "priority")
    parts = [Decimal(row["2025-26"] or 0) for name, row in by_priority.items() if name.startswith("planned.priority_")]
    assert (len(parts), sum(parts)) == (5, 3_176_000)


def test_what_two_late_schemes_lose_is_their_months() -> None:
    rows = values("--timing")
    assert rows["s24_09"] == {
        "start": "Aug 2024", "planned_start": "Jun 2024", "slipped_months": "+2", "ramp_months": "",
        "full_year": "432000.00", "2024-25": "72000.00",
    }  # fmt: skip
    assert (rows["s24_02"]["ramp_months"], rows["savings"]["2024-25"]) == ("3", "92000.00")
    said = run("savings", "--timing", width=120).out
    assert "2 schemes start later than first planned, which costs £92,000* in 2024/25." in said


def test_a_folder_where_nothing_is_late_or_invested_says_so(folder: Path) -> None:
    with edited(folder / "plan.xlsx") as book:
        book["Savings"].delete_cols(14)
        del book["Investments"]
        book.create_sheet("Investments").append(
            ["Ref", "Line", "Description", "Start", "Recurrent or one-off", "Full-year amount", "For saving"]
        )
        del book["Control totals"]
    assert "No scheme starts later than it was first planned to." in run("savings", folder, "--timing").out
    assert "No investment names a saving that it is for." in run("savings", folder, "--payback").out


def test_one_scheme_that_is_late_is_named(folder: Path) -> None:
    with edited(folder / "plan.xlsx") as book:
        sheet = book["Savings"]
        (late,) = (row for row in range(2, sheet.max_row + 1) if sheet.cell(row, 1).value == "S24-09")
        sheet.cell(late, 14).value = None
        del book["Control totals"]
    assert "S24-13 starts later than first planned, which costs £20,000* in 2024/25." in " ".join(
        run("savings", folder, "--timing").out.split()
    )


def test_what_is_invested_is_taken_off_and_paid_back_sooner_as_planned_than_as_weighted() -> None:
    rows = values("--payback")
    by_year = ["0.00", "300000.00", "504000.00", "504000.00"]
    assert [*rows["s24_03"].values()] == [*by_year, "5 months"]
    assert rows["all.gross"]["2024-25"] == "2500000.00"
    assert rows["net"]["2024-25"] == "2275000.00"
    weighted = values("--payback", "--savings", "weighted")
    assert (weighted["s24_03"]["payback"], weighted["s24_13"]["payback"]) == ("1 year", "6 years 6 months")
    python = breakeven.savings_paybacks(breakeven.work_out(breakeven.load(EXAMPLE)), "weighted")
    assert [row.months for row in python.rows] == [12, 61, 78]


def test_the_outturn_bears_out_every_saving_of_the_year() -> None:
    rows = values("--against-outturn")
    assert {row["verdict"] for name, row in rows.items() if name != "savings"} == {"as underspend"}
    assert {rows["savings"][column] for column in ("planned", "claimed", "shown")} == {"1500000.00"}
    found = breakeven.savings_borne_out(breakeven.work_out(breakeven.load(EXAMPLE)))
    assert sum(each.shown.amount or 0 for each in found) == 1_500_000


def test_a_line_that_overspent_bears_its_saving_out_in_part(folder: Path) -> None:
    with edited(folder / "plan.xlsx") as book:
        sheet = book["Savings"]
        sheet["E2"] = "Transport"  # 287,600 over its budget, and 200,000 claimed on it
        sheet["E3"] = "Unaccompanied children"  # 64,210 over, and 120,000 claimed
    said = run("savings", folder, "--against-outturn", width=120)
    assert "Not in full on Transport, Unaccompanied children." in said.out
    shown = {name: (row["shown"], row["verdict"]) for name, row in values(folder, "--against-outturn").items()
             if name in {"transport", "unaccompanied_children"}}  # fmt: skip
    assert shown == {"transport": ("0.00", "not seen"), "unaccompanied_children": ("55790.00", "in part")}


def test_money_that_may_be_claimed_twice_is_warned_of_on_stderr_and_counted_on_the_page() -> None:
    said = run("savings", width=120)
    assert "S24-03, S24-08 and S24-09 save on Residential, and scenario 'best' has Residential number -3" in said.err
    assert said.err.count("[saving-and-demand]") == 3
    assert "3 warnings that money may be claimed twice, as breakeven check lists: nothing is taken off." in said.out


@pytest.mark.parametrize(
    ("args", "why"),
    [
        (("--by", "colour"), "--by takes priority, status, owner"),
        (("--by", "ownr"), "did you mean 'owner'?"),
        (("--by", "owner,owner"), "one key twice"),
        (("--timing", "--payback"), "ask for one"),
        (("--timing", "--by", "owner"), "--by goes with the tracker"),
        (("--all-years", "--year", "2024-25"), "--year goes with the tracker of one year"),
        (("--year", "1999-00"), "--year takes one of 2023-24"),
    ],
)
def test_what_cannot_be_asked_is_a_usage_error(args: tuple[str, ...], why: str) -> None:
    said = run("savings", *args)
    assert (said.code, why in said.err) == (2, True), said.err


def test_a_year_that_goes_on_is_tracked_by_itself_and_has_no_outturn_yet(tmp_path: Path) -> None:
    old = copied(tmp_path / "2023-24")
    assert run("roll-forward", old).code == 0
    new = tmp_path / "2024-25"
    assert "Savings programme 2024/25" in run("savings", new).out
    assert "Nothing is posted yet: there is no outturn" in run("savings", new, "--against-outturn").out
    assert "later years count them too" in " ".join(run("savings", new, "--all-years").out.split())
    register = year_of(new).ledgers.deliveries
    assert [(each.saving, each.amount) for each in register] == [
        ("S24-07", 140_000),
        ("S24-14", 63_000),
        ("S24-08", 25_000),
    ]


def test_a_year_without_schemes_has_nothing_to_hold_against_the_outturn(folder: Path) -> None:
    with edited(folder / "plan.xlsx") as book:
        book["Savings"].delete_rows(2, 14)
        del book["Control totals"]
    assert "No scheme of 2023/24 is on a line." in run("savings", folder, "--against-outturn").out


# What is entered ---------------------------------------------------------------------------------------------

MADE = ("S24-08", "12,500", "--evidence", "Panel minute, 14 June", "--author", "Head of Commissioning")


def deliver(folder: Path, *args: str) -> Said:
    return run("savings", "deliver", folder, *args)


def cell(folder: Path, sheet: str, ref: str) -> object:
    return openpyxl.load_workbook(folder / "plan.xlsx")[sheet][ref].value


def test_a_delivery_is_a_row_of_the_register_and_delivered_follows_it(folder: Path) -> None:
    said = deliver(folder, *MADE, "--date", "2024-06-14")
    assert (said.code, said.err) == (0, "")
    assert said.lines[0] == (
        "Saving: S24-08; Contract year: 2024-25; Amount: 12,500.00; Evidence: Panel minute, 14 June; "
        "Author: Head of Commissioning; Date: 14/06/2024"
    )
    assert "written: '[plan.xlsx]Deliveries'!A5:G5" in said.lines
    assert "changed: '[plan.xlsx]Savings'!I23 Delivered 37,500.00, was 25,000.00" in said.lines
    assert bytes_of(EXAMPLE)["plan.xlsx"] in bytes_of(folder / "copies").values()
    entry = year_of(folder).ledgers.deliveries[-1]
    assert (entry.saving, entry.year, entry.amount, f"{entry.date}") == ("S24-08", Year(2024), 12_500, "2024-06-14")
    assert "error" not in run("check", folder).out
    check = next(t for t in run("reconcile", folder, "--json").data["tests"] if t["id"] == "savings-delivered")
    assert (check["side_a"], check["side_b"], check["result"]) == (
        "240500.00",
        "240500.00",
        "agrees",
    )


def test_a_dry_run_writes_nothing_and_says_the_same(folder: Path) -> None:
    before = bytes_of(folder)
    dry = deliver(folder, *MADE, "--dry-run")
    assert (dry.code, bytes_of(folder)) == (0, before)
    written = deliver(folder, *MADE)
    assert [line.removeprefix("would be ") for line in dry.out.splitlines()[:-1]] == written.out.splitlines()[:-1]


def test_the_same_delivery_is_not_entered_twice_and_another_of_the_same_amount_is(folder: Path) -> None:
    assert deliver(folder, *MADE).code == 0
    before = bytes_of(folder)
    again = deliver(folder, *MADE)
    assert (again.code, bytes_of(folder)) == (2, before)
    assert "S24-08 has that delivery already, at '[plan.xlsx]Deliveries'!C5" in again.err
    assert deliver(folder, "S24-08", "12500", "--evidence", "Panel minute, 12 July").code == 0
    assert cell(folder, "Savings", "I23") == 50_000


def test_a_negative_amount_corrects_and_a_blank_delivered_is_filled_in(folder: Path) -> None:
    assert deliver(folder, "s24-01", "20000", "--evidence", "Payroll").code == 0
    assert deliver(folder, "S24-01", "-500", "--evidence", "One leaver stayed").code == 0
    assert cell(folder, "Savings", "I16") == 19_500
    found = values(folder)["s24_01"]
    assert found["delivered"] == "19500.00"
    assert run("check", folder).code == 0


def test_a_delivery_of_a_later_year_leaves_what_the_first_one_delivered(folder: Path) -> None:
    said = deliver(folder, "S23-01", "205000", "--evidence", "Vacancy report", "--year", "2024-25")
    assert (said.code, "Delivered" in said.out.replace("Deliveries", "")) == (0, False)
    assert cell(folder, "Savings", "I2") == 200_000


def test_a_sum_that_the_register_never_had_is_left_and_reconcile_reports_it(folder: Path) -> None:
    said = deliver(folder, "S23-01", "150000", "--evidence", "Vacancy report")
    assert (
        "Delivered of S23-01 at '[plan.xlsx]Savings'!I2 is £200,000.00, which is not what the register came to"
        in said.err
    )
    assert cell(folder, "Savings", "I2") == 200_000
    check = next(t for t in run("reconcile", folder, "--json").data["tests"] if t["id"] == "savings-delivered")
    assert check["result"] == "differs"
    assert check["cause"] == "S23-01: £50,000.00 has no entry beside '[plan.xlsx]Savings'!I2"


def test_a_folder_without_a_register_is_given_one(folder: Path) -> None:
    with edited(folder / "plan.xlsx") as book:
        del book["Deliveries"]
        del book["Control totals"]
    said = deliver(folder, "S24-01", "20000", "--evidence", "Payroll")
    assert "on a new sheet" in said.out
    assert [each.amount for each in year_of(folder).ledgers.deliveries] == [20_000]


def test_a_savings_sheet_without_delivered_is_left_as_it_is(folder: Path) -> None:
    with edited(folder / "plan.xlsx") as book:
        book["Savings"].delete_cols(9)
        del book["Control totals"]
    said = deliver(folder, "S24-01", "20000", "--evidence", "Payroll")
    assert (said.code, "changed" in said.out) == (0, False)
    assert values(folder)["s24_01"]["delivered"] == "20000.00"


@pytest.mark.parametrize(
    ("args", "why"),
    [
        (("S24-99", "5", "--evidence", "x"), "there is no saving 'S24-99'; did you mean"),
        (("S24-08", "0", "--evidence", "x"), "AMOUNT is nil"),
        (("S24-08", "lots", "--evidence", "x"), "AMOUNT takes pounds"),
        (("S24-08", "5", "--evidence", " "), "--evidence must say something"),
        (("S24-08", "5", "--evidence", "x", "--year", "2023-24"), "starts in 2024/25, so that it delivers nothing"),
        (("S24-08", "5", "--evidence", "x", "--year", "2023"), "--year: expected a contract year"),
        (("S24-08", "--evidence", "x"), "say which saving and how much"),
        (("S24-08", "5", "6", "--evidence", "x"), "say which saving and how much"),
        (("--evidnce", "5", "--evidence", "x"), "say which saving and how much"),
    ],
)
def test_what_cannot_be_entered_is_a_usage_error_and_nothing_is_written(
    folder: Path, args: tuple[str, ...], why: str
) -> None:
    before = bytes_of(folder)
    said = deliver(folder, *args)
    assert (said.code, why in said.err, bytes_of(folder)) == (2, True, before), said.err


def test_a_workbook_that_is_open_elsewhere_is_left(folder: Path) -> None:
    (folder / "~$plan.xlsx").write_bytes(b"lock")
    before = bytes_of(folder)
    said = deliver(folder, *MADE)
    assert (said.code, "[workbook-open]" in said.err, bytes_of(folder)) == (3, True, before)
