"""What holds of every bridge: it adds up to the penny, casts, and depends on no order."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from breakeven.drivers.price_volume import Bought, cost_of
from breakeven.ledger.chart import Category
from breakeven.monitoring.bridge import Bridge, LineBridge, bridge, bridges
from breakeven.monitoring.line_state import (
    BUDGET,
    LAST_YEAR,
    OUTTURN,
    PLAN,
    REVISED,
    LineState,
    Reason,
    State,
    at_period,
)
from breakeven.monitoring.outturn import Flow
from made_states import figure

WORKED_OUT = {Reason.PRICE, Reason.VOLUME, Reason.JOINT, Reason.MIX}
HELD = [Reason.VIREMENTS, Reason.ONE_OFFS, Reason.SAVINGS, Reason.TIMING, Reason.OTHER]
STATED = [r for r in Reason if r not in {Reason.VIREMENTS, Reason.JOINT, Reason.UNEXPLAINED}]

pence = st.integers(-(10**12), 10**12).map(lambda each: Decimal(each).scaleb(-2))
bought = st.builds(
    Bought,
    st.fractions(0, 10**5, max_denominator=7 * 366),
    st.fractions(-(10**3), 10**6, max_denominator=700),
    st.sampled_from(["placement", "post"]),
)
activities = st.none() | st.dictionaries(st.sampled_from(["home", "foster", "secure"]), bought, max_size=3)
states = st.sampled_from([BUDGET, REVISED, OUTTURN, LAST_YEAR, PLAN, at_period(3), at_period(9)])
LINES = {
    "health": (Flow.INCOME, "income", True),
    "fees": (Flow.INCOME, "income", False),
    "contract_sum": (Flow.INCOME, "contract_sum", False),
    "residential": (Flow.EXPENDITURE, "placements", False),
    "fostering": (Flow.EXPENDITURE, "placements", False),
    "agency": (Flow.EXPENDITURE, "staffing", False),
}


@st.composite
def some_line(draw: st.DrawFn, of: State, line: str, *, known: bool = False) -> LineState:
    flow, category, follows = LINES[line]
    held = draw(st.dictionaries(st.sampled_from(HELD), pence, max_size=3))
    said = draw(st.dictionaries(st.sampled_from(STATED), pence, max_size=3))
    return LineState(
        id=line,
        label=line,
        flow=flow,
        category=Category(category, category),
        state=of,
        amount=figure(line, draw(pence if known else st.none() | pence)),
        activity=draw(activities),
        holds={reason: figure(reason, amount) for reason, amount in held.items()},
        explained={reason: figure(reason, amount) for reason, amount in said.items()},
        follows_a_line=follows,
    )


@st.composite
def one_line(draw: st.DrawFn) -> tuple[LineState, LineState]:
    line = draw(st.sampled_from(sorted(LINES)))
    return draw(some_line(draw(states), line, known=True)), draw(some_line(draw(states), line, known=True))


@st.composite
def many_lines(draw: st.DrawFn) -> tuple[dict[str, LineState], dict[str, LineState]]:
    def side() -> dict[str, LineState]:
        of = draw(states)
        chosen = draw(st.lists(st.sampled_from(sorted(LINES)), min_size=1, unique=True))
        return {line: draw(some_line(of, line)) for line in chosen}

    return side(), side()


def amounts(found: LineBridge) -> dict[Reason, Decimal | None]:
    return {reason: part.amount for reason, part in found.parts.items()}


def come_to(found: LineBridge) -> Decimal | None:
    known = [part.amount for part in found.parts.values() if part.amount is not None]
    return sum(known, Decimal(0)) if len(known) == len(Reason) else None


@given(one_line())
def test_the_parts_of_a_line_come_to_its_change_in_whole_pence(pair: tuple[LineState, LineState]) -> None:
    found = bridge(*pair)
    before, after = (side.amount.amount for side in pair)
    assert before is not None
    assert after is not None
    assert come_to(found) == found.change.amount == after - before
    assert all(amount == amount.quantize(Decimal("0.01")) for amount in amounts(found).values() if amount is not None)


@given(many_lines())
def test_the_parts_of_every_total_come_to_its_change_or_are_open_with_it(
    pair: tuple[dict[str, LineState], dict[str, LineState]],
) -> None:
    found = bridges(*pair)
    for each in (*found.lines, *found.categories, found.income, found.expenditure, found.position):
        assert come_to(each) == each.change.amount, each.id


@given(many_lines())
def test_totals_cast_reason_by_reason(pair: tuple[dict[str, LineState], dict[str, LineState]]) -> None:
    found = bridges(*pair)
    for total, lines in _totals(found):
        for reason in Reason:
            known = [amount for line in lines if (amount := amounts(line)[reason]) is not None]
            expected = sum(known, Decimal(0)) if len(known) == len(lines) else None
            assert amounts(total)[reason] == expected, (total.id, reason)
    for reason, net in amounts(found.position).items():
        inward, outward = amounts(found.income)[reason], amounts(found.expenditure)[reason]
        assert net == (None if inward is None or outward is None else inward - outward)


def _totals(found: Bridge) -> list[tuple[LineBridge, list[LineBridge]]]:
    by_flow = [
        (total, [line for line in found.lines if line.flow is total.flow])
        for total in (found.income, found.expenditure)
    ]
    return by_flow + [(each, list(found.lines_in(each.id))) for each in found.categories]


@given(many_lines(), st.data())
def test_the_order_of_lines_and_types_changes_no_figure(
    pair: tuple[dict[str, LineState], dict[str, LineState]], data: st.DataObject
) -> None:
    def shuffled(side: Mapping[str, LineState]) -> dict[str, LineState]:
        return dict(data.draw(st.permutations(list(side.items()))))

    plain, moved = bridges(*pair), bridges(*map(shuffled, pair))
    assert {(made.id, made.amount) for made in plain.figures()} == {(made.id, made.amount) for made in moved.figures()}


@given(one_line())
def test_the_other_way_round_all_but_price_volume_joint_and_mix_change_their_sign_alone(
    pair: tuple[LineState, LineState],
) -> None:
    there, back = amounts(bridge(*pair)), amounts(bridge(*reversed(pair)))
    is_worked_out = all(side.activity is not None for side in pair)
    other = [reason for reason in Reason if not (is_worked_out and reason in WORKED_OUT)]
    assert [back[reason] for reason in other] == [-(there[reason] or Decimal(0)) for reason in other]
    assert sum(back[reason] or 0 for reason in WORKED_OUT) == -sum(there[reason] or 0 for reason in WORKED_OUT)


@given(one_line())
def test_nothing_moves_between_two_states_that_are_alike(pair: tuple[LineState, LineState]) -> None:
    same = pair[0]
    assert set(amounts(bridge(same, same)).values()) == {Decimal(0)}


@given(one_line())
def test_price_volume_joint_and_mix_are_within_half_a_penny_of_what_the_activity_costs_more(
    pair: tuple[LineState, LineState],
) -> None:
    before, after = (side.activity for side in pair)
    if before is not None and after is not None:
        modelled = sum((bridge(*pair).parts[reason].amount or Decimal(0) for reason in WORKED_OUT), Decimal(0))
        assert abs(Fraction(modelled) - (cost_of(after) - cost_of(before))) <= Fraction(1, 200)
