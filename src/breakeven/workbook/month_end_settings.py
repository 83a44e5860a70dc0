"""``[month_end]`` of breakeven.toml: profiles, forecast methods, tolerances and limits."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from breakeven.ledger.rules import PROFILES, LineRules, Method, MonthEndRules, Tolerance


def _number(said: Any) -> Any:
    """A number as TOML writes one, with or without a decimal point, nil or more."""
    if isinstance(said, bool) or not isinstance(said, int | Decimal) or said < 0:
        raise ValueError("expected a number, nil or more, without quotes")
    return Decimal(said)


Number = Annotated[Decimal, BeforeValidator(_number)]


class _Settings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class ToleranceSettings(_Settings):
    """An amount in pounds and a per cent of the budget; the larger is the tolerance."""

    amount: Number = Decimal(0)
    percent: Number = Decimal(0)

    def tolerance(self) -> Tolerance:
        """The tolerance that they are."""
        return Tolerance(self.amount, self.percent)


class LineRuleSettings(_Settings):
    """What is settled for one line or income row, where it is not as for all."""

    method: Method | None = None
    profile: str | None = None
    amber: ToleranceSettings | None = None
    red: ToleranceSettings | None = None

    def rules(self) -> LineRules:
        """The rules that they are."""
        return LineRules(self.method, self.profile, _tolerance(self.amber), _tolerance(self.red))


class MonthEndSettings(_Settings):
    """Everything that ``[month_end]`` may say."""

    method: Method | None = None
    profile: str | None = None
    amber: ToleranceSettings | None = None
    red: ToleranceSettings | None = None
    explain: ToleranceSettings | None = None
    profiles: dict[str, Annotated[list[Number], Field(min_length=12, max_length=12)]] = {}
    lines: dict[str, LineRuleSettings] = {}
    virement_limits: dict[str, Number] = {}

    def rules(self) -> MonthEndRules:
        """The rules that they are, the built-in ones where nothing is said."""
        usual = MonthEndRules()
        return MonthEndRules(
            method=self.method or usual.method,
            profile=self.profile or usual.profile,
            weights={name: tuple(weights) for name, weights in self.profiles.items()},
            amber=_tolerance(self.amber) or usual.amber,
            red=_tolerance(self.red) or usual.red,
            explain=_tolerance(self.explain) or usual.explain,
            lines={name: line.rules() for name, line in self.lines.items()},
            virement_limits=dict(self.virement_limits),
        )

    def slips(self, line_ids: frozenset[str]) -> Iterator[str]:
        """What is wrong between these settings, in words.

        line_ids: the lines of the chart. An income row is known by a dot in its id, or is the contract sum.
        """
        known = {*PROFILES, *self.profiles}
        for name, weights in self.profiles.items():
            if name in PROFILES:
                yield f"month_end.profiles.{name}: {name!r} is a profile of its own; give the weights another name"
            if not sum(weights):
                yield f"month_end.profiles.{name}: expected weights that are not all nil"
        named = {"month_end": self.profile} | {f"month_end.lines.{k}": line.profile for k, line in self.lines.items()}
        for place, profile in named.items():
            if profile is not None and profile not in known:
                yield f"{place}.profile: there is no profile {profile!r}; known are {', '.join(sorted(known))}"
        for name in self.lines:
            if name not in line_ids and "." not in name and name != "contract_sum":
                yield f"month_end.lines.{name}: the chart of accounts has no line of that id"


def _tolerance(said: ToleranceSettings | None) -> Tolerance | None:
    return said.tolerance() if said else None
