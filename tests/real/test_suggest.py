"""A layout suggested for a file never seen: it can be used as it is, and says what it is unsure of."""

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from breakeven.workbook.file_check import FilesRead, read_files
from breakeven.workbook.suggest import suggest
from commands import run
from real.corpus import CORPUS, FILES, layout_of, layouts, read, real_file

LEDGER = Path(__file__).parents[2] / "ledgers" / "2023-24"


def read_as_suggested(path: Path, folder: Path) -> FilesRead:
    """A file read by what is suggested for it, without any work by hand."""
    said = suggest(path)
    assert isinstance(said, str)
    layout = folder / "suggested.toml"
    layout.write_text(said, "utf-8")
    return read_files([path], layouts(layout))


@pytest.mark.parametrize("name", FILES)
def test_a_suggestion_can_be_used_as_a_layout_and_says_what_is_unsure(name: str, tmp_path: Path) -> None:
    said = suggest(real_file(name))
    assert isinstance(said, str)
    assert "unsure" in said
    layout = tmp_path / "layout.toml"
    layout.write_text(said, "utf-8")
    [table] = layouts(layout)
    assert table.heading_row
    assert table.columns[table.principal].is_number
    assert list(tomllib.loads(said)) == ["table"]


SIMPLE = [
    ("fire-service-payments-2022-23-suppliers-masked.xlsx", "amount", 2908, "15094614.84"),
    ("fire-service-payments-2025-26-q1-suppliers-masked.xlsx", "amount", 919, "7152578.77"),
    ("police-payments-2018-19-suppliers-masked.xlsx", "total_invoice_amount", 7974, "62208683.77"),
    ("staying-put-grant-2019-20.csv", "amount", 152, "23765998"),
    ("staying-put-grant-2020-21.csv", "amount", 152, "33278001"),
    ("cra-2018-database.xlsx", "2017_18", 21135, "736026735"),
    ("nhs-trust-loans-2016-17.xlsx", "sum_of_closing_balance_31_03_2017", 401, "4723027"),
    ("nhs-trust-loans-2017-18.xlsx", "closing_balance_31_03_2018", 993, "7353708"),
    ("academy-budget-forecast-return.csv", "amount", 100, "24837000"),
]


@pytest.mark.parametrize(("name", "column", "lines", "total"), SIMPLE)
def test_a_plain_list_is_read_to_its_total_as_suggested(
    name: str, column: str, lines: int, total: str, tmp_path: Path
) -> None:
    read = read_as_suggested(real_file(name), tmp_path)
    sums = [table.sums[column] for table in read.tables]
    assert (sum(each.lines for each in sums), sum(each.total for each in sums)) == (lines, Decimal(total))
    assert [finding for finding in read.findings if finding.is_error] == []


def test_totals_of_a_country_are_told_from_lines_as_suggested(tmp_path: Path) -> None:
    read = read_as_suggested(real_file("capital-outturn-2012-13.xls"), tmp_path)
    [table] = read.tables
    assert len(table.rows) == 444
    assert table.layout.subtotals_by == ("column_C",)


def test_an_extract_of_a_ledger_is_read_to_its_control_total_as_suggested(tmp_path: Path) -> None:
    read = read_as_suggested(LEDGER / "expenditure.xlsx", tmp_path)
    [table] = read.tables
    assert (table.sheet.sheet, table.sums["amount"].total) == ("Transactions", Decimal("88595626.45"))
    assert table.values["account"][0].isdigit()


def test_the_command_prints_a_layout_or_says_why_not(tmp_path: Path) -> None:
    said = run("check", str(LEDGER / "expenditure.xlsx"), "--suggest")
    assert (said.code, said.err) == (0, "")
    assert 'sheet = "Transactions"' in said.out
    no_workbook = tmp_path / "notes.xlsx"
    no_workbook.write_text("Dear all", "utf-8")
    refused = run("check", str(no_workbook), "--suggest")
    assert (refused.code, refused.out) == (3, "")
    assert "[file-not-a-workbook]" in refused.err
    assert run("check", "--suggest").code == 2


def test_a_heading_that_would_obey_a_terminal_is_spelled_out(tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text('Payee\x1b[31m,"Amount ""net\u202e"\nA,1.00\nB,2.50\n', "utf-8")
    said = suggest(path)
    assert isinstance(said, str)
    assert "\x1b" not in said
    assert "\u202e" not in said
    [table] = tomllib.loads(said)["table"]
    assert [column["heading"] for column in table["columns"].values()] == ["Payee\x1b[31m", 'Amount "net\u202e']


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is in ../shared, which is not here")
@pytest.mark.parametrize("name", ["cash-flow-12-months.xlsx", "s251-outturn-2012-13.csv"])
def test_checking_by_a_layout_ends_as_its_findings_say(name: str) -> None:

    said = run("check", str(CORPUS / name), "--layout", str(layout_of(name)))
    assert said.code == (3 if any(finding.is_error for finding in read(name).findings) else 0)
    assert "every number is accounted for" in " ".join(said.out.split())
