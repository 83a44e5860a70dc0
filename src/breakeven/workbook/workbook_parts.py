"""The parts of an xlsx beside its sheets: the list of sheets, where each stands, number formats, shared strings."""

import re
from dataclasses import dataclass, field
from posixpath import dirname, normpath
from urllib.parse import unquote
from xml.parsers import expat

from breakeven.workbook.container import RefusedError
from breakeven.workbook.sheet_scan import MAIN, MAIN_STRICT, MAX_TOKEN, feed_expat, refuse_doctype
from breakeven.workbook.text_shape import TextShape

MAX_ELEMENTS = 500_000
"""In a part other than a sheet or the shared strings: Excel allows 65,490 cell styles."""
_SEP = "\x01"


_DECLARED = re.compile(rb"""\s*<\?xml[^>]*\sencoding\s*=\s*["']([^"']*)""")


def is_utf8(start: bytes) -> bool:
    """Whether XML that begins so is UTF-8, which is all that calamine reads, by its first bytes or what it declares."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in start[:4]:
        return False
    declared = _DECLARED.match(start.removeprefix(b"\xef\xbb\xbf"))
    return declared is None or declared[1].lower() in {b"utf-8", b"utf8", b"us-ascii"}


@dataclass(frozen=True, slots=True)
class Element:
    """One start tag: how deep it stands (1 is the root), and its name and attributes without their prefixes."""

    depth: int
    name: str
    namespace: str
    said: dict[str, str]


def elements(data: bytes) -> list[Element]:
    """The start tags of a small part, in order. Raises RefusedError if it is damaged or has a DOCTYPE."""
    found: list[Element] = []
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        namespace, _, local = name.rpartition(_SEP)
        if len(found) >= MAX_ELEMENTS:
            raise RefusedError("zip-limit", f"it has more than {MAX_ELEMENTS:,} elements")
        said = {key.rpartition(_SEP)[2]: value for key, value in attributes.items()}
        found.append(Element(depth, local, namespace, said))

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate(namespace_separator=_SEP)
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = refuse_doctype
    feed_expat(parser, data, final=True)
    return found


@dataclass(frozen=True, slots=True)
class Relationship:
    """What one part says of another: its kind, and the other's name in the zip, or a file outside."""

    kind: str
    """The last word of its type: ``worksheet``, ``styles``, ``externalLinkPath``."""
    target: str
    external: bool
    is_quoted: bool = False
    """Whether the target is written with ``%20`` or the like, which not every reader undoes."""


def relationships(data: bytes, of: str) -> dict[str, Relationship]:
    """By id, the relationships of the part ``of``; targets are resolved to part names.

    Raises RefusedError where two that differ have one id: readers differ in which they take.
    """
    found: dict[str, Relationship] = {}
    for element in elements(data):
        if element.name == "Relationship":
            external = element.said.get("TargetMode") == "External"
            target = element.said.get("Target", "")
            kind = element.said.get("Type", "").rpartition("/")[2]
            name = element.said.get("Id", "")
            link = Relationship(kind, target if external else _resolve(target, of), external, "%" in target)
            if found.setdefault(name, link) != link:
                raise RefusedError("xml-damaged", f"two of its relationships have the id {name[:60]}")
    return found


def _resolve(target: str, of: str) -> str:
    target = unquote(target)
    return normpath(target if target.startswith("/") else f"/{dirname(of)}/{target}").lstrip("/")


def relationships_part(of: str) -> str:
    """Where the relationships of the part ``of`` stand: ``xl/_rels/workbook.xml.rels``."""
    folder, _, name = of.rpartition("/")
    return f"{folder}/_rels/{name}.rels".lstrip("/")


def content_type(data: bytes, part: str) -> str:
    """What [Content_Types].xml says ``part`` is, or nothing."""
    default = ""
    for element in elements(data):
        if element.name == "Override" and element.said.get("PartName", "").casefold() == f"/{part}".casefold():
            return element.said.get("ContentType", "")
        if element.name == "Default" and part.casefold().endswith("." + element.said.get("Extension", "").casefold()):
            default = element.said.get("ContentType", "")
    return default


@dataclass(frozen=True, slots=True)
class ListedSheet:
    """One sheet as workbook.xml lists it."""

    name: str
    state: str
    relationship: str


@dataclass(frozen=True)
class WorkbookPart:
    """What workbook.xml says."""

    sheets: list[ListedSheet] = field(default_factory=list[ListedSheet])
    date_1904: bool = False
    strict: bool = False
    left_to_excel: bool = False
    """Whether Excel is to work all formulas out when it opens the file: whoever wrote it may not have."""


def workbook_part(data: bytes) -> WorkbookPart:
    """Read workbook.xml. Raises RefusedError if it is not one."""
    found = elements(data)
    root = found[0]
    if root.name != "workbook" or root.namespace not in {MAIN, MAIN_STRICT}:
        raise RefusedError("file-not-a-workbook", f"its workbook part begins with <{root.name[:60]}>, not <workbook>")
    sheets: list[ListedSheet] = []
    date_1904 = left_to_excel = False
    for element in found:
        if element.namespace != root.namespace:
            continue
        if element.name == "sheet" and element.depth == 3:
            said = element.said
            sheets.append(ListedSheet(said.get("name", ""), said.get("state", "visible"), said.get("id", "")))
        elif element.name == "workbookPr" and element.depth == 2:
            date_1904 = element.said.get("date1904") in {"1", "true"}
        elif element.name == "calcPr" and element.depth == 2:
            left_to_excel = element.said.get("fullCalcOnLoad") in {"1", "true"}
    return WorkbookPart(sheets, date_1904, root.namespace == MAIN_STRICT, left_to_excel)


# Formats that have a number and no text in the file (ECMA-376 part 1, 18.8.30). Those of money follow the
# computer's own currency, so they are written with the sign for any currency, ¤.
_BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
    5: "¤#,##0;-¤#,##0", 6: "¤#,##0;[Red]-¤#,##0", 7: "¤#,##0.00;-¤#,##0.00", 8: "¤#,##0.00;[Red]-¤#,##0.00",
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "dd/mm/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
    18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "dd/mm/yyyy h:mm",
    37: "#,##0;(#,##0)", 38: "#,##0;[Red](#,##0)", 39: "#,##0.00;(#,##0.00)", 40: "#,##0.00;[Red](#,##0.00)",
    41: "#,##0;-#,##0;-", 42: "¤#,##0;-¤#,##0;¤-", 43: "#,##0.00;-#,##0.00;-", 44: "¤#,##0.00;-¤#,##0.00;¤-",
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
}  # fmt: skip


def number_formats(data: bytes) -> tuple[str, ...]:
    """The number format of each cell style, in the order cells count them; ``id 27`` where only a number is known."""
    codes: dict[str, str] = {}
    formats: list[str] = []
    inside = ""
    for element in elements(data):
        if element.depth == 2:
            inside = element.name
        elif element.depth == 3 and element.name == "numFmt" and inside == "numFmts":
            codes[element.said.get("numFmtId", "")] = element.said.get("formatCode", "")
        elif element.depth == 3 and element.name == "xf" and inside == "cellXfs":
            number = element.said.get("numFmtId", "0")
            built_in = _BUILT_IN.get(int(number[:9])) if number.isascii() and number.isdigit() else None
            formats.append(codes.get(number) or built_in or f"id {number[:9]}")
    return tuple(formats)


# ------------------------------------------------------------------ parts that may be large, taken piece by piece
_CHARS = rb"[^<>&\x00-\x08\x0b\x0c\x0e-\x1f\x80-\xff]*+"
_ENTITY = rb"&(?:amp|lt|gt|quot|apos);"
_PLAIN_STRINGS = re.compile(
    rb'(?:<si><t(?: xml:space="preserve")?+>' + _CHARS + b"(?:" + _ENTITY + _CHARS + rb")*+</t></si>[ \t\r\n]*+)*"
)


class StringScan:
    """Counts the shared strings, and proves their XML sound; plain ones in bulk, the rest with expat."""

    def __init__(self) -> None:
        self.count = 0
        self._depth = 0
        self._fed = 0
        self._edge = -1
        self._pending = b""
        self._namespace = ""
        self._shape = TextShape()
        parser = self._parser = expat.ParserCreate(namespace_separator=_SEP)
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = refuse_doctype

    def feed(self, piece: bytes) -> None:
        """Scan more of the part. Raises RefusedError where it is not well-formed or has a DOCTYPE."""
        data = self._pending + piece
        at, last = 0, data.rfind(b"</si>")
        end = last + len(b"</si>")
        while last >= 0 and at < end:
            if self._edge == self._fed and (plain := _PLAIN_STRINGS.match(data, at, end)) and plain.end() > at:
                self.count += data.count(b"<si>", at, plain.end())
                at = plain.end()
            else:
                stop = data.index(b"</si>", at) + len(b"</si>")
                self._exactly(data[at:stop])
                at = stop
        rest = data[at:]
        if len(rest) > MAX_TOKEN:
            self._exactly(rest)
            rest = b""
        self._pending = rest

    def finish(self) -> int:
        """How many strings there are. Raises RefusedError if the XML has not ended."""
        self._exactly(self._pending, final=True)
        return self.count

    def _exactly(self, data: bytes, *, final: bool = False) -> None:
        self._fed += len(data)
        feed_expat(self._parser, data, final=final)

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        self._depth += 1
        namespace, _, local = name.rpartition(_SEP)
        if self._depth == 1:
            self._namespace = namespace
        elif local == "si":
            if self._depth > 2 or namespace != self._namespace:
                raise RefusedError("xml-damaged", "it has a text where only some readers count one")
            self.count += 1
            self._shape.begin()
        elif self._depth > 2:
            self._shape.start(local, self._depth - 2, is_ours=namespace == self._namespace)
            if self._shape.is_odd:
                raise RefusedError("xml-damaged", f"readers disagree on what its text {self.count - 1} says")

    def _end(self, name: str) -> None:
        self._depth -= 1
        # Only after a string without a prefix, which shows that <si> alone means a shared string here.
        if self._depth == 1 and name in {f"{MAIN}{_SEP}si", f"{MAIN_STRICT}{_SEP}si"}:
            self._edge = self._parser.CurrentByteIndex + len("</si>")


class _RootReached(Exception):  # noqa: N818
    """The prolog is over: a DOCTYPE can only stand before the root."""


class Prolog:
    """Watches the beginning of any other part for a DOCTYPE, in whatever encoding it is written."""

    def __init__(self, name: str) -> None:
        self._must_be_xml = name.casefold().endswith((".xml", ".rels"))
        self._fed = 0
        self._over = False
        self._start = b""
        parser = self._parser = expat.ParserCreate()
        parser.StartElementHandler = self._root
        parser.StartDoctypeDeclHandler = refuse_doctype

    def _root(self, *_: object) -> None:
        raise _RootReached

    def feed(self, piece: bytes) -> None:
        """Look at more of the part. Raises RefusedError at a DOCTYPE."""
        if self._over:
            return
        self._start += piece[: 65536 - len(self._start)]
        self._fed += len(piece)
        if not self._must_be_xml and self._start.lstrip(b"\xef\xbb\xbf\xfe\xff\0 \t\r\n")[:1] not in {b"<", b""}:
            self._over = True
            return
        try:
            feed_expat(self._parser, piece, final=False)
        except _RootReached:
            self._over = True
        except RefusedError as problem:
            self._over = True
            declared = b"<!DOCTYPE" in self._start.replace(b"\0", b"").upper()
            if self._must_be_xml or problem.code == "xml-doctype":
                raise
            if declared:
                refuse_doctype()
        if not self._over and self._fed > MAX_TOKEN:
            raise RefusedError("xml-damaged", "its XML does not begin within 4 MiB")
