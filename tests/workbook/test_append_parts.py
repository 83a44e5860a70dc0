"""Parts beside a sheet's cells, when lines are appended to it: pivot tables, pictures, the order of calculation."""

import re
from pathlib import Path

import pytest

from workbook.appending import MAIN, SHEET, refused, with_part, written
from workbook.register_books import Kept, Parts, by_xlsxwriter, ledger_folder


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
