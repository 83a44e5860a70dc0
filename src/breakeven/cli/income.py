"""The command that states income at the end of a period."""

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


@app.command("income")
def income(
    folder: Folder = None,
    period: AtPeriod = None,
    grants: Annotated[
        bool, typer.Option("--grants", help="The grants alone, in whatever format is asked for.")
    ] = False,
    json: AsJson = False,
    csv: AsCsv = False,
    unit: InUnit = None,
) -> None:
    """State what is due or earned, received, accrued and outstanding, by age, and what grants should come to.

    Example: breakeven income ledgers/2023-24 --period P09
    """
    from breakeven.pipeline import at_period
    from breakeven.report.data import statement_data
    from breakeven.report.income import borne_data, grants_statement, income_statement

    one_format(json=json, csv=csv)
    end = worked_out(folder)
    at = period_of(end, period)
    end = at_period.with_period(end, at_period.at_period(end, at))
    stated, by_calendar = income_statement(end, at), grants_statement(end, at)
    if grants:
        draw(by_calendar, json=json, csv=csv, unit=unit)
    elif json:
        print_json(statement_data(stated) | {"borne_by": borne_data(end), "grants": statement_data(by_calendar)})
    else:
        draw(stated, csv=csv, unit=unit, beneath=[by_calendar] if by_calendar.rows else [])
    say_findings(end.year.findings)
