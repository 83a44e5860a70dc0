"""One strict grammar for what a cell of a published table may print."""

import re
from dataclasses import dataclass
from decimal import Decimal

from breakeven.workbook.amounts import LARGEST, parse_amount_text

FINEST = 12
"""Decimal places beyond which nothing is a figure of a table."""

_DASHES = frozenset("-‐‑‒–—―−")
_NIL_WORDS = frozenset({"nil", "zero", "none"})
_FOOTNOTE = re.compile(r"[*†‡§¹²³]+$")
_PERCENT = re.compile(r"\s*%(?=\)?$)")
_BOTH_SIGNS = re.compile(r"(£?)\s*\(\s*(£?)\s*[-−–]\s*(.+)\)")
_POUND_OUTSIDE = re.compile(r"£\s*\(")
_LEADING_PLUS = re.compile(r"(\(?\s*£?\s*)\+\s*")


@dataclass(frozen=True, slots=True)
class Printed:
    """What one cell prints: an amount, or none, for which there is a reason.

    ``places`` is how many decimal places it is printed to.
    """

    text: str
    amount: Decimal | None
    is_readable: bool = True
    """False for a text with digits in it that is no amount."""

    @property
    def is_blank(self) -> bool:
        """Whether the cell prints nothing at all; a cell that says TBC or n/a prints that."""
        return not self.text.strip()

    @property
    def places(self) -> int:
        """How many decimal places are printed."""
        return 0 if self.amount is None else max(-int(self.amount.as_tuple().exponent), 0)

    @property
    def is_bracketed(self) -> bool:
        """Whether the figure stands in brackets."""
        return self.amount is not None and "(" in self.text


def read_printed(text: str) -> Printed:
    """Read ``(4,224)``, ``(-7.436)``, ``£1658.15``, ``+450``, ``- 146`` or ``(4.5%)``; a dash alone is nil.

    A bracket and a minus say the same once, together or apart: less. A blank is missing, and so is a word without
    digits (n/a, TBC, lost). The mark of a footnote is passed over. A per cent is read as it stands: 4.5% is 4.5.
    """
    plain = _FOOTNOTE.sub("", text.replace("\u00a0", " ").strip()).strip()
    if not any(ch.isdigit() for ch in plain):
        bare = plain.strip("()£% ").casefold()
        is_nil = bare in _DASHES or bare in _NIL_WORDS
        return Printed(text, Decimal(0) if is_nil else None)
    plain = _PERCENT.sub("", plain, count=1)
    plain = _POUND_OUTSIDE.sub("(£", plain, count=1)
    if found := _BOTH_SIGNS.fullmatch(plain):
        plain = f"({found[2]}{found[3]})"
    elif plus := _LEADING_PLUS.match(plain):
        plain = plus[1] + plain[plus.end() :]
        if plain.lstrip(" £(").startswith(("-", "−", "–", "+")):
            return Printed(text, None, is_readable=False)
    amount = parse_amount_text(plain)
    if amount is None or abs(amount) >= LARGEST or amount.as_tuple().exponent < -FINEST:  # pyright: ignore[reportOperatorIssue]
        return Printed(text, None, is_readable=False)
    return Printed(text, amount)
