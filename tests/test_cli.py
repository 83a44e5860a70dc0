"""What each command answers, on which stream, and with which exit code. The figures are the published ones."""

import csv
import io
import os
import shutil
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

import breakeven
from breakeven.cli import common
from breakeven.pipeline.at_period import at_period, with_period, with_variance
from breakeven.pipeline.year_end import load, work_out
from breakeven.report import trace as tracing
from commands import EXAMPLE, ROOT, Said, column, copied, edited, run

ESCAPE = "\x1b"


def outturn_rows(said: Said) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in said.data["rows"]}


# Which folder ------------------------------------------------------------------------------------------------


def test_a_folder_that_is_named_is_read() -> None:
    said = run(EXAMPLE)
    assert said.code == 0
    assert said.lines[0] == "Sandwell Children's Trust, contract year 2023/24, provisional"


def test_inside_a_ledger_folder_that_folder_is_read() -> None:
    assert run(cwd=EXAMPLE).out == run(EXAMPLE).out
    assert run("outturn", cwd=EXAMPLE).out == run("outturn", EXAMPLE).out


def test_elsewhere_the_newest_year_under_ledgers_is_read(tmp_path: Path) -> None:
    for year in ("2021-22", "2022-23"):
        (tmp_path / "ledgers" / year).mkdir(parents=True)
        (tmp_path / "ledgers" / year / "breakeven.toml").write_text("", "utf-8")
    (tmp_path / "ledgers" / "2023-24").symlink_to(EXAMPLE)
    (tmp_path / "ledgers" / "2024-25").mkdir()  # holds no breakeven.toml, so is no ledger folder
    assert run("outturn", cwd=tmp_path).lines[0] == "Outturn 2023/24"


def test_where_there_is_no_ledger_folder_the_command_says_how_to_name_or_make_one(tmp_path: Path) -> None:
    said = run(cwd=tmp_path)
    assert (said.code, said.out) == (2, "")
    assert said.err == "breakeven: no ledger folder here: name one, or make one with `breakeven new FOLDER`\n"


def test_a_folder_that_is_not_there_is_refused() -> None:
    said = run("outturn", "ledgers/1999-00")
    assert (said.code, said.out) == (3, "")
    assert said.err == "[ledgers/1999-00]: error: there is no such folder [folder-missing]\n"


def test_a_folder_without_settings_is_refused(tmp_path: Path) -> None:
    said = run(tmp_path)
    assert said.code == 3
    assert "the folder has no breakeven.toml; `breakeven new FOLDER` makes one [folder-missing]" in said.err


# Usage -------------------------------------------------------------------------------------------------------


def test_a_command_mistyped_is_suggested() -> None:
    said = run("otturn")
    assert (said.code, said.out) == (2, "")
    assert "No such command 'otturn'. Did you mean 'outturn'?" in said.err


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("outturn", "--by", "team"), "--by takes category, line, cost_centre, code and source, not team"),
        (("savings", "--year", "1999-00"), "--year takes one of 2023-24, 2024-25, 2025-26, 2026-27, not 1999-00"),
        (("trace",), "Missing argument"),
        (("trace", str(EXAMPLE)), "say what to trace"),
        (("plan", "--years", "0"), "should be greater than or equal to 1"),
        (("plan", "--savings", "hoped"), "'hoped' is not one of"),
        (("outturn", "--unit", "bn"), "'bn' is not one of"),
        (("income", "--period", "Q3"), "--period: expected a period from P01 to P13, found 'Q3'"),
        (("outturn", "--colour"), "No such option: --colour"),
        (("check", "no-such.xlsx"), "there is no no-such.xlsx"),
    ],
)
def test_a_mistake_in_usage_is_said_on_stderr_and_exits_2(args: tuple[str, ...], message: str) -> None:
    said = run(*args)
    assert (said.code, said.out) == (2, "")
    assert message in " ".join(said.err.replace("│", " ").split())


@pytest.mark.parametrize(
    "command", ["new", "check", "reconcile", "outturn", "plan", "savings", "income", "variance", "close", "trace"]
)
def test_the_help_of_every_command_shows_an_example(command: str) -> None:
    said = run(command, "--help")
    assert said.code == 0
    assert f"breakeven {command}" in said.out.split("Example:")[1]
    assert command in run("--help").out


def test_the_version_is_shown() -> None:
    assert run("--version").out == f"breakeven {breakeven.__version__}\n"


# The main job ------------------------------------------------------------------------------------------------


def test_the_bare_command_shows_all_six_parts_and_the_49_pounds_and_exits_0() -> None:
    said = run()
    page = " ".join(said.out.split())
    assert said.code == 0
    assert "Conservation 8 files, 37 sheets, 4,143 lines: 4,142 accepted" in page
    assert "every number is accounted for" in page
    assert "Reconciliation 51 tests" in page
    assert "1 differs" in page
    assert "Income received for 2023/24: £49 apart" in page
    assert "Placements Residential 59.5* on average" in page
    assert "Outturn 2023/24, £" in page
    assert "Plan 2024/25 to 2026/27, £" in page
    assert "Savings programme 2024/25, £" in page


def test_the_bare_command_answers_the_committee_in_words_first() -> None:
    answer = " ".join(" ".join(run().lines[2:8]).split())
    assert answer.startswith(
        "The year ended with a deficit of £4,253,670, £4,996,156 below the budget. "
        "The cumulative deficit at 31 March 2024 is £11,230,962. "
        "To break even in 2024/25 takes savings of £2,500,000"
    )


def test_the_bare_command_as_json_holds_each_part() -> None:
    data = run("--json").data
    assert list(data) == ["conservation", "reconciliation", "movers", "outturn", "plan", "savings"]
    assert data["outturn"] == run("outturn", "--json").data
    assert data["plan"] == run("plan", "--json").data
    assert data["savings"] == run("savings", "--json").data
    assert data["reconciliation"] == run("reconcile", "--json").data
    assert data["conservation"] == run("check", "--json").data


# Outturn -----------------------------------------------------------------------------------------------------


def test_the_outturn_as_json_holds_the_published_year() -> None:
    said = run("outturn", "--json")
    rows = outturn_rows(said)
    assert said.code == 0
    assert list(rows) == [
        "contract_sum", "variations", "third_party_income", "income",
        "staffing", "placements", "overheads", "expenditure",
        "position", "opening_balance", "closing_balance",
    ]  # fmt: skip
    assert {row_id: row["values"]["actual"] for row_id, row in rows.items()} == {
        "contract_sum": "74475000.00",
        "variations": "1450163.00",
        "third_party_income": "8753055.00",
        "income": "84678218.00",
        "staffing": "32434958.00",
        "placements": "48565330.00",
        "overheads": "7931600.00",
        "expenditure": "88931888.00",
        "position": "-4253670.00",
        "opening_balance": "-6977292.00",
        "closing_balance": "-11230962.00",
    }
    assert rows["position"]["values"]["variance"] == "-4996156.00"
    assert rows["position"]["reading"] == {"variance": "A"}
    assert rows["staffing"]["reading"] == {"variance": "F"}
    assert rows["contract_sum"]["reading"] == {}


def test_the_outturn_goes_down_to_lines_sources_and_codes_as_asked() -> None:
    shown = {by: len(run("outturn", "--by", by, "--json").data["rows"]) for by in ("category", "line", "line,source")}
    assert shown == {"category": 11, "line": 11 + 19, "line,source": 11 + 19 + 3 + 6}
    assert len(run("outturn", "--by", "line, code", "--json").data["rows"]) == 11 + 19 + 61


def test_the_outturn_as_csv_is_the_same_statement() -> None:
    table = list(csv.DictReader(io.StringIO(run("outturn", "--csv").out)))
    rows = outturn_rows(run("outturn", "--json"))
    assert {row["id"]: (row["budget"], row["actual"], row["variance"], row["reading"]) for row in table} == {
        row_id: (*(row["values"][c] for c in ("budget", "actual", "variance")), row["reading"].get("variance", ""))
        for row_id, row in rows.items()
    }


@pytest.mark.parametrize(
    ("unit", "income", "position"),
    [("£", "84,678,218", "(4,253,670)"), ("k", "84,678", "(4,254)"), ("m", "84.68", "(4.25)")],
)
def test_the_unit_is_as_asked_and_is_said(unit: str, income: str, position: str) -> None:
    page = run("outturn", "--unit", unit).out
    assert f"in £{unit.strip('£')}\n" in page
    assert f" {income} " in page
    assert f" {position} " in page


# Reconciliation ----------------------------------------------------------------------------------------------


def test_reconcile_finds_that_one_figure_of_the_review_differs_by_49_and_exits_1() -> None:
    said = run("reconcile", "--json")
    differing = [test for test in said.data["tests"] if test["result"] == "differs" and test["unit"] == "GBP"]
    assert said.code == 1
    assert [(test["side_a"], test["side_b"], test["difference"]) for test in differing] == [
        ("84678218.00", "84678267.00", "-49.00")
    ]
    assert differing[0]["cause"].startswith("a typing slip: 67 where 18 is meant")
    assert not [test for test in said.data["tests"] if test["result"] == "open"]


def test_reconcile_says_the_difference_and_its_likely_cause_in_words() -> None:
    said = run("reconcile")
    page = " ".join(said.out.split())
    assert said.code == 1
    assert (
        "Income received for 2023/24: £49 apart. £84,678,218 (Income: actual) against £84,678,267 (as printed" in page
    )
    assert "A typing slip: 67 where 18 is meant" in page


def test_reconcile_exits_0_where_every_test_agrees(tmp_path: Path) -> None:
    folder = copied(tmp_path / "year")
    (folder / "reported.xlsx").unlink()
    (folder / "performance.xlsx").unlink()
    with edited(folder / "demand.xlsx") as book:
        del book["Children"], book["Children stated"], book["Control totals"]
    assert run("reconcile", folder).code == 0


def test_reconcile_as_csv_has_a_line_a_test_and_the_cause() -> None:
    table = list(csv.DictReader(io.StringIO(run("reconcile", "--csv").out)))
    assert len(table) == len(run("reconcile", "--json").data["tests"])
    assert next(row["cause"][:13] for row in table if row["result"] == "differs") == "a typing slip"


def test_reconcile_finds_what_the_review_says_of_its_indicators_and_does_not_bear_out() -> None:
    tests = {test["id"]: test for test in run("reconcile", "--json").data["tests"]}
    differing = [name for name, test in tests.items() if test["result"] == "differs" and "performance" in name]
    assert differing == [
        "performance-pi1-range", "performance-pi14-months", "performance-pi15-months", "performance-indicators",
    ]  # fmt: skip
    assert tests["performance-indicators"]["cause"] == "1 of them is in none of the three"
    assert tests["performance-pi13-2023-11"]["result"] == "agrees"


def test_reconcile_finds_what_the_tables_of_children_do_not_bear_out() -> None:
    tests = {test["id"]: test for test in run("reconcile", "--json").data["tests"]}
    found = {name: test for name, test in tests.items() if test["result"] == "differs" and "children-" in name}
    rolled = [test["difference"] for name, test in found.items() if "-rolled-" in name]
    assert rolled == ["13.0", "-21.0", "-6.0", "6.0", "-5.0", "3.0"]
    assert [name.removeprefix("children-population-") for name in found if "population" in name] == [
        "2018-19", "2021-22", "2022-23",
    ]  # fmt: skip
    assert [name.removeprefix("children-said-") for name in found if "said" in name] == [
        "c01", "c16", "c18", "c25", "c27", "c28", "c30", "c36", "c37", "c38",
    ]  # fmt: skip
    assert tests["children-said-c01"]["cause"].startswith("a typing slip: 5 where 7 is meant; it prints 473")
    assert tests["children-said-c18"]["cause"] == "863 of 82,995 is 103.98: the table has the slip"
    assert tests["children-said-c33"]["result"] == "rounding"


# Check, plan, savings ----------------------------------------------------------------------------------------


def test_check_accounts_for_every_number_and_exits_0() -> None:
    said = run("check")
    assert (said.code, said.err) == (0, "3 findings\n")
    assert "37 sheets, 4,143 lines: 4,142 accepted" in said.out
    assert "every number is accounted for" in " ".join(said.out.split())
    data = run("check", "--json").data
    assert data["lines"] == 4142
    assert {(each["severity"], each["code"]) for each in data["findings"]} == {("warning", "saving-and-demand")}
    for file in data["files"]:
        assert len(file["sha256"]) == 64
        for sheet in file["sheets"]:
            parts = [Decimal(sheet[part]) for part in ("accepted", "held_back", "set_aside")]
            assert sum(parts) == Decimal(sheet["all_numbers"])


def test_check_can_be_asked_about_one_workbook(tmp_path: Path) -> None:
    folder = copied(tmp_path / "year")
    with edited(folder / "contract.xlsx") as book:
        book["Contract sum"]["C2"] = None
    with edited(folder / "plan.xlsx") as book:
        book["Pressures"]["F2"] = None
    assert [run("check", folder / name).out.count("[amount-blank]") for name in ("contract.xlsx", "demand.xlsx")] == [
        1,
        0,
    ]
    assert run("check", folder).out.count("[amount-blank]") == 2


def test_the_plan_starts_where_the_year_ended_and_aims_to_break_even_in_2024_25() -> None:
    said = run("plan", "--json")
    rows = {row["id"]: row["values"] for row in said.data["rows"]}
    assert [column["id"] for column in said.data["columns"]] == ["2024-25", "2025-26", "2026-27"]
    assert rows["contract_sum"]["2024-25"] == "80800000.00"
    assert rows["savings"]["2024-25"] == "2500000.00"
    assert rows["position"]["2024-25"] == "0.00"
    assert rows["opening_balance"]["2024-25"] == "-11230962.00"
    for year, after in (("2024-25", "2025-26"), ("2025-26", "2026-27")):
        assert rows["opening_balance"][after] == rows["closing_balance"][year]


def test_the_plan_shows_more_years_other_savings_and_its_lines_as_asked() -> None:
    assert [column["label"] for column in run("plan", "--years", "2", "--json").data["columns"]] == [
        "2024/25",
        "2025/26",
    ]
    assert "  Savings, weighted " in run("plan", "--savings", "weighted").out
    assert "    Residential " in run("plan", "--lines").out
    assert "    Residential " not in run("plan").out


def test_the_savings_tracker_adds_up_to_the_programme_of_2_500_000() -> None:
    said = run("savings", "--json")
    rows = {row["id"]: row["values"] for row in said.data["rows"]}
    priorities = [values for row_id, values in rows.items() if row_id.startswith("priority_")]
    assert len(priorities) == 5
    assert rows["savings"]["planned"] == "2500000.00"
    assert sum(Decimal(values["planned"]) for values in priorities) == 2_500_000
    assert rows["priority_1"]["delivered"] is None  # nobody has recorded any, which is not nil


def test_the_savings_of_the_year_itself_are_the_1_500_000_made() -> None:
    rows = {row["id"]: row["values"] for row in run("savings", "--year", "2023/24", "--json").data["rows"]}
    assert rows["savings"]["delivered"] == "1500000.00"


# Trace -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("asked", [("48565330",), ("£48,565,330",), ("placements",), ("outturn/placements/actual",)])
def test_a_figure_is_traced_to_its_lines_and_cells(asked: tuple[str, ...]) -> None:
    said = run("trace", *asked, str(EXAMPLE))
    assert said.code == 0
    assert said.lines[0] == "Placements: actual  £48,565,330  = the sum of 8 rows  published"
    assert "'[expenditure.xlsx]Transactions'!H562:H850" in said.out
    assert "'[expenditure.xlsx]Accruals'!G2" in said.out
    assert "Used by" in said.out


def test_a_trace_says_which_figures_are_illustrative() -> None:
    said = run("trace", "48565330")
    assert "Residential: actual  £18,412,640*  = the sum of 4 rows" in said.out
    assert "* illustrative: made up to show detail that was not published." in said.out
    data = run("trace", "48565330", "--json").data
    assert (data["figure"]["published"], data["figure"]["illustrative"]) == (True, False)
    assert {part["label"]: part["illustrative"] for part in data["figure"]["parts"]}["Residential: actual"] is True


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("variations.v01", "Funded salary settlement: actual  £509,144"),
        ("S24-03", "S24-03 planned 2024/25"),
        ("P1010 6010", "P1010 6010: actual"),
        ("variance/staffing/change", "Staffing: change  £634,120* F  = after"),  # signed and read as on the page
        ("outturn/placements/variance", "Placements: variance  (£6,370,696)* A  = actual"),
        ("Further saving a year, beyond those counted, to clear the deficit", "Further saving a year"),
    ],
)
def test_a_dotted_id_and_a_label_of_a_page_are_found(asked: str, first: str) -> None:
    assert run("trace", asked, width=200).lines[0].startswith(first)


def test_a_suggestion_is_never_what_was_typed() -> None:
    assert "variations.v01" in run("trace", "variatons.v01").err
    suggested = run("trace", "budget").err.partition("near it are")[2]
    assert "budget" not in suggested.split(", ")


def test_a_trace_names_the_cell_of_each_field() -> None:
    def cells(asked: str) -> set[str]:
        return {part["cells"].split("!")[1] for part in run("trace", asked, "--json").data["figure"]["parts"]}

    assert cells("outturn/third_party_income.dfe_funding/budget") == {"B5"}
    assert cells("outturn/third_party_income.dfe_funding/actual") == {"C5", "D5"}
    assert cells("demand/residential/price_growth") == {"D2", "D14"}


def test_the_effect_of_a_pressure_can_be_traced() -> None:
    assert run("trace", "plan/pressure.pr06/2024-25").lines[0].startswith("PR06 Demand contingency 2024/25  £118,838*")


def test_a_trace_opens_a_figure_once() -> None:
    said = run("trace", "plan/yearly_saving_to_clear/2026-27", width=200)
    assert said.out.count("Residential: actual") > 2  # each year of the plan starts from it
    assert "Residential: actual  £18,412,640*  = the sum of 4 rows  as above" in said.out
    assert said.out.count("'[expenditure.xlsx]Transactions'!H562:H850") == 1


def test_a_figure_of_a_scenario_is_traced_under_it() -> None:
    of = ("trace", "plan/still_to_find/2024-25", EXAMPLE)
    assert "£1,115,700*" in run(*of).lines[0]
    assert "£2,875,121*" in run(*of, "--scenario", "worst").lines[0]
    assert "£1,115,700*" in run(*of, "--savings", "weighted").lines[0]
    assert run(*of, "--scenario", "worse").code == 2


def test_what_cannot_be_traced_is_a_mistake_in_usage_with_a_suggestion() -> None:
    said = run("trace", "plcements")
    assert (said.code, said.out) == (2, "")
    assert (
        said.err
        == "breakeven: no figure is called or comes to 'plcements'; near it are placements, permanent, investments\n"
    )
    assert run("trace", "12345678901").err == "breakeven: no figure is called or comes to '12345678901'\n"


def test_a_figure_of_one_period_is_traced_to_the_claims_that_are_late() -> None:
    said = run("trace", "P09/income/third_party_income.home_office_funding/outstanding", width=120)
    assert said.code == 0
    assert said.lines[0] == "Home Office funding: outstanding  £194,031.48*  = the sum of its ages"
    assert "N05, due 15/10/2023, 77 days past due  £12,776.48*  = amount − received" in said.out
    assert "'[contract.xlsx]Claims'!H31" in said.out
    assert "P09/income/third_party_income/outstanding" in said.out.split("Used by")[1]


def test_every_figure_of_the_income_statement_can_be_traced() -> None:
    data = run("income", "--period", "P09", "--json").data
    year_end = work_out(load(EXAMPLE))
    end = with_period(year_end, at_period(year_end, 9))
    followed = 0
    for statement, part in (("income", data), ("grants", data["grants"])):
        for row in part["rows"]:
            for heading, amount in row["values"].items():
                if amount is not None and heading != "per":
                    traced = tracing.find(end, f"P09/{statement}/{row['id']}/{heading}")
                    assert traced
                    assert tracing.trace_data(traced, end)["figure"]["amount"] == amount
                    followed += 1
    assert followed > 80


def test_a_period_figure_mistyped_is_told_the_nearest_of_that_period() -> None:
    said = run("trace", "P09/income/contract_sum/outstandng")
    assert said.code == 2
    assert "near it are P09/income/contract_sum/outstanding" in said.err


# Income ------------------------------------------------------------------------------------------------------


def test_income_is_stated_at_the_last_period_posted_in_unless_another_is_asked_for() -> None:
    assert run("income").lines[0] == "Income 2023/24 to P12"
    assert run("income").out == run("income", "--period", "12").out
    assert run("income", "--period", "p09").lines[:2] == [
        "Income 2023/24 to P09",
        "Sandwell Children's Trust, at 31 December 2023, in £",
    ]


def test_at_the_year_end_claims_come_to_what_the_outturn_counts() -> None:
    rows = {row["id"]: row["values"] for row in run("income", "--period", "P13", "--json").data["rows"]}
    outturn = {row["id"]: row["values"] for row in run("outturn", "--by", "source", "--json").data["rows"]}
    assert len(rows) == 13
    assert {row: values["to_date"] for row, values in rows.items()} == {row: outturn[row]["actual"] for row in rows}


def test_the_grants_are_in_json_beside_the_income_and_alone_on_demand() -> None:
    beside = run("income", "--period", "P09", "--json").data["grants"]
    assert beside == run("income", "--period", "P09", "--grants", "--json").data
    assert [row["id"] for row in beside["rows"]] == [
        "home_office_funding", "home_office_funding.ho1", "home_office_funding.ho2",
    ]  # fmt: skip
    assert beside["rows"][1]["values"]["rate"] == "95.00"
    assert run("income", "--grants", "--csv").lines[0].startswith("id,label,kind,level,rate,per,count,entitlement")


def test_a_folder_in_which_nothing_is_posted_must_be_told_the_period(tmp_path: Path) -> None:
    folder = copied(tmp_path / "year")
    with edited(folder / "expenditure.xlsx") as book:
        book["Transactions"].delete_rows(2, 5000)
        del book["Control totals"]
    said = run("income", folder)
    assert (said.code, said.out) == (2, "")
    assert "nothing is posted yet: say which period with --period" in said.err
    assert run("income", folder, "--period", "P01").code == 0


# New ---------------------------------------------------------------------------------------------------------


def test_a_new_folder_holds_templates_and_is_not_written_over(tmp_path: Path) -> None:
    said = run("new", "mine", "--year", "2024-25", cwd=tmp_path)
    assert said.code == 0
    assert [Path(line).name for line in said.lines] == sorted(path.name for path in (tmp_path / "mine").iterdir())
    assert said.err == "Fill in the workbooks, then run: breakeven mine\n"
    again = run("new", "mine", cwd=tmp_path)
    assert (again.code, again.err) == (2, "breakeven: mine is not empty; nothing was written\n")
    assert run("new", "other", "--year", "2024", cwd=tmp_path).code == 2
    assert not (tmp_path / "other").exists()


# Streams -----------------------------------------------------------------------------------------------------


def breakeven_process(*args: str, **env: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "breakeven", *args]
    return subprocess.run(command, cwd=ROOT, env=os.environ | env, capture_output=True, check=False)


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_a_stream_that_lacks_some_letters_shows_every_figure(encoding: str) -> None:
    here = run(encoding=encoding).out
    there = breakeven_process(PYTHONIOENCODING=encoding, PYTHONUTF8="0", COLUMNS="80")
    assert there.returncode == 0
    assert there.stdout.decode(encoding).replace("\r\n", "\n") == here
    assert "£11,230,962" in here.replace("GBP ", "£")
    assert "  Partnerships" in here
    assert "-----" in here
    assert max(map(len, here.splitlines())) <= 80


def test_the_answer_is_on_stdout_and_notes_are_on_stderr(tmp_path: Path) -> None:
    folder = copied(tmp_path / "year")
    with edited(folder / "expenditure.xlsx") as book:
        book["Transactions"]["C2"] = "Z9999"
    said = run("outturn", "--json", folder)
    assert said.code == 0
    assert said.data["rows"]
    assert "[code-unmapped]" in said.err


def test_piped_output_and_no_colour_have_no_escapes() -> None:
    assert ESCAPE not in run().out
    assert ESCAPE in run(FORCE_COLOR="1").out
    assert ESCAPE not in run(FORCE_COLOR="1", NO_COLOR="1").out


def test_adverse_and_favourable_are_letters_whatever_the_colour() -> None:
    (line,) = [line for line in run("outturn").lines if line.startswith("  Placements")]
    assert line.split() == ["Placements", "(42,194,634)*", "(48,565,330)", "(6,370,696)*", "A", "(15.1%)"]


def test_a_reader_that_has_seen_enough_changes_neither_the_exit_code_nor_stderr() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "breakeven", "reconcile"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()
    assert (process.returncode, said) == (1, b"")


# Progress ----------------------------------------------------------------------------------------------------


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def read_slowly(seconds: float) -> str:
    """What a person sees on stderr while two workbooks are read, the second in ``seconds``."""
    screen = _Terminal()
    with (
        mock.patch.object(sys, "stderr", screen),
        mock.patch.object(common, "PATIENCE", 0.05),
        common.Reading() as progress,
    ):
        assert progress is not None
        progress("budget.xlsx", 0, 2)
        progress("expenditure.xlsx", 1, 2)
        time.sleep(seconds)
        progress("", 2, 2)
    return screen.getvalue()


def test_reading_that_takes_long_shows_how_far_it_is_and_clears_it_away() -> None:
    seen = read_slowly(0.5)
    assert "Reading expenditure.xlsx" in seen
    assert "50%" in seen
    assert seen.endswith("\x1b[2K")


def test_reading_that_is_soon_done_shows_nothing() -> None:
    assert read_slowly(0) == ""


def test_nothing_is_shown_where_nobody_looks() -> None:
    with mock.patch.object(sys, "stderr", io.StringIO()), common.Reading() as progress:
        assert progress is None


def part_year(to: Path) -> Path:
    """The example as it is after P09: nothing posted or accrued later, its state forecast, nothing published yet."""
    folder = copied(to)
    shutil.rmtree(folder / "closes")
    (folder / "reported.xlsx").unlink()
    with edited(folder / "expenditure.xlsx") as book:
        for name in ("Transactions", "Accruals"):
            sheet = book[name]
            place = column(sheet, "Period") - 1
            kept = [row for row in sheet.iter_rows(min_row=2, values_only=True) if row[place] <= "P09"]
            sheet.delete_rows(2, sheet.max_row)
            for row in kept:
                sheet.append(row)
        del book["Control totals"]
    toml = folder / "breakeven.toml"
    toml.write_text(toml.read_text("utf-8").replace('state = "provisional"', 'state = "forecast"'), "utf-8")
    return folder


def test_a_year_that_is_not_over_is_stated_by_its_forecast_and_no_later_period_is(tmp_path: Path) -> None:
    folder = part_year(tmp_path / "year")
    page = " ".join(run(folder).out.split())
    assert "At P09 the year is forecast to end with a deficit of £3,815,086" in page
    assert "The year ended" not in page
    stated = run("outturn", folder, "--json").data
    assert (stated["state"], [each["id"] for each in stated["columns"]][1]) == ("forecast (P09)", "forecast")
    assert run("variance", folder).out.startswith("Variance 2023/24: Revised budget to P09 forecast")
    for args in (("outturn", "--period", "P10"), ("variance", "--to", "P10"), ("close", "P10", "--by", "Me")):
        said = run(args[0], *((args[1], folder, *args[2:]) if args[0] == "close" else (folder, *args[1:])))
        assert (said.code, said.out) == (2, "")
        assert said.err.endswith("nothing is posted in P10; the last period with a posting is P09\n")
    assert run("variance", folder, "--to", "outturn").code == 2
    assert run("outturn", folder, "--accuracy").code == 2


NOT_FIGURES = {"variance_pct", "left_pct", "change_pct", "rag", "method", "tolerance", "red_over"}
"""Columns that are words, limits, or one figure as per cent of another."""


def values_of(*args: str) -> list[tuple[str, str, str]]:
    """Row, column and value of every figure of a statement."""
    return [
        (row["id"], heading, value)
        for row in run(*args, "--json").data["rows"]
        for heading, value in row["values"].items()
        if value is not None and heading not in NOT_FIGURES
    ]


def test_every_figure_of_a_month_end_is_in_the_book_that_trace_looks_in() -> None:
    end = work_out(load(EXAMPLE))
    book = with_period(end, at_period(end, 9)).book
    for by in ("line,source", "cost_centre,line"):
        values = values_of("outturn", "--period", "P09", "--by", by)
        assert len(values) > 200
        for row, heading, value in values:
            assert f"{book[f'P09/outturn/{row}/{heading}'].amount:.2f}" == value


def test_every_reason_of_a_variance_is_in_the_book_that_trace_looks_in() -> None:
    book = with_variance(work_out(load(EXAMPLE)), "revised", "P09").book
    reasons = [(row.rpartition("."), value) for row, heading, value in values_of("variance", "--to", "P09")
               if heading == "change" and f"variance/{row}/change" not in book]  # fmt: skip
    assert len(reasons) > 40
    for (line, _, reason), value in reasons:
        assert f"{book[f'variance/{line}/{reason}'].amount:.2f}" == value
