"""A report's tables of children against their own totals, each other, the years beside them and the text."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from breakeven.ledger.chart import slug
from breakeven.ledger.children import ChildrenFigure, ChildrenStatement, Formula, Term, When, first_of_each, key_of
from breakeven.ledger.provenance import Figure
from breakeven.ledger.year import ContractYear
from breakeven.periods import Year
from breakeven.reconciliation.causes import likely_cause
from breakeven.reconciliation.check import Check, Pair, Result, Side, compare, compare_each
from breakeven.reconciliation.populations import Implied, YearPopulation, populations, rate_of, whole

Book = Mapping[str, Figure]


def check_children(year: ContractYear, book: Book) -> Iterator[Check]:
    """Every test of the tables of children; none where there are no tables."""
    figures = year.ledgers.children
    yield from _tables(figures)
    yield from _printed_twice(figures)
    yield from _ours(figures, book)
    yield from _rolled(figures)
    yield from _populations(figures)
    yield from _statements(year, book)


def _tables(figures: Sequence[ChildrenFigure]) -> Iterator[Check]:
    """Lines to totals by column, rows to their differences, and rows to the average of them."""
    for table in dict.fromkeys(record.table for record in figures):
        own = [record for record in figures if record.table == table]
        totals = [_total(record, own) for record in own if record.part == "total"]
        differences = [pair for record in own if record.part == "difference" and (pair := _difference(record, own))]
        if totals:
            yield _each(f"{slug(table)}-totals", f"{table}: lines = total", ("lines", "totals"), totals)
        if differences:
            sides = ("last less first", "differences printed")
            yield _each(f"{slug(table)}-differences", f"{table}: last less first = difference", sides, differences)
        yield from (_average(record, own) for record in own if record.part == "average")


def _each(check_id: str, label: str, sides: tuple[str, str], pairs: Sequence[Pair]) -> Check:
    return compare_each(f"children-{check_id}", label, sides, pairs, unit="number")


def _slip(name: str, ours: Decimal, theirs: Decimal, parts: Mapping[str, Decimal] | None = None) -> str:
    slip = likely_cause(ours, theirs, parts or {})
    return f"{name}: {slip}" if slip else f"{name} does not"


def _total(total: ChildrenFigure, own: Sequence[ChildrenFigure]) -> Pair:
    parts = {r.row: r.value for r in own if r.part == "line" and r.when == total.when}
    added = sum(parts.values(), Decimal(0))
    return Pair(total.when, added, total.value, _slip(total.when, added, total.value, parts))


def _difference(record: ChildrenFigure, own: Sequence[ChildrenFigure]) -> Pair | None:
    """None where the row lacks one of the two ends."""
    ends = {each.ends[0]: each.value for each in own if slug(each.row) == slug(record.row) and each is not record}
    first, last = (ends.get(when) for when in record.ends)
    if first is None or last is None:
        return None
    moved = last - first
    return Pair(record.row, moved, record.value, _slip(record.row, moved, record.value))


def _average(record: ChildrenFigure, own: Sequence[ChildrenFigure]) -> Check:
    """The mean of rounded figures is as far out as they may be, and is rounded again."""
    lines = [each.value for each in own if each.part == "line" and each.when == record.when]
    mean = sum(lines, Decimal(0)) / len(lines) if lines else None
    return compare(
        f"children-{slug(record.table)}-average",
        f"{record.table}: mean of the lines = {record.row}",
        Side("mean of the lines", None if mean is None else mean.quantize(record.last_place / 10)),
        Side("average printed", record.value),
        precision=record.last_place * 2,
        unit="number",
    )


def _printed_twice(figures: Sequence[ChildrenFigure]) -> Iterator[Check]:
    """One fact in two tables; only those that are printed twice are a test, one for each table that repeats."""
    first = first_of_each(figures)
    again: dict[tuple[str, str], list[Pair]] = {}
    for record in figures:
        original = first.get(key_of(record))
        if original is None or original is record or original.table == record.table or record.part == "difference":
            continue
        name = f"{record.row}, {record.when}"
        pair = Pair(name, original.value, record.value, _slip(name, original.value, record.value))
        again.setdefault((original.table, record.table), []).append(pair)
    for (table, repeat), pairs in again.items():
        yield _each(f"{slug(repeat)}-as-{slug(table)}", f"{repeat} = {table}", (table, repeat), pairs)


def _ours(figures: Sequence[ChildrenFigure], book: Book) -> Iterator[Check]:
    """Months that our own ledgers count too."""
    by_table: dict[str, list[Pair]] = {}
    for record in figures:
        month = record.ends[0].month
        ours = book.get(f"{record.figure}/{month:%Y-%m}") if record.figure and month else None
        if ours is not None and ours.amount is not None:
            name = f"{record.row}, {record.when}"
            pair = Pair(name, ours.amount, record.value, _slip(name, ours.amount, record.value))
            by_table.setdefault(record.table, []).append(pair)
    for table, pairs in by_table.items():
        yield _each(f"{slug(table)}-ours", f"{table} = our own count", ("our own count", table), pairs)


def rolled(figures: Sequence[ChildrenFigure]) -> Iterator[tuple[ChildrenFigure, Decimal, Decimal, ChildrenFigure]]:
    """Each year of a row that others join and leave: its opening, who joined, who left, and its closing.

    Only years of which all four are given.
    """
    first = first_of_each(figures)
    joins = [each for each in first.values() if each.part == "joins"]
    for joined in joins:
        when = joined.ends[0]
        left = next(
            (e for e in first.values() if e.part == "leaves" and slug(e.of) == slug(joined.of) and e.ends[0] == when),
            None,
        )
        opening, closing = (
            first.get((slug(joined.of), When(at, at.last_day.replace(day=1)), "number"))
            for at in (when.year.later(-1), when.year)
        )
        if left and opening and closing:
            yield opening, joined.value, left.value, closing


def _rolled(figures: Sequence[ChildrenFigure]) -> Iterator[Check]:
    for opening, joined, left, closing in rolled(figures):
        yield compare(
            f"children-rolled-{slug(closing.row)}-{closing.ends[0].year}",
            f"{closing.row}, {opening.when} to {closing.when}",
            Side(
                f"{_said(opening.value)} and {_said(joined)} joined, less {_said(left)} left",
                opening.value + joined - left,
            ),
            Side("as the table closes", closing.value),
            unit="number",
            cause="who joined and who left do not lead from one count to the next",
        )


def _populations(figures: Sequence[ChildrenFigure]) -> Iterator[Check]:
    before: YearPopulation | None = None
    for found in populations(figures).values():
        yield compare(
            f"children-population-{found.year}",
            f"Rates of {found.year.on_screen} on one number of children",
            Side("rates whose count is given too", Decimal(len(found.implied))),
            Side(
                f"of them that go with {whole(found.agreed):,} children", Decimal(len(found.implied) - len(found.apart))
            ),
            unit="number",
            cause="; ".join(_odd(each, found, before) for each in found.apart),
        )
        before = found


def _odd(each: Implied, found: YearPopulation, before: YearPopulation | None) -> str:
    """What a rate implies, what it would be of the population that the others imply, and where its own may be from."""
    count, rate = each.count, each.rate
    said = (
        f"{count.row}, {_said(count.value)} at {_said(rate.value)}, imply {whole(each.population):,} children; of "
        f"{whole(found.agreed):,} the rate is {_said(rate_of(each, found, rate.last_place))}"
    )
    return said + (f", and it is of those of {before.year.on_screen}" if before and each.allows(before.agreed) else "")


def _said(number: Decimal) -> str:
    """A number without the noughts that a spreadsheet may keep of it."""
    return f"{number.normalize():,f}"


# What the text says ------------------------------------------------------------------------------------------


def _statements(year: ContractYear, book: Book) -> Iterator[Check]:
    """What the text says of children, against what the tables come to."""
    first: Mapping[Any, ChildrenFigure] = first_of_each(year.ledgers.children)
    people = populations(year.ledgers.children)
    for record in year.ledgers.children_statements:
        formula = Formula.parse(record.comes_to)
        ours = formula.amount(lambda term, of=record: _figure(term, of.unit, first, book))
        if ours is not None and formula.below:
            ours = ours.quantize(min(record.precision, Decimal("0.01")))
        rounded = [first.get(_key(term, record.unit)) for term in formula.terms] if len(formula.terms) > 1 else []
        slack = sum((each.last_place for each in rounded if each and each.unit != "number"), Decimal(0))
        check = compare(
            f"children-said-{slug(record.ref)}",
            record.label,
            _named(record.comes_to, ours, book),
            Side("as printed in the text", record.value),
            precision=record.precision + slack,
            unit="%" if record.unit == "%" else "number",
            cause="" if ours is None else _cause(record, formula, ours, year, first, people),
        )
        if check.result is Result.ROUNDING and slack:
            check = replace(check, cause="each figure is rounded by itself")
        yield replace(check, where=record.where)


def _key(term: Term, unit: str) -> tuple[str, When | None, str]:
    return slug(term.name), term.when, unit if unit == "per 10,000" else "number"


def _named(formula: str, ours: Decimal | None, book: Book) -> Side:
    """What the tables come to, called as a reader knows it, and as our own figure where it is one."""
    own = book.get(formula)
    return Side(own.label, ours, own.id) if own else Side(formula.replace(" @ ", ", "), ours)


def _figure(term: Term, unit: str, first: Mapping[Any, ChildrenFigure], book: Book) -> Decimal | None:
    """One of the tables' figures, or, where no date is named, one of our own."""
    if term.when is None:
        own = book.get(term.name)
        return own.amount if own else None
    found = first.get(_key(term, unit))
    return found.value if found else None


def _cause(
    record: ChildrenStatement,
    formula: Formula,
    ours: Decimal,
    year: ContractYear,
    first: Mapping[Any, ChildrenFigure],
    people: Mapping[Year, YearPopulation],
) -> str:
    """The likeliest slip, and where else in the text the tables' own figure is printed."""
    if ours == record.value:
        return ""
    if formula.below:
        above = Formula(formula.terms).amount(lambda term: _figure(term, "number", first, {}))
        below = Formula(formula.below).amount(lambda term: _figure(term, "number", first, {}))
        if above is None or below is None or not record.value:
            return ""
        return f"{_said(record.value)}% is of {_said(whole(above / record.value * 100))}, not {_said(below)}"
    if (ours // record.precision) * record.precision == record.value:
        return "cut off, not rounded"
    if table := _slip_of_the_table(record, formula, people):
        return table
    slip = likely_cause(ours, record.value, {}) if abs(ours) >= LEAST_LIKELY else ""
    same = [each for each in year.ledgers.children_statements if each.comes_to == record.comes_to]
    other = next((each for each in same if each.value == ours and each is not record), None)
    witness = f"it prints {other.printed or _said(other.value)} in {other.where}, as the table has" if other else ""
    return "; ".join(each for each in (slip, witness) if each)


LEAST_LIKELY = 100
"""Below this a slip of one or two digits explains everything, and so nothing."""


def _slip_of_the_table(record: ChildrenStatement, formula: Formula, people: Mapping[Year, YearPopulation]) -> str:
    """Where the text's rate is the one that the year's other rates would have it be, and the table's is not."""
    term = formula.terms[0]
    found = people.get(term.when.year) if term.when and len(formula.terms) == 1 else None
    if found is None or record.unit != "per 10,000":
        return ""
    for each in found.apart:
        if slug(each.count.row) == slug(term.name) and rate_of(each, found, record.precision) == record.value:
            return (
                f"{_said(each.count.value)} of {whole(found.agreed):,} is {_said(record.value)}: the table has the slip"
            )
    return ""
