"""What is printed of the workforce, against the numbers that are printed beside it."""

from decimal import Decimal
from typing import Any

import pytest

from breakeven.drivers.workforce import workforce_figures
from breakeven.ledger.posts import PostsMonth
from breakeven.ledger.reported import ReportedFigure
from breakeven.reconciliation.check import Check, Result
from breakeven.reconciliation.workforce import check_workforce, wrong_establishment
from made import HERE, day


def month(at: str, establishment: str, **printed: str) -> PostsMonth:
    """April 2023 as the review has it, at another month's end; and what is printed beside it."""
    own: dict[str, Any] = {f"printed_{name}": Decimal(value) for name, value in printed.items()}
    return PostsMonth(
        at=HERE, month=day(at), establishment=Decimal(establishment), permanent=Decimal("116.54"),
        asye=Decimal("34.6"), agency=Decimal(28), **own,
    )  # fmt: skip


def checked(*months: PostsMonth) -> dict[str, Check]:
    book = {figure.id: figure for figure in workforce_figures(months)}
    return {check.id: check for check in check_workforce(months, book)}


def test_a_total_and_the_percentages_of_april_2023_agree() -> None:
    found = checked(
        month("2023-04-30", "203", in_post="144.54", qualified="81.94", qualified_pct="56.69", asye_pct="23.94",
              agency_pct="19.37")
    )  # fmt: skip
    assert {name: check.result for name, check in found.items()} == dict.fromkeys(
        ("workforce-in_post", "workforce-qualified", "workforce-qualified_pct", "workforce-asye_pct",
         "workforce-agency_pct"), Result.AGREES,
    )  # fmt: skip


def test_a_percentage_is_held_to_as_many_places_as_it_is_printed_to() -> None:
    assert checked(month("2023-04-30", "203", agency_pct="19.4"))["workforce-agency_pct"].result is Result.AGREES
    assert checked(month("2023-04-30", "203", agency_pct="19.3"))["workforce-agency_pct"].result is Result.DIFFERS


def test_the_month_that_is_wrong_is_named_with_its_cell() -> None:
    months = month("2023-04-30", "203", in_post="144.54"), month("2023-05-31", "203", in_post="154.54")
    check = checked(*months)["workforce-in_post"]
    assert (check.difference, check.result) == (1, Result.DIFFERS)
    assert check.cause == f"May 2023 is 144.54, and {HERE} has 154.54"


def test_what_is_not_printed_or_is_open_is_not_tested() -> None:
    nobody = PostsMonth(
        at=HERE, month=day("2023-04-30"), establishment=Decimal(0), permanent=Decimal(0), asye=Decimal(0),
        agency=Decimal(0), printed_asye_pct=Decimal(0),
    )  # fmt: skip
    assert not checked(nobody)


# Of whose establishment ------------------------------------------------------------------------------------------

MONTHS = [month("2023-03-31", "203"), month("2023-04-30", "203"), month("2023-07-31", "187")]


def rate(figure: str, value: str) -> ReportedFigure:
    return ReportedFigure(
        at=HERE, ref="F11", figure=figure, label="Real time vacancy rate", value=Decimal(value), unit="%",
        precision=Decimal("0.1"), printed=f"{value}%", where="paragraph 2",
    )  # fmt: skip


def test_22_7_per_cent_of_april_2023_is_of_the_establishment_from_july() -> None:
    assert wrong_establishment(rate("workforce/open_vacancy_rate/2023-04", "22.7"), MONTHS) == (
        "it is of 187 posts, the establishment from July 2023; in April 2023 it was 203"
    )


@pytest.mark.parametrize(
    ("figure", "value"),
    [
        ("workforce/open_vacancy_rate/2023-04", "23.7"),
        ("workforce/open_vacancy_rate/2022-04", "22.7"),
        ("workforce/agency_pct/2023-04", "22.7"),
        ("outturn/income/actual", "22.7"),
    ],
)
def test_what_no_other_establishment_explains_has_no_such_cause(figure: str, value: str) -> None:
    assert wrong_establishment(rate(figure, value), MONTHS) == ""


def test_the_permanent_rate_counts_no_agency_worker() -> None:
    """(187 − 116.54) ÷ 187 is 37.68%."""
    assert "187 posts" in wrong_establishment(rate("workforce/vacancy_rate/2023-04", "37.7"), MONTHS)
