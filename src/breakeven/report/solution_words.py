"""What was solved for, in words: what it must be and from when on, or how near it comes where it cannot be done."""

import re
import shlex
from decimal import Decimal

from breakeven.ledger.scenarios import Overlay
from breakeven.periods import period_name
from breakeven.plan.goals import Goal
from breakeven.plan.levers import Lever
from breakeven.plan.solve import Solution
from breakeven.report.figures import number_text


def solution_sentence(found: Solution, mark: str = "") -> str:
    """One lever's answer. mark: what stands after figures that rest on illustrative cells."""
    lever, goal, spare = found.lever, found.goal.in_words, _spare(found, mark)
    said = f"{subject(lever, found.value, mark)}{_when(lever)}{_now(found)}"
    if found.outcome == "out of reach":
        return f"It cannot be done so: {_most(found, mark)}."
    if found.outcome == "no effect":
        reached = (
            "is reached without it" if found.is_reached else f"is {_money(-found.over, mark)} away, whatever it is"
        )
        return f"{_thing(lever)}{_when(lever)} has no bearing on it: the aim to {goal} {reached}."
    if found.outcome == "met already" and lever.is_saving:
        return f"No further saving is needed to {goal}: the plan does so already{spare}."
    others = "" if found.runs_one_way else " More of it is not always better, so other values may do so too."
    return f"{said} would {'still ' if found.outcome == 'met already' else ''}{goal}{spare}.{others}"


def subject(lever: Lever, value: Decimal, mark: str = "") -> str:
    """A lever at one value, without when: ``Residential at 56.2 placements``."""
    size, more = abs(value), "lower" if value < 0 else "higher"
    if lever.is_saving:
        return f"A {'' if lever.bearers else 'further '}saving of {_money(value, mark)} a year{_makers(lever)}"
    name = _thing(lever)
    if lever.unit == "%" and lever.how == "set":
        return f"{name} at {_percent(value)}{mark}"
    if lever.unit == "%":
        than = "" if lever.what == "delivery" else " than assumed"
        return f"{name} {number_text(size)}{mark} point{'' if size == 1 else 's'} {more}{than}"
    if lever.what == "number":
        kind = f" {lever.of}{'' if size == 1 else 's'}" if lever.of else ""
        number = f"{number_text(size)}{mark}{kind}"
        return (
            f"{name} at {number}" if lever.how == "set" else f"{name} with {number} {'fewer' if value < 0 else 'more'}"
        )
    per = f" a {lever.of}" if lever.of else "" if lever.how == "set" else " a year"
    sum_ = f"{_money(size, mark)}{per}"
    return f"{name} at {sum_}" if lever.how == "set" else f"{name} {sum_} {more}"


def what_if_command(found: Solution, folder: str = "", options: str = "") -> str:
    """The command that lays what was found over the plan, change by change; blank where it changes nothing.

    folder: as it was typed, blank where none was. options: those that say which plan was solved, as ``--savings
    weighted``.
    """
    overlays = found.overlays
    if not overlays or (found.lever.is_saving and not found.value):
        return ""
    first = overlays[0]
    since = " ".join([str(first.year), *([period_name(first.from_period)] if first.from_period else [])])
    words = ["breakeven what-if", *(typed(f"{_name(each)}={each.change}") for each in overlays)]
    if folder:
        words.append(typed(folder))
    if first.year != found.years[0] or first.from_period:
        words.append(f"--from {typed(since)}")
    if first.last:
        words.append(f"--to {first.last}")
    return " ".join([*words, *([options] if options else [])])


def _name(overlay: Overlay) -> str:
    """What a command calls what is changed; a price or growth must be said, the rest follows from the value."""
    return f"{overlay.line}.{overlay.what}" if overlay.what in {"price", "growth"} else overlay.line


def typed(word: str) -> str:
    """A word as a command line takes it: in quotation marks where a shell would read something else."""
    return word if re.fullmatch(r"[\w£%+=:,./~-]+", word) else shlex.quote(word)


def _thing(lever: Lever) -> str:
    """What is solved for, by itself."""
    if lever.is_saving:
        return f"A {'' if lever.bearers else 'further '}saving{_makers(lever)}"
    if lever.what in {"inflation", "growth", "delivery"}:
        return f"{lever.label} {lever.what}"
    return f"{lever.label} price" if lever.what == "price" else lever.label


def _makers(lever: Lever) -> str:
    """Who makes a saving that is shared."""
    names = [bearer.label for bearer in lever.bearers]
    return "" if not names else f" on {' and '.join(names) if len(names) < 3 else f'{len(names)} lines'}"


def _when(lever: Lever) -> str:
    first, period, last = lever.span
    if lever.what == "delivery":
        return ""  # it holds for the whole of a saving
    since = first.on_screen + (f" {period_name(period)}" if period else "")
    if last == first:
        return f" in {since}"
    return f" from {since}" + (f" to {last.on_screen}" if last else "")


def _now(found: Solution) -> str:
    """What the plan has in place of a value that is set, in the years in which it counts."""
    lever, (first, _, last) = found.lever, found.lever.span
    values = [
        value
        for year, value in zip(found.years, lever.now, strict=False)
        if first <= year and (last is None or year <= last)
    ]
    texts = [_held(lever, value) for value in values if value is not None]
    if lever.how == "add" or not texts or len(texts) < len(values):
        return ""
    shown = [texts[0]] if len(set(texts)) == 1 else texts
    return f" (the plan has {', '.join(shown)})"


def _held(lever: Lever, value: Decimal) -> str:
    if lever.unit == "%":
        return _percent(value)
    return number_text(round(value, 1)) if lever.what == "number" else _money(value, "")


def _spare(found: Solution, mark: str) -> str:
    return f", with {_money(found.over, mark)} to spare" if found.over else ""


def _most(found: Solution, mark: str) -> str:
    lever, left = found.lever, _money(-found.over, mark)
    name = _thing(lever)
    name = name[:1].lower() + name[1:] if lever.is_saving else name
    end = f"which leaves {left} to find to {found.goal.in_words}"
    if lever.is_saving:
        return f"the most that {name} can give is {_money(found.value, mark)} a year{_when(lever)}, {end}"
    given = "" if found.given is None else f" is {_money(found.given, mark)} {_by(found.goal)},"
    return f"the most that {name} can give{given} with {subject(lever, found.value, mark)}{_when(lever)}, {end}"


def _by(goal: Goal) -> str:
    return f"in {goal.year.on_screen}" if goal.measure == "position" else f"by 31 March {goal.year.start + 1}"


def _money(amount: Decimal, mark: str) -> str:
    return f"{'-' if amount < 0 else ''}£{abs(amount):,.0f}{mark}"


def _percent(value: Decimal) -> str:
    return f"{'-' if value < 0 else ''}{number_text(abs(value))}%"
