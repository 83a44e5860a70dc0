"""Figures already published elsewhere, to be reconciled to what we work out."""

from typing import Annotated, Literal

from breakeven.ledger.record import Kind, Number, OptionalText, Reads, Record, Text


class ReportedFigure(Record):
    """One figure as another document printed it, and the figure of ours it should equal.

    ``value`` is signed as ours are (a deficit is negative). ``precision`` is the last place printed:
    1 for whole pounds, 100000 for ``£1.5m``. ``figure`` is blank where we work nothing out to hold it against.
    """

    ref: Text
    figure: OptionalText = ""
    label: Text
    value: Number
    unit: Annotated[Literal["£", "number", "%"], Reads(Kind.TEXT)]
    precision: Number
    printed: Text
    where: Text
