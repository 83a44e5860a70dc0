"""The chart of accounts: category > line > cost centre and account, mapped by rules a person can read."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from breakeven.ledger.lines import Coding

UNMAPPED = "unmapped"
"""The line and category of money whose code no rule has: shown, never dropped."""

SEPARATORS = "-.:/ "

ROWS = frozenset(
    "contract_sum variations third_party_income income expenditure position opening_balance adjustments "
    "closing_balance savings further_saving held_savings investments gap_before_savings break_even_requirement "
    f"savings_identified still_to_find yearly_saving_to_clear {UNMAPPED}".split()
)
"""The rows that statements have whatever the chart is: no line or category may be known by one of these ids."""


@dataclass(frozen=True, slots=True)
class CodeRule:
    """One side of a mapping rule.

    ``6100`` is that code, ``6100..6199`` a range of codes of one length, ``CH-*`` every code that begins so
    (the sign before the star must be a separator, or ``61*`` would take 6100 and 61), ``*`` any code.
    """

    text: str
    first: str
    last: str
    prefix: str | None

    @classmethod
    def parse(cls, text: str) -> "CodeRule":
        """Read one rule. Raises ValueError where it can match nothing or is not one of the four forms."""
        text = text.strip()
        if text == "*":
            return cls(text, "", "", "")
        if text.endswith("*"):
            if text[-2:-1] not in SEPARATORS:
                raise ValueError(f"a prefix must end in a separator before the star, as in CH-*; found {text!r}")
            return cls(text, "", "", text[:-1])
        first, dots, last = text.partition("..")
        if not dots:
            last = first
        if not first or len(first) != len(last) or first > last:
            raise ValueError(f"expected a code, a range such as 6100..6199, a prefix such as CH-* or *; found {text!r}")
        return cls(text, first, last, None)

    def matches(self, code: str) -> bool:
        """Whether the rule has this code. Codes are text: 0075 is not 75."""
        if self.prefix is not None:
            return code.startswith(self.prefix)
        return len(code) == len(self.first) and self.first <= code <= self.last


@dataclass(frozen=True, slots=True)
class CodingRule:
    """``COST CENTRE & ACCOUNT``, each side a ``CodeRule``; an account side left out is any account."""

    text: str
    cost_centre: CodeRule
    account: CodeRule

    @classmethod
    def parse(cls, text: str) -> "CodingRule":
        """Read ``S1000..S1999 & 5100`` or ``S1000``. Raises ValueError as CodeRule.parse does."""
        cost_centre, _, account = text.partition("&")
        return cls(text, CodeRule.parse(cost_centre), CodeRule.parse(account or "*"))

    def matches(self, coding: Coding) -> bool:
        """Whether both sides match."""
        return self.cost_centre.matches(coding[0]) and self.account.matches(coding[1])


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the statement: what a committee knows a cost by."""

    id: str
    label: str
    category: str
    rules: tuple[CodingRule, ...]
    contributions: tuple[str, ...] = ()
    """Sources of third-party income that pay towards this line, so that its pressure can be stated net of them."""


@dataclass(frozen=True, slots=True)
class Category:
    """A group of lines: Staffing, Placements, Overheads."""

    id: str
    label: str


class AmbiguousCodeError(ValueError):
    """Two lines claim one coding."""


@dataclass(frozen=True)
class Chart:
    """Categories and lines, in the order a statement shows them."""

    categories: tuple[Category, ...]
    lines: tuple[Line, ...]

    def line_of(self, coding: Coding) -> str:
        """The id of the one line that has this coding, or ``UNMAPPED``. Raises AmbiguousCodeError for two."""
        found = [line.id for line in self.lines if any(rule.matches(coding) for rule in line.rules)]
        if len(found) > 1:
            raise AmbiguousCodeError(f"{'/'.join(coding)} belongs to both {found[0]!r} and {found[1]!r}")
        return found[0] if found else UNMAPPED

    def lines_in(self, category: str) -> Iterator[Line]:
        """The lines of one category."""
        return (line for line in self.lines if line.category == category)

    def lines_named(self, name: str) -> tuple[Line, ...]:
        """The line with this id or label, or all lines of the category with it; none where nothing has it."""
        if category := self.category_named(name):
            return tuple(self.lines_in(category))
        return self._own_lines_named(name)

    def category_named(self, name: str) -> str | None:
        """The id of the category with this id or label. A line of its own label comes before a category's label."""
        key = slug(name)
        if any(category.id == key for category in self.categories):
            return key
        if self._own_lines_named(name):
            return None
        return next((category.id for category in self.categories if slug(category.label) == key), None)

    def id_named(self, name: str) -> str:
        """The id of the one line or category with this id or label; the name as an id where there is none, or two."""
        lines = self._own_lines_named(name)
        return self.category_named(name) or (lines[0].id if len(lines) == 1 else slug(name))

    def _own_lines_named(self, name: str) -> tuple[Line, ...]:
        key = slug(name)
        return tuple(line for line in self.lines if key in {line.id, slug(line.label)})

    def clashes(self) -> Iterator[str]:
        """Ids that stand for two things, in words: money under such an id would be counted twice or lost."""
        ids = [part.id for part in (*self.categories, *self.lines)]
        for each in dict.fromkeys(ids):
            if ids.count(each) > 1:
                yield f"{each!r} is the id of {ids.count(each)} lines or categories; give each its own"
            if each in ROWS:
                yield f"{each!r} is a row of every statement; give the line or category another id"

    @property
    def labels(self) -> Mapping[str, str]:
        """What each line and category is called on a page."""
        return {UNMAPPED: "Unmapped"} | {part.id: part.label for part in (*self.categories, *self.lines)}


@lru_cache(maxsize=65536)
def slug(name: str) -> str:
    """A name as an id: ``Supported accommodation`` is ``supported_accommodation``. Letters of any language are kept."""
    return re.sub(r"[\W_]+", "_", unicodedata.normalize("NFC", name).lower()).strip("_")
