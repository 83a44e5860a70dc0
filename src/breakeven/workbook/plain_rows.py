"""The fast scan of a sheet: rows that add nothing to what is known of it are passed over by one regex.

A million rows of ten cells are 500 MB of XML. Element by element (``sheet_scan``) that takes 30 seconds; but after
the first few hundred rows nothing is new in them but the row's number and the values. So the exact scan reads
until it has learned how rows are written and which styles and kinds of cell each column has; from that a
regex is made which matches only rows, byte for byte in the usual spelling, whose

- number stands in every cell's reference, and whose columns ascend;
- cells have a style and a kind already seen in that column, and a value of that kind (a shared string that exists);
- values hold no markup, no entity but the usual ones, no character XML forbids.

Every other row goes to the exact scan, in its place. What the regex passed has a known spelling, so the facts that
are counts or lists (cells, errors, hidden rows) are then counted in the bytes. A property test holds the two
scans equal.
"""

import operator
import re
from itertools import islice

from breakeven.workbook.sheet_facts import MAX_ROW, Tally
from breakeven.workbook.sheet_scan import EXTERNAL, ISO_DATE, NO_HEIGHT, NUMBER, ExactScan

LEARN_BYTES = 64 * 1024
"""Bytes of rows that are scanned exactly, in some 10 ms, before the first regex is made."""
LEARN_PER_CHARACTER = 20
"""Making a regex takes as long as scanning 20 bytes a character exactly: never more time on making than on that."""
_MAX_PATTERN = 200_000  # characters: some hundreds of columns of mixed kinds
_MAX_PENDING = 4 * 1024 * 1024  # bytes without the end of a row: no usual sheet

_HEAD_END = re.compile(rb"<([A-Za-z][A-Za-z0-9]{0,15}:)?sheetData>")
_NOT_XML = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")  # U+FFFE and U+FFFF in UTF-8

_CHARS = r"[^<>&\x00-\x08\x0b\x0c\x0e-\x1f]*+"
# The entities of XML, and the characters some writers spell by number: line ends, tab, quotes, nbsp, pound sign.
_ENTITY = "&(?:amp|lt|gt|quot|apos|#(?:9|10|13|34|39|160|163|x[9aAdD]|xA3|xa3));"
_SOME_TEXT = rf"{_CHARS.replace('*+', '++')}(?:{_ENTITY}{_CHARS})*+"
_TEXT = rf"(?:{_SOME_TEXT})?+"
_FORMULA_TEXT = _TEXT.replace("[^<", r"[^\[<")  # a bracket may name another workbook: for the exact scan


class SheetScan:
    """Takes a sheet's XML in pieces of any size and tallies it, fast where that is proved to be the same."""

    def __init__(
        self,
        shared_strings: int,
        *,
        fast: bool = True,
        external: re.Pattern[str] = EXTERNAL,
        learn_bytes: int = LEARN_BYTES,
        learn_per_character: int = LEARN_PER_CHARACTER,
    ) -> None:
        self.tally = Tally(shared_strings)
        self.passed = 0
        """Bytes of rows the regex passed."""
        self._scan = ExactScan(self.tally, external)
        self._exact = not fast or external is not EXTERNAL  # names of other workbooks' cells are looked for one by one
        self._pending = b""
        self._spelled: Spelling | None = None
        self._regex: re.Pattern[bytes] | None = None
        self._made_at = -1
        self._learned, self._worth = 0, learn_bytes
        self._learn_per_character = learn_per_character

    def feed(self, piece: bytes) -> None:
        """Scan more of the part. Raises RefusedError where it is not well-formed or has a DOCTYPE."""
        if self._exact:
            self._scan.feed(piece)
            return
        data = self._pending + piece
        start = 0
        if self._spelled is None:
            head = _HEAD_END.search(data)
            if head is None:
                self._wait(data)
                return
            start = head.end()
            self._scan.feed(data[:start])
            self._spelled = Spelling((head[1] or b"").decode())
        last = data.rfind(self._spelled.row_end, start)
        if last >= 0:
            start = self._rows(self._spelled, data, start, last + len(self._spelled.row_end))
        self._wait(data[start:])

    def finish(self) -> Tally:
        """The part has ended. Raises RefusedError if its XML has not."""
        self._scan.feed(self._pending, final=True)
        return self.tally

    def _wait(self, rest: bytes) -> None:
        """Keep what is not yet a whole row; if it grows and grows, this is no sheet for the fast scan."""
        if self._exact or len(rest) > _MAX_PENDING:
            self._exact, self._pending = True, b""
            self._scan.feed(rest)
        else:
            self._pending = rest

    def _rows(self, spelled: "Spelling", data: bytes, at: int, end: int) -> int:
        """Scan the whole rows of ``data`` between ``at`` and ``end``; returns how far that came."""
        while at < end:
            if not (self._scan.between_rows and self._scan.learnable):
                self._exact = True
                return at
            if self._learned >= self._worth and self._made_at != self.tally.version:
                self._make_regex(spelled)
            passed = self._regex.match(data, at, end) if self._regex else None
            if passed and passed.end() > at:
                if not self._accept(spelled, data, at, passed.end()):
                    self._scan.feed(data[at : passed.end()])
                at = passed.end()
                continue
            learn = 0 if self._regex else self._worth - self._learned
            stop = spelled.after_row(data, min(at + max(learn, 0), end - len(spelled.row_end)))
            self._scan.feed(data[at:stop])
            self._learned = int(self._learned + stop - at)
            at = stop
        return at

    def _make_regex(self, spelled: "Spelling") -> None:
        """Make the regex for what is known now, once as much time has gone into learning as making it takes."""
        pattern = spelled.plain_rows(self.tally)
        self._worth = self._learn_per_character * len(pattern)
        if self._learned >= self._worth and len(pattern) <= _MAX_PATTERN:
            self._regex = re.compile(pattern.encode())
            self._made_at = self.tally.version
            self._learned = 0

    def _accept(self, spelled: "Spelling", data: bytes, start: int, end: int) -> bool:
        """Tally rows the regex passed, if their numbers ascend and their text is UTF-8; else change nothing."""
        numbers = list(map(int, spelled.row_number.findall(data, start, end)))
        tally = self.tally
        if numbers[0] <= tally.max_row or numbers[-1] > MAX_ROW:
            return False
        if not all(map(operator.lt, numbers, islice(numbers, 1, None))):
            return False
        if not _is_xml_text(data[start:end]):
            return False
        self.passed += end - start
        self._scan.stand_at(numbers[-1])
        tally.rows += len(numbers)
        tally.stand_rows(numbers)
        cells = data.count(spelled.cell, start, end)
        filled = data.count(spelled.cell_end, start, end) if "empty" in tally.kinds else cells
        tally.cells += cells
        tally.filled += filled
        if filled:  # a cell with something in it ends in </c>, one without in />
            first = data.rindex(spelled.row, start, data.index(spelled.cell_end, start))
            last = data.rindex(spelled.row, start, data.rindex(spelled.cell_end, start, end))
            tally.fill_rows(spelled.number_at(data, first), spelled.number_at(data, last))
        self._accept_lists(spelled, data, start, end)
        return True

    def _accept_lists(self, spelled: "Spelling", data: bytes, start: int, end: int) -> None:
        """Count what only some sheets have, where the regex in use lets it pass at all."""
        tally = self.tally
        if any("formula" in kind for kind in tally.kinds):
            tally.formulas += data.count(spelled.formula, start, end)
        if "uncached formula" in tally.kinds:
            tally.uncached.extend(ref.decode() for ref in spelled.uncached.findall(data, start, end))
        if tally.kinds & {"error", "error formula"}:
            tally.errors.extend(ref.decode() for ref in spelled.error.findall(data, start, end))
        if any("hidden" in form or "ht" in form for form in tally.row_forms):
            tally.hidden_rows.extend(row.decode() for row in spelled.hidden.findall(data, start, end))


def _is_xml_text(data: bytes) -> bool:
    if data.isascii():
        return True
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return not any(mark in data for mark in _NOT_XML)


class Spelling:
    """How the sheet spells its tags: ``<row>`` or, with a prefix as some exporters have, ``<x:row>``."""

    def __init__(self, prefix: str) -> None:
        self._p = p = prefix
        self.row, self.row_end = f"<{p}row ".encode(), f"</{p}row>".encode()
        self.cell, self.cell_end = f"<{p}c ".encode(), f"</{p}c>".encode()
        self.formula = f"<{p}f".encode()
        self.row_number = re.compile(rf'<{p}row r="([0-9]+)"'.encode())
        self.error = re.compile(rf'<{p}c r="([A-Z]+[0-9]+)"[^<>]* t="e"'.encode())
        formula = rf"<{p}f[^<>]*(?:/>|>[^<>]*</{p}f>)"
        self.uncached = re.compile(rf'<{p}c r="([A-Z]+[0-9]+)"(?: s="[0-9]+")?{self._uncached(formula)}'.encode())
        self.hidden = re.compile(rf'<{p}row r="([0-9]+)"[^<>]* (?:hidden="(?:1|true)"|ht="{NO_HEIGHT}")'.encode())

    def number_at(self, data: bytes, at: int) -> int:
        """The number of the row that starts at ``at``."""
        start = at + len(self.row) + len('r="')
        return int(data[start : data.index(b'"', start)])

    def after_row(self, data: bytes, at: int) -> int:
        """The place after the first end of a row at or after ``at``."""
        return data.index(self.row_end, at) + len(self.row_end)

    def plain_rows(self, tally: Tally) -> str:
        """A pattern for a run of rows, each adding nothing to ``tally`` but its number and its values."""
        p = self._p
        attribute = r'="[-0-9A-Za-z.:]*+"'
        forms = ("".join(f" {re.escape(name)}{attribute}" for name in form) for form in tally.row_forms)
        longest_first = sorted(forms, key=lambda form: (-len(form), form))
        cells = "".join(self._column(tally, number) for number in sorted(tally.columns))
        row = rf'<{p}row r="([1-9][0-9]{{0,6}}+)"(?:{"|".join(longest_first)})(?: ?/>|>{cells}</{p}row>)'
        return rf"(?:{row}[ \t\r\n]*+)*"

    def _column(self, tally: Tally, number: int) -> str:
        """A pattern for the column's cell, or for none: columns may be left out but not change places."""
        facts = tally.columns[number]
        styles = "|".join(str(style) for style in sorted(facts.styles) if style >= 0)
        bodies = [body for kind in sorted(facts.kinds) if (body := self._body(kind, tally))]
        if not bodies or not styles:
            return ""
        style = rf'(?: s="(?:{styles})")' + ("?+" if 0 in facts.styles else "")
        return rf'(?:<{self._p}c r="{facts.letters}\1"{style}(?:{"|".join(bodies)}))?+'

    def _body(self, kind: str, tally: Tally) -> str:
        """How a cell of ``kind`` goes on after its style; nothing for a kind only the exact scan reads."""
        p, (name, _, formula) = self._p, kind.partition(" ")
        f = self._formula(shared=not tally.external_shared) if formula else ""
        v, v_end = f"{f}<{p}v>", f"</{p}v></{p}c>"
        bodies = {
            "empty": r'(?: t="(?:n|s|str)")?+ ?/>',
            "uncached": self._uncached(f),
            "number": rf'(?: t="n")?+>{v}{_possessive(NUMBER)}{v_end}',
            "shared": rf' t="s">{v}{below(tally.shared_strings)}{v_end}',
            "text": rf' t="str">{v}{_TEXT if f else _SOME_TEXT}{v_end}',
            "boolean": rf' t="b">{v}[01]{v_end}',
            "error": rf' t="e">{v}{_SOME_TEXT}{v_end}',
            "date": rf' t="d">{v}{ISO_DATE}{v_end}',
            "inline": rf' t="inlineStr">{f}<{p}is><{p}t(?: xml:space="preserve")?+>{_SOME_TEXT}</{p}t></{p}is></{p}c>',
        }
        return bodies.get(name, "")

    def _uncached(self, formula: str) -> str:
        """A formula without its result; in a cell of text, an empty <v> is a result."""
        p = self._p
        return rf'(?:(?: t="n")?+>{formula}(?:<{p}v ?/>|<{p}v></{p}v>)?+| t="str">{formula})</{p}c>'

    def _formula(self, *, shared: bool) -> str:
        of = "shared|array" if shared else "array"
        said = rf'(?: t="(?:{of})")?+(?: ref="[A-Z0-9:]++")?+(?: ca="1")?+(?: si="[0-9]++")?+'
        return rf"<{self._p}f{said}(?: ?/>|>{_FORMULA_TEXT}</{self._p}f>)"


def _possessive(number: str) -> str:
    """The number pattern without the steps back that it never needs: a third faster."""
    return number.replace("]+", "]++").replace(")?", ")?+").replace("-?", "-?+")


def below(limit: int) -> str:
    """A pattern for the whole numbers below ``limit``, in digits as any writer writes them."""
    if limit <= 0:
        return r"(?!)"
    last = str(limit - 1)
    choices = [f"[0-9]{{1,{len(last) - 1}}}"] if len(last) > 1 else []
    for at, digit in enumerate(last):
        low = "1" if at == 0 and len(last) > 1 else "0"
        if low < digit:
            choices.append(f"{last[:at]}[{low}-{chr(ord(digit) - 1)}][0-9]{{{len(last) - at - 1}}}")
    choices.append(last)
    return "(?:" + "|".join(choices) + ")"
