"""A change of the plan as a person types it: ``residential=+5``, ``pay=4%``, ``S24-03.start=+3``."""

import re
from collections.abc import Sequence
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from breakeven.findings import Cell
from breakeven.ledger.chart import slug
from breakeven.ledger.savings import Saving
from breakeven.ledger.scenarios import UNIT_OF, WHATS, How, Overlay, What
from breakeven.ledger.targets import (
    ALL_SCHEMES,
    FURTHER_SAVING,
    INCOME_LINES,
    OF_A_LINE,
    OF_A_SCHEME,
    OverlayError,
    Target,
    lines_named,
    schemes_named,
    target_of,
)
from breakeven.ledger.year import Body
from breakeven.periods import YEAR_END_PERIOD, Year, parse_period

WHERE = "what-if"
"""What stands for the workbook of a change that was typed."""

LONG = 60
"""How many letters of what was typed a message says again."""

_VALUE = re.compile(
    r"(?P<to>to\s*)?(?P<times>[x×*])?(?P<sign>[+\-−])?(?P<pounds>£)?(?P<more>[+\-−])?(?P<number>\d[\d,]*(?:\.\d+)?|\.\d+)"
    r"\s*(?P<scale>k|m)?\s*(?P<unit>%|pp|points?|months?|mo)?",
    re.IGNORECASE | re.ASCII,  # \d would match the digits of other scripts, too
)
_SCALES = {"": Decimal(1), "k": Decimal(1000), "m": Decimal(1_000_000)}

Span = tuple[Year, int | None, Year | None]
"""The first year and period that a change counts in, and the last year; None for P01, and for the plan's end."""


def parse_change(text: str, body: Body, savings: Sequence[Saving], span: Span, source: str = "what-if") -> Overlay:
    """Read one change, ``NAME=VALUE`` or ``NAME.WHAT=VALUE``.

    NAME: a line, category, group, line of income, saving or priority. VALUE: ``+5`` adds and ``73`` sets a number of
    placements or posts, ``4%`` sets a rate of inflation and ``+1%`` adds points to it, ``+£250k`` adds to the pounds of
    each year and ``£17m`` sets them, ``x1.1`` multiplies them; of a saving ``50%`` sets how much of it is delivered and
    ``+3 months`` moves its start. ``to -2%`` sets what is less than nil. WHAT says which where it is another: growth,
    price, number. A saving is changed as a whole, whatever the span. Raises ValueError with what was not understood,
    and the nearest name.
    """
    name, equals, said = text.partition("=")
    if not equals or not name.strip() or not said.strip():
        raise ValueError(f"expected NAME=VALUE such as residential=+5 or pay=4%, found {_quoted(text)}")
    name, meant = name_and_what(name.strip())
    found = _VALUE.fullmatch(said.strip())
    if not found or _is_said_twice(found):
        expected = "expected a value such as +5, 4%, +£250k, x1.1 or +3 months"
        raise ValueError(f"{_quoted(text)}: {expected}, found {_quoted(said.strip())}")
    schemes = schemes_named(name, savings)
    is_saving = Target(schemes=schemes).is_whole
    if not schemes and not lines_named(name, body):
        raise ValueError(f"{_quoted(text)}: {unknown_name(name, body, savings)}")
    meant = "amount" if FURTHER_SAVING in schemes and not meant else meant
    what = meant or _what(found, is_saving=is_saving)
    how: How = "multiply" if found["times"] else "set" if found["to"] or not _sign(found) else "add"
    unit: Any = "times" if how == "multiply" else UNIT_OF[what]
    year, period, last = (body.year.later(1), None, None) if is_saving else span
    if wrong := _wrong_unit(found, f"{name}.{what}", unit, is_meant=meant is not None):
        raise ValueError(f"{_quoted(text)}: {wrong}")
    try:
        overlay = Overlay(
            at=Cell(WHERE, text.strip()), scenario=WHERE, line=name, what=what, how=how, value=_number(found),
            unit=unit, year=year, from_period=period, last=last, source=source,
        )  # fmt: skip
        target_of(overlay, body, savings)
    except ValidationError as error:
        raise ValueError(f"{_quoted(text)}: {error.errors()[0]['msg'].removeprefix('Value error, ')}") from None
    except OverlayError as error:
        raise OverlayError(f"{_quoted(text)}: {error}") from None
    return overlay


def _quoted(text: str) -> str:
    return repr(text if len(text) <= LONG else f"{text[:LONG]}...")


def _is_said_twice(found: re.Match[str]) -> bool:
    """Two signs, or two that say what a value is in: £ and months, or ``to`` and a factor."""
    units = [found["pounds"] or found["scale"], found["unit"], found["times"]]
    return bool(found["sign"] and found["more"]) or len(list(filter(None, units))) > 1 or bool(found["to"] and units[2])


def _sign(found: re.Match[str]) -> str:
    return found["sign"] or found["more"] or ""


def _number(found: re.Match[str]) -> Decimal:
    """The number as it was typed, with its sign; of more digits than a number can have, one too large to be meant."""
    try:
        number = Decimal(found["number"].replace(",", "")) * _SCALES[(found["scale"] or "").lower()]
    except ArithmeticError:
        number = Decimal("1e99")
    return number.copy_negate() if _sign(found) in {"-", "−"} else number


def name_and_what(name: str) -> tuple[str, What | None]:
    """``residential.price`` as the line and what of it is meant; None where that is not said."""
    head, dot, tail = name.rpartition(".")
    for what in WHATS:
        if dot and tail.strip().lower() == what:
            return head.strip(), what
    return name, None


def _what(found: re.Match[str], *, is_saving: bool) -> What:
    unit = (found["unit"] or "").lower()
    if unit.startswith("mo"):
        return "start"
    if found["pounds"] or found["scale"]:
        return "amount"
    if unit:
        return "delivery" if is_saving else "inflation"
    if found["times"]:
        return "delivery" if is_saving else "amount"
    return "amount" if is_saving else "number"


def _wrong_unit(found: re.Match[str], name: str, wanted: str, *, is_meant: bool) -> str | None:
    """Why a value cannot be of what it changes: 4% of a number, pounds of a rate; None where it can.

    is_meant: whether it was said what is changed, so that pounds and months may stand without their sign.
    """
    unit = (found["unit"] or "").lower()
    given = "months" if unit.startswith("mo") else "%" if unit else "£" if found["pounds"] or found["scale"] else ""
    if given == wanted or (not given and (wanted in {"times", "number"} or (is_meant and wanted != "%"))):
        return None
    if not given and not is_meant:  # a bare number of a saving
        number = found["number"]
        return f"say whether {number}% of it is delivered, or it comes to £{number}, or starts +{number} months later"
    shown = {"£": "+£250k", "%": "4%", "number": "+5", "months": "+3 months", "times": "x1.1"}[wanted]
    in_words = {"times": "a factor alone", "number": "how many, alone"}.get(wanted, f"in {wanted}")
    return f"{name.rpartition('.')[2]} is {in_words}; write {name}={shown}"


def unknown_name(name: str, body: Body, savings: Sequence[Saving]) -> str:
    """That nothing has this name, and the nearest that something has; or what may follow the dot of one that has it."""
    head, dot, tail = (part.strip() for part in name.rpartition("."))
    if dot and (whats := _whats(head, body, savings)):
        near = get_close_matches(slug(tail), whats, n=1)
        meant = f"; did you mean {head}.{near[0]}?" if near else ""
        return f"{_quoted(head)} has no {_quoted(tail)}: after the dot comes {_either(whats)}{meant}"
    known = [
        *body.groups, *INCOME_LINES, *(part.id for part in (*body.chart.categories, *body.chart.lines)),
        ALL_SCHEMES, FURTHER_SAVING, *(saving.ref for saving in savings),
    ]  # fmt: skip
    near = get_close_matches(slug(name), [slug(each) for each in known], n=1)
    asked = next((f"; did you mean {each}?" for each in known if near and slug(each) == near[0]), "")
    return f"no line, category, group or saving is called {_quoted(name)}{asked}"


def _whats(name: str, body: Body, savings: Sequence[Saving]) -> tuple[What, ...]:
    """What may be changed of that which a name stands for; nothing where nothing has it."""
    schemes, lines = schemes_named(name, savings), lines_named(name, body)
    if FURTHER_SAVING in schemes:
        return ("amount",)
    kinds = OF_A_SCHEME if schemes else OF_A_LINE if lines else frozenset[What]()
    of_income = not schemes and not INCOME_LINES.keys().isdisjoint(lines)
    return tuple(what for what in WHATS if what in kinds and not (of_income and what in {"number", "price"}))


def _either(words: Sequence[str]) -> str:
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last


def parse_span(since: str | None, until: str | None, years: Sequence[Year]) -> Span:
    """Read from when a change counts: ``P07``, ``2025-26`` or ``2025-26 P07``; and its last year. Raises ValueError.

    A period alone is of the plan's first year, which is also where nothing is said.
    """
    words = (since or "").split()
    periods = [word for word in words if word[:1] in {"P", "p"}]
    named = [word for word in words if word not in periods]
    if len(periods) > 1 or len(named) > 1:
        raise ValueError(f"expected a year, a period or both, such as '2025-26 P07', found {since!r}")
    year = Year.parse(named[0]) if named else years[0]
    period = parse_period(periods[0]) if periods else None
    if period == YEAR_END_PERIOD:
        raise ValueError("a change starts in P01 to P12; P13 is the year-end adjustments alone")
    last = Year.parse(until) if until else None
    for each in (year, last):
        if each is not None and each not in years:
            raise ValueError(f"{each.on_screen} is no year of the plan, {years[0].on_screen} to {years[-1].on_screen}")
    if last is not None and last < year:
        raise ValueError(f"{last.on_screen} is before {year.on_screen}")
    return year, period, last
