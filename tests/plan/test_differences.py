"""Any two plans held against each other: what differs in their bases, moves, savings and investments, adding up."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakeven.ledger.record import Record
from breakeven.ledger.scenarios import Overlay
from breakeven.periods import Year
from breakeven.plan.compare import Comparison
from breakeven.plan.differences import NoCommonYearError, compare_models, started_at
from breakeven.plan.model import Model
from made import ALL_STEADY, assumed, contract_year, investment, overlay, pressure, saving
from made_models import some_models
from made_plans import GROUPS, SPEND, TEN_PLACES, adds_up, comes_to, housed, numbers, small, some_overlays, some_years

STEADY = numbers(small(*ALL_STEADY))


def differs(after: Model, before: Model = STEADY) -> dict[str, list[int | None]]:
    """What each thing that differs does to the position of each year."""
    found = compare_models(before, after)
    changes = [*found.changes, *([found.together] if found.together else [])]
    return {each.label: [None if a is None else int(a) for a in each.position] for each in changes}


def planned(*records: Record) -> Model:
    return numbers(small(*records, *ALL_STEADY))


@pytest.mark.parametrize(
    ("after", "label", "position"),
    [
        (assumed("residential", "10", "growth"), "Residential: growth 2024/25 0% → +10%", [-30, -30, -30]),
        (assumed("residential", "-2.5", "inflation", 2026), "Residential: inflation 2026/27 0% → -2.5%", [0, 0, 7]),
        (assumed("residential", "310", "sum"), "Residential: sum stated 2024/25 [x] → £310", [-10, -10, -10]),
        (
            assumed("residential", "7", "step", 2025),
            "Residential: sums added and carried on 2025/26 £0 → £7",
            [0, -7, -7],
        ),
        (
            pressure("Residential", "12", "2024-10-01"),
            "Residential: pressures and what is added each year 2024/25 £0 → £6, 2025/26 £0 → £12, 2026/27 £0 → £12",
            [-6, -12, -12],
        ),
        (pressure("Residential", "12", "2023-10-01"), "Residential: base £300 → £306", [-6, -6, -6]),
        (saving("60", "2024-04-01"), "S1 Scheme: new", [60, 60, 60]),
        (investment("60", "2024-04-01", "one-off"), "I1 Investment: new", [-60, 0, 0]),
    ],
)  # fmt: skip
def test_a_thing_that_differs_is_told_with_what_it_was_and_is(
    after: Record, label: str, position: list[int | None]
) -> None:
    assert differs(planned(after)) == {label: position}


def test_what_is_there_no_more_and_what_is_changed_is_told_so() -> None:
    both = (saving("60", "2024-04-01"), investment("60", "2024-04-01", "one-off"))
    assert differs(STEADY, planned(*both)) == {
        "S1 Scheme: no more": [-60, -60, -60],
        "I1 Investment: no more": [60, 0, 0],
    }
    less = (saving("50", "2024-04-01"), investment("50", "2024-04-01", "one-off"))
    assert differs(planned(*less), planned(*both)) == {
        "S1 Scheme: changed": [-10, -10, -10],
        "I1 Investment: changed": [10, 0, 0],
    }


def test_bases_that_a_page_cannot_tell_apart_are_one_change() -> None:
    before = planned()
    moved = {line.id: line.base + Decimal("0.40") for line in before.expenditure if line.base}
    after = replace(
        before,
        expenditure=tuple(replace(line, base=moved.get(line.id, line.base)) for line in before.expenditure),
    )
    words = "1 line" if len(moved) == 1 else f"{len(moved)} lines"
    assert differs(after, before) == {f"Bases that differ by less than £1, of {words}": [0, 0, 0]}
    income = replace(before, income=(replace(before.income[0], base=Decimal("500.3")), *before.income[1:]))
    assert len(differs(replace(income, expenditure=after.expenditure), before)) == 1


def test_a_scheme_that_comes_to_nothing_is_not_missed() -> None:
    for gone in (saving("0", "2024-04-01"), investment("0", "2024-04-01", "one-off")):
        assert differs(STEADY, planned(gone)) == {}


def test_a_change_within_a_year_is_what_its_year_bears_and_what_is_carried_on() -> None:
    over = numbers(small(*ALL_STEADY), overlay("residential growth 20%", "P07", until="2024-25"))
    assert differs(over) == {
        "Residential: growth 2024/25 0% → +20%": [-60, -60, -60],
        "Residential: what its year bears of it 2024/25 0% → -8.3333%": [25, 0, 0],
        "Together, beyond each alone": [5, 0, 0],
    }


def test_a_line_that_nobody_speaks_of_any_more_is_open_from_there_on() -> None:
    silent = numbers(small(*(each for each in ALL_STEADY if (each.line, each.year) != ("overheads", Year(2025)))))
    assert differs(silent) == {"Premises: whether anything is assumed 2025/26 yes → no": [0, None, None]}


def test_an_opening_balance_moves_every_balance_and_no_position() -> None:
    found = compare_models(STEADY, replace(STEADY, opening=Decimal(-20)))
    assert [change.label for change in found.changes] == ["Opening balance -£120 → -£20"]
    assert (found.changes[0].position, found.changes[0].closing) == ((0, 0, 0), (100, 100, 100))
    lost = compare_models(STEADY, replace(STEADY, opening=None))
    assert [change.label for change in lost.changes] == ["Opening balance -£120 → [x]"]
    assert (lost.changes[0].position, lost.changes[0].closing) == ((0, 0, 0), (None, None, None))
    assert lost.together is None


def test_savings_counted_another_way_are_one_change() -> None:
    scheme = saving("60", "2024-04-01", confidence="50")
    weighted = numbers(small(scheme, *ALL_STEADY), view="weighted")
    assert differs(weighted, planned(scheme)) == {"Savings counted as planned → weighted": [-30, -30, -30]}


def test_lines_that_come_or_go_are_told() -> None:
    fewer = replace(STEADY, expenditure=STEADY.expenditure[1:])
    assert differs(fewer) == {"Social workers: no such line any more": [100, 100, 100]}
    assert differs(STEADY, fewer) == {"Social workers: a new line": [-100, -100, -100]}
    no_grants = replace(STEADY, income=STEADY.income[:1])
    assert differs(no_grants) == {"Third-party income: no such line any more": [-100, -100, -100]}


# Plans of other years ----------------------------------------------------------------------------------------

GROWN = numbers(
    small(
        *(assumed("residential", "10", "growth", year) for year in (2024, 2025, 2026)),
        assumed("residential", "7", "step"),
        assumed("fostering", "250", "sum"),
        saving("60", "2024-10-01"),
        investment("60", "2024-10-01"),
        *ALL_STEADY,
    )
)


def test_a_plan_taken_on_a_year_starts_from_what_it_projected() -> None:
    later = started_at(GROWN, Year(2024))
    assert (later.base, later.years) == (Year(2024), (Year(2025), Year(2026)))
    assert {line.id: line.base for line in later.expenditure if line.id in {"residential", "fostering"}} == {
        "residential": 337,  # 300 × 1.1 + 7
        "fostering": 250,
    }
    assert later.opening == GROWN.balances().closing[0] == -120 - 187 - 0
    assert later.schemes[0].planned == (60, 60)
    assert later.investments[0].amounts == (60, 60)
    assert started_at(GROWN, Year(2023)) is GROWN


def test_where_one_plan_starts_later_what_came_instead_is_a_change_of_its_bases() -> None:
    """A year on, residential closed at £350 where £337 was planned, and the year £20 worse than it was to."""
    on = started_at(GROWN, Year(2024))
    lines = tuple(replace(each, base=Decimal(350)) if each.id == "residential" else each for each in on.expenditure)
    came = replace(on, expenditure=lines, opening=(on.opening or 0) - Decimal(20))
    assert differs(came, GROWN) == {
        "Opening balance -£307 → -£327": [0, 0],
        "Residential: base £337 → £350": [-14, -16],  # × 1.1 and × 1.21
    }
    assert differs(GROWN, came) == {
        "Opening balance -£327 → -£307": [0, 0],
        "Residential: base £350 → £337": [14, 16],
    }


def test_years_that_only_one_of_them_has_are_left_out() -> None:
    short = numbers(small(*ALL_STEADY, plan_years=1))
    found = compare_models(short, STEADY)
    assert (found.years, found.changes, found.together) == ((Year(2024),), (), None)
    assert (found.before, found.after) == (short.balances(), short.balances())


@pytest.mark.parametrize(("base", "why"), [(2026, "have no year in common"), (2027, "does not reach 2027/28")])
def test_plans_without_a_year_in_common_are_refused(base: int, why: str) -> None:
    later = replace(STEADY, base=Year(base), years=tuple(Year(base).later(n) for n in (1, 2, 3)))
    for pair in ((STEADY, later), (later, STEADY)):
        with pytest.raises(NoCommonYearError, match=why):
            compare_models(*pair)


def test_a_line_that_is_open_in_a_year_gone_by_is_open_until_a_sum_is_stated() -> None:
    silent = [each for each in ALL_STEADY if (each.line, each.year) != ("overheads", Year(2024))]
    found = numbers(small(*silent, assumed("premises", "70", "sum", 2026)))
    later = started_at(found, Year(2024))
    assert (comes_to(later, "premises"), later.opening) == ({Year(2025): None, Year(2026): 70}, None)


# Laws --------------------------------------------------------------------------------------------------------


def compared(before: Model, after: Model) -> Comparison | None:
    """None for two plans without a year in common."""
    try:
        return compare_models(before, after)
    except NoCommonYearError:
        return None


def less(after: Sequence[Decimal | None], before: Sequence[Decimal | None]) -> list[Decimal | None]:
    return [None if a is None or b is None else a - b for a, b in zip(after, before, strict=True)]


@given(some_models(), some_models())
def test_what_differs_between_any_two_plans_adds_up_and_goes_back_as_it_came(one: Model, other: Model) -> None:
    found, back = compared(one, other), compared(other, one)
    assert (found is None) == (back is None)
    if found and back:
        assert adds_up(found)
        assert adds_up(back)
        for name in ("position", "closing"):
            forth = less(getattr(found.after, name), getattr(found.before, name))
            assert less(getattr(back.before, name), getattr(back.after, name)) == forth


@given(some_models())
def test_a_plan_does_not_differ_from_itself(found: Model) -> None:
    same = compare_models(found, found)
    assert (same.changes, same.together, same.before, same.after) == ((), None, found.balances(), found.balances())


@given(some_models(), st.data())
def test_a_plan_taken_on_comes_to_the_same_in_every_year_after(found: Model, data: st.DataObject) -> None:
    on = data.draw(st.integers(0, len(found.years) - 1))
    later = started_at(found, found.base.later(on))
    assert later.years == found.years[on:]
    for line in (*found.income, *found.expenditure):
        assert list(comes_to(later, line.id).values()) == list(comes_to(found, line.id).values())[on:]
    for name in ("income", "expenditure", "savings", "investments", "position", "closing"):
        assert getattr(later.balances(), name) == getattr(found.balances(), name)[on:]


@given(some_years(), some_overlays(), some_overlays())
def test_two_scenarios_differ_as_plans_by_all_that_they_differ_by_as_scenarios(
    records: list[Record], before: list[Overlay], after: list[Overlay]
) -> None:
    year = contract_year(*records, *TEN_PLACES, extract=SPEND, groups=GROUPS)
    found = compare_models(numbers(year, *before), numbers(year, *after))
    assert adds_up(found)
    assert found.years == (Year(2024), Year(2025), Year(2026))


def test_the_ten_placements_differ_from_twelve_by_what_is_added_each_year() -> None:
    twelve = numbers(housed(), overlay("residential number +2"))
    (change,) = compare_models(numbers(housed()), twelve).changes
    assert change.label.startswith("Residential: pressures and what is added each year 2024/25 £0 → £73,000,")
