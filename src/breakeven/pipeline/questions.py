"""What can be asked of a plan that is worked out: what if, what it takes, how sure it is, what it starts from."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from breakeven.ledger.changes import parse_change, parse_span
from breakeven.ledger.scenarios import Overlay
from breakeven.ledger.targets import OverlayError
from breakeven.pipeline.year_end import YearEnd, scenario, scenario_names, with_figures
from breakeven.plan.asked import Asked, solve_asked, targets_asked
from breakeven.plan.base import Base, base
from breakeven.plan.basis import model
from breakeven.plan.borne_out import BorneOut, borne_out
from breakeven.plan.compare import Comparison, compare_overlays, laid_over
from breakeven.plan.goals import Goal, parse_plan_year
from breakeven.plan.model import Balances, View
from breakeven.plan.paybacks import Paybacks, paybacks
from breakeven.plan.priorities import Targets
from breakeven.plan.sensitivity import Steps, Tested
from breakeven.plan.sensitivity import sensitivity as tested
from breakeven.plan.setting import Setting
from breakeven.plan.shortfall import shortfall
from breakeven.plan.solve import Solution

if TYPE_CHECKING:
    from breakeven.plan.demand import Demand
    from breakeven.plan.projected_demand import Asked as Projection
    from breakeven.plan.projected_demand import Projected
    from breakeven.plan.simulation import Simulated


def what_if(
    end: YearEnd, changes: Sequence[str | Overlay], since: str | None = None, until: str | None = None
) -> Comparison:
    """What the plan comes to with some changes, beside as it stands, and what each of them does to each year.

    changes: overlays, or text such as ``residential=+5`` and ``pay=4%`` as ``parse_change`` reads it. since, until:
    from when text counts, such as ``P07`` or ``2025-26 P07``, and its last year. Raises ValueError where a change is
    not understood or cannot be applied.
    """
    return compare_overlays(end.plan.basis, end.plan.overlays, with_changes(end, changes, since, until), end.plan.view)


def with_changes(
    end: YearEnd, changes: Sequence[str | Overlay], since: str | None = None, until: str | None = None
) -> tuple[Overlay, ...]:
    """The overlays of a plan with changes laid over them; as ``what_if`` takes them, and raising as it does."""
    body, savings = end.year.body, end.year.ledgers.savings
    span = parse_span(since, until, end.plan.years)
    read = [each if isinstance(each, Overlay) else parse_change(each, body, savings, span) for each in changes]
    return laid_over(end.plan.overlays, read, end.plan.basis)


def one_more(end: YearEnd) -> Iterator[tuple[str, int, Comparison]]:
    """What the plan comes to with one placement more of each line from its first year on, and with one fewer.

    Only lines that have a number and a price; the id of the line, 1 or -1, and the plan so changed.
    """
    for start in end.plan.basis.expenditure:
        if start.driver is None or start.driver.unit != "placement":
            continue
        for by in (1, -1):
            with suppress(OverlayError):
                yield start.id, by, what_if(end, [f"{start.id}={by:+d}"])


def setting_of(end: YearEnd, view: View | None = None) -> Setting:
    """The plan of a year, to put questions to. view: which savings it counts, where not those that it does."""
    return Setting(end.plan.basis, end.plan.overlays, view or end.plan.view)


def changed_setting(
    end: YearEnd, changes: Sequence[str | Overlay], since: str | None = None, until: str | None = None
) -> Setting:
    """The plan of a year with changes laid over it, to put questions to; as ``what_if`` takes them, and raising so."""
    return Setting(end.plan.basis, with_changes(end, changes, since, until), end.plan.view)


def solve(end: YearEnd, target: str | Goal, using: str = "saving", asked: Asked | None = None) -> Solution:
    """What one thing must be for a plan to reach a target; or how near it comes.

    target: ``break-even``, ``clear``, ``position=100000`` or ``balance=-5m``, as ``parse_goal`` reads it. using:
    ``saving``, ``contract_sum``, ``pay``, ``residential.number`` and the like, as ``named_lever`` reads it. asked: in
    which year, from when on, and by which lines. The overlays of what is found can be given to ``what_if``. Raises
    OpenPlanError where the plan is open, ValueError where what is asked is not understood or cannot be applied.
    """
    return solve_asked(setting_of(end), target, using, asked or Asked())


def savings_targets(
    end: YearEnd, target: str | Goal = "break-even", asked: Asked | None = None, view: View | None = None
) -> Targets:
    """What each priority must save in the first year that counts for a plan to reach a target. Raises as ``solve``."""
    return targets_asked(setting_of(end, view), target, asked or Asked())


def sensitivity(end: YearEnd, steps: Sequence[str] = (), year: str | None = None) -> tuple[Tested, ...]:
    """What a step of each assumption does to the plan, the largest first; then groups that move together.

    steps: as ``Steps.parse`` reads them. year: whose position sorts them; the last closing balance where none is given.
    Raises ValueError where one is not understood.
    """
    place = None if year is None else end.plan.years.index(parse_plan_year(year, end.plan.years))
    return tested(setting_of(end), Steps.parse(steps), place)


def scenario_balances(end: YearEnd) -> dict[str, Balances]:
    """What the plan comes to as planned and in each scenario of the folder, by name.

    Raises OverlayError, with the scenario's name, where one cannot be applied.
    """
    basis, view = end.plan.basis, end.plan.view
    found = {AS_PLANNED if view == "planned" else "no scenario": model(basis, (), view).balances()}
    for name in scenario_names(end.year):
        try:
            found[name] = model(basis, scenario(end.year, name), view).balances()
        except OverlayError as error:
            raise OverlayError(f"scenario {name!r}: {error}") from None
    return found


def simulate_plan(
    end: YearEnd, *, trials: int = 100_000, seed: int = 1, threads: int | None = None, demand: "Demand | None" = None
) -> "Simulated":
    """Project the plan many times, with what the folder says is uncertain drawn anew each time, savings as forecast.

    demand: a projection whose numbers the plan has, and that says how far they may differ.
    The same seed gives the same answer on any number of threads. Raises ValueError where a row has no figure to move,
    correlations contradict each other, or the plan is open: nil would stand for what nobody knows.
    """
    return simulate_setting(setting_of(end), trials=trials, seed=seed, threads=threads, demand=demand)


def simulate_setting(
    setting: Setting,
    *,
    trials: int = 100_000,
    seed: int = 1,
    threads: int | None = None,
    demand: "Demand | None" = None,
) -> "Simulated":
    """The same of a plan with whatever changes it has. Raises as ``simulate_plan`` does."""
    from breakeven.plan.simulation import simulate  # noqa: PLC0415  (most commands do without it)
    from breakeven.plan.uncertain_demand import uncertain_numbers, with_numbers  # noqa: PLC0415
    from breakeven.plan.uncertain_plan import uncertainty_of  # noqa: PLC0415

    plan = setting.as_is
    if plan.open_lines or plan.opening is None:
        raise ValueError("the plan is open, so that its trials would be of nil")
    uncertain = uncertainty_of(setting.basis, plan)
    if demand is not None:
        uncertain = with_numbers(uncertain, uncertain_numbers(demand, setting.basis))
    return simulate(plan.flows("forecast"), uncertain, trials=trials, seed=seed, threads=threads)


AS_PLANNED = "as planned"
"""What the plan is called beside its scenarios."""


def savings_paybacks(end: YearEnd, view: View = "planned") -> Paybacks:
    """What is invested in each saving, what it saves gross and net by year, and in how many months it is paid back."""
    return paybacks(end.year, end.programme, view)


def savings_borne_out(end: YearEnd) -> tuple[BorneOut, ...]:
    """What the year's own schemes claim on each line, and how much of it the line's outturn, or its forecast, shows."""
    return borne_out(end.programme, end.expected, end.year.body)


def plan_base(end: YearEnd) -> Base:
    """What the plan starts from: the outturn, each one-off stripped and full-year effect added, what is underlying."""
    return base(end.year, end.expected, end.programme, end.plan)


def with_base(end: YearEnd) -> YearEnd:
    """The same year with the figures of the plan's base in its book."""
    return with_figures(end, plan_base(end).figures(), end.marks)


def project_demand(end: YearEnd, returns: Sequence[str | Path] = (), asked: "Projection | None" = None) -> "Projected":
    """Project the numbers of placements over the plan's years, from monthly counts, or from SSDA903 returns.

    returns: folders of SSDA903 returns, one folder a year in each, or each a year's; none for the counts of the sheet
    Placements. asked: the window and the like. Raises TooLittleError where there is too little history,
    ReturnsRefusedError, with its findings, where the returns cannot be read.
    """
    from breakeven.plan import projected_demand as projection  # noqa: PLC0415  (numpy and scipy, for this alone)

    how = asked or projection.Asked()
    if returns:
        return projection.project_returns(end.plan.basis, [Path(each) for each in returns], how)
    return projection.project_counts(end.plan.basis, how)


def with_projection(end: YearEnd) -> YearEnd:
    """The same year with the figures of the projection of its monthly counts in its book."""
    from breakeven.plan.projected_figures import projected_figures  # noqa: PLC0415  (as above)

    return with_figures(end, projected_figures(project_demand(end), end.plan.basis), end.marks)


def with_shortfall(end: YearEnd) -> YearEnd:
    """The same year with the figures of its plan's shortfall in its book."""
    return with_figures(end, (figure for row in shortfall(end.plan) for figure in row.years.values()), end.marks)
