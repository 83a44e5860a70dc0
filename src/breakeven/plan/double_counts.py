"""Money that may be claimed twice: by two savings of one line, or by a saving and by what is assumed of demand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from breakeven.findings import Finding
from breakeven.ledger.assumptions import Assumption
from breakeven.ledger.savings import Saving
from breakeven.ledger.scenarios import Overlay
from breakeven.ledger.targets import in_words, lines_named
from breakeven.ledger.year import Body, ContractYear
from breakeven.periods import year_of

_OVER = ("delivered", "not deliverable")
"""Statuses of schemes that have nothing left to claim."""


def double_counts(year: ContractYear) -> tuple[Finding, ...]:
    """A warning for each line of a folder whose savings may be counted twice. Nothing is taken off: people know.

    Two schemes or more that are still to be made claim more of a line's revised budget together than
    ``savings_share_pct``; or one is on a line of which an assumption, or a scenario, has less as well, in a year in
    which it saves.
    """
    claims = _claims(year)
    return (*_overlaps(year, claims), *_drivers(year, claims))


def with_double_counts(year: ContractYear) -> ContractYear:
    """The year with these warnings among its findings, after what reading found."""
    return replace(year, findings=(*year.findings, *double_counts(year)))


def _claims(year: ContractYear) -> dict[str, list[Saving]]:
    """Schemes that are still to be made, by the one line that each is on."""
    found: dict[str, list[Saving]] = {}
    for saving in year.ledgers.schemes:
        lines = lines_named(saving.line, year.body)
        if len(lines) == 1 and saving.status not in _OVER and saving.amount:
            found.setdefault(lines[0], []).append(saving)
    return found


def _overlaps(year: ContractYear, claims: dict[str, list[Saving]]) -> Iterator[Finding]:
    budget: dict[str, Decimal] = {}
    for record in year.ledgers.budget:
        line = year.body.chart.line_of(record.coding)
        budget[line] = budget.get(line, Decimal(0)) + record.revised
    share_pct = year.body.savings_share_pct
    for line, savings in claims.items():
        claimed, cost = sum((saving.amount for saving in savings), Decimal(0)), budget.get(line, Decimal(0))
        if len(savings) < 2 or cost <= 0 or claimed * 100 <= cost * share_pct:
            continue
        message = (
            f"{_listed(savings)} claim £{claimed:,.0f} a year of {savings[0].line} together, "
            f"{claimed * 100 / cost:.1f}% of its budget of £{cost:,.0f} and more than {share_pct.normalize():f}%: "
            "is any of it claimed twice?"
        )
        yield Finding("saving-overlap", message, savings[-1].cell_of("amount"))


@dataclass(frozen=True, slots=True)
class _Fall:
    """An assumption, or a row of a scenario, that makes one line smaller."""

    line: str
    record: Assumption | Overlay
    body: Body

    @property
    def scenario(self) -> str:
        """Whose it is; blank for the plan's own."""
        return self.record.scenario if isinstance(self.record, Overlay) else ""

    @property
    def key(self) -> tuple[str, str]:
        """What falls of one line are told together by."""
        return self.line, self.scenario

    @property
    def in_words(self) -> str:
        """What falls, and when."""
        if isinstance(self.record, Overlay):
            return in_words(self.record, self.body)
        return f"{self.record.kind} of {self.record.value.normalize():f}% in {self.record.year.on_screen}"

    def meets(self, saving: Saving) -> bool:
        """Whether a scheme saves in a year that it is about."""
        last = self.record.last if isinstance(self.record, Overlay) else self.record.year
        return last is None or year_of(saving.start) <= last


def _drivers(year: ContractYear, claims: dict[str, list[Saving]]) -> Iterator[Finding]:
    records = [each for each in year.ledgers.assumptions if each.kind == "growth" and each.value < 0]
    lowering = (*records, *filter(_lowers, year.ledgers.scenarios))
    falls = [
        _Fall(line, each, year.body)
        for each in lowering
        for line in lines_named(each.line, year.body)
        if line in claims
    ]
    for (line, scenario), group in groupby(sorted(falls, key=lambda each: each.key), lambda each: each.key):
        of_line = list(group)
        both = [saving for saving in claims[line] if any(fall.meets(saving) for fall in of_line)]
        met = [fall for fall in of_line if any(fall.meets(saving) for saving in both)]
        if met:
            message = (
                f"{_listed(both)} {'save' if len(both) > 1 else 'saves'} on {both[0].line}, and "
                f"{f'scenario {scenario!r}' if scenario else 'the plan'} has "
                f"{', '.join(fall.in_words for fall in met)}: is one fall counted twice?"
            )
            yield Finding("saving-and-demand", message, met[0].record.cell_of("value"))


def _lowers(overlay: Overlay) -> bool:
    """Whether a scenario's row has less of a line, whatever it was; one that sets a number may do either."""
    if overlay.what == "growth" and overlay.how == "set":
        return overlay.value < 0
    falls = overlay.value < 1 if overlay.how == "multiply" else overlay.how == "add" and overlay.value < 0
    return falls and overlay.what in {"number", "growth", "amount"}


def _listed(savings: Sequence[Saving]) -> str:
    *first, last = [saving.ref for saving in savings]
    return f"{', '.join(first)} and {last}" if first else last
