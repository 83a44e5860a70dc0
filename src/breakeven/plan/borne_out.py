"""Whether the outturn bears savings out: what is claimed on each line, gross, against the line's net variance."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from breakeven.ledger.chart import slug
from breakeven.ledger.provenance import Figure, less, sum_figure
from breakeven.ledger.targets import INCOME_LINES, lines_named
from breakeven.ledger.year import Body
from breakeven.monitoring.outturn import Flow, Outturn, OutturnRow, row_id
from breakeven.plan.groups import line_label
from breakeven.plan.savings import Programme, Scheme

Verdict = Literal["open", "as underspend", "within budget", "in part", "not seen"]


@dataclass(frozen=True, slots=True)
class BorneOut:
    """The base year's own schemes on one line, or on several that one name stands for, in pounds.

    planned: what they were to save in the year; claimed: what is said to be saved. under: how much better the line came
    out than its budget, whatever the reason. shown: how much of what is claimed that leaves room for.
    """

    id: str
    label: str
    flow: Flow
    schemes: tuple[Scheme, ...]
    planned: Figure
    claimed: Figure
    budget: Figure
    outturn: Figure
    under: Figure
    shown: Figure

    @property
    def verdict(self) -> Verdict:
        """What the outturn says of the claim."""
        shown, claimed, under = self.shown.amount, self.claimed.amount, self.under.amount
        if shown is None or claimed is None or under is None:
            return "open"
        if shown < claimed:
            return "in part" if shown else "not seen"
        return "as underspend" if under >= claimed > 0 else "within budget"

    def figures(self) -> Iterator[Figure]:
        """Every figure."""
        yield from (self.planned, self.claimed, self.budget, self.outturn, self.under, self.shown)


def borne_out(programme: Programme, expected: Outturn, body: Body) -> tuple[BorneOut, ...]:
    """The base year's own schemes by line, against its outturn or the forecast of it.

        under = budget − outturn of expenditure, outturn − budget of income
        shown = planned + under, from nil to what is claimed

    A budget is taken to hold its year's savings as planned: a line on its budget has made them. What else moved the
    line is in ``under`` too: it bears a saving out, and cannot prove it.
    """
    rows = {row.id: row for row in expected.rows}
    by_lines: dict[tuple[str, ...], list[Scheme]] = {}
    for scheme in programme.counted_in(programme.base):
        if lines := lines_named(scheme.saving.line, body):
            by_lines.setdefault(lines, []).append(scheme)
    found: list[BorneOut] = []
    for lines, schemes in by_lines.items():
        own = [rows[name] for line in lines if (name := _row_of(line, body)) in rows]
        if own:
            found.append(_borne_out(programme, own, schemes, body))
    return tuple(found)


def _row_of(line: str, body: Body) -> str:
    return line if line in INCOME_LINES else row_id(body.chart, line)


def _borne_out(programme: Programme, rows: Sequence[OutturnRow], schemes: Sequence[Scheme], body: Body) -> BorneOut:
    base = programme.base
    label = line_label(schemes[0].saving, body)
    name, flow = slug(label), rows[0].flow

    def add(column: str, parts: Sequence[Figure]) -> Figure:
        return sum_figure(
            f"savings/on/{name}.{column}/{base}", f"{label}: {column}", f"the sum of {len(parts)} figures", parts
        )

    planned = add("planned", [scheme.years[base].planned for scheme in schemes])
    claimed = add("claimed", [scheme.years[base].forecast for scheme in schemes])
    budget, outturn = add("budget", [row.budget for row in rows]), add("outturn", [row.actual for row in rows])
    better, worse = (outturn, budget) if flow is Flow.INCOME else (budget, outturn)
    under = Figure(
        f"savings/on/{name}.under/{base}", f"{label}: under budget", less(better, worse),
        "outturn − budget" if flow is Flow.INCOME else "budget − outturn", (better, worse),
    )  # fmt: skip
    shown = Figure(
        f"savings/on/{name}.shown/{base}", f"{label}: shown by the outturn",
        _shown(planned.amount, claimed.amount, under.amount), "planned + under budget, from nil to what is claimed",
        (planned, under, claimed),
    )  # fmt: skip
    return BorneOut(name, label, flow, tuple(schemes), planned, claimed, budget, outturn, under, shown)


def _shown(planned: Decimal | None, claimed: Decimal | None, under: Decimal | None) -> Decimal | None:
    if planned is None or claimed is None or under is None:
        return None
    return min(max(planned + under, Decimal(0)), claimed)
