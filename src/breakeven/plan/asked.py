"""What a person asks to be solved: a goal, a lever, when it counts, and who is to make a saving."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from breakeven.ledger.changes import Span, parse_span
from breakeven.plan.goals import Goal, parse_goal, parse_pounds
from breakeven.plan.levers import SAVING, Lever, saving_lever, shared_saving_lever
from breakeven.plan.named_levers import named_lever
from breakeven.plan.priorities import Targets, targets_by_priority
from breakeven.plan.setting import Setting
from breakeven.plan.sharing import Sharing, line_bearers
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
    goal = _goal(setting, target, asked)
    span = parse_span(asked.since, asked.until, setting.basis.years)
    return solve(setting, goal, _lever(using, setting, span, asked))


def targets_asked(setting: Setting, target: str | Goal, asked: Asked) -> Targets:
    """What each priority is to save in the first year that counts. Raises as ``solve_asked`` does."""
    span = parse_span(asked.since, asked.until, setting.basis.years)
    return targets_by_priority(setting, _goal(setting, target, asked), span, asked.sharing)


def savings_needed(setting: Setting) -> Iterator[tuple[Solution, Solution]]:
    """For each year of a plan, the further saving that breaks even in it, and the one a year that clears the deficit.

    The first counts from that year on, the second from the plan's start. Raises OpenPlanError where the plan is open.
    """
    years = setting.basis.years
    for year in years:
        in_year, so_far = (saving_lever(setting, (first, None, None)) for first in (year, years[0]))
        yield solve(setting, Goal("position", year), in_year), solve(setting, Goal("closing", year), so_far)


def _goal(setting: Setting, target: str | Goal, asked: Asked) -> Goal:
    return target if isinstance(target, Goal) else parse_goal(target, asked.year, setting.basis.years)


def _lever(using: str, setting: Setting, span: Span, asked: Asked) -> Lever:
    sharing, is_saving = asked.sharing or Sharing(), using.strip() == SAVING
    if asked.step is not None and asked.step <= 0:
        raise ValueError(f"a step is above nil, not {asked.step}")
    if (asked.lines or asked.held or sharing.caps) and not is_saving:
        raise ValueError(f"lines, caps and what is held go with a saving, not with {using!r}")
    if asked.lines or asked.held:
        bearers = line_bearers(setting, span, sharing, asked.lines, asked.held)
        return shared_saving_lever(setting, span, bearers, asked.step)
    if is_saving:
        if len(sharing.caps) > 1 or any("=" in each or "%" in each for each in sharing.caps):
            raise ValueError("a cap of a line goes with the lines that are to save; of the whole saving it is one sum")
        return saving_lever(setting, span, *map(parse_pounds, sharing.caps), step=asked.step)
    return named_lever(using, setting, span, asked.step)
