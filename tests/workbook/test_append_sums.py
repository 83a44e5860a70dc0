"""Sums, totals and tables over lines that are appended to: each follows, or is left to Excel."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter  # pyright: ignore[reportMissingTypeStubs]  (it ships none)

from workbook.appending import SHEET, book_of, packed, written
from workbook.register_books import HEADINGS, Kept, Parts, by_openpyxl, by_xlsxwriter, line


def test_an_excel_table_takes_the_lines_in(folder: Path) -> None:
    path = by_xlsxwriter(folder / "budget.xlsx", Kept(is_table=True))
    written(path)
    table = book_of(path)["Virements"].tables["Table1"]
    assert (table.ref, table.autoFilter.ref) == ("A1:H5", "A1:H5")


def test_a_shared_formula_over_lines_and_notes_is_told_apart(folder: Path) -> None:
    path = by_xlsxwriter(folder / "budget.xlsx", Kept(total=True, extras=False))
    parts = Parts.of(path).parts
    sheet = parts[SHEET].replace(
        b"</row></sheetData>",
        b'<c r="K4"><f t="shared" ref="K4:K5" si="0">E3*2</f><v>400</v></c></row>'
        b'<row r="5"><c r="K5"><f t="shared" si="0"/><v>600</v></c></row></sheetData>',
    )
    packed(path, parts | {SHEET: sheet})
    written(path)
    after = book_of(path)["Virements"]
    assert (after["K6"].value, after["K7"].value) == ("=E3*2", "=E6*2")


def test_formulas_that_are_not_known_are_left_to_excel(folder: Path) -> None:
    path = by_openpyxl(folder / "budget.xlsx", Kept())
    book = book_of(path)
    book.create_sheet("Workings")["A1"] = "=AVERAGE(Virements!E2:E3)"
    book.save(path)
    workbook = Parts.of(path).parts["xl/workbook.xml"].replace(b' fullCalcOnLoad="1"', b"")
    packed(path, Parts.of(path).parts | {"xl/workbook.xml": workbook})
    written(path)
    assert b'fullCalcOnLoad="1"' in Parts.of(path).parts["xl/workbook.xml"]
    assert book_of(path)["Workings"]["A1"].value == "=AVERAGE(Virements!E2:E5)"


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


def test_a_control_total_that_is_a_sum_is_worked_out_again(folder: Path) -> None:
    path = by_xlsxwriter(folder / "budget.xlsx", Kept())
    parts = Parts.of(path).parts
    parts["xl/worksheets/sheet3.xml"] = parts["xl/worksheets/sheet3.xml"].replace(
        b"<v>300</v>", b"<f>SUM(Virements!E2:E3)</f><v>300</v>"
    )
    packed(path, parts)
    written(path)
    controls = book_of(path)["Control totals"]
    assert (controls["C2"].value, controls["D2"].value) == (4, "=SUM(Virements!E2:E5)")
    assert openpyxl.load_workbook(path, data_only=True)["Control totals"]["D2"].value == 3801


def with_formulas(path: Path, formulas: dict[str, str], cached: int = 1) -> None:
    """A register with four lines, in rows 2 to 5, and formulas in its rows as a user put them there."""
    book: Any = xlsxwriter.Workbook(path)
    sheet, day = book.add_worksheet("Virements"), book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write_row(0, 0, HEADINGS)
    for n in (1, 2, 3, 4):
        for column, value in enumerate(line(n)):
            sheet.write(n, column, value, day if column == 1 else None)
    for place, formula in formulas.items():
        sheet.write_formula(place, formula, None, cached)
    book.close()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("=SUM(E2:E5)", "=SUM(E2:E7)"),
        ("=SUM(E1:E5)", "=SUM(E1:E7)"),
        ("=SUM($E$2:$E$5)", "=SUM($E$2:$E$7)"),
        ("=SUM(E3:E5)", "=SUM(E3:E7)"),
        ('=SUMIF(C2:C5,"S1010",E2:E5)', '=SUMIF(C2:C7,"S1010",E2:E7)'),
        ("=SUM(E2:E4)", "=SUM(E2:E4)"),
    ],
)
@pytest.mark.parametrize("place", ["M2", "M4"])
def test_a_sum_beside_the_lines_takes_the_new_ones_in(folder: Path, place: str, before: str, after: str) -> None:
    path = folder / "budget.xlsx"
    with_formulas(path, {place: before})
    written(path)
    assert book_of(path)["Virements"][place].value == after


def test_a_sum_beside_the_lines_is_worked_out_again_or_left_to_excel(folder: Path) -> None:
    path = folder / "budget.xlsx"
    with_formulas(path, {"M2": "=SUM(E2:E5)", "M3": "=COUNT(E2:E5)"})
    written(path)
    values = openpyxl.load_workbook(path, data_only=True)["Virements"]
    assert (values["M2"].value, values["M3"].value) == (1000 + 1250.5 + 2250.5, 6)
    with_formulas(path, {"M2": '=SUMIF(C2:C5,"S1010",E2:E5)'})
    written(path)
    assert b'fullCalcOnLoad="1"' in Parts.of(path).parts["xl/workbook.xml"]


@pytest.mark.parametrize("column", ["I", "M"])
def test_a_running_total_in_the_rows_of_the_lines_ends_in_its_own_row(folder: Path, column: str) -> None:
    path = folder / "budget.xlsx"
    running = {f"{column}{row}": f"=SUM(E$2:E{row})" for row in (2, 3, 4, 5)}
    with_formulas(path, running)
    written(path)
    after = book_of(path)["Virements"]
    assert {place: after[place].value for place in running} == running


def test_a_formula_filled_down_over_the_lines_around_its_own_keeps_to_them(folder: Path) -> None:
    path = folder / "budget.xlsx"
    around = {f"M{row}": f"=AVERAGE(E{row - 1}:E{row + 1})" for row in (3, 4, 5)}
    with_formulas(path, around)
    written(path)
    after = book_of(path)["Virements"]
    assert {place: after[place].value for place in around} == around


def test_a_share_of_all_lines_takes_the_new_ones_in_on_every_line(folder: Path) -> None:
    path = folder / "budget.xlsx"
    with_formulas(path, {f"I{row}": f"=E{row}/SUM(E$2:E$5)" for row in (2, 3, 4, 5)} | {"I1": '="Share"'})
    written(path)
    after = book_of(path)["Virements"]
    assert [after[f"I{row}"].value for row in range(2, 8)] == [f"=E{row}/SUM(E$2:E$7)" for row in range(2, 8)]
