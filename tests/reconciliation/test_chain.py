"""The chain of years: where two folders say another thing of one year, it is a restatement."""

from decimal import Decimal

from breakeven.ledger.chart import UNMAPPED
from breakeven.ledger.provenance import Figure
from breakeven.ledger.record import Record
from breakeven.periods import Year
from breakeven.reconciliation.chain import Link, check_chain, restated_by
from breakeven.reconciliation.check import Check
from made import balance, chart, contract_year, line
from made_registers import beside, last_year


def figure(amount: int | None, label: str = "Residential") -> Figure:
    return Figure("", label, None if amount is None else Decimal(amount), "", ())


def chain(*records: Record, closing: int | None = -20, spent: dict[str, Figure] | None = None) -> dict[str, Check]:
    balances = [balance("last close", "-20"), balance("opening", "-20")]
    year = beside(contract_year(*balances), *records)
    return {each.id: each for each in check_chain(year, figure(closing), spent or {})}


def test_a_year_that_opens_where_the_last_one_closed_agrees() -> None:
    found = chain()
    assert [(each.id, each.result) for each in found.values()] == [
        ("chain-close", "agrees"),
        ("chain-opening", "agrees"),
    ]


def test_another_close_is_a_restatement_and_a_missing_one_is_open() -> None:
    found = chain(closing=-69)["chain-opening"]
    assert (found.difference, found.cause) == (49, "restatement: 2022/23 closes at -£69.00 in its own folder")
    assert chain(closing=None)["chain-opening"].result == "open"
    (close, opening) = check_chain(contract_year(), figure(-20), {})
    assert (close.result, opening.result) == ("open", "open")


def test_last_years_outturn_is_held_against_that_years_own_by_line() -> None:
    spent = {"residential": figure(300), "fostering": figure(200)}
    moved_within_a_line = (last_year("P1 6010", "100"), last_year("P1 6020", "200"), last_year("P2 6110", "200"))
    assert chain(*moved_within_a_line, spent=spent)["chain-outturn"].result == "agrees"
    other = chain(last_year("P1 6010", "300"), last_year("P2 6110", "190"), last_year("Z9 1", "10"), spent=spent)
    assert other["chain-outturn"].cause == ("restatement: Fostering £10.00 less, Unmapped £10.00 more here than there")
    assert UNMAPPED not in spent


def test_a_line_that_is_open_in_its_own_folder_leaves_the_test_open() -> None:
    found = chain(last_year("P1 6010", "300"), spent={"residential": figure(None)})["chain-outturn"]
    assert (found.result, found.cause) == ("open", "Residential in its own folder is missing")


def test_the_lines_restated_most_are_named_and_the_rest_counted() -> None:
    spent = {f"line_{n}": figure(0) for n in range(7)}
    accounts = chart(*(line(f"line_{n}", "overheads", f"O{n}") for n in range(7)))
    year = beside(contract_year(accounts=accounts), *(last_year(f"O{n} 1", str(n + 1)) for n in range(7)))
    cause = next(each.cause for each in check_chain(year, figure(-20), spent) if each.id == "chain-outturn")
    assert cause.startswith("restatement: Line 6 £7.00 more, Line 5 £6.00 more, Line 4")
    assert cause.endswith("Line 2 £3.00 more and 2 more lines here than there")


def link(year: int, opening: int | None, closing: int | None) -> Link:
    amounts = [None if amount is None else Decimal(amount) for amount in (opening, closing)]
    return Link(Year(year), "audited", amounts[0], None, Decimal(0), amounts[1])


def test_each_year_is_restated_by_what_it_opens_away_from_the_last_close() -> None:
    assert restated_by([link(2022, 0, -20), link(2023, -20, -30), link(2024, -79, -90)]) == (0, -49)
    assert restated_by([link(2022, 0, -20)]) == ()


def test_what_follows_a_missing_or_open_year_is_restated_by_nobody_knows_what() -> None:
    assert restated_by([link(2021, 0, -20), link(2023, -20, -30)]) == (None,)
    assert restated_by([link(2022, 0, None), link(2023, -20, -30)]) == (None,)
    assert restated_by([link(2022, 0, -20), link(2023, None, -30)]) == (None,)
