"""The workbooks that fuzzing starts from; ``python -m tests.fuzz.seeds`` writes them to ``corpus`` again."""

import io
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter  # pyright: ignore[reportMissingTypeStubs]

from .plan import Amount, Form, Plan, Row
from .samples import of_opendocument, of_openpyxl, of_text, of_xlsxwriter
from .writers import written

CORPUS = Path(__file__).parent / "corpus"
FIELDS: tuple[str, ...] = ("date", "cost_centre", "account", "supplier", "amount")


def _amount(number: str, spelling: Any = "number") -> Amount:
    worth = Decimal(number)
    return Amount(spelling, float(worth) if "." in number else int(worth), worth)


def _line(number: str, supplier: str = "Hall hire", spelling: Any = "number", *, hidden: bool = False) -> Row:
    words = {"date": date(2023, 10, 13), "cost_centre": "A1", "account": "0075", "supplier": supplier}
    return Row("line", {**words, "amount": _amount(number, spelling)}, hidden=hidden)


def _total(number: str) -> Row:
    return Row("set aside", {"date": "Total", "amount": _amount(number)})


def plan(form: Form) -> Plan:
    """An office's ledger with a bit of everything: a title, a note, sub-totals, a hidden row, headings again."""
    headings = {
        "date": "Date",
        "cost_centre": "Cost centre",
        "account": "Account",
        "supplier": "Payee",
        "amount": "Amount",
    }
    lines = (
        _line("120.50"), _line("-20.25", "Total Gas Ltd"), Row("note", {"supplier": "* late invoices"}),
        _total("100.25"),
        _line("9.99", "Café “Zoë”", hidden=True), Row("note"), _line("0.30", "Smith & Sons", "formula"),
        Row("headings", headings, dict(zip(FIELDS, (5, 4, 3, 2, 1), strict=True))), _line("1000"), _total("1110.54"),
    )  # fmt: skip
    at = dict(zip(FIELDS, range(1, 6), strict=True))
    above: tuple[dict[int, str], ...] = ({1: "Trust ledger 2023/24"}, {})
    return Plan(
        above, headings, at, {7: "Batch"}, lines, "£", "nobody", text_allowed=False, form=form, verdict="accepted"
    )


def contract() -> bytes:
    """A workbook of a ledger folder: contract sum, variations and the totals typed for them."""
    out = io.BytesIO()
    book: Any = xlsxwriter.Workbook(out, {"in_memory": True})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for name, rows in {
        "Contract sum": [
            ["Contract year", "Description", "Amount", "Source"],
            ["2023-24", "Basic", 74_475_000, "p. 3"],
        ],
        "Variations": [
            ["Ref", "Date agreed", "Purpose", "Amount", "Recurrent", "Paid"],
            ["CC1", date(2023, 6, 1), "Pay award", 509_144, "yes", 509_144.0],
            ["CC2", date(2023, 9, 1), "Hubs", 341_019.5, "no", None],
        ],
        "Third-party income": [["Source", "Agreed", "Received", "Accrued"], ["Health", 8_341_055, 8_753_055, 0]],
        "Balances": [
            ["Balance", "Description", "Amount", "Source"],
            ["opening", "1 April 2023", -6_977_292, "section (e)"],
        ],
        "Control totals": [["Sheet", "Column", "Lines", "Total"], ["Variations", "Amount", 2, 850_163.5]],
    }.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(number, column, value, day)
                else:
                    sheet.write(number, column, value)
    book.close()
    return out.getvalue()


SEEDS: Mapping[str, Callable[[], bytes]] = {
    "ledger-shared.xlsx": lambda: written(plan(Form(strings="shared"))),
    "ledger-inline.xlsx": lambda: written(plan(Form(is_packed=False, dimension="A1:E12"))),
    "ledger-prefixed.xlsx": lambda: written(plan(Form(prefix="x:", encoding="utf-8-sig", spaces="\n"))),
    "ledger-without-refs.xlsx": lambda: written(plan(Form(has_refs=False))),
    "ledger-utf-16.xlsx": lambda: written(plan(Form(encoding="utf-16", strings="shared", date_1904=True))),
    "ledger-xlsxwriter.xlsx": of_xlsxwriter,
    "ledger-openpyxl.xlsx": of_openpyxl,
    "ledger-opendocument.ods": of_opendocument,
    "ledger-text.csv": of_text,
    "contract-folder.xlsx": contract,
}
"""By the file's name; its first word says how it is read."""


if __name__ == "__main__":
    CORPUS.mkdir(exist_ok=True)
    for file, make in SEEDS.items():
        (CORPUS / file).write_bytes(make())
