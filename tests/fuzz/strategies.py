"""Plans of ledgers as hypothesis makes them: columns in any order, notes, totals, units, and cells that are wrong."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from .plan import UNIT, Amount, Form, Meant, Plan, Row, Spelling, Verdict

SYNONYMS = {
    "date": ["Date", "Posting date", "DATE POSTED", "Transaction  date"],
    "cost_centre": ["Cost centre", "CC", "cost-centre code"],
    "account": ["Account", "Account code", "Subjective"],
    "description": ["Description", "Narrative", "Details"],
    "supplier": ["Supplier", "Payee", "Vendor"],
    "reference": ["Reference", "Ref", "Document"],
    "amount": ["Amount", "Net amount", "Value", "Net"],
}
OPTIONAL = ["description", "supplier", "reference"]
STRAYS = ["Batch", "VAT", "Hours", "No. of days"]
WORDS = [
    "Hall hire", "Refund", "Total Gas Ltd", "Café “Zoë” — £5 vouchers", "x < y & z", "عمان", "𝟙𝟚𝟛", "_x0041_ & co",
    " Smith & Sons ", "two\nlines", "=SUM(A1:A9)", "100", "(12.50)", "n/a", "-", "O'Brien", "#12",
]  # fmt: skip
CODES = ["A1", "B2", "0075", "007", "E1234", "1e5", "6100", "TRUE", "Ünit 4"]
NOTES = ["Prepared by finance", "Page 2 of 9", "* includes a late invoice", "Q1", "See e-mail of 3 May", "…"]
TOTALS = ["Total", "TOTAL:", "Grand total", "Sub-total", "Total for the year", "Subtotal"]

_letters = st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"])
texts = st.sampled_from(WORDS) | st.text(_letters, min_size=1, max_size=12).filter(
    lambda text: text.strip() and not text.strip().casefold().startswith(("total", "sub", "grand", "sum", "#"))
)
codes = st.sampled_from(CODES)
pence = st.integers(-3000, 3000) | st.integers(-(10**10), 10**10)
days = st.integers(0, 365).map(lambda n: date(2023, 4, 1) + timedelta(n))

forms = st.builds(
    Form,
    writer=st.sampled_from(["openpyxl", "xlsxwriter", "by hand", "by hand"]),
    strings=st.sampled_from(["inline", "shared"]),
    is_packed=st.booleans(),
    prefix=st.sampled_from(["", "", "x:"]),
    encoding=st.sampled_from(["utf-8", "utf-8", "utf-8-sig", "utf-16"]),
    has_refs=st.sampled_from([True, True, False]),
    dimension=st.sampled_from(["", "A1", "A1:XFD1048576", "B2:C3"]),
    spaces=st.sampled_from(["", "\n  ", "\t"]),
    date_1904=st.booleans(),
)


def number_text(number: Decimal, style: int) -> str:
    """A number as people type it."""
    size, sign = f"{abs(number):,}", number < 0
    plain = size.replace(",", "")
    return [
        f"(£{size})" if sign else f"£{size}",
        f"{size}-" if sign else f" {size} ",
        f"−{plain}" if sign else plain,
        f"({size.replace(',', ' ')})" if sign else size.replace(",", "\u00a0"),
    ][style]


@dataclass
class _Sheet:
    """What has been planned so far."""

    draw: Callable[..., Any]
    form: Form
    unit: str
    text_allowed: bool
    fields: list[str]
    rows: list[Row] = field(default_factory=list[Row])
    above: Decimal = Decimal(0)
    """What the column comes to, in the sheet's unit, lines held back among it."""
    marks: list[Decimal] = field(default_factory=lambda: [Decimal(0)])
    lines: int = 0
    verdict: Verdict = "accepted"

    def one_of(self, *what: Any) -> Any:
        return self.draw(st.sampled_from(what))

    def once_in(self, times: int) -> bool:
        return self.draw(st.integers(1, times)) == times

    def add(self, meant: Meant, cells: dict[str, Any], *, hidden: bool = False) -> None:
        cells = {name: value for name, value in cells.items() if name in self.fields}
        row = Row(meant, cells, hidden=hidden)
        if meant in {"line", "held back"} and row.number is not None:
            self.above += row.number
        self.lines += meant == "line"
        self.rows.append(row)

    # ------------------------------------------------------------------ amounts
    def amount(self, number: Decimal, spelling: Spelling | None = None) -> Amount:
        """A number, spelt in a way that is right."""
        ways: list[Spelling] = ["number", "number", "number"]
        if self.text_allowed:
            ways.append("text")
        if self.form.writer != "openpyxl":
            ways.append("formula")
        spelling = spelling or self.one_of(*ways)
        assert spelling
        if spelling == "text":
            return Amount("text", number_text(number, self.one_of(0, 1, 2, 3)), number)
        return Amount(spelling, self.written(number), number)

    def written(self, number: Decimal) -> int | float:
        """A number as the file holds it: whole, as a float, or with the noise of sums of floats at its end."""
        if number == number.to_integral_value() and self.once_in(2):
            return int(number)
        noisy = float(number) * (1 + self.one_of(0, 0, 2**-52, -(2**-52)))
        return noisy if abs(number) < 10**9 else float(number)

    def any_amount(self) -> Amount:
        number = Decimal(self.draw(pence)).scaleb(-2) / UNIT[self.unit]
        if self.text_allowed and self.once_in(10):
            return Amount("text", "-", Decimal(0))
        return self.amount(number)

    def wrong_amount(self) -> Amount:
        number = Decimal(self.draw(pence)).scaleb(-2) / UNIT[self.unit]
        kinds = ["blank", "words", "boolean", "part penny", "part penny", "huge"]
        kinds += ["uncached"] if self.form.writer != "xlsxwriter" else []
        kinds += ["error"] if self.form.writer != "openpyxl" else []
        kinds += [] if self.text_allowed else ["text"]
        kind = self.one_of(*kinds)
        if kind == "part penny":
            parts = ["0.005", "0.001", *(["0.0000001"] if abs(number) < 1000 else [])]  # no more digits than Excel has
            part = number + Decimal(self.one_of(*parts)) / UNIT[self.unit]
            return Amount("number", float(part), part)
        wrong: dict[str, Amount] = {
            "blank": Amount("blank", None, None),
            "words": Amount("text", self.one_of("n/a", "12 approx", "1,23", "--5", "٣٤", "£"), None),
            "boolean": Amount("boolean", self.once_in(2), None),
            "huge": Amount("number", self.one_of(1e12, -1e15, 1e300), None),
            "uncached": Amount("uncached", "A1+1", None),
            "error": Amount("error", self.one_of("#REF!", "#N/A", "#DIV/0!"), None),
            "text": Amount("text", number_text(number, self.one_of(0, 1, 2, 3)), number),
        }
        return wrong[kind]

    # ------------------------------------------------------------------ rows
    def words(self) -> dict[str, Any]:
        return {
            "date": self.draw(days),
            "cost_centre": self.draw(codes),
            "account": self.draw(codes),
            "description": self.draw(texts),
            "supplier": self.draw(texts),
            "reference": self.draw(codes),
        }

    def line(self) -> None:
        words = self.words()
        if any(str(word).startswith("Total") for name, word in words.items() if name in self.fields):
            self.doubt()  # it may happen to be the sum of the lines above
        self.add("line", {**words, "amount": self.any_amount()}, hidden=self.once_in(10))

    def wrong_line(self) -> None:
        words = self.words()
        self.verdict = "refused"
        if self.once_in(2):
            self.add("held back", {**words, "amount": self.wrong_amount()})
            return
        spoilt = self.one_of("date", "cost_centre", "account")
        words[spoilt] = self.one_of(None, "soon", "31/31/2023") if spoilt == "date" else None
        self.add("held back", {**words, "amount": self.any_amount()})

    def total(self) -> None:
        if self.above * UNIT[self.unit] * 100 % 1:
            return  # lines held back for a part of a penny: a sum of those may have more digits than Excel keeps
        number = self.above - self.draw(st.sampled_from(self.marks))
        label = self.one_of("date", "cost_centre", "account", *OPTIONAL)
        cells: dict[str, Any] = {label: self.one_of(*TOTALS)} if label in self.fields else {"date": "Total"}
        kind = self.one_of("right", "right", "unsaid", "wrong", "uncached", "nil")
        if kind == "unsaid" and self.lines > 1 and number:
            cells = {}
        elif kind == "nil":
            cells, number = {}, Decimal(0)
        elif kind == "wrong":
            number += 1
            if all(number != self.above - mark for mark in self.marks):
                self.verdict = "refused"
        elif kind == "uncached" and self.form.writer != "xlsxwriter":
            self.add("note", {**cells, "amount": Amount("uncached", "SUM(A1:A2)", None)})
            return
        self.add("set aside", {**cells, "amount": self.amount(number, None if self.text_allowed else "number")})
        if kind != "nil":
            self.marks.append(self.above)

    def note(self) -> None:
        place = self.one_of("date", "cost_centre", *OPTIONAL)
        self.add("note", {place: self.one_of(*NOTES)})

    def blank(self) -> None:
        self.rows += [Row("note")] * self.one_of(1, 1, 2, 30)

    def headings_again(self, columns: list[int], headings: dict[str, str]) -> None:
        at = dict(zip(self.fields, self.draw(st.permutations(columns)), strict=True))
        self.rows.append(Row("headings", headings, at))
        self.marks.append(self.above)

    def doubt(self) -> None:
        self.verdict = "refused" if self.verdict == "refused" else "either"


@st.composite
def plans(draw: Callable[..., Any]) -> Plan:
    """A sheet of postings with anything about it that an office does, and sometimes something wrong with it."""
    one_of = st.sampled_from
    unit, said_by = draw(
        one_of([("£", "nobody"), ("£", "heading"), *[("£000", by) for by in ("heading", "note", "layout")]])
    )
    fields = ["date", "cost_centre", "account", *draw(st.lists(one_of(OPTIONAL), unique=True)), "amount"]
    strays = draw(st.lists(one_of(STRAYS), max_size=2, unique=True))
    columns = draw(st.permutations(range(1, 1 + len(fields) + len(strays) + draw(one_of([0, 2])))))
    headings = {name: draw(one_of(SYNONYMS[name])) for name in fields}
    if said_by == "heading":
        headings["amount"] += draw(one_of([" (£000)", " £'000"] if unit == "£000" else [" (£)", " £"]))
    at = dict(zip(fields, columns, strict=False))
    sheet = _Sheet(draw, draw(forms), unit, draw(st.booleans()), fields)
    ways = [sheet.line] * 6 + [sheet.total, sheet.note, sheet.blank]
    ways += [sheet.wrong_line] * 3 if draw(st.booleans()) else []
    sheet.line()
    for way in draw(st.lists(one_of([*ways, None]), max_size=12)):
        if way:
            way()
        else:
            sheet.headings_again([at[name] for name in fields], headings)
    above: list[dict[int, Any]] = [
        draw(one_of([{}, {1: "Trust ledger 2023/24"}, {at["amount"]: 2024, 1: "Year"}, {3: "Run on 3 May"}]))
        for _ in range(draw(st.integers(0, 4)))
    ]
    above += [{2: "All figures in £000"}] if said_by == "note" else []
    return Plan(
        above=tuple(above),
        headings=headings,
        at=at,
        strays=dict(zip(columns[len(fields) :], strays, strict=False)),
        rows=tuple(sheet.rows),
        unit=unit,
        unit_said_by=said_by,
        text_allowed=sheet.text_allowed,
        form=sheet.form,
        verdict=sheet.verdict,
    )
