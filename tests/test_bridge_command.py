"""From an indicator to the money it moves, at the command line: by year, by line, and back through what-if."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import breakeven as be
from breakeven.pipeline import year_end
from commands import EXAMPLE, column, copied, edited, run

YEARS = ("2024-25", "2025-26", "2026-27")


def rows(*args: object) -> dict[str, dict[str, Any]]:
    return {row["id"]: row["values"] for row in run("bridge", *args, "--json").data["rows"]}


def test_each_step_put_back_through_what_if_gives_the_same_figure_to_the_pound() -> None:
    for scenario in ((), ("--scenario", "worst")):
        steps = {key: row for key, row in rows(EXAMPLE, *scenario).items() if row["what_if"]}
        assert len(steps) == 13
        for row in list(steps.values())[:: 4 if scenario else 1]:
            asked = run(*row["what_if"].split()[1:], EXAMPLE, *scenario, "--json")
            found = {each["id"]: each["values"] for each in asked.data["rows"]}
            moved = [Decimal(found["position_after"][y]) - Decimal(found["position_before"][y]) for y in YEARS]
            assert [Decimal(row[year]) for year in YEARS] == moved
            assert Decimal(row["total"]) == sum(moved)


def test_a_step_adds_up_line_by_line() -> None:
    found = rows(EXAMPLE)
    assert Decimal(found["b6"]["2024-25"]) == 272_774
    assert sum(Decimal(found[f"b6.{n}"]["2024-25"]) for n in (1, 2)) == 272_774
    assert sum(Decimal(found[f"b5.{n}"]["total"]) for n in range(1, 6)) == Decimal(found["b5"]["total"])


def test_one_placement_more_is_what_demand_says_it_is() -> None:
    demand = {row["id"]: row["values"] for row in run("demand", EXAMPLE, "--json").data["one_more"]["rows"]}
    found = rows(EXAMPLE)
    assert all(found["residential"][year] == demand["residential.one_more"][year] for year in YEARS)


def test_every_indicator_is_on_the_page_with_what_it_moves_or_why_it_moves_nothing() -> None:
    said = " ".join(run("bridge", width=120).out.split())
    refs = {kpi.ref for kpi in year_end.load(EXAMPLE).ledgers.kpis}
    assert len(refs) == 30
    assert all(f"{ref}," in said or f"{ref})" in said for ref in refs)
    assert "7 of 30 indicators move a line; the others stand last, with the reason." in said
    assert "What moves no line of the plan" in said


def test_a_figure_of_it_is_traced_to_the_row_the_register_and_the_plan() -> None:
    said = run("trace", "bridge/b1.2/2024-25", width=120).out
    assert "'[performance.xlsx]Bridge'!H3" in said
    assert "'[demand.xlsx]Workforce'!B14" in said
    assert "'[demand.xlsx]Post costs'!C2" in said
    assert "Social workers 2024/25" in said


def test_python_gives_the_same() -> None:
    result = be.work_out(be.load(EXAMPLE))
    first = be.bridge(result).moving[0]
    assert [str(each) for each in first.position] == [row.removesuffix(".00") for row in _years(rows(EXAMPLE)["b1"])]


def _years(row: dict[str, Any]) -> list[str]:
    return [row[year] for year in YEARS]


def test_a_folder_without_the_sheet_has_the_plans_own_drivers_and_says_what_is_not_said(tmp_path: Path) -> None:
    folder = copied(tmp_path / "2023-24")
    with edited(folder / "performance.xlsx") as book:
        del book["Bridge"]
        controls = book["Control totals"]
        for row in range(controls.max_row, 1, -1):
            if controls.cell(row, 1).value == "Bridge":
                controls.delete_rows(row)
    said = run("bridge", folder, width=120)
    assert said.code == 0
    assert "One more of what the plan counts" in said.out
    page = " ".join(said.out.split())
    assert "PI15, K1, K2" in page
    assert "the sheet Bridge of performance.xlsx does not say what they move" in page


def test_a_folder_without_indicators_or_placements_has_no_step_and_says_so(tmp_path: Path) -> None:
    folder = copied(tmp_path / "2023-24")
    (folder / "performance.xlsx").unlink()
    (folder / "demand.xlsx").unlink()
    said = run("bridge", folder)
    assert said.code == 0
    assert "Nothing moves a line" in said.out


def test_a_line_mistyped_is_a_warning_and_its_step_is_open(tmp_path: Path) -> None:
    folder = copied(tmp_path / "2023-24")
    with edited(folder / "performance.xlsx") as book:
        sheet = book["Bridge"]
        sheet.cell(13, column(sheet, "Line")).value = "External fostring"
    said = run("bridge", folder, width=120)
    assert said.code == 0
    assert "did you mean external_fostering? [bridge-unfit]" in said.err
    assert "B6 is open: no line, category, group or saving is called 'external_fostring'." in said.out
