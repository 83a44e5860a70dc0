"""Instalments and claims against the sheets that state what they come to. Without any of a kind there is no test."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from breakeven.ledger.chart import slug
from breakeven.ledger.contract import Claim, Instalment
from breakeven.ledger.record import Record
from breakeven.ledger.year import ContractYear
from breakeven.money import NIL
from breakeven.reconciliation.check import Check, Pair, compare_each


def check_income(year: ContractYear) -> Iterator[Check]:
    """Instalments to the contract sum and each variation, and claims to what each source has paid and owes.

    What came after the year end is not yet received at it: it is part of what is accrued.
    """
    tests = (
        (
            "instalments",
            "Instalments = contract sum + variations",
            ("instalments", "contract sum + variations"),
            _agreed(year),
        ),
        (
            "instalments-paid",
            "Instalments paid = variations paid",
            ("instalments paid", "variations paid"),
            _paid(year),
        ),
        (
            "claims-received",
            "Claims received = third-party income received",
            ("claims received", "received"),
            _received(year),
        ),
        (
            "claims-accrued",
            "Claims still to come = third-party income accrued",
            ("claims still to come", "accrued"),
            _accrued(year),
        ),
    )
    for check_id, label, sides, pairs in tests:
        if found := [*pairs]:
            yield compare_each(check_id, label, sides, found)


def _agreed(year: ContractYear) -> Iterator[Pair]:
    for record in year.ledgers.contract_sums:
        own = _instalments(year, "contract_sum")
        if own and record.year == year.body.year:
            yield _pair("the contract sum", own, _amount(own), record, "amount")
    for record in year.ledgers.variations:
        if own := _instalments(year, slug(record.ref)):
            yield _pair(record.ref, own, _amount(own), record, "amount")


def _paid(year: ContractYear) -> Iterator[Pair]:
    for record in year.ledgers.variations:
        own = _instalments(year, slug(record.ref))
        if own and record.paid is not None:
            yield _pair(record.ref, own, _came(own, year), record, "paid")


def _received(year: ContractYear) -> Iterator[Pair]:
    for record in year.ledgers.third_party_income:
        if own := _claims(year, slug(record.source)):
            yield _pair(record.source, own, _came(own, year), record, "received")


def _accrued(year: ContractYear) -> Iterator[Pair]:
    for record in year.ledgers.third_party_income:
        if own := _claims(year, slug(record.source)):
            yield _pair(record.source, own, _amount(own) - _came(own, year), record, "accrued")


def _pair(name: str, own: Sequence[Record], amount: Decimal, record: Record, field: str) -> Pair:
    """What some records come to against a field of the record that states it."""
    made_up = (any(each.is_made_up("amount") for each in own), record.is_made_up(field))
    return Pair(name, amount, getattr(record, field), f"{record.cell_of(field)} does not", made_up)


def _instalments(year: ContractYear, of: str) -> list[Instalment]:
    return [instalment for instalment in year.ledgers.instalments if slug(instalment.of) == of]


def _claims(year: ContractYear, source: str) -> list[Claim]:
    return [claim for claim in year.ledgers.claims if slug(claim.source) == source]


def _amount(records: list[Instalment] | list[Claim]) -> Decimal:
    return sum((record.amount for record in records), NIL)


def _came(records: list[Instalment] | list[Claim], year: ContractYear) -> Decimal:
    """What had come by the year end."""
    came = NIL
    for record in records:
        on, amount = (
            (record.paid_on, record.paid) if isinstance(record, Instalment) else (record.received_on, record.received)
        )
        if on is not None and on <= year.body.year.last_day:
            came += amount or NIL
    return came
