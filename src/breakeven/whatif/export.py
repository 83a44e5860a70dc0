"""What is on the screen as files: the answer as the command gives it, or the whole report with the changes in it."""

import io
from collections.abc import Callable, Mapping
from pathlib import Path

from rich.console import Console

from breakeven.pipeline.year_end import YearEnd
from breakeven.report import terminal
from breakeven.report.data import csv_text, json_text, statement_data
from breakeven.report.statement import Statement
from breakeven.report.writing import write_whole

REPORTS = Path("reports")
"""Where reports are written, in the folder that the command is run in."""

WIDTH = 120
"""Columns of a page as text."""


def as_text(statement: Statement) -> str:
    """The page as a terminal of 120 columns shows it."""
    out = io.StringIO()
    console = Console(file=out, width=WIDTH, color_system=None, highlight=False, markup=False, emoji=False)
    terminal.draw(statement, console)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def as_json(statement: Statement) -> str:
    """The statement as ``--json`` has it."""
    return json_text(statement_data(statement)) + "\n"


FORMATS: Mapping[str, tuple[str, Callable[[Statement], str]]] = {
    "txt": ("Text, as a terminal shows it", as_text),
    "csv": ("CSV, for a spreadsheet", csv_text),
    "json": ("JSON, for a program", as_json),
}
"""By the ending of a file's name: what it is in words, and what writes it."""


REPORT_FORMATS: Mapping[str, str] = {
    "html": "The whole report, as a page",
    "xlsx": "The plan, as a workbook with live formulas",
    "docx": "The committee paper, for Word",
    "pdf": "The committee paper, as PDF",
}
"""The formats of ``breakeven report`` that hold the plan as it is changed, in words."""


def export_report(end: YearEnd, ledger: Path, ending: str) -> Path:
    """Write the report of a year in one format, whole or not at all. Raises OSError, and ValueError where it cannot be.

    ledger: the folder that the year was read from, in which nothing is written over.
    """
    from breakeven.report.formats import write_reports  # noqa: PLC0415  (a screen is there before it is needed)
    from breakeven.report.pack import make_pack  # noqa: PLC0415

    return write_reports(make_pack(end), [ending], REPORTS, ledger)[0]


def path_of(ending: str, year: str) -> Path:
    """Where the answer is written in a format: ``reports/what-if-2023-24.csv``."""
    return REPORTS / f"what-if-{year}.{ending}"


def export(statement: Statement, ending: str, year: str) -> Path:
    """Write the answer, whole or not at all, in place of the one before. Raises OSError."""
    path = path_of(ending, year)
    path.parent.mkdir(exist_ok=True)
    write_whole(path, FORMATS[ending][1](statement).encode())
    return path
