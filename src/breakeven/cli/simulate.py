"""The command that asks how sure the plan is."""

from typing import TYPE_CHECKING, Annotated

import typer

from breakeven.cli.common import (
    AsCsv,
    AsJson,
    Folder,
    InUnit,
    PlanYears,
    app,
    draw,
    one_format,
    print_json,
    refuse_open,
    say_findings,
    under_scenario,
    usage,
    worked_out,
)
from breakeven.cli.demand_projection import Demand, demand_asked, under_demand

if TYPE_CHECKING:
    from decimal import Decimal


@app.command("simulate")
def simulate(
    folder: Folder = None,
    trials: Annotated[int, typer.Option(min=1, max=5_000_000, help="How many times the plan is projected.")] = 100_000,
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same answer, on any machine.")] = 1,
    threads: Annotated[
        int | None,
        typer.Option(min=1, help="How many at once; one for each processor if left out.", show_default=False),
    ] = None,
    years: PlanYears = None,
    scenario: Annotated[
        str | None, typer.Option("--scenario", help="Lay a scenario of the folder over the plan.", show_default=False)
    ] = None,
    demand: Demand = None,
    reserves: Annotated[
        str | None,
        typer.Option(
            "--reserves", help="Pounds that could bear a deficit: what is at risk beyond them.", show_default=False
        ),
    ] = None,
    json: AsJson = False,
    csv: AsCsv = False,
    unit: InUnit = None,
) -> None:
    """Project the plan many times, with what is uncertain drawn anew each time: how likely is break-even?

    What is uncertain stands on the sheets Uncertainty and Correlations of plan.xlsx; a saving is delivered with the
    chance of its confidence, or not at all. It gives the chance of break-even in each year and of being out of deficit,
    the range of each year's balance, and what the spread comes from.

    Example: breakeven simulate ledgers/2023-24 --reserves 2000000
    """
    from breakeven.pipeline.questions import simulate_plan
    from breakeven.report.simulation import simulation_data, simulation_statement, spread_statement

    one_format(json=json, csv=csv)
    held = _reserves(reserves)
    end = under_scenario(worked_out(folder, years=years, view="forecast"), scenario, "forecast")
    projected = demand_asked(end, demand)
    end = under_demand(end, projected, "forecast")
    if end.plan.open_lines:
        refuse_open(end, f"no assumption says how they move: {end.plan.model.open_in_words}")
    try:
        numbers = projected.demand if projected else None
        found = simulate_plan(end, trials=trials, seed=seed, threads=threads, demand=numbers)
    except ValueError as error:
        usage(str(error))
    statement = simulation_statement(end, found, held)
    spread = spread_statement(end, found)
    if json:
        print_json(simulation_data(statement, spread, end, found))
    else:
        draw(statement, csv=csv, unit=unit, beneath=(spread,))
    say_findings(end.year.findings)


def _reserves(said: str | None) -> "Decimal | None":
    from breakeven.plan.goals import parse_pounds

    if said is None:
        return None
    try:
        amount = parse_pounds(said)
    except ValueError as error:
        usage(f"--reserves: {error}")
    if amount < 0:
        usage(f"--reserves are nil or more, not {said}")
    return amount
