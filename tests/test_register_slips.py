"""Slips at the commands that write to a register, and what is said of an entry before or after it is written."""

import re
from pathlib import Path
from unittest import mock

import openpyxl
import pytest

from breakeven.ledger.registers import rows_by_name
from breakeven.monitoring.overrides import overrides_at, row_named
from breakeven.pipeline import year_end
from commands import copied, edited, run
from register_commands import VIRE, bytes_of, year_of


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copied(tmp_path / "year")


# Usage -------------------------------------------------------------------------------------------------------


def changed(option: str, value: str) -> tuple[str, ...]:
    place = VIRE.index(option)
    return (*VIRE[: place + 1], value, *VIRE[place + 2 :])


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (changed("--from", "S1010 5011"), "--from: there is no 'S1010 5011'; did you mean 'S1010 5015'?"),
        (changed("--to", "S1010"), "--to takes a cost centre and an account such as 'S1010 5010', not 'S1010'"),
        (changed("--to", "S1010 5010"), "--from and --to are one code, so that nothing would move"),
        (changed("--amount", "0"), "--amount takes an amount above nil, not 0"),
        (changed("--amount", "-5"), "--amount takes an amount above nil, not -5"),
        (changed("--amount", "lots"), "--amount takes pounds such as 240000 or 1,234.50, not 'lots'"),
        (changed("--amount", "0.001"), "--amount takes whole pence, not 0.001"),
        (changed("--amount", "90000000"), "--amount: S1010 5010 has a revised budget of £3,543,533.00, less than that"),
        (
            changed("--date", "12/25/2023"),
            "--date takes a date such as 2024-01-12 or 12/01/2024, day first, not '12/25/2023'",
        ),
        (changed("--reason", " "), "--reason must say something"),
        ((*VIRE, "--ref", "vr08"), "--ref: there is a 'vr08' already; the next free one is 'VR09'"),
    ],
)
def test_a_slip_is_said_in_plain_words_with_the_nearest_and_exits_2(
    folder: Path, args: tuple[str, ...], message: str
) -> None:
    before = bytes_of(folder)
    said = run("vire", folder, *args)
    assert (said.code, said.out, bytes_of(folder)) == (2, "", before)
    assert said.err.startswith(f"breakeven: {message}")


VARY = ("vary", "--ref", "V9", "--purpose", "x", "--amount", "1", "--recurrent", "no")
ACCRUE = ("accrue", "--code", "P1010 6010", "--period", "P09", "--amount", "1", "--reason", "x")
OVERRIDE = ("override", "--period", "P09", "--amount", "1", "--reason", "x", "--by", "A")
EXPLAIN = ("explain", "Residential", "--period", "P09", "--by", "A", "--because")


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ((*VARY, "--ref", "V01"), "there is a 'V01' already"),
        ((*VARY, "--borne-by", "council 70"), "--borne-by: the shares in 'council 70' add up to 70, not 100"),
        ((*VARY, "--paid", "x"), "--paid takes pounds"),
        ((*ACCRUE, "--period", "P14"), "--period: expected a period from P01 to P13, found 'P14'"),
        ((*ACCRUE, "--reverses", "2023-24 P09"), "--reverses: P09 is not after P09, the entry's own period"),
        ((*ACCRUE, "--reverses", "2023-24 P08"), "--reverses: P08 is not after P09"),
        ((*ACCRUE, "--reverses", "2022-23 P10"), "--reverses: 2022/23 is before 2023/24, the year of the entry"),
        ((*ACCRUE, "--reverses", "next"), "--reverses takes a year and period such as '2023-24 P10', not 'next'"),
        ((*OVERRIDE, "Residental"), "did you mean 'Residential'?"),
        ((*OVERRIDE, "Placements"), "no line and no row of income"),
        ((*OVERRIDE, "Residential", "Fostering"), "name one line"),
        ((*EXPLAIN, "price"), "say which line and, in quotes, why"),
        ((*EXPLAIN, "prise", "Dearer"), "did you mean 'price'?"),
    ],
)
def test_a_slip_in_the_other_commands_is_said_too(folder: Path, args: tuple[str, ...], message: str) -> None:
    before = bytes_of(folder)
    said = run(*args, folder)
    assert (said.code, said.out, bytes_of(folder)) == (2, "", before)
    assert message in said.err


def test_a_workbook_open_in_excel_is_refused_with_exit_3(folder: Path) -> None:
    (folder / "~$budget.xlsx").write_bytes(b"Ann")
    said = run("vire", folder, *VIRE)
    assert (said.code, said.out) == (3, "")
    assert "[workbook-open]" in said.err


@pytest.mark.parametrize("command", ["vire", "vary", "accrue", "explain", "override"])
def test_the_help_of_each_shows_an_example(command: str) -> None:
    said = run(command, "--help")
    assert said.code == 0
    assert f"breakeven {command}" in said.out.split("Example:")[1]


MOVE = (
    "vire", "--from", "S1010 5010", "--to", "S1010 5110", "--amount", "5", "--reason", "Late", "--approved-by",
    "Director of Resources", "--date",
)  # fmt: skip
DUE = ("accrue", "--code", "P1010 6010", "--amount", "5", "--reason", "Late", "--period")


@pytest.mark.parametrize(
    ("args", "closed"),
    [
        ((*DUE, "P08"), ["P08"]),
        ((*DUE, "P09"), []),
        ((*DUE, "P04"), []),
        ((*DUE, "P04", "--reverses", "2023-24 P07"), ["P06"]),
        ((*DUE, "P03", "--reverses", "2023-24 P08"), ["P03", "P06"]),
        ((*DUE, "P06", "--prepayment", "--reverses", "2024-25 P01"), ["P06", "P08"]),
        ((*MOVE, "2023-11-30"), ["P08"]),
        ((*MOVE, "2023-12-01"), []),
        ((*MOVE, "2023-04-03"), ["P03", "P06", "P08"]),
        (("vary", "--ref", "V9", "--purpose", "x", "--amount", "9", "--recurrent", "no", "--agreed", "2023-09-30"),
         ["P06", "P08"]),
    ],
)  # fmt: skip
def test_an_entry_that_changes_closed_periods_is_written_and_they_are_named(
    folder: Path, args: tuple[str, ...], closed: list[str]
) -> None:
    found = run(args[0], folder, *args[1:])
    assert found.code == 0
    assert re.findall(r"P\d\d", found.err) == closed
    if len(closed) == 1:
        assert found.err == (
            f"note: {closed[0]} is closed, and this changes what it was made of: breakeven reconcile reports it\n"
        )
    tests = run("reconcile", folder, "--json").data["tests"]
    moved = [test["id"] for test in tests if test["id"].startswith("closed") and test["result"] != "agrees"]
    assert [re.findall(r"P\d\d", test_id)[0] for test_id in moved] == closed


# Dates, names and folders ------------------------------------------------------------------------------------


def test_a_virement_dated_far_from_its_year_is_said_before_it_is_written_and_a_warning_after(folder: Path) -> None:
    said = run(*MOVE[:1], folder, *MOVE[1:], "2034-01-12")
    assert said.code == 0
    assert said.err.splitlines()[0] == (
        "note: 12/01/2034 is more than 31 days after the year 01/04/2023 to 31/03/2024; is that the date?"
    )
    found = [(each.code, each.severity.value) for each in year_of(folder).findings]
    assert found == [("date-far", "warning")] * 2  # one for each side
    assert run(*MOVE[:1], folder, *MOVE[1:], "2024-04-30").err == ""


def renamed(folder: Path, *labels: tuple[str, str]) -> None:
    """The example with other labels of its lines."""
    toml = folder / "breakeven.toml"
    text = toml.read_text("utf-8")
    for old, new in labels:
        assert f'label = "{old}"' in text
        text = text.replace(f'label = "{old}"', f'label = "{new}"')
    toml.write_text(text, "utf-8")


EXPLAINED = ("--period", "P09", "--because", "other", "--by", "Ann", "--date", "2024-01-15")
BY_HAND = ("--period", "P09", "--amount", "1", "--reason", "x", "--by", "Ann", "--date", "2024-01-15")


def test_a_name_that_two_lines_have_is_written_as_the_lines_own_id(folder: Path) -> None:
    renamed(folder, ("Family support", "Other"), ("Business support", "Other"))
    assert run("explain", "Other", "Why", folder, *EXPLAINED).code == 2
    assert run("explain", "family_support", "Why", folder, *EXPLAINED).code == 0
    assert year_of(folder).ledgers.explanations[-1].line == "family_support"
    assert year_of(folder).errors == ()


def test_a_source_called_like_a_line_is_written_so_that_it_is_not_read_as_the_line(folder: Path) -> None:
    renamed(folder, ("Residential", "Home Office funding"))
    for said, kept in (
        ("third_party_income.home_office_funding", "third_party_income.home_office_funding"),
        ("Home Office funding", "Home Office funding"),
        ("residential", "Home Office funding"),
    ):
        assert run("override", said, folder, *BY_HAND).code == 0
        year = year_of(folder)
        assert year.ledgers.overrides[-1].line == kept
        expected = "residential" if kept == "Home Office funding" else kept
        assert row_named(kept, year) == expected


def test_a_folder_called_like_a_line_is_no_ledger_folder(tmp_path: Path) -> None:
    copied(tmp_path / "ledgers" / "2023-24")
    (tmp_path / "Residential").mkdir()
    assert run("explain", "Residential", "Why", *EXPLAINED, cwd=tmp_path).code == 0
    assert run("override", "Residential", *BY_HAND, cwd=tmp_path).code == 0
    said = run("override", "Residential", "ledgers", *BY_HAND, cwd=tmp_path)
    assert (said.code, "ledgers]: error: the folder has no breakeven.toml" in said.err) == (3, True), said.err


@pytest.mark.parametrize("text", ["_x0041_", "_x005F_", "a_x005F_x0041_b _x000d_", "_X0041_ _x41_ __x0041__"])
def test_text_that_looks_like_an_escaped_character_reads_back_as_it_was_typed(folder: Path, text: str) -> None:
    assert run("explain", "Residential", text, folder, *EXPLAINED).code == 0
    assert year_of(folder).ledgers.explanations[-1].text == text
    book = openpyxl.load_workbook(folder / "expenditure.xlsx")
    assert book["Explanations"].max_row > 1


def test_a_sheet_protected_without_a_password_is_written_to_and_said(folder: Path) -> None:
    with edited(folder / "budget.xlsx") as book:
        book["Budget"].protection.sheet = True
    said = run("vire", folder, *VIRE)
    assert (said.code, said.err) == (
        0, "note: 'Budget' of budget.xlsx is protected, without a password; it was written to\n",
    )  # fmt: skip
    with edited(folder / "budget.xlsx") as book:
        assert book["Budget"].protection.sheet
        book["Budget"].protection.set_password("x")
    said = run("vire", folder, *VIRE)
    assert said.code == 3
    assert "'[budget.xlsx]Budget': error: nothing was written: the sheet is protected with a password" in said.err


def test_a_read_only_workbook_is_refused_with_exit_3(folder: Path) -> None:
    (folder / "budget.xlsx").chmod(0o444)
    said = run("vire", folder, *VIRE)
    assert (said.code, said.out) == (3, "")
    assert "[workbook-read-only]" in said.err


def test_what_registers_name_is_looked_up_once_for_a_whole_year(folder: Path) -> None:
    year = year_end.load(folder)
    assert len(year.ledgers.overrides) > 1
    with mock.patch("breakeven.ledger.year.rows_by_name", wraps=rows_by_name) as looked_up:
        assert overrides_at(year, 9) == overrides_at(year, 9)
    assert looked_up.call_count == 1
