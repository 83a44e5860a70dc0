"""Make the Word template that ships with breakeven: styles, headings, and where each part of the paper goes.

A house template is made the same way in Word: docs/reports.md lists the names that it can ask for.
"""
# pyright: basic, reportMissingTypeStubs=false, reportAttributeAccessIssue=false, reportOptionalMemberAccess=false

from copy import deepcopy
from pathlib import Path

from docx import Document
from docx.document import Document as Docx
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph

from breakeven.report.paper.word import TEMPLATE, fixed

DEEP, QUIET = RGBColor(0x1F, 0x44, 0x68), RGBColor(0x4A, 0x52, 0x5C)


def main() -> None:
    """Write the template."""
    book = Document()
    _page(book)
    _styles(book)
    book.add_paragraph("{{ body }}", style="Quiet")
    book.add_paragraph("{{ title }}", style="Title")
    book.add_paragraph("Committee paper. State of the figures: {{ state }}.", style="Quiet")
    _parts(book, "parts", "{{ said.number }}  {{ said.text }}", ("point in part.lettered", "Lettered"))
    _parts(book, "appendices", "{{ said.text }}", ("point in part.points", "List Bullet"), turns=True)
    _ends_section(book, "ends_wide", is_wide=True)
    book.add_paragraph("{{ rests_on }}  What this paper rests on", style="Heading 1")
    _loop(book, "note in notes", "{{ note }}", "Normal")
    _inputs(book)
    target = Path(TEMPLATE)
    book.save(str(target))
    target.write_bytes(fixed(target.read_bytes()))


def _page(book: Docx) -> None:
    section = book.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(22)
    section.header.paragraphs[0].text = "{{ body }}\t\t{{ title }}"
    footer = section.footer.paragraphs[0]
    footer.text = "{{ made_by }}\t\tPage "
    _field(footer, "PAGE")
    book.core_properties.title = "{{ title }}"
    book.core_properties.author = "{{ body }}"
    book.core_properties.language = "en-GB"
    book.core_properties.comments = ""


def _field(paragraph: Paragraph, name: str) -> None:
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("", name), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)  # noqa: SLF001  (python-docx has no fields)


def _styles(book: Docx) -> None:
    styles = book.styles
    normal = styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    normal.paragraph_format.space_after = Pt(6)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    normal.element.get_or_add_rPr().append(language)
    for name, size in (("Title", 22), ("Heading 1", 15), ("Heading 2", 12)):
        style = styles[name]
        style.font.name, style.font.size, style.font.bold = "Calibri", Pt(size), True
        style.font.color.rgb = DEEP
        fonts = style.element.rPr.rFonts
        for each in list(fonts.attrib):
            if each.endswith("Theme"):
                del fonts.attrib[each]
        style.paragraph_format.keep_with_next = True
    for name, size, colour in (("Quiet", 9, QUIET), ("Figure", 9, None), ("Note", 8.5, QUIET)):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.font.size = normal, Pt(size)
        style.paragraph_format.space_after = Pt(0 if name == "Figure" else 4)
        if colour is not None:
            style.font.color.rgb = colour
    lettered = styles.add_style("Lettered", WD_STYLE_TYPE.PARAGRAPH)
    lettered.base_style = normal
    lettered.paragraph_format.left_indent, lettered.paragraph_format.first_line_indent = Mm(14), Mm(-7)
    lettered.paragraph_format.space_after = Pt(3)
    called = styles.add_style("Called out", WD_STYLE_TYPE.PARAGRAPH)
    called.base_style, called.font.bold = normal, True
    called.font.color.rgb = RGBColor(0x8A, 0x2A, 0x1C)
    called.paragraph_format.left_indent = Mm(6)


def _loop(book: Docx, over: str, text: str, style: str) -> None:
    """A paragraph for each of something. {%p takes the paragraph that a tag stands in away."""
    book.add_paragraph(f"{{%p for {over} %}}")
    book.add_paragraph(text, style=style)
    book.add_paragraph("{%p endfor %}")


def _ends_section(book: Docx, when: str, *, is_wide: bool) -> None:
    """The end of a section of upright or of wide pages, where ``when`` holds."""
    book.add_paragraph(f"{{%p if {when} %}}")
    ending = book.add_paragraph()
    ending.paragraph_format.space_after = Pt(0)
    section = deepcopy(book.sections[-1]._sectPr)  # noqa: SLF001  (python-docx ends a section only where it begins one)
    if is_wide:
        section.page_width, section.page_height = Mm(297), Mm(210)
        section.orientation = WD_ORIENT.LANDSCAPE
    ending._p.get_or_add_pPr().append(section)  # noqa: SLF001
    book.add_paragraph("{%p endif %}")


def _parts(book: Docx, name: str, said: str, points: tuple[str, str], *, turns: bool = False) -> None:
    """Each part with its sentences, points, charts and tables. turns: one with a wide table has wide pages."""
    book.add_paragraph(f"{{%p for part in {name} %}}")
    if turns:
        _ends_section(book, "part.ends_upright", is_wide=False)
        _ends_section(book, "part.ends_wide", is_wide=True)
    book.add_paragraph("{{ part.number }}  {{ part.title }}", style="Heading 1")
    _loop(book, "said in part.paragraphs", said, "Normal")
    _loop(book, points[0], "{{ point }}", points[1])
    _loop(book, "said in part.called_out", "Does not agree. {{ said }}", "Called out")
    book.add_paragraph("{%p for chart in part.charts %}")
    book.add_paragraph("{{ chart.title }}", style="Heading 2")
    book.add_paragraph("{{ chart.picture }}")
    book.add_paragraph("{{ chart.legend }}", style="Note")
    book.add_paragraph("{%p endfor %}")
    book.add_paragraph("{%p for table in part.tables %}")
    book.add_paragraph("{{ table.title }}", style="Heading 2")
    _figures(book)
    book.add_paragraph("{{ table.about }}", style="Note")
    book.add_paragraph("{%p endfor %}")
    book.add_paragraph("{%p endfor %}")


def _figures(book: Docx) -> None:
    """A statement: a heading row that is repeated on each page, and a row of cells a row; sums are bold."""
    table = book.add_table(rows=7, cols=4)
    _described(table, "{{ table.title }}", "{{ table.id }}")
    _ruled(table)
    _row(table, 0, "{{ table.label }}", "column in table.columns", "{{ column }}", is_bold=True)
    repeat = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeat)  # noqa: SLF001
    table.rows[1].cells[0].text = "{%tr for row in table.rows %}"
    table.rows[2].cells[0].text = "{%tr if row.is_total %}"
    _row(table, 3, "{{ row.label }}", "cell in row.cells", "{{ cell }}", is_bold=True)
    table.rows[4].cells[0].text = "{%tr else %}"
    _row(table, 5, "{{ row.label }}", "cell in row.cells", "{{ cell }}", is_bold=False)
    table.rows[6].cells[0].text = "{%tr endif %}"
    table.add_row().cells[0].text = "{%tr endfor %}"


def _described(table: Table, title: str, name: str) -> None:
    properties = table._tbl.tblPr  # noqa: SLF001
    for tag, text in (("w:tblCaption", title), ("w:tblDescription", name)):
        element = OxmlElement(tag)
        element.set(qn("w:val"), text)
        properties.append(element)


def _ruled(table: Table) -> None:
    """A rule above and beneath, and a pale one between rows; none upright."""
    borders = OxmlElement("w:tblBorders")
    for side, size, colour in (("top", "10", "1F4468"), ("bottom", "10", "1F4468"), ("insideH", "2", "C9CED4")):
        border = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", size), ("space", "0"), ("color", colour)):
            border.set(qn(f"w:{name}"), value)
        borders.append(border)
    table._tbl.tblPr.append(borders)  # noqa: SLF001


def _row(table: Table, place: int, label: str, over: str, text: str, *, is_bold: bool) -> None:
    """A label, then a cell for each of something. {%tc takes the cell that a tag stands in away."""
    cells = table.rows[place].cells
    for cell, words in zip(cells, (label, f"{{%tc for {over} %}}", text, "{%tc endfor %}"), strict=True):
        paragraph = cell.paragraphs[0]
        paragraph.style = table.part.document.styles["Figure"]
        paragraph.add_run(words).bold = is_bold
        if cell is not cells[0]:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _inputs(book: Docx) -> None:
    table = book.add_table(rows=4, cols=2)
    _described(table, "Inputs", "inputs")
    _ruled(table)
    for place, texts in enumerate((("Input", "SHA-256"), ("{%tr for each in inputs %}", ""),
                                   ("{{ each.name }}", "{{ each.sha256 }}"), ("{%tr endfor %}", ""))):  # fmt: skip
        for cell, text in zip(table.rows[place].cells, texts, strict=True):
            cell.paragraphs[0].style = book.styles["Figure"]
            cell.paragraphs[0].add_run(text)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001


if __name__ == "__main__":
    main()
