"""Journeys and flows: a count by hand agrees, splits keep every night, movements come to the closing number."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakeven.drivers.flows import flows, in_care, movements, window_before
from breakeven.drivers.journeys import Care, care_of
from breakeven.ledger.placement_types import birthday
from breakeven.ledger.ssda903 import Journey, Returns
from breakeven.workbook.ssda903_settings import Ssda903Settings
from drivers.in_care import FIRST, LAST, RULES, YEARS, episodes, journeys_of, made
from ssda903_made import CODES, EXTERNAL, INTERNAL, RESIDENTIAL, SUPPORTED, Stay, made_children

days = st.integers(0, (LAST - FIRST).days).map(lambda day: FIRST + timedelta(days=day))


def care(born: date, *stays: Stay, until: date | None = None, seen: date = LAST) -> Care:
    """One child in care."""
    return care_of(Returns(YEARS, (Journey(born, episodes(*stays), seen),), (), (), ()), RULES, until)


# Laws ------------------------------------------------------------------------------------------------------------


@given(days)
def test_the_number_on_any_night_is_that_of_the_open_episodes(night: date) -> None:
    _, stays, found = made()
    kinds = {place: kind for kind, (place, _) in CODES.items()}
    by_hand = Counter(kinds[s.place] for s in stays if s.start <= night and (s.end is None or s.end > night))
    numbers = in_care(found, night).sum(axis=0)
    assert {kind: int(numbers[i]) for i, kind in enumerate(found.types)} == {k: by_hand[k] for k in found.types}


@given(days, days)
def test_what_came_less_what_went_is_the_closing_number_of_each_type_and_band(one: date, other: date) -> None:
    first, last = sorted((one, other))
    moved = movements(made()[2], first, last)
    assert (moved.worked_out == moved.closing).all()
    assert moved.moved_in.sum() == moved.moved_out.sum()
    assert moved.aged_in.sum() == moved.aged_out.sum()


def test_splitting_at_birthdays_keeps_every_night() -> None:
    _, stays, found = made()
    whole = sum(((stay.end or LAST + timedelta(days=1)) - stay.start).days for stay in stays)
    assert sum(stretch.nights for stretch in found.stretches) == whole


def test_every_night_of_a_stretch_is_of_the_age_of_its_band() -> None:
    found = made()[2]
    for stretch in found.stretches:
        assert stretch.end <= birthday(stretch.born, found.ages[stretch.band])
        assert stretch.band == 0 or stretch.start >= birthday(stretch.born, found.ages[stretch.band - 1])


@given(days, days)
def test_nights_at_risk_are_those_in_care_at_the_start_of_each_day(one: date, other: date) -> None:
    first, last = sorted((one, other))
    found = made()[2]
    each_day = sum(in_care(found, first + timedelta(days=i - 1)) for i in range((last - first).days + 1))
    assert (flows(found, first, last).at_risk == each_day).all()


def test_rates_that_are_known_are_found_again() -> None:
    """Over four years of many children: each rate within three standard errors of what the children were made by."""
    born, stays = made_children(FIRST, LAST, there=1500, seed=7)
    found = care_of(Returns(YEARS, journeys_of(born, stays), (), (), ()), RULES)
    counted = flows(found, FIRST, LAST)
    nights = counted.at_risk.sum(axis=0)
    for kind, a_year in ((RESIDENTIAL, 0.25), (EXTERNAL, 0.22), (INTERNAL, 0.28), (SUPPORTED, 0.7)):
        i = found.types.index(kind)
        expected = a_year / 365.25 * nights[i]
        assert abs(counted.left[:, i].sum() - expected) < 3 * expected**0.5
    entered = Counter(found.types[int(counted.entered.type[n])] for n in range(len(counted.entered)))
    for kind, a_year in ((RESIDENTIAL, 12), (EXTERNAL, 60), (INTERNAL, 70), (SUPPORTED, 25)):
        # those there on the first day entered on it
        expected = a_year * 4 + 1500 * a_year / 167
        assert abs(entered[kind] - expected) < 4 * expected**0.5


# One child -------------------------------------------------------------------------------------------------------

BORN = date(2012, 6, 10)
"""Ten on 10 June 2022."""


def test_a_birthday_splits_a_placement_and_is_no_move() -> None:
    found = care(BORN, Stay("A", date(2022, 6, 1), date(2022, 6, 20)))
    assert [(s.nights, s.begins, s.ends) for s in found.stretches] == [(9, "entered", "aged"), (10, "aged", "left")]
    assert [found.bands[s.band] for s in found.stretches] == ["5 to 9", "10 to 15"]


def test_a_new_legal_status_in_the_same_place_is_no_move() -> None:
    found = care(
        BORN,
        Stay("A", date(2021, 1, 1), date(2021, 3, 1), legal_status="E1"),
        Stay("A", date(2021, 3, 1), date(2021, 9, 1)),
    )
    assert [(s.nights, s.ends) for s in found.stretches] == [(243, "left")]


def test_a_change_of_type_is_a_move_and_a_gap_is_not() -> None:
    found = care(
        BORN,
        Stay("A", date(2021, 1, 1), date(2021, 3, 1)),
        Stay("A", date(2021, 3, 1), date(2021, 4, 1), "K2"),
        Stay("A", date(2021, 5, 1), date(2021, 6, 1), "K2"),
    )
    assert [(s.begins, s.ends) for s in found.stretches] == [
        ("entered", "moved"),
        ("moved", "left"),
        ("entered", "left"),
    ]
    assert found.stretches[0].to == found.types.index("Residential")


def test_an_open_episode_is_not_taken_to_have_ended() -> None:
    found = care(BORN, Stay("A", date(2023, 1, 1)))
    assert [s.ends for s in found.stretches] == ["open"]
    assert flows(found, date(2023, 4, 1), LAST).left.sum() == 0
    assert flows(found, date(2023, 4, 1), LAST).at_risk.sum() == 366


def test_a_child_lost_from_sight_has_neither_left_nor_stayed() -> None:
    found = care(BORN, Stay("A", date(2022, 1, 1)), seen=date(2023, 3, 31))
    moved = movements(found, date(2022, 4, 1), LAST)
    assert (moved.opening.sum(), moved.left.sum(), moved.lost.sum(), moved.closing.sum()) == (1, 0, 1, 0)
    assert flows(found, date(2022, 4, 1), LAST).left.sum() == 0


def test_an_end_on_the_18th_birthday_is_no_leaving_before_it() -> None:
    born = date(2005, 7, 1)
    found = care(born, Stay("A", date(2022, 1, 1), date(2023, 7, 1)))
    assert [s.ends for s in found.stretches] == ["turned 18"]
    early = care(born, Stay("A", date(2022, 1, 1), date(2023, 6, 30)))
    assert [s.ends for s in early.stretches] == ["left"]


def test_what_is_rewound_is_not_known_yet() -> None:
    stays = Stay("A", date(2022, 1, 1), date(2023, 6, 1)), Stay("A", date(2023, 6, 1), None, "K2")
    then = care(BORN, *stays, until=date(2023, 3, 31))
    assert [(then.types[s.type], s.ends) for s in then.stretches][-1] == (EXTERNAL, "open")
    assert then.types == (EXTERNAL,)


def test_an_absence_is_of_the_type_that_is_kept_meanwhile() -> None:
    found = care(
        BORN,
        Stay("A", date(2021, 1, 1), date(2021, 3, 1), "K2"),
        Stay("A", date(2021, 3, 1), date(2021, 3, 9), "T1", ""),
        Stay("A", date(2021, 3, 9), date(2021, 6, 1), "K2"),
    )
    assert [(found.types[s.type], s.nights) for s in found.stretches] == [("Residential", 151)]
    assert care(BORN, Stay("A", date(2021, 3, 1), date(2021, 3, 9), "T1", "")).types == ("Other",)


def test_someone_born_on_29_february_has_a_birthday_on_1_march() -> None:
    assert birthday(date(2008, 2, 29), 10) == date(2018, 3, 1)
    assert birthday(date(2008, 2, 29), 16) == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("months", "first"), [(12, date(2023, 4, 1)), (24, date(2022, 4, 1)), (48, FIRST), (240, FIRST)]
)
def test_a_window_begins_no_earlier_than_the_returns(months: int, first: date) -> None:
    assert window_before(LAST, months, made()[2]) == first


def test_a_rule_of_a_bodys_own_comes_before_ours() -> None:
    own = Ssda903Settings.model_validate(
        {"types": [{"type": "Own homes", "place": ["K2"], "provider": ["PR1"]}]}
    ).rules()
    one, other = episodes(Stay("A", FIRST, None, "K2", "PR1"), Stay("A", FIRST, None, "K2", "PR4"))
    assert (own.type_of(one), own.type_of(other)) == ("Own homes", "Residential")
