"""Tables made in a few words, in the form of published cases: the judge is tested without the published ones."""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from breakeven.reconciliation.check import Result

from .case import SCHEMA, Case, parse
from .judge import Judged, Judgement, judge
from .printed import read_printed

SPEND = """
               | 2023/24 | 2024/25 | 2025/26 | Total
fostering      |   9,246 |   9,530 |   9,811 | 28,587
residential    |   6,883 |   7,402 |   8,015 | 22,300
leaving        |   2,491 |   2,516 |   2,604 |  7,611
grants         | (1,635) | (1,702) | (1,588) | (4,925)
total          |  16,985 |  17,746 |  18,842 | 53,573
"""
"""Four lines that cast down and across."""

DOWN = "total = fostering + residential + leaving + grants"
ACROSS = "[Total] = [2023/24] + [2024/25] + [2025/26]"


def raw(grid: str, kinds: Mapping[str, str] | None = None, **fields: Any) -> dict[str, Any]:
    """A case as JSON has it: the first line of the grid has the headings, the first cell of each other an id."""
    lines = [[cell.strip() for cell in line.split("|")] for line in grid.strip("\n").splitlines()]
    headings = lines[0][1:]
    kind_of = {"total": "total"} | dict(kinds or {})
    case: dict[str, Any] = {
        "schema": SCHEMA,
        "id": "made",
        "columns": [{"label": h, "type": "percent" if h.endswith("%") else "amount"} for h in headings],
        "rows": [
            {
                "id": name,
                "label": name.capitalize(),
                "kind": kind_of.get(name, "service"),
                "published": cells,
                "values": [_value(cell) for cell in cells],
            }
            for name, *cells in lines[1:]
        ],
        "stated_totals": [line[0] for line in lines if kind_of.get(line[0]) in {"total", "subtotal"}],
    }
    return case | fields


def _value(text: str) -> Decimal | None:
    return read_printed(text).amount


def table(grid: str, kinds: Mapping[str, str] | None = None, **fields: Any) -> Case:
    """The same, read."""
    return case_of(raw(grid, kinds, **fields))


def case_of(fields: Mapping[str, Any]) -> Case:
    """A case from its JSON."""
    return parse(text_of(fields))


def text_of(fields: Mapping[str, Any]) -> str:
    """The text of a file with this JSON."""
    return json.dumps(fields, default=lambda amount: int(amount) if amount == int(amount) else float(amount))


def down(rule: str, *columns: str, status: str = "agrees") -> list[dict[str, Any]]:
    """Checks of one rule in some columns; ``computed`` and ``difference`` are wrong, and nobody should look at them."""
    wrong = {"stated": 1, "computed": 2, "difference": 1}
    return [{"across": "rows", "rule": rule, "column": column, "status": status, **wrong} for column in columns]


def across(rule: str, *rows: str, status: str = "agrees") -> list[dict[str, Any]]:
    """The same, along some rows."""
    return [{"across": "columns", "rule": rule, "row": row, "status": status} for row in rows]


def changed(grid: str, **cells: str) -> str:
    """A grid with some figures changed: ``changed(SPEND, leaving="2,491 > 2,941")``."""
    lines = grid.splitlines()
    for name, change in cells.items():
        was, now = (part.strip() for part in change.split(">"))
        at = next(i for i, line in enumerate(lines) if line.split("|")[0].strip() == name)
        assert was in lines[at]
        lines[at] = lines[at].replace(was, now, 1)
    return "\n".join(lines)


def judged(case: Case) -> Judgement:
    """A case, judged."""
    return judge("made", case)


def broken(judgement: Judgement) -> list[Judged]:
    """Its sums that differ."""
    return [each for each in judgement.sums if each.outcome.result is Result.DIFFERS]


def named(judgement: Judgement) -> set[tuple[str, tuple[tuple[str, str], ...]]]:
    """The causes of its sums that differ, each with its cells."""
    assert judgement.table is not None
    rows, columns = judgement.table.rows, judgement.table.columns
    return {
        (
            each.cause.mend.fault.value if each.cause else "",
            tuple((rows[r].id, columns[c].label) for r, c in each.cause.mend.at) if each.cause else (),
        )
        for each in broken(judgement)
    }


def words(judgement: Judgement) -> Sequence[str]:
    """What is wrong with it beside its sums."""
    return [trouble.words for trouble in judgement.troubles]
