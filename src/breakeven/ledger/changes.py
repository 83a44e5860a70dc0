"""A change of the plan as a person types it: ``residential=+5``, ``pay=4%``, ``S24-03.start=+3``."""

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches

from breakeven.findings import Cell
from breakeven.ledger.chart import slug
from breakeven.ledger.savings import Saving
from breakeven.ledger.scenarios import UNIT_OF, WHATS, How, Overlay, What
from breakeven.ledger.targets import ALL_SCHEMES, FURTHER_SAVING, INCOME_LINES, lines_named, schemes_named, target_of
from breakeven.ledger.year import Body
from breakeven.periods import Year, parse_period

WHERE = "what-if"
"""What stands for the workbook of a change that was typed."""

_VALUE = re.compile(
    r"(?P<times>[x×*])?(?P<sign>[+\-−])?(?P<pounds>£)?(?P<more>[+\-−])?(?P<number>\d[\d,]*(?:\.\d+)?|\.\d+)"
    r"\s*(?P<scale>k|m)?\s*(?P<unit>%|pp|points?|months?|mo)?",
    re.IGNORECASE,
)
_SCALES = {"": Decimal(1), "k": Decimal(1000), "m": Decimal(1_000_000)}

Span = tuple[Year, int | None, Year | None]
"""The first year and period that a change counts in, and the last year; None for P01, and for the plan's end."""


def parse_change(text: str, body: Body, savings: Sequence[Saving], span: Span, source: str = "what-if") -> Overlay:
    """Read one change, ``NAME=VALUE`` or ``NAME.WHAT=VALUE``.

    NAME: a line, category, group, line of income, saving or priority. VALUE: ``+5`` adds and ``73`` sets a number of
    placements or posts, ``4%`` sets a rate of inflation and ``+1%`` adds points to it, ``+£250k`` adds to the pounds of
    each year and ``£17m`` sets them, ``x1.1`` multiplies them; of a saving ``50%`` sets how much of it is delivered and
    ``+3 months`` moves its start. WHAT says which where it is another: growth, price, number. Raises ValueError
    with what was not understood, and the nearest name.
    """
    name, equals, said = text.partition("=")
    if not equals or not name.strip() or not said.strip():
        raise ValueError(f"expected NAME=VALUE such as residential=+5 or pay=4%, found {text!r}")
    name, what = name_and_what(name.strip())
    found = _VALUE.fullmatch(said.strip())
    if not found or (found["sign"] and found["more"]) or (found["times"] and found["pounds"]):
        raise ValueError(
            f"{text!r}: expected a value such as +5, 4%, +£250k, x1.1 or +3 months, found {said.strip()!r}"
        )
    is_saving = bool(schemes_named(name, savings))
    if not is_saving and not lines_named(name, body):
        raise ValueError(f"{text!r}: {unknown_name(name, body, savings)}")
    sign = found["sign"] or found["more"] or ""
    try:
        value = Decimal(found["number"].replace(",", "")) * _SCALES[(found["scale"] or "").lower()]
    except InvalidOperation:  # more digits than a number can have
        raise ValueError(f"{text!r}: {found['number']} is no number that can be worked with") from None
    how: How = "multiply" if found["times"] else "add" if sign else "set"
    what = what or _what(found, is_saving=is_saving)
    overlay = Overlay(
        at=Cell(WHERE, text.strip()),
        scenario=WHERE,
        line=name,
        what=what,
        how=how,
        value=-value if sign in {"-", "−"} else value,
        unit="times" if how == "multiply" else UNIT_OF[what],  # pyright: ignore[reportArgumentType]
        year=span[0],
        from_period=span[1],
        last=span[2],
        source=source,
    )
    _check_unit(text, found, overlay)
    target_of(overlay, body, savings)
    return overlay


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


def _check_unit(text: str, found: re.Match[str], overlay: Overlay) -> None:
    """Refuse a value whose unit is not that of what it changes: 4% of a number, pounds of a rate."""
    unit = (found["unit"] or "").lower()
    given = "months" if unit.startswith("mo") else "%" if unit else "£" if found["pounds"] or found["scale"] else ""
    wanted = overlay.unit
    fits = not given if wanted in {"times", "number"} else given in {"", wanted}
    if not fits or (wanted == "%" and not given):
        raise ValueError(f"{text!r}: {overlay.what} is in {wanted}; {_example(overlay)}")


def _example(overlay: Overlay) -> str:
    shown = {"£": "+£250k", "%": "4%", "number": "+5", "months": "+3 months", "times": "x1.1"}[overlay.unit]
    return f"write {overlay.line}.{overlay.what}={shown}"


def unknown_name(name: str, body: Body, savings: Sequence[Saving]) -> str:
    """That nothing has this name, and the nearest that something has."""
    known = [
        *body.groups, *INCOME_LINES, *(part.id for part in (*body.chart.categories, *body.chart.lines)),
        ALL_SCHEMES, FURTHER_SAVING, *(saving.ref for saving in savings),
    ]  # fmt: skip
    near = get_close_matches(slug(name), [slug(each) for each in known], n=1)
    asked = next((f"; did you mean {each}?" for each in known if near and slug(each) == near[0]), "")
    return f"no line, category, group or saving is called {name!r}{asked}"


def parse_span(since: str | None, until: str | None, years: Sequence[Year]) -> Span:
    """Read from when a change counts: ``P07``, ``2025-26`` or ``2025-26 P07``; and its last year. Raises ValueError.

    A period alone is of the plan's first year, which is also where nothing is said.
    """
    year, period = years[0], None
    words = (since or "").split()
    for word in words:
        if word[:1] in {"P", "p"}:
            period = parse_period(word)
        else:
            year = Year.parse(word)
    if len(words) > 2:
        raise ValueError(f"expected a year, a period or both, such as '2025-26 P07', found {since!r}")
    last = Year.parse(until) if until else None
    for each in (year, last):
        if each is not None and each not in years:
            raise ValueError(f"{each.on_screen} is no year of the plan, {years[0].on_screen} to {years[-1].on_screen}")
    if last is not None and last < year:
        raise ValueError(f"{last.on_screen} is before {year.on_screen}")
    return year, period, last
