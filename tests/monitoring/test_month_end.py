"""A month end: what counts by a period, what the rest is forecast to be, and that every row casts."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from breakeven.ledger.provenance import Figure
from breakeven.ledger.record import Record
from breakeven.ledger.rules import METHODS, LineRules, Method, MonthEndRules, Tolerance
from breakeven.ledger.year import ContractYear
from breakeven.monitoring.month_end import BASE, MonthEnd, expenditure_dimensions, month_end
from breakeven.monitoring.outturn import outturn
from breakeven.monitoring.rag import Rag
from made import (
    accrual,
    balance,
    budget,
    chart,
    claim,
    contract_sum,
    contract_year,
    day,
    instalment,
    line,
    posted,
    pounds,
    published,
    third_party,
    variation,
    virement,
)
from made_registers import beside, child, order, set_by_hand, worker

TWELVE = "100 " * 12
QUARTER = ("P1 6010 300", "P1 6010 250", "S1 5010 75")
"""Posted in P01, P02 and P04 by ``quarter``."""


def quarter(*more: Record) -> ContractYear:
    """Residential has 1,200 budgeted evenly, social workers 600; 550 and 75 are posted by P04."""
    return contract_year(
        contract_sum("2000"),
        balance("opening", "-500"),
        budget("P1 6010", "1200", profile=TWELVE),
        budget("S1 5010", "600"),
        *more,
        extract=posted(*QUARTER, periods=(1, 2, 4)),
    )


def at(
    year: ContractYear, period: int, methods: Mapping[str, Method] | None = None, rules: MonthEndRules | None = None
) -> MonthEnd:
    year = replace(year, body=replace(year.body, month_end=rules)) if rules else year
    return month_end(year, outturn(year), period, methods)


def row(result: MonthEnd, row_id: str, columns: str) -> list[Decimal | None]:
    figures = result.row(row_id).figures
    return [figures[column].amount for column in columns.split()]


def figures(text: str) -> list[Decimal]:
    return [pounds(each) for each in text.split()]


# What counts by a period -------------------------------------------------------------------------------------


def test_only_what_is_posted_by_the_period_is_actual() -> None:
    year = quarter()
    assert [row(at(year, n), "residential", "posted")[0] for n in (1, 2, 3, 13)] == figures("300 550 550 550")
    assert row(at(year, 4), "expenditure", "posted") == figures("625")


def test_the_budget_to_date_is_so_many_months_of_the_current_budget() -> None:
    year = quarter()
    assert row(at(year, 3), "residential", "budget budget_to_date") == figures("1200 300")
    assert row(at(year, 13), "residential", "budget budget_to_date") == figures("1200 1200")
    by_days = MonthEndRules(lines={"social_workers": LineRules(profile="days")})
    assert row(at(year, 1, rules=by_days), "social_workers", "budget_to_date") == figures("49.18")  # 600 x 30 / 366


def test_a_virement_counts_from_the_period_it_is_dated_in() -> None:
    year = quarter(virement("V1", "P1 6010", "-120", "2023-07-31"), virement("V1", "S1 5010", "120", "2023-07-31"))
    assert row(at(year, 3), "residential", "original virements budget") == figures("1200 0 1200")
    assert row(at(year, 4), "residential", "original virements budget") == figures("1200 -120 1080")
    assert row(at(year, 4), "expenditure", "budget") == figures("1800")


def test_a_virement_still_to_come_changes_nothing_of_the_periods_before_it() -> None:
    before = quarter()
    # 1,200 of budget by the month, and 300 more from January on, as its twelve figures now have them.
    moved = budget("P1 6010", "1200", "1500", profile="100 " * 9 + "200 " * 3)
    after = contract_year(
        contract_sum("2000"), balance("opening", "-500"), moved, budget("S1 5010", "600", "300"),
        virement("V1", "P1 6010", "300", "2024-01-15"), virement("V1", "S1 5010", "-300", "2024-01-15"),
        extract=posted(*QUARTER, periods=(1, 2, 4)),
    )  # fmt: skip
    columns = "budget budget_to_date actual rest forecast variance"
    for period in (3, 9):
        for method in ("budget", "profile", "run rate"):
            then, now = (at(year, period, {"": method}) for year in (before, after))
            assert row(now, "residential", columns) == row(then, "residential", columns), (period, method)
    assert row(at(after, 10), "residential", "budget budget_to_date") == figures("1500 1100")


def test_an_accrual_is_undone_by_itself_in_the_next_period() -> None:
    year = quarter(accrual("P1 6010", "40", period=3), accrual("P1 6010", "-15", "prepayment", period=4))
    assert [row(at(year, n), "residential", "accruals")[0] for n in (2, 3, 4, 5)] == figures("0 40 -15 0")
    assert row(at(year, 3), "residential", "actual") == figures("590")


def test_an_accrual_is_undone_where_it_says_and_last_years_reversal_stays() -> None:
    year = quarter(
        accrual("P1 6010", "40", period=3, reverses="2023-24 P06"), accrual("P1 6010", "-7", "reversal", period=1)
    )
    assert [row(at(year, n), "residential", "accruals")[0] for n in (1, 3, 5, 6, 13)] == figures("-7 33 33 -7 -7")


def test_what_march_accrues_is_undone_next_year_and_so_is_in_the_outturn() -> None:
    year = quarter(accrual("P1 6010", "40"), accrual("P1 6010", "9", period=11))
    assert row(at(year, 13), "residential", "accruals") == figures("40")
    assert outturn(year).row("residential").actual.amount == pounds("590")


def test_income_is_what_is_due_earned_and_agreed_by_then() -> None:
    year = quarter(
        instalment("Contract sum", "2023-04-03", "500"),
        instalment("Contract sum", "2023-07-03", "1500"),
        variation("V1", "100"),
        third_party("Health", "240", "150", "90"),
        claim("Health", 2, "150"),
        claim("Health", 11, "90"),
    )
    june = at(year, 3)
    assert row(june, "contract_sum", "budget actual forecast") == figures("2000 500 2000")
    assert row(june, "variations.v1", "original budget actual forecast") == figures("0 100 100 100")
    assert row(june, "third_party_income.health", "budget budget_to_date actual rest") == figures("240 60 150 180")
    assert row(at(year, 1), "variations.v1", "budget forecast") == figures("0 0")  # agreed on 1 June


def test_money_left_is_budget_less_actual_and_what_is_committed() -> None:
    year = beside(quarter(), order("P1 6010", "2023-05-20", "80"), order("P1 6010", "2023-04-02", "30", "2023-05-01"))
    assert row(at(year, 1), "residential", "commitments left") == figures("30 870")
    assert row(at(year, 2), "residential", "commitments left") == figures("80 570")


def test_an_empty_extract_or_budget_is_missing_and_not_nil() -> None:
    year = contract_year(contract_sum("1"), budget("P1 6010", "100"))
    assert row(at(year, 3), "residential", "posted actual forecast") == [None, None, None]
    year = contract_year(contract_sum("1"), extract=posted("P1 6010 5"))
    assert row(at(year, 3), "residential", "budget variance") == [None, None]


# Forecasts ---------------------------------------------------------------------------------------------------


def test_a_line_is_forecast_by_its_own_method_and_by_the_one_asked_for() -> None:
    rules = MonthEndRules(method="run rate", lines={"social_workers": LineRules(method="budget")})
    result = at(quarter(), 4, rules=rules)
    assert row(result, "residential", "rest forecast") == figures("1100 1650")
    assert row(result, "social_workers", "rest forecast") == figures("400 475")
    assert [result.row(each).method for each in ("residential", "social_workers", "expenditure")] == [
        "run rate", "budget", "mixed",
    ]  # fmt: skip
    asked = at(quarter(), 4, {"": "budget", "residential": "profile"}, rules)
    assert row(asked, "residential", "rest") == figures("1100")  # 550 x 800 / 400
    assert asked.row("social_workers").method == "budget"


def test_live_placements_are_forecast_to_their_planned_end_and_filled_posts_to_the_years() -> None:
    year = beside(
        quarter(),
        child("A", "Residential", "2023-04-01", a_week="700"),
        child("B", "Residential", "2024-01-01", planned="2024-01-21", a_week="70"),
        child("C", "Residential", "2023-05-01", "2023-12-15", a_week="7000"),
        child("D", "Residential", "2024-02-01", a_week="7000"),
        worker("P", "permanent", "2023-04-01", a_year="36600"),
        worker("V", "permanent"),
        worker("L", "permanent", "2023-04-01", "2024-02-10", fte="0.5", a_year="36600"),
    )
    january = at(year, 10, {"": "commitment"})
    # A: 60 nights of February and March at 100 a night. B was planned to end and is still there. C has ended,
    # D has not come.
    assert row(january, "residential", "rest") == figures("6600")
    # P: 60 days at 100; L: 10 days at 50.
    assert row(january, "social_workers", "rest") == figures("6500")
    assert january.row("residential").method == "commitment"


def test_a_contribution_follows_the_child() -> None:
    paid = child("A", "Residential", "2023-04-01").model_copy(
        update={"contributor": "Health", "weekly_contribution": pounds("70")}
    )
    year = beside(quarter(third_party("Health", "240", "100", "0"), claim("Health", 1, "100")), paid)
    result = at(year, 11, {"third_party_income": "commitment"})
    assert row(result, "third_party_income.health", "actual rest forecast") == figures("100 310 410")  # 31 nights at 10


def test_a_forecast_by_hand_is_of_the_whole_year_and_gives_way_to_actuals() -> None:
    year = beside(quarter(), set_by_hand("Residential", 2, "1000"), set_by_hand("residential", 4, "900"))
    assert [row(at(year, n), "residential", "actual rest forecast") for n in (1, 2, 4)] == [
        figures("300 1100 1400"), figures("550 450 1000"), figures("550 350 900"),
    ]  # fmt: skip
    assert at(year, 2).row("residential").method == "manual"
    assert row(at(year, 2, {"": "budget"}), "residential", "rest") == figures("1000")


def test_a_forecast_by_hand_is_shared_by_budget_and_loses_no_penny() -> None:
    year = contract_year(
        contract_sum("1"), budget("P1 6010", "100"), budget("P1 6015", "200"),
        extract=posted("P1 6010 1", "P1 6015 2", periods=(1, 1)),
    )  # fmt: skip
    result = at(beside(year, set_by_hand("residential", 1, "103.01")), 1)
    assert [row(result, f"residential.p1_{code}", "rest")[0] for code in ("6010", "6015")] == figures("33.34 66.67")
    assert row(result, "residential", "forecast") == figures("103.01")


def test_movement_is_of_the_forecast_since_a_period_was_closed_and_open_before() -> None:
    year = quarter()
    before = at(year, 2).forecasts
    result = month_end(year, outturn(year), 4, previous=before)
    assert row(result, "residential", "forecast previous movement") == figures("1350 1550 -200")
    assert row(at(year, 4), "residential", "previous movement") == [None, None]


def test_a_part_that_is_gone_or_on_another_line_keeps_the_movement_of_the_whole() -> None:
    year = quarter(accrual("P2 6110", "500", period=2), third_party("Health", "240"), claim("Health", 1, "60"))
    before = at(year, 2)
    closed = before.row("expenditure").figures["forecast"].amount
    accounts = chart(line("social_workers", "staffing", "S1"), line("all_placements", "placements", "P1", "P2"))
    recoded = replace(quarter(), body=replace(quarter().body, chart=accounts))
    result = month_end(recoded, outturn(recoded), 4, previous=before.forecasts)
    assert row(result, "expenditure", "previous") == [closed]
    assert row(result, "all_placements", "previous") == figures("2050")  # 1,550 and 500
    assert row(result, "income", "previous") == [before.row("income").figures["forecast"].amount]


def test_an_order_that_an_accrual_names_is_no_commitment_while_it_stands() -> None:
    year = beside(quarter(), order("P1 6010", "2023-05-20", "80"))
    named = accrual("P1 6010", "80", period=5).model_copy(update={"description": "Delivered, see PO1."})
    year = replace(year, ledgers=replace(year.ledgers, accruals=(named,)))
    assert [row(at(year, n), "residential", "commitments")[0] for n in (4, 5, 6)] == figures("80 0 80")


def test_an_order_of_last_year_is_committed_again_once_its_accrual_is_undone() -> None:
    year = beside(quarter(), order("P1 6010", "2023-02-20", "80"))
    undone = accrual("P1 6010", "-80", "reversal", period=1).model_copy(update={"description": "Delivered, see PO1."})
    year = replace(year, ledgers=replace(year.ledgers, accruals=(undone,)))
    assert row(at(year, 4), "residential", "commitments") == figures("80")


def test_once_the_year_is_over_all_that_is_agreed_for_it_is_its_income() -> None:
    year = quarter(
        instalment("Contract sum", "2023-04-03", "1500"),
        instalment("Contract sum", "2024-04-05", "500"),
        variation("V9", "100").model_copy(update={"date_agreed": day("2024-04-20")}),
    )
    end = outturn(year)
    for period in (12, 13):
        result = month_end(year, end, period)
        for each in ("contract_sum", "variations.v9", "income"):
            assert row(result, each, "budget forecast") == [end.row(each).budget.amount, end.row(each).actual.amount]
    assert row(at(year, 11), "contract_sum", "actual forecast") == figures("1500 2000")


def test_at_the_years_end_the_forecast_is_the_published_outturn() -> None:
    year = published(claim("Health", 6, "8_753_055"))
    year = replace(year, transactions=replace(year.transactions, period=[12, 12, 12]))
    end = outturn(year)
    for period in (12, 13):
        for method in METHODS:
            result = month_end(year, end, period, {"": method})
            for each in end.rows:
                forecast = result.row(each.id).figures["forecast"].amount
                assert forecast == each.actual.amount, (each.id, method)
    assert row(month_end(year, end, 12), "closing_balance", "forecast") == figures("-11_230_962")


# Laws --------------------------------------------------------------------------------------------------------

PENCE = st.integers(-(10**7), 10**7)
CODES = ("S1 5010", "S1 5110", "P1 6010", "P2 6110", "O1 7010", "X9 9999")
POSTING = st.tuples(st.sampled_from(CODES), st.integers(1, 13), PENCE)


def text(pence: int) -> str:
    return str(Decimal(pence).scaleb(-2))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(POSTING, min_size=1, max_size=12),
    st.lists(st.tuples(st.sampled_from(CODES), st.integers(1, 12), PENCE), max_size=6),
    st.integers(1, 13),
    st.sampled_from(METHODS),
)
def test_every_row_casts_and_no_pound_is_counted_twice_or_lost(
    postings: Sequence[tuple[str, int, int]], accruals: Sequence[tuple[str, int, int]], period: int, method: Method
) -> None:
    year = contract_year(
        contract_sum("1000"),
        balance("opening", "-5"),
        *(budget(code, "1200") for code in CODES),
        *(accrual(code, text(pence), period=n) for code, n, pence in accruals),
        extract=posted(*(f"{code} {text(p)}" for code, _, p in postings), periods=[n for _, n, _ in postings]),
    )
    result = at(year, period, {"": method})
    spend = result.row("expenditure").figures
    gone = sum((pence for _, n, pence in postings if n <= period), 0)
    # An accrual stands in its own period alone, but that March's stands at the year's end too.
    standing = sum((pence for _, n, pence in accruals if n == period or (n == 12 and period == 13)), 0)
    assert spend["actual"].amount == Decimal(gone + standing).scaleb(-2)
    for columns in (
        ("actual", "rest", "forecast"),
        ("original", "virements", "budget"),
        ("budget", "variance", "forecast"),
    ):
        first, second, whole = (spend[column].amount for column in columns)
        assert first is not None
        assert second is not None
        assert first + second == whole
    if period >= 12:
        assert spend["rest"].amount == 0
    for by in permutations(("category", "line", "cost_centre", "code"), 2):
        assert_casts(result, by)


def assert_casts(result: MonthEnd, by: Sequence[str]) -> None:
    """Each level of rows comes to the level above it, column by column."""
    rows = [each for each in result.rows(by) if each.flow.value == "expenditure"]
    for level in {each.level for each in rows if each.level}:
        for column in BASE:
            amounts = [each.figures[column].amount for each in rows if each.level == level]
            known = [amount for amount in amounts if amount is not None]
            total = result.row("expenditure").figures[column].amount
            assert (sum(known) if len(known) == len(amounts) else None) == total


# Rows and tolerances -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "nested"),
    [
        ("category", "category"), ("line", "category line"), ("code", "category code"), ("source", "category"),
        ("cost_centre", "cost_centre"), ("cost_centre line", "cost_centre line"),
        ("line cost_centre", "category line cost_centre"), ("category line line", "category line"),
    ],
)  # fmt: skip
def test_rows_are_nested_as_asked_beneath_categories_unless_cost_centres_come_first(asked: str, nested: str) -> None:
    assert expenditure_dimensions(asked.split()) == tuple(nested.split())


def test_a_row_in_groups_is_known_by_them() -> None:
    result = at(quarter(), 4)
    ids = [each.id for each in result.rows(("cost_centre", "line"))]
    assert {"cost_centre.p1", "p1.residential", "cost_centre.s1", "s1.social_workers"} <= set(ids)
    assert "placements.p1" in [each.id for each in result.rows(("category", "cost_centre"))]


def test_a_row_is_red_beyond_the_larger_of_an_amount_and_a_per_cent() -> None:
    rules = MonthEndRules(
        amber=Tolerance(pounds("100"), pounds("1")),
        red=Tolerance(pounds("200"), pounds("20")),
        lines={"residential": LineRules(red=Tolerance(pounds("1000"), pounds("0")))},
    )
    result = at(quarter(), 2, rules=rules)  # residential: 550 + 1,000 against 1,200
    assert row(result, "residential", "variance") == figures("350")
    found = {each.id: each.rag for each in result.rows(("line",))}
    assert (found["residential"], found["placements"]) == (Rag.AMBER, Rag.RED)
    assert (found["social_workers"], found["position"]) == (Rag.GREEN, Rag.RED)
    limit = result.row("residential").limit
    assert limit
    assert (limit.amber, limit.red) == (pounds("100"), pounds("1000"))


def test_each_figure_leads_to_what_it_was_read_from() -> None:
    forecast: Figure = at(quarter(), 4).row("residential").figures["forecast"]
    assert forecast.id == "P04/outturn/residential/forecast"
    assert {source.label for source in forecast.sources()} == {"2 transactions to P04", "Original budget"}
