"""What is no workbook is refused before it is opened, and the refusal says what it is."""

import os
import struct
import zipfile
from pathlib import Path

import pytest
from preflight_books import codes, examined, parts, sheet, zipped

from breakeven.workbook import container
from breakeven.workbook.preflight import examine

GOOD = zipped(parts(sheet()))


def test_a_sound_workbook_has_no_findings_and_keeps_the_bytes_that_were_hashed(tmp_path: Path) -> None:
    flight = examined(tmp_path, GOOD)
    assert not flight.refused
    assert (flight.format, codes(flight), flight.data) == ("xlsx", [], GOOD)
    (tmp_path / "book.xlsx").write_bytes(b"changed since")
    assert flight.data == GOOD


def test_the_same_bytes_under_another_name_have_the_same_hash(tmp_path: Path) -> None:
    assert examined(tmp_path, GOOD, "a.xlsx").sha256 == examined(tmp_path, GOOD, "b.xlsx").sha256 != ""


def test_a_pipe_is_refused_without_waiting_for_someone_to_write_to_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.xlsx")
    assert [str(f) for f in examine(tmp_path / "pipe.xlsx").findings] == [
        "[pipe.xlsx]: error: this is a pipe, not a workbook [file-not-regular]"
    ]


def test_a_folder_and_a_device_are_no_workbooks(tmp_path: Path) -> None:
    (tmp_path / "folder.xlsx").mkdir()
    assert "this is a folder" in str(examine(tmp_path / "folder.xlsx").findings[0])
    assert "this is a device" in str(examine(Path("/dev/null")).findings[0])


def test_a_file_that_is_absent_or_may_not_be_read_is_said(tmp_path: Path) -> None:
    assert codes(examine(tmp_path / "absent.xlsx")) == ["file-missing"]
    assert codes(examine(tmp_path / ("long" * 100))) == ["file-unreadable"]
    assert codes(examine(Path("a\0b.xlsx"))) == ["file-unreadable"]


def test_the_lock_file_of_an_open_workbook_is_named_as_that(tmp_path: Path) -> None:
    flight = examined(tmp_path, b"\x03Bob", "~$budget.xlsx")
    assert codes(flight) == ["file-lock"]
    assert "while budget.xlsx is open" in str(flight.findings[0])


def test_an_empty_file_and_one_over_100_mib_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert codes(examined(tmp_path, b"")) == ["file-empty"]
    assert container.MAX_FILE_BYTES == 104_857_600
    monkeypatch.setattr(container, "MAX_FILE_BYTES", 100)
    assert codes(examined(tmp_path, GOOD)) == ["file-too-large"]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.xlsx", b"date,amount\n1,2\n", "a text file (perhaps a CSV) named as a workbook"),
        ("a.xls", b"<html><body><table><tr><td>1</td></tr></table>", "a web page (HTML table) named .xls"),
        ("a.xls", b"\xef\xbb\xbf\r\n<!DOCTYPE html><html></html>", "a web page (HTML table) named .xls"),
        ("a.csv", b"<div><table></table></div>", "a web page (HTML table) named .csv"),
        ("a.xls", b"MIME-Version: 1.0\r\n", "a web archive (MHTML)"),
        ("a.xls", b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "2003"),
        ("a.xlsx", b"<?xml version='1.0'?><note/>", "an XML file"),
        ("a.xlsx", b"%PDF-1.7", "a PDF"),
        ("a.xlsx", b"\x89PNG\r\n", "a picture"),
        ("a.xls", b"\x09\x04\x06\x00\x00\x00\x10\x00", "before Excel 5"),
        ("a.xlsx", bytes(5000), "nothing but zero bytes"),
        ("a.csv", b"a,b\0c", "neither a workbook nor text"),
        ("notes.doc", b"hello", "named as .doc"),
        ("a.xlsx", zipped({"notes.txt": b"hello"}), "a zip archive that holds notes.txt"),
        ("a.xlsx", zipped({"Index/Document.iwa": b""}), "Apple Numbers"),
        ("a.ods", zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}), "but not a spreadsheet"),
        ("a.xlsx", zipped(parts(sheet(), type="application/x.wordprocessingml.main+xml")), "another kind"),
        ("a.xlsx", zipped({k: v for k, v in parts(sheet()).items() if k != "xl/workbook.xml"}), "no xl/workbook.xml"),
        ("a.xlsx", zipped(parts()), "lists no sheets"),
        ("a.xlsx", zipped(parts(sheet(), workbook="<book/>")), "begins with <book>"),
    ],
)
def test_what_is_not_a_workbook_is_named_in_words(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    flight = examined(tmp_path, data, name)
    assert codes(flight) == ["file-not-a-workbook"]
    assert words in flight.findings[0].message


def test_text_named_csv_is_left_to_the_csv_reader_in_any_encoding(tmp_path: Path) -> None:
    for text in (b"a,b\n", "£,b\n".encode("cp1252"), "£,b\n".encode("utf-16")):
        flight = examined(tmp_path, text, "a.csv")
        assert (flight.format, codes(flight)) == ("csv", [])


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("application/vnd.ms-excel.sheet.macroEnabled.main+xml", "xlsm"),
        ("application/vnd.ms-excel.sheet.binary.macroEnabled.main", "xlsb"),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml", "xlsx"),
    ],
)
def test_the_bytes_say_which_workbook_it_is_and_a_name_that_differs_is_said(
    tmp_path: Path, content: str, expected: str
) -> None:
    data = zipped(parts(sheet(), type=content))
    assert examined(tmp_path, data, f"a.{expected}").findings == ()
    flight = examined(tmp_path, data, "a.ods")
    assert (flight.format, codes(flight), flight.refused) == (expected, ["file-misnamed"], False)


def test_an_opendocument_spreadsheet_is_known_by_its_first_part(tmp_path: Path) -> None:
    content: dict[str, str | bytes] = {
        "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": "<office/>",
    }
    assert examined(tmp_path, zipped(content), "a.ods").format == "ods"
    locked = content | {"META-INF/manifest.xml": "<manifest><encryption-data/></manifest>"}
    assert codes(examined(tmp_path, zipped(locked), "a.ods")) == ["file-encrypted"]


# ------------------------------------------------------------------ OLE: .xls, and new workbooks with a password
def ole(*names: str, stream: bytes = b"\x09\x08\x10\x00" + bytes(16)) -> bytes:
    """A compound file with these streams, all of them starting at sector 2."""

    def entry(name: str, kind: int) -> bytes:
        raw = name.encode("utf-16-le") + b"\0\0"
        return raw.ljust(64, b"\0") + struct.pack("<HB", len(raw), kind) + bytes(49) + struct.pack("<IQ", 2, 4096)

    head = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<III", 0, 1, 1) + bytes(20) + struct.pack("<I", 0xFFFFFFFE) + struct.pack("<I", 0)
    fat = struct.pack("<4I", 0xFFFFFFFD, 0xFFFFFFFE, 3, 0xFFFFFFFE).ljust(512, b"\xff")
    directory = b"".join([entry("Root Entry", 5), *(entry(name, 2) for name in names)]).ljust(512, b"\0")
    return head.ljust(512, b"\xff") + fat + directory + stream.ljust(4096, b"\0")


def test_an_old_xls_is_known_by_its_workbook_stream_whatever_it_is_called(tmp_path: Path) -> None:
    flight = examined(tmp_path, ole("Workbook"), "a.xls")
    assert (flight.format, codes(flight)) == ("xls", [])
    flight = examined(tmp_path, ole("Workbook"), "a.xlsx")
    assert (flight.format, codes(flight), flight.refused) == ("xls", ["file-misnamed"], False)


def test_a_password_is_said_in_words_for_a_new_workbook_and_an_old_one(tmp_path: Path) -> None:
    new = ole("EncryptionInfo", "EncryptedPackage")
    old = ole("Workbook", stream=b"\x09\x08\x02\x00\0\0" + b"\x2f\x00\x04\x00" + bytes(4))
    for data in (new, old):
        flight = examined(tmp_path, data, "a.xls")
        assert codes(flight) == ["file-encrypted"]
        assert "password" in flight.findings[0].message


def test_other_ole_files_and_damaged_ones_are_refused(tmp_path: Path) -> None:
    assert "a Word document" in examined(tmp_path, ole("WordDocument"), "a.xls").findings[0].message
    assert "without a workbook" in examined(tmp_path, ole("Other"), "a.xls").findings[0].message
    whole = ole("Workbook")
    assert codes(examined(tmp_path, whole[:100], "a.xls")) == ["file-damaged"]
    assert codes(examined(tmp_path, whole[:700], "a.xls")) == ["file-damaged"]
    round_and_round = whole[:516] + struct.pack("<I", 1) + whole[520:]
    assert codes(examined(tmp_path, round_and_round, "a.xls")) == ["file-damaged"]


def test_stored_parts_are_read_like_deflated_ones(tmp_path: Path) -> None:
    assert codes(examined(tmp_path, zipped(parts(sheet()), zipfile.ZIP_STORED))) == []
