"""Reports are there whole or not at all, wherever a run is stopped, and never in the place of what they are made of."""

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from breakeven.report import formats
from breakeven.report.formats import NoPlaceError, write_reports
from breakeven.report.writing import UNFINISHED, write_all, write_whole
from commands import EXAMPLE, ROOT
from report.packs import example_pack

OLD = {"page.html": b"old" * 300_000, "book.xlsx": b"old book" * 100_000}
NEW = {"page.html": b"new!" * 400_000, "book.xlsx": b"new book!" * 150_000}


class StopError(Exception):
    """What goes wrong."""


def there(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_several_files_are_written_into_a_folder_that_is_made_for_them(tmp_path: Path) -> None:
    assert write_all(tmp_path / "a" / "b", NEW) == [tmp_path / "a" / "b" / name for name in NEW]
    assert there(tmp_path / "a" / "b") == NEW


@pytest.mark.parametrize("step", ["mkstemp", "fsync", "replace"])
@pytest.mark.parametrize("error", [StopError, OSError, KeyboardInterrupt])
def test_a_step_that_fails_leaves_the_old_files_and_nothing_else(
    tmp_path: Path, step: str, error: type[BaseException]
) -> None:
    write_all(tmp_path, OLD)
    owner: Any = tempfile if step == "mkstemp" else os
    with mock.patch.object(owner, step, side_effect=error), pytest.raises(error):
        write_all(tmp_path, NEW)
    assert there(tmp_path) == OLD


def test_a_second_file_that_cannot_be_made_leaves_the_first_as_it_was(tmp_path: Path) -> None:
    write_all(tmp_path, OLD)
    fail_second = mock.Mock(side_effect=[mock.DEFAULT, OSError("disk full")], wraps=tempfile.mkstemp)
    with mock.patch.object(tempfile, "mkstemp", fail_second), pytest.raises(OSError, match="disk full"):
        write_all(tmp_path, NEW)
    assert there(tmp_path) == OLD


def test_a_new_file_never_takes_the_place_of_one_that_is_there(tmp_path: Path) -> None:
    write_whole(tmp_path / "seal", b"first", is_new=True)
    with pytest.raises(FileExistsError):
        write_whole(tmp_path / "seal", b"second", is_new=True)
    assert there(tmp_path) == {"seal": b"first"}


def test_what_a_stopped_run_left_is_cleared_by_the_next_and_what_is_being_written_is_not(tmp_path: Path) -> None:
    left = tmp_path / f".page.html-abc{UNFINISHED}"
    left.write_bytes(b"half")
    begun = subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(tmp_path)], stdout=subprocess.PIPE, text=True, env=_env()
    )
    assert begun.stdout is not None
    held = begun.stdout.readline().strip()
    write_all(tmp_path, {"page.html": b"whole"})
    assert not left.exists()
    assert Path(held).exists()
    begun.kill()
    begun.wait()
    begun.stdout.close()
    write_all(tmp_path, {"page.html": b"whole again"})
    assert there(tmp_path) == {"page.html": b"whole again"}


HOLDS = """
import sys, time, os
from pathlib import Path
from breakeven.report import writing
def wait(new, old):
    print(new, flush=True)
    time.sleep(60)
os.replace = wait
writing.write_whole(Path(sys.argv[1]) / "slow.html", b"slow")
"""

WRITES = """
import sys
from pathlib import Path
from breakeven.report.writing import write_all
print("begun", flush=True)
while True:
    write_all(Path(sys.argv[1]), {"page.html": b"new!" * 400_000, "book.xlsx": b"new book!" * 150_000})
    write_all(Path(sys.argv[1]), {"page.html": b"old" * 300_000, "book.xlsx": b"old book" * 100_000})
"""


def _env() -> Mapping[str, str]:
    return os.environ | {"PYTHONPATH": str(ROOT / "src")}


@pytest.mark.skipif(sys.platform == "win32", reason="no process is killed between two steps there")
def test_wherever_a_run_is_killed_each_file_is_the_old_or_the_new_one(tmp_path: Path) -> None:
    chance = random.Random(1)  # noqa: S311  (moments, not secrets)
    whole = {name: {OLD[name], NEW[name]} for name in OLD}
    for _ in range(200):
        write_all(tmp_path, OLD)
        run = subprocess.Popen([sys.executable, "-c", WRITES, str(tmp_path)], stdout=subprocess.PIPE, env=_env())
        assert run.stdout is not None
        run.stdout.readline()
        time.sleep(chance.uniform(0, 0.05))
        run.send_signal(signal.SIGKILL)
        run.wait()
        run.stdout.close()
        found = there(tmp_path)
        assert all(found[name] in whole[name] for name in OLD)
        assert {name for name in found if not name.endswith(UNFINISHED)} == set(OLD)
    write_all(tmp_path, NEW)
    assert there(tmp_path) == NEW


# Among the inputs --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("inside", ["", "closes", "closes/again", "plans", "copies/x"])
def test_reports_are_never_written_among_what_is_read(tmp_path: Path, inside: str) -> None:
    ledger = tmp_path / "year"
    ledger.mkdir()
    with pytest.raises(NoPlaceError, match="holds what is read"):
        write_reports(example_pack(), ["html"], ledger / inside, ledger)
    assert list(ledger.iterdir()) == []


def test_a_link_to_the_ledger_folder_is_the_ledger_folder(tmp_path: Path) -> None:
    ledger = tmp_path / "year"
    ledger.mkdir()
    (tmp_path / "reports").symlink_to(ledger)
    with pytest.raises(NoPlaceError, match="holds what is read"):
        write_reports(example_pack(), ["html"], tmp_path / "reports", ledger)


def test_a_folder_of_its_own_in_the_ledger_folder_is_as_good_as_any(tmp_path: Path) -> None:
    (path,) = write_reports(example_pack(), ["html"], tmp_path / "year" / "reports", tmp_path / "year")
    assert path.stat().st_size > 100_000


def test_a_file_that_was_read_is_never_written_over_whatever_it_is_called(tmp_path: Path) -> None:
    ledger, out = tmp_path / "year", tmp_path / "out"
    ledger.mkdir()
    out.mkdir()
    (ledger / "budget.xlsx").write_bytes(b"budget")
    os.link(ledger / "budget.xlsx", out / "breakeven-2023-24.html")
    with pytest.raises(NoPlaceError, match="is read from"):
        write_reports(example_pack(), ["html"], out, ledger)
    assert (ledger / "budget.xlsx").read_bytes() == b"budget"


def test_every_format_is_made_before_the_first_is_written(tmp_path: Path) -> None:
    broken = formats.FORMATS | {"broken": "report.test_writing:refuses"}
    with mock.patch.object(formats, "FORMATS", broken), pytest.raises(RuntimeError, match="cannot be made"):
        write_reports(example_pack(), ["html", "broken"], tmp_path / "out", EXAMPLE)
    assert not (tmp_path / "out").exists()


def refuses(_: object) -> dict[str, bytes]:
    """A format that cannot be made."""
    raise RuntimeError("cannot be made")


def test_a_format_asked_for_twice_is_made_once(tmp_path: Path) -> None:
    begun: list[str] = []
    paths = write_reports(example_pack(), ["html", "html"], tmp_path, EXAMPLE, begun.append)
    assert (begun, [path.name for path in paths]) == (["html"], ["breakeven-2023-24.html"])
