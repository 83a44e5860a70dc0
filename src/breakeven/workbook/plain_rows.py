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

from breakeven.workbook.sheet_facts import MAX_ROW, Tally, column_letters
from breakeven.workbook.sheet_scan import ISO_DATE, NUMBER, ExactScan

LEARN_BYTES = 64 * 1024
"""Bytes of rows that are scanned exactly before the first regex is made: some 10 ms, as making one takes."""
_LEARN_AGAIN = 32 * 1024
_MAX_REGEXES = 40
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
_ATTRIBUTE = r'="[-0-9A-Za-z.:]*+"'
_REF = r"[A-Z0-9:]++"


class SheetScan:
    """Takes a sheet's XML in pieces of any size and tallies it, fast where that is proved to be the same."""

    def __init__(self, shared_strings: int, *, fast: bool = True, learn_bytes: int = LEARN_BYTES) -> None:
        self.tally = Tally(shared_strings)
        self.passed = 0
        """Bytes of rows the regex passed."""
        self._scan = ExactScan(self.tally)
        self._exact = not fast
        self._pending = b""
        self._spelled: Spelling | None = None
        self._regex: re.Pattern[bytes] | None = None
        self._regexes = 0
        self._made_at = -1
        self._to_learn = learn_bytes

    def feed(self, piece: bytes) -> None:
        """Scan more of the part. Raises XmlProblem where it is not well-formed or has a DOCTYPE."""
        if self._exact:
            self._scan.feed(piece)
            return
        data = self._pending + piece
        self._pending = b""
        start = 0
        if self._spelled is None:
            head = _HEAD_END.search(data)
            if head is None:
                self._wait(data)
                return
            start = head.end()
            self._scan.feed(data[:start])
            self._spelled = Spelling((head[1] or b"").decode())
        row_end = self._spelled.row_end
        done = self._rows(self._spelled, data, start, data.rfind(row_end) + len(row_end))
        self._wait(data[done:])

    def finish(self) -> Tally:
        """The part has ended. Raises XmlProblem if its XML has not."""
        self._scan.feed(self._pending, final=True)
        return self.tally

    def _wait(self, rest: bytes) -> None:
        """Keep what is not yet a whole row; if it grows and grows, this is no sheet for the fast scan."""
        if self._exact or len(rest) > _MAX_PENDING:
            self._exact = True
            self._scan.feed(rest)
        else:
            self._pending = rest

    def _rows(self, spelled: "Spelling", data: bytes, at: int, end: int) -> int:
        """Scan the whole rows of ``data`` between ``at`` and ``end``; returns how far that came."""
        while at < end:
            if not (self._scan.between_rows and self._scan.learnable):
                self._exact = True
                return at
            if self._to_learn <= 0 and self._news:
                self._make_regex(spelled)
            passed = self._regex and self._regex.match(data, at, end)
            if self._to_learn <= 0 and passed and passed.end() > at:
                if not self._accept(spelled, data, at, passed.end()):
                    self._scan.feed(data[at : passed.end()])
                at = passed.end()
                continue
            stop = spelled.row_ends(data, at, min(at + self._to_learn, end))
            self._scan.feed(data[at:stop])
            self._to_learn -= stop - at
            at = stop
            if self._to_learn <= 0 and self._regex and self._news:
                self._to_learn = _LEARN_AGAIN
        return at

    @property
    def _news(self) -> bool:
        """Whether something was learned since the regex was made, and it may be made again."""
        return self._made_at != self.tally.version and self._regexes < _MAX_REGEXES

    def _make_regex(self, spelled: "Spelling") -> None:
        pattern = spelled.plain_rows(self.tally)
        self._regex = re.compile(pattern.encode()) if len(pattern) <= _MAX_PATTERN else None
        self._regexes += 1
        self._made_at = self.tally.version

    def _accept(self, data: bytes, start: int, end: int) -> bool:
        """Tally rows the regex passed, if their numbers ascend and their text is UTF-8; else change nothing."""
        numbers = list(map(int, _ROW_NUMBER.findall(data, start, end)))
        tally = self.tally
        if numbers[0] <= tally.max_row or numbers[-1] > MAX_ROW:
            return False
        if not all(map(operator.lt, numbers, islice(numbers, 1, None))):
            return False
        if not _is_xml_text(data[start:end]):
            return False
        self.passed += end - start
        tally.rows += len(numbers)
        tally.stand_rows(numbers)
        self._scan.stand_at(numbers[-1])
        cells = data.count(b"<c ", start, end)
        filled = data.count(b"</c>", start, end) if "empty" in tally.kinds else cells
        tally.cells += cells
        tally.filled += filled
        if filled:
            first = data.rindex(b"<row ", start, data.index(b"</c>", start))
            last = data.rindex(b"<row ", start, data.rindex(b"</c>", start, end))
            tally.fill_rows(_row_number(data, first), _row_number(data, last))
        self._accept_lists(data, start, end)
        return True

    def _accept_lists(self, data: bytes, start: int, end: int) -> None:
        """Count what only some sheets have, where the regex in use lets it pass at all."""
        tally = self.tally
        if any("formula" in kind for kind in tally.kinds):
            tally.formulas += data.count(b"<f", start, end)
        if "uncached formula" in tally.kinds:
            tally.uncached.extend(ref.decode() for ref in _UNCACHED.findall(data, start, end))
        if tally.kinds & {"error", "error formula"}:
            tally.errors.extend(ref.decode() for ref in _ERROR.findall(data, start, end))
        if any("hidden" in form for form in tally.row_forms):
            tally.hidden_rows.extend(row.decode() for row in _HIDDEN.findall(data, start, end))


def _row_number(data: bytes, at: int) -> int:
    start = at + len(b'<row r="')
    return int(data[start : data.index(b'"', start)])


def _is_xml_text(data: bytes) -> bool:
    if data.isascii():
        return True
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return not any(mark in data for mark in _NOT_XML)


# ------------------------------------------------------------------ the regex
def plain_rows(tally: Tally) -> str:
    """A pattern for a run of rows, each of which adds nothing to ``tally`` but its number and its values."""
    forms = sorted("".join(name + _ATTRIBUTE for name in _attributes(form)) for form in tally.row_forms)
    cells = "".join(_column(tally, number) for number in sorted(tally.columns))
    row = rf'<row r="([1-9][0-9]{{0,6}}+)"{_any(forms)}(?:/>|>{cells}</row>)'
    return rf"(?:{row}[ \t\r\n]*+)*"


def _attributes(form: tuple[str, ...]) -> list[str]:
    return [" " + re.escape(name) for name in form]


def _any(patterns: list[str]) -> str:
    """Any of ``patterns``, the longest first so that none is cut short."""
    return "(?:" + "|".join(sorted(set(patterns), key=lambda pattern: (-len(pattern), pattern))) + ")"


def _column(tally: Tally, number: int) -> str:
    """A pattern for the column's cell, or for none: columns may be left out but not change places."""
    facts = tally.columns[number]
    styles = "|".join(str(style) for style in sorted(facts.styles) if style >= 0)
    style = rf'(?: s="(?:{styles})")'
    if 0 in facts.styles:
        style += "?+"
    bodies = [body for kind in sorted(facts.kinds) for body in _bodies(kind, tally)]
    if not bodies or not styles:
        return ""
    return rf'(?:<c r="{column_letters(number)}\1"{style}(?:{"|".join(bodies)}))?+'


def _bodies(kind: str, tally: Tally) -> list[str]:
    """How a cell of ``kind`` goes on after its style; nothing for a kind only the exact scan reads."""
    if kind == "empty":
        return ["/>"]
    formula = ""
    if kind.endswith("formula"):
        formula = _formula(shared=not tally.external_shared)
    if kind == "uncached formula":
        return [rf"(?: t=\"n\")?+>{formula}(?:<v/>|<v></v>)?+</c>"]
    values = {
        "number": rf'(?: t="n")?+>{formula}<v>{_possessive(NUMBER)}</v></c>',
        "shared": rf' t="s">{formula}<v>{_below(tally.shared_strings)}</v></c>',
        "inline": rf' t="inlineStr">{formula}<is><t(?: xml:space="preserve")?+>{_SOME_TEXT}</t></is></c>',
        "text": rf' t="str">{formula}<v>{_TEXT if formula else _SOME_TEXT}</v></c>',
        "boolean": rf' t="b">{formula}<v>[01]</v></c>',
        "error": rf' t="e">{formula}<v>{_SOME_TEXT}</v></c>',
        "date": rf' t="d">{formula}<v>{ISO_DATE}</v></c>',
    }
    return [values[name] for name in [kind.removesuffix(" formula")] if name in values]


def _formula(*, shared: bool) -> str:
    of = "shared|array" if shared else "array"
    attributes = rf'(?: t="(?:{of})")?+(?: ref="{_REF}")?+(?: ca="1")?+(?: si="[0-9]++")?+'
    return rf"<f{attributes}(?:/>|>{_FORMULA_TEXT}</f>)"


def _possessive(number: str) -> str:
    """The number pattern without the steps back that it never needs: a third faster."""
    return number.replace("]+", "]++").replace(")?", ")?+").replace("-?", "-?+")


def _below(limit: int) -> str:
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
