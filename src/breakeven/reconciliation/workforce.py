"""What another document prints of the workforce, against the numbers that it prints beside it."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from breakeven.ledger.posts import PostsMonth
from breakeven.ledger.provenance import Figure
from breakeven.ledger.reported import ReportedFigure
from breakeven.reconciliation.check import Check, Pair, compare_each

_PRINTED: Mapping[str, tuple[str, str]] = {
    "printed_in_post": ("in_post", "Permanent + agency = total social workers"),
    "printed_qualified": ("qualified", "Permanent − ASYE = permanent excluding ASYE"),
    "printed_qualified_pct": ("qualified_pct", "Permanent excluding ASYE as % of social workers"),
    "printed_asye_pct": ("asye_pct", "ASYE as % of social workers"),
    "printed_agency_pct": ("agency_pct", "Agency as % of social workers"),
}
"""The field that is printed, the figure of ours, and what the test of the two is called."""


def check_workforce(posts: Sequence[PostsMonth], book: Mapping[str, Figure]) -> Iterator[Check]:
    """Every total and percentage that is printed, month by month; to as many places as it is printed to."""
    for field, (column, label) in _PRINTED.items():
        pairs = [pair for month in posts for pair in _pairs(month, field, column, book)]
        if pairs:
            sides = ("months printed", "months as worked out")
            yield compare_each(f"workforce-{column}", label, sides, pairs, unit="number")


def _pairs(month: PostsMonth, field: str, column: str, book: Mapping[str, Figure]) -> Iterator[Pair]:
    """One month that is printed, and one that is as we work it out, or none."""
    printed: Decimal | None = getattr(month, field)
    ours = book[f"workforce/{column}/{month.month:%Y-%m}"].amount
    if printed is None or ours is None:
        return
    places = Decimal(1).scaleb(min(int(printed.as_tuple().exponent), 0))
    rounded = ours.quantize(places, rounding=ROUND_HALF_UP)
    name = f"{month.month:%B %Y}"
    cause = f"{name} is {rounded:f}, and {month.cell_of(field)} has {printed:f}"
    yield Pair(name, Decimal(1), Decimal(rounded == printed), cause)


def wrong_establishment(record: ReportedFigure, posts: Sequence[PostsMonth]) -> str:
    """Whether a vacancy rate that is printed is of another month's establishment, in words; blank where it is not."""
    of, _, stands = record.figure.removeprefix("workforce/").partition("/")
    own = next((each for each in posts if f"{each.month:%Y-%m}" == stands), None)
    if own is None or of not in {"vacancy_rate", "open_vacancy_rate"}:
        return ""
    filled = own.permanent + (own.agency if of == "open_vacancy_rate" else 0)
    for other in posts:
        if other.establishment in {own.establishment, 0}:
            continue
        rate = (other.establishment - filled) / other.establishment * 100
        if abs(rate - record.value) <= record.precision / 2:
            return (
                f"it is of {_plain(other.establishment)} posts, the establishment from {other.month:%B %Y}; "
                f"in {own.month:%B %Y} it was {_plain(own.establishment)}"
            )
    return ""


def _plain(number: Decimal) -> str:
    """A number without the noughts that a spreadsheet may keep of it."""
    return f"{number.normalize():f}"
