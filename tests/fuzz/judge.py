"""What is wrong with how a file was read, whatever is in it. Nothing here knows what was done to the file."""

import io
import re
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path, PurePosixPath
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.ElementTree import fromstring

from breakeven.findings import Finding
from breakeven.workbook import folder
from breakeven.workbook.file_check import read_files
from breakeven.workbook.headings import column_letter
from breakeven.workbook.layout import UNITS
from breakeven.workbook.table_read import TableRead

from .reading import LEDGER, differences, gave, in_this_process

SETTINGS = Path(__file__).parents[2] / "ledgers" / "2023-24" / "breakeven.toml"


@dataclass(frozen=True)
class Judgement:
    """How one file was read."""

    faults: tuple[str, ...]
    refused: bool
    money: tuple[tuple[str, int, str], ...]
    """Of each sheet its name, how many lines were accepted, and what they come to."""
    shape: frozenset[str]
    """What was found, by code: a file that is found to be something new is worth changing further."""


def judge(path: Path) -> Judgement:
    """Read a file as its name says and look for faults; whatever is raised is one."""
    with in_this_process():
        if path.name.startswith("contract"):
            return _of_folder(path)
        return _of_ledger(path)


def _of_ledger(path: Path) -> Judgement:
    read = read_files([path], [LEDGER])
    first = gave(read)
    faults = [f"not every number is accounted for: {tally}" for tally in first.tallies if not tally.is_conserved]
    if not first.gave_up:
        faults += differences(path, first)
    if not first.refused and path.suffix == ".xlsx":
        faults += (fault for table in read.tables for fault in _miscounted(path.read_bytes(), table))
    return _judgement(faults, first.tallies, first.findings)


def _of_folder(path: Path) -> Judgement:
    with tempfile.TemporaryDirectory() as place:
        Path(place, "breakeven.toml").write_bytes(SETTINGS.read_bytes())
        Path(place, "contract.xlsx").write_bytes(path.read_bytes())
        year = folder.read_folder(Path(place))
    faults = [f"not every number is accounted for: {tally}" for tally in year.tallies if not tally.is_conserved]
    return _judgement(faults, year.tallies, [f for f in year.findings if f.code != "workbook-missing"])


def _judgement(faults: Sequence[str], tallies: Sequence[Any], findings: Sequence[Finding]) -> Judgement:
    return Judgement(
        tuple(faults),
        any(finding.is_error for finding in findings),
        tuple((tally.sheet, tally.accepted_lines, str(tally.accepted)) for tally in tallies),
        frozenset(finding.code for finding in findings),
    )


# ---------------------------------------------------------------------- a count by a third reader
def _miscounted(data: bytes, table: TableRead) -> Iterator[str]:
    """The numbers under the amounts' heading, counted in the XML by ElementTree, which knows of no lines and totals."""
    tally = table.tally
    if tally is None or table.headings is None:
        return
    try:
        numbers = list(_numbers(_sheet(data, table.sheet.sheet), table))
    except (ParseError, KeyError, StopIteration, NotImplementedError, zipfile.BadZipFile):
        return  # a file that this reader is too simple for
    total = sum(numbers, Decimal(0)) * UNITS[table.units["amount"]]
    nils = tally.lines - len(numbers)  # dashes, which stand for nil, are text
    if nils < 0 or abs(total - tally.total) > Decimal("0.001"):
        yield f"the sheet holds {len(numbers)} amounts of {total}; {tally.lines} of {tally.total} were read"


def _numbers(root: Any, table: TableRead) -> Iterator[Decimal]:
    row_number = 0
    below = table.headings.row + table.headings.rows if table.headings else 0
    for row in root.iterfind("{*}sheetData/{*}row"):
        row_number = int(row.get("r") or row_number + 1)
        columns = next((c for first, c in reversed(table.columns_at) if first <= row_number), dict[str, int]())
        for place, cell in enumerate(row.iterfind("{*}c"), start=1):
            letters = re.sub(r"\d", "", cell.get("r") or column_letter(place))
            is_amount = row_number >= below and letters == column_letter(columns.get("amount", 0))
            if is_amount and cell.get("t", "n") == "n" and (cell.findtext("{*}v") or "").strip():
                yield round(Decimal(cell.findtext("{*}v") or 0), 6)


def _sheet(data: bytes, name: str) -> Any:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        listed: Any = fromstring(archive.read("xl/workbook.xml"))
        links: Any = fromstring(archive.read("xl/_rels/workbook.xml.rels"))
        sheet = next(each for each in listed.iterfind("{*}sheets/{*}sheet") if each.get("name") == name)
        link = next(value for key, value in sheet.items() if key.endswith("}id"))
        target = next(each.get("Target") for each in links if each.get("Id") == link)
        return fromstring(archive.read(str(PurePosixPath("/xl") / target).lstrip("/")))
