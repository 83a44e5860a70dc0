"""Bands as a contract prints them, ``>70.01%, <84.99%``, to the values that are in them; nothing is guessed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from breakeven.ledger.intervals import HIGHEST, LOWEST, Interval

_SIGNS = {
    "≥": ">=", "≤": "<=", "=>": ">=", "=<": "<=",
    "at least": ">=", "at most": "<=", "up to": "<=",
    "above": ">", "over": ">", "more than": ">", "greater than": ">",
    "below": "<", "under": "<", "less than": "<", "fewer than": "<",
}  # fmt: skip
"""Other ways to write the four signs."""

_UNIT_WORDS = (
    "children per 10,000", "per 10,000", "children", "per cent", "working days", "days", "weeks", "months", "cases",
    "posts", "placements", "£", "%",
)  # fmt: skip
_TOKEN = re.compile(
    r"\s*(?:"
    rf"(?P<sign>>=|<=|=>|=<|≥|≤|>|<|{'|'.join(word for word in _SIGNS if word.isascii() and word[0].isalpha())})"
    r"|(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    rf"|(?P<unit>{'|'.join(map(re.escape, _UNIT_WORDS))})"
    r"|(?P<between>[-–—−]|to\b)"
    r"|(?P<comma>,|and\b)"
    r"|(?P<or>or\b|;)"
    r")",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Band:
    """One band as it was read: its parts, and the units its text names.

    A part in which no value lies is kept, as it shows that the band says something impossible.
    """

    parts: tuple[Interval, ...]
    units: tuple[str, ...] = ()

    @property
    def values(self) -> tuple[Interval, ...]:
        """The parts in which there is a value."""
        return tuple(part for part in self.parts if not part.is_empty)

    @property
    def notation(self) -> str:
        """The same in the plain grammar, which reads as the same band."""
        return " or ".join(part.notation for part in self.values) or "none"


def parse_band(text: str) -> Band:
    """Read one band.

        band    = part { ["or" | ","] part } | "none" | "any"
        part    = bound [","] [bound] | bound "-" number | number "-" number
        bound   = (">" | "<" | "≥" | "≤") ["-"] number
        number  = digits, and whatever unit stands after it

    Two bounds make one part, whichever comes first, so that ``<15, >22`` is one part with no value in it; a bound that
    follows a whole part begins the next. A dash after a sign is a minus, after a number it means up to and including.
    Raises ValueError where the text is none of this.
    """
    plain = text.strip().casefold()
    if plain in {"none", "no value"}:
        return Band(())
    if plain in {"any", "any value"}:
        return Band((Interval(),))
    return _Reader(text).band()


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str


def _tokens(text: str) -> Iterator[_Token]:
    at = 0
    stripped = text.rstrip()
    while at < len(stripped):
        found = _TOKEN.match(stripped, at)
        if not found:
            raise ValueError(f"{text!r} is no band such as '>70%, <85%': {stripped[at:].strip()!r} is not understood")
        yield _Token(str(found.lastgroup), found[str(found.lastgroup)].casefold())
        at = found.end()


class _Reader:
    """Reads the tokens of one band from the left."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = list(_tokens(text))
        self._at = 0
        self._units: list[str] = []

    def band(self) -> Band:
        parts: list[Interval] = []
        while self._kind():
            parts.append(self._part())
            while self._kind() in {"comma", "or"} and self._at + 1 < len(self._tokens):
                self._at += 1
        if not parts:
            raise self._unread()
        return Band(tuple(parts), tuple(dict.fromkeys(self._units)))

    def _part(self) -> Interval:
        if self._kind() == "number":
            low = (self._number(), -1)
            if self._kind() != "between":
                raise self._unread(": a number by itself is no band")
            self._at += 1
            return Interval(low, (self._number(), 1))
        first = self._bound()
        if self._kind() == "between":
            return self._closed(first)
        kept = self._at
        if self._kind() == "comma":
            self._at += 1
        if self._kind() == "sign":
            second = self._bound()
            if (first.low == LOWEST) == (second.low == LOWEST):
                raise self._unread(": two bounds on one side")
            return first.within(second)
        self._at = kept
        return first

    def _closed(self, first: Interval) -> Interval:
        """What a dash after a first bound closes: ``>78 -100`` with a number, ``>70 - <85`` with a second bound."""
        self._at += 1
        second = self._bound() if self._kind() == "sign" else Interval(high=(self._number(), 1))
        if first.low == LOWEST or second.high == HIGHEST:
            raise self._unread(": a dash goes from a lower bound to a higher one")
        return first.within(second)

    def _bound(self) -> Interval:
        sign = self._take("sign")
        sign = _SIGNS.get(sign, sign)
        minus = self._kind() == "between" and self._tokens[self._at].text != "to"
        if minus:
            self._at += 1
        number = self._number()
        number = -number if minus else number
        inclusive = sign.endswith("=")
        if sign.startswith(">"):
            return Interval(low=(number, -1 if inclusive else 1))
        return Interval(high=(number, 1 if inclusive else -1))

    def _number(self) -> Decimal:
        number = Decimal(self._take("number").replace(",", ""))
        if self._kind() == "unit":
            self._units.append(self._take("unit"))
        return number

    def _take(self, kind: str) -> str:
        if self._kind() != kind:
            raise self._unread()
        self._at += 1
        return self._tokens[self._at - 1].text

    def _kind(self) -> str:
        return self._tokens[self._at].kind if self._at < len(self._tokens) else ""

    def _unread(self, why: str = "") -> ValueError:
        return ValueError(f"{self._text!r} is no band such as '>70%, <85%'{why}")
