"""A question put to a plan, and its answer: the screen's one way to the engine."""

from dataclasses import dataclass, replace
from functools import cached_property

from breakeven.ledger.changes import Span, parse_span
from breakeven.ledger.scenarios import Overlay
from breakeven.pipeline.questions import (
    AS_PLANNED,
    changed_setting,
    setting_of,
    simulate_setting,
    what_if,
    with_changes,
)
from breakeven.pipeline.year_end import YearEnd, scenario, work_out
from breakeven.plan.compare import Comparison
from breakeven.plan.setting import Setting
from breakeven.plan.side_by_side import SideRow, side_by_side
from breakeven.report.compare import answer_in_words, what_if_statement
from breakeven.report.statement import Statement
from breakeven.whatif.state import State

ASKED = "what-if"
"""What the changes on the screen are called as a scenario of a report."""

Chances = tuple[float, ...]
"""The chance of break-even in each year, 0 to 1; empty where the plan is open, or nobody says what is uncertain."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a plan comes to with what is asked: every row beside as it stands, and the plan itself."""

    state: State
    rows: tuple[SideRow, ...]
    setting: Setting


@dataclass(frozen=True)
class Questions:
    """What can be asked of one plan of a folder, as it stands or under one of its scenarios."""

    end: YearEnd

    @classmethod
    def of(cls, end: YearEnd, state: State) -> "Questions":
        """The plan that a question is about. Raises KeyError where the folder has no such scenario, ValueError."""
        overlays = scenario(end.year, state.scenario) if state.scenario else ()
        if overlays == end.plan.overlays and state.view == end.plan.view:
            return cls(end)
        return cls(work_out(end.year, state.view, overlays=overlays))

    @cached_property
    def base(self) -> Setting:
        """The plan with nothing changed."""
        return setting_of(self.end)

    def span(self, state: State) -> Span:
        """From when changes count. Raises ValueError."""
        return parse_span(state.since or None, None, self.end.plan.years)

    def answer(self, state: State) -> Answer:
        """Every row of the plan, as it stands and as it is changed. Raises ValueError where a change cannot be."""
        setting = changed_setting(self.end, state.texts, state.since or None)
        return Answer(state, side_by_side(self.base, setting), setting)

    def comparison(self, state: State) -> Comparison:
        """What each change does by itself. Raises as ``answer`` does."""
        return what_if(self.end, state.texts, state.since or None)

    def chances(self, setting: Setting) -> Chances:
        """How likely each year of one of its plans is to break even, as ``simulate`` says."""
        if not self.end.year.ledgers.uncertainty and not setting.as_is.schemes:
            return ()
        try:
            return tuple(chance.value for chance in simulate_setting(setting, threads=1).break_even())
        except ValueError:
            return ()

    def changed_year(self, state: State) -> YearEnd:
        """The whole year with the changes in its plan, each figure traceable. Raises as ``answer`` does."""
        return work_out(self.end.year, self.end.plan.view, overlays=self.overlays(state))

    def reported_year(self, state: State) -> YearEnd:
        """The year as a report has it: what is asked is a scenario, ``what-if``. Raises as ``answer`` does."""
        if not state.changes:
            return self.end
        asked = tuple(each.model_copy(update={"scenario": ASKED}) for each in self.overlays(state))
        year = self.end.year
        beside = replace(year.ledgers, scenarios=(*year.ledgers.scenarios, *asked))
        return work_out(replace(year, ledgers=beside), self.end.plan.view, overlays=asked)

    def overlays(self, state: State) -> tuple[Overlay, ...]:
        """All that the plan is laid over with: the scenario's and the changes."""
        return with_changes(self.end, state.texts, state.since or None)

    def words(self, found: Comparison, state: State) -> tuple[str, ...]:
        """The answer in sentences."""
        if not state.changes:
            return ()
        names = state.scenario or AS_PLANNED, "changed"
        return answer_in_words(found, names, illustrative=self.end.plan_is_illustrative)

    def statement(self, state: State) -> Statement:
        """The answer as the command gives it."""
        return what_if_statement(self.comparison(state), self.end, state.texts, state.scenario)
