"""Demand at the end of a period: how many placements were budgeted and made, who came and went, and what they cost."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from breakeven.drivers.activity import activity_registered, expected_end
from breakeven.drivers.nights import nights_within
from breakeven.drivers.price_volume import Bought
from breakeven.drivers.stays import Stay, flow, stays_in
from breakeven.ledger.activity import Activity
from breakeven.ledger.chart import Line, slug
from breakeven.ledger.placements import NIGHTS_A_WEEK, PlacementMonth
from breakeven.ledger.provenance import Figure, Source, source_of, total
from breakeven.ledger.rows import row_with
from breakeven.ledger.year import ContractYear
from breakeven.money import pounds
from breakeven.monitoring.month_end import MonthEnd
from breakeven.monitoring.outturn import row_id
from breakeven.periods import period_name

NUMBERS = ("budgeted", "average", "opening", "came", "went", "closing")
"""How many, of each type; opening and closing are on the last night before the year and on the period's last."""
COSTS = ("weeks", "budgeted_price", "price", "registered", "contributions")
"""Weeks paid for in the year as known at the period's end, gross pounds a week, and pounds in the year."""
MONEY = ("budget", "forecast", "variance")
"""The line's own, from the month end; a type within a line has none."""

WORDS = {
    "budgeted": "budgeted number",
    "average": "average number in the year",
    "opening": "at the start of the year",
    "came": "starters",
    "went": "leavers",
    "closing": "at the period's end",
    "weeks": "weeks paid for",
    "budgeted_price": "budgeted weekly cost",
    "price": "average weekly cost",
    "registered": "cost by the register",
    "contributions": "paid by others",
}
_UNITS: Mapping[str, str] = dict.fromkeys((*NUMBERS, "weeks"), "number")
_PLACES: Mapping[str, Decimal] = {
    **dict.fromkeys((*NUMBERS, "weeks"), Decimal("0.1")),
    **dict.fromkeys(("budgeted_price", "price", "registered", "contributions"), Decimal("0.01")),
}


@dataclass(frozen=True, slots=True)
class DemandRow:
    """A line, or one type within a line that buys several; level 1 or 2. Figures by column, a missing one open.

    Level 0 is a category, which has money alone.
    """

    id: str
    label: str
    level: int
    figures: Mapping[str, Figure]
    live: tuple[Stay, ...] = ()
    """Who is there on the period's last night, where the register says."""


@dataclass(frozen=True, slots=True)
class Demand:
    """Every line that buys placements at the end of one period."""

    period: int
    at: date
    rows: tuple[DemandRow, ...]

    def row(self, row_id: str) -> DemandRow:
        """The row with this id. Raises KeyError where there is none."""
        return row_with(row_id, self.rows)

    def figures(self) -> Iterator[Figure]:
        """Every figure of every row."""
        for row in self.rows:
            yield from row.figures.values()

    @property
    def live(self) -> Iterator[tuple[DemandRow, Stay]]:
        """Every stay that is live on the period's last night, with the row that it is on."""
        for row in self.rows:
            yield from ((row, stay) for stay in row.live)


def demand(year: ContractYear, result: MonthEnd) -> Demand:
    """State demand at the end of the month end's period, line by line in the order of the chart.

        opening + came − went = closing;   weeks = nights of the year ÷ 7;   average = nights ÷ days of the year

    A placement that lasts is counted to its planned end, or to the year's. Numbers are from the placement register
    where a type is in it, else from Placements by month: their average over the month ends so far, and nobody knows who
    came and went. The lines are those of every category of which anything is known, each category's sum beneath them.
    """
    return _Demand(year, result).worked_out()


@dataclass(frozen=True)
class _Type:
    """One type that a line buys, and all that is known of it."""

    slug: str
    label: str
    budgeted: tuple[Activity, ...]
    bought: Bought | None
    stays: tuple[Stay, ...] | None
    """None where the register has none of it."""
    months: tuple[PlacementMonth, ...]


class _Demand:
    def __init__(self, year: ContractYear, result: MonthEnd) -> None:
        self.year, self.result = year, result
        self.of = year.body.year
        self.at = self.of.period_end(result.period)
        self.registered = activity_registered(year, self.at)
        self.stays = stays_in(year, self.at)
        self.money = {row.id: row.figures for row in result.all_rows}

    def worked_out(self) -> Demand:
        chart = self.year.body.chart
        types = {line.id: self._types(line) for line in chart.lines}
        bought = {line.category for line in chart.lines if types[line.id]}
        rows: list[DemandRow] = []
        for category in chart.categories:
            if category.id in bought:
                rows += [row for line in chart.lines_in(category.id) for row in self._line_rows(line, types[line.id])]
                money = {column: self.money[category.id][column] for column in MONEY}
                rows.append(DemandRow(category.id, category.label, 0, money))
        return Demand(self.result.period, self.at, tuple(rows))

    def _types(self, line: Line) -> list[_Type]:
        """The type that is called like the line first, then the others in the order they are met."""
        ledgers, chart = self.year.ledgers, self.year.body.chart
        budgeted = [
            each
            for each in ledgers.activity
            if each.state == "budget" and each.unit == "placement" and _is_of(line, chart.lines_named(each.line))
        ]
        months = [each for each in ledgers.placements if _is_of(line, chart.lines_named(each.type))]
        found = self.stays.get(line.id, {})
        labels = {slug(each.type): each.type for each in (*budgeted, *months)}
        labels |= {key: stays[0].type for key, stays in found.items() if key not in labels}
        own = slug(line.label)
        return [
            _Type(
                slug=key,
                label=label,
                budgeted=tuple(each for each in budgeted if slug(each.type) == key),
                bought=self.registered.get(line.id, {}).get(f"placement/{key}"),
                stays=tuple(found[key]) if key in found else None,
                months=tuple(sorted((m for m in months if slug(m.type) == key), key=lambda each: each.month)),
            )
            for key, label in sorted(labels.items(), key=lambda each: each[0] != own)
        ]

    def _line_rows(self, line: Line, types: Sequence[_Type]) -> Iterator[DemandRow]:
        chart = self.year.body.chart
        money = self.money[row_id(chart, line.id)]
        is_own = bool(types) and types[0].slug == slug(line.label)
        head = self._figures(line.id, line.label, types[0] if is_own or len(types) == 1 else None)
        rest = list(types[1:] if is_own else types if len(types) > 1 else ())
        below = [
            DemandRow(
                f"{line.id}.{each.slug}",
                each.label,
                2,
                self._figures(f"{line.id}.{each.slug}", each.label, each),
                self._live(each),
            )
            for each in rest
        ]
        live = self._live(types[0]) if is_own or len(types) == 1 else ()
        yield DemandRow(line.id, line.label, 1, {**head, **{c: money[c] for c in MONEY}}, live)
        yield from below

    def _live(self, kind: _Type) -> tuple[Stay, ...]:
        return tuple(each for each in kind.stays or () if each.is_live(self.at))

    # Figures ---------------------------------------------------------------------------------------------------

    def _figures(self, row: str, label: str, kind: _Type | None) -> dict[str, Figure]:
        """The numbers and costs of one type; every one of them open where a line has none of its own name."""
        if kind is None:
            return {c: self._open(row, label, c, "see the types beneath") for c in (*NUMBERS, *COSTS)}
        found = {c: self._open(row, label, c, "nobody has said") for c in (*NUMBERS, *COSTS)}
        if kind.budgeted:
            found |= self._as_budgeted(row, label, kind.budgeted)
        if kind.stays is not None:
            return found | self._as_registered(row, label, kind, kind.stays)
        in_year = [each for each in kind.months if self.of.first_day <= each.month <= self.at]
        return found | (self._as_counted(row, label, kind.months, in_year) if in_year else {})

    def _as_budgeted(self, row: str, label: str, budgeted: Sequence[Activity]) -> dict[str, Figure]:
        numbers = [source_of(each, "number", f"{each.type}, as budgeted", "number") for each in budgeted]
        prices = [source_of(each, "price", f"{each.type}: budgeted price") for each in budgeted]
        number = sum((Fraction(each.number) for each in budgeted), Fraction(0))
        cost = sum((Fraction(each.number * each.price) for each in budgeted), Fraction(0))
        price = cost / number if number else Fraction(budgeted[0].price) if len(budgeted) == 1 else None
        return {
            "budgeted": self._figure(row, label, "budgeted", number, "as read", numbers),
            "budgeted_price": self._figure(row, label, "budgeted_price", price, "by number", (*numbers, *prices)),
        }

    def _as_registered(self, row: str, label: str, kind: _Type, stays: Sequence[Stay]) -> dict[str, Figure]:
        moved = flow(stays, self.of.first_day, self.at)
        bought = kind.bought or Bought(Fraction(0), Fraction(0))
        weeks = bought.quantity / NIGHTS_A_WEEK

        def counted(column: str, among: Sequence[Stay], rule: str) -> Figure:
            parts = tuple(source_of(each.latest, "weekly_cost", f"{each.ref} {each.type}") for each in among)
            return self._figure(row, label, column, Fraction(len(among)), rule, parts)

        paid = [*self._contributed(stays)]
        return {
            "average": self._figure(
                row, label, "average", bought.quantity / self.of.days, f"nights ÷ {self.of.days} days", bought.parts
            ),
            "opening": counted("opening", moved.opening, "live on the last night before the year"),
            "came": counted("came", moved.came, "begun in the year"),
            "went": counted("went", moved.went, "ended in the year"),
            "closing": counted("closing", moved.closing, f"live on the night of {self.at:%d/%m/%Y}"),
            "weeks": self._figure(row, label, "weeks", weeks, "nights ÷ 7", bought.parts),
            "price": self._figure(
                row, label, "price", bought.cost / weeks if weeks else None, "cost ÷ weeks", bought.parts
            ),
            "registered": self._figure(row, label, "registered", bought.cost, "nights × price of one", bought.parts),
            "contributions": Figure(
                self._id(row, "contributions"), f"{label}: {WORDS['contributions']}", total(paid),
                "nights × what others pay of one, each to the penny", tuple(paid),
            ),
        }  # fmt: skip

    def _contributed(self, stays: Sequence[Stay]) -> Iterator[Source]:
        """What others pay for the nights of the year, as known at the period's end."""
        for placement in (row for stay in stays for row in stay.rows):
            end = expected_end(placement, self.at)
            nights = nights_within(placement.start, end, self.of.first_day, self.of.last_day)
            for source, field, a_week in placement.contributions:
                read = source_of(placement, field, f"{placement.ref}: {source}, {nights} nights")
                yield Source(read.label, pounds(a_week * nights / NIGHTS_A_WEEK), read.cells, read.illustrative)

    def _as_counted(
        self, row: str, label: str, months: Sequence[PlacementMonth], in_year: Sequence[PlacementMonth]
    ) -> dict[str, Figure]:
        numbers = [source_of(m, "number", f"{m.type}, {m.month:%B %Y}", "number") for m in in_year]
        average = sum((Fraction(m.number) for m in in_year), Fraction(0)) / len(in_year)
        weeks = average * self.of.days / NIGHTS_A_WEEK
        before = [m for m in months if m.month < self.of.first_day][-1:]
        last = in_year[-1] if in_year[-1].month == self.at else None
        priced = [m for m in in_year if m.weekly_cost is not None]
        number = sum((Fraction(m.number) for m in priced), Fraction(0))
        cost = sum((Fraction(m.number) * Fraction(m.weekly_cost or 0) for m in priced), Fraction(0))
        prices = [source_of(m, "weekly_cost", f"{m.type}: weekly cost, {m.month:%B %Y}") for m in priced]
        rule = f"the average of {len(in_year)} month ends"

        def at_end_of(column: str, months: Sequence[PlacementMonth]) -> Figure:
            parts = [source_of(m, "number", f"{m.type}, {m.month:%B %Y}", "number") for m in months]
            return self._figure(row, label, column, Fraction(months[0].number) if months else None, "as read", parts)

        known = len(priced) == len(in_year) and number
        return {
            "average": self._figure(row, label, "average", average, rule, numbers),
            "opening": at_end_of("opening", before),
            "closing": at_end_of("closing", [last] if last else []),
            "weeks": self._figure(row, label, "weeks", weeks, f"{rule} × {self.of.days} ÷ 7", numbers),
            "price": self._figure(
                row, label, "price", cost / number if known else None, "by number", (*numbers, *prices)
            ),
        }

    def _figure(
        self, row: str, label: str, column: str, amount: Fraction | None, rule: str, parts: Sequence[Source | Figure]
    ) -> Figure:
        rounded = None if amount is None else _rounded(amount, _PLACES[column])
        unit = _UNITS.get(column, "£")
        return Figure(self._id(row, column), f"{label}: {WORDS[column]}", rounded, rule, tuple(parts), unit)

    def _open(self, row: str, label: str, column: str, why: str) -> Figure:
        return self._figure(row, label, column, None, why, ())

    def _id(self, row: str, column: str) -> str:
        return f"{period_name(self.result.period)}/demand/{row}/{column}"


def _is_of(line: Line, lines: Sequence[Line]) -> bool:
    return [each.id for each in lines] == [line.id]


def _rounded(amount: Fraction, place: Decimal) -> Decimal:
    """To a place, halves away from zero."""
    return (Decimal(amount.numerator) / amount.denominator).quantize(place, rounding=ROUND_HALF_UP)
