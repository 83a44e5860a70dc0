"""One strict grammar for what a cell may hold. Anything else is a finding; nothing is guessed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from breakeven.findings import visible
from breakeven.money import PENNY
from breakeven.periods import Year, parse_period

EXCEL_ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!", "#CALC!"})

EXCEL_DIGITS = 15
"""Excel keeps and shows fifteen significant digits; what a float holds beyond them is noise."""

PLAIN_DIGITS = 12
"""Significant digits up to which what comes after noughts is noise in any figure: 12.345000000000001 thousand pounds
are 12,345. A third, say, has digits all the way, and keeps them."""

LARGEST = Decimal(10) ** 12
"""A million million pounds: no amount of one body is larger, and int64 pence hold it with room to add."""

_MINUS = str.maketrans({"\u2212": "-", "\u2013": "-", "\u2012": "-", "\ufe63": "-", "\uff0d": "-"})
_DASHES = _MINUS | str.maketrans({"\u2014": "-", "\u2015": "-"})
"""Beside the minus signs, dashes that stand for nil alone, never before a number."""
_SWAPPED = str.maketrans(",.", ".,")
_SPACES = re.compile(r"[\u00a0\u202f\u2009 ]+")
_NUMBER = r"(?:\d{1,3}(?:[, ]\d{3})+|\d+)(?:\.\d+)?"
_AMOUNT = re.compile(
    rf"(?P<bracket>\()? ?(?P<sign>-)? ?£? ?(?P<sign2>-)? ?(?P<number>{_NUMBER}) ?(?P<after>-)? ?(?(bracket)\))",
    re.ASCII,  # \d would match the digits of other scripts, too
)
_TIME = r"(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?"
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})" + _TIME, re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})" + _TIME, re.ASCII)
_MONTH_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ -]([a-z]{3,9})[ ,-]+(\d{4})" + _TIME, re.ASCII | re.IGNORECASE)
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_FIRST_DATE = date(1900, 3, 1)
"""Excel counts a 29 February 1900 that never was, so that readers differ on every day before this."""
_DAY_NUMBERS = range(36_526, 73_051)
"""Day numbers from 2000 to 2099: what a date without its format looks like."""
_NO_CHARACTER = "\ufffd"
"""Put for U+0000, which a workbook can spell and no text has."""
_WHOLE_FLOATS = 2**53
_YES = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}


class UnreadableError(ValueError):
    """A cell that holds something its column does not allow; ``code`` is the finding's code."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def quoted(value: object) -> str:
    """A cell's content for a message: safe to show, and cut where it is long."""
    text = visible(str(value))
    return f"'{text[:60]}…'" if len(text) > 60 else f"'{text}'"


def is_blank(value: object) -> bool:
    """Whether a cell holds nothing: no value, or only spaces."""
    return value is None or (isinstance(value, str) and not value.strip())


def from_float(value: float) -> Decimal:
    """The decimal that a float stands for: the shortest that gives the same float, less Excel's noise.

    Raises UnreadableError for NaN and infinity.
    """
    exact = Decimal(repr(value))
    if not exact.is_finite():
        raise UnreadableError("amount-not-a-number", f"expected an amount, found {value}")
    if exact.as_tuple().exponent < -2:  # pyright: ignore[reportOperatorIssue]  (finite, so a number)
        at_excel_precision = Decimal(f"{value:.{EXCEL_DIGITS}g}")
        digits = len(at_excel_precision.normalize().as_tuple().digits)
        if at_excel_precision == at_excel_precision.quantize(PENNY) or digits <= PLAIN_DIGITS:
            return at_excel_precision
    return exact


def parse_amount_text(text: str, *, decimal_comma: bool = False) -> Decimal | None:
    """Read ``£1,234.50``, ``(1,234.50)``, ``1,234.50-`` or ``−1 234.50``; None where it is anything else.

    Brackets and a minus sign say the same, so only one of them may stand. ``decimal_comma`` reads ``1.234,50``.
    """
    plain = _SPACES.sub(" ", text.translate(_MINUS)).strip()
    if decimal_comma:
        plain = plain.translate(_SWAPPED)
    found = _AMOUNT.fullmatch(plain)
    if not found:
        return None
    signs = sum(found[name] is not None for name in ("bracket", "sign", "sign2", "after"))
    if signs > 1 or ("," in found["number"] and " " in found["number"]):
        return None
    number = Decimal(found["number"].replace(",", "").replace(" ", ""))
    return -number if signs else number


@dataclass(frozen=True, slots=True)
class NumberRules:
    """What a layout lets a number's cell hold beside a number."""

    text_allowed: bool = True
    decimal_comma: bool = False
    missing: frozenset[str] = frozenset()
    """Words, lower case, that say the figure is not there."""
    nil: frozenset[str] = frozenset({"-"})
    optional: bool = False


def read_number(value: object, rules: NumberRules) -> Decimal | None:
    """Read a number as it stands; None where the rules let it be missing. Raises UnreadableError otherwise."""
    if is_blank(value):
        if rules.optional:
            return None
        raise UnreadableError("amount-blank", "no amount; type 0 if it is nil")
    if isinstance(value, str):
        return _number_from_text(value, rules)
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise UnreadableError("amount-not-a-number", f"expected an amount, found {quoted(value)}")
    number = from_float(value) if isinstance(value, float) else Decimal(value)
    if abs(number) >= LARGEST:
        raise UnreadableError("amount-not-a-number", f"no amount is as large as {value}")
    return number


def _number_from_text(text: str, rules: NumberRules) -> Decimal | None:
    word = text.strip().casefold()
    if word.upper() in EXCEL_ERRORS:
        raise UnreadableError("cell-error", f"the cell holds the Excel error {text.strip()}")
    if word in rules.missing:
        if rules.optional:
            return None
        raise UnreadableError("amount-blank", f"{quoted(text)} says the amount is missing")
    if word.translate(_DASHES) in rules.nil:
        return Decimal(0)
    number = parse_amount_text(text, decimal_comma=rules.decimal_comma)
    if number is None or abs(number) >= LARGEST:
        raise UnreadableError("amount-not-a-number", f"expected an amount, found {quoted(text)}")
    if not rules.text_allowed:
        raise UnreadableError(
            "amount-as-text", f"the amount {quoted(text)} is stored as text, which Excel's own sums leave out"
        )
    return number


def read_count(value: object, rules: NumberRules) -> int | None:
    """Read a whole number. Raises UnreadableError as read_number does, and for a part."""
    number = read_number(value, rules)
    if number is None:
        return None
    if number != number.to_integral_value():
        raise UnreadableError("amount-not-a-number", f"expected a whole number, found {number}")
    return int(number)


def read_date(value: object) -> date:
    """Read a date cell, or text as ``31/03/2024`` (day first), ``31 March 2024`` or ``2024-03-31``.

    Raises UnreadableError.
    """
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date) and value >= _FIRST_DATE:
        return value
    if isinstance(value, str) and (day := _date_from_text(value.strip())):
        return day
    found = "nothing" if is_blank(value) else quoted(value)
    raise UnreadableError("date-not-a-date", f"expected a date such as 31/03/2024, found {found}{_date_hint(value)}")


def _date_from_text(text: str) -> date | None:
    try:
        if found := _ISO.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _DAY_FIRST.fullmatch(text):
            return date(int(found[3]), int(found[2]), int(found[1]))
        if found := _MONTH_NAMED.fullmatch(text):
            name = found[2].lower()
            months = [n for n, month in enumerate(_MONTHS, start=1) if name in {month, month[:3], month[:4]}]
            return date(int(found[3]), months[0], int(found[1])) if months else None
    except ValueError:
        pass
    return None


def _date_hint(value: object) -> str:
    """What a cell that is no date may have been meant for: said, not guessed."""
    if isinstance(value, str) and (found := _DAY_FIRST.fullmatch(value.strip())):
        day, month = int(found[2]), int(found[1])
        if month <= 12 < day <= 31:
            return "; it is written month first, so every date stored as text on this sheet is in doubt"
    if isinstance(value, int | float) and not isinstance(value, bool) and int(value) in _DAY_NUMBERS:
        day_1900 = date(1899, 12, 30) + timedelta(int(value))
        return f", a number: give the cell a date format, if {day_1900:%d/%m/%Y} is meant"
    return ""


def read_year(value: object) -> Year:
    """Read a contract year such as 2023-24. Raises UnreadableError."""
    try:
        return Year.parse(str(value))
    except ValueError as error:
        raise UnreadableError("row-invalid", str(error)) from None


def read_period(value: object) -> int:
    """Read a period such as P09. Raises UnreadableError."""
    try:
        return parse_period(str(value))
    except ValueError as error:
        raise UnreadableError("row-invalid", str(error)) from None


def read_yes_no(value: object) -> bool:
    """Read yes or no, or a TRUE or FALSE cell. Raises UnreadableError."""
    answer = value if isinstance(value, bool) else _YES.get(str(value).strip().lower())
    if answer is None:
        raise UnreadableError("row-invalid", f"expected yes or no, found {quoted(value)}")
    return answer


def read_text(value: object) -> str:
    """Read a name or a code. Codes stay text; a code stored as a number loses nothing but its form."""
    if value is None:
        return ""
    if isinstance(value, int) and abs(value) > _WHOLE_FLOATS:
        value = float(value)  # which is all that Excel keeps of it, whatever the file says
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    return str(value).replace("\0", _NO_CHARACTER).strip()


def read_word(value: object, choices: Sequence[str], *, optional: bool) -> str:
    """Read a name, a code or one of some words, which are matched without case. Raises UnreadableError."""
    text = read_text(value)
    if isinstance(value, str) and text and optional and not choices:
        # a description is kept as it stands, a tab before it too
        text = value.replace("\0", _NO_CHARACTER).strip(" \u00a0\r\n")
    if not text and not optional:
        raise UnreadableError("text-blank", "the cell is blank")
    if text in EXCEL_ERRORS:
        raise UnreadableError("cell-error", f"the cell holds the Excel error {text}")
    if not choices:
        return text
    for choice in choices:
        if text.casefold() == choice.casefold():
            return choice
    options = ", ".join(choice for choice in choices if choice)
    raise UnreadableError("row-invalid", f"expected one of {options}; found {quoted(text)}")
