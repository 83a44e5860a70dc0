"""Workings: every line by year, from what is assumed to what it comes to in whole pounds, one formula along a row."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from breakeven.ledger.assumptions import OF_ONE_LINE
from breakeven.plan.lines import Start
from breakeven.report.excel.assumption_rows import AssumptionRow
from breakeven.report.excel.cells import BASE_COLUMN, FIRST_ROW, FIRST_YEAR, OPEN, Entry, Sheet, Style, Value
from breakeven.report.excel.frame import Frame
from breakeven.report.excel.line_months import LineMonths, MonthRows
from breakeven.report.excel.scenario_sheets import at_year_end, terms_of_lines
from breakeven.report.excel.start_sheets import effects_of, whole
from breakeven.report.figures import MISSING

DAYS = "(DATE(@$4+1,4,1)-DATE(@$4,4,1))"

BLANK = '""'

Row = tuple[str, str, str, Style, str, str]
"""A row's name, what it is, its formula, style and unit, and its formula in the base column."""


@dataclass
class LineRows:
    """Where each line's rows stand on the sheet Lines, and where its months do."""

    sheet: Sheet
    of: dict[str, dict[str, int]] = field(default_factory=dict[str, dict[str, int]])
    months: dict[str, MonthRows] = field(default_factory=dict[str, MonthRows])

    def row(self, line: str, name: str) -> int:
        """The row of one thing of one line."""
        return self.of[line][name]


@dataclass(frozen=True)
class _Sources:
    """Where a line's assumptions are: its own rows of the sheet, and its category's."""

    own: dict[tuple[str, str], str]
    category: dict[tuple[str, str], str]

    def of(self, kind: str, unit: str | None = None) -> list[str]:
        """The cells that say one kind, the line's own first."""
        return [
            cell
            for cells in (self.own, self.category)
            for (each, in_unit), cell in cells.items()
            if each == kind and unit in {None, in_unit}
        ]

    @property
    def all(self) -> list[str]:
        """Every cell."""
        return [*self.own.values(), *self.category.values()]


def first_of(cells: Sequence[str], otherwise: str) -> str:
    """The first of some cells that is not blank."""
    found = otherwise
    for cell in reversed(cells):
        found = f'IF({cell}<>"",{cell},{found})'
    return found


class LineSheet:
    """Builds the sheet Lines, and beside it that of the months of the lines that a scenario changes."""

    def __init__(self, frame: Frame, rows: Sequence[AssumptionRow], effects: Sheet) -> None:
        self.frame = frame
        self.effects = effects
        self.terms = terms_of_lines(frame)
        self.months = LineMonths(frame, self.terms)
        self.sheet = frame.sheet(
            "Lines",
            "workings",
            "Every line of the plan by year",
            "Each row says its unit. Source: sheets Assumptions, Starting points, Dated effects, Line months.",
        )
        frame.signs(
            self.sheet,
            "Income and costs are positive. moved = level a year before × growth × inflation, or the "
            "sum; level = moved + "
            "step; the line = (moved × part borne + step) in whole pounds + what is beside the level.",
        )
        frame.year_head(self.sheet, ("Line", "What", "Unit"), ("Basis",), (34, 40, 10, 14))
        self.rows = LineRows(self.sheet)
        self._assumed: dict[str, dict[tuple[str, str], str]] = {}
        for number, each in enumerate(rows, start=FIRST_ROW):
            kept = self._assumed.setdefault(each.id, {})
            kept[each.kind, each.unit] = f"Assumptions!@{number}"
        self._row = FIRST_ROW
        paid = [
            start for start in frame.starts if any(t.what in {"number", "price"} for t in self.terms.get(start.id, []))
        ]
        for start in frame.starts:
            if start.id != "third_party_income":
                self._line(start, ())
        third = next(start for start in frame.starts if start.id == "third_party_income")
        self._line(third, [start.id for start in paid])

    def _line(self, start: Start, paying: Sequence[str]) -> None:
        """Add a line. paying: the lines of which placements that a scenario adds bring it income."""
        sources = _Sources(
            self._assumed.get(start.id, {}),
            {key: cell for key, cell in self._assumed.get(start.category, {}).items() if key[0] not in OF_ONE_LINE},
        )
        own: dict[str, int] = {}
        self.rows.of[start.id] = own
        made_up = self.frame.end.illustrative
        figures = self._figures(start)
        for name, what, formula, style, unit, base in self._rows(start, sources, own, paying):
            row = self._row
            is_total = name == "gross"
            self.sheet.text(row, start.label, what, unit, strong=is_total)
            if base:
                self.sheet.put(row, BASE_COLUMN, Entry(formula=base, style=style))
            for column, year in self.frame.year_columns:
                is_made_up = f"plan/{start.id}/{year}" in made_up
                entry = Entry(
                    formula=formula, style=style, strong=is_total, illustrative=is_made_up,
                    figure=figures.get((name, column)),
                )  # fmt: skip
                self.sheet.put(row, column, entry)
            if any(f"plan/{start.id}/{year}" in made_up for year in self.frame.years):
                self.sheet.put(row, self.frame.after, Entry("illustrative"))
            own[name] = row
            self._row += 1

    def _figures(self, start: Start) -> dict[tuple[str, int], Value]:
        """What the plan's own model says of the line's rows, by row and column."""
        model = self.frame.end.plan.model
        line = next(each for each in (*model.income, *model.expenditure) if each.id == start.id)
        shown = next(each for each in self.frame.end.plan.lines if each.start.id == start.id)
        found: dict[tuple[str, int], Value] = {}
        for place, (year, moves) in enumerate(zip(self.frame.years, line.moves, strict=True)):
            column = FIRST_YEAR + place
            amount = shown.years[year].amount
            found["gross", column] = MISSING if amount is None else amount
            found["pressures", column] = moves.pressures
            found["growth_used", column] = moves.growth
            found["inflation_used", column] = moves.inflation
            found["part", column] = moves.in_year
            found["step_used", column] = moves.step
        return found

    def _rows(self, start: Start, sources: _Sources, own: dict[str, int], paying: Sequence[str]) -> Iterator[Row]:
        number = self.frame.numbers[start.id]
        at = f"'Starting points'!${{}}${FIRST_ROW + number - 1}"
        yield "growth_in", "Growth assumed", first_of(sources.of("growth"), "0"), "percent", "%", ""
        yield "inflation_in", "Inflation assumed", first_of(sources.of("inflation"), "0"), "percent", "%", ""
        uplift = f"1+{first_of(sources.of('uplift'), '0')}/100"
        if has_units := self._has_units(start, sources):
            yield from self._units_assumed(start, sources, own, at, uplift)
        else:
            growth, inflation = self._cells(own, "growth_in", "inflation_in")
            yield "growth", "Growth", f"1+{growth}/100", "factor", "times", ""
            yield "uplift", "Uplift", uplift, "factor", "times", ""
            factor = f"(1+{inflation}/100)*@{own['uplift']}"
            yield "inflation", "Inflation and uplift", factor, "factor", "times", ""
        stated = first_of(sources.of("sum"), self._number_by_price(own) if has_units else BLANK)
        yield "stated", "Sum that replaces the level", stated, "pence", "£", ""
        said = self._said(sources, own, has_units=has_units)
        yield "said", "Whether anything is assumed", said, "flag", "flag", ""
        step = first_of(sources.of("step"), "0")
        if has_units:
            by_head, heads = self._cells(own, "flat", "number")
            step = f"{step}+IF(ISNUMBER({heads}),{by_head}*{heads},0)"
        yield "step", "Step added to the level", f'IF(@{own["stated"]}<>"",0,{step})', "pence", "£", ""
        tests = ((2, '"pressure"'), (self.frame.after + 2, str(number)), (self.frame.after + 3, "0"))
        effect = effects_of(self.effects, "@", tests)
        yield "pressures_in", "Pressures begun after the base year", effect, "pounds", "£", ""
        yield from self._under_scenario(start, own, paying, at)
        yield from self._results(start, own, at.format("F"))

    def _results(self, start: Start, own: dict[str, int], base: str) -> Iterator[Row]:
        """What the line comes to: its level, carried unrounded, and the year's whole pounds."""
        stated, growth, inflation, step, part = self._cells(
            own, "stated_used", "growth_used", "inflation_used", "step_used", "part"
        )
        moved = f'IF({stated}<>"",{stated},~{self._row + 1}*{growth}*{inflation})'
        yield "moved", "Moved: level a year before × growth × inflation, or the sum", moved, "pence", "£", ""
        level = f"@{own['moved']}+{step}"
        yield "level", "Level, carried unrounded", level, "pence", "£", f"IF(ISNUMBER({base}),{base},0)"
        known = f'IF({stated}<>"",1,IF(AND(~#=1,@{own["said_used"]}=1),1,0))'
        yield "known", "Whether the line is known", known, "flag", "flag", f"IF(ISNUMBER({base}),1,0)"
        borne = whole(f"@{own['moved']}*{part}+{step}")
        gross = f"IF(@{own['known']}=1,{borne}+@{own['pressures']},{OPEN})"
        yield "gross", start.label, gross, "pounds", "£", ""

    @staticmethod
    def _cells(own: dict[str, int], *names: str) -> list[str]:
        """The cells of this column in some of a line's rows."""
        return [f"@{own[name]}" for name in names]

    @staticmethod
    def _has_units(start: Start, sources: _Sources) -> bool:
        return start.driver is not None or any(sources.of(kind) for kind in ("number", "price", "flat"))

    def _number_by_price(self, own: dict[str, int]) -> str:
        """Number × price, where both are assumed."""
        said, priced, number, price, weekly = self._cells(own, "number_in", "price_in", "number", "price", "weekly")
        return f'IF(AND({said}<>"",{priced}<>""),{number}*{price}*IF({weekly}=1,{DAYS}/7,1),"")'

    def _units_assumed(
        self, start: Start, sources: _Sources, own: dict[str, int], at: str, uplift: str
    ) -> Iterator[Row]:
        """Numbers and prices, and the growth and inflation that follow from them where no rate is what is assumed."""
        weekly, yearly = sources.of("price", "£ a week"), sources.of("price", "£ a year")
        yield "flat", "Flat award assumed", first_of(sources.of("flat"), "0"), "pence", "£ a head", ""
        yield "number_in", "Number assumed", first_of(sources.of("number"), BLANK), "number", "number", ""
        yield "price_in", "Price assumed", first_of([*weekly, *yearly], BLANK), "pence", "£", ""
        by_year = "~#"
        for cells, is_week in ((yearly, 0), (weekly, 1)):
            for cell in cells:
                by_year = f'IF({cell}<>"",{is_week},{by_year})'
        base_weekly = f'IF({at.format("I")}="a year",0,1)' if start.driver else "0"
        yield "weekly", "Price is for a week", by_year, "flag", "flag", base_weekly
        said, priced, award, week, grows, inflates = self._cells(
            own, "number_in", "price_in", "flat", "weekly", "growth_in", "inflation_in"
        )
        row = self._row  # number, growth %, growth, price, inflation %, inflation and uplift stand from here on
        growth, inflation, factor = f"@{row + 2}", f"@{row + 5}", f"@{row + 6}"
        was, then = f"~{row}", f"~{row + 3}"
        no_sum = f'{first_of(sources.of("sum"), BLANK)}=""'
        base_number, base_price = (
            f'IF({at.format(column)}<>"",{at.format(column)},"")' if start.driver else BLANK for column in "GH"
        )
        moved = f'IF(ISNUMBER({was}),{was}*{growth},"")'
        yield "number", "Number", f'IF({said}<>"",{said},{moved})', "number", "number", base_number
        is_ratio = f'AND({said}<>"",NOT(AND({priced}<>"",{no_sum})))'
        ratio = f"IF(ISNUMBER({was}),IF({was}=0,1,{said}/IF({was}=0,1,{was})),1)"
        by_number = f"IF({is_ratio},100*({growth}-1),{grows})"
        yield "growth_pct", "Growth, from the number where one is assumed", by_number, "percent", "%", ""
        yield "growth", "Growth", f"IF({is_ratio},{ratio},1+{grows}/100)", "factor", "times", ""
        alike = f"IF(~{own['weekly']}={week},1,IF({week}=1,7/{DAYS},{DAYS}/7))"
        assumed = f"(1+{inflates}/100)*({uplift})"
        raised = f'IF(ISNUMBER({then}),{then}*{alike}*{assumed}+{award}*IF({week}=1,7/{DAYS},1),"")'
        yield "price", "Price of one", f'IF({priced}<>"",{priced},{raised})', "pence", "£", base_price
        is_priced = f'AND({priced}<>"",{said}="")'
        by_price = f"IF({is_priced},100*({inflation}-1),{inflates})"
        yield "inflation_pct", "Inflation, from the price where one is assumed", by_price, "percent", "%", ""
        before = f"IF(ISNUMBER({then}),{then}*{alike},0)"
        ratio = f"IF({before}=0,1,{priced}/IF({before}=0,1,{before}))"
        both = f"IF({is_priced},{ratio},(1+{inflates}/100)*{factor})"
        yield "inflation", "Inflation and uplift", both, "factor", "times", ""
        yield "uplift", "Uplift", f"IF({is_priced},1,{uplift})", "factor", "times", ""

    def _said(self, sources: _Sources, own: dict[str, int], *, has_units: bool) -> str:
        """1 where something is assumed of the line in the year, and there is what that needs to go by."""
        any_said = f"COUNT({','.join(sources.all)})>0" if sources.all else "0=1"
        if not has_units:
            return f"IF({any_said},1,0)"
        number, price, flat, heads = self._cells(own, "number_in", "price_in", "flat", "number")
        no_sum = f'{first_of(sources.of("sum"), BLANK)}=""'
        was, then = f"~{own['number']}", f"~{own['price']}"
        by_number = f'OR({number}="",AND({price}<>"",{no_sum}),IF(ISNUMBER({was}),{was},0)<>0)'
        by_price = f'OR({price}="",{number}<>"",IF(ISNUMBER({then}),{then},0)<>0)'
        return f"IF(AND({any_said},{by_number},{by_price},OR({flat}=0,ISNUMBER({heads}))),1,0)"

    def _under_scenario(self, start: Start, own: dict[str, int], paying: Sequence[str], at: str) -> Iterator[Row]:
        """The year as the picked scenario has it; as it is assumed where no scenario changes the line."""
        terms = self.terms.get(start.id, [])
        sets = [each for each in terms if each.what == "amount" and each.how == "set"]
        any_set = "+".join(at_year_end(self.frame, each.row) for each in sets)
        unless_set = f"IF({any_set}>0,0,{{}})" if sets else "{}"
        stated = f"@{own['stated']}"
        if sets:
            chosen = "+".join(f"{at_year_end(self.frame, each.row)}*{each.value}" for each in sets)
            stated = f"IF({any_set}>0,{chosen},{stated})"
        yield "stated_used", "Sum that replaces the level, under the scenario", stated, "pence", "£", ""
        yield "step_used", "Step, under the scenario", unless_set.format(f"@{own['step']}"), "pence", "£", ""
        rates = [t for t in terms if t.how == "set" and t.what in {"growth", "inflation"}]
        said = "+".join([f"@{own['said']}", *(at_year_end(self.frame, each.row) for each in rates)])
        yield "said_used", "Whether anything is assumed, under the scenario", f"IF({said}>0,1,0)", "flag", "flag", ""
        placement = start.driver is not None and start.driver.unit == "placement"
        months = self.months.of_line(start.id, start.label, self._ranges(own), (at.format("J"), placement))
        self.rows.months[start.id] = months
        has = months.rows
        for name in ("growth", "inflation"):
            used = months.at_end(name) if name in has else f"@{own[name]}"
            yield f"{name}_used", f"{name.capitalize()} carried on, under the scenario", used, "factor", "times", ""
        part = months.over_year("borne") if "borne" in has else "1"
        yield "part", "Part of the year borne", part, "factor", "times", ""
        beside = unless_set.format(f"@{own['pressures_in']}")
        if terms:
            times = f"({months.over_year('times')})" if "times" in has else "1"
            added = months.over_year("added") if "added" in has else "0"
            step = f"@{own['step_used']}*({times}-1)"
            beside = f"{whole(f'{beside}*{times}')}+{whole(f'{added}+{step}')}"
        paid = [self.rows.months[line] for line in paying]
        contributed = [whole(each.over_year("contributed")) for each in paid if "contributed" in each.rows]
        what = "Pressures, and what the scenario adds beside the level"
        yield "pressures", what, "+".join([beside, *contributed]), "pounds", "£", ""

    def _ranges(self, own: dict[str, int]) -> dict[str, str]:
        """The line's rows from its base year on, by name, as the months ask for them."""
        rows = {**own, "stated": own["stated_used"]}
        rows.setdefault("growth_pct", own["growth_in"])
        rows.setdefault("inflation_pct", own["inflation_in"])
        return {name: f"Lines!$D${row}:${self.frame.last}${row}" for name, row in rows.items()}
