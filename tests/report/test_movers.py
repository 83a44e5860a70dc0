"""The front page says what moves the money, in a few lines, and nothing that the folder does not hold."""

from pathlib import Path
from typing import Any

from commands import EXAMPLE, column, copied, edited, run


def movers(folder: Path = EXAMPLE) -> dict[str, list[str]]:
    found: list[dict[str, Any]] = run(folder, "--json").data["movers"]
    return {each["id"]: each["words"] for each in found}


def test_placements_workforce_and_indicators_stand_with_what_a_step_of_them_costs() -> None:
    found = movers()
    assert list(found) == ["placements", "workforce", "performance", "bridge"]
    assert found["placements"][0].startswith("Residential 59.5* on average, 68 at 31 March, 46* budgeted; ")
    assert "External fostering 307.4, 300, [x]" in found["placements"][0]
    assert found["placements"][1] == "Dearest: Residential, £4,884.83* a week, budgeted £4,450.00*."
    assert found["workforce"] == [
        "46.76 of 187 posts have no permanent worker (25.0%) at 31 March 2024; 33.4 agency workers leave 13.36 that "
        "no one fills (7.1%)."
    ]
    assert found["performance"] == [
        "15 indicators at the last month given of each: 10 green, 1 amber, 1 red, 3 [x].",
        "Failing: PI12 Children in care reviews on time (Feb 24).",
    ]
    assert found["bridge"] == [
        "Residential, 1 placement more: £257,430* adverse in 2024/25, £806,122* over 3 years.",
        "PI13, K12: Vacancy rate up, agency workers filling the posts, 1 point: £76,102* adverse in 2024/25, £229,831* "
        "over 3 years.",
    ]


def test_it_takes_no_more_than_twelve_lines_of_a_wide_screen() -> None:
    lines = run(EXAMPLE, width=120).lines
    first = next(i for i, line in enumerate(lines) if line.startswith("Placements "))
    last = next(i for i, line in enumerate(lines) if line.startswith("Outturn 2023/24"))
    assert last - first - 1 <= 12


def test_a_folder_without_the_workbooks_says_nothing_of_them(tmp_path: Path) -> None:
    folder = copied(tmp_path / "2023-24")
    (folder / "demand.xlsx").unlink()
    assert list(movers(folder)) == ["performance"]
    (folder / "performance.xlsx").unlink()
    assert movers(folder) == {}
    assert "To money" not in run(folder).out


def test_a_bridge_without_indicators_says_what_a_placement_costs(tmp_path: Path) -> None:
    folder = copied(tmp_path / "2023-24")
    (folder / "performance.xlsx").unlink()
    assert list(movers(folder)) == ["placements", "workforce", "bridge"]
    assert movers(folder)["bridge"] == [
        "Residential, 1 placement more: £257,430* adverse in 2024/25, £806,122* over 3 years."
    ]


def test_a_year_in_which_nothing_is_posted_says_what_is_budgeted(tmp_path: Path) -> None:
    folder = copied(tmp_path / "2023-24")
    new = tmp_path / "2024-25"
    assert run("roll-forward", folder, "--to", new).code == 0
    assert movers(new)["placements"] == [
        "Budgeted: Residential 60.3*; External fostering 301.3*; Internal and connected fostering 290.8*; "
        "Supported accommodation 60.9*; Unaccompanied children 29.1*."
    ]


def test_one_band_that_fails_is_named_and_a_value_in_no_band_is_counted(tmp_path: Path) -> None:
    folder = copied(tmp_path / "2023-24")
    with edited(folder / "performance.xlsx") as book:
        sheet = book["KPIs"]
        for heading in ("Green reads", "Amber reads", "Red reads"):
            sheet.cell(3, column(sheet, heading)).value = "none"
        sheet.cell(3, column(sheet, "Why read so")).value = "A test"
    assert "1 no band" in movers(folder)["performance"][0]
