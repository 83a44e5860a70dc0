"""The cells that a formula names, as they are once a table has more lines, and as a formula reads filled down."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.formula.translate import Translator

from breakeven.workbook.formula_refs import Growth, filled
from breakeven.workbook.xml_text import Document, UnsafeError, plain_text

GROWTH = Growth(sheet="My register", first=5, after=9, rows=2, columns=(1, 8), shifts=True)
"""Lines in rows 5 to 9 of columns A to H get two more."""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("SUM(E5:E9)", "SUM(E5:E11)"),
        ("SUM(E4:E9)", "SUM(E4:E11)"),
        ("SUM($E$5:$E$9)/COUNT(E$5:E$9)", "SUM($E$5:$E$11)/COUNT(E$5:E$11)"),
        ("SUM(E5:E8)", "SUM(E5:E8)"),
        ("SUM(E5:E10)", "SUM(E5:E12)"),
        ("E9+E10", "E9+E12"),
        ("SUM(A9:H9)", "SUM(A9:H9)"),
        ("SUM(K5:K9)", "SUM(K5:K9)"),
        ("SUM(E:E)+SUM(10:12)", "SUM(E:E)+SUM(12:14)"),
        ("Other!E10+'My register'!E10", "Other!E10+'My register'!E12"),
        ("'Bob''s, E10'!E10", "'Bob''s, E10'!E10"),
        ("[1]Register!E10", "[1]Register!E10"),
        ('IF(A10="E10","see E10",E10)', 'IF(A12="E10","see E10",E12)'),
        ("Table1[[#This Row],[E10]]*LOG10(E10)", "Table1[[#This Row],[E10]]*LOG10(E12)"),
        ("RATE_E10+E10_rate+1E10", "RATE_E10+E10_rate+1E10"),
        ("E10#", "E12#"),
        ("E10:INDEX(E:E,3)", "E12:INDEX(E:E,3)"),
        ("A1048576", ""),
    ],
)  # fmt: skip
def test_a_formula_names_the_same_cells_and_the_new_lines(before: str, after: str) -> None:
    if not after:
        with pytest.raises(UnsafeError, match="off the end"):
            GROWTH.formula(before, "My register")
        return
    assert GROWTH.formula(before, "my Register") == after


def test_where_nothing_moves_only_what_reached_the_last_line_is_changed() -> None:
    still = replace(GROWTH, shifts=False)
    assert still.formula("SUM(E5:E9)+E10+SUM(E5:E2000)", "My register") == "SUM(E5:E11)+E10+SUM(E5:E2000)"
    assert still.formula("SUM(E5:E9)", "Other") == "SUM(E5:E9)"
    assert still.formula("Sum(A:My!E5)", "Other") == "Sum(A:My!E5)"


def test_a_list_of_areas_takes_the_lines_in_and_a_merge_does_not() -> None:
    assert GROWTH.areas("G5:G9 A1 E10:E12") == "G5:G11 A1 E12:E14"
    assert GROWTH.areas("A9:H9", extend=False) == "A9:H9"
    alone = replace(GROWTH, first=9)
    assert (alone.areas("G9"), alone.areas("K9"), alone.areas("G9", extend=False)) == ("G9:G11", "K9", "G9")


def test_a_formula_over_several_sheets_is_refused_where_rows_move() -> None:
    with pytest.raises(UnsafeError, match="several sheets"):
        GROWTH.formula("SUM(Jan:Mar!E10)", "My register")


CELLS = st.from_regex(r"\$?(A|E|Z|AB)\$?([5-9]|[1-9][0-9]{1,2})", fullmatch=True)


@given(CELLS, CELLS, st.integers(-4, 20))
def test_filled_down_a_formula_reads_as_another_library_reads_it(first: str, last: str, down: int) -> None:
    formula = f"SUM({first}:{last})+{first}*'A sheet'!{last}&\"{first}\""
    other: Any = Translator(f"={formula}", "H10")
    assert f"={filled(formula, down)}" == other.translate_formula(f"H{10 + down}")


def test_filled_off_the_sheet_a_cell_is_no_more() -> None:
    assert filled("E2+$E$2", -3) == "#REF!+$E$2"


# --- the text of a part --------------------------------------------------------------------------------------


def test_a_part_without_a_change_is_the_same_bytes() -> None:
    data = "\ufeff<?xml version=\"1.0\"?>\r\n<a x='1>2' ><!-- <b> --><b/>t&amp;x<![CDATA[<c>]]></a>\n".encode()
    document = Document(data)
    assert document.data() == data
    assert (document.root.said, [child.name for child in document.root.children]) == ({"x": "1>2"}, ["b"])
    assert document.plain(document.root) == "t&x<c>"


def test_changes_leave_the_rest_of_a_part_alone() -> None:
    document = Document(b"<a><b x='1'/><c> old </c><d/></a>")
    b, c, d = document.root.children
    document.set_attribute(b, "x", 'new "quoted"')
    document.set_attribute(d, "y", "2")
    document.set_text(c, "1 < 2")
    document.append_inner(document.root, "<e/>")
    assert document.data() == b'<a><b x="new &quot;quoted&quot;"/><c>1 &lt; 2</c><d y="2"/><e/></a>'
    assert plain_text("&#163;&#x41;&lt;") == "£A<"


def test_what_is_in_another_encoding_is_refused() -> None:
    with pytest.raises(UnsafeError, match="another encoding"):
        Document('<?xml version="1.0" encoding="UTF-16"?><a/>'.encode("utf-16"))
