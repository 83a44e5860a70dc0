"""Contract years (1 April to 31 March) and their periods."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

_YEAR = re.compile(r"(\d{4})\s*[-/–]\s*(\d{2}|\d{4})")
_PERIOD = re.compile(r"[Pp]?(\d{1,2})")

MONTHS = 12
YEAR_END_PERIOD = 13
"""P13 holds year-end adjustments; P01 is April and P12 March."""


@dataclass(frozen=True, slots=True, order=True)
class Year:
    """One contract year, known by the calendar year it starts in."""

    start: int

    @classmethod
    def parse(cls, text: str) -> "Year":
        """Read ``2023-24``, ``2023/24`` or ``2023-2024``. Raises ValueError where it is none of these."""
        found = _YEAR.fullmatch(text.strip())
        if found:
            start, end = int(found[1]), int(found[2])
            if end in {(start + 1) % 100, start + 1}:
                return cls(start)
        raise ValueError(f"expected a contract year such as 2023-24, found {text!r}")

    def __str__(self) -> str:
        """The year as names and files write it: 2023-24."""
        return f"{self.start}-{(self.start + 1) % 100:02d}"

    @property
    def on_screen(self) -> str:
        """The year as a page writes it: 2023/24."""
        return str(self).replace("-", "/")

    @property
    def first_day(self) -> date:
        """1 April."""
        return date(self.start, 4, 1)

    @property
    def last_day(self) -> date:
        """31 March."""
        return date(self.start + 1, 3, 31)

    def later(self, years: int) -> "Year":
        """The contract year ``years`` after this one; negative for before."""
        return Year(self.start + years)

    def holds(self, day: date) -> bool:
        """Whether ``day`` falls in this contract year."""
        return self.first_day <= day <= self.last_day

    def period_of(self, day: date) -> int:
        """The period, 1 (April) to 12 (March), of a day of this year. Raises ValueError outside it."""
        if not self.holds(day):
            raise ValueError(f"{day:%d/%m/%Y} is outside the contract year {self.on_screen}")
        return month_number(day)

    def period_end(self, period: int) -> date:
        """The last day of a period: of its month, and for P13 of the year."""
        if period >= MONTHS:
            return self.last_day
        year, month = divmod(self.start * 12 + 3 + period, 12)
        return date(year, month + 1, 1) - timedelta(days=1)

    @property
    def days(self) -> int:
        """How many days, and nights, the year has: 366 where it holds a 29 February."""
        return (self.last_day - self.first_day).days + 1


def month_number(day: date) -> int:
    """The month's place in its contract year: 1 is April, 12 is March."""
    return (day.month - 4) % 12 + 1


def months_after(day: date, months: int) -> date:
    """The first day of the month ``months`` after that of ``day``; negative for before."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)


def months_between(first: date, last: date) -> int:
    """How many months the month of ``last`` comes after that of ``first``; negative where it comes before."""
    return (last.year - first.year) * 12 + last.month - first.month


def year_of(day: date) -> Year:
    """The contract year that ``day`` falls in."""
    return Year(day.year if day.month >= 4 else day.year - 1)


def parse_period(text: str) -> int:
    """Read ``P09``, ``p9`` or ``9`` as 9. Raises ValueError outside P01 to P13."""
    found = _PERIOD.fullmatch(text.strip())
    if found and 1 <= int(found[1]) <= YEAR_END_PERIOD:
        return int(found[1])
    raise ValueError(f"expected a period from P01 to P13, found {text!r}")


def parse_year_and_period(text: str) -> tuple[Year, int]:
    """Read ``2024-25 P01``. Raises ValueError where it is not a contract year and a period of it."""
    year, _, period = text.strip().rpartition(" ")
    return Year.parse(year), parse_period(period)


def period_name(period: int) -> str:
    """The period as it is written: 9 is P09."""
    return f"P{period:02d}"
