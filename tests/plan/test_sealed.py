"""The plan as it would have been made when a period was closed."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from breakeven.ledger.closes import Close
from breakeven.ledger.record import Record
from breakeven.ledger.year import ContractYear
from breakeven.periods import Year
from breakeven.pipeline.at_period import at_period
from breakeven.pipeline.year_end import work_out
from breakeven.plan.basis import model
from breakeven.plan.model import Model
from breakeven.plan.sealed import sealed_basis
from breakeven.report.seal import write_seal
from breakeven.workbook.closes import read_closes
from made import (
    ALL_STEADY,
    assumed,
    balance,
    budget,
    chart,
    contract_sum,
    contract_year,
    investment,
    line,
    posted,
    pressure,
    saving,
    third_party,
    variation,
)
from made_plans import TEN_PLACES, THREE_POSTS, comes_to
from made_registers import beside, child


def in_september(*records: Record, lines: str = "social_workers residential premises") -> ContractYear:
    """A year of which six months are posted, with everything that a plan is made from."""
    codes = {
        "social_workers": ("staffing", "S1"),
        "residential": ("placements", "P1"),
        "fostering": ("placements", "P2"),
        "premises": ("overheads", "O1"),
    }
    year = contract_year(
        contract_sum("900"),
        variation("CC1", "40"),
        variation("CC2", "60", recurrent=False),
        third_party("Health", "100"),
        balance("opening", "-20"),
        budget("P1 6010", "480"),
        budget("O1 7010", "120"),
        pressure("residential", "12", "2024-10-01"),
        saving("30", "2024-07-01", forecast="20"),
        investment("15", "2024-04-01"),
        *TEN_PLACES,
        *records,
        *ALL_STEADY,
        extract=posted("P1 6010 300", "O1 7010 60", periods=[6, 6]),
        accounts=chart(*(line(each, *codes[each]) for each in lines.split())),
    )
    paid = child("C1", "Residential", "2023-06-01").model_copy(update={"weekly_contribution": 70})
    return beside(replace(year, body=replace(year.body, state="forecast")), *THREE_POSTS, paid)


@pytest.fixture
def close(tmp_path: Path) -> Close:
    """September of that year, closed."""
    end = work_out(in_september())
    write_seal(tmp_path, end, at_period(end, 6), "A. Clerk", date(2023, 10, 9))
    ((closed,), findings) = read_closes(tmp_path, Year(2023))
    assert findings == []
    return closed


def of_then(close: Close, year: ContractYear) -> Model:
    return model(sealed_basis(close, year))


def test_a_plan_of_a_closed_period_is_the_plan_that_was_made_then(close: Close) -> None:
    then = work_out(in_september()).plan.model
    assert of_then(close, in_september()) == then
    assert list(comes_to(then, "residential").values()) == [546, 552, 552]  # 300 + half of 480, and the pressure


def test_what_is_assumed_or_posted_since_does_not_change_it(close: Close) -> None:
    since = in_september(assumed("residential", "25", "growth"), saving("99", "2024-04-01", ref="S2"))
    assert work_out(since).plan.model != of_then(close, since) == work_out(in_september()).plan.model


def test_a_line_that_the_settings_have_had_since_was_not_there_and_one_that_they_have_no_more_was(close: Close) -> None:
    for lines in ("social_workers residential", "social_workers residential fostering premises"):
        found = of_then(close, in_september(lines=lines))
        assert [each.id for each in found.expenditure] == ["social_workers", "residential", "premises"]
