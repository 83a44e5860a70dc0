"""What the pages say is so: every command on them runs, every generated page is current, every snippet works."""

import re
import shlex
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from commands import run

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]

EXITS = {
    "breakeven reconcile ledgers/2023-24": 1,  # because of the £49
    "breakeven performance ledgers/2023-24 --bands --year 2024-25": 1,  # because of the bands as they are printed
    'breakeven close P09 ledgers/2023-24 --by "Head of finance"': 1,  # because a line is not explained
}
"""Commands that do not exit with 0."""


def commands() -> list[tuple[str, str]]:
    """Each command of each page, with the page it stands on; those of one page run in its order."""
    found: list[tuple[str, str]] = []
    for page in PAGES:
        blocks = re.findall(r"^ *```console\n(.*?)^ *```", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
        lines = [line.strip() for block in blocks for line in block.splitlines()]
        found += [(page.name, line.removeprefix("$ ")) for line in lines if line.startswith("$ ")]
    return found


def test_the_pages_made_from_the_code_are_current() -> None:
    made = subprocess.run(
        [sys.executable, ROOT / "docs" / "make_pages.py", "--check"], capture_output=True, text=True, check=False
    )
    assert (made.returncode, made.stderr) == (0, "")


def test_every_command_on_a_page_runs_and_exits_as_it_should(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "ledgers", tmp_path / "ledgers")
    pages = commands()
    assert {page for page, _ in pages} >= {"README.md", "plan.md"}
    for page, command in pages:
        arguments = shlex.split(command)
        assert arguments[0] == "breakeven", f"{page}: {command}"
        said = run(*arguments[1:], cwd=tmp_path)
        assert said.code == EXITS.get(command, 0), f"{page}: {command}\n{said.err}"
        assert said.out or said.err, f"{page}: {command} prints nothing"


def test_the_python_of_the_readme_gives_what_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    snippet = re.search(r"```python\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), flags=re.DOTALL)
    assert snippet
    monkeypatch.chdir(ROOT)
    names: dict[str, Any] = {}
    exec(snippet[1], names)  # noqa: S102  (our own README)
    assert names["end"].outturn.row("position").actual.amount == Decimal("-4253670.00")
    assert int(names["year"].transactions.frame["pence"].sum()) == sum(names["year"].transactions.pence)
