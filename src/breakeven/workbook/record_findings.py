"""The records against each other and the settings: two rows for one thing, signs, and names that lead nowhere."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from breakeven.findings import Cell, Finding
from breakeven.ledger.chart import slug
from breakeven.ledger.lines import Accrual
from breakeven.ledger.targets import INCOME_LINES, OverlayError, lines_named, target_of
from breakeven.ledger.year import Body
from breakeven.workbook.bridge_findings import bridge_findings
from breakeven.workbook.chart_findings import Records
from breakeven.workbook.income_findings import income_findings
from breakeven.workbook.kpi_findings import kpi_findings
from breakeven.workbook.names import nearest
from breakeven.workbook.saving_findings import saving_findings

SMALL_RATE = Decimal("0.2")
"""A rate nearer nil than this is likelier 3 per cent typed as 0.03 than meant."""


def record_findings(body: Body, records: Records, whole: Mapping[str, Cell], settings: str) -> Iterator[Finding]:
    """Everything that is wrong between records.

    whole: the tables that were read without a row held back, and the sheet of each: of these alone can it be said
    that a row is missing. settings: the name of the file of settings.
    """
    yield from _contract_sum(body, records, whole)
    yield from _twice(records)
    yield from _signs(records)
    yield from _rates(records)
    yield from _contributions(body, records, whole, settings)
    yield from income_findings(records, whole)
    yield from saving_findings(body, records, whole)
    yield from _scenarios(body, records)
    yield from _uncertainty(body, records)
    yield from kpi_findings(records)
    yield from bridge_findings(body, records, whole)


def _contract_sum(body: Body, records: Records, whole: Mapping[str, Cell]) -> Iterator[Finding]:
    own = [record for record in records.get("contract_sums", ()) if record.year == body.year]
    for record in records.get("contract_sums", ()):
        if record.year != body.year:
            message = (
                f"the contract sum of {record.year.on_screen} is not used: the folder's year is {body.year.on_screen}. "
                "What a later year is paid is an assumption, in plan.xlsx"
            )
            yield Finding("contract-sum-unused", message, record.at)
    for record in own[1:]:
        yield _again(f"the contract sum of {body.year.on_screen}", own[0].at, record.at)
    if not own and "contract_sums" in whole:
        message = f"no row gives the contract sum of {body.year.on_screen}, the folder's year"
        yield Finding("contract-sum-missing", message, whole["contract_sums"])


Named = Callable[[Any], tuple[object, str] | None]
"""What a record is known by, and how that is said; None where any number of such records may stand."""


def _known_by(field: str, what: str) -> Named:
    return lambda record: (slug(getattr(record, field)) or getattr(record, field), f"{what} {getattr(record, field)!r}")


_ONE_OF_EACH: dict[str, Named] = {
    "variations": _known_by("ref", "variation"),
    "third_party_income": _known_by("source", "the source"),
    "balances": lambda record: None if record.kind == "adjustment" else (record.kind, f"the balance {record.kind!r}"),
    "budget": lambda record: (record.coding, f"the budget of {'/'.join(record.coding)}"),
    "pressures": _known_by("ref", "pressure"),
    "savings": _known_by("ref", "saving"),
    "investments": _known_by("ref", "investment"),
    "uncertainty": _known_by("ref", "the uncertain"),
    "overrides": lambda record: ((slug(record.line), record.period), f"the forecast of {record.line!r} by hand"),
    "reported": _known_by("ref", "the reported figure"),
    "children": lambda record: (
        (slug(record.table), slug(record.row), record.when, record.unit),
        f"{record.row} of {record.when}, {record.unit}, in {record.table!r}",
    ),
    "children_statements": _known_by("ref", "the statement"),
    "post_costs": _known_by("role", "the cost of a post of role"),
    "caseloads": _known_by("service", "the caseload of"),
    "kpis": lambda record: ((slug(record.ref), record.year), f"KPI {record.ref} of {record.year.on_screen}"),
    "kpi_months": lambda record: (
        (slug(record.ref), record.month.year, record.month.month),
        f"KPI {record.ref} in {record.month:%B %Y}",
    ),
}
"""Tables with one row for each thing. A virement's two sides and an accrual's reversal share a reference rightly."""


def _twice(records: Records) -> Iterator[Finding]:
    for table, named in _ONE_OF_EACH.items():
        first: dict[object, Cell] = {}
        for record in records.get(table, ()):
            if known := named(record):
                key, what = known
                if key in first:
                    yield _again(what, first[key], record.at, _NO_MONEY.get(table, ""))
                first.setdefault(key, record.at)


_NO_MONEY: Mapping[str, str] = dict.fromkeys(
    ("children", "children_statements", "kpis", "kpi_months", "caseloads"), "only one of them can be used"
)


def _again(what: str, first: Cell, again: Cell, so: str = "") -> Finding:
    why = so or "its money would count twice"
    return Finding("ref-twice", f"{what} stands twice, at {first.ref} and {again.ref}; {why}", again)


def _signs(records: Records) -> Iterator[Finding]:
    """A credit note that is accrued, or a prepayment put right, has the other sign rightly: so said, not refused."""
    for record in records.get("accruals", ()):
        adds = record.kind == "accrual" or _undoes_a_prepayment(record)
        if record.amount and (record.amount > 0) != adds:
            what = "reversal of a prepayment" if adds and record.kind == "reversal" else record.kind
            usual = "adds to the year and is positive" if adds else "takes from the year and is negative"
            message = f"the {what} {record.ref!r} is {record.amount:,}; one usually {usual}"
            yield Finding("accrual-sign", message, record.at)


def _undoes_a_prepayment(record: Accrual) -> bool:
    """Whether a reversal says that it undoes a prepayment, whose cost is then the year's own."""
    return record.kind == "reversal" and "prepay" in f"{record.description} {record.reason}".casefold()


def _rates(records: Records) -> Iterator[Finding]:
    for record in records.get("assumptions", ()):
        if record.unit != "%":
            continue
        if not -100 <= record.value <= 100:
            message = f"{record.kind} of {record.value:,} per cent a year is not from -100 to 100"
            yield Finding("percent-outside", message, record.at)
        elif 0 < abs(record.value) < SMALL_RATE:
            meant = f"{(record.value * 100).normalize():f}"
            message = f"{record.value} per cent? type {meant} for {meant} per cent"
            yield Finding("percent-small", message, record.at)


def _contributions(body: Body, records: Records, whole: Mapping[str, Cell], settings: str) -> Iterator[Finding]:
    sources = {slug(record.source): record.source for record in records.get("third_party_income", ())}
    if "third_party_income" not in whole:
        return
    for line in body.chart.lines:
        for source in line.contributions:
            if slug(source) not in sources:
                message = f"contributions of {line.id!r}: no third-party income has the source {source!r}"
                yield Finding("name-unknown", message + nearest(source, list(sources.values())), Cell(settings))


def _scenarios(body: Body, records: Records) -> Iterator[Finding]:
    """Overlays that name nothing, or that count in no year of the plan."""
    last = body.year.later(body.plan_years)
    for record in records.get("scenarios", ()):
        try:
            target_of(record, body, records.get("savings", ()))
        except OverlayError as error:
            yield Finding("overlay-unfit", f"scenario {record.scenario!r}: {error}", record.at)
        if record.last is not None and record.last < record.year:
            message = f"scenario {record.scenario!r}: {record.last.on_screen} is before {record.year.on_screen}"
            yield Finding("overlay-unfit", message, record.at)
        elif not (record.year <= last and (record.last is None or body.year < record.last)):
            message = f"scenario {record.scenario!r} changes {record.line!r} in no year of the plan"
            yield Finding("overlay-outside", message, record.at)


def _uncertainty(body: Body, records: Records) -> Iterator[Finding]:
    """Uncertain things that are of no line, and correlations of what is not among them."""
    refs = {slug(record.ref) for record in records.get("uncertainty", ())}
    for record in records.get("uncertainty", ()):
        lines = lines_named(record.line, body)
        if not lines:
            message = f"{record.ref}: no line, category or group is called {record.line!r}"
            yield Finding("uncertain-unfit", message, record.at)
        elif record.what == "number" and len(lines) > 1:
            message = f"{record.ref}: a number is of one line, and {record.line!r} is {len(lines)}"
            yield Finding("uncertain-unfit", message, record.at)
        elif len({line in INCOME_LINES for line in lines}) > 1:
            message = (
                f"{record.ref}: {record.line!r} holds income and expenditure; one turn of events moves one of them"
            )
            yield Finding("uncertain-unfit", message, record.at)
    for pair in records.get("correlations", ()):
        for ref in (pair.one, pair.other):
            if slug(ref) not in refs:
                yield Finding("uncertain-unfit", f"the sheet Uncertainty has no {ref!r}", pair.at)
