"""Reading in a child process: native readers and large files, with a limit on memory and time.

Run as ``python -m breakeven.workbook.child``; a pickled job on stdin, the pickled answer on stdout. Only this
program writes to its own child, and the answer comes from this program's own code: nothing of the file is unpickled.
"""

import hashlib
import pickle
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from breakeven.findings import Cell, Finding
from breakeven.workbook import readers
from breakeven.workbook.book import Task, perform, refused
from breakeven.workbook.preflight import Preflight
from breakeven.workbook.table import TableRead

MEMORY_BYTES = 1536 * 1024 * 1024
"""Address space of the child: 1.5 GiB."""

SECONDS = 15
SECONDS_PER_MEBIBYTE = 2.0
"""Time allowed: so much, and so much more for each MiB of the file."""


@dataclass(frozen=True, slots=True)
class Job:
    """What the child is to do: list the sheets where there are no tasks, else read each."""

    path: str
    flight: Preflight
    tasks: tuple[Task, ...]


def list_sheets(path: Path, flight: Preflight) -> list[str] | Finding:
    """The sheets of an xls, xlsb or ods; a finding where they cannot be listed."""
    answer = _ask(Job(str(path), replace(flight, data=b""), ()), len(flight.data))
    return answer if isinstance(answer, Finding) else list(answer)


def read_in_child(path: Path, flight: Preflight, tasks: Sequence[Task]) -> list[TableRead]:
    """Each task's table; one finding in place of every table where the child dies or takes too long."""
    answer = _ask(Job(str(path), replace(flight, data=b""), tuple(tasks)), len(flight.data))
    return [refused(task, answer) for task in tasks] if isinstance(answer, Finding) else answer


def _ask(job: Job, size: int) -> Any:
    allowed = SECONDS + SECONDS_PER_MEBIBYTE * size / 1024 / 1024
    at = Cell(job.flight.name)
    child = subprocess.Popen(
        [sys.executable, "-m", "breakeven.workbook.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        out, _ = child.communicate(pickle.dumps(job), timeout=allowed)
    except subprocess.TimeoutExpired:
        child.kill()
        child.communicate()
        return Finding("file-too-slow", f"could not be read within {allowed:.0f} seconds", at)
    if child.returncode != 0:
        message = "the reader failed on it: it needs more than 1.5 GiB of memory, or is damaged"
        return Finding("workbook-unreadable", message, at)
    return pickle.loads(out)  # noqa: S301  (written by our own child a moment ago)


def _limit_memory() -> None:
    try:
        import resource  # noqa: PLC0415  (not on every system)
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(job: Job) -> Any:
    data = Path(job.path).read_bytes()
    if hashlib.sha256(data).hexdigest() != job.flight.sha256:
        return Finding("file-changed", "changed while it was being read; read it again", Cell(job.flight.name))
    flight = replace(job.flight, data=data)
    if not job.tasks:
        try:
            return readers.calamine_sheets(flight)
        except readers.ReaderFailedError as error:
            return Finding("workbook-unreadable", f"the reader gave up: {error}", Cell(flight.name))
    return [perform(flight, task) for task in job.tasks]


def main() -> None:
    """Do one job."""
    _limit_memory()
    job: Job = pickle.load(sys.stdin.buffer)  # noqa: S301  (written by our own parent)
    pickle.dump(_answer(job), sys.stdout.buffer, protocol=pickle.HIGHEST_PROTOCOL)


if __name__ == "__main__":
    main()
