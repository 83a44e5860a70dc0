"""The words by which a row calls itself a total."""

from collections.abc import Iterable, Iterator
from typing import Any

from breakeven.workbook.headings import Cells

_TOTAL_WORDS = ("total", "totals", "sub-total", "subtotal", "sub total", "grand total", "sum")


def is_total_word(text: str) -> bool:
    """Whether a text is a word for a total and nothing more."""
    return text.strip().casefold().rstrip(":") in _TOTAL_WORDS


def says_total(text: str) -> bool:
    """Whether a text is a word for a total or begins with one."""
    word = text.strip().casefold().rstrip(":")
    return word in _TOTAL_WORDS or word.startswith(("total ", "grand total", "sub-total ", "subtotal ", "sub total "))


def any_total(cells: Iterable[Any]) -> bool:
    """Whether a cell among these says that its row is a total."""
    return any(isinstance(cell, str) and says_total(cell) for cell in cells)


def rows_of_total(cells: Cells) -> Iterator[int]:
    """Places of words for a total among descriptions, of which most are different: looked for in all at once."""
    try:
        words = "\n".join(cells)
    except TypeError:  # not all of them are text
        words = "\n".join(cell for cell in cells if isinstance(cell, str))
    if "otal" in words or "OTAL" in words:
        yield from (i for i, cell in enumerate(cells) if isinstance(cell, str) and says_total(cell))
