"""The child process: it hands over what is read here; what befalls it is one finding, and nothing is left."""

import gc
import signal
import subprocess
import sys
import tempfile
import threading
import time
from array import array
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import pytest
import xlsxwriter  # pyright: ignore[reportMissingTypeStubs]

from breakeven.findings import Finding
from breakeven.ledger.coded import Coded, Words
from breakeven.workbook import child, columns
from breakeven.workbook.book import Reader, Task, perform
from breakeven.workbook.child import Child, read_in_child
from breakeven.workbook.handover import hand_over, take_over
from breakeven.workbook.layout import default_layout
from breakeven.workbook.preflight import Preflight, examine
from breakeven.workbook.table_read import TableRead

LAYOUT = default_layout()["transactions"]
HEADINGS = ("Date", "Period", "Cost centre", "Account", "Description", "Supplier", "Reference", "Amount", "Basis")


def extract(folder: Path, lines: int = 600) -> Preflight:
    """An extract with all that makes a reader look twice: blanks, words, parts of a penny, headings again, totals."""
    path = folder / "extract.xlsx"
    book: Any = xlsxwriter.Workbook(path)
    with book:
        sheet: Any = book.add_worksheet("Transactions")
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(2, 1, HEADINGS)
        for i in range(lines):
            posted = date(2023, 4, 1) + timedelta(days=i % 366)
            sheet.write_datetime(3 + i, 1, posted, day)
            cells = (f"P{(posted.month - 4) % 12 + 1:02d}", f"P{2010 + i % 8}", 6100 + i % 3 if i % 5 else "6100 ")
            sheet.write_row(3 + i, 2, (*cells, "Week" if i % 3 else None, "Home", f"INV{i}", (i * 37 - 900) / 100, ""))
        for place, amount in ((11, "n/a"), (12, 10.005), (13, "12.50"), (14, 25), (15, True), (16, "#N/A"), (17, None)):
            sheet.write(place, 8, amount)
        sheet.write_row(200, 1, HEADINGS)
        sheet.write(400, 3, "#REF!")
        sheet.write_row(401, 3, ("Total", None, None, None, None, 1234.5))
        sheet.write_row(lines + 3, 3, ("Grand total", None, None, None, None, 99.5))
    flight = examine(path)
    assert not flight.refused
    return flight


def seen(table: TableRead) -> tuple[object, ...]:
    """All of a table, in values that compare whatever holds them."""
    columns = {name: list(column) for name, column in table.values.items()}
    return (list(table.rows), columns, table.findings, table.totals, table.tally, table.sums, table.held_back)


def test_every_way_of_reading_gives_the_same_table(tmp_path: Path) -> None:
    flight = extract(tmp_path)
    ways: list[tuple[object, ...]] = []
    for reader in ("openpyxl", "calamine"):
        task = Task("Transactions", LAYOUT, reader)
        ways.append(seen(perform(flight, task)))
        ways.append(seen(read_in_child(tmp_path / "extract.xlsx", flight, [task])[0]))
    assert ways[0][6]  # lines are held back
    assert ways[0][3]  # totals are set aside
    assert len(ways[0][0]) > 500  # pyright: ignore[reportArgumentType]
    assert ways[1:] == ways[:1] * 3


def test_the_size_of_a_run_of_rows_does_not_show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flight = extract(tmp_path)
    task = Task("Transactions", LAYOUT, "openpyxl")
    whole = seen(perform(flight, task))
    for rows in (1, 7, 100_000):
        monkeypatch.setattr("breakeven.workbook.table.RUN", rows)
        assert seen(perform(flight, task)) == whole


def test_a_column_of_many_different_words_is_read_as_any_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flight = extract(tmp_path)
    task = Task("Transactions", LAYOUT, "openpyxl")
    coded = perform(flight, task)
    monkeypatch.setattr("breakeven.workbook.table.RUN", 50)
    monkeypatch.setattr("breakeven.workbook.columns.MANY", 100)
    various = perform(flight, task)
    assert isinstance(coded.values["reference"], Coded)
    assert isinstance(various.values["reference"], Words)
    assert seen(various) == seen(coded)
    assert various.values["reference"] == list(coded.values["reference"])


@pytest.mark.parametrize("word", ["#N/A", " INV ", "", "a\0b", None, 12.0, "INV3"])
def test_an_odd_word_among_many_different_ones_is_read_as_it_is_elsewhere(
    word: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = {name: columns.column_reader(column, LAYOUT, "£", in_pence=True) for name, column in LAYOUT.columns.items()}
    monkeypatch.setattr(columns, "MANY", 10)
    various = columns.column_reader(LAYOUT.columns["reference"], LAYOUT, "£", in_pence=True)
    stores = [reader.empty(0) for reader in (read["reference"], various)]
    for run in ([f"INV{i}" for i in range(100)], ["INV100", word, "INV101"], ["INV102"]):
        codes, bad = read["reference"].read(run)
        words, bad_words = various.read(run)
        assert [(i, str(error)) for i, error in bad] == [(i, str(error)) for i, error in bad_words]
        for store, part in zip(stores, (codes, words), strict=True):
            store.extend([value for i, value in enumerate(part) if i not in dict(bad)])
            assert len(store) == len(stores[0])
    assert list(various.column(stores[1])) == list(read["reference"].column(stores[0]))


def test_a_child_says_how_far_it_is(tmp_path: Path) -> None:
    told: list[float] = []
    flight = extract(tmp_path)
    read_in_child(tmp_path / "extract.xlsx", flight, [Task("Transactions", LAYOUT, "calamine")], told.append)
    assert told == sorted(told)
    assert len(told) > 1
    assert 0.5 < told[-1] <= 1


# What is handed over --------------------------------------------------------------------------------------------


def handed(answer: object) -> object:
    with tempfile.TemporaryFile() as file:
        hand_over(answer, file)
        return take_over(file)


def test_what_is_handed_over_is_what_is_taken_over() -> None:
    for words in (["a"], ["a", "bé", "\ud800"], ["", "x", "y\nz"]):
        column = Words(Words.BETWEEN.join(words), len(words))
        once = handed(column)
        assert handed(once) == once == column == words
    back = cast("dict[str, Any]", handed({"rows": array("i", range(9)), "pence": array("q")}))
    assert list(back["rows"]) == list(range(9))
    assert not back["pence"]


def test_an_answer_that_is_cut_short_is_no_answer(tmp_path: Path) -> None:
    file = BytesIO()
    hand_over([1, 2, 3], file)
    for size in (0, 4, 9, len(file.getvalue()) - 1):
        path = tmp_path / "cut"
        path.write_bytes(file.getvalue()[-size:] if size == 9 else file.getvalue()[:size])
        with path.open("rb") as cut, pytest.raises((ValueError, EOFError, OverflowError)):
            take_over(cut)


# Children that go wrong -----------------------------------------------------------------------------------------


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[tuple[Path, Preflight]]:
    """A workbook for a child that is another program; afterwards no process and no file of it is left."""
    flight = extract(tmp_path, lines=30)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    gc.collect()  # what earlier tests have let go of
    before, running = open_files(), children()
    yield tmp_path / "extract.xlsx", flight
    gc.collect()
    assert open_files() <= before
    assert not list(temporary.iterdir())
    assert children() <= running


def children() -> set[int]:
    """The processes that this one has started and not yet waited for."""
    tasks = Path("/proc/self/task").glob("*/children")
    return {int(pid) for task in tasks for pid in task.read_text("utf-8").split()}


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def become(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    """Have the child be another program."""
    monkeypatch.setattr(child, "COMMAND", (sys.executable, "-c", program))


def only_finding(path: Path, flight: Preflight, reader: Reader = "calamine") -> Finding:
    tasks = [Task("Transactions", LAYOUT, reader), Task("Accruals", LAYOUT, reader)]
    tables = read_in_child(path, flight, tasks)
    assert [table.sheet.sheet for table in tables] == ["Transactions", "Accruals"]
    assert all(not table.rows and table.headings is None for table in tables)
    assert len({finding for table in tables for finding in table.findings}) == 1
    (finding,) = tables[0].findings
    assert finding.at.workbook == "extract.xlsx"
    return finding


@pytest.mark.parametrize(
    "program",
    [
        "import sys; sys.exit(1)",
        "raise RuntimeError('of the reader')",
        "import os; os.abort()",
        "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
        "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)",
        "pass",
        "print('not an answer')",
        "import sys; sys.stderr.write('thread panicked at' + 'x' * 500_000 + '\\n0.5\\nnan\\n'); sys.exit(101)",
    ],
)
def test_a_child_that_dies_is_one_finding(
    failing: tuple[Path, Preflight], monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    become(monkeypatch, program)
    assert only_finding(*failing).code == "workbook-unreadable"


HOARDS = {
    "bytes": "[bytes([1]) * 400_000_000 for _ in range(9)]",
    "objects": "[[None] * 10_000 for _ in range(90_000)]",
    "maps": "[__import__('mmap').mmap(-1, 2**30) for _ in range(9)]",
}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
@pytest.mark.parametrize("hoard", HOARDS)
def test_a_child_that_needs_too_much_memory_is_one_finding(
    failing: tuple[Path, Preflight], monkeypatch: pytest.MonkeyPatch, hoard: str
) -> None:
    become(
        monkeypatch,
        f"from breakeven.workbook import child\nchild._answer = lambda job: {HOARDS[hoard]}\nchild.main()",
    )
    finding = only_finding(*failing)
    assert finding.code == "workbook-unreadable"
    assert "1.5 GiB" in finding.message


def test_a_child_that_sleeps_is_stopped_and_is_one_finding(
    failing: tuple[Path, Preflight], monkeypatch: pytest.MonkeyPatch
) -> None:
    become(monkeypatch, "import time; time.sleep(60)")
    monkeypatch.setattr(child, "SECONDS", 0.5)
    began = time.monotonic()
    assert only_finding(*failing).code == "file-too-slow"
    assert time.monotonic() - began < 10


def test_a_library_that_prints_does_not_print_into_the_answer(
    failing: tuple[Path, Preflight], monkeypatch: pytest.MonkeyPatch
) -> None:
    become(
        monkeypatch,
        """
import os
from breakeven.workbook import child, columns
answer = child._answer
child._answer = lambda job: (os.write(1, b"noise"), print("noise"), answer(job))[2]
child.main()
""",
    )
    path, flight = failing
    (table,) = read_in_child(path, flight, [Task("Transactions", LAYOUT, "calamine")])
    assert seen(table) == seen(perform(flight, Task("Transactions", LAYOUT, "calamine")))


def test_a_file_that_changes_meanwhile_is_one_finding(failing: tuple[Path, Preflight]) -> None:
    path, flight = failing
    assert only_finding(path, replace(flight, sha256="0" * 64)).code == "file-changed"


def test_an_interrupt_ends_the_child(failing: tuple[Path, Preflight], monkeypatch: pytest.MonkeyPatch) -> None:
    become(monkeypatch, "import signal, time; signal.signal(signal.SIGINT, signal.SIG_IGN); time.sleep(60)")
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a worker of xdist ignores the signal
    timer = threading.Timer(0.5, lambda: signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT))
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        read_in_child(*failing, [Task("Transactions", LAYOUT, "calamine")])
    timer.join()
    signal.signal(signal.SIGINT, before)


def test_a_child_nobody_waits_for_is_ended(failing: tuple[Path, Preflight], monkeypatch: pytest.MonkeyPatch) -> None:
    become(monkeypatch, "import time; time.sleep(60)")
    work = Child(*failing, [])
    work.stop()
    work.stop()


def test_modules_are_not_looked_for_in_the_folder_of_the_workbook(tmp_path: Path) -> None:
    (tmp_path / "openpyxl.py").write_text("raise SystemExit('taken from the folder')")
    (tmp_path / "json.py").write_text("raise SystemExit('taken from the folder')")
    done = subprocess.run(child.COMMAND, cwd=tmp_path, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    assert b"taken from the folder" not in done.stderr
    assert b"EOFError" in done.stderr
