"""The commands about workbooks: templates out, and what is wrong with what comes in."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from breakeven.cli.common import (
    AsCsv,
    AsJson,
    ExitCode,
    app,
    draw,
    one_format,
    print_json,
    read_folder,
    say,
    say_findings,
    usage,
)

if TYPE_CHECKING:
    from breakeven.ledger.year import WasRead


@app.command("new")
def new(
    folder: Annotated[Path, typer.Argument(help="The folder to make; it must not be there yet, or be empty.")],
    name: Annotated[str, typer.Option(help="Whose year it is.")] = "Our trust",
    year: Annotated[str, typer.Option(help="The contract year, such as 2024-25.")] = "2024-25",
) -> None:
    """Make a ledger folder of empty templates, with lists to choose from and notes on what goes where.

    Example: breakeven new ledgers/2024-25 --name "Our trust" --year 2024-25
    """
    from breakeven.periods import Year
    from breakeven.workbook.templates import FolderNotEmptyError, write_templates

    try:
        written = write_templates(folder, name, Year.parse(year))
    except (FolderNotEmptyError, ValueError) as error:
        usage(str(error))
    for path in written:
        typer.echo(path)
    typer.echo(f"Fill in the workbooks, then run: breakeven {folder}", err=True)


@app.command("check")
def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[FOLDER or FILE...]", help="A ledger folder, or workbooks.", show_default=False),
    ] = None,
    layout: Annotated[
        Path | None,
        typer.Option("--layout", help="A layout file to read the workbooks by, with no folder.", show_default=False),
    ] = None,
    suggest: Annotated[
        bool,
        typer.Option("--suggest", help="Print a layout for each file, to look over and use with --layout."),
    ] = False,
    export: Annotated[
        Path | None,
        typer.Option(
            "--export",
            metavar="FILE.csv",
            help="With --layout: write every line read to this CSV, in pounds; not where there is an error.",
            show_default=False,
        ),
    ] = None,
    json: AsJson = False,
    csv: AsCsv = False,
) -> None:
    """List what is wrong, one finding a line with its cell, and count every line and pound in and out.

    Example: breakeven check ledgers/2023-24, or breakeven check ledger.xlsx --layout layout.toml
    """
    from breakeven.report.data import reading_data
    from breakeven.report.reconciliation import conservation_statement

    one_format(json=json, csv=csv)
    if suggest:
        _suggest(paths or [])
        return
    if export and not layout:
        usage("--export goes with --layout")
    read, body = _read_files(paths or [], layout) if layout else _read_part_of_folder(paths or [])
    if json:
        print_json(reading_data(read))
    else:
        for finding in read.findings:
            typer.echo(str(finding))
        draw(conservation_statement(read, body, "Conservation"), csv=csv)
    count = len(read.findings)
    say(f"{count:,} finding{'s' if count > 1 else ''}" if count else "No findings.")
    if any(finding.is_error for finding in read.findings):
        raise typer.Exit(ExitCode.REFUSED)
    if not all(tally.is_conserved for tally in read.tallies):
        raise typer.Exit(ExitCode.CHECK_FAILED)
    if export:
        _export_lines(read, export, [*(paths or []), layout])


def _suggest(paths: Sequence[Path]) -> None:
    """A layout for each file; where one is refused, why."""
    from breakeven.workbook.suggest import suggest

    if not paths:
        usage("name the workbooks that a layout is wanted for")
    refused = False
    for path in paths:
        layout = suggest(path, named=len(paths) > 1)
        if isinstance(layout, str):
            typer.echo(layout)
        else:
            refused = True
            say_findings(layout)
    if refused:
        raise typer.Exit(ExitCode.REFUSED)


def _export_lines(read: Any, export: Path, inputs: Sequence[Path | None]) -> None:
    """Every line read of files, to a CSV that is none of them."""
    from breakeven.report.lines import lines_csv
    from breakeven.report.writing import write_whole

    if any(path and path.exists() and export.exists() and path.samefile(export) for path in inputs):
        usage(f"{export} is read from; name another file to export to")
    try:
        write_whole(export, lines_csv(read.tables).encode())
    except OSError as error:
        usage(f"{export} cannot be written: {error.strerror}")


def _read_files(paths: Sequence[Path], layout: Path) -> "tuple[WasRead, str]":
    """Files by a layout file, whatever folder they are in."""
    from breakeven.workbook.file_check import read_files
    from breakeven.workbook.layout import TableLayout
    from breakeven.workbook.layout_file import read_layout_file

    if not paths:
        usage("name the workbooks that --layout is for")
    described = read_layout_file(layout)
    tables = [table for table in described if isinstance(table, TableLayout)]
    if not tables:
        say_findings(finding for finding in described if not isinstance(finding, TableLayout))
        raise typer.Exit(ExitCode.USAGE)
    return read_files(paths, tables), ", ".join(path.name for path in paths)


def _read_part_of_folder(paths: Sequence[Path]) -> "tuple[WasRead, str]":
    """A ledger folder; of one, only what is about the workbooks named."""
    from dataclasses import replace

    from breakeven.plan.double_counts import with_double_counts

    folder, files = _folder_and_files(paths)
    year = with_double_counts(read_folder(folder))
    if files:
        year = replace(
            year,
            inputs=tuple(file for file in year.inputs if file.name in files),
            tallies=tuple(tally for tally in year.tallies if tally.workbook in files),
            findings=tuple(finding for finding in year.findings if finding.at.workbook in files),
        )
    return year, year.body.name


def _folder_and_files(paths: Sequence[Path]) -> tuple[Path | None, set[str]]:
    """A ledger folder and the workbooks of it that were named; all of them where none was."""
    files = [path for path in paths if not path.is_dir()]
    folders = {path for path in paths if path.is_dir()} | {path.parent for path in files}
    if missing := [str(path) for path in files if not path.exists()]:
        usage(f"there is no {', '.join(missing)}")
    if len(folders) > 1:
        usage("check one ledger folder at a time")
    return (folders.pop() if folders else None), {path.name for path in files}
