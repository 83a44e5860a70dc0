"""Placements by type: how many at each month's end, and how the price of one has moved over the year."""

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from breakeven.ledger.chart import slug
from breakeven.ledger.placements import PlacementMonth
from breakeven.ledger.provenance import Figure, source_of


def placement_figures(placements: Sequence[PlacementMonth]) -> Iterator[Figure]:
    """Each month's number, and the growth in weekly cost from the first month to the last, in per cent to one place.

    Ids: ``demand/TYPE/YYYY-MM`` and ``demand/TYPE/price_growth``. Growth is open where
    there is one month only, the last cost is missing, or the first is missing or nil.
    """
    by_type: dict[str, list[PlacementMonth]] = {}
    for record in placements:
        by_type.setdefault(record.type, []).append(record)
    for name, records in by_type.items():
        for record in records:
            label = f"{name} placements, {record.month:%B %Y}"
            source = source_of(record, "number", label, "number")
            yield Figure(
                f"demand/{slug(name)}/{record.month:%Y-%m}", label, record.number, "as read", (source,), "number"
            )
        yield _price_growth(name, sorted(records, key=lambda record: record.month))


def _price_growth(name: str, records: Sequence[PlacementMonth]) -> Figure:
    first, last = records[0], records[-1]
    growth = None
    if first is not last and first.weekly_cost and last.weekly_cost is not None:
        growth = ((last.weekly_cost / first.weekly_cost - 1) * 100).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    return Figure(
        f"demand/{slug(name)}/price_growth",
        f"{name}: growth in weekly cost, {first.month:%B %Y} to {last.month:%B %Y}",
        growth,
        "last weekly cost ÷ first − 1, in per cent",
        tuple(source_of(r, "weekly_cost", f"weekly cost, {r.month:%B %Y}") for r in (first, last)),
        "%",
    )
