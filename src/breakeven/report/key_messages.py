"""What a reader is told first: a few figures, and sentences with the ids of the figures in them."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from breakeven.ledger.provenance import Figure
from breakeven.ledger.targets import in_words
from breakeven.money import NIL
from breakeven.monitoring.outturn import Flow, OutturnRow, adverse_or_favourable
from breakeven.periods import period_name
from breakeven.pipeline.at_period import AtPeriod
from breakeven.pipeline.year_end import YearEnd
from breakeven.reconciliation.check import Result
from breakeven.report.figures import amount_text
from breakeven.report.outturn import outturn_statement
from breakeven.report.plan import as_laid_over, laid_over, plan_statement
from breakeven.report.reconciliation import disagreements
from breakeven.report.run_rate import run_rate_message
from breakeven.report.savings import tracked_year
from breakeven.report.section import Message, Section
from breakeven.report.simulation import draws_are_illustrative
from breakeven.report.statement import Column, RowKind, Statement, figures_row, mark_of

LARGEST = 3
"""How many lines beyond their budgets, and tests that differ, are named."""


def headlines(end: YearEnd, at: AtPeriod | None = None) -> Statement:
    """Income, expenditure, the position, the cumulative balance, and what the plan's first year still has to find.

    at: a period that is stated beside the year end; its forecast comes first.
    """
    first = end.plan.years[0]
    close = f"31 March {end.year.body.year.start + 1}"
    shown: list[tuple[str, str, Flow, Figure]] = []
    if at and at.is_beside_year_end:
        name = period_name(at.result.period)
        for row_id, label in (("position", "position for the year"), ("closing_balance", f"balance at {close}")):
            found = at.result.row(row_id)
            shown.append((f"forecast_{row_id}", f"Forecast at {name}: {label}", found.flow, found.figures["forecast"]))
    if not end.year.starts_from_budget:
        for row_id, label in (
            ("income", "Income"),
            ("expenditure", "Expenditure"),
            ("position", "Position for the year"),
            ("closing_balance", f"Cumulative balance at {close}"),
        ):
            row = end.expected.row(row_id)
            which = ", year end" if at and at.is_beside_year_end else ""
            shown.append((row_id, f"{label}{which}", row.flow, row.actual))
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


def key_messages(end: YearEnd, sections: Mapping[str, Section], at: AtPeriod | None = None) -> Iterator[Message]:
    """How the year ended and why, whether it adds up, what the plan takes, what is at risk, and how sure it is.

    at: a period that is stated too; it comes first, and what is of the year end is said to be.
    """
    first, last = end.plan.years[0], end.plan.years[-1]
    if at:
        yield from _at_period(end, sections, at)
    if not at or at.is_beside_year_end:
        ended = outturn_statement(end).summary
        yield Message(
            " ".join(ended), ("outturn/position/actual", "outturn/position/variance", "outturn/closing_balance/actual")
        )
    yield from _over_budget(end)
    yield from _adds_up(end)
    if names := laid_over(end):
        yield Message(f"The plan and its savings are those {under(end)}. {_changes(end, names)}", ())
    rows = ("break_even_requirement", "savings_identified", "still_to_find")
    ids = [end.plan.row(row).years[first].id for row in rows]
    yield Message(" ".join(plan_statement(end).summary), (*ids, end.plan.row("yearly_saving_to_clear").years[last].id))
    yield from filter(None, (run_rate_message(end), at_risk_message(end)))
    if "certainty" in sections:
        made_up = " These chances rest on illustrative figures." if draws_are_illustrative(end) else ""
        yield Message(" ".join(sections["certainty"].lead[:2]) + made_up, ())


def _at_period(end: YearEnd, sections: Mapping[str, Section], at: AtPeriod) -> Iterator[Message]:
    """The forecast at a period, and which figures are of it and which of the year end."""
    name = period_name(at.result.period)
    ids = tuple(at.result.row(row).figures["forecast"].id for row in ("position", "closing_balance"))
    yield Message(" ".join(sections["month-end"].lead), ids)
    if at.is_beside_year_end:
        there = "; ".join(sections[each].title for each in ("month-end", "variance", "demand") if each in sections)
        state = outturn_statement(end).state
        yield Message(
            f"These are as at {name}: {there}. Every other figure is of the year end, {state}, with all that "
            "is posted since.",
            (),
        )


def under(end: YearEnd) -> str:
    """``under the scenario worst, and not the plan as it stands``."""
    names = laid_over(end)
    return f"under the scenario{'s' if len(names) > 1 else ''} {' and '.join(names)}, and not the plan as it stands"


def _changes(end: YearEnd, names: Sequence[str]) -> str:
    own = [in_words(each, end.year.body) for each in end.plan.overlays if each.scenario in names]
    return f"It changes: {'; '.join(own)}."


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
    """What of the savings of the year under way is counted on, at risk, and lost already; None where one is open."""
    if not end.year.ledgers.savings:
        return None
    year = tracked_year(end)
    total = end.programme.totals[year]
    planned, weighted, at_risk, lost = (total.of(part) for part in ("planned", "weighted", "at_risk", "shortfall"))
    if not planned.amount or weighted.amount is None or at_risk.amount is None or lost.amount is None:
        return None
    said = {each.id: f"£{amount_text(abs(each.amount or NIL))}{mark_of(end, each)}" for each in (
        planned, weighted, at_risk, lost,
    )}  # fmt: skip
    text = (
        f"Of the {said[planned.id]} of savings planned for {year.on_screen}{as_laid_over(end)}, "
        f"{said[weighted.id]} is counted on, weighted by confidence, and {said[at_risk.id]} is at risk: "
        "forecast, but not counted on."
    )
    if lost.amount > 0:
        text += f" {said[lost.id]} is lost already: it is planned, and no longer forecast."
    elif lost.amount < 0:
        text += f" The forecast is {said[lost.id]} beyond what is planned."
    return Message(text, tuple(said if lost.amount else list(said)[:-1]))
