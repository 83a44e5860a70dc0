"""Finding one row among the rows of a table."""

from collections.abc import Iterable
from typing import Protocol, TypeVar


class Row(Protocol):
    """Anything that is known by an id."""

    @property
    def id(self) -> str:
        """What it is known by."""
        ...


R = TypeVar("R", bound=Row)


def row_with(row_id: str, rows: Iterable[R]) -> R:
    """The row with this id. Raises KeyError where there is none."""
    for row in rows:
        if row.id == row_id:
            return row
    raise KeyError(row_id)
