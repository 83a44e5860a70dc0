"""The command that shows how the contract's indicators stand, and whether their bands are sound."""

from typing import TYPE_CHECKING, Annotated

import typer

from breakeven.cli.common import (
    AsCsv,
    AsJson,
    ExitCode,
    Folder,
    app,
    draw,
    one_format,
    print_json,
    say_findings,
    usage,
    worked_out,
)

if TYPE_CHECKING:
    from breakeven.ledger.year import ContractYear
    from breakeven.periods import Year


@app.command("performance")
def performance(
    folder: Folder = None,
    year: Annotated[
        str | None,
        typer.Option(help="The contract year of the indicators; the folder's own if left out.", show_default=False),
    ] = None,
    bands: Annotated[
        bool, typer.Option("--bands", help="Check the bands instead: gaps, overlaps, what is impossible or reversed.")
    ] = False,
    json: AsJson = False,
    csv: AsCsv = False,
) -> None:
    """Show each key performance indicator: its last value, RAG, trend, and its months in each band.

    --bands checks the bands of every year there is, or of --year alone, and exits 1 where one has a fault.

    Example: breakeven performance ledgers/2023-24, or breakeven performance ledgers/2023-24 --bands --year 2024-25
    """
    from breakeven.pipeline import year_end
    from breakeven.report import performance as page
    from breakeven.report.data import statement_data

    one_format(json=json, csv=csv)
    end = worked_out(folder)
    years = _years(end.year, year, every=bands)
    found = [each for at in years for each in year_end.performance(end, at)]
    if bands:
        faults, read = page.faults_statement(found, end.year), page.bands_statement(found, end.year)
        if json:
            print_json(statement_data(faults) | {"bands": statement_data(read)})
        else:
            draw(faults, csv=csv, beneath=[read])
    else:
        stated = page.performance_statement(found, end.year, years[0])
        if json:
            print_json(statement_data(stated) | {"months": page.months_data(found)})
        else:
            by_month = [page.months_statement(found, end.year, years[0])] if any(each.months for each in found) else []
            draw(stated, csv=csv, omit=page.omitted(found), beneath=by_month)
    say_findings(end.year.findings)
    if bands and any(page.has_faults(each) for each in found):
        raise typer.Exit(ExitCode.CHECK_FAILED)


def _years(year: "ContractYear", asked: str | None, *, every: bool) -> list["Year"]:
    """The years whose indicators are asked for; a usage error where the folder has none."""
    from breakeven.periods import Year

    known = sorted({kpi.year for kpi in year.ledgers.kpis})
    if not known:
        usage("the folder has no indicators: the sheet KPIs of performance.xlsx holds them")
    if asked is None:
        wanted = known if every else [year.body.year]
    else:
        try:
            wanted = [Year.parse(asked)]
        except ValueError as error:
            usage(f"--year: {error}")
    if not set(wanted) <= set(known):
        usage(f"there are indicators of {', '.join(map(str, known))}, none of {wanted[0]}; name one with --year")
    return wanted
