"""A table of figures: labels that stay at the left, figures aligned right, changed cell by cell while one types."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from rich.text import Text
from textual.coordinate import Coordinate
from textual.message import Message
from textual.widgets import DataTable

from breakeven.report.figures import Unit, amount_text


@dataclass(frozen=True, slots=True)
class Line:
    """One row as it is written. key: what it is called by. cells: texts, as many as there are columns."""

    key: str
    label: str
    cells: tuple[Text, ...]
    is_strong: bool = False


class FiguresTable(DataTable[Text]):
    """Lines of figures beneath headings. Only cells that differ are written again, so that a keystroke costs little."""

    def __init__(self, id: str) -> None:  # noqa: A002  (as it is inherited)
        super().__init__(id=id, fixed_columns=1, cell_padding=0, header_height=2, zebra_stripes=False)
        self._shape: tuple[object, ...] = ()
        self._widths: list[int] = []
        self._lines: list[Line] = []
        self.show_cursor = False

    class Resized(Message):
        """There is more room, or less."""

    def on_resize(self) -> None:
        self.post_message(self.Resized())

    def on_focus(self) -> None:
        self.show_cursor = True

    def on_blur(self) -> None:
        self.show_cursor = False

    @property
    def keys(self) -> list[str]:
        """What each row is called by, from the top."""
        return [line.key for line in self._lines]

    def show(self, headings: Sequence[str], lines: Sequence[Line], label_width: int) -> None:
        """Show some lines. headings: of the labels first; a heading may be of two lines."""
        widths = [max((line.cells[n].cell_len for line in lines), default=0) + 1 for n in range(len(headings) - 1)]
        widths = [
            max(width, *(len(part) + 1 for part in heading.split("\n")))
            for width, heading in zip(widths, headings[1:], strict=True)
        ]
        if self._shape and self._shape[0] == tuple(headings):  # a table that jumps about cannot be read
            widths = list(map(max, widths, self._widths))
        self._widths = widths
        shape = (tuple(headings), tuple(widths), label_width, [(line.key, line.label) for line in lines])
        if shape == self._shape:
            self._write_again(lines)
        else:
            self._lay_out(headings, lines, label_width, widths)
            self._shape = shape
        self._lines = list(lines)

    def _write_again(self, lines: Sequence[Line]) -> None:
        for y, (line, was) in enumerate(zip(lines, self._lines, strict=True)):
            for x, (cell, before) in enumerate(zip(line.cells, was.cells, strict=True), start=1):
                if cell != before:
                    self.update_cell_at(Coordinate(y, x), cell)

    def _lay_out(self, headings: Sequence[str], lines: Sequence[Line], label_width: int, widths: Sequence[int]) -> None:
        at, scrolled = self.cursor_coordinate, self.scroll_offset
        self.clear(columns=True)
        self.add_column(Text(headings[0]), width=label_width)
        for heading, width in zip(headings[1:], widths, strict=True):
            self.add_column(Text(heading, justify="right"), width=width)
        for line in lines:
            style = "bold" if line.is_strong else ""
            label = Text(line.label, style=style, no_wrap=True, overflow="ellipsis")
            self.add_row(label, *line.cells, key=line.key)
        self.move_cursor(row=min(at.row, len(lines) - 1), column=min(at.column or 1, len(headings) - 1), scroll=False)
        self.scroll_to(scrolled.x, scrolled.y, animate=False)


def aligned(text: str) -> str:
    """Digits under digits: a space where others have a bracket."""
    return text if text.endswith(")") else f"{text} "


def moved_text(amount: Decimal | None, unit: Unit, reading: str, *, strong: bool) -> Text:
    """What something moves a figure by, with its A or F; a dash where it does not."""
    said = "-" if amount == 0 else amount_text(amount, unit)
    return figure_text(f"{aligned(said)} {reading or ' '}", reading, strong=strong)


def figure_text(text: str, reading: str = "", *, strong: bool = False) -> Text:
    """A figure at the right of its column; with its A or F, which says more than the colour it has."""
    style = {"A": "red", "F": "green"}.get(reading, "")
    return Text(text, style=f"{'bold ' if strong else ''}{style}".strip(), justify="right")
