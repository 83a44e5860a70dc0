"""The keys, which work while something is typed too; the line that names them; and the colours."""

from rich.terminal_theme import TerminalTheme
from textual.binding import Binding
from textual.theme import Theme
from textual.widgets import Static

KEYS = [
    Binding("f1", "help", "Help", priority=True),
    Binding("f2", "scenario", "Scenario", priority=True),
    Binding("f3", "since", "From", priority=True),
    Binding("f4", "compare", "Compare", priority=True),
    Binding("f5", "target", "Target", priority=True),
    Binding("f6", "years", "Years", priority=True),
    Binding("f7", "save", "Save", priority=True),
    Binding("f8", "export", "Export", priority=True),
    Binding("f9", "reset_one", "Reset lever", priority=True),
    Binding("ctrl+z", "undo", "Undo", priority=True),
    Binding("ctrl+y", "redo", "Redo", priority=True),
    Binding("ctrl+r", "reset", "Reset all", priority=True),
    Binding("ctrl+t,f10", "colours", "Colours", priority=True),
    Binding("ctrl+l", "lines", "Lines", priority=True),
]
"""What every key does, whatever has the focus."""

IN_ORDER = (
    ("F1", "Help", "help"), ("^P", "All", "command_palette"), ("Esc", "Box", "go_to('ask')"), ("^Z", "Undo", "undo"),
    ("F2", "Scenario", "scenario"),
    ("F3", "From", "since"), ("F4", "Compare", "compare"), ("F5", "Target", "target"), ("F7", "Save", "save"),
    ("F6", "Years", "years"), ("F8", "Export", "export"), ("^R", "Reset", "reset"), ("^Y", "Redo", "redo"),
    ("F9", "Reset lever", "reset_one"), ("^L", "Lines", "lines"), ("F10", "Colours", "colours"),
    ("^Q", "Leave", "quit"),
)  # fmt: skip
"""The keys as the line names them: where there is little room, the last are left to the help."""

HIGH_CONTRAST = Theme(
    name="high-contrast", primary="#ffff00", secondary="#00ffff", accent="#ffff00", warning="#ffff00",
    error="#ff6060", success="#60ff60", foreground="#ffffff", background="#000000", surface="#000000",
    panel="#000000", boost="#202020", dark=True, text_alpha=1.0,
    variables={"text-muted": "#ffffff", "block-cursor-text-style": "bold reverse"},
)  # fmt: skip
THEMES = (HIGH_CONTRAST,)

ON_DARK = TerminalTheme((0, 0, 0), (255, 255, 255), [
    (90, 90, 90), (255, 120, 120), (110, 220, 130), (240, 200, 90),
    (130, 170, 255), (220, 160, 250), (110, 210, 230), (230, 230, 230),
])  # fmt: skip
ON_LIGHT = TerminalTheme((255, 255, 255), (0, 0, 0), [
    (0, 0, 0), (176, 0, 32), (0, 100, 30), (125, 85, 0), (0, 60, 170), (120, 0, 120), (0, 90, 110), (70, 70, 70),
])  # fmt: skip
"""The red of what is adverse, the green of what is favourable and the rest, to be read on either ground."""

CYCLE = ("textual-dark", "textual-light", "high-contrast")


class KeyBar(Static):
    """The keys in one line, each whole, as many as there is room for; each can be clicked."""

    def __init__(self) -> None:
        super().__init__(id="keys")

    def on_resize(self) -> None:
        room, parts = self.size.width, list[str]()
        for key, word, action in IN_ORDER:
            room -= len(key) + len(word) + 3
            if room < -2:
                break
            parts.append(f"[@click=app.{action}][b]{key}[/b] {word}[/]")
        self.update("  ".join(parts))
