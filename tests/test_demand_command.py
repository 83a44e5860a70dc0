"""``breakeven demand``: as a person runs it."""

from decimal import Decimal

import pytest

from commands import EXAMPLE, run

CHILDREN = ("dearest", "turning_18")


def test_one_more_of_a_placement_does_what_what_if_says() -> None:
    rows = {row["id"]: row["values"] for row in run("demand", EXAMPLE, "--json").data["one_more"]["rows"]}
    for line in ("residential", "unaccompanied_children"):
        for by, words in (("+1", "one_more"), ("-1", "one_fewer")):
            asked = run("what-if", f"{line}={by}", EXAMPLE, "--json").data
            change = next(row for row in asked["rows"] if row["id"].startswith("change"))
            years = ("2024-25", "2025-26", "2026-27")
            assert {year: rows[f"{line}.{words}"][year] for year in years} == {y: change["values"][y] for y in years}


def test_json_has_every_placement_with_the_dearest_first_and_a_page_ten() -> None:
    found = run("demand", EXAMPLE, "--json").data
    costs = [Decimal(row["values"]["cost"]) for row in found["dearest"]["rows"]]
    assert len(costs) == 217
    assert costs == sorted(costs, reverse=True)
    assert "The 10 dearest of 217" in run("demand", EXAMPLE, width=120).out


@pytest.mark.parametrize("extra", [(), ("--json",), ("--csv",)])
def test_what_is_published_has_no_single_child_and_no_number_below_five(extra: tuple[str, ...]) -> None:
    said = run("demand", EXAMPLE, "--period", "P02", "--publish", *extra)
    assert said.code == 0
    assert "R076" not in said.out
    assert "[c]" in said.out
    if extra == ("--json",):
        assert not set(CHILDREN) & set(said.data)
        for row in said.data["rows"]:
            counts = [row["values"].get(each) for each in ("average", "opening", "came", "went", "closing")]
            assert not [each for each in counts if each not in (None, "[c]") and 0 < Decimal(each) < 5]


def test_a_number_that_could_be_told_from_the_others_is_hidden_too() -> None:
    """Residential by P02: 49 there at the start and 53 at the end; starters alone would give the leavers away."""
    rows = {
        row["id"]: row["values"]
        for row in run("demand", EXAMPLE, "--period", "P02", "--publish", "--json").data["rows"]
    }
    residential = rows["residential"]
    assert (residential["opening"], residential["closing"]) == ("49.0", "53.0")
    assert residential["came"] == residential["went"] == "[c]"


def test_a_figure_of_demand_traces_to_the_register() -> None:
    said = run("trace", "P12/demand/residential/closing", EXAMPLE, width=120)
    assert said.code == 0
    assert "demand.xlsx" in said.out
