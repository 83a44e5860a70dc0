"""What is wrong with the input, how bad it is, and in which cell.

Bad data is returned as findings, all of it, beside what could be read. Exceptions are for a
caller's mistake. ``CODES`` lists every finding there is; ``docs/findings.md`` is made from it.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad a finding is: an error refuses the input (exit 3), a warning is said, a note informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of finding: how bad it is and what it means to the person who reads it."""

    severity: Severity
    meaning: str


def _error(meaning: str) -> Code:
    return Code(Severity.ERROR, meaning)


def _warning(meaning: str) -> Code:
    return Code(Severity.WARNING, meaning)


CODES: dict[str, Code] = {
    "accrual-sign": _warning("An accrual or a prepayment, or the reversal of one, has another sign than is usual."),
    "amount-as-text": _error(
        "An amount is stored as text, so Excel's own sums leave it out. Make it a number, or let the layout read text."
    ),
    "amount-blank": _error("A row has no amount. Blank is not nil: type 0 if it is nil."),
    "amount-currency": _error("An amount is shown in another currency than pounds."),
    "amount-format": _warning("A number format shows an amount as something else than what is read."),
    "amount-not-a-number": _error("An amount cell holds something that is not an amount."),
    "amount-part-penny": Code(
        Severity.NOTE, "Amounts have parts of a penny; the layout lets them, and they are kept exactly."
    ),
    "amount-sub-penny": _error("An amount has part of a penny in it."),
    "amount-unit": _warning("A heading says that its amounts are in thousands or millions; they are read as such."),
    "assumption-twice": _error("Two assumptions of one kind are for the same line and year."),
    "band-unreadable": _warning(
        "A band of a KPI, or how it is said to be read, is not understood, so that no value is in it."
    ),
    "bridge-unfit": _warning(
        "A row of the bridge to money names no indicator or line that there is, or cannot move it so; the step is open."
    ),
    "cell-error": _error("A cell holds an Excel error such as #REF!."),
    "cell-out-of-order": _error(
        "Rows or cells of a sheet stand in the file after later ones; only some readers read that rightly."
    ),
    "cell-ref-invalid": _error("A cell says it stands where no sheet has a cell, or in another row than it does."),
    "cell-style-unknown": _error(
        "A cell has a format the workbook does not have, so a date cannot be told from a number."
    ),
    "cell-text-missing": _error("A cell points to a text that is not in the workbook."),
    "cell-twice": _error("A cell stands twice in the file of its sheet; readers differ in which they take."),
    "cell-unreadable": _error("A cell's value is written in a way that readers disagree on."),
    "code-ambiguous": _error("Two lines of the chart of accounts claim one cost centre and account."),
    "code-unknown": _error("A cost centre or account is not among those that the layout says there are."),
    "code-unmapped": _warning(
        "No line of the chart of accounts has this cost centre and account; its money is shown as unmapped."
    ),
    "column-missing": _error("A sheet has no column under a heading that is needed."),
    "column-twice": _error("Two columns of a sheet have headings for the same thing."),
    "columns-hidden": _warning("A column that is read is hidden."),
    "contract-sum-missing": _warning("No row gives the contract sum of the folder's own year, so the year is open."),
    "contract-sum-unused": _warning("A contract sum is of another year than the folder's, and is not used."),
    "control-total-differs": _error("The lines of a sheet do not come to the control total typed for them."),
    "control-total-none": Code(
        Severity.NOTE, "A workbook has no sheet of control totals, so that a changed amount cannot be noticed."
    ),
    "control-total-unknown": _error("A control total is for a sheet or column that was not read."),
    "csv-encoding": _error("A text file is in no encoding that is known."),
    "csv-decimal-comma": _warning("A text file's figures have a decimal comma, as 1.234,50, and are read so."),
    "csv-form": Code(
        Severity.NOTE, "A text file is in an older encoding, or has another sign than commas between fields."
    ),
    "csv-row": _error("A row of a text file has too many fields, or a quote that is never closed."),
    "date-far": _warning(
        "A virement or variation is dated long after its year, or before it; a variation may be agreed the year before."
    ),
    "date-not-a-date": _error("A date cell holds something that is not a date."),
    "date-outside-year": _error("A date falls outside the contract year."),
    "delivery-early": _warning("A saving is said to have delivered in a year before it starts; no year counts that."),
    "end-before-start": _error("A placement, a filled post or a grant ends before it starts."),
    "external-link": _warning("A cell takes its figure from another workbook."),
    "file-changed": _error("A file changed while it was being read."),
    "file-damaged": _error("A file's structure is broken, so that not all of it can be read."),
    "file-empty": _error("A file has no bytes."),
    "file-encrypted": _error("A workbook is encrypted with a password."),
    "file-lock": _error("A file is the lock file Excel keeps beside an open workbook."),
    "file-misnamed": _warning(
        "The ending of a file's name says another format than its bytes; the bytes are believed."
    ),
    "file-missing": _error("There is no file of the name given."),
    "file-not-a-workbook": _error("A file is something else than a workbook, or a text file named as one."),
    "file-not-regular": _error("A folder, pipe or device stands where a workbook was expected."),
    "file-too-large": _error("A file is larger than 100 MiB."),
    "file-too-slow": _error("A file could not be read within the time allowed for its size."),
    "file-unreadable": _error("The computer will not let a file be read."),
    "folder-missing": _error("There is no ledger folder here, or it holds no breakeven.toml."),
    "format-unseen": _warning(
        "A file is .xls, .xlsb or .ods, in which hidden rows, merges, errors and number formats cannot be seen here."
    ),
    "formula-left": _warning(
        "Formulas were left for Excel to work out when it opens the file; their results in it may be old or nought."
    ),
    "formula-no-result": _error(
        "A formula's result is not in the file: Excel has not worked it out since it was written."
    ),
    "headings-again": _warning("Headings stand again amid the lines; the rows beneath are read by them."),
    "key-unknown": _error("A setting of breakeven.toml is not one that is known."),
    "line-differs": _error("The sheet puts a code under another line than the chart of accounts does."),
    "line-twice": _warning("Two lines are the same in every column that is read; both are counted."),
    "line-unknown": _error("A row names a line that the chart of accounts does not have."),
    "merge-hides": _warning("An amount lies beneath merged cells, where nobody sees it; it is read."),
    "name-unknown": _warning(
        "A row or setting names a priority, saving, variation, source of income, type of placement or KPI that there "
        "is none of."
    ),
    "overlay-outside": _warning("A row of Scenarios counts in no year that the plan looks ahead to."),
    "overlay-unfit": _error(
        "A row of Scenarios names no line, group or saving, or changes what that has not got, or ends before it starts."
    ),
    "payment-half": _error("A payment has its day and no amount, or its amount and no day."),
    "percent-as-fraction": _error(
        "A rate is shown as a percentage, so that 3% is held as 0.03, which is not 3 per cent."
    ),
    "percent-outside": _error("A rate of inflation or growth is below -100 or above 100 per cent."),
    "percent-small": _warning("A rate is so near nil that it may be a fraction: 0.03 typed for 3 per cent."),
    "period-differs": _error("A line's date falls in another period than the one beside it."),
    "placement-overlap": _warning("Two rows of the placement register pay for one night of one child."),
    "ref-twice": _error("Two rows are for one thing, such as a reference, source, balance or budget code."),
    "register-incomplete": _warning(
        "An accrual, a forecast by hand or an explanation does not say when, by whom or why."
    ),
    "reversal-twice": _warning(
        "A reversal undoes an accrual or prepayment that is undone by itself within the year, so that it counts twice."
    ),
    "reversal-unclear": _error(
        "It cannot be told in which year and period an accrual is undone, or it is undone before it counts."
    ),
    "row-invalid": _error("A row holds a value that its column does not allow."),
    "row-twice": _error("A row stands twice in the file of its sheet; readers differ in which they take."),
    "reader-other": _warning(
        "The usual reader cannot read a workbook; another has, which is known to lose nothing of such a sheet."
    ),
    "row-disagrees": _warning("A line does not add up as the layout says that every line does."),
    "rows-hidden": _warning("Rows of a table are hidden; they are read like any other."),
    "saving-and-demand": _warning(
        "A saving is on a line that an assumption or a scenario makes smaller as well: one fall may be counted twice."
    ),
    "saving-outside": Code(
        Severity.NOTE, "A saving starts before the folder's year or after the plan's last, so that no total counts it."
    ),
    "saving-overlap": _warning(
        "Two savings or more claim so much of one line together that some of it may be claimed twice."
    ),
    "seal-broken": _error("A closed period's file is not as it was sealed."),
    "seal-chain": _error("A closed period's seal does not follow that of the one closed before it."),
    "seal-elsewhere": _error("A closed period's file is of another year or period than where it stands."),
    "seal-stray": _warning("A file among the closed periods is none of them."),
    "seal-unreadable": _error("A closed period's file cannot be read as one."),
    "setting-invalid": _error("A setting of breakeven.toml has a value it cannot have."),
    "rows-not-read": _warning("Rows outside those that the layout reads hold numbers in the column that is counted."),
    "shares-not-100": _warning("Who bears a variation is not given as shares that add up to 100."),
    "sheet-hidden": _warning("A hidden sheet holds numbers; the finding says whether it is read."),
    "sheet-missing": _error("A workbook has no sheet under the name the layout gives."),
    "sheet-not-read": Code(Severity.NOTE, "A sheet holds numbers and is not read."),
    "sheet-part-missing": _error("A workbook lists a sheet whose cells are not in the file."),
    "sheet-root-unknown": _error("A sheet's XML is not that of a sheet."),
    "sheet-twice": _error("A workbook lists two sheets under one name, or one sheet's cells twice."),
    "sign-reversed": _warning(
        "Every line of income is negative, against the rule that income and expenditure are positive."
    ),
    "ssda903-adult": _warning("A child is in a return after the 18th birthday; the nights from then on are set aside."),
    "ssda903-child": _warning(
        "An episode is of a child without a row in any Header file and is held back, or a child has two dates of birth."
    ),
    "ssda903-differs": _warning(
        "Two rows are for one episode and differ in its end or place; that of the later return, or lower row, is used."
    ),
    "ssda903-file": _error("A folder does not hold the Header and Episodes files of one year's SSDA903 return."),
    "ssda903-lost": _warning(
        "An episode is open in one year's return and in no later one: the child is lost from sight at that year's end."
    ),
    "ssda903-overlap": _warning("An episode lasts beyond the start of the child's next one; it is ended there."),
    "ssda903-row": _warning("A row of an SSDA903 file holds what it cannot hold, and is held back."),
    "table-beside": _error("A second table stands beside the one that is read, under the same heading."),
    "table-empty": _warning("A table has its headings, and no line beneath them."),
    "text-blank": _error("A cell that must say something is blank."),
    "table-nil": _warning("Every amount of a table is nil or blank: an empty form, or a workbook not worked out."),
    "total-as-line": _warning(
        "A row calls itself a total but is not the sum of the lines above; it is read as a line unless the layout "
        "names it."
    ),
    "total-by-value": _warning(
        "A row without a word for a total is the sum of the lines above; it is set aside as one, not added."
    ),
    "total-disagrees": _error("A total row says another sum than the lines above it come to."),
    "total-or-line": _error("A row that reads as a line calls itself a total and is the sum of the lines above."),
    "uncertain-unfit": _error(
        "A row of Uncertainty moves no line, or income and spend at once; or a correlation names none of its rows."
    ),
    "unit-unclear": _error(
        "It cannot be told what one in a column of amounts is worth: two places say different units."
    ),
    "virement-above-limit": _warning(
        "A virement is above what its approver may approve, or its approver has no limit."
    ),
    "workbook-missing": _error("The folder has no workbook under the name the layout gives."),
    "workbook-open": _error("A workbook that is to be written to is open in Excel or another program."),
    "workbook-not-read": Code(Severity.NOTE, "A workbook of the folder is one that no layout names, and is not read."),
    "workbook-read-only": _error("A workbook that is to be written to is marked read-only."),
    "workbook-twice": _warning("Two files hold the same bytes, so that what is in them would count twice."),
    "workbook-unreadable": _error("A file cannot be opened as a workbook."),
    "write-unproved": _error(
        "A workbook with new lines does not read back as it should; the old one was left as it was."
    ),
    "write-unsafe": _error(
        "A workbook holds something that new lines cannot be written beside; it was left as it was."
    ),
    "xml-damaged": _error("A part of a workbook is not sound XML."),
    "xml-doctype": _error(
        "A part of a workbook declares a DOCTYPE, through which entities could change or fetch values."
    ),
    "zip-damaged": _error("A workbook's zip is cut short or damaged, or tells two stories about a part."),
    "zip-limit": _error("A workbook unpacks to more parts or bytes than any real one."),
    "zip-part-name": _error("A part of a workbook has a name that would reach outside it."),
    "zip-part-twice": _error("A workbook has two parts of one name or purpose; readers differ in which they take."),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a value was read, written as Excel writes it between workbooks. Sheet and ref may be blank."""

    workbook: str
    sheet: str = ""
    ref: str = ""

    def __str__(self) -> str:
        if not self.sheet:
            return visible(f"[{self.workbook}]")
        place = f"'[{self.workbook}]{self.sheet}'"
        return visible(f"{place}!{self.ref}" if self.ref else place)


@dataclass(frozen=True, slots=True)
class ColumnCells:
    """Cells of one column of a sheet, by row number: where a bulk ledger's lines were read."""

    workbook: str
    sheet: str
    column: str
    rows: Sequence[int]

    def __iter__(self) -> Iterator[Cell]:
        return (Cell(self.workbook, self.sheet, f"{self.column}{row}") for row in self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __str__(self) -> str:
        """The cells with runs of rows joined: ``'[a.xlsx]S'!H2:H5,H9``."""
        runs: list[list[int]] = []
        for row in sorted(self.rows):
            if runs and row == runs[-1][1] + 1:
                runs[-1][1] = row
            else:
                runs.append([row, row])
        refs = ",".join(
            f"{self.column}{first}" if first == last else f"{self.column}{first}:{self.column}{last}"
            for first, last in runs
        )
        return str(Cell(self.workbook, self.sheet, refs))


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, in plain words, with its cell."""

    code: str
    message: str
    at: Cell

    def __post_init__(self) -> None:
        if self.code not in CODES:
            raise KeyError(f"{self.code} is not listed in findings.CODES")

    @property
    def severity(self) -> Severity:
        """How bad it is, as its code says."""
        return CODES[self.code].severity

    @property
    def is_error(self) -> bool:
        """Whether the input is refused because of it."""
        return self.severity is Severity.ERROR

    def __str__(self) -> str:
        return f"{self.at}: {self.severity}: {visible(self.message)} [{self.code}]"


def visible(text: str) -> str:
    r"""``text`` with everything a terminal would obey, or that would reorder it, spelled out.

    Escapes, other control characters and the Unicode format characters (bidirectional controls among
    them) are shown as ``\x1b`` or ``\u202e``; a tab or line end becomes a space.
    """
    return "".join(_shown(ch) for ch in text)


def _shown(ch: str) -> str:
    if ch in "\t\r\n":
        return " "
    if unicodedata.category(ch) in {"Cc", "Cf", "Cs", "Zl", "Zp"} and ch != "\u200d":
        return ch.encode("unicode_escape").decode("ascii")
    return ch
