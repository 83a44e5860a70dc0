"""The command that writes reports: the whole pack as files that can be handed on."""

from pathlib import Path
from typing import Annotated

import typer

from breakeven.cli.common import (
    ExitCode,
    Folder,
    SavingsAs,
    app,
    default_folder,
    must_be_posted,
    period_said,
    say,
    say_findings,
    under_scenario,
    usage,
    worked_out,
)
from breakeven.cli.statements import chained


@app.command("report")
def report(
    folder: Folder = None,
    formats: Annotated[
        str, typer.Option("--format", help="html, xlsx, docx, pdf, json, csv, parquet; several with commas.")
    ] = "html",
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where to; made where it is not there.")] = Path(
        "reports"
    ),
    scenario: Annotated[
        str | None, typer.Option("--scenario", help="Lay a scenario of the folder over the plan.", show_default=False)
    ] = None,
    savings_as: SavingsAs = "planned",
    template: Annotated[
        Path | None,
        typer.Option(
            "--template", help="Your own Word template, for docx.", exists=True, dir_okay=False, show_default=False
        ),
    ] = None,
    period: Annotated[
        str | None,
        typer.Option(help="The year as it stands at the end of a period too, P01 to P13.", show_default=False),
    ] = None,
) -> None:
    """Write the whole pack: key messages, outturn, reconciliation, variance, plan, savings, demand, and what is sure.

    Every format is drawn from the same statements as the other commands show. All of them are made before the first is
    written; each is there whole or not at all, and the same input gives the same bytes. No child is shown by itself,
    and numbers of children below five are left out. A test that differs does not stop a report: it is called out in it,
    said on stderr, and the exit code is 0. The paths of what is written go to stdout.

    html is a page, xlsx a workbook with live formulas, docx and pdf are the committee paper; csv and parquet are one
    value a row with where it comes from, json is the whole pack, and a data package descriptor stands beside them.

    Example: breakeven report ledgers/2023-24 --format html,docx,pdf, or breakeven report --out reports/P09 --period P09
    """
    from breakeven.reconciliation.check import Result
    from breakeven.report.formats import FORMATS, AmongInputsError, write_reports
    from breakeven.report.pack import make_pack
    from breakeven.report.template_error import TemplateError

    if template is not None and "docx" not in formats:
        usage("--template goes with --format docx")
    asked = [name.strip().lower() for name in formats.split(",") if name.strip()]
    unknown = [name for name in asked if name not in FORMATS]
    if unknown or not asked:
        usage(f"--format takes {', '.join(FORMATS)}, not {', '.join(unknown) or 'nothing'}")
    at = period_said(period) if period else None
    ledger = folder or default_folder()
    end = under_scenario(worked_out(ledger, view=savings_as), scenario, savings_as)
    if at:
        must_be_posted(end, at)
    end = chained(end, ledger)
    try:
        written = write_reports(make_pack(end, at), asked, out, ledger, lambda name: say(f"making {name}"), template)
    except TemplateError as error:
        usage(f"--template: {error}")
    except AmongInputsError as error:
        usage(f"--out: {error}")
    except OSError as error:
        say(f"the report is not written: {error.filename or out}: {error.strerror or error}")
        raise typer.Exit(ExitCode.REFUSED) from None
    for path in written:
        typer.echo(path)
        say(f"wrote {_size(path.stat().st_size)} to {path.name}")
    differing = sum(check.result is Result.DIFFERS for check in end.all_checks)
    if differing:
        tests = "a test differs" if differing == 1 else f"{differing} tests differ"
        say(f"note: {tests}, and the report says so; breakeven reconcile has the list")
    say_findings(end.year.findings)


def _size(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{max(count // 1000, 1)} kB"
