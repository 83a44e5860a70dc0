"""The page: every figure is there as its statement has it, it asks nothing of another place, and no cell runs."""

import re
from base64 import b64encode
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from hashlib import sha256

import pytest

from breakeven.pipeline.year_end import YearEnd, work_out
from breakeven.report.cells import cell_text, shown_amount
from breakeven.report.figures import Unit
from breakeven.report.html.page import html_page
from breakeven.report.pack import make_pack
from breakeven.report.statement import Column, ColumnKind, Row, Statement
from breakeven.report.table_view import table_view
from report.packs import Page, Table, example_pack, example_page

HOSTILE = "</td><script>alert(1)</script>\x1b[31m\u202e=cmd|' /C calc'!A0<img src=x onerror=y>{{ 7 * 7 }}"


def page() -> Page:
    return Page(example_page())


def table_of(found: Page, statement: Statement, *, of_chart: bool) -> Table:
    name = statement.id.replace(".", "-")
    return found.tables[f"{name}-table" if of_chart else f"{name}-caption"]


def every_statement() -> list[tuple[Statement, bool]]:
    """Each statement of the pack, and whether it is a chart's own."""
    sections = example_pack().sections
    charts = [(chart.data, True) for section in sections for chart in section.charts]
    return [*charts, *((each, False) for section in sections for each in section.statements)]


# The figures -------------------------------------------------------------------------------------------------


def test_every_statement_of_the_pack_is_a_table_of_the_page() -> None:
    found = page()
    assert len(every_statement()) == 30
    for statement, of_chart in every_statement():
        table = table_of(found, statement, of_chart=of_chart)
        assert table.headings[1:] == [column.label for column in statement.columns], statement.id
        assert [label for label, _ in table.rows] == [" ".join(row.label.split()) for row in statement.rows]


def test_every_cell_is_read_back_as_its_statement_has_it() -> None:
    found, count = page(), 0
    for statement, of_chart in every_statement():
        table = table_of(found, statement, of_chart=of_chart)
        for row, (_, cells) in zip(statement.rows, table.rows, strict=True):
            for column, text in zip(statement.columns, cells, strict=True):
                wanted = " ".join(cell_text(row, column, Unit.POUNDS).split())
                assert text.removesuffix(row.reading.get(column.id, "-")).rstrip() == wanted, (statement.id, row.id)
                count += 1
    assert count > 2500


def test_every_amount_is_read_back_as_a_number() -> None:
    """Brackets are below nil, commas are thousands, a star is a mark: what is left is the amount in whole pounds."""
    found, count = page(), 0
    for statement, of_chart in every_statement():
        table = table_of(found, statement, of_chart=of_chart)
        for row, (_, cells) in zip(statement.rows, table.rows, strict=True):
            for column, text in zip(statement.columns, cells, strict=True):
                amount = shown_amount(row, column.id)
                if column.kind is ColumnKind.AMOUNT and row.unit == "£" and amount is not None:
                    assert amount_of(text) == amount.quantize(Decimal(1), ROUND_HALF_UP), (statement.id, row.id)
                    count += 1
    assert count > 1000


def amount_of(text: str) -> Decimal:
    digits = re.sub(r"[,*AF ]", "", text)
    return -Decimal(digits.strip("()")) if digits.startswith("(") else Decimal(digits)


def test_an_adverse_or_favourable_figure_says_so_in_a_letter_with_its_word() -> None:
    found = page()
    table = table_of(found, example_pack().sections[0].statements[0], of_chart=False)
    cells = dict(table.rows)
    assert cells["Residential"][2] == "(5,412,640)*A"
    assert cells["Third-party income"][2] == "412,000*F"
    assert cells["Contract sum"][2] == "0"
    titles = {found.get("title") for tag, found in found.elements if tag == "abbr"}
    assert titles == {"adverse", "favourable"}


def test_a_cell_leads_to_the_figure_behind_it() -> None:
    statement = example_pack().sections[0].statements[0]
    table = table_of(page(), statement, of_chart=False)
    assert table.figures[0][:3] == [
        "outturn/contract_sum/budget",
        "outturn/contract_sum/actual",
        "outturn/contract_sum/variance",
    ]
    assert {each for row in table.figures for each in row if each} <= set(example_pack().end.book)


def test_an_illustrative_figure_has_a_star_and_its_table_says_the_word() -> None:
    for statement, _ in every_statement():
        view = table_view(statement)
        stars = [cell for row in view.rows for cell in row.cells if cell.is_marked]
        assert bool(stars) <= ("* illustrative" in view.about), statement.id


def test_what_is_missing_is_said_to_be_no_nought() -> None:
    column = Column("amount", "Amount")
    row = Row("a", "A", statement_row().kind, 1, statement_row().flow, {"amount": None})
    view = table_view(replace(example_pack().headlines, columns=(column,), rows=(row,)))
    assert view.rows[0].cells[0].text == "[x]"
    assert view.about.endswith("[x] is not recorded; blank is not nil.")


def statement_row() -> Row:
    return example_pack().headlines.rows[0]


def test_every_message_and_every_sentence_of_a_section_is_on_the_page() -> None:
    text = " ".join(page().text.split())
    for message in example_pack().messages:
        assert message.text in text
    for section in example_pack().sections:
        for sentence in (*section.lead, *section.called_out, *section.points):
            assert " ".join(sentence.split()) in text


def test_each_table_says_its_signs_state_and_sources_beneath_it() -> None:
    text = " ".join(page().text.split())
    for statement, _ in every_statement():
        assert statement.signs in text
        assert not statement.state or f"State: {statement.state}." in text
    assert "Source: contract.xlsx, budget.xlsx, expenditure.xlsx." in text


def test_a_table_speaks_of_brackets_of_a_and_f_and_of_pounds_only_where_it_has_them() -> None:
    for statement, _ in every_statement():
        view = table_view(statement)
        cells = [cell for row in view.rows for cell in row.cells]
        assert ("in brackets" not in view.about) or any(cell.text.startswith("(") for cell in cells), view.id
        assert ("A adverse, F favourable" in view.about) == any(cell.reading for cell in cells), view.id
    units = {statement.id: table_view(statement).unit for statement, _ in every_statement()}
    assert (units["reconciliation"], units["reconciliation-counts"], units["spread"]) == ("£", "", "")


def test_every_input_is_named_with_its_hash() -> None:
    pack = example_pack()
    assert len(pack.inputs) == 8
    assert all(file.name in example_page() and file.sha256 in example_page() for file in pack.inputs)


# The form of it ----------------------------------------------------------------------------------------------


def test_every_heading_has_a_scope_and_every_table_a_name() -> None:
    found = page()
    named = [element for tag, element in found.elements if tag == "div" and element.get("role") == "region"]
    assert len(named) == sum(tag == "table" for tag, _ in found.elements)
    assert all(element.get("tabindex") == "0" for element in named)
    ids = set(found.ids)
    assert all(element.get("aria-label") or element.get("aria-labelledby") in ids for element in named)
    for table in found.tables.values():
        assert set(table.scopes) == {"col", "row"}


def test_every_link_leads_to_a_part_of_the_page_and_no_id_stands_twice() -> None:
    found = page()
    links = [element.get("href") or "" for tag, element in found.elements if tag == "a"]
    assert all(link.startswith("#") and link[1:] in found.ids for link in links)
    assert {f"#{section.id}" for section in example_pack().sections} <= set(links)
    assert len(found.ids) == len(set(found.ids))


def test_nothing_is_asked_of_another_place() -> None:
    found = page()
    tags = {tag for tag, _ in found.elements}
    assert not tags & {"script", "iframe", "img", "object", "embed", "form", "base", "video", "audio"}
    names = {name for _, element in found.elements for name in element}
    assert not {name for name in names if name.startswith("on")} | names & {"src", "srcset", "style", "action"}
    addresses = set(re.findall(r"[a-z]+://[^\s\"'<]+", example_page()))
    assert addresses == {"http://www.w3.org/2000/svg"}, "a name, which no browser fetches"
    style = example_page().split("<style>")[1].split("</style>")[0]
    assert not re.search(r"@import|url\(", style)


def test_the_policy_of_the_page_allows_its_own_style_and_no_more() -> None:
    style = example_page().split("<style>")[1].split("</style>")[0]
    policy = next(
        element["content"] or "" for tag, element in page().elements if element.get("http-equiv") and tag == "meta"
    )
    assert policy.startswith("default-src 'none'; ")
    assert f"style-src 'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'" in policy


def test_the_page_is_the_same_each_time_and_holds_no_clock() -> None:
    again = html_page(make_pack(example_pack().end)).decode()
    assert again == example_page()
    assert not re.search(r"\d\d:\d\d", page().text)


# What a workbook may hold ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def hostile() -> str:
    return html_page(make_pack(spoilt())).decode()


def spoilt() -> YearEnd:
    """The example with words in its cells that would run, reorder or redraw, were they shown as they are."""
    year = example_pack().end.year
    ledgers = year.ledgers
    body = replace(year.body, name=HOSTILE, notes=(HOSTILE,))
    ledgers = replace(
        ledgers,
        savings=tuple(each.model_copy(update={"scheme": f"{HOSTILE} {each.ref}"}) for each in ledgers.savings),
        assumptions=tuple(
            each.model_copy(update={"source": HOSTILE, "owner": HOSTILE}) for each in ledgers.assumptions
        ),
        variations=tuple(each.model_copy(update={"purpose": f"{HOSTILE} {each.ref}"}) for each in ledgers.variations),
        reported=tuple(each.model_copy(update={"label": HOSTILE, "where": HOSTILE}) for each in ledgers.reported),
        kpis=tuple(each.model_copy(update={"name": f"{HOSTILE} {each.ref}"}) for each in ledgers.kpis),
    )
    return work_out(replace(year, body=body, ledgers=ledgers))


def test_no_word_of_a_cell_is_markup(hostile: str) -> None:
    tags = {tag for tag, _ in Page(hostile).elements}
    assert tags == {tag for tag, _ in page().elements}
    names = {name for _, element in Page(hostile).elements for name in element}
    assert "onerror" not in names
    assert "{{ 7 * 7 }}" in Page(hostile).text, "a template's own marks are words too"


def test_no_word_of_a_cell_reorders_the_page_or_is_obeyed_where_it_is_printed(hostile: str) -> None:
    assert not set(hostile) & {"\x1b", "\u202e", "\u2066", "\x00", "\x07"}
    assert "\\x1b[31m\\u202e=cmd" in Page(hostile).text


def test_a_hostile_page_has_as_many_cells_as_any_other(hostile: str) -> None:
    found, plain = Page(hostile).tables, page().tables
    assert {name: len(table.rows) for name, table in found.items()} == {n: len(t.rows) for n, t in plain.items()}
