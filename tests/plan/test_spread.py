"""Which input drives the spread of the last closing balance, against shares that can be worked out by hand."""
# pyright: reportUnknownMemberType=false

from math import asin, pi, sqrt

import numpy as np
import pytest

from breakeven.plan.bounded import Uniform
from breakeven.plan.correlation import Correlation
from breakeven.plan.distributions import Discrete, Distribution, Floats, LogNormal, Normal
from breakeven.plan.simulation import Simulated, simulate
from breakeven.plan.uncertainty import Demand, Target, Uncertain, Uncertainty
from plan.simulated import flows, full, moved

TRIALS = 40_000


def pounds(name: str, distribution: Distribution, line: int, *, year: int | None = None) -> Uncertain:
    """An input that adds pounds to one line of expenditure, in one year or in all."""
    years = None if year is None else (year,)
    return Uncertain(name, name, distribution, Target("expenditure", "pressures", (line,), "add", years))


def of(*inputs: Uncertain, correlation: Correlation | None = None, trials: int = TRIALS, years: int = 1) -> Simulated:
    """Income against two lines of expenditure, moved by the inputs."""
    plan = flows(["300000"], ["100000", "200000"], None, years)
    return simulate(plan, Uncertainty(inputs, correlation=correlation), trials=trials, seed=5)


def told(found: Simulated) -> dict[str, float]:
    assert all(share.share >= 0 for share in found.shares)
    assert abs(sum(share.share for share in found.shares) + found.together - 1) < 1e-9
    assert found.together > -1e-9
    return {share.id: share.share for share in found.shares}


def correlated(values: Floats) -> float:
    """The correlation of the first year and the last."""
    return float(np.corrcoef(values[:, 0], values[:, -1])[0, 1])


def ranks(values: Floats) -> Floats:
    return values.argsort(axis=0).argsort(axis=0).astype(float)


def test_of_two_that_move_alone_each_has_its_part_of_the_variance() -> None:
    found = of(pounds("a", Normal(0, 3000), 0), pounds("b", Uniform(-4000 * sqrt(3), 4000 * sqrt(3)), 1))
    shares = told(found)
    assert abs(found.closing_fans[0].sd - 5000) < 100
    assert abs(shares["a"] - 0.36) < 0.02
    assert abs(shares["b"] - 0.64) < 0.02
    assert found.together < 0.02


def test_one_alone_has_all_of_it() -> None:
    found = of(pounds("a", Normal(0, 30_000), 0))
    assert told(found)["a"] > 0.999999


def test_one_drawn_for_each_year_has_the_sum_of_its_years() -> None:
    yearly = Uncertain("y", "Y", Normal(0, 3000), Target("expenditure", "pressures", (0,), "add"), each_year=True)
    lasting = pounds("l", Normal(0, 3000), 1)
    found = of(yearly, lasting, years=4)
    assert abs(found.closing_fans[-1].sd - 3000 * sqrt(4 + 16)) < 200
    assert abs(told(found)["y"] - 4 / 20) < 0.02
    assert abs(correlated(found.position) - 0.5) < 0.02


def test_of_very_many_trials_the_first_131072_give_the_shares() -> None:
    both = pounds("a", Normal(0, 3000), 0), pounds("b", Normal(0, 4000), 1)
    found, part = (of(*both, trials=trials) for trials in (140_000, 131_072))
    assert (found.trials, part.trials) == (140_000, 131_072)
    assert found.shares == part.shares
    assert found.closing_fans != part.closing_fans


def test_what_two_only_do_to_each_other_is_their_together() -> None:
    plan = flows(["0"], ["0"], None, 1)
    plan.expenditure.steps[...] = full(1000, 1, 1, 1)
    sign, half = Discrete((-1, 1), (1, 1)), Target("expenditure", "steps", (0,), "multiply")
    found = simulate(
        plan, Uncertainty((Uncertain("a", "a", sign, half), Uncertain("b", "b", sign, half))), trials=TRIALS
    )
    assert max(told(found).values()) < 0.001
    assert found.together > 0.998


def test_what_has_no_effect_is_not_given_a_share_by_chance() -> None:
    idle = tuple(pounds(f"idle{i}", Normal(0, 1e-9), 1) for i in range(60))
    shares = told(of(pounds("a", Normal(0, 3000), 0), *idle, trials=300))
    assert sum(shares[each.id] for each in idle) < 0.2


@pytest.mark.parametrize(("rho", "sd"), [(1.0, 7000), (0.5, sqrt(37e6)), (0.0, 5000), (-1.0, 1000)])
def test_the_more_two_move_together_the_more_they_add_up(rho: float, sd: float) -> None:
    both = pounds("a", Normal(0, 3000), 0), pounds("b", Normal(0, 4000), 1)
    found = of(*both, correlation=Correlation.of_all(("a", "b"), rho))
    assert abs(found.closing_fans[0].sd - sd) < 0.02 * sd + 1
    assert sum(told(found).values()) > 0.99


def test_two_that_are_one_and_the_same_have_half_each() -> None:
    both = pounds("a", Normal(0, 3000), 0), pounds("b", Normal(0, 4000), 1)
    shares = told(of(*both, correlation=Correlation.of_all(("a", "b"), 1.0)))
    assert [round(share, 3) for share in shares.values()] == [0.5, 0.5]


def test_relative_weights_of_two_are_those_worked_out_by_hand() -> None:
    both = pounds("a", Normal(0, 1000), 0), pounds("b", Normal(0, 2000), 1)
    shares = told(of(*both, correlation=Correlation.of_all(("a", "b"), 0.6)))
    # √R has p on its diagonal and q off it: p² + q² = 1, 2pq = 0.6; the balance follows √R @ (1000, 2000)
    p, q = (sqrt(1.6) + sqrt(0.4)) / 2, (sqrt(1.6) - sqrt(0.4)) / 2
    beta = np.array([p * 1000 + q * 2000, q * 1000 + p * 2000]) ** 2
    by_hand = np.array([p * p * beta[0] + q * q * beta[1], q * q * beta[0] + p * p * beta[1]]) / beta.sum()
    assert abs(shares["a"] - by_hand[0]) < 0.02
    assert abs(shares["b"] - by_hand[1]) < 0.02


def test_a_correlation_that_never_shows_leaves_the_shares_at_nil() -> None:
    unseen = Correlation.of_all(("a", "b"), 0.5)
    found = of(
        pounds("a", Normal(0, 0), 0), pounds("b", Normal(0, 0), 1), pounds("c", Normal(0, 9e3), 0), correlation=unseen
    )
    assert told(found) == {"a": 0, "b": 0, "c": pytest.approx(1)}
    still = of(pounds("a", Normal(0, 0), 0))
    assert (still.shares[0].share, still.together) == (0, 0)


def test_scores_are_correlated_as_asked_and_other_values_by_rank() -> None:
    rho, bound = 0.6, 5 / sqrt(TRIALS)
    first, last = (pounds("a", Normal(0, 9e4), 0, year=0), pounds("b", Normal(0, 9e4), 1, year=1))
    found = of(first, last, correlation=Correlation.of_all(("a", "b"), rho), years=2)
    assert abs(correlated(found.position) - rho) < bound
    first, last = (pounds("a", LogNormal(9e5, 9e5), 0, year=0), pounds("b", Uniform(0, 9e5), 1, year=1))
    found = of(first, last, correlation=Correlation.of_all(("a", "b"), rho), years=2)
    by_rank = correlated(ranks(found.position))
    assert abs(by_rank - 6 / pi * asin(rho / 2)) < bound


def test_those_drawn_for_each_year_are_correlated_within_the_year_alone() -> None:
    spend, income = (Target(side, "pressures", (0,), "add") for side in ("expenditure", "income"))
    both = (
        Uncertain("a", "a", Normal(0, 9e4), spend, each_year=True),
        Uncertain("b", "b", Normal(0, 9e4), income, each_year=True),
    )
    alike = of(*both, correlation=Correlation.of_all(("a", "b"), 0.8), years=2)
    assert abs(alike.position_fans[0].sd - 9e4 * sqrt(2 - 2 * 0.8)) < 1500
    assert abs(correlated(alike.position)) < 5 / sqrt(TRIALS)


def test_those_that_correlate_with_none_stay_as_they_were() -> None:
    alone, other = pounds("a", Normal(0, 9e4), 0, year=0), pounds("b", Normal(0, 9e4), 1, year=1)
    third = moved("c", Normal(0, 5), 0)
    free = of(alone, other, third, years=2)
    tied = of(alone, other, third, correlation=Correlation.of_all(("a", "c"), 0.0), years=2)
    assert np.allclose(free.position, tied.position, atol=1)


# The number behind a line ------------------------------------------------------------------------------------------


def demanded(expected: tuple[float, ...] = (25.0, 25.0), **more: object) -> Simulated:
    """A line of 100,000 for some children against as much income."""
    children = Demand("r", "Residential", 0, expected, **more)  # pyright: ignore[reportArgumentType]
    return simulate(flows(["100000"], ["100000"]), Uncertainty(demand=(children,)), trials=TRIALS, seed=5)


def test_a_number_scatters_as_poisson_each_year_apart() -> None:
    found = demanded()
    assert abs(found.position_fans[0].mean) < 5 * 20_000 / sqrt(TRIALS)
    assert abs(found.position_fans[0].sd - 100_000 / sqrt(25)) < 300
    assert abs(correlated(found.position)) < 5 / sqrt(TRIALS)
    assert set(found.position[:, 0] % 4000) == {0}  # one child costs 4,000


def test_a_rate_moves_the_number_in_all_years_alike_or_in_each_apart() -> None:
    lasting = demanded(by_chance=False, rate=LogNormal(1, 0.1))
    assert abs(lasting.position_fans[0].sd - 10_000) < 200
    assert (lasting.position[:, 0] == lasting.position[:, 1]).all()
    yearly = demanded(by_chance=False, rate=Normal(1, 0.1), rate_each_year=True)
    assert abs(correlated(yearly.position)) < 5 / sqrt(TRIALS)


def test_chance_and_rate_are_told_apart() -> None:
    found = demanded(rate=LogNormal(1, 0.1))
    # over two years: rate (2 × 10,000)², chance 2 × 20,000²
    assert abs(told(found)["r.rate"] - 4 / (4 + 8)) < 0.02
    assert abs(told(found)["r.chance"] - 8 / (4 + 8)) < 0.02
    assert [share.label for share in found.shares] == ["Residential: rate", "Residential: chance"]


def test_posts_of_a_team_scatter_as_binomial_and_are_never_more_than_it_has() -> None:
    found = demanded((9.0, 9.0), out_of=10)
    assert abs(found.position_fans[0].sd - 100_000 / 9 * sqrt(10 * 0.9 * 0.1)) < 200
    assert found.position.min() >= 100_000 - 100_000 / 9 * 10 - 1
    certain = demanded((9.0, 9.0), out_of=10, rate=Uniform(2, 3))
    assert set(certain.position[:, 0]) == {-11_111}


def test_a_rate_below_nil_is_nil() -> None:
    found = demanded(by_chance=False, rate=Normal(0.1, 5))
    assert found.position.max() == 100_000
    assert demanded(rate=Normal(0, 0)).position.tolist() == [[100_000, 100_000]] * TRIALS
