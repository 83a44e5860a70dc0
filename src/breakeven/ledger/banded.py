"""An indicator with its bands read: which of them a value falls in, and what is wrong with them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from breakeven.ledger.bands import Band, parse_band
from breakeven.ledger.chart import slug
from breakeven.ledger.intervals import Interval, without
from breakeven.ledger.performance import COLOURS, Colour, Kpi, KpiMonth
from breakeven.periods import Year, year_of

Bands = Mapping[Colour, Band]


@dataclass(frozen=True)
class Banded:
    """An indicator, its bands as printed and as they are read, and those that cannot be read, with why.

    A band that cannot be read holds no value.
    """

    kpi: Kpi
    printed: Bands
    read: Bands
    unread: Mapping[str, str]
    """By the field of the record, such as ``amber`` or ``green_reads``."""

    @cached_property
    def scale(self) -> Interval:
        """Every value that the measure can have."""
        least = self.kpi.least if self.kpi.least is not None else Decimal(0)
        most = self.kpi.most if self.kpi.most is not None else Decimal(100) if self.kpi.unit == "%" else None
        low = Interval(low=(least, -1))
        return low if most is None else low.within(Interval(high=(most, 1)))

    @property
    def read_otherwise(self) -> tuple[Colour, ...]:
        """The bands that are not read as they are printed."""
        return tuple(colour for colour in COLOURS if self.printed[colour].values != self.read[colour].values)

    def regions(self, bands: Bands) -> dict[Colour, tuple[Interval, ...]]:
        """The values of each colour; of nested bands amber is what of the tolerance is not green."""
        found: dict[Colour, tuple[Interval, ...]] = {colour: bands[colour].values for colour in COLOURS}
        if self.kpi.form == "nested":
            found["amber"] = without(found["amber"], found["green"])
        return found

    @cached_property
    def colours(self) -> dict[Colour, tuple[Interval, ...]]:
        """The values of each colour as its band is read."""
        return self.regions(self.read)

    def of(self, value: Decimal) -> tuple[Colour, ...]:
        """Every band that a value falls in: one where they are sound, none or several where they are not."""
        return tuple(colour for colour, parts in self.colours.items() if any(value in part for part in parts))

    def colours_in(self, month: KpiMonth) -> tuple[Colour, ...]:
        """The bands that a month's value falls in; where it has none, the one that it is said to have been in."""
        if month.value is not None:
            return self.of(month.value)
        return tuple(colour for colour in COLOURS if colour == month.band)


def banded(kpi: Kpi) -> Banded:
    """Read an indicator's bands."""
    unread: dict[str, str] = {}

    def band(field: str) -> Band:
        try:
            return parse_band(getattr(kpi, field))
        except ValueError as error:
            unread[field] = str(error)
            return Band(())

    printed: dict[Colour, Band] = {colour: band(colour) for colour in COLOURS}
    read: dict[Colour, Band] = {
        colour: band(f"{colour}_reads") if getattr(kpi, f"{colour}_reads") else printed[colour] for colour in COLOURS
    }
    return Banded(kpi, printed, read, unread)


def banded_in(kpis: Sequence[Kpi], year: Year) -> tuple[Banded, ...]:
    """The indicators of one contract year, in their order, with their bands read."""
    return tuple(banded(kpi) for kpi in sorted(kpis, key=lambda kpi: kpi.number) if kpi.year == year)


def months_of(kpi: Kpi, months: Sequence[KpiMonth]) -> dict[int, KpiMonth]:
    """What is given of one indicator's months in its year, by period: 1 is April."""
    return {
        kpi.year.period_of(each.month): each
        for each in months
        if slug(each.ref) == slug(kpi.ref) and year_of(each.month) == kpi.year
    }
