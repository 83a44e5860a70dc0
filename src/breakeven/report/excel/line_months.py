"""Workings: what the picked scenario makes of each line it bears on, month by month."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from breakeven.ledger.scenarios import What
from breakeven.periods import MONTHS
from breakeven.report.excel.cells import BASE_COLUMN, FIRST_ROW, FIRST_YEAR, SIGN_ROW, YEAR_ROW, Entry, Sheet, Style
from breakeven.report.excel.frame import Frame
from breakeven.report.excel.scenario_sheets import Term, folded, last_month, months_head

_Row = tuple[str, str, str, Style, str, str]
"""What a row is, its name, its formula, style and unit, and its formula in the base column."""
_Now = Callable[[str], str]
_Of = Callable[..., list[Term]]

TWO_SET = "times set"
"""The rows that count how many changes set one thing; one is the most."""


@dataclass(frozen=True)
class MonthRows:
    """Where a line's months stand on their sheet, by what each row is."""

    sheet: Sheet
    frame: Frame
    rows: dict[str, int] = field(default_factory=dict[str, int])

    def row(self, name: str) -> str | None:
        """A whole row of months, as a formula writes it; None where the line has none of it."""
        if name not in self.rows:
            return None
        return f"{self.sheet.ref}$E${self.rows[name]}:${last_month(self.frame)}${self.rows[name]}"

    def over_year(self, name: str) -> str:
        """What the months of this column's year come to, each a twelfth."""
        return f"SUMIFS({self.row(name)},{self._head(YEAR_ROW)},@$4)/12"

    def at_end(self, name: str) -> str:
        """The value of the last month of this column's year."""
        return f"SUMIFS({self.row(name)},{self._head(YEAR_ROW)},@$4,{self._head(SIGN_ROW)},12)"

    def _head(self, row: int) -> str:
        return f"{self.sheet.ref}$E${row}:${last_month(self.frame)}${row}"


class LineMonths:
    """Builds the sheet of what the picked scenario makes of each line, month by month."""

    def __init__(self, frame: Frame, terms: dict[str, list[Term]]) -> None:
        self.frame = frame
        self.terms = terms
        self.sheet = frame.sheet(
            "Line months",
            "workings",
            "What the picked scenario makes of each line, month by month",
            "Each row says its unit; pounds are for a whole year of such months. Source: sheets "
            "Lines, Scenario months.",
        )
        months_head(frame, self.sheet, ("Line", "What", "Unit", "Base"), (30, 34, 10, 12))
        self.next_row = FIRST_ROW

    def of_line(self, line: str, label: str, at: dict[str, str], contribution: tuple[str, bool]) -> MonthRows:
        """Add a line's rows. at: its rows of the sheet Lines, each as a range from its base year on.

        contribution: the cell of what others pay towards one a week, and whether that is of a placement.
        """
        terms = self.terms.get(line, [])
        rows = MonthRows(self.sheet, self.frame)
        for what, row, formula, style, unit, base in self._rows(terms, at, rows.rows, contribution):
            self._put(label, what, unit, formula, style, base)
            rows.rows[row] = self.next_row
            self.next_row += 1
        return rows

    def _put(self, label: str, what: str, unit: str, formula: str, style: Style, base: str) -> None:
        row = self.next_row
        self.sheet.text(row, label, what, unit)
        if base:
            self.sheet.put(row, BASE_COLUMN, Entry(formula=base, style=style))
        for column in range(FIRST_YEAR, FIRST_YEAR + MONTHS * len(self.frame.years)):
            self.sheet.put(row, column, Entry(formula=formula, style=style))

    def _rows(
        self, terms: list[Term], at: dict[str, str], rows: dict[str, int], contribution: tuple[str, bool]
    ) -> Iterator[_Row]:
        """Each row: what it is, its name, its formula, style and unit, and its formula in the base column."""

        def of(*whats: What) -> list[Term]:
            return [each for each in terms if each.what in whats]

        def now(name: str) -> str:
            return f"INDEX({at[name]},1,@$4-$D$4+1)"

        def before(name: str) -> str:
            return f"INDEX({at[name]},1,@$4-$D$4)"

        for what in ("growth", "inflation"):
            if not (own := of(what)):
                continue
            words = "Growth" if what == "growth" else "Inflation"
            changed = folded(now(f"{what}_pct"), own, _flags(own))
            yield f"{words} under the scenario", f"{what}_pct", changed, "percent", "%", ""
            this = f"@{self.next_row - 1}"
            uplift = f"*{now('uplift')}" if what == "inflation" else ""
            factor = f"IF({this}={now(f'{what}_pct')},{now(what)},(1+{this}/100){uplift})"
            yield f"{words}, as a factor", what, factor, "factor", "times", ""
        carried = {name: f"@{rows[name]}" if name in rows else now(name) for name in ("growth", "inflation")}
        if of("growth", "inflation"):
            yield "Carried on, growth × inflation", "carried", "*".join(carried.values()), "factor", "times", ""
        if factors := [each for each in of("amount") if each.how != "add"]:
            multiplied = [each for each in factors if each.how == "multiply"]
            sets = [each for each in factors if each.how == "set"]
            if multiplied:
                yield "Factor on the amount", "times", _factor(multiplied, sets), "factor", "times", ""
        if "carried" in rows or "times" in rows:
            yield "Borne, for each pound carried on", "borne", self._borne(rows, at, now), "factor", "times", ""
        if of("number", "price"):
            yield from self._units(of, at, rows, carried, now, before)
            yield from self._beside(of, rows, now, contribution)
        added = [f"{_flag(each)}*{each.value}" for each in of("amount") if each.how == "add"]
        if added or "more" in rows:
            more = [f"@{rows['more']}"] if "more" in rows else []
            yield "Added beside the level", "added", "+".join([*added, *more]), "pence", "£ a year", ""
        for what in ("growth", "inflation", "amount", "number", "price"):
            sets = [each for each in of(what) if each.how == "set"]
            if len(sets) > 1:
                yield f"{what}: {TWO_SET}", f"{what}_sets", _sets(sets), "flag", "number", ""

    def _borne(self, rows: dict[str, int], at: dict[str, str], now: _Now) -> str:
        times = f"@{rows['times']}" if "times" in rows else "1"
        if "carried" not in rows:
            return times
        last = last_month(self.frame)
        row = rows["carried"]
        end = f"SUMIFS($E{row}:${last}{row},$E$4:${last}$4,@$4,$E$3:${last}$3,12)"
        del at
        return f'{times}*IF(OR({now("stated")}<>"",@{row}={end},{end}=0),1,@{row}/IF({end}=0,1,{end}))'

    def _units(
        self,
        of: _Of,
        at: dict[str, str],
        rows: dict[str, int],
        carried: dict[str, str],
        now: _Now,
        before: _Now,
    ) -> Iterator[_Row]:
        """How many the line has and what one costs at the scenario's rates, carried from month to month."""
        del of, at
        row = self.next_row
        names = ("number_before", "price_before", "is_as_planned", "number", "price")
        at_row = {name: row + place for place, name in enumerate(names)}

        def chain(name: str) -> str:
            """What the line had by the end of the year before: the month before the first, and the same all year."""
            return f"IF(@$3=1,~{at_row[name]},~{at_row[f'{name}_before']})"

        days = "(DATE(@$4+1,4,1)-DATE(@$4,4,1))"
        alike = f"IF({before('weekly')}={now('weekly')},1,IF({now('weekly')}=1,7/{days},{days}/7))"
        award = f"{now('flat')}*IF({now('weekly')}=1,7/{days},1)"
        same = (
            f'IF(OR({now("stated")}<>"",AND(@{at_row["number_before"]}={before("number")},'
            f"@{at_row['price_before']}={before('price')},{carried['growth']}={now('growth')},"
            f"{carried['inflation']}={now('inflation')})),1,0)"
        )
        number, price = f"@{at_row['number_before']}", f"@{at_row['price_before']}"
        base_number, base_price = (f"INDEX({self._at(now, name)},1,1)" for name in ("number", "price"))
        is_same = f"@{at_row['is_as_planned']}=1"
        yield "Number a year before", names[0], chain("number"), "number", "number", base_number
        yield "Price a year before", names[1], chain("price"), "pence", "£", base_price
        yield "Number and price as planned", names[2], same, "flag", "flag", ""
        moved = f"IF(AND(ISNUMBER({number}),ISNUMBER({now('number')})),{number}*{carried['growth']},{now('number')})"
        yield (
            "Number at the scenario's rates",
            names[3],
            f"IF({is_same},{now('number')},{moved})",
            "number",
            "number",
            base_number,
        )
        is_priced = f"AND(ISNUMBER({price}),ISNUMBER({now('price')}))"
        raised = f"IF({is_priced},{price}*{alike}*{carried['inflation']}+{award},{now('price')})"
        yield (
            "Price at the scenario's rates",
            names[4],
            f"IF({is_same},{now('price')},{raised})",
            "pence",
            "£",
            base_price,
        )
        del rows

    @staticmethod
    def _at(now: _Now, name: str) -> str:
        return now(name).removeprefix("INDEX(").rsplit(",1,", 1)[0]

    def _beside(self, of: _Of, rows: dict[str, int], now: _Now, contribution: tuple[str, bool]) -> Iterator[_Row]:
        """What other numbers and prices cost beyond the plan's in a whole year, and what others pay towards them."""
        days = "(DATE(@$4+1,4,1)-DATE(@$4,4,1))"
        numbers, prices = f"@{rows['number']}", f"@{rows['price']}"
        after_number = folded(numbers, of("number"), _flags(of("number")))
        after_price = folded(prices, of("price"), _flags(of("price")))
        yield (
            "Number under the scenario",
            "number_after",
            f'IF(ISNUMBER({numbers}),{after_number},"")',
            "number",
            "number",
            "",
        )
        yield "Price under the scenario", "price_after", f'IF(ISNUMBER({prices}),{after_price},"")', "pence", "£", ""
        n, p = f"@{rows['number_after']}", f"@{rows['price_after']}"
        both = f"AND(ISNUMBER({numbers}),ISNUMBER({prices}))"
        nights = f"*IF({now('weekly')}=1,{days}/7,1)"
        more = f"IF({both},({n}*{p}-{numbers}*{prices}){nights},0)"
        yield "Cost of other numbers and prices", "more", more, "pence", "£ a year", ""
        cell, is_weekly = contribution
        paid = f"IF({both},({n}-{numbers})*{cell}{f'*{days}/7' if is_weekly else ''},0)"
        yield "Others pay towards those", "contributed", paid, "pence", "£ a year", ""


def _flag(term: Term) -> str:
    """Whether a change counts in this column's month."""
    return f"'Scenario months'!@${term.row}"


def _flags(terms: Sequence[Term]) -> dict[int, str]:
    return {each.row: _flag(each) for each in terms}


def _factor(multiplied: Sequence[Term], sets: Sequence[Term]) -> str:
    """The factors on an amount; where a sum is set, those of wider names are not used."""
    any_set = "+".join(_flag(each) for each in sets)
    parts: list[str] = []
    for each in multiplied:
        counts = f"{_flag(each)}=1"
        if sets and each.breadth > 1:
            counts = f"AND({counts},{any_set}=0)"
        parts.append(f"IF({counts},{each.value},1)")
    return "*".join(parts)


def _sets(sets: Sequence[Term]) -> str:
    """How many of the narrowest changes that count set one thing."""
    of = _flags(sets)
    narrowest = f"MIN({','.join(f'IF({of[each.row]}=1,{each.breadth},999999)' for each in sets)})"
    return "+".join(f"IF(AND({of[each.row]}=1,{each.breadth}<={narrowest}),1,0)" for each in sets)
