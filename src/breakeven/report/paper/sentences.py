"""Sentences made of figures, each with the ids of what it says, so that an auditor can follow any of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from breakeven.ledger.provenance import Figure
from breakeven.monitoring.outturn import Flow, adverse_or_favourable
from breakeven.pipeline.year_end import YearEnd
from breakeven.report.figures import MISSING, amount_text, number_text, percent_text
from breakeven.report.section import Message
from breakeven.report.statement import mark_of

READINGS = {"A": "adverse", "F": "favourable", "": "as budgeted"}


@dataclass
class Sentences:
    """Writes figures of one year into sentences, and keeps the ids of those it has written since the last message."""

    end: YearEnd
    _ids: list[str] = field(default_factory=list[str])

    def pounds(self, figure: Figure) -> str:
        """The size of an amount, ``£4,253,670*``: whether it is a cost or a deficit is for the words about it."""
        if figure.amount is None:
            return self._said(figure, MISSING)
        return self._said(figure, f"£{amount_text(abs(figure.amount))}")

    def balance(self, figure: Figure) -> str:
        """A position or balance: ``a deficit of £4,253,670``, ``a surplus of £742,486``, ``break-even``."""
        if figure.amount is None:
            return f"open ({self.pounds(figure)})"
        if not figure.amount:
            return self._said(figure, "break-even")
        return f"a {'deficit' if figure.amount < 0 else 'surplus'} of {self.pounds(figure)}"

    def variance(self, flow: Flow, figure: Figure) -> str:
        """A variance with its reading: ``£634,120 favourable``; ``as budgeted`` where it is nil."""
        if figure.amount is None:
            return self.pounds(figure)
        reading = adverse_or_favourable(flow, figure.amount) or ""
        return f"{self.pounds(figure)} {READINGS[reading]}" if figure.amount else self._said(figure, READINGS[""])

    def number(self, figure: Figure) -> str:
        """A count, or a rate in per cent."""
        text = percent_text(figure.amount) if figure.unit == "%" else number_text(figure.amount)
        return self._said(figure, text)

    def _said(self, figure: Figure, text: str) -> str:
        self._ids.append(figure.id)
        return text + mark_of(self.end, figure)

    def message(self, text: str) -> Message:
        """A paragraph of what has been written since the last one."""
        ids, self._ids = tuple(dict.fromkeys(self._ids)), []
        return Message(text, ids)


def listed(parts: Sequence[str]) -> str:
    """``one``, ``one and two``, ``one, two and three``; semicolons where a part has commas outside its figures."""
    *most, last = parts
    if not most:
        return last
    if any(", " in part for part in parts):
        return f"{'; '.join(most)}; and {last}"
    return f"{', '.join(most)} and {last}"


def rose_or_fell(before: Decimal, after: Decimal) -> str:
    """What a number did from one time to another, as a verb."""
    return "rose" if after > before else "fell" if after < before else "stayed"
