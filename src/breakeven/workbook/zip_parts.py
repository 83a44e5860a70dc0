"""The parts of a zip, inflated once with every limit counted on the way: no header's word is taken.

A zip says everything twice, at each part and in the central directory at its end. Readers differ in which
they believe, so a file whose two stories differ, or whose parts share bytes, is refused here.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from queue import Queue
from struct import error, unpack_from
from threading import Thread

from breakeven.workbook.container import RefusedError

MAX_PARTS = 2_000
MAX_TOTAL_BYTES = 1_288_490_188  # 1.2 GiB unpacked in all
MAX_RATIO = 200
"""Unpacked over packed, for parts above ``RATIO_FROM``; sheets of real workbooks come to 5 to 40."""
RATIO_FROM = 1024 * 1024
_SLICE = 64 * 1024  # packed bytes given to zlib at a time: bounds what one call can return to 64 MiB

_END, _END64, _LOCATOR64 = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
_CENTRAL, _LOCAL = b"PK\x01\x02", b"PK\x03\x04"
_STORED, _DEFLATED = 0, 8
_ENCRYPTED_FLAGS = 0x1 | 0x40 | 0x2000


@dataclass(frozen=True)
class Part:
    """One part as the central directory tells it, its packed bytes found and its local header compared."""

    name: str
    method: int
    crc: int
    size: int
    start: int
    packed: int

    @property
    def key(self) -> str:
        """The name as Excel compares it: without case."""
        return self.name.casefold()


@dataclass
class Budget:
    """Bytes that may still be unpacked, in all parts together."""

    left: int = MAX_TOTAL_BYTES
    unpacked: int = field(default=0, init=False)

    def spend(self, size: int) -> None:
        """Count ``size`` bytes. Raises RefusedError once there are too many."""
        self.unpacked += size
        if self.unpacked > self.left:
            gib = self.left / 2**30
            raise RefusedError("zip-limit", f"the file unpacks to more than {gib:.1f} GiB: not a workbook to open")


def directory(data: bytes) -> list[Part]:
    """The parts of the zip ``data``, in the order of its directory. Raises RefusedError if it is not sound."""
    try:
        return _directory(data)
    except error:
        raise RefusedError("zip-damaged", "the file is damaged: its list of parts runs out of the file") from None


def _directory(data: bytes) -> list[Part]:
    count, at, end = _find_directory(data)
    if count > MAX_PARTS:
        raise RefusedError("zip-limit", f"the file has {count:,} parts; a workbook has at most {MAX_PARTS:,}")
    parts: list[Part] = []
    names: set[str] = set()
    for _ in range(count):
        part, at = _central_entry(data, at)
        _check_name(part.name)
        key = part.key.replace("\\", "/")
        if key in names:
            message = f"the part {part.name} is in the file twice; readers differ in which they take"
            raise RefusedError("zip-part-twice", message)
        names.add(key)
        parts.append(part)
    if at != end:
        raise RefusedError("zip-damaged", "the file is damaged: its list of parts is not as long as it says")
    spans = sorted((part.start, part.start + part.packed, part.name) for part in parts)
    for (_, stop, name), (start, _, other) in pairwise(spans):
        if start < stop:
            raise RefusedError("zip-damaged", f"the parts {name} and {other} share bytes of the file")
    return parts


def _find_directory(data: bytes) -> tuple[int, int, int]:
    """How many parts, where their list starts and where it ends. The end record must end the file."""
    found = data.rfind(_END, max(0, len(data) - 22 - 0xFFFF))
    if found < 0:
        raise RefusedError("zip-damaged", "the file is cut short: the end of the zip is missing")
    disk, first_disk, here, count, size, start, comment = unpack_from("<HHHHIIH", data, found + 4)
    if found + 22 + comment != len(data):
        raise RefusedError("zip-damaged", "the file is damaged: there are bytes after the end of the zip")
    end = found
    locator = found - 20
    if locator >= 0 and data[locator : locator + 4] == _LOCATOR64:
        (end,) = unpack_from("<Q", data, locator + 8)
        if end > locator or data[end : end + 4] != _END64:
            raise RefusedError("zip-damaged", "the file is damaged: its zip64 record is not where it says")
        disk, first_disk, here, count, size, start = unpack_from("<IIQQQQ", data, end + 16)
    if disk or first_disk or here != count:
        raise RefusedError("zip-damaged", "this is one piece of a zip in several files")
    if start + size != end:
        raise RefusedError("zip-damaged", "the file is damaged: its list of parts is not where it says")
    return count, start, end


def _central_entry(data: bytes, at: int) -> tuple[Part, int]:
    if data[at : at + 4] != _CENTRAL:
        raise RefusedError("zip-damaged", "the file is damaged: its list of parts breaks off")
    flags, method, _, _, crc, packed, size, n_name, n_extra, n_comment = unpack_from("<HHHHIIIHHH", data, at + 8)
    (local,) = unpack_from("<I", data, at + 42)
    raw = data[at + 46 : at + 46 + n_name]
    extra = data[at + 46 + n_name : at + 46 + n_name + n_extra]
    size, packed, local = _zip64(extra, size, packed, local)
    name = raw.decode("utf-8" if flags & 0x800 else "cp437", "replace")
    if flags & _ENCRYPTED_FLAGS:
        raise RefusedError("file-encrypted", f"the part {name} is encrypted with a password; save it without one")
    if method not in {_STORED, _DEFLATED}:
        raise RefusedError("zip-damaged", f"the part {name} is packed in a way (method {method}) no workbook uses")
    start = _local_data(data, local, raw, method, name)
    if start + packed > len(data):
        raise RefusedError("zip-damaged", f"the file is cut short in the part {name}")
    return Part(name, method, crc, size, start, packed), at + 46 + n_name + n_extra + n_comment


def _zip64(extra: bytes, size: int, packed: int, local: int) -> tuple[int, int, int]:
    """The true sizes and place where they did not fit in 32 bits (APPNOTE 4.5.3)."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = unpack_from("<HH", extra, at)
        if kind == 1:
            fields = iter(unpack_from(f"<{length // 8}Q", extra, at + 4))
            size, packed, local = (
                next(fields, 0xFFFFFFFF) if value == 0xFFFFFFFF else value for value in (size, packed, local)
            )
        at += 4 + length
    return size, packed, local


def _local_data(data: bytes, local: int, raw: bytes, method: int, name: str) -> int:
    """Where a part's packed bytes start, its local header telling the same story as the directory."""
    if data[local : local + 4] != _LOCAL:
        raise RefusedError("zip-damaged", f"the part {name} is not where the list of parts says")
    flags, its_method = unpack_from("<HH", data, local + 6)
    n_name, n_extra = unpack_from("<HH", data, local + 26)
    its_name = data[local + 30 : local + 30 + n_name]
    if its_name != raw or its_method != method or flags & _ENCRYPTED_FLAGS:
        said = its_name.decode("utf-8", "replace")
        raise RefusedError("zip-damaged", f"the part {name} is called or packed otherwise where it stands: {said}")
    return local + 30 + n_name + n_extra


def _check_name(name: str) -> None:
    """Refuse a name that would reach outside. A backslash alone is harmless: some exporters write one."""
    pieces = name.replace("\\", "/").split("/")
    if ".." in pieces or "." in pieces or not pieces[0] or ":" in pieces[0] or "\0" in name:
        raise RefusedError("zip-part-name", f"the part name {name!r} would reach outside the workbook")


def unpack(data: bytes, part: Part, budget: Budget) -> Iterator[bytes]:
    """The bytes of ``part``, piece by piece. Raises RefusedError at a limit, a wrong checksum or a wrong size."""
    crc = unpacked = 0
    allowed = max(RATIO_FROM, MAX_RATIO * part.packed)
    for piece in _pieces(data, part):
        unpacked += len(piece)
        budget.spend(len(piece))
        if unpacked > allowed:
            message = f"the part {part.name} unpacks to more than {MAX_RATIO} times its size: a zip bomb"
            raise RefusedError("zip-limit", message)
        crc = zlib.crc32(piece, crc)
        yield piece
    if crc != part.crc:
        raise RefusedError("zip-damaged", f"the part {part.name} is damaged: its checksum is wrong")
    if unpacked != part.size:
        raise RefusedError("zip-damaged", f"the part {part.name} is not of the size the file says")


def unpack_ahead(data: bytes, part: Part, budget: Budget) -> Iterator[bytes]:
    """As ``unpack``, with a thread a few pieces ahead of a slow caller: zlib works beside Python. Take all of it."""
    if part.packed < RATIO_FROM:
        yield from unpack(data, part, budget)
        return
    ready: Queue[bytes | BaseException | None] = Queue(maxsize=4)

    def run() -> None:
        try:
            for piece in unpack(data, part, budget):
                ready.put(piece)
            ready.put(None)
        except BaseException as problem:  # noqa: BLE001  whatever it is, it is the caller's
            ready.put(problem)

    Thread(target=run, daemon=True).start()
    while (piece := ready.get()) is not None:
        if isinstance(piece, BaseException):
            raise piece
        yield piece


def _pieces(data: bytes, part: Part) -> Iterator[bytes]:
    packed = memoryview(data)[part.start : part.start + part.packed]
    slices = (packed[at : at + _SLICE] for at in range(0, len(packed), _SLICE))
    if part.method == _STORED:
        yield from map(bytes, slices)
        return
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for piece in slices:
            if inflate.eof:
                raise RefusedError("zip-damaged", f"the part {part.name} has bytes after its end")
            rest: memoryview | bytes = piece
            while rest:
                yield inflate.decompress(rest, RATIO_FROM)
                rest = inflate.unconsumed_tail
        while not inflate.eof and (more := inflate.decompress(b"", RATIO_FROM)):
            yield more
    except zlib.error:
        raise RefusedError("zip-damaged", f"the part {part.name} is damaged: it does not unpack") from None
    if not inflate.eof:
        raise RefusedError("zip-damaged", f"the part {part.name} is cut short")
    if inflate.unused_data:
        raise RefusedError("zip-damaged", f"the part {part.name} has bytes after its end")
