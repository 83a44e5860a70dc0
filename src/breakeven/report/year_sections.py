"""The sections of a pack that look at the year itself: its outturn, whether it adds up, and what moved it."""

from dataclasses import replace

from breakeven.monitoring.bridge import bridges
from breakeven.periods import MONTHS, period_name
from breakeven.pipeline.at_period import AtPeriod, at_period, variance_sides, with_demand
from breakeven.pipeline.year_end import YearEnd, performance
from breakeven.reconciliation.check import Result
from breakeven.report import demand as demand_pages
from breakeven.report import performance as performance_pages
from breakeven.report import workforce as workforce_pages
from breakeven.report.chart_data import bridge_chart, placements_chart
from breakeven.report.month_end import IN_DETAIL, month_end_statement
from breakeven.report.outturn import outturn_statement
from breakeven.report.reconciliation import (
    conservation_sentence,
    count_of_results,
    disagreements,
    reconciliation_statement,
)
from breakeven.report.section import LeftOut, Section
from breakeven.report.statement import Statement
from breakeven.report.variance import variance_statement


def without(statement: Statement, *columns: str) -> Statement:
    """A statement without some columns, which are said elsewhere."""
    return replace(statement, columns=tuple(each for each in statement.columns if each.id not in columns))


def month_end_section(at: AtPeriod) -> Section:
    """The year as it stands at the end of one period, with the forecast of the rest of it."""
    found = without(month_end_statement(at, ("category", "line")), *IN_DETAIL)
    return Section(
        "month-end",
        f"Month end {period_name(at.result.period)}",
        found.summary,
        statements=(found,),
        asides=(found.id,),
        figures=tuple(at.result.figures()),
    )


def outturn_section(end: YearEnd) -> Section:
    """Budget, actual and variance by category, line and source."""
    found = outturn_statement(end, ("category", "line", "source"))
    return Section("outturn", "Outturn", found.summary, statements=(found,))


def reconciliation_section(end: YearEnd) -> Section:
    """Every test of money; what differs there is called out, what differs elsewhere is listed with its cause."""
    whole = reconciliation_statement(end)
    lead = [conservation_sentence(end.year), f"Money: {count_of_results(end.checks)}"]
    if end.count_checks:
        lead.append(f"Other figures: {count_of_results(end.count_checks)}")
    of_money = replace(whole, title="Tests of money", rows=whole.rows[: len(end.checks)])
    return Section(
        "reconciliation",
        "Reconciliation",
        tuple(lead),
        called_out=tuple(disagreements(end, end.checks, Result.DIFFERS)),
        points=tuple(disagreements(end, end.count_checks, Result.DIFFERS)),
        points_title="Other figures that do not agree",
        statements=(without(of_money, "cause"),),
    )


def other_tests_section(end: YearEnd) -> Section | LeftOut:
    """Every test of figures that are no money: a long table, for the end of a pack."""
    title = "Tests of other figures"
    if not end.count_checks:
        return LeftOut(title, "the folder has no figures but money to be tested")
    whole = reconciliation_statement(end)
    found = replace(
        whole,
        id="reconciliation-counts",
        title=title,
        rows=whole.rows[len(end.checks) :],
        unit="number",
        sign_note="Numbers, and per cent where % stands beside them; below nil with a minus or in brackets.",
    )
    return Section("other-tests", title, (count_of_results(end.count_checks),), statements=(without(found, "cause"),))


def variance_section(end: YearEnd, period: int | None) -> Section | LeftOut:
    """From the revised budget to the outturn, or to the forecast, by line and cause; the bridge drawn by category."""
    if end.year.starts_from_budget:
        return LeftOut("Variance", "nothing is posted yet")
    at = period or end.year.forecast_at
    sides = variance_sides(end, "revised", period_name(at) if at and at < MONTHS else "outturn")
    found, bridged = variance_statement(end, *sides), bridges(*sides)
    chart = bridge_chart(end, bridged)
    return Section(
        "variance",
        "Why it differs from the budget",
        found.summary,
        charts=(chart,) if chart else (),
        statements=(found,),
        figures=tuple(bridged.figures()),
    )


def demand_section(end: YearEnd, period: int | None) -> Section | LeftOut:
    """Placements by type: numbers, prices and money, and what one more does. No child is shown by itself.

    Numbers of children below five are left out, as a pack goes further than the ledgers.
    """
    at = period or end.year.transactions.last_period
    if not (end.year.ledgers.placements or end.year.ledgers.placement_register):
        return LeftOut("Demand", "the folder has no placements: the sheet Placements of demand.xlsx holds them")
    if at is None:
        return LeftOut("Demand", "nothing is posted yet")
    stated = at_period(end, at)
    known, found = with_demand(end, stated)
    numbers, costs, money = demand_pages.parts_of(demand_pages.demand_statement(known, found, publish=True))
    chart = placements_chart(known, numbers)
    one_more = demand_pages.one_more_statement(end)
    return Section(
        "demand",
        "Demand",
        numbers.summary,
        charts=(chart,) if chart else (),
        statements=(
            replace(numbers, title=f"Placements to {period_name(at)}"),
            costs,
            money,
            *([one_more] if one_more.rows else []),
        ),
        figures=tuple(stated.result.figures()),
    )


def workforce_section(end: YearEnd) -> Section | LeftOut:
    """Social workers by month, what a post costs, and what agency to permanent saves."""
    if not end.year.ledgers.posts:
        return LeftOut("Workforce", "the folder has no posts: the sheet Workforce of demand.xlsx holds them")
    months = workforce_pages.workforce_statement(end)
    beneath = (
        workforce_pages.costs_statement(end),
        workforce_pages.converting_statement(end, None, 1),
        workforce_pages.caseloads_statement(end),
    )
    return Section(
        "workforce",
        "Workforce",
        months.summary,
        statements=(replace(months, title="Social workers by month"), *(each for each in beneath if each.rows)),
        asides=(months.id,),
    )


def performance_section(end: YearEnd) -> Section | LeftOut:
    """The contract's indicators: where each stands, and every month that is given."""
    found = performance(end)
    at = end.year.body.year
    if not found:
        return LeftOut(
            "Performance",
            f"the folder has no indicators of {at.on_screen}: the sheet KPIs of performance.xlsx holds them",
        )
    stated = performance_pages.performance_statement(found, end.year, at)
    months = performance_pages.months_statement(found, end.year, at)
    has_months = any(each.months for each in found)
    return Section(
        "performance",
        "Performance",
        stated.summary,
        statements=(
            replace(without(stated, *performance_pages.omitted(found)), title="Key performance indicators"),
            *([replace(months, title="Indicators by month")] if has_months else []),
        ),
        asides=(stated.id, months.id),
    )
