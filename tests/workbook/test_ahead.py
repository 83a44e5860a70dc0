"""A large sheet is read while its facts are gathered; what was read counts only if the facts allow it."""

import gc
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter  # pyright: ignore[reportMissingTypeStubs]

from breakeven.findings import Cell, Finding
from breakeven.workbook import book as books
from breakeven.workbook import child, preflight
from breakeven.workbook.book import Book, open_book, read_tables
from breakeven.workbook.layout import TableLayout, default_layout

LAYOUT = default_layout()["transactions"]
HEADINGS = ("Date", "Period", "Cost centre", "Account", "Description", "Supplier", "Reference", "Amount", "Basis")


def wanted(names: Sequence[str]) -> list[tuple[str, TableLayout]]:
    return [("Transactions", LAYOUT)] if "Transactions" in names else []


def extract(path: Path, *, error: bool = False, sheet: str = "Transactions") -> Path:
    book: Any = xlsxwriter.Workbook(path)
    with book:
        page: Any = book.add_worksheet(sheet)
        page.write_row(0, 0, HEADINGS)
        for row in range(1, 40):
            page.write_row(row, 0, ("2023-04-30", "P01", "S1010", "6100", "", "", f"INV{row}", row / 100, ""))
        if error:
            page.write_formula(5, 7, "=1/0", value="#DIV/0!")
    return path


@pytest.fixture(autouse=True)
def begun(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[list[child.Child]]:
    """Every sheet is large; the children that are begun, none of which leaves a file or a process."""
    children: list[child.Child] = []
    temporary = tmp_path / "temporary"
    temporary.mkdir()

    class Noted(child.Child):
        def __init__(self, *args: Any, **named: Any) -> None:
            super().__init__(*args, **named)
            children.append(self)

    monkeypatch.setattr(preflight, "_LARGE_SHEET", 1)
    monkeypatch.setattr(child, "Child", Noted)
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    yield children
    gc.collect()
    assert all(not each.is_running for each in children)
    assert not list(temporary.iterdir())


def opened(path: Path, told: list[float] | None = None) -> Book:
    book = open_book(path, wanted, (told if told is not None else []).append)
    assert isinstance(book, Book)
    return book


def test_a_sheet_begun_ahead_is_the_sheet_read_in_its_turn(tmp_path: Path, begun: list[child.Child]) -> None:
    path = extract(tmp_path / "extract.xlsx")
    told: list[float] = []
    with closing(opened(path, told)) as book:
        (ahead,) = read_tables(book, wanted(book.sheet_names))
    plain = open_book(path)
    assert isinstance(plain, Book)
    (in_turn,) = read_tables(plain, wanted(plain.sheet_names))
    assert len(begun) == 1
    assert (ahead.tally, ahead.values, list(ahead.rows)) == (in_turn.tally, in_turn.values, list(in_turn.rows))
    assert len(ahead.rows) == 39
    assert told == sorted(told)
    assert 0.15 < told[-1] <= 1  # the child has told of its part


def test_what_the_fast_reader_loses_is_read_again_by_the_other(tmp_path: Path, begun: list[child.Child]) -> None:
    with closing(opened(extract(tmp_path / "extract.xlsx", error=True))) as book:
        (table,) = read_tables(book, wanted(book.sheet_names))
    assert len(begun) == 1
    assert [finding.code for finding in table.findings] == ["cell-error"]
    assert table.held_back == (6,)


def test_a_book_that_is_not_read_after_all_ends_its_child(tmp_path: Path, begun: list[child.Child]) -> None:
    with closing(opened(extract(tmp_path / "extract.xlsx"))):
        pass
    assert len(begun) == 1


def test_a_book_refused_for_its_facts_ends_its_child(
    tmp_path: Path, begun: list[child.Child], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = extract(tmp_path / "extract.xlsx")

    def refuse(workbook: str, *_: object) -> list[Finding]:
        return [Finding("row-twice", "these rows stand in the sheet twice: 7", Cell(workbook))]

    monkeypatch.setattr(preflight, "sheet_findings", refuse)
    found = open_book(path, wanted)
    assert isinstance(found, list)
    assert [finding.code for finding in found] == ["row-twice"]
    assert len(begun) == 1


def test_nothing_is_begun_on_a_file_that_is_not_sound(tmp_path: Path, begun: list[child.Child]) -> None:
    path = extract(tmp_path / "extract.xlsx")
    data = bytearray(path.read_bytes())
    at = data.index(b"xl/worksheets/sheet1.xml") + 200
    data[at] ^= 1
    path.write_bytes(data)
    found = open_book(path, wanted)
    assert isinstance(found, list)
    assert found == open_book(path)
    assert not begun


def test_nothing_is_begun_where_no_sheet_is_wanted(tmp_path: Path, begun: list[child.Child]) -> None:
    with closing(opened(extract(tmp_path / "extract.xlsx", sheet="Notes"))) as book:
        assert list(read_tables(book, ())) == []
    assert not begun


@pytest.mark.parametrize("sheet", ["Transactions", "Notes"])
def test_a_child_that_waits_is_ended_where_it_is_not_asked(
    tmp_path: Path, begun: list[child.Child], monkeypatch: pytest.MonkeyPatch, sheet: str
) -> None:
    waiting: list[child.Idle] = []

    class Noted(child.Idle):
        def __init__(self) -> None:
            super().__init__()
            waiting.append(self)

    monkeypatch.setattr(child, "Idle", Noted)
    monkeypatch.setattr(books, "CHILD_ABOVE", 1)
    with closing(opened(extract(tmp_path / "extract.xlsx", sheet=sheet))) as book:
        tables = list(read_tables(book, wanted(book.sheet_names)))
    assert [len(table.rows) for table in tables] == ([39] if sheet == "Transactions" else [])
    assert len(begun) == len(tables)
    assert [idle.process.returncode for idle in waiting] == ([0] if tables else [-9])
