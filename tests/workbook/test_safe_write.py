"""Whatever fails, and wherever a write is killed, the workbook is the old one or the new one, whole."""

import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from breakeven.workbook import safe_write
from breakeven.workbook.append import enter
from breakeven.workbook.safe_write import COPIES
from workbook.register_books import Kept, by_xlsxwriter, inputs, ledger_folder, new_rows

NOW = datetime(2023, 11, 10, 14, 35, 2, tzinfo=UTC)


class StopError(Exception):
    """What goes wrong."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return by_xlsxwriter(ledger_folder(tmp_path / "year") / "budget.xlsx", Kept(total=True))


def write(path: Path) -> None:
    enter(path.parent, "virements", new_rows(2), inputs=inputs(path), now=NOW)


def left_behind(path: Path) -> list[str]:
    return sorted(each.name for each in path.parent.iterdir() if each.name not in {"breakeven.toml", path.name, COPIES})


STEPS = [
    (tempfile, "mkdtemp"),
    (os, "fsync"),
    (Path, "chmod"),
    (safe_write, "_keep_copy"),
    (Path, "mkdir"),
    (os, "replace"),
]


@pytest.mark.parametrize(("owner", "name"), STEPS)
@pytest.mark.parametrize("error", [StopError, OSError, KeyboardInterrupt])
def test_a_step_that_fails_leaves_the_old_workbook_and_nothing_else(
    path: Path, owner: Any, name: str, error: type[BaseException]
) -> None:
    old = path.read_bytes()
    with mock.patch.object(owner, name, side_effect=error), pytest.raises(error):
        write(path)
    assert path.read_bytes() == old
    assert left_behind(path) == []


@pytest.mark.parametrize("which", [1, 2, 3, 4])
def test_the_disk_failing_at_any_flush_leaves_a_whole_workbook(path: Path, which: int) -> None:
    old, calls, fsync = path.read_bytes(), 0, os.fsync

    def failing(handle: int) -> None:
        nonlocal calls
        calls += 1
        if calls == which:
            raise OSError(5, "Input/output error")
        fsync(handle)

    with mock.patch.object(os, "fsync", failing), pytest.raises(OSError, match="Input/output"):
        write(path)
    is_in_place = which == 4  # the last flush is of the folder, once the new file is in it
    assert (path.read_bytes() == old) is not is_in_place
    assert left_behind(path) == []
    for copy in (path.parent / COPIES).glob("*"):
        assert copy.read_bytes() == old


KILLED = """
import os, sys
from pathlib import Path
from datetime import datetime
sys.path[:0] = {tests!r}
from unittest import mock
from workbook.test_safe_write import write
import tempfile
owner = {{"os": os, "Path": Path, "tempfile": tempfile}}[{owner!r}]
real = getattr(owner, {name!r})
def killed(*args, **kwargs):
    {before}
    result = real(*args, **kwargs)
    os._exit(9)
setattr(owner, {name!r}, killed)
write(Path({path!r}))
"""


@pytest.mark.parametrize("owner_and_name", ["tempfile.mkdtemp", "os.fsync", "Path.chmod", "Path.mkdir", "os.replace"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_kill_at_any_step_leaves_the_old_workbook_or_the_new_one(path: Path, owner_and_name: str, when: str) -> None:
    old = path.read_bytes()
    owner, name = owner_and_name.split(".")
    before = "os._exit(9)" if when == "before" else "pass"
    tests = [str(Path(__file__).parent.parent)]
    script = KILLED.format(tests=tests, owner=owner, name=name, before=before, path=str(path))
    run = subprocess.run([sys.executable, "-c", script], check=False, capture_output=True, text=True)
    assert run.returncode == 9, run.stderr
    is_new = (owner_and_name, when) == ("os.replace", "after")
    assert (path.read_bytes() != old) is is_new
    again = path.read_bytes()
    write(path)  # what a killed write leaves behind is in nobody's way
    assert path.read_bytes() != again
