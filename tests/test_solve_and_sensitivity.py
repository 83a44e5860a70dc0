"""solve and sensitivity as a person runs them on the example."""

from decimal import Decimal

import pytest

import breakeven as be
from breakeven.plan.asked import Asked
from commands import run


def test_without_a_target_it_shows_every_year_and_the_targets_by_priority() -> None:
    said = run("solve")
    assert said.code == 0
    assert "Savings targets 2024/25" in said.out
    assert "1,115,700" in said.out  # still to find, weighted


@pytest.mark.parametrize("using", ["saving", "contract_sum"])
@pytest.mark.parametrize("year", ["2024-25", "2026-27"])
def test_what_is_found_clears_the_deficit_and_a_pound_less_does_not(using: str, year: str) -> None:
    end = be.work_out(be.load("ledgers/2023-24"), "weighted")
    found = be.solve(end, "clear", using, Asked(year=year))
    assert found.outcome == "reached"
    cleared = be.what_if(end, found.overlays).after.closing[[str(each) for each in end.plan.years].index(year)]
    assert cleared is not None
    assert 0 <= cleared < 3
    less = [each.model_copy(update={"value": each.value - 1}) for each in found.overlays]
    assert (be.what_if(end, less).after.closing[[str(each) for each in end.plan.years].index(year)] or Decimal(0)) < 0


def test_what_cannot_be_done_says_how_near_it_comes() -> None:
    said = run("solve", "--target", "clear", "--by", "2024/25", "--lines", "transport", "--cap", "5%")
    assert said.code == 1
    assert "2024/25" in said.out


def test_sensitivity_is_drawn_as_a_tornado_and_fits() -> None:
    for width in (80, 120):
        said = run("sensitivity", "--top", "5", width=width)
        assert said.code == 0
        assert "adverse A" in said.out
        assert max(map(len, said.out.splitlines())) <= width
    rows = {row["id"]: row["values"] for row in run("sensitivity", "--json").data["rows"]}
    assert len(rows) > 20


def test_what_is_not_known_is_said_with_the_nearest() -> None:
    said = run("solve", "--target", "break-even", "--with", "residental.number")
    assert (said.code, said.out) == (2, "")
    assert "residential" in said.err
