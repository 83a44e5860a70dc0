"""The vacancy rate by month, from posts."""

from datetime import date
from decimal import Decimal

from breakeven.drivers.vacancies import vacancy_figures
from breakeven.ledger.posts import PostsMonth
from made import HERE


def posts(establishment: str, permanent: str) -> PostsMonth:
    return PostsMonth(
        at=HERE, month=date(2023, 4, 30), establishment=Decimal(establishment), permanent=Decimal(permanent),
        asye=Decimal(0), agency=Decimal(0),
    )  # fmt: skip


def test_116_54_of_203_posts_leave_42_59_per_cent_vacant() -> None:
    (found,) = vacancy_figures([posts("203", "116.54")])
    assert (found.id, found.amount) == ("workforce/vacancy_rate/2023-04", Decimal("42.59"))


def test_without_an_establishment_the_rate_is_open() -> None:
    (found,) = vacancy_figures([posts("0", "0")])
    assert found.amount is None
