"""A text file as rows: its encoding, the sign between fields and the decimal sign found, and said where unusual."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from breakeven.findings import Cell, Finding
from breakeven.workbook.preflight import Preflight
from breakeven.workbook.table_read import NumberedRow

CSV_SHEET = "csv"
"""What a text file's one table is called where a sheet's name is wanted."""

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}

LOOKED_AT = 200
"""Lines from which the sign between fields is told."""

csv.field_size_limit(2**31 - 1)  # the csv module would stop at a field of 131,072 characters

_DECIMAL_COMMA = re.compile(r"\(?-?\s?£?\d{1,3}(?:\.?\d{3})*,\d{1,2}\)?-?")
_DECIMAL_POINT = re.compile(r"\(?-?\s?£?\d{1,3}(?:,?\d{3})*\.\d{1,2}\)?-?")


class RowUnreadableError(Exception):
    """A text file cannot be read from some line on."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(str(finding))
        self.finding = finding


@dataclass(frozen=True)
class TextFile:
    """A text file decoded, and how it is written."""

    name: str
    text: str
    encoding: str
    delimiter: str
    decimal_comma: bool
    """Whether its figures are written as ``1.234,50``, all of those that show it."""

    def findings(self) -> Iterator[Finding]:
        """What is unusual about how it is written: read so, but said."""
        at = Cell(self.name, CSV_SHEET)
        said = [] if self.encoding.startswith("utf") else [f"as {self.encoding} text, not UTF-8"]
        said += [] if self.delimiter == "," else [f"with {DELIMITERS[self.delimiter]} between fields"]
        if said:
            yield Finding("csv-form", f"the file is read {' and '.join(said)}", at)
        if self.decimal_comma:
            yield Finding("csv-decimal-comma", "figures have a decimal comma, as 1.234,50, and are read so", at)

    def rows(self) -> Iterator[NumberedRow]:
        """Its rows by the line each begins on. Raises RowUnreadableError where a quote is not closed in its row."""
        reader = csv.reader(io.StringIO(self.text, newline=""), delimiter=self.delimiter, strict=True)
        begins = widest = 1
        try:
            for fields in reader:
                widest = max(widest, len(fields))
                if reader.line_num > begins:
                    self._check_swallowed(fields, begins, widest)
                yield begins, [field if field.strip() else None for field in fields]
                begins = reader.line_num + 1
        except csv.Error as error:
            raise self._unreadable(begins, str(error)) from error

    def _check_swallowed(self, fields: list[str], begins: int, widest: int) -> None:
        """A field over several lines that hold as many delimiters as a row has has swallowed rows."""
        for field in fields:
            pieces = [line.count(self.delimiter) for line in field.splitlines()]
            if len(pieces) > 1 and max(pieces[0] + pieces[-1], *pieces[1:-1], 1) >= widest - 1 > 0:
                raise self._unreadable(begins, "a field runs on over the ends of rows")

    def _unreadable(self, line: int, why: str) -> RowUnreadableError:
        message = f"the row that begins on line {line} cannot be read: {why}; is a quote never closed?"
        return RowUnreadableError(Finding("csv-row", message, Cell(self.name, CSV_SHEET, f"{line}:{line}")))


def open_text(flight: Preflight) -> TextFile | Finding:
    """A text file by its byte order mark, as UTF-8, or as Windows-1252."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if flight.data.startswith(mark):
            encodings = [encoding]
            break
    else:
        encodings = ["utf-8", "Windows-1252"]
    for encoding in encodings:
        try:
            text = flight.data.decode(encoding).lstrip("\ufeff")
        except UnicodeDecodeError:
            continue
        delimiter = delimiter_of(text)
        return TextFile(flight.name, text, encoding, delimiter, _has_decimal_comma(text, delimiter))
    return Finding("csv-encoding", "is neither UTF-8 nor Windows-1252 text", Cell(flight.name))


def delimiter_of(text: str) -> str:
    """The sign between fields: the one that splits the first lines most often and most evenly."""
    lines = [line for line in text[: LOOKED_AT * 1000].splitlines()[:LOOKED_AT] if line.strip()]

    def evenness(sign: str) -> tuple[int, int]:
        counts = [len(fields) for fields in csv.reader(lines, delimiter=sign) if fields]
        if not counts or max(counts) == 1:
            return 0, 0
        usual = max(set(counts), key=counts.count)
        return (counts.count(usual) if usual > 1 else 0), usual

    return max(DELIMITERS, key=evenness)


def _has_decimal_comma(text: str, delimiter: str) -> bool:
    """Whether some figures can only have a decimal comma, and none a decimal point."""
    if delimiter == ",":
        return False
    fields = (field.strip(' "') for line in text.splitlines() for field in line.split(delimiter))
    commas = False
    for field in fields:
        if _DECIMAL_POINT.fullmatch(field):
            return False
        commas = commas or bool(_DECIMAL_COMMA.fullmatch(field))
    return commas
