"""Is this file safe to read, and what stands in it? Answered from its bytes, before any reader opens it.

    flight = examine(Path("expenditure.xlsx"))
    flight.refused                      # any finding that is an error
    flight.sheet("Transactions").plain  # nothing there that the fast reader loses in silence

A bad file is not an exception but findings, all of them that can be seen in one go. The file is read from disk
once; readers are given ``Preflight.data``, so what was hashed and examined is what is read.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from breakeven.findings import Cell, Finding
from breakeven.workbook.central_parts import CENTRAL, found_by_readers, typed_parts
from breakeven.workbook.container import TEXT_ENDINGS, FileBytes, Format, RefusedError, read_file, sniff
from breakeven.workbook.defined_names import leads_outside, names_of_others
from breakeven.workbook.plain_rows import SheetScan
from breakeven.workbook.sheet_facts import SheetFacts
from breakeven.workbook.sheet_findings import sheet_findings
from breakeven.workbook.workbook_parts import (
    ListedSheet,
    Prolog,
    Relationship,
    StringScan,
    WorkbookPart,
    content_type,
    is_utf8,
    number_formats,
    relationships,
    relationships_part,
    workbook_part,
)
from breakeven.workbook.zip_parts import Budget, Part, directory, unpack_ahead

T = TypeVar("T")

_MAX_SMALL_PART = 32 * 1024 * 1024
"""Bytes of workbook.xml, the styles or relationships: taken whole, and thousands of times what they need."""
_LARGE_SHEET = 16 * 1024 * 1024
"""Bytes of a sheet that a reader needs half a second for: worth starting on before the facts are known."""
_ANY_STRING = 10**9
"""Taken as the number of shared strings where they are damaged: that is said once, not for every cell."""

_ENDINGS: dict[Format, set[str]] = {
    "xlsx": {".xlsx", ".xltx"},
    "xlsm": {".xlsm", ".xltm", ".xlam"},
    "xlsb": {".xlsb"},
    "ods": {".ods", ".ots"},
    "xls": {".xls", ".xlt"},
    "csv": TEXT_ENDINGS,
}


@dataclass(frozen=True)
class Preflight:
    """What is known of one file before a reader opens it."""

    name: str
    sha256: str
    """Of the bytes; blank if the file could not be read."""
    format: Format | None
    """What the bytes are, whatever the file is called; None if it is no workbook."""
    findings: tuple[Finding, ...] = ()
    sheets: tuple[SheetFacts, ...] = ()
    """Of an xlsx or xlsm, in the order of its tabs, hidden ones too."""
    date_1904: bool = False
    """Whether day 0 is 1 January 1904, as on old Macs: a date read otherwise is four years out."""
    strict: bool = False
    left_to_excel: bool = False
    """Whether Excel is to work all formulas out when it opens the file, so that results in it may be old or nought."""
    external_links: tuple[str, ...] = ()
    """Other workbooks this one takes figures from."""
    number_formats: tuple[str, ...] = ()
    """By style index: ``#,##0.00``; ``;;;`` hides a figure, ``#,##0,`` shows thousands."""
    shared_strings: int = 0
    data: bytes = field(default=b"", repr=False)
    """The bytes of the file."""

    @property
    def refused(self) -> bool:
        """Whether the file must not be read."""
        return any(finding.is_error for finding in self.findings)

    def sheet(self, name: str) -> SheetFacts | None:
        """The facts of the sheet called ``name``, as Excel compares names: without case."""
        return next((sheet for sheet in self.sheets if sheet.name.casefold() == name.casefold()), None)


WhenSafe = Callable[[Preflight, tuple[str, ...]], None]
"""Given a file whose every part is sound, before its facts are known, and the names of its sheets."""

Tell = Callable[[float], None]
"""Told how much of a file has been unpacked, from 0 to 1."""


def _silent(_done: float, /) -> None:
    """Tell nobody."""


def examine(path: Path, when_safe: WhenSafe | None = None, tell: Tell = _silent) -> Preflight:
    """Look at the file ``path``; whatever is wrong with it is in the findings, and nothing is raised.

    when_safe: called where a sheet is large, so that a reader may start while the facts are still gathered. All is
    then unpacked twice, and what the reader reads counts only if the facts allow it.
    """
    file = read_file(path)
    if isinstance(file, Finding):
        return Preflight(file.at.workbook, "", None, (file,))
    kind = sniff(file)
    if isinstance(kind, Finding):
        return Preflight(file.name, file.sha256, None, (kind,), data=file.data)
    if kind == "zip":
        return _Package(file, when_safe, tell).examine()
    return Preflight(file.name, file.sha256, kind, tuple(_misnamed(file, kind)), data=file.data)


def _misnamed(file: FileBytes, kind: Format) -> Iterator[Finding]:
    if file.ending not in _ENDINGS[kind]:
        said = f"called {file.ending}" if file.ending else "without an ending to its name"
        yield Finding("file-misnamed", f"the file is {said}, but by its bytes it is .{kind}", Cell(file.name))


class _Package:
    """One zip under examination: its parts, each unpacked once, and what was found on the way."""

    def __init__(self, file: FileBytes, when_safe: WhenSafe | None, tell: Tell) -> None:
        self.file = file
        self.when_safe = when_safe
        self.tell = tell
        self.size = 1
        """Bytes of all parts, as the file says."""
        self.at = Cell(file.name)
        self.findings: list[Finding] = []
        self.parts: dict[str, Part] = {}
        self.done: set[str] = set()
        self.not_utf8: set[str] = set()
        self.as_usual = True
        """Whether the parts that every sheet is read with are as calamine wants them."""
        self.budget = Budget()
        self.stopped = False
        self.workbook = WorkbookPart()
        self.sheets: list[SheetFacts] = []
        self.external: list[str] = []
        self.outside: tuple[str, ...] = ()
        """Names of cells of other workbooks."""
        self.strings: int | None = 0
        self.formats: tuple[str, ...] = ()

    def examine(self) -> Preflight:
        """Everything about the file."""
        try:
            self.parts = {part.key: part for part in directory(self.file.data)}
            self.size = max(sum(part.size for part in self.parts.values()), 1)
        except RefusedError as problem:
            self._refuse(problem, self.at)
            return self._result(None)
        kind = self._open_xml() if self._part("[Content_Types].xml") else self._open_document()
        for part in self.parts.values():
            if part.key not in self.done and not self.stopped:
                self._stream(part, Prolog(part.name).feed)
        return self._result(kind)

    def _result(self, kind: Format | None) -> Preflight:
        if kind and not self.findings:
            self.findings += _misnamed(self.file, kind)
        return Preflight(
            name=self.file.name,
            sha256=self.file.sha256,
            format=kind,
            findings=tuple(self.findings),
            sheets=tuple(self.sheets),
            date_1904=self.workbook.date_1904,
            strict=self.workbook.strict,
            left_to_excel=self.workbook.left_to_excel,
            external_links=tuple(self.external),
            number_formats=self.formats,
            shared_strings=self.strings or 0,
            data=self.file.data,
        )

    def _refuse(self, problem: RefusedError, at: Cell, part: str = "") -> None:
        message = f"the part {part}: {problem.message}" if part and part not in problem.message else problem.message
        self.findings.append(Finding(problem.code, message, at))
        self.stopped |= problem.code == "zip-limit"

    # ------------------------------------------------------------------ parts
    def _part(self, name: str) -> Part | None:
        return self.parts.get(name.casefold())

    def _stream(self, part: Part, feed: Callable[[bytes], None], at: Cell | None = None) -> bool:
        """Unpack a part once, to its end, into ``feed``. Returns whether all went well; if not, a finding says why.

        When ``feed`` refuses it, the part is still unpacked: a wrong checksum explains a broken sheet better.
        """
        self.done.add(part.key)
        refused: RefusedError | None = None
        is_first = True
        try:
            for piece in unpack_ahead(self.file.data, part, self.budget):
                self.tell(min(self.budget.unpacked / self.size, 1.0))
                if is_first and not is_utf8(piece):
                    self.not_utf8.add(part.key)
                is_first = False
                if refused is None:
                    try:
                        feed(piece)
                    except RefusedError as problem:
                        refused = problem
        except RefusedError as problem:
            refused = problem
        if refused is not None:
            self._refuse(refused, at or self.at, part.name)
        return refused is None

    def _small(self, name: str, read: Callable[[bytes], T], otherwise: T) -> T:
        """What ``read`` makes of a whole part; ``otherwise`` if it is not there or is damaged."""
        part = self._part(name)
        if part is None or part.key in self.done or self.stopped:
            return otherwise
        pieces: list[bytes] = []
        size = 0

        def keep(piece: bytes) -> None:
            nonlocal size
            size += len(piece)
            if size > _MAX_SMALL_PART:
                raise RefusedError("zip-limit", f"it is larger than {_MAX_SMALL_PART // 2**20} MiB")
            pieces.append(piece)

        if not self._stream(part, keep):
            return otherwise
        try:
            return read(b"".join(pieces))
        except RefusedError as problem:
            self._refuse(problem, self.at, part.name)
            return otherwise

    # ------------------------------------------------------------------ which kind of zip
    def _open_document(self) -> Format | None:
        """An OpenDocument spreadsheet says so in its first part; any other zip is no workbook."""
        said = self._small("mimetype", lambda data: data[:200].decode("ascii", "replace"), "")
        if "opendocument.spreadsheet" not in said:
            kind = "an OpenDocument file, but not a spreadsheet" if "opendocument" in said else "a zip archive"
            self.findings.append(Finding("file-not-a-workbook", f"this is {kind}{self._some_names()}", self.at))
            return None
        if self._small("META-INF/manifest.xml", lambda data: b"encryption-data" in data, otherwise=False):
            message = "the workbook is encrypted with a password; open it, remove the password and save it"
            self.findings.append(Finding("file-encrypted", message, self.at))
        return "ods"

    def _some_names(self) -> str:
        if self._part("Index/Document.iwa"):
            return " of Apple Numbers; export it as .xlsx"
        names = [part.name for part in self.parts.values()][:3]
        return f" that holds {', '.join(names)}: no workbook" if names else " that holds nothing"

    def _open_xml(self) -> Format | None:
        """An Office file: find its main part, and read the rest if that is a workbook's."""
        nothing: dict[str, Relationship] = {}
        top = self._small("_rels/.rels", lambda data: relationships(data, ""), nothing)
        main = next((r.target for r in top.values() if r.kind == "officeDocument"), "xl/workbook.xml")
        none: dict[str, str] = {}
        said, typed = self._small("[Content_Types].xml", lambda d: (content_type(d, main), typed_parts(d)), ("", none))
        kind = _format_of(said)
        if kind is None or self._part(main) is None:
            if not self.findings:
                words = f"it has no {main}" if kind else "it is an Office file of another kind"
                self.findings.append(Finding("file-not-a-workbook", f"this is not a workbook: {words}", self.at))
            return None
        if kind in {"xlsx", "xlsm"}:
            self._spreadsheet(main, list(top.values()), typed)
        return kind

    # ------------------------------------------------------------------ xlsx and xlsm
    def _spreadsheet(self, main: str, top: Sequence[Relationship], typed: Mapping[str, str]) -> None:
        nothing: dict[str, Relationship] = {}
        parsed = self._small(main, lambda data: (workbook_part(data), names_of_others(data)), (self.workbook, ()))
        self.workbook, self.outside = parsed
        related = self._small(relationships_part(main), lambda data: relationships(data, main), nothing)
        self._find_alike([*top, *related.values()], typed)
        by_kind = {relation.kind: relation.target for relation in related.values()}
        self.formats = self._small(by_kind.get("styles", ""), number_formats, self.formats)
        self._strings(by_kind.get("sharedStrings", ""))
        for relation in related.values():
            if relation.kind == "externalLink":
                beside = relationships_part(relation.target)
                outside = self._small(beside, lambda data: relationships(data, ""), nothing)
                self.external += [link.target for link in outside.values() if link.external]
        if not self.workbook.sheets and not self.findings:
            self.findings.append(Finding("file-not-a-workbook", "the workbook lists no sheets", self.at))
        self._let_readers_start(related)
        self.as_usual &= not self.not_utf8
        for listed in self.workbook.sheets:
            self._sheet(listed, related.get(listed.relationship))
        for sheet in self.sheets:
            self.findings += sheet_findings(self.file.name, sheet, len(self.formats), self.external)

    def _find_alike(self, related: Sequence[Relationship], typed: Mapping[str, str]) -> None:
        """Refuse a file of which readers take different parts for one purpose."""
        names = [part.name for part in self.parts.values()]
        for central in CENTRAL:
            found = found_by_readers(central, names, related, typed)
            self.as_usual &= found in ([], [central.usual_name])
            if len(found) > 1:
                message = f"{' and '.join(found)} may each be {central.purpose}; readers differ in which they take"
                self.findings.append(Finding("zip-part-twice", message, self.at))

    def _let_readers_start(self, related: Mapping[str, Relationship]) -> None:
        """Where a sheet is large, unpack all that is left once for its safety alone."""
        sheets: dict[str, Part] = {}
        for listed in self.workbook.sheets:
            relation = related.get(listed.relationship)
            part = self._part(relation.target) if relation and relation.kind == "worksheet" else None
            if part:
                sheets[listed.name] = part
        if self.when_safe is None or self.findings or all(part.size < _LARGE_SHEET for part in sheets.values()):
            return
        trial = _Package(self.file, None, self.tell)
        trial.size = self.size
        left = (part for part in self.parts.values() if part.key not in self.done)
        if all(trial._stream(part, Prolog(part.name).feed) for part in left):
            self.when_safe(Preflight(self.file.name, self.file.sha256, "xlsx", data=self.file.data), tuple(sheets))

    def _strings(self, name: str) -> None:
        part = self._part(name)
        if part is None or self.stopped:
            return
        scan = StringScan()
        self.strings = None  # not known, unless all goes well
        if self._stream(part, scan.feed):
            self.strings = self._finish(scan.finish, None, self.at, part.name)

    def _sheet(self, listed: ListedSheet, relation: Relationship | None) -> None:
        at = Cell(self.file.name, listed.name)
        part = self._part(relation.target) if relation and not relation.external else None
        if any(sheet.name.casefold() == listed.name.casefold() for sheet in self.sheets):
            self.findings.append(Finding("sheet-twice", "two sheets of the workbook have this name", at))
        if relation is None or part is None:
            missing = (
                f"the file lists this sheet but does not hold its cells{f': {relation.target}' if relation else ''}"
            )
            self.findings.append(Finding("sheet-part-missing", missing, at))
            return
        if any(sheet.part == part.name for sheet in self.sheets):
            self.findings.append(Finding("sheet-twice", f"another sheet has the same cells, {part.name}", at))
        if part.key in self.done or self.stopped:
            return
        if relation.kind != "worksheet":
            self._stream(part, Prolog(part.name).feed, at)
            self.sheets.append(SheetFacts(listed.name, listed.state, relation.kind, part.name))
            return
        scan = SheetScan(_ANY_STRING if self.strings is None else self.strings, external=leads_outside(self.outside))
        if self._stream(part, scan.feed, at):
            tally = self._finish(scan.finish, None, at, part.name)
            if tally is not None:
                facts = tally.facts(listed.name, listed.state, part.name)
                is_usual = self.as_usual and part.key not in self.not_utf8 and not relation.is_quoted
                self.sheets.append(replace(facts, as_usual=is_usual))

    def _finish(self, finish: Callable[[], T], otherwise: T, at: Cell, part: str) -> T:
        try:
            return finish()
        except RefusedError as problem:
            self._refuse(problem, at, part)
            return otherwise


def _format_of(content: str) -> Format | None:
    """The format of a main part of this content type; None if it is not a workbook's."""
    content = content.casefold()
    if "ms-excel.sheet.binary" in content:
        return "xlsb"
    if "ms-excel" in content and "macroenabled.main" in content:
        return "xlsm"
    return "xlsx" if "spreadsheetml" in content and content.endswith(".main+xml") else None
