"""The savings programme: planned, forecast, weighted and delivered, by scheme and year."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakeven.ledger.savings import Saving
from breakeven.periods import Year, year_of
from breakeven.plan.effects import effect_in
from breakeven.plan.model import View
from breakeven.plan.savings import Programme, programme, saved_by_line
from made import Recurrence, amounts, contract_year, saving, years

VIEWS: tuple[View, ...] = ("planned", "forecast", "weighted")
BASE = Year(2023)


def worked_out(*savings: Saving, plan_years: int = 3) -> Programme:
    confidence = {"planned": "50", "at risk": "40", "delivered": "100", "not deliverable": "0"}
    return programme(contract_year(*savings, plan_years=plan_years, confidence=confidence))


def view(found: Programme, name: View) -> dict[Year, Decimal | None]:
    """The programme's total of each plan year."""
    return {year: found.totals[year].view(name).amount for year in found.years}


def test_a_scheme_saves_part_of_its_first_year_and_all_of_each_later_one() -> None:
    assert view(worked_out(saving("480_000", "2024-07-01")), "planned") == years("360_000 480_000 480_000")


def test_a_one_off_drops_out() -> None:
    assert view(worked_out(saving("63_000", "2024-07-01", "one-off")), "planned") == years("63_000 0 0")


def test_a_scheme_that_falls_short_in_its_first_year_falls_short_by_as_much_after() -> None:
    found = worked_out(saving("480_000", "2024-07-01", forecast="270_000"))
    assert view(found, "forecast") == years("270_000 360_000 360_000")


def test_a_scheme_nobody_has_forecast_is_forecast_as_planned() -> None:
    found = worked_out(saving("480_000", "2024-07-01"))
    assert view(found, "forecast") == view(found, "planned")


def test_a_scheme_forecast_to_save_nothing_saves_nothing() -> None:
    assert view(worked_out(saving("480_000", "2024-07-01", forecast="0")), "forecast") == years("0 0 0")


def test_a_scheme_of_nil_has_no_share_to_forecast_by() -> None:
    assert view(worked_out(saving("0", "2024-07-01", forecast="5")), "forecast") == years("0 0 0")


@pytest.mark.parametrize(
    ("scheme", "weighted"),
    [
        (saving("1000", "2024-04-01"), "500"),
        (saving("1000", "2024-04-01", status="at risk"), "400"),
        (saving("1000", "2024-04-01", status="not deliverable"), "0"),
        (saving("1000", "2024-04-01", status="at risk", confidence="75"), "750"),
        (saving("1000", "2024-04-01", confidence="0"), "0"),
        (saving("1000", "2024-04-01", forecast="800"), "400"),
        (saving("1000", "2024-04-01", status="idea"), "1000"),
    ],
)
def test_weighted_is_the_forecast_at_the_schemes_own_confidence_or_its_statuss(scheme: Saving, weighted: str) -> None:
    assert view(worked_out(scheme, plan_years=1), "weighted") == years(weighted)


def test_a_status_without_a_confidence_counts_in_full() -> None:
    assert worked_out(saving("1000", "2024-04-01", status="on track")).schemes[0].confidence_pct == 100


def test_what_is_delivered_is_for_the_first_year_and_open_until_it_is_recorded() -> None:
    found = worked_out(saving("300", "2024-04-01", delivered="25"), saving("500", "2024-04-01", ref="S2"))
    assert {year: part.delivered.amount for year, part in found.totals.items()} == {
        BASE: None,
        **years("25 [x] [x]"),
    }
    assert found.totals[BASE].delivered.rule == "none recorded yet"


# Schemes that the base year's outturn already holds ----------------------------------------------------------


def earlier(*savings: Saving) -> dict[Year, Decimal | None]:
    return amounts(worked_out(*savings).earlier)


def test_a_recurrent_scheme_of_the_base_year_adds_only_its_full_year_effect() -> None:
    assert earlier(saving("120", "2023-10-01")) == years("60 60 60")


def test_a_one_off_of_the_base_year_has_to_be_found_again() -> None:
    assert earlier(saving("120", "2023-10-01", "one-off")) == years("-120 -120 -120")


@pytest.mark.parametrize("recurrence", ["recurrent", "one-off"])
def test_a_scheme_from_before_the_base_year_changes_nothing(recurrence: Recurrence) -> None:
    assert earlier(saving("120", "2021-10-01", recurrence)) == years("0 0 0")


def test_the_full_year_effect_follows_what_was_delivered_not_what_was_planned() -> None:
    assert earlier(saving("120", "2023-10-01", delivered="30", forecast="60")) == years("30 30 30")
    assert earlier(saving("120", "2023-10-01", delivered="0")) == years("0 0 0")
    assert earlier(saving("120", "2023-10-01", forecast="40")) == years("40 40 40")


def test_what_the_base_year_delivered_is_certain() -> None:
    base = worked_out(saving("120", "2023-04-01", status="at risk", delivered="100")).totals[BASE]
    assert base.weighted.amount == base.forecast.amount == 100


def test_a_year_counts_the_schemes_begun_since_the_base_year_and_the_base_year_its_own() -> None:
    found = worked_out(
        saving("1", "2022-04-01", ref="OLD"),
        saving("2", "2023-04-01", ref="BASE"),
        saving("4", "2024-04-01", ref="NEXT"),
        saving("8", "2025-04-01", ref="LATER"),
    )
    counted = {str(year): [scheme.saving.ref for scheme in found.counted_in(year)] for year in found.totals}
    assert counted == {
        "2023-24": ["BASE"],
        "2024-25": ["NEXT"],
        "2025-26": ["NEXT", "LATER"],
        "2026-27": ["NEXT", "LATER"],
    }
    assert found.totals[BASE].planned.amount == 2
    assert view(found, "planned") == years("4 12 12")


# Laws --------------------------------------------------------------------------------------------------------


@st.composite
def some_schemes(draw: st.DrawFn) -> list[Saving]:
    """Schemes that are not forecast to save more than planned, begun in the year before the base year or later."""
    found: list[Saving] = []
    for n in range(draw(st.integers(0, 6))):
        amount, start = draw(st.integers(0, 10**7)), draw(st.dates(date(2022, 4, 1), date(2027, 3, 31)))
        kind: Recurrence = draw(st.sampled_from(["recurrent", "one-off"]))
        first = effect_in(year_of(start), Decimal(amount), start, recurrent=kind == "recurrent")
        forecast = draw(st.none() | st.integers(0, int(first)).map(str))
        confidence = draw(st.integers(0, 100).map(str))
        found.append(
            saving(str(amount), start.isoformat(), kind, ref=f"S{n}", forecast=forecast, confidence=confidence)
        )
    return found


@given(some_schemes())
def test_planned_is_never_less_than_forecast_nor_forecast_than_weighted(savings: list[Saving]) -> None:
    found = worked_out(*savings)
    for part in (*found.totals.values(), *(each for scheme in found.schemes for each in scheme.years.values())):
        planned, forecast, weighted = (part.view(name).amount for name in VIEWS)
        assert planned is not None
        assert forecast is not None
        assert weighted is not None
        assert planned >= forecast >= weighted >= 0


@given(some_schemes(), st.integers(1, 10))
def test_a_total_is_the_sum_of_the_schemes_it_counts(savings: list[Saving], plan_years: int) -> None:
    found = worked_out(*savings, plan_years=plan_years)
    assert len(found.years) == plan_years
    for year, part in found.totals.items():
        for name in VIEWS:
            counted = [scheme.years[year].view(name).amount or 0 for scheme in found.counted_in(year)]
            assert part.view(name).amount == sum(counted)


@given(some_schemes(), st.data())
def test_the_order_of_the_schemes_changes_no_total(savings: list[Saving], data: st.DataObject) -> None:
    plain, moved = worked_out(*savings), worked_out(*data.draw(st.permutations(savings)))
    assert [view(plain, name) for name in VIEWS] == [view(moved, name) for name in VIEWS]
    assert amounts(plain.earlier) == amounts(moved.earlier)


def test_every_figure_of_the_programme_has_its_own_id() -> None:
    found = worked_out(saving("120", "2023-10-01"), saving("120", "2024-10-01", ref="S2"))
    ids = [figure.id for figure in found.figures()]
    assert len(ids) == len(set(ids)) == 8 * (2 * 4 + 4) + 3


def test_a_scheme_of_a_whole_category_is_on_none_of_its_lines() -> None:
    schemes = [
        saving("120", "2023-04-01", ref="S1", delivered="100"),
        saving("60", "2023-04-01", ref="S2").model_copy(update={"line": "Placements"}),
    ]
    year = contract_year(*schemes)
    saved = saved_by_line(programme(year), year.body.chart)
    assert saved.keys() == {"residential"}
    assert (saved["residential"].planned.amount, saved["residential"].expected.amount) == (120, 100)
