"""Small plans, made of records in one line each, and their rows to be held against ``years``."""

from collections.abc import Sequence
from decimal import Decimal

from hypothesis import strategies as st

from breakeven.ledger.record import Record
from breakeven.ledger.scenarios import Overlay
from breakeven.ledger.year import ContractYear
from breakeven.monitoring.outturn import outturn
from breakeven.periods import Year
from breakeven.plan.basis import Basis, basis, model
from breakeven.plan.compare import Comparison
from breakeven.plan.model import Model, View
from breakeven.plan.mtfp import Plan, plan
from breakeven.plan.savings import programme
from made import (
    ALL_STEADY,
    BASE,
    Recurrence,
    amounts,
    assumed,
    balance,
    contract_sum,
    contract_year,
    investment,
    overlay,
    placements,
    posted,
    pressure,
    saving,
    third_party,
    variation,
)
from made_registers import worker

Row = dict[Year, Decimal | None]

SPEND = posted("S1 5010 100", "S1 5110 50", "P1 6010 300", "P2 6110 200", "O1 7010 50")


GROUPS = {"pay": ("staffing",), "prices": ("placements", "overheads")}


def planned(year: ContractYear, view: View = "planned", overlays: Sequence[Overlay] = ()) -> Plan:
    return plan(year, outturn(year), programme(year, overlays), view, overlays)


def small(*records: Record, plan_years: int = 3) -> ContractYear:
    """Income of 600, spend of 700 and an opening deficit of 20, with these records besides."""
    return contract_year(
        contract_sum("500"),
        third_party("Health", "100"),
        balance("opening", "-20"),
        *records,
        extract=SPEND,
        plan_years=plan_years,
        groups=GROUPS,
    )


def row(found: Plan, row_id: str) -> dict[Year, Decimal | None]:
    return amounts(found.row(row_id).years)


# As numbers --------------------------------------------------------------------------------------------------


def made_from(year: ContractYear) -> Basis:
    """What a plan is made from before a scenario touches it."""
    return basis(year, outturn(year), [BASE.later(n) for n in range(1, year.body.plan_years + 1)])


def numbers(year: ContractYear, *overlays: Overlay, view: View = "planned") -> Model:
    return model(made_from(year), overlays, view)


def comes_to(found: Model, line: str) -> Row:
    """What a line comes to each year; open where it is not known."""
    outcome = found.outcome()
    for lines, rows in ((found.income, outcome.income[0]), (found.expenditure, outcome.gross[0])):
        for each, row in zip(lines, rows, strict=True):
            if each.id == line:
                return {
                    y: a if each.is_known(t) else None for t, (y, a) in enumerate(zip(found.years, row, strict=True))
                }
    raise KeyError(line)


def by_year(found: Model, amounts: Sequence[Decimal | None]) -> Row:
    return dict(zip(found.years, amounts, strict=True))


TEN_PLACES = (
    placements("Residential", "2023-09-30", "9", "680"),
    placements("Residential", "2024-03-31", "11", "700"),
)
"""Ten placements on average, at £700 a week by the year's end: £36,500 for the 365 nights of a year."""


def housed(*records: Record, plan_years: int = 3) -> ContractYear:
    """Ten residential placements that cost £365,000 in all; nothing moves but what the records say."""
    return contract_year(
        contract_sum("500_000"),
        third_party("Health", "100_000"),
        balance("opening", "-20_000"),
        *TEN_PLACES,
        *records,
        *ALL_STEADY,
        extract=posted("S1 5010 120_000", "S1 5110 60_000", "P1 6010 365_000", "P2 6110 24_000", "O1 7010 48_000"),
        plan_years=plan_years,
        groups=GROUPS,
    )


THREE_POSTS = [worker(f"P{n}", "permanent", "2020-01-01", a_year="40000") for n in (1, 2, 3)]
"""Three social workers at £40,000 a year, whose posts are filled all year."""


def under(*overlays: Overlay, line: str = "residential", beneath: Sequence[Record] = ()) -> Row:
    """What a line of those ten placements comes to under a scenario."""
    return comes_to(numbers(housed(*beneath), *overlays), line)


def adds_up(found: Comparison) -> bool:
    """Whether the changes and what they do together come to the whole difference of each year, where it is known.

    Where it is known and one of them is open, what they do together must be there to say so.
    """
    changes = [*found.changes, *([found.together] if found.together else [])]

    def is_whole(name: str, t: int) -> bool:
        before, after = (getattr(side, name)[t] for side in (found.before, found.after))
        parts = [getattr(change, name)[t] for change in changes]
        if before is None or after is None:
            return True
        return found.together is not None if None in parts else sum(parts, Decimal(0)) == after - before

    return all(is_whole(name, t) for name in ("position", "closing") for t in range(len(found.years)))


# By chance ---------------------------------------------------------------------------------------------------

LINES = ("social_workers", "agency", "residential", "fostering", "premises")


VIEWS: tuple[View, ...] = ("planned", "forecast", "weighted")


def by_chance(records: Sequence[Record]) -> ContractYear:
    """A year of ``some_years`` that has ten placements, besides."""
    return contract_year(*records, *TEN_PLACES, extract=SPEND, groups=GROUPS)


@st.composite
def some_years(draw: st.DrawFn, *, is_open: bool = True) -> list[Record]:
    """Records of a year: everything moves. is_open: some of it is missing, so that most of the plans are open."""
    sums = st.integers(0, 10**9).map(lambda pence: f"{Decimal(pence).scaleb(-2):f}")
    percents, lines = st.integers(-9, 20).map(str), st.sampled_from(LINES)
    starts = st.dates(Year(2022).first_day, Year(2026).last_day).map(lambda day: day.isoformat())
    kinds: st.SearchStrategy[Recurrence] = st.sampled_from(["recurrent", "one-off"])
    records: list[Record] = [contract_sum(draw(sums)), third_party("Health", draw(sums), draw(sums), draw(sums))]
    records += [variation(f"CC{n}", draw(sums), recurrent=draw(st.booleans())) for n in range(draw(st.integers(0, 3)))]
    records += [balance("opening", f"-{draw(sums)}")] if not is_open or draw(st.booleans()) else []
    records += [pressure(draw(lines), draw(sums), draw(starts), draw(kinds), f"PR{n}") for n in range(2)]
    records += [investment(draw(sums), draw(starts), draw(kinds))]
    records += [saving(draw(sums), draw(starts), draw(kinds), ref=f"S{n}") for n in range(draw(st.integers(0, 3)))]
    for name in ("contract_sum", "third_party_income", *LINES):
        for year in (2024, 2025, 2026):
            if not is_open or draw(st.integers(0, 9)):
                records += [
                    assumed(name, draw(percents), "growth", year),
                    assumed(name, draw(percents), "inflation", year),
                ]
            if not draw(st.integers(0, 9)):
                records.append(assumed(name, draw(sums), "sum", year))
    return records


@st.composite
def some_overlays(draw: st.DrawFn) -> list[Overlay]:
    """Changes of a plan of ``some_years`` and ``TEN_PLACES``, no two of which set one thing."""
    years, periods = st.sampled_from(["2024-25", "2025-26", "2026-27"]), st.integers(1, 12)
    names = st.sampled_from([*LINES, "pay", "prices", "overheads", "contract_sum", "third_party_income"])
    to_find = st.integers(0, 9_999).map("further_saving amount +£{}".format)
    changes = ["inflation +{}%", "growth -{}%", "amount +£{}000", "amount -£{}", "amount x1.{}", "growth x0.{}"]
    found: list[Overlay] = []
    for _ in range(draw(st.integers(0, 4))):
        since = f"{draw(years)} P{draw(periods):02d}"
        said = draw(st.sampled_from(changes)).format(draw(st.integers(0, 9)))
        found.append(overlay(f"{draw(names)} {said}", since))
    sets = ["pay inflation {}%", "agency inflation to -{}%", "residential number {}", "residential price £{}00"]
    found += [
        overlay(said.format(draw(st.integers(1, 30))), f"{draw(years)} P{draw(periods):02d}")
        for said in draw(st.lists(st.sampled_from(sets), unique=True))
    ]
    if draw(st.booleans()):
        found.append(overlay(draw(to_find), f"{draw(years)} P{draw(periods):02d}"))
    if draw(st.booleans()):
        found.append(overlay(f"fostering amount £{draw(st.integers(0, 999))}", draw(years)))
    if draw(st.booleans()):
        found.append(overlay(f"residential number +{draw(st.integers(0, 9))}", draw(years), until="2026-27"))
    return draw(st.permutations(found))
