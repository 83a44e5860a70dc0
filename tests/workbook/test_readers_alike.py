"""What the two readers are known to take differently is put right in one of them, or keeps calamine away."""

from pathlib import Path

import pytest
from kinds import LINES, SUM, Raw, ledger, line, read, workbook
from preflight_books import MAIN, examined, parts, sheet, zipped

from breakeven.workbook.preflight import Preflight
from breakeven.workbook.readers import calamine_rows, openpyxl_rows

UTF_16 = '<?xml version="1.0" encoding="utf-16"?>'


def by_both(flight: Preflight) -> tuple[list[object], list[object]]:
    """The first row of a sheet by each reader."""
    first, second = ([*next(iter(rows(flight, "Actuals")))[1]] for rows in (openpyxl_rows, calamine_rows))
    return first, second


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("<t>Smith_x0020_Ltd</t>", "Smith Ltd"),
        ("<t>_x005F_x0041_</t>", "_x0041_"),
        ("<t>_x005F_x005F_</t>", "_x005F_"),
        ("<t>one_x000D_\ntwo</t>", "one\r\ntwo"),
        ("<t>_x41_ _xD83D_ _x004G_ a_xb</t>", "_x41_ _xD83D_ _x004G_ a_xb"),
        ("<r><t>_x00</t></r><r><t>41_</t></r>", "_x0041_"),
        ("<r><rPr><b/></rPr><t>Tot</t></r><r><t>al</t></r><rPh sb='0' eb='1'><t>zz</t></rPh>", "Total"),
    ],
)
def test_a_text_is_read_as_excel_shows_it_by_both_readers(tmp_path: Path, written: str, shown: str) -> None:
    strings = f'<sst xmlns="{MAIN}"><si>{written}</si></sst>'
    cell = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    content = parts(sheet(cell), strings=strings)
    types = str(content["[Content_Types].xml"]).replace(
        "</Types>",
        '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument'
        '.spreadsheetml.sharedStrings+xml"/></Types>',
    )
    flight = examined(tmp_path, zipped({**content, "[Content_Types].xml": types}))
    assert flight.sheets[0].plain
    assert by_both(flight) == ([shown], [shown])


@pytest.mark.parametrize("written", ['t="str"><v>{}</v>', 't="inlineStr"><is><t>{}</t></is>'])
def test_a_text_in_the_cell_itself_is_read_as_excel_shows_it(tmp_path: Path, written: str) -> None:
    cell = f'<row r="1"><c r="A1" {written.format("A_x000D_ _x005F_x0041_")}</c></row>'
    assert by_both(examined(tmp_path, zipped(parts(sheet(cell))))) == (["A\r _x0041_"], ["A\r _x0041_"])


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"])
def test_a_sheet_that_is_not_utf_8_is_none_for_calamine(tmp_path: Path, part: str) -> None:
    content = parts(sheet())
    assert examined(tmp_path, zipped(content)).sheets[0].plain
    for text in (UTF_16 + str(content[part]), "\ufeff" + str(content[part])):
        flight = examined(
            tmp_path, zipped({**content, part: text.encode("utf-16-le" if text[0] == "\ufeff" else "utf-16")})
        )
        assert not flight.refused
        assert not flight.sheets[0].plain
    latin = f'<?xml version="1.0" encoding="iso-8859-1"?>{content[part]}'.encode("latin-1")
    assert not examined(tmp_path, zipped({**content, part: latin})).sheets[0].plain


@pytest.mark.parametrize("at", [0, 5, 11])
def test_a_text_with_a_nul_in_it_moves_no_other_text_to_another_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    monkeypatch.setattr("breakeven.workbook.columns.MANY", 4)
    monkeypatch.setattr("breakeven.workbook.table.RUN", 3)
    monkeypatch.setattr("breakeven.workbook.table.SEARCHED_ROWS", 3)
    words = [f"line {n}" for n in range(12)]
    written = [f"{word}_x0000_" if n == at else word for n, word in enumerate(words)]
    outcome = ledger(tmp_path, [line(n, word) for n, word in enumerate(written, start=1)])
    words[at] += "\ufffd"
    assert list(outcome.read.tables[0].values["description"]) == words


def test_a_code_of_more_digits_than_excel_keeps_is_the_same_by_both(tmp_path: Path) -> None:
    outcome = ledger(tmp_path, [line(1, account=Raw("<v>12345678901234567890</v>"))])
    assert list(outcome.read.tables[0].values["account"]) == ["12345678901234567168"]


def test_a_large_sheet_in_utf_16_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("breakeven.workbook.book.CALAMINE_ABOVE", 5)
    content = workbook([["Date", "Cost centre", "Account", "Description", "Amount"], *LINES])
    part = "xl/worksheets/sheet1.xml"
    outcome = read(tmp_path, {**content, part: (UTF_16 + str(content[part])).encode("utf-16")})
    assert (outcome.total, outcome.found) == (SUM, set())
