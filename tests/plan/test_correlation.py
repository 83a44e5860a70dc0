"""A correlation matrix is one that some numbers could have, and where it is not the nearest that is can be had."""

import numpy as np
import pytest

from breakeven.plan.correlation import Correlation, NotACorrelationError, nearest_correlation, square_root


def test_the_square_root_mixes_scores_to_the_correlation_asked_for() -> None:
    of_three = Correlation.of_all(("a", "b", "c"), 0.5)
    assert np.allclose(square_root(of_three.matrix) @ square_root(of_three.matrix), of_three.matrix)
    assert of_three.mixing(["c", "a"]).shape == (2, 2)


def test_what_no_numbers_could_have_is_refused_with_the_nearest_that_some_could() -> None:
    contradiction = np.array([[1, 0.9, -0.9], [0.9, 1, 0.9], [-0.9, 0.9, 1.0]])
    with pytest.raises(NotACorrelationError, match="contradict each other") as refused:
        Correlation(("a", "b", "c"), contradiction)
    nearest = refused.value.nearest
    assert np.linalg.eigvalsh(nearest)[0] > -1e-8
    assert np.allclose(np.diag(nearest), 1)
    Correlation(("a", "b", "c"), nearest)


def test_the_nearest_to_one_that_some_could_have_is_itself() -> None:
    matrix = Correlation.of_all(("a", "b"), 0.3).matrix
    assert np.allclose(nearest_correlation(matrix), matrix)
    assert nearest_correlation(np.array([[1, 2.0], [2.0, 1]]), rounds=1).shape == (2, 2)


@pytest.mark.parametrize(
    ("ids", "matrix", "said"),
    [
        (("a", "a"), np.eye(2), "named twice"),
        (("a", "b"), np.eye(3), "need 2 × 2"),
        (("a", "b"), np.array([[1, 0], [0, 0.5]]), "correlation of 1 with itself"),
        (("a", "b"), np.array([[1, 1.5], [1.5, 1]]), "not between"),
        (("a", "b"), np.array([[1, 0.5], [0.4, 1]]), "two correlations"),
    ],
)
def test_a_matrix_that_is_none_is_refused_in_plain_words(ids: tuple[str, ...], matrix: np.ndarray, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Correlation(ids, matrix)
