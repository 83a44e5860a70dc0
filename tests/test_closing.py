"""Closing a period: what must be said first, a seal that shows any change, and what was said, shown again as it was."""

import json
import shutil
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from breakeven.periods import Year
from breakeven.pipeline.year_end import load
from breakeven.workbook.closes import read_closes
from commands import EXAMPLE, column, copied, edited, run

CLOSED = ("P03", "P06", "P08")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copied(tmp_path / "year")


def reopened(folder: Path) -> Path:
    """The folder with nothing closed."""
    shutil.rmtree(folder / "closes")
    return folder


def change(folder: Path, workbook: str, sheet: str, heading: str, at_row: int, value: object) -> None:
    """Put a value in a cell, and nothing else right: the control totals are taken out."""
    with edited(folder / workbook) as book:
        book[sheet].cell(at_row, column(book[sheet], heading), value)
        if "Control totals" in book.sheetnames:
            del book["Control totals"]


def reconciled(folder: Path) -> dict[str, Any]:
    return {test["id"]: test for test in run("reconcile", folder, "--json").data["tests"]}


# Before it is closed -----------------------------------------------------------------------------------------


def test_a_period_is_not_closed_while_a_line_over_the_threshold_is_unexplained(folder: Path) -> None:
    said = run("close", "P09", folder, "--by", "Head of finance")
    assert (said.code, said.out) == (1, "")
    assert said.err.splitlines()[:2] == [
        "P09 is not closed. A line further from its budget than £100,000 or 5% must be explained first (1 to go):",
        "  ICT and support services: £147,618.95 F",
    ]
    assert not (folder / "closes" / "P09.json").exists()


def test_periods_are_closed_in_their_order_and_each_once(folder: Path) -> None:
    for period in ("P08", "P05"):
        said = run("close", period, folder, "--by", "Me")
        assert said.code == 2
        assert f"{period} cannot be closed: P08 was closed on 14/12/2023 by Head of finance" in said.err


def test_a_period_in_which_nothing_is_posted_is_not_closed(tmp_path: Path) -> None:
    run("new", tmp_path / "new", "--year", "2023-24")
    said = run("close", "P01", tmp_path / "new", "--by", "Me")
    assert said.code in {2, 3}
    assert not (tmp_path / "new" / "closes").exists()


def test_what_close_needs_is_said() -> None:
    assert "say which period" in run("close", "ledgers/2023-24", "--by", "Me").err
    assert "expected a period from P01 to P13, found 'Q3'" in run("close", "Q3", "--by", "Me").err


# The seal ----------------------------------------------------------------------------------------------------


def test_a_close_seals_inputs_records_and_statements_and_names_the_seal_before(folder: Path) -> None:
    reopened(folder)
    for period, on in (("P03", "2023-07-14"), ("P06", "13/10/2023")):
        assert run("close", period, folder, "--by", "Head of finance", "--on", on).code == 0
    first, second = (json.loads((folder / "closes" / f"{p}.json").read_text("utf-8")) for p in ("P03", "P06"))
    assert (first["previous"], second["previous"]) == ("", first["seal"])
    assert second["inputs"] == {file.name: file.sha256 for file in load(folder).inputs}
    assert {"budget", "accruals", "placement_register", "explanations"} <= second["records"].keys()
    assert sum(pence for *_, pence in second["postings"]) == Decimal(
        next(r for r in second["statements"]["outturn-P06"]["rows"] if r["id"] == "expenditure")["values"]["posted"]
    ).scaleb(2)


def test_the_seals_of_the_example_are_what_closing_it_gives(folder: Path) -> None:
    reopened(folder)
    for period, on in zip(CLOSED, ("2023-07-14", "2023-10-13", "2023-12-14"), strict=True):
        assert run("close", period, folder, "--by", "Head of finance", "--on", on).code == 0
        made, kept = ((at / "closes" / f"{period}.json").read_bytes() for at in (folder, EXAMPLE))
        assert made == kept, f"run ledgers/make_example.py: {period}"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('"closed_by": "Head of finance"', '"closed_by": "Somebody else"', "seal-broken"),
        ('"posted":["', '"posted":["1', "seal-broken"),
        ('"seal": "', '"seal": "0', "seal-broken"),
        ("{", "", "seal-unreadable"),
    ],
)
def test_a_seal_that_was_changed_refuses_the_folder(folder: Path, old: str, new: str, code: str) -> None:
    path = folder / "closes" / "P06.json"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    said = run("outturn", folder)
    assert (said.code, said.out) == (3, "")
    assert f"[closes/P06.json]: error: {FINDINGS[code]}" in said.err


FINDINGS = {
    "seal-broken": "the file is not as it was when the period was closed; put back the one that was sealed",
    "seal-unreadable": "no closed period can be read of it",
}


def test_a_line_added_after_the_seal_breaks_it_too(folder: Path) -> None:
    path = folder / "closes" / "P06.json"
    path.write_text(path.read_text("utf-8").replace('"\n}\n', '",\n"more": 1\n}\n'), "utf-8")
    assert [finding.code for finding in read_closes(folder, Year(2023))[1]] == ["seal-broken", "seal-chain"]


def test_an_editors_mark_at_the_start_or_line_at_the_end_breaks_no_seal(folder: Path) -> None:
    first, last = (folder / "closes" / f"{period}.json" for period in ("P03", "P08"))
    first.write_text(first.read_text("utf-8") + "\n", "utf-8-sig")
    last.write_bytes(last.read_bytes().replace(b"\n", b"\r\n").rstrip())
    closes, findings = read_closes(folder, Year(2023))
    assert ([close.period for close in closes], findings) == ([3, 6, 8], [])


def test_the_seals_of_another_year_are_refused_and_a_copy_is_said(folder: Path) -> None:
    shutil.copy(folder / "closes" / "P06.json", folder / "closes" / "P06 (1).json")
    assert [finding.code for finding in read_closes(folder, Year(2023))[1]] == ["seal-stray"]
    assert {finding.code for finding in read_closes(folder, Year(2024))[1]} == {"seal-stray", "seal-elsewhere"}
    (folder / "closes" / "P08.json").rename(folder / "closes" / "P09.json")
    assert "seal-elsewhere" in {finding.code for finding in read_closes(folder, Year(2023))[1]}


def test_a_seal_that_was_taken_out_breaks_the_chain(folder: Path) -> None:
    (folder / "closes" / "P06.json").unlink()
    said = run("check", folder)
    assert said.code == 3
    assert "[closes/P08.json]: error: its seal does not follow that of the period closed before it" in said.out


# After it is closed ------------------------------------------------------------------------------------------


def test_a_closed_periods_outturn_is_shown_again_byte_for_byte_whatever_its_inputs_become(folder: Path) -> None:
    asked = [(*by, *form) for by in ((), ("--by", "line,source"), ("--by", "cost_centre,line")) for form in FORMS]
    then = {options: run("outturn", folder, "--as-of", "P08", *options).out for options in asked}
    for options, text in then.items():
        if "--csv" not in options:  # a CSV says nothing of the files behind it
            continue
        assert run("outturn", folder, "--period", "P08", *options).out == text
    change(folder, "expenditure.xlsx", "Transactions", "Amount", 2, 1)
    change(folder, "budget.xlsx", "Budget", "Original budget", 2, 5)
    for options, text in then.items():
        assert run("outturn", folder, "--as-of", "P08", *options).out == text
    assert run("outturn", folder, "--period", "P08", "--csv").out != then["--csv",]


FORMS = ((), ("--json",), ("--csv",), ("--detail",))


def test_as_of_a_closed_period_is_what_was_sealed(folder: Path) -> None:
    sealed = json.loads((folder / "closes" / "P08.json").read_text("utf-8"))["statements"]["outturn-P08"]
    assert run("outturn", folder, "--as-of", "P08", "--by", "category,line,code,source", "--json").data == sealed


def test_a_period_that_is_not_closed_has_nothing_to_show_again() -> None:
    said = run("outturn", "--as-of", "P07")
    assert (said.code, said.err) == (2, "breakeven: P07 is not closed; closed are P03, P06, P08\n")


def test_a_later_change_to_a_closed_period_is_reported_with_what_it_moves(folder: Path) -> None:
    with edited(folder / "expenditure.xlsx") as book:
        sheet = book["Transactions"]
        at = next(r for r in range(2, 3000) if sheet.cell(r, column(sheet, "Period")).value == "P07")
        cell = sheet.cell(at, column(sheet, "Amount"))
        was, cell.value = Decimal(str(cell.value)), float(Decimal(str(cell.value)) + 250)
        del book["Control totals"]
    found = reconciled(folder)
    assert [found[f"closed-{period}"]["result"] for period in CLOSED] == ["agrees", "agrees", "differs"]
    moved = found["closed-P08"]
    assert moved["difference"] == "-250.00"
    assert "posted to date was" in moved["cause"]
    assert moved["cause"].endswith("+250.00")
    assert was
    assert run("reconcile", folder).code == 1
    assert "P08 is as it was closed: £250 apart" in run(folder).out.replace("\n", " ")


def test_a_balance_or_an_explanation_changed_since_is_reported(folder: Path) -> None:
    with edited(folder / "contract.xlsx") as book:
        for row in (2, 3):
            book["Balances"].cell(row, column(book["Balances"], "Amount"), -9_977_292)
        del book["Control totals"]
    with edited(folder / "expenditure.xlsx") as book:
        sheet = book["Explanations"]
        sheet.cell(2, column(sheet, "Explanation"), "No reason at all")
        del book["Control totals"]
    found = reconciled(folder)
    assert [found[f"closed-{period}"]["result"] for period in CLOSED] == ["differs"] * 3
    assert (found["closed-P03"]["unit"], found["closed-P03"]["side_a"]) == ("number", "6")
    assert "a row of balances stood then and does not now" in found["closed-P08"]["cause"]


def test_a_closed_period_is_shown_again_though_todays_workbooks_are_faulty(folder: Path) -> None:
    then = run("outturn", folder, "--as-of", "P08").out
    change(folder, "expenditure.xlsx", "Transactions", "Amount", 2, "abc")
    assert run("outturn", folder, "--period", "P08").code == 3
    said = run("outturn", folder, "--as-of", "P08")
    assert (said.code, said.out, said.err) == (0, then, "")


def test_who_closes_and_in_which_order_is_held_to(folder: Path) -> None:
    assert "--by must say who" in run("close", "P09", folder, "--by", " ").err
    early = run("close", "P09", folder, "--by", "Me", "--on", "2023-12-01")
    assert (early.code, early.err) == (2, "breakeven: --on: P08 was closed on 14/12/2023, after 01/12/2023\n")


def test_what_is_learnt_later_of_a_placement_or_an_order_moves_no_closed_period(folder: Path) -> None:
    with edited(folder / "demand.xlsx") as book:
        sheet = book["Placement register"]
        sheet.cell(2, column(sheet, "End"), datetime(2024, 3, 20))  # noqa: DTZ001  (Excel's have no zone)
        del book["Control totals"]
    found = reconciled(folder)
    assert {found[f"closed-{period}"]["result"] for period in CLOSED} == {"agrees"}


def test_movement_is_measured_from_the_last_closed_period(folder: Path) -> None:
    def forecast(period: str) -> Decimal:
        rows = run("outturn", folder, "--period", period, "--json").data["rows"]
        return Decimal(next(row for row in rows if row["id"] == "expenditure")["values"]["forecast"])

    rows = run("outturn", folder, "--period", "P10", "--json").data["rows"]
    moved = next(row for row in rows if row["id"] == "expenditure")["values"]["movement"]
    assert Decimal(moved) == forecast("P10") - forecast("P08")
