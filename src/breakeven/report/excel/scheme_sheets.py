"""Workings: each saving as the picked scenario has it, and what it comes to by year in each view."""

from collections.abc import Iterator, Sequence

from breakeven.ledger.chart import slug
from breakeven.ledger.savings import Saving
from breakeven.ledger.scenarios import What
from breakeven.report.excel.cells import FIRST_ROW, Entry, Sheet, Style, letter
from breakeven.report.excel.frame import Frame
from breakeven.report.excel.record_sheets import SAVING_COLUMNS
from breakeven.report.excel.scenario_sheets import Term, folded
from breakeven.report.excel.start_sheets import CONTRACT_YEAR, whole

PICKED = "'Scenario months'!$D${}"
"""Whether a row's scenario is the one that is picked: a change of a saving holds for the whole of it."""

SHEET = "Schemes"

COLUMNS: dict[str, tuple[str, str, Style, int]] = {
    "first": ("First year", "year", "year", 8),
    "is_delivered": ("Delivered: changes that name it alone count", "flag", "flag", 10),
    "amount_1": ("Amount, as the scenario sets it", "£", "pence", 15),
    "forecast_1": ("Forecast, changed alike", "£", "pence", 15),
    "share": ("Part delivered", "%", "percent", 10),
    "amount": ("Amount that is delivered", "£", "pence", 15),
    "forecast_2": ("Forecast of that", "£", "pence", 15),
    "moved_by": ("Moved by", "months", "flag", 9),
    "start": ("Start, as the scenario has it", "day", "day", 12),
    "month": ("Month of the start, counted from year 0", "month", "flag", 12),
    "first_used": ("First year, as the scenario has it", "year", "year", 12),
    "ramp": ("Months to save in full", "months", "flag", 10),
    "forecast": ("Forecast, for the months that are left", "£", "pence", 15),
    "delivered": ("Delivered in its first year, as recorded", "£", "pence", 15),
    "settled": ("First year is over", "flag", "flag", 10),
    "by_year": ("Year that measures it", "year", "year", 12),
    "by": ("Made or forecast in that year", "£", "pence", 15),
    "of": ("Planned for that year", "£", "pounds", 15),
    "certain": ("Counted on", "%", "percent", 10),
    "held": ("Held in the base", "£", "pounds", 14),
    "read": ("Delivered, as it was read", "£", "pence", 15),
    "typed": ("Delivered is typed otherwise", "flag", "flag", 10),
}
"""A column of the sheet: its heading, unit, style and width."""

AT = {name: letter(place) for place, name in enumerate(COLUMNS, start=3)}


def months_counted(ramp: str, first: str, last: str) -> str:
    """Months of an amount from one to another of its life, each counted up to ``ramp`` times."""

    def counted(n: str) -> str:
        least = f"MIN({n},{ramp})"
        return f"({least}*({least}+1)/2+({n}-{least})*{ramp})"

    return f"({counted(last)}-{counted(first)})"


def saved_in_year(recurrent: str, amount: str, month: str, ramp: str, year: str) -> str:
    """Whole pounds that a scheme is planned to save in a year; ``month`` is that of its start, counted from year 0."""
    last = f"MAX(0,{year}*12+16-{month})"
    counted = months_counted(ramp, f"MAX(0,{last}-12)", last)
    whole_sum = f"IF(AND({month}>={year}*12+4,{month}<{year}*12+16),{whole(amount)},0)"
    share = f"{amount}*{counted}/(12*{ramp})"
    return f'IF({recurrent}="recurrent",{whole(share)},{whole_sum})'


class SchemeSheet:
    """Builds the sheet Schemes, a row for each."""

    def __init__(self, frame: Frame, deliveries: Sheet) -> None:
        self.frame = frame
        self.deliveries = deliveries
        self.running = frame.standing.is_running
        self.sheet = frame.sheet(
            SHEET,
            "workings",
            "Each saving, as the picked scenario has it",
            "Each column says its unit. Source: sheets Savings, Deliveries, Scenarios, Confidence.",
        )
        frame.signs(
            self.sheet,
            "Savings are positive. Changes of one thing are set, then multiplied, then added to; "
            "what is delivered already "
            "is left alone by a change that names many.",
        )
        headings = ["Ref", "Scheme", *(f"{heading}, {unit}" for heading, unit, _, _ in COLUMNS.values())]
        frame.head(self.sheet, headings, [9, 40, *(width for *_, width in COLUMNS.values())])
        self.sheet.frozen_columns = 2
        self.savings = frame.end.year.ledgers.savings
        for number, saving in enumerate(self.savings):
            self._scheme(number, saving)

    def _terms(self, saving: Saving) -> list[Term]:
        """The changes that may bear on a scheme."""
        found: list[Term] = []
        rows = zip(self.frame.overlays, self.frame.targets, strict=True)
        for row, (each, target) in enumerate(rows, start=FIRST_ROW):
            schemes = target.schemes
            if saving.ref in schemes:
                is_named = slug(each.line) == slug(saving.ref)
                found.append(Term(row, each.how, each.what, len(schemes), is_named))
        return found

    def _scheme(self, number: int, saving: Saving) -> None:
        row = FIRST_ROW + number
        made_up = saving.basis == "illustrative"
        self.sheet.text(row, saving.ref, saving.scheme)
        for (name, formula), place in zip(self._columns(number, saving), range(3, 3 + len(COLUMNS)), strict=True):
            style = COLUMNS[name][2]
            value = saving.delivered if name == "read" else None
            self.sheet.put(row, place, Entry(value, formula, style=style, illustrative=made_up))

    def _columns(self, number: int, saving: Saving) -> Iterator[tuple[str, str]]:
        """The formula of each column, in the order of ``COLUMNS``."""
        row = FIRST_ROW + number
        own = {name: f"Savings!${letter(column)}${row}" for name, column in SAVING_COLUMNS.items()}
        at = {name: f"${column}#" for name, column in AT.items()}
        yield "first", CONTRACT_YEAR.format(own["start"])
        yield "is_delivered", f'IF({own["status"]}="delivered",1,0)'
        yield from self._under_scenario(saving, own, at)
        yield from self._measured(number, own, at)
        yield "read", ""
        typed, read = own["delivered"], at["read"]
        yield "typed", f"IF(AND({typed}={read},ISNUMBER({typed})=ISNUMBER({read})),0,1)"

    def _under_scenario(self, saving: Saving, own: dict[str, str], at: dict[str, str]) -> Iterator[tuple[str, str]]:
        """The scheme's amount, forecast and start as the picked scenario has them."""
        terms = self._terms(saving)
        is_delivered = f"{at['is_delivered']}=1"
        amount, any_amount = _changed(own["amount"], terms, "amount", is_delivered)
        yield "amount_1", _if_any(any_amount, _pence(amount), own["amount"])
        yield "forecast_1", _changed_alike(own["forecast"], own["amount"], f"({amount})", any_amount)
        share, any_share = _changed("100", terms, "delivery", is_delivered)
        yield "share", share
        part = f"{at['amount_1']}*{at['share']}/100"
        yield "amount", _if_any(any_share, _pence(part), at["amount_1"])
        yield "forecast_2", _changed_alike(at["forecast_1"], at["amount_1"], part, any_share)
        begun = f"OR({is_delivered},{at['first']}<={self.frame.base.start})"
        months, any_start = _changed("0", terms, "start", begun)
        yield "moved_by", months
        moved = f"DATE(YEAR({own['start']}),MONTH({own['start']})+{at['moved_by']},1)"
        yield "start", _if_any(any_start, moved, own["start"])
        yield "month", f"YEAR({at['start']})*12+MONTH({at['start']})"
        yield "first_used", CONTRACT_YEAR.format(at["start"])
        yield "ramp", f'IF({own["ramp_months"]}="",1,{own["ramp_months"]})'
        was_month = _month(own["start"])
        before = saved_in_year(own["recurrence"], at["amount"], was_month, at["ramp"], at["first"])
        after = saved_in_year(own["recurrence"], at["amount"], at["month"], at["ramp"], at["first_used"])
        forecast = at["forecast_2"]
        less = whole(f"{forecast}*{after}/IF({before}=0,1,{before})")
        if any_start == "0":
            yield "forecast", f'IF({forecast}="","",{forecast})'
        else:
            yield "forecast", f'IF({forecast}="","",IF(AND({any_start}>0,{before}<>0),{less},{forecast}))'

    def _measured(self, number: int, own: dict[str, str], at: dict[str, str]) -> Iterator[tuple[str, str]]:
        """What says how much of its plan the scheme makes, how much of that is sure, and what the base holds of it."""
        yield "delivered", self._delivered(number, own["delivered"], at["first"])
        last = self.frame.base.start - (1 if self.running else 0)
        yield "settled", f"IF({at['first_used']}<={last},1,0)"
        in_first = f'IF(AND({at["delivered"]}<>"",{at["first_used"]}<={last}),{at["first_used"]},0)'
        in_later = (
            f'_xlfn.MAXIFS({self._range(3)},{self._range(2)},{number + 1},{self._range(3)},"<={last}",'
            f'{self._range(3)},">="&{at["first_used"]})'
        )
        yield "by_year", f"MAX({in_first},{in_later})"
        recorded = self.recorded(number, at["by_year"], at["delivered"])
        yield "by", f"IF({at['by_year']}=0,{at['forecast']},{recorded})"
        year = f"IF({at['by_year']}=0,{at['first_used']},{at['by_year']})"
        yield "of", saved_in_year(own["recurrence"], at["amount"], at["month"], at["ramp"], year)
        by_status = f"INDEX(Confidence!$B$6:$B$11,MATCH({own['status']},Confidence!$A$6:$A$11,0))"
        sure = f'IF({own["confidence_pct"]}<>"",{own["confidence_pct"]},{by_status})'
        yield "certain", f"IF({at['settled']}=1,100,{sure})"
        yield "held", self._held(own, at, _month(own["start"]))

    def _range(self, column: int) -> str:
        return self.deliveries.column_range(column)

    def _entries(self, number: int, year: str) -> str:
        """How many entries of Deliveries a scheme has for a year."""
        return f"COUNTIFS({self._range(2)},{number + 1},{self._range(3)},{year})"

    def _sum(self, number: int, year: str) -> str:
        return f"SUMIFS({self._range(4)},{self._range(2)},{number + 1},{self._range(3)},{year})"

    def _delivered(self, number: int, own: str, first: str) -> str:
        """What is delivered in the first year: the entries, where there are any."""
        return f'IF({self._entries(number, first)}>0,{self._sum(number, first)},IF({own}="","",{own}))'

    def recorded(self, number: int, year: str, delivered: str) -> str:
        """What is recorded as delivered in a year: its entries, else what ``delivered`` says."""
        return f"IF({self._entries(number, year)}>0,{self._sum(number, year)},{delivered})"

    def _held(self, own: dict[str, str], at: dict[str, str], month: str) -> str:
        """What the budget or forecast of a year that goes on holds of its own scheme, whatever the scenario."""
        base, months = self.frame.base.start, self.frame.standing.months
        if not self.running:
            return "0"
        planned = saved_in_year(own["recurrence"], own["amount"], month, at["ramp"], str(base))
        held = planned
        if months:
            since = base * 12 + 4 + months
            end = f"MAX(0,{base * 12 + 16}-{month})"
            counted = months_counted(at["ramp"], f"MIN({end},MAX(0,{since}-{month}))", end)
            once = f"IF({month}>={since},{whole(own['amount'])},0)"
            share = f"{own['amount']}*{counted}/(12*{at['ramp']})"
            left = f'IF({own["recurrence"]}="recurrent",{whole(share)},{once})'
            made = whole(at["delivered"])
            held = f'IF({at["delivered"]}="",{planned},MIN({made}+{left},MAX({made},{planned})))'
        return f"IF({at['first']}={base},{held},0)"


def _month(day: str) -> str:
    """The month of a day, counted from year 0."""
    return f"(YEAR({day})*12+MONTH({day}))"


def _changed(value: str, terms: Sequence[Term], what: What, unless: str) -> tuple[str, str]:
    """A value as the changes of one thing make it, and whether any of them counts.

    unless: the test of whether only those that name the scheme do.
    """
    own = [each for each in terms if each.what == what]
    if not own:
        return value, "0"
    picked = {each.row: PICKED.format(each.row) for each in own}
    flags = {each.row: picked[each.row] if each.is_named else f"IF({unless},0,{picked[each.row]})" for each in own}
    return folded(value, own, flags), "+".join(flags.values())


def _pence(formula: str) -> str:
    """Pounds and pence, as a scenario's change of an amount is kept."""
    return f"ROUND(ROUND({formula},6),2)"


def _if_any(any_change: str, then: str, otherwise: str) -> str:
    """What a change makes of a value, where there is one."""
    return otherwise if any_change == "0" else f"IF({any_change}>0,{then},{otherwise})"


def _changed_alike(forecast: str, amount: str, to: str, any_change: str) -> str:
    """A forecast changed as its amount is; blank where there is none."""
    if any_change == "0":
        return f'IF({forecast}="","",{forecast})'
    alike = _pence(f"{forecast}*{to}/IF({amount}=0,1,{amount})")
    return f'IF({forecast}="","",IF(AND({any_change}>0,{amount}<>0),{alike},{forecast}))'
