"""Grants by the calendar: what the nights, weeks or children of the placement register come to, and what is claimed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from breakeven.drivers.nights import nights_within
from breakeven.ledger.chart import slug
from breakeven.ledger.contract import Grant
from breakeven.ledger.placements import Placement
from breakeven.ledger.provenance import Figure, Source, less, source_of, sum_figure
from breakeven.ledger.year import ContractYear
from breakeven.money import pounds
from breakeven.monitoring.income import Income
from breakeven.periods import period_name


@dataclass(frozen=True, slots=True)
class GrantRow:
    """One grant from the start of the year to the end of a period."""

    grant: Grant
    rate: Figure
    """Pounds a night, a week or a person."""
    count: Figure
    """Nights, or children for a grant by the person; open where there is no register."""
    entitlement: Figure

    def figures(self) -> Iterator[Figure]:
        """Its three figures."""
        yield from (self.rate, self.count, self.entitlement)


@dataclass(frozen=True, slots=True)
class GrantSource:
    """A source's grants together, against what was claimed of it: income of one source is claimed as one."""

    source: str
    grants: tuple[GrantRow, ...]
    entitlement: Figure
    claimed: Figure
    """Earned to date, as the income says; open where the source has no claims."""
    difference: Figure
    """Claimed less entitlement: negative is still to be claimed, positive is claimed without a night to show for it."""

    def figures(self) -> Iterator[Figure]:
        """Its own three figures and those of its grants."""
        yield from (self.entitlement, self.claimed, self.difference)
        for grant in self.grants:
            yield from grant.figures()


def grants(year: ContractYear, income: Income) -> tuple[GrantSource, ...]:
    """Each source that pays by the night, the week or the person, to the end of the period that the income is of.

        by the night:  rate × nights
        by the week:   rate × nights ÷ 7, to the penny for each child
        by the person: rate × children with one night or more

    Nights are those of the calendar, within the year and the days the grant is paid for, that a child spent in a
    placement of its type; where two rows of one child overlap, a night counts once.
    """
    by_source: dict[str, list[Grant]] = {}
    for grant in year.ledgers.grants:
        by_source.setdefault(slug(grant.source), []).append(grant)
    to_date = {row.id: row.figures["to_date"] for row in income.rows}
    return tuple(
        _source(income.period, [_grant(year, income.period, grant) for grant in records], to_date)
        for records in by_source.values()
    )


def _source(period: int, rows: Sequence[GrantRow], to_date: Mapping[str, Figure]) -> GrantSource:
    name = rows[0].grant.source
    own = f"{period_name(period)}/grants/{slug(name)}"
    earned = to_date.get(f"third_party_income.{slug(name)}")
    rule = "as worked out for its grant" if len(rows) == 1 else f"the sum of {len(rows)} grants"
    entitlement = sum_figure(f"{own}/entitlement", f"{name}: entitlement", rule, [row.entitlement for row in rows])
    claimed = Figure(
        f"{own}/claimed",
        f"{name}: claimed",
        earned.amount if earned else None,
        "what is earned to date" if earned else "there is no such source of third-party income",
        (earned,) if earned else (),
    )
    difference = Figure(
        f"{own}/difference",
        f"{name}: claimed less entitlement",
        less(claimed, entitlement),
        "claimed − entitlement",
        (claimed, entitlement),
    )
    return GrantSource(name, tuple(rows), entitlement, claimed, difference)


def _grant(year: ContractYear, period: int, grant: Grant) -> GrantRow:
    end, register = year.body.year.period_end(period), year.ledgers.placement_register
    own = f"{period_name(period)}/grants/{slug(grant.source)}.{slug(grant.ref)}"
    what = f"{grant.ref} {grant.type}"
    first, last = max(grant.start, year.body.year.first_day), min(grant.end or end, end)
    rate_label, read = f"{what}: rate a {grant.per}", (source_of(grant, "rate", grant.ref),)
    rate = Figure(f"{own}/rate", rate_label, grant.rate, "as read", read)
    children = [*_children(register, grant, first, last, own)]
    is_by_person = grant.per == "person"
    counted = Decimal(len(children)) if is_by_person else sum((_nights(child) for child in children), Decimal(0))
    rule = "how many children have a night or more" if is_by_person else "the sum of each child's"
    count = Figure(
        f"{own}/count",
        f"{what}: {'children' if is_by_person else 'nights'}, {first:%d/%m/%Y} to {last:%d/%m/%Y}",
        counted if register else None,
        rule if register else "no placement register is given",
        tuple(children),
        "number",
    )
    return GrantRow(grant, rate, count, _entitlement(own, what, rate, count, grant))


def _children(register: Sequence[Placement], grant: Grant, first: date, last: date, own: str) -> Iterator[Figure]:
    """Each child's nights from ``first`` to ``last``, of those who have any."""
    rows: dict[str, list[Placement]] = {}
    for placement in register:
        if slug(placement.type) == slug(grant.type):
            rows.setdefault(placement.ref, []).append(placement)
    for ref, placements in rows.items():
        nights, counted_to = 0, first
        for placement in sorted(placements, key=lambda each: each.start):
            nights += nights_within(max(placement.start, counted_to), placement.end, first, last)
            counted_to = max(counted_to, placement.end or date.max)
        if nights:
            parts = tuple(Source(_span(each), None, each.cell_of("start")) for each in placements)
            yield Figure(
                f"{own}/nights/{slug(ref)}", f"{ref}: nights", Decimal(nights), "from the calendar", parts, "number"
            )


def _span(placement: Placement) -> str:
    until = f" to {placement.end:%d/%m/%Y}" if placement.end else ""
    return f"from {placement.start:%d/%m/%Y}{until}"


def _nights(child: Figure) -> Decimal:
    return child.amount or Decimal(0)


def _entitlement(own: str, what: str, rate: Figure, count: Figure, grant: Grant) -> Figure:
    figure_id, label = f"{own}/entitlement", f"{what}: entitlement"
    if count.amount is None:
        return Figure(figure_id, label, None, count.rule, (rate, count))
    if grant.per != "week":
        of = "children" if grant.per == "person" else "nights"
        return Figure(figure_id, label, grant.rate * count.amount, f"rate × {of}", (rate, count))
    children = [child for child in count.parts if isinstance(child, Figure)]
    return sum_figure(figure_id, label, "the sum of each child's", [_by_week(rate, grant, child) for child in children])


def _by_week(rate: Figure, grant: Grant, child: Figure) -> Figure:
    return Figure(
        child.id.replace("/nights/", "/weeks/"),
        child.label.replace(": nights", ": weeks paid"),
        pounds(grant.rate * _nights(child) / 7),
        "rate × nights ÷ 7, to the penny",
        (rate, child),
    )
