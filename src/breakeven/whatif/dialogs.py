"""What is asked in a window of its own: one of several, a name to keep a scenario under; and the help."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.console import Console
from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Label, OptionList
from textual.widgets.option_list import Option

from breakeven.findings import visible
from breakeven.whatif.page import Page
from breakeven.whatif.plan_table import MEANS, SHORT


class Window(ModalScreen[object]):
    """A window that escape closes."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape", "dismiss(None)", "Close")]


class Pick(ModalScreen[str | None]):
    """One of several, by its words: typing narrows them down."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape", "dismiss(None)", "Close"),
        ("down", "move('cursor_down')", "Down"),
        ("up", "move('cursor_up')", "Up"),
        ("pagedown", "move('page_down')", "Page down"),
        ("pageup", "move('page_up')", "Page up"),
    ]

    def __init__(self, title: str, choices: Sequence[tuple[str, str]], now: str = "", note: str = "") -> None:
        """choices: a key and its words. now: the key of the one that stands. note: what follows from picking."""
        super().__init__()
        self._title, self._choices, self._now, self._note = title, choices, now, note

    def compose(self) -> ComposeResult:
        with Vertical(classes="window") as window:
            window.border_title = self._title
            window.border_subtitle = "Enter picks, Esc closes"
            yield Input(placeholder="Type to narrow down", compact=True)
            yield OptionList(*self._options(""), compact=True, markup=False)
            yield Label(self._note, markup=False, classes="note")

    def on_mount(self) -> None:
        keys = [key for key, _ in self._choices]
        self.query_one(OptionList).highlighted = keys.index(self._now) if self._now in keys else 0
        self.query_one(Input).focus()

    def _options(self, words: str) -> list[Option]:
        parts = words.lower().split()
        return [
            Option(f"{'● ' if key == self._now else '  '}{label}", id=f"k{n}")
            for n, (key, label) in enumerate(self._choices)
            if all(part in label.lower() for part in parts)
        ]

    def on_input_changed(self, event: Input.Changed) -> None:
        choices = self.query_one(OptionList)
        choices.clear_options()
        choices.add_options(self._options(event.value))
        choices.highlighted = 0 if choices.option_count else None
        nothing = "" if choices.option_count else f"Nothing is found with {visible(event.value)!r} in it. "
        self.query_one(".note", Label).update(nothing or self._note)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        choices = self.query_one(OptionList)
        if choices.highlighted is not None:
            self._pick(choices.get_option_at_index(choices.highlighted).id)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self._pick(event.option_id)

    def _pick(self, option_id: str | None) -> None:
        self.dismiss(self._choices[int((option_id or "k0")[1:])][0])

    def action_move(self, how: str) -> None:
        """Move among the choices while the words have the focus."""
        getattr(self.query_one(OptionList), f"action_{how}")()


class Keep(ModalScreen[tuple[str, str] | None]):
    """A name to keep a scenario under, and who asks. what_is_written: said before anything is."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape", "dismiss(None)", "Close")]

    def __init__(self, what_is_written: Callable[[str], str], why_not: Callable[[str], str]) -> None:
        """what_is_written, why_not: of a name, what would be written, and why it cannot be; blank where it can."""
        super().__init__()
        self._what, self._why_not = what_is_written, why_not

    def compose(self) -> ComposeResult:
        with Vertical(classes="window") as window:
            window.border_title = "Save as a named scenario"
            window.border_subtitle = "Enter saves, Esc closes"
            yield Label("Name")
            yield Input(placeholder="such as: five more, pay 4%", id="name", compact=True, max_length=80)
            yield Label("Who asks")
            yield Input(placeholder="such as: Cllr Shah", id="by", compact=True, max_length=80)
            yield Label("", markup=False, classes="note")

    def on_mount(self) -> None:
        self._say("")

    def on_input_changed(self, event: Input.Changed) -> None:
        if event.input.id == "name":
            self._say(event.value)

    def _say(self, name: str) -> None:
        note = self.query_one(".note", Label)
        why_not = self._why_not(name) if name.strip() else ""
        note.set_class(bool(why_not), "-wrong")
        note.update(why_not or self._what(name))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        name, by = (self.query_one(f"#{each}", Input).value.strip() for each in ("name", "by"))
        if why_not := self._why_not(name):
            self._refuse(why_not, "#name")
        elif not by and event.input.id == "name":
            self.query_one("#by", Input).focus()
        elif not by:
            self._refuse("Say who asks: it is kept with what is asked.", "#by")
        else:
            self.dismiss((name, by))

    def _refuse(self, why: str, where: str) -> None:
        note = self.query_one(".note", Label)
        note.set_class(True, "-wrong")
        note.update(why)
        self.query_one(where, Input).focus()


class Help(Window):
    """What every key does."""

    def compose(self) -> ComposeResult:
        with Vertical(classes="window tall") as window:
            window.border_title = "What if: how to ask"
            window.border_subtitle = "Esc closes"
            yield Page()

    def on_mount(self) -> None:
        page = self.query_one(Page)
        page.show(_help)
        page.focus()


def _help(console: Console) -> None:
    for heading, lines in HELP:
        console.print(Text(heading, style="bold"))
        grid = Table.grid(padding=(0, 2, 0, 0))
        grid.add_column(width=17)
        grid.add_column()
        for keys, words in lines:
            grid.add_row(Text(f"  {keys}", style="bold"), Text(words))
        console.print(grid)
        console.print()


HELP = (
    (
        "Ask, in the box at the top",
        (
            ("residential=+5", "five more placements; pay 4% sets a rate; several at once, with spaces, then Enter"),
            ("from October", "at the end: from when the changes count; a month, P07, or 2025-26"),
            ("agency", "any word finds what has it in its name; Esc takes it away"),
        ),
    ),
    (
        "Or at a lever",
        (
            ("+5   73   4%", "five more; 73 in all; a rate of 4%. The plan changes as you type"),
            ("£250k  +£250k", "pounds; x1.1 multiplies; to -2% sets what is below nil"),
            ("50%  +3months", "of a saving: half of it delivered; three months later"),
            ("← →", "one step less or more; or drag the handle"),
            ("↑ ↓", "the next lever, or the one before"),
            ("Tab", "to the plan, to what each change does, and round again"),
            ("Backspace", "takes the change away"),
            ("Esc", "gives up what is being typed; again, and you are back in the box"),
        ),
    ),
    (
        "At any time, also while you type",
        (
            ("F2  F3", "start from another scenario; from which month the changes count"),
            ("F4  F5", "compare up to four scenarios; what it takes to reach a target"),
            ("F6  F7  F8", "the other years; save as a named scenario; export"),
            ("Ctrl+Z  Ctrl+Y", "undo, redo"),
            ("F9  Ctrl+R", "reset this lever; reset all"),
            ("F10  Ctrl+T", "colours: dark, light, high contrast (a browser may keep Ctrl+T)"),
            ("Ctrl+L", "the lines beneath each category"),
            ("Ctrl+P", "everything that can be done, by name"),
            ("Ctrl+Q", "leave; nothing is written to the workbooks"),
        ),
    ),
    (
        "Figures",
        (
            ("Enter", "on a figure of the plan: where it comes from, down to the cells"),
            ("(1,234) A", "costs and deficits are in brackets; A adverse, F favourable"),
            ("...", "is being worked out; [x] is not known"),
        ),
    ),
    (
        "Rows of the plan",
        tuple((SHORT.get(row, row.replace("_", " ").capitalize()), means) for row, means in MEANS.items()),
    ),
    (
        "With a screen reader",
        (("", "The page that breakeven report --format html writes says the same in headings and tables."),),
    ),
)
