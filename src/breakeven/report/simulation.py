"""How sure the plan is: the chances, the range of each year's balance, and what the spread comes from."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from breakeven.monitoring.outturn import Flow
from breakeven.pipeline.year_end import YearEnd
from breakeven.plan.simulation import Chance, Fan, Simulated
from breakeven.plan.spread import Share
from breakeven.report import data
from breakeven.report.compare import plan_files
from breakeven.report.figures import ILLUSTRATIVE, amount_text, percent_text
from breakeven.report.statement import Column, ColumnKind, Row, RowKind, Statement, Value

AS_FORECAST = "Savings as forecast"
"""What the plan is called beside its percentiles: another than that whose savings are all counted as planned."""

SHOWN = (10, 50, 90)
"""The percentiles that a page shows; the others are in --json."""


def simulation_statement(end: YearEnd, found: Simulated, reserves: Decimal | None = None) -> Statement:
    """Each year's chances and ranges, in whole pounds; ``reserves``: pounds that a deficit is held against."""
    years = [str(year) for year in end.plan.years]
    rows = [
        _chances("break_even", "Chance of break-even", found.break_even(), years),
        _chances("cleared", "Chance of being out of deficit at the year's end", found.cleared(), years),
        *_fan("position", "Position", found.plan_position, found.position_fans, years),
        *_fan("closing_balance", "Closing balance", found.plan_closing, found.closing_fans, years),
    ]
    if reserves is not None:
        rows += _at_risk(found, reserves, years)
    drawn = draws_are_illustrative(end)
    return Statement(
        id="simulation",
        body=end.year.body.name,
        title=f"How sure the plan is, {end.plan.years[0].on_screen} to {end.plan.years[-1].on_screen}",
        state=f"{found.trials:,} trials, seed {found.seed}",
        columns=tuple(Column(str(year), year.on_screen) for year in end.plan.years),
        rows=tuple(
            _marked(row) if (end.plan_is_illustrative if row.id.endswith(".planned") else drawn) else row
            for row in rows
        ),
        summary=tuple(_summary(end, found, ILLUSTRATIVE if drawn else "")),
        notes=(
            "P10, P50 and P90: 10, 50 and 90 in 100 trials come out at this or below it.",
            "A trial makes each saving as forecast with the chance of its confidence, or not at all.",
            f"A chance is within {_error(found):f} points of the true one, 19 times in 20.",
            *end.year.body.notes,
        ),
        sources=plan_files(end),
        sign_note="Deficits are in brackets.",
    )


def simulation_data(statement: Statement, spread: Statement, end: YearEnd, found: Simulated) -> dict[str, Any]:
    """Both statements as plain data, every percentile of each year's figures, and the error of each chance."""
    years = [str(year) for year in end.plan.years]
    return data.statement_data(statement) | {
        "spread": data.statement_data(spread)["rows"],
        "percentiles": {
            name: {
                year: {str(p): f"{whole_pounds(amount)}.00" for p, amount in fan.percentiles.items()}
                for year, fan in zip(years, fans, strict=True)
            }
            for name, fans in (("position", found.position_fans), ("closing_balance", found.closing_fans))
        },
        "chances": {
            name: {
                year: {"chance": f"{each.value:.6f}", "standard_error": f"{each.error:.6f}"}
                for year, each in zip(years, chances, strict=True)
            }
            for name, chances in (("break_even", found.break_even()), ("cleared", found.cleared()))
        },
    }


def _error(found: Simulated) -> Decimal:
    """Two standard errors of the least certain chance, in per cent."""
    largest = max(chance.error for chance in (*found.break_even(), *found.cleared()))
    return _percent(2 * largest)


def draws_are_illustrative(end: YearEnd) -> bool:
    """Whether what is drawn must be marked: the plan, or how uncertain it is, rests on illustrative cells."""
    return end.plan_is_illustrative or any(row.basis == "illustrative" for row in end.year.ledgers.uncertainty)


def _marked(row: Row) -> Row:
    return replace(row, illustrative=frozenset(row.values))


def chance_text(chance: float) -> str:
    """A chance, 0 to 1, as a page says it: ``29.5%``."""
    return percent_text(_percent(chance))


def _percent(share: float) -> Decimal:
    return Decimal(repr(100 * share)).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def _percent_of(share: float) -> str:
    return percent_text(_percent(share))


def whole_pounds(amount: float) -> Decimal:
    """A float of pounds as whole ones, halves away from nil."""
    return Decimal(repr(amount)).quantize(Decimal(1), rounding=ROUND_HALF_UP)


def _chances(row_id: str, label: str, chances: Sequence[Chance], years: Sequence[str]) -> Row:
    values: dict[str, Value] = {year: _percent(chance.value) for year, chance in zip(years, chances, strict=True)}
    return Row(row_id, label, RowKind.LINE, 1, Flow.NET, values, unit="%")


def _fan(
    row_id: str, label: str, planned: Sequence[Decimal], fans: Sequence[Fan], years: Sequence[str]
) -> Iterator[Row]:
    def row(name: str, words: str, amounts: Sequence[Decimal], kind: RowKind = RowKind.LINE) -> Row:
        values: dict[str, Value] = dict(zip(years, amounts, strict=True))
        level = 1 if kind is RowKind.SUBTOTAL else 2
        return Row(f"{row_id}.{name}", words, kind, level, Flow.NET, values)

    yield row("planned", f"{label}, {AS_FORECAST.lower()}", planned, RowKind.SUBTOTAL)
    for percentile in SHOWN:
        yield row(f"p{percentile}", f"P{percentile}", [whole_pounds(fan.percentiles[percentile]) for fan in fans])
    yield row("mean", "Mean", [whole_pounds(fan.mean) for fan in fans])


def _at_risk(found: Simulated, reserves: Decimal, years: Sequence[str]) -> Iterator[Row]:
    risks = found.at_risk(reserves)
    label = f"Chance that the deficit exceeds reserves of £{amount_text(reserves)}"
    yield _chances("exceeds_reserves", label, [risk.exceeds for risk in risks], years)
    for row_id, words, amounts in (
        ("value_at_risk", "Beyond reserves, 1 year in 20 at least", [risk.value_at_risk for risk in risks]),
        ("expected_shortfall", "Beyond reserves, mean of the worst twentieth", [r.expected_shortfall for r in risks]),
    ):
        values: dict[str, Value] = {y: whole_pounds(amount) for y, amount in zip(years, amounts, strict=True)}
        yield Row(row_id, words, RowKind.LINE, 1, Flow.EXPENDITURE, values)


def _summary(end: YearEnd, found: Simulated, mark: str) -> Iterator[str]:
    first, last = end.plan.years[0], end.plan.years[-1]
    fan = found.closing_fans[-1].percentiles
    low, middle, high = (f"{_balance(fan[each])}{mark}" for each in SHOWN)
    yield f"The chance of break-even in {first.on_screen} is {_percent_of(found.break_even()[0].value)}{mark}."
    yield (
        f"At 31 March {last.start + 1} the balance is as likely above as below {middle}; "
        f"8 times in 10 it is between {low} and {high}."
    )
    if found.shares and (largest := max(found.shares, key=lambda share: share.share)).share > 0:
        yield f"The largest part of the spread, {_percent_of(largest.share)}{mark}, comes from {_named(largest)}."


def _named(share: Share) -> str:
    """What a share is of, in words: ``U04 Residential number (how many are to be expected)``."""
    name, _, part = share.label.rpartition(": ")
    return f"{name} ({_PARTS[part]})" if name and part in _PARTS else share.label


_PARTS = {"rate": "how many are to be expected", "chance": "how many more or fewer than expected there are"}


def _balance(amount: float) -> str:
    pounds = whole_pounds(amount)
    return f"a {'deficit' if pounds < 0 else 'surplus'} of £{amount_text(abs(pounds))}"


def spread_statement(end: YearEnd, found: Simulated) -> Statement:
    """What the spread of the last closing balance comes from, the largest first; what inputs make together is apart."""
    last = end.plan.years[-1]
    ordered = sorted(found.shares, key=lambda share: -share.share)
    rows = [
        Row(share.id, share.label, RowKind.LINE, 1, Flow.NET, {"share": _percent(share.share)}, unit="%")
        for share in ordered
        if _percent(share.share)
    ]
    rest = sum((share.share for share in ordered if not _percent(share.share)), found.together)
    rows.append(
        Row("together", "The rest, and together", RowKind.LINE, 1, Flow.NET, {"share": _percent(rest)}, unit="%")
    )
    return Statement(
        id="spread",
        body=end.year.body.name,
        title=f"What the spread of the balance at 31 March {last.start + 1} comes from",
        state="shares of the variance",
        columns=(Column("share", "Share", ColumnKind.PERCENT),),
        rows=tuple(map(_marked, rows) if draws_are_illustrative(end) else rows),
        notes=(_RATE_AND_CHANCE,) if any(share.id.endswith(".chance") for share in ordered) else (),
        sign_note="Each share is a part of the variance, in per cent.",
    )


_RATE_AND_CHANCE = "Of a number, its rate is how many are to be expected, and chance how many more or fewer there are."
