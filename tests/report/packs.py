"""The example's pack, and a page of HTML read again: its tables by name, cell by cell."""

from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser

from breakeven.pipeline import year_end
from breakeven.report.html.page import html_page
from breakeven.report.pack import Pack, make_pack
from breakeven.report.section import Chart
from commands import EXAMPLE


@lru_cache(maxsize=1)
def example_pack() -> Pack:
    return make_pack(year_end.work_out(year_end.load(EXAMPLE)))


def chart_called(name: str) -> Chart:
    return next(each for part in example_pack().sections for each in part.charts if each.data.id == name)


@lru_cache(maxsize=1)
def example_page() -> str:
    return html_page(example_pack()).decode()


Attributes = dict[str, str | None]


@dataclass
class Table:
    """A table as a reader finds it: its caption, headings, and each row's label and cells with the figures' ids."""

    caption_id: str = ""
    headings: list[str] = field(default_factory=list[str])
    rows: list[tuple[str, list[str]]] = field(default_factory=list[tuple[str, list[str]]])
    figures: list[list[str]] = field(default_factory=list[list[str]])
    scopes: list[str | None] = field(default_factory=list[str | None])


class Page(HTMLParser):
    """Every element of a page, and its tables by the id of their captions."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, Attributes]] = []
        self.tables: dict[str, Table] = {}
        self.text = ""
        self._table: Table | None = None
        self._in: list[str] = []
        self._words: list[str] | None = None
        self._is_body = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.elements.append((tag, found))
        self._in.append(tag)
        if tag == "table":
            self._table, self._is_body = Table(), False
        elif self._table is not None:
            self._begun(self._table, tag, found)

    def _begun(self, table: Table, tag: str, found: Attributes) -> None:
        if tag == "caption":
            table.caption_id = found["id"] or ""
            self.tables[table.caption_id] = table
        elif tag == "tbody":
            self._is_body = True
        elif tag == "tr" and self._is_body:
            table.rows.append(("", []))
            table.figures.append([])
        elif tag in {"th", "td"}:
            self._words = []
            if tag == "th":
                table.scopes.append(found.get("scope"))
            else:
                table.figures[-1].append(found.get("data-figure") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._in:
            while self._in.pop() != tag:
                pass
        if tag in {"th", "td"} and self._words is not None and self._table is not None:
            words = " ".join("".join(self._words).split())
            if not self._is_body:
                self._table.headings.append(words)
            elif tag == "th":
                self._table.rows[-1] = (words, self._table.rows[-1][1])
            else:
                self._table.rows[-1][1].append(words)
            self._words = None
        elif tag == "table":
            self._table = None

    def handle_data(self, data: str) -> None:
        if not {"style", "title", "desc"} & set(self._in):
            self.text += data
        if self._words is not None:
            self._words.append(data)

    @property
    def ids(self) -> list[str]:
        return [found["id"] or "" for _, found in self.elements if "id" in found]
