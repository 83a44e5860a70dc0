"""The committee paper: its sentences say the figures with the right words, and Word and PDF hold what they say."""

import io
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import breakeven as be
from breakeven.ledger.provenance import Figure
from breakeven.monitoring.outturn import Flow
from breakeven.pipeline.year_end import YearEnd
from breakeven.report.pack import make_pack
from breakeven.report.paper.narrative import where_the_money_came_from
from breakeven.report.paper.paper import Paper, make_paper
from breakeven.report.paper.pdf import pdf_of
from breakeven.report.paper.sentences import Sentences, listed, rose_or_fell
from breakeven.report.paper.word import TEMPLATE, fixed, word_of
from breakeven.report.section import Section
from breakeven.report.table_view import table_view
from breakeven.report.template_error import TemplateError
from commands import EXAMPLE, run

ROOT = Path(__file__).parents[2]

PUBLISHED = re.findall(
    r"\S+",
    """
    74,475,000  8,753,055  1,450,163  509,144  341,019  600,000  84,678,218  6,977,292  4,253,670  11,230,962
    80,800,000  2,500,000  88,931,888  4,996,156  32,434,958  48,565,330  7,931,600  1,500,000
    """,
)
"""The figures of section (e) of the annual review 2023-24, in pounds."""


@pytest.fixture(scope="module")
def end() -> YearEnd:
    return be.work_out(be.load(EXAMPLE))


@pytest.fixture(scope="module")
def paper(end: YearEnd) -> Paper:
    return make_paper(make_pack(end))


@pytest.fixture(scope="module")
def pdf(paper: Paper) -> bytes:
    return pdf_of(paper)


@pytest.fixture(scope="module")
def docx(paper: Paper) -> bytes:
    return word_of(paper)


def opened(data: bytes) -> Any:
    return import_module("docx").Document(io.BytesIO(data))


def sentences(paper: Paper) -> str:
    return " ".join(message.text for part in paper.parts for message in part.paragraphs)


# What it says ----------------------------------------------------------------------------------------------------


def test_section_e_of_the_annual_review_comes_out_with_its_published_figures(paper: Paper) -> None:
    said = sentences(paper)
    assert [figure for figure in PUBLISHED if f"£{figure}" not in said] == []
    assert "from 49 in March 2023 to 68 in March 2024" in said
    assert "17.6%" in said
    for source in ("ICB health contribution", "Supporting Families claims", "Home Office funding", "Hardship funding"):
        assert source in said


def test_the_49_pounds_are_called_out(paper: Paper) -> None:
    found = next(part for part in paper.parts if part.id == "reconciliation")
    assert len(found.called_out) == 1
    assert "£49 apart. £84,678,218" in found.called_out[0]
    assert "£84,678,267" in found.called_out[0]
    asked = next(part for part in paper.parts if part.id == "recommendations")
    assert any("one figure of money that does not reconcile" in point for point in asked.points)


def test_every_paragraph_of_the_years_story_has_the_figures_that_it_says(paper: Paper, end: YearEnd) -> None:
    told = [m for part in paper.parts if part.id in {"context", "outturn", "plan"} for m in part.paragraphs]
    assert len(told) > 10
    for message in told:
        amounts = {f"{abs(end.book[each].amount or 0):,.0f}" for each in message.figures if end.book[each].unit == "£"}
        assert set(re.findall(r"£(\d[\d,]*\d)", message.text)) <= amounts
        assert message.figures


def test_it_asks_for_what_is_to_be_decided(paper: Paper) -> None:
    asked = next(part for part in paper.parts if part.id == "recommendations").points
    assert [point[-1] for point in asked] == [*";;;;."]
    assert "and 24 other figures that differ, listed in Appendix C, and have them put right" in asked[1]
    assert "with savings of £2,500,000* in 2024/25" in " ".join(asked)
    assert "£1,115,700* that is still to find in 2024/25" in " ".join(asked)
    assert [part.title for part in paper.parts][:3] == ["Purpose", "Recommendations", "Key messages"]


def test_what_the_plan_has_no_room_for_is_a_key_message_and_a_risk(paper: Paper) -> None:
    told = {part.id: " ".join(message.text for message in part.paragraphs) for part in paper.parts}
    for part in ("key_messages", "risks"):
        assert "Residential had 68, where the plan of 2024/25 has 60.3* on average" in told[part]
        assert "£2,566,855* more" in told[part]
    assert "prints 51 in March 2023 and 62 in March 2024 too: see Appendix C" in told["outturn"]


def test_savings_are_counted_on_at_risk_or_lost_and_come_to_what_is_planned(paper: Paper) -> None:
    (said,) = [m.text for part in paper.parts if part.id == "key_messages" for m in part.paragraphs if "lost" in m.text]
    planned, *parts = (int(each.replace(",", "")) for each in re.findall(r"£([\d,]+)", said))
    assert (planned, parts) == (2_500_000, [1_384_300, 826_700, 289_000])
    assert planned == sum(parts)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("-4253670", "a deficit of £4,253,670"),
        ("742486", "a surplus of £742,486"),
        ("0", "break-even"),
        (None, "open ([x])"),
    ],
)
def test_a_balance_is_a_deficit_or_a_surplus(end: YearEnd, amount: str | None, words: str) -> None:
    assert Sentences(end).balance(figure(amount)) == words


@pytest.mark.parametrize(
    ("flow", "amount", "words"),
    [
        (Flow.EXPENDITURE, "100", "£100 adverse"),
        (Flow.EXPENDITURE, "-100", "£100 favourable"),
        (Flow.INCOME, "100", "£100 favourable"),
        (Flow.NET, "-100", "£100 adverse"),
        (Flow.NET, "0", "as budgeted"),
        (Flow.NET, None, "[x]"),
    ],
)
def test_a_variance_is_adverse_or_favourable_by_what_it_does(
    end: YearEnd, flow: Flow, amount: str | None, words: str
) -> None:
    assert Sentences(end).variance(flow, figure(amount)) == words


def figure(amount: str | None) -> Figure:
    return Figure("made/up", "Made up", None if amount is None else Decimal(amount), "as said", ())


def test_what_is_added_once_is_said_to_be_one_off(paper: Paper) -> None:
    assert "high cost agency workers (£600,000, one-off)" in sentences(paper)
    assert "funded salary settlement (£509,144);" in sentences(paper)


def test_a_forecast_is_not_said_to_have_happened(end: YearEnd) -> None:
    body = replace(end.year.body, state="forecast")
    ahead = replace(end, year=replace(end.year, body=body))
    said = " ".join(message.text for message in where_the_money_came_from(ahead))
    assert "is forecast to be £84,678,218" in said
    assert " was " not in said


def test_a_list_reads_as_one() -> None:
    assert listed(["a"]) == "a"
    assert listed(["a", "b"]) == "a and b"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed(["a (1, one-off)", "b"]) == "a (1, one-off); and b"
    assert [rose_or_fell(Decimal(49), Decimal(each)) for each in (68, 40, 49)] == ["rose", "fell", "stayed"]


# Word ------------------------------------------------------------------------------------------------------------


def test_every_table_of_the_word_document_is_its_statement(paper: Paper, docx: bytes) -> None:
    views = {f"{part.id}.{view.id}": view for part in paper.every_part for view in map(table_view, part.tables)}
    book = opened(docx)
    read = 0
    for table in book.tables:
        name = described(table)
        if name == "inputs":
            assert [[cell.text for cell in row.cells] for row in table.rows[1:]] == [
                [each.name, each.sha256] for each in paper.inputs
            ]
            continue
        view = views[name]
        assert [cell.text for cell in table.rows[0].cells] == [view.label, *(c.label for c in view.columns)]
        for row, expected in zip(table.rows[1:], view.rows, strict=True):
            label, *cells = [cell.text for cell in row.cells]
            assert label.strip() == expected.label
            assert [cell.replace("\u2007", "").strip() for cell in cells] == [
                f"{cell.text}{cell.after}\u00a0{cell.reading}".strip() for cell in expected.cells
            ]
        read += 1
    assert read == sum(len(part.tables) for part in paper.every_part) > 10


def described(table: Any) -> str:
    (found,) = table._tbl.xpath("./w:tblPr/w:tblDescription/@w:val")
    return str(found)


def test_the_word_document_says_every_sentence_and_describes_every_picture(paper: Paper, docx: bytes) -> None:
    book = opened(docx)
    text = "\n".join(paragraph.text for paragraph in book.paragraphs)
    for part in paper.every_part:
        for said in (*(message.text for message in part.paragraphs), *part.points, *part.called_out):
            assert said in text
    pictures = book.element.body.xpath(".//wp:docPr/@descr")
    assert len(pictures) == sum(len(part.charts) for part in paper.every_part) > 4
    assert all(len(each) > 40 for each in pictures)


def test_heading_rows_repeat_and_headings_are_headings(docx: bytes) -> None:
    book = opened(docx)
    for table in book.tables:
        assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
    styles = [paragraph.style.name for paragraph in book.paragraphs]
    assert styles.count("Heading 1") > 12


def test_a_table_in_word_has_room_for_its_words_and_none_beyond_its_page(docx: bytes, paper: Paper) -> None:
    book = opened(docx)
    pages = [section.page_width - section.left_margin - section.right_margin for section in book.sections]
    assert len(set(pages)) == 2, "upright pages, and wide ones for wide tables"
    for table in book.tables:
        texts = [[cell.text for cell in column.cells] for column in table.columns]
        widths = [column.width for column in table.columns]
        assert sum(widths) <= max(pages)
        if described(table) != "inputs":
            for column, width in zip(texts, widths, strict=True):
                letters = max(len(word) for text in column for word in text.split(" "))
                assert width >= letters * 5 * 12_700, column[0]  # 5 points a letter
    (assumed,) = (table for table in book.tables if described(table) == "appendix_assumptions.assumptions")
    assert str(assumed.rows[1].cells[-1].paragraphs[0].alignment).startswith("LEFT"), "words begin at the left"
    text = [paragraph.text for paragraph in book.paragraphs]
    assert f"Appendix {chr(ord('A') + len(paper.appendices))}  What this paper rests on" in text
    assert any(each.startswith("b)\tnote one figure of money that does not reconcile") for each in text)


def test_the_template_that_ships_is_the_one_that_is_made(tmp_path: Path) -> None:
    kept = TEMPLATE.read_bytes()
    try:
        subprocess.run([sys.executable, ROOT / "docs" / "make_paper_template.py"], check=True, cwd=tmp_path)
        made = TEMPLATE.read_bytes()
    finally:
        TEMPLATE.write_bytes(kept)
    assert made == kept


# A house template ------------------------------------------------------------------------------------------------


def house(tmp_path: Path, *paragraphs: str) -> Path:
    book = import_module("docx").Document()
    for paragraph in paragraphs:
        book.add_paragraph(paragraph)
    book.save(str(tmp_path / "house.docx"))
    return tmp_path / "house.docx"


def test_a_house_template_takes_the_parts_that_it_names(paper: Paper, tmp_path: Path) -> None:
    own = house(
        tmp_path, "House style of {{ body }}", "{%p for said in part.outturn.paragraphs %}", "{{ said.text }}",
        "{%p endfor %}",
    )  # fmt: skip
    text = [paragraph.text for paragraph in opened(word_of(paper, own)).paragraphs]
    assert text[0] == "House style of Sandwell Children's Trust"
    assert len(text) == 1 + len(next(part for part in paper.parts if part.id == "outturn").paragraphs)


def test_a_chart_is_no_wider_than_the_text_of_a_house_template(paper: Paper, tmp_path: Path) -> None:
    made = opened(word_of(paper, house(tmp_path, "{{ part.plan.charts[0].picture }}")))
    (section,), (chart,) = made.sections, made.inline_shapes
    assert chart.width == section.page_width - section.left_margin - section.right_margin


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("{{ outcome }}", "asks for 'outcome', which there is not"),
        ("{{ part.outurn.title }}", "asks for 'outurn', which there is not; did you mean outturn?"),
        ("{%p for each in parts %}", "a field or a loop that is not whole: Unexpected end of template"),
        ("Words of our own", "has no field, so nothing of the report would be in it"),
        ("{{ part.outturn.tables[99].title }}", "has no element 99"),
        ("{{ body.__class__.__mro__ }}", "unsafe"),
        ("{% for %}", "Expected"),
    ],
)
def test_a_template_that_asks_for_what_there_is_not_is_refused(
    paper: Paper, tmp_path: Path, words: str, why: str
) -> None:
    with pytest.raises(TemplateError, match=why):
        word_of(paper, house(tmp_path, words))


def test_a_template_that_is_no_word_document_is_refused_by_command(tmp_path: Path) -> None:
    bad = tmp_path / "house.docx"
    bad.write_text("not a document", "utf-8")
    said = run("report", EXAMPLE, "--format", "docx", "--template", bad, "--out", tmp_path / "out")
    assert said.code == 2
    assert "no Word document that can be filled in" in said.err
    assert not (tmp_path / "out").exists()
    assert run("report", EXAMPLE, "--template", bad).code == 2


# PDF -------------------------------------------------------------------------------------------------------------


def test_the_pdf_says_the_published_figures_and_every_row_of_the_outturn(paper: Paper, pdf: bytes) -> None:
    text = " ".join(page.extract_text() for page in import_module("pypdf").PdfReader(io.BytesIO(pdf)).pages)
    flat = " ".join(text.split())
    assert [figure for figure in PUBLISHED if f"£{figure}" not in flat] == []
    assert "£49 apart" in flat
    tight = "".join(text.split())
    for part in paper.every_part:
        for view in map(table_view, part.tables):
            for row in view.rows:
                cells = "".join(f"{cell.text}{cell.after}{cell.reading}" for cell in row.cells)
                assert "".join(f"{row.label}{cells}".split()) in tight, (view.id, row.label)


def test_the_pdf_is_tagged_named_and_its_charts_described(paper: Paper, pdf: bytes) -> None:
    book = import_module("pypdf").PdfReader(io.BytesIO(pdf))
    root = book.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert b"pdfuaid:part>1<" in root["/Metadata"].get_data()
    assert book.metadata.title == "Finance report 2023/24, Sandwell Children's Trust"
    described = list(alternatives(root["/StructTreeRoot"]))
    assert len(described) == sum(len(part.charts) for part in paper.every_part)


def alternatives(node: Any) -> Any:
    """The description of each figure of a tagged PDF."""
    found: Any = node.get_object()
    if hasattr(found, "keys"):
        if found.get("/S") == "/Figure":
            yield found["/Alt"]
        if "/K" in found:
            yield from alternatives(found["/K"])
    elif hasattr(found, "append"):
        for place in range(len(found)):
            yield from alternatives(found[place])


# Safe and the same -----------------------------------------------------------------------------------------------

RISKY = '{{ 7 * 7 }} <w:t>bold</w:t> #strong[x] \u202eevil \x1b[31m & "quoted"'


def test_text_of_the_input_is_only_ever_text(paper: Paper) -> None:
    part = replace(paper.parts[0], points=(RISKY,))
    risky = replace(paper, body=RISKY, parts=(part,), appendices=())
    shown = r'{{ 7 * 7 }} <w:t>bold</w:t> #strong[x] \u202eevil \x1b[31m & "quoted"'
    assert any(paragraph.text == shown for paragraph in opened(word_of(risky)).paragraphs)
    text = import_module("pypdf").PdfReader(io.BytesIO(pdf_of(risky))).pages[0].extract_text()
    assert "{{ 7 * 7 }} <w:t>bold</w:t> #strong[x]" in text
    assert "\u202e" not in text


def test_a_paper_without_appendices_or_charts_can_be_made(end: YearEnd) -> None:
    pack = replace(make_pack(end), sections=(Section("reconciliation", "Reconciliation", ("All agree.",)),))
    small = make_paper(pack)
    assert [part.id for part in small.parts][-2:] == ["plan", "risks"]
    assert pdf_of(small).startswith(b"%PDF-1.7")
    assert opened(word_of(small)).paragraphs


def test_no_clock_shows_in_a_document(docx: bytes) -> None:
    assert {info.date_time for info in zipfile.ZipFile(io.BytesIO(docx)).infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert fixed(docx) == docx
