"""watch writes the report again when a workbook is saved, and only then, and stops cleanly."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from breakeven.cli.watch import is_read
from commands import EXAMPLE, run

PATIENCE = 60
"""Seconds after which a report that is awaited is not coming."""


INPUTS = ["budget.xlsx", "BUDGET.XLSX", "breakeven.toml", "closes/P09.json"]
NO_INPUTS = [
    "~$budget.xlsx",
    ".budget.xlsx.part",
    "budget.xlsx~",
    "notes.txt",
    "copies/budget 2024-05-01.xlsx",
    "reports/breakeven-2023-24.xlsx",
    "../other/budget.xlsx",
]


def test_only_what_the_folder_is_read_from_counts_as_saved(tmp_path: Path) -> None:
    counted = [path for path in INPUTS + NO_INPUTS if is_read(tmp_path / path, tmp_path, tmp_path / "reports")]
    assert counted == INPUTS


def test_a_report_folder_around_the_ledger_hides_no_workbook(tmp_path: Path) -> None:
    assert is_read(tmp_path / "year" / "budget.xlsx", tmp_path / "year", tmp_path)


@pytest.fixture
def ctrl_c() -> Iterator[None]:
    """A process begun here heeds Ctrl-C, though whoever began the tests in the background has it ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_a_save_is_reported_an_error_is_said_and_ctrl_c_ends_it(tmp_path: Path, ctrl_c: None) -> None:
    ledger = Path(shutil.copytree(EXAMPLE, tmp_path / "year"))
    settings, page = ledger / "breakeven.toml", tmp_path / "out" / "breakeven-2023-24.json"
    log = (tmp_path / "log").open("w+", encoding="utf-8")
    watching = subprocess.Popen(
        [sys.executable, "-m", "breakeven", "watch", ledger, "--format", "json", "--out", tmp_path / "out"],
        stdout=subprocess.DEVNULL, stderr=log, env=os.environ | {"COLUMNS": "200"},
    )  # fmt: skip

    def said() -> str:
        return (tmp_path / "log").read_text("utf-8")

    def name() -> str:
        return re.findall(r'"body": "([^"]*)"', page.read_text("utf-8"))[0] if page.exists() else ""

    try:
        await_that(lambda: "watching" in said(), said)
        assert name() == "Sandwell Children's Trust"
        (ledger / "~$budget.xlsx").write_bytes(b"lock")
        text = settings.read_text("utf-8")
        settings.write_text(text.replace("Sandwell Children's Trust", "Another trust"), "utf-8")
        await_that(lambda: name() == "Another trust", said)
        assert "saved: breakeven.toml" in said()
        settings.write_text("name = ", "utf-8")
        await_that(lambda: "the report stays as it was" in said(), said)
        assert name() == "Another trust"
        settings.write_text(text, "utf-8")
        await_that(lambda: name() == "Sandwell Children's Trust", said)
        whole = page.read_bytes()
        (ledger / "plan.xlsx").unlink()
        await_that(lambda: "deleted: plan.xlsx; the report stays as it was until the next save" in said(), said)
        assert page.read_bytes() == whole
        watching.send_signal(signal.SIGINT)
        assert watching.wait(PATIENCE) == 0
        assert said().endswith("\nstopped\n")
        assert "Traceback" not in said()
        assert "~$" not in said()
    finally:
        watching.kill()
        watching.wait()
        log.close()


def await_that(holds: Callable[[], bool], said: Callable[[], str]) -> None:
    until = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < until, said()
        time.sleep(0.1)


def test_what_cannot_be_written_is_refused_before_anything_is_watched(tmp_path: Path) -> None:
    said = run("watch", EXAMPLE, "--format", "odt", "--out", tmp_path)
    assert (said.code, "--format takes html" in said.err) == (2, True)
