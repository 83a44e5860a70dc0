"""A tornado in the terminal: bars either side of an axis, adverse left and favourable right, whatever the colours."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from textwrap import wrap

from rich.console import Console
from rich.text import Text

from breakeven.findings import visible
from breakeven.report.figures import Unit, amount_text
from breakeven.report.terminal import plain

LABEL_WIDTH = 32
LEAST_BAR = 8
"""How many columns a bar needs on either side; where pounds leave fewer, the amounts are in thousands."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: what is moved, and its effect in pounds each way, the lower first; None where it is open."""

    label: str
    lower: Decimal | None
    higher: Decimal | None


@dataclass(frozen=True, slots=True)
class _Frame:
    """How the rows fit a width: columns for the label, for an amount, and for a bar on either side of the axis."""

    labels: int
    amounts: int
    bars: int
    unit: Unit
    longest: Decimal
    mark: str
    signs: str
    """What a whole column of a bar is drawn with, half of one at its left and at its right end, and the axis."""


def draw_tornado(title: str, bars: Sequence[Bar], console: Console, unit: Unit | None = None, mark: str = "") -> None:
    """Draw bars in the order given, the longest as long as there is room for.

    unit: as asked; or pounds, or thousands where pounds leave too little room. mark: stands after each amount.
    """
    frames = [_frame(bars, console, each, mark) for each in ([unit] if unit else [Unit.POUNDS, Unit.THOUSANDS])]
    frame = next((each for each in frames if each.bars >= LEAST_BAR), frames[-1])
    console.print(plain(f"{title}, {frame.unit.words}", console, style="bold"))
    middle = frame.labels + frame.amounts + 1 + frame.bars
    console.print(plain("adverse A ".rjust(middle) + frame.signs[3] + " F favourable", console, style="dim"))
    for bar in bars:
        console.print(_line(bar, frame, console))


def _frame(bars: Sequence[Bar], console: Console, unit: Unit, mark: str) -> _Frame:
    labels = min(max((len(visible(bar.label)) for bar in bars), default=0) + 2, LABEL_WIDTH, console.width // 3)
    ends = [end for bar in bars for end in (bar.lower, bar.higher)]
    amounts = max((len(_said(end, unit, mark)) for end in ends), default=0)
    room = max(console.width - labels - 2 * (amounts + 1) - 1, 2)
    longest = max((abs(end) for end in ends if end is not None), default=Decimal(0))
    has_blocks = console.encoding.lower().startswith("utf")
    return _Frame(labels, amounts, room // 2, unit, longest, mark, "█▐▌│" if has_blocks else "#  |")


def _line(bar: Bar, frame: _Frame, console: Console) -> Text:
    """One row, over as many lines as its label needs."""
    first, *rest = wrap(visible(bar.label), frame.labels - 1, subsequent_indent="  ") or [""]
    whole, at_left, at_right, axis = frame.signs
    lower, higher = _halves(bar.lower, frame, -1), _halves(bar.higher, frame, 1)
    line = plain(first.ljust(frame.labels), console)
    line.append(f"{_said(bar.lower, frame.unit, frame.mark).rjust(frame.amounts)} ")
    line.append((at_left * (lower % 2) + whole * (lower // 2)).rjust(frame.bars), style="red")
    line.append(axis)
    line.append((whole * (higher // 2) + at_right * (higher % 2)).ljust(frame.bars), style="green")
    line.append(f" {_said(bar.higher, frame.unit, frame.mark)}")
    line.rstrip()
    for each in rest:
        line.append("\n").append(plain(each, console))
    return line


def _halves(end: Decimal | None, frame: _Frame, side: int) -> int:
    """How many half columns an effect takes on one side; one at least, where it is there at all."""
    if end is None or end * side <= 0 or not frame.longest:
        return 0
    return max(1, int(abs(end) * 2 * frame.bars / frame.longest))


def _said(end: Decimal | None, unit: Unit, mark: str) -> str:
    letter = "" if not end else " A" if end < 0 else " F"
    return amount_text(end, unit) + ("" if end is None else mark) + letter
