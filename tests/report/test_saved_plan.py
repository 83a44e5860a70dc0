"""A plan that is kept comes back as the same numbers, to the last place."""

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given

from breakeven.plan.model import Model
from breakeven.report.saved_plan import model_data, path_of, read_plan
from breakeven.report.seal import seal_text
from made_models import some_models


@given(some_models())
def test_any_plan_comes_back_as_it_was_kept(found: Model) -> None:
    rows: Any = [{"id": "position", "illustrative": ["2024-25"]}]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "kept.json"
        kept = {
            "form": 1,
            "name": "kept",
            "inputs": {},
            "model": model_data(found),
            "plan": {"body": "A trust", "rows": rows},
        }
        path.write_text(seal_text(kept), "utf-8")
        read = read_plan(path)
    assert (read.model, read.body, read.illustrative) == (found, "A trust", True)


def test_a_plan_is_kept_under_its_name_in_letters_that_any_system_takes() -> None:
    assert path_of(Path("2023-24"), "../../February: budget, 2nd!") == Path("2023-24/plans/february_budget_2nd.json")
