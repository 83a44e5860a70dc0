"""What the layout says holds in every line, such as ``opening + drawn - repaid = closing``, tried on each.

``... = closing within 1`` lets rounded figures be one apart, in the table's unit: £1,000 where that is £000.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from breakeven.findings import Finding
from breakeven.money import PENNY
from breakeven.workbook.layout import UNITS
from breakeven.workbook.table_read import TableRead

EXAMPLE = "opening + drawn - repaid = closing"


@dataclass(frozen=True, slots=True)
class RowRule:
    """Fields added and taken away on each side of an equals sign."""

    text: str
    left: tuple[tuple[int, str], ...]
    right: tuple[tuple[int, str], ...]
    within: Decimal = Decimal(0)

    @classmethod
    def parse(cls, text: str) -> "RowRule":
        """Read a rule; signs stand between spaces, as a field's name may hold a hyphen. Raises ValueError."""
        plain = " ".join(text.split())
        rule, _, within = plain.partition(" within ")
        sides = rule.split(" = ")
        if len(sides) != 2 or not re.fullmatch(r"(\d+(\.\d+)?)?", within):
            raise ValueError(f"{plain!r} is no rule such as {EXAMPLE!r}")
        left, right = (tuple(_terms(side, plain)) for side in sides)
        return cls(plain, left, right, Decimal(within or 0))

    @property
    def fields(self) -> list[str]:
        """Every field it names."""
        return [field for _, field in (*self.left, *self.right)]

    def difference(self, line: Mapping[str, Any]) -> Decimal | None:
        """Left less right; a blank is nil, as in Excel. None where every field is blank."""
        if all(line[field] is None for field in self.fields):
            return None
        return _sum(self.left, line) - _sum(self.right, line)


def _terms(side: str, text: str) -> Iterator[tuple[int, str]]:
    words = side.split()
    signs, names = ["+", *words[1::2]], words[::2]
    if len(names) != len(signs) or not set(signs) <= {"+", "-"}:
        raise ValueError(f"{text!r} is no rule such as {EXAMPLE!r}")
    yield from ((-1 if sign == "-" else 1, name) for sign, name in zip(signs, names, strict=True))


def _sum(terms: tuple[tuple[int, str], ...], line: Mapping[str, Any]) -> Decimal:
    return sum((sign * Decimal(line[field] or 0) for sign, field in terms), Decimal(0))


def row_findings(table: TableRead) -> Iterator[Finding]:
    """A finding for each line that breaks a rule, at the field that stands last in it."""
    for rule in map(RowRule.parse, table.layout.adds_up):
        if not set(rule.fields) <= table.values.keys():
            continue
        allowed = rule.within * UNITS[table.layout.unit or "£"] + (PENNY / 2 if table.layout.part_pennies else 0)
        columns = {field: table.values[field] for field in rule.fields}
        for i, row in enumerate(table.rows):
            apart = rule.difference({field: column[i] for field, column in columns.items()})
            if apart is not None and abs(apart) > allowed:
                message = f"{rule.text} fails by {apart:,}"
                yield Finding("row-disagrees", message, table.cell(row, rule.fields[-1]))
