"""The levers of a plan: what can be changed, which of it matters, what it is now, and one step more or less."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from breakeven.findings import visible
from breakeven.ledger.changes import Span, name_and_what, parse_change
from breakeven.ledger.chart import slug
from breakeven.ledger.scenarios import Overlay, What
from breakeven.ledger.targets import ALL_SCHEMES, FURTHER_SAVING
from breakeven.pipeline.questions import sensitivity
from breakeven.pipeline.year_end import YearEnd
from breakeven.plan.lines import Start

STEPS: dict[What, Decimal] = {
    "number": Decimal(1), "price": Decimal(100), "inflation": Decimal("0.5"), "growth": Decimal("0.5"),
    "amount": Decimal(100_000), "delivery": Decimal(10), "start": Decimal(1),
}  # fmt: skip
"""What one press of a key moves a lever by, in its unit."""

RATES: frozenset[What] = frozenset({"inflation", "growth", "delivery"})
"""What is in per cent, and may differ from line to line."""

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


@dataclass(frozen=True, slots=True)
class Lever:
    """One thing that can be changed. label: beneath the heading of its section. name: by itself.

    beneath: what it stands under within its section, where several levers are of one thing, such as a saving.
    """

    id: str
    label: str
    name: str
    section: str
    what: What
    step: Decimal
    beneath: str = ""

    @property
    def short(self) -> str:
        """What a sentence calls it."""
        return self.label if self.section in {PLACEMENTS, PAY, INCOME, SAVINGS} else self.name.replace(": ", " ")

    def text(self, said: str) -> str:
        """The change as ``parse_change`` reads it; a bare number of a rate is in per cent."""
        return f"{self.id}={said}%" if self.what in RATES and _BARE_RATE.fullmatch(said) else f"{self.id}={said}"

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
        yield _lever(ALL_SCHEMES, "delivery", "All savings delivery", "All savings: delivery", SAVINGS)
    for scheme in sorted(schemes, key=lambda each: (each.status == "delivered", -each.amount)):
        ref, title = visible(scheme.ref), visible(scheme.scheme)
        for what in ("delivery", "start"):
            lever = _lever(scheme.ref, what, f"{ref} {what}", f"{ref} {title}: {what}", SAVINGS)
            yield replace(lever, beneath=f"{ref} {title}")


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


def lever_called(lever_id: str, levers: Mapping[str, Lever]) -> Lever:
    """The lever of an id; made for it where none of some has it."""
    name, what = name_and_what(lever_id)
    return levers.get(lever_id) or made_for(name, what or "amount")


def made_for(name: str, what: What) -> Lever:
    """A lever of something that no list has."""
    return _lever(name, what, name, f"{visible(name)}: {IN_WORDS[what]}", MORE)


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


# One step of a lever --------------------------------------------------------------------------------------------


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
