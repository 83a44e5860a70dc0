"""The command that writes reports: the whole pack as files that can be handed on."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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

if TYPE_CHECKING:
    from breakeven.plan.model import View


Formats = Annotated[
    str, typer.Option("--format", help="html, xlsx, docx, pdf, json, csv, parquet; several with commas.")
]
Out = Annotated[Path, typer.Option("--out", metavar="DIR", help="Where to; made where it is not there.")]
Template = Annotated[
    Path | None,
    typer.Option(
        "--template", help="Your own Word template, for docx.", exists=True, dir_okay=False, show_default=False
    ),
]
UnderScenario = Annotated[
    str | None, typer.Option("--scenario", help="Lay a scenario of the folder over the plan.", show_default=False)
]
AtPeriod = Annotated[
    str | None,
    typer.Option("--period", help="The year as it stands at the end of a period too, P01 to P13.", show_default=False),
]


@app.command("report")
def report(
    folder: Folder = None,
    formats: Formats = "html",
    out: Out = Path("reports"),
    template: Template = None,
    scenario: UnderScenario = None,
    savings_as: SavingsAs = "planned",
    period: AtPeriod = None,
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
    write_report(
        folder or default_folder(),
        Asked(
            formats_said(formats, template),
            out,
            template,
            scenario,
            savings_as,
            period_said(period) if period else None,
        ),
    )


@dataclass(frozen=True)
class Asked:
    """What of a pack is to be written, and where to."""

    formats: list[str]
    out: Path
    template: Path | None
    scenario: str | None
    savings_as: "View"
    period: int | None


def formats_said(formats: str, template: Path | None) -> list[str]:
    """The formats that were asked for; a usage error where one is none, or a template goes with none of them."""
    from breakeven.report.formats import FORMATS

    asked = [name.strip().lower() for name in formats.split(",") if name.strip()]
    unknown = [name for name in asked if name not in FORMATS]
    if unknown or not asked:
        usage(f"--format takes {', '.join(FORMATS)}, not {', '.join(unknown) or 'nothing'}")
    if template is not None and "docx" not in asked:
        usage("--template goes with --format docx")
    return asked


def write_report(ledger: Path, asked: Asked) -> None:
    """Work a folder out and write its pack, saying each file; exits as every command does where it cannot."""
    from breakeven.reconciliation.check import Result
    from breakeven.report.formats import NoPlaceError, write_reports
    from breakeven.report.pack import make_pack
    from breakeven.report.template_error import TemplateError

    end = under_scenario(worked_out(ledger, view=asked.savings_as), asked.scenario, asked.savings_as)
    if asked.period:
        must_be_posted(end, asked.period)
    end = chained(end, ledger)
    pack = make_pack(end, asked.period)
    try:
        written = write_reports(
            pack, asked.formats, asked.out, ledger, lambda name: say(f"making {name}"), asked.template
        )
    except TemplateError as error:
        usage(f"--template: {error}")
    except NoPlaceError as error:
        usage(f"--out: {error}")
    except OSError as error:
        say(f"the report is not written to {asked.out}: {error.strerror or error}")
        raise typer.Exit(ExitCode.REFUSED) from None
    for path in written:
        typer.echo(path)
        say(f"wrote {_size(path.stat().st_size)} to {path.name}")
    if asked.out.resolve() == ledger.resolve().parent:
        say(
            f"note: {asked.out} holds the ledger folder too; --out with a folder of its own keeps reports apart from it"
        )
    differing = sum(check.result is Result.DIFFERS for check in end.all_checks)
    if differing:
        tests = "a test differs" if differing == 1 else f"{differing} tests differ"
        say(f"note: {tests}, and the report says so; breakeven reconcile has the list")
    say_findings(end.year.findings)


def _size(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{max(count // 1000, 1)} kB"
