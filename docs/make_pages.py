"""Make the pages that come from the code: ``python docs/make_pages.py``; ``--check`` says whether they are current."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

from breakeven.findings import CODES, Severity
from breakeven.ledger.record import Kind
from breakeven.workbook.layout import RECORDS, ColumnLayout, TableLayout, default_layout

HERE = Path(__file__).parent
ROOT = HERE.parent
MADE = "<!-- Made by docs/make_pages.py from the code; change it there. -->"


def ledger_folder() -> str:
    """The page of the ledger folder: each sheet, each heading, what may stand under it."""
    return "\n".join([(HERE / "ledger-folder.head.md").read_text("utf-8").rstrip(), "", *_tables(), ""])


def _tables() -> Iterator[str]:
    layout = default_layout()
    for workbook in dict.fromkeys(table.workbook for table in layout.values() if table.workbook):
        yield f"## {workbook}\n"
        for table in layout.values():
            if table.workbook == workbook:
                yield from _table(table)
    yield "## In any workbook\n"
    yield from _table(layout["control_totals"])


def _table(table: TableLayout) -> Iterator[str]:
    about = " ".join((RECORDS[table.name].__doc__ or "").split())
    yield f"### {table.sheet}\n\n`[layout.{table.name}]` {about.replace('``', '`')}\n"
    yield "| heading | field | holds | also known as |"
    yield "|---|---|---|---|"
    for column in table.columns.values():
        others = ", ".join(column.headings[1:])
        yield f"| {column.headings[0]} | `{column.field}` | {_holds(column)} | {others} |"
    yield ""


def _holds(column: ColumnLayout) -> str:
    words = {
        Kind.AMOUNT: "pounds and pence",
        Kind.NUMBER: "a number",
        Kind.COUNT: "a whole number",
        Kind.DATE: "a date",
        Kind.YEAR: "a contract year, as 2024-25",
        Kind.PERIOD: "P01 to P13",
        Kind.YES_NO: "yes or no",
        Kind.TEXT: "text",
    }
    choices = [choice for choice in column.choices if choice]
    said = " or ".join(choices) if choices else words[column.kind]
    return f"{said}; may be blank" if column.optional else said


def reading() -> str:
    """The page of reading: the rules by hand, then every finding there is."""
    return "\n".join([(HERE / "reading.head.md").read_text("utf-8").rstrip(), "", *_findings(), ""])


def _findings() -> Iterator[str]:
    effects = {
        Severity.ERROR: "Errors: the input is refused (exit code 3)",
        Severity.WARNING: "Warnings: said, and gone on with",
        Severity.NOTE: "Notes",
    }
    for severity, heading in effects.items():
        yield f"### {heading}\n"
        for name, code in CODES.items():
            if code.severity is severity:
                yield f"`{name}`: {code.meaning}\n\n    {_example(name, severity)}\n"


def _example(name: str, severity: Severity) -> str:
    """A finding of this code as the command prints it. Raises KeyError where nobody has given one."""
    examples = tomllib.loads((HERE / "finding_examples.toml").read_text("utf-8"))
    place, _, message = examples[name].partition(": ")
    return f"{place}: {severity}: {message} [{name}]"


def month_end() -> str:
    """The page of the month end: its commands, each followed by what it prints on a copy of the example."""
    with tempfile.TemporaryDirectory() as made:
        shutil.copytree(ROOT / "ledgers" / "2023-24", Path(made) / "ledgers" / "2023-24")
        lines = (HERE / "month-end.md.in").read_text("utf-8").splitlines()
        shown = (each for line in lines for each in (line, *_printed(line, Path(made))))
        return "\n".join(shown) + "\n"


def _printed(line: str, folder: Path) -> list[str]:
    """What a command prints, where the line is one; times and hashes as on the day of the example."""
    if not line.startswith("$ breakeven "):
        return []
    run = subprocess.run(
        [sys.executable, "-m", "breakeven", *shlex.split(line)[2:]],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ | {"COLUMNS": "100", "NO_COLOR": "1", "PYTHONUTF8": "1"},
        check=False,
    )
    said = re.sub(r"(copies/\w+) [\d-]+ \d+", r"\1 2024-01-12 093000", run.stdout or run.stderr)
    return [*(each.rstrip() for each in said.splitlines()), ""]


PAGES = {"ledger-folder.md": ledger_folder, "month-end.md": month_end, "reading.md": reading}


def main() -> None:
    """Write the pages, or with ``--check`` exit 1 where one is not current."""
    stale = [name for name, page in PAGES.items() if not _is_current(name, page())]
    if "--check" in sys.argv:
        sys.exit(f"not current: {', '.join(stale)}; run python docs/make_pages.py" if stale else 0)
    for name, page in PAGES.items():
        (HERE / name).write_text(f"{MADE}\n{page()}", encoding="utf-8")


def _is_current(name: str, page: str) -> bool:
    path = HERE / name
    return path.exists() and path.read_text("utf-8") == f"{MADE}\n{page}"


if __name__ == "__main__":
    main()
