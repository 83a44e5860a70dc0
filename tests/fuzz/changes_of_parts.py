"""Changes to the parts of a workbook, each of which may make it another workbook or none: a reader must say so.

A change is given a random source and the parts, by name and in order, and changes them in place.
"""

import re
from collections.abc import Callable, Sequence
from random import Random

Parts = dict[str, bytes]
Change = Callable[[Random, Parts], None]

_P = rb"(?:[a-z]+:)?"
CELL = re.compile(rb"<" + _P + rb"c\b[^<>]*?(?:/>|>.*?</" + _P + rb"c>)", re.DOTALL)
ROW = re.compile(rb"<" + _P + rb"row\b[^<>]*?(?:/>|>.*?</" + _P + rb"row>)", re.DOTALL)
ELEMENT = re.compile(rb"<[A-Za-z:]+\b[^<>]*/>|<([A-Za-z:]+)\b[^<>]*>[^<>]*</\1>")
TAG = re.compile(rb"<[A-Za-z][^<>]*>")
ATTRIBUTE = re.compile(rb'\s([A-Za-z:0-9]+)="([^"]*)"')
VALUE = re.compile(rb"(?<=<v>)[^<]*(?=</v>)")
TEXT = re.compile(rb"(?<=>)[^<>]+(?=<)")

REFS = ["A0", "a5", "E5", "E3", "XFD1", "XFE1", "E1048576", "A1048577", "$E$4", "R1C1", "E04", "E", "E5:E6", "1"]
NUMBERS = (
    "", " 5", "5 ", "1e5", "1E400", "-0", "00012", "0x1F", "NaN", "INF", "1,5", "1_000", "٣", "5.", ".5", "+5",
    "1e-320", "99999999999999999999", "100000000.0000001", "0.005", "true", "#REF!", "#VALUE!", "<!-- x -->5",
    "&#49;", "5<x/>",
    "<![CDATA[5]]>", "2958466", "-1", "45000.5", "2024-03-31", "0", "1", "4", "1000000", "-", "(5)", "£5",
)  # fmt: skip
WORDS = {
    b"r": REFS,
    b"s": ["0", "1", "2", "99", "-1", "1.0", "4294967296"],
    b"t": ["n", "s", "str", "b", "e", "d", "inlineStr", "x", "shared", "array", "dataTable"],
    b"ref": ["A1", "A1:XFD1048576", "E2:E5", "A2:E3", "E5:A1", "x"],
    b"hidden": ["1", "true", "0", "yes"],
    b"state": ["hidden", "veryHidden", "visible", "x"],
    b"name": ["Ledger", "LEDGER", "Ledger ", "Other", "Led'ger!"],
    b"numFmtId": ["0", "4", "9", "14", "22", "46", "49", "164", "27", "999"],
    b"formatCode": ["General", "0%", "#,##0,", ";;;", "[$€-2] 0.00", '"k"0', "dd/mm/yyyy", "-0", "@", "[h]:mm"],
    b"Target": [
        "worksheets/sheet1.xml", "/xl/worksheets/sheet1.xml", "../xl/worksheets/sheet1.xml", "worksheets\\sheet1.xml",
        "worksheets/sheet2.xml", "WORKSHEETS/Sheet1.xml", "worksheets%2Fsheet1.xml", "http://example.com/a.xlsx", "",
        "../../../etc/passwd", "styles.xml", "sharedStrings.xml", "workbook.xml", "copy.xml",
    ],
    b"TargetMode": ["External", "Internal"],
    b"PartName": ["/xl/workbook.xml", "/xl/worksheets/sheet1.xml", "/xl/sharedStrings.xml", "/xl/copy.xml", "xl/x"],
    b"si": ["0", "1", "x"],
}  # fmt: skip
ANY_WORD = ["", "0", "1", "-1", "true", "x", "rId1", "rId2", "65536", "4294967296", "é", "&amp;", "A1"]
INSERTED = (
    '<row r="{row}"><c r="E{row}"><v>5</v></c></row>', '<row r="{row}" ht="0" hidden="1"/>', "<row/>",
    "<c><v>7</v></c>",
    '<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>Total</t></is></c><c r="E{row}"><v>{number}</v></c></row>',
    '<row r="{row}"><c r="E{row}"><f>SUM(E2:E4)</f></c></row>', '<c r="E{row}" t="e"><v>#N/A</v></c>',
    '<row r="{row}"><c r="E{row}"><f>[1]Pay!$A$1</f><v>{number}</v></c></row>', "<f>A1</f>", "<v>5</v>",
    "<is><t>5</t></is>",
    '<mergeCells count="1"><mergeCell ref="A2:E4"/></mergeCells>', '<cols><col min="5" max="5" hidden="1"/></cols>',
    '<sheetFormatPr zeroHeight="1"/>', '<autoFilter ref="A1:E9"/>', '<dimension ref="A1:A1"/>', "<!-- x -->", "<?x y?>",
    '<workbookPr date1904="1"/>', '<calcPr fullCalcOnLoad="1"/>', '<sheet name="Ledger" sheetId="9" r:id="rId1"/>',
    '<definedNames><definedName name="x">[1]Pay!$A$1</definedName></definedNames>', "<si><t>Total</t></si>", "<si/>",
    "<si><r><t>To</t></r><r><t>tal</t></r></si>", "<sheetData/>", "<rPh><t>5</t></rPh>", "<t>x</t>",
    "<extLst><ext/></extLst>", "&bad;", "<", "\0",
    '<xf numFmtId="14"/>', '<numFmts count="1"><numFmt numFmtId="164" formatCode="0.0,"/></numFmts>',
)  # fmt: skip


def spans(pattern: re.Pattern[bytes], data: bytes) -> list[tuple[int, int]]:
    """Where a pattern stands."""
    return [found.span() for found in pattern.finditer(data)]


def sheets(parts: Parts) -> list[str]:
    """The parts that hold cells."""
    return [name for name in parts if "sheet" in name.casefold() and name.endswith(".xml")] or list(parts)


def _xml(random: Random, parts: Parts) -> str:
    return random.choice([name for name in parts if name.endswith((".xml", ".rels"))] or list(parts))


def _often_a_sheet(random: Random, parts: Parts) -> str:
    return random.choice(sheets(parts)) if random.random() < 0.6 else _xml(random, parts)


def _put(parts: Parts, name: str, place: tuple[int, int], instead: bytes) -> None:
    parts[name] = parts[name][: place[0]] + instead + parts[name][place[1] :]


def _some(random: Random, parts: Parts) -> tuple[str, list[tuple[int, int]]]:
    """A part, and where its cells, rows or other elements stand."""
    name = _often_a_sheet(random, parts)
    return name, spans(random.choice([CELL, ROW] if name in sheets(parts) else [ELEMENT, TAG]), parts[name])


def dropped(random: Random, parts: Parts) -> None:
    """A cell, row or element is not there."""
    name, places = _some(random, parts)
    if places:
        _put(parts, name, random.choice(places), b"")


def twice(random: Random, parts: Parts) -> None:
    """A cell, row or element once more, after itself or elsewhere."""
    name, places = _some(random, parts)
    if places:
        start, stop = random.choice(places)
        to = random.choice([stop, random.choice(places)[1]])
        _put(parts, name, (to, to), parts[name][start:stop])


def swapped(random: Random, parts: Parts) -> None:
    """Two cells, rows or elements in each other's place."""
    name, places = _some(random, parts)
    if len(places) > 1:
        first, second = sorted(random.sample(places, 2))
        if first[1] <= second[0]:
            texts = parts[name][slice(*first)], parts[name][slice(*second)]
            _put(parts, name, second, texts[0])
            _put(parts, name, first, texts[1])


def attribute(random: Random, parts: Parts) -> None:
    """An attribute says something else, or is not there."""
    name = _often_a_sheet(random, parts)
    found = random.choice(list(ATTRIBUTE.finditer(parts[name])) or [None])
    if found is None:
        return
    words = WORDS.get(found[1].rpartition(b":")[2], ANY_WORD) if random.random() < 0.8 else ANY_WORD
    said = f' {found[1].decode()}="{random.choice(words)}"'.encode()
    _put(parts, name, found.span(), b"" if random.random() < 0.2 else said)


def attribute_added(random: Random, parts: Parts) -> None:
    """A tag says something more, or the same twice."""
    name = _often_a_sheet(random, parts)
    places = spans(TAG, parts[name])
    if places:
        word = random.choice(list(WORDS))
        at = random.choice(places)[1] - 1
        at -= parts[name][at - 1 : at] == b"/"
        _put(parts, name, (at, at), f' {word.decode()}="{random.choice(WORDS[word])}"'.encode())


def number(random: Random, parts: Parts) -> None:
    """A value is written otherwise."""
    name = random.choice(sheets(parts))
    places = spans(VALUE, parts[name])
    if places:
        _put(parts, name, random.choice(places), random.choice(NUMBERS).encode())


def text(random: Random, parts: Parts) -> None:
    """A text is another."""
    name = _xml(random, parts)
    places = spans(TEXT, parts[name])
    if places:
        words = [
            "Total",
            "Amount",
            "Date",
            "Amount (£000)",
            " ",
            "£m",
            "_x0041_",
            "5",
            "-",
            "x" * 40_000,
            "Cost\ncentre",
        ]
        _put(parts, name, random.choice(places), random.choice(words).encode())


def inserted(random: Random, parts: Parts) -> None:
    """Something new stands between two tags."""
    name = _often_a_sheet(random, parts)
    places = spans(TAG, parts[name])
    if places:
        at = random.choice(places)[1]
        what = random.choice(INSERTED).format(
            row=random.choice([1, 3, 5, 6, 7, 900, 1_048_576]), number=random.choice(NUMBERS)
        )
        _put(parts, name, (at, at), what.encode())


def many(random: Random, parts: Parts) -> None:
    """Rows or elements by the thousand, or one within another by the thousand."""
    name = _often_a_sheet(random, parts)
    places = spans(random.choice([ROW, CELL, ELEMENT]), parts[name])
    if places:
        start, stop = random.choice(places)
        tags = random.choice([b"<x>", b"<row>", b"<c>", b"<is>"])
        deep = tags * 5000 + tags.replace(b"<", b"</") * 5000
        _put(parts, name, (stop, stop), random.choice([parts[name][start:stop] * 3000, deep]))


def another_part(random: Random, parts: Parts) -> None:
    """A part is gone, empty, cut short, under another name, or there twice with the readers left to choose."""
    name = random.choice(list(parts))
    data = parts[name]
    new = random.choice(
        ["xl/copy.xml", "xl/worksheets/sheet2.xml", name.upper(), f"/{name}", name.replace("/", "\\"), "xl/x.bin"]
    )
    what = random.randrange(6)
    if what == 0:
        del parts[name]
    elif what == 1:
        parts[name] = b""
    elif what == 2:
        parts[name] = data[: random.randrange(len(data) + 1)]
    elif what == 3:
        parts[new] = parts.pop(name)
    else:
        parts[new] = data
        attribute(random, parts)
        number(random, parts)


def decoy(random: Random, parts: Parts) -> None:
    """A relationship or content type leads to a copy of a part, and one of the two is changed."""
    name = _xml(random, parts)
    folder, _, last = name.rpartition("/")
    copy = f"{folder}/other{last}".lstrip("/")
    parts[copy] = parts[name]
    changed = {copy: parts[copy]} if random.random() < 0.5 else {name: parts[name]}
    random.choice([number, text, dropped])(random, changed)
    parts.update(changed)
    for other in [other for other in parts if other.endswith(".rels") or "Content_Types" in other]:
        if random.random() < 0.6:
            parts[other] = parts[other].replace(f"{last}".encode(), f"other{last}".encode())


def encoding(random: Random, parts: Parts) -> None:
    """A part is in another encoding, says so or does not, or has another name space."""
    name = _often_a_sheet(random, parts)
    words = parts[name].decode("utf-8", "replace")
    plain = re.sub(r"^\ufeff?<\?xml[^>]*>", "", words)
    said = random.choice(["utf-8", "utf-16", "iso-8859-1", "windows-1252", "utf-7", "ascii", "x"])
    by = random.choice(["utf-8", "utf-16", "utf-16-le", "latin-1", "utf-8-sig", "cp1252"])
    head = random.choice(["", f'<?xml version="1.0" encoding="{said}"?>', '<?xml version="1.1"?>', "<!DOCTYPE x>", " "])
    strict = random.random() < 0.1
    plain = (
        plain.replace("schemas.openxmlformats.org/spreadsheetml/2006", "purl.oclc.org/ooxml/spreadsheetml")
        if strict
        else plain
    )
    parts[name] = (head + plain).encode(by, "replace")


def some_bytes(random: Random, parts: Parts) -> None:
    """Bytes of a part are others, and its checksum is right."""
    name = _often_a_sheet(random, parts)
    data = bytearray(parts[name])
    for _ in range(random.choice([1, 1, 2, 8]) if data else 0):
        data[random.randrange(len(data))] = random.choice([random.randrange(256), *b"<>&\"'/019 "])
    parts[name] = bytes(data)


CHANGES: Sequence[Change] = (
    dropped, twice, swapped, attribute, attribute, attribute, attribute_added, number, number, number, text, inserted,
    inserted, inserted, many, another_part, decoy, encoding, some_bytes,
)  # fmt: skip
