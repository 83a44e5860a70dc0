"""Where did the year end, and what must we save to break even?

import breakeven as be
year = be.load("ledgers/2023-24")
result = be.work_out(year)
result.outturn.row("position").actual.amount
be.at_period(result, 9).result.row("position").figures["forecast"].amount
be.what_if(result, ["residential=+5", "pay=4%"], since="P07").after.position
be.solve(result, "clear", using="contract_sum", year="2026/27").value
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from breakeven.pipeline import (
        InputRefusedError,
        as_of,
        at_period,
        load,
        performance,
        savings_targets,
        scenario,
        sensitivity,
        simulate_plan,
        solve,
        what_if,
        work_out,
    )

    __version__: str

__all__ = [
    "InputRefusedError", "__version__", "as_of", "at_period", "load", "performance", "savings_targets", "scenario",
    "sensitivity", "simulate_plan", "solve", "what_if", "work_out",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """Bring in the pipeline, and look the version up, only when asked: help stays quick."""
    if name == "__version__":
        from importlib.metadata import version  # noqa: PLC0415

        return version("breakeven")
    if name in __all__:
        from breakeven import pipeline  # noqa: PLC0415

        return getattr(pipeline, name)
    raise AttributeError(f"module 'breakeven' has no attribute {name!r}")
