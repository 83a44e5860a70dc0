"""Changing an input in Excel gives what the plan gives: recalculated by other programs, to the pound in each cell."""

import random
import shutil
import subprocess
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from breakeven.ledger.targets import OverlayError
from breakeven.report.excel.calculation import Calculation
from breakeven.report.excel.cells import Entry, Key, Value, day_of
from breakeven.report.excel.changes import changes_to, taken_over
from breakeven.report.excel.frame import Frame
from breakeven.report.excel.pages import pages_of
from breakeven.report.excel.returned import as_read, read_returned
from breakeven.report.excel.verify import verify
from breakeven.report.excel.write import bytes_of
from made_workbooks import Place, agree, cells_of, example, example_bytes, example_pages, place_of, some_changes

PENNY = "1e-9"
"""A part of an amount within which another program's binary fractions agree with exact decimals."""


class Recalculated:
    """The example's workbook in formualizer, its inputs typed one after the other."""

    def __init__(self) -> None:
        formualizer: Any = pytest.importorskip("formualizer")
        self.book: Any = formualizer.load_workbook_bytes(example_bytes())
        self.book.evaluate_all()
        self.typed: Mapping[Key, Value] = {}

    def type(self, inputs: Mapping[Key, Value]) -> None:
        """Set every input: to what is typed, or to what it was."""
        for sheet, (row, column), entry, entered in example_pages().inputs():
            if entered.key not in inputs and entered.key not in self.typed:
                continue
            value = inputs.get(entered.key, entry.value)
            if entry.style == "day" and value is not None:
                self.book.set_value(sheet.name, row, column, day_of(value))  # type: ignore[arg-type]
            else:
                self.book.set_value(sheet.name, row, column, value if isinstance(value, str) else _number(value))
        self.typed = inputs
        self.book.evaluate_all()

    def value(self, place: tuple[str, int, int]) -> Any:
        """What a cell shows, a day by its number."""
        found = self.book.get_value(*place)
        return as_read(found) if hasattr(found, "year") else found


def _number(value: Value) -> float | None:
    return None if value is None else float(value)


def off(shown: Any, ours: Value, *, is_pounds: bool) -> bool:
    """Whether a cell shows something else: whole pounds must be the same pounds, and the rest to fifteen digits."""
    if is_pounds and isinstance(ours, Decimal) and ours == ours.to_integral_value():
        return shown != ours
    if isinstance(ours, str) and isinstance(shown, str):
        return shown.strip() != ours.strip()
    return not agree(shown, ours, PENNY)


@pytest.fixture(scope="module")
def recalculated() -> Recalculated:
    return Recalculated()


@pytest.mark.parametrize("seed", range(8))
def test_random_changes_of_inputs_give_what_the_plan_gives_in_every_cell(recalculated: Recalculated, seed: int) -> None:
    """Eight times twenty-five changes, one to four at a time: every figure of the plan, and at times every formula."""
    chance, made, pages = random.Random(seed), 0, example_pages()  # noqa: S311  (chance, not a secret)
    while made < 25:
        inputs = some_changes(chance, pages)
        try:
            ours = pages_of(taken_over(example(), changes_to(inputs, pages, "returned.xlsx")))
        except ValueError:
            continue  # the plan refuses it: tested by itself
        recalculated.type(inputs)
        values: Mapping[Place, Value] = Calculation(pages, inputs).all() if len(inputs) == 1 else {}
        cells = dict(cells_of(ours))
        for place, entry in cells_of(pages):
            expected = (
                values.get(place, cells.get(place, Entry()).figure)
                if place[0] not in {"Outturn", "Reconciliation"}
                else None
            )
            if expected is not None and (entry.formula or entry.figure is not None):
                shown = recalculated.value(place)
                assert not off(shown, expected, is_pounds=entry.style == "pounds"), (inputs, place, shown, expected)
        assert recalculated.value(_overall()) == "OK", inputs
        made += len(inputs)


def test_what_the_plan_refuses_fails_a_check_of_the_workbook(recalculated: Recalculated) -> None:
    recalculated.type({("choice", "scenario"): "worst"})
    assert recalculated.value(_overall()) == "OK"
    number = next(
        str(n) for n, each in enumerate(Frame(example()).overlays) if each.what == "number" and each.value == 5
    )
    too_few: dict[Key, Value] = {("choice", "scenario"): "worst", ("scenario", number, "value"): Decimal(-100)}
    with pytest.raises(OverlayError):
        taken_over(example(), changes_to(too_few, example_pages(), "returned.xlsx"))
    recalculated.type(too_few)
    assert recalculated.value(_overall()) == "FAIL"


def _overall() -> tuple[str, int, int]:
    sheet, at = example_pages().names["Overall_check"]
    return sheet.name, int(at.split("$")[2]), 5


# A second witness --------------------------------------------------------------------------------------------

ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item></oor:items>
"""
"""LibreOffice calculates a workbook anew whenever it opens it; else it would show us our own figures again."""


def by_libreoffice(file: Path) -> Path:
    """A workbook as LibreOffice saves it, calculated anew."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    profile = file.parent / "profile"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(ALWAYS)
    out = file.parent / "out"
    asked = [
        office,
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--convert-to",
        "xlsx",
        "--outdir",
        out,
        file,
    ]
    subprocess.run(list(map(str, asked)), check=True, capture_output=True, timeout=180)
    return out / file.name


def typed_into(file: Path, inputs: Mapping[Key, Value]) -> Path:
    """The example's workbook with some inputs typed into it, as a person would."""
    file.write_bytes(example_bytes())
    book = openpyxl.load_workbook(file)
    for key, value in inputs.items():
        sheet, at = place_of(key)
        is_day = key[-1] == "start"
        book[sheet][at] = day_of(value) if is_day else value if isinstance(value, str) else _number(value)  # type: ignore[arg-type]
    book.save(file)
    return file


@pytest.mark.parametrize("seed", range(2))
def test_libreoffice_gives_the_same_and_what_it_saves_is_still_whole(tmp_path: Path, seed: int) -> None:
    chance, pages = random.Random(1_000 + seed), example_pages()  # noqa: S311  (chance, not a secret)
    inputs: dict[Key, Value] = {("choice", "scenario"): "worst", **some_changes(chance, pages)}
    back = read_returned(by_libreoffice(typed_into(tmp_path / "plan.xlsx", inputs)))
    values = Calculation(pages, inputs).all()
    for place, entry in cells_of(pages):
        if entry.formula:
            shown = as_read(back.shown[place[0]].get(place[1:]))
            assert not off(shown, values[place], is_pounds=entry.style == "pounds"), (inputs, place, shown)
    assert [each for each in verify(back, pages, example()) if each.kind != "input"] == []


def test_libreoffice_does_calculate_anew(tmp_path: Path) -> None:
    """A figure that is wrong on purpose is put right, so that agreeing proves something."""
    values = dict(Calculation(example_pages()).all())
    row = next(r for (r, c), e in example_pages().sheet("Plan").cells.items() if c == 1 and e.value == "Income")
    values["Plan", row, 5] = values["Plan", row, 5] + 1_000_000  # type: ignore[operator]
    file = tmp_path / "wrong.xlsx"
    file.write_bytes(bytes_of(example_pages(), values, example()))
    assert openpyxl.load_workbook(file, data_only=True)["Plan"].cell(row, 5).value == 90_728_116
    back = openpyxl.load_workbook(by_libreoffice(file), data_only=True)
    assert back["Plan"].cell(row, 5).value == 89_728_116
