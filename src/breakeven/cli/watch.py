"""The command that writes reports again whenever a workbook is saved."""

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from breakeven.cli.common import ExitCode, Folder, SavingsAs, app, default_folder, period_said, say
from breakeven.cli.report import (
    Asked,
    AtPeriod,
    Formats,
    Out,
    Template,
    UnderScenario,
    formats_said,
    write_report,
)

if TYPE_CHECKING:
    from watchfiles import Change

QUIET_MS = 400
"""How long a folder must be quiet after a save: Excel writes a workbook in several steps."""

LOOK_MS = 2000
"""How often it is looked whether the folder is still there."""

READ = {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".toml", ".json"}
"""Endings of the files that a folder is read from, its seals and kept plans among them."""


@app.command("watch")
def watch(
    folder: Folder = None,
    formats: Formats = "html",
    out: Out = Path("reports"),
    template: Template = None,
    scenario: UnderScenario = None,
    savings_as: SavingsAs = "planned",
    period: AtPeriod = None,
) -> None:
    """Write the report, and write it again whenever a workbook of the folder is saved, until Ctrl-C.

    Excel's own lock files (~$…) are passed over. While the folder has errors they are said, and the last report stays
    as it is; the next save that puts them right writes it again. It stays, too, where a workbook is deleted, until the
    next save of another; and where the whole folder is moved away, the command stops.

    Example: breakeven watch ledgers/2023-24 --format html,xlsx
    """
    from watchfiles import watch as changes_in

    ledger = folder or default_folder()
    at = period_said(period) if period else None
    asked = Asked(formats_said(formats, template), out, template, scenario, savings_as, at)
    write_report(ledger, asked)
    say(f"watching {ledger}; Ctrl-C ends it")

    def is_input(_: "Change", path: str) -> bool:
        return is_read(Path(path), ledger, out)

    try:
        for changes in changes_in(
            ledger, watch_filter=is_input, debounce=QUIET_MS, rust_timeout=LOOK_MS, yield_on_timeout=True
        ):
            if not ledger.is_dir():
                say(f"{ledger} is not there any more, so that nothing is left to watch; the report stays as it was")
                raise typer.Exit(ExitCode.REFUSED)
            _write_again(ledger, asked, sorted({Path(path) for _, path in changes}))
    except KeyboardInterrupt:
        say("stopped")


def _write_again(ledger: Path, asked: Asked, changed: list[Path]) -> None:
    """Write the report where a workbook was saved; where one is only gone, the last report is not to lose it too."""
    saved = [path.name for path in changed if path.exists()]
    if deleted := [path.name for path in changed if not path.exists()]:
        stays = "" if saved else "; the report stays as it was until the next save"
        say(f"deleted: {', '.join(deleted)}{stays}")
    if not saved:
        return
    say(f"saved: {', '.join(saved)}")
    try:
        write_report(ledger, asked)
    except typer.Exit as stopped:
        if stopped.exit_code:
            say("the report stays as it was until this is put right")


def is_read(path: Path, ledger: Path, out: Path) -> bool:
    """Whether a file that changed is one that the folder is read from, and no lock, hidden file, copy or report."""
    from breakeven.workbook.safe_write import COPIES

    place, home, reports = path.resolve(), ledger.resolve(), out.resolve()
    if not place.is_relative_to(home) or (reports.is_relative_to(home) and place.is_relative_to(reports)):
        return False
    parts = place.relative_to(home).parts
    if any(part.startswith((".", "~$")) for part in parts) or COPIES in parts[:-1]:
        return False
    return place.suffix.lower() in READ
