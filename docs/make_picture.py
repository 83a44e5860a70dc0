"""Draw docs/images/screen.svg, the picture in the README: the main job on the example, the same bytes each time."""

import io
import re
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console

from breakeven.pipeline import year_end
from breakeven.report.screen import draw_year_end

ROOT = Path(__file__).parent.parent
FOLDER = "ledgers/2023-24"
PICTURE = ROOT / "docs" / "images" / "screen.svg"
WIDTH = 100


def picture() -> str:
    """The screen as SVG; its letters come from the reader's own machine, not from a host."""
    no_fonts = re.sub(r"@font-face \{\{.*?\}\}\s*", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
    own_font = no_fonts.replace("Fira Code, monospace", "'DejaVu Sans Mono', Menlo, Consolas, monospace")
    console = Console(
        record=True,
        width=WIDTH,
        file=io.TextIOWrapper(io.BytesIO(), encoding="utf-8"),
        force_terminal=True,
        color_system="truecolor",
        no_color=False,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
        _environ={"TERM": "xterm-256color"},  # whatever the terminal it is made in
    )
    draw_year_end(year_end.work_out(year_end.load(ROOT / FOLDER)), console)
    svg = console.export_svg(title=f"breakeven {FOLDER}", code_format=own_font, unique_id="screen")
    return "\n".join(line.rstrip() for line in svg.splitlines()) + "\n"


if __name__ == "__main__":
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(picture(), encoding="utf-8")
