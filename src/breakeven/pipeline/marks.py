"""Which figures of a page rest on illustrative cells, and must be marked."""

from collections.abc import Mapping

from breakeven.ledger.provenance import Figure, Source

Book = Mapping[str, Figure]


class Marks:
    """Which figures rest on illustrative cells that no published figure confirms: a page must mark them.

    A sum of illustrative lines that comes to a published figure counts as published, and so does what it makes.
    """

    def __init__(self, published: frozenset[str]) -> None:
        self.published = published
        self._known: dict[str, bool] = {}

    def is_illustrative(self, figure: Figure) -> bool:
        """Whether to mark it. What is open has no figure to mark."""
        return figure.amount is not None and self._rests(figure)

    def _rests(self, part: Figure | Source) -> bool:
        if isinstance(part, Source):
            return part.illustrative
        if part.id not in self._known:
            own = part.id not in self.published and any(self._rests(below) for below in part.parts)
            self._known[part.id] = own
        return self._known[part.id]
