"""The budget that next year begins with, last year beside it, and what undoes this year's accruals."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from breakeven.ledger.entries import MONTHS as MONTH_FIELDS
from breakeven.ledger.lines import Accrual, BudgetLine, Coding, LastYearLine
from breakeven.money import NIL, pounds, share, to_pence
from breakeven.monitoring.outturn import coding_row_id
from breakeven.monitoring.profile import whole_weights
from breakeven.periods import MONTHS, YEAR_END_PERIOD, parse_year_and_period, period_name
from breakeven.plan.rolling import NEW, OpenPlanError, Rolling


def budget(of: Rolling, moved: dict[str, Decimal]) -> Iterator[BudgetLine]:
    """Each line's budget by its codes and months. Raises OpenPlanError where a line has a budget and no code."""
    chart = of.year.body.chart
    this_year = {line.coding: line for line in of.year.ledgers.budget}
    for line in of.plan.basis.expenditure:
        codes = _codes(of, line.id)
        if not codes:
            if moved[line.id]:
                raise OpenPlanError(f"the plan has {line.label} and no cost centre and account to budget it on")
            continue
        category = chart.labels.get(line.category, line.label)
        basis = of.mark(of.of_plan(line.id))
        for coding, amount in zip(codes, share(moved[line.id], _weights(of, line.id, codes)), strict=True):
            before = this_year.get(coding)
            months = whole_weights(before.months) if before else None
            profile: dict[str, Any] = dict(zip(MONTH_FIELDS, share(amount, months), strict=True)) if months else {}
            yield BudgetLine(
                at=NEW, cost_centre=coding[0], account=coding[1], line=line.label, category=category,
                original=amount, revised=amount, profile_name=before.profile_name if before else "", basis=basis,
                **profile,
            )  # fmt: skip


def _codes(of: Rolling, line: str) -> list[Coding]:
    """The codes of a line that anything was budgeted or spent on."""
    chart, ledgers = of.year.body.chart, of.year.ledgers
    codes = {*of.year.transactions.by_coding}
    codes |= {each.coding for each in (*ledgers.budget, *of.year.accruals_at(YEAR_END_PERIOD))}
    return sorted(coding for coding in codes if chart.line_of(coding) == line)


def _weights(of: Rolling, line: str, codes: Sequence[Coding]) -> list[int]:
    """The outturn of each code, nil where it is a credit; where none cost anything, all alike."""
    chart = of.year.body.chart
    weights = [
        max(to_pence(pounds(of.expected.row(coding_row_id(chart, line, coding)).actual.amount or NIL)), 0)
        for coding in codes
    ]
    return weights if any(weights) else [1] * len(codes)


def last_year(of: Rolling) -> Iterator[LastYearLine]:
    """This year by code and month, P13 with P12; nothing before the year is over."""
    if of.year.forecast_at or of.year.starts_from_budget:
        return
    months: dict[Coding, list[int]] = {}
    extract = of.year.transactions
    for centre, account, period, pence in zip(
        extract.cost_centre, extract.account, extract.period, extract.pence, strict=True
    ):
        months.setdefault((centre, account), [0] * MONTHS)[min(period, MONTHS) - 1] += pence
    for entry in of.year.ledgers.accruals:
        own = months.setdefault(entry.coding, [0] * MONTHS)
        own[min(entry.period, MONTHS) - 1] += to_pence(entry.amount)
        undone = entry.undone_in(of.old)
        if undone is not None:
            own[min(undone, MONTHS) - 1] -= to_pence(entry.amount)
    chart = of.year.body.chart
    for coding in sorted(months):
        figure = of.expected.row(coding_row_id(chart, chart.line_of(coding), coding)).actual
        profile: dict[str, Any] = {
            name: pounds(Decimal(pence).scaleb(-2)) for name, pence in zip(MONTH_FIELDS, months[coding], strict=True)
        }
        yield LastYearLine(
            at=NEW, cost_centre=coding[0], account=coding[1], outturn=pounds(of.known(figure)),
            basis=of.mark(figure), **profile,
        )  # fmt: skip


def reversals(of: Rolling) -> tuple[tuple[Accrual, ...], tuple[str, ...]]:
    """What this year's accruals and prepayments are undone by; and those undone in a later year still, in words."""
    found: list[Accrual] = []
    left: list[str] = []
    for entry in of.year.accruals_at(YEAR_END_PERIOD):
        if entry.kind == "reversal":
            continue
        year, period = parse_year_and_period(entry.reverses) if entry.reverses else (of.new, 1)
        if year != of.new:
            left.append(f"{entry.ref} of £{entry.amount:,} is undone in {entry.reverses}: enter its reversal there")
            continue
        found.append(
            Accrual(
                at=NEW, ref=entry.ref, kind="reversal", period=period, cost_centre=entry.cost_centre,
                account=entry.account, description=entry.description, amount=-entry.amount,
                date=of.new.first_day, reason=f"{entry.kind} of {of.old} {period_name(entry.period)}",
                basis=entry.basis,
            )
        )  # fmt: skip
    return tuple(found), tuple(left)
