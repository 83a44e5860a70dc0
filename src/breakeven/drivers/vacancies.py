"""Posts that no permanent worker fills, by month."""

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from breakeven.ledger.posts import PostsMonth
from breakeven.ledger.provenance import Figure, source_of


def vacancy_figures(posts: Sequence[PostsMonth]) -> Iterator[Figure]:
    """Each month's vacancy rate in per cent of the establishment, to two places; open where there is none.

        vacancy rate = (establishment − permanent) ÷ establishment

    Ids: ``workforce/vacancy_rate/YYYY-MM``.
    """
    for record in posts:
        rate = None
        if record.establishment:
            part = (record.establishment - record.permanent) / record.establishment * 100
            rate = part.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
        yield Figure(
            f"workforce/vacancy_rate/{record.month:%Y-%m}",
            f"Vacancy rate, {record.month:%B %Y}",
            rate,
            "(establishment − permanent) ÷ establishment, in per cent",
            tuple(
                source_of(record, field, f"{field}, {record.month:%B %Y}", "number")
                for field in ("establishment", "permanent")
            ),
            "%",
        )
