"""Indicators that cannot be used as written: bands not understood, and months of an indicator that there is none of."""

from collections.abc import Iterator

from breakeven.findings import Finding
from breakeven.ledger.banded import banded
from breakeven.ledger.chart import slug
from breakeven.periods import year_of
from breakeven.workbook.chart_findings import Records
from breakeven.workbook.names import nearest


def kpi_findings(records: Records) -> Iterator[Finding]:
    """What is wrong with the sheets of performance, but for what the bands say: that is the band check's."""
    kpis = records.get("kpis", ())
    for kpi in kpis:
        found = banded(kpi)
        for field, why in found.unread.items():
            yield Finding("band-unreadable", why, kpi.cell_of(field))
        for colour in found.read_otherwise:
            if not kpi.why and colour not in found.unread:
                message = (
                    f"{kpi.ref}: {colour} is printed as {getattr(kpi, colour)!r} and read as "
                    f"{getattr(kpi, f'{colour}_reads')!r}, and nothing says why"
                )
                yield Finding("register-incomplete", message, kpi.cell_of(f"{colour}_reads"))
    known = {(slug(kpi.ref), kpi.year) for kpi in kpis}
    refs = [kpi.ref for kpi in kpis]
    named = [(month, month.ref, year_of(month.month)) for month in records.get("kpi_months", ())]
    named += [(each, each.ref, each.year) for each in records.get("kpi_statements", ()) if each.ref]
    for record, ref, year in named:
        if (slug(ref), year) not in known:
            message = f"the sheet KPIs has no {ref!r} of {year.on_screen}{nearest(ref, refs)}"
            yield Finding("name-unknown", message, record.at)
    for month in records.get("kpi_months", ()):
        if month.value is None and not month.band:
            message = (
                f"{month.ref} in {month.month:%B %Y} has neither a value nor a band; a month that is missing has no row"
            )
            yield Finding("amount-blank", message, month.at)
