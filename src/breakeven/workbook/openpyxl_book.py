"""A workbook opened by openpyxl, its texts left as they are written, for ``unescaped`` to read.

Excel writes a character that XML cannot hold as ``_x000D_``, and what happens to look like that as ``_x005F_x000D_``.
openpyxl drops each ``x005F_`` and leaves the rest; calamine reads both as Excel does.
"""

import re
from typing import IO, Any

from openpyxl.cell.text import Text
from openpyxl.reader.excel import ExcelReader
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

_STRING = f"{{{SHEET_MAIN_NS}}}si"
_ESCAPED = re.compile(r"_x(?![dD][89a-fA-F])([0-9a-fA-F]{4})_", re.ASCII)
"""A character by its number; half a pair stands for none."""


def unescaped(text: str) -> str:
    """A text as Excel shows it."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def open_workbook(data: IO[bytes]) -> Any:
    """A workbook of which only values will be read."""
    reader = _Reader(data, read_only=True, data_only=True, keep_links=False)
    reader.read()
    return reader.wb


class _Reader(ExcelReader):
    def read_strings(self) -> None:
        package: Any = self.package
        found = package.find(SHARED_STRINGS)
        if found is None:
            return
        with self.archive.open(found.PartName[1:]) as source:
            for _, node in iterparse(source):
                if node.tag == _STRING:
                    self.shared_strings.append(_written(Text.from_tree(node)))
                    node.clear()


def _written(text: Any) -> str:
    """A text that is ``unescaped`` to what its runs, each by itself, are."""
    shown = "".join(unescaped(piece) for piece in (text.t, *(run.t for run in text.r)) if piece)
    return shown.replace("_x", "_x005F_x") if _ESCAPED.search(shown) else shown
