"""Running the real command, with its time, its memory, and what it opened and fetched."""

import importlib
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

WATCH = Path(__file__).parent / "watch"
LOADED = (
    "workbook.file_check",
    "report.data",
    "report.lines",
    "report.reconciliation",
    "report.terminal",
    "workbook.layout_file",
)
KILLED = -9
GRACE = 20.0
"""Seconds past its limit after which a run is killed."""


@dataclass(frozen=True)
class Run:
    """One run of the command."""

    code: int
    out: str
    err: str
    export: bytes | None
    """What the run wrote as its export; None if there is none."""
    seconds: float
    rss_mib: float
    opened: tuple[str, ...]
    reached: tuple[str, ...]
    """Connections made and programs started through a shell."""

    @property
    def said(self) -> str:
        """Everything that went to the terminal."""
        return self.out + self.err


Runner = Callable[[Sequence[str], Path, float], Run]
"""Runs the command with arguments, in an empty folder of its own, for so many seconds at most."""


def run(args: Sequence[str], folder: Path, seconds: float) -> Run:
    """Run ``python -m breakeven ARGS`` as a process of its own."""
    env = _environment(folder)
    with (folder / "stdout").open("wb") as out, (folder / "stderr").open("wb") as err:
        command = [sys.executable, "-m", "breakeven", *args]
        begun = time.monotonic()
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=err, cwd=folder, env=env)
        code, used, taken = _wait(child.pid, begun, seconds)
        child.returncode = code
    return _run(folder, code, used, taken)


def run_forked(args: Sequence[str], folder: Path, seconds: float) -> Run:
    """The same in a fork of this process, which has the command loaded: quick, but not threaded."""
    begun = time.monotonic()
    pid = os.fork()
    if not pid:
        os._exit(_in_fork(args, folder))
    return _run(folder, *_wait(pid, begun, seconds))


def _in_fork(args: Sequence[str], folder: Path) -> int:
    try:
        for name, to in (("stdin", 0), ("stdout", 1), ("stderr", 2)):
            source = os.open(os.devnull if not to else folder / name, os.O_RDWR | os.O_CREAT)
            os.dup2(source, to)
        os.chdir(folder)
        os.environ.update(_environment(folder))
        sys.path.insert(0, str(WATCH))
        __import__("sitecustomize") if "sitecustomize" not in sys.modules else _watch_again()
        from breakeven import cli  # noqa: PLC0415  (already loaded by the judge, where it forks)

        sys.argv = ["breakeven", *args]
        cli.main()
    except SystemExit as done:
        code: Any = done.code
        sys.stdout.flush()
        sys.stderr.flush()
        return code if isinstance(code, int) else int(bool(code))
    except BaseException:  # noqa: BLE001  (as the interpreter itself would end)
        import traceback  # noqa: PLC0415

        traceback.print_exc()
        sys.stderr.flush()
        return 1
    return 0


def _watch_again() -> None:
    del sys.modules["sitecustomize"]
    __import__("sitecustomize")


def preload() -> None:
    """Import what a run imports, so that forks need not."""
    for name in ("openpyxl", "rich.console", "rich.table", "breakeven.cli", *map("breakeven.{}".format, LOADED)):
        importlib.import_module(name)


def _environment(folder: Path) -> dict[str, str]:
    path = os.pathsep.join(filter(None, [str(WATCH), os.environ.get("PYTHONPATH", "")]))
    return {
        **{name: value for name, value in os.environ.items() if name not in {"FORCE_COLOR", "COLUMNS"}},
        "PYTHONPATH": path,
        "HOSTILE_WATCH_LOG": str(folder / "watched"),
        "NO_COLOR": "1",
        "COLUMNS": "500",  # so that no cell's text is cut
        "PYTHONIOENCODING": "utf-8",
    }


def _wait(pid: int, begun: float, seconds: float) -> tuple[int, Any, float]:
    """Wait for a process; kill it where it takes far too long. Its exit code, what it used, and its seconds."""
    killer = threading.Timer(seconds + GRACE, os.kill, (pid, 9))
    killer.start()
    try:
        _, status, used = os.wait4(pid, 0)
    finally:
        killer.cancel()
    return os.waitstatus_to_exitcode(status), used, time.monotonic() - begun


def _run(folder: Path, code: int, used: Any, seconds: float) -> Run:
    scale = 1024 if sys.platform == "darwin" else 1
    watched = folder / "watched"
    lines = (
        [line.split("\t", 1) for line in watched.read_text(errors="replace").splitlines()] if watched.exists() else []
    )
    export = folder / "lines.csv"
    return Run(
        code=code,
        out=(folder / "stdout").read_bytes().decode("utf-8", "surrogateescape"),
        err=(folder / "stderr").read_bytes().decode("utf-8", "surrogateescape"),
        export=export.read_bytes() if export.exists() else None,
        seconds=seconds,
        rss_mib=used.ru_maxrss / scale / 1024,
        opened=tuple(rest[0] for event, *rest in lines if event == "open" and rest),
        reached=tuple(" ".join([event, *rest]) for event, *rest in lines if event != "open"),
    )
