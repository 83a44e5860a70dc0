"""Figures published elsewhere against ours. Two sources for one fact is normal: both are kept, and compared."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from breakeven.ledger.chart import slug
from breakeven.ledger.provenance import Figure, total
from breakeven.ledger.reported import ReportedFigure
from breakeven.reconciliation.causes import likely_cause
from breakeven.reconciliation.check import Check, Result, Side, compare

Explain = Callable[[ReportedFigure], str]
"""Why a reported figure may differ, in words, where something of its own kind explains it; blank where not."""


def check_reported(
    reported: Sequence[ReportedFigure], book: Mapping[str, Figure], explain: Explain = lambda _: ""
) -> Iterator[Check]:
    """Each reported figure against the figure of ours that it names. explain: tried before the slips of copying."""
    for record in reported:
        figure = book.get(record.figure)
        ours = Side(figure.label, figure.amount, figure.id) if figure else Side(record.figure or record.label, None)
        theirs = Side(f"as printed in {record.where}", record.value, f"reported/{slug(record.ref)}")
        check = compare(
            f"reported-{slug(record.ref)}",
            record.label,
            ours,
            theirs,
            precision=record.precision,
            unit=record.unit,
            cause=explain(record) or _cause(record, figure, reported),
        )
        yield replace(check, where=record.where)


def published_figures(reported: Sequence[ReportedFigure], checks: Sequence[Check]) -> frozenset[str]:
    """The ids of our figures that some published figure agrees with to the pound, or to the unit.

    One printed to the nearest £100,000, or a rate, which is always rounded, agrees with many: it confirms none.
    """
    exact = [record for record in reported if record.precision <= 1 and record.unit != "%"]
    refs = {f"reported-{slug(record.ref)}" for record in exact}
    return frozenset(check.side_a.figure for check in checks if check.id in refs and check.result is Result.AGREES)


def _cause(record: ReportedFigure, figure: Figure | None, reported: Sequence[ReportedFigure]) -> str:
    if figure is None or figure.amount is None or figure.amount == record.value:
        return ""
    slip = likely_cause(figure.amount, record.value, _addends(figure))
    elsewhere = next((r for r in reported if r.figure == record.figure and r.value == figure.amount), None)
    if elsewhere is None:
        return slip
    witness = f"it prints {elsewhere.printed} in {elsewhere.where}, which agrees with the ledgers"
    return f"{slip}; {witness}" if slip else witness


def _addends(figure: Figure) -> Mapping[str, Decimal]:
    """The parts of a figure by label, where it is their sum; none of a difference or a product."""
    if total(figure.parts) != figure.amount:
        return {}
    return {part.label: part.amount for part in figure.parts if part.amount is not None}
