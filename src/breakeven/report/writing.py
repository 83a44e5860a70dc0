"""Files that are there whole or not at all, whatever happens while they are written."""

import os
import sys
import tempfile
from collections.abc import Generator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from breakeven.workbook.safe_write import sync_folder

if sys.platform != "win32":
    import fcntl

UNFINISHED = ".breakeven-part"
"""The ending of a file that is being written; one that nobody holds was left by a run that was stopped."""


def write_whole(path: Path, data: bytes, *, is_new: bool = False) -> None:
    """Write a file beside its place and put it there in one step, so that nobody finds half of it. Raises OSError.

    is_new: raise FileExistsError where there is one already, rather than put this one in its place.
    """
    with _beside(path, data) as making:
        if is_new:
            os.link(making, path)
        else:
            os.replace(making, path)  # noqa: PTH105  (replaces in one step, which is the point)
    sync_folder(path.parent)


def write_all(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Write several files, by name, into a folder: all are on the disk before the first is put in its place.

    What a run that was stopped has left there is cleared away. The folder is made where there is none. Raises OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _clear(folder)
    paths = [folder / name for name in files]
    with ExitStack() as held:
        making = [held.enter_context(_beside(path, data)) for path, data in zip(paths, files.values(), strict=True)]
        for new, path in zip(making, paths, strict=True):
            os.replace(new, path)  # noqa: PTH105  (replaces in one step, which is the point)
    sync_folder(folder)
    return paths


@contextmanager
def _beside(path: Path, data: bytes) -> Generator[Path]:
    """A file with these bytes on the disk, in the same folder as ``path``; what is left of it in the end is removed."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-", suffix=UNFINISHED)
    making, out = Path(name), os.fdopen(handle, "wb")
    try:
        _hold(handle)
        out.write(data)
        out.flush()
        os.fsync(handle)
        making.chmod(0o644)
        if sys.platform == "win32":
            out.close()  # there a file that is open cannot be moved
        yield making
    finally:
        out.close()
        making.unlink(missing_ok=True)


def _hold(handle: int) -> None:
    """Take a file for ourselves until it is closed. Raises OSError where somebody else has it."""
    if sys.platform != "win32":
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _clear(folder: Path) -> None:
    """Remove unfinished files that nobody is writing any more."""
    for left in folder.glob(f".*{UNFINISHED}"):
        with suppress(OSError), left.open("rb") as found:
            _hold(found.fileno())
            left.unlink()
