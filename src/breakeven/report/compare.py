"""Two plans side by side, and what each thing that differs between them does to each year."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from breakeven.ledger.chart import slug
from breakeven.ledger.targets import in_words
from breakeven.monitoring.outturn import Flow, adverse_or_favourable
from breakeven.pipeline.questions import AS_PLANNED
from breakeven.pipeline.year_end import YearEnd
from breakeven.plan.compare import Amounts, Comparison, left_of, less_each
from breakeven.plan.deficit import requirement
from breakeven.plan.model import NIL, Balances
from breakeven.report.figures import ILLUSTRATIVE, amount_text
from breakeven.report.statement import Column, Row, RowKind, Statement, files_behind, plan_marks


def comparison_statement(
    found: Comparison,
    names: tuple[str, str],
    heading: tuple[str, str, str, str],
    *,
    illustrative: bool,
    notes: Sequence[str] = (),
    sources: Sequence[str] = (),
) -> Statement:
    """The position of each year from one plan to the other, change by change, and where the balance closes.

    names: what the two plans are called. heading: the statement's id, body, title and state. illustrative: whether the
    figures rest on illustrative cells, so that a page must mark them.
    """
    columns = tuple(Column(str(year), year.on_screen) for year in found.years)
    marks = frozenset(column.id for column in columns) if illustrative else frozenset[str]()
    return Statement(
        *heading,
        columns=columns,
        rows=tuple(_rows(found, names, marks)),
        label="Position for the year, and what changes it",
        summary=answer_in_words(found, names, illustrative=illustrative),
        notes=(
            "Each change is taken alone; what they do together beyond that has a row of its own, so that all adds up.",
            *_without_effect(found),
            *notes,
        ),
        sources=tuple(sources),
    )


def _without_effect(found: Comparison) -> Iterator[str]:
    """That a change does nothing to the plan, where one does not."""
    if any(not change.moves_position and not change.moves_elsewhere for change in found.changes):
        yield "A change that shows 0 in every year moves neither a position nor the savings identified."


def what_if_statement(found: Comparison, end: YearEnd, words: Sequence[str], scenario: str | None = None) -> Statement:
    """The answer to what-if. words: the changes as they were typed. scenario: what they are laid over, if anything."""
    over = f", over the scenario {scenario}" if scenario else ""
    return comparison_statement(
        found,
        (scenario or AS_PLANNED, "changed"),
        ("what-if", end.year.body.name, f"What if: {', '.join(words)}", f"savings as {end.plan.view}{over}"),
        illustrative=end.plan_is_illustrative,
        notes=end.year.body.notes,
        sources=plan_files(end),
    )


def _rows(found: Comparison, names: tuple[str, str], marks: frozenset[str]) -> Iterator[Row]:
    def row(row_id: str, label: str, amounts: Amounts, kind: RowKind, level: int, *, moves: bool = False) -> Row:
        values = {str(year): amount for year, amount in zip(found.years, amounts, strict=True)}
        reading = {
            column: word
            for column, amount in values.items()
            if moves and (word := adverse_or_favourable(Flow.NET, amount))
        }
        shown = frozenset(column for column, amount in values.items() if amount is not None)
        return Row(row_id, label, kind, level, Flow.NET, values, reading, illustrative=marks & shown)

    first, second = names
    changes = [*found.changes, *([found.together] if found.together else [])]
    yield row("position_before", f"Position, {first}", found.before.position, RowKind.SUBTOTAL, 1)
    for number, change in enumerate(changes, start=1):
        change_id = "together" if change is found.together else f"change_{number}"
        if not change.moves_elsewhere:
            yield row(change_id, change.label, change.position, RowKind.LINE, 2, moves=True)
    yield row("position_after", f"Position, {second}", found.after.position, RowKind.TOTAL, 0)
    yield row("closing_before", f"Closing balance, {first}", found.before.closing, RowKind.SUBTOTAL, 1)
    by_opening, by_positions = _balance_changes(found)
    if any(amount != 0 for amount in by_opening):
        yield row("closing_by_opening", "By the opening balance", by_opening, RowKind.LINE, 2, moves=True)
    yield row("closing_by_positions", "By the positions so far", by_positions, RowKind.LINE, 2, moves=True)
    yield row("closing_after", f"Closing balance, {second}", found.after.closing, RowKind.TOTAL, 0)
    for which, name, balances in (("before", first, found.before), ("after", second, found.after)):
        yield row(
            f"break_even_{which}", f"All savings needed to break even, {name}", _needed(balances), RowKind.SUBTOTAL, 1
        )
    if all(change.identified == (NIL,) * len(found.years) for change in changes):
        return
    yield row(
        "identified_before", f"Savings identified, weighted, {first}", found.before.identified, RowKind.SUBTOTAL, 1
    )
    for number, change in enumerate(changes, start=1):
        change_id = "together" if change is found.together else f"change_{number}"
        if any(change.identified):
            yield row(f"identified_{change_id}", change.label, change.identified, RowKind.LINE, 2, moves=True)
    yield row(
        "identified_after", f"Savings identified, weighted, {second}", found.after.identified, RowKind.SUBTOTAL, 1
    )
    for which, name, balances in (("before", first, found.before), ("after", second, found.after)):
        yield row(f"still_to_find_{which}", f"Still to find, {name}", balances.still_to_find, RowKind.SUBTOTAL, 1)


def _balance_changes(found: Comparison) -> tuple[Amounts, Amounts]:
    """What moves each closing balance: where the plans open, and their positions up to then."""
    moved = less_each(found.after.position, found.before.position)
    closing = less_each(found.after.closing, found.before.closing)
    so_far = tuple(left_of(NIL, moved[: t + 1]) for t in range(len(moved)))
    positions = tuple(None if amount is None else -amount for amount in so_far)
    return less_each(closing, positions), positions


def answer_in_words(found: Comparison, names: tuple[str, str], *, illustrative: bool) -> tuple[str, ...]:
    """What the first and the last year come to, in sentences; names and illustrative as for the statement."""
    return tuple(_summary(found, names, ILLUSTRATIVE if illustrative else ""))


def _summary(found: Comparison, names: tuple[str, str], mark: str) -> Iterator[str]:
    """The answer in words: what the first and the last year come to. mark: put after each figure."""
    year, last = found.years[0], found.years[-1]
    was, now = found.before.position[0], found.after.position[0]
    if was is not None and now is not None:
        moved = f"goes from {_balance(was, mark)} to {_balance(now, mark)}: {_by(now - was, mark)}"
        yield f"The position of {year.on_screen} {moved if now != was else f'stays {_balance(was, mark)}'}."
    was, now = found.before.closing[-1], found.after.closing[-1]
    if was is not None and now is not None:
        moved = f"where it was {_balance(was, mark)}: {_by(now - was, mark)}" if now != was else "as it was"
        yield f"At 31 March {last.start + 1} the balance is {_balance(now, mark)}, {moved}."
    if not found.changes and not found.together:
        yield f"Nothing differs between {names[0]} and {names[1]}."


def _balance(amount: Decimal, mark: str) -> str:
    if not amount:
        return "nil"
    return f"a {'surplus' if amount > 0 else 'deficit'} of £{amount_text(abs(amount))}{mark}"


def _by(change: Decimal, mark: str) -> str:
    word = "favourable" if adverse_or_favourable(Flow.NET, change) == "F" else "adverse"
    return f"£{amount_text(abs(change))}{mark} {word}"


def plan_files(end: YearEnd) -> tuple[str, ...]:
    """The input files that a plan rests on under any scenario, each with the SHA-256 of its bytes."""
    counted = (source for start in end.plan.basis.expenditure if start.driver for source in start.driver.sources)
    return files_behind(end.plan.figures(), end.year, counted)


def scenarios_statement(plans: Mapping[str, Balances], end: YearEnd) -> Statement:
    """The plan and its scenarios side by side, measure by measure. plans: what each comes to, by its name."""
    years = end.plan.years
    columns = tuple(Column(str(year), year.on_screen) for year in years)
    rows: list[Row] = []
    for measure, label, flow in _MEASURES:
        rows.append(Row(measure, label, RowKind.SUBTOTAL, 1, flow, {}))
        for name, balances in plans.items():
            values = {str(year): a for year, a in zip(years, _measured(measure, balances), strict=True)}
            row_id = f"{measure}.{slug(name)}"
            rows.append(Row(row_id, name, RowKind.LINE, 2, flow, values, illustrative=plan_marks(end, values)))
    body = end.year.body
    changes = {name: [each for each in end.year.ledgers.scenarios if each.scenario == name] for name in plans}
    return Statement(
        id="scenarios",
        body=body.name,
        title="Scenarios",
        state=f"savings as {end.plan.view}",
        columns=columns,
        rows=tuple(rows),
        notes=(
            *(f"{name}: {'; '.join(in_words(each, body) for each in own)}." for name, own in changes.items() if own),
            *body.notes,
        ),
        sources=plan_files(end),
    )


_MEASURES = (
    ("position", "Position for the year", Flow.NET),
    ("closing_balance", "Closing balance", Flow.NET),
    ("break_even_requirement", "All savings needed to break even", Flow.INCOME),
    ("savings", "Savings counted", Flow.INCOME),
)


def _measured(measure: str, balances: Balances) -> Amounts:
    return {
        "position": balances.position,
        "closing_balance": balances.closing,
        "break_even_requirement": _needed(balances),
        "savings": balances.savings,
    }[measure]


def _needed(balances: Balances) -> Amounts:
    return tuple(None if gap is None else requirement(gap) for gap in balances.gap)
