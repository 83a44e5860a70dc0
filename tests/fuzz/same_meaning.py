"""Changes that leave a workbook the same workbook: it must be read, and to the same penny."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from random import Random

from .changes_of_parts import ATTRIBUTE, TAG, Parts, sheets
from .writers import zipped

Change = Callable[[Random, Parts], None]

_BETWEEN = re.compile(rb"(?<=</c>)(?=<c[ >])|(?<=</row>)(?=<row[ >])|(?<=<sheetData>)|(?=</sheetData>)")
_SHARED = re.compile(rb'<c ([^<>]*)t="s"([^<>]*)><v>([0-9]+)</v></c>')
_STRING = re.compile(rb"<si>(.*?)</si>", re.DOTALL)


def _each_sheet(parts: Parts, change: Callable[[bytes], bytes]) -> None:
    for name in sheets(parts):
        parts[name] = change(parts[name])


def order_of_parts(random: Random, parts: Parts) -> None:
    """The parts stand in another order."""
    names = list(parts)
    random.shuffle(names)
    found = {name: parts[name] for name in names}
    parts.clear()
    parts.update(found)


def order_of_attributes(random: Random, parts: Parts) -> None:
    """The attributes of each tag stand in another order."""

    def shuffled(tag: re.Match[bytes]) -> bytes:
        said = [found[0] for found in ATTRIBUTE.finditer(tag[0])]
        rest = ATTRIBUTE.sub(b"", tag[0])
        random.shuffle(said)
        end = 2 if rest.endswith(b"/>") else 1
        return rest[:-end].rstrip() + b"".join(said) + rest[-end:]

    for name in [name for name in parts if name.endswith((".xml", ".rels"))]:
        parts[name] = TAG.sub(shuffled, parts[name])


def quotes(_: Random, parts: Parts) -> None:
    """Attributes stand in single quotes."""
    _each_sheet(parts, lambda data: TAG.sub(lambda tag: ATTRIBUTE.sub(rb" \1='\2'", tag[0]), data))


def spaces(random: Random, parts: Parts) -> None:
    """Spaces, comments or instructions stand between cells and rows."""
    what = random.choice([b"\n", b"  \t", b"<!-- x -->", b"<?x y?>", b"\r\n"])
    _each_sheet(parts, lambda data: _BETWEEN.sub(what, data))


def dimension(random: Random, parts: Parts) -> None:
    """The sheet says another extent than it has, or none."""
    said = random.choice([b"", b'<dimension ref="A1"/>', b'<dimension ref="A1:XFD1048576"/>'])
    _each_sheet(
        parts, lambda data: re.sub(rb"<dimension [^<>]*/>", b"", data).replace(b"<sheetData>", said + b"<sheetData>")
    )


def inline(_: Random, parts: Parts) -> None:
    """Every shared text stands in its cell."""
    table = next((parts[name] for name in parts if name.endswith("sharedStrings.xml")), b"")
    texts = [found[1] for found in _STRING.finditer(table)]

    def cell(found: re.Match[bytes]) -> bytes:
        return b'<c %st="inlineStr"%s><is>%s</is></c>' % (found[1], found[2], texts[int(found[3])])

    _each_sheet(parts, lambda data: _SHARED.sub(cell, data))


def encoding(random: Random, parts: Parts) -> None:
    """The sheets are in another encoding, and say so."""
    by = random.choice(["utf-16", "utf-8-sig", "utf-8"])

    def encoded(data: bytes) -> bytes:
        plain = re.sub(r"^\ufeff?<\?xml[^>]*>\s*", "", data.decode())
        return f'<?xml version="1.0" encoding="{by.removesuffix("-sig")}"?>{plain}'.encode(by)

    _each_sheet(parts, encoded)


def empty_cells(_: Random, parts: Parts) -> None:
    """Rows beneath and a cell to the right have a format and nothing in them."""
    more = b'<row r="90"><c r="A90" s="0"/><c r="Z90" s="0"/></row><row r="91" ht="20"/>'
    _each_sheet(parts, lambda data: data.replace(b"</sheetData>", more + b"</sheetData>"))


def other_parts(random: Random, parts: Parts) -> None:
    """The file holds something more that no sheet uses."""
    parts["docProps/custom.xml"] = b"<Properties/>"
    parts[random.choice(["xl/media/image1.png", "customXml/item1.xml"])] = b"<x/>"


def absolute(_: Random, parts: Parts) -> None:
    """Relationships name their parts from the root."""
    name = "xl/_rels/workbook.xml.rels"
    parts[name] = re.sub(rb'Target="([a-z])', rb'Target="/xl/\1', parts[name])


def said_type(_: Random, parts: Parts) -> None:
    """Numbers say that they are numbers."""
    _each_sheet(parts, lambda data: re.sub(rb'<c (r="[A-Z]+[0-9]+"(?: s="[0-9]+")?)><v>', rb'<c \1 t="n"><v>', data))


def exponents(_: Random, parts: Parts) -> None:
    """Amounts are written with an exponent."""

    def written(found: re.Match[bytes]) -> bytes:
        return b"<c " + found[1] + b"><v>" + f"{float(found[2]):.15e}".encode() + b"</v>"

    _each_sheet(parts, lambda data: re.sub(rb'<c (r="E[0-9]+")><v>([-0-9.]+)</v>', written, data))


CHANGES: Sequence[Change] = (
    order_of_parts, order_of_attributes, quotes, spaces, dimension, inline, empty_cells, other_parts, absolute,
    said_type, exponents,
)  # fmt: skip
"""Each may follow another; ``encoding`` comes last, if at all."""


def packed_otherwise(random: Random, parts: Mapping[str, bytes]) -> bytes:
    """A zip of the parts with each packed in its own way, and perhaps a comment at its end."""
    if random.random() < 0.5:
        return zipped(parts, is_packed=random.random() < 0.5)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            way = random.choice([zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
            archive.writestr(zipfile.ZipInfo(name), data, way, random.randrange(1, 10))
        archive.comment = random.choice([b"", b"made by hand"])
    return out.getvalue()
