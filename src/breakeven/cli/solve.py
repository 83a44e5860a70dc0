"""The commands that turn the plan round: what it takes to reach a goal, and what the plan is sensitive to."""

import re
from typing import TYPE_CHECKING, Annotated, Any, Literal

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
    draw,
    one_format,
    print_json,
    refuse_open,
    say_findings,
    under_scenario,
    unit_of,
    usage,
    worked_out,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from breakeven.pipeline.year_end import YearEnd
    from breakeven.plan.asked import Asked
    from breakeven.plan.solve import Solution

UnderScenario = Annotated[
    str | None, typer.Option("--scenario", help="Start from this scenario of the folder.", show_default=False)
]


@app.command("solve")
def solve(
    folder: Folder = None,
    target: Annotated[
        str | None,
        typer.Option(help="break-even, clear (the deficit), position=SUM or balance=SUM.", show_default=False),
    ] = None,
    year: Annotated[
        str | None,
        typer.Option("--in", "--year", help="The year to reach it in; changes start in it too.", show_default=False),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(help="The year to reach it by; changes start with the plan.", show_default=False),
    ] = None,
    using: Annotated[
        list[str] | None,
        typer.Option(
            "--with",
            help="What may change: saving (the default), contract_sum, pay, residential.number, residential.price, "
            "LINE.inflation, S24-03.delivery. A + after it (pay+) adds to what each year has. Several: each alone.",
            show_default=False,
        ),
    ] = None,
    lines: Annotated[
        list[str] | None, typer.Option(help="Lines or categories that are to save, others held.", show_default=False)
    ] = None,
    hold: Annotated[
        list[str] | None, typer.Option(help="Lines that are not to; all others save.", show_default=False)
    ] = None,
    share: Annotated[
        Literal["pro-rata", "even", "weights"] | None,
        typer.Option(help="How lines or priorities share a saving; pro rata if left out.", show_default=False),
    ] = None,
    weights: Annotated[
        list[str] | None, typer.Option(help="Shares by weight: residential=3,transport=1.", show_default=False)
    ] = None,
    cap: Annotated[
        list[str] | None,
        typer.Option(
            help="The most that may be saved: residential=500k, residential=5%, 5% on each, or a sum of the whole.",
            show_default=False,
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option("--from", help="From when it counts: P07, 2025-26, '2025-26 P07'.", show_default=False),
    ] = None,
    until: Annotated[str | None, typer.Option("--to", help="The last year it counts in.", show_default=False)] = None,
    step: Annotated[
        str | None,
        typer.Option(help="What the answer is a whole number of: £1, 0.01 points, 0.1 placements.", show_default=False),
    ] = None,
    by_priority: Annotated[
        bool, typer.Option("--by-priority", help="Only the savings targets by priority, as a table ready to agree.")
    ] = False,
    years: PlanYears = None,
    scenario: UnderScenario = None,
    savings_as: Annotated[
        Literal["planned", "forecast", "weighted"] | None,
        typer.Option(
            "--savings",
            help="Which savings are counted: as planned, or for --by-priority weighted, if left out.",
            show_default=False,
        ),
    ] = None,
    json: AsJson = False,
    csv: AsCsv = False,
    unit: InUnit = None,
) -> None:
    """Solve for what it takes: the saving, contract sum, price, number or rate with which the plan reaches a target.

    Without a target it shows what every year takes to break even and to clear the deficit, and savings targets by
    priority. Exits 1 where it cannot be done, and says how near it comes.

    Example: breakeven solve --target break-even --by 2026/27 --with saving --with pay
    """  # fmt: skip
    from breakeven.pipeline import questions
    from breakeven.plan.setting import OpenPlanError

    one_format(json=json, csv=csv)
    if year and by:
        usage("--in and --by are two ways to name one year; give one of them")
    view = savings_as or ("weighted" if by_priority else "planned")
    end = under_scenario(worked_out(folder, years=years, view=view), scenario, view)
    asked = _asked(year, by, since, until, (lines, hold), (share, weights, cap), step)
    form = {"json": json, "csv": csv, "unit": unit}
    if by_priority and using:
        usage("--by-priority is of savings: it goes with no --with")
    try:
        if by_priority:
            done = _targets(end, target or "break-even", asked, view, form)
        elif target:
            found = [questions.solve(end, target, each, asked) for each in _split(using) or ("saving",)]
            done = _solutions(found, end, folder, form)
        elif any((year, by, using, lines, hold, since, until, step)):
            usage("say what is to be reached: --target break-even, clear, position=SUM or balance=SUM")
        else:
            done = _overview(end, asked, savings_as, form)
    except OpenPlanError as error:
        refuse_open(end, error.why)
    except ValueError as error:
        usage(str(error))
    say_findings(end.year.findings)
    if not done:
        raise typer.Exit(ExitCode.CHECK_FAILED)


def _asked(
    year: str | None,
    by: str | None,
    since: str | None,
    until: str | None,
    who: "tuple[list[str] | None, list[str] | None]",
    shared: "tuple[Any, list[str] | None, list[str] | None]",
    step: str | None,
) -> "Asked":
    """What was typed, but for the target and the levers; a change starts in the year it is asked for with ``--in``."""
    from decimal import Decimal, InvalidOperation

    from breakeven.plan.asked import Asked
    from breakeven.plan.sharing import Sharing

    how, weights, caps = shared[0], _split(shared[1]), _split(shared[2], ",(?!\\d{3}(?!\\d))")  # not 1,250,000
    if weights and how not in {None, "weights"}:
        usage(f"--weights share by weight, not {how}")
    if how == "weights" and not weights:
        usage("--share weights needs --weights, such as residential=3,transport=1")
    sharing = Sharing(how or ("weights" if weights else "pro-rata"), weights, caps) if how or weights or caps else None
    try:
        whole_of = Decimal(step) if step else None
    except InvalidOperation:
        usage(f"--step takes a number such as 1 or 0.25, not {step!r}")
    lines, held = map(_split, who)
    return Asked(year or by, since or year, until, lines, held, sharing, whole_of)


def _split(said: "Sequence[str] | None", between: str = ",") -> tuple[str, ...]:
    """Options that were given one by one, or several with commas; each once. between: a pattern."""
    parts = (part.strip() for each in said or () for part in re.split(between, each))
    return tuple(dict.fromkeys(part for part in parts if part))


def _solutions(found: "Sequence[Solution]", end: "YearEnd", folder: "Path | None", form: dict[str, Any]) -> bool:
    """What each lever by itself was solved for; whether all of them reach the target."""
    from breakeven.report.data import statement_data
    from breakeven.report.solve import shares_statement, solution_data, solution_statement

    statement = solution_statement(found, end, str(folder or ""))
    shares = [shares_statement(each, end) for each in found if each.lever.bearers and each.value]
    if form["json"]:
        print_json(
            statement_data(statement)
            | {"solutions": solution_data(found, end.year.body)}
            | {each.id: statement_data(each) for each in shares}
        )
    else:
        draw(statement, **form, beneath=shares)
    return all(each.is_reached for each in found)


def _targets(end: "YearEnd", target: str, asked: "Asked", view: Any, form: dict[str, Any]) -> bool:
    """The savings targets by priority alone; whether the priorities can bear them."""
    from breakeven.pipeline import questions
    from breakeven.report.solve import targets_statement

    found = questions.savings_targets(end, target, asked)
    draw(targets_statement(found, end, view, to_fill=form["csv"]), **form)
    return found.is_met


def _overview(end: "YearEnd", asked: "Asked", savings_as: Any, form: dict[str, Any]) -> bool:
    """What every year takes, however savings are counted, and the targets by priority of the next contract year."""
    from breakeven.pipeline import questions
    from breakeven.plan.asked import savings_needed
    from breakeven.report.data import statement_data
    from breakeven.report.solve import needed_statement, targets_statement

    views: Any = [savings_as] if savings_as else ["planned", "forecast", "weighted"]
    needed = {view: [*savings_needed(questions.setting_of(end, view))] for view in views}
    statement = needed_statement(needed, end)
    found = questions.savings_targets(end, "break-even", asked, savings_as or "weighted")
    targets = targets_statement(found, end, savings_as or "weighted")
    if form["json"]:
        print_json(statement_data(statement) | {targets.id: statement_data(targets)})
    else:
        draw(statement, **form, beneath=[targets])
    return found.is_met


@app.command("sensitivity")
def sensitivity(
    folder: Folder = None,
    year: Annotated[
        str | None,
        typer.Option(help="Sort and draw by this year's position, not by the last balance.", show_default=False),
    ] = None,
    top: Annotated[
        int | None,
        typer.Option(min=1, help="Only the largest so many; the tornado has 12 if left out.", show_default=False),
    ] = None,
    step: Annotated[
        list[str] | None,
        typer.Option(
            help="How far to move each: 0.5 points of rates; percent=2 of sums, number=1, delivery=10.",
            show_default=False,
        ),
    ] = None,
    ahead: PlanYears = None,
    scenario: UnderScenario = None,
    savings_as: SavingsAs = "planned",
    json: AsJson = False,
    csv: AsCsv = False,
    unit: InUnit = None,
) -> None:
    """Show what a step of each assumption does to every year and to the deficit, with a tornado of the largest.

    What one more placement or post costs is said as a per cent on pay, where the settings have a group called pay.

    Example: breakeven sensitivity ledgers/2023-24 --step 0.5 --step delivery=20 --year 2024-25
    """
    from breakeven.pipeline import questions
    from breakeven.plan.goals import parse_plan_year
    from breakeven.plan.sensitivity import worth
    from breakeven.report.data import statement_data
    from breakeven.report.sensitivity import only_in_data, sensitivity_statement, tornado_bars, worth_statement
    from breakeven.report.statement import plan_mark
    from breakeven.report.tornado import draw_tornado

    one_format(json=json, csv=csv)
    end = under_scenario(worked_out(folder, years=ahead, view=savings_as), scenario, savings_as)
    years = end.plan.years
    try:
        found = questions.sensitivity(end, _split(step), year)
        chosen = parse_plan_year(year, years) if year else None
    except ValueError as error:
        usage(str(error))
    singles = [each for each in found if not each.is_group]
    shown = [*singles[:top], *(each for each in found if each.is_group)]
    each_worth = worth(questions.setting_of(end), chosen or years[0])
    statement = sensitivity_statement(shown, each_worth, chosen or years[0], end)
    beside = worth_statement(each_worth, chosen or years[0], end)
    if json:
        print_json(statement_data(statement) | {"worth": statement_data(beside)})
        return
    place = years.index(chosen) if chosen else None
    title = f"Position {chosen.on_screen}" if chosen else f"Balance at 31 March {years[-1].start + 1}"
    bars = tornado_bars(found, place, top or 12)
    draw(
        statement,
        csv=csv,
        unit=unit,
        omit=only_in_data(end),
        picture=lambda console: draw_tornado(title, bars, console, unit_of(unit), plan_mark(end)),
        beneath=[beside] if each_worth else [],
    )
    say_findings(end.year.findings)
