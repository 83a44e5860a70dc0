"""The commands that ask what would be: what-if, and the scenarios side by side."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import typer

from breakeven.cli.common import (
    AsCsv,
    AsJson,
    Folder,
    InUnit,
    SavingsAs,
    app,
    draw,
    new_name,
    one_format,
    say_findings,
    under_scenario,
    usage,
    words_and_folder,
    worked_out,
)
from breakeven.cli.demand_projection import Demand, demand_overlays
from breakeven.cli.what_if_screen import open_screen, wants_screen

if TYPE_CHECKING:
    from pathlib import Path

    from breakeven.ledger.scenarios import Overlay
    from breakeven.pipeline.year_end import YearEnd

    Changes: TypeAlias = list[str | Overlay]

UnderScenario = Annotated[
    str | None,
    typer.Option("--scenario", help="Start from this scenario of the folder, not the plan as it stands."),
]


@app.command("what-if", context_settings={"ignore_unknown_options": True})
def what_if(
    said: Annotated[
        list[str] | None,
        typer.Argument(metavar="CHANGE... [FOLDER]", help="NAME=VALUE, such as residential=+5, pay=4%, S24-03=50%."),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--from",
            help="From when: P07, 2025-26 or '2025-26 P07'; the plan's start if left out. Savings change as a whole.",
        ),
    ] = None,
    until: Annotated[
        str | None, typer.Option("--to", help="The last year it counts in; to the plan's end if left out.")
    ] = None,
    scenario: UnderScenario = None,
    demand: Demand = None,
    savings_as: SavingsAs = "planned",
    save: Annotated[
        str | None,
        typer.Option("--save", help="Keep the changes as a scenario of this name, in plan.xlsx.", show_default=False),
    ] = None,
    why: Annotated[str, typer.Option("--why", help="Why, kept with what is saved.")] = "what-if",
    by: Annotated[str, typer.Option("--by", help="Who asks, kept with what is saved.")] = "",
    web: Annotated[bool, typer.Option("--web", help="The screen, in a browser on this machine.")] = False,
    json: AsJson = False,
    csv: AsCsv = False,
    unit: InUnit = None,
) -> None:
    """Ask what the plan would come to: base, changed, and what each change does to each year, adding up.

    Without a change it opens a screen on which to ask; --web shows that in a browser.

    residential=+5 adds five placements and residential=73 sets how many there are; pay=4% sets a rate of inflation and
    pay=+1% adds a point; premises=+£250k adds pounds a year and premises=x1.1 multiplies them; S24-03=50% delivers half
    of a saving and S24-03=+3months starts it later. NAME.growth=2%, NAME.price=+£200 and the like say which is meant.

    Example: breakeven what-if residential=+5 pay=4% --from P07 --save "five more"
    """
    from breakeven.pipeline.questions import what_if as asked
    from breakeven.report.compare import what_if_statement

    one_format(json=json, csv=csv)
    changes, folder = words_and_folder(said or [])
    if web or (wants_screen(changes) and demand is None and save is None and not (json or csv)):
        open_screen(folder, changes, (since, until, scenario), savings_as, in_browser=web)
        return
    if not changes and demand is None:
        usage(
            "say what changes, as breakeven what-if residential=+5 pay=4% --from P07; breakeven what-if --help has more"
        )
    wrong = [word for word in changes if "=" not in word]
    if wrong and folder is None and not any(word.startswith("-") for word in wrong):
        usage(f"{wrong[0]!r} is no change, as residential=+5 is, and no ledger folder")
    end = under_scenario(worked_out(folder, view=savings_as), scenario, savings_as)
    changed: Changes = [*demand_overlays(end, demand), *changes]
    try:
        found = asked(end, changed, since, until)
    except ValueError as error:
        usage(str(error))
    if save is not None:
        _save(folder, end, (changed, since, until), save, why, by)
    words = [*([f"demand by {demand}"] if demand else []), *changes]
    statement = what_if_statement(found, end, words, scenario)
    draw(statement, json=json, csv=csv, unit=unit)
    say_findings(end.year.findings)


def _save(
    folder: "Path | None",
    end: "YearEnd",
    asked: "tuple[Changes, str | None, str | None]",
    name: str,
    why: str,
    by: str,
) -> None:
    """Write what the plan would be laid over with as a scenario of the folder: its own overlays and the changes."""
    from breakeven.cli.register_entry import Entry, text_of
    from breakeven.pipeline.questions import with_changes

    entry = Entry(folder)
    name, why = new_name(name, end, entry.folder), text_of(why, "--why")
    rows = [_row(each, name, why, by.strip()) for each in with_changes(end, *asked)]
    entry.write("scenarios", rows, dry_run=False, aside=True)


def _row(overlay: "Overlay", name: str, why: str, by: str) -> "dict[str, Any]":
    said = {field: value for field, value in overlay if field not in {"at", "cells"}} | {"scenario": name}
    if overlay.source != "what-if":
        return said
    return said | {"source": why, "author": by, "set_on": date.today()}  # noqa: DTZ011  (the day on the user's calendar)


@app.command("scenarios")
def scenarios(
    folder: Folder = None,
    savings_as: SavingsAs = "planned",
    json: AsJson = False,
    csv: AsCsv = False,
    unit: InUnit = None,
) -> None:
    """Show the plan and every scenario of the folder in one table, and what each scenario changes.

    breakeven compare best worst holds two of them against each other, change by change.

    Example: breakeven scenarios ledgers/2023-24 --savings weighted
    """
    from breakeven.pipeline.questions import scenario_balances
    from breakeven.report.compare import scenarios_statement

    one_format(json=json, csv=csv)
    end = worked_out(folder, view=savings_as)
    if not end.year.ledgers.scenarios:
        usage("the folder has no scenarios: fill in Scenarios in plan.xlsx, or keep one with what-if ... --save NAME")
    try:
        plans = scenario_balances(end)
    except ValueError as error:
        usage(str(error))
    draw(scenarios_statement(plans, end), json=json, csv=csv, unit=unit)
    say_findings(end.year.findings)
