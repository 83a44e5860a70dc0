"""The functions of the workbook's formulas, as Excel has them, in exact decimals."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, ROUND_UP, Decimal

from breakeven.report.excel.cells import Value, day_of, serial

Result = Value | bool
Values = list[Value]


class FormulaError(ValueError):
    """A formula that cannot be worked out: a text among numbers, or a division by nil."""


def number(value: Result) -> Decimal:
    """A value among numbers: a blank cell is nil, a text is an error."""
    if isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, Decimal):
        return value
    if value is None:
        return Decimal(0)
    raise FormulaError(f"{value!r} is no number")


def as_text(value: Result) -> str:
    """A value as a text joins it."""
    return "" if value is None else value if isinstance(value, str) else f"{number(value).normalize():f}"


def compared(sign: str, a: Result, b: Result) -> bool:
    """Whether a comparison holds: texts by their letters, large or small, and a blank as nil or as no text."""
    if isinstance(a, str) or isinstance(b, str):
        same = _is_text(a) and _is_text(b) and as_text(a).casefold() == as_text(b).casefold()
        if sign in {"=", "<>"}:
            return same == (sign == "=")
        raise FormulaError(f"{a!r} and {b!r} have no order here")
    x, y = number(a), number(b)
    return {"=": x == y, "<>": x != y, "<": x < y, ">": x > y, "<=": x <= y, ">=": x >= y}[sign]


def _is_text(value: Result) -> bool:
    return value is None or isinstance(value, str)


def is_true(value: Result) -> bool:
    """Whether a test holds: a number does where it is not nil."""
    return value if isinstance(value, bool) else bool(number(value))


def rounded(value: Decimal, places: int, rounding: str = ROUND_HALF_UP) -> Decimal:
    """As Excel rounds: halves away from zero."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=rounding)


def _date(year: Decimal, month: Decimal, day: Decimal) -> Decimal:
    years, months = divmod(int(month) - 1, 12)
    return serial(date(int(year) + years, months + 1, 1)) + day - 1


def _round(x: Result, places: Result) -> Result:
    return rounded(number(x), int(number(places)))


def _round_up(x: Result, places: Result) -> Result:
    return rounded(number(x), int(number(places)), ROUND_UP)


def _mod(x: Result, y: Result) -> Result:
    return Decimal(int(number(x)) % int(number(y)))


def _date_of(year: Result, month: Result, day: Result) -> Result:
    return _date(number(year), number(month), number(day))


def _abs(x: Result) -> Result:
    return abs(number(x))


def _not(x: Result) -> Result:
    return not is_true(x)


def _is_number(x: Result) -> Result:
    return isinstance(x, Decimal)


def _year(x: Result) -> Result:
    return Decimal(day_of(number(x)).year)


def _month(x: Result) -> Result:
    return Decimal(day_of(number(x)).month)


def _left(x: Result, count: Result) -> Result:
    return as_text(x)[: int(number(count))]


def _value(x: Result) -> Result:
    return Decimal(as_text(x))


OF_VALUES: dict[str, Callable[..., Result]] = {
    "ROUND": _round,
    "ROUNDUP": _round_up,
    "ABS": _abs,
    "MOD": _mod,
    "NOT": _not,
    "ISNUMBER": _is_number,
    "DATE": _date_of,
    "YEAR": _year,
    "MONTH": _month,
    "LEFT": _left,
    "VALUE": _value,
}
"""Functions of single values."""


def _numbers(ranges: Sequence[Values]) -> list[Decimal]:
    return [value for values in ranges for value in values if isinstance(value, Decimal)]


def _sum(*ranges: Values) -> Value:
    return sum(_numbers(ranges), Decimal(0))


def _matching(pairs: Sequence[Values]) -> list[bool]:
    """Which places fit every criterion. pairs: a range, its criterion, the next range and so on."""
    fits = [True] * len(pairs[0])
    for values, (criterion,) in zip(pairs[::2], pairs[1::2], strict=True):
        found = re.fullmatch(r"(<=|>=|<>|<|>)(-?[\d.]+)", criterion) if isinstance(criterion, str) else None
        if found:
            sign, by = found[1], Decimal(found[2])
            fits = [
                fit and isinstance(v, Decimal) and compared(sign, v, by) for fit, v in zip(fits, values, strict=True)
            ]
        else:
            fits = [fit and v is not None and compared("=", v, criterion) for fit, v in zip(fits, values, strict=True)]
    return fits


def _picked(values: Values, pairs: Sequence[Values]) -> list[Decimal]:
    return _numbers([[value for value, fits in zip(values, _matching(pairs), strict=True) if fits]])


def _index(values: Values, *places: Values) -> Value:
    found = values[int(number(places[-1][0])) - 1]
    return Decimal(0) if found is None else found


def _match(wanted: Values, values: Values, _exact: Values) -> Value:
    for place, value in enumerate(values, start=1):
        if value is not None and compared("=", value, wanted[0]):
            return Decimal(place)
    raise FormulaError(f"{wanted[0]!r} is not in the list")


def _sum_of_picked(values: Values, *pairs: Values) -> Value:
    return sum(_picked(values, pairs), Decimal(0))


def _most_of_picked(values: Values, *pairs: Values) -> Value:
    return max(_picked(values, pairs), default=Decimal(0))


OF_RANGES: dict[str, Callable[..., Value]] = {
    "SUM": _sum,
    "COUNT": lambda *ranges: Decimal(len(_numbers(ranges))),
    "COUNTA": lambda *ranges: Decimal(sum(value is not None for values in ranges for value in values)),
    "MIN": lambda *ranges: min(_numbers(ranges), default=Decimal(0)),
    "MAX": lambda *ranges: max(_numbers(ranges), default=Decimal(0)),
    "SUMIFS": _sum_of_picked,
    "MAXIFS": _most_of_picked,
    "COUNTIFS": lambda *pairs: Decimal(sum(_matching(pairs))),
    "INDEX": _index,
    "MATCH": _match,
}
"""Functions of ranges, each a list of values; a single value is a range of one."""
