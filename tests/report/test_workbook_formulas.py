"""The workbook's formulas are the plan's rules: worked out in exact decimals they come to the plan, cell for cell."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakeven.ledger.record import Record
from breakeven.ledger.savings import STATUSES, Status
from breakeven.ledger.scenarios import Overlay
from breakeven.ledger.targets import OverlayError
from breakeven.pipeline.year_end import scenario, scenario_names, work_out
from breakeven.report.excel.calculation import Calculation
from breakeven.report.excel.cells import Key, Value
from breakeven.report.excel.formulas import At, compiled, written
from breakeven.report.excel.frame import NotOfTheFolderError
from breakeven.report.excel.functions import FormulaError
from breakeven.report.excel.pages import pages_of
from made import (
    ALL_STEADY,
    Recurrence,
    assumed,
    balance,
    budget,
    contract_sum,
    contract_year,
    delivery,
    overlay,
    posted,
    saving,
)
from made_plans import THREE_POSTS, VIEWS, by_chance, housed, some_overlays, some_years
from made_registers import beside, child
from made_workbooks import example, example_pages, under, wrong


@pytest.mark.parametrize("view", VIEWS)
def test_the_example_and_each_of_its_scenarios_come_to_the_plan_in_every_view(view: str) -> None:
    year = example().year
    for name in scenario_names(year):
        assert wrong(work_out(year, view, overlays=scenario(year, name))) == []  # type: ignore[arg-type]
    assert wrong(work_out(year, view)) == []  # type: ignore[arg-type]


@given(some_years(), some_overlays(), st.sampled_from(VIEWS))
def test_whatever_is_assumed_and_whatever_a_scenario_changes(
    records: list[Record], overlays: list[Overlay], view: str
) -> None:
    try:
        end = under(by_chance(records), overlays, view)  # type: ignore[arg-type]
    except OverlayError:
        return
    assert wrong(end) == []


KINDS = ("growth 2", "growth -3", "inflation 3.5", "uplift 1.25", "step 1000", "step -250.5", "number 12", "number 9.5",
         "price 715", "price 41000 a-year", "sum 400000", "flat 950")  # fmt: skip


@given(
    st.lists(st.tuples(st.sampled_from(KINDS), st.integers(2024, 2026)), max_size=8, unique=True),
    st.sampled_from(["residential", "social_workers"]),
    some_overlays(),
)
def test_numbers_and_prices_steps_flat_awards_uplifts_and_sums(
    kinds: list[tuple[str, int]], line: str, overlays: list[Overlay]
) -> None:
    records: list[Record] = []
    for said, year in kinds:
        kind, value, *a_year = said.split()
        records.append(assumed(line, value, kind, year, "£ a year" if a_year else ""))  # type: ignore[arg-type]
    year = beside(housed(*records), *THREE_POSTS, child("C1", "Residential", "2023-01-01"))
    try:
        end = under(year, overlays)
    except OverlayError:
        return
    assert wrong(end) == []


@pytest.mark.parametrize(("status", "starts_in"), [("delivered", 2024), ("on track", 2025)])
def test_a_change_of_every_start_leaves_a_delivered_saving_alone_though_it_is_yet_to_begin(
    status: Status, starts_in: int
) -> None:
    year = contract_year(
        contract_sum("500"), balance("opening", "-20"), budget("P1 6010", "480"), *ALL_STEADY,
        saving("100.50", "2025-01-01", "one-off", ref="S0", status=status),
        extract=posted("P1 6010 480", "P1 6010 0", periods=[1, 7]), confidence={"on track": "90"},
    )  # fmt: skip
    end = under(replace(year, body=replace(year.body, state="provisional")), [overlay("savings start +3")])
    assert [each.start for each, figure in end.plan.row("savings").years.items() if figure.amount] == [starts_in]
    assert wrong(end) == []


RECURRENCES: tuple[Recurrence, ...] = ("recurrent", "one-off")
AMOUNTS = st.integers(0, 10**7).map(lambda pence: f"{Decimal(pence) / 100:f}")
SCHEMES = ("savings delivery {}%", "savings delivery -{}%", "savings delivery x0.{}", "S1 amount £{}000.55",
           "S0 delivery {}%", "S1 start +{}", "savings start +{}", "people delivery +{}%",
           "further_saving amount +£{}01")  # fmt: skip


@st.composite
def _schemes(draw: st.DrawFn) -> list[Record]:
    records: list[Record] = []
    for n in range(draw(st.integers(1, 3))):
        recurrence: Recurrence = draw(st.sampled_from(RECURRENCES))
        records.append(
            saving(
                draw(AMOUNTS),
                f"{draw(st.integers(2022, 2026))}-{draw(st.integers(1, 12)):02d}-01",
                recurrence,
                ref=f"S{n}",
                status=draw(st.sampled_from(STATUSES)),
                delivered=draw(st.none() | AMOUNTS),
                forecast=draw(st.none() | AMOUNTS),
                confidence=draw(st.none() | st.integers(0, 100).map(str)),
                ramp=draw(st.none() | st.integers(1, 30)) if recurrence == "recurrent" else None,
            )
        )
    years = st.integers(2022, 2025)
    records += [
        delivery(f"S{draw(st.integers(0, 2))}", draw(AMOUNTS), draw(years)) for _ in range(draw(st.integers(0, 3)))
    ]
    return records


@given(
    _schemes(),
    st.lists(st.tuples(st.sampled_from(SCHEMES), st.integers(1, 9)), max_size=3, unique_by=lambda each: each[0]),
    st.sampled_from(["over", "going on", "not begun"]),
    st.sampled_from(VIEWS),
)
def test_savings_however_they_go_and_however_far_the_base_year_is(
    schemes: list[Record], changes: list[tuple[str, int]], state: str, view: str
) -> None:
    year = contract_year(
        contract_sum("500"), balance("opening", "-20"), budget("P1 6010", "480"), *ALL_STEADY, *schemes,
        extract=posted() if state == "not begun" else posted("P1 6010 480", "P1 6010 0", periods=[1, 7]),
        confidence={"planned": "50", "at risk": "40", "on track": "90"},
    )  # fmt: skip
    year = replace(year, body=replace(year.body, state="provisional" if state == "over" else "forecast"))
    try:
        end = under(year, [overlay(said.format(number)) for said, number in changes], view)  # type: ignore[arg-type]
    except OverlayError:
        return
    assert wrong(end) == []


# Halves ------------------------------------------------------------------------------------------------------


def in_floats(amount: float, *factors: float) -> float:
    """What binary floats make of a line's level."""
    for factor in factors:
        amount *= factor
    return amount


def test_a_half_pound_that_binary_fractions_leave_short_is_still_rounded_up() -> None:
    short = in_floats(1_234_500, 1.035, 1.001)
    assert (short, round(short + 1e-9, 4)) != (short, short)
    exact = Decimal("100.5") * Decimal("1.005")
    assert exact == Decimal("101.0025")
    assert in_floats(50_100, 1.035) == 51853.49999999999  # 51,853.50 in exact decimals
    node = compiled("ROUND(ROUND(@1,6),0)")

    class Sums:
        def value(self, sheet: str, row: int, column: int) -> Value:  # noqa: ARG002
            return Decimal(in_floats(50_100, 1.035))

        def named(self, name: str) -> Value:
            raise KeyError(name)

    assert node(At(Sums(), "Lines", 1, 1)) == 51_854


# What the plan refuses ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "key", "typed"),
    [
        ("residential growth +5%", "value", Decimal(200)),
        ("residential number +1", "value", Decimal(-20)),
        ("residential price +£5", "value", Decimal(-5000)),
        ("S1 start +3", "value", Decimal(-12)),
        ("S1 amount +£10", "value", Decimal(-50_000)),
    ],
)
def test_what_the_plan_refuses_fails_a_check(said: str, key: str, typed: Decimal) -> None:
    end = under(housed(saving("12_000", "2024-07-01")), [overlay(said)])
    pages = pages_of(end)
    assert Calculation(pages).named("Overall_check") == "OK"
    inputs: dict[Key, Value] = {("scenario", "0", key): typed}
    assert Calculation(pages, inputs).named("Overall_check") == "FAIL"


def test_two_changes_that_set_one_thing_fail_a_check() -> None:
    first, second = overlay("residential inflation 4%", until="2024-25"), overlay("residential inflation 5%", "2025-26")
    pages = pages_of(under(housed(), [first, second]))
    assert Calculation(pages).named("Overall_check") == "OK"
    both: dict[Key, Value] = {("scenario", "0", "last"): None}
    assert Calculation(pages, both).named("Overall_check") == "FAIL"


def test_a_text_among_amounts_fails_a_check() -> None:
    key = next(entered.key for _, _, _, entered in example_pages().inputs() if entered.key[0] == "confidence")
    assert Calculation(example_pages(), {key: "about half"}).value("Checks", 1, 1) == "Checks of this workbook"
    found = Calculation(example_pages(), {("pressure", "0", "amount"): Decimal(1)})
    assert found.named("Overall_check") == "OK"


def test_a_plan_that_is_none_of_the_folders_scenarios_has_no_workbook() -> None:
    end = work_out(example().year, overlays=[overlay("pay inflation 9%")])
    with pytest.raises(NotOfTheFolderError):
        pages_of(end)


# The formulas themselves -------------------------------------------------------------------------------------


def test_one_formula_stands_along_a_row_and_only_its_own_column_moves() -> None:
    assert written('IF(@12<>"",@12,~14*@$4)', 7, 6) == 'IF(F12<>"",F12,E14*F$4)'
    for sheet in example_pages().sheets:
        if sheet.name in {"Lines", "Plan", "Line months", "Scenario months", "Dated effects"}:
            for row in {row for row, _ in sheet.cells if row >= 6}:
                templates = {
                    entry.formula for (r, c), entry in sheet.cells.items() if r == row and c >= 5 and entry.formula
                }
                ours = {each for each in templates if "@" in each or "~" in each}
                assert len(ours) <= 1, (sheet.name, row, ours)


@pytest.mark.parametrize("bad", ["1+", "SUM(A1:A2", "NOSUCH(1)", "1 ? 2", "1 2"])
def test_a_formula_that_is_not_understood_is_refused(bad: str) -> None:
    with pytest.raises((FormulaError, IndexError)):
        compiled(bad)
