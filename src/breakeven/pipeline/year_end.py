"""The whole flow on one page: a folder in, everything that is worked out of it out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import breakeven
from breakeven.drivers.placements import placement_figures
from breakeven.drivers.workforce import workforce_figures
from breakeven.findings import Finding
from breakeven.ledger.chart import slug
from breakeven.ledger.provenance import Figure, source_of
from breakeven.ledger.scenarios import Overlay
from breakeven.ledger.year import ContractYear
from breakeven.monitoring.check_demand import check_demand
from breakeven.monitoring.closed import check_closed
from breakeven.monitoring.month_end import month_end
from breakeven.monitoring.outturn import Outturn, outturn
from breakeven.monitoring.performance import KpiYear, kpi_years
from breakeven.monitoring.pressures import net_pressures
from breakeven.periods import Year
from breakeven.pipeline.marks import Book, Marks
from breakeven.plan.model import View
from breakeven.plan.mtfp import Plan, plan
from breakeven.plan.savings import Programme, programme
from breakeven.reconciliation.check import Check
from breakeven.reconciliation.children import check_children
from breakeven.reconciliation.ledgers import check_ledgers
from breakeven.reconciliation.performance import check_performance
from breakeven.reconciliation.reported import check_reported, published_figures
from breakeven.reconciliation.savings import check_savings
from breakeven.reconciliation.workforce import check_workforce, wrong_establishment
from breakeven.workbook.folder import Progress, read_folder


@dataclass(frozen=True)
class YearEnd:
    """A contract year worked out: the outturn, the plan, the savings, and whether it all adds up."""

    year: ContractYear
    outturn: Outturn
    """What is posted and accrued."""
    expected: Outturn
    """What the year comes to: the outturn once it is over, else its forecast at the last period posted."""
    programme: Programme
    plan: Plan
    checks: tuple[Check, ...]
    count_checks: tuple[Check, ...]
    """Tests of figures that are no money: of placements, children, workforce and performance."""
    book: Book
    """Every figure by id, those reported elsewhere among them."""
    published: frozenset[str]
    """Figures that a published one, printed to the pound, agrees with; never the aims of a plan."""
    illustrative: frozenset[str]
    """Figures of the book that rest on illustrative cells and that no published figure confirms."""
    marks: Marks
    """Tells the same of a figure that is not in the book."""

    @property
    def all_checks(self) -> tuple[Check, ...]:
        """Every test: money first, then other figures."""
        return (*self.checks, *self.count_checks)

    @property
    def plan_is_illustrative(self) -> bool:
        """Whether the plan's position rests on illustrative cells, so that what is worked out of it must be marked."""
        return any(figure.id in self.illustrative for figure in self.plan.row("position").years.values())


def load(folder: str | Path, progress: Progress | None = None) -> ContractYear:
    """Read a ledger folder. Bad rows are held back and listed in ``findings``.

    Raises FolderRefusedError where no contract year can be made of it at all.
    """
    return read_folder(Path(folder), progress)


class InputRefusedError(ValueError):
    """The input has errors, so that a total of it would be wrong; ``findings`` are the errors."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("; ".join(str(finding) for finding in findings[:3]) + ("; ..." if len(findings) > 3 else ""))
        self.findings = findings


def work_out(
    year: ContractYear, view: View = "planned", *, allow_errors: bool = False, overlays: Sequence[Overlay] = ()
) -> YearEnd:
    """From the records of one year to its statements. ``view`` says which savings the plan's position counts.

    overlays: what a scenario changes of the plan, as ``scenario`` gives it; the tests are of the plan as it stands,
    whatever is laid over it and whichever savings count: a scenario that misses a published aim is no slip.
    allow_errors: work out what could be read all the same. Raises InputRefusedError where the input has errors,
    OverlayError where an overlay cannot be applied.
    """
    if year.errors and not allow_errors:
        raise InputRefusedError(year.errors)
    result = outturn(year)
    schemes = programme(year, overlays)
    expected = _expected(year, result)
    projected = plan(year, expected, schemes, view, overlays)
    book = _book((*_figures(year, result, schemes, projected), *expected.figures()))
    own = book if view == "planned" and not overlays else _as_it_stands(year, result, expected)
    posts = year.ledgers.posts
    reported_checks = _reported_checks(year, own)
    of_money = tuple(each for each in reported_checks if each.unit == "£")
    of_counts = tuple(each for each in reported_checks if each.unit != "£")
    confirming = reported_checks if own is book else _reported_checks(year, book)
    published = published_figures(year.ledgers.reported, confirming) - _aims(schemes, projected)
    marks = Marks(published)
    return YearEnd(
        year=year,
        outturn=result,
        expected=expected,
        programme=schemes,
        plan=projected,
        checks=(
            *check_ledgers(year, own),
            *check_savings(year),
            *check_closed(year, breakeven.__version__),
            *of_money,
        ),
        count_checks=(
            *check_demand(year),
            *check_children(year, own),
            *check_workforce(posts, own),
            *check_performance(year, own),
            *of_counts,
        ),
        book=book,
        published=published,
        illustrative=frozenset(figure.id for figure in book.values() if marks.is_illustrative(figure)),
        marks=marks,
    )


def _as_it_stands(year: ContractYear, result: Outturn, expected: Outturn) -> dict[str, Figure]:
    """The book of the folder's own plan, its savings as planned, which figures published elsewhere speak of."""
    schemes = programme(year)
    return _book((*_figures(year, result, schemes, plan(year, expected, schemes)), *expected.figures()))


def _reported_checks(year: ContractYear, book: Mapping[str, Figure]) -> tuple[Check, ...]:
    """Each figure published elsewhere against one of the book, with what explains a difference."""
    posts = year.ledgers.posts
    return tuple(check_reported(year.ledgers.reported, book, lambda each: wrong_establishment(each, posts)))


def performance(end: YearEnd, at: Year | None = None) -> tuple[KpiYear, ...]:
    """The key performance indicators of one contract year, the folder's own unless another is named."""
    return kpi_years(end.year.ledgers.kpis, end.year.ledgers.kpi_months, at or end.year.body.year)


def scenario(year: ContractYear, name: str) -> tuple[Overlay, ...]:
    """The overlays of one scenario of the folder, by its name. Raises KeyError where there is none of it."""
    found = tuple(each for each in year.ledgers.scenarios if slug(each.scenario) == slug(name))
    if not found:
        raise KeyError(name)
    return found


def scenario_names(year: ContractYear) -> tuple[str, ...]:
    """The folder's scenarios, in the order of the sheet."""
    return tuple(dict.fromkeys(each.scenario for each in year.ledgers.scenarios))


def _expected(year: ContractYear, posted: Outturn) -> Outturn:
    """The outturn that a plan starts from: of a year that is not over, each row's forecast in place of its actual.

    Before anything is posted that is its revised budget.
    """
    if year.starts_from_budget:
        return Outturn(tuple(replace(row, actual=row.budget) for row in posted.rows))
    if year.forecast_at is None:
        return posted
    rows = {row.id: row.figures for row in month_end(year, posted, year.forecast_at).all_rows}
    return Outturn(
        tuple(
            replace(row, budget=found["budget"], actual=found["forecast"], variance=found["variance"])
            for row in posted.rows
            if (found := rows.get(row.id)) is not None
        )
    )


def with_figures(end: YearEnd, figures: Iterable[Figure], marks: Marks) -> YearEnd:
    """The same year with more figures in its book, and all that they are made of. marks: which of them to mark."""
    book = {**end.book, **_book(figures)}
    marked = frozenset(figure.id for figure in book.values() if marks.is_illustrative(figure))
    return replace(end, book=book, illustrative=marked, marks=marks)


def _book(figures: Iterable[Figure]) -> dict[str, Figure]:
    """Figures by id, and all that they are made of."""
    book = {figure.id: figure for figure in figures}
    for figure in tuple(book.values()):
        _add_parts(book, figure)
    return book


def _add_parts(book: dict[str, Figure], figure: Figure) -> None:
    """Put what a figure is made of in the book too: the base of a line, the effect of a pressure."""
    for part in figure.parts:
        if isinstance(part, Figure) and part.id not in book:
            book[part.id] = part
            _add_parts(book, part)


def _aims(schemes: Programme, projected: Plan) -> frozenset[str]:
    """What is planned for years to come and rests on illustrative cells: a plan made to meet an aim proves nothing."""
    after = tuple(f"/{year}" for year in schemes.years)
    planned = (*projected.figures(), *(figure for figure in schemes.figures() if figure.id.endswith(after)))
    return frozenset(figure.id for figure in planned if any(source.illustrative for source in figure.sources()))


def _figures(year: ContractYear, result: Outturn, schemes: Programme, projected: Plan) -> Iterator[Figure]:
    yield from result.figures()
    yield from net_pressures(year, result)
    yield from schemes.figures()
    yield from projected.figures()
    yield from placement_figures(year.ledgers.placements)
    yield from workforce_figures(year.ledgers.posts)
    for record in year.ledgers.reported:
        source = source_of(record, "value", record.printed, record.unit)
        where = f"as printed in {record.where}"
        yield Figure(f"reported/{slug(record.ref)}", record.label, record.value, where, (source,), record.unit)
