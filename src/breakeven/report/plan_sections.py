"""The sections of a pack that look ahead: the plan, its savings, and how far it can be relied on."""

from dataclasses import replace

from breakeven.ledger.targets import OverlayError
from breakeven.pipeline.questions import plan_base, scenario_balances, sensitivity, setting_of, simulate_plan
from breakeven.pipeline.year_end import YearEnd
from breakeven.plan.double_counts import double_counts
from breakeven.plan.sensitivity import worth
from breakeven.report.assumptions import assumptions_statement
from breakeven.report.base import base_statement
from breakeven.report.chart_data import deficit_chart, fan_chart, savings_chart, tornado_chart
from breakeven.report.compare import scenarios_statement
from breakeven.report.key_messages import at_risk_message
from breakeven.report.plan import plan_statement
from breakeven.report.savings import savings_statement
from breakeven.report.savings_years import savings_years_statement
from breakeven.report.section import LeftOut, Section
from breakeven.report.sensitivity import only_in_data, sensitivity_statement, tornado_bars, worth_statement
from breakeven.report.simulation import simulation_statement, spread_statement

TRIALS = 20_000
"""How often the plan is projected for a pack: a chance is then within a point of the true one."""

SEED = 1

BARS = 12
"""How many assumptions the tornado has."""


def plan_section(end: YearEnd) -> Section:
    """Position and corkscrew by year, what must be found, and what the plan starts from."""
    found = plan_statement(end, lines=True)
    return Section(
        "plan",
        "Medium-term financial plan",
        found.summary,
        charts=(deficit_chart(end),),
        statements=(found, base_statement(end)),
        figures=tuple(plan_base(end).figures()),
    )


def savings_section(end: YearEnd) -> Section | LeftOut:
    """The programme of one year by scheme and status, and its totals in every year."""
    if not end.year.ledgers.savings:
        return LeftOut("Savings", "the folder has no savings: the sheet Savings of plan.xlsx holds them")
    found = savings_statement(end)
    years = savings_years_statement(end, ("priority",))
    by_status = savings_statement(end, by=("status",))
    at_risk = at_risk_message(end)
    return Section(
        "savings",
        "Savings programme",
        (*([at_risk.text] if at_risk else []), *found.summary),
        points=tuple(finding.message for finding in double_counts(end.year)),
        points_title="Money that may be claimed twice",
        charts=(savings_chart(end, by_status),),
        statements=(found, years),
    )


def scenarios_section(end: YearEnd) -> Section | LeftOut:
    """The plan and every scenario of the folder side by side."""
    if not end.year.ledgers.scenarios:
        return LeftOut("Scenarios", "the folder has no scenarios: the sheet Scenarios of plan.xlsx holds them")
    try:
        plans = scenario_balances(end)
    except OverlayError as error:
        return LeftOut("Scenarios", str(error))
    found = scenarios_statement(plans, end)
    return Section("scenarios", "Scenarios", found.summary, statements=(found,))


def certainty_section(end: YearEnd) -> Section | LeftOut:
    """The chance of break-even and the range of each balance."""
    title = "How sure the plan is"
    if not end.year.ledgers.uncertainty:
        return LeftOut(title, "nothing is said to be uncertain: the sheet Uncertainty of plan.xlsx says what is")
    try:
        found = simulate_plan(end, trials=TRIALS, seed=SEED)
    except ValueError as error:
        return LeftOut(title, str(error))
    stated = simulation_statement(end, found)
    same = (
        f"breakeven simulate --trials {TRIALS} shows the same. By itself the command draws 100,000 trials: its chances "
        "may then be a point from these, and its ranges a little."
    )
    return Section(
        "certainty",
        title,
        stated.summary,
        charts=(fan_chart(end, found),),
        statements=(
            replace(stated, title="Chances and ranges", notes=(same, *stated.notes)),
            spread_statement(end, found),
        ),
    )


def sensitivity_section(end: YearEnd) -> Section | LeftOut:
    """What a step of each assumption does, and what one more placement or post is worth."""
    if not end.year.ledgers.assumptions:
        return LeftOut("Sensitivity", "the folder has no assumptions: the sheet Assumptions of plan.xlsx holds them")
    found = sensitivity(end)
    first = end.plan.years[0]
    each_worth = worth(setting_of(end), first)
    stated = sensitivity_statement(found, each_worth, first, end)
    shown = tuple(each for each in stated.columns if each.id not in only_in_data(end))
    bars = tornado_bars(found, None, BARS)
    return Section(
        "sensitivity",
        "What the plan is sensitive to",
        stated.summary,
        charts=(tornado_chart(end, bars),) if bars else (),
        statements=(
            replace(stated, columns=shown),
            *([worth_statement(each_worth, first, end)] if each_worth else []),
        ),
        asides=(stated.id,),
    )


def assumptions_section(end: YearEnd) -> Section | LeftOut:
    """What is assumed, by whom, how good it is, and where it comes from."""
    found = assumptions_statement(end)
    if not found.rows:
        return LeftOut("Assumptions", "the folder has no assumptions: the sheet Assumptions of plan.xlsx holds them")
    return Section(
        "assumptions", "Assumptions and their sources", found.summary, statements=(found,), asides=(found.id,)
    )
