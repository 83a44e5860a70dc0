"""A workbook put in the place of another in one step, with a dated copy of the old one kept; or nothing is changed."""

import hashlib
import os
import shutil
import stat
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from breakeven.findings import Cell, Finding

COPIES = "copies"
"""The folder, within the ledger folder, that holds a workbook as it was before each write."""


class WriteRefusedError(Exception):
    """Nothing was written; ``findings`` say why."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__("; ".join(str(finding) for finding in findings))
        self.findings = findings


def refuse_if_kept(path: Path) -> None:
    """Raise WriteRefusedError where a workbook is read-only, or a lock file beside it says that somebody has it open.

    A file that nobody may write is left, though whoever runs this could put another in its place.
    """
    if not path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
        message = "the workbook is read-only; nothing was written. Let it be written to, and run this again"
        raise WriteRefusedError([Finding("workbook-read-only", message, Cell(path.name))])
    for lock in (f"~${path.name}", f".~lock.{path.name}#"):
        if (path.parent / lock).exists():
            message = (
                f"the workbook is open in another program ({lock} is beside it); close it there and run this again"
            )
            raise WriteRefusedError([Finding("workbook-open", message, Cell(path.name))])


def put_in_place(path: Path, data: bytes, sha256: str, now: datetime, prove: Callable[[Path], list[Finding]]) -> Path:
    """Write ``data`` to the workbook ``path`` whole or not at all; returns the copy of what stood there.

    sha256: of the bytes that the change was made from; where others stand there now, they are left. prove: reads the
    new file back, before it is put in place, and says what is wrong with it. Raises WriteRefusedError and OSError.
    """
    real = path.resolve()  # where the folder holds a link, the file that it leads to is written
    refuse_if_kept(path)
    making = Path(tempfile.mkdtemp(dir=real.parent, prefix=".breakeven-"))
    try:
        new = making / path.name
        _write(new, data)
        new.chmod(stat.S_IMODE(real.stat().st_mode))
        if wrong := prove(new):
            raise WriteRefusedError(wrong)
        refuse_if_kept(path)
        old = real.read_bytes()
        if hashlib.sha256(old).hexdigest() != sha256:
            message = "the workbook has changed since it was read; nothing was written, run this again"
            raise WriteRefusedError([Finding("file-changed", message, Cell(path.name))])
        copy = _keep_copy(path, old, now)
        os.replace(new, real)  # noqa: PTH105  (replaces in one step, which is the point)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    sync_folder(real.parent)
    return copy


def _keep_copy(path: Path, data: bytes, now: datetime) -> Path:
    """The old bytes under the workbook's name and the time; a copy that is there already is never written over."""
    folder = path.parent / COPIES
    folder.mkdir(exist_ok=True)
    for number in range(1, 1000):
        again = f" ({number})" if number > 1 else ""
        copy = folder / f"{path.stem} {now:%Y-%m-%d %H%M%S}{again}{path.suffix}"
        try:
            _write(copy, data)
        except FileExistsError:
            continue
        sync_folder(folder)
        return copy
    raise FileExistsError(folder)


def _write(path: Path, data: bytes) -> None:
    """Write a new file to the disk itself. Raises FileExistsError where there is one."""
    with path.open("xb") as out:
        try:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        except BaseException:
            path.unlink()  # half a file is worse than none
            raise


def sync_folder(folder: Path) -> None:
    """Have the folder's own list on the disk, where the system lets a folder be opened."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
