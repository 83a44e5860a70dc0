"""Next year's folder: what it begins with is what this year closed at and what its plan says, to the penny."""

import contextlib
import shutil
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from unittest import mock

import openpyxl
import pytest

from breakeven import pipeline
from breakeven.ledger.targets import lines_named
from breakeven.periods import Year
from breakeven.pipeline import YearEnd, load, work_out
from breakeven.plan.effects import change_since
from breakeven.workbook import roll_forward
from breakeven.workbook.roll_forward import next_settings
from commands import EXAMPLE, run


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the example, and the folder of the year after it beside it."""
    old = tmp_path_factory.mktemp("ledgers") / "2023-24"
    shutil.copytree(EXAMPLE, old)
    said = run("roll-forward", old)
    assert said.code == 0, said.err
    return old.parent / "2024-25"


@pytest.fixture(scope="module")
def old(made: Path) -> YearEnd:
    return work_out(load(made.parent / "2023-24"))


@pytest.fixture(scope="module")
def new(made: Path) -> YearEnd:
    return work_out(load(made))


NEXT = Year(2024)


def test_it_opens_where_this_year_closed(new: YearEnd) -> None:
    balances = {each.kind: each.amount for each in new.year.ledgers.balances}
    assert balances == {"last close": Decimal(-11_230_962), "opening": Decimal(-11_230_962)}


def test_income_is_the_plans_and_nothing_is_received_yet(old: YearEnd, new: YearEnd) -> None:
    first = {row: old.plan.row(row).years[NEXT].amount for row in ("contract_sum", "third_party_income", "income")}
    assert [each.amount for each in new.year.ledgers.contract_sums] == [first["contract_sum"]] == [Decimal(80_800_000)]
    sources = new.year.ledgers.third_party_income
    assert sum(each.agreed for each in sources) == first["third_party_income"] == Decimal(8_928_116)
    assert {each.actual for each in sources} == {0}
    assert new.outturn.row("income").budget.amount == first["income"]


def test_the_budget_of_each_line_is_the_plans_gross_less_savings_and_with_investments(
    old: YearEnd, new: YearEnd
) -> None:
    body, ledgers = old.year.body, old.year.ledgers
    for line in body.chart.lines:
        saved = sum(
            scheme.planned[0]
            for saving, scheme in zip(ledgers.savings, old.plan.model.schemes, strict=True)
            if lines_named(saving.line, body) == (line.id,)
        )
        invested = sum(
            change_since(body.year, NEXT, each)
            for each in ledgers.investments
            if lines_named(each.line, body) == (line.id,)
        )
        gross = old.plan.row(line.id).years[NEXT].amount
        assert gross is not None
        assert new.outturn.row(line.id).budget.amount == gross - saved + invested
    assert new.outturn.row("position").budget.amount == old.plan.row("position").years[NEXT].amount


def test_savings_still_to_be_made_keep_their_reference_and_save_the_same_each_year(old: YearEnd, new: YearEnd) -> None:
    kept = {scheme.saving.ref: scheme for scheme in new.programme.schemes}
    before = {scheme.saving.ref: scheme for scheme in old.programme.schemes}
    assert kept.keys() == {ref for ref in before if ref.startswith("S24")}
    for ref, scheme in kept.items():
        for year in (NEXT, Year(2025), Year(2026)):
            assert scheme.years[year].planned.amount == before[ref].years[year].planned.amount


def test_every_accrual_and_prepayment_that_stands_at_the_year_end_is_reversed(old: YearEnd, new: YearEnd) -> None:
    stood: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for entry in old.year.accruals_at(13):
        if entry.kind != "reversal":
            stood[entry.coding] += entry.amount
    for entry in new.year.ledgers.accruals:
        assert (entry.kind, entry.period) == ("reversal", 1)
        stood[entry.coding] += entry.amount
    assert set(stood.values()) == {0}
    assert sum(entry.amount for entry in new.year.ledgers.accruals) == Decimal("-1030969.50")


def test_last_year_is_this_years_outturn_by_code_and_month(old: YearEnd, new: YearEnd) -> None:
    rows = new.year.ledgers.last_year
    assert sum(row.outturn for row in rows) == old.outturn.row("expenditure").actual.amount
    assert all(sum(month or 0 for month in row.months) == row.outturn for row in rows)


def test_its_own_reader_finds_no_error_and_its_plan_starts_from_the_budget(made: Path) -> None:
    assert run("check", made).code == 0
    plan = run("plan", made, width=120)
    assert plan.code == 0
    assert "on the revised budget, as nothing is posted yet" in plan.out
    assert "Nothing is posted yet." in run("outturn", made).out


def test_it_is_refused_where_the_folder_is_there_and_a_dry_run_writes_nothing(made: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in made.iterdir()}
    again = run("roll-forward", made.parent / "2023-24")
    assert (again.code, "is there already; nothing was written" in again.err) == (2, True)
    assert before == {path: path.stat().st_mtime_ns for path in made.iterdir()}
    elsewhere = made.parent / "elsewhere"
    dry = run("roll-forward", made.parent / "2023-24", "--to", elsewhere, "--dry-run")
    assert dry.code == 0
    assert "80,800,000" in dry.out
    assert "Nothing was written" in dry.err
    assert sorted(path.name for path in made.parent.iterdir()) == ["2023-24", "2024-25"]


def test_stopped_half_way_it_leaves_nothing(tmp_path: Path, old: YearEnd) -> None:
    rolled = pipeline.next_year(old)
    new = tmp_path / "2024-25"
    with (
        mock.patch.object(openpyxl.Workbook, "save", side_effect=[None, None, KeyboardInterrupt]),
        contextlib.suppress(KeyboardInterrupt),
    ):
        roll_forward.write_next_year(EXAMPLE, new, rolled.year, rolled.ledgers)
    assert list(tmp_path.iterdir()) == []


def test_the_settings_keep_their_notes_and_only_year_and_state_change() -> None:
    text = (EXAMPLE / "breakeven.toml").read_text("utf-8")
    lines = zip(text.splitlines(), next_settings(text, NEXT).splitlines(), strict=True)
    assert [after for before, after in lines if before != after] == [
        'year = "2024-25"',
        'state = "forecast"       # forecast, provisional (before audit) or audited',
    ]
    assert next_settings('name = "A"\nyear = "2023-24"\n[x]\nyear = "y"\n', NEXT) == (
        'name = "A"\nyear = "2024-25"\nstate = "forecast"\n[x]\nyear = "y"\n'
    )
