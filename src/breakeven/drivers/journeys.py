"""Journeys through care as stretches: one child in one placement type and one age band, from one day to another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from breakeven.ledger.placement_types import ADULT, AS_BEFORE, OTHER, DemandRules, birthday
from breakeven.ledger.ssda903 import Journey, Returns

Begins = Literal["entered", "moved", "aged"]
Ends = Literal["left", "moved", "aged", "turned 18", "open", "lost"]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A child in one type and band. start: its first night. end: the day after its last, as far as that is known.

    ends: how; ``open`` where it lasts beyond what the returns tell, so that its end is only when it was last seen.
    """

    born: date
    type: int
    band: int
    start: date
    end: date
    begins: Begins
    ends: Ends
    to: int | None = None
    """The type moved to."""

    @property
    def nights(self) -> int:
        """How many nights it is known to have had."""
        return (self.end - self.start).days

    def is_on(self, night: date) -> bool:
        """Whether the child spends a night in it."""
        return self.start <= night < self.end


@dataclass(frozen=True)
class Care:
    """All stretches of all children, and the types and bands that their numbers stand for."""

    types: tuple[str, ...]
    bands: tuple[str, ...]
    ages: tuple[int, ...]
    """The birthdays on which a child leaves each band; the last is the 18th."""
    stretches: tuple[Stretch, ...]
    first: date
    """The first night of which all children are known."""
    until: date
    """The last night that is known."""


def care_of(returns: Returns, rules: DemandRules, until: date | None = None) -> Care:
    """The stretches of every child, split where a birthday crosses a band.

    until: what was known at the end of this night and no more; what begins later is not there, and what ends later has
    no end. An end on the 18th birthday is not counted among those who leave. An episode of a temporary absence is of
    the type before it. Episodes of one type that follow each other are one placement, whatever legal status changes.
    """
    last = returns.until if until is None else min(until, returns.until)
    spells = [spell for journey in returns.journeys for spell in _spells(journey, rules, last)]
    seen = {spell.type for spell in spells}
    types = tuple(name for name in dict.fromkeys((*(rule.type for rule in rules.types), OTHER)) if name in seen)
    ages = (*rules.ages, ADULT)
    stretches = [stretch for spell in spells for stretch in _split(spell, types.index(spell.type), types, ages)]
    return Care(types, rules.band_labels, ages, tuple(stretches), returns.first, last)


@dataclass(frozen=True, slots=True)
class _Spell:
    """A child in one type without a break."""

    born: date
    type: str
    start: date
    end: date
    begins: Begins
    ends: Ends
    to: str | None = None


def _spells(journey: Journey, rules: DemandRules, last: date) -> Iterator[_Spell]:
    """Episodes of one type that follow each other as one; each says whether the child then moves, leaves or stays."""
    found: list[_Spell] = []
    for episode in journey.episodes:
        if episode.start > last:
            break
        follows = bool(found) and found[-1].end == episode.start
        said = rules.type_of(episode)
        name = said if said != AS_BEFORE else found[-1].type if follows else OTHER
        seen = min(journey.seen_until, last)
        if episode.end is not None and episode.end <= last:
            end, ends = episode.end, "left"
        else:
            end, ends = seen + timedelta(days=1), "open" if seen == last else "lost"
        if follows and found[-1].type == name:
            found[-1] = replace(found[-1], end=end, ends=ends)
            continue
        if follows:
            found[-1] = replace(found[-1], ends="moved", to=name)
        found.append(_Spell(journey.born, name, episode.start, end, "moved" if follows else "entered", ends))
    adult = birthday(journey.born, ADULT)
    for spell in found:
        yield replace(spell, ends="turned 18") if spell.ends == "left" and spell.end == adult else spell


def _split(spell: _Spell, number: int, types: Sequence[str], ages: Sequence[int]) -> Iterator[Stretch]:
    """A spell cut at the birthdays that cross a band; its nights stay the same."""
    start, begins = spell.start, spell.begins
    to = None if spell.to is None else types.index(spell.to)
    for band, age in enumerate(ages):
        crossed = birthday(spell.born, age)
        if crossed <= start:
            continue
        if spell.end <= crossed:
            yield Stretch(spell.born, number, band, start, spell.end, begins, spell.ends, to)
            return
        yield Stretch(spell.born, number, band, start, crossed, begins, "aged")
        start, begins = crossed, "aged"
