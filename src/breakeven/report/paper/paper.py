"""The committee paper as parts in order, each with numbered paragraphs, its tables and its charts, for any format."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from breakeven.ledger.year import InputFile
from breakeven.pipeline.year_end import YearEnd
from breakeven.report.outturn import outturn_statement
from breakeven.report.pack import Pack
from breakeven.report.paper.narrative import (
    STATES,
    how_the_year_ended,
    what_drove_it,
    what_is_next,
    what_is_to_be_saved,
    where_the_money_came_from,
)
from breakeven.report.paper.sentences import Sentences
from breakeven.report.plan import plan_statement
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
    return Paper(
        body=pack.body,
        title=pack.title,
        state=pack.state,
        parts=tuple(_parts(pack, end, sections)),
        appendices=tuple(_appendices(pack, sections)),
        notes=pack.notes,
        inputs=pack.inputs,
        made_by=pack.made_by,
    )


def _parts(pack: Pack, end: YearEnd, sections: dict[str, Section]) -> Iterator[Part]:
    year, plan = end.year.body.year, end.plan
    yield Part("purpose", "Purpose", (_purpose(end),))
    yield Part("recommendations", "Recommendations", (_ASKED,), points=tuple(_recommendations(end, sections)))
    yield Part("key_messages", "Key messages", pack.messages)
    yield Part("context", "Financial context", tuple(where_the_money_came_from(end)))
    yield Part(
        "outturn",
        f"Outturn {year.on_screen}",
        (*how_the_year_ended(end), *what_drove_it(end)),
        charts=_charts(sections, "variance"),
        tables=(outturn_statement(end),),
    )
    found = sections["reconciliation"]
    yield Part("reconciliation", "Reconciliation", _told(found.lead), found.called_out)
    if "savings" in sections:
        tracked = savings_statement(end, schemes=False)
        yield Part(
            "savings",
            "Savings programme",
            tuple(what_is_to_be_saved(end)),
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
    if risks:
        yield Part(
            "risks",
            "Risks and sensitivities",
            tuple(message for section in risks for message in _told(section.lead)),
            charts=tuple(chart for section in risks for chart in section.charts),
            tables=tuple(each for section in risks for each in section.statements if each.id in _RISK_TABLES),
        )
    if "assumptions" in sections:
        yield Part("assumptions", "Assumptions", (*_told(sections["assumptions"].lead), _WHERE_ASSUMED))


_RISK_TABLES = {"simulation", "scenarios"}
"""What of the risks is shown in the paper itself; the rest is in the appendices."""

_ASKED = Message("The committee is asked to:", ())
_WHERE_ASSUMED = Message("Each assumption, with its owner, quality and source, is listed in an appendix.", ())


def _purpose(end: YearEnd) -> Message:
    year, plan = end.year.body.year.on_screen, end.plan.years
    state = {"forecast": "forecast", "provisional": "provisional", "audited": "audited"}[end.year.body.state]
    return Message(
        f"This paper states the {state} outturn of {end.year.body.name} for {year}, what of it does not reconcile, and "
        f"what must be saved to break even in {plan[0].on_screen} to {plan[-1].on_screen}.",
        (),
    )


def _recommendations(end: YearEnd, sections: dict[str, Section]) -> Iterator[str]:
    """What is to be noted and decided; a year that is not over, or a plan that needs no saving, asks for less."""
    say, rows, plan = Sentences(end), end.expected, end.plan
    year, first, last = end.year.body.year, plan.years[0], plan.years[-1]
    position = STATES[end.year.body.state].format(say.balance(rows.row("position").actual))
    closing = say.balance(rows.row("closing_balance").actual)
    yield (
        f"note that the position of {year.on_screen} {position}, and the cumulative balance at 31 March "
        f"{year.start + 1} {closing};"
    )
    differing = len(sections["reconciliation"].called_out)
    if differing:
        figures = "one figure that does" if differing == 1 else f"{differing} figures that do"
        yield f"note {figures} not reconcile, set out below, and have {'it' if differing == 1 else 'them'} put right;"
    planned = plan.row("savings").years[first]
    if planned.amount:
        yield (
            f"agree the plan for {first.on_screen} to {last.on_screen}, with savings of {say.pounds(planned)} in "
            f"{first.on_screen};"
        )
    else:
        yield f"agree the plan for {first.on_screen} to {last.on_screen};"
    to_find = plan.row("still_to_find").years[first]
    if to_find.amount is None or to_find.amount > 0:
        yield f"ask for proposals for the {say.pounds(to_find)} that is still to find in {first.on_screen};"
    clear = plan.row("yearly_saving_to_clear").years[last]
    if clear.amount:
        yield (
            f"consider by when the cumulative deficit is to be cleared: by 31 March {last.start + 1} takes a further "
            f"{say.pounds(clear)} a year."
        )


def _charts(sections: dict[str, Section], name: str) -> tuple[Chart, ...]:
    return sections[name].charts if name in sections else ()


def _told(sentences: Iterable[str]) -> tuple[Message, ...]:
    return tuple(Message(sentence, ()) for sentence in sentences)


_APPENDED = {
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
            f"appendix_{name}",
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
