"""What every command shares: its options, reading a folder, drawing a statement, and how it ends."""

import os
import sys
import threading
from collections.abc import Callable, Iterable, Sequence
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, NoReturn

import typer

from breakeven.workbook.names import is_file

if TYPE_CHECKING:
    from rich.console import Console

    from breakeven.findings import Finding
    from breakeven.ledger.year import ContractYear
    from breakeven.pipeline.year_end import YearEnd
    from breakeven.report.statement import Statement
    from breakeven.workbook.folder import Progress


class ExitCode(IntEnum):
    """What a script can rely on."""

    FINE = 0
    CHECK_FAILED = 1
    USAGE = 2
    REFUSED = 3


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
        "whether it adds up, what moves the money, the outturn, the plan and the savings. The commands "
        "below show each part in full.\n\n"
        "Example: breakeven ledgers/2023-24"
    ),
    epilog="Exit codes: 0 fine, 1 a check failed, 2 usage, 3 input refused. Answers on stdout, all else on stderr.",
)

PlanYears = Annotated[
    int | None,
    typer.Option(
        "--years", min=1, max=10, help="How many years; the folder's own number if left out.", show_default=False
    ),
]

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

AtPeriod = Annotated[
    str | None,
    typer.Option("--period", help="P01 to P13. Left out: the last that anything is posted in.", show_default=False),
]


SavingsAs = Annotated[
    Literal["planned", "forecast", "weighted"], typer.Option("--savings", help="Which savings the position counts.")
]


def under_scenario(end: "YearEnd", name: str | None, view: Any) -> "YearEnd":
    """A year as a scenario of its folder has it; as it is where none is named, and a usage error where it has none."""
    from breakeven.pipeline import year_end

    if name is None:
        return end
    try:
        return year_end.work_out(end.year, view, overlays=year_end.scenario(end.year, name))
    except KeyError:
        known = ", ".join(year_end.scenario_names(end.year)) or "none"
        usage(f"--scenario: the folder has no scenario {name!r}; it has {known}")
    except ValueError as error:
        usage(f"--scenario: {error}")


def new_name(said: str, end: "YearEnd", folder: Path) -> str:
    """A name to save a scenario or a plan under, which ``compare`` takes for nothing else; a usage error otherwise."""
    from breakeven.report.saved_plan import why_not_named

    if why_not := why_not_named(said, end, folder):
        usage(f"--save: {why_not}")
    return said.strip()


def worked_out(folder: Path | None, years: int | None = None, view: Any = "planned") -> "YearEnd":
    """Read and work out a folder; where the input has an error, say all of them and exit 3 with no figure shown."""
    from dataclasses import replace

    from breakeven.pipeline import year_end
    from breakeven.report.reconciliation import conservation_sentence

    year = read_folder(folder)
    if year.errors:
        say_findings(year.findings)
        say(conservation_sentence(year))
        say(
            "Nothing is worked out from input with errors: put them right, or run `breakeven check` for the whole list."
        )
        raise typer.Exit(ExitCode.REFUSED)
    if years is not None:
        year = replace(year, body=replace(year.body, plan_years=years))
    return year_end.work_out(year, view)


def refuse_open(end: "YearEnd", why: str) -> NoReturn:
    """Say that an open plan has no answer, and why, and which years it has one of; exit 1."""
    known, years = len(end.plan.model.known_years), len(end.plan.years)
    of_fewer = f"; --years {known} asks only of the years that are known" if 0 < known < years else ""
    say(f"breakeven: the plan is open, because {why}{of_fewer}")
    raise typer.Exit(ExitCode.CHECK_FAILED)


def read_folder(folder: Path | None) -> "ContractYear":
    """A ledger folder's records; where no year can be made of it, why, and exit 3."""
    from breakeven.pipeline import year_end
    from breakeven.workbook.folder import FolderRefusedError

    with Reading() as progress:
        try:
            return year_end.load(folder or default_folder(), progress)
        except FolderRefusedError as refused:
            say_findings(refused.findings)
            raise typer.Exit(ExitCode.REFUSED) from None


def period_said(text: str, option: str = "--period") -> int:
    """A period such as P09; a usage error where it is none."""
    from breakeven.periods import parse_period

    try:
        return parse_period(text)
    except ValueError as error:
        usage(f"{option}: {error}")


def must_be_posted(end: "YearEnd", period: int) -> None:
    """Refuse a period that the extract does not reach: its actuals would read as nil."""
    from breakeven.periods import MONTHS, period_name

    last = end.year.transactions.last_period
    if last is None:
        usage("nothing is posted yet: the extract has no lines")
    if last < min(period, MONTHS):
        usage(f"nothing is posted in {period_name(period)}; the last period with a posting is {period_name(last)}")


def period_of(end: "YearEnd", asked: str | None) -> int:
    """The period asked for, or the last that anything is posted in."""
    if asked is not None:
        return period_said(asked)
    last = end.year.transactions.last_period
    return last if last is not None else usage("nothing is posted yet: say which period with --period")


def words_and_folder(said: Sequence[str], count: int | None = None) -> tuple[list[str], Path | None]:
    """The words of a command, and the ledger folder among them, if there is one.

    count: how many words the command takes, where that is settled. Where there is one more, and none is a ledger
    folder, the last word that is any folder is meant for one. A line may be called like a folder that is none.
    """
    folders = [word for word in said if is_ledger_folder(Path(word))]
    if not folders and count is not None and len(said) == count + 1:
        folders = [word for word in said if Path(word).is_dir()][-1:]
    if len(folders) > 1:
        usage("name one folder")
    return [word for word in said if word not in folders], Path(folders[0]) if folders else None


def is_ledger_folder(path: Path) -> bool:
    """Whether a path is a folder that holds a breakeven.toml."""
    return is_file(path / "breakeven.toml")


def default_folder(here: Path = Path()) -> Path:
    """This folder if it holds a breakeven.toml, else the newest year under ``ledgers``."""
    if is_ledger_folder(here):
        return here
    years = sorted(path.parent for path in here.glob("ledgers/*/breakeven.toml"))
    if not years:
        usage("no ledger folder here: name one, or make one with `breakeven new FOLDER`")
    return years[-1]


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


def console() -> "Console":
    """The terminal: colours only where there is one, and nothing of a text taken for markup."""
    from rich.console import Console

    colours = None if os.environ.get("NO_COLOR") else "auto"  # rich alone would still write bold and dim
    return Console(highlight=False, markup=False, emoji=False, soft_wrap=False, color_system=colours)


def unit_of(unit: str | None) -> Any:
    """The unit asked for; None where it was left to the width."""
    from breakeven.report.figures import Unit

    return Unit(unit) if unit else None


def draw(
    statement: "Statement",
    *,
    json: bool = False,
    csv: bool = False,
    unit: str | None = None,
    omit: Sequence[str] = (),
    picture: "Callable[[Console], None] | None" = None,
    beneath: Sequence["Statement"] = (),
) -> None:
    """A statement in the format asked for, on stdout. picture, beneath: what to draw with it on a page."""
    from breakeven.report import data, terminal

    if json:
        print_json(data.statement_data(statement))
    elif csv:
        typer.echo(data.csv_text(statement), nl=False)
    else:
        terminal.draw(statement, console(), unit_of(unit), omit=omit, picture=picture, beneath=beneath)


def one_format(*, json: bool, csv: bool) -> None:
    """Refuse two formats at once."""
    if json and csv:
        usage("--json and --csv are two answers; ask for one")


def print_json(data: Any) -> None:
    """Plain data as JSON on stdout."""
    from breakeven.report.data import json_text

    typer.echo(json_text(data))


def say(message: str) -> None:
    """A line on stderr."""
    typer.echo(message, err=True)


def say_findings(findings: "Iterable[Finding]") -> None:
    """Each finding on a line of stderr."""
    for finding in findings:
        say(str(finding))


def usage(message: str) -> NoReturn:
    """Say what was not understood, and exit 2."""
    say(f"breakeven: {message}")
    raise typer.Exit(ExitCode.USAGE)
