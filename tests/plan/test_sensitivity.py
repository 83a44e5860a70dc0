"""A step of each assumption does what the plan with it typed otherwise does; and what one more is worth on pay."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakeven.ledger.assumptions import Assumption
from breakeven.ledger.record import Record
from breakeven.periods import Year
from breakeven.plan.compare import Amounts, less_each
from breakeven.plan.sensitivity import Effect, Steps, Worth, sensitivity, worth
from breakeven.plan.sensitivity import Tested as Moved
from breakeven.plan.setting import Setting
from made import assumed, overlay, saving
from made_plans import THREE_POSTS, by_chance, housed, made_from, some_years
from made_registers import beside

FIRST = Year(2024)


def setting(*records: Record) -> Setting:
    return Setting(made_from(housed(*records)))


def moved(*records: Record, steps: Steps | None = None) -> dict[str, Moved]:
    return {each.id: each for each in sensitivity(setting(*records), steps)}


def whole(effect: Effect) -> tuple[list[int], list[int]]:
    """Position and closing balance, of an effect that is not open."""
    return [int(each or 0) for each in effect.position], [int(each or 0) for each in effect.closing]


# What a step does ------------------------------------------------------------------------------------------------


def test_a_step_is_taken_in_every_year_of_the_plan() -> None:
    # Growth of nothing becomes a rise of 1% a year on a contract sum of 500,000, and then a fall of 1%.
    found = moved()["contract_sum.growth"]
    assert whole(found.up) == ([5_000, 10_050, 15_151], [5_000, 15_050, 30_201])
    assert whole(found.down) == ([-5_000, -9_950, -14_850], [-5_000, -14_950, -29_800])


def test_an_assumption_of_a_category_moves_every_line_that_uses_it() -> None:
    # 365,000 on residential and 24,000 on fostering.
    assert whole(moved()["placements.growth"].up)[0] == [-3_890, -7_819, -11_787]


def test_one_more_placement_is_its_price_for_a_year_and_the_step_may_be_of_several() -> None:
    assert whole(moved()["residential.number"].up)[0] == [-36_500, -36_500, -36_500]
    twice = moved(steps=Steps(number=Decimal(2)))["residential.number"]
    assert (twice.step, whole(twice.down)[0]) == ("2 placements", [73_000, 73_000, 73_000])


def test_sums_and_the_opening_balance_are_moved_by_a_per_cent_of_themselves() -> None:
    stated = [assumed("contract_sum", "600000", "sum"), assumed("contract_sum", "0", "growth", 2025)]
    found = moved(*stated, steps=Steps(percent=Decimal(5)))
    assert found["contract_sum.sum"].step == "5%"
    assert whole(found["contract_sum.sum"].up)[0] == [30_000, 30_000, 30_000]
    # It opens with a deficit of 20,000, and of 17,000 more of the year before: 37,000.
    assert whole(found["opening_balance"].up) == ([0, 0, 0], [-1_850, -1_850, -1_850])


def test_savings_are_delivered_ten_points_less_and_more() -> None:
    found = moved(saving("8000", "2024-04-01"))["savings.delivery"]
    assert found.step == "10 points"
    assert (whole(found.up)[0], whole(found.down)[0]) == ([800, 800, 800], [-800, -800, -800])


def test_an_audited_balance_is_not_tested_and_a_plan_without_savings_has_no_delivery() -> None:
    year = housed()
    assert {"opening_balance"} == moved().keys() & {"opening_balance", "savings.delivery"}
    audited = replace(year, body=replace(year.body, state="audited"))
    found = {each.id for each in sensitivity(Setting(made_from(audited)))}
    assert not found & {"opening_balance", "savings.delivery"}


def test_a_number_assumed_of_placements_is_tested_once_and_one_that_nobody_counts_in_its_sheet() -> None:
    both = [assumed("fostering", "3", "number"), assumed("fostering", "8000", "price", unit="£ a year")]
    found = moved(*both, assumed("residential", "12", "number"))
    assert found["residential.number"].step == "1 placement"
    assert whole(found["fostering.number"].up)[0][0] == -8_000
    assert found["fostering.number"].step == "1"


def test_a_number_by_itself_never_falls_below_nil() -> None:
    # Three that nobody has priced come to 24,000, and two to 16,000. With 2 more each it is 4/5 of 24,000; with 2.5
    # fewer, half of one and then none.
    number = [assumed("fostering", "3", "number"), assumed("fostering", "2", "number", 2025)]
    three = [*number, assumed("fostering", "24000", "sum")]
    assert whole(moved(*three, steps=Steps(number=Decimal(2)))["fostering.number"].up)[0] == [0, -3_200, -3_200]
    found = moved(*three, steps=Steps(number=Decimal("2.5")))["fostering.number"]
    assert (found.step, whole(found.down)[0]) == ("2.5", [0, 16_000, 16_000])


def test_what_cannot_be_is_open_and_sorts_by_the_other_side() -> None:
    # Ten placements cannot become twelve fewer; twelve more can.
    found = moved(steps=Steps(number=Decimal(12)))["residential.number"]
    assert found.down.position == found.down.closing == (None, None, None)
    assert found.size(None) == 12 * 36_500 * 3
    assert (found.at(0), found.size(0)) == ((Decimal(-438_000), None), 438_000)
    assert replace(found, up=found.down).size(None) == 0


# Each is the difference of two plans -----------------------------------------------------------------------------


def effect(after: Setting, before: Setting) -> tuple[Amounts, Amounts]:
    return (
        less_each(after.balances.position, before.balances.position),
        less_each(after.balances.closing, before.balances.closing),
    )


@given(some_years(), st.sampled_from(["0.5", "1", "3"]))
def test_a_step_of_an_assumption_does_what_the_plan_does_with_it_typed_otherwise(
    records: list[Record], points: str
) -> None:
    year, steps = by_chance(records), Steps(Decimal(points), Decimal(points))
    before = Setting(made_from(year))
    for found in sensitivity(before, steps):
        name, kind = found.id.split(".") if "." in found.id else ("", "")
        for sign, said in ((1, found.up), (-1, found.down)):
            typed = [
                each.model_copy(update={"value": stepped(each.value, kind, sign * Decimal(points))})
                for each in year.ledgers.assumptions
                if (each.line, each.kind) == (name, kind)
            ]
            others = [each for each in records if not any(is_of(each, one) for one in typed)]
            if typed:
                after = Setting(made_from(by_chance([*others, *typed])))
                assert (said.position, said.closing) == effect(after, before)


def stepped(value: Decimal, kind: str, step: Decimal) -> Decimal:
    return value * (1 + step / 100) if kind == "sum" else value + step


def is_of(record: Record, other: Assumption) -> bool:
    return isinstance(record, Assumption) and (record.line, record.kind, record.year) == (
        other.line, other.kind, other.year,
    )  # fmt: skip


@given(some_years())
def test_a_number_a_group_and_delivery_do_what_they_do_in_a_what_if(records: list[Record]) -> None:
    before = Setting(made_from(by_chance(records)))
    typed = {
        "residential.number": "residential number {}1",
        "pay": "pay inflation {}1%",
        "prices": "prices inflation {}1%",
        "savings.delivery": "savings delivery {}10%",
    }
    for found in sensitivity(before):
        if found.id in typed:
            for sign, said in (("+", found.up), ("-", found.down)):
                after = replace(before, overlays=(overlay(typed[found.id].format(sign)),))
                assert (said.position, said.closing) == effect(after, before)


@given(some_years(), st.none() | st.integers(0, 2))
def test_the_largest_comes_first_and_groups_after_what_they_are_made_of(
    records: list[Record], place: int | None
) -> None:
    found = sensitivity(Setting(made_from(by_chance(records))), place=place)
    kinds = [each.is_group for each in found]
    assert kinds == sorted(kinds)
    for is_group in (False, True):
        sizes = [each.size(place) for each in found if each.is_group is is_group]
        assert sizes == sorted(sizes, reverse=True)


# What one more is worth ------------------------------------------------------------------------------------------


def test_one_more_placement_is_worth_so_much_on_pay() -> None:
    # £36,500 a year each; 1% of 120,000 and of 60,000 is 1,800: 20.28%.
    assert worth(setting(), FIRST) == (
        Worth("residential", "Residential", "placement", Decimal(-36_500), Decimal("20.28")),
    )


def test_what_one_more_is_worth_on_pay_laid_over_the_plan_costs_as_much_to_half_a_hundredth_of_a_point() -> None:
    plan = setting()
    (found,) = worth(plan, FIRST)
    on_pay = replace(plan, overlays=(overlay(f"pay inflation +{found.on_pay}%"),))
    costs = less_each(on_pay.balances.position, plan.balances.position)[0]
    assert costs is not None
    assert abs(costs - found.position) <= Decimal("0.005") * 1_800


def test_a_post_is_worth_what_it_costs_and_without_a_group_or_with_nothing_to_pay_nothing_is_said_of_pay() -> None:
    posts = Setting(made_from(beside(housed(), *THREE_POSTS)))
    by_line = {each.line: each for each in worth(posts, FIRST)}
    assert (by_line["social_workers"].unit, by_line["social_workers"].position) == ("post", -40_000)
    assert [each.on_pay for each in worth(setting(), FIRST, "nobody")] == [None]
    unpaid = replace(setting(), overlays=(overlay("social_workers amount £0"), overlay("agency amount £0")))
    assert [each.on_pay for each in worth(unpaid, FIRST)] == [None]


def test_a_line_that_nobody_counts_is_worth_nothing_that_could_be_said() -> None:
    both = [assumed("fostering", "3", "number"), assumed("fostering", "8000", "price", unit="£ a year")]
    assert [each.line for each in worth(setting(*both), FIRST)] == ["residential"]


# Steps as typed --------------------------------------------------------------------------------------------------


def test_steps_are_of_rates_where_nothing_else_is_said() -> None:
    found = Steps.parse(["0.5", "percent = 2%", "delivery=20", "number=3"])
    assert found == Steps(Decimal("0.5"), Decimal(2), Decimal(3), Decimal(20))
    assert Steps.parse([]) == Steps()


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("much", "expected a number above nil, found 'much'"),
        ("points=", "expected a number above nil, found ''"),
        ("inflation=1", "steps are of points, percent, number, delivery, not 'inflation'"),
        ("0", "a step of points is above nil and at most 100, not 0"),
        ("percent=-1", "a step of percent is above nil and at most 100, not -1"),
        ("delivery=101", "a step of delivery is above nil and at most 100, not 101"),
        ("percnt=2", "not 'percnt'; did you mean percent[?]"),
        ("nan", "a step of points is above nil and at most 100, not nan"),
        ("inf", "a step of points is above nil and at most 100, not inf"),
    ],
)
def test_a_step_that_cannot_be_taken_is_refused(said: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        Steps.parse([said])
