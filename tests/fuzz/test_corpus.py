"""Every file that fuzzing starts from, or found to be read wrongly once, is read without a fault; so is a short run.

What watches the reading is tried on readings that hang, die, raise and take too much.
"""

import os
import time
from pathlib import Path

import pytest

from .__main__ import fuzz
from .judge import Judgement, judge
from .seeds import CORPUS, SEEDS
from .watched import Watched

FILES = sorted(CORPUS.iterdir())
RIGHT = Judgement((), refused=False, money=(), shape=frozenset())
MOST_FILES, MOST_BYTES = 40, 8 * 1024


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_file_of_the_corpus_is_read_without_a_fault(file: Path, tmp_path: Path) -> None:
    copy = tmp_path / file.name
    copy.write_bytes(file.read_bytes())
    started = time.monotonic()
    assert judge(copy).faults == ()
    assert time.monotonic() - started < 10


@pytest.mark.parametrize("name", SEEDS)
def test_a_file_that_fuzzing_starts_from_is_sound(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(SEEDS[name]())
    judgement = judge(path)
    assert not judgement.refused
    assert judgement.money


def test_the_corpus_is_small_enough_to_be_kept() -> None:
    assert len(FILES) <= MOST_FILES
    assert [file.name for file in FILES if file.stat().st_size > MOST_BYTES] == []


def test_a_short_run_finds_nothing_read_wrongly(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    watched = Watched()
    try:
        code = fuzz(watched, seed=1, seconds=60, keep=tmp_path, most=25)
    finally:
        watched.stop()
    said = capsys.readouterr().out
    assert code == 0, said
    assert "seed 1: 25 files" in said


def goes_wrong(path: Path) -> Judgement:
    """A reading that does what the file's name says."""
    match path.name:
        case "hangs":
            time.sleep(60)
        case "dies":
            os._exit(7)
        case "raises":
            raise ValueError("no such thing")
        case "swells":
            bytearray(300 * 2**20)
        case _:
            pass
    return RIGHT


def test_a_reading_that_goes_wrong_is_a_fault_and_the_next_is_judged() -> None:
    watched = Watched(goes_wrong, seconds=1.5, memory_mib=300)
    said = {
        "hangs": "took longer than 1.5 seconds",
        "dies": "the process died, exit code 7",
        "raises": "ValueError: no such thing",
        "swells": "MiB of memory",
    }
    try:
        for name, fault in said.items():
            assert fault in watched.judge(Path(name)).faults[0]
            assert watched.judge(Path("good")) == RIGHT
    finally:
        watched.stop()


def test_a_file_read_wrongly_is_kept_and_said_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    watched = Watched(raises_of_most)
    try:
        code = fuzz(watched, seed=1, seconds=60, keep=tmp_path, most=10)
    finally:
        watched.stop()
    (line, summary) = capsys.readouterr().out.splitlines()
    assert code == 1
    assert "ValueError: a fault" in line
    assert str(next(tmp_path.iterdir())) in line
    assert summary.endswith("1 read wrongly")


def raises_of_most(path: Path) -> Judgement:
    if path.read_bytes() not in {file.read_bytes() for file in FILES}:
        raise ValueError("a fault")
    return RIGHT
