"""The records against the chart of accounts: codes no line has, rows under another line, two claims on one fact."""

from collections.abc import Iterator, Mapping
from typing import Any

from breakeven.findings import Cell, Finding
from breakeven.ledger.assumptions import OF_ONE_LINE
from breakeven.ledger.chart import UNMAPPED, AmbiguousCodeError, Chart, slug
from breakeven.ledger.lines import Coding, Transactions
from breakeven.periods import Year

Records = Mapping[str, tuple[Any, ...]]
"""Every record read so far, by the name of its table."""

_INCOME = ("contract_sum", "third_party_income")
"""Rows of income that an assumption may be about."""

_CODED = ("budget", "virements", "accruals", "orders", "placement_register", "post_register", "last_year")
"""Tables whose rows each have a cost centre and account."""


def chart_findings(chart: Chart, records: Records, extract: Transactions | None) -> Iterator[Finding]:
    """Everything that is wrong between the records and the chart of accounts."""
    yield from _codes(chart, records, extract)
    yield from _budget_lines(chart, records)
    yield from _named_lines(chart, records)
    yield from _assumptions(chart, records)


def _codes(chart: Chart, records: Records, extract: Transactions | None) -> Iterator[Finding]:
    """Codes that no line or two lines have, once each, where they first stand."""
    first_seen: dict[Coding, Cell] = {}
    for coded in (record for table in _CODED for record in records.get(table, ())):
        first_seen.setdefault(coded.coding, coded.at)
    for coding, postings in extract.by_coding.items() if extract else ():
        first_seen.setdefault(coding, next(iter(postings.cells)))
    for coding, at in first_seen.items():
        try:
            if chart.line_of(coding) == UNMAPPED:
                yield Finding("code-unmapped", f"no line of the chart of accounts has {'/'.join(coding)}", at)
        except AmbiguousCodeError as error:
            yield Finding("code-ambiguous", str(error), at)


def _budget_lines(chart: Chart, records: Records) -> Iterator[Finding]:
    category_of = {line.id: line.category for line in chart.lines}
    for budget_line in records.get("budget", ()):
        named = {line.id for line in chart.lines_named(budget_line.line)}
        try:
            mapped = chart.line_of(budget_line.coding)
        except AmbiguousCodeError:
            continue
        if mapped == UNMAPPED:
            continue
        code, category = "/".join(budget_line.coding), category_of[mapped]
        if mapped not in named:
            message = f"the sheet puts {code} under {budget_line.line!r}, the chart of accounts under {mapped!r}"
            yield Finding("line-differs", message, budget_line.at)
        elif chart.category_named(budget_line.category) != category:
            sheet = f"category {budget_line.category!r}"
            message = f"the sheet puts {code} under the {sheet}, the chart of accounts under {category!r}"
            yield Finding("line-differs", message, budget_line.at)


def _named_lines(chart: Chart, records: Records) -> Iterator[Finding]:
    """Rows that name a line there is none of, or a category where the cost of one line must move."""
    for table in ("assumptions", "pressures", "savings", "investments"):
        for record in records.get(table, ()):
            about = slug(record.line)
            if table == "assumptions" and about in {*_INCOME, UNMAPPED}:
                continue
            if not chart.lines_named(record.line):
                yield Finding("line-unknown", f"the chart of accounts has no line {record.line!r}", record.at)
            elif table == "pressures" and chart.category_named(record.line):
                message = f"{record.line!r} is a category; a pressure is on one line"
                yield Finding("line-unknown", message, record.at)


def _assumptions(chart: Chart, records: Records) -> Iterator[Finding]:
    """Two assumptions of one kind for one line and year, or a sum for a whole category: nobody can say which holds."""
    first: dict[tuple[str, Year, str], Cell] = {}
    for assumption in records.get("assumptions", ()):
        about = chart.id_named(assumption.line)
        key = (about, assumption.year, assumption.kind)
        if key in first:
            what = f"{assumption.kind} of {assumption.line!r} in {assumption.year.on_screen}"
            yield Finding("assumption-twice", f"{what} stands at {first[key].ref} already", assumption.at)
        first.setdefault(key, assumption.at)
        if assumption.kind in OF_ONE_LINE and chart.category_named(assumption.line):
            message = f"a {assumption.kind} is for one line, and {assumption.line!r} is a category"
            yield Finding("line-unknown", message, assumption.at)
