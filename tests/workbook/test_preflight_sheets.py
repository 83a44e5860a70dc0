"""What stands in each sheet is known before a reader opens it, and what readers disagree on is refused."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from preflight_books import MAIN, STRICT, codes, examined, parts, shared, sheet, zipped

from breakeven.workbook.preflight import Preflight, examine
from breakeven.workbook.sheet_facts import Refs, SheetFacts


def book(folder: Path, text: str, **others: str) -> Preflight:
    """The preflight of a workbook with this one sheet."""
    return examined(folder, zipped(parts(text, names=("Actuals",), **others)))


def facts(folder: Path, rows: str, **around: str) -> SheetFacts:
    """The facts of a sheet with these rows."""
    (found,) = book(folder, sheet(rows, **around)).sheets
    return found


def row(number: int, cells: str, attributes: str = "") -> str:
    """A row, with ``#`` for its number in the cells."""
    return f'<row r="{number}"{attributes}>{cells.replace("#", str(number))}</row>'


def said(flight: Preflight) -> list[str]:
    """Its findings as they are printed."""
    return [str(finding) for finding in flight.findings]


# ------------------------------------------------------------------ the list of sheets
def test_sheets_come_in_the_order_of_their_tabs_hidden_ones_too(tmp_path: Path) -> None:
    made = parts(sheet(), sheet(), sheet(), names=("Actuals", "Old & gone", "Macro's"))
    made["xl/workbook.xml"] = (
        str(made["xl/workbook.xml"])
        .replace("Old & gone", "Old &amp; gone")
        .replace('sheetId="2"', 'sheetId="2" state="hidden"')
        .replace('sheetId="3"', 'sheetId="3" state="veryHidden"')
    )
    flight = examined(tmp_path, zipped(made))
    assert [(found.name, found.state, found.part) for found in flight.sheets] == [
        ("Actuals", "visible", "xl/worksheets/sheet1.xml"),
        ("Old & gone", "hidden", "xl/worksheets/sheet2.xml"),
        ("Macro's", "veryHidden", "xl/worksheets/sheet3.xml"),
    ]
    assert flight.sheet("ACTUALS") == flight.sheets[0]
    assert flight.sheet("Budget") is None


def test_a_listed_sheet_without_its_cells_is_an_error_that_names_it(tmp_path: Path) -> None:
    made = parts(sheet(), sheet())
    del made["xl/worksheets/sheet2.xml"]
    assert said(examined(tmp_path, zipped(made))) == [
        "'[book.xlsx]Notes': error: the file lists this sheet but does not hold its cells: xl/worksheets/sheet2.xml "
        "[sheet-part-missing]"
    ]


def test_two_sheets_of_one_name_or_with_the_same_cells_are_refused(tmp_path: Path) -> None:
    assert codes(examined(tmp_path, zipped(parts(sheet(), sheet(), names=("Actuals", "ACTUALS"))))) == ["sheet-twice"]
    made = parts(sheet(), sheet())
    made["xl/_rels/workbook.xml.rels"] = str(made["xl/_rels/workbook.xml.rels"]).replace("sheet2.xml", "sheet1.xml")
    assert codes(examined(tmp_path, zipped(made))) == ["sheet-twice"]


def test_a_chart_sheet_has_no_cells_and_is_no_error(tmp_path: Path) -> None:
    made = parts(sheet(), f'<chartsheet xmlns="{MAIN}"/>')
    rels = str(made["xl/_rels/workbook.xml.rels"])
    at = rels.index("rId2")
    made["xl/_rels/workbook.xml.rels"] = rels[:at] + rels[at:].replace("/worksheet", "/chartsheet", 1)
    flight = examined(tmp_path, zipped(made))
    assert [found.kind for found in flight.sheets] == ["worksheet", "chartsheet"]
    assert codes(flight) == []
    assert not flight.sheets[1].plain


def test_the_date_base_of_old_macs_is_known(tmp_path: Path) -> None:
    made = parts(sheet())
    made["xl/workbook.xml"] = str(made["xl/workbook.xml"]).replace("<sheets>", '<workbookPr date1904="1"/><sheets>')
    assert examined(tmp_path, zipped(made)).date_1904
    assert not book(tmp_path, sheet()).date_1904


def test_strict_files_are_known_and_not_plain(tmp_path: Path) -> None:
    made = {name: str(text).replace(MAIN, STRICT) for name, text in parts(sheet()).items()}
    flight = examined(tmp_path, zipped(dict(made)))
    assert (codes(flight), flight.strict, flight.sheets[0].strict, flight.sheets[0].plain) == ([], True, True, False)
    assert flight.sheets[0].cells == 4


def test_number_formats_are_known_by_style(tmp_path: Path) -> None:
    flight = book(tmp_path, sheet(row(1, '<c r="A#" s="2"><v>5</v></c><c r="B#" s="1"><v>5</v></c>')))
    assert flight.number_formats == ("General", "#,##0.00", "[$€-2] #,##0.00")
    column = flight.sheets[0].columns[1]
    assert (column.letters, column.styles, column.kinds) == ("A", {2: "A1"}, {"number": "A1"})


def test_a_style_the_workbook_does_not_have_is_an_error(tmp_path: Path) -> None:
    flight = book(tmp_path, sheet(row(7, '<c r="B#" s="3"><v>5</v></c><c r="C#" s="x"><v>5</v></c>')))
    assert codes(flight) == ["cell-style-unknown", "cell-style-unknown"]
    assert str(flight.findings[0]) == (
        "'[book.xlsx]Actuals'!B7: error: the format of this cell, number 3, is not among the 3 the workbook has "
        "[cell-style-unknown]"
    )


# ------------------------------------------------------------------ what a sheet covers
def test_the_true_extent_is_of_cells_with_something_in_them_whatever_dimension_says(tmp_path: Path) -> None:
    rows = row(3, '<c r="B#"><v>1</v></c><c r="F#" s="1"/>') + row(9, '<c r="D#"><f>B3</f></c>') + row(20, "")
    found = facts(tmp_path, rows, before='<dimension ref="A1:XFD1048576"/>')
    assert (found.declared, str(found.extent)) == ("A1:XFD1048576", "B3:D9")
    assert found.extent
    assert found.extent.area == 21
    assert (found.rows, found.cells, found.filled, found.formulas) == (3, 3, 2, 1)
    assert facts(tmp_path, row(1, '<c r="A#" s="1"/>')).extent is None


def test_a_lone_space_in_the_last_cell_of_excel_is_in_the_extent(tmp_path: Path) -> None:
    rows = row(1, '<c r="A#"><v>1</v></c>') + row(1048576, '<c r="XFD#" t="inlineStr"><is><t> </t></is></c>')
    assert str(facts(tmp_path, rows).extent) == "A1:XFD1048576"


def test_cells_that_do_not_say_where_they_stand_follow_the_one_before(tmp_path: Path) -> None:
    found = facts(tmp_path, "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>")
    assert (str(found.extent), found.without_ref, found.plain) == ("A1:B2", 3, False)


# ------------------------------------------------------------------ what a reader may lose in silence
def test_cells_of_type_error_are_listed(tmp_path: Path) -> None:
    found = facts(tmp_path, row(4, '<c r="E#" t="e"><v>#REF!</v></c><c r="F#" t="e"><f>1/0</f><v>#DIV/0!</v></c>'))
    assert found.errors == Refs(2, ("E4", "F4"))
    assert not found.plain


def test_a_formula_without_its_result_is_listed_but_an_empty_text_is_a_result(tmp_path: Path) -> None:
    cells = (
        '<c r="A#"><f>B1</f></c><c r="B#"><f>B1</f><v></v></c><c r="C#"><f>B1</f><v/></c>'
        '<c r="D#" t="str"><f>B1</f><v></v></c><c r="E#"><f>B1</f><v>5</v></c>'
    )
    found = facts(tmp_path, row(5, cells))
    assert found.uncached == Refs(3, ("A5", "B5", "C5"))
    assert found.formulas == 5
    assert not found.plain


def test_a_sheet_of_numbers_texts_and_results_is_plain(tmp_path: Path) -> None:
    cells = (
        '<c r="A#" t="s"><v>0</v></c><c r="B#"><v>-1.5E-3</v></c>'
        '<c r="C#" t="inlineStr"><is><r><t>rich</t></r></is></c><c r="D#" t="b"><v>1</v></c>'
        '<c r="E#" t="d"><v>2024-03-31T00:00:00</v></c><c r="F#" t="str"><f>A1</f><v>x</v></c>'
    )
    found = facts(tmp_path, row(1, cells))
    assert found.plain
    assert [next(iter(found.columns[number].kinds)) for number in range(1, 7)] == [
        "shared", "number", "inline", "boolean", "date", "text formula"
    ]  # fmt: skip


def test_the_reading_of_an_east_asian_text_is_not_in_the_text(tmp_path: Path) -> None:
    found = facts(tmp_path, row(1, '<c r="A#" t="inlineStr"><is><t></t><rPh sb="0" eb="1"><t>yomi</t></rPh></is></c>'))
    assert found.filled == 0


def test_a_row_that_stands_twice_is_refused_with_its_cells(tmp_path: Path) -> None:
    one, two = row(3, '<c r="E#"><v>1</v></c>'), row(4, '<c r="E#"><v>1</v></c>')
    flight = book(tmp_path, sheet(one + two + one))
    assert said(flight) == [
        "'[book.xlsx]Actuals': error: these rows stand in the sheet twice: 3, the second time with E3 [row-twice]"
    ]
    assert (flight.sheets[0].rows_twice, flight.sheets[0].cells_twice) == (Refs(1, ("3",)), Refs(1, ("E3",)))


def test_a_cell_that_stands_twice_in_its_row_is_refused(tmp_path: Path) -> None:
    flight = book(tmp_path, sheet(row(3, '<c r="E#"><v>1</v></c><c r="E#"><v>2</v></c>')))
    assert said(flight) == ["'[book.xlsx]Actuals'!E3: error: these cells stand in the sheet twice: E3 [cell-twice]"]


def test_rows_or_cells_out_of_order_are_refused_because_readers_drop_them(tmp_path: Path) -> None:
    rows = row(4, '<c r="B#"><v>1</v></c><c r="A#"><v>1</v></c>') + row(3, '<c r="A#"><v>1</v></c>')
    flight = book(tmp_path, sheet(rows))
    assert said(flight) == [
        "'[book.xlsx]Actuals'!A4: error: these rows or cells stand after later ones: A4, 3 [cell-out-of-order]"
    ]
    assert not flight.sheets[0].plain


@pytest.mark.parametrize("ref", ["XFE1", "A1048577", "A0", "a1", "$A$1", "A01", "AAAA1", "1", "", "A2"])
def test_a_place_no_sheet_has_or_in_another_row_is_refused(tmp_path: Path, ref: str) -> None:
    flight = book(tmp_path, sheet(f'<row r="1"><c r="{ref}"><v>1</v></c></row>'))
    assert codes(flight) == ["cell-ref-invalid"]
    assert ref in flight.findings[0].message


@pytest.mark.parametrize("number", ["0", "1048577", "-1", "x", "1e3", "007", "99999999999999999999"])
def test_a_row_no_sheet_has_is_refused(tmp_path: Path, number: str) -> None:
    flight = book(tmp_path, sheet(f'<row r="{number}"/>'))
    assert codes(flight) == ["cell-ref-invalid"]
    assert f"row {number}" in flight.findings[0].message


def test_more_rows_or_columns_than_excel_has_are_refused_even_if_they_do_not_say_where(tmp_path: Path) -> None:
    flight = book(tmp_path, sheet('<row r="1"><c r="XFD1"><v>1</v></c><c><v>2</v></c></row>'))
    assert "cell-ref-invalid" in codes(flight)
    assert "cell-ref-invalid" in codes(book(tmp_path, sheet('<row r="1048576"/><row/>')))


def test_a_text_that_is_not_among_the_shared_strings_is_refused(tmp_path: Path) -> None:
    flight = book(tmp_path, sheet(row(2, '<c r="A#" t="s"><v>2</v></c><c r="B#" t="s"><v>3</v></c>')))
    assert said(flight) == [
        "'[book.xlsx]Actuals'!B2: error: the text of these cells is not in the file: B2 [cell-text-missing]"
    ]


@pytest.mark.parametrize(
    "cell",
    [
        "<c r='A1'><v>1<!-- x -->2</v></c>",
        '<c r="A1"><v><![CDATA[12]]></v></c>',
        '<c r="A1"><v>12<?pi x?>3</v></c>',
        '<c r="A1"><v>&#49;2</v></c>',
        '<c r="A1"><v> 12 </v></c>',
        '<c r="A1"><v>1</v><v>2</v></c>',
        '<c r="A1"><v>1<x/>2</v></c>',
        '<c r="A1"><v>NaN</v></c>',
        '<c r="A1"><v>1,5</v></c>',
        '<c r="A1"><v>.5</v></c>',
        '<c r="A1" t="s"><v>-1</v></c>',
        '<c r="A1" t="b"><v>yes</v></c>',
        '<c r="A1" t="d"><v>31/03/2024</v></c>',
        '<c r="A1" t="money"><v>5</v></c>',
        '<c r="A1" t="inlineStr"><v>5</v></c>',
        '<c r="A1"><is><t>5</t></is></c>',
        '<c r="A1"><f>1</f><f>2</f><v>5</v></c>',
        '<c r="A1" t="inlineStr"><is><t>5</t></is><is><t>6</t></is></c>',
    ],
)
def test_a_value_that_readers_disagree_on_is_refused(tmp_path: Path, cell: str) -> None:
    flight = book(tmp_path, sheet(f'<row r="1">{cell}</row>'))
    assert said(flight) == [
        "'[book.xlsx]Actuals'!A1: error: readers disagree on what these cells hold: A1 [cell-unreadable]"
    ]


def test_a_figure_from_another_workbook_is_a_warning_that_names_both(tmp_path: Path) -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLink"
    link = f'<Relationship Id="rId20" Type="{kind}" Target="externalLinks/externalLink1.xml"/>'
    rows = row(8, '<c r="E#"><f>\'[1]Pay roll\'!C9</f><v>5</v></c><c r="F#"><f>Table1[Amount]</f><v>5</v></c>')
    made = parts(sheet(rows), links=link)
    made["xl/externalLinks/externalLink1.xml"] = "<externalLink/>"
    made["xl/externalLinks/_rels/externalLink1.xml.rels"] = (
        '<Relationships><Relationship Id="rId1" Target="file:///C:\\Finance\\pay%20roll.xlsx" TargetMode="External"/>'
        "</Relationships>"
    )
    flight = examined(tmp_path, zipped(made))
    assert flight.external_links == ("file:///C:\\Finance\\pay%20roll.xlsx",)
    assert said(flight) == [
        "'[book.xlsx]Actuals'!E8: warning: these cells take their figure from another workbook (pay roll.xlsx), "
        "as it was when last saved: E8 [external-link]"
    ]


def test_merges_hidden_rows_and_columns_and_filters_are_known(tmp_path: Path) -> None:
    rows = row(1, '<c r="A#"><v>1</v></c>') + row(2, "", ' hidden="1"') + row(3, "", ' hidden="0"')
    found = facts(
        tmp_path,
        rows,
        before='<sheetFormatPr zeroHeight="1"/><cols><col min="3" max="3" hidden="1"/><col min="5" max="7" hidden="1"/>'
        '<col min="9" max="9"/><col min="x" hidden="1"/></cols>',
        after='<autoFilter ref="A1:E9"><filterColumn colId="0"/></autoFilter>'
        '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>',
    )
    assert (found.hidden_rows, found.hidden_columns) == (Refs(1, ("2",)), ("C", "E:G", "x:"))
    assert (found.merges, found.autofilter, found.filtered) == (Refs(1, ("A1:B2",)), "A1:E9", True)
    assert found.rows_hidden_by_default


def test_a_list_of_references_keeps_a_thousand_and_counts_the_rest(tmp_path: Path) -> None:
    rows = "".join(row(number, '<c r="A#" t="e"><v>#N/A</v></c>') for number in range(1, 1_502))
    errors = facts(tmp_path, rows).errors
    assert (errors.count, len(errors.first), errors.first[-1]) == (1_501, 1_000, "A1000")
    assert str(errors) == "A1, A2, A3, A4, A5 and 1,496 more"


# ------------------------------------------------------------------ XML
@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/comments1.xml"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_doctype_is_refused_in_any_part_and_any_encoding(tmp_path: Path, part: str, encoding: str) -> None:
    made = parts(sheet())
    text = '<!DOCTYPE x [<!ENTITY n "1">]>' + str(made.get(part, "<comments>&n;</comments>"))
    flight = examined(tmp_path, zipped(made | {part: text.encode(encoding)}))
    assert "xml-doctype" in codes(flight) or (encoding.endswith("e") and "xml-damaged" in codes(flight))
    assert part in str(flight.findings[0])


def test_an_entity_nobody_declared_and_broken_xml_are_refused_with_the_line(tmp_path: Path) -> None:
    for rows in ('<row r="1"><c r="A1"><v>&n;1</v></c></row>', '<row r="1"><c r="A1"><v>1</c></row>', "<row>"):
        flight = book(tmp_path, sheet("\n" + rows))
        assert codes(flight) == ["xml-damaged"]
        assert "'[book.xlsx]Actuals': error: the part xl/worksheets/sheet1.xml" in str(flight.findings[0])
        assert "line 2" in str(flight.findings[0])


def test_damaged_shared_strings_are_said_once_and_not_for_every_cell(tmp_path: Path) -> None:
    assert codes(book(tmp_path, sheet(), strings=f'<sst xmlns="{MAIN}"><si><t>&x;</t></si></sst>')) == ["xml-damaged"]


def test_other_damaged_parts_are_refused_but_a_drawing_of_old_office_need_not_be_xml(tmp_path: Path) -> None:
    assert codes(book(tmp_path, sheet(), styles="<styleSheet>")) == ["xml-damaged"]
    made = parts(sheet())
    assert codes(examined(tmp_path, zipped(made | {"docProps/app.xml": "<<"}))) == ["xml-damaged"]
    assert codes(examined(tmp_path, zipped(made | {"xl/drawings/d.vml": "<<br>", "docProps/empty.xml": ""}))) == []
    assert codes(examined(tmp_path, zipped(made | {"xl/drawings/d.vml": "< <!doctype x>"}))) == ["xml-doctype"]


def test_a_sheet_of_another_kind_of_xml_is_refused(tmp_path: Path) -> None:
    for text in ("<worksheet><sheetData/></worksheet>", "<html/>", '<table xmlns="urn:x"/>'):
        assert codes(book(tmp_path, text)) == ["sheet-root-unknown"]


def test_rows_in_two_places_are_refused(tmp_path: Path) -> None:
    assert codes(book(tmp_path, sheet(after="<sheetData/>"))) == ["xml-damaged"]


def test_one_cell_of_five_million_characters_is_refused(tmp_path: Path) -> None:
    noise = "".join(f"{number:x} " for number in range(1_000_000))
    assert codes(book(tmp_path, sheet(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{noise}</t></is></c></row>'))) == [
        "xml-damaged"
    ]
    assert codes(book(tmp_path, sheet(f"<!--{noise}-->"))) == ["xml-damaged"]


# ------------------------------------------------------------------ the files kept beside the project
REFUSED = {
    "bad_crc.xlsx": "zip-damaged",
    "billion_laughs.xlsx": "xml-doctype",
    "cell_twice.xlsx": "row-twice",
    "csv_renamed.xlsx": "file-not-a-workbook",
    "empty.xlsx": "file-empty",
    "encrypted.xlsx": "file-encrypted",
    "entity_in_value.xlsx": "xml-doctype",
    "folder.xlsx": "file-not-regular",
    "not_a_workbook.xlsx": "file-not-a-workbook",
    "truncated.xlsx": "zip-damaged",
    "xxe_file.xlsx": "xml-doctype",
    "zip_bomb.xlsx": "zip-limit",
    "zip_name_twice.xlsx": "zip-part-twice",
    "~$good.xlsx": "file-lock",
    "absent.xlsx": "file-missing",
}


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hostile workbooks, made afresh."""
    script = shared("hostile", "make_hostile.py")
    folder = tmp_path_factory.mktemp("hostile")
    subprocess.run([sys.executable, str(script), str(folder)], check=True, capture_output=True)
    return folder


def test_hostile_workbooks_are_refused_for_their_fault_and_the_others_let_through(hostile: Path) -> None:
    cases = tomllib.loads((hostile / "expected.toml").read_text("utf-8"))["case"]
    flights = {case["file"]: examine(hostile / case["file"]) for case in cases}
    assert {name: codes(flight)[0] for name, flight in flights.items() if flight.refused} == REFUSED
    assert all(case["verdict"] != "accept" or not flights[case["file"]].refused for case in cases)


def test_what_a_reader_would_lose_in_a_hostile_workbook_is_known(hostile: Path) -> None:
    def ledger(name: str) -> SheetFacts:
        found = examine(hostile / name).sheet("Ledger")
        assert found
        return found

    assert ledger("formula_no_cache.xlsx").uncached.first == ("E5",)
    assert ledger("error_values.xlsx").errors.first == ("E4", "E9")
    assert str(ledger("dimension_small.xlsx").extent) == "A1:E11"
    assert ledger("many_empty_rows.xlsx").rows == 200_000
    assert str(ledger("many_empty_rows.xlsx").extent) == "A1:E11"
    assert str(ledger("far_corner.xlsx").extent) == "A1:XFC1048570"
    assert ledger("merged_amount.xlsx").merges
    assert ledger("hidden_rows.xlsx").hidden_rows
    assert ledger("external_links.xlsx").external.first == ("E8",)
    assert examine(hostile / "dates_1904.xlsx").date_1904
    assert ledger("good.xlsx").plain


def test_every_real_workbook_passes(tmp_path: Path) -> None:
    for path in sorted(shared("corpus", "real").iterdir()):
        if path.suffix != ".toml":
            assert not examine(path).refused, path.name


@pytest.mark.parametrize("encoding", ["SO-8859-1", "utf-7", "big5"])
def test_xml_in_an_encoding_that_cannot_be_read_is_refused(tmp_path: Path, encoding: str) -> None:
    xml = sheet(row(3, '<c r="E#"><v>1</v></c>'))
    flight = book(tmp_path, f'<?xml version="1.0" encoding="{encoding}"?>{xml[xml.index("<worksheet") :]}')
    assert [finding.code for finding in flight.findings] == ["xml-damaged"]
