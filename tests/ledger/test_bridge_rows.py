"""A row of the bridge says what of a line a step moves, or why it moves none; never half of either."""

from typing import Any

import pytest
from pydantic import ValidationError

from breakeven.ledger.bridge import as_typed
from breakeven.ledger.changes import parse_change
from breakeven.ledger.scenarios import Overlay
from made import BASE, contract_year, overlay
from made_bridge import moves


def test_indicators_stand_between_commas() -> None:
    assert moves("residential number 1", kpis="PI13, K12 ,").indicators == ("PI13", "K12")
    assert moves("residential number 1").indicators == ()


@pytest.mark.parametrize(
    ("change", "more", "why"),
    [
        ("residential number 0", {}, "a row with a line says what of it moves"),
        ("residential number 1", {"what": ""}, "a row with a line says what of it moves"),
        ("", {"role": "permanent"}, "a role says what one post costs, and goes with number"),
        ("", {"measure": "caseload"}, "a row without a line moves nothing"),
        ("residential amount 1", {"measure": "mix"}, "mix gives a number of placements or posts"),
        ("residential amount 1", {"role": "agency"}, "a role says what one post costs"),
        ("residential number 1", {"step": "0"}, "greater than 0"),
    ],
)
def test_a_row_that_says_half_of_something_is_refused_with_what_is_missing(
    change: str, more: dict[str, Any], why: str
) -> None:
    with pytest.raises(ValidationError, match=why):
        moves(change, **more)


@pytest.mark.parametrize(
    ("said", "typed"),
    [
        ("residential number +5", "residential.number=+5"),
        ("social_workers amount x0.99016054", "social_workers.amount=x0.99016054"),
        ("premises amount -12500.5", "premises.amount=-£12,500.50"),
        ("staffing inflation +0.5", "staffing.inflation=+0.5%"),
    ],
)
def test_a_change_is_typed_as_what_if_reads_it(said: str, typed: str) -> None:
    change = overlay(said)
    assert as_typed(change) == typed
    year = contract_year()
    read = parse_change(typed, year.body, (), (BASE.later(1), None, None))
    assert _does(read) == _does(change)


def _does(change: Overlay) -> tuple[Any, ...]:
    return change.line, change.what, change.how, change.value, change.unit
