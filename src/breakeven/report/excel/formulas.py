"""The formulas of the workbook, worked out in exact decimals: what a cell shows before Excel has opened it.

A formula is written once for a whole row or column. In its template ``@`` is this column, ``~`` the one before it and
``#`` this row: ``IF(@12<>"",@12,~14*@$4)``. It takes the few functions that the workbook uses, and works them out as
Excel does, save that no binary fraction is in it.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Protocol

from breakeven.report.excel.cells import Value, letter, number_of
from breakeven.report.excel.functions import (
    OF_RANGES,
    OF_VALUES,
    FormulaError,
    Result,
    Values,
    as_text,
    compared,
    is_true,
    number,
)


class Sums(Protocol):
    """What knows the value of every cell and of every defined name."""

    def value(self, sheet: str, row: int, column: int) -> Value:
        """The value of one cell."""
        ...

    def named(self, name: str) -> Value:
        """The value of a cell with a defined name."""
        ...


@dataclass(frozen=True, slots=True)
class At:
    """Where a formula stands, and what it can ask."""

    sums: Sums
    sheet: str
    row: int
    column: int


Node = Callable[[At], Result]
Range = Callable[[At], Values]


def written(template: str, row: int, column: int) -> str:
    """A template as Excel writes it in one cell."""
    before = letter(column - 1) if column > 1 else ""
    return template.replace("@", letter(column)).replace("~", before).replace("#", str(row))


_TOKEN = re.compile(
    r"""\s*(?:(?P<number>\d+(?:\.\d+)?)|"(?P<text>[^"]*)"
    |(?P<ref>(?:(?:'(?P<quoted>[^']+)'|(?P<plain>[A-Za-z_]\w*))!)?
      \$?(?P<column>[A-Z]{1,3}|[@~])\$?(?P<row>\d+|\#)(?::\$?(?P<last_column>[A-Z]{1,3}|[@~])\$?(?P<last_row>\d+|\#))?)
      (?![\w(])
    |(?P<name>[A-Za-z_][\w.]*)|(?P<sign><>|<=|>=|[-+*/&=<>(),]))""",
    re.VERBOSE,
)


@lru_cache(maxsize=20_000)
def compiled(template: str) -> Node:
    """A template as a function of where it stands. Raises FormulaError where it is not understood."""
    reader = _Reader(template)
    node = reader.comparison()
    if reader.left:
        raise FormulaError(f"not understood in {template!r}: {reader.left[0].group()}")
    return node


class _Reader:
    """Reads one template, left to right."""

    def __init__(self, template: str) -> None:
        self.template = template
        self.left = list(_tokens(template))

    def _sign(self, *signs: str) -> str | None:
        if self.left and self.left[0]["sign"] in signs:
            return self.left.pop(0)["sign"]
        return None

    def comparison(self) -> Node:
        first = self._joined()
        while sign := self._sign("=", "<>", "<", ">", "<=", ">="):
            first = _compare(sign, first, self._joined())
        return first

    def _joined(self) -> Node:
        first = self._sum()
        while self._sign("&"):
            first = _join(first, self._sum())
        return first

    def _sum(self) -> Node:
        first = self._product()
        while sign := self._sign("+", "-"):
            first = _arithmetic(sign, first, self._product())
        return first

    def _product(self) -> Node:
        first = self._single()
        while sign := self._sign("*", "/"):
            first = _arithmetic(sign, first, self._single())
        return first

    def _single(self) -> Node:
        if self._sign("-"):
            negative = self._single()
            return lambda at: -number(negative(at))
        if self._sign("("):
            inner = self.comparison()
            self._end()
            return inner
        token = self.left.pop(0)
        if token["number"] or token["text"] is not None:
            return _constant(Decimal(token["number"]) if token["number"] else token["text"])
        if token["ref"]:
            return _cell(token)
        if token["name"] and self._sign("("):
            return self._call(token["name"].removeprefix("_xlfn."))
        name = token["name"]
        return lambda at: at.sums.named(name)

    def _end(self) -> None:
        if not self._sign(")"):
            raise FormulaError(f"a bracket is not closed in {self.template!r}")

    def _call(self, name: str) -> Node:
        arguments: list[Node] = []
        ranges: list[Range] = []
        while not self._sign(")"):
            token = self.left[0]
            if token["ref"] and token["last_row"]:
                self.left.pop(0)
                ranges.append(_range(token))
                arguments.append(_constant(None))
            else:
                arguments.append(self.comparison())
                ranges.append(_alone(arguments[-1]))
            self._sign(",")
        if name in OF_RANGES:
            return _of_ranges(OF_RANGES[name], ranges)
        return _of_values(name, arguments)


def _tokens(template: str) -> "Iterator[re.Match[str]]":
    place = 0
    while place < len(template):
        found = _TOKEN.match(template, place)
        if found is None:
            raise FormulaError(f"not understood in {template!r}: {template[place:]}")
        place = found.end()
        yield found


def _constant(value: Value) -> Node:
    return lambda _at: value


def _alone(node: Node) -> Range:
    def found(at: At) -> Values:
        value = node(at)
        return [Decimal(value) if isinstance(value, bool) else value]

    return found


def _column(said: str) -> Callable[[At], int]:
    if said in "@~":
        back = int(said == "~")
        return lambda at: at.column - back
    fixed = number_of(said)
    return lambda _at: fixed


def _row(said: str) -> Callable[[At], int]:
    if said == "#":
        return lambda at: at.row
    fixed = int(said)
    return lambda _at: fixed


def _cell(token: "re.Match[str]") -> Node:
    sheet, column, row = token["quoted"] or token["plain"], _column(token["column"]), _row(token["row"])
    return lambda at: at.sums.value(sheet or at.sheet, row(at), column(at))


def _range(token: "re.Match[str]") -> Range:
    sheet = token["quoted"] or token["plain"]
    first, last = _column(token["column"]), _column(token["last_column"])
    top, bottom = _row(token["row"]), _row(token["last_row"])

    def found(at: At) -> Values:
        columns, of = range(first(at), last(at) + 1), sheet or at.sheet
        return [at.sums.value(of, row, column) for row in range(top(at), bottom(at) + 1) for column in columns]

    return found


def _arithmetic(sign: str, left: Node, right: Node) -> Node:
    if sign == "+":
        return lambda at: number(left(at)) + number(right(at))
    if sign == "-":
        return lambda at: number(left(at)) - number(right(at))
    if sign == "*":
        return lambda at: number(left(at)) * number(right(at))

    def divided(at: At) -> Result:
        by = number(right(at))
        if not by:
            raise FormulaError("a division by nil")
        return number(left(at)) / by

    return divided


def _join(left: Node, right: Node) -> Node:
    return lambda at: as_text(left(at)) + as_text(right(at))


def _compare(sign: str, left: Node, right: Node) -> Node:
    return lambda at: compared(sign, left(at), right(at))


def _if(arguments: Sequence[Node]) -> Node:
    test, then, other = arguments
    return lambda at: then(at) if is_true(test(at)) else other(at)


def _of_values(name: str, arguments: Sequence[Node]) -> Node:
    if name == "IF":
        return _if(arguments)
    if name == "AND":
        return lambda at: all(list(map(is_true, _each(arguments, at))))
    if name == "OR":
        return lambda at: any(list(map(is_true, _each(arguments, at))))
    simple = OF_VALUES.get(name)
    if simple is None:
        raise FormulaError(f"no function {name} is used here")
    return lambda at: simple(*(each(at) for each in arguments))


def _each(arguments: Sequence[Node], at: At) -> Iterator[Result]:
    return (each(at) for each in arguments)


def _of_ranges(function: Callable[..., Value], ranges: Sequence[Range]) -> Node:
    return lambda at: function(*(each(at) for each in ranges))
