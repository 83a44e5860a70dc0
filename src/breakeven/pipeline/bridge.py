"""The bridge to money of a year that is worked out, and its figures in the year's book."""

from collections.abc import Iterable, Iterator

from breakeven.ledger.bridge import as_typed
from breakeven.ledger.provenance import Figure, Source, sum_figure
from breakeven.pipeline.questions import setting_of
from breakeven.pipeline.year_end import YearEnd, with_figures
from breakeven.plan.bridge import Bridge, Moved
from breakeven.plan.bridge import bridge as bridged
from breakeven.plan.compare import Amounts

TOTAL = "total"
"""What the column of all years together is called in a figure's id."""


def bridge(end: YearEnd) -> Bridge:
    """What one step of each indicator and driver does to the plan as it stands: positions by year, and in total."""
    return bridged(setting_of(end))


def with_bridge(end: YearEnd, found: Bridge | None = None) -> YearEnd:
    """The same year with the figures of its bridge in its book."""
    steps = (found or bridge(end)).moving
    return with_figures(end, (figure for step in steps for figure in figures_of(step, end)), end.marks)


def part_id(step: Moved, place: int) -> str:
    """The id, within the bridge, of what one change of a step does alone."""
    return f"{step.id}.{place + 1}"


def what_if_words(step: Moved) -> str:
    """A step as the command that puts it to the plan: ``breakeven what-if external_fostering.number=-10 ...``."""
    return " ".join(("breakeven what-if", *(as_typed(part.overlay) for part in step.parts)))


def figures_of(step: Moved, end: YearEnd) -> Iterator[Figure]:
    """What a step and each of its changes do to each year's position, and in total; none where that is open."""
    if step.found is None:
        return
    rule = f"the position with it less the position without: {what_if_words(step)}"
    label = step.first.driver
    whole = [source for part in step.parts for source in part.sources]
    lines = dict.fromkeys(line for part in step.parts for line in part.lines)
    yield from _by_year(step.id, label, rule, step.position, (whole, lines), end)
    for place, (part, change) in enumerate(zip(step.parts, step.found.changes, strict=True)):
        alone = f"the same with this change alone: {as_typed(part.overlay)}"
        of = part.sources, part.lines
        yield from _by_year(part_id(step, place), f"{label}: {part.row.line}", alone, change.position, of, end)


def _by_year(
    row: str, label: str, rule: str, position: Amounts, of: tuple[Iterable[Source], Iterable[str]], end: YearEnd
) -> Iterator[Figure]:
    """Each year's figure, of the plan's lines that are moved and of what the step's size comes from; and their sum."""
    sources, lines = of
    years: list[Figure] = []
    for year, amount in zip(end.plan.years, position, strict=True):
        planned = (figure for line in lines if (figure := end.book.get(f"plan/{line}/{year}")))
        name = f"{label} {year.on_screen}"
        years.append(Figure(f"bridge/{row}/{year}", name, amount, rule, (*sources, *planned)))
    yield from years
    yield sum_figure(f"bridge/{row}/{TOTAL}", f"{label}: all years", "the sum of the years", years)
