"""Changes to a zip itself: what its headers say of a part, where parts stand, what comes before and after."""

import io
import warnings
import zipfile
from collections.abc import Callable, Sequence
from random import Random
from struct import calcsize, pack, pack_into

Change = Callable[[Random, bytes], bytes]

_CENTRAL, _LOCAL, _END = b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06"
_FIELDS = {
    _CENTRAL: {"version": (6, "<H"), "flags": (8, "<H"), "method": (10, "<H"), "date": (14, "<H"), "crc": (16, "<I"),
               "packed": (20, "<I"), "size": (24, "<I"), "name": (28, "<H"), "extra": (30, "<H"), "comment": (32, "<H"),
               "disk": (34, "<H"), "attributes": (38, "<I"), "place": (42, "<I")},
    _LOCAL: {"version": (4, "<H"), "flags": (6, "<H"), "method": (8, "<H"), "crc": (14, "<I"), "packed": (18, "<I"),
             "size": (22, "<I"), "name": (26, "<H"), "extra": (28, "<H")},
    _END: {"disk": (4, "<H"), "here": (8, "<H"), "count": (10, "<H"), "size": (12, "<I"), "place": (16, "<I"),
           "comment": (20, "<H")},
}  # fmt: skip


def _places(data: bytes, mark: bytes) -> list[int]:
    places, at = list[int](), data.find(mark)
    while at >= 0:
        places.append(at)
        at = data.find(mark, at + 4)
    return places


def header(random: Random, data: bytes) -> bytes:
    """A header says something else."""
    mark = random.choice([_CENTRAL, _CENTRAL, _LOCAL, _END])
    places = _places(data, mark)
    if not places:
        return data
    at, code = random.choice(list(_FIELDS[mark].values()))
    most = 256 ** calcsize(code) - 1
    changed = bytearray(data + b"\0" * 8)
    value = random.choice([0, 1, 2, 8, 9, 0x800, 0x808, 0x2000, 20, 99, most, most - 1, random.randrange(most)]) & most
    pack_into(code, changed, random.choice(places) + at, value)
    return bytes(changed[: len(data)])


def part_twice(random: Random, data: bytes) -> bytes:
    """A part of one name, or of one but for its case, once more with other bytes."""
    out = io.BytesIO(data)
    with warnings.catch_warnings(), zipfile.ZipFile(out, "a") as archive:
        warnings.simplefilter("ignore")
        name = random.choice(archive.namelist())
        archive.writestr(random.choice([name, name.upper()]), archive.read(name).replace(b"1", b"2"))
    return out.getvalue()


def around(random: Random, data: bytes) -> bytes:
    """Bytes before, after or within the file, or fewer of them."""
    some = random.choice([b"\0", b"PK\x03\x04", b"PK\x05\x06" + b"\0" * 18, b"x" * 70_000])
    cut = random.randrange(len(data) + 1)
    return random.choice([some + data, data + some, data[:cut], data[:cut] + some + data[cut:], data + data])


def streamed(_: Random, data: bytes) -> bytes:
    """Sizes and checksums after each part, as a program writes that cannot go back."""

    class Stream(io.BytesIO):
        def seekable(self) -> bool:
            return False

    out = Stream()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in archive.namelist():
            new.writestr(name, archive.read(name))
    return out.getvalue()


def large_sizes(random: Random, data: bytes) -> bytes:
    """A part with an extra field that says its sizes in 64 bits, right or wrong."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        content = {info: archive.read(info) for info in archive.infolist()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info, part in content.items():
            size = len(part) + random.choice([0, 0, 1])
            made = zipfile.ZipInfo(info.filename)
            made.extra = pack("<HHQQ", 1, 16, size, size) if random.random() < 0.4 else b""
            new.writestr(made, part)
    return out.getvalue()


def bomb(random: Random, data: bytes) -> bytes:
    """A part of a hundred megabytes in a hundred kilobytes."""
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.png", b"\0" * random.choice([10**6, 3 * 10**7]))
    return out.getvalue()


def squeezed(random: Random, data: bytes) -> bytes:
    """Packed bytes are others, where the checksum in the headers may be right for what they unpack to by luck alone."""
    places = _places(data, _LOCAL)
    if not places:
        return data
    changed = bytearray(data)
    at = min(random.choice(places) + 45 + random.randrange(60), len(data) - 1)
    changed[at] ^= 1 << random.randrange(8)
    return bytes(changed)


CHANGES: Sequence[Change] = (header, header, header, header, part_twice, around, streamed, large_sizes, bomb, squeezed)
"""Each may make the file another or none."""
