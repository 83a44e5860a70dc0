"""The least parts of a month end: what each holds by column, and how the rest of its year is forecast."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from breakeven.ledger.provenance import Figure, Source, sum_figure
from breakeven.ledger.rules import Method
from breakeven.ledger.year import ContractYear
from breakeven.money import NIL
from breakeven.monitoring.forecast import Known, Rest, rest_of_year
from breakeven.monitoring.outturn import Flow
from breakeven.monitoring.overrides import overrides_at
from breakeven.periods import period_name

BUDGET_RULE = "original budget + virements and variations"
ACTUAL_RULE = "posted + accruals less prepayments and reversals"

COLUMN_WORDS = {
    "original": "original budget",
    "virements": "virements and variations",
    "budget": "current budget",
    "budget_to_date": "budget to date",
    "posted": "posted to date",
    "accruals": "accruals to date",
    "actual": "actual to date",
    "variance_to_date": "variance to date",
    "commitments": "commitments",
    "rest": "forecast for the rest of the year",
    "forecast": "forecast outturn",
    "variance": "variance of the forecast",
    "previous": "forecast when last closed",
    "movement": "movement since last closed",
    "left": "money left",
}
"""What each column is called in words."""


Key = tuple[str, str]
"""What a least part is known by from one close to the next: its cost centre and account, or blank and a row's id."""

Previous = Mapping[Key, Decimal | None]
"""The forecast outturn of each least part when a period was last closed."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One cost centre and account, or one source of income, with its figures by column, positive as records are."""

    id: str
    label: str
    flow: Flow
    line: str
    """The line it belongs to; for income ``contract_sum``, ``variations`` or ``third_party_income``."""
    category: str
    cost_centre: str
    account: str
    method: str
    figures: Mapping[str, Figure]
    """By column: original, virements, budget_to_date, posted, accruals, commitments, rest and previous."""

    @property
    def key(self) -> Key:
        """What it is known by from one close to the next, whatever line the chart has it on."""
        return (self.cost_centre, self.account) if self.cost_centre else ("", self.id)


class Maker:
    """Makes the least parts of one period. ``methods`` are those asked for by the id of a line, ``""`` for all."""

    def __init__(
        self, year: ContractYear, period: int, methods: Mapping[str, Method], previous: Previous | None
    ) -> None:
        self.year = year
        self.period = period
        self.rules = year.body.month_end
        self.methods = methods
        self.when_closed = previous
        self.name = period_name(period)
        self.by_hand = overrides_at(year, period)

    def figure(self, row_id: str, column: str, label: str, parts: Sequence[Source | Figure], rule: str = "") -> Figure:
        """One figure of a part: the sum of what was read, or of other figures by a rule."""
        said = rule or ("as read" if len(parts) == 1 else "the sum of what was read" if parts else "none")
        return sum_figure(f"{self.name}/outturn/{row_id}/{column}", f"{label}: {COLUMN_WORDS[column]}", said, parts)

    def missing(self, row_id: str, column: str, label: str, why: str) -> Figure:
        """One figure that is open, and why."""
        return Figure(f"{self.name}/outturn/{row_id}/{column}", f"{label}: {COLUMN_WORDS[column]}", None, why, ())

    def known(
        self,
        row_id: str,
        label: str,
        figures: Mapping[str, Figure],
        due: Sequence[Source],
        has_register: bool,  # noqa: FBT001
        last_year: Sequence[Decimal] | None,
    ) -> Known:
        """What the rest of a part's year can be forecast from."""
        return Known(
            period=self.period,
            budget=self.figure(row_id, "budget", label, [figures["original"], figures["virements"]], BUDGET_RULE),
            budget_to_date=figures["budget_to_date"],
            actual=self.figure(row_id, "actual", label, [figures["posted"], figures["accruals"]], ACTUAL_RULE),
            commitments=due,
            has_register=has_register,
            last_year=last_year,
        )

    def method(self, line: str, row_id: str = "") -> Method:
        """The method asked for, else that of the line's rules, else the body's; by hand where there is an override."""
        for name in (row_id or line, line, ""):
            if name in self.methods:
                return self.methods[name]
        if self.by_hand.get(row_id or line):
            return "manual"
        return self.rules.method_of(row_id, line)

    def forecast(self, leaves: Sequence[tuple[Leaf, Method, Known]], *, agreed: bool = False) -> Iterator[Leaf]:
        """Each part with its rest of the year; an override is for a line, and is shared over the parts of it."""
        of_line: dict[str, list[int]] = {}
        for place, (leaf, _, _) in enumerate(leaves):
            of_line.setdefault(leaf.id if leaf.flow is Flow.INCOME else leaf.line, []).append(place)
        rests: dict[int, Rest] = {}
        for line, places in of_line.items():
            by_hand = self.by_hand.get(line)
            if by_hand and leaves[places[0]][1] == "manual":
                rests |= dict(zip(places, by_hand.rests([leaves[place][2] for place in places]), strict=True))
        for place, (leaf, method, known) in enumerate(leaves):
            rest = rests.get(place) or rest_of_year("budget" if agreed else method, known)
            said = "as agreed" if agreed and place not in rests else rest.method
            figure = Figure(
                f"{self.name}/outturn/{leaf.id}/rest",
                f"{leaf.label}: {COLUMN_WORDS['rest']}",
                rest.amount,
                f"{said}: {rest.rule}",
                rest.parts,
            )
            yield replace(leaf, method=said, figures={**leaf.figures, "rest": figure})

    def previous(self, row_id: str, label: str, key: Key | None = None) -> Figure:
        """The forecast when a period was last closed; nil for a part that was not there then, open where none was."""
        closed = self.when_closed
        amount = None if closed is None else closed.get(key or ("", row_id), NIL)
        rule = "no period before this one is closed" if closed is None else "as the last closed period had it"
        return Figure(
            f"{self.name}/outturn/{row_id}/previous", f"{label}: {COLUMN_WORDS['previous']}", amount, rule, ()
        )
