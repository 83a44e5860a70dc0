"""What is said of the registers: entries without why or when, above a limit, shares, reversals, lines, overlaps."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from breakeven.findings import Cell, Finding
from breakeven.ledger.placements import Placement
from breakeven.ledger.posts import Post
from breakeven.ledger.record import Record
from breakeven.ledger.registers import Explanation, ForecastOverride, Order
from breakeven.ledger.rules import MonthEndRules
from breakeven.workbook.chart_findings import chart_findings
from breakeven.workbook.line_findings import LISTED
from breakeven.workbook.register_findings import Headed, register_findings
from made import HERE, accrual, contract_year, day, pounds, third_party, variation, virement

FIELDS = frozenset({"date", "reason", "author"})


def found(table: str, *records: Record, fields: frozenset[str] = FIELDS, **limits: str) -> list[Finding]:
    year = contract_year(third_party("Home Office", "10"), variation("V01", "10"))
    rules = MonthEndRules(virement_limits={name: pounds(limit) for name, limit in limits.items()})
    numbered = tuple(
        record.model_copy(update={"at": Cell("made.xlsx", table, f"A{n}")}) for n, record in enumerate(records, 2)
    )
    tables: dict[str, tuple[Any, ...]] = {
        "third_party_income": year.ledgers.third_party_income,
        "variations": year.ledgers.variations,
        table: numbered,
    }
    headed = {name: Headed(Cell("made.xlsx", name), fields) for name in tables}
    return list(register_findings(replace(year.body, month_end=rules), tables, headed))


def said(table: str, *records: Record, **more: Any) -> list[str]:
    return [f"{each.code} {each.at.ref}".strip() for each in found(table, *records, **more)]


def entered(record: Record, **fields: Any) -> Record:
    return record.model_copy(update={"date": date(2024, 1, 12), "reason": "Why", "author": "Ann", **fields})


OVERRIDE = entered(ForecastOverride(at=HERE, line="Residential", period=9, amount=pounds("10")))
EXPLANATION = Explanation(
    at=HERE, line="Residential", period=9, kind="price", text="Dearer", author="Ann", date=day("2024-01-12")
)
ACCRUAL = accrual("S1 5010", "10").model_copy(update={"date": date(2024, 1, 12), "reason": "Why"})


@pytest.mark.parametrize(
    ("table", "record", "fields"),
    [
        ("accruals", ACCRUAL, {"date": None}),
        ("accruals", ACCRUAL, {"reason": ""}),
        ("overrides", OVERRIDE, {"reason": ""}),
        ("overrides", OVERRIDE, {"author": ""}),
        ("overrides", OVERRIDE, {"date": None}),
        ("explanations", EXPLANATION, {"author": ""}),
        ("explanations", EXPLANATION, {"date": None}),
    ],
)
def test_an_entry_without_why_by_whom_or_when_is_said_at_its_cell(table: str, record: Record, fields: Any) -> None:
    assert said(table, record) == []
    assert said(table, record, record.model_copy(update=fields)) == ["register-incomplete A3"]


def test_a_sheet_without_the_columns_is_said_once_for_all_its_rows() -> None:
    bare = [accrual("S1 5010", "10")] * 5
    (finding,) = found("accruals", *bare, fields=frozenset())
    assert finding.at.ref == ""
    assert finding.message == "the sheet has no column 'Date' and none 'Reason', which each of its rows should fill in"
    assert said("accruals", *bare[:2], fields=frozenset({"date"})) == [
        "register-incomplete", "register-incomplete A2", "register-incomplete A3",
    ]  # fmt: skip
    assert said("accruals", fields=frozenset()) == []


def test_many_entries_without_them_are_counted_after_the_first_twenty() -> None:
    findings = found("accruals", *[accrual("S1 5010", "10")] * (LISTED + 15))
    assert len(findings) == LISTED + 1
    assert findings[-1].message.startswith("15 more entries")


def test_a_virement_above_its_approvers_limit_is_said_at_its_first_side() -> None:
    sides = (virement("VR1", "S1 5010", "-250_000"), virement("VR1", "P1 6010", "250_000"))
    assert said("virements", *sides) == []
    assert said("virements", *sides, Director="250000") == []
    assert said("virements", *sides, Director="249999.99") == ["virement-above-limit A2"]
    assert said("virements", *sides, Board="1") == ["virement-above-limit A2"]
    split = (*sides[:1], virement("VR1", "P1 6010", "125_000"), virement("VR1", "P2 6010", "125_000"))
    assert said("virements", *split, Director="200000") == ["virement-above-limit A2"]


@pytest.mark.parametrize(
    ("shares", "codes"),
    [
        ("", []),
        ("council 70, health 30", []),
        ("council 70, health 20", ["shares-not-100"]),
        ("half", ["shares-not-100"]),
    ],
)
def test_shares_of_a_variation_add_up_to_100(shares: str, codes: list[str]) -> None:
    borne = variation("V02", "10").model_copy(update={"borne_by": shares})
    assert [each.code for each in found("variations", borne)] == codes


@pytest.mark.parametrize(
    ("period", "reverses", "why"),
    [
        (12, "", ""),
        (12, "2024-25 P01", ""),
        (9, "2023/24 p10", ""),
        (9, "2024-25 P01", ""),
        (9, "next April", "expected a year and period such as 2024-25 P01"),
        (9, "P01", "expected a year and period such as 2024-25 P01"),
        (9, "2023-24 P09", "P09 is not after P09, the entry's own period: it would never count"),
        (9, "2023-24 P03", "P03 is not after P09, the entry's own period: it would never count"),
        (9, "2022-23 P12", "2022/23 is before 2023/24, the year of the entry"),
    ],
)
def test_an_accrual_is_undone_in_a_year_and_period_after_its_own(period: int, reverses: str, why: str) -> None:
    findings = found("accruals", ACCRUAL.model_copy(update={"period": period, "reverses": reverses}))
    said = [("reversal-unclear", f"'AC1' is undone in {reverses!r}: {why}")] if why else []
    assert [(each.code, each.message) for each in findings] == said


def reversal(amount: str, period: int, ref: str = "R1", coding: str = "S1 5010") -> Record:
    return entered(accrual(coding, amount, "reversal", period=period)).model_copy(update={"ref": ref})


@pytest.mark.parametrize(
    ("row", "period", "reverses", "codes"),
    [
        (reversal("-10", 4, ref="ac1"), 3, "", ["reversal-twice A3"]),
        (reversal("-9", 6, ref="AC1", coding="S1 5110"), 3, "", ["reversal-twice A3"]),
        (reversal("-10", 4), 3, "", ["reversal-twice A3"]),
        (reversal("-10", 4), 3, "2023-24 P07", ["reversal-twice A3"]),
        (reversal("-10", 3, ref="AC1"), 3, "", ["reversal-twice A3"]),
        (reversal("-10", 3), 3, "", []),  # last year's, of the same code and amount
        (reversal("-10", 1, ref="AC1"), 3, "", []),  # last year's, which had the same reference
        (reversal("-9", 4), 3, "", []),
        (reversal("-10", 4, coding="S1 5110"), 3, "", []),
        (reversal("-10", 13, ref="AC1"), 12, "", []),  # not undone in this year but by this row
        (reversal("-10", 6, ref="AC1"), 3, "2024-25 P01", []),
    ],
)
def test_a_reversal_of_what_is_undone_by_itself_counts_twice_and_is_said(
    row: Record, period: int, reverses: str, codes: list[str]
) -> None:
    assert said("accruals", ACCRUAL.model_copy(update={"period": period, "reverses": reverses}), row) == codes


def test_a_reversal_is_said_with_the_cell_of_what_it_undoes_again() -> None:
    (finding,) = found("accruals", ACCRUAL.model_copy(update={"period": 3}), reversal("-10", 4))
    assert finding.message == (
        "the reversal 'R1' undoes 'AC1' at A2, which is undone by itself in P04: it counts twice"
    )


@pytest.mark.parametrize(
    ("on", "is_far"),
    [("2023-04-01", False), ("2023-03-31", True), ("2024-05-01", False), ("2024-05-02", True), ("2034-01-12", True)],
)
def test_a_virement_is_of_its_year_or_the_month_after_in_which_the_accounts_close(on: str, *, is_far: bool) -> None:
    assert said("virements", virement("VR1", "S1 5010", "10", on)) == (["date-far A2"] if is_far else [])


@pytest.mark.parametrize(
    ("on", "is_far"),
    [("2023-03-01", False), ("2022-04-01", False), ("2022-03-31", True), ("2024-05-01", False), ("2024-05-02", True)],
)
def test_a_variation_may_be_agreed_in_the_year_before(on: str, *, is_far: bool) -> None:
    agreed = variation("V02", "10").model_copy(update={"date_agreed": day(on)})
    assert said("variations", agreed) == (["date-far A2"] if is_far else [])


@pytest.mark.parametrize(
    "name", ["residential", "Residential", "contract_sum", "Home Office", "third_party_income.home_office"]
)
def test_a_forecast_by_hand_or_an_explanation_is_for_a_line_or_a_row_of_income(name: str) -> None:
    assert said("overrides", OVERRIDE.model_copy(update={"line": name})) == []
    assert said("explanations", EXPLANATION.model_copy(update={"line": name})) == []


def test_a_line_there_is_none_of_is_said_with_the_nearest_and_a_category_is_no_line() -> None:
    (finding,) = found("overrides", OVERRIDE.model_copy(update={"line": "Residental"}))
    assert (finding.code, finding.message) == (
        "line-unknown", "'Residental' is no line and no row of income; did you mean 'Residential'?",
    )  # fmt: skip
    (finding,) = found("overrides", OVERRIDE.model_copy(update={"line": "Placements"}))
    assert finding.message == "'Placements' is a category; a forecast is for one line"
    assert said("explanations", EXPLANATION.model_copy(update={"line": "Placements"})) == []


def placed(ref: str, start: str, end: str = "", kind: str = "Residential", planned: str = "") -> Placement:
    return Placement(
        at=HERE, ref=ref, type=kind, cost_centre="P1", account="6010", start=day(start), weekly_cost=pounds("1000"),
        end=day(end) if end else None, planned_end=day(planned) if planned else None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        ((placed("C1", "2023-04-01", "2023-06-01"), placed("C1", "2023-06-01")), []),
        ((placed("C1", "2023-04-01", "2023-06-02"), placed("C1", "2023-06-01")), ["placement-overlap A3"]),
        ((placed("C1", "2023-06-01"), placed("C1", "2023-04-01", "2023-06-02")), ["placement-overlap A2"]),
        ((placed("C1", "2023-04-01"), placed("C1", "2023-06-01")), ["placement-overlap A3"]),
        ((placed("C1", "2023-04-01", planned="2023-05-31"), placed("C1", "2023-06-01")), []),
        ((placed("C1", "2023-04-01"), placed("C2", "2023-04-01")), []),
        ((placed("C1", "2023-04-01"), placed("C1", "2023-04-01", kind="Support hours")), []),
        (
            (
                placed("C1", "2023-04-01", "2024-03-31"),
                placed("C1", "2023-05-01", "2023-05-08"),
                placed("C1", "2023-06-01"),
            ),
            ["placement-overlap A3", "placement-overlap A4"],
        ),
        ((placed("C1", "2023-04-01", "2023-03-31"),), ["end-before-start A2"]),
        ((placed("C1", "2023-04-01", "2023-04-01"),), []),
    ],
)
def test_a_night_is_paid_for_once_and_a_placement_ends_after_it_starts(rows: Any, codes: list[str]) -> None:
    assert said("placement_register", *rows) == codes


def test_a_post_is_not_filled_to_a_day_before_it_is_filled() -> None:
    post = Post(
        at=HERE, ref="P1", role="permanent", cost_centre="S1", account="5010", fte=pounds("1"), annual_cost=pounds("1"),
        filled_from=day("2023-06-01"), filled_to=day("2023-05-31"),
    )  # fmt: skip
    assert said("post_register", post, post.model_copy(update={"filled_from": None})) == ["end-before-start A2"]


def test_the_codes_of_orders_and_registers_are_looked_up_too() -> None:
    order = Order(at=HERE, ref="O1", date=day("2023-06-01"), cost_centre="Z9", account="1", amount=pounds("10"))
    year = contract_year()
    for table in ("orders", "placement_register", "post_register", "last_year"):
        findings = list(chart_findings(year.body.chart, {table: (order,)}, None))
        assert [finding.code for finding in findings] == ["code-unmapped"]
