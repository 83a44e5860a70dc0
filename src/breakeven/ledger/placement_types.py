"""The placement type and age band of an episode: how a body groups its children in care."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from pydantic import BaseModel, ConfigDict, Field

AS_BEFORE = "as before"
"""The placement type of a temporary absence: the place is kept, and paid for, meanwhile."""

OTHER = "Other"
"""The placement type of an episode that no rule fits."""

ADULT = 18
"""The birthday on which a child stops being looked after."""


class Coded(Protocol):
    """An episode by its codes."""

    @property
    def place(self) -> str:
        """PLACE."""
        ...

    @property
    def provider(self) -> str:
        """PLACE_PROVIDER."""
        ...

    @property
    def need(self) -> str:
        """CIN."""
        ...


class TypeRule(BaseModel):
    """Which episodes are of one placement type: those that fit every list that is not empty."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    type: str = Field(min_length=1)
    place: list[str] = Field(min_length=1)
    provider: list[str] = []
    need: list[str] = []

    def fits(self, episode: Coded) -> bool:
        """Whether an episode is of this type."""
        return (
            episode.place in self.place
            and (not self.provider or episode.provider in self.provider)
            and (not self.need or episode.need in self.need)
        )


@dataclass(frozen=True, slots=True)
class DemandRules:
    """How a body groups its children: the first rule that fits is an episode's type; ages at which a band begins."""

    types: tuple[TypeRule, ...] = ()
    ages: tuple[int, ...] = ()
    """Birthdays between the bands, such as 1, 5, 10 and 16; the first band begins at birth, the last ends at 18."""

    def type_of(self, episode: Coded) -> str:
        """The placement type of an episode, ``AS_BEFORE`` of an absence; Other where no rule fits."""
        return next((rule.type for rule in self.types if rule.fits(episode)), OTHER)

    @property
    def band_labels(self) -> tuple[str, ...]:
        """The age bands as a page writes them: ``under 1``, ``1 to 4``, ``16 to 17``."""
        starts: Sequence[int] = (0, *self.ages)
        ends: Sequence[int] = (*self.ages, ADULT)
        return tuple(_band(start, end) for start, end in zip(starts, ends, strict=True))


def birthday(born: date, age: int) -> date:
    """The day on which someone reaches an age; of someone born on 29 February it is 1 March in a common year."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)


def _band(start: int, end: int) -> str:
    if start == 0:
        return f"under {end}"
    return f"{start}" if end == start + 1 else f"{start} to {end - 1}"
