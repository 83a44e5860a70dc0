"""``[ssda903]`` of breakeven.toml: a body's own placement types and age bands; and the codes that a return may hold."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import BaseModel, ConfigDict

from breakeven.ledger.placement_types import ADULT, DemandRules, TypeRule


class Ssda903Settings(BaseModel):
    """Everything that ``[ssda903]`` may say. types: these come before the built-in ones. ages: instead of them."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    types: list[TypeRule] = []
    ages: list[int] | None = None

    def rules(self) -> DemandRules:
        """The rules that they are, the built-in ones where nothing is said."""
        usual = _built_in()
        own = usual["ages"] if self.ages is None else self.ages
        return DemandRules((*self.types, *(TypeRule.model_validate(each) for each in usual["types"])), tuple(own))

    def slips(self) -> Iterator[str]:
        """What is wrong with these settings, in words."""
        if self.ages is not None and (
            list(self.ages) != sorted(set(self.ages)) or not all(0 < age < ADULT for age in self.ages)
        ):
            yield f"ssda903.ages: expected birthdays in their order, between 0 and {ADULT}; found {self.ages}"
        for rule in self.types:
            for name, codes in (("place", rule.place), ("provider", rule.provider), ("need", rule.need)):
                if unknown := [code for code in codes if code not in codes_of()[name]]:
                    yield f"ssda903.types: {unknown[0]!r} is no code of {name}; known are {', '.join(codes_of()[name])}"


def codes_of() -> Mapping[str, tuple[str, ...]]:
    """The codes that each field of an episode may hold."""
    return {name: tuple(codes) for name, codes in _built_in()["codes"].items()}


@cache
def _built_in() -> dict[str, Any]:
    return tomllib.loads(files("breakeven.workbook").joinpath("ssda903.toml").read_text("utf-8"))
