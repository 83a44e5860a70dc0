"""Small workbooks for the tests of the preflight, part by part, with whatever is wrong with them."""

import io
import zipfile
from pathlib import Path

import pytest

from breakeven.workbook.preflight import Preflight, examine

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"

ROWS = (
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    '<row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2" s="1"><v>1250.5</v></c></row>'
)


def sheet(rows: str = ROWS, *, before: str = "", after: str = "", ns: str = MAIN) -> str:
    """The XML of a sheet."""
    return f'<worksheet xmlns="{ns}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def parts(
    *sheets: str, names: tuple[str, ...] = ("Actuals", "Notes", "Third"), **others: str
) -> dict[str, str | bytes]:
    """The parts of a sound workbook with these sheets; ``others`` changes workbook, styles or strings."""
    listed = "".join(f'<sheet name="{names[i]}" sheetId="{i + 1}" r:id="rId{i + 1}"/>' for i in range(len(sheets)))
    workbook = f'<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>'
    links = "".join(
        f'<Relationship Id="rId{i + 1}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{i + 1}.xml"/>'
        for i in range(len(sheets))
    )
    styles = (
        f'<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="[$€-2] #,##0.00"/></numFmts>'
        '<cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="4"/><xf numFmtId="164"/></cellXfs></styleSheet>'
    )
    strings = f'<sst xmlns="{MAIN}"><si><t>Line</t></si><si><t>Amount</t></si><si><t>Fostering</t></si></sst>'
    made: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        f'<Override PartName="/xl/workbook.xml" ContentType="{others.get("type", _TYPE)}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": others.get("workbook", workbook),
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{links}'
        f'<Relationship Id="rId8" Type="{_OFFICE}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rId9" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        f"{others.get('links', '')}</Relationships>",
        "xl/styles.xml": others.get("styles", styles),
        "xl/sharedStrings.xml": others.get("strings", strings),
    }
    return made | {f"xl/worksheets/sheet{i + 1}.xml": text for i, text in enumerate(sheets)}


def zipped(content: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of the parts, in order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return out.getvalue()


def examined(folder: Path, data: bytes, name: str = "book.xlsx") -> Preflight:
    """What the preflight says of these bytes under this name."""
    path = folder / name
    path.write_bytes(data)
    return examine(path)


def codes(flight: Preflight) -> list[str]:
    """The codes of its findings, in order."""
    return [finding.code for finding in flight.findings]


def shared(*names: str) -> Path:
    """A file or folder kept beside the project; the test is skipped where that is absent."""
    path = Path(__file__).parents[2].parent.joinpath("shared", *names)
    if not path.exists():
        pytest.skip(f"no {'/'.join(names)} beside the project")
    return path
