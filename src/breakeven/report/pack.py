"""The pack: everything that a committee is handed about a year, worked out once and drawn by every format."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import breakeven
from breakeven.ledger.provenance import Figure
from breakeven.ledger.year import InputFile
from breakeven.periods import period_name
from breakeven.pipeline.at_period import AtPeriod, at_period
from breakeven.pipeline.year_end import YearEnd, with_figures
from breakeven.report.key_messages import headlines, key_messages
from breakeven.report.outturn import outturn_statement
from breakeven.report.plan import laid_over
from breakeven.report.plan_sections import (
    assumptions_section,
    certainty_section,
    plan_section,
    savings_section,
    scenarios_section,
    sensitivity_section,
)
from breakeven.report.section import LeftOut, Message, Section
from breakeven.report.statement import Statement
from breakeven.report.year_sections import (
    demand_section,
    month_end_section,
    other_tests_section,
    outturn_section,
    performance_section,
    reconciliation_section,
    variance_section,
    workforce_section,
)


@dataclass(frozen=True)
class Pack:
    """A whole report. No format adds anything up: each draws these statements and charts, in this order."""

    end: YearEnd
    """The year that it was made of."""
    at: AtPeriod | None
    """A period that it states too."""
    name: str
    """What its files are called, without an ending: ``breakeven-2023-24``."""
    title: str
    state: str
    headlines: Statement
    """The few figures that are looked for first."""
    messages: tuple[Message, ...]
    sections: tuple[Section, ...]
    left_out: tuple[LeftOut, ...]
    notes: tuple[str, ...]
    """Said once, of every statement."""
    inputs: tuple[InputFile, ...]
    made_by: str

    @property
    def body(self) -> str:
        """Whose report it is."""
        return self.end.year.body.name

    @property
    def book(self) -> Mapping[str, Figure]:
        """The figures behind its statements, by id; but none of demand at a period, which rest on single children."""
        return {**self.end.book, **{each.id: each for section in self.sections for each in section.figures}}

    def statements(self) -> Iterator[Statement]:
        """Every table, the charts' own among them, in the order of a page."""
        yield self.headlines
        for section in self.sections:
            yield from (chart.data for chart in section.charts)
            yield from section.statements


def make_pack(end: YearEnd, period: int | None = None) -> Pack:
    """Work out every section that the folder has the records for.

    period: 1 to 13, state the year as it stands at the end of that period too, and demand then.
    """
    at = at_period(end, period) if period else None
    made: tuple[Section | LeftOut, ...] = (
        *([month_end_section(at)] if at else []),
        outturn_section(end),
        reconciliation_section(end),
        variance_section(end, period),
        plan_section(end),
        savings_section(end),
        demand_section(end, period),
        workforce_section(end),
        performance_section(end),
        scenarios_section(end),
        certainty_section(end),
        sensitivity_section(end),
        assumptions_section(end),
        other_tests_section(end),
    )
    sections = [_once(each, end) for each in made if isinstance(each, Section)]
    body = end.year.body
    asked = [
        *([(period_name(period), f" at {period_name(period)}")] if period else []),
        *((_slug(each), f", scenario {each}") for each in laid_over(end)),
        *([(end.plan.view, f", savings as {end.plan.view}")] if end.plan.view != "planned" else []),
    ]
    return Pack(
        end=end,
        at=at,
        name="-".join(["breakeven", str(body.year), *(in_name for in_name, _ in asked)]),
        title=f"Finance report {body.year.on_screen}{''.join(in_title for _, in_title in asked)}",
        state=_state(end, at),
        headlines=headlines(with_figures(end, at.result.figures(), at.marks) if at else end, at),
        messages=tuple(key_messages(end, {section.id: section for section in sections}, at)),
        sections=tuple(sections),
        left_out=tuple(each for each in made if isinstance(each, LeftOut)),
        notes=body.notes,
        inputs=end.year.inputs,
        made_by=f"breakeven {breakeven.__version__}",
    )


def _state(end: YearEnd, at: AtPeriod | None) -> str:
    """How sure the figures are; where a period stands beside the year end, each of them."""
    state = outturn_statement(end).state
    return (
        f"forecast ({period_name(at.result.period)}), and year end {state}" if at and at.is_beside_year_end else state
    )


def _slug(name: str) -> str:
    """A scenario's name as part of a file's: letters and digits alone, so that it leads to no other folder."""
    return "".join(letter if letter.isalnum() else "-" for letter in name.lower()).strip("-") or "scenario"


def _once(section: Section, end: YearEnd) -> Section:
    """A section without the notes that the pack says once."""
    said = set(end.year.body.notes)
    statements = tuple(
        replace(each, notes=tuple(note for note in each.notes if note not in said)) for each in section.statements
    )
    return replace(section, statements=statements)
