"""Where did the year end, and what must we save to break even?

import breakeven as be
year = be.load("ledgers/2023-24")
result = be.work_out(year)
result.outturn.row("position").actual.amount
"""

from importlib.metadata import version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from breakeven.pipeline import load, work_out

__all__ = ["__version__", "load", "work_out"]

__version__ = version("breakeven")


def __getattr__(name: str) -> Any:
    """Bring in the pipeline only when it is asked for: help and completion stay quick."""
    if name in {"load", "work_out"}:
        from breakeven import pipeline  # noqa: PLC0415

        return getattr(pipeline, name)
    raise AttributeError(f"module 'breakeven' has no attribute {name!r}")
