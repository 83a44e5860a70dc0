"""Savings as a scenario changes them: what they come to, how much is delivered, when they start."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakeven.ledger.savings import Saving
from breakeven.ledger.scenarios import Overlay
from breakeven.ledger.targets import OverlayError
from breakeven.money import pounds
from breakeven.periods import Year
from breakeven.plan.overlays import overlaid_savings
from breakeven.plan.schemes import Standing, amounts_in, model_schemes
from made import contract_year, day, overlay, saving

BODY = contract_year(confidence={"planned": "50", "delivered": "100"}).body
OVER = Standing(BODY, 12, ())
YEARS = [Year(2024), Year(2025), Year(2026)]


def changed(schemes: Saving | tuple[Saving, ...], *overlays: Overlay) -> tuple[Saving, ...]:
    return overlaid_savings((schemes,) if isinstance(schemes, Saving) else schemes, overlays, BODY)


def planned(schemes: Saving | tuple[Saving, ...], *overlays: Overlay) -> list[list[int]]:
    """What each scheme saves in 2024/25, 2025/26 and 2026/27, as planned."""
    return [[int(a) for a in each.planned] for each in model_schemes(changed(schemes, *overlays), OVER, YEARS)]


OCTOBER = saving("1200", "2024-10-01")
MADE = saving("900", "2023-10-01", ref="S0", status="delivered", delivered="450")


def test_a_scheme_delivered_in_part_saves_that_part_of_every_year() -> None:
    assert planned(OCTOBER) == [[600, 1200, 1200]]
    assert planned(OCTOBER, overlay("S1 delivery 50%")) == [[300, 600, 600]]
    assert planned(OCTOBER, overlay("S1 delivery x0.8")) == [[480, 960, 960]]
    assert planned(OCTOBER, overlay("S1 delivery -20%")) == [[480, 960, 960]]


def test_a_scheme_may_deliver_more_than_was_planned_of_it() -> None:
    assert planned(OCTOBER, overlay("S1 delivery 200%")) == [[1200, 2400, 2400]]


def test_a_forecast_falls_short_as_the_plan_does() -> None:
    scheme = saving("1200", "2024-10-01", forecast="450.50", confidence="40")
    (found,) = changed(scheme, overlay("S1 delivery 50%"))
    assert (found.amount, found.forecast) == (600, Decimal("225.25"))
    amounts = amounts_in(Year(2025), found, OVER)
    assert (amounts.planned, amounts.forecast, amounts.weighted) == (600, 451, 180)


def test_parts_delivered_are_set_then_multiplied_then_points_are_added() -> None:
    three = [overlay("S1 delivery -10%"), overlay("S1 delivery x0.5"), overlay("S1 delivery 90%")]
    assert planned(OCTOBER, *three) == [[210, 420, 420]]  # 90 × 0.5 − 10 is 35 per cent


def test_an_amount_is_set_multiplied_or_added_to_and_one_of_nil_has_no_share_to_forecast_by() -> None:
    assert planned(OCTOBER, overlay("S1 amount £600")) == [[300, 600, 600]]
    assert planned(OCTOBER, overlay("S1 amount x2"), overlay("S1 amount +£100")) == [[1250, 2500, 2500]]
    (found,) = changed(saving("0", "2024-10-01", forecast="5"), overlay("S1 amount £600"))
    assert (found.amount, found.forecast) == (600, 5)


def test_an_amount_is_changed_before_the_part_of_it_that_is_delivered() -> None:
    assert planned(OCTOBER, overlay("S1 delivery 50%"), overlay("S1 amount £2400")) == [[600, 1200, 1200]]


def test_a_scheme_that_starts_later_saves_for_fewer_months_of_its_first_year() -> None:
    assert planned(OCTOBER, overlay("S1 start +3 months")) == [[300, 1200, 1200]]
    assert planned(OCTOBER, overlay("S1 start -6 months")) == [[1200, 1200, 1200]]
    assert planned(OCTOBER, overlay("S1 start +6 months")) == [[0, 1200, 1200]]
    assert planned(OCTOBER, overlay("S1 start +120 months")) == [[0, 0, 0]]
    assert planned(OCTOBER, overlay("S1 start +2 months"), overlay("savings start +1 months")) == [[300, 1200, 1200]]


def test_a_scheme_that_slips_is_forecast_to_make_the_same_part_of_what_is_planned() -> None:
    (found,) = changed(saving("1200", "2024-10-01", forecast="300"), overlay("S1 start +3 months"))
    assert (found.start, found.forecast) == (day("2025-01-01"), 150)
    (found,) = changed(saving("0", "2024-10-01", forecast="300"), overlay("S1 start +3 months"))
    assert (found.start, found.forecast) == (day("2025-01-01"), 300)


def test_one_change_of_all_savings_leaves_what_is_delivered_and_one_of_its_own_does_not() -> None:
    both = (MADE, OCTOBER)
    assert [each.amount for each in changed(both, overlay("savings delivery 60%"))] == [900, 720]
    assert [each.amount for each in changed(both, overlay("People delivery 60%"))] == [900, 720]
    assert [each.amount for each in changed(both, overlay("S0 delivery 60%"))] == [540, 1200]
    assert [each.amount for each in changed(both, overlay("savings amount +£300"))] == [900, 1500]


def test_what_a_scheme_is_set_to_itself_is_used_rather_than_what_all_of_them_are() -> None:
    for wider in ("savings delivery 60%", "savings delivery -10%", "savings delivery x0.6"):
        two = (OCTOBER, saving("100", "2024-04-01", ref="S2"))
        assert planned(two, overlay("S1 delivery 50%"), overlay(wider))[0] == [300, 600, 600]


def test_what_is_delivered_is_a_fact_that_no_scenario_changes() -> None:
    """A scheme of 2023/24 that made £450 in its half year goes on to make £900, whatever was planned of it."""
    scheme = saving("1200", "2023-10-01", delivered="450")
    for said in ("S1 delivery 50%", "savings delivery 50%"):
        (found,) = model_schemes(changed(scheme, overlay(said)), OVER, YEARS)
        assert found.planned == (450, 450, 450)


def test_the_start_of_a_scheme_that_has_begun_stands_and_moving_it_by_name_is_refused() -> None:
    begun = saving("1200", "2023-10-01", status="on track")
    assert changed((begun, OCTOBER.model_copy(update={"ref": "S2"})), overlay("savings start +3 months"))[0] == begun
    with pytest.raises(OverlayError, match="S1 began by the end of 2023/24, whose outturn holds it: it cannot move"):
        changed(begun, overlay("S1 start +3 months"))


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (["S1 delivery -101%"], "S1 would come to less than nil"),
        (["S1 amount -£1201"], "S1 would come to less than nil"),
        (["S1 amount to -£1"], "S1 would come to less than nil"),
        (["S1 start x2"], "a start moves by whole months, as \\+3: S1 start ×2"),
        (["S1 start 3"], "a start moves by whole months, as \\+3: S1 start 3 months"),
        (["S1 start +1.5"], "a start moves by whole months, as \\+3: S1 start \\+1.5 months"),
        (["S1 start -7 months"], "S1 would start before 2024/25, the plan's first year"),
        (["S1 delivery 50%", "S1 delivery 60%"], "S1 has its delivery set twice: S1 delivery 50%, and S1 delivery 60%"),
        (["S1 amount £5", "S1 amount £6"], "S1 has its amount set twice"),
    ],
)
def test_what_a_saving_cannot_come_to_is_refused(said: list[str], why: str) -> None:
    with pytest.raises(OverlayError, match=why):
        changed(OCTOBER, *map(overlay, said))


# Laws --------------------------------------------------------------------------------------------------------

CHANGES = [
    "savings delivery {}%", "S1 delivery x0.{}", "People delivery -{}%", "S2 delivery +{}%", "S1 amount +£{}",
    "savings amount x1.{}", "S2 amount £{}", "S2 start +{} months", "savings start +{} months",
]  # fmt: skip


@st.composite
def some_savings(draw: st.DrawFn) -> tuple[Saving, ...]:
    """Three schemes of the base year or a later one, made or to be made."""
    starts = st.dates(Year(2023).first_day, Year(2026).last_day).map(lambda start: start.isoformat())
    sums = st.none() | st.integers(0, 99_999).map(lambda pence: f"{Decimal(pence).scaleb(-2)}")
    return tuple(
        saving(
            draw(sums) or "0",
            draw(starts),
            draw(st.sampled_from(["recurrent", "one-off"])),
            ref=f"S{n}",
            status=draw(st.sampled_from(["planned", "delivered"])),
            delivered=draw(sums),
            forecast=draw(sums),
        )
        for n in (1, 2, 3)
    )


@given(some_savings(), st.lists(st.sampled_from(CHANGES), unique=True), st.data())
def test_changes_of_savings_have_no_order(schemes: tuple[Saving, ...], said: list[str], data: st.DataObject) -> None:
    overlays = [overlay(each.format(data.draw(st.integers(0, 9)))) for each in said]
    try:
        found = changed(schemes, *overlays)
    except OverlayError:
        with pytest.raises(OverlayError):
            changed(schemes, *data.draw(st.permutations(overlays)))
    else:
        assert changed(schemes, *data.draw(st.permutations(overlays))) == found


@given(some_savings(), st.sampled_from(["delivery {}0%", "amount x0.{}"]), st.integers(0, 9))
def test_every_scheme_but_those_delivered_saves_the_part_that_all_are_said_to(
    schemes: tuple[Saving, ...], said: str, part: int
) -> None:
    found = changed(schemes, overlay(f"savings {said.format(part)}"))
    for before, after in zip(schemes, found, strict=True):
        share = 1 if before.status == "delivered" else Decimal(part) / 10
        assert after.amount == pounds(before.amount * share)
        assert before.forecast is None or after.forecast == pounds(before.forecast * (share if before.amount else 1))
        assert (after.delivered, after.start, after.status) == (before.delivered, before.start, before.status)
