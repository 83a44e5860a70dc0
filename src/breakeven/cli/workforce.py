"""The command that states the workforce."""

from decimal import Decimal, InvalidOperation
from typing import Annotated

import typer

from breakeven.cli.common import (
    AsCsv,
    AsJson,
    Folder,
    InUnit,
    app,
    draw,
    one_format,
    period_said,
    print_json,
    say_findings,
    usage,
    worked_out,
)


@app.command("workforce")
def workforce(
    folder: Folder = None,
    convert: Annotated[
        str | None,
        typer.Option(help="Agency posts to make permanent, beside one and all of them.", show_default=False),
    ] = None,
    since: Annotated[str, typer.Option("--from", help="From which period of next year they are.")] = "P01",
    json: AsJson = False,
    csv: AsCsv = False,
    unit: InUnit = None,
) -> None:
    """State social workers by month, what a post costs, what agency to permanent saves, and what caseloads need.

    --csv gives the months alone.

    Example: breakeven workforce ledgers/2023-24 --convert 12 --from P07
    """
    from breakeven.periods import MONTHS
    from breakeven.report import workforce as pages
    from breakeven.report.data import statement_data

    one_format(json=json, csv=csv)
    number, period = _number(convert), period_said(since, "--from")
    if period > MONTHS:
        usage("--from takes P01 to P12: P13 has no month of its own")
    end = worked_out(folder)
    posts = end.year.ledgers.posts
    if not posts:
        usage("the folder has no social workers by month: the sheet Workforce of demand.xlsx holds them")
    agency = max(posts, key=lambda each: each.month).agency
    if number is not None and number > agency:
        usage(f"--convert takes at most the {agency:f} agency posts that are filled, not {number:f}")
    stated = pages.workforce_statement(end)
    beneath = [
        pages.costs_statement(end),
        pages.converting_statement(end, number, period),
        pages.caseloads_statement(end),
    ]
    if json:
        print_json(statement_data(stated) | {each.id: statement_data(each) for each in beneath})
    elif csv:
        draw(stated, csv=True)
    else:
        draw(stated, unit=unit, beneath=[each for each in beneath if each.rows])
    say_findings(end.year.findings)


def _number(said: str | None) -> Decimal | None:
    if said is None:
        return None
    try:
        number = Decimal(said)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or number <= 0:
        usage(f"--convert takes a number of posts above nil, such as 12 or 0.5, not {said}")
    return number
