"""``breakeven workforce``: as a person runs it."""

from pathlib import Path

import pytest

from commands import EXAMPLE, column, copied, edited, run


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


def test_no_more_posts_are_made_permanent_than_agency_workers_fill() -> None:
    refused = run("workforce", EXAMPLE, "--convert", "50")
    assert refused.code == 2
    assert "--convert takes at most the 33.4 agency posts that are filled, not 50" in " ".join(refused.err.split())


def test_a_folder_without_social_workers_says_which_sheet_holds_them(tmp_path: Path) -> None:
    folder = copied(tmp_path / "2023-24")
    (folder / "demand.xlsx").unlink()
    refused = run("workforce", folder)
    assert (refused.code, refused.out) == (2, "")
    assert "the sheet Workforce of demand.xlsx holds them" in " ".join(refused.err.split())


@pytest.mark.parametrize(
    ("sheet", "heading", "value", "said"),
    [
        ("Workforce", "Establishment", -5, "'[demand.xlsx]Workforce'!B2: error: expected a number from 0, found -5"),
        ("Placements", "Number", -1, "'[demand.xlsx]Placements'!C2: error: expected a number from 0, found -1"),
        ("Caseloads", "Cases per worker", 0, "'[demand.xlsx]Caseloads'!C2: error: expected a number above 0, found 0"),
        (
            "Post costs",
            "On-costs %",
            131,
            "'[demand.xlsx]Post costs'!D2: error: expected a number up to 100, found 131",
        ),
    ],
)
def test_a_number_that_cannot_be_is_said_at_its_cell_in_plain_words(
    tmp_path: Path, sheet: str, heading: str, value: int, said: str
) -> None:
    folder = copied(tmp_path / "2023-24")
    with edited(folder / "demand.xlsx") as book:
        book[sheet].cell(2, column(book[sheet], heading)).value = value
    refused = run("check", folder, width=200)
    assert refused.code == 3
    assert said in refused.out + refused.err
