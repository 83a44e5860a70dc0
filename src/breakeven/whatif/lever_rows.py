"""The levers on the left: each a name, a figure to type, and a handle to drag."""

import re
from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, Label

from breakeven.whatif.levers import Lever

_LETTERS = re.compile(r"[^\W\d_]+")


class LeverMessage(Message):
    """Something was done to a lever."""

    def __init__(self, lever: Lever) -> None:
        super().__init__()
        self.lever = lever


class Typed(LeverMessage):
    """A lever says something else. going_on: since the last change of it the person has gone on typing."""

    def __init__(self, lever: Lever, said: str) -> None:
        super().__init__(lever)
        self.said = said


class Entered(LeverMessage):
    """What was typed is meant. said: what that is."""

    def __init__(self, lever: Lever, said: str = "") -> None:
        super().__init__(lever)
        self.said = said


class Left(LeverMessage):
    """What was typed is given up, or the person has gone elsewhere."""


class Stepped(LeverMessage):
    """A lever is to move by some steps. going_on: it is being dragged, and ``steps`` are from where that began."""

    def __init__(self, lever: Lever, steps: int, *, dragged_from: str | None = None) -> None:
        super().__init__(lever)
        self.steps = steps
        self.dragged_from = dragged_from


class GoneBack(Message):
    """Back to the box."""


class Looked(LeverMessage):
    """A lever is looked at."""


class Asked(Message):
    """A question is put, in the box at the top."""

    def __init__(self, typed: str) -> None:
        super().__init__()
        self.typed = typed


class Sought(Asked):
    """Something is being typed in the box: part of a question, or words that find a lever."""


def is_question(said: str) -> bool:
    """Whether what is typed at a lever is meant for the box: words, that a value never begins with."""
    letters = _LETTERS.match(said.strip())
    return bool(letters) and letters[0].lower() not in {"x", "t", "to"}


class LeverInput(Input):
    """What is typed of one lever. Until something is typed, left and right step it; up and down go to the next."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "app.lever(-1)", "Up", show=False),
        Binding("down", "app.lever(1)", "Down", show=False),
        Binding("escape", "give_up", "Give up", show=False),
        Binding("tab", "app.go_to('plan')", "Plan", show=False),
        Binding("shift+tab", "app.go_to('ask')", "Box", show=False),
    ]

    def __init__(self, lever: Lever) -> None:
        super().__init__(compact=True, select_on_focus=True, max_length=400)
        self.lever = lever
        self.is_typing = False

    def show(self, said: str) -> None:
        """Show what the lever says, without taking it for something typed."""
        self.is_typing = False
        self.remove_class("-wrong")
        if said != self.value:
            with self.prevent(Input.Changed):
                self.value = said
        if self.has_focus:
            self.action_select_all()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.is_typing = True
        self.post_message(Typed(self.lever, event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(Entered(self.lever, event.value))

    def on_focus(self) -> None:
        self.post_message(Looked(self.lever))

    def on_blur(self) -> None:
        self.post_message(Left(self.lever))

    def action_give_up(self) -> None:
        """Let what was typed go; where nothing was, back to the box."""
        if self.is_typing:
            self.post_message(Left(self.lever))
        else:
            self.post_message(GoneBack())

    def action_cursor_left(self, select: bool = False) -> None:  # noqa: FBT001, FBT002  (as it is inherited)
        """One step less, or to the left within what is typed."""
        if self.is_typing or select:
            super().action_cursor_left(select)
        else:
            self.post_message(Stepped(self.lever, -1))

    def action_cursor_right(self, select: bool = False) -> None:  # noqa: FBT001, FBT002  (as it is inherited)
        """One step more, or to the right within what is typed."""
        if self.is_typing or select:
            super().action_cursor_right(select)
        else:
            self.post_message(Stepped(self.lever, 1))


class AskBox(Input):
    """Where a question is typed, or a word that finds levers."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "app.lever(1)", "Levers", show=False),
        Binding("escape", "delete_all", "Clear", show=False),
        Binding("tab", "app.go_to('levers')", "Levers", show=False),
        Binding("shift+tab", "app.go_to('changes')", "Changes", show=False),
    ]

    def __init__(self) -> None:
        super().__init__(
            placeholder="What if ...  residential=+5 pay=4%  then Enter; or a word to find a lever",
            id="ask",
            compact=True,
            select_on_focus=False,
        )

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(Asked(event.value))

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(Sought(event.value))

    def action_delete_all(self) -> None:
        """Take away what is typed."""
        self.value = ""


class Handle(Widget):
    """A handle to drag: each column it goes is one step."""

    can_focus = False

    def __init__(self, lever: Lever) -> None:
        super().__init__()
        self.lever = lever
        self.steps = 0
        """How far it is from where the plan has it, for the drawing."""
        self._grabbed: tuple[int, str] | None = None

    def render_line(self, y: int) -> Strip:  # noqa: ARG002  (of one line)
        width = self.size.width
        middle = width // 2
        at = min(max(middle + self.steps, 0), width - 1)
        cells = ["─"] * width
        cells[middle] = "┼"
        cells[at] = "●" if self.steps else "○"
        content = Content("".join(cells))
        return Strip(content.render_segments(self.visual_style), width)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        self.capture_mouse()
        row = self.parent
        said = row.query_one(LeverInput).value if isinstance(row, LeverRow) else ""
        self._grabbed = (event.screen_x, said)
        event.stop()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._grabbed:
            begun, said = self._grabbed
            self.post_message(Stepped(self.lever, event.screen_x - begun, dragged_from=said))

    def on_mouse_up(self) -> None:
        self._grabbed = None
        self.release_mouse()
        self.post_message(Entered(self.lever))


PARTS = 4
"""A name, what it is now, what is typed, and a handle."""


class LeverRow(Horizontal):
    """One lever."""

    def __init__(self, lever: Lever, *, by_name: bool) -> None:
        super().__init__()
        self.lever = lever
        self.by_name = by_name
        self.now = ""
        self.set_class(by_name, "-named")

    def compose(self) -> ComposeResult:
        own = self.lever.what if self.lever.beneath else self.lever.label
        name = Label(self.lever.name if self.by_name else own, markup=False, classes="name")
        name.tooltip = self.lever.name
        yield name
        yield Label("", markup=False, classes="now")
        yield LeverInput(self.lever)
        yield Handle(self.lever)

    @property
    def is_whole(self) -> bool:
        """Whether its parts are there: it is neither still being put on the screen nor on its way off it."""
        return self.is_attached and len(self.children) == PARTS

    def show(self, said: str, planned: str, now: str, steps: int) -> None:
        """Show what the lever says, what it is as planned and now, and its handle some steps from the middle."""
        self.query_one(LeverInput).placeholder = planned
        now = "" if now == said else now
        if now != self.now:  # another width lays all out again
            self.query_one(".now", Label).update(now, layout=len(now) != len(self.now))
            self.now = now
        self.query_one(LeverInput).show(said)
        self.set_class(bool(said), "-changed")
        handle = self.query_one(Handle)
        handle.steps = steps
        handle.refresh()


class LeverPane(VerticalScroll):
    """The levers that are shown, beneath the headings of their sections."""

    can_focus = False
    _by_name = False

    def compose(self) -> ComposeResult:
        yield Label("", id="complaint", markup=False)

    async def show(self, levers: Sequence[Lever], *, by_name: bool) -> None:
        """Show some levers, those that are there already as they are. by_name: of a search, in its order."""
        if [row.lever for row in self.query(LeverRow)] == list(levers) and by_name == self._by_name and levers:
            return
        self._by_name = by_name
        await self.remove_children("LeverRow, .section")
        widgets: list[Widget] = []
        section = beneath = ""
        for lever in levers:
            if not by_name and lever.section != section:
                section = lever.section
                widgets.append(Label(section, classes="section", markup=False))
            if not by_name and lever.beneath != beneath:
                beneath = lever.beneath
                widgets += [Label(beneath, classes="section beneath", markup=False)] if beneath else []
            widgets.append(LeverRow(lever, by_name=by_name))
        await self.mount_all(widgets or [Label("Nothing is called so.", classes="section")], before="#complaint")

    @property
    def inputs(self) -> list[LeverInput]:
        """What can be typed into, from the top."""
        return list(self.query(LeverInput))

    @property
    def rows(self) -> list[LeverRow]:
        """The rows that are wholly there, from the top."""
        return [row for row in self.query(LeverRow) if row.is_whole]

    def row(self, lever_id: str) -> LeverRow | None:
        """The row of one lever; None where it is not shown."""
        return next((row for row in self.rows if row.lever.id == lever_id), None)
