"""The workbook as a file: the same bytes each time, no formula from a text, and every sheet with what it must say."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from defusedxml import ElementTree

from breakeven.pipeline.year_end import YearEnd
from breakeven.report.excel import write
from breakeven.report.excel.cells import HEADING_ROW, Entry, Pages
from breakeven.report.excel.write import WorkbookDiffersError, workbook_bytes
from made import overlay, saving
from made_plans import housed
from made_workbooks import example, example_bytes, example_pages, under


@pytest.fixture(scope="module")
def book() -> Any:
    return openpyxl.load_workbook(BytesIO(example_bytes()))


@pytest.fixture(scope="module")
def shown() -> Any:
    return openpyxl.load_workbook(BytesIO(example_bytes()), data_only=True)


def parts(data: bytes) -> Iterator[tuple[str, str]]:
    with zipfile.ZipFile(BytesIO(data)) as package:
        for name in package.namelist():
            yield name, package.read(name).decode("utf-8", "replace")


def test_the_date_of_the_file_is_that_of_the_year_and_not_of_the_clock(book: Any) -> None:
    assert str(book.properties.created) == "2024-03-31 00:00:00"


def test_cached_values_are_our_figures(shown: Any) -> None:
    plan = {row[0].value.strip(): [cell.value for cell in row[4:7]] for row in shown["Plan"].iter_rows(min_row=6)}
    assert plan["Income"] == [89_728_116, 91_926_678, 94_179_312]
    assert plan["Position for the year"] == [0, 345_449, 91_155]
    assert plan["Closing balance"] == [-11_230_962, -10_885_513, -10_794_358]
    assert plan["Still to find"] == [1_115_700, 1_201_751, 1_456_045]
    assert plan["Further saving a year, beyond those counted, to clear the deficit"] == [3_598_120] * 3
    checked = (
        "This workbook's own checks: OK. Tests of the folder that differ: 25. Scenario: no scenario. Savings counted"
    )
    assert {shown[name]["A3"].value[: len(checked)] for name in ("Contents", "Plan", "Checks")} == {checked}
    assert "£49 apart" in next(
        row[2].value for row in shown["Contents"].iter_rows() if row[0].value == "Reconciliation"
    )


def test_a_variance_has_the_sign_that_the_pages_give_it(shown: Any) -> None:
    rows = {row[0].value.strip(): (row[3].value, row[4].value) for row in shown["Outturn"].iter_rows(min_row=6)}
    assert (rows["Staffing"], rows["Placements"]) == ((634_120, "F"), (-6_370_696, "A"))


def test_a_text_that_looks_like_a_formula_or_a_link_stays_a_text() -> None:
    nasty = ('=HYPERLINK("http://x","y")', "=1+1", "http://example.org", "mailto:a@b", "{=A1}", "+1", "@SUM(A1)")
    year = housed(*(replace_scheme(ref) for ref in nasty))
    data = workbook_bytes(under(year, [overlay("residential growth +1%").model_copy(update={"source": nasty[0]})]))
    sheets = openpyxl.load_workbook(BytesIO(data))
    names = [row[1] for row in sheets["Savings"].iter_rows(min_row=6, max_row=12)]
    assert [cell.value for cell in names] == list(nasty)
    assert {cell.data_type for cell in names} == {"s"}
    assert not any(cell.hyperlink for sheet in sheets for row in sheet.iter_rows() for cell in row)
    text = " ".join(text for _, text in parts(data))
    assert "TargetMode" not in text
    assert not re.search(r"<f>[^<]*(HYPERLINK|http)", text)


def replace_scheme(text: str) -> Any:
    return saving("1200", "2024-07-01").model_copy(update={"scheme": text, "ref": f"S{abs(hash(text))}"})


def test_every_sheet_has_its_title_unit_source_and_signs_and_no_merged_cell(book: Any) -> None:
    for sheet in book:
        assert sheet["A1"].value, sheet.title
        says = str(sheet["A2"].value)
        assert says.startswith("Sandwell Children's Trust, 2023/24, provisional outturn."), sheet.title
        assert "Source: " in says, sheet.title
        assert sheet["A3"].value, sheet.title
        assert not sheet.merged_cells.ranges, sheet.title
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.paperSize == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert [sheet.title for sheet in book][:3] == ["Contents", "Plan", "Charts"]


def test_headings_are_frozen_and_repeated_on_each_page(book: Any) -> None:
    for sheet in example_pages().sheets:
        if sheet.headings:
            assert book[sheet.name].freeze_panes is not None
            assert book[sheet.name].print_title_rows == f"$1:${HEADING_ROW}"


def test_only_inputs_can_be_typed_into_and_each_says_what_it_takes(book: Any) -> None:
    inputs = {(sheet.name, place) for sheet, place, _, _ in example_pages().inputs()}
    for sheet in book:
        assert sheet.protection.sheet
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.protection.locked == ((sheet.title, (cell.row, cell.column)) not in inputs)
        for rule in sheet.data_validations.dataValidation:
            assert (rule.promptTitle, rule.showErrorMessage) == ("Input", True)
    validated = {
        (sheet.title, (row, column))
        for sheet in book
        for rule in sheet.data_validations.dataValidation
        for area in rule.sqref.ranges
        for row, column in (
            (r, c) for r in range(area.min_row, area.max_row + 1) for c in range(area.min_col, area.max_col + 1)
        )
    }
    assert validated == inputs


def test_inputs_have_names(book: Any) -> None:
    names = book.defined_names
    assert names["Scenario"].attr_text == "Choices!$B$6"
    assert names["Opening_balance"].attr_text == "Choices!$B$8"
    assert names["input_contract_sum_sum"].attr_text.startswith("Assumptions!$E$")
    assert {"Saving_amount", "Scenario_value", "Pressure_amount", "Overall_check"} <= set(names)


def test_what_is_illustrative_says_so_in_a_word_beside_it(book: Any) -> None:
    plan = {str(row[0].value).strip(): str(row[7].value) for row in book["Plan"].iter_rows(min_row=6)}
    assert plan["Contract sum"] == "illustrative 2025/26, 2026/27"
    assert plan["Residential"] == "illustrative"
    assumed = [row for row in book["Assumptions"].iter_rows(min_row=6) if row[0].value == "Contract sum"]
    assert [row[7].value for row in assumed if row[4].value == 80_800_000] == ["published"]
    assert book["Plan"]["E9"].font.italic


def test_every_input_file_and_its_hash_is_on_a_sheet(book: Any) -> None:
    there = {row[0].value: row[1].value for row in book["Sources"].iter_rows(min_row=6)}
    assert {file.name: file.sha256 for file in example().year.inputs}.items() <= there.items()


def test_every_chart_says_in_words_what_it_shows() -> None:
    text = dict(parts(example_bytes()))
    drawing = ElementTree.fromstring(text["xl/drawings/drawing1.xml"])
    words = [each.attrib["descr"] for each in drawing.iter() if each.tag.endswith("}cNvPr")]
    assert len(words) == 4
    assert all("Figures: sheet Plan, row" in each for each in words)


def test_the_chart_of_balances_starts_at_nil_and_at_the_year_the_plan_starts_from() -> None:
    chart = dict(parts(example_bytes()))["xl/charts/chart1.xml"]
    assert '<c:max val="0"/>' in chart
    assert "<c:f>Plan!$D$36:$G$36</c:f>" in chart


def test_a_person_reads_what_a_scenario_changes_by_its_label_and_what_is_saved_as_a_saving(shown: Any) -> None:
    named = {row[1].value for row in shown["Scenarios"].iter_rows(min_row=6)}
    assert {"Contract sum", "Pay", "Prices", "Savings", "Residential", "Agency social workers"} == named
    parts_of = {row[0].value.strip(): row[1].value for row in shown["Plan"].iter_rows(min_row=6)}
    saved = {"Savings, planned", "All savings needed to break even", "Savings identified, weighted", "Still to find"}
    assert {parts_of[name] for name in saved} == {"saving"}


def test_a_workbook_that_does_not_come_to_the_plan_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = example_pages()
    plan = pages.sheet("Plan")
    row, column = next(
        place for place, entry in plan.cells.items() if entry.figure is not None and entry.style == "pounds"
    )
    spoilt = replace(plan, cells={**plan.cells, (row, column): replace(plan.cells[row, column], formula="1+1")})
    others = replace(pages, sheets=tuple(spoilt if sheet is plan else sheet for sheet in pages.sheets))

    def pages_of(_: YearEnd) -> Pages:
        return others

    monkeypatch.setattr(write, "pages_of", pages_of)
    with pytest.raises(WorkbookDiffersError, match=r"Plan!E\d+ comes to 2, and the plan to"):
        workbook_bytes(example())


def test_a_plan_that_is_open_shows_what_nobody_knows_and_no_total_over_it() -> None:
    year = housed()
    left_out = [each for each in year.ledgers.assumptions if each.line != "placements"]
    end = under(replace(year, ledgers=replace(year.ledgers, assumptions=tuple(left_out))))
    plan = openpyxl.load_workbook(BytesIO(workbook_bytes(end)), data_only=True)["Plan"]
    found = {str(row[0].value).strip(): row[4].value for row in plan.iter_rows(min_row=6)}
    assert (found["Residential"], found["Expenditure before savings"], found["Closing balance"]) == (
        "[x]",
        "[x]",
        "[x]",
    )
    assert found["Income"] == 600_000


def test_an_entry_is_a_text_unless_it_is_said_to_be_something_else() -> None:
    assert Entry("=1").formula == ""
