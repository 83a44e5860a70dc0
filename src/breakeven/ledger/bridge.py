"""Which indicator or driver moves which line of the plan, and by how much for one step of it."""

from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator, model_validator

from breakeven.ledger.posts import Role
from breakeven.ledger.record import Kind, Number, OptionalNumber, OptionalText, Reads, Record, Text
from breakeven.ledger.scenarios import Overlay

Measure = Literal["", "establishment", "caseload", "mix", "rate"]
"""How many placements or posts a step is, where it is not the step's own number of them.

``establishment``: a step is so many per cent of the social workers' establishment. ``caseload``: the workers needed for
each to have so many cases fewer. ``mix``: the line's part of so many placements, by what each line of the step has at
the year's end. ``rate``: the same of so many per 10,000 children of the population.
"""

Moves = Literal["", "number", "price", "amount", "inflation", "growth"]


class BridgeRow(Record):
    """One line that a step of an indicator or driver moves; rows of one reference are one step.

    A step changes the line's ``what`` by ``value`` for each unit of it: placements or posts, pounds, or points of a
    rate. On a line whose posts the plan does not count ``role`` says what one costs, and the line is changed by as
    large a part of itself. Without a line it moves none, and ``why`` says why not.
    """

    ref: Text
    kpis: OptionalText = ""
    """The references of the indicators that it bears on, between commas; those of any year that the sheet KPIs has."""
    driver: Text
    """What moves, in words."""
    step: Annotated[Number, Field(gt=0)]
    unit: Text
    """What a step is counted in: ``point``, ``child``, ``post``, ``case a worker``."""
    line: OptionalText = ""
    what: Annotated[Moves, Reads(Kind.TEXT, optional=True)] = ""
    value: OptionalNumber = None
    measure: Annotated[Measure, Reads(Kind.TEXT, optional=True)] = ""
    role: Annotated[Literal["", Role], Reads(Kind.TEXT, optional=True)] = ""
    why: Text
    source: OptionalText = ""

    @property
    def indicators(self) -> tuple[str, ...]:
        """Each reference by itself."""
        return tuple(each for part in self.kpis.split(",") if (each := part.strip()))

    @field_validator("role")
    @classmethod
    def _posts_alone_have_a_role(cls, role: str, info: ValidationInfo) -> str:
        if role and info.data.get("what") not in {"number", None}:
            raise ValueError("a role says what one post costs, and goes with number")
        return role

    @model_validator(mode="after")
    def _a_line_is_moved_by_something(self) -> "BridgeRow":
        if self.line and (not self.what or not self.value):
            raise ValueError("a row with a line says what of it moves, and by how much for each unit of the step")
        if not self.line and (self.what or self.value is not None or self.measure or self.role):
            raise ValueError("a row without a line moves nothing: what, value, measured by and role are blank")
        if self.measure and self.what != "number":
            raise ValueError(f"{self.measure} gives a number of placements or posts, so that what is number")
        return self


def as_typed(overlay: Overlay) -> str:
    """A change of the plan as ``what-if`` takes it: ``external_fostering.number=-10``."""
    change = overlay.change.replace(" ", "").replace("×", "x")
    return f"{overlay.line}.{overlay.what}={change}"
