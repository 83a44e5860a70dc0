"""Draw docs/images/what-if.svg, the picture of the what-if screen in the README, from the screen as it is driven."""

import asyncio
import re
from pathlib import Path

import breakeven as be
from breakeven.whatif.app import WhatIf
from breakeven.whatif.lever_rows import AskBox

ROOT = Path(__file__).parent.parent
FOLDER = "ledgers/2023-24"
PICTURE = ROOT / "docs" / "images" / "what-if.svg"
SIZE = (120, 36)


async def picture() -> str:
    """The screen with the member's question on it, as SVG; its letters come from the reader's own machine."""
    app = WhatIf(be.work_out(be.load(ROOT / FOLDER)), Path(FOLDER))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(1)
        app.query_one(AskBox).value = "residential=+5 pay=4%"
        await pilot.press("enter")
        while not app.is_settled:
            await pilot.pause(0.1)
        await pilot.press("down")
        await pilot.pause(0.5)
        svg = app.export_screenshot(title="breakeven what-if")
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    svg = svg.replace("Fira Code", "'DejaVu Sans Mono', Menlo, Consolas")
    svg = re.sub(r"terminal-\d+", "what-if", svg)
    return "\n".join(line.rstrip() for line in svg.splitlines()) + "\n"


if __name__ == "__main__":
    PICTURE.write_text(asyncio.run(picture()), encoding="utf-8")
