"""A changed, blank or text amount in any workbook is found at its cell, and no figure is shown; so with a bad folder.

The example's longest extract is cut to its first lines here, with its control total, so that each test is quick.
"""

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from commands import EXAMPLE, Said, column, copied, edited, run

LINES_KEPT = 24

AMOUNTS = [
    ("contract.xlsx", "Contract sum", "Amount"),
    ("contract.xlsx", "Variations", "Amount"),
    ("contract.xlsx", "Third-party income", "Agreed"),
    ("contract.xlsx", "Third-party income", "Received"),
    ("contract.xlsx", "Third-party income", "Accrued"),
    ("contract.xlsx", "Balances", "Amount"),
    ("budget.xlsx", "Budget", "Original budget"),
    ("budget.xlsx", "Budget", "Revised budget"),
    ("budget.xlsx", "Virements", "Amount"),
    ("expenditure.xlsx", "Transactions", "Amount"),
    ("expenditure.xlsx", "Accruals", "Amount"),
    ("plan.xlsx", "Assumptions", "Value"),
    ("plan.xlsx", "Pressures", "Full-year amount"),
    ("plan.xlsx", "Savings", "Full-year amount"),
    ("plan.xlsx", "Investments", "Full-year amount"),
    ("demand.xlsx", "Placements", "Number"),
    ("demand.xlsx", "Workforce", "Establishment"),
    ("demand.xlsx", "Workforce", "Agency"),
    ("reported.xlsx", "Reported", "Value"),
    ("reported.xlsx", "Reported", "Precision"),
]
"""Columns that must say something."""

MAY_BE_BLANK = [
    ("contract.xlsx", "Variations", "Paid"),
    ("budget.xlsx", "Budget", "P07"),
    ("plan.xlsx", "Savings", "Delivered"),
    ("plan.xlsx", "Savings", "Forecast"),
    ("demand.xlsx", "Placements", "Weekly cost"),
]

Place = tuple[str, str, str]


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with an extract of a few lines."""
    folder = copied(tmp_path_factory.mktemp("short") / "year")
    with edited(folder / "expenditure.xlsx") as book:
        sheet = book["Transactions"]
        sheet.delete_rows(LINES_KEPT + 2, sheet.max_row)
        total = sum(sheet.cell(row, column(sheet, "Amount")).value for row in range(2, LINES_KEPT + 2))
        book["Control totals"]["C2"], book["Control totals"]["D2"] = LINES_KEPT, round(total, 2)
    assert run("check", folder).code == 0
    return folder


@pytest.fixture
def folder(short: Path, tmp_path: Path) -> Path:
    shutil.copytree(short, tmp_path / "year")
    return tmp_path / "year"


def set_amount(folder: Path, place: Place, value: Callable[[Any], object]) -> str:
    """Put something in a middle row of a column; returns the cell."""
    workbook, sheet_name, heading = place
    with edited(folder / workbook) as book:
        sheet = book[sheet_name]
        number = column(sheet, heading)
        filled = [row for row in range(2, sheet.max_row) if isinstance(sheet.cell(row, number).value, int | float)]
        cell = sheet.cell(filled[len(filled) // 2] if filled else 2, number)
        cell.value = value(cell.value)
        return str(cell.coordinate)


def control_of(folder: Path, place: Place) -> str:
    """The row of the control total for a column."""
    workbook, sheet, heading = place
    controls = openpyxl.load_workbook(folder / workbook)["Control totals"]
    (row,) = [row[0].row for row in controls.iter_rows(min_row=2) if (row[0].value, row[1].value) == (sheet, heading)]
    return f"{row}"


def the_finding(folder: Path) -> dict[str, str]:
    """The one finding there is: the input is refused with it, no figure is shown, and nothing falls over."""
    said = run("check", folder, "--json")
    assert said.code == 3, said
    (finding,) = [each for each in said.data["findings"] if each["code"] != "saving-and-demand"]
    assert finding["severity"] == "error"
    assert f"'[{finding['workbook']}]{finding['sheet']}'!{finding['cell']}: error: " in refusal(folder).err
    return finding


def refusal(folder: Path) -> Said:
    """What is said of a folder that no figure is shown for."""
    said = run("outturn", folder)
    assert (said.code, said.out) == (3, "")
    assert "Traceback" not in said.err
    return said


def name(place: Place) -> str:
    return "-".join(place)


# Amounts -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", [*AMOUNTS, *MAY_BE_BLANK], ids=name)
def test_an_amount_changed_is_one_finding_at_the_control_total_that_it_breaks(place: Place, folder: Path) -> None:
    set_amount(folder, place, lambda amount: amount + 1)
    finding = the_finding(folder)
    assert finding["code"] == "control-total-differs"
    assert (finding["workbook"], finding["sheet"]) == (place[0], "Control totals")
    assert re.fullmatch(rf"[A-Z]+{control_of(folder, place)}", finding["cell"])
    assert f"'{place[1]}', column '{place[2]}', comes to " in finding["message"]
    assert "Put the cell right, or the control total if the change is meant" in finding["message"]


@pytest.mark.parametrize("place", AMOUNTS, ids=name)
def test_an_amount_blanked_is_one_finding_at_that_very_cell(place: Place, folder: Path) -> None:
    cell = set_amount(folder, place, lambda _: None)
    finding = the_finding(folder)
    assert finding["code"] == "amount-blank"
    assert finding["message"] == "no amount; type 0 if it is nil"
    assert (finding["workbook"], finding["sheet"], finding["cell"]) == (place[0], place[1], cell)


@pytest.mark.parametrize("place", MAY_BE_BLANK, ids=name)
def test_a_blank_that_may_be_is_caught_by_the_control_total_of_its_column(place: Place, folder: Path) -> None:
    set_amount(folder, place, lambda _: None)
    finding = the_finding(folder)
    assert finding["code"] == "control-total-differs"
    assert finding["sheet"] == "Control totals"
    assert f"column '{place[2]}'" in finding["message"]


@pytest.mark.parametrize(
    ("place", "text"),
    [(place, ["n/a", "12,000 approx"][i % 2]) for i, place in enumerate([*AMOUNTS, *MAY_BE_BLANK])],
)
def test_an_amount_made_words_is_one_finding_at_that_very_cell(place: Place, text: str, folder: Path) -> None:
    cell = set_amount(folder, place, lambda _: text)
    finding = the_finding(folder)
    assert finding["code"] == "amount-not-a-number"
    assert f"found '{text}'" in finding["message"]
    assert (finding["workbook"], finding["sheet"], finding["cell"]) == (place[0], place[1], cell)


def test_every_column_of_amounts_in_the_example_is_held_by_a_control_total() -> None:
    missing: list[Place] = []
    for workbook in sorted(EXAMPLE.glob("*.xlsx")):
        book: Any = openpyxl.load_workbook(workbook)
        controlled = {(row[0].value, row[1].value) for row in book["Control totals"].iter_rows(min_row=2)}
        missing += [
            (workbook.name, sheet.title, cell.value)
            for sheet in book.worksheets
            if sheet.title not in {"Notes", "Control totals"}
            for cell in sheet[1]
            if isinstance(sheet.cell(2, cell.column).value, int | float) and (sheet.title, cell.value) not in controlled
        ]
    assert missing == []


def test_the_whole_extract_is_watched_as_its_first_lines_are(tmp_path: Path) -> None:
    folder = copied(tmp_path / "year")
    with edited(folder / "expenditure.xlsx") as book:
        book["Transactions"]["H2000"] = None
    finding = the_finding(folder)
    assert (finding["code"], finding["sheet"], finding["cell"]) == ("amount-blank", "Transactions", "H2000")


def test_several_faults_are_all_said_at_once(folder: Path) -> None:
    cells = {place: set_amount(folder, place, lambda _: "n/a") for place in AMOUNTS[::3]}
    said = run("outturn", folder)
    assert said.code == 3
    for (workbook, sheet, _), cell in cells.items():
        assert f"'[{workbook}]{sheet}'!{cell}: error: " in said.err
    assert "held back" in said.err
    assert "Nothing is worked out from input with errors" in said.err


# Workbooks, sheets and headings ------------------------------------------------------------------------------


@pytest.mark.parametrize("workbook", ["contract.xlsx", "budget.xlsx", "expenditure.xlsx"])
def test_a_workbook_that_is_needed_and_missing_is_named(workbook: str, folder: Path) -> None:
    (folder / workbook).unlink()
    assert f"[{workbook}]: error: the folder has no such workbook [workbook-missing]" in refusal(folder).err


def test_a_workbook_that_is_a_text_file_is_refused(folder: Path) -> None:
    (folder / "budget.xlsx").write_text("Cost centre,Account\n", "utf-8")
    (line,) = [line for line in refusal(folder).err.splitlines() if line.startswith("[budget.xlsx]")]
    assert ": error: " in line


def test_an_empty_workbook_is_refused(folder: Path) -> None:
    (folder / "budget.xlsx").write_bytes(b"")
    (line,) = [line for line in refusal(folder).err.splitlines() if line.startswith("[budget.xlsx]")]
    assert ": error: " in line


def test_a_sheet_renamed_is_missed_and_those_there_are_named(folder: Path) -> None:
    with edited(folder / "contract.xlsx") as book:
        book["Variations"].title = "Change controls"
    err = refusal(folder).err
    assert "[contract.xlsx]: error: no sheet is named 'Variations'; there are " in err
    assert "'Change controls'" in err


def test_a_heading_missing_is_named_with_its_row(folder: Path) -> None:
    with edited(folder / "contract.xlsx") as book:
        book["Variations"].cell(1, column(book["Variations"], "Amount")).value = None
    (line,) = [line for line in refusal(folder).err.splitlines() if "column-missing" in line]
    assert line.startswith("'[contract.xlsx]Variations'!1:1: error: no column is headed 'Amount'")


def test_an_extract_without_a_heading_is_refused_like_any_other(folder: Path) -> None:
    with edited(folder / "expenditure.xlsx") as book:
        book["Transactions"]["H1"] = None
    assert "'[expenditure.xlsx]Transactions'!1:1: error: no column is headed 'Amount'" in refusal(folder).err


def test_a_heading_twice_is_named_with_both_cells(folder: Path) -> None:
    with edited(folder / "contract.xlsx") as book:
        book["Variations"].cell(1, book["Variations"].max_column + 1).value = "Amount"
    (line,) = [line for line in refusal(folder).err.splitlines() if "column-twice" in line]
    assert line.startswith("'[contract.xlsx]Variations'!H1: error: columns D1 and H1 are both headings for 'Amount'")


# Settings ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("plan_years =", "plan_yers =", "'plan_yers' is not a setting; did you mean 'plan_years'? [key-unknown]"),
        ("contributions =", "contribution =",
         "'categories.placements.lines.residential.contribution' is not a setting; did you mean 'contributions'?"),
        ("# [layout.transactions]", "[layout.transaction]",
         "'layout.transaction' is not a setting; did you mean 'transactions'? [key-unknown]"),
        ('year = "2023-24"', 'year = "2023-25"', "[setting-invalid]"),
        ('year = "2023-24"', "", "year must be given [setting-invalid]"),
        ('state = "provisional"', 'state = "final"', "state: "),
        ("plan_years = 3", "plan_years = 0", "plan_years: "),
        ('name = "', 'name = ', "is not TOML that can be read: "),
    ],
)  # fmt: skip
def test_a_setting_that_cannot_be_is_said_in_plain_words(old: str, new: str, message: str, folder: Path) -> None:
    toml = folder / "breakeven.toml"
    text = toml.read_text("utf-8")
    assert old in text
    toml.write_text(text.replace(old, new, 1), "utf-8")
    err = refusal(folder).err
    assert err.startswith("[breakeven.toml")
    assert message in err


def test_settings_that_are_not_utf_8_are_refused(folder: Path) -> None:
    (folder / "breakeven.toml").write_bytes(b'name = "Caf\xe9"\n')
    assert refusal(folder).err == "[breakeven.toml]: error: is not UTF-8 text [setting-invalid]\n"


# Codes -------------------------------------------------------------------------------------------------------


def test_money_under_an_unmapped_code_is_warned_of_shown_and_counted(tmp_path: Path) -> None:
    folder = copied(tmp_path / "year")
    with edited(folder / "expenditure.xlsx") as book:
        assert book["Transactions"]["H2"].value == 75785
        book["Transactions"]["C2"] = "Z9999"
    said = run("outturn", folder)
    assert said.code == 0
    assert said.err.startswith("'[expenditure.xlsx]Transactions'!H2: warning: no line of the chart of accounts has ")
    assert said.err.endswith("Z9999/7010 [code-unmapped]\n")
    assert re.search(r"^  Unmapped +0 +\(75,785\)\* ", said.out, re.MULTILINE)
    rows = {row["id"]: row["values"] for row in run("outturn", folder, "--json").data["rows"]}
    assert rows["unmapped"]["actual"] == "75785.00"
    assert rows["expenditure"]["actual"] == "88931888.00"
    assert rows["position"]["actual"] == "-4253670.00"
    spent = [float(rows[part]["actual"]) for part in ("staffing", "placements", "overheads", "unmapped")]
    assert sum(spent) == 88_931_888


def test_a_code_that_two_lines_claim_is_an_error_at_its_cell(folder: Path) -> None:
    toml = folder / "breakeven.toml"
    text = toml.read_text("utf-8")
    toml.write_text(text.replace('"O2010..O2090 & 7110..7139"', '"O2010..O2090 & 7110..7139", "O1010 & 7010"'), "utf-8")
    err = refusal(folder).err
    assert "'[budget.xlsx]Budget'!" in err
    assert "[code-ambiguous]" in err
