"""What a line buys: numbers are nights of the calendar, prices are what a night or a year costs on average."""

from fractions import Fraction

from breakeven.drivers.activity import ByLine, activity_budgeted, activity_registered, expected_end
from breakeven.ledger.record import Record
from made import contract_year, day
from made_registers import beside, buys, child, worker

YEAR_END = day("2024-03-31")
AUTUMN = day("2023-09-30")


def short(activity: ByLine) -> dict[str, dict[str, tuple[Fraction, Fraction]]]:
    """Quantity and price by line and type."""
    return {line: {name: (b.quantity, b.price) for name, b in types.items()} for line, types in activity.items()}


def registered(*records: Record, at: str = "2024-03-31") -> dict[str, dict[str, tuple[Fraction, Fraction]]]:
    return short(activity_registered(beside(contract_year(), *records), day(at)))


def test_a_number_budgeted_is_so_many_every_night_of_the_year() -> None:
    year = beside(
        contract_year(),
        buys("Residential", "Home", "10", "700"),
        buys("Residential", "Home", "8", "630", state="last year"),
        buys("social_workers", "Permanent", "4.5", "60000", "post"),
    )
    assert short(activity_budgeted(year, "budget")) == {
        "residential": {"placement/home": (3660, 100)},
        "social_workers": {"post/permanent": (Fraction(9, 2), 60_000)},
    }
    assert short(activity_budgeted(year, "last year")) == {"residential": {"placement/home": (8 * 365, 90)}}


def test_two_rows_of_one_type_are_added_at_their_average_price() -> None:
    year = beside(contract_year(), buys("residential", "Home", "10", "700"), buys("residential", "home", "30", "1400"))
    assert short(activity_budgeted(year, "budget")) == {"residential": {"placement/home": (40 * 366, 175)}}


def test_a_type_budgeted_for_nobody_keeps_its_price_where_it_has_one() -> None:
    year = beside(contract_year(), buys("residential", "Home", "0", "700"))
    assert short(activity_budgeted(year, "budget")) == {"residential": {"placement/home": (0, 100)}}
    year = beside(year, buys("residential", "Home", "0", "1400"))
    assert short(activity_budgeted(year, "budget")) == {"residential": {}}


def test_activity_of_a_category_is_no_lines() -> None:
    year = beside(contract_year(), buys("Placements", "Home", "10", "700"))
    assert activity_budgeted(year, "budget") == {}


def test_the_register_gives_nights_by_line_and_type_at_what_they_cost_on_average() -> None:
    assert registered(
        child("A", "Home", "2022-01-01", a_week="700"),
        child("B", "Home", "2024-01-31", "2024-03-31", a_week="1400"),
        child("C", "Foster", "2024-03-30", coding="P2 6110"),
        child("D", "Home", "2023-05-01", "2023-05-01"),
    ) == {
        "residential": {"placement/home": (366 + 60, Fraction(366 * 100 + 60 * 200, 426))},
        "fostering": {"placement/foster": (2, 100)},
    }


def test_a_new_price_is_a_new_row_and_no_night_is_counted_twice() -> None:
    found = registered(
        child("A", "Home", "2023-04-01", "2023-10-01", a_week="700"), child("A", "Home", "2023-10-01", a_week="770")
    )
    assert found["residential"]["placement/home"][0] == 366


def test_posts_give_full_time_years() -> None:
    assert registered(
        worker("P1", "Permanent", "2020-01-01"),
        worker("P2", "Permanent", "2023-10-01", fte="0.5", a_year="40000"),
        worker("P3", "Permanent"),
        worker("P4", "Agency", "2023-04-01", "2023-04-30", coding="S1 5110"),
    ) == {
        "social_workers": {"post/permanent": (Fraction(5, 4), Fraction(36_600 + 10_000) / Fraction(5, 4))},
        "agency": {"post/agency": (Fraction(30, 366), 36_600)},
    }


def test_a_line_that_was_to_buy_something_and_is_not_in_the_register_buys_nothing() -> None:
    year = beside(
        contract_year(),
        buys("residential", "Home", "10", "700"),
        buys("social_workers", "Permanent", "4", "60000", "post"),
        child("C", "Foster", "2023-04-01", coding="P2 6110"),
    )
    found = short(activity_registered(year, YEAR_END))
    assert found == {"fostering": {"placement/foster": (366, 100)}, "residential": {}}


def test_without_a_register_nothing_is_known() -> None:
    assert registered(buys("residential", "Home", "10", "700")) == {}


# As it was known at a period's end ---------------------------------------------------------------------------


def test_a_placement_that_lasts_goes_on_to_its_planned_end_or_the_years() -> None:
    assert registered(child("A", "Home", "2023-04-01"), at="2023-09-30")["residential"]["placement/home"][0] == 366
    found = registered(child("A", "Home", "2023-04-01", planned="2023-12-01"), at="2023-09-30")
    assert found["residential"]["placement/home"][0] == 244


def test_an_end_that_came_later_was_not_known() -> None:
    lasting = child("A", "Home", "2023-04-01", "2023-11-01", planned="2023-12-01")
    assert expected_end(lasting, AUTUMN) == day("2023-12-01")
    assert expected_end(lasting, day("2023-11-01")) == day("2023-11-01")
    assert expected_end(child("A", "Home", "2023-04-01", "2023-11-01"), AUTUMN) is None


def test_a_planned_end_that_is_past_is_not_known_any_more() -> None:
    assert expected_end(child("A", "Home", "2023-04-01", planned="2023-09-30"), AUTUMN) is None


def test_what_starts_later_is_not_known() -> None:
    assert registered(
        child("A", "Home", "2023-10-01"), worker("P", "Permanent", "2023-10-01"), at="2023-09-30"
    ) == {}  # fmt: skip


def test_a_posts_last_day_counts_though_it_is_to_come() -> None:
    found = registered(worker("P1", "Permanent", "2023-04-01", "2023-10-31"), at="2023-09-30")
    assert found["social_workers"]["post/permanent"][0] == Fraction(214, 366)
