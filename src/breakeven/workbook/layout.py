"""Where records are read from: workbook, sheet and headings, as data a user can change."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class TableLayout:
    """One table: where it is, the headings each field is known by, and the column counted in and out."""

    name: str
    workbook: str
    """Blank for a table that any workbook may hold."""
    sheet: str
    principal: str
    columns: Mapping[str, tuple[str, ...]]
    text_amounts: bool = False
    """Whether amounts stored as text are read by the amount grammar rather than refused."""

    def changed(
        self,
        *,
        workbook: str | None,
        sheet: str | None,
        columns: Mapping[str, tuple[str, ...]],
        text_amounts: bool | None,
    ) -> "TableLayout":
        """This layout with what a user says of it; a user's headings are tried before ours."""
        return replace(
            self,
            workbook=workbook or self.workbook,
            sheet=sheet or self.sheet,
            text_amounts=self.text_amounts if text_amounts is None else text_amounts,
            columns={field: (*columns.get(field, ()), *headings) for field, headings in self.columns.items()},
        )


Layout = Mapping[str, TableLayout]


@cache
def default_layout() -> Layout:
    """The layout of ``layout.toml``, which a folder's own settings overlay."""
    text = resources.files("breakeven.workbook").joinpath("layout.toml").read_text(encoding="utf-8")
    return {
        name: TableLayout(
            name=name,
            workbook=table.get("workbook", ""),
            sheet=table["sheet"],
            principal=table["principal"],
            columns={field: tuple(headings) for field, headings in table["columns"].items()},
        )
        for name, table in tomllib.loads(text).items()
    }


def heading_key(text: object) -> str:
    """A heading as it is compared: without case, spaces or punctuation. ``Cost centre`` is ``costcentre``."""
    return re.sub(r"[\W_]+", "", str(text)).casefold() if text is not None else ""
