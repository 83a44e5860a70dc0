"""Next year's folder: what it begins with is what this year closed at and what its plan says, to the penny."""

import contextlib
import csv
import os
import shutil
from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path
from unittest import mock

import openpyxl
import pytest

from breakeven.findings import Severity
from breakeven.ledger.targets import lines_named
from breakeven.periods import Year
from breakeven.pipeline import chain
from breakeven.pipeline.year_end import YearEnd, load, work_out
from breakeven.plan.effects import change_since
from breakeven.report.paper.narrative import what_is_next
from breakeven.workbook import roll_forward
from breakeven.workbook.roll_forward import next_settings
from breakeven.workbook.safe_write import WriteRefusedError
from commands import EXAMPLE, copied, edited, run


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


def test_its_own_reader_finds_nothing_and_its_plan_starts_from_the_budget(made: Path, new: YearEnd) -> None:
    assert run("check", made).code == 0
    assert [str(finding) for finding in new.year.findings if finding.severity is not Severity.NOTE] == []
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
    rolled = chain.next_year(old)
    new = tmp_path / "2024-25"
    with (
        mock.patch.object(openpyxl.Workbook, "save", side_effect=[None, None, KeyboardInterrupt]),
        contextlib.suppress(KeyboardInterrupt),
    ):
        roll_forward.write_next_year(EXAMPLE, new, rolled.year, rolled.ledgers)
    assert list(tmp_path.iterdir()) == []


def test_what_a_run_that_was_killed_has_left_is_cleared_away_and_one_of_the_last_hour_is_named(tmp_path: Path) -> None:
    old, recent, other = (tmp_path / name for name in (".2024-25-abcd1234", ".2024-25-wxyz5678", ".2024-25-kept"))
    for left in (old, recent, other):
        left.mkdir()
        (left / "contract.xlsx").write_bytes(b"half")
    os.utime(old, (0, 0))
    said = run("roll-forward", copied(tmp_path / "2023-24"))
    assert said.code == 0
    assert f"{recent} was being made by another run; delete it if none goes on" in said.err
    assert (old.exists(), recent.exists(), other.exists()) == (False, True, True)


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


def chain_of(folder: Path) -> dict[str, dict[str, str]]:
    tests = run("reconcile", folder, "--json").data["tests"]
    return {each["id"]: each for each in tests if each["id"].startswith("chain-")}


def test_the_chain_of_years_agrees_until_an_opening_balance_is_changed_and_names_the_restatement(
    made: Path, tmp_path: Path
) -> None:
    chain = chain_of(made)
    assert {each["result"] for each in chain.values()} == {"agrees"}
    assert chain.keys() == {"chain-close", "chain-opening", "chain-outturn"}
    restated = tmp_path / "2024-25"
    shutil.copytree(made.parent / "2023-24", restated.parent / "2023-24")
    shutil.copytree(made, restated)
    book = openpyxl.load_workbook(restated / "contract.xlsx")
    sheet = book["Balances"]
    assert sheet["A3"].value == "opening"
    sheet["C3"] = -11_230_962 + 49
    book["Control totals"].delete_rows(2, 9)
    book.save(restated / "contract.xlsx")
    opening = chain_of(restated)["chain-opening"]
    assert (opening["difference"], opening["result"]) == ("49.00", "differs")
    assert opening["cause"] == "restatement: 2023/24 closes at -£11,230,962.00 in its own folder"
    assert chain_of(restated)["chain-close"]["result"] == "agrees"
    assert "Restatement: 2023/24 closes at" in run("reconcile", restated).out


def test_without_the_year_before_beside_it_there_is_no_chain_to_test(tmp_path: Path, made: Path) -> None:
    alone = tmp_path / "2024-25"
    shutil.copytree(made, alone)
    assert chain_of(alone) == {}
    broken = tmp_path / "2023-24"
    shutil.copytree(made.parent / "2023-24", broken)
    (broken / "budget.xlsx").unlink()
    assert chain_of(alone) == {}
    assert "the chain of years is not checked" in run("reconcile", alone).err


def test_the_corkscrew_of_every_year_with_a_folder_names_by_how_much_one_is_restated(
    made: Path, tmp_path: Path
) -> None:
    whole = run("reconcile", made, "--chain", width=100)
    assert whole.code == 0
    assert "Every year opens where the year before it closed." in whole.out
    shutil.copytree(made.parent / "2023-24", tmp_path / "2023-24")
    restated = shutil.copytree(made, tmp_path / "2024-25")
    with edited(restated / "contract.xlsx") as book:
        book["Balances"]["C3"] = -11_230_962 - 49
        del book["Control totals"]
    said = run("reconcile", restated, "--chain", width=100)
    assert said.code == 1
    assert "2024/25 opens £49 worse than 2023/24 closed: a restatement." in said.out
    rows = {row["id"]: row["values"] for row in run("reconcile", restated, "--chain", "--json").data["rows"]}
    assert rows["2023-24"] == {
        "opening": "-6977292.00", "restated": None, "position": "-4253670.00", "adjustments": "0.00",
        "closing": "-11230962.00",
    }  # fmt: skip
    assert (rows["2024-25"]["restated"], rows["2024-25"]["opening"]) == ("-49.00", "-11231011.00")


def test_a_year_with_errors_or_without_a_folder_breaks_the_corkscrew_and_is_said(made: Path, tmp_path: Path) -> None:
    alone = shutil.copytree(made, tmp_path / "2024-25")
    assert "No other year of this body" in run("reconcile", alone, "--chain").out
    broken = copied(tmp_path / "2023-24")
    (broken / "budget.xlsx").unlink()
    said = run("reconcile", alone, "--chain")
    assert (said.code, "has errors and is not in the chain" in said.err) == (0, True)
    earlier = shutil.copytree(made, tmp_path / "2022-23")
    (earlier / "plan.xlsx").unlink()
    toml = earlier / "breakeven.toml"
    toml.write_text(toml.read_text("utf-8").replace('year = "2024-25"', 'year = "2022-23"'), "utf-8")
    with edited(earlier / "contract.xlsx") as book:
        book["Contract sum"]["A2"] = "2022-23"
        del book["Control totals"]
    gap = " ".join(run("reconcile", alone, "--chain", width=120).out.split())
    assert "What 2024/25 is restated by cannot be said: the chain has no folder of 2023/24." in gap
    (open_year,) = [line for line in run("reconcile", alone, "--chain").lines if line.startswith("2024/25")]
    assert "[x]" in open_year


def in_text(folder: Path, sheet: str, table: str, text: str) -> None:
    """Have one sheet of expenditure.xlsx in a text file instead, and its layout say so."""
    with edited(folder / "expenditure.xlsx") as book, (folder / text).open("w", encoding="utf-8", newline="") as out:
        for row in book[sheet].iter_rows(values_only=True):
            csv.writer(out).writerow(f"{each:%d/%m/%Y}" if isinstance(each, date) else each for each in row)
        del book[sheet]
        if "Control totals" in book.sheetnames:
            del book["Control totals"]
    toml = folder / "breakeven.toml"
    layout = f'\n[layout.{table}]\nworkbook = "{text}"\nsheet = "csv"\n'
    toml.write_text(toml.read_text("utf-8") + layout, "utf-8")


def test_a_table_kept_as_text_is_text_next_year_too_and_the_days_of_a_layout_move_on(tmp_path: Path) -> None:
    folder = copied(tmp_path / "2023-24")
    in_text(folder, "Accruals", "accruals", "accruals.csv")
    in_text(folder, "Transactions", "transactions", "extract.csv")
    toml = folder / "breakeven.toml"
    toml.write_text(toml.read_text("utf-8") + "first_day = 2023-04-01\nlast_day = 2024-03-31\n", "utf-8")
    said = run("roll-forward", folder)
    assert said.code == 0, said.err
    made = tmp_path / "2024-25"
    headings, first, *rest = (made / "accruals.csv").read_text("utf-8").splitlines()
    assert headings.startswith("Ref,Type,Period,Cost centre,Account")
    assert first.startswith("A01,reversal,P01,P1010,6010")
    assert len(rest) == 32
    assert len((made / "extract.csv").read_text("utf-8").splitlines()) == 1
    assert "first_day = 2024-04-01\nlast_day = 2025-03-31\n" in (made / "breakeven.toml").read_text("utf-8")
    assert run("check", made).code == 0


def test_a_workbook_in_a_form_that_is_not_written_is_refused_and_nothing_is_made(tmp_path: Path, old: YearEnd) -> None:
    folder = tmp_path / "2023-24"
    folder.mkdir()
    text = (EXAMPLE / "breakeven.toml").read_text("utf-8")
    (folder / "breakeven.toml").write_text(f'{text}\n[layout.transactions]\nworkbook = "extract.ods"\n', "utf-8")
    rolled = chain.next_year(old)
    with pytest.raises(WriteRefusedError, match=r"a \.ods file cannot be"):
        roll_forward.write_next_year(folder, tmp_path / "2024-25", rolled.year, rolled.ledgers)
    assert [path.name for path in tmp_path.iterdir()] == ["2023-24"]


def test_a_saving_is_no_surer_in_next_years_folder_than_it_was_in_this_years(old: YearEnd, new: YearEnd) -> None:
    """2,500,000 is in the new budget as planned; of what it comes to by 2025/26 1,628,800 is counted on in both."""
    year = Year(2025)
    found = {name: end.plan.row("still_to_find").years[year].amount for name, end in (("old", old), ("new", new))}
    assert found == {"old": 1_201_751, "new": 1_163_185}
    moved = Decimal(2_500_000) - 225_000  # the budget holds these, and the rates of 2025/26 move them
    assert 1_201_751 - 1_163_185 == Decimal(38_566) < moved * Decimal("0.02")
    identified = new.plan.row("savings_identified").years[year].amount
    assert identified == 1_628_800 - 2_500_000
    assert new.programme.held is not None
    assert new.programme.held.amount == -2_500_000
    weighted = [end.programme.totals[NEXT].weighted.amount for end in (old, new)]
    assert weighted == [1_384_300, 1_384_300]
    said = " ".join(message.text for message in what_is_next(new))
    assert "takes savings of £291,985* more than the £2,500,000* of 2024/25 that the budget holds" in said
    assert "£1,628,800* of all is identified, weighted by confidence, and £1,163,185* is still to find" in said
    assert new.outturn.row("third_party_income").actual.amount is None, "that nothing has come yet is no loss"


def test_the_fifteen_indicators_agreed_for_the_year_are_its_own_and_last_years_stay_as_history(made: Path) -> None:
    now = run("performance", made, "--json").data["rows"]
    assert [row["id"] for row in now] == [f"k{n}" for n in range(1, 16)]
    assert {row["values"]["missing"] for row in now} == {"12"}
    before = run("performance", made, "--year", "2023-24", "--json").data
    assert before == run("performance", made.parent / "2023-24", "--json").data | {"sources": before["sources"]}


def test_what_moves_the_money_is_still_known(made: Path) -> None:
    steps = {row["id"]: row["values"] for row in run("bridge", made, "--json").data["rows"]}
    assert steps["b1"]["kpis"] == "PI13, K12"
    assert all(steps[step]["2025-26"] is not None for step in ("b1", "b3", "b4", "b6", "residential"))
    said = {each["id"]: each["words"] for each in run(made, "--json").data["movers"]}
    assert said["performance"] == ["15 indicators at the last month given of each: 15 [x]."]
    assert said["bridge"][0] == "Residential, 1 placement more: £269,148* adverse in 2025/26."  # 2027/28 is open
