"""Two sides agree, agree to rounding, differ, or are open."""

from decimal import Decimal

import pytest

from breakeven.reconciliation.check import Check, Result, Side, compare
from made import pounds


def held(a: str | None, b: str | None, precision: str = "0.01", cause: str = "") -> Check:
    sides = [Side(name, None if text is None else pounds(text)) for name, text in (("ours", a), ("theirs", b))]
    return compare("test", "A test", sides[0], sides[1], precision=pounds(precision), cause=cause)


@pytest.mark.parametrize(
    ("a", "b", "precision", "result"),
    [
        ("88_931_888", "88_931_888.00", "1", Result.AGREES),
        ("84_678_218", "84_678_267", "1", Result.DIFFERS),
        ("1_450_163", "1_500_000", "100_000", Result.ROUNDING),
        ("1_550_000", "1_500_000", "100_000", Result.ROUNDING),
        ("1_550_001", "1_500_000", "100_000", Result.DIFFERS),
        ("1_449_999", "1_500_000", "100_000", Result.DIFFERS),
        ("100.50", "100", "1", Result.ROUNDING),
        ("100.51", "100", "1", Result.DIFFERS),
        ("100.01", "100", "0.01", Result.DIFFERS),
        ("0", "0", "1", Result.AGREES),
    ],
)
def test_rounding_is_half_the_last_place_that_was_printed_and_no_more(
    a: str, b: str, precision: str, result: Result
) -> None:
    assert held(a, b, precision).result is result


def test_the_difference_is_side_a_less_side_b() -> None:
    assert held("84_678_218", "84_678_267").difference == Decimal(-49)


@pytest.mark.parametrize(("a", "b", "missing"), [(None, "1", "ours"), ("1", None, "theirs"), (None, None, "ours")])
def test_a_missing_side_leaves_the_test_open_and_is_named(a: str | None, b: str | None, missing: str) -> None:
    check = held(a, b)
    assert (check.result, check.difference, check.cause) == (Result.OPEN, None, f"{missing} is missing")


def test_a_cause_is_given_only_where_the_sides_differ() -> None:
    assert held("1", "2", cause="a slip").cause == "a slip"
    assert held("1", "2").cause == "no single slip explains it"
    assert held("1", "1", cause="a slip").cause == ""
    assert held("1_499_999", "1_500_000", "100_000", cause="a slip").cause == "to the nearest 100,000"
