"""Children in the tables of a report: how many, at what date or over which year, and per 10,000 of the population."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import field_validator

from breakeven.ledger.chart import slug
from breakeven.ledger.record import Kind, Number, OptionalNumber, OptionalText, Reads, Record, Text
from breakeven.periods import Year, year_of

Unit = Literal["number", "per 10,000", "%"]


@dataclass(frozen=True, slots=True, order=True)
class When:
    """A month's end, where ``month`` is its first day, or a whole contract year."""

    year: Year
    month: date | None = None

    @classmethod
    def parse(cls, text: str) -> "When":
        """Read ``Mar 2018`` or ``2018-19``. Raises ValueError where it is neither."""
        plain = " ".join(text.split())
        try:
            month = datetime.strptime(plain, "%b %Y").date()  # noqa: DTZ007  (a month has no zone)
        except ValueError:
            try:
                return cls(Year.parse(plain))
            except ValueError:
                raise ValueError(
                    f"expected a month such as Mar 2018, or a year such as 2018-19; found {text!r}"
                ) from None
        return cls(year_of(month), month)

    @property
    def is_year_end(self) -> bool:
        """Whether it is a March."""
        return self.month is not None and self.month.month == 3

    def __str__(self) -> str:
        return f"{self.month:%b %Y}" if self.month else self.year.on_screen


def ends_of(text: str) -> tuple[When, When]:
    """The two ends of ``Mar 2018 to Mar 2024``; both the same where only one is given. Raises ValueError."""
    first, _, last = text.partition(" to ")
    return When.parse(first), When.parse(last or first)


class ChildrenFigure(Record):
    """One figure of a report's table of children. The same thing in two tables is two rows.

    A line is part of its table's total; a difference is that of its row between two dates; an average is of its table's
    lines, its own row aside. What joins or leaves over a year is of the row named by ``of``, at its ends. A fact stands
    in a text, by itself.
    """

    table: Text
    row: Text
    part: Annotated[
        Literal["line", "total", "difference", "average", "own", "joins", "leaves", "fact"], Reads(Kind.TEXT)
    ]
    when: Text
    """``Mar 2018``, ``2018-19`` or, of a difference, ``Mar 2018 to Mar 2024``."""
    value: Number
    unit: Annotated[Unit, Reads(Kind.TEXT)]
    precision: OptionalNumber = None
    """The last place printed, where the value does not show it: 0.01 of 759.20."""
    of: OptionalText = ""
    figure: OptionalText = ""
    """What of ours it is: the id of the figure is this with ``/2024-03`` after it."""
    where: OptionalText = ""

    @field_validator("when")
    @classmethod
    def _when_can_be_read(cls, text: str) -> str:
        ends_of(text)
        return text

    @property
    def ends(self) -> tuple[When, When]:
        """When it is from and to; the same where it is no difference."""
        return ends_of(self.when)

    @property
    def last_place(self) -> Decimal:
        """What one in the last place printed is."""
        return self.precision or Decimal(1).scaleb(min(int(self.value.normalize().as_tuple().exponent), 0))


class ChildrenStatement(Record):
    """What a report says of children in words, and what of the tables' figures it should come to.

    ``comes_to`` is figures added and taken off, as ``Children in care @ Mar 2024 - Children in care @ Mar 2018``, and
    may be divided once, which gives per cent: ``Approvals @ 2023-24 / Applications @ 2023-24``.
    """

    ref: Text
    label: Text
    comes_to: Text
    value: Number
    unit: Annotated[Unit, Reads(Kind.TEXT)]
    precision: Number
    printed: OptionalText = ""
    where: OptionalText = ""

    @field_validator("comes_to")
    @classmethod
    def _formula_can_be_read(cls, text: str) -> str:
        Formula.parse(text)
        return text


FigureKey = tuple[str, When, str]
"""Row, when and unit: what makes two printed figures one fact."""


def key_of(record: ChildrenFigure) -> FigureKey:
    """What a figure is of."""
    return slug(record.row), record.ends[1], record.unit


def first_of_each(figures: Sequence[ChildrenFigure]) -> Mapping[FigureKey, ChildrenFigure]:
    """The first figure there is of each fact, differences and averages aside."""
    found: dict[FigureKey, ChildrenFigure] = {}
    for record in figures:
        if record.part not in {"difference", "average"}:
            found.setdefault(key_of(record), record)
    return found


@dataclass(frozen=True, slots=True)
class Term:
    """One figure added or taken off: by row and when, or by the id of one of ours."""

    sign: int
    name: str
    when: When | None


@dataclass(frozen=True, slots=True)
class Formula:
    """Terms added up, and the terms that their sum is divided by to give per cent."""

    terms: tuple[Term, ...]
    below: tuple[Term, ...] = ()

    @classmethod
    def parse(cls, text: str) -> "Formula":
        """Read one. Signs stand between spaces, as a name may hold a hyphen. Raises ValueError."""
        above, *below = re.split(r" / ", " ".join(text.split()))
        if len(below) > 1:
            raise ValueError(f"{text!r} is divided more than once")
        return cls(_terms(above), _terms(below[0]) if below else ())

    def amount(self, figure: Callable[[Term], Decimal | None]) -> Decimal | None:
        """What it comes to; None where a figure is missing, or where it is divided by nil."""
        above = _sum(self.terms, figure)
        if not self.below or above is None:
            return above
        below = _sum(self.below, figure)
        return above / below * 100 if below else None


def _terms(text: str) -> tuple[Term, ...]:
    found: list[Term] = []
    for sign, said in zip(*_signed(text), strict=True):
        name, at, when = said.rpartition(" @ ")
        found.append(Term(sign, name if at else said, When.parse(when) if at else None))
    return tuple(found)


def _signed(text: str) -> tuple[list[int], list[str]]:
    words = re.split(r" ([+-]) ", text)
    return [1, *(-1 if sign == "-" else 1 for sign in words[1::2])], words[::2]


def _sum(terms: Sequence[Term], figure: Callable[[Term], Decimal | None]) -> Decimal | None:
    total = Decimal(0)
    for term in terms:
        amount = figure(term)
        if amount is None:
            return None
        total += term.sign * amount
    return total
