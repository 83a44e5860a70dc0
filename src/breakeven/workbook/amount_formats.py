"""What a number format makes of an amount: another currency, a percentage, thousands, nothing at all.

What is read is always the number beneath; a format that makes it look like another is said, and one that cannot be
told from a unit is refused.
"""

import re

from breakeven.workbook.units import CURRENCY

_LITERAL = re.compile(r'"([^"]*)"|\\(.)')
_NO_TEXT = re.compile(r"\[[^\]]*\]|[_*].")
"""Colours, conditions and locales; the width of a letter, and letters that fill a cell."""
_CURRENCY_SIGN = re.compile(r"\[\$([^\]-]+)")
_SCALED = re.compile(r"[0#?],+(?![0#?,])")
_MAGNITUDE = re.compile(r"\s*(?:k|m|mn|bn|tn|,?000s?|thousands?|millions?)\s*\Z", re.IGNORECASE)
_NEGATIVE = re.compile(r"-\s*¤?£?\s*[#0?]|[#0?]\s*-|\([^)]*[#0?]")
_OURS = {"£", "gbp"}


def told_of_amount(code: str, unit: str = "£", *, is_said: bool = False) -> tuple[str, str] | None:
    """A finding's code and words for the format of an amount; None where it shows the amount as it is read.

    unit: what the column's amounts are read in, which a format in thousands as well would put in doubt, unless
    is_said: the layout says it.
    """
    if code.replace(" ", "") == ";;;":
        return "amount-format", "a format hides the amount; it is read"
    sign = next((found.strip() for found in _CURRENCY_SIGN.findall(code) if found.strip()), "")
    bare = _NO_TEXT.sub("", code)
    literals = ["".join(found) for found in _LITERAL.findall(bare)]
    plain = _LITERAL.sub("", bare)
    words = CURRENCY.search(" ".join([plain, *literals]))
    if (sign and sign.casefold() not in _OURS) or words:
        return "amount-currency", f"the amount is shown in {sign or (words[0] if words else '')}, not pounds"
    return _of_number(plain, literals, unit, is_said=is_said)


def _of_number(plain: str, literals: list[str], unit: str, *, is_said: bool) -> tuple[str, str] | None:
    beside = next((text.strip() for text in literals if re.search(r"[^\W_]", text)), "")
    beside = "" if beside.casefold() in _OURS else beside
    if unit != "£" and not is_said and _SCALED.search(plain):
        message = f"amounts are read in {unit}, and this one is shown in thousands besides; say the unit in the layout"
        return "unit-unclear", message
    if unit == "£" and not is_said and _MAGNITUDE.match(beside) and not _SCALED.search(plain):
        return "unit-unclear", f"the amount is shown with {beside!r} after it, which the number beneath is not worth"
    shown = _shown(plain, beside)
    return ("amount-format", f"the amount is shown {shown}; it is read as the number beneath") if shown else None


def _shown(plain: str, beside: str) -> str:
    if _SCALED.search(plain):
        return "in thousands or millions"
    if "%" in plain:
        return "as a percentage"
    if beside:
        return f"with {beside!r} beside it"
    return "as negative where it is positive" if _NEGATIVE.search(plain.split(";", maxsplit=1)[0]) else ""
