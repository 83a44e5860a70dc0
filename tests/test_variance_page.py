"""The worked example of docs/variance.md is what the bridge gives."""

import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from breakeven.drivers.price_volume import Bought, effects
from breakeven.monitoring.bridge import bridge
from breakeven.monitoring.line_state import LAST_YEAR, OUTTURN, Reason
from breakeven.periods import Year
from made_states import state

PAGE = (Path(__file__).parent.parent / "docs" / "variance.md").read_text("utf-8")
NIGHTS = Year(2023).days
SERIES = {0: (49, 68), 1: (51, 62)}


def printed(label: str) -> list[Decimal]:
    """A row of the example's table."""
    row = re.search(rf"^\| \**{label}\** \| \**([\d,]+)\** \| \**([\d,]+)\** \|$", PAGE, flags=re.MULTILINE)
    assert row, label
    return [Decimal(figure.replace(",", "")) for figure in row.groups()]


@pytest.mark.parametrize("series", SERIES)
def test_the_example_on_the_page_is_what_the_bridge_gives(series: int) -> None:
    old, new = SERIES[series]
    before, after = f"home {old * NIGHTS} @ {5250 // 7}", f"home {new * NIGHTS} @ {6174 // 7}"
    found = bridge(
        state(printed("Before")[series], LAST_YEAR, before), state(printed("After")[series], OUTTURN, after)
    )  # fmt: skip
    for reason in (Reason.PRICE, Reason.VOLUME, Reason.JOINT, Reason.MIX):
        assert found.parts[reason].amount == printed(reason.label)[series], reason
    assert found.parts[Reason.UNEXPLAINED].amount == 0
    assert found.change.amount == printed("Change")[series]


def test_the_price_of_the_example_rises_by_the_published_per_cent() -> None:
    assert Fraction(6174, 5250) == 1 + Fraction(176, 1000)


def test_of_a_cost_of_a_hundred_the_parts_are_as_the_page_says_whatever_the_price() -> None:
    found = effects(
        {"home": Bought(Fraction(49), Fraction(100, 49))},
        {"home": Bought(Fraction(68), Fraction(100, 49) * Fraction(1176, 1000))},
    )
    said = re.search(r"price adds ([\d.]+), volume ([\d.]+) and the two together ([\d.]+): ([\d.]+) more", PAGE)
    assert said
    parts = (found.price, found.volume, found.joint, found.total)
    assert [f"{float(part):.1f}" for part in parts] == list(said.groups())


def test_every_reason_is_on_the_page_in_its_order() -> None:
    rows = [PAGE.index(f"\n| {reason.label} | ") for reason in Reason]
    assert rows == sorted(rows)
