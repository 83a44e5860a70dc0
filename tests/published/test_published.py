"""Tables of seven councils' papers rebuilt to what they print, though no two of them sign a variance alike.

Each row is a line of net cost: a cost is positive, net income below nil. What is worked out of it is put back in the
table's own sign and held against its print. It may be out by half a last place for each printed figure it is made of.
"""

from decimal import Decimal
from fractions import Fraction

import pytest

from breakeven.drivers.price_volume import Bought, cost_of
from breakeven.monitoring.bridge import bridges
from breakeven.monitoring.line_state import BUDGET, OUTTURN, LineState, Reason
from breakeven.monitoring.outturn import Flow, adverse_or_favourable
from breakeven.report.figures import percent_of
from made_states import parts, state
from published.tables import Convention, bridged, published

WIGHT_2003 = Convention(
    "iow-social-2002-03-m11", "Annual budget", "Variance", -1, after="Forecast outturn", percent="Variance %",
    totals=("children", "adults"),
)  # fmt: skip
WIGHT_2004 = Convention(
    "iow-social-2004-05-m04", "Annual budget", "Variance", -1, after="Forecast outturn", percent="Variance %",
    totals=("children",),
)  # fmt: skip
WIGHT_PLACEMENTS = Convention(
    "iow-placements-2003-09", "Budget", "Variance", -1, after="Projected actual", totals=("total",)
)
VALE = Convention("vale-of-glamorgan-2015-11", "Budget", "Variance", -1, after="Probable outturn")
YORK = Convention("york-childrens-2020-21-q2", "Net", "Variation", 1, percent="Variation %", totals=("total",))
EAST_AYRSHIRE = Convention("east-ayrshire-2012-p4", "Budget", "Variance", 1, totals=("total",))

CONVENTIONS = (WIGHT_2003, WIGHT_2004, WIGHT_PLACEMENTS, VALE, YORK, EAST_AYRSHIRE)

ADVERSE = {
    WIGHT_2003: "strategy family other ld emp otha adults",
    WIGHT_2004: "comm cla",
    WIGHT_PLACEMENTS: "q505",
    VALE: "r8",
    YORK: "csc communities edu director total",
    EAST_AYRSHIRE: "community",
}
AS_BUDGETED = {
    WIGHT_2003: "asyl",
    VALE: "r1 r2 r3 r4 r5 r6 r9 r10 r11 r12 r13 r14 r15 r16 r17 r18",
    EAST_AYRSHIRE: "blc",
}
"""Every other row is favourable."""

ROUNDED = {WIGHT_2003: {"children": 1, "phys": -1, "support": -1}}
"""By how many thousands a print is above what its own columns give: each of the three is rounded by itself."""

SLIPS = {
    (WIGHT_2003, "otha"): "divides by the budget's own sign, so that an adverse variance of income prints as a plus"
}

TABLES = pytest.mark.parametrize("convention", CONVENTIONS, ids=lambda each: each.table)


@TABLES
def test_each_row_comes_to_the_variance_that_is_printed(convention: Convention) -> None:
    table = published(convention.table)
    out: dict[str, Decimal] = {}
    for line in bridged(convention, table.rows).lines:
        assert line.change.amount is not None
        out[line.id] = table.amount(line.id, convention.variance) - convention.adverse * line.change.amount
    assert {row: by / table.unit for row, by in out.items() if by} == ROUNDED.get(convention, {})
    assert all(abs(by) <= 3 * table.half for by in out.values())


@TABLES
def test_each_row_has_the_right_word_whatever_sign_it_is_printed_with(convention: Convention) -> None:
    found = bridged(convention, published(convention.table).rows)
    words = {line.id: adverse_or_favourable(line.flow, line.change.amount) for line in found.lines}
    expected = dict.fromkeys(words, "F")
    expected |= dict.fromkeys(ADVERSE[convention].split(), "A")
    expected |= dict.fromkeys(AS_BUDGETED.get(convention, "").split(), "")
    assert words == expected


@pytest.mark.parametrize(
    ("convention", "total", "rows"),
    [
        (WIGHT_2003, "children", "comm cla family yj other"),
        (WIGHT_2003, "adults", "old phys ld mh emp asyl otha"),
        (WIGHT_2004, "children", "comm cla family yj other"),
        (WIGHT_PLACEMENTS, "total", "q501 q502 q505 q506 q509"),
        (YORK, "total", "csc communities edu schools director improve covid mitigation"),
        (EAST_AYRSHIRE, "total", "resources schools community facilities blc cfcj care"),
    ],
    ids=lambda each: each.table if isinstance(each, Convention) else None,
)
def test_the_rows_cast_to_the_printed_total(convention: Convention, total: str, rows: str) -> None:
    table = published(convention.table)
    cast = bridged(convention, rows.split()).expenditure
    assert cast.before.amount is not None
    assert cast.change.amount is not None
    allowed = table.half * (len(rows.split()) + 1)
    assert abs(cast.before.amount - table.amount(total, convention.budget)) <= allowed
    of_both = table.half * (2 * len(rows.split()) + 1)
    assert abs(convention.adverse * cast.change.amount - table.amount(total, convention.variance)) <= of_both


def test_york_east_ayrshire_and_the_placements_of_wight_cast_exactly() -> None:
    for convention in (YORK, EAST_AYRSHIRE, WIGHT_PLACEMENTS):
        table, cast = published(convention.table), bridged(convention).expenditure
        assert cast.before.amount == table.amount("total", convention.budget)
        assert convention.adverse * (cast.change.amount or 0) == table.amount("total", convention.variance)


@pytest.mark.parametrize("convention", [each for each in CONVENTIONS if each.percent], ids=lambda each: each.table)
def test_the_per_cent_is_of_the_size_of_the_net_budget_and_bears_the_sign_of_the_variance(
    convention: Convention,
) -> None:
    table = published(convention.table)
    for line in bridged(convention, table.rows).lines:
        printed = table.value(line.id, convention.percent or "")
        ours = percent_of(line.change.amount, line.before.amount)
        if printed is None or ours is None:
            assert not line.before.amount
            continue
        if (convention, line.id) in SLIPS:
            printed = -printed
        allowed = Decimal("0.1") + 100 * table.half / abs(line.before.amount or 1)
        assert abs(convention.adverse * ours - printed) <= allowed, line.id


def test_a_variance_over_a_net_income_budget_keeps_its_own_sign() -> None:
    york = {line.id: line for line in bridged(YORK).lines}
    assert percent_of(york["schools"].change.amount, york["schools"].before.amount) == Decimal("-18.2")
    assert percent_of(york["director"].change.amount, york["director"].before.amount) == Decimal("12.3")
    wight = {line.id: line for line in bridged(WIGHT_2003).lines}["otha"]
    assert (wight.before.amount, wight.change.amount) == (-3_817_000, 124_000)
    assert percent_of(wight.change.amount, wight.before.amount) == Decimal("3.2")
    assert [cell.text for cell in published(WIGHT_2003.table).rows["otha"].printed[-2:]] == ["(124)", "3.3%"]


@pytest.mark.parametrize("convention", [WIGHT_2003, WIGHT_2004], ids=lambda each: each.table)
def test_what_remains_is_the_budget_less_what_is_spent(convention: Convention) -> None:
    table = published(convention.table)
    to_date = Convention(convention.table, convention.budget, "Remaining", -1, after="Actual to date")
    for line in bridged(to_date, table.rows).lines:
        assert line.change.amount is not None
        assert abs(-line.change.amount - table.amount(line.id, "Remaining")) <= 3 * table.half, line.id


# Gross, income and net ---------------------------------------------------------------------------------------


def test_york_prints_income_as_positive_and_takes_it_off() -> None:
    table = published(YORK.table)
    for row in ("csc", "communities", "edu", "schools", "director", "total"):
        gross = state(table.amount(row, "Gross"), line="gross")
        income = state(table.amount(row, "Income"), line="income_of", flow=Flow.INCOME)
        found = bridges({"gross": gross, "income_of": income}, {"gross": gross, "income_of": income})
        assert found.position.before.amount == -table.amount(row, "Net")


@pytest.mark.parametrize("row", ["l304", "l311", "l312"])
def test_portsmouth_nets_what_is_spent_by_provider_of_income_and_grants(row: str) -> None:
    table = published("portsmouth-s251-2020-21")

    def sides(income: tuple[str, ...], of_budget: str | None = None) -> dict[str, LineState]:
        columns = dict.fromkeys(("Own provision", "Private", "Other public", "Voluntary"), Flow.EXPENDITURE)
        columns |= dict.fromkeys(income, Flow.INCOME)
        return {
            name: state(of_budget or table.amount(row, name), BUDGET if of_budget else OUTTURN, line=name, flow=flow)
            for name, flow in columns.items()
        }

    net = bridges(sides(("Income",), "[x]"), sides(("Income",)))
    assert net.expenditure.after.amount == table.amount(row, "Total")
    assert net.position.after.amount == -table.amount(row, "Net")
    assert (net.position.before.amount, net.position.change.amount) == (None, None)  # no budget is printed
    income = ("Income", "Grant 1", "Grant 2")
    assert bridges(sides(income), sides(income)).position.after.amount == -table.amount(row, "Net of grants")


# Price times number ------------------------------------------------------------------------------------------

PRICE = 26_495


def clients(row: str, column: str, cost: str | None = None) -> dict[str, Bought]:
    """How many clients one team buys for, at the one budgeted price or at what its cost comes to for each."""
    table = published(WIGHT_PLACEMENTS.table)
    number = table.amount(row, column)
    if cost is not None and not number:
        return {}
    price = Fraction(PRICE) if cost is None else Fraction(table.amount(row, cost)) / Fraction(number)
    return {row: Bought(Fraction(number), price)}


def test_every_budget_of_wight_is_its_number_of_clients_at_one_price() -> None:
    table = published(WIGHT_PLACEMENTS.table)
    for row in table.rows:
        assert cost_of(clients(row, "Budgeted clients")) == table.amount(row, "Budget")


def test_wights_projection_is_bridged_from_its_budget_in_clients_and_price() -> None:
    table = published(WIGHT_PLACEMENTS.table)
    teams = [row for row in table.rows if row != "total"]
    before: dict[str, Bought] = {}
    after: dict[str, Bought] = {}
    for team in teams:
        before |= clients(team, "Budgeted clients")
        after |= clients(team, "Clients", "Projected actual")
    budget, projected = table.amount("total", "Budget"), table.amount("total", "Projected actual")
    lines = [
        LineState("care", "Care", Flow.EXPENDITURE, each.category, each.state, each.amount, activity)
        for each, activity in ((state(budget), before), (state(projected, OUTTURN), after))
    ]
    found = bridges({"care": lines[0]}, {"care": lines[1]})
    # By hand: Q501 pays 149,330 ÷ 5 = 29,866 a client, Q502 118,210 ÷ 4 = 29,552.50, Q505 26,641; Q506 has spent 6,032
    # on a client who has left. price = 6 × 3,371 + 5 × 3,057.50 + 146; joint = −3,371 − 3,057.50.
    assert parts(found.lines[0]) == {
        Reason.PRICE: Decimal("35659.50"),
        Reason.VOLUME: Decimal(-4 * PRICE),
        Reason.JOINT: Decimal("-6428.50"),
        Reason.UNEXPLAINED: Decimal(6032),
    }
    assert -(found.position.change.amount or 0) == -table.amount("total", "Variance")
