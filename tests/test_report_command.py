"""breakeven report: what it writes and where, what it says, and that the same input gives the same bytes anywhere."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from importlib import import_module
from pathlib import Path

import pytest

from commands import EXAMPLE, ROOT, copied, edited, run

KEPT = ROOT / "reports" / "example"
ALL = "html,xlsx,docx,pdf,json,csv,parquet"


def test_the_path_of_what_is_written_is_the_answer_and_the_rest_is_on_stderr(tmp_path: Path) -> None:
    said = run("report", EXAMPLE, "--out", tmp_path / "out")
    page = tmp_path / "out" / "breakeven-2023-24.html"
    assert said.code == 0
    assert said.lines == [str(page)]
    size = page.stat().st_size // 1000
    assert said.err.splitlines()[:2] == ["making html", f"wrote {size} kB to breakeven-2023-24.html"]
    assert "note: 25 tests differ, and the report says so" in said.err


def test_the_examples_reports_in_the_repository_are_what_the_command_makes(tmp_path: Path) -> None:
    """``make reports`` writes them again; the difference is to be read."""
    assert run("report", EXAMPLE, "--format", ALL, "--out", tmp_path).code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(path.name for path in KEPT.iterdir())
    for made in tmp_path.iterdir():
        same = contents(KEPT / made.name) == contents(made)
        assert same, f"make reports writes reports/example/{made.name} again"


def contents(path: Path) -> object:
    """What a file holds, whichever library packed it: another release of it packs the same into other bytes."""
    if path.suffix in {".docx", ".xlsx"}:
        with zipfile.ZipFile(path) as book:
            return {name: book.read(name) for name in book.namelist()}
    if path.suffix == ".parquet":
        return import_module("pyarrow.parquet").read_table(path)
    if path.name.endswith(".datapackage.json"):
        told = json.loads(path.read_text("utf-8"))
        return [{k: v for k, v in each.items() if k not in {"bytes", "hash"}} for each in told["resources"]]
    return path.read_bytes()


SETTINGS = [
    {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "4000000", "TZ": "America/Anchorage", "LC_ALL": "C.UTF-8"},
]


def test_the_same_input_gives_the_same_bytes_whatever_the_seed_time_zone_locale_and_folder(tmp_path: Path) -> None:
    made: list[dict[str, bytes]] = []
    for number, settings in enumerate(SETTINGS):
        folder = copied(tmp_path / str(number) / "elsewhere" / "2023-24")
        out = tmp_path / str(number) / "reports"
        subprocess.run(
            [sys.executable, "-m", "breakeven", "report", str(folder), "--format", ALL, "--out", str(out)],
            env=os.environ | settings | {"PYTHONPATH": str(ROOT / "src")},
            cwd=tmp_path / str(number),
            capture_output=True,
            check=True,
        )
        made.append({path.name: path.read_bytes() for path in out.iterdir()})
    assert made[0] == made[1]
    assert len(made[0]) == 10


def test_by_default_reports_go_to_reports_here(tmp_path: Path) -> None:
    shutil.copytree(EXAMPLE, tmp_path / "ledgers" / "2023-24")
    said = run("report", cwd=tmp_path)
    assert said.lines == ["reports/breakeven-2023-24.html"]
    assert (tmp_path / "reports" / "breakeven-2023-24.html").exists()


def test_a_period_and_a_scenario_are_in_the_files_name(tmp_path: Path) -> None:
    said = run("report", EXAMPLE, "--out", tmp_path, "--period", "P09", "--scenario", "worst")
    assert said.lines == [str(tmp_path / "breakeven-2023-24-P09-worst.html")]
    page = (tmp_path / "breakeven-2023-24-P09-worst.html").read_text("utf-8")
    assert "Finance report 2023/24 at P09, scenario worst" in page


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("--format", "html,parchment"), "--format takes html"),
        (("--format", ","), "--format takes html"),
        (("--out", EXAMPLE), "holds what is read; name another folder for reports"),
        (("--scenario", "none"), "the folder has no scenario 'none'"),
        (("--period", "P14"), "--period: "),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    args: tuple[object, ...], message: str, tmp_path: Path
) -> None:
    out = () if "--out" in args else ("--out", tmp_path / "out")
    said = run("report", EXAMPLE, *out, *args)
    assert said.code == 2
    assert message in said.err
    assert said.out == ""
    assert not (tmp_path / "out").exists()


def test_input_with_errors_makes_no_report(tmp_path: Path) -> None:
    folder = copied(tmp_path / "year")
    with edited(folder / "budget.xlsx") as book:
        book["Budget"]["E5"] = "n/a"
    said = run("report", folder, "--out", tmp_path / "out")
    assert said.code == 3
    assert not (tmp_path / "out").exists()


def test_a_place_that_cannot_be_written_to_is_said(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    said = run("report", EXAMPLE, "--out", tmp_path / "out")
    assert (said.code, said.out) == (2, "")
    assert said.err.endswith(f"--out: {tmp_path / 'out'} is a file, not a folder\n")
    said = run("report", EXAMPLE, "--out", tmp_path / "out" / "beneath")
    assert said.code == 3
    assert f"the report is not written to {tmp_path / 'out' / 'beneath'}: Not a directory" in said.err
