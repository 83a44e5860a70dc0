"""Reading in a child process: native readers and large files, with a limit on memory and time.

Run as ``python -m breakeven.workbook.child``: a pickled job on stdin, the answer in the file that is its stdout, and
on stderr how far it is, a number from 0 to 1 a line. Only this program writes to its own child, and the answer comes
from this program's own code: nothing of the workbook is unpickled. Whatever happens to the child is one finding.
"""

import contextlib
import gc
import hashlib
import importlib
import os
import pickle
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from threading import Thread
from typing import IO, Any

from breakeven.findings import Cell, Finding
from breakeven.workbook import readers
from breakeven.workbook.book import Task, perform, refused
from breakeven.workbook.handover import hand_over, take_over
from breakeven.workbook.preflight import Preflight
from breakeven.workbook.readers import Tell, silent
from breakeven.workbook.table_read import NumberedRow, TableRead

MEMORY_BYTES = 1536 * 1024 * 1024
"""Memory of the child: 1.5 GiB."""

SECONDS = 15
SECONDS_PER_MEBIBYTE = 4.0
"""Time allowed: so much, and so much more for each MiB of the file, of which openpyxl reads one in a second or two."""

COMMAND = (sys.executable, "-P", "-m", "breakeven.workbook.child")
"""-P: modules are not looked for in the current folder, which may have come with the workbook."""

_TOO_LARGE = 3
"""The exit code of a child that has run out of memory in Python."""


@dataclass(frozen=True, slots=True)
class Job:
    """What the child is to do: read each task, show the first rows of sheets, or else list the sheets."""

    path: str
    flight: Preflight
    tasks: tuple[Task, ...]
    seconds: float
    look: tuple[str, ...] = ()
    """Sheets of which the first rows are wanted as they are."""
    rows: int = 0
    """How many of each."""


class Idle:
    """A child that waits for its job: it has half a second of imports to do, which may be before the job is known."""

    def __init__(self) -> None:
        self.out = tempfile.TemporaryFile()  # noqa: SIM115  (closed by stop)
        self.process = subprocess.Popen(  # noqa: S603  (this program's own module)
            COMMAND, stdin=subprocess.PIPE, stdout=self.out, stderr=subprocess.PIPE
        )

    def stop(self) -> None:
        """End the child if it still runs, wait until it is gone, and let go of its file."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stderr, self.out):
            if stream:
                with contextlib.suppress(OSError):  # what was still to be written to it
                    stream.close()


class Child:
    """A child at work. ``answer`` waits for it; leaving the ``with`` block ends it, whatever has happened."""

    def __init__(
        self,
        path: Path,
        flight: Preflight,
        tasks: Sequence[Task],
        tell: Tell = silent,
        *,
        look: Sequence[str] = (),
        rows: int = 0,
        idle: Idle | None = None,
    ) -> None:
        self.tasks = tuple(tasks)
        self._at = Cell(flight.name)
        self._seconds = SECONDS + SECONDS_PER_MEBIBYTE * len(flight.data) / 2**20
        self._ends = time.monotonic() + self._seconds
        job = Job(str(path.absolute()), replace(flight, data=b""), self.tasks, self._seconds, tuple(look), rows)
        self._idle = idle or Idle()
        self._process = self._idle.process
        self._threads = (
            Thread(target=_ask, args=(self._process.stdin, pickle.dumps(job)), daemon=True),
            Thread(target=_listen, args=(self._process.stderr, tell), daemon=True),
        )
        for thread in self._threads:
            thread.start()

    def __enter__(self) -> "Child":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def is_running(self) -> bool:
        """Whether the child is still at work."""
        return self._process.poll() is None

    def stop(self) -> None:
        """End the child if it still runs, wait until it is gone, and let go of its file."""
        if self.is_running:
            self._process.kill()
        for thread in self._threads:
            thread.join()
        self._idle.stop()

    def answer(self) -> Any:
        """What the child has worked out; a finding where it died, took too long or needed too much."""
        try:
            ended = self._process.wait(max(self._ends - time.monotonic(), 0))
        except subprocess.TimeoutExpired:
            return Finding("file-too-slow", f"could not be read within {self._seconds:.0f} seconds", self._at)
        if ended == 0:
            with contextlib.suppress(ValueError, EOFError, pickle.UnpicklingError):
                return take_over(self._idle.out)
        needs_much = "it needs more than 1.5 GiB of memory"
        why = needs_much if ended == _TOO_LARGE else f"{needs_much}, or is damaged"
        return Finding("workbook-unreadable", f"the reader failed on it: {why}", self._at)

    def tables(self) -> list[TableRead]:
        """Each task's table; one finding in place of every table where there is no answer."""
        answer = self.answer()
        return [refused(task, answer) for task in self.tasks] if isinstance(answer, Finding) else answer


def _ask(stream: IO[bytes], job: bytes) -> None:
    with contextlib.suppress(OSError), stream:  # the child may have died before it was asked
        stream.write(job)


def _listen(stream: IO[bytes], tell: Tell) -> None:
    """Pass on how far the child is; what else it writes, as a library that panics does, is dropped."""
    with stream:
        for line in stream:
            with contextlib.suppress(ValueError):
                tell(min(float(line), 1.0))


def list_sheets(path: Path, flight: Preflight) -> list[str] | Finding:
    """The sheets of an xls, xlsb or ods; a finding where they cannot be listed."""
    with Child(path, flight, ()) as child:
        answer = child.answer()
        return answer if isinstance(answer, Finding) else list(answer)


def look(path: Path, flight: Preflight, sheets: Sequence[str], rows: int) -> dict[str, list[NumberedRow]] | Finding:
    """The first rows of some sheets as calamine gives them; a finding where it cannot."""
    with Child(path, flight, (), look=sheets, rows=rows) as child:
        return child.answer()


def read_in_child(path: Path, flight: Preflight, tasks: Sequence[Task], tell: Tell = silent) -> list[TableRead]:
    """Each task's table; one finding in place of every table where the child dies or takes too long."""
    with Child(path, flight, tasks, tell) as child:
        return child.tables()


# ------------------------------------------------------------------ in the child
def _limit(seconds: float) -> None:
    """Data, which is memory that is used or could be, and time of the processor. Windows has no such limits."""
    try:
        import resource  # noqa: PLC0415  (not on every system)
    except ImportError:
        return
    for kind, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_DATA, MEMORY_BYTES),
        (resource.RLIMIT_CPU, int(seconds) + 1),  # should the parent be gone
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):  # a lower limit may be in force
            resource.setrlimit(kind, (most, most))


def _answer(job: Job) -> Any:
    data = Path(job.path).read_bytes()
    if hashlib.sha256(data).hexdigest() != job.flight.sha256:
        return Finding("file-changed", "changed while it was being read; read it again", Cell(job.flight.name))
    flight = replace(job.flight, data=data)
    if not job.tasks:
        try:
            if job.look:
                return _look(flight, job)
            return readers.calamine_sheets(flight)
        except readers.ReaderFailedError as error:
            return Finding("workbook-unreadable", f"the reader gave up: {error}", Cell(flight.name))
    opened: readers.Opened = {}
    return [perform(flight, task, _teller(place, len(job.tasks)), opened) for place, task in enumerate(job.tasks)]


def _look(flight: Preflight, job: Job) -> dict[str, list[NumberedRow]]:
    opened: readers.Opened = {}
    rows = {name: readers.calamine_rows(flight, name, silent, opened) for name in job.look}
    return {name: list(islice(each, job.rows)) for name, each in rows.items()}


def _teller(place: int, count: int) -> Tell:
    """Tells the parent how far the tasks are, a hundred times in all."""
    told = place / count

    def tell(done: float) -> None:
        nonlocal told
        now = (place + done) / count
        if now - told >= 0.01:
            told = now
            sys.stderr.write(f"{now:.2f}\n")
            sys.stderr.flush()

    return tell


def main() -> None:
    """Do one job."""
    gc.disable()  # a million rows are no cycles
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as out:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # a library that prints must not print into the answer
        with contextlib.suppress(ImportError):
            importlib.import_module("python_calamine")  # while the job is waited for
        job: Job = pickle.load(sys.stdin.buffer)  # noqa: S301  (written by our own parent)
        _limit(job.seconds)
        try:
            hand_over(_answer(job), out)
        except MemoryError:
            os._exit(_TOO_LARGE)


if __name__ == "__main__":
    main()
