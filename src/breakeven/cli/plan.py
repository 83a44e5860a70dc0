"""The command that states the medium-term plan."""

from typing import Annotated, Literal

import typer

from breakeven.cli.common import AsCsv, AsJson, Folder, InUnit, app, draw, one_format, say_findings, worked_out


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

    one_format(json=json, csv=csv)
    end = worked_out(folder, years=years, view=savings_as)
    draw(plan_statement(end, lines=lines), json=json, csv=csv, unit=unit)
    say_findings(end.year.findings)
