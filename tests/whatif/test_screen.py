"""The screen answers as the command does, while somebody types, and says in place what it does not understand."""

import random
from decimal import Decimal
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from breakeven.pipeline.year_end import YearEnd
from breakeven.plan.setting import Setting
from breakeven.whatif.app import WhatIf
from breakeven.whatif.keys import IN_ORDER, KEYS
from breakeven.whatif.lever_rows import AskBox, Handle, LeverInput, LeverPane, LeverRow
from breakeven.whatif.question import Chances, Questions
from breakeven.whatif.state import State
from commands import EXAMPLE, run
from whatif.screens import (
    asked,
    at_lever,
    drive,
    example,
    figures,
    in_pounds,
    readings,
    says,
    settled,
    shown,
    typed,
)

Screen = tuple[WhatIf, "Pilot[None]"]


@pytest.fixture
def no_chances(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is simulated: of many questions, that would be most of the time."""

    def none(questions: Questions, setting: Setting) -> Chances:
        return ()

    monkeypatch.setattr(Questions, "chances", none)


@pytest.fixture(scope="module")
def end() -> YearEnd:
    return example()


# Asking ------------------------------------------------------------------------------------------------------


def test_the_members_question_is_answered_by_what_is_typed_in_the_box(end: YearEnd) -> None:
    async def driven(app: WhatIf, pilot: "Pilot[None]") -> None:
        await typed(pilot, "residential=+5 pay=4%")
        await pilot.press("enter")
        await settled(app, pilot)
        in_pounds(app)
        assert figures(app, "position")[:3] == [0, -1_496_424, -1_496_424]
        assert readings(app, "position")[0] == readings(app, "still_to_find")[0] == "A"
        assert figures(app, "chance")[:2] == ["29.5%", "14.5%"]
        assert figures(app, "0", "changes")[:1] == [-1_287_151]
        assert says(app, "#command") == (f"$ breakeven what-if residential.number=+5 pay.inflation=4% {EXAMPLE}")
        assert "goes from nil to a deficit of £1,496,424*" in says(app, "#answer")

    drive(end, driven, size=(300, 60))


def test_the_plan_follows_each_key_that_is_typed_at_a_lever(end: YearEnd) -> None:
    async def driven(app: WhatIf, pilot: "Pilot[None]") -> None:
        in_pounds(app)
        await at_lever(app, pilot, "residential.number")
        await typed(pilot, "+")
        assert app.state == State()
        await typed(pilot, "5")
        assert figures(app, "position")[1] == -1_287_151
        await typed(pilot, "0")
        assert figures(app, "position")[1] == -12_871_513
        assert "110.33 now" in says(app)
        await pilot.press("enter", "ctrl+z")
        assert app.state == State()
        await pilot.press("ctrl+y")
        assert app.state.texts == ("residential.number=+50",)

    drive(end, driven, size=(300, 60))


def test_left_and_right_step_a_lever_and_the_handle_drags_it(end: YearEnd) -> None:
    async def driven(app: WhatIf, pilot: "Pilot[None]") -> None:
        box = await at_lever(app, pilot, "residential.number")
        await pilot.press("right", "right", "left", "right")
        assert app.state.texts == ("residential.number=+2",)
        assert box.value == "+2"
        await pilot.press("ctrl+z", "ctrl+z", "ctrl+z", "ctrl+z")
        assert box.value == ""
        row = app.query_one(LeverPane).row("residential.number")
        assert row is not None
        handle = row.query_one(Handle)
        await pilot.mouse_down(handle, offset=(2, 0))
        await pilot.hover(handle, offset=(5, 0))
        await pilot.hover(handle, offset=(6, 0))
        await pilot.mouse_up(handle, offset=(6, 0))
        assert app.state.texts == ("residential.number=+4",)
        await pilot.press("ctrl+z")
        assert app.state == State()
        await at_lever(app, pilot, "savings.delivery")
        await pilot.press("left", "left")
        assert app.state.texts == ("savings.delivery=80%",)
        await pilot.press("backspace")
        assert app.state == State()

    drive(end, driven)


def test_a_lever_that_is_not_shown_is_found_by_a_word_of_its_name(end: YearEnd) -> None:
    async def driven(app: WhatIf, pilot: "Pilot[None]") -> None:
        await typed(pilot, "premises pounds")
        await settled(app, pilot)
        assert [each.lever.id for each in app.query_one(LeverPane).inputs] == ["premises.amount"]
        await pilot.press("enter")
        await typed(pilot, "+250k")
        assert app.state.texts == ("premises.amount=+250k",)
        await pilot.press("shift+tab", "escape")
        await settled(app, pilot)
        assert len(app.query_one(LeverPane).inputs) > 20

    drive(end, driven)


def test_a_newcomer_may_leave_out_the_equals_sign(end: YearEnd) -> None:
    async def driven(app: WhatIf, pilot: "Pilot[None]") -> None:
        await asked(app, pilot, "residential +5")
        assert app.state.texts == ("residential.number=+5",)

    drive(end, driven)


# The same figures as the command ----------------------------------------------------------------------------------

VALUES: dict[str, list[str]] = {
    "residential.number": ["+1", "+5", "-3", "73", "x1.1"],
    "external_fostering.number": ["+9", "-20"],
    "residential.price": ["+£200", "£6500", "x0.95"],
    "pay.inflation": ["4%", "+1%", "to -1%", "2.5%"],
    "prices.inflation": ["+0.5%", "-0.5%"],
    "contract_sum.inflation": ["+1%", "3%"],
    "contract_sum.amount": ["+£250k", "-£1.2m"],
    "third_party_income.amount": ["+£100k"],
    "S24-03.delivery": ["50%", "0%"],
    "S24-01.start": ["+3 months", "+12 months"],
    "savings.delivery": ["80%"],
    "further_saving.amount": ["+£400k"],
    "premises.amount": ["+£75k", "x1.05"],
    "placements.growth": ["+1%"],
}
SINCE = {"": "April 2024", "2024-25 P07": "October 2024", "2025-26": "April 2025", "2025-26 P04": "July 2025"}


async def changed_at_random(app: WhatIf, pilot: "Pilot[None]", rng: random.Random) -> tuple[dict[str, str], str]:
    """A sequence of changes, some undone; what it should come to, kept apart from what the screen makes of it."""
    kept: list[dict[str, str]] = [{}]
    since = rng.choice(list(SINCE))
    for _ in range(rng.randint(1, 4)):
        lever = rng.choice(list(VALUES))
        value = rng.choice(VALUES[lever])
        if kept[-1].get(lever) == value:
            continue
        if app.query_one(LeverPane).row(lever) and rng.random() < 0.3:
            await at_lever(app, pilot, lever)
            await typed(pilot, value)
            await pilot.press("enter")
        else:
            await asked(app, pilot, f"{lever}={value}")
        kept.append({**kept[-1], lever: value})
        if len(kept) > 2 and rng.random() < 0.25:
            await pilot.press("ctrl+z")
            kept.pop()
    if since:
        await pilot.press("f3", *(letter if letter != " " else "space" for letter in SINCE[since]), "enter")
        await pilot.pause()
    return kept[-1], since


def test_random_sequences_of_changes_come_to_what_the_command_says(end: YearEnd, no_chances: None) -> None:
    rng = random.Random(2024)  # noqa: S311  (the same sequences each time)

    async def driven(app: WhatIf, pilot: "Pilot[None]") -> None:
        in_pounds(app)
        for _ in range(50):
            await pilot.press("ctrl+r")
            changes, since = await changed_at_random(app, pilot, rng)
            await settled(app, pilot)
            asked_of = [f"{lever}={value}" for lever, value in changes.items()]
            said = run("what-if", *asked_of, *(["--from", since] if since else []), EXAMPLE, "--json")
            assert said.code == 0, (asked_of, said.err)
            assert on_the_screen(app) == by_the_command(said.data), asked_of

    drive(end, driven, size=(240, 20))


def on_the_screen(app: WhatIf) -> dict[str, list[Any]]:
    """Both plans and the contributions, as they stand on the screen."""
    table = app.query_one("#changes")
    found = {
        f"{name}_{which}": figures(app, row)[n::3]
        for name, row in (("position", "position"), ("closing", "closing_balance"), ("even", "break_even_requirement"))
        for n, which in enumerate(("before", "after"))
    }
    changes = [figures(app, key, "changes")[:3] for key in getattr(table, "keys")[:-1]]  # noqa: B009
    return found | {"changes": [each for each in changes if any(each)]}


def by_the_command(data: Any) -> dict[str, list[Any]]:
    rows = {row["id"]: [Decimal(value) for value in row["values"].values()] for row in data["rows"]}
    found = {
        f"{name}_{which}": rows[f"{name}_{which}"] for name in ("position", "closing") for which in ("before", "after")
    }
    found |= {f"even_{which}": rows[f"break_even_{which}"] for which in ("before", "after")}
    return found | {
        "changes": [each for row, each in rows.items() if row.startswith(("change_", "together")) and any(each)]
    }


# Mistakes ----------------------------------------------------------------------------------------------------

JUNK = (
    "hello", "=", "residential=", "=+5", "residential=+5 nonsense=4%", "residential=+5pp", "pay=+£3",
    "residential=99999999999999999999999999", "residential=-99", "S24-03=150 months", "contract_sum.number=+1",
    "[bold]x[/bold]=+1", "residential=٣", "résidentiel=+5", "🙂=+5", "\x1b[31m=+5", "a" * 500, "residential=x-1",
    "savings.delivery=-5%", "pay.inflation=1e9%", "'", '"unclosed=+5', "$(rm)=1", "residential=+5 residential=+6",
)  # fmt: skip


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_whatever_is_pasted_in_the_box_is_answered_or_explained(end: YearEnd, size: tuple[int, int]) -> None:
    async def driven(app: WhatIf, pilot: "Pilot[None]") -> None:
        for junk in JUNK:
            await asked(app, pilot, junk)
            assert app.is_running
        await asked(app, pilot, "residental=+5")
        assert "did you mean residential?" in says(app)
        assert app.query_one("#say").has_class("-wrong")
        assert app.query_one(AskBox).selected_text == "residental=+5"
        await asked(app, pilot, "residential=+7")
        assert app.state.said("residential.number") == "+7"
        assert not app.query_one("#say").has_class("-wrong")

    drive(end, driven, size=size)


def test_what_a_lever_does_not_understand_is_said_beneath_it_and_no_figure_follows(end: YearEnd) -> None:
    async def driven(app: WhatIf, pilot: "Pilot[None]") -> None:
        in_pounds(app)
        box = await at_lever(app, pilot, "residential.number")
        for junk in ("%", "99999999999999999", "-70", "🙂", "=4", "to", "[/]"):
            box.value = junk
            await pilot.pause()
            await pilot.press("enter")
            assert app.state == State(), junk
        box.value = "-70"
        await pilot.pause()
        assert app.query_one("#complaint").has_class("-shown")
        assert says(app, "#complaint").startswith("Residential would have -9.67 as its number in 2024/25")
        assert says(app) == "Residential: placements is not understood: the figures are without it"
        assert figures(app, "position")[1] == 0
        await pilot.press("down")
        assert box.value == ""
        assert not app.query_one("#complaint").has_class("-shown")
        box.focus()
        await typed(pilot, "pay 4%")
        assert says(app) == "Enter asks this of the whole plan"
        await pilot.press("enter")
        assert app.state.texts == ("pay.inflation=4%",)
        assert isinstance(app.focused, AskBox)
        assert says(app) == "Pay inflation 2–3.5% → 4%; from April 2024"
        await asked(app, pilot, "S24-01=+3 months")
        await at_lever(app, pilot, "S24-01.start")
        assert "start: Jul 2024 as planned, Oct 2024 now" in says(app)

    drive(end, driven)


def test_a_question_refused_from_a_lever_is_refused_in_words(end: YearEnd, no_chances: None) -> None:
    """Going from the lever to the box with it takes back only what was wrong at that lever."""

    async def driven(app: WhatIf, pilot: "Pilot[None]") -> None:
        await at_lever(app, pilot, "residential.number")
        await typed(pilot, "fostering=+3")
        await pilot.press("enter")
        await pilot.pause()
        assert app.query_one(AskBox).value == "fostering=+3"
        assert says(app).startswith("'fostering' could be any of 2: write external_fostering=+3 or ")

    drive(end, driven)


def test_a_lever_that_is_not_wholly_on_the_screen_is_left_until_it_is(end: YearEnd, no_chances: None) -> None:
    async def driven(app: WhatIf, pilot: "Pilot[None]") -> None:
        pane = app.query_one(LeverPane)
        await pane.rows[0].query_one(LeverInput).remove()
        count = len(list(pane.query(LeverRow)))
        app.show_levers_again()
        assert len(pane.rows) == count - 1

    drive(end, driven)


def test_more_changes_than_a_line_holds_are_said_to_be_more(end: YearEnd, no_chances: None) -> None:
    async def driven(app: WhatIf, pilot: "Pilot[None]") -> None:
        many = "residential=+5 pay=4% external_fostering=+1 premises=+£1k contract_sum=+1% S24-03=50% transport=+£2k"
        await asked(app, pilot, many)
        assert says(app).startswith("Residential 60.33 → 65.33; ")
        assert says(app).endswith("; and more, listed below")
        assert len(says(app)) <= 2 * 78

    drive(end, driven, size=(80, 24))


def test_every_key_works_while_something_is_typed_and_none_of_them_ends_the_screen(
    end: YearEnd, no_chances: None
) -> None:
    keys = [each.key for each in KEYS if hasattr(each, "key")]
    others = ["up", "down", "left", "right", "home", "end", "pageup", "pagedown", "tab", "shift+tab", "delete"]
    others += ["backspace", "ctrl+a", "ctrl+e", "ctrl+k", "ctrl+u", "ctrl+w", "ctrl+x", "ctrl+v", "space", "enter"]

    async def driven(app: WhatIf, pilot: "Pilot[None]") -> None:
        for where in ("#ask", "lever"):
            for key in [*keys, *others]:
                if where == "#ask":
                    app.query_one(AskBox).focus()
                else:
                    await at_lever(app, pilot, "residential.number")
                await typed(pilot, "5")
                await pilot.press(key)
                await pilot.pause()
                if key in {"f1", "f2", "f3", "f4", "f5", "f7", "f8"}:
                    assert len(app.screen_stack) == 2, (where, key)
                    await pilot.press("escape")
                    await pilot.pause()
                assert len(app.screen_stack) == 1, (where, key)
                app.query_one(AskBox).value = ""
                await shown(app, pilot)
        await settled(app, pilot)

    drive(end, driven, size=(80, 24))


def test_it_stands_being_made_small_and_large(end: YearEnd) -> None:
    async def driven(app: WhatIf, pilot: "Pilot[None]") -> None:
        await asked(app, pilot, "residential=+5")
        for width, height in ((20, 5), (40, 12), (1, 1), (80, 24), (250, 80), (80, 24)):
            await pilot.resize_terminal(width, height)
            await pilot.pause()
        assert figures(app, "position")[:2] == [0, -1287]

    drive(end, driven)


def test_while_a_window_is_open_nothing_changes_behind_it(end: YearEnd) -> None:
    async def driven(app: WhatIf, pilot: "Pilot[None]") -> None:
        await asked(app, pilot, "residential=+5")
        app.query_one(AskBox).value = "pay"
        for key in ("f2", "f3", "f5", "f7", "f8"):
            await pilot.press(key)
            await pilot.pause()
            await pilot.press("ctrl+z", "ctrl+r", "f4", "f7")
            await pilot.pause()
            assert len(app.screen_stack) == 2, key
            field = app.screen.query(Input).first()
            field.focus()
            field.value = "pay 9%"
            await pilot.press("enter")
            await pilot.pause()
            await pilot.press("escape")
            await pilot.pause()
            assert app.state.texts == ("residential.number=+5",), key
            assert (app.query_one(AskBox).value, app.focused) == ("pay", app.query_one(AskBox)), key
            assert not app.query_one("#say").has_class("-wrong"), key
        app.query_one("#plan").focus()
        app.trace()
        app.trace()
        assert len(app.screen_stack) == 2
        await pilot.press("escape")
        names = " ".join(command.title for command in app.get_system_commands(app.screen)).lower()
        assert all(word.lower() in names for key, word, _ in IN_ORDER if key != "^P"), names

    drive(end, driven)


def test_a_figure_of_another_question_is_never_shown_as_this_ones(
    end: YearEnd, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("breakeven.whatif.app.BEFORE_CHANCE", 1.5)  # on a busy machine a key takes longer than usual

    async def driven(app: WhatIf, pilot: "Pilot[None]") -> None:
        await settled(app, pilot)
        assert figures(app, "chance")[:2] == ["29.5%", "29.5%"]
        await asked(app, pilot, "residential=+5")
        assert figures(app, "chance")[1] == "..."
        changes = app.query_one("#changes")
        assert changes.has_class("-waiting") or figures(app, "0", "changes")[0] == -1287
        await settled(app, pilot)
        assert not changes.has_class("-waiting")
        assert figures(app, "chance")[:2] == ["29.5%", "16.2%"]
        await pilot.press("ctrl+z")
        assert figures(app, "chance")[:2] == ["29.5%", "29.5%"]

    drive(end, driven)


def test_tab_goes_from_the_box_to_the_levers_to_the_plan(end: YearEnd) -> None:
    async def driven(app: WhatIf, pilot: "Pilot[None]") -> None:
        await pilot.press("tab")
        assert isinstance(app.focused, LeverInput)
        await pilot.press("tab")
        assert app.focused is app.query_one("#plan")
        await pilot.press("tab")
        assert app.focused is app.query_one("#changes")
        await pilot.press("shift+tab", "shift+tab")
        assert isinstance(app.focused, LeverInput)
        await pilot.press("escape")
        assert isinstance(app.focused, AskBox)

    drive(end, driven)
