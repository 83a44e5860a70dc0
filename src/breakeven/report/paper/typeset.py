"""Typst: sources in, a document or a picture out, with its own fonts and no clock, so that the bytes never change."""

from collections.abc import Mapping
from typing import Any, Literal


def typeset(sources: Mapping[str, bytes], kind: Literal["pdf", "png"], **more: Any) -> bytes:
    """``main.typ`` set with the files beside it, by name, as one PDF or a picture of one page. more: for Typst."""
    import typst  # noqa: PLC0415  (only where a paper is written)

    compiled: Any = typst.compile  # its types know of no sources in memory
    made: bytes = compiled(dict(sources), format=kind, ignore_system_fonts=True, timestamp=0, **more)
    return made
