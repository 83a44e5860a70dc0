"""Income at the end of a period: agreed, due or earned, received, accrued, outstanding, and for how long."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from breakeven.ledger.chart import slug
from breakeven.ledger.contract import Claim, Instalment, Variation, borne, payer_shares
from breakeven.ledger.provenance import Figure, Source, source_of, sum_figure
from breakeven.ledger.rows import row_with
from breakeven.ledger.year import ContractYear
from breakeven.money import NIL, pounds
from breakeven.monitoring.income_items import AGES, Item, age_of, items_of
from breakeven.periods import MONTHS, period_name

COLUMNS = ("agreed", "to_date", "received", "accrued", "outstanding", *AGES)
"""The figures of a row. ``to_date`` is what is due (the contract sum, variations) or earned (third parties)."""

_SAID = {
    "agreed": "agreed for the year",
    "to_date": "due or earned to date",
    "received": "received",
    "accrued": "accrued",
    "outstanding": "outstanding",
    "not_due": "outstanding, not yet due",
    "days_1_30": "1 to 30 days past due",
    "days_31_60": "31 to 60 days past due",
    "days_61_90": "61 to 90 days past due",
    "over_90": "over 90 days past due",
}
"""What each column is called in the label of a figure."""


@dataclass(frozen=True, slots=True)
class IncomeRow:
    """One kind or source of income at the end of a period, in pounds, all positive.

    to_date = received + accrued + outstanding, and outstanding is the sum of its ages. ``level`` is the outturn's:
    0 the total, 1 a kind of income, 2 a variation or a source.
    """

    id: str
    label: str
    level: int
    figures: Mapping[str, Figure]
    """By column."""
    items: tuple[Item, ...] = ()
    """The instalments or claims that the row is worked out from."""
    is_total: bool = False
    """Whether it is the sum of other rows."""


@dataclass(frozen=True, slots=True)
class Income:
    """Every row of the income at the end of one period: each kind above its variations or sources, the total last."""

    period: int
    rows: tuple[IncomeRow, ...]

    def row(self, row_id: str) -> IncomeRow:
        """The row with this id, which is the outturn's. Raises KeyError where there is none."""
        return row_with(row_id, self.rows)

    def figures(self) -> Iterator[Figure]:
        """Every figure of every row."""
        for row in self.rows:
            yield from row.figures.values()


def income(year: ContractYear, period: int) -> Income:
    """State income at the end of a period, 1 to 13; P12 and P13 end with the year.

        to date = received + accrued + outstanding

    An instalment counts from its due date, a claim from the period it is earned in. Accrued is what is earned and not
    yet asked for; outstanding is what is due, or asked for, and has not come. Where no instalments or claims are given
    a row is open, but for what third parties have paid and owe at the year end: that is read from their own sheet.
    """
    end = year.body.year.period_end(period)
    contract = _Row(period, end, "contract_sum", "Contract sum", 1)
    basic = [r for r in year.ledgers.contract_sums if r.year == year.body.year]
    agreed = [source_of(r, "amount", "Basic contract sum") for r in basic]
    variations = [*_variations(year, period)]
    sources = [*_third_parties(year, period)]
    kinds = [
        contract.of_items(agreed, _instalments(year).get("contract_sum", []), "instalments"),
        _sum_row(period, "variations", "Variations", variations),
        _sum_row(period, "third_party_income", "Third-party income", sources),
    ]
    total = _sum_row(period, "income", "Income", kinds, level=0)
    return Income(period, (kinds[0], kinds[1], *variations, kinds[2], *sources, total))


def income_to_date(year: ContractYear, period: int) -> Mapping[str, Figure]:
    """Actual income from the start of the year to the end of a period, in pounds, by the id of a row of the outturn.

    The rows are the contract sum, each variation and each source, without their totals. What is due by instalments
    or earned by claims counts. Where no instalments are given the contract sum is taken to accrue evenly, day by day,
    and a variation to be due in full from the day it was agreed. A source without claims is open until the year end.
    """
    rows = {row.id: row for row in income(year, period).rows}
    found = {row_id: row.figures["to_date"] for row_id, row in rows.items() if not row.is_total}
    if period >= MONTHS:  # the year is over: all that is agreed for it is its income, whenever it was agreed or is due
        agreed = {row_id: row for row_id, row in rows.items() if row_id in found and _is_agreed(row_id)}
        return found | {row_id: _whole(period, row) for row_id, row in agreed.items()}
    if not rows["contract_sum"].items:
        found["contract_sum"] = _evenly(year, period, rows["contract_sum"])
    for record in year.ledgers.variations:
        row = rows[f"variations.{slug(record.ref)}"]
        if not row.items:
            found[row.id] = _since_agreed(year, period, record, row)
    return found


def _is_agreed(row_id: str) -> bool:
    return row_id == "contract_sum" or row_id.startswith("variations.")


def _whole(period: int, row: IncomeRow) -> Figure:
    agreed = row.figures["agreed"]
    rule = "all that is agreed for the year, which is over"
    return Figure(_id(period, row.id, "whole"), f"{row.label}: agreed", agreed.amount, rule, (agreed,))


def _evenly(year: ContractYear, period: int, row: IncomeRow) -> Figure:
    agreed = row.figures["agreed"]
    days = (year.body.year.period_end(period) - year.body.year.first_day).days + 1
    share = None if agreed.amount is None else pounds(agreed.amount * days / year.body.year.days)
    rule = f"agreed × {days} ÷ {year.body.year.days} days, to the penny: no instalments are given"
    return Figure(_id(period, row.id, "evenly"), f"{row.label}: accrued evenly to date", share, rule, (agreed,))


def _since_agreed(year: ContractYear, period: int, record: Variation, row: IncomeRow) -> Figure:
    is_agreed = record.date_agreed <= year.body.year.period_end(period)
    agreed = row.figures["agreed"]
    when = f"{'whole from' if is_agreed else 'nil until'} {record.date_agreed:%d/%m/%Y}, when it was agreed"
    label = f"{row.label}: agreed to date"
    amount = agreed.amount if is_agreed else NIL
    return Figure(_id(period, row.id, "since_agreed"), label, amount, f"{when}: no instalments are given", (agreed,))


def _variations(year: ContractYear, period: int) -> Iterator[IncomeRow]:
    end, instalments = year.body.year.period_end(period), _instalments(year)
    instalments.pop("contract_sum", None)
    for record in year.ledgers.variations:
        key = slug(record.ref)
        agreed = [source_of(record, "amount", f"{record.ref} {record.purpose}")]
        row = _Row(period, end, f"variations.{key}", record.purpose, 2)
        yield row.of_items(agreed, instalments.pop(key, []), "instalments")
    for key, records in instalments.items():
        row = _Row(period, end, f"variations.{key}", f"{records[0].of} (no such variation)", 2)
        yield row.of_items([], records, "instalments")


def _third_parties(year: ContractYear, period: int) -> Iterator[IncomeRow]:
    end = year.body.year.period_end(period)
    claims: dict[str, list[Claim]] = {}
    for claim in year.ledgers.claims:
        claims.setdefault(slug(claim.source), []).append(claim)
    for record in year.ledgers.third_party_income:
        row = _Row(period, end, f"third_party_income.{slug(record.source)}", record.source, 2)
        agreed = [source_of(record, "agreed", f"{record.source}: agreed")]
        own = claims.pop(slug(record.source), [])
        if own or period < MONTHS:
            yield row.of_items(agreed, own, "claims")
            continue
        received, accrued = (source_of(record, f, f"{record.source}: {f}") for f in ("received", "accrued"))
        stated = {"to_date": [received, accrued], "received": [received], "accrued": [accrued]}
        yield row.of_sources(agreed, stated, lambda _: "as stated for the year", "no claims are given")
    for key, records in claims.items():
        row = _Row(period, end, f"third_party_income.{key}", f"{records[0].source} (no such source)", 2)
        yield row.of_items([], records, "claims")


def _instalments(year: ContractYear) -> dict[str, list[Instalment]]:
    by_what: dict[str, list[Instalment]] = {}
    for instalment in year.ledgers.instalments:
        by_what.setdefault(slug(instalment.of), []).append(instalment)
    return by_what


def _id(period: int, row_id: str, column: str = "") -> str:
    return "/".join(part for part in (period_name(period), "income", row_id, column) if part)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row that is not a total, to be worked out."""

    period: int
    end: date
    """The last day of the period."""
    id: str
    label: str
    level: int

    def of_items(self, agreed: Sequence[Source], records: Sequence[Instalment | Claim], what: str) -> IncomeRow:
        """From instalments or claims; open where there are none."""
        if not records:
            return self.of_sources(agreed, {}, lambda _: "", f"no {what} are given")
        items = items_of(records, self.period, self.end)
        left = [item.outstanding(_id(self.period, self.id)) for item in items]
        asked = [
            (item, figure) for item, figure in zip(items, left, strict=True) if item.is_asked and figure.amount != 0
        ]
        aged = {age: [figure for item, figure in asked if age_of(item.days_past_due) == age] for age in AGES}
        ages = {age: self._figure(age, parts, _sum_of(parts, what)) for age, parts in aged.items()}
        parts = {
            "to_date": [item.amount for item in items if item.is_counted],
            "received": [item.paid for item in items if item.paid],
            "accrued": [item.amount for item in items if item.is_counted and not item.is_asked],
        }
        row = self.of_sources(agreed, parts, lambda found: _sum_of(found, what), "")
        outstanding = self._figure("outstanding", [*ages.values()], "the sum of its ages")
        figures = {**row.figures, "outstanding": outstanding, **ages}
        return IncomeRow(self.id, self.label, self.level, figures, items)

    def of_sources(
        self,
        agreed: Sequence[Source],
        parts: Mapping[str, Sequence[Source]],
        rule: Callable[[Sequence[Source]], str],
        why_open: str,
    ) -> IncomeRow:
        """From what was read; each column that has no parts given is open, for the reason given."""
        figures = {column: self._open(column, why_open) for column in COLUMNS}
        figures |= {column: self._figure(column, found, rule(found)) for column, found in parts.items()}
        figures["agreed"] = self._figure("agreed", agreed, "as read") if agreed else self._open("agreed", "not given")
        return IncomeRow(self.id, self.label, self.level, figures)

    def _figure(self, column: str, parts: Sequence[Figure | Source], rule: str) -> Figure:
        return sum_figure(_id(self.period, self.id, column), f"{self.label}: {_SAID[column]}", rule, parts)

    def _open(self, column: str, why: str) -> Figure:
        return Figure(_id(self.period, self.id, column), f"{self.label}: {_SAID[column]}", None, why, ())


def _sum_of(parts: Sequence[Figure | Source], what: str) -> str:
    if len(parts) < 2:
        return f"one of the {what}" if parts else f"none of the {what}"
    return f"the sum of {len(parts)} {what}"


def _sum_row(period: int, row_id: str, label: str, rows: Sequence[IncomeRow], level: int = 1) -> IncomeRow:
    rule = "the sum of " + (f"{len(rows)} rows" if len(rows) != 1 else "one row")
    return IncomeRow(
        row_id,
        label,
        level,
        {
            column: sum_figure(
                _id(period, row_id, column), f"{label}: {_SAID[column]}", rule, [row.figures[column] for row in rows]
            )
            for column in COLUMNS
        },
        is_total=True,
    )


def overpaid(found: Income) -> Iterator[tuple[IncomeRow, Item, Decimal]]:
    """Each instalment or claim of which more has come than is due or earned, or sooner, and by how many pounds."""
    for row in found.rows:
        for item in row.items:
            if item.left is not None and item.left < 0 <= (item.amount.amount or NIL):
                yield row, item, -item.left


def borne_by(year: ContractYear) -> Iterator[tuple[Variation, Mapping[str, Decimal]]]:
    """Each variation that others bear a share of, and what each of them bears in pounds, which adds up to it exactly.

    One that says nothing is the commissioner's alone; shares that cannot be read are a finding, and are left out.
    """
    for record in year.ledgers.variations:
        try:
            shares = payer_shares(record.borne_by)
        except ValueError:
            continue
        if shares:
            yield record, borne(record.amount, shares)
