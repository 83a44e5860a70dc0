"""The screen on folders that are not the example: what it keeps, what it writes elsewhere, and plans with little in."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, SelectionList

import breakeven as be
from breakeven.pipeline.year_end import YearEnd, work_out
from breakeven.whatif import export
from breakeven.whatif.app import WhatIf
from breakeven.whatif.compare_view import CompareView
from breakeven.whatif.question import Questions
from breakeven.whatif.state import State
from breakeven.whatif.target_view import TargetView
from commands import copied, edited, run
from register_commands import bytes_of
from whatif.screens import Driven, asked, drive, example, figures, in_pounds, says, settled, typed


def opened(folder: Path, driven: Driven, *, size: tuple[int, int] = (120, 40)) -> None:
    """Open the screen of a folder, drive it and close it."""
    drive(example(folder), driven, size=size, folder=folder)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copied(tmp_path / "year")


# Keeping -----------------------------------------------------------------------------------------------------


def test_a_scenario_is_kept_with_who_asked_when_and_the_hash_of_each_input_and_can_be_asked_again(folder: Path) -> None:
    before = bytes_of(folder)

    async def driven(app: WhatIf, pilot: "Pilot[None]") -> None:
        await asked(app, pilot, "residential=+5 pay=4%")
        await pilot.press("f7")
        await pilot.pause()
        await typed(pilot, "worst")
        note = app.screen.query_one(".note")
        assert "is a scenario of the folder already" in str(note.render())
        app.screen.query_one("#name", Input).value = "five more"
        await pilot.pause()
        assert str(note.render()).startswith(f"Writes {folder / 'plans' / 'five_more.json'}: the changes")
        await pilot.press("enter", "enter")
        assert str(note.render()) == "Say who asks: it is kept with what is asked."
        app.screen.query_one("#by", Input).value = "Cllr Shah"
        await pilot.press("enter")
        await pilot.pause()
        assert len(app.screen_stack) == 1
        await pilot.press("ctrl+r", "f2")
        await pilot.pause()
        await typed(pilot, "five more")
        await pilot.press("enter")
        await pilot.pause()
        assert app.state.texts == ("residential.number=+5", "pay.inflation=4%")

    opened(folder, driven)
    kept = json.loads((folder / "plans" / "five_more.json").read_text("utf-8"))
    assert (kept["saved_by"], kept["name"]) == ("Cllr Shah", "five more")
    assert kept["asked"]["changes"] == ["residential.number=+5", "pay.inflation=4%"]
    assert kept["inputs"]["plan.xlsx"] == {file.name: file.sha256 for file in be.load(folder).inputs}["plan.xlsx"]
    assert {name: data for name, data in bytes_of(folder).items() if "plans" not in str(name)} == before
    said = run("compare", "plan", "five more", folder, "--json")
    assert (said.code, said.data["rows"][-1]["id"]) == (0, "break_even_after")


def test_up_to_four_scenarios_stand_side_by_side_and_a_fifth_is_refused_in_words(folder: Path) -> None:
    async def driven(app: WhatIf, pilot: "Pilot[None]") -> None:
        await asked(app, pilot, "residential=+5")
        await pilot.press("f4")
        await pilot.pause()
        view = app.screen
        assert isinstance(view, CompareView)
        choices = view.query_one(SelectionList[str])
        assert list(choices.selected) == ["on the screen", "as planned", "best", "central"]
        choices.select_all()
        await pilot.pause()
        assert "Only 4 at a time" in str(view.query_one(".note").render())
        assert list(choices.selected) == ["on the screen", "as planned", "best", "central"]
        assert [row.label for row in view.statement(["on the screen", "best"]).rows[:3]] == [
            "Position for the year", "on the screen", "best",
        ]  # fmt: skip
        choices.deselect_all()
        await pilot.pause()
        await pilot.press("escape")

    opened(folder, driven)


def test_what_it_takes_starts_from_what_is_on_the_screen_and_lines_can_be_held(folder: Path) -> None:
    async def driven(app: WhatIf, pilot: "Pilot[None]") -> None:
        await asked(app, pilot, "residential=+5 pay=4%")
        await pilot.press("f5")
        view = app.screen
        assert isinstance(view, TargetView)
        await worked(view, pilot)
        assert "A further saving of £1,496,424*" in page(view)
        assert "Striving for Excellence" in page(view)
        view.query_one(SelectionList[str]).select("residential")
        await pilot.pause()
        await worked(view, pilot)
        assert "Who makes the saving" in page(view)
        view.query_one(Input).value = "nonsense"
        await pilot.pause()
        assert "expected break-even" in str(view.query_one(".note").render())
        assert "no answer" in page(view)
        view.query_one(Input).value = "balance=-5m in 2026-27"
        await pilot.pause()
        await worked(view, pilot)
        assert "£5,000,000" in page(view)
        view.query_one(Input).value = "balance=1e999"
        await worked(view, pilot)
        assert "no answer" in page(view)
        view.query_one(Input).value = ""
        await worked(view, pilot)
        assert "would break even in 2024/25" in page(view)
        await pilot.press("escape")

    opened(folder, driven)


async def worked(view: TargetView, pilot: "Pilot[None]") -> None:
    for _ in range(400):
        await pilot.pause(0.05)
        if not view.work.is_busy:
            return


def page(view: TargetView) -> str:
    return " ".join(str(view.query_one("#page Static").render()).split())


def test_the_answer_is_written_where_it_says_as_the_command_gives_it(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    async def driven(app: WhatIf, pilot: "Pilot[None]") -> None:
        await asked(app, pilot, "residential.number=+5")
        for ending in export.FORMATS:
            await pilot.press("f8")
            await pilot.pause()
            await typed(pilot, f".{ending}")
            await pilot.press("enter")
            await pilot.pause()

    opened(folder, driven)
    written = tmp_path / "reports" / "what-if-2023-24.json"
    assert json.loads(written.read_text("utf-8")) == run("what-if", "residential.number=+5", folder, "--json").data
    assert written.with_suffix(".csv").read_text("utf-8").startswith("id,label,")
    assert "goes from nil to a deficit" in written.with_suffix(".txt").read_text("utf-8")


def test_a_report_is_of_the_plan_as_it_is_changed(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In every format; the workbook offers the changes as a scenario of its own."""
    monkeypatch.chdir(tmp_path)
    state = State((("residential.number", "+5"),), scenario="worst")
    questions = Questions.of(work_out(be.load(folder)), state)
    end = questions.reported_year(state)
    after = next(row.after[0] for row in questions.answer(state).rows if row.id == "position")
    said = run("what-if", "residential.number=+5", "--scenario", "worst", folder, "--json").data
    told = {row["id"]: row["values"]["2024-25"] for row in said["rows"]}
    assert Decimal(told["position_after"]) == after
    for ending in export.REPORT_FORMATS:
        assert export.export_report(end, folder, ending).name == f"breakeven-2023-24-what-if.{ending}"
    assert f"{abs(after or 0):,.0f}" in (tmp_path / "reports" / "breakeven-2023-24-what-if.html").read_text("utf-8")


def test_a_report_is_written_from_the_screen(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    made = tmp_path / "reports" / "breakeven-2023-24-what-if.html"

    async def driven(app: WhatIf, pilot: "Pilot[None]") -> None:
        await asked(app, pilot, "residential.number=+5")
        await pilot.press("f8")
        await pilot.pause()
        await typed(pilot, "page")
        await pilot.press("enter")
        await app.workers.wait_for_complete()  # pyright: ignore[reportUnknownMemberType]
        await pilot.pause()

    opened(folder, driven)
    assert "what-if" in made.read_text("utf-8")


# Plans with little in ----------------------------------------------------------------------------------------


async def everything(app: WhatIf, pilot: "Pilot[None]") -> None:
    """Ask, look at every window, undo."""
    for text in ("residential=+5", "pay=4%", "contract_sum=+£250k", "further_saving=+£1m"):
        await asked(app, pilot, text)
    await settled(app, pilot)
    for key in ("f1", "f2", "f3", "f4", "f5", "f7", "f8"):
        await pilot.press(key)
        await pilot.pause(0.3)
        if len(app.screen_stack) > 1:
            await pilot.press("escape")
        await pilot.pause()
    app.query_one("#plan").focus()
    await pilot.press("enter")
    await pilot.pause(0.5)
    await pilot.press("escape", "ctrl+l", "f6", "ctrl+z", "ctrl+r")
    await settled(app, pilot)
    assert len(app.screen_stack) == 1


def test_a_plan_that_is_open_is_shown_as_open(folder: Path) -> None:
    with edited(folder / "plan.xlsx") as book:
        sheet = book["Assumptions"]
        sheet.delete_rows(2, sheet.max_row)
        del book["Control totals"]

    async def driven(app: WhatIf, pilot: "Pilot[None]") -> None:
        await everything(app, pilot)
        assert figures(app, "position")[:3] == ["[x]"] * 3
        assert figures(app, "chance")[0] == "[x]"

    opened(folder, driven)


def test_a_folder_without_a_plan_still_opens(folder: Path) -> None:
    (folder / "plan.xlsx").unlink()
    opened(folder, everything, size=(80, 24))


def test_a_rolled_folder_without_a_posting_opens_on_its_budget(tmp_path: Path, folder: Path) -> None:
    rolled = tmp_path / "next"
    assert run("roll-forward", folder, "--to", rolled).code == 0
    end: YearEnd = work_out(be.load(rolled))
    assert end.year.starts_from_budget

    async def driven(app: WhatIf, pilot: "Pilot[None]") -> None:
        await everything(app, pilot)
        in_pounds(app)
        assert "[x]" not in figures(app, "position")[:3] or end.plan.open_lines
        assert says(app, "#command").startswith("$ breakeven what-if")

    opened(rolled, driven)


def test_a_folder_with_errors_is_refused_before_a_screen_opens(folder: Path) -> None:
    with edited(folder / "budget.xlsx") as book:
        book["Budget"]["E2"] = "n/a"
    said = run("what-if", "--web", folder)
    assert said.code == 3
    assert said.out == ""
