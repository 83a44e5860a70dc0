"""The command that projects the number of placements, and the option by which a plan is laid over with it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from breakeven.cli.common import (
    AsCsv,
    AsJson,
    ExitCode,
    Folder,
    InUnit,
    PlanYears,
    app,
    draw,
    one_format,
    print_json,
    say_findings,
    usage,
    worked_out,
)

if TYPE_CHECKING:
    from breakeven.ledger.scenarios import Overlay
    from breakeven.pipeline.year_end import YearEnd
    from breakeven.plan.projected_demand import Asked, Projected

Demand = Annotated[
    str | None,
    typer.Option(
        "--demand",
        help="Set the numbers of placements by a projection: counts, or ssda903:FOLDER.",
        metavar="counts|ssda903:FOLDER",
        show_default=False,
    ),
]
RETURNS = "ssda903:"


@app.command("demand-projection")
def demand_projection(
    folder: Folder = None,
    source: Annotated[
        Literal["counts", "ssda903"] | None,
        typer.Option(
            "--from",
            help="Monthly counts of demand.xlsx, or SSDA903 returns; the latter where --files names them.",
            show_default=False,
        ),
    ] = None,
    files: Annotated[
        list[Path] | None,
        typer.Option("--files", help="A folder of SSDA903 returns, one folder a year; may be given several times."),
    ] = None,
    window: Annotated[int, typer.Option(min=3, max=240, help="Months of history whose movements go on.")] = 24,
    rewind: Annotated[
        int | None,
        typer.Option(
            "--rewind", min=1, max=120, help="Back-test: project from so many months ago too.", show_default=False
        ),
    ] = None,
    method: Annotated[
        Literal["least squares", "average change"], typer.Option(help="How a trend of counts is taken.")
    ] = "least squares",
    years: PlanYears = None,
    trials: Annotated[int, typer.Option(min=100, max=100_000, help="Trials of chance and rates.")] = 1000,
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same answer.")] = 1,
    publish: Annotated[bool, typer.Option("--publish", help="Mask every number of children below five.")] = False,
    json: AsJson = False,
    csv: AsCsv = False,
    unit: InUnit = None,
) -> None:
    """Project placements by type over the plan's years: from the trend of counts, or from children's journeys.

    SSDA903 returns give stock and flow: who enters, moves, leaves and grows older, at the rates of the window. How far
    it may differ is said apart for chance and for the rates. --rewind 12 scores headcount, mix and cost. To keep it as
    a scenario: breakeven what-if --demand counts --save NAME

    Example: breakeven demand-projection ledgers/2023-24 --window 12 --rewind 6
    """
    from breakeven.plan.projected_demand import Asked
    from breakeven.report.demand_projection import demand_data, demand_statements

    one_format(json=json, csv=csv)
    if source == "counts" and files:
        usage("--files are SSDA903 returns; leave --from counts out")
    if source == "ssda903" and not files:
        usage("--from ssda903 needs --files FOLDER, where the returns are")
    end = worked_out(folder, years=years)
    found = _projected(end, files or [], Asked(window, rewind, trials, seed, method))
    statements = demand_statements(end, found, publish=publish)
    if json:
        print_json(demand_data(statements))
    else:
        draw(statements[0], csv=csv, unit=unit, beneath=statements[1:])
    say_findings((*end.year.findings, *(found.returns.findings if found.returns else ())))


def _projected(end: "YearEnd", folders: list[Path], asked: "Asked") -> "Projected":
    """A projection from returns where folders are named, else from counts; where there is none, why, and an exit."""
    from breakeven.drivers.trend import TooLittleError
    from breakeven.pipeline.questions import project_demand
    from breakeven.workbook.ssda903 import ReturnsRefusedError

    try:
        return project_demand(end, folders, asked)
    except TooLittleError as error:
        usage(str(error))
    except ReturnsRefusedError as refused:
        say_findings(refused.findings)
        raise typer.Exit(ExitCode.REFUSED) from None


def demand_asked(end: "YearEnd", said: str | None) -> "Projected | None":
    """The projection that ``--demand`` names; None if not given."""
    from breakeven.plan.projected_demand import Asked

    if said is None:
        return None
    if said != "counts" and not said.startswith(RETURNS):
        usage(f"--demand takes counts or {RETURNS}FOLDER, not {said!r}")
    folders = [Path(said.removeprefix(RETURNS))] if said.startswith(RETURNS) else []
    found = _projected(end, folders, Asked())
    if found.returns:
        say_findings(found.returns.findings)
    return found


def demand_overlays(end: "YearEnd", said: str | None) -> "tuple[Overlay, ...]":
    """What ``--demand`` sets: the number of each line that a projection knows, by year; nothing if not given."""
    from breakeven.plan.demand import overlays

    found = demand_asked(end, said)
    return () if found is None else overlays(found.demand, end.plan.basis)


def under_demand(end: "YearEnd", found: "Projected | None", view: Any) -> "YearEnd":
    """A year whose plan has the numbers of a projection; as it is where there is none."""
    from breakeven.pipeline import year_end
    from breakeven.plan.demand import overlays

    if found is None:
        return end
    changed = (*end.plan.overlays, *overlays(found.demand, end.plan.basis))
    try:
        return year_end.work_out(end.year, view, overlays=changed)
    except ValueError as error:
        usage(f"--demand: {error}")
