"""Each indicator of a contract year: its months, the band each is in, and which way it is going."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from breakeven.ledger.banded import Banded, banded_in, months_of
from breakeven.ledger.intervals import Interval
from breakeven.ledger.performance import COLOURS, Colour, Kpi, KpiMonth
from breakeven.money import NIL
from breakeven.monitoring.rag import Rag
from breakeven.periods import MONTHS, Year

RAG: dict[Colour, Rag] = {"green": Rag.GREEN, "amber": Rag.AMBER, "red": Rag.RED}
NO_BAND = "no band"


@dataclass(frozen=True)
class KpiYear:
    """One indicator over its year: what is given of its months, by period, and no more."""

    banded: Banded
    months: Mapping[int, KpiMonth]

    @property
    def kpi(self) -> Kpi:
        """The indicator."""
        return self.banded.kpi

    def rag(self, period: int) -> str:
        """The letter and word of a month's band, of both where it falls in two; blank where nothing is given of it."""
        month = self.months.get(period)
        if month is None or (month.value is None and month.band in {"", "not measured"}):
            return ""
        return ", ".join(RAG[colour] for colour in self.banded.colours_in(month)) or NO_BAND

    @cached_property
    def valued(self) -> tuple[int, ...]:
        """The periods whose value is given."""
        return tuple(sorted(period for period, month in self.months.items() if month.value is not None))

    @property
    def seen(self) -> int | None:
        """The last period whose value or band is given."""
        return max((period for period in self.months if self.rag(period)), default=None)

    @property
    def latest(self) -> int | None:
        """The last period whose value is given."""
        return self.valued[-1] if self.valued else None

    @property
    def before(self) -> int | None:
        """The period of the value before the latest."""
        return self.valued[-2] if len(self.valued) > 1 else None

    def value(self, period: int | None) -> Decimal | None:
        """The value of a period."""
        month = self.months.get(period) if period is not None else None
        return month.value if month else None

    @property
    def trend(self) -> str:
        """Whether the latest value is better, worse or level with the one before; blank where there is none."""
        now, was = self.value(self.latest), self.value(self.before)
        if now is None or was is None:
            return ""
        better = _goodness(self, now) - _goodness(self, was)
        return "better" if better > 0 else "worse" if better else "level"

    @cached_property
    def months_in(self) -> dict[str, int]:
        """How many months are known to be in each band, in none, not measured, and how many nothing is given of.

        A month in two bands counts in both.
        """
        counts: dict[str, int] = dict.fromkeys((*COLOURS, NO_BAND, "not measured", "missing"), 0)
        for period in range(1, MONTHS + 1):
            month = self.months.get(period)
            if month is not None and month.band == "not measured":
                counts["not measured"] += 1
                continue
            rag = self.rag(period)
            if month is None or not rag:
                counts["missing"] += 1
                continue
            for name in self.banded.colours_in(month) or (NO_BAND,):
                counts[name] += 1
        return counts


def _goodness(found: KpiYear, value: Decimal) -> Decimal:
    """Greater is better: the value itself, less it, or less how far it is from green."""
    if found.kpi.better == "higher":
        return value
    return -value if found.kpi.better == "lower" else -_distance(value, found.banded.colours["green"])


def _distance(value: Decimal, parts: Sequence[Interval]) -> Decimal:
    """How far a value lies outside the nearest of some intervals; nil inside one."""
    if any(value in part for part in parts):
        return NIL
    ends = [cut[0] for part in parts for cut in (part.low, part.high) if cut[0].is_finite()]
    return min((abs(value - end) for end in ends), default=NIL)


def kpi_years(kpis: Sequence[Kpi], months: Sequence[KpiMonth], year: Year) -> tuple[KpiYear, ...]:
    """The indicators of one contract year with what is given of their months."""
    return tuple(KpiYear(found, months_of(found.kpi, months)) for found in banded_in(kpis, year))
