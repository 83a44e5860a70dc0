"""What the plan assumes, as a table: of each line what, how much each year, who says so, how good it is, since when."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from breakeven.ledger.assumptions import Assumption
from breakeven.ledger.targets import INCOME_LINES
from breakeven.monitoring.outturn import Flow
from breakeven.periods import Year
from breakeven.pipeline.year_end import YearEnd
from breakeven.report.statement import Column, ColumnKind, Row, RowKind, Statement, Value, files_behind, starting_point

OPEN = "open"
"""What is said of a line that nobody has said anything about in some year."""


def assumptions_statement(end: YearEnd) -> Statement:
    """Each assumption of the plan's years in the order of the sheet, a row a line and kind; then the open lines.

    A value's unit is in its own column. A year that the row does not cover is [x].
    """
    years = end.plan.years
    rows = [*_rows(end), *_open_rows(end)]
    return Statement(
        id="assumptions",
        body=end.year.body.name,
        title=f"Assumptions {years[0].on_screen} to {years[-1].on_screen}",
        state=f"medium-term plan on {starting_point(end)}",
        columns=(
            *(Column(str(year), year.on_screen, ColumnKind.NUMBER) for year in years),
            Column("unit", "Unit", ColumnKind.TEXT),
            Column("quality", "Quality", ColumnKind.TEXT),
            Column("owner", "Owner", ColumnKind.TEXT),
            Column("set_on", "Set on", ColumnKind.TEXT),
            Column("source", "Source", ColumnKind.TEXT),
        ),
        rows=tuple(rows),
        label="Line and what is assumed",
        summary=tuple(_summary(end, rows)),
        notes=(
            f"Quality: {', '.join(f'{letter} {words}' for letter, words in _QUALITIES.items())}.",
            "A line's own assumption is used before one for its category.",
            *end.year.body.notes,
        ),
        sources=files_behind((f for row in end.plan.rows for f in row.years.values()), end.year),
        sign_note="Each value is in its row's unit; what nobody has said is [x].",
    )


def _summary(end: YearEnd, rows: Sequence[Row]) -> Iterator[str]:
    """What is open; how many assumptions are how sure, and which of them only hold a place."""
    if end.plan.open_lines:
        yield f"Open, because no assumption says how they move: {', '.join(end.plan.open_lines)}."
    worst = {row.label: max(str(row.values["quality"]).split("; ")) for row in rows if row.values.get("quality")}
    counts = Counter(worst.values())
    said = [f"{counts[letter]} {words} ({letter})" for letter, words in _QUALITIES.items() if counts[letter]]
    if said:
        yield f"{len(worst)} assumptions, each by its least sure year: {', '.join(said)}."
    if unsure := [label.replace(": ", " ") for label, quality in worst.items() if quality == "D"]:
        yield f"Until there is better, these hold a place: {', '.join(unsure)}."


_QUALITIES = {"A": "agreed or published", "B": "from our own data", "C": "a judgement", "D": "a placeholder"}


def _rows(end: YearEnd) -> Iterator[Row]:
    chart = end.year.body.chart
    labels = INCOME_LINES | dict(chart.labels)
    found: dict[tuple[str, str], dict[Year, Assumption]] = {}
    for each in end.year.ledgers.assumptions:
        if each.year in end.plan.years:
            found.setdefault((chart.id_named(each.line), each.kind), {})[each.year] = each
    for (line, kind), by_year in found.items():
        numbers: dict[str, Value] = {
            str(year): by_year[year].value if year in by_year else None for year in end.plan.years
        }
        yield Row(
            id=f"{line}.{kind}",
            label=f"{labels.get(line, line)}: {kind}",
            kind=RowKind.LINE,
            level=1,
            flow=Flow.NET,
            values=numbers | _said(by_year),
            illustrative=frozenset(str(year) for year, each in by_year.items() if each.basis == "illustrative"),
        )


def _said(by_year: Mapping[Year, Assumption]) -> dict[str, Value]:
    records = by_year.values()
    return {
        "unit": _alike(each.unit for each in records),
        "quality": _alike(each.quality for each in records),
        "owner": _alike(each.owner for each in records),
        "set_on": _alike(f"{each.set_on:%d/%m/%Y}" if each.set_on else "" for each in records),
        "source": _alike(each.source for each in records),
    }


def _alike(words: Iterable[str]) -> str:
    """What all years say; where they differ, each once."""
    return "; ".join(dict.fromkeys(words))


def _open_rows(end: YearEnd) -> Iterator[Row]:
    for line in (*end.plan.model.income, *end.plan.model.expenditure):
        closed = [line.is_known(t) for t in range(len(end.plan.years))]
        if not all(closed):
            years = zip(end.plan.years, closed, strict=True)
            values: dict[str, Value] = {str(year): None for year, known in years if not known}
            yield Row(f"{line.id}.{OPEN}", f"{line.label}: {OPEN}", RowKind.LINE, 1, Flow.NET, values)
