"""``python -m tests.published FOLDER``: what it prints, what it exits with, and that no file stops the rest."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from published.case import PUBLISHED, UnreadableCaseError, parse
from published.made_tables import ACROSS, DOWN, SPEND, across, changed, down, raw, text_of

ROOT = Path(__file__).parents[2]
CHECKS = [*down(DOWN, "2023/24", "2024/25", "2025/26", "Total"), *across(ACROSS, "leaving", "total")]
GOOD = text_of(raw(SPEND, checks=CHECKS))
SPOILT = text_of(raw(changed(SPEND, leaving="2,516 > 2,561"), checks=CHECKS))


def with_value(value: str) -> str:
    """The text of a good file but for its first value."""
    return GOOD.replace('"values": [9246', f'"values": [{value}', 1)


NO_CASES = {
    "": "is not JSON",
    "{": "is not JSON",
    "[" * 100_000: "is not JSON",
    "[]": "is not of the schema",
    "{}": "is not of the schema",
    GOOD.replace("case/1", "case/2"): "is not of the schema",
    GOOD.replace('"rows"', '"lines"'): "rows: Field required",
    with_value("NaN"): "is not JSON: NaN is no number",
    with_value("{}"): "rows.0.values.0: Value error, a figure or null is expected",
    with_value("true"): "a figure or null is expected",
    with_value('"12,34"'): "'12,34' is no figure",
    with_value("1e400"): "no figure is as large",
    with_value("1e-400"): "or as fine",
}


def run(*args: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.published", *map(str, args)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.parametrize("text", NO_CASES, ids=[f"case{n}" for n in range(len(NO_CASES))])
def test_what_is_no_case_is_said_to_be_none(text: str) -> None:
    with pytest.raises(UnreadableCaseError) as raised:
        parse(text)
    assert NO_CASES[text] in str(raised.value)


def test_a_figure_may_be_kept_as_text_and_what_is_not_needed_left_out() -> None:
    fields = raw(SPEND)
    for field in ("id", "stated_totals"):
        del fields[field]
    for row in fields["rows"]:
        row["values"] = row.pop("published")
        del row["label"], row["kind"]
    case = parse(text_of(fields))
    assert case.rows[3].values == (-1635, -1702, -1588, -4925)
    assert case.checks is None


def test_a_folder_is_judged_file_by_file_and_the_count_comes_last(tmp_path: Path) -> None:
    (tmp_path / "a good.json").write_text(GOOD)
    (tmp_path / "b spoilt.json").write_text(SPOILT)
    (tmp_path / "c broken.json").write_text("{")
    (tmp_path / "d latin.json").write_bytes(GOOD.replace("Leaving", "Léaving").encode("latin-1"))
    (tmp_path / "e folder.json").mkdir()
    (tmp_path / "README.md").write_text("no table")
    judged = run(tmp_path)
    assert judged.returncode == 1
    lines = judged.stdout.splitlines()
    assert lines[0] == "a good.json: passed: 9 agree, 0 by rounding, 0 differ"
    assert lines[-1] == "1 passed, 4 failed"
    slip = "digit swap: leaving (Leaving) in 2024/25: the digits 6 and 1 are swapped, so 2,516 (the file says 'agrees')"
    assert (
        "b spoilt.json: differs: total = fostering + residential + leaving + grants, column 2024/25: 17,746 is stated, "
        f"17,791 is cast, 45 out: {slip}"
    ) in judged.stdout
    assert (
        f"b spoilt.json: differs: {ACROSS}, row leaving (Leaving): 7,611 is stated, 7,656 is cast, 45 out: {slip}"
    ) in judged.stdout
    assert "b spoilt.json: FAILED: 7 agree, 0 by rounding, 2 differ" in judged.stdout
    assert "c broken.json: the file is not JSON" in judged.stdout
    assert "d latin.json: the file is not UTF-8 text" in judged.stdout
    assert "e folder.json: the file cannot be read: Is a directory" in judged.stdout


def test_every_sum_is_there_as_data_with_its_verdict_cause_and_cell(tmp_path: Path) -> None:
    (tmp_path / "spoilt.json").write_text(SPOILT)
    judged = run(tmp_path, "--json")
    assert (judged.returncode, judged.stderr) == (1, "0 passed, 1 failed\n")
    said = json.loads(judged.stdout)
    assert (said["passed"], said["failed"]) == (0, 1)
    checks = said["files"][0]["checks"]
    assert len(checks) == 9
    assert next(check for check in checks if check["verdict"] == "differs") == {
        "file": "spoilt.json",
        "rule": DOWN,
        "across": "rows",
        "column": "2024/25",
        "basis": "stated",
        "stated": "17746",
        "computed": "17791",
        "difference": "45",
        "verdict": "differs",
        "file_says": ["agrees"],
        "cause": "digit swap",
        "words": "digit swap: leaving (Leaving) in 2024/25: the digits 6 and 1 are swapped, so 2,516",
        "cell": {"row": "leaving", "column": "2024/25"},
        "cells": [{"row": "leaving", "column": "2024/25"}],
    }


def test_what_plainly_agrees_is_shown_where_it_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "good.json").write_text(GOOD)
    judged = run(tmp_path / "good.json", "-v")
    assert judged.returncode == 0
    assert "good.json: agrees: found, " not in judged.stdout
    assert f"good.json: agrees: by a rule of the file, {ACROSS}, row grants (Grants): -4,925 is stated" in judged.stdout
    assert judged.stdout.splitlines()[-1] == "1 passed, 0 failed"


def test_a_line_that_is_missing_and_a_total_without_a_rule_are_said(tmp_path: Path) -> None:
    fields = raw(SPEND, {"grants": "balance"}, checks=CHECKS, stated_totals=["total", "grants"])
    del fields["rows"][2]
    (tmp_path / "short.json").write_text(text_of(fields))
    said = run(tmp_path).stdout
    assert f"short.json: line left out: the rule '{DOWN}' names leaving, which the table does not have" in said
    assert "14,494 is cast, -2,491 out: left out: leaving is not in the table (the file says 'agrees')" in said
    assert "; no rule for grants" in said
    data = json.loads(run(tmp_path, "--json").stdout)["files"][0]
    assert data["no_rule"] == ["grants"]
    lacking = [check for check in data["checks"] if check["cause"] == "left out"]
    assert lacking[0]["cell"] == {"row": "leaving", "column": "2023/24"}


def test_a_folder_without_tables_is_said_to_have_none(tmp_path: Path) -> None:
    judged = run(tmp_path)
    assert judged.returncode == 2
    assert "no JSON files to judge" in judged.stderr


def test_a_name_of_a_file_does_nothing_to_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "\x1b[2Jred.json").write_text("{")
    assert "\x1b" not in run(tmp_path).stdout


def test_the_published_tables_pass_and_the_one_break_among_them_is_named() -> None:
    if not PUBLISHED.exists():
        pytest.skip("the tables are in ../shared/cases/published, which is not here")
    judged = run(PUBLISHED)
    lines = judged.stdout.splitlines()
    assert (judged.returncode, lines[-1]) == (0, "39 passed, 0 failed")
    breaks = [line for line in lines if "differs" in line]
    assert len(breaks) == 2
    assert all("differs, as the file says: net = total + precept + transfer" in line for line in breaks)
