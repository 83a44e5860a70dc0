"""The workbook of a pack as a file."""

from breakeven.report.excel.write import workbook_bytes
from breakeven.report.pack import Pack


def xlsx_files(pack: Pack) -> dict[str, bytes]:
    """The plan as a workbook with live formulas. Raises WorkbookDiffersError as ``workbook_bytes`` does."""
    return {f"{pack.name}.xlsx": workbook_bytes(pack.end)}
