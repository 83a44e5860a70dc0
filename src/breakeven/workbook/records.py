"""Rows to records: each cell read as its field's kind, each bad cell a finding, every penny counted."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Any, Generic, Literal, TypeVar, get_args, get_origin

from pydantic import ValidationError

from breakeven.findings import Cell, Finding
from breakeven.ledger.lines import Transaction, Transactions
from breakeven.ledger.record import Kind, Reads, Record
from breakeven.ledger.year import SheetTally
from breakeven.money import to_pence
from breakeven.workbook import amounts
from breakeven.workbook.amounts import UnreadableError, is_blank
from breakeven.workbook.book import Grid, column_letter
from breakeven.workbook.layout import TableLayout
from breakeven.workbook.table import Row, Table, find_table

NUMBERS = frozenset({Kind.AMOUNT, Kind.NUMBER, Kind.COUNT})

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class FieldRule:
    """How one field of a record is read."""

    name: str
    kind: Kind
    optional: bool
    choices: tuple[str, ...]
    """The words it may hold, lower case; none where any text will do."""


@cache
def field_rules(record: type[Record]) -> tuple[FieldRule, ...]:
    """The reading rules of a record's fields, from their annotations. ``at`` is not read from a cell."""
    rules: list[FieldRule] = []
    for name, info in record.model_fields.items():
        reads = next((mark for mark in info.metadata if isinstance(mark, Reads)), None)
        if reads:
            rules.append(FieldRule(name, reads.kind, reads.optional, tuple(_choices(info.annotation))))
    return tuple(rules)


def _choices(annotation: Any) -> Iterator[str]:
    if get_origin(annotation) is Literal:
        yield from (str(choice) for choice in get_args(annotation))


@dataclass(frozen=True, slots=True)
class SheetRead(Generic[R]):
    """What one sheet gave: its records, its count of lines and pennies, its findings."""

    records: tuple[R, ...]
    tally: SheetTally | None
    findings: tuple[Finding, ...]
    sums: Mapping[str, tuple[int, Decimal, Cell]] = field(default_factory=dict[str, tuple[int, Decimal, Cell]])
    """Each column of numbers by heading: how many lines hold a number, what they add up to, its heading's cell."""

    @property
    def is_whole(self) -> bool:
        """Whether every line was accepted."""
        return not any(finding.is_error for finding in self.findings)


def read_sheet(grid: Grid, layout: TableLayout, record: type[R]) -> SheetRead[R]:
    """Read one sheet into records of one type; a row with a finding is held back, the rest are read."""
    table = find_table(grid, layout, _required(record))
    if isinstance(table, list):
        return SheetRead((), None, tuple(table))

    def make(row: Row, values: dict[str, Any]) -> R | list[Finding]:
        try:
            return record.model_validate({**values, "at": table.cell(row.number, layout.principal)})
        except ValidationError as error:
            return [
                Finding("row-invalid", detail["msg"], table.cell(row.number, str(detail["loc"][0])))
                for detail in error.errors()
            ]

    return _read(table, record, make)


def read_transactions(grid: Grid, layout: TableLayout) -> tuple[Transactions | None, SheetRead[Transaction]]:
    """Read the extract in bulk: the same rules a cell, columns instead of a record a line."""
    columns: dict[str, list[Any]] = {rule.name: [] for rule in field_rules(Transaction)}
    numbers: list[int] = []

    def keep(row: Row, values: dict[str, Any]) -> Transaction | list[Finding]:
        numbers.append(row.number)
        for name, column in columns.items():
            column.append(values.get(name, ""))
        return _HELD_IN_BULK

    table = find_table(grid, layout, _required(Transaction))
    if isinstance(table, list):
        return None, SheetRead((), None, tuple(table))
    read = _read(table, Transaction, keep)
    extract = Transactions(
        workbook=grid.workbook,
        sheet=grid.sheet,
        amount_column=column_letter(table.columns[layout.principal]),
        row=numbers,
        date=columns["date"],
        period=columns["period"],
        cost_centre=columns["cost_centre"],
        account=columns["account"],
        description=columns["description"],
        supplier=columns["supplier"],
        reference=columns["reference"],
        pence=[to_pence(amount) for amount in columns["amount"]],
        basis=columns["basis"],
    )
    return extract, SheetRead((), read.tally, read.findings, read.sums)


_HELD_IN_BULK: Any = object()


def _required(record: type[Record]) -> list[str]:
    return [rule.name for rule in field_rules(record) if not rule.optional]


def _read(table: Table, record: type[R], make: Callable[[Row, dict[str, Any]], R | list[Finding]]) -> SheetRead[R]:
    rules = [rule for rule in field_rules(record) if rule.name in table.columns]
    records: list[R] = []
    findings: list[Finding] = []
    held_back: set[int] = set()
    sums = {rule.name: [0, Decimal(0)] for rule in rules if rule.kind in NUMBERS}
    for row in table.lines:
        values, row_findings = _values(table, row, rules)
        if not row_findings:
            made = make(row, values)
            if isinstance(made, list):
                row_findings = made
            else:
                records.append(made)
        if row_findings:
            held_back.add(row.number)
            findings += row_findings
            continue
        for name, column_sum in sums.items():
            if values.get(name) is not None:
                column_sum[0] += 1
                column_sum[1] += values[name]
    if not held_back:
        findings += _check_totals(table, rules)
    return SheetRead(
        tuple(records),
        _tally(table, held_back, int(sums[table.layout.principal][0]), Decimal(sums[table.layout.principal][1])),
        tuple(findings),
        {
            table.heading(name): (int(lines), Decimal(total), table.cell(table.heading_row, name))
            for name, (lines, total) in sums.items()
        },
    )


def _values(table: Table, row: Row, rules: Sequence[FieldRule]) -> tuple[dict[str, Any], list[Finding]]:
    values: dict[str, Any] = {}
    findings: list[Finding] = []
    for rule in rules:
        try:
            values[rule.name] = _value(row.values[rule.name], rule, text_allowed=table.layout.text_amounts)
        except UnreadableError as error:
            findings.append(Finding(error.code, str(error), table.cell(row.number, rule.name)))
    return values, findings


_READERS: dict[Kind, Callable[..., Any]] = {
    Kind.AMOUNT: amounts.read_amount,
    Kind.NUMBER: amounts.read_number,
    Kind.COUNT: amounts.read_count,
    Kind.DATE: amounts.read_date,
    Kind.YEAR: amounts.read_year,
    Kind.PERIOD: amounts.read_period,
    Kind.YES_NO: amounts.read_yes_no,
}


def _value(value: Any, rule: FieldRule, *, text_allowed: bool) -> Any:
    if rule.kind is Kind.TEXT:
        return _text(value, rule)
    if rule.optional and is_blank(value):
        return None
    if rule.kind in NUMBERS:
        return _READERS[rule.kind](value, text_allowed=text_allowed)
    return _READERS[rule.kind](value)


def _text(value: Any, rule: FieldRule) -> str:
    text = amounts.read_text(value)
    if not text and not rule.optional:
        raise UnreadableError("text-blank", "the cell is blank")
    if text in amounts.EXCEL_ERRORS:
        raise UnreadableError("cell-error", f"the cell holds the Excel error {text}")
    if rule.choices:
        for choice in rule.choices:
            if text.casefold() == choice.casefold():
                return choice
        options = ", ".join(choice for choice in rule.choices if choice)
        raise UnreadableError("row-invalid", f"expected one of {options}; found {amounts.quoted(text)}")
    return text


def _number_or_none(value: Any) -> Decimal | None:
    """A cell's number if it holds one, text that reads as one among them: what conservation counts."""
    try:
        return amounts.read_number(value, text_allowed=True)
    except UnreadableError:
        return None


def _check_totals(table: Table, rules: Sequence[FieldRule]) -> Iterator[Finding]:
    """Each stated total against the lines above it: since the total before, or from the top."""
    names = [rule.name for rule in rules if rule.kind in NUMBERS]
    for i, total in enumerate(table.totals):
        since = table.totals[i - 1].number if i else 0
        for name in names:
            stated = _number_or_none(total.values[name])
            if stated is None:
                continue
            above = [
                (row.number, _number_or_none(row.values[name])) for row in table.lines if row.number < total.number
            ]
            from_top = sum((n for _, n in above if n is not None), Decimal(0))
            from_last = sum((n for at, n in above if n is not None and at > since), Decimal(0))
            if stated not in {from_top, from_last}:
                yield Finding(
                    "total-disagrees",
                    f"the total says {stated:,}, the lines above it come to {from_top:,}: {stated - from_top:,} apart",
                    table.cell(total.number, name),
                )


def _tally(table: Table, held_back: set[int], accepted_lines: int, accepted: Decimal) -> SheetTally:
    """Count the principal column again from its cells, apart from the records made of them."""
    name = table.layout.principal
    lines = [(row.number, _number_or_none(row.values[name])) for row in table.lines]
    stated = [n for row in table.totals if (n := _number_or_none(row.values[name])) is not None]
    back = [n for number, n in lines if number in held_back]
    numbers = [n for _, n in lines if n is not None]
    unheld_blank = sum(1 for number, n in lines if n is None and number not in held_back)
    return SheetTally(
        workbook=table.grid.workbook,
        sheet=table.grid.sheet,
        heading=table.heading(name),
        lines=len(lines) - unheld_blank + len(stated),
        accepted_lines=accepted_lines,
        held_back_lines=len(back),
        set_aside_lines=len(stated),
        accepted=accepted,
        held_back=sum((n for n in back if n is not None), Decimal(0)),
        set_aside=sum(stated, Decimal(0)),
        total=sum(numbers, Decimal(0)) + sum(stated, Decimal(0)),
    )
