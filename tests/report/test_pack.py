"""The pack: what is in it and in what order, how its messages are traced, and what is left out where it must be."""

import re
import shutil
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import pytest

from breakeven.monitoring.outturn import Flow
from breakeven.pipeline import year_end
from breakeven.pipeline.year_end import YearEnd, work_out
from breakeven.reconciliation.check import Result
from breakeven.report.cells import cell_text, shown_amount
from breakeven.report.figures import Unit
from breakeven.report.html.page import html_page
from breakeven.report.pack import Pack, make_pack
from breakeven.report.paper.paper import make_paper
from breakeven.report.reconciliation import reconciliation_statement
from breakeven.report.section import Section
from breakeven.report.statement import RowKind
from commands import EXAMPLE, copied, run
from made import balance, budget, contract_sum, contract_year, posted, steady
from report.packs import chart_called, example_pack

EVERY = [
    "outturn", "reconciliation", "variance", "plan", "savings", "demand", "workforce", "performance", "scenarios",
    "certainty", "sensitivity", "assumptions", "other-tests",
]  # fmt: skip


def section(pack: Pack, section_id: str) -> Section:
    return next(each for each in pack.sections if each.id == section_id)


def ids(pack: Pack) -> list[str]:
    return [each.id for each in pack.sections]


def test_the_example_has_every_section_in_order_and_none_is_left_out() -> None:
    assert ids(example_pack()) == EVERY
    assert example_pack().left_out == ()


def test_every_figure_of_a_message_is_in_the_book_so_that_it_can_be_traced() -> None:
    pack = example_pack()
    named = [figure for message in pack.messages for figure in message.figures]
    assert {"outturn/position/actual", "plan/still_to_find/2024-25", "reported/e14"} <= set(named)
    assert set(named) <= set(pack.end.book)


def test_a_message_says_the_figures_that_it_names() -> None:
    book = example_pack().end.book
    for message in example_pack().messages:
        for figure in message.figures:
            assert f"{abs(book[figure].amount or 0):,.0f}" in message.text, figure


def test_the_49_pounds_are_called_out_with_their_cause() -> None:
    (called,) = section(example_pack(), "reconciliation").called_out
    assert "£49 apart" in called
    assert "A typing slip: 67 where 18 is meant" in called
    assert any(called in message.text for message in example_pack().messages)


def test_nothing_that_differs_is_left_out() -> None:
    pack = example_pack()
    found = section(pack, "reconciliation")
    said = [*found.called_out, *found.points]
    differing = [check for check in pack.end.all_checks if check.result is Result.DIFFERS]
    assert len(said) == len(differing) == 25
    for check, sentence in zip(differing, said, strict=True):
        assert sentence.startswith(f"{check.label}: ")
    tests = [*found.statements, *section(pack, "other-tests").statements]
    assert sum(len(each.rows) for each in tests) == len(pack.end.all_checks)


def marks(pack: Pack) -> dict[str, set[bool]]:
    """Whether each figure of the tables is marked there, by its id."""
    found: dict[str, set[bool]] = {}
    for row in (row for statement in pack.statements() for row in statement.rows):
        for column, figure in row.figures.items():
            if row.values.get(column) is not None:
                found.setdefault(figure, set()).add(column in row.illustrative)
    return found


def marked_otherwise_in_words(pack: Pack) -> list[str]:
    """Pounds in a sentence whose mark is not that which the tables have for the amount."""
    found: dict[str, set[bool]] = {}
    for statement in pack.statements():
        for row in statement.rows:
            for column in statement.columns:
                text = cell_text(row, column, Unit.POUNDS)
                found.setdefault(text.strip("()*"), set()).add(text.endswith("*"))
    said = [message.text for message in pack.messages]
    for part in pack.sections:
        said += [*part.lead, *part.called_out, *part.points, *(n for each in part.statements for n in each.notes)]
    pounds = [(each, n, mark) for each in said for n, mark in re.findall(r"£(\d[\d,]*\d)(\*?)", each)]
    return [each for each, amount, mark in pounds if len(found.get(amount, ())) == 1 and {bool(mark)} != found[amount]]


def test_a_figure_is_marked_in_every_table_and_sentence_or_in_none() -> None:
    pack = example_pack()
    assert [figure for figure, found in marks(pack).items() if len(found) > 1] == []
    assert marks(pack)["outturn/supported_accommodation/variance"] == {True}
    assert marks(pack)["outturn/closing_balance/variance"] == {False}  # a published position, and a published opening
    assert marked_otherwise_in_words(pack) == []


def test_a_number_of_placements_that_a_published_one_confirms_is_marked_nowhere() -> None:
    numbers = {row.id: row for row in section(example_pack(), "demand").statements[0].rows}
    assert numbers["residential"].values["closing"] == 68
    assert "closing" not in numbers["residential"].illustrative
    assert "closing" in numbers["supported_accommodation"].illustrative
    (note,) = [each for each in section(example_pack(), "plan").statements[0].notes if "as many all year" in each]
    assert "Residential 68, plan 60.3*" in note
    assert "Supported accommodation 72*, plan 60.9*" in note


def test_a_note_of_the_whole_folder_is_said_once() -> None:
    pack = example_pack()
    (note,) = pack.notes
    assert all(note not in statement.notes for part in pack.sections for statement in part.statements)


def test_no_child_is_shown_by_itself() -> None:
    pack = example_pack()
    refs = {placement.ref for placement in pack.end.year.ledgers.placement_register}
    assert len(refs) > 100
    assert not refs & {row.id for statement in pack.statements() for row in statement.rows}


def test_the_same_figures_are_on_the_terminals_pages() -> None:
    pack = example_pack()
    plan = run("plan", EXAMPLE, "--lines", "--json").data
    (found, *_) = section(pack, "plan").statements
    assert [row["label"] for row in plan["rows"]] == [row.label for row in found.rows]
    outturn = run("outturn", EXAMPLE, "--by", "category,line,source", "--json").data
    (found,) = section(pack, "outturn").statements
    assert [row["values"]["actual"] for row in outturn["rows"]] == [f"{row.values['actual']:.2f}" for row in found.rows]


# Charts' figures ---------------------------------------------------------------------------------------------


def test_the_steps_of_the_bridge_lead_from_the_budget_to_the_outturn_to_the_penny() -> None:
    start, *steps, stop = chart_called("bridge-chart").data.rows
    assert (start.kind, stop.kind) == (RowKind.TOTAL, RowKind.TOTAL)
    moved = [shown_amount(row, "amount") or Decimal(0) for row in steps]
    assert start.values["amount"] == Decimal("742486.00")
    assert Decimal("742486.00") + sum(moved) == stop.values["amount"] == Decimal("-4253670.00")


def test_a_step_of_the_bridge_is_adverse_where_it_lowers_the_position() -> None:
    _, *steps, _ = chart_called("bridge-chart").data.rows
    for row in steps:
        assert row.reading["amount"] == ("A" if (shown_amount(row, "amount") or 0) < 0 else "F"), row.label


def test_the_deficit_by_year_is_the_corkscrew() -> None:
    found = {row.id: row.values["balance"] for row in chart_called("deficit-chart").data.rows}
    assert found["2023"] == Decimal(-6_977_292)
    assert found["2024"] == Decimal(-11_230_962)
    assert list(found) == ["2023", "2024", "2025", "2026", "2027"]


def test_the_fan_opens_where_the_year_closes_and_its_percentiles_are_in_order() -> None:
    opening, *years = chart_called("fan-chart").data.rows
    assert set(opening.values.values()) == {Decimal(-11_230_962)}
    for row in years:
        bands = [row.values[f"p{each}"] for each in (10, 25, 50, 75, 90)]
        assert bands == sorted(bands, key=lambda each: Decimal(str(each)))


def test_the_tornado_is_sorted_and_its_ends_lie_either_side_of_nil() -> None:
    rows = chart_called("tornado-chart").data.rows
    widths = [max(abs(shown_amount(row, end) or 0) for end in ("lower", "higher")) for row in rows]
    assert widths == sorted(widths, reverse=True)
    assert all(row.flow is Flow.NET for row in rows)
    assert all((shown_amount(row, "lower") or 0) <= 0 <= (shown_amount(row, "higher") or 0) for row in rows)


# Folders that lack something ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def least(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example without every workbook that may be left out."""
    folder = copied(tmp_path_factory.mktemp("least") / "year")
    for name in ("plan", "demand", "performance", "reported"):
        (folder / f"{name}.xlsx").unlink()
    return folder


def test_a_section_whose_workbook_is_not_there_is_left_out_and_the_page_says_why(least: Path) -> None:
    pack = make_pack(work_out(year_end.load(least), allow_errors=True))
    assert ids(pack) == ["outturn", "reconciliation", "variance", "plan", "assumptions"]
    why = {each.title: each.why for each in pack.left_out}
    assert why["Savings"] == "the folder has no savings: the sheet Savings of plan.xlsx holds them"
    assert {"Demand", "Workforce", "Performance", "Scenarios", "Sensitivity"} <= set(why)
    page = html_page(pack).decode()
    assert "Not in this report" in page
    assert all(reason in page for reason in why.values())


def test_a_scenario_that_cannot_be_laid_over_is_left_out_with_the_reason(tmp_path: Path) -> None:
    folder = copied(tmp_path / "year")
    (folder / "demand.xlsx").unlink()
    pack = make_pack(work_out(year_end.load(folder), allow_errors=True))
    why = {each.title: each.why for each in pack.left_out}
    assert why["Scenarios"].startswith("scenario 'best': Residential has no number of placements")
    assert "scenarios" not in ids(pack)


def small(*, state: str = "forecast", spent: bool = True) -> YearEnd:
    made = contract_year(
        contract_sum("1200"), balance("opening", "-50"), balance("last close", "-50"), budget("P1 6010", "1200"),
        *steady("contract_sum", "third_party_income", "placements", "staffing", "overheads"),
        extract=posted(*(["P1 6010 300", "P1 6010 300"] if spent else []), periods=(1, 3) if spent else ()),
    )  # fmt: skip
    return work_out(replace(made, body=replace(made.body, state=state)))


def test_a_year_that_is_not_over_is_reported_by_its_forecast() -> None:
    pack = make_pack(small(), 3)
    told = [message.text for message in pack.messages]
    assert [each for each in told if "the year is forecast to end" in each] == told[:1], (
        "its last period is not told twice"
    )
    assert pack.state == "forecast (P03)"
    found = {row.id: row.values["amount"] for row in pack.headlines.rows}
    assert found["position"] == Decimal("-300.00")
    assert "P03 forecast" in [row.label for row in section(pack, "variance").charts[0].data.rows]
    html_page(pack)


def test_a_year_in_which_nothing_is_posted_has_no_variance_and_no_outturn_in_short() -> None:
    pack = make_pack(small(spent=False))
    assert [row.id for row in pack.headlines.rows] == ["still_to_find"]
    told = {part.id: part for part in make_paper(pack).parts}
    assert told["outturn"].paragraphs[0].text.startswith("Nothing is posted yet. The budget is for break-even")
    assert told["recommendations"].points[0].startswith("note that the budget of 2023/24 is for break-even")
    assert told["recommendations"].points[-1].endswith(".")
    assert ("Variance", "nothing is posted yet") in [(each.title, each.why) for each in pack.left_out]
    html_page(pack)


def test_a_year_with_nothing_in_it_is_open_and_still_makes_a_page() -> None:
    pack = make_pack(work_out(contract_year(balance("adjustment", "5"))))
    assert "[x]" in html_page(pack).decode()
    assert any("are open: something they need is missing" in message.text for message in pack.messages)


@lru_cache(maxsize=1)
def at_p09() -> Pack:
    return make_pack(example_pack().end, 9)


def test_at_a_period_the_month_end_comes_first_and_demand_is_as_it_was_then() -> None:
    pack = at_p09()
    assert ids(pack) == ["month-end", *EVERY]
    assert pack.name == "breakeven-2023-24-P09"
    assert pack.title == "Finance report 2023/24 at P09"
    assert section(pack, "demand").statements[0].title == "Placements to P09"
    assert [row.label for row in section(pack, "variance").charts[0].data.rows][-1] == "P09 forecast"
    assert [figure for figure, found in marks(pack).items() if len(found) > 1] == []
    assert marks(pack)["P09/outturn/contract_sum/forecast"] == {False}  # it comes to the published budget
    assert [each for each in marked_otherwise_in_words(pack) if "Amber" not in each] == []  # £25,000 is a limit there


def test_at_a_period_its_forecast_is_told_first_and_the_year_end_is_said_to_be_that() -> None:
    pack = at_p09()
    assert [(row.id, row.values["amount"]) for row in pack.headlines.rows][:2] == [
        ("forecast_position", Decimal("-3815086.06")), ("forecast_closing_balance", Decimal("-10792378.06")),
    ]  # fmt: skip
    assert set(pack.headlines.rows[0].figures.values()) <= set(pack.book)
    first, second, third, *_ = (message.text for message in pack.messages)
    assert first.startswith("At P09 the year is forecast to end with a deficit of £3,815,086*, £4,557,572* worse than")
    assert "Every other figure is of the year end, provisional, with all that is posted since" in second
    assert third.startswith("The year ended with a deficit of £4,253,670")
    parts = {part.id: part for part in make_paper(pack).parts}
    assert parts["recommendations"].points[0].startswith("note that at P09 the position of 2023/24 was forecast to be")
    assert [table.id for table in parts["month_end"].tables] == ["outturn-P09"]
    assert parts["month_end"].charts[0].data.title == "Position, from revised budget to P09 forecast"
    assert parts["outturn"].charts == ()


def test_under_a_scenario_the_pack_is_called_after_it(tmp_path: Path) -> None:
    year = example_pack().end.year
    pack = make_pack(work_out(year, overlays=year_end.scenario(year, "worst")))
    assert pack.name == "breakeven-2023-24-worst"
    assert pack.title == "Finance report 2023/24, scenario worst"
    asked = next(part for part in make_paper(pack).parts if part.id == "recommendations").points
    assert not [point for point in asked if "agree" in point], "what may come about is not to be agreed"
    assert any("in the scenario worst the savings counted in 2024/25 come to £1,581,200*" in point for point in asked)
    assert any("those under the scenario worst, and not the plan as it stands" in said.text for said in pack.messages)
    assert any("planned for 2024/25 under the scenario, £911,780* is counted on" in said.text for said in pack.messages)
    tests = reconciliation_statement(pack.end).rows
    named = [(pack.end.book.get(row.figures[side]), row.values[side]) for row in tests for side in row.figures]
    assert [value for figure, value in named if figure and figure.amount != value] == []


def test_savings_counted_otherwise_are_in_the_packs_name_so_that_no_report_takes_anothers_place() -> None:
    pack = make_pack(work_out(example_pack().end.year, "weighted"))
    assert pack.name == "breakeven-2023-24-weighted"
    assert pack.title == "Finance report 2023/24, savings as weighted"


def test_a_scenario_called_like_a_path_leads_to_no_other_folder() -> None:
    year = example_pack().end.year
    overlays = [each.model_copy(update={"scenario": "../../x"}) for each in year_end.scenario(year, "worst")]
    assert make_pack(work_out(year, overlays=overlays)).name == "breakeven-2023-24-x"


def test_where_many_tests_of_money_differ_they_are_counted_not_recited(tmp_path: Path) -> None:
    folder = copied(tmp_path / "year")
    shutil.copy(EXAMPLE / "reported.xlsx", folder / "reported.xlsx")
    end = work_out(year_end.load(folder))
    differing = tuple(replace(check, result=Result.DIFFERS, cause="made") for check in end.checks[:5])
    said = [message.text for message in make_pack(replace(end, checks=(*differing, *end.checks[5:]))).messages]
    assert any("6 of 51 tests of money do not agree: see Reconciliation." in text for text in said)
