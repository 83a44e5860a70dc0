"""Indicators as statements: the scorecard, each month of it, and the check of their bands."""

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from breakeven.ledger.bands import Band
from breakeven.ledger.chart import slug
from breakeven.ledger.intervals import words_of
from breakeven.ledger.performance import COLOURS, Kpi
from breakeven.ledger.year import ContractYear
from breakeven.monitoring.band_check import CALLED, BandFault, check_bands
from breakeven.monitoring.outturn import Flow
from breakeven.monitoring.performance import NO_BAND, KpiYear
from breakeven.periods import MONTHS, Year
from breakeven.report.figures import MISSING, number_text
from breakeven.report.standing import standing_words
from breakeven.report.statement import Column, ColumnKind, Row, RowKind, Statement, Value

NOT_MEASURED = "none"
"""What a month shows in which nothing was measured."""

_SIGNS = "Values are in the unit of the measure; better and worse follow what the measure says is better."


def performance_statement(found: Sequence[KpiYear], year: ContractYear, at: Year) -> Statement:
    """Each indicator: its last value, the band that is in, which way it is going, and its months in each band."""
    return Statement(
        id="performance",
        body=year.body.name,
        title=f"Performance {at.on_screen}",
        state="as given",
        label="Indicator",
        columns=(
            Column("unit", "Unit", ColumnKind.TEXT),
            Column("value", "Value", ColumnKind.NUMBER),
            Column("month", "In", ColumnKind.TEXT),
            Column("rag", "RAG", ColumnKind.TEXT),
            Column("trend", "Trend", ColumnKind.TEXT),
            Column("before", "From", ColumnKind.NUMBER),
            Column("before_month", "In", ColumnKind.TEXT),
            Column("green", "G", ColumnKind.NUMBER),
            Column("amber", "A", ColumnKind.NUMBER),
            Column("red", "R", ColumnKind.NUMBER),
            Column("no_band", "No band", ColumnKind.NUMBER),
            Column("missing", MISSING, ColumnKind.NUMBER),
        ),
        rows=tuple(_row(each) for each in found),
        summary=tuple(_summary(found, at)),
        notes=tuple(_notes(found)),
        sources=_sources(year),
        unit="number",
        sign_note=_SIGNS,
    )


def _row(found: KpiYear) -> Row:
    months, kpi = found.months_in, found.kpi
    values: dict[str, Value] = {
        "unit": kpi.unit,
        "value": found.value(found.seen),
        "month": _month(kpi, found.seen),
        "rag": found.rag(found.seen) if found.seen else "",
        "trend": found.trend,
        "before": found.value(found.before),
        "before_month": _month(kpi, found.before),
        "green": Decimal(months["green"]),
        "amber": Decimal(months["amber"]),
        "red": Decimal(months["red"]),
        "no_band": Decimal(months[NO_BAND]),
        "missing": Decimal(months["missing"]),
    }
    if not found.before:
        del values["before"]
    return _line(kpi, values)


def _line(kpi: Kpi, values: dict[str, Value]) -> Row:
    return Row(
        id=slug(kpi.ref),
        label=f"{kpi.ref} {kpi.name}, {kpi.unit}",
        kind=RowKind.LINE,
        level=1,
        flow=Flow.NET,
        values=values,
        unit="number",
    )


def _month(kpi: Kpi, period: int | None) -> str:
    return f"{kpi.year.period_end(period):%b %y}" if period else ""


def _summary(found: Sequence[KpiYear], at: Year) -> Iterator[str]:
    yield from standing_words(found)
    counts = Counter(rag for each in found if (rag := each.rag(MONTHS)))
    said = [f"{count} {word.split()[-1]}" for word, count in sorted(counts.items())]
    lacking = len(found) - sum(counts.values())
    if lacking and said:
        yield f"In {at.last_day:%B %Y} itself: {', '.join([*said, f'{lacking} not given'])}."
    faults = [(each.kpi.ref, check_bands(each.banded)) for each in found]
    wrong = [ref for ref, own in faults if own]
    if wrong:
        count = sum(len(own) for _, own in faults)
        yield (
            f"As they are printed the bands of {len(wrong)} of them have {count} fault{'s' if count > 1 else ''}, such "
            f"as values in two bands or in none: breakeven performance --bands --year {at} lists them."
        )


def _notes(found: Sequence[KpiYear]) -> Iterator[str]:
    yield (
        "G, A and R count the months known to be green, amber and red (target, tolerance and failure), [x] those that "
        "nothing is given of. A value in two bands counts in both. Trend is from the value given before."
    )
    for each in found:
        kpi, colours = each.kpi, each.banded.read_otherwise
        if colours:
            said = ", ".join(
                f"{CALLED[kpi.form][colour]} {getattr(kpi, colour)} is read {each.banded.read[colour].notation}"
                for colour in colours
            )
            yield f"{kpi.ref}: {said}. {kpi.why}."


def omitted(found: Sequence[KpiYear]) -> tuple[str, ...]:
    """The columns that a page does without: the unit stands in the label, and mostly each value has a band."""
    return ("unit",) if any(each.months_in[NO_BAND] for each in found) else ("unit", "no_band")


def _sources(year: ContractYear) -> tuple[str, ...]:
    read = {record.at.workbook for record in (*year.ledgers.kpis, *year.ledgers.kpi_months)}
    return tuple(f"{file.name}, sha256 {file.sha256}" for file in year.inputs if file.name in read)


def months_statement(found: Sequence[KpiYear], year: ContractYear, at: Year) -> Statement:
    """Each indicator's value and band by month."""
    return Statement(
        id="performance_months",
        body=year.body.name,
        title="By month",
        state="as given",
        columns=tuple(
            Column(f"p{period:02d}", f"{at.period_end(period):%b %y}", ColumnKind.TEXT)
            for period in range(1, MONTHS + 1)
        ),
        rows=tuple(
            _line(each.kpi, {f"p{period:02d}": _cell(each, period) for period in range(1, MONTHS + 1)})
            for each in found
        ),
        notes=(
            f"By month: G green, A amber, R red. A letter alone is a band said without a value; {NOT_MEASURED} is a "
            f"month in which nothing was measured; {MISSING} is not given.",
        ),
        unit="number",
        sign_note=_SIGNS,
    )


def _cell(found: KpiYear, period: int) -> str:
    month, rag = found.months.get(period), found.rag(period)
    if month is not None and month.band == "not measured":
        return NOT_MEASURED
    if not rag or month is None:
        return MISSING
    letters = rag if rag == NO_BAND else "+".join(word[0] for word in rag.split(", "))
    return letters if month.value is None else f"{number_text(month.value)} {letters}"


def months_data(found: Sequence[KpiYear]) -> list[dict[str, Any]]:
    """Each month that something is given of, as plain data: value, letter and word, and where it is printed."""
    return [
        {
            "id": slug(each.kpi.ref),
            "month": f"{each.kpi.year.period_end(period):%Y-%m}",
            "value": None if month.value is None else f"{month.value:f}",
            "rag": each.rag(period),
            "said": month.band,
            "printed": month.printed,
            "where": month.where,
        }
        for each in found
        for period, month in sorted(each.months.items())
    ]


# The band check ----------------------------------------------------------------------------------------------


def faults_statement(found: Sequence[KpiYear], year: ContractYear) -> Statement:
    """Everything that is wrong with the bands of some indicators, and the cell of each band."""
    rows: list[Row] = []
    faulty = 0
    for each in found:
        own = [*_fault_rows(each, check_bands(each.banded), "")]
        if each.banded.read_otherwise:
            own += _fault_rows(each, check_bands(each.banded, as_read=True), "as read, ")
        if own:
            faulty += 1
            rows += [_head(each.kpi), *own]
    kinds = Counter(str(row.values["fault"]) for row in rows if row.level > 1)
    counted = ", ".join(f"{kind} {count}" for kind, count in kinds.items())
    years = " and ".join(dict.fromkeys(each.kpi.year.on_screen for each in found))
    return Statement(
        id="bands",
        body=year.body.name,
        title=f"Band check {years}",
        state="as printed",
        label="Indicator",
        columns=(Column("fault", "Fault", ColumnKind.TEXT), Column("cell", "Cell", ColumnKind.TEXT)),
        rows=tuple(rows),
        summary=(
            f"{faulty} of {len(found)} indicators have a fault in their bands" + (f": {counted}." if counted else "."),
        ),
        notes=(
            "Bands are sound where green, amber and red together hold every value of the scale once. A per cent goes "
            "from 0 to 100, anything else from 0 on, unless the sheet says otherwise.",
        ),
        sources=_sources(year),
        unit="number",
        sign_note="Exact: above 70% up to 70.01% holds 70.01% and not 70%.",
    )


def has_faults(found: KpiYear) -> bool:
    """Whether an indicator's bands have a fault, as they are printed or as they are read."""
    return bool(check_bands(found.banded) or check_bands(found.banded, as_read=True))


def _head(kpi: Kpi) -> Row:
    label = f"{kpi.year.on_screen} {kpi.ref} {kpi.name}"
    return Row(f"{kpi.year}/{slug(kpi.ref)}", label, RowKind.SUBTOTAL, 1, Flow.NET, {}, unit="number")


def _fault_rows(found: KpiYear, faults: Sequence[BandFault], before: str) -> Iterator[Row]:
    kpi = found.kpi
    for number, fault in enumerate(faults, start=1):
        yield Row(
            id=f"{kpi.year}/{slug(kpi.ref)}/{'read' if before else 'printed'}/{number}",
            label=f"{before}{fault.words}",
            kind=RowKind.LINE,
            level=2,
            flow=Flow.NET,
            values={"fault": fault.kind, "cell": fault.at.ref},
            unit="number",
        )


def bands_statement(found: Sequence[KpiYear], year: ContractYear) -> Statement:
    """Each indicator's bands: as printed, and beneath it the values that they hold."""
    rows = (row for each in found for row in _band_rows(each))
    return Statement(
        id="bands_read",
        body=year.body.name,
        title="Bands as printed, and as read",
        state="as printed",
        columns=tuple(Column(colour, colour.capitalize(), ColumnKind.TEXT) for colour in COLOURS),
        rows=tuple(rows),
        notes=("Green, amber and red are a contract's target, tolerance and failure; a tolerance holds its target.",),
        unit="number",
        sign_note="Exact: above 70% up to 70.01% holds 70.01% and not 70%.",
    )


def _band_rows(found: KpiYear) -> Iterator[Row]:
    kpi, bands = found.kpi, found.banded
    printed: dict[str, Value] = {colour: str(getattr(kpi, colour)) for colour in COLOURS}
    yield Row(f"{kpi.year}/{slug(kpi.ref)}", f"{kpi.ref} {kpi.name}", RowKind.LINE, 1, Flow.NET, printed)
    read: dict[str, Value] = {colour: _read(kpi, bands.read[colour], colour, found) for colour in COLOURS}
    yield Row(f"{kpi.year}/{slug(kpi.ref)}/read", "read as", RowKind.LINE, 2, Flow.NET, read)


def _read(kpi: Kpi, band: Band, colour: str, found: KpiYear) -> str:
    is_unread = colour in found.banded.unread or f"{colour}_reads" in found.banded.unread
    return "not understood" if is_unread else words_of(band.parts, kpi.unit)
