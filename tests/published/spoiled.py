"""Published tables with one thing in each spoilt, to see that the judge names it: what people do by mistake."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from random import Random

from breakeven.reconciliation.check import Result

from .case import Case, Row
from .casting import OF_NO_SUM, Cast, Place, Table, outcome
from .mends import Fault
from .printed import read_printed

Figures = tuple[tuple[str, ...], tuple[Decimal | None, ...]]


@dataclass(frozen=True, slots=True)
class Spoilt:
    """A table with one fault: what it is, the row that it is in, and its column where it is in one alone."""

    case: Case
    way: str
    fault: Fault
    row: str
    column: int | None
    amounts: dict[Place, Decimal | None]
    """The amounts by the rows of the table as it was, to see which of its sums the fault breaks."""

    def __str__(self) -> str:
        return f"{self.case.id}, {self.way} in {self.row}" + ("" if self.column is None else f", column {self.column}")


def spoilt(case: Case, way: str, random: Random) -> Spoilt | None:
    """The table spoilt in one of ``WAYS``, at a place by chance; None where it has no place for it."""
    table = Table(case)
    return WAYS[way](table, way, random)


def broken_by(spoil: Spoilt, pristine: Table, casts: Sequence[Cast]) -> list[Cast]:
    """Which sums of the table as it was the fault breaks: none, and nobody could see it."""
    return [
        cast
        for cast in casts
        if outcome(pristine, cast).result is not Result.DIFFERS
        and outcome(pristine, cast, spoil.amounts.__getitem__).result is Result.DIFFERS
    ]


# One figure ----------------------------------------------------------------------------------------------------


def _turn_sign(text: str) -> str | None:
    amount = read_printed(text).amount
    if not amount:
        return None
    bare = text.strip().strip("()").lstrip("+-− ")
    return bare if amount < 0 else f"({bare})" if "%" not in bare else f"-{bare}"


def _thousandfold(text: str) -> str | None:
    found = re.search(r"\d[\d,]*(?:\.\d+)?", text)
    amount = read_printed(text).amount
    if not found or not amount:
        return None
    number = Decimal(found[0].replace(",", "")) * 1000
    return text[: found.start()] + f"{number:,f}" + text[found.end() :]


def _swapped(text: str, random: Random) -> str | None:
    digits = [i for i, ch in enumerate(text) if ch.isdigit()]
    places = [
        (a, b)
        for n, (a, b) in enumerate(pairwise(digits))
        if text[a] != text[b] and not (n == 0 and "0" in (text[a], text[b]))
    ]
    if not places or not read_printed(text).amount:
        return None
    a, b = random.choice(places)
    return text[:a] + text[b] + text[a + 1 : b] + text[a] + text[b + 1 :]


def _one_figure(fault: Fault, change: Callable[[str, Random], str | None]) -> "Way":
    def spoil(table: Table, way: str, random: Random) -> Spoilt | None:
        places = [
            (r, c)
            for (r, c), cell in table.printed.items()
            if cell.amount and not table.is_percent(c) and table.rows[r].kind not in OF_NO_SUM
        ]
        for row, column in random.sample(places, len(places)):
            text = change(table.printed[row, column].text, random)
            if text is not None:
                amounts = table.amounts | {(row, column): read_printed(text).amount}
                case = _with_cells(table.case, row, {column: text})
                return Spoilt(case, way, fault, table.rows[row].id, column, amounts)
        return None

    return spoil


def _with_cells(case: Case, row: int, texts: dict[int, str]) -> Case:
    published = [texts.get(c, text) for c, text in enumerate(case.rows[row].published or ())]
    return _with_rows(case, [*case.rows[:row], _row(case.rows[row], published), *case.rows[row + 1 :]])


def _row(row: Row, published: Sequence[str]) -> Row:
    values = tuple(read_printed(text).amount for text in published)
    return Row(id=row.id, label=row.label, kind=row.kind, published=tuple(published), values=values)


def _with_rows(case: Case, rows: Sequence[Row]) -> Case:
    return case.model_copy(update={"rows": tuple(rows)})


# One line ------------------------------------------------------------------------------------------------------


def _lines(table: Table) -> list[int]:
    return [
        r
        for r, row in enumerate(table.rows)
        if row.kind not in {*OF_NO_SUM, "total", "subtotal", "memorandum"} and any(table.line(r))
    ]


def _line_left_out(table: Table, way: str, random: Random) -> Spoilt | None:
    if not (lines := _lines(table)):
        return None
    row = random.choice(lines)
    rows = [each for r, each in enumerate(table.rows) if r != row]
    amounts = table.amounts | {(row, c): None for c in range(len(table.columns))}
    return Spoilt(_with_rows(table.case, rows), way, Fault.LEFT_OUT, table.rows[row].id, None, amounts)


def _line_twice(table: Table, way: str, random: Random) -> Spoilt | None:
    if not (lines := _lines(table)):
        return None
    row = random.choice(lines)
    rows = [*table.rows[: row + 1], *table.rows[row:]]
    amounts = table.amounts | {
        (row, c): None if (amount := table.amount(row, c)) is None else 2 * amount for c in range(len(table.columns))
    }
    return Spoilt(_with_rows(table.case, rows), way, Fault.TWICE, table.rows[row].id, None, amounts)


def _in_total(fault: Fault, times: int) -> "Way":
    """A total that leaves one of its lines out, or counts it twice, in every column."""

    def spoil(table: Table, way: str, random: Random) -> Spoilt | None:
        parts: dict[int, set[int]] = {}
        for check in table.case.checks or ():
            if check.across == "rows" and "abs" not in check.rule and "-" not in check.rule:
                ids = {row.id: r for r, row in enumerate(table.rows)}
                total, _, of = check.rule.partition("=")
                names = [name.strip(" ()") for name in of.split("+")]
                parts[ids[total.strip()]] = {ids[name] for name in names if name in ids}
        pairs = [(t, r) for t, rows in parts.items() for r in rows if len(rows) > 1 and any(table.line(r))]
        if not pairs:
            return None
        total, line = random.choice(pairs)
        texts: dict[int, str] = {}
        amounts = dict(table.amounts)
        for c in range(len(table.columns)):
            stated, amount = table.amount(total, c), table.amount(line, c)
            if stated is not None and amount and not table.is_percent(c):
                amounts[total, c] = stated + times * amount
                texts[c] = f"{stated + times * amount:,f}"
        if not texts:
            return None
        return Spoilt(_with_cells(table.case, total, texts), way, fault, table.rows[line].id, None, amounts)

    return spoil


def _shifted(step: int) -> "Way":
    def spoil(table: Table, way: str, random: Random) -> Spoilt | None:
        rows = [r for r in _lines(table) if len(table.columns) > 1]
        for row in random.sample(rows, len(rows)):
            texts = list(table.rows[row].published or ())
            moved = ["", *texts[:-1]] if step > 0 else [*texts[1:], ""]
            amounts = {(row, c): read_printed(text).amount for c, text in enumerate(moved)}
            if any(amounts.values()) and amounts != {(row, c): table.amount(row, c) for c in range(len(moved))}:
                case = _with_cells(table.case, row, dict(enumerate(moved)))
                return Spoilt(case, way, Fault.SHIFTED, table.rows[row].id, None, table.amounts | amounts)
        return None

    return spoil


Way = Callable[[Table, str, Random], Spoilt | None]

WAYS: dict[str, Way] = {
    "a sign turned": _one_figure(Fault.SIGN, lambda text, _: _turn_sign(text)),
    "two digits swapped": _one_figure(Fault.SWAP, _swapped),
    "a figure a thousandfold": _one_figure(Fault.FACTOR, lambda text, _: _thousandfold(text)),
    "a line left out": _line_left_out,
    "a line there twice": _line_twice,
    "a line left out of its total": _in_total(Fault.LEFT_OUT, -1),
    "a line twice in its total": _in_total(Fault.TWICE, 1),
    "a row moved to the right": _shifted(1),
    "a row moved to the left": _shifted(-1),
}


def every_spoilt(cases: Sequence[Case], seed: int) -> Iterator[Spoilt]:
    """Each table spoilt once in each way."""
    random = Random(seed)  # noqa: S311  (chance, not secrecy)
    for case in cases:
        for way in WAYS:
            if found := spoilt(case, way, random):
                yield found
