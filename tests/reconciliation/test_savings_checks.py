"""What savings are said to have delivered against the register of deliveries."""

from breakeven.ledger.record import Record
from breakeven.reconciliation.check import Check, Result
from breakeven.reconciliation.savings import check_savings
from made import contract_year, delivery, saving


def checked(*records: Record) -> Check:
    (found,) = check_savings(contract_year(*records))
    return found


def sides(found: Check) -> tuple[object, object, Result]:
    return found.side_a.amount, found.side_b.amount, found.result


def test_the_registers_entries_of_a_savings_first_year_are_what_it_says_it_delivered() -> None:
    found = checked(
        saving("120", "2023-04-01", delivered="90"),
        delivery("S1", "70"), delivery("S1", "20"), delivery("S1", "50", 2024),
    )  # fmt: skip
    assert sides(found) == (90, 90, Result.AGREES)


def test_a_sum_without_an_entry_is_told_with_its_cell_and_so_is_an_entry_beyond_it() -> None:
    more = checked(saving("120", "2023-04-01", delivered="90"), delivery("S1", "70"))
    assert sides(more) == (70, 90, Result.DIFFERS)
    assert more.cause == "S1: £20 has no entry beside '[plan.xlsx]savings'!A2"
    less = checked(saving("120", "2023-04-01", delivered="40"), delivery("S1", "70"))
    assert less.cause == "S1: £30 is entered beyond '[plan.xlsx]savings'!A2"


def test_two_savings_that_are_out_by_as_much_each_way_do_not_pass() -> None:
    found = checked(
        saving("120", "2023-04-01", delivered="90"), saving("120", "2023-04-01", ref="S2", delivered="50"),
        delivery("S1", "80"), delivery("S2", "60"),
    )  # fmt: skip
    assert (found.result, found.side_a.amount, found.side_b.amount) == (Result.DIFFERS, 80, 90)


def test_there_is_no_test_where_no_saving_has_both() -> None:
    schemes = (saving("120", "2023-04-01", delivered="90"), saving("120", "2023-04-01", ref="S2"), delivery("S2", "5"))
    assert list(check_savings(contract_year(*schemes))) == []
