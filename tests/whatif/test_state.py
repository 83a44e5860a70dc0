"""A question is what a command line says; what was asked before can be asked again."""

import shlex

from hypothesis import given
from hypothesis import strategies as st

from breakeven.whatif.state import History, State

CHANGES = st.lists(
    st.tuples(st.sampled_from(["residential.number", "pay.inflation"]), st.sampled_from(["+5", "4%", ""]))
)


def after(changes: list[tuple[str, str]]) -> History:
    history = History(State())
    for lever, said in changes:
        history = history.asking(history.now.with_change(lever, said))
    return history


def test_a_question_is_the_command_that_answers_it() -> None:
    state = State(since="2025-26 P07", scenario="worst case", view="weighted")
    state = state.with_change("residential.number", "+5").with_change("premises.amount", " +£250k ")
    command = state.command("ledgers/2023-24")
    assert shlex.split(command) == [
        "breakeven", "what-if", "residential.number=+5", "premises.amount=+£250k", "--from", "2025-26 P07",
        "--scenario", "worst case", "--savings", "weighted", "ledgers/2023-24",
    ]  # fmt: skip
    assert State().command(".") == "breakeven what-if ."


def test_a_lever_says_one_thing_and_blank_takes_it_away() -> None:
    state = State().with_change("pay.inflation", "4%").with_change("pay.inflation", "5%")
    assert state.texts == ("pay.inflation=5%",)
    assert state.with_change("pay.inflation", "").texts == ()
    assert state.said("residential.number") == ""


@given(CHANGES)
def test_undoing_all_comes_back_to_the_beginning_and_redoing_all_to_the_end(changes: list[tuple[str, str]]) -> None:
    history = end = after(changes)
    while history.before:
        history = history.undo()
    assert history.now == State()
    assert history.undo() == history
    while history.undone:
        history = history.redo()
    assert history == end
    assert history.redo() == history


def test_a_figure_that_is_being_typed_is_one_question_not_one_for_each_key() -> None:
    history = History(State())
    for n, said in enumerate(("1", "12", "125")):
        history = history.asking(State().with_change("residential.number", said), going_on=n > 0)
    assert history.now.texts == ("residential.number=125",)
    assert history.undo().now == State()


def test_what_is_asked_after_an_undo_puts_an_end_to_what_was_undone() -> None:
    history = after([("pay.inflation", "4%"), ("pay.inflation", "")]).undo()
    assert history.undone
    assert not history.asking(history.now.with_change("residential.number", "+5")).undone
