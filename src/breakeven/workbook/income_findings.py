"""Instalments, claims and grants against what they are of: names that lead nowhere, and payments half written down."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from breakeven.findings import Cell, Finding
from breakeven.ledger.chart import slug
from breakeven.workbook.chart_findings import Records
from breakeven.workbook.names import nearest

_NAMES = (
    ("instalments", "of", "an instalment", "variation", "variations", "ref"),
    ("claims", "source", "a claim", "source of third-party income", "third_party_income", "source"),
    ("grants", "source", "a grant", "source of third-party income", "third_party_income", "source"),
    ("grants", "type", "a grant", "placement type in the register", "placement_register", "type"),
    *(
        ("placement_register", field, "a contribution", "source of third-party income", "third_party_income", "source")
        for field in ("contributor", "contributor_2", "contributor_3")
    ),
)
"""Table, its field, what one is, then what it must name: in words, its table and its field."""

_PAYMENTS = (("instalments", "paid_on", "paid"), ("claims", "received_on", "received"))
"""Table, then the fields of the day and the amount of a payment, which go together."""


def income_findings(records: Records, whole: Mapping[str, Cell]) -> Iterator[Finding]:
    """Everything that is wrong with instalments, claims and grants.

    whole: the tables read without a row held back; only of these can it be said that a name is not there.
    """
    for table, field, what, kind, of, its in _NAMES:
        if of in whole:
            known = [*(["Contract sum"] if table == "instalments" else []), *_names(records.get(of, ()), its)]
            yield from _unknown(
                records.get(table, ()), field, f"{what} is of {{!r}}, and there is no such {kind}", known
            )
    for table, day, amount in _PAYMENTS:
        for record in records.get(table, ()):
            yield from _half(record, day, amount)


def _names(records: Sequence[Any], field: str) -> list[str]:
    return list(dict.fromkeys(getattr(record, field) for record in records))


def _unknown(records: Sequence[Any], field: str, message: str, known: Sequence[str]) -> Iterator[Finding]:
    slugs = {slug(name) for name in known}
    for record in records:
        name = getattr(record, field)
        if name and slug(name) not in slugs:
            yield Finding("name-unknown", message.format(name) + nearest(name, known), record.at)


def _half(record: Any, day: str, amount: str) -> Iterator[Finding]:
    """A payment without its day could be of any period, and one without its amount of any size."""
    on, paid = getattr(record, day), getattr(record, amount)
    if (on is None) != (paid is None):
        said = f"how much was {amount} and not when" if on is None else f"when it was {amount} and not how much"
        message = f"{record.ref!r} says {said}; give both or neither"
        yield Finding("payment-half", message, record.cell_of(amount))
