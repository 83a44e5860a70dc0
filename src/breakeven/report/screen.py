"""The main job on one screen: conservation, reconciliation, outturn, plan, savings."""

from typing import Any

from rich.console import Console
from rich.text import Text

from breakeven.findings import visible
from breakeven.pipeline import YearEnd
from breakeven.reconciliation.check import Result
from breakeven.report import data
from breakeven.report.figures import Unit
from breakeven.report.outturn import outturn_statement
from breakeven.report.plan import plan_statement
from breakeven.report.reconciliation import conservation_sentence, count_of_results, sentence
from breakeven.report.savings import savings_statement
from breakeven.report.terminal import draw, heading, print_notes


def draw_year_end(end: YearEnd, console: Console, unit: Unit | None = None) -> None:
    """Draw the whole year; the notes that the tables share are said once, at the end."""
    body = end.year.body
    console.print(Text(visible(f"{body.name}, contract year {body.year.on_screen}, {body.state}"), style="bold"))
    heading(console, "Conservation")
    console.print(Text(conservation_sentence(end.year)))
    heading(console, "Reconciliation")
    console.print(Text(count_of_results(end.checks)))
    for check in end.checks:
        if check.result in {Result.DIFFERS, Result.OPEN}:
            style = "red" if check.result is Result.DIFFERS else "yellow"
            console.print(Text(visible(sentence(check)), style=style))
    notes: list[str] = []
    for statement in (outturn_statement(end), plan_statement(end), savings_statement(end, schemes=False)):
        console.print()
        notes += [*draw(statement, console, unit, notes=False), *statement.notes]
    console.print()
    print_notes(console, notes)


def year_end_data(end: YearEnd) -> dict[str, Any]:
    """The same as plain data, one part a key."""
    return {
        "conservation": data.reading_data(end.year),
        "reconciliation": data.checks_data(end.checks),
        "outturn": data.statement_data(outturn_statement(end)),
        "plan": data.statement_data(plan_statement(end)),
        "savings": data.statement_data(savings_statement(end)),
    }
