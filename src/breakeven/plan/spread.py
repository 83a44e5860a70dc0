"""How much of the spread of the last closing balance each uncertain input accounts for."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from breakeven.plan.distributions import Floats
from breakeven.plan.draws import Draws

Tally = tuple[Floats, ...]
"""Sums over trials: for each row its draws, their squares and their products with the balance, rows × 3; then for each
set of rows that are mixed the products of every two of them."""


@dataclass(frozen=True, slots=True)
class Share:
    """The part of the variance of the last closing balance, 0 to 1, that goes with one input."""

    id: str
    label: str
    share: float


def tally(draws: Draws, drawn: Floats, balance: Floats) -> Tally:
    """The sums of some trials. drawn: rows × trials; balance: of each trial, near nil so that little is lost."""
    ones = np.ones_like(balance)
    moments = np.stack([np.vecdot(drawn, ones), np.vecdot(drawn, drawn), np.vecdot(drawn, balance)], axis=1)
    products = [np.vecdot(drawn[rows][:, None], drawn[rows][None]) for rows, _ in draws.mixing]
    return (moments, *products)


def shares(draws: Draws, tallies: Sequence[Tally], balance: Floats) -> dict[str, float]:
    """The share of each input by id; they add up to 1 at most, and what is left the inputs make together.

    An input that moves alone has the squared correlation of its draw with the balance: the first-order share (Sobol's)
    as far as the balance follows the draw in a straight line. The shares of an input drawn for each year are added up.
    Inputs that are correlated have, together, what a straight line through all of them explains, and each of them its
    part of it by Johnson's relative weights, which do not depend on their order: with R the correlations among them,
    and r those with the balance,

        share[i] = Σ_j (R^½)[i,j]² × (R^−½ r)[j]²

    Each is less what as many draws without any effect would seem to explain (adjusted R²), nil at least. Where chance
    takes the sum above 1, all are scaled to it. What is left is products of inputs, curves and rounding.
    Sources: A. Saltelli et al., Global Sensitivity Analysis (2008), chapters 1 and 4; J. W. Johnson, Multivariate
    Behavioral Research 35 (2000).
    """
    trials, variance = len(balance), float(np.var(balance))
    found = dict.fromkeys(draws.ids, 0.0)
    if variance == 0:
        return found
    totals = [np.sum(parts, axis=0) for parts in zip(*tallies, strict=True)]
    (drawn, squares, products), mean = totals[0].T / trials, float(np.mean(balance))
    deviation = np.sqrt(np.maximum(squares - drawn**2, 0))
    deviation[deviation <= 1e-9 * np.sqrt(squares)] = np.inf  # a row that does not vary is correlated with nothing
    correlation = (products - drawn * mean) / deviation / np.sqrt(variance)
    explained = _adjusted(correlation**2, 1, trials)
    for (rows, _), sums in zip(draws.mixing, totals[1:], strict=True):
        among = (sums / trials - np.outer(drawn[rows], drawn[rows])) / np.outer(deviation[rows], deviation[rows])
        np.fill_diagonal(among, 1.0)
        explained[rows] = _relative_weights(among, correlation[rows], trials)
    for share_id, share in zip(draws.ids, explained, strict=True):
        found[share_id] += float(share)
    total = sum(found.values())
    return {each: share / max(total, 1.0) for each, share in found.items()}


def _relative_weights(among: Floats, correlation: Floats, trials: int) -> Floats:
    values, vectors = np.linalg.eigh(among)
    kept = values > 1e-10
    inverse = np.where(kept, 1 / np.sqrt(np.where(kept, values, 1)), 0)
    root = (vectors * np.sqrt(np.maximum(values, 0))) @ vectors.T
    weights = root**2 @ ((vectors * inverse) @ vectors.T @ correlation) ** 2
    total = weights.sum()
    return weights * (_adjusted(total, len(weights), trials) / total) if total > 0 else weights


def _adjusted(explained: Floats, draws: int, trials: int) -> Floats:
    """Adjusted R²: 1 − (1 − R²) (n − 1) / (n − k − 1) for n trials and k draws, from nil to 1."""
    return np.clip(1 - (1 - explained) * (trials - 1) / max(trials - draws - 1, 1), 0, 1)
