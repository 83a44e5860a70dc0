"""Children looked after as the SSDA903 return has them: a child's date of birth, and each episode of care."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from breakeven.findings import Finding
from breakeven.ledger.record import Day, OptionalDay, OptionalText, Record, Text
from breakeven.ledger.year import InputFile
from breakeven.periods import Year

SHORT_BREAKS = frozenset({"V3", "V4"})
"""Legal statuses of a series of short breaks: such a child lives at home, and is in no count of children in care."""


class Child(Record):
    """One row of a Header file. Of a child only the reference and the date of birth are kept."""

    child: Text
    born: Day


class Episode(Record):
    """One row of an Episodes file: where a child lived, under one legal status, from one day to another.

    Names, postcodes, ethnicity and school references are neither needed nor kept.
    """

    child: Text
    start: Day
    """DECOM: the first night."""
    end: OptionalDay = None
    """DEC: the day it ended, on which the next one begins; blank while it lasts."""
    place: Text
    provider: OptionalText = ""
    legal_status: OptionalText = ""
    need: OptionalText = ""
    """CIN: the category of need."""
    began: OptionalText = ""
    """RNE: why it began."""
    ended: OptionalText = ""
    """REC: why it ended."""


@dataclass(frozen=True, slots=True)
class Journey:
    """One child's episodes in their order, none of which overlap or pass the 18th birthday.

    seen_until: the last night for which anybody has said where the child is.
    """

    born: date
    episodes: tuple[Episode, ...]
    seen_until: date


@dataclass(frozen=True, slots=True)
class RowTally:
    """What became of the rows of one file: all that were read are accepted, set aside with a reason, or held back."""

    file: str
    rows: int
    accepted: int
    set_aside: Mapping[str, int]
    held_back: int

    @property
    def is_conserved(self) -> bool:
        """Whether every row is accounted for."""
        return self.rows == self.accepted + sum(self.set_aside.values()) + self.held_back


@dataclass(frozen=True)
class Returns:
    """The SSDA903 returns of consecutive years, merged into one journey a child."""

    years: tuple[Year, ...]
    journeys: tuple[Journey, ...]
    tallies: tuple[RowTally, ...]
    findings: tuple[Finding, ...]
    inputs: tuple[InputFile, ...]

    @property
    def first(self) -> date:
        """The first night of which all children are known: those who had left before are in no return."""
        return self.years[0].first_day

    @property
    def until(self) -> date:
        """The last night that the returns tell of."""
        return self.years[-1].last_day
