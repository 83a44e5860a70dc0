"""The tables of children as statements: by year, by month, at one date, with what they imply and where they differ."""

from collections.abc import Iterator, Mapping, Sequence

from breakeven.ledger.chart import slug
from breakeven.ledger.children import ChildrenFigure, When, first_of_each
from breakeven.ledger.year import ContractYear
from breakeven.monitoring.outturn import Flow
from breakeven.pipeline.year_end import YearEnd
from breakeven.reconciliation.check import Check, Result
from breakeven.reconciliation.children import rolled
from breakeven.reconciliation.populations import populations, whole
from breakeven.report.reconciliation import count_of_results, disagreements
from breakeven.report.statement import Column, ColumnKind, Row, RowKind, Statement, Value

MONTHLY = 6
"""From so many months on a row stands in the table by month."""

_SIGNS = "As printed: numbers of children, and rates per 10,000 of the child population."


def children_checks(end: YearEnd) -> tuple[Check, ...]:
    """The tests that are of children."""
    return tuple(check for check in end.count_checks if check.id.startswith("children-"))


def children_statement(end: YearEnd) -> Statement:
    """Each row of the tables by year, those in care rolled forward, and the population that each rate implies."""
    checks = children_checks(end)
    figures = [record for record in _firsts(end.year) if not _is_elsewhere(record, end.year)]
    years = sorted({record.ends[1].year for record in figures if _is_yearly(record.ends[1])})
    return Statement(
        id="children",
        body=end.year.body.name,
        title=f"Children {end.year.body.year.on_screen}",
        state="as printed",
        label="At 31 March, or over the year to it",
        columns=tuple(Column(str(year), f"Mar {year.last_day:%y}", ColumnKind.NUMBER) for year in years),
        rows=(*_tables(figures), *_rolled(end.year), *_implied(end.year)),
        summary=(count_of_results(checks),) if checks else (),
        notes=tuple(disagreements(end, checks, Result.DIFFERS, Result.OPEN)),
        sources=_sources(end.year),
        unit="number",
        sign_note=_SIGNS,
    )


def _firsts(year: ContractYear) -> list[ChildrenFigure]:
    return [*first_of_each(year.ledgers.children).values()]


def _is_yearly(when: When) -> bool:
    return when.month is None or when.is_year_end


def _is_elsewhere(record: ChildrenFigure, year: ContractYear) -> bool:
    """Whether a figure stands in the table by month, or in that of one date."""
    own = [each for each in year.ledgers.children if each.table == record.table]
    months = {each.when for each in own if each.row == record.row and each.ends[0].month}
    monthly = len(months) >= MONTHLY and any(not _is_yearly(each.ends[0]) for each in own)
    return monthly or len({each.when for each in own}) == 1


def _sources(year: ContractYear) -> tuple[str, ...]:
    read = {record.at.workbook for record in year.ledgers.children}
    return tuple(f"{file.name}, sha256 {file.sha256}" for file in year.inputs if file.name in read)


def _tables(figures: Sequence[ChildrenFigure]) -> Iterator[Row]:
    """Each table with its rows; a row that is repeated in another table stands in the first."""
    rows: dict[str, dict[tuple[str, str], dict[str, Value]]] = {}
    kinds: dict[tuple[str, str, str], str] = {}
    for record in figures:
        if _is_yearly(record.ends[1]):
            own = rows.setdefault(record.table, {}).setdefault((record.row, record.unit), {})
            own[str(record.ends[1].year)] = record.value
            kinds[record.table, record.row, record.unit] = record.part
    for table, own in rows.items():
        yield _head(slug(table), table)
        for (row, unit), values in own.items():
            yield _line(slug(table), row, values, unit, is_total=kinds[table, row, unit] == "total")


def _head(row_id: str, label: str) -> Row:
    return Row(row_id, label, RowKind.SUBTOTAL, 1, Flow.NET, {}, unit="number")


def _line(table: str, label: str, values: Mapping[str, Value], unit: str = "number", *, is_total: bool = False) -> Row:
    rate = "" if unit == "number" else f", {unit}"
    return Row(
        id=f"{table}/{slug(label)}{'/rate' if rate else ''}",
        label=f"{label}{rate}",
        kind=RowKind.SUBTOTAL if is_total else RowKind.LINE,
        level=2,
        flow=Flow.NET,
        values=values,
        unit="number",
    )


def _rolled(year: ContractYear) -> Iterator[Row]:
    """Those of a row who joined and left it, against its count at each end."""
    found: dict[str, dict[str, dict[str, Value]]] = {}
    for opening, joined, left, closing in rolled(year.ledgers.children):
        at = str(closing.ends[0].year)
        should = opening.value + joined - left
        said = {
            "At the year's start": opening.value,
            "Joined": joined,
            "Left": -left,
            "Should be at its end": should,
            "Printed at its end": closing.value,
            "Difference": closing.value - should,
        }
        own = found.setdefault(closing.row, {})
        for label, value in said.items():
            own.setdefault(label, {})[at] = value
    for row, lines in found.items():
        table = f"{slug(row)}_rolled"
        yield _head(table, f"{row}, rolled forward")
        yield from (_line(table, label, values, is_total=label == "Difference") for label, values in lines.items())


def _implied(year: ContractYear) -> Iterator[Row]:
    """The population that each count and its rate imply, year by year."""
    found = populations(year.ledgers.children)
    if not found:
        return
    by_row: dict[str, dict[str, Value]] = {}
    for at, own in found.items():
        for each in own.implied:
            by_row.setdefault(each.count.row, {})[str(at)] = whole(each.population)
    agreed: dict[str, Value] = {str(at): whole(own.agreed) for at, own in found.items()}
    yield _head("population", "Population that each rate implies")
    yield from (_line("population", row, values) for row, values in by_row.items())
    yield _line("population", "As most of them allow", agreed, is_total=True)


def others_statements(end: YearEnd) -> list[Statement]:
    """The rows given by month, and the tables that are of one date; none where there are none."""
    figures = [record for record in _firsts(end.year) if _is_elsewhere(record, end.year)]
    whens = {table: {record.when for record in figures if record.table == table} for table in _names(figures)}
    monthly = [record for record in figures if len(whens[record.table]) > 1]
    single = [record for record in figures if len(whens[record.table]) == 1]
    months = sorted({record.ends[0] for record in monthly})
    statements = [_part(end, "children_months", "By month", monthly, months)] if monthly else []
    for when in sorted({record.ends[0] for record in single}):
        own = [record for record in single if record.ends[0] == when]
        statements.append(_part(end, f"children_{slug(str(when))}", f"At {when}", own, [when]))
    return statements


def _names(figures: Sequence[ChildrenFigure]) -> list[str]:
    return [*dict.fromkeys(record.table for record in figures)]


def _part(
    end: YearEnd, part_id: str, title: str, figures: Sequence[ChildrenFigure], whens: Sequence[When]
) -> Statement:
    rows: list[Row] = []
    for table in _names(figures):
        rows.append(_head(slug(table), table))
        own = [record for record in figures if record.table == table]
        for row, unit in dict.fromkeys((record.row, record.unit) for record in own):
            values: dict[str, Value] = {
                _column(each.ends[0]): each.value for each in own if (each.row, each.unit) == (row, unit)
            }
            rows.append(_line(slug(table), row, values, unit))
    return Statement(
        id=part_id,
        body=end.year.body.name,
        title=title,
        state="as printed",
        columns=tuple(Column(_column(when), _heading(when), ColumnKind.NUMBER) for when in whens),
        rows=tuple(rows),
        sources=_sources(end.year),
        unit="number",
        sign_note=_SIGNS,
    )


def _column(when: When) -> str:
    return f"{when.month:%Y-%m}" if when.month else str(when.year)


def _heading(when: When) -> str:
    return f"{when.month:%b %y}" if when.month else when.year.on_screen
