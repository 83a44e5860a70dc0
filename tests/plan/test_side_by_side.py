"""The plan as it stands beside the plan as it is changed: every row is that of the plan itself."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

import breakeven as be
from breakeven.ledger.scenarios import Overlay
from breakeven.pipeline.questions import changed_setting, setting_of, what_if
from breakeven.pipeline.year_end import YearEnd, work_out
from breakeven.plan.model import HELD_SAVINGS, View
from breakeven.plan.setting import Setting
from breakeven.plan.side_by_side import SideRow, side_by_side
from commands import EXAMPLE
from made import ALL_STEADY, contract_year, posted
from made_plans import made_from, planned, small

CHANGES = (
    (),
    ("residential=+5", "pay=4%"),
    ("residential.price=x1.1", "S24-03=50%", "S24-04=+3months", "contract_sum=-£250k"),
    ("further_saving=+£400k", "third_party_income=+1%", "overheads=x0.9"),
    ("contract_sum=+£40m",),
)


@pytest.fixture(scope="module")
def end() -> YearEnd:
    return work_out(be.load(EXAMPLE))


def row(rows: Sequence[SideRow], row_id: str) -> SideRow:
    (found,) = [each for each in rows if each.id == row_id]
    return found


@pytest.mark.parametrize("changes", CHANGES, ids=" ".join)
@pytest.mark.parametrize("view", ["planned", "forecast", "weighted"])
def test_each_row_has_what_the_plan_has_there(end: YearEnd, view: View, changes: tuple[str, ...]) -> None:
    end = work_out(end.year, view)
    after = changed_setting(end, changes, "P04")
    rows = side_by_side(setting_of(end), after)
    changed = work_out(end.year, view, overlays=after.overlays).plan
    beside = {"further_saving"}
    assert [each.id for each in rows] == [each.id for each in changed.rows if each.id not in beside]
    for each in rows:
        assert each.before == tuple(figure.amount for figure in end.plan.row(each.id).years.values()), each.id
        assert each.after == tuple(figure.amount for figure in changed.row(each.id).years.values()), each.id
        assert (each.flow, each.level) == (changed.row(each.id).flow, changed.row(each.id).level)


def test_the_difference_is_that_of_what_if_and_says_which_way_it_goes(end: YearEnd) -> None:
    changes = ["residential=+5", "pay=4%"]
    rows = side_by_side(setting_of(end), changed_setting(end, changes))
    found = what_if(end, changes)
    assert row(rows, "closing_balance").after == found.after.closing
    assert row(rows, "position").difference == (Decimal(-1_496_424), Decimal(-1_920_683), Decimal(-2_513_625))
    assert [row(rows, name).reading(0) for name in ("position", "residential", "third_party_income")] == ["A", "A", "F"]
    assert [row(rows, name).reading(0) for name in ("still_to_find", "break_even_requirement")] == ["A", "A"]
    assert row(rows, "premises").reading(0) == ""


def both(overlays: Sequence[Overlay] = (), *records: object) -> tuple[SideRow, ...]:
    found = made_from(small(*records))  # pyright: ignore[reportArgumentType]
    return side_by_side(Setting(found), Setting(found, tuple(overlays)))


def test_a_row_that_nobody_has_said_anything_about_is_open_and_so_is_all_that_rests_on_it() -> None:
    rows = both()
    assert row(rows, "staffing").after == (None, None, None)
    assert row(rows, "position").difference == (None, None, None)
    assert row(rows, "still_to_find").before == (None, None, None)
    assert row(rows, "yearly_saving_to_clear").before == (None, None, None)
    assert row(rows, "opening_balance").before == (Decimal(-120), None, None)
    assert row(rows, "position").reading(0) == ""
    assert row(rows, "savings").after == (Decimal(0),) * 3


def test_what_has_no_line_is_a_row_and_a_category_of_its_own() -> None:
    year = contract_year(*ALL_STEADY, extract=posted("X9 9999 30", "S1 5010 10"), plan_years=1)
    rows = side_by_side(Setting(made_from(year)), Setting(made_from(year)))
    assert [each.id for each in rows].count("unmapped") == 1
    assert row(rows, "unmapped").after == tuple(f.amount for f in planned(year).row("unmapped").years.values())
    assert HELD_SAVINGS not in [each.id for each in rows]
