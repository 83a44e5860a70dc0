"""What a file is, by its bytes alone: read once, hashed, and named in a finance officer's words.

Nothing here trusts a file's name. The name is only compared, at the end, with what the bytes say.
"""

import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from struct import unpack_from
from typing import Literal

from breakeven.findings import Cell, Finding

MAX_FILE_BYTES = 100 * 1024 * 1024
"""The largest workbook the published sources hold is under 5 MB; Excel itself is slow beyond this."""

Format = Literal["xlsx", "xlsm", "xlsb", "ods", "xls", "csv"]
WORKBOOK_ENDINGS = {".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".xls", ".xlt", ".ods", ".ots"}
TEXT_ENDINGS = {".csv", ".tsv", ".tab", ".txt"}

_ZIP = b"PK"
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
# Files people hand over by mistake, told by how they begin.
_OTHERS = (
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "a rich text (Word) file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x1f\x8b", "a gzip archive"),
)
# The first records of an Excel 2, 3 or 4 file, from before a file could hold several sheets.
_EXCEL_4 = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")


class RefusedError(Exception):
    """Why a file or a part of it is refused: a finding's code and its words. Stays inside the preflight."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True)
class FileBytes:
    """One regular file, read from disk once; every later reader takes ``data``, never the path."""

    name: str
    data: bytes = field(repr=False)

    @cached_property
    def sha256(self) -> str:
        """The hash by which the same bytes under another name are noticed."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def ending(self) -> str:
        """The end of the name, in small letters: ``.xlsx``."""
        return Path(self.name).suffix.lower()


def read_file(path: Path) -> FileBytes | Finding:
    """Read ``path`` whole, if it is a regular file of at most ``MAX_FILE_BYTES``."""
    name = path.name or str(path)
    try:
        return FileBytes(name, _read_regular(path))
    except RefusedError as problem:
        return Finding(problem.code, problem.message, Cell(name))
    except FileNotFoundError:
        return Finding("file-missing", "there is no such file", Cell(name))
    except (OSError, ValueError) as problem:  # ValueError: a path with a NUL in it
        reason = getattr(problem, "strerror", None) or str(problem)
        return Finding("file-unreadable", f"the file cannot be read: {reason}", Cell(name))


def _read_regular(path: Path) -> bytes:
    """The bytes of ``path``. It is looked at before it is opened: opening a pipe would wait for ever."""
    mode = path.stat().st_mode
    if not stat.S_ISREG(mode):
        raise RefusedError("file-not-regular", f"this is {_kind_of_node(mode)}, not a workbook")
    if path.name.startswith("~$"):
        message = f"this is the lock file Excel keeps while {path.name[2:]} is open; hand over that workbook"
        raise RefusedError("file-lock", message)
    # The file may have been swapped since it was looked at: do not wait for it, and look again.
    with open(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)), "rb") as opened:  # noqa: PTH123
        if not stat.S_ISREG(os.fstat(opened.fileno()).st_mode):
            raise RefusedError("file-not-regular", "this is not a regular file")
        data = opened.read(MAX_FILE_BYTES + 1)
    if not data:
        raise RefusedError("file-empty", "the file is empty: it has no bytes at all")
    if len(data) > MAX_FILE_BYTES:
        raise RefusedError("file-too-large", f"the file is larger than {MAX_FILE_BYTES // 2**20} MiB")
    return data


def _kind_of_node(mode: int) -> str:
    kinds = (
        (stat.S_ISDIR, "a folder"),
        (stat.S_ISFIFO, "a pipe"),
        (stat.S_ISSOCK, "a socket"),
        (stat.S_ISCHR, "a device"),
        (stat.S_ISBLK, "a device"),
    )
    return next((words for test, words in kinds if test(mode)), "something else")


def sniff(file: FileBytes) -> Literal["zip", "xls", "csv"] | Finding:
    """What the first bytes say: a zip (to be looked into), an old .xls, text for the csv reader, or a refusal."""
    data, at = file.data, Cell(file.name)
    if data.startswith(_ZIP):
        return "zip"
    if data.startswith(_OLE):
        return _sniff_ole(data, at)
    if data.startswith(_EXCEL_4):
        return Finding("file-not-a-workbook", "a workbook from before Excel 5; save it again as .xlsx", at)
    for start, words in _OTHERS:
        if data.startswith(start):
            return Finding("file-not-a-workbook", f"this is {words}, not a workbook", at)
    return _sniff_text(file, at)


def _sniff_text(file: FileBytes, at: Cell) -> Literal["csv"] | Finding:
    data = file.data
    start = data[:4096].replace(b"\0", b"").lower()
    for mark in _BOMS:
        start = start.removeprefix(mark)
    start = start.lstrip()
    if start.startswith((b"<html", b"<!doctype html", b"<table", b"<head", b"<meta", b"<div")) or (
        start.startswith(b"<") and b"<table" in start
    ):
        message = f"this is a web page (HTML table) named {file.ending or 'as a workbook'}; save it as .xlsx in Excel"
        return Finding("file-not-a-workbook", message, at)
    if start.startswith(b"mime-version:"):
        return Finding("file-not-a-workbook", "this is a web archive (MHTML); save it as .xlsx in Excel", at)
    if start.startswith(b"<"):
        words = "an XML Spreadsheet 2003" if b"office:spreadsheet" in start else "an XML file"
        return Finding("file-not-a-workbook", f"this is {words}, not a workbook; save it as .xlsx in Excel", at)
    if b"\0" in data and not data.startswith(_BOMS[1:]):
        what = "nothing but zero bytes" if not data.strip(b"\0") else "neither a workbook nor text"
        return Finding("file-not-a-workbook", f"the file is {what}: damaged, or not downloaded whole", at)
    if file.ending in TEXT_ENDINGS:
        return "csv"
    what = "a workbook" if file.ending in WORKBOOK_ENDINGS else f"{file.ending or 'nothing'}"
    message = f"this is a text file (perhaps a CSV) named as {what}; if it is a CSV, rename it to end in .csv"
    return Finding("file-not-a-workbook", message, at)


# ------------------------------------------------------------------ OLE, the container of .xls (MS-CFB, MS-XLS)
_END_OF_CHAIN = 0xFFFFFFFA  # this and above are marks, not sector numbers
_STREAM, _ROOT = 2, 5
_BOF, _FILEPASS = 0x0809, 0x002F


def _sniff_ole(data: bytes, at: Cell) -> Literal["xls"] | Finding:
    """An OLE file is an old .xls if it has a Workbook stream; a new workbook with a password is in OLE too."""
    try:
        streams = dict(_ole_streams(data))
    except (IndexError, ValueError):
        return Finding("file-damaged", "the file is cut short or damaged: its directory cannot be read", at)
    names = {name.casefold() for name in streams}
    if names & {"encryptedpackage", "encryptioninfo"}:
        return _password(at)
    start = next((streams[n] for n in streams if n.casefold() in {"workbook", "book"}), None)
    if start is None:
        words = next(
            (
                said
                for name, said in (
                    ("worddocument", "a Word document"),
                    ("powerpoint document", "a slide show"),
                    ("__properties_version1.0", "an email"),
                )
                if name in names
            ),
            "an old Office file without a workbook",
        )
        return Finding("file-not-a-workbook", f"this is {words}, not a workbook", at)
    if _has_filepass(data[start : start + 512]):
        return _password(at)
    return "xls"


def _password(at: Cell) -> Finding:
    message = "the workbook is encrypted with a password; open it in Excel, remove the password and save it"
    return Finding("file-encrypted", message, at)


def _ole_streams(data: bytes) -> Iterator[tuple[str, int]]:
    """Each stream's name and where it starts in ``data``. Raises ValueError, IndexError if damaged."""
    if len(data) < 512:
        raise ValueError("no room for a header")
    shift = unpack_from("<H", data, 30)[0]
    if shift not in {9, 12}:
        raise ValueError("unknown sector size")
    size = 1 << shift
    (sector,) = unpack_from("<I", data, 48)
    fat = _ole_fat(data, size)
    seen: set[int] = set()
    while sector < _END_OF_CHAIN:
        start = (sector + 1) * size
        if sector in seen or start + size > len(data):
            raise ValueError("the directory runs in a circle or out of the file")
        seen.add(sector)
        for entry in range(start, start + size, 128):
            length, kind = unpack_from("<HB", data, entry + 64)
            if kind == _STREAM and 2 <= length <= 64:
                name = data[entry : entry + length - 2].decode("utf-16-le", "replace")
                (first,) = unpack_from("<I", data, entry + 116)
                yield name, (first + 1) * size
        sector = fat[sector]


def _ole_fat(data: bytes, size: int) -> list[int]:
    """The sector chain table, as far as the 109 sectors named in the header list it: 7 MB, far past any directory."""
    fat: list[int] = []
    for sector in unpack_from("<109I", data, 76):
        start = (sector + 1) * size
        if sector >= _END_OF_CHAIN or start + size > len(data):
            break
        fat += unpack_from(f"<{size // 4}I", data, start)
    return fat


def _has_filepass(stream: bytes) -> bool:
    """Whether a Workbook stream says, in the records after its first, that it is encrypted (MS-XLS 2.4.117)."""
    at = 0
    while at + 4 <= len(stream):
        record, length = unpack_from("<HH", stream, at)
        if record == _FILEPASS:
            return True
        if at == 0 and record != _BOF:
            return False
        at += 4 + length
    return False
