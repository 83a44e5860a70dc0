"""The year in words, from where its money came from to how it ended: what an annual review says of a year."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from breakeven.ledger.chart import Line, slug
from breakeven.ledger.contract import Variation
from breakeven.ledger.provenance import Figure
from breakeven.monitoring.outturn import Flow, OutturnRow
from breakeven.pipeline.year_end import YearEnd
from breakeven.reconciliation.check import Result
from breakeven.report.figures import number_text
from breakeven.report.key_messages import at_risk_message, under
from breakeven.report.paper.sentences import Sentences, listed, rose_or_fell
from breakeven.report.plan import as_laid_over, break_even, laid_over
from breakeven.report.savings import tracked_year
from breakeven.report.section import Message

LARGEST = 3
"""How many of the lines that are furthest beyond their budgets are explained."""

STATES = {
    "forecast": "is forecast to be {}",
    "provisional": "is provisionally {}, subject to audit",
    "audited": "is {}, as audited",
}
"""How sure a year's figures are, in words."""


def where_the_money_came_from(end: YearEnd) -> Iterator[Message]:
    """The contract sum and its variations, third-party income by source, all income, and the opening balance."""
    say, rows, year = Sentences(end), end.expected, end.year.body.year.on_screen
    basic = say.pounds(rows.row("contract_sum").actual)
    text = f"The basic contract sum for {year} {_was(end)} {basic}."
    variations = [
        (each, rows.row(f"variations.{slug(each.ref)}").actual)
        for each in end.year.ledgers.variations
        if any(row.id == f"variations.{slug(each.ref)}" for row in rows.rows)
    ]
    if variations:
        total = rows.row("variations").actual
        verb = "took away" if total.amount is not None and total.amount < 0 else "added"
        added = say.pounds(total)
        text += f" Variations {verb} {added}: {listed([_variation(say, *each) for each in variations])}."
    yield say.message(text)
    sources = [row for row in rows.rows if row.id.startswith("third_party_income.")]
    total = say.pounds(rows.row("third_party_income").actual)
    of = f": {listed([f'{row.label} ({say.pounds(row.actual)})' for row in sources])}" if sources else ""
    yield say.message(f"Third-party income {_was(end)} {total}{of}.")
    income, opening = say.pounds(rows.row("income").actual), rows.row("opening_balance").actual
    yield say.message(
        f"Income in all {_was(end)} {income}. The year opened with {say.balance(opening)} brought forward."
    )


def _was(end: YearEnd) -> str:
    if end.year.starts_from_budget:
        return "is budgeted at"
    return "is forecast to be" if end.year.body.state == "forecast" else "was"


def _variation(say: Sentences, variation: Variation, figure: Figure) -> str:
    amount = say.pounds(figure)
    once = "" if variation.recurrent else ", one-off"
    taken = " taken away" if figure.amount is not None and figure.amount < 0 else ""
    return f"{variation.purpose[:1].lower()}{variation.purpose[1:]} ({amount}{taken}{once})"


def what_is_budgeted(end: YearEnd) -> Iterator[Message]:
    """Of a year in which nothing is posted yet: its budget, by category, and the balance that it would end with."""
    say, rows = Sentences(end), end.outturn
    position, closing = rows.row("position").budget, rows.row("closing_balance").budget
    income, spent = say.pounds(rows.row("income").budget), say.pounds(rows.row("expenditure").budget)
    yield say.message(
        f"Nothing is posted yet. The budget is for {say.balance(position)}, on income of {income} and expenditure of "
        f"{spent}; the plan starts from it."
    )
    categories = {category.id for category in end.year.body.chart.categories}
    parts = [f"{row.label} {say.pounds(row.budget)}" for row in rows.rows if row.id in categories]
    if parts:
        yield say.message(f"Budgeted expenditure by category: {listed(parts)}.")
    close = f"31 March {end.year.body.year.start + 1}"
    yield say.message(f"As budgeted the cumulative balance at {close} would be {say.balance(closing)}.")


def how_the_year_ended(end: YearEnd) -> Iterator[Message]:
    """Income against expenditure, the position against the budget, each category, and the cumulative balance."""
    if end.year.starts_from_budget:
        yield from what_is_budgeted(end)
        return
    say, rows = Sentences(end), end.expected
    position, budget = rows.row("position"), rows.row("position").budget
    income, spent = say.pounds(rows.row("income").actual), say.pounds(rows.row("expenditure").actual)
    ended = STATES[end.year.body.state].format(say.balance(position.actual))
    yield say.message(f"On income of {income} and expenditure of {spent} the position of the year {ended}.")
    yield say.message(
        f"The budget was for {say.balance(budget)}: the position is {say.variance(Flow.NET, position.variance)}."
        if budget.amount is not None
        else f"The position that was budgeted is {say.balance(budget)}."
    )
    categories = {category.id for category in end.year.body.chart.categories}
    parts = [
        f"{row.label} {say.pounds(row.actual)} ({say.variance(row.flow, row.variance)})"
        for row in rows.rows
        if row.id in categories
    ]
    if parts:
        yield say.message(f"Expenditure by category: {listed(parts)}.")
    closing = say.balance(rows.row("closing_balance").actual)
    would = "would be" if end.year.body.state == "forecast" else "is"
    yield say.message(f"The cumulative balance at 31 March {end.year.body.year.start + 1} {would} {closing}.")


def what_drove_it(end: YearEnd, appendix: str) -> Iterator[Message]:
    """The lines furthest beyond their budgets, with what moved each; and the savings that the year delivered.

    appendix: where the tests are listed that a number differs in.
    """
    say = Sentences(end)
    for row in _furthest(end):
        line = next(each for each in end.year.body.chart.lines if each.id == row.id)
        yield say.message(" ".join(_driver(say, row, line, appendix)))
    delivered = end.programme.totals[end.programme.base].of("delivered")
    if delivered.amount:
        year = end.programme.base.on_screen
        yield say.message(
            f"Savings of {say.pounds(delivered)} are recorded as delivered in {year} so far."
            if end.programme.standing.is_running
            else f"Savings of {say.pounds(delivered)} were delivered in {year}."
        )


def _furthest(end: YearEnd) -> list[OutturnRow]:
    if end.year.starts_from_budget:
        return []
    lines = {line.id for line in end.year.body.chart.lines}
    over = [row for row in end.expected.rows if row.id in lines and (row.variance.amount or 0) > 0]
    return sorted(over, key=lambda row: -(row.variance.amount or Decimal(0)))[:LARGEST]


def _driver(say: Sentences, row: OutturnRow, line: Line, appendix: str) -> Iterator[str]:
    """A line's variance; how its placements and their price moved; and what others paid towards it."""
    cost = "is forecast to cost" if say.end.year.body.state == "forecast" else "cost"
    yield f"{row.label} {cost} {say.pounds(row.actual)}, {say.variance(row.flow, row.variance)}."
    book = say.end.book
    months = sorted(figure_id for figure_id in book if figure_id.startswith(f"demand/{slug(row.label)}/20"))
    if len(months) > 1:
        first, last = book[months[0]], book[months[-1]]
        verb = rose_or_fell(first.amount or Decimal(0), last.amount or Decimal(0))
        when = f"{first.label.rsplit(', ')[-1]} to {say.number(last)} in {last.label.rsplit(', ')[-1]}"
        moved = f"Its placements {verb} from {say.number(first)} in {when}"
        growth = book.get(f"demand/{slug(row.label)}/price_growth")
        if growth is not None and growth.amount:
            higher = "higher" if growth.amount > 0 else "lower"
            moved += f", at a weekly cost {say.number(growth).strip('()')} {higher} at the end than at the start"
        yield f"{moved}."
        yield from _printed_otherwise(say, (first, last), appendix)
    net = book.get(f"pressure/{row.id}/net")
    if net is not None and net.amount is not None and net.amount != row.variance.amount:
        more = "more" if net.amount < (row.variance.amount or 0) else "less"
        share = listed(line.contributions)
        yield f"{share} paid {more} than budgeted towards it, which leaves a pressure of {say.pounds(net)}."


def _printed_otherwise(say: Sentences, figures: Sequence[Figure], appendix: str) -> Iterator[str]:
    """Where the text of a publication prints another number for one of the figures."""
    found = [
        (figure, check)
        for figure in figures
        for check in say.end.count_checks
        if check.result is Result.DIFFERS and check.side_a.figure == figure.id
    ]
    if found:
        said = [f"{number_text(check.side_b.amount)} in {figure.label.rsplit(', ')[-1]}" for figure, check in found]
        where = listed(list(dict.fromkeys(check.where for _, check in found)))
        yield f"{where} prints {listed(said)} too: see {appendix}."


def what_is_to_be_saved(end: YearEnd) -> Iterator[Message]:
    """The savings planned for the year under way or next, how far they are sure, and what of them is delivered."""
    say, year = Sentences(end), tracked_year(end)
    total = end.programme.totals[year]
    planned = total.of("planned")
    yield at_risk_message(end) or say.message(
        f"Savings of {say.pounds(planned)} are planned for {year.on_screen}."
        if planned.amount
        else f"What is to be saved in {year.on_screen} is open."
        if planned.amount is None
        else f"No saving is planned for {year.on_screen}."
    )
    delivered = total.of("delivered")
    if delivered.amount:
        yield say.message(f"{say.pounds(delivered)} of what is planned is delivered so far, as far as it is recorded.")


def what_is_next(end: YearEnd) -> Iterator[Message]:
    """Next year's contract sum, what breaking even takes, how much of it is found, and what clears the deficit."""
    say, plan = Sentences(end), end.plan
    first, last = plan.years[0], plan.years[-1]
    if laid_over(end):
        yield Message(f"This is the plan {under(end)}.", (plan.row("position").years[first].id,))
    yield say.message(f"The contract sum for {first.on_screen} is {say.pounds(plan.row('contract_sum').years[first])}.")
    rows = ("break_even_requirement", "savings_identified", "still_to_find")
    ids = tuple(plan.row(row).years[first].id for row in rows)
    for sentence in break_even(end, first):
        yield Message(sentence, ids)
    closing = plan.row("closing_balance").years[last]
    clear = plan.row("yearly_saving_to_clear").years[last]
    close = f"31 March {last.start + 1}"
    if closing.amount is None:
        yield Message(
            f"The balance at {close} is open: no assumption says how every line moves by then.", (closing.id,)
        )
        return
    text = f"With savings as {plan.view}{as_laid_over(end)} the plan ends on {close} with {say.balance(closing)}."
    if clear.amount:
        more = say.pounds(clear)
        text += f" Clearing it by then takes a further {more} a year, beyond those counted."
    yield say.message(text)
