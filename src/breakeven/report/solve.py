"""What it takes for a plan to reach a goal, as statements: by lever, by line, by year, and by priority."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from breakeven.ledger.targets import in_words
from breakeven.ledger.year import Body
from breakeven.monitoring.outturn import Flow
from breakeven.pipeline.year_end import YearEnd
from breakeven.plan.compare import Amounts
from breakeven.plan.model import NIL, View
from breakeven.plan.priorities import PriorityTarget, Targets
from breakeven.plan.shares import shared
from breakeven.plan.solve import Solution
from breakeven.report.compare import plan_files
from breakeven.report.data import decimal_string, unit_code
from breakeven.report.figures import MISSING
from breakeven.report.plan import laid_over
from breakeven.report.solution_words import solution_sentence, subject, typed, what_if_command
from breakeven.report.statement import Column, ColumnKind, Row, RowKind, Statement, Value, plan_mark, plan_marks

COUNTED = {"planned": "as planned", "forecast": "as forecast", "weighted": "weighted by confidence"}
"""How savings are counted, in words."""


def solution_statement(found: Sequence[Solution], end: YearEnd, folder: str = "") -> Statement:
    """Each lever's answer in words, and the position and balance of every year as it stands and with each of them.

    folder: where the commands that it gives are to find the plan, as it was typed; blank where nobody said.
    """
    commands = [what_if_command(each, folder, plan_options(end)) for each in found if each.is_reached]
    return Statement(
        id="solve",
        body=end.year.body.name,
        title=f"To {found[0].goal.in_words}",
        state=_state(end, end.plan.view),
        columns=_columns(end),
        rows=tuple(_solution_rows(found, end)),
        summary=tuple(solution_sentence(each, plan_mark(end)) for each in found),
        notes=(*(f"Change by change: {command}" for command in commands if command), *end.year.body.notes),
        sources=plan_files(end),
    )


def _solution_rows(found: Sequence[Solution], end: YearEnd) -> Iterator[Row]:
    plans = [(0, "as it stands", found[0].base)]
    plans += [
        (n, _name(each, plan_mark(end)), each.solved)
        for n, each in enumerate(found, start=1)
        if _changes_the_plan(each)
    ]
    for measure, heading in (("position", "Position for the year"), ("closing", "Closing balance")):
        yield Row(measure, heading, RowKind.SUBTOTAL, 1, Flow.NET, {})
        for number, label, balances in plans:
            row_id = f"{measure}.solved_{number}" if number else f"{measure}.as_it_stands"
            yield _row(row_id, label, getattr(balances, measure), end)


def _changes_the_plan(found: Solution) -> bool:
    """Whether a plan with it is another one: not where no saving is needed, or it has no bearing."""
    return found.outcome != "no effect" and found.solved != found.base


def _name(found: Solution, mark: str) -> str:
    """What a plan is called in which one lever was solved for."""
    label = subject(found.lever, found.value, mark)
    return f"with {label[:1].lower()}{label[1:]}" if found.lever.is_saving else f"with {label}"


def _row(row_id: str, label: str, amounts: Amounts, end: YearEnd, *, flow: Flow = Flow.NET) -> Row:
    values = {str(year): amount for year, amount in zip(end.plan.years, amounts, strict=True)}
    return Row(row_id, label, RowKind.LINE, 2, flow, values, illustrative=plan_marks(end, values))


def _columns(end: YearEnd) -> tuple[Column, ...]:
    return tuple(Column(str(year), year.on_screen) for year in end.plan.years)


def _scenario(end: YearEnd) -> str:
    """Which plan is solved: as it stands, or under a scenario."""
    names = " and ".join(laid_over(end))
    return f"scenario {names}" if names else "the plan as it stands"


def plan_options(end: YearEnd) -> str:
    """What a command must be told to start from the same plan; blank for the plan as it stands."""
    scenarios = [f"--scenario {typed(name)}" for name in laid_over(end)]
    return " ".join([*scenarios, *([] if end.plan.view == "planned" else [f"--savings {end.plan.view}"])])


def _state(end: YearEnd, view: View) -> str:
    return f"{_scenario(end)}, savings {COUNTED[view]}"


def solution_data(found: Sequence[Solution], body: Body) -> list[dict[str, Any]]:
    """The answers as plain data, besides their statement."""
    return [
        {
            "lever": each.lever.name,
            "outcome": each.outcome,
            "value": decimal_string(each.value, money=each.lever.unit == "£"),
            "unit": unit_code(each.lever.unit),
            "how": each.lever.how,
            "over": decimal_string(each.over),
            "runs_one_way": each.runs_one_way,
            "changes": [in_words(overlay, body) for overlay in each.overlays],
        }
        for each in found
    ]


def shares_statement(found: Solution, end: YearEnd) -> Statement:
    """A saving that some lines make: what each costs in its first year, the most it can save, and its share."""
    first, bearers = found.lever.span[0], found.lever.bearers
    amounts = shared(found.value, bearers).amounts
    costs = [end.plan.row(bearer.id).years[first].amount for bearer in bearers]
    lines = [
        (bearer.id, bearer.label, {"cost": cost, "cap": bearer.cap, "saving": amount})
        for bearer, cost, amount in zip(bearers, costs, amounts, strict=True)
    ]
    whole = {name: sum((line[2][name] or NIL for line in lines), NIL) for name in ("cost", "cap", "saving")}
    marks = plan_marks(end, whole)
    rows = [Row(*line[:2], RowKind.LINE, 1, Flow.INCOME, line[2], illustrative=marks) for line in lines]
    return Statement(
        id="shares",
        body=end.year.body.name,
        title="Who makes the saving",
        state=_state(end, end.plan.view),
        columns=(
            Column("cost", f"Costs {first.on_screen}"),
            Column("cap", "Can save at most"),
            Column("saving", "Saves a year"),
        ),
        rows=(*rows, Row("saving", "All of them", RowKind.TOTAL, 0, Flow.INCOME, whole, illustrative=marks)),
        notes=("Lines that are not shown are held.",),
    )


def needed_statement(found: Mapping[View, Sequence[tuple[Solution, Solution]]], end: YearEnd) -> Statement:
    """What each year takes: the further saving that breaks even in it, and the one a year that clears the deficit."""
    rows: list[Row] = []
    cannot = False
    for view, pairs in found.items():
        base, years = pairs[0][0].base, end.plan.years
        even, clear = (tuple(each.value if each.is_reached else None for each in n) for n in zip(*pairs, strict=True))
        cannot = cannot or None in (*even, *clear)
        measured: tuple[tuple[str, str, Amounts, Flow], ...] = (
            ("position", "Position for the year", base.position, Flow.NET),
            ("closing_balance", "Closing balance", base.closing, Flow.NET),
            ("to_break_even", "Further saving to break even in the year", even, Flow.INCOME),
            ("to_clear", "Further saving a year to clear the deficit by then", clear, Flow.INCOME),
        )
        rows.append(Row(view, f"Counting savings {COUNTED[view]}", RowKind.SUBTOTAL, 1, Flow.NET, {}))
        for row_id, label, amounts, flow in measured:
            rows.append(_row(f"{view}.{row_id}", label, amounts, end, flow=flow))
    years = end.plan.years
    return Statement(
        id="solve",
        body=end.year.body.name,
        title=f"What it takes {years[0].on_screen} to {years[-1].on_screen}",
        state=_scenario(end),
        columns=_columns(end),
        rows=tuple(rows),
        notes=(
            "A further saving is beyond every saving that is counted, and lasts. The one that breaks even in a year "
            f"starts in it; the one that clears the deficit is made in every year from {years[0].on_screen} on.",
            *([f"{MISSING} cannot be done: more than all that is spent would have to be saved."] if cannot else []),
            *end.year.body.notes,
        ),
        sources=plan_files(end),
    )


def targets_statement(found: Targets, end: YearEnd, view: View, *, to_fill: bool = False) -> Statement:
    """Savings targets by priority, ready to agree: identified, further to find, and their sum.

    to_fill: with blank columns for who leads each and when it was agreed.
    """
    lines = [(f"priority_{number}", row, RowKind.LINE) for number, row in enumerate(found.rows, start=1)]
    total = found.total
    if found.left:
        left = PriorityTarget("Left: no priority may bear more", NIL, NIL, found.left)
        lines.append(("left", left, RowKind.LINE))
    whole = PriorityTarget("All priorities", total.planned, total.counted, total.further + found.left)
    rows = [_target_row(end, *line) for line in (*lines, ("total", whole, RowKind.TOTAL))]
    return Statement(
        id="targets",
        body=end.year.body.name,
        title=f"Savings targets {found.year.on_screen}",
        state=_state(end, view),
        label="Priority",
        columns=(
            *([Column("planned", "Planned")] if view != "planned" else []),
            Column("counted", view.capitalize()),
            Column("further", "Further to find"),
            Column("target", "Target"),
            *(Column(each, each.capitalize(), ColumnKind.TEXT) for each in (("lead", "agreed") if to_fill else ())),
        ),
        rows=tuple(rows),
        summary=tuple(_targets_summary(found, view, plan_mark(end))),
        notes=(
            f"Target is what is identified, {COUNTED[view]}, and a share of what must be found beyond it.",
            "--by-priority --csv has columns to fill in: who leads each, and when it was agreed.",
            *end.year.body.notes,
        ),
        sources=plan_files(end),
        sign_note="Savings are positive.",
    )


def _target_row(end: YearEnd, row_id: str, row: PriorityTarget, kind: RowKind) -> Row:
    values: dict[str, Value] = {
        "planned": row.planned, "counted": row.counted, "further": row.further, "target": row.target,
        "lead": "", "agreed": "",
    }  # fmt: skip
    level = 0 if kind is RowKind.TOTAL else 1
    return Row(row_id, row.priority, kind, level, Flow.INCOME, values, illustrative=plan_marks(end, values))


def _targets_summary(found: Targets, view: View, mark: str) -> Iterator[str]:
    counted, further, solution = found.total.counted, found.total.further + found.left, found.solution
    if not further:
        yield solution_sentence(solution, mark)
        return
    yield (
        f"To {solution.goal.in_words} takes savings of £{counted + further:,.0f}{mark} in {found.year.on_screen}: "
        f"£{counted:,.0f}{mark} identified, {COUNTED[view]}, and £{further:,.0f}{mark} further to find."
    )
    if solution.value != further:
        yield f"What is further to find is £{solution.value:,.0f}{mark} in a full year."
    if found.left:
        yield f"It cannot be done under these caps: £{found.left:,.0f}{mark} of it has no priority to bear it."
