"""``breakeven workforce``: as a person runs it."""

import pytest

from commands import EXAMPLE, run


def test_all_thirteen_months_of_the_review_are_there() -> None:
    found = run("workforce", EXAMPLE, "--json").data
    assert [row["id"] for row in found["rows"]] == [
        *(f"2023-{month:02d}" for month in range(3, 13)), "2024-01", "2024-02", "2024-03",
    ]  # fmt: skip
    assert found["rows"][-1]["values"]["open_vacancies"] == "13.36"


def test_twelve_posts_made_permanent_in_october_save_half_of_it_in_the_first_year() -> None:
    found = run("workforce", EXAMPLE, "--convert", "12", "--from", "P07", "--json").data["converting"]
    values = {row["label"]: row["values"] for row in found["rows"]}
    assert values["12 posts"] == {"first": "242292.00", "year": "484584.00"}


@pytest.mark.parametrize("said", ["none", "0", "-1", "nan", "inf"])
def test_a_number_of_posts_that_is_none_is_refused(said: str) -> None:
    refused = run("workforce", EXAMPLE, f"--convert={said}")
    assert refused.code == 2
    assert "--convert takes a number of posts above nil" in refused.err


def test_p13_is_no_month_to_begin_in() -> None:
    assert run("workforce", EXAMPLE, "--from", "P13").code == 2


def test_the_rate_of_the_wrong_establishment_is_found() -> None:
    said = run("reconcile", EXAMPLE, width=200).out
    assert "It is of 187 posts, the establishment from July 2023; in April 2023 it was 203." in said
