"""The command that states the medium-term plan."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from breakeven.cli.common import (
    AsCsv,
    AsJson,
    ExitCode,
    Folder,
    InUnit,
    PlanYears,
    SavingsAs,
    app,
    default_folder,
    draw,
    new_name,
    one_format,
    say,
    say_findings,
    under_scenario,
    usage,
    worked_out,
)
from breakeven.cli.demand_projection import Demand, demand_asked, under_demand
from breakeven.cli.returned import under_returned

if TYPE_CHECKING:
    from breakeven.pipeline.year_end import YearEnd


@app.command("plan")
def plan(
    folder: Folder = None,
    years: PlanYears = None,
    savings_as: SavingsAs = "planned",
    lines: Annotated[bool, typer.Option("--lines", help="Show the lines beneath each category.")] = False,
    shortfall: Annotated[
        bool, typer.Option("--shortfall", help="Show the gap and what savings leave of it, over 5 years by default.")
    ] = False,
    base: Annotated[
        bool, typer.Option("--base", help="Show what the plan starts from: one-offs stripped, full-year effects added.")
    ] = False,
    scenario: Annotated[
        str | None, typer.Option("--scenario", help="Lay a scenario of the folder over it.", show_default=False)
    ] = None,
    assumptions: Annotated[
        bool, typer.Option("--assumptions", help="Show what is assumed instead: values, quality, owner, date, source.")
    ] = False,
    demand: Demand = None,
    from_file: Annotated[
        Path | None,
        typer.Option(
            "--from", metavar="FILE", help="Take over the inputs of a workbook that came back.", show_default=False
        ),
    ] = None,
    save: Annotated[
        str | None,
        typer.Option("--save", help="Keep the plan as it is under plans/, to compare with.", show_default=False),
    ] = None,
    by: Annotated[str, typer.Option("--by", help="Who keeps it.")] = "",
    json: AsJson = False,
    csv: AsCsv = False,
    unit: InUnit = None,
) -> None:
    """Project the medium-term plan: position, cumulative deficit, and what must still be found.

    Example: breakeven plan ledgers/2023-24 --savings weighted, or breakeven plan --scenario worst --years 2
    """
    from breakeven.plan.shortfall import SHORTFALL_YEARS
    from breakeven.report.assumptions import assumptions_statement
    from breakeven.report.base import base_statement
    from breakeven.report.plan import plan_statement
    from breakeven.report.shortfall import shortfall_statement

    one_format(json=json, csv=csv)
    if sum((base, shortfall, assumptions)) > 1:
        usage("--base, --shortfall and --assumptions are pages of their own; ask for one")
    if from_file is not None and (scenario is not None or demand is not None or savings_as != "planned"):
        usage("a workbook says itself which scenario and savings count; leave --scenario, --demand and --savings out")
    if shortfall and years is None:
        years = SHORTFALL_YEARS
    end = under_scenario(worked_out(folder, years=years, view=savings_as), scenario, savings_as)
    end = under_returned(under_demand(end, demand_asked(end, demand), savings_as), from_file)
    if save is not None:
        _save(folder or default_folder(), end, save, by)
    if base:
        statement = base_statement(end)
    elif shortfall:
        statement = shortfall_statement(end)
    else:
        statement = assumptions_statement(end) if assumptions else plan_statement(end, lines=lines)
    draw(statement, json=json, csv=csv, unit=unit)
    say_findings(end.year.findings)


def _save(folder: Path, end: "YearEnd", said: str, by: str) -> None:
    from breakeven.report.saved_plan import save_plan

    name = new_name(said, end, folder)
    try:
        path = save_plan(folder, end, name, by.strip(), date.today())  # noqa: DTZ011  (the user's calendar)
    except OSError as error:
        say(f"the plan is not kept: {error.strerror or error}")
        raise typer.Exit(ExitCode.REFUSED) from None
    say(f"the plan is kept in {path}")
