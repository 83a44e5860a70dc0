"""The shape of a text in a workbook's XML on which all readers agree: one ``<t>``, or runs with one ``<t>`` each.

In ``<is><x><t>a</t></x><t>b</t></is>`` python-calamine reads ab and openpyxl b; of a run before a ``<t>`` one reads the
two in their order and the other not (each tried).
"""


class TextShape:
    """Told each element that starts within one text, says whether readers may differ on it."""

    __slots__ = ("_has_run_text", "_parents", "_seen", "is_odd")

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """A new text."""
        self.is_odd = False
        self._seen = ""
        self._has_run_text = False
        self._parents: list[str] = []

    def start(self, name: str, depth: int, *, is_ours: bool) -> None:
        """An element starts so many steps below the text. is_ours: it is of the spreadsheet's name space."""
        del self._parents[depth - 1 :]
        if "t" in self._parents or (not is_ours and name in {"t", "r", "rPh"}):
            self.is_odd = True
        elif depth == 1 and name in {"t", "r"}:
            self.is_odd |= self._seen == "t" or (self._seen == "r" and name == "t")
            self._seen = name
            self._has_run_text = False
        elif name == "t" and self._parents == ["r"]:
            self.is_odd |= self._has_run_text
            self._has_run_text = True
        elif name == "t" and self._parents != ["rPh"]:
            self.is_odd = True
        self._parents.append(name)
