"""Rows that the layout itself says are no lines: totals, sub-totals of a class or region, and rows to set aside.

    totals = ["England", "Total*", 23]          the sum of the lines above; checked, never added
    subtotals_by = ["class", "region"]          a row without a key whose class is "MD" is the sum of such lines
    set_aside = ["England (excluding*"]         a sum of something else; not checked, never added

A word stands for a whole cell of text, without case; ``*`` in it stands for anything. A number is the row's own.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from breakeven.workbook.layout import TableLayout

Mark = Literal["total", "set aside"]


class RowMarks:
    """Tells marked rows from lines. Each distinct word of a column is looked at once."""

    def __init__(self, layout: TableLayout) -> None:
        self._rows: dict[int, Mark] = {}
        self._patterns: list[tuple[re.Pattern[str], Mark]] = []
        said: tuple[tuple[Mark, tuple[str | int, ...]], ...] = (
            ("set aside", layout.set_aside),
            ("total", layout.totals),
        )
        for mark, names in said:
            for name in names:
                if isinstance(name, int):
                    self._rows[name] = mark
                else:
                    self._patterns.append((_pattern(name), mark))
        self._texts = [name for name, column in layout.columns.items() if column.kind == "text"]
        self._known: dict[str, Mark | None] = {}

    def marked(self, numbers: Sequence[int], raw: Mapping[str, Sequence[Any]]) -> Iterator[int]:
        """Places in a run of rows that are marked."""
        if self._rows:
            yield from (i for i, number in enumerate(numbers) if number in self._rows)
        if self._patterns:
            for name in self._texts:
                cells = raw.get(name, ())
                words = {cell for cell in set(cells) if isinstance(cell, str) and self._of_word(cell)}
                if words:
                    yield from (i for i, cell in enumerate(cells) if cell in words)

    def of(self, row: int, cells: Mapping[str, Any]) -> Mark | None:
        """How a row is marked; None for a line."""
        if row in self._rows:
            return self._rows[row]
        texts = (cells.get(name) for name in self._texts) if self._patterns else ()
        return next((mark for text in texts if isinstance(text, str) and (mark := self._of_word(text))), None)

    def name_of(self, cells: Mapping[str, Any]) -> str:
        """The word that marks a row; nothing where none does."""
        texts = [cell for name in self._texts if self._patterns and isinstance(cell := cells.get(name), str)]
        return next((text.strip() for text in texts if self._of_word(text)), "")

    def _of_word(self, text: str) -> Mark | None:
        if text not in self._known:
            word = " ".join(text.split())
            self._known[text] = next((mark for pattern, mark in self._patterns if pattern.fullmatch(word)), None)
        return self._known[text]


def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(re.escape(" ".join(name.split())).replace(r"\*", ".*"), re.IGNORECASE | re.DOTALL)
