"""A month end: budget, actual, forecast and variance at one period, in rows nested as they are asked for."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from breakeven.ledger.chart import UNMAPPED, slug
from breakeven.ledger.provenance import Figure, less, sum_figure, total
from breakeven.ledger.rows import row_with
from breakeven.ledger.rules import Method
from breakeven.ledger.year import ContractYear
from breakeven.monitoring.leaf import ACTUAL_RULE, BUDGET_RULE, COLUMN_WORDS, Leaf, Previous
from breakeven.monitoring.leaves import leaves
from breakeven.monitoring.outturn import Flow, Outturn, row_id
from breakeven.monitoring.rag import Limits, Rag, limits, rag
from breakeven.periods import period_name

DIMENSIONS = ("category", "line", "cost_centre", "code", "source")
"""What rows can be nested by. Sources are those of income, the rest is of expenditure."""

BASE = ("original", "virements", "budget_to_date", "posted", "accruals", "commitments", "rest", "previous")
"""Columns that are read or worked out for each least part; the others follow from them."""

DERIVED: tuple[tuple[str, str, tuple[str, ...], str], ...] = (
    ("budget", "+", ("original", "virements"), BUDGET_RULE),
    ("actual", "+", ("posted", "accruals"), ACTUAL_RULE),
    ("variance_to_date", "-", ("actual", "budget_to_date"), "actual to date − budget to date"),
    ("forecast", "+", ("actual", "rest"), "actual to date + forecast for the rest of the year"),
    ("variance", "-", ("forecast", "budget"), "forecast outturn − current budget"),
    ("movement", "-", ("forecast", "previous"), "forecast outturn − forecast when last closed"),
)
"""Column, sign, the columns it is the sum or difference of, and the rule in words."""


@dataclass(frozen=True, slots=True)
class MonthEndRow:
    """One row: its figures by column, positive as records are, how it is forecast, and how it stands.

    ``level`` 0 is a total; each level below is part of the one above it.
    """

    id: str
    label: str
    flow: Flow
    level: int
    figures: Mapping[str, Figure]
    method: str = ""
    """The forecast method, or ``mixed`` where its parts have several; blank for a total of income and expenditure."""
    limit: Limits | None = None
    rag: Rag | None = None


@dataclass(frozen=True)
class MonthEnd:
    """One period of a year worked out: its least parts, from which any nesting is made."""

    year: ContractYear
    period: int
    leaves: tuple[Leaf, ...]
    outturn: Outturn

    def rows(self, by: Sequence[str] = ("category",)) -> tuple[MonthEndRow, ...]:
        """Income, expenditure nested by ``by``, the position and the balance, each total below its parts.

        by: any of ``DIMENSIONS``, outermost first. A category stands above lines and codes where nothing else does.
        """
        income = [leaf for leaf in self.leaves if leaf.flow is Flow.INCOME]
        spend = [leaf for leaf in self.leaves if leaf.flow is Flow.EXPENDITURE]
        total_income = self._sum("income", "Income", Flow.INCOME, 0, income)
        total_spend = self._sum("expenditure", "Expenditure", Flow.EXPENDITURE, 0, spend)
        position = self._position(total_income, total_spend)
        return (
            *self._income_rows(income, with_sources="source" in by),
            total_income,
            *self._nested(spend, expenditure_dimensions(by), ()),
            total_spend,
            position,
            *self._balances(position),
        )

    @cached_property
    def all_rows(self) -> tuple[MonthEndRow, ...]:
        """Every row that a category, line, code or source has."""
        return self.rows(("category", "line", "code", "source"))

    def row(self, row_id: str) -> MonthEndRow:
        """The row with this id. Raises KeyError where there is none."""
        return row_with(row_id, self.all_rows)

    def figures(self) -> Iterator[Figure]:
        """Every figure of every row that lines, cost centres, codes and sources give, each once."""
        known: set[str] = set()
        for row in (*self.all_rows, *(row for by in _BY_COST_CENTRE for row in self.rows(by))):
            if row.id not in known:
                known.add(row.id)
                yield from row.figures.values()

    @property
    def forecasts(self) -> Previous:
        """The forecast outturn of each least part, as a closed period keeps it."""
        parts = {leaf.key: [leaf.figures[column] for column in ("posted", "accruals", "rest")] for leaf in self.leaves}
        return {key: total(figures) for key, figures in parts.items()}

    def _income_rows(self, leaves: Sequence[Leaf], *, with_sources: bool) -> Iterator[MonthEndRow]:
        for line, label in (
            ("contract_sum", "Contract sum"),
            ("variations", "Variations"),
            ("third_party_income", "Third-party income"),
        ):
            own = [leaf for leaf in leaves if leaf.line == line]
            if with_sources and line != "contract_sum":
                yield from (self._sum(leaf.id, leaf.label, Flow.INCOME, 2, [leaf], line) for leaf in own)
            yield self._sum(line, label, Flow.INCOME, 1, own)

    def _nested(
        self, leaves: Sequence[Leaf], by: Sequence[str], above: Sequence[tuple[str, str]]
    ) -> Iterator[MonthEndRow]:
        """The rows of one dimension, each below the rows of the next; ``above`` are the groups they are part of."""
        if not by:
            return
        key = _KEYS[by[0]]
        for group, label in self._groups(by[0], leaves, above):
            own = [leaf for leaf in leaves if key(leaf) == group]
            path = [*above, (by[0], group)]
            yield from self._nested(own, by[1:], path)
            line = own[0].line if own and {"line", "code"} & {name for name, _ in path} else ""
            yield self._sum(self._path_id(path), label, Flow.EXPENDITURE, len(path), own, line)

    def _path_id(self, path: Sequence[tuple[str, str]]) -> str:
        """A row's id: that of its category, line or code where it is whole, else the groups it is in."""
        names = [name for name, _ in path]
        group = path[-1][1]
        if names in (["category"], ["category", "line"], ["category", "line", "code"], ["category", "code"]):
            return row_id(self.year.body.chart, group) if names[-1] == "line" else group
        if names == ["cost_centre"]:
            return f"cost_centre.{slug(group)}"
        return ".".join(slug(group) for _, group in path)

    def _groups(
        self, dimension: str, leaves: Sequence[Leaf], above: Sequence[tuple[str, str]]
    ) -> Iterator[tuple[str, str]]:
        """The id and label of each row of a dimension: all that the chart of accounts has, with money on it or not."""
        chart = self.year.body.chart
        unmapped = [(UNMAPPED, "Unmapped")] if any(leaf.line == UNMAPPED for leaf in leaves) else []
        if dimension == "category":
            yield from [*((category.id, category.label) for category in chart.categories), *unmapped]
        elif dimension == "line" and above and above[-1][0] == "category":
            yield from [*((line.id, line.label) for line in chart.lines_in(above[-1][1])), *unmapped]
        elif dimension == "line":
            yield from ((line, chart.labels[line]) for line in dict.fromkeys(leaf.line for leaf in leaves))
        elif dimension == "cost_centre":
            yield from ((centre, centre) for centre in sorted({leaf.cost_centre for leaf in leaves}))
        else:
            yield from ((leaf.id, leaf.label) for leaf in leaves)

    def _sum(
        self, row_id: str, label: str, flow: Flow, level: int, leaves: Sequence[Leaf], line: str = ""
    ) -> MonthEndRow:
        """A row that is the sum of least parts, column by column; ``line`` is the line it is part of, if of one."""
        if len(leaves) == 1 and leaves[0].id == row_id:
            figures = dict(leaves[0].figures)
        else:
            rule = (
                f"the sum of {len(leaves)} codes" if flow is Flow.EXPENDITURE else f"the sum of {len(leaves)} sources"
            )
            figures = {
                column: sum_figure(
                    self._id(row_id, column),
                    f"{label}: {COLUMN_WORDS[column]}",
                    rule,
                    [leaf.figures[column] for leaf in leaves],
                )
                for column in BASE
            }
            if not leaves and flow is Flow.EXPENDITURE:
                figures |= self._nothing_given(row_id, label)
        methods = {leaf.method for leaf in leaves}
        return self._row(
            row_id,
            label,
            flow,
            level,
            figures,
            methods.pop() if len(methods) == 1 else "mixed" if methods else "",
            line,
        )

    def _nothing_given(self, row_id: str, label: str) -> dict[str, Figure]:
        """The columns of a line without any code that are missing, not nil: nothing at all was budgeted or posted."""
        missing = {
            "original": ("no budget was given", self.year.ledgers.budget),
            "budget_to_date": ("no budget was given", self.year.ledgers.budget),
            "posted": ("no transactions were given", self.year.transactions),
        }
        return {
            column: Figure(self._id(row_id, column), f"{label}: {COLUMN_WORDS[column]}", None, why, ())
            for column, (why, given) in missing.items()
            if not given
        }

    def _row(
        self, row_id: str, label: str, flow: Flow, level: int, base: Mapping[str, Figure], method: str, line: str = ""
    ) -> MonthEndRow:
        figures = dict(base)
        for column, sign, parts, rule in DERIVED:
            read = [figures[part] for part in parts]
            amount = total(read) if sign == "+" else less(*read)
            figures[column] = Figure(
                self._id(row_id, column), f"{label}: {COLUMN_WORDS[column]}", amount, rule, tuple(read)
            )
        if flow is Flow.EXPENDITURE:
            read = [figures[column] for column in ("budget", "actual", "commitments")]
            spent = total(read[1:])
            left = None if spent is None or read[0].amount is None else read[0].amount - spent
            words = f"{label}: {COLUMN_WORDS['left']}"
            rule = "current budget − actual to date − commitments"
            figures["left"] = Figure(self._id(row_id, "left"), words, left, rule, tuple(read))
        limit = limits(self.year.body.month_end, row_id, figures["budget"].amount, line)
        return MonthEndRow(
            row_id, label, flow, level, figures, method, limit, rag(flow, figures["variance"].amount, limit)
        )

    def _id(self, row_id: str, column: str) -> str:
        return f"{period_name(self.period)}/outturn/{row_id}/{column}"

    def _position(self, income: MonthEndRow, spend: MonthEndRow) -> MonthEndRow:
        figures = {
            column: Figure(
                self._id("position", column),
                f"Position: {COLUMN_WORDS[column]}",
                less(income.figures[column], spend.figures[column]),
                "income − expenditure",
                (income.figures[column], spend.figures[column]),
            )
            for column in BASE
        }
        return self._row("position", "Position for the year", Flow.NET, 0, figures, "")

    def _balances(self, position: MonthEndRow) -> Iterator[MonthEndRow]:
        """Opening balance, adjustments and closing balance, in the columns of a whole year."""
        parts = [self._balance(row.id, row.label, row.actual) for row in self.outturn.rows if row.id in _BROUGHT_IN]
        yield from parts
        figures = {
            column: sum_figure(
                self._id("closing_balance", column),
                f"Closing balance: {COLUMN_WORDS[column]}",
                "opening balance + position" + (" + adjustments" if len(parts) > 1 else ""),
                [*(part.figures[column] for part in parts), position.figures[column]],
            )
            for column in ("budget", "forecast")
        }
        yield MonthEndRow(
            "closing_balance", "Closing balance", Flow.NET, 0, self._with_variance("closing_balance", figures)
        )

    def _balance(self, row_id: str, label: str, brought: Figure) -> MonthEndRow:
        figures = {
            column: Figure(
                self._id(row_id, column),
                f"{label}: {COLUMN_WORDS[column]}",
                brought.amount,
                "as the year began",
                (brought,),
            )
            for column in ("budget", "forecast")
        }
        return MonthEndRow(row_id, label, Flow.NET, 1, self._with_variance(row_id, figures))

    def _with_variance(self, row_id: str, figures: Mapping[str, Figure]) -> Mapping[str, Figure]:
        forecast, budget = figures["forecast"], figures["budget"]
        variance = Figure(
            self._id(row_id, "variance"),
            f"{forecast.label}: variance",
            less(forecast, budget),
            "forecast outturn − current budget",
            (forecast, budget),
        )
        return {**figures, "variance": variance}


_BY_COST_CENTRE = (("cost_centre", "line", "code"), ("category", "cost_centre"), ("category", "line", "cost_centre"))

_BROUGHT_IN = ("opening_balance", "adjustments")

_KEYS: Mapping[str, Callable[[Leaf], str]] = {
    "category": lambda leaf: leaf.category,
    "line": lambda leaf: leaf.line,
    "cost_centre": lambda leaf: leaf.cost_centre,
    "code": lambda leaf: leaf.id,
}


def month_end(
    year: ContractYear,
    outturn: Outturn,
    period: int,
    methods: Mapping[str, Method] | None = None,
    previous: Previous | None = None,
) -> MonthEnd:
    """Work one period out: what was budgeted, what is posted and accrued to date, and what the year is forecast to be.

        current budget = original + virements to date;  actual = posted + accruals not yet undone
        forecast outturn = actual to date + rest of the year;  variance = forecast outturn − current budget
        money left = current budget − actual to date − commitments

    methods: a forecast method by the id of a line or income row, ``""`` for every one; over those of the settings.
    previous: the forecasts of the last closed period, from which the movement is; None where none is closed.
    At P12 and P13 no period is left, so that the forecast is the actual.
    """
    return MonthEnd(year, period, leaves(year, period, methods or {}, previous), outturn)


def expenditure_dimensions(by: Sequence[str]) -> tuple[str, ...]:
    """The dimensions that nest expenditure: what was asked, beneath categories unless it begins with cost centres."""
    asked = tuple(dict.fromkeys(each for each in by if each != "source"))
    return (
        asked
        if asked[:1] in {("category",), ("cost_centre",)}
        else ("category", *(e for e in asked if e != "category"))
    )
