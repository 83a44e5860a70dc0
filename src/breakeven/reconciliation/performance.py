"""What a report says in words of its indicators, against their months, their bands and each other."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from breakeven.ledger.banded import Banded, banded_in, months_of
from breakeven.ledger.chart import slug
from breakeven.ledger.intervals import Interval, words_of
from breakeven.ledger.performance import COLOURS, Colour, KpiMonth, KpiStatement
from breakeven.ledger.provenance import Figure
from breakeven.ledger.year import ContractYear
from breakeven.periods import MONTHS
from breakeven.reconciliation.check import Check, Side, compare

Book = Mapping[str, Figure]
Said = Mapping[str, Decimal]
"""What is stated of one indicator, by what it is: ``months red`` and the like."""


def check_performance(year: ContractYear, book: Book) -> Iterator[Check]:
    """Every test of the folder's own year: months that should add up, values that should be where they are said to be.

    Nothing is tested that is not stated. Two statements of one thing are both held against the rest.
    """
    found = banded_in(year.ledgers.kpis, year.body.year)
    statements = [each for each in year.ledgers.kpi_statements if each.year == year.body.year]
    for each in found:
        months = months_of(each.kpi, year.ledgers.kpi_months)
        said = {record.what: record.value for record in statements if slug(record.ref) == slug(each.kpi.ref)}
        yield from _months(each, months, said)
        yield from _range(each, said)
        yield from _extremes(each, months, said)
        yield from _in_words(each, months)
        yield from _ours(each, months, book)
    yield from _indicators(found, statements)


def _id(found: Banded, test: str) -> str:
    return f"performance-{slug(found.kpi.ref)}-{test}"


def _months(found: Banded, months: Mapping[int, KpiMonth], said: Said) -> Iterator[Check]:
    """Months green + amber + red = months measured; a colour that nothing is stated of has the months known of it."""
    stated: dict[Colour, Decimal] = {
        colour: said[f"months {colour}"] for colour in COLOURS if f"months {colour}" in said
    }
    if not stated:
        return
    known: dict[Colour, list[KpiMonth]] = {
        colour: [month for month in months.values() if colour in found.colours_in(month)] for colour in COLOURS
    }
    unmeasured = [month for month in months.values() if month.band == "not measured"]
    total = sum((stated.get(colour, Decimal(len(known[colour]))) for colour in COLOURS), Decimal(0))
    measured = Decimal(MONTHS - len(unmeasured))
    if total < measured and len(stated) < len(COLOURS):
        return
    besides = [month for colour in COLOURS if colour not in stated for month in known[colour]]
    named = " and ".join(f"{month.month:%B %Y}" for month in unmeasured)
    causes = [f"{named} {'was' if len(unmeasured) == 1 else 'were'} not measured"] if unmeasured else []
    causes += [
        f"{month.month:%B %Y}, {month.value:f}, is {' and '.join(found.colours_in(month))}"
        for month in besides
        if month.value is not None
    ]
    yield compare(
        _id(found, "months"),
        f"{found.kpi.ref} months in each band = months measured",
        Side(_sum_of_months(stated), total),
        Side("months measured", measured),
        unit="number",
        cause=" and ".join(causes),
    )


def _sum_of_months(stated: Mapping[Colour, Decimal]) -> str:
    said = ", ".join(f"{_whole(value)} {colour}" for colour, value in stated.items())
    return f"{said} stated{'' if len(stated) == len(COLOURS) else ', and the months known of the rest'}"


def _range(found: Banded, said: Said) -> Iterator[Check]:
    """A month that is said to be in a band needs a value between the lowest and the highest there were."""
    low, high = said.get("lowest"), said.get("highest")
    stated: dict[Colour, Decimal] = {
        colour: said[f"months {colour}"] for colour in COLOURS if said.get(f"months {colour}")
    }
    if low is None or high is None or not stated:
        return
    unit = found.kpi.unit
    run = Interval((low, -1), (high, 1))
    reached: dict[Colour, bool] = {
        colour: any(not part.within(run).is_empty for part in found.colours[colour]) for colour in COLOURS
    }
    out: list[Colour] = [colour for colour in stated if not reached[colour]]
    cause = "; ".join(
        f"values {run.words(unit)} leave none for {colour}, {words_of(found.colours[colour], unit)}" for colour in out
    )
    yield compare(
        _id(found, "range"),
        f"{found.kpi.ref} months in each band lie between lowest and highest",
        Side("months stated", sum(stated.values(), Decimal(0))),
        Side("months in a band that the values reach", sum((stated[c] for c in stated if reached[c]), Decimal(0))),
        unit="number",
        cause=cause,
    )


def _extremes(found: Banded, months: Mapping[int, KpiMonth], said: Said) -> Iterator[Check]:
    """The lowest and highest stated, where a month is beyond them or is the one that is meant."""
    values = [month.value for month in months.values() if month.value is not None]
    for what, of in (("lowest", min), ("highest", max)):
        stated = said.get(what)
        if stated is None or not values:
            continue
        own = of(values)
        if of(own, stated) == own:
            label = f"{found.kpi.ref} {what} of its months = {what} stated"
            yield compare(
                _id(found, what),
                label,
                Side(f"the {what} month given", own),
                Side(f"the {what} stated", stated),
                unit=_unit(found),
            )


def _in_words(found: Banded, months: Mapping[int, KpiMonth]) -> Iterator[Check]:
    """A month whose value is given and whose band is said too."""
    both = [month for month in months.values() if month.value is not None and month.band in COLOURS]
    if not both:
        return
    apart = [month for month in both if month.band not in found.colours_in(month)]
    cause = "; ".join(
        f"{month.month:%B %Y} is said to be {month.band}, and {month.value:f} is "
        f"{' and '.join(found.colours_in(month)) or 'in no band'}"
        for month in apart
    )
    yield compare(
        _id(found, "words"),
        f"{found.kpi.ref} months in the band that is said",
        Side("months whose band is said", Decimal(len(both))),
        Side("months whose value is in it", Decimal(len(both) - len(apart))),
        unit="number",
        cause=cause,
    )


def _ours(found: Banded, months: Mapping[int, KpiMonth], book: Book) -> Iterator[Check]:
    """A month against the same measure of our own, to the last place that the month is given to."""
    if not found.kpi.figure:
        return
    for month in months.values():
        figure = book.get(f"{found.kpi.figure}/{month.month:%Y-%m}")
        if month.value is None:
            continue
        ours = Side(figure.label, figure.amount, figure.id) if figure else Side(found.kpi.figure, None)
        yield compare(
            _id(found, f"{month.month:%Y-%m}"),
            f"{found.kpi.ref} {found.kpi.name}, {month.month:%B %Y}",
            ours,
            Side(f"as printed in {month.where}" if month.where else "the month given", month.value),
            precision=Decimal(1).scaleb(int(month.value.as_tuple().exponent)),
            unit=_unit(found),
        )


def _indicators(found: Sequence[Banded], statements: Sequence[KpiStatement]) -> Iterator[Check]:
    """Indicators said to be green + amber + red = indicators there are."""
    said = {record.what: record for record in statements if not record.ref}
    stated = {colour: said[f"KPIs {colour}"].value for colour in COLOURS if f"KPIs {colour}" in said}
    if len(stated) < len(COLOURS):
        return
    total, there = sum(stated.values(), Decimal(0)), Decimal(len(found))
    apart = abs(total - there)
    cause = f"{_whole(apart)} of them {'is' if apart == 1 else 'are'} in none of the three"
    yield compare(
        "performance-indicators",
        "Indicators green + amber + red = indicators",
        Side(", ".join(f"{_whole(value)} {colour}" for colour, value in stated.items()) + " stated", total),
        Side("indicators of the year", there),
        unit="number",
        cause=cause if total < there else f"{_whole(apart)} more than there are",
    )


def _unit(found: Banded) -> str:
    return "%" if found.kpi.unit == "%" else "number"


def _whole(count: Decimal) -> str:
    """A count as a sentence says it, without the nought that a spreadsheet may keep of it."""
    return f"{count.normalize():f}"
