"""What is wrong with a folder and its settings: workbooks left out, slips in the toml, per cent as Excel types it."""

import shutil
import tomllib
from decimal import Decimal
from importlib import resources
from pathlib import Path

import openpyxl
import pytest

import breakeven as be
from breakeven.findings import Finding
from breakeven.ledger.chart import slug
from breakeven.periods import Year
from breakeven.workbook.settings import CONFIDENCE_PCT, FolderSettings, parse_settings
from breakeven.workbook.templates import write_templates
from commands import column, copied, edited, run

TEMPLATE = resources.files("breakeven.workbook").joinpath("breakeven.template.toml").read_text("utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copied(tmp_path / "year")


def settings(old: str, new: str) -> FolderSettings | list[Finding]:
    text = TEMPLATE.replace("{year}", "2023-24")
    assert old in text
    return parse_settings(text.replace(old, new, 1))


def messages(old: str, new: str) -> list[str]:
    refused = settings(old, new)
    assert isinstance(refused, list)
    return [finding.message for finding in refused]


def test_a_ledger_has_no_parts_of_a_penny(folder: Path) -> None:
    with (folder / "breakeven.toml").open("a", encoding="utf-8") as toml:
        toml.write("\n[layout.budget]\npart_pennies = true\n")
    said = run("check", folder)
    assert (said.code, said.out) == (3, "")
    assert "layout.budget.part_pennies: the amounts of a ledger are whole pence [setting-invalid]" in said.err


# Settings ----------------------------------------------------------------------------------------------------


def test_a_status_left_out_takes_the_templates_confidence() -> None:
    assert tomllib.loads(TEMPLATE)["confidence_pct"] == CONFIDENCE_PCT
    read = settings("planned = 50\n", "")
    assert isinstance(read, FolderSettings)
    assert read.body().confidence_pct["planned"] == Decimal(50)


def test_a_status_that_there_is_none_of_is_said_with_the_nearest() -> None:
    assert messages('"on track" = 90', "on_track = 90") == [
        "'confidence_pct.on_track' is not a setting; did you mean 'on track'?"
    ]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("idea = 10", 'idea = "10"',
         'confidence_pct.idea: expected a number from 0 to 100, without quotes; found "10"'),
        ("idea = 10", "idea = 101", "confidence_pct.idea: expected a number from 0 to 100, without quotes; found 101"),
        ("plan_years = 3", "plan_years = 0", "plan_years: expected 1 or more; found 0"),
        ("plan_years = 3", "plan_years = 11", "plan_years: expected 10 or less; found 11"),
        ("plan_years = 3", 'plan_years = "3"', 'plan_years: expected a whole number, without quotes; found "3"'),
        ('state = "forecast"', 'state = "final"',
         'state: expected one of forecast, provisional, audited; found "final"'),
        ('"2023-24"', '"2023-25"', "year: expected a contract year such as 2023-24, found '2023-25'"),
        ("[categories.staffing]", "[categories.Staff]",
         'categories.Staff: expected a name of small letters, digits and _ that begins with a letter; found "Staff"'),
        ('priorities = ["People"', 'priorities = [1, "People"', "priorities.0: expected text in quotes; found 1"),
    ],
)  # fmt: skip
def test_a_slip_in_the_settings_is_one_finding_in_plain_words(old: str, new: str, message: str) -> None:
    assert message in messages(old, new)
    assert not [each for each in messages(old, new) if "Input should" in each or each.count("found") > 1]


def test_a_setting_that_may_be_of_two_kinds_is_refused_once() -> None:
    extra = "[layout.transactions.columns.amount]\nheading = 5\n"
    refused = parse_settings(TEMPLATE.replace("{year}", "2023-24") + extra)
    assert isinstance(refused, list)
    assert [finding.message for finding in refused] == [
        "layout.transactions.columns.amount.heading: expected text in quotes or a list in square brackets; found 5"
    ]


@pytest.mark.parametrize(
    ("group", "message"),
    [
        ('wages = ["stafing"]', "groups.wages: there is no line or category 'stafing'; did you mean 'staffing'?"),
        ('overheads = ["staffing"]', "groups.overheads: a line or category has this name; give the group another"),
        ('Savings = ["staffing"]', "groups.Savings: a line or category has this name; give the group another"),
        ('contract_sum = ["staffing"]',
         "groups.contract_sum: a line or category has this name; give the group another"),
        ("wages = []", "groups.wages: expected the names of lines or categories; found none"),
        ('wages = "staffing"', "groups.wages: expected a list in square brackets; found \"staffing\""),
    ],
)  # fmt: skip
def test_a_group_has_a_name_of_its_own_and_holds_lines_and_categories(group: str, message: str) -> None:
    assert messages("[groups]\n", f"[groups]\n{group}\n") == [message]


def test_a_group_may_hold_lines_of_income_and_lines_by_their_labels() -> None:
    read = settings("[groups]\n", '[groups]\nsettled = ["Contract sum", "staffing"]\n')
    assert isinstance(read, FolderSettings)
    assert read.body().groups["settled"] == ("Contract sum", "staffing")


def test_settings_with_a_byte_order_mark_are_read(folder: Path) -> None:
    toml = folder / "breakeven.toml"
    toml.write_bytes(b"\xef\xbb\xbf" + toml.read_bytes())
    assert be.load(folder).findings == ()


# Workbooks ---------------------------------------------------------------------------------------------------


def test_workbooks_that_no_layout_names_are_said(folder: Path) -> None:
    shutil.copy(folder / "plan.xlsx", folder / "plan (2).xlsx")
    with edited(folder / "plan (2).xlsx") as book:
        book["Notes"]["A1"] = "Another"
    shutil.copy(folder / "plan.xlsx", folder / "old.xlsx")
    (folder / "~$plan.xlsx").write_bytes(b"lock")
    assert [str(finding) for finding in be.load(folder).findings] == [
        "[old.xlsx]: warning: holds the same bytes as plan.xlsx, and is not read [workbook-twice]",
        "[plan (2).xlsx]: note: no layout names this workbook, so it is not read; plan.xlsx is what is read "
        "[workbook-not-read]",
    ]


def test_a_workbook_under_nearly_its_name_is_asked_about(folder: Path) -> None:
    (folder / "demand.xlsx").rename(folder / "Demands.xlsx")
    (finding,) = be.load(folder).findings
    assert finding.message == "no layout names this workbook, so it is not read; did you mean demand.xlsx?"


def test_a_workbook_without_control_totals_is_noted(folder: Path) -> None:
    with edited(folder / "plan.xlsx") as book:
        del book["Control totals"]
    (finding,) = be.load(folder).findings
    assert (finding.code, finding.at.workbook) == ("control-total-none", "plan.xlsx")


def test_a_per_cent_typed_the_way_of_excel_is_refused_at_its_cell(folder: Path) -> None:
    with edited(folder / "plan.xlsx") as book:
        cell = book["Assumptions"].cell(5, column(book["Assumptions"], "Value"))
        cell.value, cell.number_format = 0.03, "0.00%"
    found = {finding.code: finding.at.ref for finding in be.load(folder).findings}
    assert found["percent-as-fraction"] == "D5"


def test_what_is_refused_is_not_worked_out_in_silence(folder: Path) -> None:
    with edited(folder / "contract.xlsx") as book:
        book["Variations"]["D3"] = "n/a"
    year = be.load(folder)
    with pytest.raises(be.InputRefusedError, match="found 'n/a'") as refused:
        be.work_out(year)
    assert refused.value.findings == year.errors
    assert be.work_out(year, allow_errors=True).year is year


def test_a_date_outside_the_year_is_one_finding(folder: Path) -> None:
    with edited(folder / "expenditure.xlsx") as book:
        book["Transactions"]["A2"] = book["Transactions"]["A2"].value.replace(year=2019, month=9)
    assert [finding.code for finding in be.load(folder).findings] == ["date-outside-year"]


# Templates and names -----------------------------------------------------------------------------------------


def test_the_notes_of_a_template_name_the_choices_and_show_no_marks_of_code(tmp_path: Path) -> None:
    write_templates(tmp_path / "new", "Our trust", Year(2024))
    book = openpyxl.load_workbook(tmp_path / "new" / "plan.xlsx")
    sheet = book["Savings"]
    status = sheet.cell(1, column(sheet, "Status")).comment
    assert status is not None
    assert status.text == "One of: idea, planned, on track, at risk, delivered, not deliverable. Needed."
    assert "`" not in "".join(str(cell.value) for row in book["Notes"].iter_rows() for cell in row)


def test_names_that_differ_by_a_letter_beyond_ascii_have_ids_apart() -> None:
    assert slug("Sŵn") != slug("Sân")
    assert slug("Partnerships – Families First") == "partnerships_families_first"


# Commands ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("--csv",), "the whole answer is several tables: --csv goes with check, reconcile, outturn, plan or savings"),
        (("outturn", "--json", "--csv"), "--json and --csv are two answers; ask for one"),
        (("nosuch",), "there is no command and no folder called nosuch"),
        (("--bogus",), "Usage: breakeven [OPTIONS] [FOLDER]"),
    ],
)
def test_a_command_that_cannot_be_is_usage(args: tuple[str, ...], message: str) -> None:
    refused = run(*args)
    assert (refused.code, refused.out) == (2, "")
    assert message in refused.err


def test_a_file_where_a_folder_belongs_is_called_one(folder: Path) -> None:
    refused = run("outturn", folder / "plan.xlsx")
    assert refused.code == 3
    assert f"this is a file; name the folder it is in, {folder}" in refused.err


def test_one_finding_is_one_finding(folder: Path) -> None:
    (folder / "plan.xlsx").unlink()  # without savings nothing of it may be claimed twice
    (folder / "more.xlsx").write_bytes(b"")
    assert run("check", folder).err == "1 finding\n"
