"""A workbook that somebody sends back: is it whole, what was changed in it, and the plan as it then stands."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from breakeven.cli.common import (
    AsJson,
    ExitCode,
    Folder,
    app,
    draw,
    print_json,
    say,
    say_findings,
    usage,
    worked_out,
)
from breakeven.workbook.names import is_file

if TYPE_CHECKING:
    from breakeven.pipeline.year_end import YearEnd
    from breakeven.report.excel.changes import Change
    from breakeven.report.excel.returned import Returned


@app.command("verify")
def verify(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A workbook that `report --format xlsx` wrote.")],
    folder: Folder = None,
    json: AsJson = False,
) -> None:
    """Prove that a workbook is still whole: every formula, locked figure and name, its input files and its checks.

    What was typed into its inputs is allowed, and `compare FILE` lists it. Each cell that is not as it was written is a
    line, and the exit code is then 1.

    Example: breakeven verify reports/plan.xlsx ledgers/2023-24
    """
    from breakeven.report.excel.pages import pages_of
    from breakeven.report.excel.verify import verify as broken_in

    end, returned = worked_out(folder), _opened(file)
    pages = pages_of(end)
    broken = broken_in(returned, pages, end.year)
    formulas = sum(bool(entry.formula) for sheet in pages.sheets for entry in sheet.cells.values())
    if json:
        print_json(
            {
                "file": file.name,
                "formulas": formulas,
                "broken": [{"sheet": each.at.sheet, "cell": each.at.ref, "message": each.message} for each in broken],
            }
        )
    else:
        for each in broken:
            typer.echo(str(each))
        if not broken:
            sheets = len(pages.sheets)
            typer.echo(
                f"{file.name} is whole: {formulas:,} formulas on {sheets} sheets as written, and all checks hold."
            )
    say_findings(end.year.findings)
    if broken:
        say(f"{file.name}: {len(broken):,} cell{'s' if len(broken) > 1 else ''} or sheets not as written")
        raise typer.Exit(ExitCode.CHECK_FAILED)


def compare_returned(
    file: Path, folder: Path | None, *, json: bool = False, csv: bool = False, unit: str | None = None
) -> None:
    """Draw what was changed in the inputs of a workbook, and what each change does to the folder's plan."""
    from breakeven.report.compare import comparison_statement, plan_files
    from breakeven.report.excel.changes import compared

    end = worked_out(folder)
    changes = _changes(end, file)
    try:
        found, after = compared(end, changes)
    except ValueError as error:
        _refused(file, error)
    state = f"savings as {end.plan.view}"
    if after.plan.view != end.plan.view:
        state = f"{state} and {after.plan.view}"
    statement = comparison_statement(
        found,
        ("plan", file.stem),
        ("compare", end.year.body.name, f"plan and {file.name}", state),
        illustrative=end.plan_is_illustrative,
        notes=[*_changed_where(changes), *_other_files(end, file)],
        sources=(*plan_files(end), _source(file)),
    )
    draw(statement, json=json, csv=csv, unit=unit)
    say_findings(end.year.findings)


def under_returned(end: "YearEnd", file: Path | None) -> "YearEnd":
    """A year with the inputs of a workbook that came back in place of its own; as it is where there is none."""
    from breakeven.report.excel.changes import taken_over

    if file is None:
        return end
    changes = _changes(end, file)
    for note in _other_files(end, file):
        say(note)
    try:
        after = taken_over(end, changes)
    except ValueError as error:
        _refused(file, error)
    for note in _changed_where(changes):
        say(note)
    return after


def is_workbook(name: str) -> bool:
    """Whether a word is the name of a workbook that is there."""
    return Path(name).suffix.lower() in {".xlsx", ".xlsm"} and is_file(Path(name))


def _opened(file: Path) -> "Returned":
    from breakeven.report.excel.returned import ReturnedRefusedError, read_returned

    if not is_file(file):
        usage(f"{file} is a folder: name the workbook" if file.is_dir() else f"there is no file {file}")
    try:
        return read_returned(file)
    except ReturnedRefusedError as error:
        _refused(file, error)


def _changes(end: "YearEnd", file: Path) -> "Sequence[Change]":
    from breakeven.report.excel.changes import changes_in
    from breakeven.report.excel.pages import pages_of

    try:
        return changes_in(_opened(file), pages_of(end))
    except ValueError as error:
        _refused(file, error)


def _refused(file: Path, error: ValueError) -> NoReturn:
    """Say why a workbook's inputs cannot be taken, and exit 3."""
    reasons: list[str] = getattr(error, "reasons", None) or [f"{file.name}: {error}"]
    for reason in reasons:
        say(reason)
    raise typer.Exit(ExitCode.REFUSED)


def _changed_where(changes: "Sequence[Change]") -> list[str]:
    if not changes:
        return ["No input was changed."]
    cells = ", ".join(f"{each.at.sheet} {each.at.ref}" for each in changes)
    return [f"{len(changes)} input{'s' if len(changes) > 1 else ''} changed: {cells}."]


def _other_files(end: "YearEnd", file: Path) -> list[str]:
    """That the folder is not as it was when the workbook was made, so that what differs may be the folder's."""
    from breakeven.report.excel.verify import other_files

    changed = other_files(_opened(file), end.year)
    if not changed:
        return []
    return [
        f"Changed in the folder since {file.name} was made: {', '.join(changed)}; a difference may be the folder's."
    ]


def _source(file: Path) -> str:
    from hashlib import sha256

    return f"{file.name}, sha256 {sha256(file.read_bytes()).hexdigest()}"
