"""The indicators that next year's folder begins with: its own, and those of the year just over as its history."""

from collections.abc import Iterator, Sequence
from typing import Any

from breakeven.ledger.bridge import BridgeRow
from breakeven.ledger.chart import slug
from breakeven.ledger.year import Ledgers
from breakeven.periods import Year, year_of


def indicators_of(ledgers: Ledgers, over: Year) -> dict[str, Any]:
    """The records of performance that the year after ``over`` keeps, by the name of their table.

    What is agreed for it or later becomes its own; indicators and months of ``over`` stay, to be held against, and
    older ones go. What a report says of ``over`` goes too: it is tested there. The bridge is kept for the indicators
    that are.
    """
    kpis = tuple(kpi for kpi in ledgers.kpis if kpi.year >= over)
    known = {(slug(kpi.ref), kpi.year) for kpi in kpis}
    return {
        "kpis": kpis,
        "kpi_months": tuple(m for m in ledgers.kpi_months if (slug(m.ref), year_of(m.month)) in known),
        "kpi_statements": tuple(each for each in ledgers.kpi_statements if each.year > over),
        "bridge": tuple(_bridge(ledgers.bridge, {ref for ref, _ in known})),
    }


def _bridge(rows: Sequence[BridgeRow], known: set[str]) -> Iterator[BridgeRow]:
    """The rows with the indicators that are kept; without any that named none but indicators that are gone."""
    for row in rows:
        kept = [ref for ref in row.indicators if slug(ref) in known]
        if kept or not row.indicators or row.line:
            yield row.model_copy(update={"kpis": ", ".join(kept)})
