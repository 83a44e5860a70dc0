"""What is committed after a period: live placements, filled posts, orders; and the contributions of children."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import Decimal

from breakeven.drivers.activity import expected_end
from breakeven.drivers.nights import days_filled, nights_within
from breakeven.ledger.chart import slug
from breakeven.ledger.lines import Accrual, Coding
from breakeven.ledger.placements import NIGHTS_A_WEEK, Placement
from breakeven.ledger.posts import Post
from breakeven.ledger.provenance import Source, source_of
from breakeven.ledger.registers import Order
from breakeven.ledger.year import ContractYear
from breakeven.money import pounds
from breakeven.periods import MONTHS


def commitments(year: ContractYear, period: int) -> Iterator[tuple[Coding, Source]]:
    """The cost of the rest of the year that is settled by the end of ``period``, entry by entry, in pounds.

    A placement counts the nights from then to its planned end or the year's; a post its share of the year's days, up
    to its own last day; an order its whole amount until it is invoiced, or an accrual that stands names it. What
    begins, ends or is invoiced later is not known yet. The reversal of an accrual takes its cost away again, so that an
    order it names is still to be paid for.
    None after P12.
    """
    if period >= MONTHS:
        return
    for placement in _live(year, period):
        nights = _nights_left(year, placement, period)
        cost = pounds(placement.cost_a_week * nights / NIGHTS_A_WEEK)
        label = f"{placement.ref}: {nights} nights at £{placement.cost_a_week:,} a week"
        yield placement.coding, _source(placement, "weekly_cost", label, cost)
    for post in year.ledgers.post_register:
        if days := _days_left(year, post, period):
            cost = pounds(post.fte * post.annual_cost * days / year.body.year.days)
            label = f"{post.ref} {post.role}: {days} days of £{post.annual_cost:,} a year at {post.fte:f} FTE"
            yield post.coding, _source(post, "annual_cost", label, cost)
    standing = [entry for entry in year.accruals_at(period) if entry.kind != "reversal"]
    accrued = {word for entry in standing for word in _words(entry)}
    for order in _outstanding(year.ledgers.orders, year, period):
        if order.ref.casefold() in accrued:
            continue  # delivered: the accrual has its cost
        yield order.coding, source_of(order, "amount", f"Order {order.ref} {order.description}".strip())


def contributions(year: ContractYear, period: int) -> Iterator[tuple[str, Source]]:
    """What follows the live placements for the rest of the year, by the id of its source, entry by entry."""
    if period >= MONTHS:
        return
    for placement in _live(year, period):
        nights = _nights_left(year, placement, period)
        for source, field, a_week in placement.contributions:
            label = f"{placement.ref}: {nights} nights at £{a_week:,} a week"
            yield slug(source), _source(placement, field, label, pounds(a_week * nights / NIGHTS_A_WEEK))


def codings_with_commitments(year: ContractYear) -> frozenset[Coding]:
    """The codes that a register is kept for, whether or not anything of it is live."""
    ledgers = year.ledgers
    return frozenset(r.coding for r in (*ledgers.placement_register, *ledgers.post_register))


def _source(record: Placement | Post, field: str, label: str, amount: Decimal) -> Source:
    illustrative = record.is_made_up(field)
    return Source(label, amount, record.cell_of(field), illustrative)


def _live(year: ContractYear, period: int) -> Iterator[Placement]:
    """The placements in which a child spends the last night of a period."""
    last = year.body.year.period_end(period)
    yield from (p for p in year.ledgers.placement_register if nights_within(p.start, p.end, last, last))


def _nights_left(year: ContractYear, placement: Placement, period: int) -> int:
    """Nights from the period's end to the end that is expected; to the year's where none is."""
    last = year.body.year.period_end(period)
    end = expected_end(placement, last)
    return nights_within(placement.start, end, last + timedelta(days=1), year.body.year.last_day)


def _days_left(year: ContractYear, post: Post, period: int) -> int:
    """Days of the rest of the year of a post that is filled on a period's last day, to its own last day if known."""
    last = year.body.year.period_end(period)
    if not days_filled(post.filled_from, post.filled_to, last, last):
        return 0
    return days_filled(post.filled_from, post.filled_to, last + timedelta(days=1), year.body.year.last_day)


def _words(entry: Accrual) -> Iterator[str]:
    """The words of an accrual's reference, description and reason, by which it may name an order."""
    yield from (word.strip(",.;:()").casefold() for word in f"{entry.ref} {entry.description} {entry.reason}".split())


def _outstanding(orders: Sequence[Order], year: ContractYear, period: int) -> Iterator[Order]:
    last = year.body.year.period_end(period)
    yield from (o for o in orders if o.date <= last and (o.invoiced is None or o.invoiced > last))
