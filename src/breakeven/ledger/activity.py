"""What a line was to buy: how many placements or posts, and what one costs."""

from typing import Annotated, Literal

from breakeven.ledger.record import Amount, Kind, Number, Reads, Record, Text


class Activity(Record):
    """How many placements or posts of one type a line is budgeted for, or had last year, and the price of one.

    ``number`` is the average over the year: 50 placements are 50 x 366 nights of 2023/24. ``price`` is gross pounds
    a week for a placement, pounds a year with on-costs for a full-time post.
    """

    line: Text
    state: Annotated[Literal["budget", "last year"], Reads(Kind.TEXT)]
    type: Text
    unit: Annotated[Literal["placement", "post"], Reads(Kind.TEXT)]
    number: Number
    price: Amount
