"""What a workbook's owner has locked: a sheet that is protected, or the list of its sheets."""

from collections.abc import Iterable

from breakeven.workbook.package import Package
from breakeven.workbook.xml_text import Node, UnsafeError

_TRUE = {"1", "true"}


def protected_sheets(package: Package, sheets: Iterable[str], *, adds_sheet: bool) -> tuple[str, ...]:
    """Which of some sheets are protected without a password: against a slip, so that they can be written to.

    adds_sheet: whether one is added to the workbook, which its own protection may forbid. Raises UnsafeError where
    there is a password: somebody has kept the right to change it to themselves.
    """
    book = package.document(package.main).root.first("workbookProtection")
    if adds_sheet and book is not None and book.said.get("lockStructure") in _TRUE and _has_password(book):
        raise UnsafeError(
            "a password keeps sheets from being added to the workbook: take its protection off in Excel (Review, "
            "Protect Workbook), run this again and put it back"
        )
    found: list[str] = []
    for sheet in dict.fromkeys(sheets):
        own = package.document(package.sheet_part(sheet)).root.first("sheetProtection")
        if own is None or own.said.get("sheet") not in _TRUE:
            continue
        if _has_password(own):
            raise UnsafeError(
                "the sheet is protected with a password: take that off in Excel (Review, Unprotect Sheet), run this "
                "again and put it back",
                sheet=sheet,
            )
        found.append(sheet)
    return tuple(found)


def _has_password(protection: Node) -> bool:
    """Whether a password is asked for, in the form of Excel 2013 or of the versions before it."""
    return any(protection.said.get(name) for name in ("hashValue", "password", "workbookHashValue", "workbookPassword"))
