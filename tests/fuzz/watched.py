"""A process that judges files and is watched: a hang, a death or too much memory is a fault like any other."""

import contextlib
import os
import resource
import sys
import traceback
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from .judge import Judgement, judge

SECONDS = 20.0
MEMORY_MIB = 1536
_HARD_MIB = 2 * MEMORY_MIB
"""Where the process is stopped short, so that a fault does not take the machine with it."""

Judge = Callable[[Path], Judgement]


class Watched:
    """Judges one file after another in a process that is started again when it is lost."""

    def __init__(self, by: Judge = judge, *, seconds: float = SECONDS, memory_mib: int = MEMORY_MIB) -> None:
        self._by = by
        self._seconds = seconds
        self._memory_mib = memory_mib
        self._context = get_context("spawn")
        self._start()

    def _start(self) -> None:
        self._pipe, theirs = self._context.Pipe()
        self._process = self._context.Process(target=_work, args=(theirs, self._by), daemon=True)
        self._process.start()
        theirs.close()
        self._pipe.recv()  # it has imported all that it needs

    def judge(self, path: Path) -> Judgement:
        """The judgement of one file."""
        try:
            self._pipe.send(path)
            if self._pipe.poll(self._seconds):
                found, peak = self._pipe.recv()
                if peak <= self._memory_mib:
                    return found
                return self._lost(f"took {peak} MiB of memory")
            return self._lost(f"took longer than {self._seconds:g} seconds")
        except (EOFError, OSError):
            self._process.join(5)
            return self._lost(f"the process died, exit code {self._process.exitcode}")

    def _lost(self, why: str) -> Judgement:
        self.stop()
        self._start()
        return Judgement((why,), refused=False, money=(), shape=frozenset())

    def stop(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.join()
        self._pipe.close()


def _work(pipe: Connection, by: Judge) -> None:
    most = _HARD_MIB * 2**20
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        os.dup2(nowhere.fileno(), sys.stderr.fileno())  # what a library says as it panics
    pipe.send("ready")
    with contextlib.suppress(EOFError):
        while True:
            path = pipe.recv()
            try:
                found = by(path)
            except BaseException as error:  # noqa: BLE001  (whatever it is, it is the fault that is looked for)
                frame = traceback.extract_tb(error.__traceback__)[-1]
                said = f"{type(error).__name__}: {error} ({Path(frame.filename).name}, {frame.name})"
                found = Judgement((said,), refused=False, money=(), shape=frozenset())
            pipe.send((found, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024))
