"""Made-up SSDA903 returns: children who come, move and leave at known rates, written as the files of each year."""

import csv
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from breakeven.ledger.placement_types import birthday
from breakeven.periods import Year

HEADER = ["CHILD", "SEX", "DOB", "ETHNIC", "UPN", "MOTHER", "MC_DOB"]
EPISODES = [
    "CHILD", "DECOM", "RNE", "LS", "CIN", "PLACE", "PLACE_PROVIDER", "DEC", "REC", "REASON_PLACE_CHANGE", "HOME_POST",
    "PL_POST", "URN",
]  # fmt: skip

CODES = {
    "Residential": ("K2", "PR4"),
    "External fostering": ("U6", "PR4"),
    "Internal and connected fostering": ("U4", "PR1"),
    "Supported accommodation": ("H5", "PR4"),
}
"""A placement and a provider code of each type."""


@dataclass(frozen=True)
class Stay:
    """One episode as a test writes it: a child, its first night, the day it ended, a placement and a provider code."""

    child: str
    start: date
    end: date | None = None
    place: str = "U6"
    provider: str = "PR4"
    legal_status: str = "C2"


def write_return(folder: Path, born: Mapping[str, date], stays: Iterable[Stay]) -> Path:
    """A folder with the Header and Episodes files of one year's return."""
    folder.mkdir(parents=True, exist_ok=True)
    stays = list(stays)
    with (folder / "Header.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for child in sorted({stay.child for stay in stays} & born.keys()):
            writer.writerow([child, "1", _day(born[child]), "WBRI", f"UPN{child}", "0", ""])
    with (folder / "Episodes.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(EPISODES)
        for stay in stays:
            ended = "" if stay.end is None else "X1"
            writer.writerow(
                [
                    stay.child, _day(stay.start), "S", stay.legal_status, "N1", stay.place, stay.provider,
                    _day(stay.end), ended, "", "B1 1AA", "B2 2BB", "",
                ]
            )  # fmt: skip
    return folder


def _day(day: date | None) -> str:
    return "" if day is None else f"{day:%d/%m/%Y}"


def write_returns(folder: Path, born: Mapping[str, date], stays: Sequence[Stay], years: Sequence[Year]) -> list[Path]:
    """Each year's return as it was sent in: the episodes open in that year, without the ends that came after it."""
    return [
        write_return(
            folder / f"SSDA903 {year}",
            born,
            (
                Stay(
                    stay.child, stay.start, stay.end if stay.end and stay.end <= year.last_day else None, stay.place,
                    stay.provider, stay.legal_status,
                )
                for stay in stays
                if stay.start <= year.last_day and (stay.end is None or stay.end >= year.first_day)
            ),
        )
        for year in years
    ]  # fmt: skip


@dataclass(frozen=True)
class Known:
    """Rates by type, the same at every age: leavers and moves a year for each child; and how many enter a year."""

    left: Mapping[str, float]
    moves: Mapping[tuple[str, str], float]
    entering: Mapping[str, float]


RESIDENTIAL, EXTERNAL, INTERNAL, SUPPORTED = CODES
RATES = Known(
    left={RESIDENTIAL: 0.25, EXTERNAL: 0.22, INTERNAL: 0.28, SUPPORTED: 0.7},
    moves={
        (EXTERNAL, RESIDENTIAL): 0.06, (RESIDENTIAL, EXTERNAL): 0.12, (EXTERNAL, INTERNAL): 0.05,
        (RESIDENTIAL, SUPPORTED): 0.15, (EXTERNAL, SUPPORTED): 0.03,
    },
    entering={RESIDENTIAL: 12, EXTERNAL: 60, INTERNAL: 70, SUPPORTED: 25},
)  # fmt: skip
YEAR = 365.25


def made_children(
    first: date, last: date, *, seed: int = 1, there: int = 400, rates: Known = RATES
) -> tuple[dict[str, date], list[Stay]]:
    """Children in care from ``first`` to ``last``, some ``there`` at the start, who come and go at known rates."""
    dice = random.Random(seed)  # noqa: S311  (nothing is kept secret)
    kinds, weights = list(rates.entering), list(rates.entering.values())
    arrivals = [first] * there
    day = first
    while (day := day + timedelta(days=1)) <= last:
        arrivals += [day for a_year in weights if dice.random() < a_year / YEAR]
    born: dict[str, date] = {}
    stays: list[Stay] = []
    for number, arrival in enumerate(arrivals):
        kind = dice.choices(kinds, weights)[0]
        old = dice.randint(16 * 366, 17 * 365) if kind == SUPPORTED else dice.randint(1, 17 * 365)
        child = f"C{number:05d}"
        born[child] = arrival - timedelta(days=old)
        stays += _life(Stay(child, arrival), kind, born[child], last, (dice, rates))
    return born, stays


def _life(entry: Stay, kind: str, born: date, last: date, chance: tuple[random.Random, Known]) -> Iterator[Stay]:
    """One child's stays, up to the 18th birthday; the last has no end where it lasts beyond ``last``."""
    dice, rates = chance
    adult, start = birthday(born, 18), entry.start
    while kind:
        away = {to: rate for (of, to), rate in rates.moves.items() if of == kind} | {"": rates.left[kind]}
        end = min(adult, start + timedelta(days=max(1, round(dice.expovariate(sum(away.values()) / YEAR)))))
        place, provider = CODES[kind]
        yield Stay(entry.child, start, end if end <= last else None, place, provider)
        if end > last or end == adult:
            return
        kind, start = dice.choices(list(away), list(away.values()))[0], end
