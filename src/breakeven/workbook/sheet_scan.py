"""The exact scan of a sheet's XML, element by element with expat. ``plain_rows`` is the fast one beside it.

Text is taken as it is written, entities and comments included, because readers disagree on those: in
``<v>1<!-- x -->2</v>`` python-calamine reads 1 and openpyxl 12 (each tried).
"""

import re
from xml.parsers import expat

from breakeven.workbook.container import RefusedError
from breakeven.workbook.sheet_facts import (
    COLUMNS,
    MAX_COLUMN,
    MAX_ROW,
    Tally,
    column_letters,
)
from breakeven.workbook.text_shape import TextShape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
MAIN_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_TRUE = {"1", "true"}
_SEP = "\x01"  # between namespace, name and prefix as expat gives them: a character no XML can hold

NUMBER = r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?"  # as XML writes a double, less NaN, INF and bare dots
ISO_DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?Z?)?"
_KINDS = {
    name: (kind, re.compile(pattern))
    for name, kind, pattern in (
        ("n", "number", NUMBER),
        ("s", "shared", r"[0-9]{1,9}"),
        ("str", "text", r"(?s:.*)"),
        ("b", "boolean", "[01]"),
        ("e", "error", r"(?s:.*)"),
        ("d", "date", ISO_DATE),
    )
}
"""By the cell's type ``t``: the kind it is, and how its value must be written."""
_PLACED = {"sheetData", "row", "c"}
"""Elements that a sheet has in one place only."""
_VALUES = {"v", "f", "is"}
NO_HEIGHT = r"0+(?:\.0*)?"
"""How a row is as high as one that is hidden."""
_NO_HEIGHT = re.compile(NO_HEIGHT)
_STYLE = re.compile(r"[0-9]{1,6}")
# [1]Payroll!$C$9 or '[1]Pay roll'!C9, not Table1[Amount] nor [@Amount]: a number in brackets, then a sheet.
EXTERNAL = re.compile(r"(?<![A-Za-z0-9_.\])])\[[0-9]+\][^\[\]]*!|\.xl[a-z]{1,2}\]", re.IGNORECASE)


_LISTED = {
    f"{kind}{formula}": name
    for kind, name in (("error", "errors"), ("unreadable", "unreadable"), ("missing", "missing_strings"))
    for formula in ("", " formula")
} | {"uncached formula": "uncached"}


MAX_TOKEN = 4 * 1024 * 1024
"""Bytes of one tag, comment or text: Excel allows 32,767 characters in a cell, and expat keeps a tag whole."""


def feed_expat(parser: expat.XMLParserType, data: bytes, *, final: bool) -> None:
    """Parse more. Raises RefusedError, with the line, where the XML is damaged."""
    try:
        parser.Parse(data, final)
    except expat.ExpatError as problem:
        words = expat.errors.messages.get(problem.code, "not well-formed")
        message = f"its XML is damaged at line {problem.lineno}, byte {parser.ErrorByteIndex}: {words}"
        raise RefusedError("xml-damaged", message) from None
    except (LookupError, ValueError) as problem:  # an encoding that Python does not have, or expat cannot use
        raise RefusedError("xml-damaged", f"its XML cannot be decoded: {problem}") from None


def refuse_doctype(*_: object) -> None:
    """Handler of expat for the start of a DOCTYPE, the only place an entity can be declared."""
    raise RefusedError("xml-doctype", "it has a DOCTYPE, where entities are declared: no workbook needs one")


class ExactScan:
    """Feeds a sheet's XML to expat and every cell to a tally."""

    def __init__(self, tally: Tally, external: re.Pattern[str] = EXTERNAL) -> None:
        self.tally = tally
        self._external = external
        self._sign = "[" if external is EXTERNAL else ""
        """What stands in every formula that may take a figure from another workbook."""
        self.fed = 0
        self.learnable = True
        """Whether rows may be compared with earlier ones as bytes: UTF-8, and no namespace declared in a row."""
        self._edge = -1
        self._depth = 0
        self._locals: dict[str, str] = {}
        self._names: dict[str, str] = {}
        """Each element's name, whatever its namespace: calamine looks no further."""
        self._namespace = ""
        self._sheet_data = 0
        self._in_data = self._in_row = self._in_cell = False
        self._row, self._row_digits, self._row_repeats = 0, "0", False
        self._column = 0
        self._row_columns: list[int] = []
        self._known: set[tuple[int, str, str]] = set()
        self._type = self._style = self._ref = ""
        self._pieces: list[str] = []
        """Text as written since the last tag, entities and comments included."""
        self._reading = ""
        """The element whose text is wanted, ``v``, ``f`` or ``t``, while inside it."""
        self._shape = TextShape()
        self._reset_cell()
        parser = self._parser = expat.ParserCreate(namespace_separator=_SEP)
        parser.namespace_prefixes = True
        parser.ordered_attributes = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.DefaultHandler = self._pieces.append
        parser.StartDoctypeDeclHandler = refuse_doctype
        parser.XmlDeclHandler = self._declaration
        parser.StartNamespaceDeclHandler = self._namespace_declared

    def feed(self, data: bytes, *, final: bool = False) -> None:
        """Scan more of the part. Raises RefusedError where it is not well-formed XML."""
        self.fed += len(data)
        feed_expat(self._parser, data, final=final)
        if self.fed - self._parser.CurrentByteIndex > MAX_TOKEN or sum(map(len, self._pieces)) > MAX_TOKEN:
            raise RefusedError("xml-damaged", f"one cell or tag of it is longer than {MAX_TOKEN // 2**20} MiB")

    @property
    def between_rows(self) -> bool:
        """Whether all that was fed ends just after ``<sheetData>`` or ``</row>``, outside any comment."""
        return self._in_data and not self._in_row and self._depth == 2 and self._edge == self.fed

    def stand_at(self, row: int) -> None:
        """Rows up to ``row`` have been scanned elsewhere: a row without a number comes after it."""
        self._row = row

    # ------------------------------------------------------------------ what expat calls
    def _declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.lower() not in {"utf-8", "utf8", "us-ascii"}:
            self.learnable = False

    def _namespace_declared(self, _prefix: str | None, _uri: str) -> None:
        if self._depth >= 2:
            self.learnable = False

    def _local(self, name: str) -> str:
        """An element's name if it is the spreadsheet namespace's, else nothing."""
        uri, local = _split(name)
        local = local if uri == self._namespace else ""
        self._locals[name] = local
        self._names[name] = _split(name)[1]
        return local

    def _start(self, name: str, attributes: list[str]) -> None:
        depth = self._depth = self._depth + 1
        self._pieces.clear()
        local = self._locals.get(name)
        if local is None:
            local = self._start_root(name) if depth == 1 else self._local(name)
        if depth > 4 and self._in_cell:
            self._start_in_cell(local, self._names[name], depth, attributes)
        elif depth == 4 and self._in_row and local == "c":
            self._start_cell(attributes)
        elif depth == 3 and self._in_data and local == "row":
            self._start_row(attributes)
        elif (depth == 4 and self._in_row and local != "extLst") or self._names[name] in _PLACED:
            self._check_place(local, self._names[name], depth)
        if depth in {2, 3} and local and not self._in_data:
            self._start_outside_rows(local, depth, attributes)
            if local == "sheetData":
                self._edge = self._parser.CurrentByteIndex + _tag_length("<sheetData>", name)

    def _check_place(self, local: str, name: str, depth: int) -> None:
        """Refuse what one reader takes for a row or a cell and another does not, by its name or by its place."""
        is_in_place = local == "sheetData" and depth == 2
        is_of_a_drawing = not local and not self._in_data and name != "sheetData"  # whose cells are called so too
        if not (is_in_place or is_of_a_drawing or (local == "c" and not self._in_data)):
            raise RefusedError("xml-damaged", f"it has <{name[:60]}> where no sheet has one")

    def _start_root(self, name: str) -> str:
        uri, local = _split(name)
        if uri not in {MAIN, MAIN_STRICT}:
            message = f"its XML begins with <{local[:60]}> of another kind of file, not with a sheet of Excel's"
            raise RefusedError("sheet-root-unknown", message)
        self._namespace = uri
        self.tally.root = local
        self.tally.strict = uri == MAIN_STRICT
        return self._local(name)

    def _start_outside_rows(self, local: str, depth: int, attributes: list[str]) -> None:
        said = dict(zip(attributes[::2], attributes[1::2], strict=True))
        tally = self.tally
        if depth == 3:
            if local == "mergeCell":
                tally.merges.add(said.get("ref", ""))
            elif local == "col" and said.get("hidden") in _TRUE:
                tally.hidden_columns.append(_columns(said.get("min", ""), said.get("max", "")))
            elif local == "filterColumn":
                tally.filtered = True
        elif local == "sheetData":
            self._sheet_data += 1
            if self._sheet_data > 1:
                raise RefusedError("xml-damaged", "it has its rows in two places: readers differ in which they take")
            self._in_data = tally.root == "worksheet"
        elif local == "dimension":
            tally.declared = said.get("ref")
        elif local == "sheetFormatPr":
            tally.rows_hidden_by_default = said.get("zeroHeight") in _TRUE
        elif local == "autoFilter":
            tally.autofilter = said.get("ref", "")

    def _end(self, name: str) -> None:
        depth = self._depth
        self._depth = depth - 1
        if depth > 4 and self._in_cell:
            self._end_in_cell(depth)
        elif depth == 4 and self._in_cell:
            self._in_cell = False
            self._end_cell()
        elif depth == 3 and self._in_row:
            self._in_row = False
            self._edge = self._parser.CurrentByteIndex + _tag_length("</row>", name)
        elif depth == 2:
            self._in_data = False

    # ------------------------------------------------------------------ rows
    def _start_row(self, attributes: list[str]) -> None:
        self._in_row = True
        tally = self.tally
        tally.rows += 1
        said = dict(zip(attributes[::2], attributes[1::2], strict=True))
        number = said.get("r")
        if number is None:
            self._row += 1
        elif number.isascii() and number.isdigit() and 1 <= int(number[:8]) <= MAX_ROW and number[0] != "0":
            self._row = int(number)
        else:
            tally.bad_refs.add(f"row {number[:20]}")
            self._row += 1
        if self._row > MAX_ROW:
            tally.bad_refs.add(f"row {self._row}")
            self._row = MAX_ROW
        self._row_digits = str(self._row)
        self._row_repeats = tally.stand_row(self._row)
        if said.get("hidden") in _TRUE or _NO_HEIGHT.fullmatch(said.get("ht", "")):
            tally.hidden_rows.add(self._row_digits)
        self._column = 0
        self._row_columns.clear()
        if attributes and attributes[0] == "r":
            tally.learn_row_form(tuple(map(_spelled, attributes[2::2])))

    # ------------------------------------------------------------------ cells
    def _reset_cell(self) -> None:
        self._value: str | None = None
        self._inline: str | None = None
        self._formula: str | None = None
        self._shared: str | None = None
        self._broken = False
        self._phonetic = 0
        self._shape.begin()

    def _start_cell(self, attributes: list[str]) -> None:
        self._in_cell = True
        self._reset_cell()
        self._type, self._style, ref = "n", "0", None
        for at in range(0, len(attributes), 2):
            if attributes[at] == "r":
                ref = attributes[at + 1]
            elif attributes[at] == "s":
                self._style = attributes[at + 1]
            elif attributes[at] == "t":
                self._type = attributes[at + 1]
        before = self._column
        if ref is None:
            self._column = self._next_column(before + 1)
            ref = f"{column_letters(self._column)}{self._row}"
        else:
            self._column = COLUMNS.get(ref.removesuffix(self._row_digits)) or self._bad_place(ref, before + 1)
        self._ref = ref[:20]
        if self._row_repeats or (self._column <= before and self._column in self._row_columns):
            self.tally.cells_twice.add(self._ref)
        elif self._column <= before:
            self.tally.disordered.add(self._ref)
        self._row_columns.append(self._column)

    def _next_column(self, column: int) -> int:
        """Where a cell stands that does not say: after the one before it."""
        self.tally.without_ref += 1
        if column > MAX_COLUMN:
            self.tally.bad_refs.add(f"{column_letters(column)}{self._row}")
        return min(column, MAX_COLUMN)

    def _bad_place(self, ref: str, column: int) -> int:
        """Note a reference that is none, is past the last column or names another row than it stands in."""
        self.tally.bad_refs.add(ref[:20])
        return min(column, MAX_COLUMN)

    def _start_in_cell(self, local: str, name: str, depth: int, attributes: list[str]) -> None:
        if name in _PLACED:
            self._check_place(local, name, depth)
        if self._inline is not None and depth > 5:
            self._shape.start(name, depth - 5, is_ours=bool(local))
        if self._reading or (name in _VALUES and (not local or depth > 5)):
            self._broken = True
        elif local == "v" and depth == 5:
            self._broken |= self._value is not None
            self._reading = "v"
        elif local == "f" and depth == 5:
            self._broken |= self._formula is not None
            said = dict(zip(attributes[::2], attributes[1::2], strict=True))
            self._shared = said.get("si", "") if said.get("t") == "shared" else None
            self._reading = "f"
        elif local == "is" and depth == 5:
            self._broken |= self._inline is not None
            self._inline = ""
            self._shape.begin()
        elif local == "rPh":
            self._phonetic = self._phonetic or depth
        elif local == "t" and self._inline is not None and not self._phonetic:
            self._reading = "t"

    def _end_in_cell(self, depth: int) -> None:
        if self._reading:
            text = "".join(self._pieces)
            if self._reading == "v":
                self._value = text
                self._broken |= "<" in text  # a comment, an instruction or a CDATA section, as written
            elif self._reading == "f":
                self._formula = text
            else:
                self._inline = (self._inline or "") + text
            self._reading = ""
        elif self._phonetic == depth:
            self._phonetic = 0

    def _end_cell(self) -> None:
        tally = self.tally
        tally.cells += 1
        kind = self._kind()
        if kind != "empty":
            tally.filled += 1
            if self._row > tally.last_row or self._row < tally.first_row:
                tally.fill_rows(self._row, self._row)
        if self._formula is not None:
            self._end_formula(self._formula)
        if kind in _LISTED:
            getattr(tally, _LISTED[kind]).add(self._ref)
        if (self._column, self._style, kind) not in self._known:
            self._known.add((self._column, self._style, kind))
            style = int(self._style) if _STYLE.fullmatch(self._style) else -1
            tally.learn_cell(self._column, style, kind, self._ref)

    def _end_formula(self, formula: str) -> None:
        """Count a formula; one that cells share is written in the first of them only."""
        tally, shared = self.tally, self._shared
        tally.formulas += 1
        if self._sign in formula and self._external.search(formula):
            tally.external.add(self._ref)
            if shared is not None:
                tally.external_shared.add(shared)
        elif not formula and shared in tally.external_shared:
            tally.external.add(self._ref)

    def _kind(self) -> str:
        """The kind of the cell just read, as ColumnFacts.kinds lists them."""
        value, formula = self._value, self._formula is not None
        inline = self._type == "inlineStr"
        if self._broken or (inline and self._shape.is_odd) or (self._inline and not inline) or (value and inline):
            kind = "unreadable"
        elif inline:
            kind = "inline" if self._inline else ""
        elif value is None or (value == "" and not (formula and self._type == "str")):
            kind = ""  # "" is the result of a formula only where the cell says it is text
        else:
            kind = self._kind_of_value(value)
        if not formula:
            return kind or "empty"
        return f"{kind} formula" if kind else "uncached formula"

    def _kind_of_value(self, value: str) -> str:
        known = _KINDS.get(self._type)
        if known is None or not known[1].fullmatch(value):
            return "unreadable"
        if known[0] == "shared" and int(value) >= self.tally.shared_strings:
            return "missing"
        return known[0]


def _split(name: str) -> tuple[str, str]:
    """Namespace and name of an element, from what expat gives: the name, or namespace, name and any prefix."""
    pieces = name.split(_SEP)
    return ("", name) if len(pieces) == 1 else (pieces[0], pieces[1])


def _tag_length(tag: str, name: str) -> int:
    """The length of ``tag`` with its prefix, if ``name`` has one, as ``<x:sheetData>``."""
    pieces = name.split(_SEP)
    return len(tag) + (len(pieces[2]) + 1 if len(pieces) == 3 else 0)


def _spelled(name: str) -> str:
    """An attribute as the file spells it."""
    pieces = name.split(_SEP)
    return f"{pieces[2]}:{pieces[1]}" if len(pieces) == 3 else name


def _columns(first: str, last: str) -> str:
    """``C`` or ``C:F`` for a run of columns; what is not a number is shown as it stands."""
    if not (first.isascii() and first.isdigit() and last.isascii() and last.isdigit()):
        return f"{first[:10]}:{last[:10]}"
    letters = [column_letters(min(int(n[:6]), MAX_COLUMN)) for n in (first, last)]
    return letters[0] if letters[0] == letters[1] else ":".join(letters)
