"""A line appended to a user's workbook: it reads back, and all else is as it was."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from breakeven.workbook.append import enter
from breakeven.workbook.safe_write import COPIES
from workbook.appending import NOW, SHEET, book_of, written
from workbook.register_books import (
    Kept,
    Parts,
    by_openpyxl,
    by_xlsxwriter,
    inputs,
    ledger_folder,
    moved,
    new_rows,
)

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


def test_a_dry_run_says_the_same_and_writes_nothing(folder: Path) -> None:
    path = by_xlsxwriter(folder / "budget.xlsx", Kept(total=True))
    before = path.read_bytes()
    trial = written(path, dry_run=True)
    assert (path.read_bytes(), sorted(each.name for each in folder.iterdir())) == (
        before,
        ["breakeven.toml", "budget.xlsx"],
    )
    assert (trial.copy, trial.lines) == (None, written(path).lines)


def test_a_number_is_written_exactly(folder: Path) -> None:
    path = by_openpyxl(folder / "budget.xlsx", Kept())
    row = new_rows(1)[0] | {"amount": Decimal("240000.10")}
    enter(folder, "virements", [row], inputs=inputs(path), now=NOW)
    assert b"<v>240000.1</v>" in Parts.of(path).parts[SHEET]


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
