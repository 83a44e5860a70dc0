"""Each distribution has the mean, the spread and the quantiles it should; scores come from fixed seeds."""

from math import comb, erfc, exp, isclose, log, sqrt
from statistics import NormalDist

import numpy as np
import pytest

from breakeven.plan.bounded import TABLE_SCORES, Between, Pert, Triangular, Uniform
from breakeven.plan.distributions import Discrete, Distribution, Fixed, Floats, History, LogNormal, Normal, score_of

COUNT = 400_000
SCORES: Floats = np.random.default_rng(2023).standard_normal(COUNT)

BOUNDED: list[Between] = [
    Uniform(2, 5),
    Triangular(1, 2, 6),
    Triangular(0, 0, 1),
    Triangular(0, 1, 1),
    Pert(-3, 1, 2),
    Pert(0, 0, 1),
    Pert(0, 1, 1),
    Pert(0, 0.999, 1),
]
ALL: list[Distribution] = [
    *BOUNDED,
    Normal(3, 2),
    LogNormal(1, 0.3),
    Discrete((9, -1, 2), (1, 2, 5)),
    History((2.5, 4, 1.75, 4, 6.5)),
]


@pytest.mark.parametrize("distribution", ALL, ids=repr)
def test_values_have_the_mean_and_spread_that_the_distribution_says(distribution: Distribution) -> None:
    values = distribution.drawn(SCORES)
    error = distribution.sd / sqrt(COUNT)
    assert abs(values.mean() - distribution.mean) < 5 * error
    far = ((values - distribution.mean) / distribution.sd) ** 4
    assert abs(values.std() - distribution.sd) < 5 * error * sqrt(far.mean())


@pytest.mark.parametrize("distribution", ALL, ids=repr)
def test_a_higher_score_never_gives_a_lower_value(distribution: Distribution) -> None:
    assert (np.diff(distribution.drawn(np.sort(SCORES))) >= 0).all()


@pytest.mark.parametrize("distribution", ALL, ids=repr)
def test_scores_are_left_as_they_are_and_their_shape_is_kept(distribution: Distribution) -> None:
    scores = SCORES[:6].reshape(2, 3).copy()
    assert distribution.drawn(scores).shape == (2, 3)
    assert (scores == SCORES[:6].reshape(2, 3)).all()


def known_quantiles() -> list[tuple[Distribution, float, float]]:
    """A distribution, a chance, and the value that should have that chance of being at or above what is drawn."""
    z10 = NormalDist().inv_cdf(0.1)
    spread = sqrt(log(1.09))
    return [
        (Normal(3, 2), 0.1, 3 + 2 * z10),
        (LogNormal(1, 0.3), 0.1, exp(-(spread**2) / 2 + spread * z10)),
        (Uniform(2, 5), 0.1, 2.3),
        (Triangular(1, 2, 6), 0.2, 2.0),
        (Triangular(1, 2, 6), 0.95, 5.0),
    ]


@pytest.mark.parametrize(("distribution", "chance", "value"), known_quantiles(), ids=repr)
def test_the_share_of_values_below_a_quantile_is_its_chance(
    distribution: Distribution, chance: float, value: float
) -> None:
    below = (distribution.drawn(SCORES) < value).mean()
    assert abs(below - chance) < 5 * sqrt(chance * (1 - chance) / COUNT)


@pytest.mark.parametrize("distribution", BOUNDED, ids=repr)
def test_a_table_is_within_a_millionth_of_the_range(distribution: Between) -> None:
    scores = np.linspace(-TABLE_SCORES, TABLE_SCORES, 30_011)
    chances = np.array([erfc(-score / sqrt(2)) / 2 for score in scores])
    apart = np.abs(distribution.drawn(scores) - distribution.quantile(chances))
    assert apart.max() < 1e-6 * (distribution.high - distribution.low)


@pytest.mark.parametrize("distribution", BOUNDED, ids=repr)
def test_no_value_lies_beyond_the_ends_however_far_out_the_score(distribution: Between) -> None:
    lowest, highest = distribution.drawn(np.array([-40.0, 40.0]))
    assert distribution.low <= lowest < highest <= distribution.high


@pytest.mark.parametrize("alpha", [1, 2, 3, 4, 5])
def test_pert_is_the_beta_whose_area_is_a_sum_of_binomials(alpha: int) -> None:
    pert = Pert(0, (alpha - 1) / 4, 1)
    chances = np.linspace(0, 1, 1001)
    x = pert.quantile(chances)
    area = sum(comb(5, j) * x**j * (1 - x) ** (5 - j) for j in range(alpha, 6))
    assert np.abs(area - chances).max() < 1e-6


def test_discrete_values_come_as_often_as_their_weights_say_and_those_without_weight_never() -> None:
    values = Discrete((9, -1, 2, 4), (1, 2, 5, 0)).drawn(SCORES)
    for value, chance in ((9, 1 / 8), (-1, 2 / 8), (2, 5 / 8)):
        assert abs((values == value).mean() - chance) < 5 * sqrt(chance * (1 - chance) / COUNT)
    assert set(values) == {9, -1, 2}


def test_a_history_gives_back_what_has_happened_and_nothing_between() -> None:
    history = History((2.5, 4, 1.75, 4, 6.5))
    assert set(history.drawn(SCORES)) == {1.75, 2.5, 4, 6.5}
    assert isclose(history.mean, 3.75)
    assert isclose(history.sd, sqrt(np.var([2.5, 4, 1.75, 4, 6.5])))


@pytest.mark.parametrize(
    "distribution", [Fixed(3.7), Normal(3.7, 0), History((3.7, 3.7)), Discrete((1, 3.7), (0, 2))], ids=repr
)
def test_what_cannot_vary_has_exactly_one_value(distribution: Distribution) -> None:
    assert (distribution.mean, distribution.sd) == (3.7, 0)
    assert (distribution.drawn(SCORES[:100]) == 3.7).all()


def test_a_chance_of_nil_or_one_has_a_score_beyond_all_others() -> None:
    assert (score_of(0), score_of(0.5), score_of(1)) == (-np.inf, 0, np.inf)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Fixed(float("nan")), "needs finite numbers"),
        (lambda: Normal(0, -1), "a standard deviation is nil or more, not -1"),
        (lambda: Normal(float("inf"), 1), "needs finite numbers"),
        (lambda: LogNormal(0, 1), "a mean above nil"),
        (lambda: Uniform(2, 2), "the lowest value, 2, is not below the highest, 2"),
        (lambda: Triangular(1, 7, 6), "the likeliest value, 7, is not between 1 and 6"),
        (lambda: Pert(3, 2, 6), "the likeliest value, 2, is not between 3 and 6"),
        (lambda: Discrete((1, 2), (1,)), "2 values, 1 weights"),
        (lambda: Discrete((1, 2), (1, -1)), "weights must be nil or more"),
        (lambda: Discrete((), ()), "not all nil"),
        (lambda: History(()), "at least one value"),
        (lambda: History((1, float("nan"))), "needs finite numbers"),
    ],
)
def test_numbers_that_make_no_sense_are_refused_in_plain_words(make: object, said: str) -> None:
    assert callable(make)
    with pytest.raises(ValueError, match=said):
        make()
