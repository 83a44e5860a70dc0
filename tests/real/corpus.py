"""Real files that nobody here wrote, read by the layouts beside this; they stand outside the repository."""

from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from breakeven.findings import Finding
from breakeven.workbook.file_check import FilesRead, read_files
from breakeven.workbook.layout import TableLayout
from breakeven.workbook.layout_file import read_layout_file
from breakeven.workbook.table_read import TableRead

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "real"
LAYOUTS = Path(__file__).parent / "layouts"

FILES = sorted(path.name for path in CORPUS.glob("*") if path.name != "index.toml") if CORPUS.is_dir() else []


def real_file(name: str) -> Path:
    """A file of the corpus; the test is skipped where the corpus is not there."""
    path = CORPUS / name
    if not path.exists():
        pytest.skip(f"{name} is in ../shared/corpus/real, which is not here")
    return path


def layout_of(name: str) -> Path:
    """The layout of a file: the one with the longest name that the file's begins with."""
    return max((path for path in LAYOUTS.iterdir() if name.startswith(path.stem)), key=lambda path: len(path.stem))


def layouts(path: Path) -> list[TableLayout]:
    """The tables of a layout file that can be used."""
    tables = [table for table in read_layout_file(path) if isinstance(table, TableLayout)]
    assert tables, f"{path.name} cannot be used"
    return tables


@cache
def read(name: str) -> FilesRead:
    """A file by its layout, read once in a run of the tests."""
    return read_files([real_file(name)], layouts(layout_of(name)))


def table(name: str, part: str = "table") -> TableRead:
    """One table of a file, by the name that the layout gives it."""
    return next(table for table in read(name).tables if table.layout.name == part)


def sheet(name: str, sheet: str) -> TableRead:
    """One table of a file, by its sheet."""
    return next(table for table in read(name).tables if table.sheet.sheet == sheet)


def said(name: str, code: str) -> list[Finding]:
    """What was found of a file under one code."""
    return [finding for finding in read(name).findings if finding.code == code]


def cells(name: str, code: str) -> list[str]:
    """Where it was found."""
    return [finding.at.ref for finding in said(name, code)]


def thousands(*figures: str | int) -> list[Decimal]:
    """Figures printed in £000, in pounds."""
    return [Decimal(figure) * 1000 for figure in figures]


def fields(table: TableRead, names: str, **words: object) -> list[Decimal]:
    """Some fields of the one line whose words are as given."""
    line = table.line(**words)
    return [line[name] for name in names.split()]


def sums(table: TableRead, names: str) -> list[Decimal]:
    """What some columns come to."""
    return [table.sums[name].total for name in names.split()]


def stated(table: TableRead, label: str, names: str) -> list[Decimal]:
    """What a row set aside under a label states in some columns."""
    return [table.total(label).amounts[name] for name in names.split()]


def row_of(table: TableRead, **words: object) -> int:
    """The row of the one line whose words are as given."""
    table.line(**words)
    return next(
        row for i, row in enumerate(table.rows) if all(table.values[name][i] == word for name, word in words.items())
    )
