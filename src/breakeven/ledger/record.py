"""What every record has in common, and the kinds of value that a cell can be read as."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from breakeven.findings import Cell
from breakeven.periods import Year


class Kind(StrEnum):
    """How the text or number in a cell is to be read."""

    AMOUNT = "amount"
    NUMBER = "number"
    COUNT = "whole number"
    DATE = "date"
    YEAR = "year"
    PERIOD = "period"
    YES_NO = "yes or no"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Reads:
    """Marks a record's field with how its cell is read, and whether the cell may be blank."""

    kind: Kind
    optional: bool = False


Amount = Annotated[Decimal, Reads(Kind.AMOUNT)]
OptionalAmount = Annotated[Decimal | None, Reads(Kind.AMOUNT, optional=True)]
Number = Annotated[Decimal, Reads(Kind.NUMBER)]
Count = Annotated[Decimal, Field(ge=0), Reads(Kind.NUMBER)]
"""How many there are of something: nil or more, and not always whole."""
OptionalNumber = Annotated[Decimal | None, Reads(Kind.NUMBER, optional=True)]
Day = Annotated[date, Reads(Kind.DATE)]
OptionalDay = Annotated[date | None, Reads(Kind.DATE, optional=True)]
InYear = Annotated[Year, Reads(Kind.YEAR)]
OptionalYear = Annotated[Year | None, Reads(Kind.YEAR, optional=True)]
Period = Annotated[int, Field(ge=1, le=13), Reads(Kind.PERIOD)]
OptionalPeriod = Annotated[int | None, Field(ge=1, le=13), Reads(Kind.PERIOD, optional=True)]
YesNo = Annotated[bool, Reads(Kind.YES_NO)]
Text = Annotated[str, Field(min_length=1), Reads(Kind.TEXT)]
OptionalText = Annotated[str, Reads(Kind.TEXT, optional=True)]
BasisText = Annotated[Literal["", "published", "illustrative"], Reads(Kind.TEXT, optional=True)]
"""Where a figure stands: printed in a source anyone can read, made up to show the tool, or (blank) the body's own."""


class Record(BaseModel):
    """One row of a sheet, frozen, with the cell of its first value."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    at: Cell
    """The cell of the row's principal amount, or of its first column."""
    cells: Mapping[str, str] = Field(default_factory=dict, repr=False)
    """The cell of each number by field, such as ``D2``, on the sheet of ``at``."""
    basis: BasisText = ""

    located: ClassVar[tuple[str, ...]] = ()
    """Fields of words whose cells are kept as those of numbers are."""

    def cell_of(self, field: str) -> Cell:
        """The cell that a field was read from; the principal one where it is not known."""
        return replace(self.at, ref=self.cells.get(field, self.at.ref))

    def is_made_up(self, field: str) -> bool:
        """Whether the figure of one field is illustrative."""
        return self.basis_of(field) == "illustrative"

    def basis_of(self, field: str) -> str:
        """Where the figure of one field stands: as its row does, unless its record says otherwise."""
        del field
        return self.basis
