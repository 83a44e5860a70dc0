"""Contract key performance indicators: their bands as printed, and the months and counts that are given of them."""

from typing import Annotated, ClassVar, Literal

from breakeven.ledger.record import (
    Day,
    InYear,
    Kind,
    Number,
    OptionalNumber,
    OptionalText,
    Reads,
    Record,
    Text,
)

Colour = Literal["green", "amber", "red"]
COLOURS: tuple[Colour, ...] = ("green", "amber", "red")

Stated = Literal[
    "lowest", "highest", "months green", "months amber", "months red", "KPIs green", "KPIs amber", "KPIs red"
]


class Kpi(Record):
    """One indicator of one contract year, with its bands as the contract prints them.

    Where ``form`` is nested, amber is the tolerance, which holds green too: amber is what of it is not green. Where it
    is separate each band says the whole of itself. ``green_reads`` and the like say how a band is read, in the same
    words as a band; blank is as printed, anything else needs a reason in ``why``. A scale that ``least`` and ``most``
    do not say goes from 0 to 100 for a per cent, and from 0 on for anything else.
    """

    number: Number
    """Its place among the year's."""
    ref: Text
    year: InYear
    name: Text
    measure: OptionalText = ""
    """The measure in full."""
    better: Annotated[Literal["higher", "lower", "between"], Reads(Kind.TEXT)]
    unit: Text
    """``%``, ``per 10,000 children`` or what is counted."""
    form: Annotated[Literal["nested", "separate"], Reads(Kind.TEXT)]
    green: Text
    amber: Text
    red: Text
    green_reads: OptionalText = ""
    amber_reads: OptionalText = ""
    red_reads: OptionalText = ""
    why: OptionalText = ""
    least: OptionalNumber = None
    most: OptionalNumber = None
    figure: OptionalText = ""
    """What of ours its months are: the id of the figure is this with ``/2024-03`` after it."""
    source: OptionalText = ""

    located: ClassVar[tuple[str, ...]] = ("green", "amber", "red", "green_reads", "amber_reads", "red_reads")


class KpiMonth(Record):
    """What one indicator was in one month, or the band it is said to have been in.

    A month that nobody gives has no row: it is missing, not nil. A month in which nothing was measured is said so.
    """

    ref: Text
    month: Day
    """The last day of the month, or any other of it."""
    value: OptionalNumber = None
    band: Annotated[Literal["", "green", "amber", "red", "not measured"], Reads(Kind.TEXT, optional=True)] = ""
    """What the source says in words."""
    printed: OptionalText = ""
    where: OptionalText = ""


class KpiStatement(Record):
    """What a report says in words of an indicator's year, or of all of them: to be held against the rest.

    ``ref`` is blank for what is said of all the year's indicators.
    """

    ref: OptionalText = ""
    year: InYear
    what: Annotated[Stated, Reads(Kind.TEXT)]
    value: Number
    printed: OptionalText = ""
    where: OptionalText = ""
