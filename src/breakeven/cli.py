"""Commands and exit codes. No sums: each command asks the pipeline, draws a statement, and says how it went."""

import io
import os
import sys
import threading
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, NoReturn

import typer
from typer.core import TyperCommand

if TYPE_CHECKING:
    from rich.console import Console

    from breakeven.findings import Finding
    from breakeven.ledger.year import ContractYear, WasRead
    from breakeven.pipeline import YearEnd
    from breakeven.report.statement import Statement
    from breakeven.workbook.folder import Progress


class ExitCode(IntEnum):
    """What a script can rely on."""

    FINE = 0
    CHECK_FAILED = 1
    USAGE = 2
    REFUSED = 3


DEFAULT_COMMAND = "year-end"
"""The name the bare command has inside; nobody types or sees it."""

PATIENCE = 1.0
"""Seconds of reading before a person is shown that it goes on."""

app = typer.Typer(
    name="breakeven",
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=(
        "Where did the year end, and what must we save to break even?\n\n"
        "breakeven [FOLDER] reads a contract year's workbooks and shows the whole answer on one screen: what was read, "
        "whether it adds up, the outturn, the plan and the savings. The commands below show each part in full.\n\n"
        "Example: breakeven ledgers/2023-24"
    ),
    epilog="Exit codes: 0 fine, 1 a check failed, 2 usage, 3 input refused. Answers on stdout, all else on stderr.",
)


class _BareContext(typer.Context):
    """The main job goes by the program's own name, in its usage and its help."""

    @property
    def command_path(self) -> str:
        return self.parent.command_path if self.parent else "breakeven"


class _BareCommand(TyperCommand):
    context_class = _BareContext


Folder = Annotated[
    Path | None,
    typer.Argument(
        metavar="FOLDER",
        help="The ledger folder. Left out: this one if it holds a breakeven.toml, else the newest under ./ledgers.",
        show_default=False,
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="The same statement as JSON; amounts are decimal strings.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="The same statement as CSV.")]
InUnit = Annotated[
    Literal["£", "k", "m"] | None,
    typer.Option("--unit", help="Pounds, thousands or millions. Left out: the first that fits.", show_default=False),
]


def main() -> None:
    """Run the command line; the bare command is the main job."""
    sys.stdout, sys.stderr = _Pipe.around(sys.stdout), _Pipe.around(sys.stderr)
    names = [command.name for command in app.registered_commands if command.name]
    app(args=with_default_command(sys.argv[1:], names), prog_name="breakeven")


class _Pipe(io.FileIO):
    """A stream to another program, which may stop listening, as ``head`` does: what is left to say is let go."""

    def write(self, data: Any) -> int:
        try:
            return super().write(data)
        except BrokenPipeError:
            return memoryview(data).nbytes

    @classmethod
    def around(cls, stream: Any) -> Any:
        """``stream``, where it is ours; a letter that its encoding lacks is shown by its code."""
        if not hasattr(stream, "reconfigure"):
            return stream
        stream.reconfigure(errors="backslashreplace")
        if stream.isatty() or not any(stream is own for own in (sys.__stdout__, sys.__stderr__)):
            return stream
        pipe = io.BufferedWriter(cls(stream.fileno(), "w", closefd=False))
        return io.TextIOWrapper(pipe, stream.encoding, stream.errors, line_buffering=stream.line_buffering)


def with_default_command(args: Sequence[str], commands: Sequence[str]) -> list[str]:
    """``args`` with the default command put first where they name none: a folder, an option or nothing at all."""
    first = next((arg for arg in args if not arg.startswith("-")), None)
    if args and args[0] in {"-h", "--help", "--version"}:
        return list(args)
    if first in commands and args[0] == first:
        return list(args)
    if first is not None and not Path(first).exists() and get_close_matches(first, commands):
        return list(args)  # a command mistyped: let the usage message suggest it
    return [DEFAULT_COMMAND, *args]


def _version(asked: bool) -> None:
    if asked:
        import breakeven

        typer.echo(f"breakeven {breakeven.__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option("--version", help="Show the version.", callback=_version, is_eager=True),
    ] = False,
) -> None:
    pass


@app.command(DEFAULT_COMMAND, hidden=True, cls=_BareCommand)
def year_end(
    folder: Folder = None,
    json: AsJson = False,
    csv: Annotated[bool, typer.Option("--csv", hidden=True)] = False,
    unit: InUnit = None,
) -> None:
    """Show the year on one screen: what was read, whether it adds up, the outturn, the plan and the savings."""
    from breakeven.report import screen

    _one_format(json=json, csv=csv)
    if csv:
        _usage("the whole answer is several tables: --csv goes with check, reconcile, outturn, plan or savings")
    if folder and not folder.exists():
        _usage(f"there is no command and no folder called {folder}; `breakeven --help` lists the commands")
    end = _worked_out(folder)
    if json:
        _print_json(screen.year_end_data(end))
    else:
        screen.draw_year_end(end, _console(), _unit(unit))
    _say_findings(end.year.findings)


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
        _usage(str(error))
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

    _one_format(json=json, csv=csv)
    if suggest:
        _suggest(paths or [])
        return
    if export and not layout:
        _usage("--export goes with --layout")
    read, body = _read_files(paths or [], layout) if layout else _read_part_of_folder(paths or [])
    if json:
        _print_json(reading_data(read))
    else:
        for finding in read.findings:
            typer.echo(str(finding))
        _draw(conservation_statement(read, body, "Conservation"), csv=csv)
    count = len(read.findings)
    _say(f"{count:,} finding{'s' if count > 1 else ''}" if count else "No findings.")
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
        _usage("name the workbooks that a layout is wanted for")
    refused = False
    for path in paths:
        layout = suggest(path, named=len(paths) > 1)
        if isinstance(layout, str):
            typer.echo(layout)
        else:
            refused = True
            _say_findings(layout)
    if refused:
        raise typer.Exit(ExitCode.REFUSED)


def _export_lines(read: Any, export: Path, inputs: Sequence[Path | None]) -> None:
    """Every line read of files, to a CSV that is none of them."""
    from breakeven.report.lines import lines_csv, write_whole

    if any(path and path.exists() and export.exists() and path.samefile(export) for path in inputs):
        _usage(f"{export} is read from; name another file to export to")
    try:
        write_whole(export, lines_csv(read.tables))
    except OSError as error:
        _usage(f"{export} cannot be written: {error.strerror}")


def _read_files(paths: Sequence[Path], layout: Path) -> "tuple[WasRead, str]":
    """Files by a layout file, whatever folder they are in."""
    from breakeven.workbook.file_check import read_files
    from breakeven.workbook.layout import TableLayout
    from breakeven.workbook.layout_file import read_layout_file

    if not paths:
        _usage("name the workbooks that --layout is for")
    described = read_layout_file(layout)
    tables = [table for table in described if isinstance(table, TableLayout)]
    if not tables:
        _say_findings(finding for finding in described if not isinstance(finding, TableLayout))
        raise typer.Exit(ExitCode.USAGE)
    return read_files(paths, tables), ", ".join(path.name for path in paths)


def _read_part_of_folder(paths: Sequence[Path]) -> "tuple[WasRead, str]":
    """A ledger folder; of one, only what is about the workbooks named."""
    from dataclasses import replace

    folder, files = _folder_and_files(paths)
    year = _read(folder)
    if files:
        year = replace(
            year,
            inputs=tuple(file for file in year.inputs if file.name in files),
            tallies=tuple(tally for tally in year.tallies if tally.workbook in files),
            findings=tuple(finding for finding in year.findings if finding.at.workbook in files),
        )
    return year, year.body.name


@app.command("reconcile")
def reconcile(folder: Folder = None, json: AsJson = False, csv: AsCsv = False, unit: InUnit = None) -> None:
    """Hold every sum against another source of it: side A, side B, the difference and its likely cause.

    Exits 1 where a test differs. Example: breakeven reconcile ledgers/2023-24
    """
    from breakeven.reconciliation.check import Result
    from breakeven.report.data import checks_data
    from breakeven.report.reconciliation import reconciliation_statement

    _one_format(json=json, csv=csv)
    end = _worked_out(folder)
    if json:
        _print_json(checks_data(end.checks))
    else:
        _draw(reconciliation_statement(end), csv=csv, unit=unit, omit=("cause",))
    _say_findings(end.year.findings)
    if any(found.result is Result.DIFFERS for found in end.checks):
        raise typer.Exit(ExitCode.CHECK_FAILED)


@app.command("outturn")
def outturn(
    folder: Folder = None,
    by: Annotated[
        str, typer.Option(help="How far down: category, line, source, code; several with commas.")
    ] = "category",
    json: AsJson = False,
    csv: AsCsv = False,
    unit: InUnit = None,
) -> None:
    """State budget, actual and variance, and the cumulative deficit.

    Example: breakeven outturn ledgers/2023-24 --by line,source
    """
    from breakeven.report.outturn import outturn_statement

    _one_format(json=json, csv=csv)
    levels = [level.strip() for level in by.split(",") if level.strip()]
    if unknown := [level for level in levels if level not in {"category", "line", "source", "code"}]:
        _usage(f"--by takes category, line, source and code, not {', '.join(unknown)}")
    end = _worked_out(folder)
    _draw(outturn_statement(end, levels), json=json, csv=csv, unit=unit)
    _say_findings(end.year.findings)


@app.command("plan")
def plan(
    folder: Folder = None,
    years: Annotated[
        int | None,
        typer.Option(min=1, max=10, help="How many years; the folder's own number if left out.", show_default=False),
    ] = None,
    savings_as: Annotated[
        Literal["planned", "forecast", "weighted"], typer.Option("--savings", help="Which savings the position counts.")
    ] = "planned",
    lines: Annotated[bool, typer.Option("--lines", help="Show the lines beneath each category.")] = False,
    json: AsJson = False,
    csv: AsCsv = False,
    unit: InUnit = None,
) -> None:
    """Project the medium-term plan: position, cumulative deficit, and what must still be found.

    Example: breakeven plan ledgers/2023-24 --savings weighted
    """
    from breakeven.report.plan import plan_statement

    _one_format(json=json, csv=csv)
    end = _worked_out(folder, years=years, view=savings_as)
    _draw(plan_statement(end, lines=lines), json=json, csv=csv, unit=unit)
    _say_findings(end.year.findings)


@app.command("savings")
def savings(
    folder: Folder = None,
    year: Annotated[
        str | None,
        typer.Option(help="The contract year the schemes start in; the plan's first if left out.", show_default=False),
    ] = None,
    json: AsJson = False,
    csv: AsCsv = False,
    unit: InUnit = None,
) -> None:
    """Track the savings programme by priority and status: planned, delivered, forecast, weighted.

    Example: breakeven savings ledgers/2023-24 --year 2024-25
    """
    from breakeven.report.savings import savings_statement

    _one_format(json=json, csv=csv)
    end = _worked_out(folder)
    known = {str(each): each for each in (end.programme.base, *end.programme.years)}
    if year is not None and year.replace("/", "-") not in known:
        _usage(f"--year takes one of {', '.join(known)}, not {year}")
    chosen = known[year.replace("/", "-")] if year else None
    _draw(savings_statement(end, chosen), json=json, csv=csv, unit=unit)
    _say_findings(end.year.findings)


@app.command("trace", context_settings={"ignore_unknown_options": True})
def trace(
    asked: Annotated[list[str], typer.Argument(metavar="FIGURE [FOLDER]", help="An amount, a row or a figure's id.")],
    json: AsJson = False,
) -> None:
    """Follow a figure down to the cells it was read from, and up to what uses it.

    Example: breakeven trace 48565330, or breakeven trace placements ledgers/2023-24
    """
    from breakeven.report import trace as tracing

    folders = [Path(word) for word in asked if Path(word).is_dir()]
    wanted = " ".join(word for word in asked if not Path(word).is_dir())
    if len(folders) > 1 or not wanted:
        _usage("say what to trace and, if need be, one folder: breakeven trace 48565330 ledgers/2023-24")
    end = _worked_out(folders[0] if folders else None)
    traced = tracing.find(end, wanted)
    if traced is None:
        near = tracing.nearest_names(end, wanted)
        _usage(f"no figure is called or comes to {wanted!r}" + (f"; near it are {', '.join(near)}" if near else ""))
    if json:
        _print_json(tracing.trace_data(traced, end))
    else:
        tracing.draw_trace(traced, end, _console())


def _worked_out(folder: Path | None, years: int | None = None, view: Any = "planned") -> "YearEnd":
    """Read and work out a folder; where the input has an error, say all of them and exit 3 with no figure shown."""
    from dataclasses import replace

    from breakeven import pipeline
    from breakeven.report.reconciliation import conservation_sentence

    year = _read(folder)
    if year.errors:
        _say_findings(year.findings)
        _say(conservation_sentence(year))
        _say(
            "Nothing is worked out from input with errors: put them right, or run `breakeven check` for the whole list."
        )
        raise typer.Exit(ExitCode.REFUSED)
    if years is not None:
        year = replace(year, body=replace(year.body, plan_years=years))
    return pipeline.work_out(year, view)


def _read(folder: Path | None) -> "ContractYear":
    from breakeven import pipeline
    from breakeven.workbook.folder import FolderRefusedError

    with Reading() as progress:
        try:
            return pipeline.load(folder or default_folder(), progress)
        except FolderRefusedError as refused:
            _say_findings(refused.findings)
            raise typer.Exit(ExitCode.REFUSED) from None


def default_folder(here: Path = Path()) -> Path:
    """This folder if it holds a breakeven.toml, else the newest year under ``ledgers``."""
    if (here / "breakeven.toml").is_file():
        return here
    years = sorted(path.parent for path in here.glob("ledgers/*/breakeven.toml"))
    if not years:
        _usage("no ledger folder here: name one, or make one with `breakeven new FOLDER`")
    return years[-1]


def _folder_and_files(paths: Sequence[Path]) -> tuple[Path | None, set[str]]:
    """A ledger folder and the workbooks of it that were named; all of them where none was."""
    files = [path for path in paths if not path.is_dir()]
    folders = {path for path in paths if path.is_dir()} | {path.parent for path in files}
    if missing := [str(path) for path in files if not path.exists()]:
        _usage(f"there is no {', '.join(missing)}")
    if len(folders) > 1:
        _usage("check one ledger folder at a time")
    return (folders.pop() if folders else None), {path.name for path in files}


class Reading:
    """A progress bar on stderr, shown once reading has taken over a second, and only to a person."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._at: tuple[str, float, float] = ("", 0, 1)
        self._timer = threading.Timer(PATIENCE, self._show)
        self._timer.daemon = True

    def __enter__(self) -> "Progress | None":
        if not sys.stderr.isatty():
            return None
        self._timer.start()
        return self._told

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        if self._timer.ident:
            self._timer.join()
        if self._bar:
            self._bar.stop()

    def _told(self, name: str, done: float, of: float) -> None:
        self._at = name, done, of
        if self._bar:
            self._bar.update(self._bar.task_ids[0], description=_reading(name), completed=done, total=of)

    def _show(self) -> None:
        from rich.console import Console
        from rich.progress import Progress

        name, done, of = self._at
        bar = Progress(console=Console(stderr=True), transient=True)
        bar.add_task(_reading(name), completed=int(done), total=of)
        bar.start()
        self._bar = bar


def _reading(name: str) -> str:
    return f"Reading {name}".rstrip()


def _console() -> "Console":
    from rich.console import Console

    colours = None if os.environ.get("NO_COLOR") else "auto"  # rich alone would still write bold and dim
    return Console(highlight=False, markup=False, emoji=False, soft_wrap=False, color_system=colours)


def _unit(unit: str | None) -> Any:
    from breakeven.report.figures import Unit

    return Unit(unit) if unit else None


def _draw(
    statement: "Statement", *, json: bool = False, csv: bool = False, unit: str | None = None, omit: Sequence[str] = ()
) -> None:
    from breakeven.report import data, terminal

    if json:
        _print_json(data.statement_data(statement))
    elif csv:
        typer.echo(data.csv_text(statement), nl=False)
    else:
        terminal.draw(statement, _console(), _unit(unit), omit=omit)


def _one_format(*, json: bool, csv: bool) -> None:
    if json and csv:
        _usage("--json and --csv are two answers; ask for one")


def _print_json(data: Any) -> None:
    from breakeven.report.data import json_text

    typer.echo(json_text(data))


def _say(message: str) -> None:
    typer.echo(message, err=True)


def _say_findings(findings: "Iterable[Finding]") -> None:
    for finding in findings:
        _say(str(finding))


def _usage(message: str) -> NoReturn:
    _say(f"breakeven: {message}")
    raise typer.Exit(ExitCode.USAGE)


if __name__ == "__main__":
    main()
