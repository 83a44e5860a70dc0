"""A rule such as ``net = gross - (income + grants)`` or ``[Variance %] = 100*[Variance]/abs([Net])``, worked out."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Operator = Literal["+", "-", "*", "/"]
Interval = tuple[Decimal, Decimal]
_Weighed = tuple[dict[str, Decimal], Decimal]

_SIGNS = str.maketrans({"−": "-", "–": "-", "×": "*", "÷": "/"})
_NUMBER = re.compile(r"\d+(?:\.\d+)?(?![\w.])", re.ASCII)
_BARE = re.compile(r"[\w.-]+(?: [\w.]+)*")
_WORD = re.compile(r"[A-Za-z_][\w.]*", re.ASCII)


class RuleError(ValueError):
    """A rule that cannot be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number that the rule gives."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Named:
    """A row or column that the rule names."""

    name: str


@dataclass(frozen=True, slots=True)
class Absolute:
    """The size of something, without its sign."""

    of: "Expression"


@dataclass(frozen=True, slots=True)
class Both:
    """Two things and what is done with them."""

    left: "Expression"
    operator: Operator
    right: "Expression"


Expression = Number | Named | Absolute | Both


@dataclass(frozen=True, slots=True)
class Rule:
    """What is stated, and what it should come to."""

    text: str
    stated: Expression
    computed: Expression

    @property
    def total(self) -> str | None:
        """The one row or column that is stated; None where the rule holds two sums against each other."""
        return self.stated.name if isinstance(self.stated, Named) else None

    @property
    def names(self) -> tuple[str, ...]:
        """Every name in the rule, the total first."""
        return (*names_in(self.stated), *names_in(self.computed))


def read_rule(text: str, known: Collection[str]) -> Rule:
    """Read a rule, in which ``known`` are names of rows or columns; a rule may name others, too.

    A name with signs or brackets in it must stand in square brackets. Where the left side is no single name and the
    right is, the sides are taken the other way round. Raises RuleError.
    """
    reader = _Reader(text.translate(_SIGNS), sorted((name for name in known if name), key=len, reverse=True))
    left = reader.sum()
    if not reader.takes("=="):
        reader.expect("=")
    right = reader.sum()
    if not reader.at_end():
        raise RuleError(f"'{reader.rest()}' is not expected")
    if isinstance(right, Named) and not isinstance(left, Named):
        left, right = right, left
    return Rule(text, left, right)


def names_in(part: Expression) -> tuple[str, ...]:
    """Every name in an expression, in order."""
    match part:
        case Number():
            return ()
        case Named(name):
            return (name,)
        case Absolute(of):
            return names_in(of)
        case Both(left, _, right):
            return (*names_in(left), *names_in(right))


def weights(part: Expression) -> tuple[dict[str, Decimal], Decimal] | None:
    """How often each name counts and the number that is added, or None where the expression is no plain sum."""
    match part:
        case Number(value):
            return {}, value
        case Named(name):
            return {name: Decimal(1)}, Decimal(0)
        case Absolute():
            return None
        case Both(left, operator, right):
            a, b = weights(left), weights(right)
            return None if a is None or b is None else _both(a, operator, b)


def _both(a: _Weighed, operator: Operator, b: _Weighed) -> _Weighed | None:
    if operator in {"+", "-"}:
        sign = 1 if operator == "+" else -1
        names = dict.fromkeys((*a[0], *b[0]))
        added = {name: a[0].get(name, Decimal(0)) + sign * b[0].get(name, Decimal(0)) for name in names}
        return added, a[1] + sign * b[1]
    if operator == "/":
        return None if b[0] or not b[1] else _times(a, 1 / b[1])
    if b[0]:
        a, b = b, a
    return None if b[0] else _times(a, b[1])


def range_of(part: Expression, within: Callable[[str], Interval]) -> Interval:
    """The least and the most that an expression may come to, where each name lies within its own two amounts.

    Raises ZeroDivisionError where it may divide by nil.
    """
    match part:
        case Number(value):
            return value, value
        case Named(name):
            return within(name)
        case Absolute(of):
            low, high = range_of(of, within)
            least = Decimal(0) if low <= 0 <= high else min(abs(low), abs(high))
            return least, max(abs(low), abs(high))
        case Both(left, operator, right):
            a, b = range_of(left, within), range_of(right, within)
            if operator == "/" and b[0] <= 0 <= b[1]:
                raise ZeroDivisionError
            ends = [_ARITHMETIC[operator](x, y) for x in a for y in b]
            return min(ends), max(ends)


_ARITHMETIC: Mapping[Operator, Callable[[Decimal, Decimal], Decimal]] = {
    "+": lambda x, y: x + y,
    "-": lambda x, y: x - y,
    "*": lambda x, y: x * y,
    "/": lambda x, y: x / y,
}


def _times(a: _Weighed, by: Decimal) -> _Weighed:
    return {name: weight * by for name, weight in a[0].items()}, a[1] * by


class _Reader:
    """Reads a rule from left to right."""

    def __init__(self, text: str, known: list[str]) -> None:
        self._text = text
        self._known = known
        self._bare = [name for name in known if _BARE.fullmatch(name)]
        self._at = 0

    def rest(self) -> str:
        """What is still to be read."""
        return self._text[self._at :].strip()

    def at_end(self) -> bool:
        """Whether all is read."""
        return not self.rest()

    def takes(self, sign: str) -> bool:
        """Read past a sign, if it is what comes next."""
        while self._text[self._at : self._at + 1].isspace():
            self._at += 1
        if not self._text.startswith(sign, self._at):
            return False
        self._at += len(sign)
        return True

    def expect(self, sign: str) -> None:
        """Read past a sign that must come next."""
        if not self.takes(sign):
            raise RuleError(f"'{sign}' is expected before '{self.rest()}'" if self.rest() else f"'{sign}' is missing")

    def sum(self) -> Expression:
        """Read terms that are added or taken off."""
        found = self._product()
        while True:
            if self.takes("+"):
                found = Both(found, "+", self._product())
            elif self.takes("-"):
                found = Both(found, "-", self._product())
            else:
                return found

    def _product(self) -> Expression:
        found = self._signed()
        while True:
            if self.takes("*"):
                found = Both(found, "*", self._signed())
            elif self.takes("/"):
                found = Both(found, "/", self._signed())
            else:
                return found

    def _signed(self) -> Expression:
        less = False
        while True:
            if self.takes("-"):
                less = not less
            elif not self.takes("+"):
                break
        found = self._single()
        return Both(Number(Decimal(0)), "-", found) if less else found

    def _single(self) -> Expression:
        if self.takes("("):
            found = self.sum()
            self.expect(")")
            return found
        if self.takes("["):
            return self._in_square_brackets()
        for name in self._bare:
            if self._text.startswith(name, self._at) and not self._goes_on(self._at + len(name)):
                self._at += len(name)
                return Named(name)
        if number := _NUMBER.match(self._text, self._at):
            self._at = number.end()
            return Number(Decimal(number[0]))
        word = _WORD.match(self._text, self._at)
        if not word:
            raise RuleError(f"a name is expected before '{self.rest()}'" if self.rest() else "a name is missing")
        self._at = word.end()
        if word[0].casefold() == "abs" and self.takes("("):
            found = self.sum()
            self.expect(")")
            return Absolute(found)
        return Named(word[0])

    def _in_square_brackets(self) -> Named:
        for name in self._known:  # a heading may itself hold square brackets
            if self._text.startswith(name + "]", self._at):
                self._at += len(name) + 1
                return Named(name)
        end = self._text.find("]", self._at)
        if end < 0:
            raise RuleError("']' is missing")
        name, self._at = self._text[self._at : end].strip(), end + 1
        return Named(name)

    def _goes_on(self, at: int) -> bool:
        after = self._text[at : at + 1]
        return after.isalnum() or after == "_"
