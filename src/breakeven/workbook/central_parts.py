"""The parts that every sheet is read with: whichever way a reader looks for one, it must find the same.

By relationship, as Excel does; by content type, as openpyxl looks for the list of sheets and the texts; or by its usual
name, as calamine looks for all three and openpyxl for the formats.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from breakeven.workbook.workbook_parts import Relationship, elements


@dataclass(frozen=True, slots=True)
class CentralPart:
    """What a part is for, and the three ways it is found."""

    purpose: str
    relationship: str
    content_type: str
    """How its content type ends."""
    usual_name: str


CENTRAL = (
    CentralPart("the list of sheets", "officeDocument", ".main+xml", "xl/workbook.xml"),
    CentralPart("the shared texts", "sharedStrings", ".sharedstrings+xml", "xl/sharedStrings.xml"),
    CentralPart("the number formats", "styles", ".styles+xml", "xl/styles.xml"),
)


def typed_parts(data: bytes) -> dict[str, str]:
    """By name, in small letters, the parts that [Content_Types].xml names and what it says they are."""
    said = (element.said for element in elements(data) if element.name == "Override")
    return {each.get("PartName", "").lstrip("/").casefold(): each.get("ContentType", "").casefold() for each in said}


def found_by_readers(
    central: CentralPart, names: Iterable[str], related: Sequence[Relationship], typed: Mapping[str, str]
) -> list[str]:
    """The parts, as the zip names them, that one reader or another takes for this one."""
    wanted = {link.target.casefold() for link in related if link.kind == central.relationship and not link.external}
    wanted |= {name for name, kind in typed.items() if kind.endswith(central.content_type)}
    wanted.add(central.usual_name.casefold())
    return [name for name in names if name.casefold().replace("\\", "/") in wanted]
