"""What a scan of one sheet's XML found, before any reader has opened it.

A reader that loses something in silence (an error read as blank, a formula without its value, a cell that
stands twice) can then be kept away from the sheet, or the reader's answer checked against these counts.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

KEPT_REFS = 1_000
"""References kept of one kind; beyond them only the count goes on."""
MAX_ROW, MAX_COLUMN = 1_048_576, 16_384  # XFD1048576, the last cell Excel has


@dataclass(frozen=True, slots=True)
class Refs:
    """Cells (``E5``), rows (``12``) or ranges (``A1:B2``) of one kind: how many, and the first of them."""

    count: int = 0
    first: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.count > 0

    def __str__(self) -> str:
        """The first five, and how many more: ``E3, E9`` or ``E3, E4, E5, E6, E7 and 12 more``."""
        shown = ", ".join(self.first[:5])
        more = self.count - min(5, len(self.first))
        return f"{shown} and {more:,} more" if more else shown


@dataclass(frozen=True, slots=True)
class Extent:
    """The smallest block that holds every cell with a value or formula; 1 is row 1 and column A."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    def __str__(self) -> str:
        first = f"{column_letters(self.first_column)}{self.first_row}"
        return f"{first}:{column_letters(self.last_column)}{self.last_row}"

    @property
    def area(self) -> int:
        """Cells of the block, filled or not: what a reader that fills the gaps would allocate."""
        return (self.last_row - self.first_row + 1) * (self.last_column - self.first_column + 1)


@dataclass(frozen=True, slots=True)
class ColumnFacts:
    """What occurs in one column, each with the cell where it occurs first."""

    letters: str
    styles: dict[int, str]
    """Style index (into ``Preflight.number_formats``) to first cell."""
    number_styles: dict[int, str] = field(default_factory=dict[int, str], compare=False, kw_only=True)
    """The same of numbers alone, as far as rows were scanned one by one."""
    kinds: dict[str, str]
    """Kind of cell to first cell: ``empty`` (formatted only), ``number``, ``shared`` (a shared string),
    ``inline`` and ``text`` (strings), ``boolean``, ``error``, ``date`` (ISO text), ``missing`` (a shared string
    that is not there), ``unreadable``; with `` formula`` after it where a formula gave it, and
    ``uncached formula`` where its result is not in the file."""


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """One sheet of the list in workbook.xml, and what stands in it. All counts are of the sheet's XML."""

    name: str
    state: str = "visible"
    """``visible``, ``hidden``, or ``veryHidden`` (only a macro can show it)."""
    kind: str = "worksheet"
    """``worksheet``; ``chartsheet``, ``dialogsheet`` and macro sheets have no cells to read."""
    part: str = ""
    """The zip part it stands in, as the zip spells it."""
    strict: bool = False
    """Strict OOXML, which openpyxl does not see."""
    as_usual: bool = True
    """Whether its XML, and that of the parts read with it, is UTF-8, and those stand where calamine looks for them."""
    declared: str | None = None
    """What ``<dimension>`` says the sheet covers: often wrong."""
    extent: Extent | None = None
    """What it truly covers; None if no cell holds anything. A lone space counts."""
    rows: int = 0
    cells: int = 0
    """Cells that are written down, with or without a value."""
    filled: int = 0
    """Cells with a value or a formula."""
    formulas: int = 0
    without_ref: int = 0
    """Cells that do not say where they stand (allowed: they follow the one before)."""
    errors: Refs = Refs()
    uncached: Refs = Refs()
    """Formulas whose result is not in the file."""
    external: Refs = Refs()
    """Formulas that take a figure from another workbook."""
    cells_twice: Refs = Refs()
    rows_twice: Refs = Refs()
    disordered: Refs = Refs()
    """Rows and cells that stand after a later one: read rightly by some readers only."""
    bad_refs: Refs = Refs()
    """Places no sheet has, or a cell that stands in another row than it says."""
    missing_strings: Refs = Refs()
    """Cells that point past the end of the shared strings."""
    unreadable: Refs = Refs()
    """Values that readers disagree on: ``NaN``, ``1,5``, a comment inside a number, two values in a cell."""
    merges: Refs = Refs()
    hidden_rows: Refs = Refs()
    hidden_columns: tuple[str, ...] = ()
    """Columns hidden: ``C`` or ``C:F``."""
    rows_hidden_by_default: bool = False
    autofilter: str | None = None
    """The range under a filter's arrows."""
    filtered: bool = False
    """Whether the filter is on, so that rows may be hidden by it."""
    columns: dict[int, ColumnFacts] = field(default_factory=dict[int, ColumnFacts])
    """By column number, 1 is A. Only columns with a cell."""

    @property
    def plain(self) -> bool:
        """Whether python-calamine reads every cell of it as openpyxl does: nothing here that it loses in silence.

        It reads an error as blank, a formula without its result as blank, and misplaces cells that do not say
        where they stand (calamine 0.9.1, each tried); of a sheet that is not UTF-8, or not where
        it usually is, it reads nothing.
        """
        lost = (
            self.errors,
            self.uncached,
            self.cells_twice,
            self.rows_twice,
            self.disordered,
            self.bad_refs,
            self.missing_strings,
            self.unreadable,
        )
        is_usual = self.kind == "worksheet" and self.as_usual and not self.strict and not self.without_ref
        return is_usual and not any(lost)


class RefList:
    """References being gathered: the first ``KEPT_REFS``, and a count of all."""

    __slots__ = ("count", "first")

    def __init__(self) -> None:
        self.count = 0
        self.first: list[str] = []

    def add(self, ref: str) -> None:
        """Count one more."""
        self.count += 1
        if len(self.first) < KEPT_REFS:
            self.first.append(ref)

    def extend(self, refs: Iterable[str]) -> None:
        """Count several more."""
        for ref in refs:
            self.add(ref)

    def refs(self) -> Refs:
        """What was gathered, fixed."""
        return Refs(self.count, tuple(self.first))


class Tally:
    """The facts of one sheet while it is scanned. Both scans, exact and fast, add to the same tally.

    ``version`` goes up whenever something new is learned of a column or of how rows are written: the fast scan
    accepts only rows that add nothing to what is known, so it must be made anew then.
    """

    def __init__(self, shared_strings: int) -> None:
        self.shared_strings = shared_strings
        self.version = 0
        self.root = ""
        self.strict = False
        self.declared: str | None = None
        self.rows = self.cells = self.filled = self.formulas = self.without_ref = 0
        self.first_row = MAX_ROW + 1
        self.last_row = 0
        self.max_row = 0
        self.seen_rows = bytearray()  # 1 for each row number that has stood; 1 MiB, made with the first row
        self.errors, self.uncached, self.external = RefList(), RefList(), RefList()
        self.cells_twice, self.rows_twice, self.disordered = RefList(), RefList(), RefList()
        self.bad_refs, self.missing_strings, self.unreadable = RefList(), RefList(), RefList()
        self.merges, self.hidden_rows = RefList(), RefList()
        self.hidden_columns: list[str] = []
        self.rows_hidden_by_default = self.filtered = False
        self.autofilter: str | None = None
        self.columns: dict[int, ColumnFacts] = {}
        self.kinds: set[str] = set()
        self.row_forms: set[tuple[str, ...]] = set()
        self.external_shared: set[str] = set()
        """Formulas shared by several cells that take a figure from another workbook, by their number in the file."""

    def stand_row(self, number: int) -> bool:
        """Note that row ``number`` stands here. Returns whether it has stood before."""
        if not self.seen_rows:
            self.seen_rows = bytearray(MAX_ROW + 1)
        if number > self.max_row:
            self.max_row = number
        elif self.seen_rows[number]:
            self.rows_twice.add(str(number))
            return True
        else:
            self.disordered.add(str(number))
        self.seen_rows[number] = 1
        return False

    def stand_rows(self, numbers: list[int]) -> None:
        """Note that rows stand here, in ascending order and all below the last."""
        if not self.seen_rows:
            self.seen_rows = bytearray(MAX_ROW + 1)
        first, self.max_row = numbers[0], numbers[-1]
        if self.max_row - first + 1 == len(numbers):
            self.seen_rows[first : self.max_row + 1] = b"\1" * len(numbers)
        else:
            for number in numbers:
                self.seen_rows[number] = 1

    def fill_rows(self, first: int, last: int) -> None:
        """Widen the true extent to rows ``first`` to ``last``."""
        self.first_row = min(first, self.first_row)
        self.last_row = max(last, self.last_row)

    def learn_cell(self, column: int, style: int, kind: str, ref: str) -> None:
        """Note what stands in a column; only what is new there costs anything."""
        facts = self.columns.get(column)
        if facts is None:
            facts = self.columns[column] = ColumnFacts(column_letters(column), {}, {})
        if style not in facts.styles:
            facts.styles[style] = ref
            self.version += 1
        if kind.startswith("number"):
            facts.number_styles.setdefault(style, ref)
        if kind not in facts.kinds:
            facts.kinds[kind] = ref
            self.kinds.add(kind)
            self.version += 1

    def learn_row_form(self, attributes: tuple[str, ...]) -> None:
        """Note with which attributes, in which order, a row is written."""
        if attributes not in self.row_forms:
            self.row_forms.add(attributes)
            self.version += 1

    def extent(self) -> Extent | None:
        """The true extent so far."""
        filled = [number for number, facts in self.columns.items() if any(kind != "empty" for kind in facts.kinds)]
        if not filled:
            return None
        return Extent(self.first_row, min(filled), self.last_row, max(filled))

    def facts(self, name: str = "", state: str = "visible", part: str = "") -> SheetFacts:
        """Everything found, fixed, under the sheet's name."""
        return SheetFacts(
            name=name,
            state=state,
            kind=self.root or "worksheet",
            part=part,
            strict=self.strict,
            declared=self.declared,
            extent=self.extent(),
            rows=self.rows,
            cells=self.cells,
            filled=self.filled,
            formulas=self.formulas,
            without_ref=self.without_ref,
            errors=self.errors.refs(),
            uncached=self.uncached.refs(),
            external=self.external.refs(),
            cells_twice=self.cells_twice.refs(),
            rows_twice=self.rows_twice.refs(),
            disordered=self.disordered.refs(),
            bad_refs=self.bad_refs.refs(),
            missing_strings=self.missing_strings.refs(),
            unreadable=self.unreadable.refs(),
            merges=self.merges.refs(),
            hidden_rows=self.hidden_rows.refs(),
            hidden_columns=tuple(self.hidden_columns),
            rows_hidden_by_default=self.rows_hidden_by_default,
            autofilter=self.autofilter,
            filtered=self.filtered,
            columns=dict(sorted(self.columns.items())),
        )


def column_letters(number: int) -> str:
    """``A`` for 1, ``XFD`` for 16,384."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


COLUMNS = {column_letters(number): number for number in range(1, MAX_COLUMN + 1)}
"""Every column there is, by its letters."""
