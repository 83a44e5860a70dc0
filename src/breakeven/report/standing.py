"""Where a contract's indicators stand at the last month given of each, in words, and which of them fail."""

from collections.abc import Iterator, Sequence

from breakeven.monitoring.performance import NO_BAND, KpiYear
from breakeven.report.figures import MISSING

_BANDS = ("G green", "A amber", "R red", NO_BAND)


def standing_words(found: Sequence[KpiYear]) -> Iterator[str]:
    """How many stand in each band, and those in red by name with their month; nothing where there are none at all."""
    if not found:
        return
    last = {each.kpi.ref: each.rag(each.seen) if each.seen else "" for each in found}
    counts = [(word, [ref for ref, rag in last.items() if word in rag.split(", ")]) for word in _BANDS]
    said = [f"{len(refs)} {word.split()[-1] if word != NO_BAND else word}" for word, refs in counts if refs]
    unknown = [ref for ref, rag in last.items() if not rag]
    said += [f"{len(unknown)} {MISSING}"] if unknown else []
    yield f"{len(found)} indicators at the last month given of each: {', '.join(said)}."
    failing = [each for each in found if "R red" in last[each.kpi.ref]]
    if failing:
        yield f"Failing: {'; '.join(map(_failing, failing))}."


def _failing(found: KpiYear) -> str:
    month = f"{found.kpi.year.period_end(found.seen):%b %y}" if found.seen else ""
    return f"{found.kpi.ref} {found.kpi.name} ({month})"
