"""The ledgers against each other: parts to totals, virements to nil, last year's close to this year's opening."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from breakeven.findings import Cell
from breakeven.ledger.chart import UNMAPPED
from breakeven.ledger.lines import BudgetLine, Coding, Virement
from breakeven.ledger.provenance import Figure
from breakeven.ledger.year import ContractYear
from breakeven.money import NIL
from breakeven.periods import YEAR_END_PERIOD, period_name
from breakeven.reconciliation.causes import likely_cause
from breakeven.reconciliation.check import Check, Pair, Side, compare, compare_each
from breakeven.reconciliation.income import check_income

Book = Mapping[str, Figure]
"""Every figure that has been worked out, by id."""


def check_ledgers(year: ContractYear, book: Book) -> Iterator[Check]:
    """Every test that needs nothing but the folder itself; sums are taken again from the records."""
    yield _income(year, book)
    yield from check_income(year)
    yield from _expenditure(year, book)
    yield from _control_totals(year)
    yield from _virements(year)
    yield from _balances(year, book)
    yield from _corkscrew(year, book)


def _ours(book: Book, figure_id: str) -> Side:
    figure = book.get(figure_id)
    return Side(figure.label, figure.amount, figure.id) if figure else Side(figure_id, None)


def _income(year: ContractYear, book: Book) -> Check:
    ledgers = year.ledgers
    parts = {
        "the contract sum": sum((r.amount for r in ledgers.contract_sums if r.year == year.body.year), NIL),
        "the variations": sum((r.amount for r in ledgers.variations), NIL),
        "third-party income": sum((r.actual for r in ledgers.third_party_income), NIL),
    }
    return _to_total(
        "income-parts", "Contract sum + variations + third parties = income", "outturn/income/actual", parts, book
    )


def _expenditure(year: ContractYear, book: Book) -> Iterator[Check]:
    by_category: dict[str, Decimal] = dict.fromkeys([category.id for category in year.body.chart.categories], NIL)
    category_of = {line.id: line.category for line in year.body.chart.lines} | {UNMAPPED: UNMAPPED}
    for coding, amount in _posted(year):
        category = category_of[year.body.chart.line_of(coding)]
        by_category[category] = by_category.get(category, NIL) + amount
    labels = year.body.chart.labels
    for category, amount in by_category.items():
        label = labels[category]
        side = Side(f"{label}: extract and accruals", amount)
        yield _against(f"{category}-lines", f"Ledger lines = {label.lower()}", f"outturn/{category}/actual", side, book)
    parts = {
        "the extract": year.transactions.total,
        "accruals, prepayments and reversals": sum((r.amount for r in year.accruals_at(YEAR_END_PERIOD)), NIL),
    }
    yield _to_total("expenditure-lines", "Extract + accruals = expenditure", "outturn/expenditure/actual", parts, book)


def _posted(year: ContractYear) -> Iterator[tuple[Coding, Decimal]]:
    for coding, postings in year.transactions.by_coding.items():
        yield coding, postings.total
    for entry in year.accruals_at(YEAR_END_PERIOD):
        yield entry.coding, entry.amount


def _to_total(check_id: str, label: str, figure_id: str, parts: Mapping[str, Decimal], book: Book) -> Check:
    side = Side(" + ".join(parts), sum(parts.values(), NIL))
    return _against(check_id, label, figure_id, side, book, parts)


def _against(
    check_id: str, label: str, figure_id: str, side: Side, book: Book, parts: Mapping[str, Decimal] | None = None
) -> Check:
    """Our figure against the same sum taken another way; the other way is held to be right when naming the slip."""
    ours = _ours(book, figure_id)
    cause = ""
    if ours.amount is not None and side.amount is not None:
        cause = likely_cause(side.amount, ours.amount, parts or {})
    return compare(check_id, label, ours, side, cause=cause)


def _control_totals(year: ContractYear) -> Iterator[Check]:
    """The extract's control total and line count, typed from the finance system."""
    extract = year.transactions
    control = next((c for c in year.ledgers.control_totals if c.sheet == extract.sheet), None)
    total, lines = (control.total, Decimal(control.lines)) if control else (None, None)
    read = any(each.illustrative for each in extract.by_coding.values())
    yield compare(
        "extract-total",
        "Extract = control total",
        Side("the extract", extract.total, illustrative=read),
        Side("the control total", total, illustrative=read),
    )
    yield compare(
        "extract-lines",
        "Lines of the extract = control count",
        Side("lines read", Decimal(len(extract)), illustrative=read),
        Side("the control count", lines, illustrative=read),
        unit="number",
    )


def _virements(year: ContractYear) -> Iterator[Check]:
    by_ref: dict[str, Decimal] = {}
    for virement in year.ledgers.virements:
        by_ref[virement.ref] = by_ref.get(virement.ref, NIL) + virement.amount
    made_up = (any(virement.is_made_up("amount") for virement in year.ledgers.virements), False)
    yield compare_each(
        "virements-net-nil",
        "Virements net to nil",
        ("virements", "nil"),
        [Pair(f"virement {ref}", amount, NIL, f"{ref} does not", made_up) for ref, amount in by_ref.items()],
    )
    yield _revised(year.ledgers.budget, year.ledgers.virements)
    yield from _profile(year.ledgers.budget)


def _revised(budget: Sequence[BudgetLine], virements: Sequence[Virement]) -> Check:
    revised: dict[Coding, Decimal] = {}
    expected: dict[Coding, Decimal] = {}
    at: dict[Coding, Cell] = {}
    for line in budget:
        at.setdefault(line.coding, line.at)
        revised[line.coding] = revised.get(line.coding, NIL) + line.revised
        expected[line.coding] = expected.get(line.coding, NIL) + line.original
    for virement in virements:
        at.setdefault(virement.coding, virement.at)
        expected[virement.coding] = expected.get(virement.coding, NIL) + virement.amount
    made_up = (
        any(line.is_made_up("revised") for line in budget),
        any(line.is_made_up("original") for line in budget)
        or any(virement.is_made_up("amount") for virement in virements),
    )
    pairs = [
        Pair(
            " ".join(coding),
            revised.get(coding, NIL),
            amount,
            f"{at[coding]} does not" if coding in revised else f"{at[coding]} moves budget of a code that has none",
            made_up,
        )
        for coding, amount in expected.items()
    ]
    return compare_each(
        "budget-revised",
        "Original budget + virements = revised budget",
        ("revised budget", "original budget + virements"),
        pairs,
    )


def _profile(budget: Sequence[BudgetLine]) -> Iterator[Check]:
    """Only of lines that have a profile; a month left blank is missing, not nil."""
    check_id, label, sides = "budget-profile", "Monthly profile = revised budget", ("monthly profile", "revised budget")
    profiled = [line for line in budget if any(month is not None for month in line.months)]
    if not profiled:
        return
    gaps = [line for line in profiled if None in line.months]
    if gaps:
        revised = sum((line.revised for line in profiled), NIL)
        made_up = any(line.is_made_up("revised") for line in profiled)
        budget_side = Side(sides[1], revised, illustrative=made_up)
        yield compare(check_id, label, Side(f"a month beside {gaps[0].at}", None), budget_side)
        return
    months = [sum((month for month in line.months if month is not None), NIL) for line in profiled]
    yield compare_each(
        check_id,
        label,
        sides,
        [
            Pair(
                " ".join(line.coding),
                profile,
                line.revised,
                f"{line.at} does not",
                (line.is_made_up("months"), line.is_made_up("revised")),
            )
            for line, profile in zip(profiled, months, strict=True)
        ],
    )


def _balances(year: ContractYear, book: Book) -> Iterator[Check]:
    closed = [record.amount for record in year.ledgers.balances if record.kind == "last close"]
    side = Side("last year's close", sum(closed, NIL) if closed else None)
    yield _against(
        "opening-balance", "Opening balance = last year's close", "outturn/opening_balance/actual", side, book
    )


def _corkscrew(year: ContractYear, book: Book) -> Iterator[Check]:
    """Opening + position + adjustments = closing, from the records; then each plan year opens where the last closed."""
    adjustments = sum((r.amount for r in year.ledgers.balances if r.kind == "adjustment"), NIL)
    parts = {
        "the opening balance": _ours(book, "outturn/opening_balance/actual").amount,
        "the position": _ours(book, "outturn/position/actual").amount,
        "adjustments": adjustments,
    }
    known = {label: amount for label, amount in parts.items() if amount is not None}
    side = Side("opening + position + adjustments", sum(known.values(), NIL) if len(known) == len(parts) else None)
    yield _against(
        "corkscrew", "Opening + position + adjustments = closing", "outturn/closing_balance/actual", side, book, known
    )
    at = year.forecast_at
    before = f"outturn/closing_balance/{'budget' if year.starts_from_budget else 'actual'}"
    if at:
        before = f"{period_name(at)}/outturn/closing_balance/forecast"
    for n in range(1, year.body.plan_years + 1):
        t = year.body.year.later(n)
        yield compare(
            f"corkscrew-{t}",
            f"{t.on_screen} opens where the year before closed",
            _ours(book, f"plan/opening_balance/{t}"),
            _ours(book, before),
        )
        before = f"plan/closing_balance/{t}"
