"""Take docs/images/workbook.png, the README's picture of the example's workbook: its plan, as LibreOffice prints it."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
BOOK = ROOT / "reports" / "example" / "breakeven-2023-24.xlsx"
PICTURE = ROOT / "docs" / "images" / "workbook.png"
NEEDED = ("soffice", "pdftotext", "pdftoppm")
TITLE = "Medium-term plan"
DOTS = 110
HEIGHT = 700
"""Dots per inch, and how many of them down: the table without the foot of its page."""


def take() -> None:
    """Take the picture; its letters are those of this machine, so that its bytes differ on another."""
    with tempfile.TemporaryDirectory() as folder:
        there = Path(folder)
        profile = f"-env:UserInstallation={there.as_uri()}/profile"
        _run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(there), str(BOOK))
        printed = there / f"{BOOK.stem}.pdf"
        page = next(each for each in range(1, 100) if _text(printed, each).startswith(TITLE))
        size = ("-H", str(HEIGHT), "-W", "1300")
        _run("pdftoppm", "-png", "-singlefile", "-r", str(DOTS), "-f", str(page), "-l", str(page), *size,
             str(printed), str(PICTURE.with_suffix("")))  # fmt: skip


def _text(printed: Path, page: int) -> str:
    return _run("pdftotext", "-f", str(page), "-l", str(page), str(printed), "-")


def _run(program: str, *args: str) -> str:
    path = shutil.which(program)
    assert path is not None  # noqa: S101  (looked for before)
    return subprocess.run([path, *args], check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    if missing := [program for program in NEEDED if shutil.which(program) is None]:
        sys.exit(f"the picture needs {', '.join(missing)}")
    take()
