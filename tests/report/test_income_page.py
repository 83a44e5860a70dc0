"""What the page of income says in words: what is open, what stands in brackets and why, and what grants rest on."""

from breakeven.ledger.record import Record
from breakeven.ledger.year import ContractYear
from breakeven.pipeline.at_period import at_period, with_period
from breakeven.pipeline.year_end import YearEnd, work_out
from breakeven.report.income import borne_data, grants_statement, income_statement
from breakeven.report.statement import Statement
from made import claim, contract_sum, contract_year, instalment, third_party, variation

PAID = [contract_sum("100"), instalment("Contract sum", "2023-12-20", "100", "2023-12-21")]


def as_it_stood(year: ContractYear) -> YearEnd:
    """A year with its figures at P09."""
    end = work_out(year)
    return with_period(end, at_period(end, 9))


def stated(*records: Record) -> Statement:
    return income_statement(as_it_stood(contract_year(*records)), 9)


def brackets(*records: Record) -> list[str]:
    return [note for note in stated(*records).notes if ": £" in note or note.startswith("The same")]


def test_the_summary_is_the_total_in_words() -> None:
    claims = [claim("Health", 8, "30", raised="2023-11-01"), claim("Health", 9, "20", raised="2023-12-20")]
    assert stated(*PAID, third_party("Health", "60"), *claims, claim("Health", 9, "5")).summary == (
        "£155 is due or earned by 31 December 2023: £100 is received, £5 accrued and £50 outstanding, £20 of that not "
        "due yet.",
    )


def test_the_summary_names_what_is_open_and_says_no_total() -> None:
    sources = [third_party(name, "5") for name in ("Health", "Education")]
    assert stated(*PAID, variation("V01", "10"), *sources[:1]).summary == (
        "Open for want of instalments or claims: Purpose of V01, Health.",
    )
    assert stated(variation("V01", "10"), *sources).summary == (
        "Open for want of instalments or claims: Contract sum, Purpose of V01, Health and 1 more.",
    )


def test_what_stands_in_brackets_is_said_with_its_reason() -> None:
    early = claim("Health", 10, "30", received_on="2023-12-01", ref="C8")
    beyond = claim("Health", 9, "20", received_on="2023-12-01", received="20.50", ref="C9")
    assert brackets(*PAID) == []
    assert brackets(*PAID, third_party("Health", "60"), early, beyond) == [
        "Health, C8: £30.00 was received before it is due or earned.",
        "Health, C9: £0.50 was received beyond what was asked for.",
    ]


def test_of_many_in_brackets_three_are_named_and_the_rest_counted() -> None:
    many = [claim("Health", 9, "20", received_on="2023-12-01", received="21", ref=f"C{n}") for n in range(5)]
    said = brackets(*PAID, third_party("Health", "60"), *many)
    assert [note.split(":")[0] for note in said] == ["Health, C0", "Health, C1", "Health, C2", "The same of 2 more."]


def test_who_bears_a_variation_is_said_to_the_penny() -> None:
    shared = variation("V04", "250000.01").model_copy(update={"borne_by": "council 70, health 30"})
    unread = variation("V05", "10").model_copy(update={"borne_by": "council 70"})  # a finding says so
    year = contract_year(*PAID, variation("V01", "10"), shared, unread)
    end = as_it_stood(year)
    assert [note for note in income_statement(end, 9).notes if note[0] == "V"] == [
        "V04: council £175,000.01, health £75,000.00."
    ]
    assert borne_data(end) == [
        {"variation": "V04", "amount": "250000.01", "borne_by": {"council": "175000.01", "health": "75000.00"}}
    ]


def test_a_folder_without_grants_has_no_statement_of_them() -> None:
    assert grants_statement(as_it_stood(contract_year(*PAID)), 9).rows == ()
