"""Conservation and reconciliation as statements."""

from collections import Counter
from decimal import Decimal

from breakeven.ledger.year import WasRead
from breakeven.money import PENNY
from breakeven.monitoring.outturn import Flow
from breakeven.pipeline.year_end import YearEnd
from breakeven.reconciliation.check import Check, Result, Side
from breakeven.report.figures import ILLUSTRATIVE, bracketed
from breakeven.report.statement import Column, ColumnKind, Row, RowKind, Statement

RESULT_WORDS = {
    Result.AGREES: "agree",
    Result.ROUNDING: "agree to rounding",
    Result.DIFFERS: "differ",
    Result.OPEN: "are open",
}


def reconciliation_statement(end: YearEnd) -> Statement:
    """Every test with its two sides, the difference and the likely cause."""
    checks = end.all_checks
    return Statement(
        id="reconciliation",
        body=end.year.body.name,
        title=f"Reconciliation {end.year.body.year.on_screen}",
        state=end.year.body.state,
        label="Test",
        columns=(
            Column("side_a", "Side A"),
            Column("side_b", "Side B"),
            Column("difference", "A less B"),
            Column("result", "Result", ColumnKind.TEXT),
            Column("cause", "Likely cause", ColumnKind.TEXT),
        ),
        rows=tuple(_row(end, check) for check in checks),
        summary=(count_of_results(checks), *disagreements(end, checks, Result.DIFFERS)),
        notes=(*disagreements(end, checks, Result.OPEN), *_of_which_plan(end)),
        sign_note="Each side is signed as it stands: a deficit is in brackets, a cost is not.",
    )


def _of_which_plan(end: YearEnd) -> tuple[str, ...]:
    """That the tests are not of the plan shown, where a scenario or another view of the savings is."""
    if end.plan.overlays:
        return ("The tests are of the plan as it stands, not of the scenario: what it changes is no slip.",)
    if end.plan.view != "planned":
        return (f"The tests are of the plan with its savings as planned, not as {end.plan.view}.",)
    return ()


def disagreements(end: YearEnd, checks: tuple[Check, ...], *results: Result) -> list[str]:
    """Each test that differs or is open, or those with one of the results named, in a sentence."""
    wanted = results or (Result.DIFFERS, Result.OPEN)
    return [_sentence(end, check) for check in checks if check.result in wanted]


def count_of_results(checks: tuple[Check, ...]) -> str:
    """How many tests gave each result: ``50 tests: 45 agree, 1 differs``."""
    counts = Counter(check.result for check in checks)
    said = [f"{counts[result]} {_verb(result, counts[result])}" for result in Result if counts[result]]
    return f"{len(checks)} tests: {', '.join(said)}."


def _verb(result: Result, count: int) -> str:
    words = RESULT_WORDS[result]
    if count != 1:
        return words
    return {"agree": "agrees", "agree to rounding": "agrees to rounding", "differ": "differs", "are open": "is open"}[
        words
    ]


def _made_up(end: YearEnd, check: Check) -> frozenset[str]:
    """The sides of a test that rest on illustrative cells, by column, and the difference where either does.

    A side that is no figure of ours is what the other is where they agree, and so is a published one.
    """
    sides = {"side_a": check.side_a, "side_b": check.side_b}
    figures = {column: figure for column, side in sides.items() if (figure := end.book.get(side.figure))}
    found = {
        column: end.marks.is_illustrative(figures[column]) if column in figures else side.illustrative
        for column, side in sides.items()
    }
    if check.difference == 0 and len(figures) < len(sides):
        confirmed = all(found[column] for column in figures or sides)
        found |= {column: confirmed for column in sides if column not in figures}
    marked = [column for column, made_up in found.items() if made_up and sides[column].amount is not None]
    return frozenset([*marked, *(["difference"] if marked and check.difference is not None else [])])


def _row(end: YearEnd, check: Check) -> Row:
    return Row(
        id=check.id,
        label=f"{check.label}; {check.where}" if check.where else check.label,
        kind=RowKind.LINE,
        level=1,
        flow=Flow.NET,
        values={
            "side_a": check.side_a.amount,
            "side_b": check.side_b.amount,
            "difference": check.difference,
            "result": check.result.value,
            "cause": check.cause,
        },
        unit=check.unit,
        figures={
            column: side.figure
            for column, side in (("side_a", check.side_a), ("side_b", check.side_b))
            if side.figure and _is_the_books(end, side)
        },
        illustrative=_made_up(end, check),
    )


def _is_the_books(end: YearEnd, side: Side) -> bool:
    """Whether the year's own figure is meant: under a scenario a test's is that of the plan as it stands."""
    own = end.book.get(side.figure)
    return own is None or own.amount == side.amount


def _sentence(end: YearEnd, check: Check) -> str:
    """A test that does not agree, in words: how far apart, both sides, and the likely cause."""
    if check.difference is None:
        return f"{check.label}: open; {check.cause}."
    made_up = _made_up(end, check)
    amounts = {
        "difference": abs(check.difference), "side_a": check.side_a.amount, "side_b": check.side_b.amount,
    }  # fmt: skip
    apart, a, b = (
        f"{_said(amount or Decimal(0), check.unit)}{ILLUSTRATIVE if column in made_up else ''}"
        for column, amount in amounts.items()
    )
    return (
        f"{check.label}: {apart} apart. {a} ({check.side_a.label}) against {b} ({check.side_b.label}). "
        f"{_capital(check.cause)}."
    )


def _said(amount: Decimal, unit: str) -> str:
    """A side as a sentence says it: a deficit is in brackets, and pence only where there are any."""
    exact = amount.to_integral_value() if amount == amount.to_integral_value() else amount.quantize(PENNY)
    return bracketed(exact, unit if unit == "%" else "", "£" if unit == "£" else "")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def conservation_sentence(read: WasRead) -> str:
    """Lines read, accepted, held back and set aside over every sheet: nothing is lost in silence.

    Pounds are said sheet by sheet: a budget, a cost and a rate come to no sum worth saying.
    """
    lines = sum(tally.lines for tally in read.tallies)
    parts = (
        ("accepted", sum(t.accepted_lines for t in read.tallies)),
        ("held back", sum(t.held_back_lines for t in read.tallies)),
        ("set aside", sum(t.set_aside_lines for t in read.tallies)),
    )
    said = ", ".join(f"{count:,} {word}" for word, count in parts)
    verdict = "every number is accounted for" if all(t.is_conserved for t in read.tallies) else "NOT CONSERVED"
    counted = ", ".join(
        _count(number, word)
        for number, word in ((len(read.inputs), "file"), (len(read.tallies), "sheet"), (lines, "line"))
    )
    return f"{counted}: {said}; {verdict}."


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def conservation_statement(read: WasRead, body: str, title: str) -> Statement:
    """Each sheet's principal column: accepted + held back + set aside = every number in it."""
    return Statement(
        id="conservation",
        body=body,
        title=title,
        state="as read",
        label="Sheet",
        columns=(
            Column("lines", "Lines", ColumnKind.NUMBER),
            Column("accepted", "Accepted", ColumnKind.PENCE),
            Column("held_back", "Held back", ColumnKind.PENCE),
            Column("set_aside", "Set aside", ColumnKind.PENCE),
            Column("total", "All numbers", ColumnKind.PENCE),
        ),
        rows=tuple(
            Row(
                id=f"{tally.workbook}/{tally.sheet}",
                label=f"{tally.workbook} / {tally.sheet}: {tally.heading}",
                kind=RowKind.LINE,
                level=1,
                flow=Flow.NET,
                values={
                    "lines": Decimal(tally.lines),
                    "accepted": tally.accepted,
                    "held_back": tally.held_back,
                    "set_aside": tally.set_aside,
                    "total": tally.total,
                },
                unit="£" if tally.is_money else "number",
            )
            for tally in read.tallies
        ),
        summary=(conservation_sentence(read),),
        notes=("Set aside are totals the sheet states, checked against its lines and not added.",),
        sources=tuple(f"{file.name}, sha256 {file.sha256}" for file in read.inputs),
        sign_note="As the sheets sign them.",
    )
