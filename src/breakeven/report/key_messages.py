"""What a reader is told first: a few figures, and sentences with the ids of the figures in them."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from breakeven.ledger.provenance import Figure
from breakeven.monitoring.outturn import Flow, OutturnRow, adverse_or_favourable
from breakeven.pipeline.year_end import YearEnd
from breakeven.reconciliation.check import Result
from breakeven.report.figures import amount_text
from breakeven.report.outturn import outturn_statement
from breakeven.report.plan import plan_statement
from breakeven.report.reconciliation import disagreements
from breakeven.report.savings import tracked_year
from breakeven.report.section import Message, Section
from breakeven.report.simulation import draws_are_illustrative
from breakeven.report.statement import Column, RowKind, Statement, figures_row, mark_of

LARGEST = 3
"""How many lines beyond their budgets, and tests that differ, are named."""


def headlines(end: YearEnd) -> Statement:
    """Income, expenditure, the position, the cumulative balance, and what the plan's first year still has to find."""
    first = end.plan.years[0]
    close = f"31 March {end.year.body.year.start + 1}"
    shown: list[tuple[str, str, Flow, Figure]] = []
    if not end.year.starts_from_budget:
        for row_id, label in (
            ("income", "Income"),
            ("expenditure", "Expenditure"),
            ("position", "Position for the year"),
            ("closing_balance", f"Cumulative balance at {close}"),
        ):
            row = end.expected.row(row_id)
            shown.append((row_id, label, row.flow, row.actual))
    needed = end.plan.row("still_to_find")
    shown.append(("still_to_find", f"Still to find in {first.on_screen}", needed.flow, needed.years[first]))
    return Statement(
        id="headlines",
        body=end.year.body.name,
        title="In short",
        state=outturn_statement(end).state,
        columns=(Column("amount", "Amount"),),
        rows=tuple(
            figures_row(end, row_id, label, RowKind.LINE, 1, {"amount": figure}, flow=flow)
            for row_id, label, flow, figure in shown
        ),
        sign_note="Costs and deficits are in brackets.",
    )


def key_messages(end: YearEnd, sections: Mapping[str, Section]) -> Iterator[Message]:
    """How the year ended and why, whether it adds up, what the plan takes, what is at risk, and how sure it is."""
    first, last = end.plan.years[0], end.plan.years[-1]
    ended = outturn_statement(end).summary
    yield Message(
        " ".join(ended), ("outturn/position/actual", "outturn/position/variance", "outturn/closing_balance/actual")
    )
    yield from _over_budget(end)
    yield from _adds_up(end)
    rows = ("break_even_requirement", "savings_identified", "still_to_find")
    ids = [end.plan.row(row).years[first].id for row in rows]
    yield Message(" ".join(plan_statement(end).summary), (*ids, end.plan.row("yearly_saving_to_clear").years[last].id))
    if at_risk := at_risk_message(end):
        yield at_risk
    if "certainty" in sections:
        made_up = " These chances rest on illustrative figures." if draws_are_illustrative(end) else ""
        yield Message(" ".join(sections["certainty"].lead[:2]) + made_up, ())


def _over_budget(end: YearEnd) -> Iterator[Message]:
    """The lines that worsen the position most, and by how much."""
    if end.year.starts_from_budget:
        return
    lines = [
        row
        for row in end.expected.rows
        if row.level == 2 and adverse_or_favourable(row.flow, row.variance.amount) == "A"
    ]
    largest = sorted(lines, key=lambda row: -abs(row.variance.amount or Decimal(0)))[:LARGEST]
    if largest:
        said = "; ".join(
            f"{row.label} £{amount_text(abs(row.variance.amount or Decimal(0)))}{_mark(end, row)}" for row in largest
        )
        yield Message(f"Furthest beyond what was budgeted: {said} adverse.", tuple(row.variance.id for row in largest))


def _mark(end: YearEnd, row: OutturnRow) -> str:
    return mark_of(end, row.variance)


def _adds_up(end: YearEnd) -> Iterator[Message]:
    """That every test of money agrees, or which does not; where many do not, how many."""
    differing = [check for check in end.checks if check.result is Result.DIFFERS]
    if len(differing) > LARGEST:
        yield Message(f"{len(differing)} of {len(end.checks)} tests of money do not agree: see Reconciliation.", ())
    else:
        for check, sentence in zip(differing, disagreements(end, end.checks, Result.DIFFERS), strict=True):
            ids = tuple(side.figure for side in (check.side_a, check.side_b) if side.figure)
            yield Message(f"One figure does not agree. {sentence}" if len(differing) == 1 else sentence, ids)
    if is_open := sum(check.result is Result.OPEN for check in end.checks):
        yield Message(f"{is_open} of {len(end.checks)} tests of money are open: something they need is missing.", ())
    if not differing and not is_open:
        yield Message(f"All {len(end.checks)} tests of money agree.", ())


def at_risk_message(end: YearEnd) -> Message | None:
    """How much of the savings of the year under way is not sure; None where there are none, or one is open."""
    if not end.year.ledgers.savings:
        return None
    year = tracked_year(end)
    total = end.programme.totals[year]
    planned, at_risk = total.of("planned"), total.of("at_risk")
    if not planned.amount or at_risk.amount is None:
        return None
    return Message(
        f"Of the £{amount_text(planned.amount)}{mark_of(end, planned)} of savings planned for {year.on_screen}, "
        f"£{amount_text(at_risk.amount)}{mark_of(end, at_risk)} is at risk: forecast, but not counted on.",
        (planned.id, at_risk.id),
    )
