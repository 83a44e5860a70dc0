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
    from breakeven.report.excel.cells import Pages
    from breakeven.report.excel.changes import Change
    from breakeven.report.excel.returned import Returned

NAMED = 3
"""Cells that are named of those that are not as written; verify names all."""


@app.command("verify")
def verify(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A workbook that `report --format xlsx` wrote.")],
    folder: Folder = None,
    json: AsJson = False,
) -> None:
    """Prove that a workbook is still whole: every formula, locked figure and name, its input files and its checks.

    What was typed into its inputs is allowed, and `compare FILE` lists it; unless it contradicts a fact of the folder.
    Each cell that is not as it was written is a line, and the exit code is then 1. Where the folder has changed since,
    that is said first, and what it gives otherwise now is not held against the workbook. A workbook of another body or
    year, or of another program, is refused.

    Example: breakeven verify reports/plan.xlsx ledgers/2023-24
    """
    from breakeven.report.excel.verify import verify as broken_in

    end = worked_out(folder)
    returned, pages = _opened(file, end)
    broken = broken_in(returned, pages, end)
    formulas = sum(bool(entry.formula) for sheet in pages.sheets for entry in sheet.cells.values())
    if json:
        print_json(
            {
                "file": file.name,
                "formulas": formulas,
                "broken": [
                    {"kind": each.kind, "sheet": each.at.sheet, "cell": each.at.ref, "message": each.message}
                    for each in broken
                ],
            }
        )
    else:
        for each in broken:
            typer.echo(str(each))
        if not broken:
            sheets = len(pages.sheets)
            typer.echo(
                f"{file.name} is whole: {formulas:,} formulas on {sheets} sheets as written, and its own checks hold."
            )
    say_findings(end.year.findings)
    if broken:
        amiss = sum(each.kind != "folder" for each in broken)
        if amiss:
            say(f"{file.name} is not whole: {amiss:,} thing{'s' if amiss > 1 else ''} to put right")
        if amiss < len(broken):
            say(f"the folder is not as it was when {file.name} was made; breakeven report makes the workbook anew")
        raise typer.Exit(ExitCode.CHECK_FAILED)


def compare_returned(
    file: Path, folder: Path | None, *, json: bool = False, csv: bool = False, unit: str | None = None
) -> None:
    """Draw what was changed in the inputs of a workbook, and what each change does to the folder's plan."""
    from breakeven.report.compare import comparison_statement, plan_files
    from breakeven.report.excel.changes import compared

    end = worked_out(folder)
    returned, pages = _opened(file, end)
    changes = _changes(returned, pages, end)
    try:
        found, after = compared(end, changes)
    except ValueError as error:
        _refused(file, error)
    state = f"savings as {end.plan.view}"
    if after.plan.view != end.plan.view:
        state = f"{state} and {after.plan.view}"
    warnings = [*_contradictions(end, changes), *_not_whole(returned, pages, end)]
    statement = comparison_statement(
        found,
        ("plan", file.stem),
        ("compare", end.year.body.name, f"plan and {file.name}", state),
        illustrative=end.plan_is_illustrative,
        notes=[*_changed_where(changes), *warnings, *_other_files(end, returned)],
        sources=(*plan_files(end), _source(file)),
    )
    draw(statement, json=json, csv=csv, unit=unit)
    say_findings(end.year.findings)
    for warning in warnings:
        say(f"warning: {warning}")


def under_returned(end: "YearEnd", file: Path | None) -> "YearEnd":
    """A year with the inputs of a workbook that came back in place of its own; as it is where there is none.

    Exits with 1 where a formula, a locked cell, a sheet or a name of the workbook is broken: what its sender saw is
    then not what its inputs come to.
    """
    from breakeven.report.excel.changes import taken_over

    if file is None:
        return end
    returned, pages = _opened(file, end)
    changes = _changes(returned, pages, end)
    for note in _other_files(end, returned):
        say(note)
    if broken := _not_whole(returned, pages, end):
        for each in broken:
            say(f"breakeven: the plan is not taken over: {each}")
        raise typer.Exit(ExitCode.CHECK_FAILED)
    try:
        after = taken_over(end, changes)
    except ValueError as error:
        _refused(file, error)
    for note in _changed_where(changes):
        say(note)
    for contradiction in _contradictions(end, changes):
        say(f"warning: {contradiction}")
    return after


def is_workbook(name: str) -> bool:
    """Whether a word is the name of a workbook that is there."""
    return Path(name).suffix.lower() in {".xlsx", ".xlsm"} and is_file(Path(name))


def _opened(file: Path, end: "YearEnd") -> "tuple[Returned, Pages]":
    """A workbook that came back, and as it is written for the folder; where it is none of the folder's, exit 3."""
    from breakeven.report.excel.made_from import must_be_of
    from breakeven.report.excel.pages import pages_of
    from breakeven.report.excel.returned import read_returned

    if not is_file(file):
        usage(f"{file} is a folder: name the workbook" if file.is_dir() else f"there is no file {file}")
    try:
        returned, pages = read_returned(file), pages_of(end)
        must_be_of(returned, pages, end.year)
    except ValueError as error:
        _refused(file, error)
    return returned, pages


def _changes(returned: "Returned", pages: "Pages", end: "YearEnd") -> "Sequence[Change]":
    """Every input that was changed; where one cannot be read, why, and exit 3."""
    from breakeven.report.excel.changes import changes_in
    from breakeven.report.excel.returned import ReturnedRefusedError

    try:
        return changes_in(returned, pages)
    except ReturnedRefusedError as error:
        for reason in error.reasons:
            say(str(reason))
        for note in _other_files(end, returned) or [f"breakeven verify {returned.name} lists all that was changed"]:
            say(note)
        raise typer.Exit(ExitCode.REFUSED) from None


def _refused(file: Path, error: ValueError) -> NoReturn:
    """Say why a workbook's inputs cannot be taken, and exit 3."""
    for reason in getattr(error, "reasons", None) or [f"{file.name}: {error}"]:
        say(str(reason))
    raise typer.Exit(ExitCode.REFUSED)


def _not_whole(returned: "Returned", pages: "Pages", end: "YearEnd") -> list[str]:
    """That the workbook's formulas are not whole, naming the first cells; what its inputs come to is not affected."""
    from breakeven.report.excel.verify import altered

    broken = [each for each in altered(returned, pages, end) if each.kind != "folder"]
    if not broken:
        return []
    cells = ", ".join(f"{each.at.sheet} {each.at.ref}".rstrip() for each in broken[:NAMED])
    more = f" and {len(broken) - NAMED:,} more" if len(broken) > NAMED else ""
    return [
        f"{returned.name} is not whole: {cells}{more} not as written; what it shows may not be what its inputs come to "
        f"(breakeven verify {returned.name})."
    ]


def _contradictions(end: "YearEnd", changes: "Sequence[Change]") -> list[str]:
    from breakeven.report.excel.changes import contradictions

    return [f"{each.at.sheet} {each.at.ref}, {each.in_words}: {why}." for each, why in contradictions(end, changes)]


def _changed_where(changes: "Sequence[Change]") -> list[str]:
    if not changes:
        return ["No input was changed."]
    cells = ", ".join(f"{each.at.sheet} {each.at.ref}" for each in changes)
    return [f"{len(changes)} input{'s' if len(changes) > 1 else ''} changed: {cells}."]


def _other_files(end: "YearEnd", returned: "Returned") -> list[str]:
    """That the folder is not as it was when the workbook was made, so that what differs may be the folder's."""
    from breakeven.report.excel.made_from import changes_since

    changed = changes_since(returned, end.year)
    if not changed:
        return []
    name = returned.name
    return [f"Changed in the folder since {name} was made: {', '.join(changed)}; a difference may be the folder's."]


def _source(file: Path) -> str:
    from hashlib import sha256

    return f"{file.name}, sha256 {sha256(file.read_bytes()).hexdigest()}"
