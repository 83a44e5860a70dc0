"""The commands that write to a register, on a copy of the example: what they write, where, and what then holds."""

import re
import shutil
import subprocess
import zipfile
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from commands import Said, copied, run
from register_commands import VIRE, bytes_of, year_of


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copied(tmp_path / "year")


def results(folder: Path) -> dict[str, str]:
    """Every test of the folder's own sums; what was published holds for the year as it was published."""
    tests = run("reconcile", folder, "--json").data["tests"]
    return {test["id"]: test["result"] for test in tests if not test["id"].startswith("reported")}


def holds(folder: Path, before: dict[str, str]) -> None:
    """No error, every number accounted for, and every test as it was."""
    year = year_of(folder)
    assert year.errors == ()
    assert all(tally.is_conserved for tally in year.tallies)
    assert run("check", folder).code == 0
    assert results(folder) == before


def cell_of(said: Said) -> str:
    (found,) = re.findall(r"^written: '\[\S+\](.*)'!([A-Z]+\d+:[A-Z]+\d+)", said.out, flags=re.MULTILINE)
    return f"{found[0]} {found[1]}"


# vire --------------------------------------------------------------------------------------------------------


def test_a_virement_moves_the_revised_budget_and_the_profile_of_both_codes(folder: Path) -> None:
    before, was = results(folder), year_of(folder)
    said = run("vire", folder, *VIRE)
    assert (said.code, said.err) == (0, "")
    assert cell_of(said) == "Virements A18:H19"
    year = year_of(folder)
    sides = [entry for entry in year.ledgers.virements if entry.ref == "VR09"]
    assert [(entry.coding, entry.amount, f"{entry.date}") for entry in sides] == [
        (("S1010", "5010"), Decimal(-240_000), "2024-01-12"),
        (("S1010", "5110"), Decimal(240_000), "2024-01-12"),
    ]
    for old, new in zip(was.ledgers.budget, year.ledgers.budget, strict=True):
        moved = {("S1010", "5010"): -240_000, ("S1010", "5110"): 240_000}.get(new.coding, 0)
        assert new.revised - old.revised == moved
        assert new.months[:9] == old.months[:9]  # P01 to P09 are over by 12 January
    holds(folder, before)


def test_what_was_written_is_said_cell_by_cell_and_the_copy_is_the_old_workbook(folder: Path) -> None:
    old = (folder / "budget.xlsx").read_bytes()
    said = run("vire", folder, *VIRE)
    lines = said.out.splitlines()
    assert lines[0] == (
        "Ref: VR09; Date: 12/01/2024; Cost centre: S1010; Account: 5010; Amount: -240,000.00; Reason: Agency cover; "
        "Approved by: Director of Resources"
    )
    assert "changed: '[budget.xlsx]Budget'!F38 Revised budget 3,303,533.00, was 3,543,533.00" in lines
    assert lines[-1].startswith(f"the workbook as it was: {folder}/copies/budget ")
    assert Path(lines[-1].partition(": ")[2]).read_bytes() == old
    sheet = openpyxl.load_workbook(folder / "budget.xlsx")["Budget"]
    for line in lines:
        if found := re.match(r"changed: '\[budget.xlsx\]Budget'!(\w+) .* ([\d,.]+), was", line):
            assert Decimal(str(sheet[found[1]].value)) == Decimal(found[2].replace(",", ""))


def test_a_dry_run_shows_the_rows_and_writes_nothing(folder: Path) -> None:
    before = bytes_of(folder)
    said = run("vire", folder, *VIRE, "--dry-run")
    assert (said.code, bytes_of(folder)) == (0, before)
    assert "would be written: '[budget.xlsx]Virements'!A18:H19" in said.out
    assert said.out.endswith("nothing is written: a dry run\n")
    written = run("vire", folder, *VIRE)
    assert [line.removeprefix("would be ") for line in said.out.splitlines()[:-1]] == written.out.splitlines()[:-1]


def with_formulas(folder: Path, *cells: str) -> None:
    """The budget sheet with a formula in some cells, whose results are in the file as Excel would have saved them."""
    path = folder / "budget.xlsx"
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = next(name for name, data in parts.items() if b"SUM(F2:F62)" in data)
    for cell in cells:
        formula = f"E{cell[1:]}+SUMIFS(Virements!E:E,Virements!D:D,B{cell[1:]})".encode()
        parts[name], count = re.subn(
            rb'(<c r="' + cell.encode() + rb'"[^>]*>)(<v>)', rb"\1<f>" + formula + rb"</f>\2", parts[name]
        )
        assert count == 1
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, data in parts.items():
            archive.writestr(part, data)


def test_a_revised_budget_that_a_formula_works_out_is_left_to_it(folder: Path) -> None:
    with_formulas(folder, "F38", "F40")
    said = run("vire", folder, *VIRE)
    assert (said.code, len(said.err.splitlines())) == (0, 2)
    assert "'[budget.xlsx]Budget'!F38 holds a formula and is left; open budget.xlsx in Excel and save it" in said.err
    assert openpyxl.load_workbook(folder / "budget.xlsx")["Budget"]["F38"].value.startswith("=E38+SUMIFS(")
    assert [finding.code for finding in year_of(folder).findings if finding.at.ref[:1] == "F"] == ["formula-left"]


def test_where_only_one_of_the_two_codes_has_a_formula_nothing_is_written(folder: Path) -> None:
    with_formulas(folder, "F38")
    before = bytes_of(folder)
    said = run("vire", folder, *VIRE)
    assert (said.code, bytes_of(folder)) == (3, before)
    assert "'[budget.xlsx]Budget'!F38: error: nothing was written: the cell holds a formula and F40" in said.err


def test_an_approval_above_the_approvers_limit_is_written_and_said(folder: Path) -> None:
    toml = folder / "breakeven.toml"
    text = re.sub(r"\[month_end.virement_limits\]\n(.+\n)+", "", toml.read_text("utf-8"))
    toml.write_text(text + '\n[month_end.virement_limits]\n"Director of Resources" = 250000\n', "utf-8")
    assert "limit" not in run("vire", folder, *VIRE).err
    large = [each if each != "240,000" else "250,000.01" for each in VIRE]
    said = run("vire", folder, *large)
    assert "£250,000.01 is above the limit of Director of Resources, £250,000.00" in said.err
    codes = [(finding.code, finding.at.ref) for finding in year_of(folder).findings]
    assert ("virement-above-limit", "E20") in codes


SOFFICE = shutil.which("soffice")


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
def test_what_is_written_opens_in_another_spreadsheet_with_the_same_values(folder: Path, tmp_path: Path) -> None:
    assert run("vire", folder, *VIRE).code == 0
    due = ("--code", "P1010 6010", "--period", "P09", "--amount", "12000.50", "--reason", "_x0041_ <late> & due")
    assert run("accrue", folder, *due, "--date", "2024-01-05").code == 0
    books = [folder / "budget.xlsx", folder / "expenditure.xlsx"]
    done = subprocess.run(
        [
            str(SOFFICE), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to",
            "xlsx", "--outdir", tmp_path / "converted", *books,
        ],
        check=False, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    ours, theirs = ([values_of(place / book.name) for book in books] for place in (folder, tmp_path / "converted"))
    assert ours == theirs
    last = theirs[1]["Accruals"][-1]
    assert last[6:10] == (12000.5, None, datetime(2024, 1, 5), "_x0041_ <late> & due")  # noqa: DTZ001  (no zone)


def values_of(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every value of a workbook, sheet by sheet, but for the transactions, of which none is written.

    openpyxl leaves the ``_x005F_`` of a text that a cell holds itself, as ours do.
    """
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    found: dict[str, list[tuple[Any, ...]]] = {}
    for sheet in book.sheetnames:
        rows = book[sheet].iter_rows(values_only=True) if sheet != "Transactions" else ()
        found[sheet] = [
            tuple(value.replace("_x005F_", "_") if isinstance(value, str) else value for value in row)
            for row in rows
            if any(value is not None for value in row)
        ]
    book.close()
    return found


# vary, accrue, explain, override -----------------------------------------------------------------------------


def test_a_variation_says_who_bears_it_in_a_column_of_its_own(folder: Path) -> None:
    said = run(
        "vary", folder, "--ref", "V04", "--purpose", "Pay award", "--amount", "250000", "--agreed", "2024-01-19",
        "--recurrent", "yes", "--paid", "125000", "--borne-by", "council 70, health 30",
    )  # fmt: skip
    assert (said.code, said.err) == (0, "")
    entry = year_of(folder).ledgers.variations[-1]
    assert (entry.ref, entry.amount, entry.recurrent, entry.paid, entry.borne_by) == (
        "V04", Decimal(250_000), True, Decimal(125_000), "council 70, health 30",
    )  # fmt: skip
    assert year_of(folder).errors == ()
    borne = {"variation": "V04", "amount": "250000.00", "borne_by": {"council": "175000.00", "health": "75000.00"}}
    assert run("income", folder, "--json").data["borne_by"] == [borne]
    assert "V04: council £175,000.00, health £75,000.00." in run("income", folder).out
    assert run("outturn", folder, "--json").data["rows"][1]["values"]["actual"] == "1700163.00"


def test_accruals_and_prepayments_go_on_from_their_own_references(folder: Path) -> None:
    before = results(folder)
    refs = [entry.ref for entry in year_of(folder).ledgers.accruals]
    accrue = ("accrue", folder, "--code", "P1010/6010", "--period", "P09", "--reason", "Invoice not received")
    assert run(*accrue, "--amount", "12000", "--reverses", "2023-24 P10").code == 0
    assert run(*accrue, "--amount", "500.25", "--prepayment", "--date", "12/01/2024").code == 0
    accrual, prepayment = year_of(folder).ledgers.accruals[-2:]
    assert (accrual.kind, accrual.amount, accrual.reverses) == ("accrual", Decimal(12_000), "2023-24 P10")
    assert (prepayment.kind, prepayment.amount, f"{prepayment.date}") == (
        "prepayment",
        Decimal("-500.25"),
        "2024-01-12",
    )
    assert accrual.reason == prepayment.reason == "Invoice not received"
    assert not {accrual.ref, prepayment.ref} & set(refs)
    assert (accrual.ref[0], prepayment.ref[:2]) == ("A", "PP")
    holds(folder, before)


def test_an_explanation_and_a_forecast_by_hand_are_kept_in_the_folder(folder: Path) -> None:
    before = results(folder)
    count = len(year_of(folder).ledgers.overrides)
    said = run(
        "explain", "residential", "Two at a higher fee", folder, "--period", "P09", "--because", "price",
        "--amount", "-310000", "--by", "Ann", "--date", "2024-01-15",
    )  # fmt: skip
    assert (said.code, said.err) == (0, "")
    kept = year_of(folder).ledgers.explanations[-1]
    assert (kept.line, kept.period, kept.kind, kept.amount, kept.text, kept.author) == (
        "Residential", 9, "price", Decimal(-310_000), "Two at a higher fee", "Ann",
    )  # fmt: skip
    for line in ("Residential", "third_party_income.home_office_funding"):
        assert run(
            "override", line, folder, "--period", "9", "--amount", "18000000", "--reason", "Panel", "--by", "Ann"
        ).code == 0  # fmt: skip
    overrides = year_of(folder).ledgers.overrides[count:]
    assert [(each.line, each.period, each.amount, each.reason, each.author) for each in overrides] == [
        ("Residential", 9, Decimal(18_000_000), "Panel", "Ann"),
        ("Home Office funding", 9, Decimal(18_000_000), "Panel", "Ann"),
    ]
    holds(folder, before)


def test_text_that_looks_like_a_formula_is_text(folder: Path) -> None:
    text = '=HYPERLINK("http://example.org")'
    run("explain", "Residential", text, folder, "--period", "P09", "--because", "other", "--by", "Ann")
    book = openpyxl.load_workbook(folder / "expenditure.xlsx")
    cell = next(cell for row in book["Explanations"].iter_rows() for cell in row if cell.value == text)
    assert cell.data_type in {"s", "inlineStr"} or cell.quotePrefix is not None
    assert year_of(folder).ledgers.explanations[-1].text == text
