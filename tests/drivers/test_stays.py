"""Stays: who was there, who came and who went; and what was there at the start is there at the end but for these."""

from datetime import date, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from breakeven.drivers.stays import flow, stays
from breakeven.ledger.placements import Placement
from made import day
from made_registers import child

FIRST, LAST = day("2023-04-01"), day("2024-03-31")


def counts(*rows: Placement, last: date = LAST) -> tuple[int, int, int, int]:
    """At the start, starters, leavers, at the end."""
    found = flow(stays(rows, last), FIRST, last)
    return len(found.opening), len(found.came), len(found.went), len(found.closing)


def test_a_new_price_is_not_a_new_placement() -> None:
    before = child("R1", "Residential", "2023-01-01", "2023-07-01", a_week="5_000")
    after = child("R1", "Residential", "2023-07-01", a_week="5_500")
    assert counts(before, after) == counts(after, before) == (1, 0, 0, 1)
    (stay,) = stays([after, before], LAST)
    assert (stay.start, stay.end, stay.latest.weekly_cost) == (day("2023-01-01"), None, 5500)


def test_a_night_between_makes_two_stays() -> None:
    rows = child("R1", "Residential", "2023-05-01", "2023-07-01"), child("R1", "Residential", "2023-07-02")
    assert counts(*rows) == (0, 2, 1, 1)


def test_a_move_from_one_type_to_another_is_a_leaver_of_one_and_a_starter_of_the_other() -> None:
    rows = [
        child("R1", "Residential", "2022-05-01", "2023-07-01"),
        child("R1", "Supported accommodation", "2023-07-01"),
    ]
    assert counts(rows[0]) == (1, 0, 1, 0)
    assert counts(rows[1]) == (0, 1, 0, 1)
    assert len(stays(rows, LAST)) == 2


def test_the_day_a_placement_ends_is_not_a_night_of_it() -> None:
    assert counts(child("R1", "Residential", "2023-01-01", "2023-04-01")) == (1, 0, 1, 0)
    assert counts(child("R1", "Residential", "2023-01-01", "2023-03-31")) == (0, 0, 0, 0)
    assert counts(child("R1", "Residential", "2024-03-31")) == (0, 1, 0, 1)


def test_what_is_not_known_yet_has_not_happened() -> None:
    june = day("2023-06-30")
    ends, begins = child("R1", "Residential", "2023-01-01", "2023-07-01"), child("R2", "Residential", "2023-07-01")
    assert counts(ends, begins, last=june) == (1, 0, 0, 1)
    assert stays([begins], june) == ()


def test_a_row_within_another_ends_nothing() -> None:
    rows = (
        child("R1", "Residential", "2023-05-01", "2023-12-01"),
        child("R1", "Residential", "2023-06-01", "2023-07-01"),
    )
    (stay,) = stays(rows, LAST)
    assert stay.end == day("2023-12-01")


@st.composite
def registers(draw: st.DrawFn) -> list[Placement]:
    rows: list[Placement] = []
    for _ in range(draw(st.integers(0, 12))):
        start = FIRST + timedelta(days=draw(st.integers(-200, 400)))
        nights = draw(st.none() | st.integers(0, 300))
        end = "" if nights is None else (start + timedelta(days=nights)).isoformat()
        rows.append(child(draw(st.sampled_from(["R1", "R2", "R3"])), "Residential", start.isoformat(), end))
    return rows


@given(registers(), st.integers(0, 365), st.randoms(use_true_random=False))
def test_opening_and_starters_less_leavers_is_closing_whatever_the_order(
    rows: list[Placement], days: int, chance: Random
) -> None:
    last = FIRST + timedelta(days=days)
    opening, came, went, closing = counts(*rows, last=last)
    assert opening + came - went == closing
    chance.shuffle(rows)
    assert counts(*rows, last=last) == (opening, came, went, closing)
