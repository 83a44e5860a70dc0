"""What every sheet of the workbook is made from: the plan, its years, its lines in order and its scenario rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from breakeven.ledger.chart import slug
from breakeven.ledger.scenarios import Overlay
from breakeven.ledger.targets import Target, schemes_named, target_of
from breakeven.periods import Year
from breakeven.pipeline.year_end import YearEnd, scenario, scenario_names
from breakeven.plan.lines import ByName, Start, by_name
from breakeven.plan.schemes import Standing
from breakeven.report.excel.cells import (
    BASE_COLUMN,
    FIRST_YEAR,
    HEADING_ROW,
    SAYS_ROW,
    SIGN_ROW,
    TITLE_ROW,
    YEAR_ROW,
    Entry,
    Part,
    Sheet,
    letter,
)
from breakeven.report.statement import starting_point

NO_SCENARIO = "no scenario"


class NotOfTheFolderError(ValueError):
    """A plan with changes that are no scenario of its folder, which a workbook could not offer to pick."""


SIGNS = "Income, costs and savings are positive, each as its heading says; deficits are negative, in brackets."


@dataclass(frozen=True)
class Frame:
    """A plan, and where its years stand."""

    end: YearEnd

    @property
    def years(self) -> tuple[Year, ...]:
        """The years of the plan."""
        return self.end.plan.years

    @property
    def base(self) -> Year:
        """The year it starts from."""
        return self.end.year.body.year

    @property
    def standing(self) -> Standing:
        """How far the base year's own savings are known."""
        return self.end.plan.basis.standing

    @property
    def last(self) -> str:
        """The letters of the last year's column."""
        return letter(self.after - 1)

    @property
    def after(self) -> int:
        """The first column after the years."""
        return FIRST_YEAR + len(self.years)

    @property
    def year_columns(self) -> tuple[tuple[int, Year], ...]:
        """Each year's column."""
        return tuple(enumerate(self.years, start=FIRST_YEAR))

    @property
    def starts(self) -> tuple[Start, ...]:
        """The lines, income first. A line's number is its place here, from 1."""
        basis = self.end.plan.basis
        return (*basis.income, *basis.expenditure)

    @cached_property
    def assumed(self) -> ByName:
        """What is assumed, by name and year."""
        return by_name(self.end.year.ledgers.assumptions)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each line by its id."""
        return {start.id: number for number, start in enumerate(self.starts, start=1)}

    @cached_property
    def picked(self) -> str:
        """The scenario that the plan was made with. Raises NotOfTheFolderError where it is none of the folder's."""
        overlays = self.end.plan.overlays
        if not overlays:
            return NO_SCENARIO
        found = next((name for name in self.scenarios if scenario(self.end.year, name) == overlays), None)
        if found is None:
            raise NotOfTheFolderError("a workbook is made of the folder's own plan, or of one of its scenarios")
        return found

    @cached_property
    def overlays(self) -> tuple[Overlay, ...]:
        """The rows of every scenario, each by one spelling of its name."""
        return tuple(
            each.model_copy(update={"scenario": name})
            for name in self.scenarios
            for each in scenario(self.end.year, name)
        )

    @cached_property
    def scenarios(self) -> tuple[str, ...]:
        """The names of the scenarios that may be picked, besides none."""
        first = {slug(name): name for name in reversed(scenario_names(self.end.year))}
        return tuple(name for name in scenario_names(self.end.year) if first[slug(name)] == name)

    @property
    def priorities(self) -> tuple[str, ...]:
        """The priorities of savings in the body's own order, then any other that a scheme has."""
        year = self.end.year
        return tuple(dict.fromkeys((*year.body.priorities, *(each.priority for each in year.ledgers.savings))))

    @cached_property
    def targets(self) -> tuple[Target, ...]:
        """What each scenario row bears on."""
        ledgers = self.end.year.ledgers
        return tuple(target_of(each, self.end.year.body, ledgers.schemes) for each in self.overlays)

    @cached_property
    def fixes_statuses(self) -> bool:
        """Whether a sum is added to several savings: the first not delivered carries it, so no status may be typed."""
        schemes = self.end.year.ledgers.schemes
        return any(
            each.what == "amount" and each.how == "add" and len(schemes_named(each.line, schemes)) > 1
            for each in self.overlays
        )

    @property
    def says(self) -> str:
        """Whose plan it is and what it stands on, for every sheet."""
        body = self.end.year.body
        return f"{body.name}, {body.year.on_screen}, {starting_point(self.end)}"

    def sheet(self, name: str, part: Part, title: str, says: str) -> Sheet:
        """An empty sheet with its title, and what it says of itself."""
        sheet = Sheet(name, part, title, says)
        sheet.put(TITLE_ROW, 1, Entry(title))
        sheet.put(SAYS_ROW, 1, Entry(f"{self.says}. {says}", style="note"))
        return sheet

    def head(self, sheet: Sheet, headings: Iterable[str], widths: Iterable[int]) -> None:
        """Set the headings of a table."""
        sheet.headings, sheet.widths = tuple(headings), tuple(widths)
        sheet.text(HEADING_ROW, *sheet.headings)

    def year_head(
        self, sheet: Sheet, left: tuple[str, str, str], right: Iterable[str] = (), widths: Iterable[int] = ()
    ) -> None:
        """Set the headings of a table of years: three columns, the base year, the years, and what is beside them."""
        years = [self.base, *self.years]
        sheet.put(YEAR_ROW, 1, Entry("Year that begins in April", style="note"))
        for column, year in enumerate(years, start=BASE_COLUMN):
            sheet.put(YEAR_ROW, column, Entry(Decimal(year.start), style="year"))
        own = tuple(widths) or (34, 22, 9)
        sheet.frozen_columns = 3
        self.head(
            sheet,
            (*left, *(year.on_screen for year in years), *right),
            (*own[:3], *(15 for _ in years), *own[3:]),
        )

    def signs(self, sheet: Sheet, words: str = SIGNS) -> None:
        """Say how a sheet's figures are signed."""
        sheet.put(SIGN_ROW, 1, Entry(words, style="note"))


def picked_for(value: str) -> str:
    """The test of whether a scenario's name, in a cell, is the one picked."""
    return f"IF({value}=Scenario,1,0)"
