"""What a person asks to be solved: a goal, a lever, when it counts, and who is to make a saving."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from breakeven.ledger.changes import Span, parse_span
from breakeven.plan.goals import Goal, parse_goal
from breakeven.plan.levers import Lever, is_a_saving, saving_lever, shared_saving_lever
from breakeven.plan.named_levers import named_lever
from breakeven.plan.priorities import Targets, targets_by_priority
from breakeven.plan.setting import Setting
from breakeven.plan.sharing import Sharing, line_bearers, parse_cap
from breakeven.plan.solve import Solution, solve


@dataclass(frozen=True, slots=True)
class Asked:
    """What is said of a goal and of how it is to be reached, besides the target and the lever, as it is typed.

    year: the goal's; left out, it is as ``parse_goal`` has it. since, until: when the lever counts, as ``what-if``
    takes it: from the plan's start where nothing is said. lines, held: those that are to make a saving, and those that
    are not. sharing: left out, pro rata. step: what the answer is a whole number of.
    """

    year: str | None = None
    since: str | None = None
    until: str | None = None
    lines: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    sharing: Sharing | None = None
    step: Decimal | None = None


def solve_asked(setting: Setting, target: str | Goal, using: str, asked: Asked) -> Solution:
    """Solve for one thing. Raises ValueError where what is asked is not understood, and as ``solve`` does."""
    goal, span = _goal_and_span(setting, target, asked)
    return solve(setting, goal, _lever(using, setting, span, asked))


def targets_asked(setting: Setting, target: str | Goal, asked: Asked) -> Targets:
    """What each priority is to save in the first year that counts. Raises as ``solve_asked`` does."""
    if asked.lines or asked.held or asked.step is not None:
        raise ValueError(
            "targets are of priorities: lines, what is held and a step go with a saving solved for by itself"
        )
    goal, span = _goal_and_span(setting, target, asked)
    return targets_by_priority(setting, goal, span, asked.sharing)


def savings_needed(setting: Setting) -> Iterator[tuple[Solution, Solution]]:
    """For each year of a plan, the further saving that breaks even in it, and the one a year that clears the deficit.

    The first counts from that year on, the second from the plan's start. Raises OpenPlanError where the plan is open.
    """
    years = setting.basis.years
    for year in years:
        in_year, so_far = (saving_lever(setting, (first, None, None)) for first in (year, years[0]))
        yield solve(setting, Goal("position", year), in_year), solve(setting, Goal("closing", year), so_far)


def _goal_and_span(setting: Setting, target: str | Goal, asked: Asked) -> tuple[Goal, Span]:
    years = setting.basis.years
    goal = target if isinstance(target, Goal) else parse_goal(target, asked.year, years)
    span = parse_span(asked.since, asked.until, years)
    if goal.year < span[0]:
        raise ValueError(f"what counts from {span[0].on_screen} on comes too late for {goal.year.on_screen}")
    return goal, span


def _lever(using: str, setting: Setting, span: Span, asked: Asked) -> Lever:
    lever = _lever_asked(using, setting, span, asked)
    if asked.step is not None and asked.step > lever.high - lever.low > 0:
        raise ValueError(
            f"a step of {asked.step:,f} is too long: {lever.name} is from {lever.low:,f} to {lever.high:,f}"
        )
    return lever


def _lever_asked(using: str, setting: Setting, span: Span, asked: Asked) -> Lever:
    sharing = asked.sharing or Sharing()
    if asked.step is not None and not (asked.step.is_finite() and asked.step > 0):
        raise ValueError(f"a step is a number above nil, not {asked.step}")
    if not is_a_saving(using):
        if asked.lines or asked.held or asked.sharing:
            raise ValueError(f"lines, what is held, shares and caps go with a saving, not with {using!r}")
        return named_lever(using, setting, span, asked.step)
    if asked.step is not None and asked.step % 1:
        raise ValueError(f"a saving is in whole pounds, and so is its step, not {asked.step}")
    if asked.lines or asked.held:
        bearers = line_bearers(setting, span, sharing, asked.lines, asked.held)
        return shared_saving_lever(setting, span, bearers, asked.step)
    if sharing.how != "pro-rata":
        raise ValueError("a saving is shared among lines: say which of them are to save, or are held")
    if len(sharing.caps) > 1 or any("=" in each or "%" in each for each in sharing.caps):
        raise ValueError(
            "the whole saving has one cap, a sum; a cap of a line, or a per cent of each, goes with lines that are to "
            "save, or are held"
        )
    return saving_lever(setting, span, *map(parse_cap, sharing.caps), step=asked.step)
