"""Whatever a finance office does in a ledger's sheet: every number written into it is accounted for, to the penny."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings

from .plan import Plan
from .reading import LEDGER, differences, read
from .strategies import plans
from .writers import written


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One file, written over for each book."""
    return tmp_path_factory.mktemp("books") / "ledger.xlsx"


def total(numbers: list[Decimal]) -> tuple[int, Decimal]:
    return len(numbers), sum(numbers, Decimal(0))


@given(plans())
@settings(report_multiple_bugs=False)
def test_accepted_and_held_back_and_set_aside_are_every_number_written(path: Path, plan: Plan) -> None:
    path.write_bytes(written(plan))
    layout = replace(LEDGER, text_amounts=plan.text_allowed, unit=plan.unit if plan.unit_said_by == "layout" else None)
    found = read(path, layout)
    errors = [str(finding) for finding in found.findings if finding.is_error]
    assert plan.verdict == "either" or (plan.verdict == "refused") == found.refused, errors
    assert list(differences(path, found, layout)) == []
    if not found.tallies:
        assert found.refused
        return
    (tally,) = found.tallies
    assert tally.is_conserved
    assert (tally.lines, tally.total) == total(plan.numbers())
    if plan.verdict != "either":
        assert (tally.accepted_lines, tally.accepted) == total(plan.numbers("line"))
        assert (tally.held_back_lines, tally.held_back) == total(plan.numbers("held back"))
        assert (tally.set_aside_lines, tally.set_aside) == total(plan.numbers("set aside"))
