"""The levers of a plan: what can be changed, which of it matters, what it is now, and one step more or less."""

import re
import shlex
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal

from breakeven.findings import visible
from breakeven.ledger.changes import Span, name_and_what, parse_change, parse_span
from breakeven.ledger.chart import slug
from breakeven.ledger.scenarios import Overlay, What
from breakeven.ledger.targets import ALL_SCHEMES, FURTHER_SAVING
from breakeven.pipeline.questions import sensitivity
from breakeven.pipeline.year_end import YearEnd
from breakeven.plan.lines import Start
from breakeven.plan.named_levers import named_lever
from breakeven.plan.setting import Setting
from breakeven.report.figures import amount_text, number_text
from breakeven.whatif.state import State

STEPS: dict[What, Decimal] = {
    "number": Decimal(1), "price": Decimal(100), "inflation": Decimal("0.5"), "growth": Decimal("0.5"),
    "amount": Decimal(100_000), "delivery": Decimal(10), "start": Decimal(1),
}  # fmt: skip
"""What one press of a key moves a lever by, in its unit."""

STEP_OF_A_YEARLY_PRICE = Decimal(1000)

IN_WORDS: dict[What, str] = {
    "number": "number", "price": "price", "inflation": "inflation", "growth": "growth", "amount": "pounds a year",
    "delivery": "delivery", "start": "start",
}  # fmt: skip

TESTED_LINES = 200
"""Of a longer plan the levers come in the order of its lines: to step each of them would keep a person waiting."""

OF_A_KIND = 8
"""How many levers of one kind are shown unless they are searched for."""

SCHEMES = 12
"""Of how many savings delivery and start are shown, the largest first."""

FOUND = 24
"""How many levers a search shows."""

_BARE_RATE = re.compile(r"(to\s*)?[+\-−]?[\d,.]+", re.IGNORECASE)


_CHANGE = re.compile(
    r"(?P<name>[^=]+)=(?P<value>(?:to\s+)?[^\s=]+(?:\s+(?:months?|mo|points?|pp|%)(?![^\s,;]))?)(?=\s|$)", re.IGNORECASE
)
"""One change among several: a name may have spaces, and a value its unit after one."""


@dataclass(frozen=True, slots=True)
class Lever:
    """One thing that can be changed. label: beneath the heading of its section. name: by itself."""

    id: str
    label: str
    name: str
    section: str
    what: What
    step: Decimal

    def text(self, said: str) -> str:
        """The change as ``parse_change`` reads it; a bare number of a rate is in per cent."""
        is_rate = self.what in {"inflation", "growth", "delivery"}
        return f"{self.id}={said}%" if is_rate and _BARE_RATE.fullmatch(said) else f"{self.id}={said}"

    def said(self, typed: str) -> str:
        """What was typed, as it stands after the equals sign of ``text``."""
        return self.text(typed.strip()).removeprefix(f"{self.id}=")


def all_levers(end: YearEnd) -> list[Lever]:
    """Everything that can be changed of a plan, in the order of its rows."""
    return [*_drivers(end), *_rates(end), *_incomes(end), *_savings(end), *_more(end)]


def levers_that_matter(end: YearEnd, levers: Sequence[Lever]) -> list[Lever]:
    """The levers to show before anything is searched for: of each section those that move the plan most."""
    sizes = _sizes(end)
    found: list[Lever] = []
    for section in SECTIONS:
        own = [each for each in levers if each.section == section]
        if section == SAVINGS:  # in pairs, by what is to be saved
            found += own[: 2 + 2 * SCHEMES]
            continue
        found += sorted(own, key=lambda each: sizes.get(each.id, Decimal(0)), reverse=True)[:OF_A_KIND]
    return found


def searched(levers: Sequence[Lever], words: str) -> list[Lever]:
    """The levers whose name has every word, those that begin with the first of them before others."""
    parts = words.lower().split()
    found = [each for each in levers if all(part in f"{each.name} {each.id}".lower() for part in parts)]
    return sorted(found, key=lambda each: not each.name.lower().startswith(parts[0] if parts else ""))[:FOUND]


PLACEMENTS, WEEKLY_COST, PAY, INCOME, SAVINGS = "Placements", "Cost of a placement", "Pay, prices", "Income", "Savings"
POSTS, COST_OF_A_POST, MORE = "Posts", "Cost of a post", "More"
SECTIONS = (PLACEMENTS, WEEKLY_COST, PAY, INCOME, SAVINGS, POSTS)


def _drivers(end: YearEnd) -> Iterator[Lever]:
    driven = [start for start in end.plan.basis.expenditure if start.driver]
    for start in driven:
        unit, label = start.driver.unit if start.driver else "", visible(start.label)
        yield _lever(start.id, "number", label, f"{label}: {unit}s", PLACEMENTS if unit == "placement" else POSTS)
    for start in driven:
        if start.driver and start.driver.price is not None:
            yield _price(start, visible(start.label), is_weekly=start.driver.unit == "placement")


def _price(start: Start, label: str, *, is_weekly: bool) -> Lever:
    if is_weekly:
        return _lever(start.id, "price", label, f"{label}: weekly cost", WEEKLY_COST)
    step = STEP_OF_A_YEARLY_PRICE
    return Lever(f"{start.id}.price", label, f"{label}: cost of a post", COST_OF_A_POST, "price", step)


def _rates(end: YearEnd) -> Iterator[Lever]:
    """Groups such as pay first, then categories: both move the lines that use them."""
    body = end.year.body
    labels = {slug(group): group[:1].upper() + group[1:] for group in body.groups}
    labels |= {each.id: each.label for each in body.chart.categories if each.id not in labels}
    for name, label in labels.items():
        shown = visible(label)
        yield _lever(name, "inflation", f"{shown} inflation", f"{shown}: inflation", PAY)


def _incomes(end: YearEnd) -> Iterator[Lever]:
    labels = {start.id: visible(start.label) for start in end.plan.basis.income}
    for name, label in labels.items():
        uplift = "Contract uplift" if name == "contract_sum" else f"{label} uplift"
        yield _lever(name, "inflation", uplift, f"{label}: uplift (inflation)", INCOME)
        yield _lever(name, "amount", label, f"{label}: pounds a year", INCOME)


def _savings(end: YearEnd) -> Iterator[Lever]:
    schemes = end.year.ledgers.schemes
    yield _lever(FURTHER_SAVING, "amount", "Further saving", "Further saving: pounds a year", SAVINGS)
    if schemes:
        yield _lever(ALL_SCHEMES, "delivery", "All: delivery", "All savings: delivery", SAVINGS)
    for scheme in sorted(schemes, key=lambda each: (each.status == "delivered", -each.amount)):
        ref, title = visible(scheme.ref), visible(scheme.scheme)
        for what in ("delivery", "start"):
            yield _lever(scheme.ref, what, f"{ref} {what}", f"{ref} {title}: {what}", SAVINGS)


def _more(end: YearEnd) -> Iterator[Lever]:
    """What is changed more seldom: rates and pounds of each line, delivery by priority, the amount of a saving."""
    lines = [(each.id, visible(each.label)) for each in end.plan.basis.expenditure]
    lines += [(each.id, visible(each.label)) for each in end.year.body.chart.categories]
    categories = {each.id for each in end.year.body.chart.categories}
    for name, label in lines:
        for what in ("inflation", "growth", "amount"):
            if what != "inflation" or name not in categories:
                yield _lever(name, what, label, f"{label}: {IN_WORDS[what]}", MORE)
    for priority in end.year.body.priorities:
        if any(slug(each.priority) == slug(priority) for each in end.year.ledgers.schemes):
            yield _lever(priority, "delivery", visible(priority), f"{visible(priority)}: delivery of all", MORE)
    for scheme in end.year.ledgers.schemes:
        name = f"{visible(scheme.ref)} {visible(scheme.scheme)}"
        yield _lever(scheme.ref, "amount", name, f"{name}: pounds a year", MORE)


def _lever(name: str, what: What, label: str, full: str, section: str) -> Lever:
    return Lever(f"{name}.{what}", label, full, section, what, STEPS[what])


def _sizes(end: YearEnd) -> dict[str, Decimal]:
    """What a step of each lever does to the last balance, by its id, as far as sensitivity tests it."""
    if len(end.plan.basis.expenditure) > TESTED_LINES:
        return {}
    sizes: dict[str, Decimal] = {}
    for each in sensitivity(end):
        name, _, kind = each.id.rpartition(".")
        lever = f"{each.id}.inflation" if each.is_group else f"{name}.amount" if kind == "sum" else each.id
        sizes[lever] = each.size(None)
        if kind == "number":
            sizes[f"{name}.price"] = each.size(None)
    return sizes


def changes_in(said: str) -> list[str]:
    """The changes among what was typed in the box: ``residential=+5 pay=4%``, ``residential +5``; none of a name."""
    text = re.sub(r"\s*=\s*", "=", said.strip())
    if "=" not in text:
        text = re.sub(r"\s+(?=(?:to\s+)?[+\-−£x×]*\.?\d)", "=", text)
    if "=" not in text:
        return []
    with suppress(ValueError):  # an apostrophe of a name
        text = " ".join(shlex.split(text))
    found = [f"{each['name'].strip(' ,;')}={each['value'].strip(' ,;')}" for each in _CHANGE.finditer(text)]
    return found or [text]


def with_texts(state: State, texts: Sequence[str], end: YearEnd) -> State:
    """A question with changes such as ``residential=+5`` besides, each in place of what its lever said. ValueError."""
    levers, span = all_levers(end), parse_span(state.since or None, None, end.plan.years)
    for text in texts:
        lever, said = lever_of(text, levers, end, span)
        state = state.with_change(lever.id, said)
    return state


# What a lever is now, and one step of it --------------------------------------------------------------------------


def as_planned(lever: Lever, setting: Setting, span: Span) -> str:
    """What the plan has of a lever in the first year that counts, as a page says it; blank where nothing is said."""
    name, _ = name_and_what(lever.id)
    scheme = next((each for each in setting.basis.year.ledgers.schemes if slug(each.ref) == slug(name)), None)
    if scheme and lever.what == "start":
        return f"{scheme.start:%b %Y}"
    if scheme and lever.what == "amount":
        return f"£{amount_text(scheme.amount)}"
    found = _planned(lever, setting, span)
    if not isinstance(found, Decimal):
        return found
    if lever.what in {"price", "amount"}:
        return f"£{amount_text(found)}"
    return f"{number_text(round(found, 2))}{'' if lever.what == 'number' else '%'}"


def read(lever: Lever, said: str, end: YearEnd, span: Span) -> Overlay:
    """What was typed of a lever, as a change. Raises ValueError with what was not understood."""
    return parse_change(lever.text(said), end.year.body, end.year.ledgers.savings, span)


def stepped(lever: Lever, said: str, steps: int, end: YearEnd, span: Span) -> str:
    """What a lever says some steps on; blank where that is nothing. Raises ValueError where it cannot be stepped."""
    if said:
        change = read(lever, said, end, span)
    else:
        change = read(lever, "100%" if lever.what == "delivery" else "+0", end, span)
    by = Decimal("0.01") if change.how == "multiply" else lever.step
    value = change.value + steps * by
    if lever.what == "delivery" and change.how == "set":
        value = min(max(value, Decimal(0)), Decimal(100))
    nothing = {"add": Decimal(0), "multiply": Decimal(1)} | ({"set": Decimal(100)} if lever.what == "delivery" else {})
    if value == nothing.get(change.how):
        return ""
    return change.model_copy(update={"value": value}).change


def lever_of(text: str, levers: Sequence[Lever], end: YearEnd, span: Span) -> tuple[Lever, str]:
    """The lever that a change such as ``residential=+5`` moves, and what it says of it. Raises ValueError.

    One that no list has, such as ``unmapped.amount``, is made for it.
    """
    found = parse_change(text, end.year.body, end.year.ledgers.savings, span)
    said = text.partition("=")[2].strip()
    lever_id = f"{slug(found.line)}.{found.what}"
    for lever in levers:
        name, what = name_and_what(lever.id)
        if f"{slug(name)}.{what}" == lever_id:
            return lever, said
    return _lever(found.line, found.what, found.line, f"{visible(found.line)}: {IN_WORDS[found.what]}", MORE), said


def steps_away(lever: Lever, said: str, setting: Setting, end: YearEnd, span: Span) -> int:
    """How many steps a lever is from where the plan has it, to place its handle; at least one where it says anything.

    Raises ValueError where what it says is not read.
    """
    if not said:
        return 0
    change = read(lever, said, end, span)
    if change.how == "add":
        away, step = change.value, lever.step
    elif change.how == "multiply":
        away, step = change.value - 1, Decimal("0.01")
    else:
        planned = _planned(lever, setting, span)
        away, step = change.value - (planned if isinstance(planned, Decimal) else Decimal(0)), lever.step
    return int(away / step) or (1 if away >= 0 else -1)


def _planned(lever: Lever, setting: Setting, span: Span) -> Decimal | str:
    """What the plan has of a lever in the first year that counts, or why that is no one number; blank of nothing."""
    if lever.id == f"{FURTHER_SAVING}.amount":
        return Decimal(0)
    try:
        now = named_lever(lever.id, setting, span).now
    except ValueError:
        return ""
    first = now[setting.places(span[0])[0]] if now else "varies"
    return "" if first is None else first
