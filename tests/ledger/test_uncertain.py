"""A row of Uncertainty says one distribution whole, and nothing that it does not have."""

from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from breakeven.ledger.uncertain import UncertainAssumption
from made import HERE

PAY: dict[str, Any] = {
    "at": HERE, "ref": "U1", "line": "pay", "what": "inflation", "how": "add", "drawn": "once", "source": "Offers",
}  # fmt: skip


def uncertain(**said: Any) -> UncertainAssumption:
    numbers = {
        name: Decimal(value) for name, value in said.items() if name in {"low", "likely", "high", "sd", "out_of"}
    }
    return UncertainAssumption.model_validate(PAY | said | numbers)


@pytest.mark.parametrize(
    "said",
    [
        {"distribution": "normal", "likely": "0", "sd": "0.75"},
        {"distribution": "lognormal", "likely": "1", "sd": "0.08"},
        {"distribution": "triangular", "low": "-1", "likely": "0", "high": "2"},
        {"distribution": "pert", "low": "-1", "likely": "0", "high": "2"},
        {"distribution": "uniform", "low": "0", "high": "2"},
        {"distribution": "discrete", "cases": "0: 5; 10: 3; 25: 2"},
        {"distribution": "history", "cases": "3.1; 4.8; -0.5"},
        {"distribution": "none", "what": "number", "how": "multiply", "by_chance": "yes", "out_of": "20"},
    ],
    ids=lambda said: said["distribution"],
)
def test_each_distribution_is_said_by_its_own_columns(said: dict[str, Any]) -> None:
    assert uncertain(**said).distribution == said["distribution"]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"distribution": "normal", "likely": "0"}, "a normal distribution needs sd"),
        ({"distribution": "pert", "likely": "0"}, "a pert distribution needs low and high"),
        ({"distribution": "uniform", "low": "0", "high": "2", "likely": "1"}, "a uniform distribution has no likely"),
        ({"distribution": "history", "cases": ""}, "a history distribution needs cases"),
        ({"distribution": "discrete", "cases": "1; 2"}, "the cases of a discrete are value: weight"),
        ({"distribution": "history", "cases": "1: 2"}, "the cases of a history are values alone"),
        ({"distribution": "discrete", "cases": "1: 0; 2: 0"}, "not all nil"),
        ({"distribution": "discrete", "cases": "1: -1; 2: 3"}, "weights are nil or more"),
        ({"distribution": "history", "cases": "1; many"}, "expected a number in 'many'"),
        ({"distribution": "history", "cases": "1; inf"}, "expected a number in 'inf'"),
        ({"distribution": "uniform", "low": "1", "high": "2", "what": "number"}, "how is multiply"),
        ({"distribution": "uniform", "low": "1", "high": "2", "by_chance": "yes"}, "only a number scatters by chance"),
        ({"distribution": "none", "what": "number", "how": "multiply"}, "nothing is uncertain"),
    ],
)
def test_what_is_missing_or_too_much_is_told(said: dict[str, Any], why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        uncertain(**said)


def test_cases_have_their_weights_and_years_that_were_weigh_the_same() -> None:
    weighed = uncertain(distribution="discrete", cases="0: 5; 10: 3;").weighted_cases()
    assert weighed == ((Decimal(0), Decimal(5)), (Decimal(10), Decimal(3)))
    assert uncertain(distribution="history", cases="3.1; -0.5").weighted_cases() == (
        (Decimal("3.1"), Decimal(1)),
        (Decimal("-0.5"), Decimal(1)),
    )
