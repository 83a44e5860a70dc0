"""What of the plan is uncertain, by how much, and what moves together: the inputs of a simulation."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, model_validator

from breakeven.ledger.record import Kind, Number, OptionalDay, OptionalNumber, OptionalText, Reads, Record, Text

DistributionName = Literal["normal", "lognormal", "triangular", "pert", "uniform", "discrete", "history", "none"]

NEEDS: dict[DistributionName, tuple[str, ...]] = {
    "normal": ("likely", "sd"),
    "lognormal": ("likely", "sd"),
    "triangular": ("low", "likely", "high"),
    "pert": ("low", "likely", "high"),
    "uniform": ("low", "high"),
    "discrete": ("cases",),
    "history": ("cases",),
    "none": (),
}
"""The columns that each distribution is made of; no other of them may be filled in."""

SHAPES = ("low", "likely", "high", "sd", "cases")


class UncertainAssumption(Record):
    """One thing of the plan that may turn out otherwise, with the distribution of what it may be.

    ``line`` and ``what`` say what it moves, as in Scenarios: a line, category, income row or group, and its
    ``inflation``, ``growth`` or ``amount``; or the ``number`` of placements or posts of one line. ``how``: ``add`` is
    points or pounds more than the plan, ``multiply`` a factor on it, ``set`` instead of it. A normal or lognormal has a
    ``likely`` value (its mean) and a standard deviation; a triangular or PERT the lowest, likeliest and highest; a
    uniform its ends. ``cases`` are values with their weights, ``0: 5; 10: 3; 25: 2``, or for a history the years that
    were. A ``number`` may scatter by chance besides; ``out of`` so many makes it binomial. What is ``drawn`` once is
    the same turn of events in every year; each year is another.
    """

    ref: Text
    line: Text
    what: Annotated[Literal["inflation", "growth", "amount", "number"], Reads(Kind.TEXT)]
    how: Annotated[Literal["add", "multiply", "set"], Reads(Kind.TEXT)]
    distribution: Annotated[DistributionName, Reads(Kind.TEXT)]
    low: OptionalNumber = None
    likely: OptionalNumber = None
    high: OptionalNumber = None
    sd: Annotated[OptionalNumber, Field(ge=0)] = None
    cases: OptionalText = ""
    drawn: Annotated[Literal["once", "each year"], Reads(Kind.TEXT)]
    by_chance: Annotated[Literal["", "yes", "no"], Reads(Kind.TEXT, optional=True)] = ""
    out_of: Annotated[OptionalNumber, Field(gt=0)] = None
    source: Text
    owner: OptionalText = ""
    set_on: OptionalDay = None

    @model_validator(mode="after")
    def _shape_is_whole(self) -> "UncertainAssumption":
        needed = NEEDS[self.distribution]
        given = [name for name in SHAPES if getattr(self, name) not in {None, ""}]
        if missing := [name for name in needed if name not in given]:
            raise ValueError(f"a {self.distribution} distribution needs {' and '.join(missing)}")
        if extra := [name for name in given if name not in needed]:
            raise ValueError(f"a {self.distribution} distribution has no {' or '.join(extra)}")
        if self.what == "number" and self.how != "multiply":
            raise ValueError("a number is uncertain by a factor: how is multiply")
        if self.what != "number" and (self.by_chance or self.out_of is not None):
            raise ValueError("only a number scatters by chance")
        if self.distribution == "none" and self.by_chance != "yes":
            raise ValueError("with no distribution nothing is uncertain")
        self.weighted_cases()
        return self

    def weighted_cases(self) -> tuple[tuple[Decimal, Decimal], ...]:
        """Each value and its weight; a history's values weigh the same. Raises ValueError where they cannot be read."""
        found: list[tuple[Decimal, Decimal]] = []
        for case in filter(None, (part.strip() for part in self.cases.split(";"))):
            value, colon, weight = case.partition(":")
            if bool(colon) != (self.distribution == "discrete"):
                form = "value: weight" if self.distribution == "discrete" else "values alone"
                raise ValueError(f"the cases of a {self.distribution} are {form}, with ; between; found {case!r}")
            found.append((_decimal(value, case), _decimal(weight, case) if colon else Decimal(1)))
        if found and (any(weight < 0 for _, weight in found) or not any(weight for _, weight in found)):
            raise ValueError("weights are nil or more, and not all nil")
        return tuple(found)


def _decimal(text: str, case: str) -> Decimal:
    try:
        number = Decimal(text.strip())
    except ArithmeticError:
        number = Decimal("NaN")
    if not number.is_finite():
        raise ValueError(f"expected a number in {case!r}")
    return number


class CorrelationPair(Record):
    """How far two uncertain things move together: 1 is always, 0 not at all, −1 the one up as the other goes down.

    ``one`` and ``other`` are references of the sheet Uncertainty; of a number it is the rate that moves with others.
    """

    one: Text
    other: Text
    value: Annotated[Number, Field(ge=-1, le=1)]
    source: OptionalText = ""
