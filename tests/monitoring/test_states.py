"""Each state of a line holds what the records say of it, and two of them make a bridge."""

from decimal import Decimal

from breakeven.ledger.record import Record
from breakeven.ledger.year import ContractYear
from breakeven.monitoring.bridge import bridge, bridges
from breakeven.monitoring.line_state import LineState, Reason
from breakeven.monitoring.outturn import outturn
from breakeven.monitoring.states import Lines, LineSavings, YearLines, in_plan_rows
from made import (
    accrual,
    budget,
    chart,
    contract_sum,
    contract_year,
    line,
    posted,
    published,
    third_party,
    variation,
    virement,
)
from made_registers import beside, buys, child, explained, last_year
from made_states import figure, parts

R = Reason


def lines_of(year: ContractYear, **savings: tuple[str, str]) -> YearLines:
    """The lines of a year; savings planned and expected by line."""
    saved = {row: LineSavings(figure(f"{row}/p", p), figure(f"{row}/e", e)) for row, (p, e) in savings.items()}
    return YearLines(year, outturn(year), saved)


def a_year(*more: Record) -> ContractYear:
    """A year whose residential line was budgeted at 3,660, revised to 4,000 and spent at 5,000."""
    records = [
        contract_sum("10000"),
        variation("CC1", "500"),
        variation("CC2", "250", recurrent=False),
        third_party("Health", "400", "450"),
        third_party("Home Office", "40"),
        budget("P1 6010", "3660", "4000"),
        budget("P2 6110", "1000", "660"),
        virement("V1", "P1 6010", "340"),
        virement("V1", "P2 6110", "-340"),
        *more,
    ]
    return contract_year(*records, extract=posted("P1 6010 5000", "P2 6110 700", "X9 9999 7"))


def amounts(lines: Lines) -> dict[str, Decimal | None]:
    return {each.id: each.amount.amount for each in lines.values() if each.amount.amount != 0}


def held(line: LineState) -> dict[Reason, Decimal | None]:
    return {reason: each.amount for reason, each in line.holds.items()}


INCOME = {
    "contract_sum": 10_000,
    "variations.cc1": 500,
    "variations.cc2": 250,
    "third_party_income.health": 400,
    "third_party_income.home_office": 40,
}


def test_the_budget_is_before_virements_the_revised_after_them_and_the_outturn_what_was_posted() -> None:
    of = lines_of(a_year())
    not_yet_agreed = {row: amount for row, amount in INCOME.items() if not row.startswith("variations")}
    assert amounts(of.as_budgeted()) == not_yet_agreed | {"residential": 3660, "fostering": 1000}
    assert amounts(of.as_revised()) == INCOME | {"residential": 4000, "fostering": 660}
    spent = INCOME | {"third_party_income.health": 450}
    assert amounts(of.as_spent()) == spent | {"residential": 5000, "fostering": 700, "unmapped_codes": 7}


def test_lines_come_to_the_totals_of_the_outturn() -> None:
    for year in (a_year(accrual("P1 6010", "30")), published()):
        of, totals = lines_of(year), outturn(year)
        found = bridges(of.as_revised(), of.as_spent())
        for total in (*found.categories, found.income, found.expenditure, found.position):
            row = totals.row(total.id)
            assert (total.before.amount, total.after.amount) == (row.budget.amount, row.actual.amount), total.id


def test_rows_of_income_under_one_name_are_one_line() -> None:
    of = lines_of(contract_year(third_party("Health", "20", "30"), third_party("health", "5", "6")))
    health = of.as_revised()["third_party_income.health"], of.as_spent()["third_party_income.health"]
    assert [each.amount.amount for each in health] == [25, 36]


def test_a_line_with_its_categorys_id_is_the_outturns_row() -> None:
    accounts = chart(line("placements", "placements", "P1"))
    year = contract_year(
        budget("P1 6010", "100"), virement("V", "P1 6010", "5"), extract=posted("P1 6010 120"), accounts=accounts
    )
    revised = lines_of(year).as_revised()["placements_codes"]
    assert (revised.amount.amount, held(revised)) == (100, {R.VIREMENTS: 5})


# What an amount holds ----------------------------------------------------------------------------------------


def test_virements_are_in_force_in_what_came_after_them() -> None:
    of = lines_of(a_year())
    assert held(of.as_budgeted()["residential"]) == {}
    assert held(of.as_revised()["fostering"]) == held(of.as_spent()["fostering"]) == {R.VIREMENTS: -340}
    assert held(of.as_forecast(6, {})["residential"]) == {R.VIREMENTS: 340}  # they were made on 1 September
    assert held(of.as_forecast(5, {})["residential"]) == {}


def test_a_budget_counts_on_planned_savings_and_what_came_after_on_those_expected() -> None:
    of = lines_of(a_year(), residential=("100", "60"))
    assert held(of.as_budgeted()["residential"]) == {R.SAVINGS: -100}
    assert held(of.as_spent()["residential"])[R.SAVINGS] == -60
    found = bridge(of.as_revised()["residential"], of.as_spent()["residential"])
    assert parts(found) == {R.SAVINGS: 40, R.UNEXPLAINED: 960}


def test_savings_raise_a_row_of_income() -> None:
    year = a_year()
    of = YearLines(year, outturn(year), {"third_party_income.health": LineSavings(figure("p", "9"), figure("e", "4"))})
    assert held(of.as_revised()["third_party_income.health"]) == {R.SAVINGS: 9}


def test_a_variation_that_does_not_recur_is_a_one_off() -> None:
    of = lines_of(a_year())
    assert [held(of.as_spent()[f"variations.cc{n}"]) for n in (1, 2)] == [
        {R.VARIATIONS: 500}, {R.VARIATIONS: 250, R.ONE_OFFS: 250},
    ]  # fmt: skip
    assert parts(bridges(of.as_revised(), of.as_spent()).income) == {R.CONTRIBUTIONS: 50}


def test_a_variation_agreed_between_two_periods_is_the_reason_of_its_row() -> None:
    of = lines_of(a_year())
    before = of.as_forecast(1, {"variations.cc1": figure("v", "0")})
    after = of.as_forecast(3, {"variations.cc1": figure("v", "500")})
    found = next(line for line in bridges(before, after).lines if line.id == "variations.cc1")
    assert parts(found) == {R.VARIATIONS: 500}


# Explanations ------------------------------------------------------------------------------------------------


def test_an_explanation_is_on_the_line_it_names_by_id_or_label() -> None:
    of = lines_of(
        beside(
            a_year(),
            explained("Residential", "one-off", "70"),
            explained("residential", "one-off", "5"),
            explained("third_party_income.home_office", "other", "1"),
            explained("Home Office", "inflation", "2"),
            explained("Placements", "other", "1000"),
            explained("fostering", "other", None),
        )
    )
    told = {
        each.id: {reason: part.amount for reason, part in each.explained.items()} for each in of.as_spent().values()
    }
    assert {line: said for line, said in told.items() if said} == {
        "residential": {R.ONE_OFFS: 75},
        "third_party_income.home_office": {R.OTHER: 1, R.INFLATION: 2},
    }


def test_explanations_are_those_of_the_period_and_of_the_last_for_the_year() -> None:
    year = beside(
        a_year(),
        explained("residential", "other", "10", period=3),
        explained("residential", "other", "20", period=12),
        explained("fostering", "other", "30", period=12),
        explained("fostering", "one-off", "40", period=13),
    )
    of = lines_of(year)

    def told(lines: Lines, line: str) -> dict[Reason, Decimal | None]:
        return {reason: part.amount for reason, part in lines[line].explained.items()}

    assert told(of.as_forecast(3, {}), "residential") == {R.OTHER: 10}
    assert told(of.as_forecast(4, {}), "residential") == {}
    assert told(of.as_spent(), "residential") == {R.OTHER: 20}
    assert told(of.as_spent(), "fostering") == {R.ONE_OFFS: 40}
    assert told(of.as_revised(), "residential") == {}


# Activity ----------------------------------------------------------------------------------------------------


def test_price_volume_and_the_two_together_from_the_budgeted_activity_and_the_register() -> None:
    year = beside(
        a_year(),
        buys("residential", "Home", "0.1", "700"),  # 36.6 nights at 100: 3,660
        child("A", "Home", "2023-04-01", "2023-05-11", a_week="840"),  # 40 nights at 120: 4,800
    )
    of = lines_of(year)
    found = {each.id: each for each in bridges(of.as_budgeted(), of.as_spent()).lines}
    beyond = {R.PRICE: 732, R.VOLUME: 340, R.JOINT: 68, R.UNEXPLAINED: -140}
    assert parts(found["residential"]) == beyond | {R.VIREMENTS: 340}
    revised = {each.id: each for each in bridges(of.as_revised(), of.as_spent()).lines}
    assert parts(revised["residential"]) == beyond
    assert parts(found["fostering"]) == {R.VIREMENTS: -340, R.UNEXPLAINED: 40}


def test_the_contributor_of_a_line_moves_by_contributions() -> None:
    of = lines_of(a_year())
    found = {each.id: each for each in bridges(of.as_budgeted(), of.as_spent()).lines}
    assert parts(found["third_party_income.health"]) == {R.CONTRIBUTIONS: 50}


# Last year and the plan --------------------------------------------------------------------------------------


def test_last_year_is_open_for_income_and_nil_for_a_line_without_any() -> None:
    of = lines_of(beside(a_year(), last_year("P1 6010", "3000"), last_year("P1 6020", "5")))
    before = of.as_last_year()
    assert (before["residential"].amount.amount, before["fostering"].amount.amount) == (3005, 0)
    assert before["contract_sum"].amount.amount is None
    found = bridges(before, of.as_spent())
    assert found.expenditure.change.amount == 5707 - 3005
    assert (found.income.change.amount, found.position.change.amount) == (None, None)


def test_last_year_is_open_where_nothing_of_it_is_on_record() -> None:
    assert {each.amount.amount for each in lines_of(a_year()).as_last_year().values()} == {None}


def test_a_budget_that_was_not_given_is_open() -> None:
    of = lines_of(contract_year(contract_sum("100"), extract=posted("P1 6010 90")))
    for lines in (of.as_budgeted(), of.as_revised()):
        assert lines["residential"].amount.amount is None


def test_the_plan_has_the_contract_sum_with_its_variations_and_third_party_income_whole() -> None:
    of = lines_of(a_year())
    spent = in_plan_rows(of.as_spent())
    assert amounts(spent) == {
        "contract_sum": 10_750, "third_party_income": 490, "residential": 5000, "fostering": 700, "unmapped_codes": 7,
    }  # fmt: skip
    assert held(spent["contract_sum"]) == {R.ONE_OFFS: 250}


def test_from_the_outturn_to_the_plan_one_offs_drop_out_and_savings_are_lines_of_their_own() -> None:
    of = lines_of(a_year())
    rows = {"contract_sum": "11000", "third_party_income": "500", "residential": "5100", "fostering": "700"}
    rows |= {"unmapped": "7", "savings": "300", "investments": "20", "expenditure": "9"}
    rows |= dict.fromkeys(("social_workers", "agency", "premises"), "0")
    plan = of.as_planned({row: figure(row, amount) for row, amount in rows.items()})
    found = bridges(in_plan_rows(of.as_spent()), plan)
    by_line = {each.id: parts(each) for each in found.lines if each.change.amount}
    assert by_line == {
        "contract_sum": {R.ONE_OFFS: -250, R.UNEXPLAINED: 500},
        "third_party_income": {R.UNEXPLAINED: 10},
        "residential": {R.UNEXPLAINED: 100},
        "savings": {R.OTHER: -300},
        "investments": {R.OTHER: 20},
    }
    assert found.position.after.amount == 11_500 - (5100 + 700 + 7 - 300 + 20)


def test_a_line_that_the_plan_does_not_give_is_open() -> None:
    plan = lines_of(a_year()).as_planned({"contract_sum": figure("c", "1")})
    assert plan["residential"].amount.amount is None
    assert plan["contract_sum"].amount.amount == 1
