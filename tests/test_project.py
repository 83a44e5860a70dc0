"""The project keeps its own promises: locks that name no host, links that lead somewhere, one version."""

import re
import tomllib
from importlib import metadata
from pathlib import Path
from urllib.parse import unquote

import pytest

import breakeven

ROOT = Path(__file__).parent.parent
LOCKS = ["requirements.lock", "requirements-dev.lock"]
PAGES = sorted(
    page for pattern in ("*.md", "docs/**/*.md", "benchmarks/*.md", "reports/README.md") for page in ROOT.glob(pattern)
)


def pins(lock: str) -> dict[str, str]:
    """Each ``name==version ; marker`` of a lock file, with the hashes below it."""
    found = re.findall(r"^(\w[^\s\\]*==[^\\]*?) \\\n((?: +--hash=\S+(?: \\)?\n)+)", lock, flags=re.MULTILINE)
    return dict(found)


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_file_names_no_host_and_no_place_on_a_machine(name: str) -> None:
    lock = (ROOT / name).read_text("utf-8")
    assert not re.findall(r"://|^--|@ |file:|^/|[A-Z]:\\|\bhome/", lock, flags=re.MULTILINE)


@pytest.mark.parametrize("name", LOCKS)
def test_every_line_of_a_lock_file_is_a_pin_with_hashes_or_a_comment(name: str) -> None:
    lock = (ROOT / name).read_text("utf-8")
    lines = [line for line in lock.splitlines() if line and not line.lstrip().startswith("#")]
    assert len(lines) == sum(1 + hashes.count("--hash=sha256:") for hashes in pins(lock).values())


def test_the_two_locks_agree() -> None:
    run, dev = (pins((ROOT / name).read_text("utf-8")).keys() for name in LOCKS)
    assert run <= dev


def test_a_dependency_of_the_project_is_in_the_lock() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = {re.split(r"[^\w-]", requirement)[0] for requirement in project["dependencies"]}
    assert wanted <= {pin.split("==")[0] for pin in pins((ROOT / "requirements.lock").read_text("utf-8"))}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_relative_link_on_a_page_leads_to_a_file(page: Path) -> None:
    prose = re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    links = re.findall(r"\]\(\s*<?([^)\s>#]+)", prose) + re.findall(r"(?:src|href)=[\"']([^\"'#]+)", prose)
    here = [unquote(link) for link in links if not re.match(r"[a-z]+:", link)]
    assert [link for link in here if not (page.parent / link).exists()] == []


def test_the_version_is_written_once() -> None:
    version = getattr(breakeven, "__version__", None)
    if version is None:
        pytest.skip("breakeven has no __version__")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert version == metadata.version("breakeven") == project["version"]
