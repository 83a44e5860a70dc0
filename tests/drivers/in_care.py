"""Children in care as a projection takes them: made-up stays as episodes, journeys and stretches."""

from datetime import date
from functools import lru_cache

from breakeven.drivers.journeys import Care, care_of
from breakeven.findings import Cell
from breakeven.ledger.placement_types import DemandRules
from breakeven.ledger.ssda903 import Episode, Journey, Returns
from breakeven.periods import Year
from breakeven.workbook.ssda903_settings import Ssda903Settings
from ssda903_made import Stay, made_children

RULES: DemandRules = Ssda903Settings().rules()
FIRST, LAST = date(2020, 4, 1), date(2024, 3, 31)
YEARS = tuple(Year(year) for year in range(2020, 2024))


def episodes(*stays: Stay) -> tuple[Episode, ...]:
    """Stays as they are read."""
    return tuple(
        Episode(
            at=Cell("Episodes.csv"), child=stay.child, start=stay.start, end=stay.end, place=stay.place,
            provider=stay.provider, legal_status=stay.legal_status,
        )
        for stay in stays
    )  # fmt: skip


def journeys_of(born: dict[str, date], stays: list[Stay]) -> tuple[Journey, ...]:
    """Each child's stays as one journey."""
    by_child: dict[str, list[Stay]] = {}
    for stay in stays:
        by_child.setdefault(stay.child, []).append(stay)
    return tuple(Journey(born[child], episodes(*own), LAST) for child, own in by_child.items())


@lru_cache
def made() -> tuple[dict[str, date], list[Stay], Care]:
    """Some hundred children, as they were and as stretches."""
    born, stays = made_children(FIRST, LAST, there=120)
    return born, stays, care_of(Returns(YEARS, journeys_of(born, stays), (), (), ()), RULES)
