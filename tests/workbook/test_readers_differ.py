"""What only some readers take for a row, a text or a part is refused: none is left to choose in silence."""

from pathlib import Path

import pytest
from preflight_books import ROWS, codes, examined, parts, sheet, zipped

DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
LINKS = "xl/_rels/workbook.xml.rels"
_CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def refused_as(tmp_path: Path, *changes: tuple[str, str, str], **more: str) -> list[str]:
    """The findings of a sound workbook with texts of its parts replaced."""
    content = {**parts(sheet()), **more}
    for part, old, new in changes:
        assert old in str(content[part])
        content[part] = str(content[part]).replace(old, new)
    return codes(examined(tmp_path, zipped(content)))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "<v>1250.5</v>",
            '<row r="900"/><v>1250.5</v>',
        ),  # openpyxl takes up at row 900 and loses what is left of row 2
        ("<v>1250.5</v>", '<f><row r="900"/></f><v>1250.5</v>'),
        ("</sheetData>", '<c r="B9"><v>7</v></c></sheetData>'),  # calamine reads it, openpyxl does not
        ("</sheetData>", '<x><row r="9"/></x></sheetData>'),
        ("</sheetData>", '<row r="9"><x r="B9"><v>7</v></x></row></sheetData>'),  # and the other way round
        ("</sheetData>", f'<row r="9" xmlns="{DRAWING}"/></sheetData>'),
        ("</sheetData>", f'<row r="9"><y:c xmlns:y="{DRAWING}" r="B9"><v>7</v></y:c></row></sheetData>'),
        ("</worksheet>", '<x><row r="9"><c r="B9"><v>7</v></c></row></x></worksheet>'),
        ("<sheetData>", f'<y:x xmlns:y="{DRAWING}"><y:sheetData/></y:x><sheetData>'),
    ],
)
def test_a_row_or_cell_where_no_sheet_has_one_is_refused(tmp_path: Path, old: str, new: str) -> None:
    assert refused_as(tmp_path, ("xl/worksheets/sheet1.xml", old, new)) == ["xml-damaged"]


def test_a_row_of_a_drawing_and_an_extension_of_a_row_are_no_rows_of_the_sheet(tmp_path: Path) -> None:
    anchor = f'<controls><y:from xmlns:y="{DRAWING}"><y:row>4</y:row></y:from></controls></worksheet>'
    extension = f'<extLst><ext><z:v xmlns:z="{DRAWING}">7</z:v></ext></extLst></row></sheetData>'
    name = "xl/worksheets/sheet1.xml"
    assert refused_as(tmp_path, (name, "</worksheet>", anchor), (name, "</row></sheetData>", extension)) == []


@pytest.mark.parametrize(
    "inside",
    [
        "<x><t>Total</t></x><t>Hire</t>",
        "<t>Hire</t><t>Total</t>",
        "<r><t>Hire</t></r><t>Total</t>",
        "<r><t>Hire</t><t>Total</t></r>",
        "<t>Hire<t>Total</t></t>",
        "<r><x><t>Total</t></x></r>",
        f'<y:t xmlns:y="{DRAWING}">Total</y:t>',
    ],
)
def test_a_text_that_readers_put_together_otherwise_is_refused(tmp_path: Path, inside: str) -> None:
    cell = f'<c r="C2" t="inlineStr"><is>{inside}</is></c></row></sheetData>'
    assert refused_as(tmp_path, ("xl/worksheets/sheet1.xml", "</row></sheetData>", cell)) == ["cell-unreadable"]
    text = ("xl/sharedStrings.xml", "<t>Fostering</t>", inside)
    assert refused_as(tmp_path, text) == ["xml-damaged"]


def test_runs_and_phonetic_readings_are_a_text_like_any_other(tmp_path: Path) -> None:
    inside = '<r><rPr><b/></rPr><t>Foster</t></r><r><t>ing</t></r><rPh sb="0" eb="1"><t>x</t></rPh><phoneticPr/>'
    assert refused_as(tmp_path, ("xl/sharedStrings.xml", "<t>Fostering</t>", inside)) == []


@pytest.mark.parametrize("extra", ["<x><si><t>Total</t></si></x>", f'<y:si xmlns:y="{DRAWING}"><t>Total</t></y:si>'])
def test_a_shared_text_that_only_some_readers_count_is_refused(tmp_path: Path, extra: str) -> None:
    assert refused_as(tmp_path, ("xl/sharedStrings.xml", "<si><t>Line", f"{extra}<si><t>Line"))[0] == "xml-damaged"


@pytest.mark.parametrize(
    ("part", "kind", "content"),
    [
        ("sharedStrings", "sharedStrings", "sharedStrings"),
        ("styles", "styles", "styles"),
        ("workbook", "", "sheet.main"),
    ],
)
def test_two_parts_for_one_purpose_are_refused(tmp_path: Path, part: str, kind: str, content: str) -> None:
    again = str(parts(sheet())[f"xl/{part}.xml"])
    other = {f"xl/other-{part}.xml": again}
    assert refused_as(tmp_path, **other) == []
    override = f'<Override PartName="/xl/other-{part}.xml" ContentType="{_CONTENT}.{content}+xml"/></Types>'
    assert refused_as(tmp_path, ("[Content_Types].xml", "</Types>", override), **other) == ["zip-part-twice"]
    if kind:
        link = (LINKS, f'Target="{part}.xml"', f'Target="other-{part}.xml"')
        assert refused_as(tmp_path, link, **other) == ["zip-part-twice"]
    assert refused_as(tmp_path, **{f"xl\\{part}.xml": again}) == ["zip-part-twice"]


def test_two_relationships_of_one_id_are_refused_unless_they_say_the_same(tmp_path: Path) -> None:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    link = '<Relationship Id="rId1" Type="{}/worksheet" Target="worksheets/{}.xml"/></Relationships>'
    same, other = (link.format(office, name) for name in ("sheet1", "sheet2"))
    assert refused_as(tmp_path, (LINKS, "</Relationships>", same)) == []
    assert "xml-damaged" in refused_as(tmp_path, (LINKS, "</Relationships>", other))


@pytest.mark.parametrize(("name", "to"), [("sharedStrings", "texts"), ("styles", "Styles"), ("styles", "formats")])
def test_a_part_that_stands_elsewhere_keeps_calamine_away(tmp_path: Path, name: str, to: str) -> None:
    content = parts(sheet(ROWS))
    content[f"xl/{to}.xml"] = content.pop(f"xl/{name}.xml")
    content[LINKS] = str(content[LINKS]).replace(f"{name}.xml", f"{to}.xml")
    flight = examined(tmp_path, zipped(content))
    assert not flight.refused
    assert not flight.sheets[0].plain


def test_a_target_written_with_percent_signs_keeps_calamine_away(tmp_path: Path) -> None:
    content = parts(sheet(ROWS))
    content[LINKS] = str(content[LINKS]).replace("worksheets/sheet1", "worksheets%2Fsheet1")
    assert not examined(tmp_path, zipped(content)).sheets[0].plain
