"""Lines appended to a made workbook, and what a test asks of it then."""

import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from breakeven.workbook.append import Entered, enter
from breakeven.workbook.safe_write import WriteRefusedError
from workbook.register_books import Parts, inputs, new_rows

NOW = datetime(2023, 11, 10, 14, 35, 2, tzinfo=UTC)


SHEET = "xl/worksheets/sheet1.xml"


RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def written(path: Path, rows: int = 2, **options: Any) -> Entered:
    return enter(path.parent, "virements", new_rows(rows), inputs=inputs(path), now=NOW, **options)


def refused(path: Path, **options: Any) -> str:
    """What a write is refused with; the folder is then as it was."""
    before = {each: each.read_bytes() for each in path.parent.rglob("*") if each.is_file()}
    with pytest.raises(WriteRefusedError) as error:
        written(path, **options)
    assert {each: each.read_bytes() for each in path.parent.rglob("*") if each.is_file()} == before
    assert [each.name for each in path.parent.iterdir() if each.name.startswith(".breakeven")] == []
    return str(error.value)


def book_of(path: Path) -> Any:
    return openpyxl.load_workbook(path)


def packed(path: Path, parts: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def with_part(path: Path, of: str, name: str, kind: str, xml: str) -> None:
    """Add a part that another is related to."""
    parts = Parts.of(path).parts
    folder, _, file = of.rpartition("/")
    beside = f"{folder}/_rels/{file}.rels"
    empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    relation = f'<Relationship Id="rIdX" Type="{RELATED}/{kind}" Target="/{name}"/></Relationships>'
    parts[beside] = parts.get(beside, empty).replace(b"</Relationships>", relation.encode())
    override = f'<Override PartName="/{name}" ContentType="application/x"/></Types>'
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", override.encode())
    packed(path, parts | {name: xml.encode()})
