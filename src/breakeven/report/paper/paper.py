"""The committee paper as parts in order, each with numbered paragraphs, its tables and its charts, for any format."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from breakeven.ledger.year import InputFile
from breakeven.pipeline.at_period import AtPeriod
from breakeven.pipeline.year_end import YearEnd
from breakeven.report.month_end import month_end_statement
from breakeven.report.outturn import outturn_statement
from breakeven.report.pack import Pack
from breakeven.report.paper.narrative import (
    how_the_year_ended,
    what_drove_it,
    what_is_next,
    what_is_to_be_saved,
    where_the_money_came_from,
)
from breakeven.report.paper.recommendations import ASKED, purpose, recommendations
from breakeven.report.plan import plan_statement
from breakeven.report.run_rate import run_rate_message
from breakeven.report.savings import savings_statement
from breakeven.report.section import Chart, LeftOut, Message, Section
from breakeven.report.statement import Statement
from breakeven.report.table_view import TableView


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the paper. ``id`` is the name by which a template of the user's own can ask for it."""

    id: str
    title: str
    paragraphs: tuple[Message, ...] = ()
    called_out: tuple[str, ...] = ()
    """What must not be missed."""
    points: tuple[str, ...] = ()
    """What is said one by one: recommendations, slips that were found."""
    charts: tuple[Chart, ...] = ()
    tables: tuple[Statement, ...] = ()
    asides: tuple[str, ...] = ()
    """Ids of tables that are set small: they have many columns."""


def about(view: TableView) -> str:
    """What stands beneath every table: its state, its unit, and how it is signed and marked."""
    state = f"{view.state[:1].upper()}{view.state[1:]}"
    first = ", ".join(part for part in (state, f"in {view.unit}" if view.unit else "") if part)
    return " ".join(part for part in (f"{first}." if first else "", view.about) if part)


@dataclass(frozen=True)
class Paper:
    """What a committee is handed to read and decide on."""

    body: str
    title: str
    state: str
    parts: tuple[Part, ...]
    appendices: tuple[Part, ...]
    notes: tuple[str, ...]
    inputs: tuple[InputFile, ...]
    made_by: str

    @property
    def every_part(self) -> tuple[Part, ...]:
        """The paper, then its appendices."""
        return (*self.parts, *self.appendices)


def make_paper(pack: Pack) -> Paper:
    """The paper of a pack: its own sentences, with the tables that a decision needs, and the rest as appendices."""
    end = pack.end
    sections = {section.id: section for section in pack.sections}
    appendices = tuple(_appendices(pack, sections))
    names = {part.id: appendix_name(place) for place, part in enumerate(appendices)}
    return Paper(
        body=pack.body,
        title=pack.title,
        state=pack.state,
        parts=tuple(_parts(pack, end, sections, names)),
        appendices=appendices,
        notes=pack.notes,
        inputs=pack.inputs,
        made_by=pack.made_by,
    )


def appendix_name(place: int) -> str:
    """What an appendix is called by its place, the first of them 0: ``Appendix A``."""
    return f"Appendix {chr(ord('A') + place)}"


def _parts(pack: Pack, end: YearEnd, sections: dict[str, Section], appendices: dict[str, str]) -> Iterator[Part]:
    """The paper itself. appendices: what each is called, by its id."""
    year, plan = end.year.body.year, end.plan
    listing = appendices["appendix_reconciliation"]
    found = sections["reconciliation"]
    differing = (len(found.called_out), len(found.points))
    yield Part("purpose", "Purpose", tuple(purpose(pack)))
    yield Part("recommendations", "Recommendations", (ASKED,), points=recommendations(pack, differing, listing))
    yield Part("key_messages", "Key messages", pack.messages)
    if pack.at:
        yield _month_end(pack.at, sections)
    yield Part("context", "Financial context", tuple(where_the_money_came_from(end)))
    yield Part(
        "outturn",
        f"{'Budget' if end.year.starts_from_budget else 'Outturn'} {year.on_screen}",
        (*how_the_year_ended(end), *what_drove_it(end, listing)),
        charts=() if pack.at else _charts(sections, "variance"),
        tables=(outturn_statement(end),),
    )
    listed_in = (f"Other figures that differ are listed in {listing}.",) if found.points else ()
    yield Part("reconciliation", "Reconciliation", _told((*found.lead, *listed_in)), found.called_out)
    if "savings" in sections:
        tracked = savings_statement(end, schemes=False)
        yield Part(
            "savings",
            "Savings programme",
            (*what_is_to_be_saved(end), *_claimed_twice(sections["savings"].points)),
            points=sections["savings"].points,
            charts=_charts(sections, "savings"),
            tables=(tracked,),
        )
    yield Part(
        "plan",
        f"Medium-term financial plan {plan.years[0].on_screen} to {plan.years[-1].on_screen}",
        tuple(what_is_next(end)),
        charts=_charts(sections, "plan"),
        tables=(plan_statement(end),),
    )
    risks = [sections[name] for name in ("certainty", "sensitivity", "scenarios") if name in sections]
    run_rate = run_rate_message(end)
    if risks or run_rate:
        yield Part(
            "risks",
            "Risks and sensitivities",
            (*filter(None, (run_rate,)), *(message for section in risks for message in _told(section.lead))),
            charts=tuple(chart for section in risks for chart in section.charts),
            tables=tuple(each for section in risks for each in section.statements if each.id in _RISK_TABLES),
        )
    if "assumptions" in sections:
        where = (
            f"Each assumption, with its owner, quality and source, is listed in {appendices['appendix_assumptions']}."
        )
        yield Part("assumptions", "Assumptions", _told((*sections["assumptions"].lead, where)))


def _month_end(at: AtPeriod, sections: dict[str, Section]) -> Part:
    """The period that is stated beside the year end: what a committee asks for first, by category."""
    found = sections["month-end"]
    shown = month_end_statement(at)
    wanted = {"budget", "actual", "forecast", "variance", "rag"}
    shown = replace(shown, columns=tuple(each for each in shown.columns if each.id in wanted), notes=())
    return Part(
        "month_end", found.title, _told(found.lead), charts=_charts(sections, "variance"), tables=(shown,),
    )  # fmt: skip


def _claimed_twice(points: Sequence[str]) -> tuple[Message, ...]:
    if not points:
        return ()
    said = "One saving" if len(points) == 1 else f"{len(points)} savings or groups of them"
    return (Message(f"{said} may be counted twice in the plan; nothing is taken off for it:", ()),)


_RISK_TABLES = {"simulation", "scenarios"}
"""What of the risks is shown in the paper itself; the rest is in the appendices."""


def _charts(sections: dict[str, Section], name: str) -> tuple[Chart, ...]:
    return sections[name].charts if name in sections else ()


def _told(sentences: Iterable[str]) -> tuple[Message, ...]:
    return tuple(Message(sentence, ()) for sentence in sentences)


_APPENDED = {
    "month-end": None,
    "outturn": None,
    "variance": None,
    "reconciliation": None,
    "savings": None,
    "plan": None,
    "demand": None,
    "workforce": None,
    "performance": None,
    "certainty": {"spread"},
    "sensitivity": None,
    "assumptions": None,
}
"""What is appended, in this order: all tables of a section, or some of them."""


def _appendices(pack: Pack, sections: dict[str, Section]) -> Iterator[Part]:
    for name, wanted in _APPENDED.items():
        if name not in sections:
            continue
        section = sections[name]
        tables = tuple(each for each in section.statements if wanted is None or each.id in wanted)
        in_paper = name in {"demand", "workforce", "performance"}
        yield Part(
            f"appendix_{name.replace('-', '_')}",
            section.title if name != "certainty" else "What the spread comes from",
            _told(section.lead) if in_paper else (),
            points=section.points if name == "reconciliation" else (),
            charts=section.charts if in_paper else (),
            tables=tables,
            asides=section.asides,
        )
    left_out: tuple[LeftOut, ...] = pack.left_out
    if left_out:
        yield Part(
            "appendix_left_out", "What is left out", points=tuple(f"{each.title}: {each.why}." for each in left_out)
        )
