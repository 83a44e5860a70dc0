"""The commands, run in this process as a person would type them, and folders to run them on."""

import contextlib
import io
import json
import os
import shutil
import sys
from collections.abc import Generator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from unittest import mock

import openpyxl

from breakeven import cli
from breakeven.ledger.year import ContractYear
from breakeven.pipeline import year_end
from breakeven.workbook.folder import Progress

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "ledgers" / "2023-24"

_load = year_end.load


@dataclass(frozen=True)
class Said:
    """What a command said, and how it went."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """The answer without the spaces that fill its lines."""
        return [line.rstrip() for line in self.out.splitlines()]

    @property
    def data(self) -> Any:
        """The answer as JSON."""
        return json.loads(self.out)


def run(*args: object, width: int = 80, cwd: Path = ROOT, encoding: str = "utf-8", **env: str) -> Said:
    """Run ``breakeven ARGS``. A folder that has not changed is not read again."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding, newline="") for _ in range(2))
    without = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "FORCE_COLOR"}}
    with (
        mock.patch.object(sys, "argv", ["breakeven", *map(str, args)]),
        mock.patch.object(year_end, "load", _remembering),
        mock.patch.dict(os.environ, without | {"COLUMNS": str(width), "TERM": "xterm"} | env, clear=True),
        contextlib.chdir(cwd),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            cli.main()
            code = 0
        except SystemExit as exit:  # noqa: A001  (what it is)
            code = int(exit.code or 0)
    return Said(code, _text(out), _text(err))


def _text(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()


def _remembering(folder: str | Path, progress: Progress | None = None) -> ContractYear:
    path = Path(folder).resolve()
    if not path.is_dir():
        return _load(folder, progress)
    return _read(path, frozenset((file.name, file.stat().st_mtime_ns, file.stat().st_size) for file in path.iterdir()))


@lru_cache(maxsize=3)
def _read(folder: Path, state: frozenset[tuple[str, int, int]]) -> ContractYear:
    return _load(folder)


def copied(to: Path) -> Path:
    """The example in a folder of its own, to be spoilt."""
    shutil.copytree(EXAMPLE, to)
    return to


@contextlib.contextmanager
def edited(workbook: Path) -> Generator[Any]:
    """A workbook, to be changed and saved."""
    book: Any = openpyxl.load_workbook(workbook)
    yield book
    book.save(workbook)


def column(sheet: Any, heading: str) -> int:
    """The number of the column under a heading."""
    return [cell.value for cell in sheet[1]].index(heading) + 1
