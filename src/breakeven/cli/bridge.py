"""The command that leads from indicators and drivers to the money they move."""

from breakeven.cli.common import (
    AsCsv,
    AsJson,
    Folder,
    InUnit,
    SavingsAs,
    app,
    draw,
    one_format,
    say_findings,
    under_scenario,
    worked_out,
)
from breakeven.cli.what_if import UnderScenario


@app.command("bridge")
def bridge(
    folder: Folder = None,
    scenario: UnderScenario = None,
    savings_as: SavingsAs = "planned",
    json: AsJson = False,
    csv: AsCsv = False,
    unit: InUnit = None,
) -> None:
    """Show which indicator or driver moves which line of the plan, and what one step of it does to each year.

    The steps are those of the sheet Bridge in performance.xlsx, such as a point of vacancy rate or ten children moved
    from external to own carers, and one more of each placement or post that the plan counts. Each is put to the plan as
    what-if would. Indicators that move no line stand last, with the reason.

    Example: breakeven bridge ledgers/2023-24
    """
    from breakeven.pipeline.bridge import bridge as bridged
    from breakeven.pipeline.bridge import with_bridge
    from breakeven.report.bridge import bridge_statement, parts_of

    one_format(json=json, csv=csv)
    end = under_scenario(worked_out(folder, view=savings_as), scenario, savings_as)
    found = bridged(end)
    stated = bridge_statement(with_bridge(end, found), found)
    if json or csv:
        draw(stated, json=json, csv=csv)
    else:
        moving, *rest = parts_of(stated)
        draw(moving, unit=unit, beneath=rest)
    say_findings(end.year.findings)
