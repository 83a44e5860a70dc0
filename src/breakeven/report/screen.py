"""The main job on one screen: conservation, reconciliation, what moves the money, outturn, plan, savings."""

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from breakeven.pipeline.year_end import YearEnd
from breakeven.plan.double_counts import with_double_counts
from breakeven.reconciliation.check import Result
from breakeven.report import data
from breakeven.report.figures import Unit
from breakeven.report.movers import Mover, movers, movers_data
from breakeven.report.outturn import outturn_statement
from breakeven.report.plan import plan_statement
from breakeven.report.reconciliation import conservation_sentence, count_of_results, disagreements
from breakeven.report.savings import savings_statement
from breakeven.report.terminal import draw_part, plain, print_notes


def draw_year_end(end: YearEnd, console: Console, unit: Unit | None = None) -> None:
    """Draw the whole year: the answer in words, then its six parts, then the notes that they share, each once."""
    body = end.year.body
    statements = (outturn_statement(end), plan_statement(end), savings_statement(end, schemes=False))
    console.print(plain(f"{body.name}, contract year {body.year.on_screen}, {body.state}", console, style="bold cyan"))
    console.print()
    for statement in statements:
        if statement.summary:
            console.print(plain(" ".join(statement.summary), console))
    console.print()
    console.print(_checks(end, console))
    moving = movers(end)
    if moving:
        console.print()
        console.print(_movers(moving, console))
    notes: list[str] = []
    for statement in statements:
        console.print()
        notes += draw_part(statement, console, unit)
    print_notes(console, notes)


def _checks(end: YearEnd, console: Console) -> Table:
    """Conservation and reconciliation, in words beside their names."""
    grid = _grid()
    grid.add_row("Conservation", plain(conservation_sentence(end.year), console))
    grid.add_row("Reconciliation", plain(count_of_results(end.checks), console))
    for sentence in disagreements(end, end.checks):
        grid.add_row("", plain(sentence, console, style="red"))
    if end.count_checks:
        more = ""
        if any(check.result is Result.DIFFERS for check in end.count_checks):
            more = " breakeven reconcile lists them."
        grid.add_row("Other figures", plain(f"{count_of_results(end.count_checks)}{more}", console))
    return grid


def _movers(found: Sequence[Mover], console: Console) -> Table:
    """What moves the money, in words beside its name."""
    grid = _grid()
    for mover in found:
        for place, sentence in enumerate(mover.words):
            grid.add_row("" if place else mover.label, plain(sentence, console))
    return grid


def _grid() -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="bold", no_wrap=True, min_width=len("Reconciliation"))
    grid.add_column(overflow="fold")
    return grid


def year_end_data(end: YearEnd) -> dict[str, Any]:
    """The same as plain data, one part a key."""
    return {
        "conservation": data.reading_data(with_double_counts(end.year)),
        "reconciliation": data.checks_data(end.all_checks),
        "movers": movers_data(end),
        "outturn": data.statement_data(outturn_statement(end)),
        "plan": data.statement_data(plan_statement(end)),
        "savings": data.statement_data(savings_statement(end)),
    }
