"""Limits are counted while inflating, and a zip that tells two stories is refused."""

import random
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from preflight_books import codes, examined, parts, sheet, zipped

from breakeven.workbook import zip_parts
from breakeven.workbook.container import RefusedError

GOOD = zipped(parts(sheet()))
SHEET = b"xl/worksheets/sheet1.xml"


def central(data: bytes, name: bytes = SHEET) -> int:
    """Where the directory entry of a part starts."""
    return data.rindex(b"PK\x01\x02", 0, data.rindex(name))


def local(data: bytes, name: bytes = SHEET) -> int:
    """Where the part's own header starts."""
    return data.index(name) - 30


def patched(data: bytes, at: int, form: str, *values: int) -> bytes:
    """The bytes with a field overwritten."""
    field = struct.pack(form, *values)
    return data[:at] + field + data[at + len(field) :]


def test_every_checksum_is_checked_and_the_part_is_named(tmp_path: Path) -> None:
    flight = examined(tmp_path, patched(GOOD, central(GOOD) + 16, "<I", 7))
    assert [str(f) for f in flight.findings] == [
        "'[book.xlsx]Actuals': error: the part xl/worksheets/sheet1.xml is damaged: its checksum is wrong [zip-damaged]"
    ]
    unread = zipped(parts(sheet()) | {"xl/media/image1.png": b"\x89PNG picture"})
    flight = examined(tmp_path, patched(unread, central(unread, b"xl/media/image1.png") + 16, "<I", 7))
    assert codes(flight) == ["zip-damaged"]


def test_any_cut_leaves_a_refusal_and_no_traceback(tmp_path: Path) -> None:
    for length in range(0, len(GOOD), 37):
        assert examined(tmp_path, GOOD[:length]).refused


def test_any_changed_byte_leaves_the_facts_or_is_refused(tmp_path: Path) -> None:
    sound = examined(tmp_path, GOOD)
    where = random.Random(3)  # noqa: S311
    for at in where.sample(range(len(GOOD)), 400):
        flight = examined(tmp_path, patched(GOOD, at, "B", GOOD[at] ^ (1 << where.randrange(8))))
        assert flight.refused or (flight.sheets, flight.number_formats) == (sound.sheets, sound.number_formats)


def test_a_part_may_not_stand_twice_whatever_its_case_or_slashes(tmp_path: Path) -> None:
    for other in ("xl/worksheets/SHEET1.xml", "xl\\worksheets/sheet1.xml"):
        flight = examined(tmp_path, zipped(parts(sheet()) | {other: sheet("")}))
        assert codes(flight) == ["zip-part-twice"]
        assert "sheet1.xml" in str(flight.findings[0]).lower()


@pytest.mark.parametrize(
    "name", ["../evil.xml", "xl/../../evil", "/etc/passwd", "C:/evil", "..\\evil", "\\evil", "./a"]
)
def test_a_part_may_not_reach_outside_the_workbook(tmp_path: Path, name: str) -> None:
    assert codes(examined(tmp_path, zipped(parts(sheet()) | {name: "x"}))) == ["zip-part-name"]


def test_a_stray_backslash_as_some_exporters_write_is_harmless(tmp_path: Path) -> None:
    assert codes(examined(tmp_path, zipped(parts(sheet()) | {"xl\\worksheets\\_rels\\sheet1.xml.rels": "<a/>"}))) == []


def test_more_than_2000_parts_is_no_workbook(tmp_path: Path) -> None:
    many: dict[str, str | bytes] = {f"xl/media/{i}.bin": b"" for i in range(1_995)}
    assert codes(examined(tmp_path, zipped(parts(sheet()) | many))) == ["zip-limit"]


def test_a_part_that_grows_200_fold_is_refused_before_it_is_all_unpacked(tmp_path: Path) -> None:
    bomb = zipped(parts(sheet("<!--" + " " * 3_000_000 + "-->")))
    lying = patched(patched(bomb, central(bomb) + 24, "<I", 1000), local(bomb) + 22, "<I", 1000)
    for data in (bomb, lying):
        flight = examined(tmp_path, data)
        assert codes(flight) == ["zip-limit"]
        assert "zip bomb" in flight.findings[0].message


def test_a_part_under_1_mib_may_grow_more_than_200_fold(tmp_path: Path) -> None:
    assert codes(examined(tmp_path, zipped(parts(sheet("<!--" + " " * 900_000 + "-->"))))) == []


def test_all_parts_together_may_not_unpack_past_the_limit(tmp_path: Path) -> None:
    noise = random.Random(1).randbytes(3_000)  # noqa: S311
    data = zipped(parts(sheet()) | {f"xl/media/{i}.bin": noise for i in range(5)})
    budget = zip_parts.Budget(left=10_000)
    pieces = (piece for part in zip_parts.directory(data) for piece in zip_parts.unpack(data, part, budget))
    with pytest.raises(RefusedError, match="unpacks to more than"):
        list(pieces)
    assert zip_parts.Budget().left == int(1.2 * 2**30)


def moved(data: bytes) -> bytes:
    return data[:-22] + b"gap" + data[-22:]


def longer(data: bytes) -> bytes:
    end = len(data) - 22
    return data[:end] + b"\0" * 5 + patched(data[end:], 12, "<I", struct.unpack_from("<I", data, end + 12)[0] + 5)


CHANGES: list[tuple[Callable[[bytes], bytes], str]] = [
    (lambda d: d + b"\n", "bytes after the end"),
    (moved, "not where it says"),
    (longer, "not as long as it says"),
    (lambda d: patched(d, len(d) - 18, "<H", 1), "one piece of a zip"),
    (lambda d: patched(d, len(d) - 14, "<HH", 9, 9), "breaks off"),
    (lambda d: patched(d, central(d) + 42, "<I", 5), "not where the list of parts says"),
    (lambda d: patched(d, central(d) + 42, "<I", 0), "called or packed otherwise"),
    (lambda d: patched(d, local(d) + 30, "B", 0x61), "called or packed otherwise"),
    (lambda d: patched(d, local(d) + 8, "<H", 0), "called or packed otherwise"),
    (lambda d: patched(d, central(d) + 20, "<I", 10**6), "cut short in the part"),
    (lambda d: patched(d, central(d, b"_rels/.rels") + 20, "<I", 400), "share bytes"),
    (lambda d: patched(d, central(d) + 24, "<I", 3), "not of the size"),
    (lambda d: patched(patched(d, central(d) + 10, "<H", 12), local(d) + 8, "<H", 12), "no workbook uses"),
    (lambda d: patched(d, local(d) + 30 + len(SHEET), "B", 7), "does not unpack"),
]


@pytest.mark.parametrize(("change", "words"), CHANGES)
def test_a_zip_that_tells_two_stories_is_refused(tmp_path: Path, change: Callable[[bytes], bytes], words: str) -> None:
    flight = examined(tmp_path, change(GOOD))
    assert codes(flight) == ["zip-damaged"]
    assert words in flight.findings[0].message


def test_an_encrypted_part_is_said_to_need_a_password(tmp_path: Path) -> None:
    flight = examined(tmp_path, patched(GOOD, central(GOOD) + 8, "<H", 1))
    assert codes(flight) == ["file-encrypted"]
    assert "password" in flight.findings[0].message


def test_bytes_packed_after_a_part_ends_are_refused(tmp_path: Path) -> None:
    start = local(GOOD) + 30 + len(SHEET)
    packed = struct.unpack_from("<I", GOOD, central(GOOD) + 20)[0]
    data = GOOD[: start + packed] + b"extra" + GOOD[start + packed :]
    data = patched(data, central(data) + 20, "<I", packed + 5)
    shift = struct.unpack_from("<I", data, len(data) - 6)[0] + 5
    data = patched(data, len(data) - 6, "<I", shift)
    flight = examined(tmp_path, data)
    assert codes(flight) == ["zip-damaged"]
    assert "bytes after its end" in flight.findings[0].message


def test_a_zip_written_with_64_bit_sizes_is_read(tmp_path: Path) -> None:
    path = tmp_path / "big.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts(sheet()).items():
            with archive.open(name, "w", force_zip64=True) as part:
                part.write(data if isinstance(data, bytes) else data.encode())
    assert codes(examined(tmp_path, path.read_bytes())) == []


def zip64(data: bytes) -> bytes:
    """The same zip with the 64-bit end record that writers of very large files always add."""
    end = len(data) - 22
    _, _, _, count, size, start = struct.unpack_from("<HHHHII", data, end + 4)
    record = struct.pack("<4sQHHIIQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, size, start)
    return data[:end] + record + struct.pack("<4sIQI", b"PK\x06\x07", 0, end, 1) + data[end:]


def test_a_64_bit_end_record_is_believed_only_where_it_stands(tmp_path: Path) -> None:
    data = zip64(GOOD)
    assert codes(examined(tmp_path, data)) == []
    flight = examined(tmp_path, patched(data, len(data) - 22 - 20 + 8, "<Q", 3))
    assert "zip64 record" in flight.findings[0].message
