"""The outturn: each total is the sum of its parts, missing stays open, and adverse means the position is worse."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakeven.ledger.provenance import Figure
from breakeven.ledger.record import Record
from breakeven.ledger.year import ContractYear
from breakeven.monitoring.outturn import Flow, Outturn, OutturnRow, adverse_or_favourable, outturn
from breakeven.periods import Year
from made import (
    accrual,
    balance,
    budget,
    chart,
    contract_sum,
    contract_year,
    line,
    posted,
    published,
    third_party,
    variation,
)


def shown(year: ContractYear, *row_ids: str) -> list[str]:
    """Budget, actual and variance of some rows, pence left out where they are nil; ``[x]`` is missing."""
    found = outturn(year)
    return [" ".join(map(text, (row.budget, row.actual, row.variance))) for row in map(found.row, row_ids)]


def text(figure: Figure) -> str:
    return "[x]" if figure.amount is None else f"{figure.amount:,.2f}".removesuffix(".00")


def test_the_published_year() -> None:
    rows = (
        "contract_sum variations third_party_income income staffing placements overheads expenditure "
        "position opening_balance closing_balance"
    )
    assert shown(published(), *rows.split()) == [
        "74,475,000 74,475,000 0",
        "1,450,163 1,450,163 0",
        "8,341,055 8,753,055 412,000",
        "84,266,218 84,678,218 412,000",
        "33,069,078 32,434,958 -634,120",
        "42,194,634 48,565,330 6,370,696",
        "8,260,020 7,931,600 -328,420",
        "83,523,732 88,931,888 5,408,156",
        "742,486 -4,253,670 -4,996,156",
        "-6,977,292 -6,977,292 0",
        "-6,234,806 -11,230,962 -4,996,156",
    ]  # fmt: skip


def test_there_is_no_row_but_those_of_the_outturn() -> None:
    with pytest.raises(KeyError, match="hindsight"):
        outturn(published()).row("hindsight")


def test_third_party_income_is_what_was_received_and_what_is_due() -> None:
    year = contract_year(third_party("Health", "100", "80", "35"))
    assert shown(year, "third_party_income.health", "third_party_income") == ["100 115 15"] * 2


def test_a_contract_sum_of_another_year_is_left_to_that_year() -> None:
    later = contract_sum("80_800_000", Year(2024))
    assert shown(contract_year(contract_sum("74_475_000"), later), "contract_sum") == ["74,475,000 74,475,000 0"]
    assert shown(contract_year(later), "contract_sum") == ["[x] [x] [x]"]


def test_a_prepayment_takes_from_the_year_and_an_accrual_adds_to_it() -> None:
    year = contract_year(
        accrual("P1 6010", "30"),
        accrual("P1 6010", "-12.50", "prepayment"),
        accrual("P2 6110", "-7", "reversal"),
        budget("P1 6010", "100"),
        extract=posted("P1 6010 100", "P2 6110 50"),
    )
    assert shown(year, "residential.p1_6010", "residential", "fostering", "placements") == [
        "100 117.50 17.50", "100 117.50 17.50", "0 43 43", "100 160.50 60.50",
    ]  # fmt: skip


def test_the_revised_budget_counts_not_the_original() -> None:
    year = contract_year(budget("P1 6010", "100", "140"), extract=posted("P1 6010 150"))
    assert shown(year, "residential") == ["140 150 10"]


def test_adjustments_are_in_the_closing_balance_and_have_a_row_where_there_are_any() -> None:
    records = [contract_sum("100"), balance("opening", "-30"), budget("P1 6010", "100")]
    extract = posted("P1 6010 90")
    adjusted = contract_year(*records, balance("adjustment", "25", "Contribution"), extract=extract)
    assert shown(adjusted, "adjustments", "closing_balance") == ["25 25 0", "-5 5 10"]
    assert "adjustments" not in {row.id for row in outturn(contract_year(*records, extract=extract)).rows}


# Money that no line has --------------------------------------------------------------------------------------


def test_unmapped_money_is_shown_and_is_in_the_total() -> None:
    year = contract_year(budget("P1 6010", "100"), extract=posted("P1 6010 100", "X9 9999 7"))
    assert shown(year, "unmapped", "expenditure") == ["0 7 7", "100 107 7"]


def test_unmapped_budget_is_shown_too() -> None:
    year = contract_year(budget("X9 9999", "100"), extract=posted("P1 6010 100"))
    assert shown(year, "unmapped", "expenditure") == ["100 0 -100", "100 100 0"]


def test_a_category_without_lines_takes_no_unmapped_money() -> None:
    accounts = chart(line("residential", "placements", "P1"))
    year = contract_year(budget("P1 6010", "100"), extract=posted("P1 6010 100", "X9 9999 7"), accounts=accounts)
    assert shown(year, "staffing", "overheads", "unmapped", "expenditure") == ["0 0 0", "0 0 0", "0 7 7", "100 107 7"]


# What is missing ---------------------------------------------------------------------------------------------


def test_nothing_read_is_open_not_nil() -> None:
    rows = ("contract_sum", "income", "placements", "expenditure", "position", "opening_balance", "closing_balance")
    assert shown(contract_year(), *rows) == ["[x] [x] [x]"] * len(rows)


def test_a_budget_that_was_not_given_leaves_the_actuals_known() -> None:
    year = contract_year(contract_sum("100"), balance("opening", "-5"), extract=posted("P1 6010 90"))
    assert shown(year, "placements", "position", "closing_balance") == ["[x] 90 [x]", "[x] 10 [x]", "[x] 5 [x]"]


def test_an_extract_that_was_not_given_is_open_though_there_are_accruals() -> None:
    year = contract_year(budget("P1 6010", "100"), accrual("P1 6010", "30"))
    assert shown(year, "residential", "expenditure") == ["100 [x] [x]", "100 [x] [x]"]


def test_a_line_that_nothing_was_posted_to_is_nil_where_there_is_an_extract() -> None:
    year = contract_year(budget("P1 6010", "100"), extract=posted("P2 6110 1"))
    assert shown(year, "residential", "premises") == ["100 0 -100", "0 0 0"]


def test_a_missing_opening_balance_leaves_the_closing_balance_open() -> None:
    assert shown(contract_year(contract_sum("100"), extract=posted("P1 6010 90")), "closing_balance") == ["[x] [x] [x]"]


# Laws --------------------------------------------------------------------------------------------------------

sums = st.integers(-(10**9), 10**9).map(lambda pence: f"{Decimal(pence).scaleb(-2):f}")
codings = st.sampled_from(["S1 5010", "S1 5110", "P1 6010", "P1 6020", "P2 6110", "O1 7010", "X9 9999"])


@st.composite
def some_years(draw: st.DrawFn) -> tuple[list[Record], list[str]]:
    """Records and the lines of an extract; any of the sheets may be empty."""
    records: list[Record] = [variation(f"CC{n}", draw(sums)) for n in range(draw(st.integers(0, 2)))]
    records += [contract_sum(draw(sums)) for _ in range(draw(st.integers(0, 2)))]
    records += [third_party(f"Source {n}", draw(sums), draw(sums), draw(sums)) for n in range(draw(st.integers(0, 3)))]
    records += [budget(draw(codings), draw(sums), draw(sums)) for _ in range(draw(st.integers(0, 5)))]
    records += [accrual(draw(codings), draw(sums)) for _ in range(draw(st.integers(0, 3)))]
    records += [balance(kind, draw(sums)) for kind in ("opening", "adjustment") if draw(st.booleans())]
    return records, draw(st.lists(st.builds("{} {}".format, codings, sums), max_size=8))


def parts_of(found: Outturn) -> dict[str, list[OutturnRow]]:
    """Each total with the rows it should be the sum of, read off the levels: parts stand above their total."""
    waiting: dict[int, list[OutturnRow]] = {1: [], 2: [], 3: []}
    parts: dict[str, list[OutturnRow]] = {}
    for row in found.rows:
        if row.flow is not Flow.NET:
            if row.level < 3 and row.id != "contract_sum":
                parts[row.id], waiting[row.level + 1] = waiting[row.level + 1], []
            if row.level:
                waiting[row.level].append(row)
    return parts


@given(some_years())
def test_every_total_is_the_sum_of_the_rows_above_it_or_open_with_them(drawn: tuple[list[Record], list[str]]) -> None:
    records, extract = drawn
    found = outturn(contract_year(*records, extract=posted(*extract)))
    for row_id, parts in parts_of(found).items():
        total = found.row(row_id)
        if total.level == 2 and (not parts or not extract or total.budget.amount is None):
            continue  # a line of income is a leaf; a line of spend is open where its whole sheet is missing
        for column in ("budget", "actual"):
            known = [figure.amount for part in parts if (figure := getattr(part, column)).amount is not None]
            expected = sum(known, Decimal(0)) if len(known) == len(parts) else None
            assert getattr(total, column).amount == expected, (row_id, column)


@given(some_years())
def test_position_and_balance_cast_down_the_page(drawn: tuple[list[Record], list[str]]) -> None:
    records, extract = drawn
    found = outturn(contract_year(*records, extract=posted(*extract)))
    for column in ("budget", "actual"):
        amount = {row.id: getattr(row, column).amount for row in found.rows}
        if amount["income"] is None or amount["expenditure"] is None:
            assert amount["position"] is None
            assert amount["closing_balance"] is None
        else:
            assert amount["position"] == amount["income"] - amount["expenditure"]
            if amount["opening_balance"] is not None:
                moved = amount["position"] + amount.get("adjustments", 0)
                assert amount["closing_balance"] == amount["opening_balance"] + moved


@given(some_years())
def test_no_penny_posted_is_lost(drawn: tuple[list[Record], list[str]]) -> None:
    records, extract = drawn
    year = contract_year(*records, extract=posted(*extract))
    spent = outturn(year).row("expenditure").actual.amount
    accrued = sum((entry.amount for entry in year.ledgers.accruals), Decimal(0))
    assert spent == (year.transactions.total + accrued if extract else None)


@given(some_years(), st.data())
def test_the_order_of_the_rows_changes_no_figure(drawn: tuple[list[Record], list[str]], data: st.DataObject) -> None:
    records, extract = drawn
    plain = outturn(contract_year(*records, extract=posted(*extract)))
    shuffled, posted_otherwise = data.draw(st.permutations(records)), data.draw(st.permutations(extract))
    moved = outturn(contract_year(*shuffled, extract=posted(*posted_otherwise)))
    assert {(f.id, f.amount) for f in plain.figures()} == {(f.id, f.amount) for f in moved.figures()}


@given(some_years(), st.sampled_from(["income", "expenditure", "position", "placements", "third_party_income"]))
def test_adverse_is_what_worsens_the_position_and_favourable_what_improves_it(
    drawn: tuple[list[Record], list[str]], row_id: str
) -> None:
    records, extract = drawn
    row = outturn(contract_year(*records, extract=posted(*extract))).row(row_id)
    if row.budget.amount is None or row.actual.amount is None:
        assert adverse_or_favourable(row.flow, row.variance.amount) == ""
        return
    sign = -1 if row.flow is Flow.EXPENDITURE else 1
    before, after = sign * row.budget.amount, sign * row.actual.amount
    expected = "A" if after < before else "F" if after > before else ""
    assert adverse_or_favourable(row.flow, row.variance.amount) == expected


@pytest.mark.parametrize(
    ("flow", "variance", "reading"),
    [
        (Flow.EXPENDITURE, 5, "A"), (Flow.EXPENDITURE, -5, "F"), (Flow.INCOME, 5, "F"), (Flow.INCOME, -5, "A"),
        (Flow.NET, 5, "F"), (Flow.NET, -5, "A"), (Flow.NET, 0, ""), (Flow.EXPENDITURE, 0, ""),
    ],
)  # fmt: skip
def test_more_cost_is_adverse_and_more_income_favourable(flow: Flow, variance: int, reading: str) -> None:
    assert adverse_or_favourable(flow, Decimal(variance)) == reading


def test_every_row_has_its_own_id() -> None:
    rows = [row.id for row in outturn(published()).rows]
    assert len(rows) == len(set(rows))


def test_a_figure_leads_back_to_its_cells() -> None:
    sources = list(outturn(published()).row("income").actual.sources())
    assert [str(source.cells) for source in sources] == [
        "'[contract.xlsx]contract_sums'!A2",
        "'[contract.xlsx]variations'!A2",
        "'[contract.xlsx]variations'!A3",
        "'[contract.xlsx]variations'!A4",
        "'[contract.xlsx]third_party_income'!A2",
        "'[contract.xlsx]third_party_income'!A2",
    ]
    assert sum(source.amount for source in sources if source.amount is not None) == 84_678_218
