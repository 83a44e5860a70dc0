"""Names that a workbook gives to cells of another, so that a formula may take a figure from there without saying so."""

import re
from xml.parsers import expat

from breakeven.workbook.sheet_scan import EXTERNAL, feed_expat, refuse_doctype

_SEP = "\x01"


def names_of_others(data: bytes) -> tuple[str, ...]:
    """The names in workbook.xml that lead to another workbook, by themselves or by another such name."""
    meant = {name: text for name, text in _defined(data) if name}
    found: dict[str, None] = {}
    while more := [
        name for name, text in meant.items() if name not in found and leads_outside(tuple(found)).search(text)
    ]:
        found.update(dict.fromkeys(more))
    return tuple(found)


def leads_outside(names: tuple[str, ...]) -> re.Pattern[str]:
    """What in a formula takes a figure from another workbook: a reference to one, or one of the names."""
    if not names:
        return EXTERNAL
    words = "|".join(map(re.escape, names))
    return re.compile(rf"{EXTERNAL.pattern}|(?<![\w.\\'\"])(?:{words})(?![\w.\\(!'\"])", re.IGNORECASE)


def _defined(data: bytes) -> list[tuple[str, str]]:
    """Each name defined, and the text of what it means."""
    found: list[tuple[str, str]] = []
    name, pieces = "", list[str]()

    def start(element: str, attributes: dict[str, str]) -> None:
        nonlocal name
        if element.rpartition(_SEP)[2] == "definedName":
            name = attributes.get("name", "")
            pieces.clear()

    def end(element: str) -> None:
        if element.rpartition(_SEP)[2] == "definedName":
            found.append((name, "".join(pieces)))

    parser = expat.ParserCreate(namespace_separator=_SEP)
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = pieces.append
    parser.StartDoctypeDeclHandler = refuse_doctype
    feed_expat(parser, data, final=True)
    return found
