"""Totals among the lines: set aside and checked, by their words or their value; never added, never a line lost."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from kinds import DAY, HEADINGS, LINES, SUM, Outcome, Raw, ledger, line, read, total, workbook


def whole(outcome: Outcome, *found: str) -> bool:
    """Whether the lines came to their sum and nothing else was found."""
    return outcome.total == SUM and outcome.found == set(found)


@pytest.mark.parametrize("at", [0, 1, 2, 3])
@pytest.mark.parametrize("label", ["TOTAL", "Total:", "Grand total", "Sub-total", "Total for the year"])
def test_a_total_is_known_by_its_word_in_any_column(tmp_path: Path, label: str, at: int) -> None:
    assert whole(ledger(tmp_path, [*LINES, total(label, at=at)]))


@pytest.mark.parametrize("label", [None, "Net expenditure", "Overall", "Balance c/f"])
def test_a_total_without_the_word_is_known_by_its_value_and_said(tmp_path: Path, label: str | None) -> None:
    assert whole(ledger(tmp_path, [*LINES, total(label)]), "total-by-value E5")


def test_nested_sub_totals_and_a_grand_total_are_each_checked(tmp_path: Path) -> None:
    rows = [*LINES[:2], total("Sub-total", Decimal("120.50")), LINES[2], total("Sub-total", -3), total("Total")]
    assert whole(ledger(tmp_path, rows))


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([*LINES, total("Total", SUM + 1)], "total-disagrees E5"),
        ([*LINES, total("Total"), total("Grand total", SUM * 2)], "total-disagrees E6"),
        ([total("Total"), *LINES], "total-disagrees E2"),
        ([*LINES, total(None, SUM + 1)], "date-not-a-date A5"),
    ],
)
def test_a_total_that_is_not_the_sum_of_the_lines_above_is_refused(
    tmp_path: Path, rows: list[list[object]], found: str
) -> None:
    outcome = ledger(tmp_path, rows)
    assert outcome.refused
    assert found in outcome.found
    assert outcome.total == SUM


def test_a_line_that_lacks_one_word_is_no_total_though_it_equals_the_sum_above(tmp_path: Path) -> None:
    lines = [line(50), line(50, "Rent")]
    assert ledger(tmp_path, [*lines, line(100, day=None)]).found == {"date-not-a-date A4"}
    assert ledger(tmp_path, [*lines, line(100, centre=None)]).found == {"text-blank B4"}


def test_a_whole_line_that_calls_itself_a_total_and_is_the_sum_is_refused(tmp_path: Path) -> None:
    for words in ("Total", "Grand total for 2023/24"):
        assert ledger(tmp_path, [*LINES, line(SUM, words)]).found == {"total-or-line E5"}
    marked = ledger(tmp_path, [*LINES, line(SUM, "Total")], 'totals = ["Total"]')
    assert whole(marked)


def test_a_supplier_called_total_is_a_line(tmp_path: Path) -> None:
    lines = [line(100, "Total Gas Ltd"), line(100, "Total Gas Ltd", centre="B2"), line(7)]
    outcome = ledger(tmp_path, lines)
    assert outcome.total == 207
    assert outcome.found == set()


def test_a_line_from_a_supplier_called_total_that_lacks_a_word_is_held_back_not_set_aside(tmp_path: Path) -> None:
    for amount in (SUM, SUM + 1):
        outcome = ledger(tmp_path, [*LINES, line(amount, "Total Gas Ltd", centre=None)])
        assert outcome.found == {"text-blank B5"}
    sub_total = [None, "A1", "6100", "Sub-total", SUM]
    assert whole(ledger(tmp_path, [*LINES, sub_total]))


def test_a_total_whose_result_is_not_in_the_file_is_passed_over_but_a_line_is_not(tmp_path: Path) -> None:
    lost = Raw("<f>SUM(E2:E4)</f>")
    assert whole(ledger(tmp_path, [*LINES, total("Total", lost)]))
    assert ledger(tmp_path, [*LINES, total("late invoice", lost)]).found == {"formula-no-result E5"}


def test_a_second_table_is_read_by_its_own_headings(tmp_path: Path) -> None:
    rows = [list(HEADINGS), *LINES[:2], [], list(HEADINGS[::-1]), LINES[2][::-1], ["117.50"]]
    rows[-1] = [SUM, "Total"]
    assert whole(read(tmp_path, workbook(rows)), "headings-again 5:5")


def test_a_second_table_that_lacks_a_column_is_refused_by_name(tmp_path: Path) -> None:
    rows = [list(HEADINGS), *LINES, [], ["Date", "Account", "Description", "Amount"], [DAY, "6100", "Hall", 5]]
    outcome = read(tmp_path, workbook(rows))
    assert "column-missing 6:6" in outcome.found
    assert outcome.says("Cost centre")


@pytest.mark.parametrize("down", [0, 2])
def test_a_second_table_beside_the_first_is_refused(tmp_path: Path, down: int) -> None:
    left: list[list[Any]] = [list(HEADINGS), *LINES, *[line(i, f"More {i}") for i in range(1, 9)]]
    blank: list[Any] = []
    right = [*([blank] * down), list(HEADINGS), *LINES]
    rows = [[*row, None, *(right[i] if i < len(right) else [])] for i, row in enumerate(left)]
    assert read(tmp_path, workbook(rows)).refused
