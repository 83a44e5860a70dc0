"""A name that leads nowhere, and the known one it was likely meant for."""

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(name: str, known: Iterable[str]) -> str:
    """``; did you mean 'V01'?``, to end a message with; blank where nothing known is near."""
    by_lower = {each.lower(): each for each in known}
    near = get_close_matches(name.lower(), by_lower, n=1) or [key for key in by_lower if name.lower() in key][:1]
    return f"; did you mean {by_lower[near[0]]!r}?" if near else ""
