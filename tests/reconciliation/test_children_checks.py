"""Tables of children are held against their totals, each other, the years beside them and the text."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from breakeven.ledger.children import ChildrenFigure, ChildrenStatement
from breakeven.ledger.provenance import Figure
from breakeven.periods import Year
from breakeven.reconciliation.check import Check
from breakeven.reconciliation.children import check_children
from breakeven.reconciliation.populations import populations
from made import contract_year
from made_counts import row, text

Records = ChildrenFigure | ChildrenStatement | Sequence[ChildrenFigure]


def checks(*records: Records, book: dict[str, Figure] | None = None) -> dict[str, Check]:
    flat: list[Any] = []
    for each in records:
        flat += each if isinstance(each, Sequence) else [each]
    return {check.id.removeprefix("children-"): check for check in check_children(contract_year(*flat), book or {})}


def said(check: Check) -> tuple[Decimal | None, Decimal | None, str, str]:
    return check.side_a.amount, check.side_b.amount, check.result.value, check.cause


# Tables ------------------------------------------------------------------------------------------------------

OPEN = (
    row("Early Help", "Mar 2018: 477, Mar 2024: 679", "line"),
    row("Assessments", "Mar 2018: 398, Mar 2024: 718", "line"),
)


def test_lines_come_to_their_total_column_by_column() -> None:
    assert said(checks(*OPEN, row("All", "Mar 2018: 875, Mar 2024: 1397", "total"))["t-totals"])[2] == "agrees"
    found = checks(*OPEN, row("All", "Mar 2018: 875, Mar 2024: 1379", "total"))["t-totals"]
    assert said(found)[2:] == ("differs", "Mar 2024: the digits 7 and 9 are swapped")
    found = checks(*OPEN, row("All", "Mar 2018: 1123", "total"))["t-totals"]
    assert said(found)[2:] == ("differs", "Mar 2018 does not")


def test_a_difference_is_the_last_column_less_the_first() -> None:
    held = row("Care Leavers", "Mar 2018: 268, Mar 2024: 366, Mar 2018 to Mar 2024: 98")
    assert said(checks(held)["t-differences"]) == (98, 98, "agrees", "")
    held = row("Care Leavers", "Mar 2018: 268, Mar 2024: 366, Mar 2018 to Mar 2024: 89")
    assert said(checks(held)["t-differences"])[2] == "differs"
    assert checks(row("Care Leavers", "Mar 2024: 366, Mar 2018 to Mar 2024: 98")) == {}


def test_the_mean_of_ten_rounded_rates_is_96_76_and_96_7_is_within_rounding() -> None:
    rates = [79.7, 86.3, 87.7, 101.5, 62.3, 100.6, 76.6, 195.0, 96.1, 81.8]
    lines = [row(f"Council {n}", f"Mar 2024: {rate}", "line", "per 10,000") for n, rate in enumerate(rates)]
    own = row("Ours", "Mar 2024: 94.1", "own", "per 10,000")
    found = checks(*lines, own, row("Average", "Mar 2024: 96.7", "average", "per 10,000"))
    assert said(found["t-average"]) == (Decimal("96.76"), Decimal("96.7"), "rounding", "to the nearest 0.2")
    assert said(checks(row("Average", "Mar 2024: 96.7", "average", "per 10,000"))["t-average"])[2] == "open"


def test_one_fact_in_two_tables_agrees_with_itself() -> None:
    first = row("Care Leavers", "Mar 2023: 356, Mar 2024: 366")
    assert said(checks(first, row("Care Leavers", "Mar 2024: 366", table="U"))["u-as-t"])[2] == "agrees"
    assert said(checks(first, row("Care Leavers", "Mar 2024: 336", table="U"))["u-as-t"])[2:] == (
        "differs", "Care Leavers, Mar 2024: a typing slip: 3 where 6 is meant",
    )  # fmt: skip


def test_months_are_held_against_our_own_count() -> None:
    book = {"demand/external/2023-03": Figure("f", "External", Decimal(316), "", (), "number")}
    printed = row("External", "Mar 2023: 316, Apr 2023: 313", figure="demand/external")
    assert said(checks(printed, book=book)["t-ours"]) == (316, 316, "agrees", "")
    assert checks(printed) == {}
    assert checks(row("External", "2023-24: 3", figure="demand/external"), book=book) == {}


# Years -------------------------------------------------------------------------------------------------------


def test_767_and_362_who_joined_less_215_who_left_are_not_901() -> None:
    care = row("Children in Care", "Mar 2018: 767, Mar 2019: 901, Mar 2020: 853")
    joined = row("Becoming", "2018-19: 362, 2019-20: 194, 2020-21: 226", "joins", of="Children in Care")
    left = row("Ceasing", "2018-19: 215, 2019-20: 242", "leaves", of="children in care")
    found = checks(care, joined, left)
    assert said(found["rolled-children_in_care-2018-19"])[:3] == (914, 901, "differs")
    assert found["rolled-children_in_care-2018-19"].label == "Children in Care, Mar 2018 to Mar 2019"
    assert found["rolled-children_in_care-2018-19"].side_a.label == "767 and 362 joined, less 215 left"
    assert said(found["rolled-children_in_care-2019-20"])[:3] == (853, 853, "agrees")
    assert "rolled-children_in_care-2020-21" not in found


REFERRALS = [*row("Referrals", "2018-19: 6301"), *row("Referrals", "2018-19: 759.20", unit="per 10,000")]
S47 = [*row("S47s", "2018-19: 2316"), *row("S47s", "2018-19: 279.05", unit="per 10,000")]
JOINED = [*row("Becoming", "2018-19: 362"), *row("Becoming", "2018-19: 44", unit="per 10,000")]
CONFERENCES = [*row("Conferences", "2018-19: 863"), *row("Conferences", "2018-19: 10.98", unit="per 10,000")]


def test_rates_of_one_year_imply_one_population_as_far_as_they_are_rounded() -> None:
    found = populations([*REFERRALS, *S47, *JOINED])[Year(2018)]
    assert [round(each.population) for each in found.implied] == [82_995, 82_996, 82_273]
    assert found.apart == ()
    assert said(checks(REFERRALS, S47, JOINED)["population-2018-19"]) == (3, 3, "agrees", "")


def test_863_at_10_98_imply_ten_times_the_children_that_the_others_do() -> None:
    assert said(checks(REFERRALS, S47, JOINED, CONFERENCES)["population-2018-19"]) == (
        4, 3, "differs",
        "Conferences, 863 at 10.98, imply 785,974 children; of 82,996 the rate is 103.98",
    )  # fmt: skip


def test_a_rate_of_last_years_population_is_said_to_be() -> None:
    def two(count: int, year: str, of: int) -> list[ChildrenFigure]:
        rate = (Decimal(count) / of * 10_000).quantize(Decimal("0.01"))
        return [*row(f"R{count}", f"{year}: {count}"), *row(f"R{count}", f"{year}: {rate}", unit="per 10,000")]

    found = checks(
        two(6301, "2021-22", 83_000), two(5000, "2022-23", 85_000), two(4000, "2022-23", 85_000),
        two(1541, "2022-23", 83_000),
    )  # fmt: skip
    assert said(found["population-2022-23"])[3].endswith("the rate is 181.3, and it is of those of 2021/22")


def test_a_rate_without_its_count_or_of_nil_implies_nothing() -> None:
    assert populations([*row("R", "2018-19: 44", unit="per 10,000"), *row("S", "2018-19: 5")]) == {}
    assert populations([*row("R", "2018-19: 0", unit="per 10,000"), *row("R", "2018-19: 5")]) == {}


@given(st.integers(50_000, 200_000), st.lists(st.integers(50, 9000), min_size=1, max_size=6))
def test_rates_rounded_from_one_population_never_differ(population: int, counts: list[int]) -> None:
    figures: list[ChildrenFigure] = []
    for n, count in enumerate(counts):
        rate = (Decimal(count) / population * 10_000).quantize(Decimal("0.01"))
        figures += [
            *row(f"R{n}", f"2018-19: {count}"),
            *row(f"R{n}", f"2018-19: {rate}", "fact", "per 10,000", "T", "0.01"),
        ]
    assert all(each.allows(Decimal(population)) for each in populations(figures)[Year(2018)].implied)


# The text ----------------------------------------------------------------------------------------------------

PLANS = row("CP", "Mar 2018: 829, Mar 2023: 333, Mar 2024: 473")


def of_text(*records: Records, book: dict[str, Figure] | None = None) -> tuple[str, str]:
    return said(checks(*records, book=book)["said-c1"])[2:]


def test_453_in_the_text_is_473_in_the_table_and_elsewhere_in_the_text() -> None:
    witness = text("CP @ Mar 2024", "473", ref="C2", printed="473 Children", where="section (b)")
    assert of_text(PLANS, text("CP @ Mar 2024", "453"), witness) == (
        "differs", "a typing slip: 5 where 7 is meant; it prints 473 Children in section (b), as the table has",
    )  # fmt: skip
    other = text("CP @ Mar 2024", "473", ref="C2", where="section (b)")
    assert "it prints 473 in section (b)" in of_text(PLANS, text("CP @ Mar 2024", "453"), other)[1]


def test_what_agrees_agrees_and_what_no_slip_explains_is_said_to_be() -> None:
    assert of_text(PLANS, text("CP @ Mar 2018 - CP @ Mar 2024", "356")) == ("agrees", "")
    assert of_text(PLANS, text("CP @ Mar 2018", "798")) == ("differs", "no single slip explains it")


def test_a_statement_of_a_figure_that_there_is_none_of_is_open() -> None:
    assert of_text(PLANS, text("CP @ Mar 2019", "1"))[0] == "open"
    assert of_text(text("demand/residential/2023-03", "51"))[0] == "open"


def test_51_placements_are_held_against_our_own_49_and_a_small_number_has_no_likely_slip() -> None:
    book = {"demand/residential/2023-03": Figure("f", "Residential", Decimal(49), "", (), "number")}
    assert of_text(text("demand/residential/2023-03", "51"), book=book) == ("differs", "no single slip explains it")


def test_a_share_names_what_it_is_a_share_of() -> None:
    long = row("Over 9 months", "Mar 2023: 106")
    need = row("In need", "Mar 2023: 624")
    share = "Over 9 months @ Mar 2023 / In need @ Mar 2023"
    assert of_text(long, need, text(share, "17.0", "%", "0.1"))[0] == "rounding"
    assert of_text(long, need, text(share, "16.5", "%", "0.1")) == ("differs", "16.5% is of 642, not 624")
    assert of_text(long, need, text(share, "0", "%", "0.1")) == ("differs", "no single slip explains it")


def test_185_for_185_67_is_cut_off_and_759_for_759_20_is_rounded() -> None:
    rates = row("S47", "2022-23: 185.67, 2018-19: 279.05", unit="per 10,000")
    assert of_text(rates, text("S47 @ 2022-23", "185", "per 10,000")) == ("differs", "cut off, not rounded")
    assert of_text(rates, text("S47 @ 2018-19", "279", "per 10,000"))[0] == "rounding"


def test_two_rounded_rates_may_differ_by_a_little_more_than_their_own_difference() -> None:
    rates = [*row("Ours", "Mar 2024: 94.1", unit="per 10,000"), *row("Theirs", "Mar 2024: 96.7", unit="per 10,000")]
    found = text("Theirs @ Mar 2024 - Ours @ Mar 2024", "2.5", "per 10,000", "0.1")
    assert of_text(rates, found) == ("rounding", "each figure is rounded by itself")


def test_103_98_in_the_text_shows_that_10_98_in_the_table_is_the_slip() -> None:
    tables = (REFERRALS, S47, CONFERENCES)
    right = text("Conferences @ 2018-19", "103.98", "per 10,000", "0.01")
    assert of_text(*tables, right) == ("differs", "863 of 82,996 is 103.98: the table has the slip")
    wrong = text("Conferences @ 2018-19", "203.98", "per 10,000", "0.01")
    assert "the table has the slip" not in of_text(*tables, wrong)[1]
    assert "the table has the slip" not in of_text(*tables, text("S47s @ 2018-19", "203.98", "per 10,000", "0.01"))[1]
