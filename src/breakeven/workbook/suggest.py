"""A layout suggested for a file that nobody has described: TOML that ``--layout`` takes, and what is unsure in it."""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

from breakeven.findings import Cell, Finding, visible
from breakeven.ledger.record import Kind
from breakeven.workbook.book import Book, open_book
from breakeven.workbook.guess import MISSING_WORDS, GuessedColumn, GuessedTable, guess_table
from breakeven.workbook.headings import Cells, column_letter
from breakeven.workbook.layout import default_layout, heading_key
from breakeven.workbook.text_file import RowUnreadableError, open_text

LOOKED_AT = 4_000
"""Rows that are looked at of the sheet chosen."""

GLANCED_AT = 120
"""Rows of each sheet by which one is chosen."""

_Rows = list[tuple[int, Cells]]

AMOUNT_HEADINGS = tuple(map(heading_key, default_layout()["transactions"].columns["amount"].headings))


def suggest(path: Path, *, named: bool = False) -> str | list[Finding]:
    """The layout file for a workbook; findings where it is refused, or holds nothing like a table.

    named: whether each table is to say which workbook it is for.
    """
    book = open_book(path)
    if isinstance(book, list):
        return book
    looked = _looked_at(book)
    if isinstance(looked, Finding):
        return [looked]
    is_text = book.flight.format == "csv"
    guessed = [
        table for name, rows in looked.items() if (table := guess_table(name, rows[:GLANCED_AT], is_text=is_text))
    ]
    if not guessed:
        return [Finding("table-empty", "no sheet has a row of words over rows of numbers", Cell(book.name))]
    size = {table.sheet: len(looked[table.sheet]) * len(table.amounts) for table in guessed}
    glanced = max(guessed, key=lambda table: (_is_shown(book, table.sheet), size[table.sheet]))
    best = guess_table(glanced.sheet, looked[glanced.sheet], is_text=is_text) or glanced
    alike = [table for table in guessed if table is glanced or _fits(table, best)]
    return "\n".join(_layout(book, best, alike, guessed, named=named)) + "\n"


def _looked_at(book: Book) -> dict[str, _Rows] | Finding:
    """The first rows of each sheet; a finding where no reader can give them."""
    if book.flight.format == "csv":
        file = open_text(book.flight)
        try:
            return file if isinstance(file, Finding) else {book.sheet_names[0]: list(islice(file.rows(), LOOKED_AT))}
        except RowUnreadableError as error:
            return error.finding
    from breakeven.workbook.child import look  # noqa: PLC0415  (a text file needs no child)

    return look(book.path, book.flight, book.sheet_names, LOOKED_AT)


def _is_shown(book: Book, sheet: str) -> bool:
    facts = book.facts(sheet)
    return facts is None or facts.state == "visible"


def _fits(table: GuessedTable, best: GuessedTable) -> bool:
    """Whether a table has every column of the best that holds anything of note."""
    there = {heading for column in table.columns for heading in map(heading_key, column.headings)}
    wanted = {heading_key(column.headings[0]) for column in best.columns}
    return len(wanted) >= 3 and wanted <= there and table.heading_row == best.heading_row


def _layout(
    book: Book, table: GuessedTable, alike: Sequence[GuessedTable], guessed: Sequence[GuessedTable], *, named: bool
) -> Iterator[str]:
    principal = _principal(table)
    names = _names(table, principal)
    yield f"# A layout suggested for {_comment(book.name)}. Look over each line marked 'unsure'."
    others = [each for each in guessed if each not in alike]
    if others:
        told = ", ".join(repr(each.sheet) for each in others[:8]) + (" and more" if len(others) > 8 else "")
        yield f"# unsure: this sheet is taken because it holds most; others hold numbers, too: {_comment(told)}"
    if table.lines >= LOOKED_AT - SPARE_ROWS:
        yield f"# unsure: only the first {LOOKED_AT:,} rows were looked at"
    yield "[[table]]"
    if named:
        yield f"workbook = {_toml(book.name)}"
    if len(alike) > 1:
        yield f"sheets = {_toml([each.sheet for each in alike])}"
    elif book.flight.format != "csv":
        yield f"sheet = {_toml(table.sheet)}"
    yield f"heading_row = {table.heading_row}"
    if table.heading_rows > 1:
        yield f"heading_rows = {table.heading_rows}  # unsure: these rows have words and no numbers"
    if table.again:
        yield f"# headings stand again in row {', '.join(map(str, table.again[:5]))}; beneath, columns are read by them"
    one = f"; unsure: one of {len(table.amounts)}" if len(table.amounts) > 1 else ""
    yield f"principal = {_toml(names[principal.number])}  # the column whose pounds are counted in and out{one}"
    yield from _rules(table, principal, names)
    yield "[table.columns]"
    for column in table.columns:
        yield _column(column, names[column.number], table)


SPARE_ROWS = 100
"""Rows of titles and notes that may stand among those that were looked at."""


def _rules(table: GuessedTable, principal: GuessedColumn, names: Mapping[int, str]) -> Iterator[str]:
    if table.unit:
        yield f'unit = "{table.unit}"  # a note says so'
    else:
        yield '# unit = "£000"  # unsure: no note names a unit; pounds are taken unless a heading says another'
    amounts = table.amounts
    if any(column.as_text for column in amounts):
        yield "text_amounts = true  # amounts are stored as text, which Excel's own sums leave out"
    if any(column.part_pennies for column in amounts):
        yield "part_pennies = true  # amounts have parts of a penny"
    words = [word for column in amounts for word in column.words]
    missing = list(dict.fromkeys(word for word in words if word.casefold() in MISSING_WORDS))
    if missing:
        yield f"missing = {_toml(missing)}  # unsure: taken to mean that there is no figure"
    odd = list(dict.fromkeys(word for word in words if word.casefold() not in MISSING_WORDS))
    if odd:
        told = ", ".join(repr(word[:30]) for word in odd[:5])
        yield f"# unsure: among the amounts stand {_comment(told)}; say under missing if they mean no figure"
    if table.total_labels:
        yield f"totals = {_toml(table.total_labels[:20])}  # unsure: set aside and checked"
    if (key := table.key) and key.filled < table.lines:
        name = key.headings[0] or column_letter(key.number)
        labels = f": {', '.join(table.keyless[:12])}" if table.keyless else ""
        what = f"{table.lines - key.filled} rows with amounts have nothing under {name!r}{labels}"
        yield f"# unsure: {_comment(what)}; if they are totals, name them under totals or set_aside"
    if table.bare:
        what = f"{len(table.bare)} rows have no amount, as {table.bare[0][:40]!r}"
        yield f"# unsure: {_comment(what)}; they are read as lines without one"
    if table.classes:
        yield f"subtotals_by = {_toml([names[column.number] for column in table.classes])}  # unsure: by these words"
    if principal.total == 0:
        yield "# unsure: the amounts come to nil; is it an empty form?"


def _principal(table: GuessedTable) -> GuessedColumn:
    """The column counted: one headed as an amount is, else the last that calls itself a total, else the first."""
    named = [column for column in table.amounts if heading_key(column.headings[0]) in AMOUNT_HEADINGS]
    totals = [column for column in table.amounts if re.search(r"\btotal", column.headings[0], re.IGNORECASE)]
    return (named or totals[-1:] or table.amounts)[0]


def _names(table: GuessedTable, principal: GuessedColumn) -> dict[int, str]:
    """A name for each column, from its heading."""
    names: dict[int, str] = {}
    for column in table.columns:
        words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", column.headings[0])
        name = re.sub(r"[\W_]+", "_", words).strip("_").casefold()[:40] or f"column_{column_letter(column.number)}"
        if column is principal and heading_key(column.headings[0]) in AMOUNT_HEADINGS:
            name = "amount"
        elif column.kind is Kind.DATE and Kind.DATE not in [c.kind for c in table.columns if c.number < column.number]:
            name = "date"
        taken = set(names.values())
        names[column.number] = name if name not in taken else f"{name}_{column_letter(column.number).lower()}"
    return names


def _column(column: GuessedColumn, name: str, table: GuessedTable) -> str:
    """One column's line: by its heading where that is the only one of its words, else by its letter."""
    headings = [heading_key(each.headings[0]) for each in table.columns]
    by_letter = table.heading_rows > 1 or headings.count(heading_key(column.headings[0])) > 1
    if by_letter or not heading_key(column.headings[0]):
        where = f'letter = "{column_letter(column.number)}"'
    else:
        said = column.headings if len(column.headings) > 1 else column.headings[0]
        where = f"heading = {_toml(said)}"
    whole = column.filled == table.lines
    optional = "" if column is table.key or (whole and column.kind is Kind.DATE) else ", optional = true"
    if column.kind is Kind.AMOUNT and whole and not table.bare:
        optional = ", optional = false"
    note = "  # unsure: headed so in later headings" if len(column.headings) > 1 else ""
    if by_letter and column.headings[0]:
        note = f"  # {_comment(column.headings[0][:60])}"
    return f'{_toml(name)} = {{ {where}, kind = "{column.kind}"{optional} }}{note}'


def _comment(text: str) -> str:
    return visible(text).replace("\n", " ")


def _toml(value: str | Sequence[str]) -> str:
    """A value as TOML writes it, no letter of which a terminal would obey."""
    return "".join(
        letter if unicodedata.category(letter) not in {"Cc", "Cf", "Zl", "Zp"} else f"\\U{ord(letter):08x}"
        for letter in json.dumps(value, ensure_ascii=False)
    )
