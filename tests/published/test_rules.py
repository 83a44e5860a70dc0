"""How a rule of a published table is read and worked out."""

from decimal import Decimal

import pytest

from published.rules import Interval, RuleError, range_of, read_rule, weights

AMOUNTS = {name: Decimal(n) for name, n in {"a": 100, "b": 30, "c": 7, "Net (m)": -4, "2023/24": 11, "e-1": 5}.items()}


def worked_out(text: str) -> Decimal:
    rule = read_rule(f"total = {text}", [*AMOUNTS, "total"])

    def exactly(name: str) -> Interval:
        return AMOUNTS[name], AMOUNTS[name]

    return range_of(rule.computed, exactly)[0]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("a + b - c", 123),
        ("(a + b + c)", 137),
        ("a - (b - c)", 77),
        ("a - b - c", 63),
        ("0 - a", -100),
        ("-a + b", -70),
        ("-(a - b)", -70),
        ("a - -b", 130),
        ("+a", 100),
        ("[a] + [Net (m)] - [2023/24]", 85),
        ("100*[b]/[a]", 30),
        ("100*[b]/abs([Net (m)])", 750),
        ("a − b × 2", 40),
        ("a - e-1", 95),
        ("0.5 * a", 50),
        ("12", 12),
    ],
)
def test_a_rule_is_worked_out_as_it_is_written(text: str, amount: int) -> None:
    assert worked_out(text) == amount


@pytest.mark.parametrize(
    ("text", "adds"),
    [
        ("a - (b - 2*c) + 1", ({"a": 1, "b": -1, "c": 2}, 1)),
        ("(a + b)/2", ({"a": Decimal("0.5"), "b": Decimal("0.5")}, 0)),
        ("2*3*a", ({"a": 6}, 0)),
        ("100*a/b", None),
        ("a*b", None),
        ("a + abs(b)", None),
        ("a/0", None),
    ],
)
def test_a_plain_sum_is_told_from_what_is_none(text: str, adds: tuple[dict[str, int], int] | None) -> None:
    assert weights(read_rule(f"total = {text}", AMOUNTS).computed) == adds


def test_the_side_that_is_a_single_name_is_what_is_stated() -> None:
    assert read_rule("a + b = total", ["total"]).total == "total"
    assert read_rule("total == a + b", ["total"]).total == "total"
    assert read_rule("a + b = c + d", []).total is None
    assert read_rule("a + b = c + d", []).names == ("a", "b", "c", "d")


def test_a_per_cent_lies_between_what_its_figures_may_be_before_they_are_rounded() -> None:
    rule = read_rule("p = 100*v/n", ["p", "v", "n"])
    within = {"v": (Decimal("4.5"), Decimal("5.5")), "n": (Decimal(100), Decimal(110))}
    low, high = range_of(rule.computed, within.__getitem__)
    assert (round(low, 3), high) == (Decimal("4.091"), Decimal("5.5"))
    with pytest.raises(ZeroDivisionError):
        range_of(rule.computed, {**within, "n": (Decimal(-1), Decimal(1))}.__getitem__)
    least, most = range_of(read_rule("p = abs(v)", []).computed, {"v": (Decimal(-3), Decimal(1))}.__getitem__)
    assert (least, most) == (0, 3)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "total",
        "total =",
        "total = a b",
        "total = (a",
        "total = [a",
        "total = a)",
        "= a",
        "total = a = b",
        "total = $",
    ],
)
def test_what_is_no_rule_is_said_to_be_none(text: str) -> None:
    with pytest.raises(RuleError):
        read_rule(text, ["total", "a", "b"])
