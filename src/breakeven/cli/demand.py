"""The command that states demand: placements, what they cost, and who is behind it."""

from typing import Annotated

import typer

from breakeven.cli.common import (
    AsCsv,
    AsJson,
    AtPeriod,
    Folder,
    InUnit,
    app,
    draw,
    one_format,
    period_of,
    print_json,
    say_findings,
    worked_out,
)


@app.command("demand")
def demand(
    folder: Folder = None,
    period: AtPeriod = None,
    publish: Annotated[
        bool, typer.Option("--publish", help="Leave out single children, and numbers of children below five.")
    ] = False,
    json: AsJson = False,
    csv: AsCsv = False,
    unit: InUnit = None,
) -> None:
    """State demand by placement type: numbers, starters, leavers, weekly cost, outturn, and what one more does.

    Then the dearest placements and the next 18th birthdays; --json gives all of them, --csv the table by type alone.

    Example: breakeven demand ledgers/2023-24 --period P09
    """
    from breakeven.pipeline import at_period
    from breakeven.report import demand as pages
    from breakeven.report.data import statement_data

    one_format(json=json, csv=csv)
    end = worked_out(folder)
    at = at_period.at_period(end, period_of(end, period))
    end, found = at_period.with_demand(end, at)
    stated = pages.demand_statement(end, found, publish=publish)
    shown = None if json else pages.SHOWN
    beneath = [pages.one_more_statement(end)]
    if not publish:
        beneath += [pages.dearest_statement(end, found, shown), pages.turning_18_statement(end, found, shown)]
    if json:
        print_json(statement_data(stated) | {each.id: statement_data(each) for each in beneath})
    elif csv:
        draw(stated, csv=True)
    else:
        first, *rest = pages.parts_of(stated)
        draw(first, unit=unit, beneath=[*rest, *(each for each in beneath if each.rows)])
    say_findings(end.year.findings)
