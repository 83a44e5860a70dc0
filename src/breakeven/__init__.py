"""Where did the year end, and what must we save to break even?

import breakeven as be
year = be.load("ledgers/2023-24")
result = be.work_out(year)
result.outturn.row("position").actual.amount
be.at_period(result, 9).result.row("position").figures["forecast"].amount
be.what_if(result, ["residential=+5", "pay=4%"], since="P07").after.position
be.solve(result, "clear", using="contract_sum", year="2026/27").value
result.programme.totals[result.programme.years[0]].at_risk.amount
be.savings_paybacks(result).rows[0].months
be.project_demand(result).demand.total.by_year
be.bridge(result).moving[0].position
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from breakeven.pipeline.at_period import as_of, at_period
    from breakeven.pipeline.bridge import bridge
    from breakeven.pipeline.questions import (
        project_demand,
        savings_borne_out,
        savings_paybacks,
        savings_targets,
        sensitivity,
        simulate_plan,
        solve,
        what_if,
    )
    from breakeven.pipeline.year_end import InputRefusedError, load, performance, scenario, work_out

    __version__: str

__all__ = [
    "InputRefusedError", "__version__", "as_of", "at_period", "bridge", "load", "performance", "project_demand",
    "savings_borne_out", "savings_paybacks", "savings_targets", "scenario", "sensitivity", "simulate_plan", "solve",
    "what_if", "work_out",
]  # fmt: skip

_STANDS_IN = {
    "at_period": ("as_of", "at_period"),
    "bridge": ("bridge",),
    "questions": (
        "project_demand",
        "savings_borne_out",
        "savings_paybacks",
        "savings_targets",
        "sensitivity",
        "simulate_plan",
        "solve",
        "what_if",
    ),
    "year_end": ("InputRefusedError", "load", "performance", "scenario", "work_out"),
}


def __getattr__(name: str) -> Any:
    """Bring in a part of the pipeline, and look the version up, only when asked: help stays quick."""
    if name == "__version__":
        from importlib.metadata import version  # noqa: PLC0415

        return version("breakeven")
    for module, names in _STANDS_IN.items():
        if name in names:
            return getattr(import_module(f"breakeven.pipeline.{module}"), name)
    raise AttributeError(f"module 'breakeven' has no attribute {name!r}")
