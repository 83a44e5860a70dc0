"""What each line buys: how many placements or posts, what one costs, and what others pay towards it."""

from dataclasses import replace
from decimal import Decimal

from breakeven.drivers.units import Driver, drivers
from breakeven.ledger.record import Record
from breakeven.periods import Year
from made import contract_year, placements, pounds
from made_registers import beside, buys, child, worker

LAST_NIGHT = "2024-03-31"


def driver(line: str, *records: Record, register: tuple[Record, ...] = ()) -> Driver | None:
    return drivers(beside(contract_year(*records), *register)).get(line)


def paid(placement: Record, a_week: str) -> Record:
    return placement.model_copy(update={"weekly_contribution": pounds(a_week)})


def test_placements_are_the_average_of_the_month_ends_at_the_last_weekly_cost() -> None:
    rows = [
        placements("Residential", "2024-03-31", "14", "710"),
        placements("Residential", "2023-04-30", "10", "650"),
        placements("Residential", "2023-10-31", "12.5", "700"),
    ]
    found = driver("residential", *rows)
    assert found
    assert (found.unit, found.latest, found.price, found.contribution) == ("placement", 14, 710, 0)
    assert found.average == Decimal("36.5") / 3
    assert [source.label for source in found.sources] == [
        "Residential, April 2023",
        "Residential, October 2023",
        "Residential, March 2024",
        "Residential: weekly cost, March 2024",
    ]


def test_month_ends_of_another_year_do_not_count() -> None:
    found = driver(
        "residential", placements("Residential", "2023-03-31", "90", "1"), placements("Residential", "2024-03-31", "10")
    )
    assert found
    assert (found.average, found.price) == (10, None)
    assert [source.label for source in found.sources] == ["Residential, March 2024"]
    assert driver("residential", placements("Residential", "2024-04-30", "90", "1")) is None


def test_a_type_that_is_no_line_or_the_name_of_several_moves_none() -> None:
    rows = (placements("Secure", "2024-03-31", "2", "9"), placements("Placements", "2024-03-31", "90", "9"))
    assert drivers(contract_year(*rows)) == {}


def test_what_others_pay_is_the_average_of_those_who_are_there_on_the_last_night() -> None:
    here = [paid(child("C1", "Residential", "2023-06-01"), "300"), child("C2", "Residential", LAST_NIGHT)]
    gone = [paid(child("C3", "Residential", "2023-06-01", LAST_NIGHT), "999")]  # the day it ended is not paid for
    elsewhere = [paid(child("C4", "Fostering", "2023-06-01", coding="P2 6110"), "999")]
    found = driver(
        "residential", placements("Residential", LAST_NIGHT, "2", "700"), register=(*here, *gone, *elsewhere)
    )
    assert found
    assert found.contribution == 150


def test_support_beside_a_placement_is_no_placement_more_to_share_what_others_pay_among() -> None:
    homes = [paid(child("C1", "Residential", "2023-06-01"), "300"), child("C2", "Residential", "2023-06-01")]
    support = [child("C1", "One-to-one support", "2023-06-01"), child("C2", "One-to-one support", "2023-06-01")]
    found = driver("residential", placements("Residential", LAST_NIGHT, "2", "700"), register=(*homes, *support))
    assert found
    assert found.contribution == 150


def test_a_new_price_of_a_placement_is_no_placement_more() -> None:
    rows = [
        paid(child("C1", "Residential", "2023-06-01", "2023-12-01"), "200"),
        paid(child("C1", "Residential", "2023-12-01"), "300"),
    ]
    found = driver("residential", placements("Residential", LAST_NIGHT, "1", "700"), register=tuple(rows))
    assert found
    assert found.contribution == 300


def test_where_no_type_is_called_like_the_line_every_placement_of_it_counts() -> None:
    homes = [paid(child("C1", "Solo home", "2023-06-01"), "300"), child("C2", "Group home", "2023-06-01")]
    found = driver("residential", placements("Residential", LAST_NIGHT, "2", "700"), register=tuple(homes))
    assert found
    assert found.contribution == 150


def test_a_price_a_week_is_paid_for_each_night_of_the_year() -> None:
    found = driver("residential", placements("Residential", LAST_NIGHT, "2", "700"))
    assert found
    assert [found.yearly(pounds("700"), Year(start)) for start in (2022, 2023)] == [36_500, 36_600]


def test_posts_count_for_the_days_they_are_filled_and_cost_what_those_filled_at_the_end_do() -> None:
    register = (
        worker("P1", "permanent", "2020-01-01", a_year="40000"),
        worker("P2", "permanent", "2023-10-01", fte="0.5", a_year="52000"),  # 183 of 366 days
        worker("P3", "agency", "2023-04-01", "2023-06-30", a_year="90000"),  # 91 of 366 days
        worker("P4", "permanent"),
    )
    found = driver("social_workers", register=register)
    assert found
    assert (found.unit, found.latest, found.contribution) == ("post", Decimal("1.5"), 0)
    assert found.average == (366 + Decimal("0.5") * 183 + 91) / 366
    assert found.price == (40_000 + 26_000) / Decimal("1.5") == 44_000
    assert [source.label for source in found.sources] == ["P1 permanent: a year", "P2 permanent: a year"]
    assert found.yearly(pounds("44000"), Year(2023)) == 44_000


def test_posts_that_are_all_vacant_at_the_end_have_no_price() -> None:
    found = driver("social_workers", register=(worker("P1", "agency", "2023-04-01", "2024-03-30"),))
    assert found
    assert (found.latest, found.price, found.sources) == (0, None, ())
    assert found.average == Decimal(365) / 366


def test_placements_by_month_come_before_the_posts_of_a_line() -> None:
    found = driver(
        "residential",
        placements("Residential", LAST_NIGHT, "2", "700"),
        register=(worker("P1", "keyworker", "2020-01-01", coding="P1 6010"),),
    )
    assert found
    assert found.unit == "placement"


def test_before_anything_is_posted_a_line_has_what_its_budget_is_for() -> None:
    made = beside(
        contract_year(placements("Residential", "2023-03-31", "14", "700")),
        buys("Residential", "Framework", "8", "650"),
        buys("Residential", "Spot", "2", "900"),
        buys("Fostering", "Agency", "0", "500"),
        buys("Social workers", "permanent", "3", "40000", "post"),
        buys("Social workers", "permanent", "9", "9", "post", "last year"),
        worker("P1", "permanent", "2020-01-01"),
    )
    found = drivers(replace(made, body=replace(made.body, state="forecast")))
    assert {line: (each.average, each.latest, each.price) for line, each in found.items()} == {
        "social_workers": (3, 1, 40000),
        "residential": (10, 14, 700),
        "fostering": (0, 0, None),
    }
    assert "fostering" not in drivers(made)
