"""The command that asks how sure the plan is, as a person runs it."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

import breakeven as be
from breakeven.report.simulation import simulation_statement
from commands import copied, edited, run

QUICK = ("--trials", "2000")


def test_one_seed_gives_one_answer_whatever_the_threads_and_another_seed_another() -> None:
    one, many, other = (
        run("simulate", *QUICK, "--json", *more).out
        for more in (("--threads", "1"), ("--threads", "3"), ("--seed", "2"))
    )
    assert one == many
    assert one != other


def test_it_says_the_chances_the_ranges_and_what_the_spread_comes_from() -> None:
    said = run("simulate", *QUICK, "--json").data
    rows = {row["id"]: row["values"] for row in said["rows"]}
    assert set(rows) >= {"break_even", "cleared", "position.planned", "position.p10", "closing_balance.p90"}
    assert rows["position.planned"]["2024-25"] == "-289000.00"  # 2,211,000 forecast to be saved of 2,500,000 planned
    for year, chance in said["chances"]["break_even"].items():
        assert 0 <= float(chance["chance"]) <= 1
        ranged = [float(amount) for amount in said["percentiles"]["closing_balance"][year].values()]
        assert ranged == sorted(ranged)
    shares = [float(row["values"]["share"]) for row in said["spread"]]
    assert abs(sum(shares) - 100) < 1
    assert {row["id"] for row in said["spread"]} >= {"u04.rate", "u04.chance", "together"}


@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_page_fits_and_reserves_add_what_is_at_risk(width: int) -> None:
    said = run("simulate", *QUICK, "--reserves", "£12,000,000", width=width)
    assert said.code == 0
    assert max(map(len, said.out.splitlines())) <= width
    assert "reserves" in said.out
    assert "What the spread of the balance" in said.out


def test_every_figure_that_rests_on_illustrative_cells_is_marked_in_the_table_the_sentences_and_the_data() -> None:
    said = run("simulate", *QUICK, "--reserves", "2m")
    table = said.out.partition("Notes")[0].splitlines()
    figures = [line for line in table[3:] if re.search(r"\d\d*(\)|%|,\d{3})", line) and "reserves of" not in line]
    assert figures
    assert all("*" in line for line in figures)
    data = run("simulate", *QUICK, "--json").data
    assert {tuple(row["illustrative"]) for row in data["rows"]} == {("2024-25", "2025-26", "2026-27")}
    assert {tuple(row["illustrative"]) for row in data["spread"]} == {("share",)}


def test_the_plan_is_not_marked_where_only_what_is_uncertain_is_illustrative() -> None:
    end = be.work_out(be.load("ledgers/2023-24"), "forecast")
    found = be.simulate_plan(end, trials=2000)
    rows = {
        row.id: row.illustrative for row in simulation_statement(replace(end, illustrative=frozenset()), found).rows
    }
    assert not rows["position.planned"]
    assert rows["position.p50"] == {"2024-25", "2025-26", "2026-27"}


def test_the_largest_part_of_the_spread_is_named_and_is_not_called_most_of_it() -> None:
    said = " ".join(run("simulate", *QUICK).out.split())
    assert "The largest part of the spread, 4" in said
    assert "comes from U04 Residential number (how many are to be expected)." in said
    assert "Of a number, its rate is how many are to be expected" in said


def test_a_scenario_that_goes_badly_breaks_even_less_often() -> None:
    chances = [
        float(run("simulate", *QUICK, "--json", *more).data["chances"]["break_even"]["2024-25"]["chance"])
        for more in ((), ("--scenario", "worst"))
    ]
    assert chances[1] < chances[0]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--reserves", "much"), "--reserves: expected pounds such as 100000, £500k or -1.2m, found 'much'"),
        (("--reserves", "-5"), "--reserves are nil or more, not -5"),
        (("--scenario", "none such"), "it has best, central, worst"),
        (("--json", "--csv"), "ask for one"),
    ],
)
def test_what_is_not_understood_is_said(options: tuple[str, ...], said: str) -> None:
    found = run("simulate", *QUICK, *options)
    assert (found.code, found.out) == (2, "")
    assert said in found.err


def test_a_plan_that_is_open_is_refused_with_its_lines() -> None:
    found = run("simulate", *QUICK, "--years", "5")
    assert (found.code, found.out) == (1, "")
    assert found.err == (
        "breakeven: the plan is open, because no assumption says how they move: every line, from 2027/28 on; "
        "--years 3 asks only of the years that are known\n"
    )


def test_chances_and_shares_are_to_one_place_and_are_no_amounts_with_pence() -> None:
    said = run("simulate", *QUICK)
    (line,) = [line for line in said.lines if line.startswith("Chance of break-even")]
    assert len(re.findall(r"\d\.\d%\*", line)) == 3
    assert "Pence are not shown" not in said.out


def test_correlations_that_contradict_each_other_are_refused_with_the_nearest(tmp_path: Path) -> None:
    folder = copied(tmp_path / "year")
    with edited(folder / "plan.xlsx") as book:
        sheet = book["Correlations"]
        sheet.delete_rows(2, 5)
        for pair in (("U01", "U02", 0.9), ("U02", "U03", 0.9), ("U01", "U03", -0.9)):
            sheet.append(pair)
        del book["Control totals"]
    found = run("simulate", folder, *QUICK)
    assert found.code == 2
    assert "contradict each other" in found.err
