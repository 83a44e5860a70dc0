"""A name may lead to another workbook: a formula that uses it takes a figure from there, and that is said."""

from pathlib import Path

import pytest
from preflight_books import examined, parts, sheet, zipped

NAMES = (
    "<definedNames><definedName name=\"PayRate\">'[1]Pay roll'!$C$9</definedName>"
    '<definedName name="Uplift">PayRate*1.05</definedName><definedName name="Own">Actuals!$B$2</definedName>'
    "</definedNames></workbook>"
)


def from_elsewhere(tmp_path: Path, *formulas: str, names: str = NAMES) -> list[str]:
    """The cells of column E that are said to take their figure from another workbook."""
    rows = "".join(
        f'<row r="{n}"><c r="E{n}"><f>{formula}</f><v>5</v></c></row>' for n, formula in enumerate(formulas, start=1)
    )
    content = parts(sheet(rows))
    content["xl/workbook.xml"] = str(content["xl/workbook.xml"]).replace("</workbook>", names)
    flight = examined(tmp_path, zipped(content))
    assert [finding.code for finding in flight.findings] == (["external-link"] if flight.sheets[0].external else [])
    return list(flight.sheets[0].external.first)


@pytest.mark.parametrize("formula", ["PayRate", "B2*payrate", "ROUND(-PayRate,2)", "Actuals!PayRate", "1+Uplift"])
def test_a_formula_that_uses_a_name_of_another_workbook_is_said(tmp_path: Path, formula: str) -> None:
    assert from_elsewhere(tmp_path, "B2", formula) == ["E2"]


@pytest.mark.parametrize(
    "formula", ["Own", "PayRates", "MyPayRate", "PayRate(2)", "PayRate!B2", "Pay.PayRate", 'IF(B2="PayRate",1,2)']
)
def test_what_only_looks_like_the_name_is_not_said(tmp_path: Path, formula: str) -> None:
    assert from_elsewhere(tmp_path, formula) == []


def test_a_name_is_found_however_long_the_sheet(tmp_path: Path) -> None:
    formulas = ["B2"] * 3000 + ["PayRate"]
    assert from_elsewhere(tmp_path, *formulas) == ["E3001"]
    assert from_elsewhere(tmp_path, *formulas, names="</workbook>") == []
