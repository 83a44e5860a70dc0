"""Demand by type: what was budgeted, how many there were and came and went, and what they cost."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from breakeven.ledger.placements import Placement
from breakeven.ledger.record import Record
from breakeven.monitoring.check_demand import check_demand
from breakeven.monitoring.demand import COSTS, NUMBERS, Demand, demand
from breakeven.monitoring.month_end import month_end
from breakeven.monitoring.outturn import outturn
from breakeven.reconciliation.check import Result
from made import budget, chart, contract_year, line, placements, posted, pounds
from made_registers import beside, buys, child

HOME = chart(
    line("residential", "placements", "P1 & 6010"),
    line("secure_and_parent_and_child", "placements", "P4 & 6310..6320"),
    line("transport", "overheads", "O1 & 7110"),
)


def stated(*records: Record, register: Sequence[Record] = (), period: int = 12) -> Demand:
    extract = posted("P1 6010 400_000", periods=[2])
    year = beside(contract_year(*records, extract=extract, accounts=HOME), *register)
    return demand(year, month_end(year, outturn(year), period))


def shown(found: Demand, row: str, *columns: str) -> str:
    """Some figures of a row; ``[x]`` is open."""
    figures = found.row(row).figures
    return " ".join("[x]" if (amount := figures[c].amount) is None else f"{amount:,}" for c in columns)


def paid(placement: Placement, **paid_by: str) -> Placement:
    """The placement with what others pay: health="100"."""
    numbered = [*zip(("", "_2", "_3"), paid_by.items(), strict=False)]
    who = {f"contributor{number}": name for number, (name, _) in numbered}
    return placement.model_copy(update=who | {f"weekly_contribution{n}": pounds(each) for n, (_, each) in numbered})


def test_the_register_says_how_many_for_how_long_and_at_what_price() -> None:
    rows = (
        child("R1", "Residential", "2022-06-01", a_week="5_000"),
        child("R2", "Residential", "2023-10-01", "2024-01-01", a_week="6_000"),
        child("R3", "Residential", "2022-06-01", "2023-07-01", a_week="4_000"),
    )
    found = stated(register=[buys("Residential", "Residential", "1.5", "4_900"), *rows])
    assert shown(found, "residential", *NUMBERS) == "1.5 1.5 2.0 1.0 2.0 1.0"
    # 366 + 92 + 91 nights = 549; 366 × 5,000 + 92 × 6,000 + 91 × 4,000 is 2,746,000 ÷ 7
    assert shown(found, "residential", *COSTS) == "78.4 4,900.00 5,001.82 392,285.71 0.00"
    assert shown(found, "residential", "forecast") == "400,000.00"


def test_a_price_a_night_is_seven_times_as_much_a_week_and_so_is_what_others_pay() -> None:
    nightly = paid(child("R1", "Residential", "2022-06-01", a_week="700"), health="100", education="50")
    nightly = nightly.model_copy(update={"per": "night"})
    weekly = paid(child("R1", "Residential", "2022-06-01", a_week="4_900"), health="700", education="350")
    columns = ("price", "registered", "contributions")
    assert shown(stated(register=(nightly,)), "residential", *columns) == "4,900.00 256,200.00 54,900.00"
    assert shown(stated(register=(weekly,)), "residential", *columns) == "4,900.00 256,200.00 54,900.00"


def test_what_three_others_pay_is_each_to_the_penny() -> None:
    row = paid(child("R1", "Residential", "2024-03-29", a_week="4_000"), health="100", education="50.5", home="33.33")
    # three nights: 42.857 + 21.643 + 14.284, each rounded before it is added
    assert shown(stated(register=(row,)), "residential", "contributions") == "78.78"


def test_a_placement_that_lasts_counts_to_its_planned_end_or_the_years() -> None:
    rows = child("R1", "Residential", "2023-04-01"), child("R2", "Residential", "2023-04-01", planned="2023-07-02")
    half = stated(register=rows, period=2)
    assert shown(half, "residential", "weeks", "closing") == "65.4 2.0"  # (366 + 92) ÷ 7
    assert shown(stated(register=rows), "residential", "weeks") == "104.6"  # the planned end is past, and it lasts


def test_without_a_register_the_month_ends_say_how_many_and_nobody_knows_who_came() -> None:
    rows = [
        placements("Residential", "2023-03-31", "10", "600"),
        placements("Residential", "2023-04-30", "11", "610"),
        placements("Residential", "2023-05-31", "13", "630"),
    ]
    found = stated(*rows, period=2)
    assert shown(found, "residential", *NUMBERS) == "[x] 12.0 10.0 [x] [x] 13.0"
    assert shown(found, "residential", *COSTS) == "627.4 [x] 620.83 [x] [x]"
    assert shown(stated(*rows, period=3), "residential", "average", "closing") == "12.0 [x]"


def test_a_weekly_cost_that_is_missing_in_one_month_leaves_the_average_open() -> None:
    rows = [placements("Residential", "2023-04-30", "11", "610"), placements("Residential", "2023-05-31", "13")]
    assert shown(stated(*rows), "residential", "average", "price") == "12.0 [x]"


def test_types_of_a_line_stand_beneath_it() -> None:
    budgeted = [
        buys("Secure and parent and child", "Secure unit", "1", "7_000"),
        buys("Secure and parent and child", "Parent and child", "2", "3_000"),
    ]
    unit = child("S1", "Secure unit", "2023-04-01", coding="P4 6310", a_week="7_100")
    found = stated(register=[*budgeted, unit])
    assert [row.id for row in found.rows if row.id.startswith("secure")] == [
        "secure_and_parent_and_child",
        "secure_and_parent_and_child.secure_unit",
        "secure_and_parent_and_child.parent_and_child",
    ]
    assert shown(found, "secure_and_parent_and_child", "budgeted", "average") == "[x] [x]"
    assert shown(found, "secure_and_parent_and_child.secure_unit", "budgeted", "average", "price") == "1.0 1.0 7,100.00"
    assert shown(found, "secure_and_parent_and_child.parent_and_child", "budgeted", "average") == "2.0 [x]"


def test_the_one_type_of_a_line_is_the_line_whatever_it_is_called() -> None:
    found = stated(register=(child("S1", "Secure unit", "2023-04-01", coding="P4 6310"),))
    assert [row.id for row in found.rows] == ["residential", "secure_and_parent_and_child", "placements"]
    assert shown(found, "secure_and_parent_and_child", "average") == "1.0"
    assert [stay.ref for _, stay in found.live] == ["S1"]


def test_only_categories_that_buy_placements_are_stated_and_their_sum_casts() -> None:
    found = stated(budget("P1 6010", "350_000"), register=(child("R1", "Residential", "2023-04-01"),))
    assert "transport" not in {row.id for row in found.rows}
    for column in ("budget", "forecast", "variance"):
        parts = [row.figures[column].amount or Decimal(0) for row in found.rows if row.level == 1]
        assert sum(parts) == found.row("placements").figures[column].amount
    assert shown(found, "placements", "budget", "forecast", "variance") == "350,000.00 400,000.00 50,000.00"


# The register against the numbers by month -----------------------------------------------------------------------


@pytest.mark.parametrize(("number", "result"), [("1", Result.AGREES), ("2", Result.DIFFERS)])
def test_the_register_is_held_against_every_month_end(number: str, result: Result) -> None:
    rows = placements("Residential", "2023-04-30", "1"), placements("Residential", "2023-05-31", number)
    year = beside(contract_year(*rows), child("R1", "Residential", "2023-04-01"))
    (check,) = check_demand(year)
    assert (check.id, check.result) == ("placements-residential", result)
    if result is Result.DIFFERS:
        assert check.difference == -1
        assert check.cause.startswith("the register does not have")
        assert check.cause.endswith("A3")


def test_slips_of_two_months_that_cancel_out_do_not_agree() -> None:
    rows = placements("Residential", "2023-04-30", "2"), placements("Residential", "2023-05-31", "0")
    (check,) = check_demand(beside(contract_year(*rows), child("R1", "Residential", "2023-04-01")))
    assert check.result is Result.DIFFERS


def test_a_type_without_a_register_and_months_of_other_years_are_not_tested() -> None:
    rows = placements("Fostering", "2023-04-30", "2"), placements("Residential", "2022-12-31", "9")
    assert not [*check_demand(beside(contract_year(*rows), child("R1", "Residential", "2023-04-01")))]
