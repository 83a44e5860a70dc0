"""The fast scan and the exact one find the same, whatever is in the sheet and wherever its bytes are cut."""

import random
import re
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from preflight_books import MAIN, sheet

from breakeven.workbook.container import RefusedError
from breakeven.workbook.plain_rows import SheetScan, Spelling, _below
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
    "", "", "", ' spans="1:5"', ' spans="1:5" x:dyDescent="0.25"', ' hidden="1"', ' ht="15" hidden="0" customHeight="1"',
    ' hidden="true"', ' xmlns:y="urn:y" y:z="1"', ' y:z="1"',
)  # fmt: skip
BETWEEN = ("", "", "", "\n", "<!-- between </row> -->", '<!-- <row r="9"><c r="A9"><v>1</v></c></row> -->', "&amp;")


@st.composite
def sheets(draw: st.DrawFn) -> bytes:
    """A sheet of a few dozen rows that are much alike, as real ones are, with oddities strewn in."""
    chance = random.Random(draw(st.integers(0, 2**32)))
    usual = draw(st.lists(st.sampled_from(USUAL), min_size=1, max_size=4))
    odd = draw(st.lists(st.sampled_from(ODD), max_size=2))
    attributes = draw(st.lists(st.sampled_from(ATTRIBUTES), min_size=1, max_size=2))
    between = draw(st.lists(st.sampled_from(BETWEEN), min_size=1, max_size=2))
    rarely = draw(st.sampled_from([0.0, 0.005, 0.05]))
    columns = ["A", "B", "C", "Z", "AA", "AB"][: draw(st.integers(1, 6))]
    number, rows = draw(st.sampled_from([0, 8, 95, 1_048_540])), list[str]()
    for _ in range(draw(st.integers(5, 60))):
        number += 1 if chance.random() > rarely else chance.choice([0, 2, -1, 5, -7])
        shown = [c for c in columns if chance.random() > 0.1]
        if chance.random() < rarely:
            chance.shuffle(shown)
        cells = "".join(
            chance.choice(odd if odd and chance.random() < rarely else usual).replace("@", column) for column in shown
        )
        form = chance.choice(attributes)
        numbered = f' r="{number}"' if chance.random() >= rarely else ""
        end = f">{cells}</row>" if cells or chance.random() < 0.5 else "/>"
        rows.append(f"<row{numbered}{form}{end}{chance.choice(between)}".replace("~", str(number)))
    text = sheet("".join(rows), after='<mergeCells><mergeCell ref="A1:B2"/></mergeCells>')
    text = text.replace("<worksheet ", '<worksheet xmlns:x="urn:x" ')
    if draw(st.booleans()):
        text = re.sub(r"(</?)(?=(?:worksheet|sheetData|row|c|v|f|is|t|mergeCells?)\b)", r"\1q:", text)
        text = text.replace("xmlns=", "xmlns:q=")
    encoding = draw(st.sampled_from(["utf-8", "utf-8", "utf-8", "utf-16", "latin-1"]))
    if encoding == "latin-1":
        text = '<?xml version="1.0" encoding="ISO-8859-1"?>' + text
    return text.encode(encoding, "replace")


def scanned(data: bytes, cuts: list[int], *, fast: bool) -> tuple[SheetFacts | str, int]:
    """The facts, or the code of the refusal; and how many bytes the fast scan passed."""
    scan = SheetScan(STRINGS, fast=fast, learn_bytes=120 if fast else 0)
    scan._learn_per_character = 0  # make the regex at once: the sheets here are small
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


@settings(max_examples=400, deadline=None)
@given(sheets(), PLACES)
def test_the_fast_scan_finds_what_the_exact_scan_finds(data: bytes, places: list[float]) -> None:
    assert scanned(data, cut(data, places), fast=True)[0] == scanned(data, [], fast=False)[0]


@settings(max_examples=400, deadline=None)
@given(sheets(), PLACES, st.floats(0, 1), st.binary(max_size=3), st.integers(0, 3))
def test_they_agree_on_damaged_bytes_as_well(
    data: bytes, places: list[float], at: float, put: bytes, taken: int
) -> None:
    start = int(at * len(data))
    data = data[:start] + put + data[start + taken :]
    assert scanned(data, cut(data, places), fast=True)[0] == scanned(data, [], fast=False)[0]


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
def test_the_pattern_for_numbers_below_a_limit_matches_those_and_no_others(limit: int) -> None:
    pattern = re.compile(_below(limit))
    for number in {0, limit // 2, limit - 2, limit - 1, limit, limit + 1, limit * 10, limit + 999} - {-1}:
        assert bool(pattern.fullmatch(str(number))) == (number < limit)


def test_no_number_is_below_nought() -> None:
    assert not re.fullmatch(_below(0), "0")


def test_before_anything_is_known_only_rows_without_cells_could_pass() -> None:
    tally = Tally(0)
    tally.learn_row_form(())
    assert re.fullmatch(Spelling("").plain_rows(tally), '<row r="1"/><row r="2"></row>')
    assert not re.fullmatch(Spelling("").plain_rows(tally), '<row r="1"><c r="A1"/></row>')
    assert MAIN in sheet()
