"""A finding says what is wrong, how bad it is, and in which cell; nothing in it can drive a terminal."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakeven.findings import CODES, Cell, ColumnCells, Finding, Severity, visible

D14 = Cell("Outturn 2025-26.xlsx", "Actuals", "D14")


def test_a_finding_is_one_line_with_its_cell_first() -> None:
    assert str(Finding("amount-not-a-number", "expected pounds, found 'n/a'", D14)) == (
        "'[Outturn 2025-26.xlsx]Actuals'!D14: error: expected pounds, found 'n/a' [amount-not-a-number]"
    )


def test_a_cell_is_written_as_excel_writes_it_between_workbooks() -> None:
    assert str(D14) == "'[Outturn 2025-26.xlsx]Actuals'!D14"
    assert str(Cell("a.xlsx", "Budget")) == "'[a.xlsx]Budget'"
    assert str(Cell("a.xlsx")) == "[a.xlsx]"


def test_only_an_error_refuses_the_input() -> None:
    blank, unmapped = Finding("amount-blank", "", D14), Finding("code-unmapped", "", D14)
    assert (blank.severity, blank.is_error) == (Severity.ERROR, True)
    assert (unmapped.severity, unmapped.is_error) == (Severity.WARNING, False)


def test_a_code_that_is_not_listed_is_the_programmers_mistake() -> None:
    with pytest.raises(KeyError, match="amount-wrong is not listed"):
        Finding("amount-wrong", "", D14)


def test_every_code_is_a_name_with_a_sentence() -> None:
    assert [code for code in CODES if code != code.lower() or " " in code] == []
    assert [code for code, known in CODES.items() if not known.meaning.endswith(".")] == []


def test_runs_of_rows_are_joined_and_every_cell_is_still_there() -> None:
    cells = ColumnCells("a.xlsx", "S", "H", (9, 2, 3, 4, 11, 12))
    assert str(cells) == "'[a.xlsx]S'!H2:H4,H9,H11:H12"
    assert len(cells) == len(list(cells)) == 6
    assert next(iter(cells)) == Cell("a.xlsx", "S", "H9")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", r"\x1b[31mred"),
        ("total\u202e000,1", r"total\u202e000,1"),
        ("two\r\nlines\tone", "two  lines one"),
        ("\u2028", r"\u2028"),
        ("zero\u200bwidth", r"zero\u200bwidth"),
        ("£ – − é", "£ – − é"),
        ("👩\u200d👧", "👩\u200d👧"),
    ],
)
def test_what_a_terminal_would_obey_is_spelled_out(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text())
def test_nothing_shown_is_a_control_or_reorders_the_line(text: str) -> None:
    kinds = {unicodedata.category(ch) for ch in visible(text) if ch != "\u200d"}
    assert not kinds & {"Cc", "Cf", "Cs", "Zl", "Zp"}


@given(st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp"])))
def test_plain_text_is_shown_as_it_is(text: str) -> None:
    assert visible(text) == text


def test_a_cell_and_a_finding_show_no_control_of_the_input() -> None:
    finding = Finding("amount-blank", "in \x1b[2J", Cell("a\x07.xlsx", "S\u202e", "A1"))
    assert str(finding) == r"'[a\x07.xlsx]S\u202e'!A1: error: in \x1b[2J [amount-blank]"
