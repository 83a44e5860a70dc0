"""One year after another: next year's folder, the year before beside this one, and the chain of them."""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from breakeven.ledger.chart import UNMAPPED
from breakeven.money import NIL
from breakeven.monitoring.outturn import row_id
from breakeven.periods import Year
from breakeven.pipeline.year_end import InputRefusedError, YearEnd, load, work_out
from breakeven.plan.rolled import Rolled, roll_forward
from breakeven.reconciliation.chain import Link, check_chain
from breakeven.workbook.folder import FolderRefusedError, read_settings
from breakeven.workbook.settings import FILE_NAME


def next_year(end: YearEnd) -> Rolled:
    """The records that the year after this one begins with. Raises OpenPlanError where what it needs is open."""
    return roll_forward(end.year, end.expected, end.plan, end.marks.is_illustrative)


def folder_before(folder: Path, end: YearEnd) -> Path | None:
    """The ledger folder of the same body's year before, where one stands beside ``folder``; the first by name."""
    return folders_beside(folder, end).get(end.year.body.year.later(-1))


def folders_beside(folder: Path, end: YearEnd) -> dict[Year, Path]:
    """The ledger folders of the same body, ``folder`` and those beside it, by year; of two of a year the first by name.

    In the order of their years. A folder whose settings cannot be read is none of them.
    """
    found: dict[Year, Path] = {}
    for path in sorted(folder.resolve().parent.glob(f"*/{FILE_NAME}")):
        if path.parent.name.startswith("."):
            continue
        with suppress(FolderRefusedError):
            body = read_settings(path.parent)[0].body()
            if body.name == end.year.body.name:
                found.setdefault(body.year, path.parent)
    return dict(sorted({**found, end.year.body.year: folder}.items()))


def chain_of(folder: Path, end: YearEnd) -> tuple[tuple[Link, ...], tuple[Path, ...]]:
    """The chain of years over the folders beside ``folder``, which holds ``end``; and those that have errors.

    A folder with errors is no link: the year after it opens away from nothing that is known.
    """
    links: list[Link] = []
    refused: list[Path] = []
    for path in folders_beside(folder, end).values():
        try:
            links.append(link_of(end if path == folder else work_out(load(path))))
        except (FolderRefusedError, InputRefusedError):
            refused.append(path)
    return tuple(links), tuple(refused)


def link_of(end: YearEnd) -> Link:
    """A year as a link of the chain of years: what it opened and closed at, and what moved it between."""
    rows = {row.id: row.actual.amount for row in end.expected.rows}
    return Link(
        year=end.year.body.year,
        state=end.year.body.state,
        opening=rows["opening_balance"],
        position=rows["position"],
        adjustments=rows.get("adjustments", NIL),
        closing=rows["closing_balance"],
    )


def with_chain(end: YearEnd, before: YearEnd) -> YearEnd:
    """The same year with its tests against the year before, worked out from that year's own folder."""
    chart, result = before.year.body.chart, before.expected
    rows = {row.id: row.actual for row in result.rows}
    lines = (*(line.id for line in chart.lines), UNMAPPED)
    spent = {line: rows[name] for line in lines if (name := row_id(chart, line)) in rows}
    closing = result.row("closing_balance").actual
    return replace(end, checks=(*end.checks, *check_chain(end.year, closing, spent)))
