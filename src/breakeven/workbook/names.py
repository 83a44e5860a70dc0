"""Names that may lead nowhere: of a thing, the known one that was likely meant; of a file, whether there is one."""

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path


def nearest(name: str, known: Iterable[str]) -> str:
    """``; did you mean 'V01'?``, to end a message with; blank where nothing known is near."""
    by_lower = {each.lower(): each for each in known}
    near = get_close_matches(name.lower(), by_lower, n=1) or [key for key in by_lower if name.lower() in key][:1]
    return f"; did you mean {by_lower[near[0]]!r}?" if near else ""


def is_file(path: Path) -> bool:
    """Whether a path is a file; what is too long to be a path is none."""
    try:
        return path.is_file()
    except OSError:
        return False
