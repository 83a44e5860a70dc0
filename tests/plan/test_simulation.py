"""Many trials of the plan: the plan itself where nothing varies, and what can be worked out by hand where it does."""

from dataclasses import replace
from decimal import Decimal
from math import sqrt

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from breakeven.plan.bounded import Pert, Uniform
from breakeven.plan.correlation import Correlation
from breakeven.plan.distributions import Discrete, Distribution, Fixed, LogNormal, Normal
from breakeven.plan.model import round_decimals
from breakeven.plan.projection import Flows, run
from breakeven.plan.simulation import Simulated, fan, simulate
from breakeven.plan.uncertainty import Delivery, Demand, Figure, How, Target, Uncertain, Uncertainty
from plan.simulated import flows, moved

TRIALS = 20_000


def small(inputs: tuple[Uncertain, ...], savings: tuple[Delivery, ...] = (), **more: object) -> Simulated:
    """Income of 300,000 against two lines of 100,000 and 200,000, and a saving of 1,000 then 2,000."""
    found = Uncertainty(inputs, savings, **more)  # pyright: ignore[reportArgumentType]
    return simulate(flows(["300000"], ["100000", "200000"], [[1000, 2000]]), found, trials=TRIALS, seed=7)


# Where nothing varies ----------------------------------------------------------------------------------------------

money = st.decimals(-(10**8), 10**8, places=2)
factors = st.decimals(Decimal("0.8"), Decimal("1.3"), places=3)


@st.composite
def plans(draw: st.DrawFn) -> Flows:
    """A plan of a few lines and years whose factors, sums and steps are any."""
    years, count = draw(st.integers(1, 4)), draw(st.integers(1, 3))
    made = flows(["1000.50"], [str(draw(money)) for _ in range(count)], None, years, "-20.25")
    spend = made.expenditure
    for array, values in (
        (spend.growth, factors), (spend.inflation, factors), (spend.in_year, factors),
        (spend.stated, money), (spend.steps, money),
    ):  # fmt: skip
        array[...] = np.array(draw(st.lists(values, min_size=array.size, max_size=array.size))).reshape(array.shape)
    spend.is_stated[...] = np.array(
        draw(st.lists(st.booleans(), min_size=spend.growth.size, max_size=spend.growth.size))
    ).reshape(spend.growth.shape)
    return made


@given(plans())
def test_with_nothing_varying_every_trial_is_the_plan_to_the_penny(plan: Flows) -> None:
    exact = run(plan, round_decimals)
    still = (moved("still", Fixed(0.0), 0), moved("sure", Normal(0, 0), 0))
    found = simulate(plan, Uncertainty(still), trials=3)
    for trial in range(3):
        assert [Decimal(repr(float(each))) for each in found.position[trial]] == list(exact.position[0])
        assert [Decimal(repr(float(each))) for each in found.closing[trial]] == list(exact.closing[0])


@given(plans())
def test_what_is_drawn_and_moves_nothing_leaves_floats_at_the_plan_of_decimals(plan: Flows) -> None:
    exact = run(plan, round_decimals)
    spend = Target("expenditure", "inflation", tuple(range(plan.expenditure.base.shape[1])), "add")
    drawn = (
        Uncertain("a", "a", Normal(0, 1e-300), spend, each_year=True),
        Uncertain("b", "b", Uniform(-1e-300, 1e-300), replace(spend, figure="in_year")),
        Uncertain("c", "c", Normal(0, 1e-300), Target("income", "base", (0,), "add")),
    )
    found = simulate(plan, Uncertainty(drawn), trials=3)
    assert found.position.tolist() == [exact.position[0].astype(float).tolist()] * 3
    assert found.closing.tolist() == [exact.closing[0].astype(float).tolist()] * 3


MOVES: list[tuple[Figure, How, tuple[float, float]]] = [
    ("base", "add", (0, 1250.5)),
    ("base", "multiply", (1, 1.25)),
    ("growth", "add", (0, 2.5)),
    ("growth", "set", (3.5, -1)),
    ("inflation", "multiply", (1, 1.05)),
    ("in_year", "multiply", (0.5, 1.5)),
    ("stated", "set", (100.5, -100.5)),
    ("steps", "add", (-0.25, 0.5)),
    ("steps", "multiply", (1, -1)),
    ("pressures", "add", (0.5, -0.5)),
]


@given(plans(), st.sampled_from(MOVES), st.sampled_from(MOVES))
def test_a_trial_of_floats_is_the_plan_of_decimals_with_the_values_it_drew(
    plan: Flows, first: tuple[Figure, How, tuple[float, float]], second: tuple[Figure, How, tuple[float, float]]
) -> None:
    assume(not (first[0] == second[0] and second[1] == "set"))

    def of(*distributions: Distribution) -> Uncertainty:
        pair = zip("ab", (first, second), distributions, strict=True)
        return Uncertainty(
            tuple(
                Uncertain(name, name, distribution, Target("expenditure", figure, (0,), how))
                for name, (figure, how, _), distribution in pair
            )
        )

    drawn = simulate(plan, of(*(Discrete(values, (1, 1)) for *_, values in (first, second))), trials=40, seed=2)
    exact = [simulate(plan, of(Fixed(a), Fixed(b)), trials=1).closing.tolist()[0] for a in first[2] for b in second[2]]
    assert all(trial in exact for trial in drawn.closing.tolist())


def test_a_half_pound_goes_away_from_nil_in_a_trial_as_in_the_plan() -> None:
    plan = flows(["0"], ["100.50", "-100.50"], None, 1)
    drawn = (moved("x", Discrete((0.0, 1e-300), (1, 1)), 0, 1),)
    assert simulate(plan, Uncertainty(drawn), trials=2).position[:, 0].tolist() == [0, 0]
    alone = flows(["0"], ["100.50"], None, 1)
    assert simulate(alone, Uncertainty((moved("x", Discrete((0.0, 1e-300), (1, 1)), 0),)), trials=1).position == [
        [-101]
    ]


# One seed, one answer ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("threads", [2, 7])
def test_one_seed_gives_the_same_answer_bit_for_bit_on_any_number_of_threads(threads: int) -> None:
    uncertain = Uncertainty(
        (moved("a", Normal(0, 5), 0, each_year=True), moved("b", Pert(-2, 0, 4), 1), moved("c", LogNormal(1, 1), 0, 1)),
        (Delivery("s", "S", 0, Decimal(60)),),
        (Demand("d", "D", 1, (30.0, 40.0), rate=Normal(1, 0.1)),),
        Correlation.of_all(("b", "c", "d.rate"), 0.5),
    )
    plan = flows(["300000"], ["100000", "200000"], [[1000, 2000]])
    one, many = (simulate(plan, uncertain, trials=30_000, seed=3, threads=n) for n in (1, threads))
    assert (one.position == many.position).all()
    assert (one.closing == many.closing).all()
    assert one.closing_fans == many.closing_fans
    assert (one.shares, one.together) == (many.shares, many.together)


def test_another_seed_is_another_answer_and_more_trials_begin_with_the_same() -> None:
    uncertain, plan = Uncertainty((moved("a", Normal(0, 5), 0),)), flows(["100000"], ["100000"])
    first, again, longer = (
        simulate(plan, uncertain, trials=trials, seed=seed).position for trials, seed in ((700, 1), (700, 2), (9000, 1))
    )
    assert (first != again).any()
    assert (longer[:700] == first).all()


def test_a_simulation_has_a_trial_at_least() -> None:
    with pytest.raises(ValueError, match="at least one trial"):
        simulate(flows(["1"], ["1"]), Uncertainty(), trials=0)


# By hand -----------------------------------------------------------------------------------------------------------


def test_a_normal_on_one_line_moves_the_position_by_its_own_spread() -> None:
    found = small((moved("pay", Normal(1, 2), 1),))
    first = found.position_fans[0]
    assert abs(first.mean - (1000 - 2000)) < 5 * 4000 / sqrt(TRIALS)
    assert first.mean == found.position[:, 0].mean()
    assert abs(first.sd - 4000) < 120
    assert abs(first.percentiles[10] - (-1000 - 1.2816 * 4000)) < 200
    assert list(first.percentiles.values()) == sorted(first.percentiles.values())


@given(st.lists(st.integers(-50, 50), min_size=1, max_size=300))
def test_a_percentile_is_the_least_result_that_as_many_trials_are_at_or_below(results: list[int]) -> None:
    ordered = sorted(results)
    for percent, found in fan(np.array(results, dtype=float)).percentiles.items():
        least = next(r for n, r in enumerate(ordered, 1) if 100 * n >= percent * len(results))
        assert found == least


def test_two_values_come_as_often_as_they_are_likely() -> None:
    found = small((moved("cap", Discrete((0, 10), (3, 1)), 0),))
    assert set(found.position[:, 0]) == {1000, -9000}
    chance = found.break_even()[0]
    assert abs(chance.value - 0.75) < 5 * chance.error
    assert abs(chance.error - sqrt(0.75 * 0.25 / TRIALS)) < 1e-4


def test_a_saving_is_made_whole_or_not_at_all_and_comes_on_average_to_its_weighted_amount() -> None:
    found = small((), (Delivery("s", "S", 0, Decimal(40)),))
    assert set(found.position[:, 0]) == {0, 1000}
    assert (found.position[:, 1] == 2 * found.position[:, 0]).all()
    assert abs(found.position_fans[0].mean - 400) < 5 * 1000 * sqrt(0.24 / TRIALS)


@pytest.mark.parametrize(("confidence", "saved"), [(100, 1000), (0, 0)])
def test_a_sure_saving_is_always_made_and_a_hopeless_one_never(confidence: int, saved: int) -> None:
    found = small((), (Delivery("s", "S", 0, Decimal(confidence)),))
    assert set(found.position[:, 0]) == {saved}
    assert found.break_even()[0].value == 1
    assert found.together == 0


def test_part_of_a_saving_may_be_made_where_the_whole_is_not() -> None:
    found = small((), (Delivery("s", "S", 0, Decimal(50), Decimal(25)),))
    assert set(found.position[:, 0]) == {250, 1000}


@given(st.integers(0, 3000))
@settings(max_examples=20)
def test_a_higher_saving_never_lowers_a_chance(more: int) -> None:
    uncertain = Uncertainty((moved("pay", Normal(0, 2), 0, 1),))
    low, high = (
        simulate(flows(["300000"], ["100000", "200000"], [[s, s]]), uncertain, trials=500) for s in (1000, 1000 + more)
    )
    for a, b in zip((*low.break_even(), *low.cleared()), (*high.break_even(), *high.cleared()), strict=True):
        assert 0 <= a.value <= b.value <= 1


def test_a_figure_may_be_moved_by_several_set_multiplied_and_drawn_each_year() -> None:
    plan = flows(["100"], ["100"], None, 2)
    spend = ("expenditure", (0,))
    inputs = (
        Uncertain("set", "set", Uniform(0, 10), Target(spend[0], "growth", spend[1], "set")),
        Uncertain("more", "more", Uniform(0, 1), Target(spend[0], "growth", spend[1], "add")),
        Uncertain(
            "times", "times", Uniform(1, 2), Target(spend[0], "inflation", spend[1], "multiply", (1,)), each_year=True
        ),
        Uncertain("base", "base", Uniform(90, 110), Target(spend[0], "base", spend[1], "set")),
        Uncertain("sum", "sum", Uniform(80, 120), Target("income", "stated", (0,), "set", (0,))),
        Uncertain("press", "press", Uniform(-9, 9), Target(spend[0], "pressures", spend[1], "add")),
    )
    found = simulate(plan, Uncertainty(inputs), trials=2000)
    assert (found.position == found.position.round()).all()
    assert found.position[:, 0].min() >= 80 - 110 * 1.11 - 10
    assert np.allclose(found.closing, found.position.cumsum(axis=1))


def test_what_is_settled_once_for_all_is_worked_out_in_decimals() -> None:
    dearer = Uncertain("x", "x", Fixed(10), Target("expenditure", "inflation", (0,), "add"))
    found = simulate(flows(["100"], ["100"], None, 1), Uncertainty((dearer,)), trials=1)
    assert found.position.tolist() == [[-10]]
    gift = Uncertain("y", "y", Fixed(2.5), Target("income", "pressures", (0,), "add"))
    assert simulate(flows(["100"], ["100"], None, 1), Uncertainty((gift,)), trials=1).position.tolist() == [[3]]
    twice = Uncertain("z", "z", Fixed(2), Target("expenditure", "base", (0,), "multiply"))
    assert simulate(flows(["100"], ["100"], None, 1), Uncertainty((twice,)), trials=1).position.tolist() == [[-100]]


# Reserves ----------------------------------------------------------------------------------------------------------


def test_what_is_at_risk_is_what_reserves_cannot_bear() -> None:
    found = small((moved("cap", Discrete((0, 10), (3, 1)), 0),))
    none, some = found.at_risk(Decimal(0))[0], found.at_risk(Decimal(4000))[0]
    assert (none.value_at_risk, some.value_at_risk) == (9000, 5000)
    assert (none.expected_shortfall, some.expected_shortfall) == (9000, 5000)
    assert none.exceeds.value == some.exceeds.value
    ample = found.at_risk(Decimal(100_000))[0]
    assert (ample.exceeds.value, ample.value_at_risk, ample.expected_shortfall) == (0, 0, 0)


# What does not fit -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("uncertain", "said"),
    [
        (Uncertainty((moved("a", Normal(0, 1), 9),)), "not among its 2"),
        (
            Uncertainty((Uncertain("a", "a", Normal(0, 1), Target("income", "growth", (0,), "add", (5,))),)),
            "moves a year",
        ),
        (Uncertainty((Uncertain("a", "a", Normal(1, 1), Target("income", "stated", (0,), "add")),)), "set it instead"),
        (Uncertainty(savings=(Delivery("s", "S", 4, Decimal(50)),)), "not among the plan's 1 savings"),
        (Uncertainty(demand=(Demand("d", "D", 0, (5.0,)),)), "expected number for 2 years"),
        (
            Uncertainty((moved("a", Uniform(0, 1), 0), moved("b", Uniform(0, 1), 0, how="set"))),
            "sets a figure that another input has moved",
        ),
    ],
)
def test_what_the_plan_does_not_have_is_refused(uncertain: Uncertainty, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        simulate(flows(["300000"], ["100000", "200000"], [[1000, 2000]]), uncertain, trials=1)


def test_inputs_that_contradict_each_other_are_refused() -> None:
    a, b = moved("a", Normal(0, 1), 0), moved("b", Normal(0, 1), 1, each_year=True)
    rates = Demand("d", "D", 0, (5.0, 5.0))
    cases = [
        (lambda: Uncertainty((a, a)), "two uncertain inputs have the id a"),
        (lambda: Uncertainty(demand=(rates, replace(rates, id="e"))), "two demands move one line"),
        (lambda: Uncertainty((a,), correlation=Correlation.of_all(("a", "z"), 0.5)), "names z"),
        (lambda: Uncertainty((a, b), correlation=Correlation.of_all(("a", "b"), 0.5)), "cannot be correlated"),
        (lambda: Delivery("s", "S", 0, Decimal(101)), "not between 0 and 100"),
        (lambda: Demand("d", "D", 0, (0.0,)), "must be above nil"),
        (lambda: Demand("d", "D", 0, (5.0,), out_of=4), "out of only 4"),
        (
            lambda: Uncertain("a", "a", Normal(0, 1), Target("income", "base", (0,), "add"), each_year=True),
            "has no years",
        ),
    ]
    for make, said in cases:
        with pytest.raises(ValueError, match=said):
            make()
