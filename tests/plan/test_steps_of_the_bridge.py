"""A step of the bridge does to the plan what ``what-if`` says, line by line, and no sum of its own."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakeven.ledger.bridge import BridgeRow, as_typed
from breakeven.ledger.changes import parse_change
from breakeven.ledger.record import Record
from breakeven.ledger.scenarios import Overlay
from breakeven.ledger.year import ContractYear
from breakeven.plan.basis import model
from breakeven.plan.bridge import Bridge, Moved, bridge
from breakeven.plan.setting import Setting
from made import assumed, contract_year, overlay, placements
from made_bridge import caseload, establishment, moves, post_costs
from made_kpis import kpi
from made_plans import housed, made_from
from made_registers import beside, worker

FOSTERED = placements("Fostering", "2024-03-31", "4", "140")
"""Four at £140 a week: £7,300 each for the 365 nights of a year."""

PAY = post_costs("permanent", "20_000", "20")
"""£24,000 with on-costs, a fifth of the £120,000 that the social workers cost."""


def found(*records: Record, agency: str = "", overlays: Sequence[Overlay] = ()) -> Bridge:
    return bridge(setting(*records, agency=agency, overlays=overlays))


def setting(*records: Record, agency: str = "", overlays: Sequence[Overlay] = ()) -> Setting:
    year = housed(*records)
    if agency:
        year = beside(year, worker("A1", "agency", "2020-01-01", a_year=agency, coding="S1 5110"))
    return Setting(made_from(year), tuple(overlays))


def by_ref(steps: Sequence[Moved]) -> dict[str, tuple[Decimal | None, ...]]:
    return {step.id: step.position for step in steps}


def test_ten_children_moved_cost_less_by_the_difference_of_the_two_prices() -> None:
    (moved, home, foster) = found(
        FOSTERED, moves("Residential number -1", step="10"), moves("Fostering number 1", step="10")
    ).moving
    assert moved.position == (10 * (36_500 - 7_300),) * 3
    assert moved.total == 3 * 292_000
    assert [part.lines for part in moved.parts] == [("residential",), ("fostering",)]
    assert moved.found is not None
    assert [change.position[0] for change in moved.found.changes] == [365_000, -73_000]
    assert by_ref([home, foster]) == {"residential": (-36_500,) * 3, "fostering": (-7_300,) * 3}
    assert (moved.is_own, home.is_own) == (False, True)


def test_posts_on_a_line_without_a_number_are_a_part_of_it_and_get_its_pay_award() -> None:
    rise = assumed("social_workers", "10", "inflation", 2025)
    (step, _) = found(PAY, rise, moves("social_workers number 2", role="permanent")).moving
    assert as_typed(step.parts[0].overlay) == "social_workers.amount=x1.4"
    assert step.position == (-48_000, -52_800, -52_800)
    assert (step.parts[0].number, step.parts[0].cost) == (2, 24_000)


def test_a_point_of_vacancy_that_agency_fills_costs_the_agency_posts_less_the_pay() -> None:
    rows = [
        moves("agency number 1", measure="establishment", role="agency"),
        moves("social_workers number -1", measure="establishment", role="permanent"),
    ]
    (step, *own) = found(PAY, establishment("200"), *rows, agency="40_000").moving
    assert step.position == (2 * (24_000 - 40_000),) * 3
    assert [each.id for each in own] == ["agency", "residential"]


def test_caseloads_that_fall_need_posts() -> None:
    row = moves("social_workers number 1", measure="caseload", role="permanent")
    (step, _) = found(PAY, caseload("90", "10"), row).moving
    assert step.position == (-24_000,) * 3


def test_pounds_points_and_prices_are_moved_too() -> None:
    steps = found(
        moves("premises amount -1_000", "B1"), moves("staffing inflation 1", "B2"), moves("residential price 7", "B3")
    ).moving
    assert by_ref(steps) == {
        "b1": (1_000,) * 3,
        "b2": (-1_800, -1_800 - 1_818, -1_800 - 1_818 - 1_836),
        "b3": (-3_650,) * 3,
        "residential": (-36_500,) * 3,
    }


def test_a_step_is_laid_over_the_scenario_that_the_plan_has() -> None:
    (dearer, _) = found(
        moves("residential price 7"), overlays=[overlay("residential number +10")]
    ).moving  # twenty of them
    assert dearer.position == (-7_300,) * 3


def test_two_changes_of_one_line_do_more_together_and_add_up() -> None:
    (step, _) = found(moves("residential number 10"), moves("residential price 7")).moving
    assert step.found is not None
    assert step.found.together is not None
    assert step.found.together.position == (-3_650,) * 3
    assert step.position == (-365_000 - 3_650 - 3_650,) * 3


def test_the_plans_own_driver_is_not_said_again_where_the_sheet_moves_it_alone() -> None:
    assert [step.id for step in found(moves("Residential number 1", "B1")).moving] == ["b1"]
    assert [step.id for step in found(moves("Residential price 1", "B1")).moving] == ["b1", "residential"]
    assert [step.id for step in found().moving] == ["residential"]


def test_an_indicator_that_moves_no_line_is_listed_and_so_is_one_that_nothing_is_said_of() -> None:
    bands = ("> 75", "> 65", "< 65")
    kpis = [kpi(*bands, form="nested", ref=ref) for ref in ("K1", "K2", "K3")]
    result = found(*kpis, moves("residential number 1", "B1", kpis="K1"), moves("", "N1", kpis="k2", why="No cost"))
    assert [step.id for step in result.still] == ["n1"]
    assert (result.still[0].position, result.still[0].total) == ((), None)
    assert result.unsaid == ("K3",)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (
            moves("fostering number 1"),
            "Fostering has no number of placements or posts that anybody has given; 4% is of its inflation, "
            "+£250k of its pounds",
        ),
        (moves("nowhere number 1"), "no line, category, group or saving is called 'nowhere'"),
        (moves("social_workers number 1", role="permanent"), "the sheet Post costs has no permanent post"),
        (moves("agency number 1", measure="establishment"), "the sheet Workforce gives no establishment"),
        (moves("social_workers number -9", role="ASYE"), "to multiply amount takes from 0 to 1,000 times"),
        (moves("training number 1", role="ASYE"), "no line, category, group or saving is called 'training'"),
    ],
)
def test_a_step_that_cannot_be_put_to_the_plan_is_open_and_says_why(row: BridgeRow, why: str) -> None:
    (step, _) = found(row, post_costs("ASYE", "30_000", "0")).moving
    assert (step.position, step.total, step.parts) == ((), None, ())
    assert step.open_because == why


def test_a_line_that_costs_nothing_has_no_part_that_a_post_could_be() -> None:
    year = contract_year(PAY, moves("social_workers number 1", role="permanent"))
    (step,) = bridge(Setting(made_from(year))).moving
    assert step.open_because == "Social workers has nothing that the posts could be a part of"


def test_a_plan_that_is_open_leaves_the_steps_open() -> None:
    year = without_assumptions(housed(moves("residential number 1")))
    (step,) = bridge(Setting(made_from(year))).moving
    assert step.position == (None, None, None)
    assert step.total is None


def without_assumptions(year: ContractYear) -> ContractYear:
    return replace(year, ledgers=replace(year.ledgers, assumptions=()))


@given(
    st.lists(
        st.sampled_from(
            [
                "residential number 3", "fostering number -1", "social_workers number 1", "premises amount -500",
                "staffing inflation 0.5", "fostering price 20",
            ]
        ),
        min_size=1, max_size=4, unique=True,
    ),
    st.integers(1, 3),
)  # fmt: skip
def test_every_step_is_what_its_changes_typed_into_what_if_come_to(changes: list[str], step: int) -> None:
    rows = [moves(each, step=str(step), role="permanent" if "social" in each else "") for each in changes]
    asked = setting(PAY, FOSTERED, *rows)
    moved = bridge(asked).steps[0]
    body, span = asked.basis.year.body, (asked.basis.years[0], None, None)
    typed = [parse_change(as_typed(part.overlay), body, (), span) for part in moved.parts]
    after, before = model(asked.basis, typed).balances(), asked.balances
    assert moved.position == tuple(
        None if a is None or b is None else a - b for a, b in zip(after.position, before.position, strict=True)
    )
