"""A line appended to a user's workbook: it reads back, all else is as it was, and nothing is ever half written."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest import mock

import openpyxl
import pytest
import xlsxwriter  # pyright: ignore[reportMissingTypeStubs]  (it ships none)
from hypothesis import given, settings
from hypothesis import strategies as st

from breakeven.workbook import append
from breakeven.workbook.append import Entered, enter
from breakeven.workbook.package import Package
from breakeven.workbook.safe_write import COPIES, WriteRefusedError
from workbook.register_books import (
    HEADINGS,
    Kept,
    Parts,
    by_openpyxl,
    by_xlsxwriter,
    inputs,
    ledger_folder,
    line,
    moved,
    new_rows,
)

NOW = datetime(2023, 11, 10, 14, 35, 2, tzinfo=UTC)
SHEET = "xl/worksheets/sheet1.xml"


def written(path: Path, rows: int = 2, **options: Any) -> Entered:
    return enter(path.parent, "virements", new_rows(rows), inputs=inputs(path), now=NOW, **options)


def book_of(path: Path) -> Any:
    return openpyxl.load_workbook(path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return ledger_folder(tmp_path / "year")


KEPT = st.builds(
    Kept,
    lines=st.integers(1, 5),
    title_rows=st.integers(0, 2),
    total=st.booleans(),
    gap=st.integers(0, 2),
    notes=st.booleans(),
    extras=st.booleans(),
    check_column=st.booleans(),
    is_1904=st.booleans(),
)


@settings(max_examples=60, deadline=None)
@given(KEPT, st.integers(1, 3))
def test_every_other_part_and_cell_of_a_workbook_is_as_it_was(kept: Kept, count: int) -> None:
    with TemporaryDirectory() as place:
        path = by_xlsxwriter(ledger_folder(Path(place) / "year") / "budget.xlsx", kept)
        before = Parts.of(path)
        entered = written(path, count)
        after = Parts.of(path)
    assert entered.lines.ref == f"A{kept.last + 1}:{'I' if kept.check_column else 'H'}{kept.last + count}"
    shifts = count if kept.beneath else 0
    may_change = {SHEET, "xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml", "xl/workbook.xml"}
    may_change |= {"xl/charts/chart1.xml"} | ({"xl/drawings/drawing1.xml", "xl/comments1.xml"} if shifts else set())
    may_change |= {"xl/drawings/vmlDrawing1.vml"} if shifts else set()
    assert before.apart(after) <= may_change
    old, new = before.cells(SHEET), after.cells(SHEET)
    for ref, cell in old.items():
        said, formula, held = new[moved(ref, kept.last, shifts)]
        if kept.total and ref == f"E{kept.total_row}":
            assert (said, formula) == (cell[0], f"SUM(E{kept.heading + 1}:E{kept.last + count})")
        elif ref.startswith("I"):
            assert (said, formula) == (cell[0], cell[1])
        else:
            assert (said, formula, held) == cell
    assert len(new) - len(old) == count * (8 if kept.check_column else 7)  # the Basis above is no cell at all
    assert len(after.beside_cells(SHEET)) == len(before.beside_cells(SHEET))
    unchanged = {text for text in before.beside_cells(SHEET) if "cols" in text or "pageMargins" in text}
    assert unchanged <= set(after.beside_cells(SHEET))


@settings(max_examples=25, deadline=None)
@given(
    st.builds(Kept, lines=st.integers(1, 4), title_rows=st.integers(0, 2), notes=st.booleans(), extras=st.booleans())
)
def test_a_workbook_by_another_library_keeps_its_looks_and_comments(kept: Kept) -> None:
    with TemporaryDirectory() as place:
        path = by_openpyxl(ledger_folder(Path(place) / "year") / "budget.xlsx", kept)
        before = book_of(path)["Virements"]
        written(path)
        after = book_of(path)["Virements"]
    shifts = 2 if kept.notes else 0
    for row in before.iter_rows():
        for cell in row:
            if type(cell).__name__ == "MergedCell":
                continue
            now = after[moved(cell.coordinate, kept.last, shifts)]
            assert (now.value, now.number_format) == (cell.value, cell.number_format)
            assert (repr(now.font), repr(now.fill)) == (repr(cell.font), repr(cell.fill))
            assert (now.comment.text if now.comment else None) == (cell.comment.text if cell.comment else None)
    for column in range(1, 9):
        above, line = after.cell(kept.last, column), after.cell(kept.last + 1, column)
        assert (line.number_format, repr(line.font)) == (above.number_format, repr(above.font))
    if kept.extras:
        assert after.auto_filter.ref == f"A{kept.heading}:H{kept.last + 2}"
        assert str(after.data_validations.dataValidation[0].sqref) == f"G{kept.heading + 1}:G{kept.last + 2}"
        assert [str(each.sqref) for each in after.conditional_formatting] == [f"E{kept.heading + 1}:E{kept.last + 2}"]


def test_what_stands_beneath_moves_down_and_the_sum_takes_the_lines_in(folder: Path) -> None:
    kept = Kept(lines=3, total=True, notes=True, check_column=True)
    path = by_xlsxwriter(folder / "budget.xlsx", kept)
    entered = written(path)
    book, values = book_of(path), openpyxl.load_workbook(path, data_only=True)
    sheet = book["Virements"]
    assert str(entered.lines) == "'[budget.xlsx]Virements'!A5:I6"
    assert [sheet[f"A{row}"].value for row in (4, 5, 6, 7, 9, 10)] == [
        "VR03", "VR90", "VR90", "Total", "Checked by the board", "End of the register",
    ]  # fmt: skip
    assert sheet["E7"].value == "=SUM(E2:E6)"
    assert values["Virements"]["E7"].value == 600 + 1250.5 + 2250.5
    assert sheet["I5"].value == "=E5*2+SUM(E$2:E5)"
    assert sheet["I4"].value == "=E4*2+SUM(E$2:E4)"
    assert sheet["A9"].comment.text == "By whom?"
    assert [str(merged) for merged in sheet.merged_cells.ranges] == ["A10:C10"]
    assert sheet["A9"].hyperlink.location == "Virements!A9"
    assert book["Summary"]["A1"].value == "=SUM(Virements!E2:E6)"
    assert values["Summary"]["A1"].value == 600 + 1250.5 + 2250.5
    assert book["Summary"]["A2"].value == "=Virements!E4"
    assert book.defined_names["Amounts"].attr_text == "Virements!$E$2:$E$6"
    assert [values["Control totals"][f"{column}2"].value for column in "CD"] == [5, 4101]
    chart = Parts.of(path).parts["xl/charts/chart1.xml"]
    assert b"Virements!$E$2:$E$6" in chart
    assert b"Virements!$A$2:$A$6" in chart


def test_an_excel_table_takes_the_lines_in(folder: Path) -> None:
    path = by_xlsxwriter(folder / "budget.xlsx", Kept(is_table=True))
    written(path)
    table = book_of(path)["Virements"].tables["Table1"]
    assert (table.ref, table.autoFilter.ref) == ("A1:H5", "A1:H5")


def test_a_date_is_counted_from_1904_where_the_workbook_does(folder: Path) -> None:
    path = by_xlsxwriter(folder / "budget.xlsx", Kept(is_1904=True))
    written(path)
    assert book_of(path)["Virements"]["B4"].value == datetime(2024, 1, 12)  # noqa: DTZ001  (a cell has no zone)


def test_codes_that_a_sheet_holds_as_numbers_stay_numbers_and_dates_as_text_text(folder: Path) -> None:
    path = by_openpyxl(folder / "budget.xlsx", Kept())
    book = book_of(path)
    for row in (2, 3):
        book["Virements"][f"D{row}"] = 5010
        book["Virements"][f"B{row}"] = "12/05/2023"
    book.save(path)
    written(path)
    sheet = book_of(path)["Virements"]
    assert (sheet["D4"].value, sheet["B4"].value, sheet["C4"].value) == (5110, "12/01/2024", "S1010")


def test_thousands_are_written_in_thousands(folder: Path) -> None:
    path = by_openpyxl(folder / "budget.xlsx", Kept())
    book = book_of(path)
    book["Virements"]["E1"] = "Amount (£000)"
    del book["Control totals"]
    book.save(path)
    written(path, 1)
    assert book_of(path)["Virements"]["E4"].value == 1.2505


def test_the_old_workbook_is_kept_under_its_date_and_no_copy_is_written_over(folder: Path) -> None:
    path = by_xlsxwriter(folder / "budget.xlsx", Kept())
    path.chmod(0o640)
    old = path.read_bytes()
    first, middle = written(path).copy, path.read_bytes()
    second = written(path).copy
    assert first == folder / COPIES / "budget 2023-11-10 143502.xlsx"
    assert second == folder / COPIES / "budget 2023-11-10 143502 (2).xlsx"
    assert first
    assert second
    assert (first.read_bytes(), second.read_bytes()) == (old, middle)
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_sheet_that_is_not_there_is_added_after_the_others(folder: Path) -> None:
    path = by_openpyxl(folder / "expenditure.xlsx", Kept())
    book = book_of(path)
    del book["Control totals"]
    book.save(path)
    before = Parts.of(path)
    row = {
        "line": "Residential",
        "period": 9,
        "kind": "price",
        "text": "Dearer",
        "author": "A",
        "date": date(2024, 1, 5),
    }
    entered = enter(folder, "explanations", [row], inputs=inputs(path), now=NOW)
    sheet = book_of(path)["Explanations"]
    assert (entered.is_new_sheet, entered.lines.ref) == (True, "A2:H2")
    assert [cell.value for cell in sheet[2]] == [
        "Residential", "P09", "price", None, "Dearer", "A", datetime(2024, 1, 5), None,  # noqa: DTZ001
    ]  # fmt: skip
    assert all(cell.font.bold for cell in sheet[1])
    changed = before.apart(Parts.of(path))
    assert changed == {
        "[Content_Types].xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/workbook.xml",
        "xl/worksheets/sheet2.xml",
    }  # fmt: skip


# --- refused, with nothing written ---------------------------------------------------------------------------


def refused(path: Path, **options: Any) -> str:
    """What a write is refused with; the folder is then as it was."""
    before = {each: each.read_bytes() for each in path.parent.rglob("*") if each.is_file()}
    with pytest.raises(WriteRefusedError) as error:
        written(path, **options)
    assert {each: each.read_bytes() for each in path.parent.rglob("*") if each.is_file()} == before
    assert [each.name for each in path.parent.iterdir() if each.name.startswith(".breakeven")] == []
    return str(error.value)


@pytest.mark.parametrize("lock", ["~$budget.xlsx", ".~lock.budget.xlsx#"])
def test_a_workbook_that_is_open_is_left_alone(folder: Path, lock: str) -> None:
    path = by_xlsxwriter(folder / "budget.xlsx", Kept())
    (folder / lock).write_bytes(b"Ann")
    assert "the workbook is open in another program" in refused(path)
    assert "the workbook is open in another program" in refused(path, dry_run=True)


def test_a_workbook_that_has_changed_since_it_was_read_is_left_alone(folder: Path) -> None:
    path = by_xlsxwriter(folder / "budget.xlsx", Kept())
    known = inputs(path)
    by_xlsxwriter(path, Kept(lines=3))
    with pytest.raises(WriteRefusedError, match="changed"):
        enter(folder, "virements", new_rows(1), inputs=known, now=NOW)


def test_a_control_total_that_does_not_agree_refuses_the_write(folder: Path) -> None:
    path = by_openpyxl(folder / "budget.xlsx", Kept())
    book = book_of(path)
    book["Control totals"]["D2"] = 301
    book.save(path)
    assert "control-total-differs" in refused(path)


def test_a_control_total_that_is_a_sum_is_worked_out_again(folder: Path) -> None:
    path = by_xlsxwriter(folder / "budget.xlsx", Kept())
    parts = Parts.of(path).parts
    parts["xl/worksheets/sheet3.xml"] = parts["xl/worksheets/sheet3.xml"].replace(
        b"<v>300</v>", b"<f>SUM(Virements!E2:E3)</f><v>300</v>"
    )
    _pack(path, parts)
    written(path)
    controls = book_of(path)["Control totals"]
    assert (controls["C2"].value, controls["D2"].value) == (4, "=SUM(Virements!E2:E5)")
    assert openpyxl.load_workbook(path, data_only=True)["Control totals"]["D2"].value == 3801


def _pack(path: Path, parts: dict[str, bytes]) -> None:
    import zipfile  # noqa: PLC0415

    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (
            "</sheetData>",
            '</sheetData><mergeCells count="1"><mergeCell ref="F3:F4"/></mergeCells>',
            "merged cells F3:F4",
        ),
        ("</sheetData>", '</sheetData><scenarios current="0"/>', "'scenarios' that names rows"),
        ("<f>SUM(E2:E3)</f>", '<f t="dataTable" ref="E3:E4" r1="A1">SUM(E2:E3)</f>', "what-if table in E3:E4"),
    ],
)
def test_what_cannot_be_moved_safely_is_said_with_its_sheet(folder: Path, old: str, new: str, why: str) -> None:
    path = by_xlsxwriter(folder / "budget.xlsx", Kept(total=True, extras=False))
    parts = Parts.of(path).parts
    assert old.encode() in parts[SHEET]
    _pack(path, parts | {SHEET: parts[SHEET].replace(old.encode(), new.encode())})
    said = refused(path)
    assert why in said
    assert "'[budget.xlsx]Virements'" in said
    assert "nothing was written" in said


@pytest.mark.parametrize(("part", "why"), [("_xmlsignatures/s.xml", "signed"), ("xl/revisions/r.xml", "log")])
def test_a_workbook_that_is_signed_or_keeps_a_log_is_left_alone(folder: Path, part: str, why: str) -> None:
    path = by_xlsxwriter(folder / "budget.xlsx", Kept())
    _pack(path, Parts.of(path).parts | {part: b"<a/>"})
    assert why in refused(path)


def test_a_shared_formula_over_lines_and_notes_is_told_apart(folder: Path) -> None:
    path = by_xlsxwriter(folder / "budget.xlsx", Kept(total=True, extras=False))
    parts = Parts.of(path).parts
    sheet = parts[SHEET].replace(
        b"</row></sheetData>",
        b'<c r="K4"><f t="shared" ref="K4:K5" si="0">E3*2</f><v>400</v></c></row>'
        b'<row r="5"><c r="K5"><f t="shared" si="0"/><v>600</v></c></row></sheetData>',
    )
    _pack(path, parts | {SHEET: sheet})
    written(path)
    after = book_of(path)["Virements"]
    assert (after["K6"].value, after["K7"].value) == ("=E3*2", "=E6*2")


def test_a_dry_run_says_the_same_and_writes_nothing(folder: Path) -> None:
    path = by_xlsxwriter(folder / "budget.xlsx", Kept(total=True))
    before = path.read_bytes()
    trial = written(path, dry_run=True)
    assert (path.read_bytes(), sorted(each.name for each in folder.iterdir())) == (
        before,
        ["breakeven.toml", "budget.xlsx"],
    )
    assert (trial.copy, trial.lines) == (None, written(path).lines)


def test_formulas_that_are_not_known_are_left_to_excel(folder: Path) -> None:
    path = by_openpyxl(folder / "budget.xlsx", Kept())
    book = book_of(path)
    book.create_sheet("Workings")["A1"] = "=AVERAGE(Virements!E2:E3)"
    book.save(path)
    workbook = Parts.of(path).parts["xl/workbook.xml"].replace(b' fullCalcOnLoad="1"', b"")
    _pack(path, Parts.of(path).parts | {"xl/workbook.xml": workbook})
    written(path)
    assert b'fullCalcOnLoad="1"' in Parts.of(path).parts["xl/workbook.xml"]
    assert book_of(path)["Workings"]["A1"].value == "=AVERAGE(Virements!E2:E5)"


def test_a_number_is_written_exactly(folder: Path) -> None:
    path = by_openpyxl(folder / "budget.xlsx", Kept())
    row = new_rows(1)[0] | {"amount": Decimal("240000.10")}
    enter(folder, "virements", [row], inputs=inputs(path), now=NOW)
    assert b"<v>240000.1</v>" in Parts.of(path).parts[SHEET]


def test_the_totals_row_of_an_excel_table_is_worked_out_again(folder: Path) -> None:
    path = folder / "budget.xlsx"
    book: Any = xlsxwriter.Workbook(path)
    sheet, day = book.add_worksheet("Virements"), book.add_format({"num_format": "dd/mm/yyyy"})
    for n in (1, 2):
        for column, value in enumerate(line(n)):
            sheet.write(n, column, value, day if column == 1 else None)
    headed: list[dict[str, Any]] = [{"header": heading} for heading in HEADINGS]
    headed[4] |= {"total_function": "sum", "total_value": 300}
    headed.append({"header": "Twice", "formula": "=[@Amount]*2"})
    sheet.add_table(0, 0, 3, 8, {"total_row": True, "columns": headed})
    sheet.write(3, 0, "Total")
    book.close()
    written(path)
    after = book_of(path)["Virements"]
    assert (after.tables["Table1"].ref, after.tables["Table1"].autoFilter.ref) == ("A1:I6", "A1:I5")
    assert openpyxl.load_workbook(path, data_only=True)["Virements"]["E6"].value == 300 + 1250.5 + 2250.5
    assert after["I5"].value == after["I3"].value


def test_a_total_that_is_typed_follows_where_it_was_right(folder: Path) -> None:
    path = by_openpyxl(folder / "budget.xlsx", Kept())
    book = book_of(path)
    book["Virements"]["A5"], book["Virements"]["E5"] = "Total", 300
    book.save(path)
    entered = written(path)
    assert [cell.ref for cell in entered.totals] == ["E7", "C2", "D2"]
    assert book_of(path)["Virements"]["E7"].value == 300 + 1250.5 + 2250.5


def test_rows_made_ready_beneath_take_the_lines_without_moving(folder: Path) -> None:
    path = by_openpyxl(folder / "budget.xlsx", Kept())
    book = book_of(path)
    for row in range(4, 20):
        book["Virements"].cell(row, 5).number_format = "#,##0"
        book["Virements"].cell(row, 11, f"beside {row}")
    book.save(path)
    written(path)
    after = book_of(path)["Virements"]
    assert (after.max_row, after["E4"].number_format, after["K4"].value) == (19, "#,##0.00", "beside 4")


def test_a_register_without_a_line_yet_gets_its_first(folder: Path) -> None:
    path = by_openpyxl(folder / "budget.xlsx", Kept())
    book = book_of(path)
    book["Virements"].delete_rows(2, 2)
    book["Control totals"]["C2"] = book["Control totals"]["D2"] = 0
    book.save(path)
    assert written(path, 1).lines.ref == "A2:H2"
    assert book_of(path)["Virements"]["B2"].is_date


# --- parts that few libraries write, put in by hand ----------------------------------------------------------

RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


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
    _pack(path, parts | {name: xml.encode()})


def test_the_order_of_calculation_is_dropped_where_formulas_move_and_kept_where_none_does(folder: Path) -> None:
    for number, kept in enumerate((Kept(total=True), Kept())):
        path = by_xlsxwriter(ledger_folder(folder / f"{number}") / "budget.xlsx", kept)
        chain = f'<calcChain xmlns="{MAIN}"><c r="E4" i="1"/></calcChain>'
        with_part(path, "xl/workbook.xml", "xl/calcChain.xml", "calcChain", chain)
        written(path)
        parts = Parts.of(path).parts
        is_there = ["xl/calcChain.xml" in parts, b"calcChain" in parts["[Content_Types].xml"]]
        is_there.append(b"calcChain" in parts["xl/_rels/workbook.xml.rels"])
        assert is_there == [not kept.total] * 3
        assert b"docProps/app.xml" in parts["[Content_Types].xml"]


def test_what_a_pivot_table_draws_on_takes_the_lines_in(folder: Path) -> None:
    path = by_xlsxwriter(folder / "budget.xlsx", Kept())
    name = "xl/pivotCache/pivotCacheDefinition1.xml"
    source = '<worksheetSource ref="A1:H3" sheet="Virements"/>'
    with_part(path, "xl/workbook.xml", name, "pivotCacheDefinition", f'<p xmlns="{MAIN}"><s>{source}</s></p>')
    written(path)
    assert b'ref="A1:H5"' in Parts.of(path).parts[name]


@pytest.mark.parametrize(("ref", "is_refused"), [("J20:K25", True), ("J1:K2", False)])
def test_a_pivot_table_that_would_move_is_refused(folder: Path, ref: str, *, is_refused: bool) -> None:
    path = by_xlsxwriter(folder / "budget.xlsx", Kept(notes=True))
    pivot = f'<p xmlns="{MAIN}"><location ref="{ref}"/></p>'
    with_part(path, SHEET, "xl/pivotTables/pivotTable1.xml", "pivotTable", pivot)
    if is_refused:
        assert f"the pivot table in {ref} would be moved" in refused(path)
    else:
        written(path)


def test_the_box_of_a_comment_and_a_picture_stay_with_their_cells(folder: Path) -> None:
    path = by_xlsxwriter(folder / "budget.xlsx", Kept(notes=True))
    before = Parts.of(path).parts
    written(path)
    after = Parts.of(path).parts
    for name, mark, moves in (
        ("xl/drawings/vmlDrawing1.vml", rb"<x:Row>(\d+)</x:Row>", {0: 0, 4: 6}),
        ("xl/drawings/drawing1.xml", rb"<xdr:from>.*?<xdr:row>(\d+)</xdr:row>", {0: 0, 7: 9}),
    ):
        rows = [[int(row) for row in re.findall(mark, parts[name])] for parts in (before, after)]
        assert dict(zip(*rows, strict=True)) == moves
    boxes = [re.findall(rb"<x:Anchor>([^<]*)", parts["xl/drawings/vmlDrawing1.vml"]) for parts in (before, after)]
    tops = [[int(box.split(b",")[2]) for box in each] for each in boxes]
    assert [new - old for old, new in zip(*tops, strict=True)] == [0, 2]


def test_a_file_that_does_not_read_back_as_it_should_is_never_put_in_place(folder: Path) -> None:
    path = by_openpyxl(folder / "budget.xlsx", Kept())
    book = book_of(path)
    del book["Control totals"]
    book.save(path)

    def spoil(package: Package) -> None:
        document = package.document(SHEET)
        document.replace(0, len(document.text), document.text.replace("<v>100</v>", "<v>101</v>"))
        package.put(SHEET, document)

    with mock.patch.object(append, "recalculate", spoil):
        assert "would not read back as it should (4 lines are meant, 4 were read)" in refused(path)
