"""A workbook that lines cannot be appended to without risk: refused in words, with nothing written."""

from pathlib import Path
from unittest import mock

import pytest
from openpyxl.workbook.protection import WorkbookProtection

from breakeven.workbook import append
from breakeven.workbook.append import enter
from breakeven.workbook.package import Package
from breakeven.workbook.safe_write import WriteRefusedError
from workbook.appending import NOW, SHEET, book_of, packed, refused, written
from workbook.register_books import Kept, Parts, by_openpyxl, by_xlsxwriter, inputs, new_rows


@pytest.mark.parametrize("lock", ["~$budget.xlsx", ".~lock.budget.xlsx#"])
def test_a_workbook_that_is_open_is_left_alone(folder: Path, lock: str) -> None:
    path = by_xlsxwriter(folder / "budget.xlsx", Kept())
    (folder / lock).write_bytes(b"Ann")
    assert "the workbook is open in another program" in refused(path)
    assert "the workbook is open in another program" in refused(path, dry_run=True)


def test_a_workbook_that_has_changed_since_it_was_read_is_left_alone(folder: Path) -> None:
    path = by_xlsxwriter(folder / "budget.xlsx", Kept())
    known = inputs(path)
    by_xlsxwriter(path, Kept(lines=3))
    with pytest.raises(WriteRefusedError, match="changed"):
        enter(folder, "virements", new_rows(1), inputs=known, now=NOW)


def test_a_control_total_that_does_not_agree_refuses_the_write(folder: Path) -> None:
    path = by_openpyxl(folder / "budget.xlsx", Kept())
    book = book_of(path)
    book["Control totals"]["D2"] = 301
    book.save(path)
    assert "control-total-differs" in refused(path)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (
            "</sheetData>",
            '</sheetData><mergeCells count="1"><mergeCell ref="F3:F4"/></mergeCells>',
            "merged cells F3:F4",
        ),
        ("</sheetData>", '</sheetData><scenarios current="0"/>', "'scenarios' that names rows"),
        ("<f>SUM(E2:E3)</f>", '<f t="dataTable" ref="E3:E4" r1="A1">SUM(E2:E3)</f>', "what-if table in E3:E4"),
    ],
)
def test_what_cannot_be_moved_safely_is_said_with_its_sheet(folder: Path, old: str, new: str, why: str) -> None:
    path = by_xlsxwriter(folder / "budget.xlsx", Kept(total=True, extras=False))
    parts = Parts.of(path).parts
    assert old.encode() in parts[SHEET]
    packed(path, parts | {SHEET: parts[SHEET].replace(old.encode(), new.encode())})
    said = refused(path)
    assert why in said
    assert "'[budget.xlsx]Virements'" in said
    assert "nothing was written" in said


@pytest.mark.parametrize(("part", "why"), [("_xmlsignatures/s.xml", "signed"), ("xl/revisions/r.xml", "log")])
def test_a_workbook_that_is_signed_or_keeps_a_log_is_left_alone(folder: Path, part: str, why: str) -> None:
    path = by_xlsxwriter(folder / "budget.xlsx", Kept())
    packed(path, Parts.of(path).parts | {part: b"<a/>"})
    assert why in refused(path)


def test_a_file_that_does_not_read_back_as_it_should_is_never_put_in_place(folder: Path) -> None:
    path = by_openpyxl(folder / "budget.xlsx", Kept())
    book = book_of(path)
    del book["Control totals"]
    book.save(path)

    def spoil(package: Package) -> None:
        document = package.document(SHEET)
        document.replace(0, len(document.text), document.text.replace("<v>100</v>", "<v>101</v>"))
        package.put(SHEET, document)

    with mock.patch.object(append, "recalculate", spoil):
        assert "would not read back as it should (4 lines are meant, 4 were read)" in refused(path)


@pytest.mark.parametrize("mode", [0o444, 0o555])
def test_a_workbook_that_nobody_may_write_is_left_alone_even_by_root(folder: Path, mode: int) -> None:
    path = by_xlsxwriter(folder / "budget.xlsx", Kept())
    path.chmod(mode)
    for dry_run in (False, True):
        assert "the workbook is read-only; nothing was written" in refused(path, dry_run=dry_run)
    assert path.stat().st_mode & 0o777 == mode


def protected(path: Path, part: str, before: bytes, xml: str) -> Path:
    """The workbook with the XML of a protection put in before other XML of a part."""
    parts = Parts.of(path).parts
    assert parts[part].count(before) == 1
    packed(path, parts | {part: parts[part].replace(before, xml.encode() + before)})
    return path


@pytest.mark.parametrize(
    ("protection", "is_refused"),
    [
        ('sheet="1" password="CC1A"', True),
        ('sheet="true" algorithmName="SHA-512" hashValue="q1w2==" saltValue="x" spinCount="1"', True),
        ('sheet="1" objects="1"', False),
        ('sheet="0" password="CC1A"', False),
        ('password="CC1A"', False),
    ],
)
def test_a_sheet_protected_with_a_password_is_left_alone_and_named(
    folder: Path, protection: str, *, is_refused: bool
) -> None:
    path = by_xlsxwriter(folder / "budget.xlsx", Kept(extras=False))
    protected(path, SHEET, b"<pageMargins", f"<sheetProtection {protection}/>")
    if is_refused:
        for dry_run in (False, True):
            said = refused(path, dry_run=dry_run)
            assert said.startswith("'[budget.xlsx]Virements': error: nothing was written: the sheet is protected with")
        return
    assert written(path).protected == (("Virements",) if 'sheet="1"' in protection else ())
    assert protection.encode() in Parts.of(path).parts[SHEET]


def test_any_sheet_that_would_be_changed_may_be_the_protected_one(folder: Path) -> None:
    controls = "xl/worksheets/sheet3.xml"
    path = by_xlsxwriter(folder / "budget.xlsx", Kept(extras=False))
    protected(path, controls, b"<pageMargins", '<sheetProtection sheet="1" password="CC1A"/>')
    assert "'[budget.xlsx]Control totals': error: nothing was written" in refused(path)


@pytest.mark.parametrize("password", ["", "x"])
def test_no_sheet_is_added_where_a_password_locks_their_list(folder: Path, password: str) -> None:
    path = by_openpyxl(folder / "expenditure.xlsx", Kept())
    book = book_of(path)
    del book["Control totals"]
    book.security = WorkbookProtection(lockStructure=True, workbookPassword=password or None)
    book.save(path)
    row = {"line": "Residential", "period": 9, "kind": "price", "text": "Dearer", "author": "A"}
    if password:
        with pytest.raises(WriteRefusedError, match="a password keeps sheets from being added"):
            enter(folder, "explanations", [row], inputs=inputs(path), now=NOW)
    else:
        enter(folder, "explanations", [row], inputs=inputs(path), now=NOW)
    assert ("Explanations" in book_of(path).sheetnames) is not bool(password)
