"""A transaction extract of a million rows: the outturn by line against the bare readers, in time and memory.

The file is made once (about two minutes) and kept under .benchmarks/; a run of three rounds then takes about three.
README.md in this folder says how to read the table.
"""

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from statistics import median
from typing import Any

import openpyxl
import xlsxwriter  # pyright: ignore[reportMissingTypeStubs]

from breakeven.periods import Year
from breakeven.workbook.templates import write_templates

ROOT = Path(__file__).parent.parent
BREAKEVEN = str(Path(sysconfig.get_path("scripts")) / "breakeven")
SEED = 7
FULL = 1_000_000
"""Rows that the limits are for; in a small file starting up is most of the time."""
PANDAS_PART = 20
"""pandas is timed on one row in so many, and the time multiplied: a million rows take it several minutes."""

HEADINGS = (
    "Date", "Period", "Cost centre", "Account", "Line", "Description", "Supplier", "Reference", "Amount", "Basis",
)  # fmt: skip
CENTRES = {
    "S1010": ("Social workers", "Staffing"),
    "S2010": ("Other staff", "Staffing"),
    "P1010": ("Residential", "Placements"),
    "P1020": ("Residential", "Placements"),
    "P2010": ("Fostering", "Placements"),
    "P2020": ("Fostering", "Placements"),
    "O1010": ("Premises and support", "Overheads"),
    "O1020": ("Premises and support", "Overheads"),
}
"""The line and category of each cost centre, as the settings of a new folder have them."""
ACCOUNTS = tuple(str(6100 + i) for i in range(20))

CALAMINE = """
import sys
from python_calamine import CalamineWorkbook
sheet = CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_name("Transactions")
print(sum(1 for row in sheet.iter_rows()))
"""
PANDAS = """
import sys, time
import pandas
began = time.perf_counter()
frame = pandas.read_excel(sys.argv[1], sheet_name="Transactions", engine="openpyxl")
print(time.perf_counter() - began)
"""


@dataclass(frozen=True)
class Cost:
    """What a command took: seconds on the clock, seconds of processor, and the memory of its largest process."""

    wall: float
    cpu: float
    mebibytes: float
    said: str


@dataclass(frozen=True)
class Limit:
    """One promise: a figure, what it may be, and whether more or less is worse."""

    name: str
    figure: float
    limit: float
    at_least: bool = False

    @property
    def is_broken(self) -> bool:
        """Whether the figure is on the wrong side of its limit."""
        return self.figure < self.limit if self.at_least else self.figure > self.limit


def make_extract(path: Path, rows: int) -> Decimal:
    """Write an extract of ``rows`` lines, the same bytes each time; returns what its amounts come to, in pounds."""
    chance = random.Random(SEED)  # noqa: S311  (made-up money)
    book: Any = xlsxwriter.Workbook(path, {"constant_memory": True})
    book.set_properties({"created": datetime(2024, 4, 1)})  # noqa: DTZ001  (Excel has no time zones)
    sheet: Any = book.add_worksheet("Transactions")
    day_format, money = book.add_format({"num_format": "dd/mm/yyyy"}), book.add_format({"num_format": "#,##0.00"})
    sheet.write_row(0, 0, HEADINGS)
    total, centres = 0, list(CENTRES)
    for row in range(1, rows + 1):
        day = date(2023, 4, 1) + timedelta(days=chance.randrange(366))
        pence = chance.randrange(-10_000, 900_000)
        total += pence
        sheet.write_datetime(row, 0, day, day_format)
        sheet.write_string(row, 1, f"P{(day.month - 4) % 12 + 1:02d}")
        centre = chance.choice(centres)
        sheet.write_string(row, 2, centre)
        sheet.write_string(row, 3, chance.choice(ACCOUNTS))
        sheet.write_string(row, 4, CENTRES[centre][0])
        sheet.write_string(row, 5, f"Placement week {chance.randrange(60)}")
        sheet.write_string(row, 6, f"Provider {chance.randrange(80):02d}")
        sheet.write_string(row, 7, f"INV{row:07d}")
        sheet.write_number(row, 8, pence / 100, money)
        sheet.write_string(row, 9, "illustrative")
    accruals: Any = book.add_worksheet("Accruals")
    accruals.write_row(0, 0, ("Ref", "Type", "Period", "Cost centre", "Account", "Amount"))
    book.close()
    return Decimal(total).scaleb(-2)


def make_folder(rows: int) -> tuple[Path, Decimal]:
    """A ledger folder with an extract of ``rows`` lines, made unless it is there; and what the extract comes to."""
    folder = ROOT / ".benchmarks" / f"million_rows-{SEED}-{rows}"
    told = folder.with_suffix(".json")
    if not told.exists():
        print(f"making {rows:,} rows, once", file=sys.stderr)
        shutil.rmtree(folder, ignore_errors=True)
        write_templates(folder, "A made-up trust", Year(2023))
        for name in ("demand.xlsx", "plan.xlsx", "reported.xlsx"):
            (folder / name).unlink()
        fill(folder / "contract.xlsx", "Contract sum", [["2023-24", "Basic contract sum", 4_500_000_000, "made up"]])
        fill(
            folder / "budget.xlsx",
            "Budget",
            [[centre, account, *CENTRES[centre], 1e6, 1e6] for centre in CENTRES for account in ACCOUNTS],
        )
        total = make_extract(folder / "expenditure.xlsx", rows)
        told.write_text(json.dumps({"total": str(total)}))
    return folder, Decimal(json.loads(told.read_text())["total"])


def fill(path: Path, sheet: str, rows: Sequence[Sequence[object]]) -> None:
    book = openpyxl.load_workbook(path)
    for row in rows:
        book[sheet].append(list(row))
    book.save(path)


def run(command: Sequence[str]) -> Cost:
    """Run a command to its end and say what it cost, the processes it waited for among it."""
    began = time.perf_counter()
    notes = tempfile.TemporaryFile()  # noqa: SIM115  (closed by the end of this program)
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=notes)
    assert process.stdout is not None  # noqa: S101  (PIPE was asked for)
    said = process.stdout.read().decode()
    process.stdout.close()
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        notes.seek(0)
        sys.exit(f"{' '.join(command)} ended with {process.returncode}:\n{notes.read()[:2000].decode()}")
    in_kibibytes = sys.platform != "darwin"
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / (1024 if in_kibibytes else 1024 * 1024), said)


def check_total(said: str, total: Decimal) -> None:
    """No speed counts if the outturn is not what the extract comes to."""
    rows = {row["id"]: row["values"] for row in json.loads(said)["rows"]}
    actual = -Decimal(rows["expenditure"]["actual"])
    if abs(actual) != abs(total):
        sys.exit(f"the outturn says {actual:,}, the extract comes to {total:,}")


def middle(costs: Sequence[Cost]) -> Cost:
    """The median of each figure."""
    return Cost(
        median(cost.wall for cost in costs), median(cost.cpu for cost in costs), median(c.mebibytes for c in costs), ""
    )


def main() -> int:
    """Make the file, run each reader in turn, print the table, and return 1 where a limit is broken."""
    parser = argparse.ArgumentParser(description="A million rows: time and memory.")
    parser.add_argument("--rows", type=int, default=FULL, help="rows of the extract (1,000,000)")
    parser.add_argument("--rounds", type=int, default=3, help="measured runs of each (3)")
    chosen = parser.parse_args()
    folder, total = make_folder(chosen.rows)
    part, _ = make_folder(max(chosen.rows // PANDAS_PART, 1))
    calamine: list[Cost] = []
    ours: list[Cost] = []
    for _ in range(chosen.rounds):
        calamine.append(run([sys.executable, "-c", CALAMINE, str(folder / "expenditure.xlsx")]))
        ours.append(run([BREAKEVEN, "outturn", str(folder), "--by", "line", "--json"]))
        check_total(ours[-1].said, total)
    pandas = run([sys.executable, "-c", PANDAS, str(part / "expenditure.xlsx")])
    pandas_wall = float(pandas.said) * PANDAS_PART
    print(f"{f'{chosen.rows:,} rows, median of {chosen.rounds}':<44}{'wall':>10}{'CPU':>9}{'largest process':>18}")
    bare, whole = middle(calamine), middle(ours)
    for name, cost in (("calamine, iter_rows alone", bare), ("breakeven outturn --by line", whole)):
        print(f"{name:<44}{cost.wall:>9.1f}s{cost.cpu:>8.1f}s{cost.mebibytes:>14.0f} MiB")
    print(f"{f'pandas.read_excel, 1/{PANDAS_PART} of the rows × {PANDAS_PART}':<44}{pandas_wall:>9.1f}s")
    limits = (
        Limit("ours / calamine", whole.wall / bare.wall, 1.6),
        Limit("pandas / ours", pandas_wall / whole.wall, 8, at_least=True),
        Limit("largest process, GiB", max(cost.mebibytes for cost in ours) / 1024, 1.3),
    )
    print(f"\n{'':<44}{'figure':>10}{'limit':>15}")
    for each in limits:
        verdict = "over" if each.is_broken else "within"
        bound = f"{'at least' if each.at_least else 'at most'} {each.limit:.1f}"
        print(f"{each.name:<44}{each.figure:>10.2f}{bound:>15}  {verdict}")
    if chosen.rows != FULL:
        print(f"The limits are for {FULL:,} rows; here they are only shown.")
        return 0
    return 1 if any(each.is_broken for each in limits) else 0


if __name__ == "__main__":
    sys.exit(main())
