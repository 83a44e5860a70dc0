"""A list of what may be ticked, in letters: what is in and what is out differ on a screen without colours, too."""

from rich.segment import Segment
from textual.strip import Strip
from textual.widgets import SelectionList


class TickList(SelectionList[str]):
    """``[x]`` before what is in, ``[ ]`` before what is out."""

    def render_line(self, y: int) -> Strip:
        """As it is inherited, where the two differ by their colour alone; with the box in letters."""
        line = list(super().render_line(y))
        at = self.scroll_offset.y + y
        if at >= self.option_count or len(line) < 4:
            return Strip(line)
        is_in = self.get_option_at_index(at).value in self.selected
        box = Segment("[x]" if is_in else "[ ]", line[3].style)
        return Strip([box, *line[3:]])
