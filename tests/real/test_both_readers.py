"""Where both readers are allowed they give the same: what calamine would lose in silence, the facts of a sheet tell."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from breakeven.workbook.book import Book, Reader, Task, open_book, perform
from breakeven.workbook.file_check import wanted_of
from breakeven.workbook.layout import TableLayout
from breakeven.workbook.settings import FolderSettings, parse_settings
from breakeven.workbook.table_read import TableRead
from real.corpus import CORPUS, layout_of, layouts

LEDGER = Path(__file__).parents[2] / "ledgers" / "2023-24"
REAL = sorted(CORPUS.glob("*.xlsx")) if CORPUS.is_dir() else []
NOT_OPENPYXL = {"town-council-accounts-2017-18-ocr.xlsx"}  # openpyxl cannot read it at all


@cache
def ledger_layouts() -> list[TableLayout]:
    settings = parse_settings((LEDGER / "breakeven.toml").read_text("utf-8"))
    assert isinstance(settings, FolderSettings)
    return list(settings.full_layout().values())


def both(path: Path, wanted: list[TableLayout]) -> list[tuple[TableRead, TableRead]]:
    """Each table that either reader may read, by both."""
    book = open_book(path)
    assert isinstance(book, Book)
    pairs = [(sheet, layout) for sheet, layout in wanted_of(book, wanted, []) if plain(book, sheet)]
    opened: dict[str, Any] = {}

    def by(reader: Reader, sheet: str, layout: TableLayout) -> TableRead:
        return perform(book.flight, Task(sheet, layout, reader), opened=opened)

    return [(by("openpyxl", *pair), by("calamine", *pair)) for pair in pairs]


def plain(book: Book, sheet: str) -> bool:
    facts = book.facts(sheet)
    return facts is not None and facts.plain


def gave(table: TableRead) -> dict[str, Any]:
    """Everything a table gave, with the messages left out, which may show 5 or 5.0."""
    return {
        "rows": list(table.rows),
        "values": {name: list(column) for name, column in table.values.items()},
        "totals": [(total.row, total.label, total.amounts) for total in table.totals],
        "sums": table.sums,
        "tally": table.tally,
        "held back": table.held_back,
        "outside": table.outside,
        "findings": [(finding.code, finding.at) for finding in table.findings],
        "columns": list(table.columns_at),
    }


@pytest.mark.parametrize("path", sorted(LEDGER.glob("*.xlsx")), ids=lambda path: path.name)
def test_both_readers_give_the_same_of_a_ledger(path: Path) -> None:
    own = [layout for layout in ledger_layouts() if layout.workbook == path.name]
    pairs = both(path, own)
    assert len(pairs) == len(own)
    for openpyxl, calamine in pairs:
        assert gave(openpyxl) == gave(calamine)


@pytest.mark.parametrize("path", [path for path in REAL if path.name not in NOT_OPENPYXL], ids=lambda path: path.name)
def test_both_readers_give_the_same_of_a_real_file(path: Path) -> None:
    for openpyxl, calamine in both(path, layouts(layout_of(path.name))):
        assert gave(openpyxl) == gave(calamine)
