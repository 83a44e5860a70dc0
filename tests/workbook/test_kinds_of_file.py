"""Sheets hidden, renamed or merged; text files of every sort: read right, or refused with words."""

from decimal import Decimal
from pathlib import Path

import pytest
from kinds import HEADINGS, LINES, SUM, Raw, csv_of, ledger, line, read, workbook

ROWS = [list(HEADINGS), *LINES]


def merged(*ranges: str) -> str:
    return f'<mergeCells count="{len(ranges)}">' + "".join(f'<mergeCell ref="{r}"/>' for r in ranges) + "</mergeCells>"


@pytest.mark.parametrize(
    ("after", "found"),
    [
        (merged("E3:E4"), {"merge-hides E4"}),
        (merged("D3:E3"), {"merge-hides E3"}),
        (merged("B2:B4"), {"merge-hides B3", "merge-hides B4"}),
        (merged("G1:H9"), set[str]()),
    ],
)
def test_what_lies_beneath_a_merge_is_read_and_said(tmp_path: Path, after: str, found: set[str]) -> None:
    outcome = read(tmp_path, workbook(ROWS, after=after))
    assert (outcome.total, outcome.found) == (SUM, found)


def test_hidden_rows_columns_and_sheets_are_read_and_said(tmp_path: Path) -> None:
    rows = read(tmp_path, workbook(ROWS, row_says={3: 'hidden="1"'}))
    assert (rows.total, rows.found) == (SUM, {"rows-hidden 3:3"})
    for says in ('ht="0" customHeight="1"', 'ht="0.00"'):
        assert read(tmp_path, workbook(ROWS, row_says={3: says})).found == {"rows-hidden 3:3"}
    assert read(tmp_path, workbook(ROWS, row_says={3: 'ht="0.75"'})).found == set()
    columns = read(tmp_path, workbook(ROWS, before='<cols><col min="5" max="5" hidden="1"/></cols>'))
    assert (columns.total, columns.found) == (SUM, {"columns-hidden E"})
    parts = workbook(ROWS)
    listed = str(parts["xl/workbook.xml"])
    hidden = read(tmp_path, {**parts, "xl/workbook.xml": listed.replace("sheetId", 'state="veryHidden" sheetId')})
    assert (hidden.total, hidden.found) == (SUM, {"sheet-hidden"})


@pytest.mark.parametrize("name", ["Ledger v2", "Ledger ", "Leger"])
def test_a_sheet_under_another_name_is_not_taken_for_it(tmp_path: Path, name: str) -> None:
    outcome = read(tmp_path, workbook(ROWS, name=name))
    assert outcome.refused
    assert outcome.says(repr(name))


def test_headings_that_stand_twice_are_refused_with_both_cells(tmp_path: Path) -> None:
    outcome = ledger(tmp_path, [[*row, 1] for row in LINES], headings=[*HEADINGS, "Amount "])
    assert outcome.refused
    assert outcome.says("E1")
    assert outcome.says("F1")


def test_a_formula_without_its_result_is_refused_wherever_a_number_may_stand(tmp_path: Path) -> None:
    lost = Raw("<f>E2*2</f>")
    assert ledger(tmp_path, [*LINES, line(lost)]).found == {"formula-no-result E5"}
    assert ledger(tmp_path, [*LINES, [None, None, None, "late", lost]]).found == {"formula-no-result E5"}


def test_formulas_that_the_writer_left_for_excel_are_said(tmp_path: Path) -> None:
    parts = workbook([*ROWS, line(Raw("<f>E2*2</f><v>0</v>"))])
    left = str(parts["xl/workbook.xml"]).replace("</workbook>", '<calcPr fullCalcOnLoad="1"/></workbook>')
    assert read(tmp_path, {**parts, "xl/workbook.xml": left}).found == {"formula-left E5"}
    assert read(tmp_path, parts).found == set()


def test_headings_without_a_line_beneath_are_said(tmp_path: Path) -> None:
    assert ledger(tmp_path, []).found == {"table-empty"}


# ---------------------------------------------------------------------- text files
def text(tmp_path: Path, data: str | bytes, rules: str = "") -> tuple[Decimal, set[str]]:
    outcome = read(tmp_path, data.encode() if isinstance(data, str) else data, rules, name="ledger.csv")
    return outcome.total, outcome.found


@pytest.mark.parametrize(
    "data",
    [
        csv_of().encode("utf-8-sig"),
        b"\xef\xbb\xbf" + csv_of().encode("utf-8-sig"),
        csv_of().encode("utf-16"),
        csv_of().replace("\r\n", "\r").encode(),
        csv_of().replace("\r\n", "\n", 2).encode(),
        csv_of().replace("Hall hire", '"Hall, hire"').encode(),
        csv_of().replace("Hall hire", '"Hall\nhire"').encode(),
        csv_of().replace("Hall hire", '"12, High Street\nLeeds, LS1"').encode(),
        csv_of().replace("Hall hire", '"say ""hi"""').encode(),
        csv_of().replace("Hall hire", 'a 5" pipe').encode(),
        csv_of().replace("\r\n", ",\r\n").encode(),
        (csv_of() + ",,,Total,117.50\r\n\r\nEnd of report\r\n").encode(),
        csv_of().replace("Hall hire", "x" * 200_000).encode(),
    ],
)
def test_a_text_file_is_read_however_it_is_written(tmp_path: Path, data: bytes) -> None:
    assert text(tmp_path, data) == (SUM, set())


@pytest.mark.parametrize("sep", [";", "\t", "|"])
def test_another_sign_between_fields_is_noted(tmp_path: Path, sep: str) -> None:
    assert text(tmp_path, csv_of(sep=sep)) == (SUM, {"csv-form"})


def test_an_older_encoding_is_noted(tmp_path: Path) -> None:
    assert text(tmp_path, csv_of().replace("Hall", "Café £").encode("cp1252")) == (SUM, {"csv-form"})


def test_a_decimal_comma_is_read_only_where_every_figure_has_one(tmp_path: Path) -> None:
    lines = [line("1.234,50"), line("20,50", "Rent"), line("-3,00", "Refund")]
    assert text(tmp_path, csv_of(lines, ";")) == (Decimal("1252.00"), {"csv-form", "csv-decimal-comma"})
    mixed = text(tmp_path, csv_of([*lines, line("3.50", "Trip")], ";"))
    assert mixed[0] == Decimal("3.50")
    assert {"amount-not-a-number E2", "amount-not-a-number E3"} <= mixed[1]


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (csv_of().replace("Rent", '"Rent'), "csv-row 3:3"),
        (csv_of().replace("Hall hire", '"Hall').replace("Refund", 'Refund"'), "csv-row 2:2"),
        (csv_of().replace("Hall hire", '"Hall').replace("Rent", 'Rent"'), "csv-row 2:2"),
        (csv_of().replace("Hall hire", "Hall, hire"), "csv-row E2"),
        (csv_of().replace(",Hall hire", ""), "amount-blank E2"),
        (csv_of().replace(",100", ""), "amount-blank E2"),
        (csv_of().replace("6100", "61\x0000"), "file-not-a-workbook"),
        (csv_of().encode("utf-16-le"), "file-not-a-workbook"),
        (csv_of().replace("Hall", "Caf\x81").encode("latin-1"), "csv-encoding csv"),
    ],
)
def test_a_text_file_that_cannot_be_trusted_is_refused(tmp_path: Path, data: str | bytes, found: str) -> None:
    assert any(each.startswith(found.removesuffix(" csv")) for each in text(tmp_path, data)[1])


def test_a_workbook_that_one_reader_gives_up_on_is_read_by_the_other_and_said(tmp_path: Path) -> None:
    parts = workbook([HEADINGS, *LINES])
    styles = str(parts["xl/styles.xml"])
    parts["xl/styles.xml"] = styles.replace("<cellXfs", '<fonts><font><color rgb="dark"/></font></fonts><cellXfs')
    found = read(tmp_path, parts)
    assert (found.total, found.found) == (SUM, {"reader-other"})
