"""The fast scan and the exact one find the same, whatever is in the sheet and wherever its bytes are cut."""

import random
import re
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from preflight_books import MAIN, sheet

from breakeven.workbook.container import RefusedError
from breakeven.workbook.plain_rows import SheetScan, Spelling, below
from breakeven.workbook.sheet_facts import SheetFacts, Tally

STRINGS = 120
# Cells as writers write them, and as they should not; ~ is the row's number, @ the column.
USUAL = (
    '<c r="@~"><v>12.5</v></c>',
    '<c r="@~" s="1"><v>-3</v></c>',
    '<c r="@~" s="2" t="n"><v>1E-05</v></c>',
    '<c r="@~" t="s"><v>7</v></c>',
    '<c r="@~" s="1" t="s"><v>119</v></c>',
    '<c r="@~" t="inlineStr"><is><t>Fostering</t></is></c>',
    '<c r="@~" t="inlineStr"><is><t xml:space="preserve"> Smith &amp; Sons &#163;</t></is></c>',
    '<c r="@~" t="inlineStr"><is><t>Caf\u00e9</t></is></c>',
    '<c r="@~" s="3"/>',
    '<c r="@~" t="b"><v>1</v></c>',
    '<c r="@~" t="e"><v>#REF!</v></c>',
    '<c r="@~" s="1" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
    '<c r="@~"><f>SUM(A1:A9)</f><v>9</v></c>',
    '<c r="@~"><f t="shared" ref="A1:A9" si="0">B1&gt;2</f><v>9</v></c>',
    '<c r="@~"><f t="shared" si="0"/><v>9</v></c>',
    '<c r="@~"><f>SUM(A1:A9)</f></c>',
    '<c r="@~"><f>SUM(A1:A9)</f><v></v></c>',
    '<c r="@~"><f>SUM(A1:A9)</f><v/></c>',
    '<c r="@~" t="str"><f>A1</f><v></v></c>',
    '<c r="@~" t="str"><f>A1</f><v>text</v></c>',
    '<c r="@~" t="str"><f>A1</f></c>',
    '<c r="@~" t="d"><v>2024-03-31</v></c>',
    '<c r="@~" t="n" />',
)
ODD = (
    '<c r="@~" t="s"><v>120</v></c>',
    '<c r="@~" t="s"><v>0007</v></c>',
    '<c r="@~"><v>NaN</v></c>',
    '<c r="@~"><v>1<!-- x -->2</v></c>',
    "<c r='@~'><v>4</v></c>",
    '<c s="1" r="@~"><v>4</v></c>',
    '<c r="@~" s="77"><v>4</v></c>',
    '<c r="@~" s="1" s="2"><v>4</v></c>',
    '<c r="@1~"><v>4</v></c>',
    '<c r="A1"><v>4</v></c>',
    "<c><v>4</v></c>",
    '<c r="@~"><v>4</v><v>5</v></c>',
    '<c r="@~"><v></v></c>',
    '<c r="@~" t="inlineStr"><is><t></t></is></c>',
    '<c r="@~" t="e"/>',
    '<c r="@~" t="inlineStr"><is><t>a > b</t></is></c>',
    '<c r="@~" t="inlineStr"><is><t><![CDATA[</row>]]></t></is></c>',
    '<c r="@~" t="inlineStr"><is><t>bad \x01 character</t></is></c>',
    '<c r="@~" t="inlineStr"><is><t>\ufffe</t></is></c>',
    '<c r="@~" t="inlineStr"><is><t>&none;</t></is></c>',
    '<c r="@~"><f>[1]Payroll!C9</f><v>9</v></c>',
    '<c r="@~"><f t="shared" ref="A1:A9" si="1">[1]Payroll!C9</f><v>9</v></c>',
    '<c r="@~"><f t="shared" si="1"/><v>9</v></c>',
    '<c r="@~"><f>Table1[Amount]</f><v>9</v></c>',
    "<!-- </row> -->",
    '<!-- </row><row r="5"><c r="A5"><v>1</v></c></row> -->',
    "<c",
)
ATTRIBUTES = (
    "", "", "", ' spans="1:5"', ' spans="1:5" x:dyDescent="0.25"', ' hidden="1"',
    ' ht="15" hidden="0" customHeight="1"', ' hidden="true"', ' ht="0"', ' ht="0.0" hidden="1"',
    ' xmlns:y="urn:y" y:z="1"', ' y:z="1"',
)  # fmt: skip
BETWEEN = ("", "", "", "\n", "<!-- between </row> -->", '<!-- <row r="9"><c r="A9"><v>1</v></c></row> -->', "&amp;")


COLUMNS = ("A", "B", "C", "Z", "AA", "AB")


def xml(rows: list[str], prefix: str = "", encoding: str = "utf-8") -> bytes:
    """A sheet of these rows, its tags with a prefix or not."""
    text = sheet("".join(rows), after='<mergeCells><mergeCell ref="A1:B2"/></mergeCells>')
    if prefix:
        text = re.sub(r"(</?)(?=(?:worksheet|sheetData|row|c|v|f|is|t|mergeCells?)\b)", rf"\1{prefix}:", text)
        text = text.replace("xmlns=", f"xmlns:{prefix}=")
    text = text.replace("worksheet ", 'worksheet xmlns:x="urn:x" ', 1)
    head = '<?xml version="1.0" encoding="ISO-8859-1"?>' if encoding == "latin-1" else ""
    return (head + text).encode(encoding, "replace")


@st.composite
def sheets(draw: st.DrawFn) -> bytes:
    """A sheet of a few dozen rows that are much alike, as real ones are, with an oddity or two far down."""
    kinds = draw(st.lists(st.sampled_from(USUAL), min_size=1, max_size=4))
    columns = COLUMNS[: draw(st.integers(1, len(COLUMNS)))]
    gaps = draw(st.booleans())
    chance = random.Random(draw(st.integers(0, 999)))  # noqa: S311
    attributes, between = draw(st.sampled_from(ATTRIBUTES[:7])), draw(st.sampled_from(BETWEEN[:4]))
    first, count = draw(st.sampled_from([1, 8, 95, 1_048_540])), draw(st.integers(20, 50))
    rows = list[list[str]]()
    for number in range(first, first + count):
        shown = [column for column in columns if not gaps or chance.random() < 0.8]
        cells = [chance.choice(kinds).replace("@", column).replace("~", str(number)) for column in shown]
        rows.append([f'<row r="{number}"', attributes if chance.random() < 0.8 else "", *cells])
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.integers(10, count - 1))
        number = str(first + at)
        match draw(st.sampled_from(["cell", "row", "attribute", "order", "after"])):
            case "cell":
                odd = draw(st.sampled_from(ODD + USUAL)).replace("@", draw(st.sampled_from(COLUMNS)))
                rows[at].insert(draw(st.integers(2, len(rows[at]))), odd.replace("~", number))
            case "row":
                rows[at][0] = draw(st.sampled_from(['<row r="0"', "<row", '<row r="9"', f'<row r="{first + at + 1}"']))
            case "attribute":
                rows[at][1] = draw(st.sampled_from(ATTRIBUTES))
            case "order":
                rows[at][2:] = rows[at][:1:-1]
            case _:
                rows[at].append(draw(st.sampled_from(BETWEEN)))
    text = [f"{row[0]}{row[1]}>{''.join(row[2:])}</row>{between}" for row in rows]
    return xml(text, draw(st.sampled_from(["", "q"])), draw(st.sampled_from(["utf-8", "utf-8", "utf-16", "latin-1"])))


def scanned(data: bytes, cuts: list[int], *, fast: bool) -> tuple[SheetFacts | str, int]:
    """The facts, or the code of the refusal; and how many bytes the fast scan passed."""
    # The regex is made at once, and again with every news: the sheets here are small.
    scan = SheetScan(STRINGS, fast=fast, learn_bytes=120, learn_per_character=0)
    try:
        for start, stop in zip([0, *cuts], [*cuts, len(data)], strict=True):
            scan.feed(data[start:stop])
        return scan.finish().facts(), scan.passed
    except RefusedError as problem:
        return problem.code, scan.passed


def cut(data: bytes, places: list[float]) -> list[int]:
    """Where to cut the bytes into the pieces they are fed in."""
    return sorted(int(place * len(data)) for place in places)


PLACES = st.lists(st.floats(0, 1), max_size=4)


@settings(max_examples=300, deadline=None)
@given(sheets(), PLACES)
def test_the_fast_scan_finds_what_the_exact_scan_finds(data: bytes, places: list[float]) -> None:
    assert scanned(data, cut(data, places), fast=True)[0] == scanned(data, [], fast=False)[0]


@settings(max_examples=300, deadline=None)
@given(sheets(), PLACES, st.floats(0, 1), st.binary(max_size=3), st.integers(0, 3))
def test_they_agree_on_damaged_bytes_as_well(
    data: bytes, places: list[float], at: float, put: bytes, taken: int
) -> None:
    start = int(at * len(data))
    data = data[:start] + put + data[start + taken :]
    assert scanned(data, cut(data, places), fast=True)[0] == scanned(data, [], fast=False)[0]


def like(cells: str, numbers: range) -> list[str]:
    """Rows with the same cells."""
    return [f'<row r="{number}">{cells.replace("~", str(number))}</row>' for number in numbers]


CELLS = "".join(cell.replace("@", column) for cell, column in zip(USUAL, COLUMNS, strict=False))


def cycled(numbers: range, odd: str = "", column: str = "") -> list[str]:
    """Rows in which each column has each usual kind of cell in turn; ``odd`` stands in ``column`` instead."""
    rows: list[str] = []
    for number in numbers:
        cells = {at: USUAL[(number + 7 * i) % len(USUAL)] for i, at in enumerate(("A", "E", "W"))}
        cells = cells | ({column: odd} if odd else {})
        text = "".join(cell.replace("@", at).replace("~", str(number)) for at, cell in cells.items())
        rows.append(f'<row r="{number}">{text}</row>')
    return rows


@pytest.mark.parametrize("odd", [*ODD, *USUAL])
@pytest.mark.parametrize("column", ["A", "E", "W"])
def test_an_odd_cell_deep_in_a_usual_sheet_is_found(odd: str, column: str) -> None:
    data = xml([*cycled(range(1, 40)), *cycled(range(40, 42), odd, column), *cycled(range(42, 60))])
    fast, passed = scanned(data, [], fast=True)
    assert passed > 0
    assert fast == scanned(data, [], fast=False)[0]


@pytest.mark.parametrize("limit", [1, 7, 10, 64, 65])
def test_a_text_past_the_end_of_the_strings_is_found_deep_in_a_sheet(limit: int) -> None:
    rows = [f'<row r="{n}"><c r="A{n}" t="s"><v>{min(n, limit - 1)}</v></c></row>' for n in range(1, 60)]
    for index in (limit - 1, limit, limit + 1, 10 * limit):
        data = xml([*rows, f'<row r="60"><c r="A60" t="s"><v>{index}</v></c></row>'])
        scan = SheetScan(limit, learn_bytes=1, learn_per_character=1)
        scan.feed(data)
        assert scan.passed > 0
        assert bool(scan.finish().missing_strings.count) == (index >= limit)


@pytest.mark.parametrize(
    "byte", [b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xef\xbf\xbf", b"\xc2\xa3", b"\0", b"\x1f", b"\x7f"]
)
def test_bytes_that_are_no_text_are_refused_deep_in_a_sheet(byte: bytes) -> None:
    data = xml(like('<c r="A~" t="inlineStr"><is><t>place</t></is></c>', range(1, 60)))
    at = data.index(b"place", len(data) // 2)
    data = data[:at] + byte + data[at:]
    assert scanned(data, [], fast=True)[0] == scanned(data, [], fast=False)[0]


@pytest.mark.parametrize(
    "odd",
    [
        *(f'<row r="20"{attributes}></row>' for attributes in ATTRIBUTES),
        *(f'<row r="{number}"></row>' for number in (5, 19, 21, 1_048_577, "020", "x")),
        *BETWEEN,
        "<row><c><v>1</v></c></row>",
        '<row r="20"/>',
        '<row r="20" />',
        '<row r="20"><c r="A20" /></row>',
        '<row xmlns="urn:other" r="20"><c r="A20"><v>1</v></c></row>',
        '<row xmlns:y="urn:y" r="20" y:z="1"/><row r="21" y:z="1"/>',
        '<row xmlns:y="urn:y" r="20" y:z="1"></row><row r="21" y:z="1"></row>',
        '<!-- </row><row r="20"><c r="A20"><v>1</v></c></row> -->',
        '<row r="20"></row><!-- </row><row r="21"><c r="A21"><v>1</v></c></row> -->',
        "</sheetData><x:extra></row></x:extra>",
        "</sheetData><sheetData>",
        "</sheetData><x:extra>",
    ],
)
def test_an_odd_row_deep_in_a_usual_sheet_is_found(odd: str) -> None:
    data = xml([*like(CELLS, range(1, 20)), odd, *like(CELLS, range(22, 30)), *like(CELLS, range(40, 49))])
    assert scanned(data, [], fast=True)[0] == scanned(data, [], fast=False)[0]


def test_rows_past_the_last_of_excel_are_found() -> None:
    data = xml(like(CELLS, range(1_048_550, 1_048_590)))
    assert scanned(data, [], fast=True)[0] == scanned(data, [], fast=False)[0]


def test_once_a_shared_formula_looks_into_another_workbook_its_copies_are_listed() -> None:
    shared = '<c r="A~"><f t="shared" ref="A1:A9" si="1">[1]Pay!C9</f><v>9</v></c>'
    copy = '<c r="A~"><f t="shared" si="1"/><v>9</v></c>'
    data = xml([*like(shared, range(1, 2)), *like(copy, range(2, 40))])
    exact = scanned(data, [], fast=False)[0]
    assert isinstance(exact, SheetFacts)
    assert exact.external.count == 39
    assert scanned(data, [], fast=True)[0] == exact


@pytest.mark.parametrize("style", ["", ' s="0"', ' s="2"', ' s="01"', ' s="11"'])
def test_a_style_not_seen_before_in_its_column_is_found_deep_in_a_sheet(style: str) -> None:
    rows = like('<c r="A~" s="1"><v>1</v></c><c r="B~" s="2"><v>1</v></c>', range(1, 40))
    data = xml([*rows, *like(f'<c r="A~"{style}><v>1</v></c>', range(40, 42))])
    assert scanned(data, [], fast=True)[0] == scanned(data, [], fast=False)[0]


def test_rows_that_jump_back_within_one_run_are_found_wherever_the_run_is_cut() -> None:
    data = xml([*like(CELLS, range(1, 20)), *like(CELLS, range(15, 30))])
    exact = scanned(data, [], fast=False)[0]
    assert isinstance(exact, SheetFacts)
    assert exact.rows_twice.count == 5
    for place in range(0, len(data), len(data) // 40):
        assert scanned(data, [place], fast=True)[0] == exact


def usual_rows(numbers: range, *, prefix: str = "") -> bytes:
    """Many rows of the most usual kinds."""
    cells = (USUAL[0], USUAL[3], USUAL[6], USUAL[8], USUAL[10], USUAL[15], USUAL[18])
    rows = [
        f'<row r="{number}"{" hidden=" + chr(34) + "1" + chr(34) if number % 3 == 0 else ""}>'
        + "".join(cell.replace("@", "ABCDEFG"[at]).replace("~", str(number)) for at, cell in enumerate(cells))
        + "</row>"
        for number in numbers
    ]
    text = sheet("".join(rows))
    if prefix:
        text = re.sub(r"(</?)(?=(?:worksheet|sheetData|row|c|v|f|is|t)\b)", rf"\1{prefix}:", text)
        text = text.replace("xmlns=", f"xmlns:{prefix}=")
    return text.encode()


@pytest.mark.parametrize("prefix", ["", "x"])
def test_nearly_all_of_a_usual_sheet_is_passed_by_the_fast_scan(prefix: str) -> None:
    data = usual_rows(range(1, 1_000), prefix=prefix)
    fast, passed = scanned(data, [len(data) // 2], fast=True)
    assert passed > 0.95 * len(data)
    assert isinstance(fast, SheetFacts)
    assert (fast.errors.count, fast.uncached.count, fast.hidden_rows.count, fast.filled) == (999, 999, 333, 6 * 999)
    assert fast == scanned(data, [], fast=False)[0]


def test_the_fast_scan_is_many_times_as_fast() -> None:
    data = usual_rows(range(1, 8_000))

    def seconds(*, fast: bool) -> float:
        start = time.perf_counter()
        scan = SheetScan(STRINGS, fast=fast)
        scan.feed(data)
        scan.finish()
        return time.perf_counter() - start

    assert seconds(fast=True) * 2 < seconds(fast=False)


@example(1)
@example(10)
@example(12_345)
@given(st.integers(1, 30_000))
def test_the_pattern_for_numbersbelow_a_limit_matches_those_and_no_others(limit: int) -> None:
    pattern = re.compile(below(limit))
    for number in {0, limit // 2, limit - 2, limit - 1, limit, limit + 1, limit * 10, limit + 999} - {-1}:
        assert bool(pattern.fullmatch(str(number))) == (number < limit)


def test_no_number_isbelow_nought() -> None:
    assert not re.fullmatch(below(0), "0")


def test_before_anything_is_known_only_rows_without_cells_could_pass() -> None:
    tally = Tally(0)
    tally.learn_row_form(())
    assert re.fullmatch(Spelling("").plain_rows(tally), '<row r="1"/><row r="2"></row>')
    assert not re.fullmatch(Spelling("").plain_rows(tally), '<row r="1"><c r="A1"/></row>')
    assert MAIN in sheet()
