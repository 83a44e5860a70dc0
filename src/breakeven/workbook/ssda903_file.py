"""One file of an SSDA903 return as rows: told by its headings, each row read or held back with its line and column."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from breakeven.findings import Cell, Finding
from breakeven.ledger.ssda903 import Child, Episode
from breakeven.ledger.year import InputFile
from breakeven.workbook.amounts import UnreadableError, quoted, read_date, read_text
from breakeven.workbook.headings import column_letter
from breakeven.workbook.preflight import examine
from breakeven.workbook.ssda903_settings import codes_of
from breakeven.workbook.table_read import NumberedRow
from breakeven.workbook.text_file import CSV_SHEET, RowUnreadableError, TextFile, open_text

Table = Literal["Header", "Episodes"]

COLUMNS: dict[Table, dict[str, str]] = {
    "Header": {"CHILD": "child", "DOB": "born"},
    "Episodes": {
        "CHILD": "child", "DECOM": "start", "RNE": "began", "LS": "legal_status", "CIN": "need", "PLACE": "place",
        "PLACE_PROVIDER": "provider", "DEC": "end", "REC": "ended",
    },
}  # fmt: skip
"""The columns that are read, by their headings, and what they are called here. All others are passed by."""

_DAYS = frozenset({"born", "start", "end"})
_NEEDED = frozenset({"child", "born", "start", "place"})


@dataclass
class FileRows:
    """The rows of one file that could be read; what is wrong with the rest."""

    name: str
    table: Table
    input: InputFile
    rows: int = 0
    held_back: int = 0
    children: list[Child] = field(default_factory=list[Child])
    episodes: list[Episode] = field(default_factory=list[Episode])
    findings: list[Finding] = field(default_factory=list[Finding])


def read_return_file(path: Path, name: str) -> FileRows | list[Finding] | None:
    """Read a Header or Episodes file; None where it is neither, as other files of the return are.

    name: what it is called in findings, its folder with it. Findings alone where it cannot be read at all.
    """
    flight = examine(path)
    if flight.refused:
        return [Finding(each.code, each.message, Cell(name, each.at.sheet, each.at.ref)) for each in flight.findings]
    text = open_text(flight) if flight.format == "csv" else None
    if not isinstance(text, TextFile):
        return [text] if text else None
    try:
        return _read_rows(text.rows(), name, InputFile(name, flight.sha256))
    except RowUnreadableError as error:
        return [Finding(error.finding.code, error.finding.message, Cell(name, CSV_SHEET, error.finding.at.ref))]


def _read_rows(rows: Iterator[NumberedRow], name: str, file: InputFile) -> FileRows | list[Finding] | None:
    headings = _headings(rows)
    if headings.keys() >= {"CHILD", "DECOM", "PLACE"}:
        table: Table = "Episodes"
    elif headings.keys() >= {"CHILD", "SEX", "DOB", "ETHNIC"}:
        table = "Header"
    else:
        return None
    if missing := [heading for heading in COLUMNS[table] if heading not in headings]:
        message = f"no column is headed {missing[0]!r}"
        return [Finding("ssda903-file", message, Cell(name, CSV_SHEET, "1:1"))]
    found = FileRows(name, table, file)
    places = {COLUMNS[table][heading]: headings[heading] for heading in COLUMNS[table]}
    for line, cells in rows:
        if any(cell is not None for cell in cells):
            _read_row(found, places, line, cells)
    return found


def _headings(rows: Iterator[NumberedRow]) -> Mapping[str, int]:
    """The place of each heading, without case; the first of two alike."""
    found: dict[str, int] = {}
    for _, cells in rows:
        for place, cell in enumerate(cells):
            found.setdefault(str(cell or "").strip().upper(), place)
        break
    return found


def _read_row(found: FileRows, places: Mapping[str, int], line: int, cells: Sequence[Any]) -> None:
    """Take one row into records, or hold it back with all that is wrong with it."""
    found.rows += 1
    values: dict[str, Any] = {}
    wrong: list[Finding] = []

    def at(name: str) -> Cell:
        return Cell(found.name, CSV_SHEET, f"{column_letter(places[name] + 1)}{line}")

    for name, place in places.items():
        try:
            values[name] = _value(name, cells[place] if place < len(cells) else None)
        except UnreadableError as error:
            heading = next(heading for heading, known in COLUMNS[found.table].items() if known == name)
            wrong.append(Finding("ssda903-row", f"{heading}: {error}", at(name)))
    start, end = values.get("start"), values.get("end")
    if start and end and end < start:
        message = f"the episode ends on {end:%d/%m/%Y}, before it begins on {start:%d/%m/%Y}"
        wrong.append(Finding("ssda903-row", message, at("end")))
    if wrong:
        found.held_back += 1
        found.findings += wrong
    elif found.table == "Header":
        found.children.append(Child(at=at("born"), **values))
    else:
        found.episodes.append(Episode(at=at("start"), **values))


def _value(name: str, cell: Any) -> Any:
    """A date, a reference or a code that is known. Raises UnreadableError."""
    text = read_text(cell)
    if not text:
        if name in _NEEDED:
            raise UnreadableError("ssda903-row", "the cell is blank")
        return None if name in _DAYS else ""
    if name in _DAYS:
        return read_date(text)
    known = codes_of().get(name)
    if known is not None and text not in known:
        raise UnreadableError("ssda903-row", f"{quoted(text)} is no code that is known")
    return text
