"""How a statement fits a width: its unit, how each figure is written, and which columns stand side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from textwrap import wrap

from rich.cells import cell_len

from breakeven.findings import visible
from breakeven.report.cells import AFTER, cell_text, is_nought
from breakeven.report.figures import Unit
from breakeven.report.statement import Column, ColumnKind, Row, Statement, has_pence

LABEL_WIDTH = 22
"""What a row's label needs at least, on a screen that is not narrow; longer ones wrap."""

HEADING_WIDTH = 8
"""What a heading may take before it is broken over lines, however narrow its figures."""

TEXT_WIDTH = 16
"""What a column of words takes at most; longer ones wrap."""


@dataclass(frozen=True, slots=True)
class Written:
    """A column as it will be printed: heading, and for each row a text and its A or F."""

    heading: str
    texts: tuple[str, ...]
    readings: tuple[str, ...]
    is_words: bool

    @property
    def width(self) -> int:
        """How wide it must be for no figure to be cut; words wrap, those of the heading too."""
        words = self.heading.split() if not self.is_words else [self.heading]
        widest = max(*map(cell_len, (*words, *self.texts)), min(cell_len(self.heading), HEADING_WIDTH))
        return min(widest, TEXT_WIDTH) if self.is_words else widest + self._reading_width

    @property
    def _reading_width(self) -> int:
        return 2 if any(self.readings) else 0

    @property
    def heading_lines(self) -> list[str]:
        """The heading over as many lines as it needs, above the figures."""
        if self.is_words:
            return [self.heading]
        return [self.placed(line) for line in wrap(self.heading, self.width - self._reading_width)] or [""]

    def placed(self, text: str) -> str:
        """A heading or a figure to the right of its column, with room after it for A or F."""
        room = self.width - self._reading_width - cell_len(text)
        return text if self.is_words else " " * room + text


@dataclass(frozen=True, slots=True)
class Layout:
    """How a statement fits a width: the unit, and the columns of each table that it takes."""

    unit: Unit
    label_width: int
    gap: int
    groups: tuple[tuple[Written, ...], ...]


def laid_out(statement: Statement, width: int, asked: Unit | None, omit: Sequence[str]) -> Layout:
    """The first unit in which the fewest tables hold every column, one of them two apart, or else one.

    Millions leave out so much that they must save two tables to be taken unasked.
    """
    columns = [column for column in statement.columns if column.id not in omit]
    labels = max((cell_len(label_of(row, statement)) for row in statement.rows), default=0)
    least = min(labels, LABEL_WIDTH, width // 3)
    units = [Unit.POUNDS] if has_pence(statement) else [asked] if asked else list(Unit)
    written = {unit: [_written(statement, column, unit) for column in columns] for unit in units}

    def fits(group: Sequence[Written], gap: int) -> bool:
        return least + _taken(group, gap) <= width

    def tables(unit: Unit, gap: int) -> list[list[Written]]:
        groups: list[list[Written]] = [[]]
        for column in written[unit]:
            if groups[-1] and not fits([*groups[-1], column], gap):
                groups.append([])
            groups[-1].append(column)
        return groups

    laid = [(unit, gap, tables(unit, gap)) for unit, gap in product(units, (2, 1))]
    spared = 1 if asked is None else 0
    unit, gap, groups = min(
        laid,
        key=lambda each: (len(each[2]) + spared * (each[0] is Unit.MILLIONS), len(each[2]) > 1 and each[1] > 1),
    )
    label_width = min(max(labels, cell_len(statement.title) + 4), width - max(_taken(group, gap) for group in groups))
    return Layout(unit, max(label_width, 1), gap, tuple(tuple(group) for group in groups))


def _taken(columns: Sequence[Written], gap: int) -> int:
    return sum(column.width + gap for column in columns)


def label_of(row: Row, statement: Statement) -> str:
    """A row's label, set in beneath the total it is part of."""
    return "  " * (row.level - min(each.level for each in statement.rows)) + visible(row.label)


def _written(statement: Statement, column: Column, unit: Unit) -> Written:
    texts = [cell_text(row, column, unit) for row in statement.rows]
    is_words = column.kind is ColumnKind.TEXT
    return Written(
        column.label,
        tuple(texts if is_words else _aligned(texts)),
        tuple(
            "" if is_nought(text) else row.reading.get(column.id, "")
            for row, text in zip(statement.rows, texts, strict=True)
        ),
        is_words,
    )


def _aligned(texts: Sequence[str]) -> list[str]:
    """Digits under digits: spaces after a figure where others have a bracket or a mark."""
    after = [len(text) - len(text.rstrip(AFTER)) for text in texts]
    return [text + " " * (max(after) - here) if text else "" for text, here in zip(texts, after, strict=True)]
