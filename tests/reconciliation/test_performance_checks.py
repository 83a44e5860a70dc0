"""What a report says of its indicators in words is held against their months and bands: published slips are found."""

from decimal import Decimal

from breakeven.ledger.performance import Kpi, KpiMonth, KpiStatement
from breakeven.ledger.provenance import Figure
from breakeven.ledger.record import Record
from breakeven.reconciliation.check import Check
from breakeven.reconciliation.performance import check_performance
from made import contract_year
from made_kpis import kpi, month, stated

PI1 = kpi("> 75%", "> 65%", "< 65%", form="nested", ref="K1")


def checks(*records: Record, book: dict[str, Figure] | None = None) -> dict[str, Check]:
    return {
        check.id.removeprefix("performance-"): check for check in check_performance(contract_year(*records), book or {})
    }


def said(check: Check) -> tuple[Decimal | None, Decimal | None, str, str]:
    return check.side_a.amount, check.side_b.amount, check.result.value, check.cause


def test_ten_months_above_target_one_within_and_one_in_failure_are_twelve() -> None:
    found = checks(PI1, stated("months green", "10"), stated("months amber", "1"), stated("months red", "1"))
    assert said(found["k1-months"]) == (12, 12, "agrees", "")


def test_a_month_in_failure_needs_a_value_below_65_and_the_lowest_is_66_8() -> None:
    words = [stated("months green", "10"), stated("months amber", "1"), stated("months red", "1")]
    found = checks(PI1, *words, stated("lowest", "66.8"), stated("highest", "97.8"))
    assert said(found["k1-range"]) == (
        12, 11, "differs", "values from 66.8% up to 97.8% leave none for red, below 65%",
    )  # fmt: skip


def test_a_range_that_reaches_every_band_stated_agrees() -> None:
    found = checks(PI1, stated("months red", "2"), stated("lowest", "40.5"), stated("highest", "100"))
    assert said(found["k1-range"])[2] == "agrees"


def test_twelve_months_better_than_target_are_not_twelve_where_april_is_amber() -> None:
    loads = kpi("< 18.5", "< 23", "> 23", "lower", "children", "nested")
    months = [month("2023-04", "20.98"), month("2024-03", "18.1"), month("2023-08", band="amber")]
    found = checks(loads, *months, stated("months green", "12"))
    assert said(found["k1-months"]) == (14, 12, "differs", "April 2023, 20.98, is amber")


def test_twelve_months_above_target_are_two_too_many_where_two_were_not_measured() -> None:
    none = [month("2023-08", band="not measured"), month("2023-12", band="not measured")]
    found = checks(PI1, *none, stated("months green", "12"))
    assert said(found["k1-months"]) == (12, 10, "differs", "August 2023 and December 2023 were not measured")
    found = checks(PI1, none[0], stated("months green", "12"))
    assert said(found["k1-months"])[3] == "August 2023 was not measured"


def test_months_stated_of_some_bands_only_are_no_test_while_the_others_have_room() -> None:
    assert "k1-months" not in checks(PI1, stated("months green", "10"))
    assert "k1-months" in checks(
        PI1, stated("months green", "10"), stated("months amber", "0"), stated("months red", "0")
    )


def test_nothing_stated_is_no_test() -> None:
    assert checks(PI1, month("2023-04", "80")) == {}


def test_the_lowest_stated_is_held_against_a_lower_month_or_the_month_it_is() -> None:
    months = [month("2023-07", "62.6"), month("2023-09", "87.9")]
    found = checks(PI1, *months, stated("lowest", "62.6"), stated("highest", "80"))
    assert said(found["k1-lowest"]) == (Decimal("62.6"), Decimal("62.6"), "agrees", "")
    assert said(found["k1-highest"])[:3] == (Decimal("87.9"), 80, "differs")
    assert "k1-lowest" not in checks(PI1, *months, stated("lowest", "50"))


def test_a_month_said_to_be_green_whose_value_is_amber_is_found() -> None:
    found = checks(PI1, month("2023-07", "66.8", band="green"), month("2023-09", "97.8", band="green"))
    assert said(found["k1-words"]) == (2, 1, "differs", "July 2023 is said to be green, and 66.8 is amber")
    found = checks(PI1, month("2023-07", "65", band="green"))
    assert said(found["k1-words"])[3] == "July 2023 is said to be green, and 65 is in no band"


def test_a_vacancy_rate_is_held_against_the_posts() -> None:
    rate = kpi("< 32", "< 37", "> 37", "lower", form="nested", figure="workforce/vacancy_rate")
    ours = {"workforce/vacancy_rate/2023-04": Figure("v", "Vacancy rate", Decimal("42.59"), "", (), "%")}
    found = checks(rate, month("2023-04", "42.6"), month("2023-05", "41"), month("2023-06", band="red"), book=ours)
    assert said(found["k1-2023-04"])[2:] == ("rounding", "to the nearest 0.1")
    assert said(found["k1-2023-05"])[2] == "open"
    assert "k1-2023-06" not in found


def test_twelve_met_two_within_tolerance_and_none_in_failure_leave_one_of_fifteen() -> None:
    fifteen: list[Kpi | KpiMonth | KpiStatement] = [
        kpi("> 1", "> 1", "> 1", ref=f"K{n}", number=Decimal(n)) for n in range(1, 16)
    ]
    words = [stated("KPIs green", "12", ""), stated("KPIs amber", "2", ""), stated("KPIs red", "0", "")]
    found = checks(*fifteen, *words)
    assert said(found["indicators"]) == (14, 15, "differs", "1 of them is in none of the three")
    assert said(checks(*fifteen[:12], *words)["indicators"])[3] == "2 more than there are"
    assert said(checks(*fifteen[:-3], *words[1:], stated("KPIs green", "8", ""))["indicators"])[3] == (
        "2 of them are in none of the three"
    )
    assert "indicators" not in checks(*fifteen, *words[1:])
