"""The whole flow on one page: a folder in, everything that is worked out of it out. Only here do the rooms meet."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import breakeven
from breakeven.drivers.placements import placement_figures
from breakeven.drivers.vacancies import vacancy_figures
from breakeven.findings import Finding
from breakeven.ledger.changes import parse_change, parse_span
from breakeven.ledger.chart import UNMAPPED, slug
from breakeven.ledger.provenance import Figure, Source, source_of
from breakeven.ledger.rules import Method
from breakeven.ledger.scenarios import Overlay
from breakeven.ledger.targets import OverlayError
from breakeven.ledger.year import ContractYear
from breakeven.money import NIL
from breakeven.monitoring.accuracy import accuracy, figures_of
from breakeven.monitoring.bridge import bridges
from breakeven.monitoring.closed import as_closed, check_closed, forecast_since
from breakeven.monitoring.grants import grants
from breakeven.monitoring.income import income
from breakeven.monitoring.month_end import MonthEnd, month_end
from breakeven.monitoring.outturn import Outturn, outturn, row_id
from breakeven.monitoring.performance import KpiYear, kpi_years
from breakeven.monitoring.pressures import net_pressures
from breakeven.monitoring.states import Lines, YearLines, in_plan_rows
from breakeven.periods import MONTHS, Year, parse_period
from breakeven.plan.asked import Asked, solve_asked, targets_asked
from breakeven.plan.base import Base, base
from breakeven.plan.basis import model
from breakeven.plan.compare import Comparison, compare_overlays, laid_over
from breakeven.plan.goals import Goal, parse_plan_year
from breakeven.plan.model import Balances, View
from breakeven.plan.movements import movements
from breakeven.plan.mtfp import Plan, plan
from breakeven.plan.priorities import Targets
from breakeven.plan.rolled import Rolled, roll_forward
from breakeven.plan.savings import Programme, programme, saved_by_line
from breakeven.plan.sensitivity import Steps, Tested
from breakeven.plan.sensitivity import sensitivity as tested
from breakeven.plan.setting import Setting
from breakeven.plan.shortfall import shortfall
from breakeven.plan.solve import Solution
from breakeven.reconciliation.chain import Link, check_chain
from breakeven.reconciliation.check import Check
from breakeven.reconciliation.children import check_children
from breakeven.reconciliation.ledgers import check_ledgers
from breakeven.reconciliation.performance import check_performance
from breakeven.reconciliation.reported import check_reported, published_figures
from breakeven.workbook.folder import FolderRefusedError, Progress, read_folder, read_settings
from breakeven.workbook.settings import FILE_NAME

if TYPE_CHECKING:
    from breakeven.plan.simulation import Simulated

Book = Mapping[str, Figure]


class Marks:
    """Which figures rest on illustrative cells that no published figure confirms: a page must mark them.

    A sum of illustrative lines that comes to a published figure counts as published, and so does what it makes.
    """

    def __init__(self, published: frozenset[str]) -> None:
        self.published = published
        self._known: dict[str, bool] = {}

    def is_illustrative(self, figure: Figure) -> bool:
        """Whether to mark it. What is open has no figure to mark."""
        return figure.amount is not None and self._rests(figure)

    def _rests(self, part: Figure | Source) -> bool:
        if isinstance(part, Source):
            return part.illustrative
        if part.id not in self._known:
            own = part.id not in self.published and any(self._rests(below) for below in part.parts)
            self._known[part.id] = own
        return self._known[part.id]


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
    """Tests of figures that are no money: of children's tables and of performance."""
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

    overlays: what a scenario changes of the plan, as ``scenario`` gives it. allow_errors: work out what could be read
    all the same. Raises InputRefusedError where the input has errors, OverlayError where an overlay cannot be applied.
    """
    if year.errors and not allow_errors:
        raise InputRefusedError(year.errors)
    result = outturn(year)
    schemes = programme(year, overlays)
    expected = _expected(year, result)
    projected = plan(year, expected, schemes, view, overlays)
    book = _book((*_figures(year, result, schemes, projected), *expected.figures()))
    reported_checks = tuple(check_reported(year.ledgers.reported, book))
    published = published_figures(year.ledgers.reported, reported_checks) - _aims(schemes, projected)
    marks = Marks(published)
    return YearEnd(
        year=year,
        outturn=result,
        expected=expected,
        programme=schemes,
        plan=projected,
        checks=(*check_ledgers(year, book), *check_closed(year, breakeven.__version__), *reported_checks),
        count_checks=(*check_children(year, book), *check_performance(year, book)),
        book=book,
        published=published,
        illustrative=frozenset(figure.id for figure in book.values() if marks.is_illustrative(figure)),
        marks=marks,
    )


def scenario(year: ContractYear, name: str) -> tuple[Overlay, ...]:
    """The overlays of one scenario of the folder, by its name. Raises KeyError where there is none of it."""
    found = tuple(each for each in year.ledgers.scenarios if slug(each.scenario) == slug(name))
    if not found:
        raise KeyError(name)
    return found


def scenario_names(year: ContractYear) -> tuple[str, ...]:
    """The folder's scenarios, in the order of the sheet."""
    return tuple(dict.fromkeys(each.scenario for each in year.ledgers.scenarios))


def what_if(
    end: YearEnd, changes: Sequence[str | Overlay], since: str | None = None, until: str | None = None
) -> Comparison:
    """What the plan comes to with some changes, beside as it stands, and what each of them does to each year.

    changes: overlays, or text such as ``residential=+5`` and ``pay=4%`` as ``parse_change`` reads it. since, until:
    from when text counts, such as ``P07`` or ``2025-26 P07``, and its last year. Raises ValueError where a change is
    not understood or cannot be applied.
    """
    return compare_overlays(end.plan.basis, end.plan.overlays, with_changes(end, changes, since, until), end.plan.view)


def with_changes(
    end: YearEnd, changes: Sequence[str | Overlay], since: str | None = None, until: str | None = None
) -> tuple[Overlay, ...]:
    """The overlays of a plan with changes laid over them; as ``what_if`` takes them, and raising as it does."""
    body, savings = end.year.body, end.year.ledgers.savings
    span = parse_span(since, until, end.plan.years)
    read = [each if isinstance(each, Overlay) else parse_change(each, body, savings, span) for each in changes]
    return laid_over(end.plan.overlays, read, end.plan.basis)


def setting_of(end: YearEnd, view: View | None = None) -> Setting:
    """The plan of a year, to put questions to. view: which savings it counts, where not those that it does."""
    return Setting(end.plan.basis, end.plan.overlays, view or end.plan.view)


def solve(end: YearEnd, target: str | Goal, using: str = "saving", asked: Asked | None = None) -> Solution:
    """What one thing must be for a plan to reach a target; or how near it comes.

    target: ``break-even``, ``clear``, ``position=100000`` or ``balance=-5m``, as ``parse_goal`` reads it. using:
    ``saving``, ``contract_sum``, ``pay``, ``residential.number`` and the like, as ``named_lever`` reads it. asked: in
    which year, from when on, and by which lines. The overlays of what is found can be given to ``what_if``. Raises
    OpenPlanError where the plan is open, ValueError where what is asked is not understood or cannot be applied.
    """
    return solve_asked(setting_of(end), target, using, asked or Asked())


def savings_targets(
    end: YearEnd, target: str | Goal = "break-even", asked: Asked | None = None, view: View | None = None
) -> Targets:
    """What each priority must save in the first year that counts for a plan to reach a target. Raises as ``solve``."""
    return targets_asked(setting_of(end, view), target, asked or Asked())


def sensitivity(end: YearEnd, steps: Sequence[str] = (), year: str | None = None) -> tuple[Tested, ...]:
    """What a step of each assumption does to the plan, the largest first; then groups that move together.

    steps: as ``Steps.parse`` reads them. year: whose position sorts them; the last closing balance where none is given.
    Raises ValueError where one is not understood.
    """
    place = None if year is None else end.plan.years.index(parse_plan_year(year, end.plan.years))
    return tested(setting_of(end), Steps.parse(steps), place)


def scenario_balances(end: YearEnd) -> dict[str, Balances]:
    """What the plan comes to as planned and in each scenario of the folder, by name.

    Raises OverlayError, with the scenario's name, where one cannot be applied.
    """
    basis, view = end.plan.basis, end.plan.view
    found = {AS_PLANNED: model(basis, (), view).balances()}
    for name in scenario_names(end.year):
        try:
            found[name] = model(basis, scenario(end.year, name), view).balances()
        except OverlayError as error:
            raise OverlayError(f"scenario {name!r}: {error}") from None
    return found


def simulate_plan(end: YearEnd, *, trials: int = 100_000, seed: int = 1, threads: int | None = None) -> "Simulated":
    """Project the plan many times, with what the folder says is uncertain drawn anew each time, savings as forecast.

    The same seed gives the same answer on any number of threads. Raises ValueError where a row has no figure to move,
    correlations contradict each other, or the plan is open: nil would stand for what nobody knows.
    """
    from breakeven.plan.simulation import simulate  # noqa: PLC0415  (most commands do without it)
    from breakeven.plan.uncertain_plan import uncertainty_of  # noqa: PLC0415

    if end.plan.open_lines or end.plan.model.opening is None:
        raise ValueError("the plan is open, so that its trials would be of nil")
    plan = end.plan.model
    uncertain = uncertainty_of(end.plan.basis, plan)
    return simulate(plan.flows("forecast"), uncertain, trials=trials, seed=seed, threads=threads)


def performance(end: YearEnd, at: Year | None = None) -> tuple[KpiYear, ...]:
    """The key performance indicators of one contract year, the folder's own unless another is named."""
    return kpi_years(end.year.ledgers.kpis, end.year.ledgers.kpi_months, at or end.year.body.year)


def next_year(end: YearEnd) -> Rolled:
    """The records that the year after this one begins with. Raises OpenPlanError where what it needs is open."""
    return roll_forward(end.year, end.expected, end.plan, end.marks.is_illustrative)


def folder_before(folder: Path, end: YearEnd) -> Path | None:
    """The ledger folder of the same body's year before, where one stands beside ``folder``; the first by name."""
    return folders_beside(folder, end).get(end.year.body.year.later(-1))


def folders_beside(folder: Path, end: YearEnd) -> dict[Year, Path]:
    """The ledger folders of the same body, ``folder`` and those beside it, by year; of two of a year the first by name.

    In the order of their years. A folder whose settings cannot be read is none of them.
    """
    found: dict[Year, Path] = {}
    for path in sorted(folder.resolve().parent.glob(f"*/{FILE_NAME}")):
        if path.parent.name.startswith("."):
            continue
        with suppress(FolderRefusedError):
            body = read_settings(path.parent)[0].body()
            if body.name == end.year.body.name:
                found.setdefault(body.year, path.parent)
    return dict(sorted({**found, end.year.body.year: folder}.items()))


def chain_of(folder: Path, end: YearEnd) -> tuple[tuple[Link, ...], tuple[Path, ...]]:
    """The chain of years over the folders beside ``folder``, which holds ``end``; and those that have errors.

    A folder with errors is no link: the year after it opens away from nothing that is known.
    """
    links: list[Link] = []
    refused: list[Path] = []
    for path in folders_beside(folder, end).values():
        try:
            links.append(link_of(end if path == folder else work_out(load(path))))
        except (FolderRefusedError, InputRefusedError):
            refused.append(path)
    return tuple(links), tuple(refused)


def link_of(end: YearEnd) -> Link:
    """A year as a link of the chain of years: what it opened and closed at, and what moved it between."""
    rows = {row.id: row.actual.amount for row in end.expected.rows}
    return Link(
        year=end.year.body.year,
        state=end.year.body.state,
        opening=rows["opening_balance"],
        position=rows["position"],
        adjustments=rows.get("adjustments", NIL),
        closing=rows["closing_balance"],
    )


def with_chain(end: YearEnd, before: YearEnd) -> YearEnd:
    """The same year with its tests against the year before, worked out from that year's own folder."""
    chart, result = before.year.body.chart, before.expected
    rows = {row.id: row.actual for row in result.rows}
    lines = (*(line.id for line in chart.lines), UNMAPPED)
    spent = {line: rows[name] for line in lines if (name := row_id(chart, line)) in rows}
    closing = result.row("closing_balance").actual
    return replace(end, checks=(*end.checks, *check_chain(end.year, closing, spent)))


AS_PLANNED = "as planned"
"""What the plan is called beside its scenarios."""


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


def figures_at(end: YearEnd, at: "AtPeriod") -> Iterator[Figure]:
    """Every figure that is worked out for one period, and only when it is asked for. Ids begin ``P09/``."""
    yield from at.result.figures()
    found = income(end.year, at.result.period)
    yield from found.figures()
    for source in grants(end.year, found):
        yield from source.figures()


def with_period(end: YearEnd, period: int) -> YearEnd:
    """The same year with the figures of one period, 1 to 13, in its book beside those of the year end."""
    at = at_period(end, period)
    return _with(end, figures_at(end, at), at.marks)


def with_accuracy(end: YearEnd) -> YearEnd:
    """The same year with the figures of its forecasts' accuracy in its book."""
    return _with(end, figures_of(accuracy(end.year, end.outturn)), end.marks)


def plan_base(end: YearEnd) -> Base:
    """What the plan starts from: the outturn, each one-off stripped and full-year effect added, what is underlying."""
    return base(end.year, end.expected, end.programme, end.plan)


def with_base(end: YearEnd) -> YearEnd:
    """The same year with the figures of the plan's base in its book."""
    return _with(end, plan_base(end).figures(), end.marks)


def with_shortfall(end: YearEnd) -> YearEnd:
    """The same year with the figures of its plan's shortfall in its book."""
    return _with(end, (figure for row in shortfall(end.plan) for figure in row.years.values()), end.marks)


def _with(end: YearEnd, figures: Iterable[Figure], marks: Marks) -> YearEnd:
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
    yield from vacancy_figures(year.ledgers.posts)
    for record in year.ledgers.reported:
        source = source_of(record, "value", record.printed, record.unit)
        where = f"as printed in {record.where}"
        yield Figure(f"reported/{slug(record.ref)}", record.label, record.value, where, (source,), record.unit)


@dataclass(frozen=True)
class AtPeriod:
    """A year as it stands at one period: the month end, and what it is measured against."""

    result: MonthEnd
    closed: int | None
    """The last period that is closed before it; None where none is."""
    marks: Marks

    def is_illustrative(self, figure: Figure) -> bool:
        """Whether a page must mark a figure of it."""
        return self.marks.is_illustrative(figure)


def at_period(end: YearEnd, period: int, methods: Mapping[str, Method] | None = None) -> AtPeriod:
    """Work out one period of a year. ``methods``: as ``month_end`` takes them."""
    before = max((close for close in end.year.closes if close.period < period), key=lambda c: c.period, default=None)
    result = month_end(end.year, end.outturn, period, methods, before.forecasts if before else None)
    return AtPeriod(result, before.period if before else None, Marks(_published_at(end, result)))


def as_of(year: ContractYear, period: int) -> AtPeriod | None:
    """A closed period as it was said then, whatever its inputs have become; None where it is not closed."""
    for close in year.closes:
        if close.period == period:
            return AtPeriod(as_closed(close), close.since, Marks(frozenset(close.told["published"])))
    return None


def _published_at(end: YearEnd, result: MonthEnd) -> frozenset[str]:
    """At the year's end a row that comes to its published outturn, actual and forecast, is published too."""
    if result.period < MONTHS:
        return end.published
    rows = {figure_id.split("/")[1] for figure_id in end.published if figure_id.endswith("/actual")}
    found = (
        row.figures[column] for row in result.all_rows if row.id in rows for column in _ENDS if column in row.figures
    )
    outturn = {row.id: row.actual.amount for row in end.outturn.rows}
    return end.published | {each.id for each in found if each.amount == outturn[each.id.split("/")[2]]}


_ENDS = ("actual", "forecast")


STATES = ("budget", "revised", "last-year", "outturn", "plan")
"""What a variance can be between, besides the forecast at any period, ``P01`` to ``P13``."""


def variance_sides(end: YearEnd, before: str, after: str) -> tuple[Lines, Lines]:
    """The lines of two states of a year by their names, made alike so that they can be held against each other.

    Raises ValueError where a name is neither one of ``STATES`` nor a period.
    """
    lines = YearLines(end.year, end.outturn, saved_by_line(end.programme, end.year.body.chart))
    sides = {name: _lines_of(end, lines, name) for name in dict.fromkeys((before, after))}
    if "plan" in sides:
        sides = {name: side if name == "plan" else in_plan_rows(side) for name, side in sides.items()}
    return sides[before], sides[after]


def _lines_of(end: YearEnd, lines: YearLines, name: str) -> Lines:
    if name == "plan":
        first = end.plan.years[0]
        return lines.as_planned({row.id: row.years[first] for row in end.plan.rows}, movements(end.plan))
    fixed = {
        "budget": lines.as_budgeted,
        "revised": lines.as_revised,
        "last-year": lines.as_last_year,
        "outturn": lines.as_spent,
    }
    if name in fixed:
        return fixed[name]()
    period = parse_period(name)
    rows = at_period(end, period).result.all_rows
    return lines.as_forecast(period, {row.id: row.figures["forecast"] for row in rows})


def with_variance(end: YearEnd, before: str, after: str) -> YearEnd:
    """The same year with the figures of one variance in its book. Raises ValueError as ``variance_sides`` does."""
    return _with(end, bridges(*variance_sides(end, before, after)).figures(), end.marks)


def closed_forecasts_moved(end: YearEnd) -> list[str]:
    """The closed periods whose forecast would come out otherwise from today's inputs, in words."""
    said = (forecast_since(close, end.year, end.outturn, breakeven.__version__) for close in end.year.closes)
    return [each for each in said if each]
