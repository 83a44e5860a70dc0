"""A file read as the command reads it, and again in every other way that must give the same."""

from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any
from unittest import mock

from breakeven.findings import Cell, Finding
from breakeven.ledger.year import SheetTally
from breakeven.workbook import book, child, preflight
from breakeven.workbook.file_check import FilesRead, read_files
from breakeven.workbook.layout import TableLayout, default_layout
from breakeven.workbook.plain_rows import SheetScan
from breakeven.workbook.readers import ReaderFailedError, calamine_sheets
from breakeven.workbook.table_read import TableRead

from .writers import SHEET

LEDGER = replace(default_layout()["transactions"], name="ledger", workbook="", sheet=SHEET)
"""A ledger's sheet, with every heading we know, its amounts held as Decimal pounds."""

WAYS: Mapping[str, Mapping[str, Any]] = {
    "as it is": {},
    "in whole pence": {},
    "by calamine where that may be": {"CALAMINE_ABOVE": -1},
    "with the fast scan from the first row": {
        "SheetScan": partial(SheetScan, learn_bytes=0, learn_per_character=0),
    },
}
"""Ways of reading a file, by what is put in the place of the tool's own: all must give the same."""


@dataclass(frozen=True)
class Gave:
    """What a file gave by one way of reading it."""

    tallies: tuple[SheetTally, ...]
    findings: tuple[Finding, ...]
    values: tuple[Mapping[str, Sequence[Any]], ...]

    @property
    def refused(self) -> bool:
        """Whether there is an error."""
        return any(finding.is_error for finding in self.findings)

    @property
    def gave_up(self) -> bool:
        """Whether a reader failed: then it is no fault that another reads the file."""
        return any(finding.code in {"reader-other", "workbook-unreadable"} for finding in self.findings)

    @property
    def found(self) -> list[str]:
        """Each finding by code and cell, in an order of its own."""
        return sorted(f"{finding.code} {finding.at.ref}" for finding in self.findings)


@contextmanager
def way(name: str) -> Generator[None]:
    """Read in one of the ways."""
    with ExitStack() as stack:
        for what, instead in WAYS[name].items():
            stack.enter_context(mock.patch.object(preflight if what == "SheetScan" else book, what, instead))
        yield


def read(path: Path, layout: TableLayout = LEDGER, by: str = "as it is") -> Gave:
    """What a file gives by a layout."""
    layout = replace(layout, name="transactions") if by == "in whole pence" else layout
    with way(by):
        return gave(read_files([path], [layout]))


def gave(found: FilesRead) -> Gave:
    """What was read, fit to be compared."""
    return Gave(found.tallies, found.findings, tuple(map(_values, found.tables)))


def _values(table: TableRead) -> Mapping[str, Sequence[Any]]:
    return {"row": list(table.rows)} | {name: list(column) for name, column in table.values.items()}


def differences(path: Path, first: Gave, layout: TableLayout = LEDGER) -> Iterator[str]:
    """In what the other ways of reading a file differ from the usual one."""
    for by in WAYS:
        if by == "as it is":
            continue
        other = read(path, layout, by)
        if other.gave_up:
            continue
        if other.tallies != first.tallies:
            yield f"read {by}: {other.tallies}, not {first.tallies}"
        if other.found != first.found:
            yield f"read {by}, found {other.found}, not {first.found}"
        if by != "in whole pence" and other.values != first.values:
            yield f"read {by}: other values"


@contextmanager
def in_this_process() -> Generator[None]:
    """Read old formats here, where the command starts a process for each file: a hundred times as fast."""
    with (
        mock.patch.object(child, "list_sheets", _sheets),
        mock.patch.object(child, "read_in_child", _tables),
        mock.patch.object(book, "_is_outside", return_value=False),
    ):
        yield


def _tables(_path: Path, flight: preflight.Preflight, tasks: Sequence[book.Task]) -> list[TableRead]:
    return [book.perform(flight, task) for task in tasks]


def _sheets(_path: Path, flight: preflight.Preflight) -> list[str] | Finding:
    try:
        return calamine_sheets(flight)
    except ReaderFailedError as error:
        return Finding("workbook-unreadable", f"the reader gave up: {error}", Cell(flight.name))
