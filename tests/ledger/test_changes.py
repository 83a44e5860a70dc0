"""A change as a person types it: what it is taken to mean, and in which words it is refused."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakeven.ledger.changes import WHERE, Span, parse_change, parse_span
from breakeven.ledger.scenarios import UNIT_OF, Overlay, What
from breakeven.periods import Year
from made import BASE, contract_year, overlay, saving

SAVINGS = (saving("100", "2024-04-01", ref="S24-03"),)
BODY = contract_year(groups={"pay": ("staffing",)}).body
FIRST = Year(2024)
WHOLE_PLAN: Span = (FIRST, None, None)
YEARS = [BASE.later(n) for n in (1, 2, 3)]


def read(text: str, span: Span = WHOLE_PLAN) -> Overlay:
    return parse_change(text, BODY, SAVINGS, span)


def meant(change: Overlay) -> tuple[str, Any, Any, Any, Decimal, str]:
    return change.line, change.what, change.how, change.unit, change.value, change.in_words


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("residential=+5", "residential number +5"),
        ("residential=-5", "residential number -5"),
        ("residential=73", "residential number 73"),
        ("residential=+2.5", "residential number +2.5"),
        ("residential=+.5", "residential number +0.5"),
        ("pay=4%", "pay inflation 4%"),
        ("pay=+1%", "pay inflation +1%"),
        ("pay=−1pp", "pay inflation -1%"),
        ("pay=+0.5 points", "pay inflation +0.5%"),
        ("pay=to -2%", "pay inflation to -2%"),
        ("pay=to 2%", "pay inflation 2%"),
        ("agency.growth=to -8%", "agency growth to -8%"),
        ("residential.growth=2%", "residential growth 2%"),
        ("residential.price=+£200", "residential price +£200"),
        ("residential.price=+200", "residential price +£200"),
        ("residential.price=x1.05", "residential price x1.05"),
        ("residential.Number=x1.1", "residential number x1.1"),
        ("premises=+£250k", "premises amount +£250000"),
        ("premises=+250k", "premises amount +£250000"),
        ("premises=£-1.5m", "premises amount -£1500000"),
        ("premises=-£1,000.50", "premises amount -£1000.50"),
        ("premises=£17m", "premises amount £17000000"),
        ("premises.amount=17", "premises amount £17"),
        ("premises=x1.1", "premises amount x1.1"),
        ("premises=×1.1", "premises amount x1.1"),
        ("premises=*1.1", "premises amount x1.1"),
        ("S24-03=50%", "S24-03 delivery 50%"),
        ("S24-03=200%", "S24-03 delivery 200%"),
        ("S24-03=x0.8", "S24-03 delivery x0.8"),
        ("S24-03=+3 months", "S24-03 start +3 months"),
        ("S24-03=+3mo", "S24-03 start +3 months"),
        ("S24-03=-1month", "S24-03 start -1 months"),
        ("S24-03.start=+3", "S24-03 start +3 months"),
        ("S24-03=£3m", "S24-03 amount £3000000"),
        ("savings=60%", "savings delivery 60%"),
        ("further_saving=500000", "further_saving amount £500000"),
        (" residential = +5 ", "residential number +5"),
    ],
)  # fmt: skip
def test_what_is_typed_is_taken_by_its_sign_and_its_unit(typed: str, said: str) -> None:
    assert meant(read(typed)) == meant(overlay(said))


def test_a_change_counts_in_the_span_that_is_asked_for_and_a_saving_is_changed_as_a_whole() -> None:
    span = (Year(2025), 7, Year(2026))
    assert read("residential=+5", span).span == "from 2025/26 P07 to 2026/27"
    assert read("S24-03=50%", span).span == "from 2024/25"
    assert read("further_saving=+£1m", span).in_words == (
        "further_saving amount +£1,000,000 from 2025/26 P07 to 2026/27"
    )


def test_a_change_says_where_it_was_typed_and_why() -> None:
    found = read(" residential=+5 ")
    assert (str(found.at), found.scenario, found.source) == (f"'[{WHERE}]residential=+5'", WHERE, "what-if")
    assert parse_change("pay=4%", BODY, (), WHOLE_PLAN, source="Pay offer").source == "Pay offer"


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "expected NAME=VALUE such as residential=+5 or pay=4%, found ''"),
        ("=5", "expected NAME=VALUE such as residential=+5 or pay=4%, found '=5'"),
        ("residential=", "expected NAME=VALUE such as residential=+5 or pay=4%, found 'residential='"),
        ("residential", "expected NAME=VALUE such as residential=+5 or pay=4%, found 'residential'"),
        ("residential=many", "expected a value such as +5, 4%, +£250k, x1.1 or +3 months, found 'many'"),
        ("residential=+1e999", "expected a value such as +5, 4%, +£250k, x1.1 or +3 months, found '+1e999'"),
        ("residential=٣", "expected a value such as +5, 4%, +£250k, x1.1 or +3 months, found '٣'"),
        ("pay=4%%", "expected a value such as +5, 4%, +£250k, x1.1 or +3 months, found '4%%'"),
        ("premises=+£-3", "expected a value such as +5, 4%, +£250k, x1.1 or +3 months, found '+£-3'"),
        ("premises=x£3", "expected a value such as +5, 4%, +£250k, x1.1 or +3 months, found 'x£3'"),
        ("premises=to x3", "expected a value such as +5, 4%, +£250k, x1.1 or +3 months, found 'to x3'"),
        ("premises=3k%", "expected a value such as +5, 4%, +£250k, x1.1 or +3 months, found '3k%'"),
        ("S24-03=£3months", "expected a value such as +5, 4%, +£250k, x1.1 or +3 months, found '£3months'"),
        ("residental=+5", "called 'residental'; did you mean residential?"),
        ("S24-30=50%", "called 'S24-30'; did you mean S24-03?"),
        ("pay.colour=3", "'pay' has no 'colour': after the dot comes amount, inflation, growth, number or price"),
        ("residential.grwth=2%", "inflation, growth, number or price; did you mean residential.growth?"),
        ("contract_sum.colour=3", "after the dot comes amount, inflation or growth"),
        ("S24-03.prise=4", "'S24-03' has no 'prise': after the dot comes amount, delivery or start"),
        ("further_saving.colour=3", "'further_saving' has no 'colour': after the dot comes amount"),
        ("residental.colour=3", "called 'residental.colour'; did you mean residential?"),
        ("hindsight=5", "no line, category, group or saving is called 'hindsight'"),
        (".number=5", "no line, category, group or saving is called ''"),
        ("residential.number=5%", "number is how many, alone; write residential.number=+5"),
        ("residential.number=£5", "number is how many, alone; write residential.number=+5"),
        ("pay.inflation=4", "inflation is in %; write pay.inflation=4%"),
        ("S24-03.start=3%", "start is in months; write S24-03.start=+3 months"),
        ("S24-03.delivery=50", "delivery is in %; write S24-03.delivery=4%"),
        ("S24-03.amount=5%", "amount is in £; write S24-03.amount=+£250k"),
        ("S24-03=50", "say whether 50% of it is delivered, or it comes to £50, or starts +50 months later"),
        ("further_saving=50%", "amount is in £; write further_saving.amount=+£250k"),
        ("further_saving=x2", "'further_saving' is a sum that is still to find"),
        ("contract_sum=0", "'contract_sum' is income, which has no number; its amount is in pounds, as +£250k"),
        ("residential=50months", "'residential=50months': 'residential' is a line, which has no start"),
        ("residential=" + "9" * 50, "to set number takes from -1,000,000 to 1,000,000 of them"),
        ("premises=x-1", "to multiply amount takes from 0 to 1,000 times"),
        ("S24-03=+300months", "to add start takes from -120 to 120 months"),
    ],
)
def test_what_is_not_understood_is_said_with_what_to_write(typed: str, why: str) -> None:
    with pytest.raises(ValueError) as told:  # noqa: PT011  (its words are held against below)
        read(typed)
    assert why in str(told.value)


def test_a_long_text_is_not_said_again_in_full() -> None:
    with pytest.raises(ValueError, match=r"'residential=9{48}\.\.\.': to set number") as told:
        read("residential=" + "9" * 100_000)
    assert len(str(told.value)) < 200


def test_more_digits_than_a_number_can_have_are_refused_like_any_too_large() -> None:
    with pytest.raises(ValueError, match="to add amount takes"):
        read(f"premises=+£{'9' * 1_100_000}k")


# Laws --------------------------------------------------------------------------------------------------------


@st.composite
def some_changes(draw: st.DrawFn) -> Overlay:
    """Any change that can be typed, of a line or a saving."""
    of_a_line = draw(st.booleans())
    kinds: list[What] = (
        ["amount", "inflation", "growth", "number", "price"] if of_a_line else ["amount", "delivery", "start"]
    )
    what = draw(st.sampled_from(kinds))
    how = draw(st.sampled_from(["add", "multiply", "set"]))
    least = 0 if how == "multiply" else -120
    value = draw(st.decimals(least, 120, places=draw(st.integers(0, 3))))
    unit: Any = "times" if how == "multiply" else UNIT_OF[what]
    return overlay("residential number +5").model_copy(
        update={
            "line": "residential" if of_a_line else "S24-03", "what": what, "how": how, "value": value, "unit": unit,
        }
    )  # fmt: skip


@given(some_changes())
def test_what_a_page_says_of_a_change_can_be_typed_back(change: Overlay) -> None:
    typed = read(f"{change.line}.{change.what}={change.change}")
    assert meant(typed) == meant(change)
    usual = {"number", "inflation"} if change.line == "residential" else {"delivery", "start"}
    if change.how != "multiply" and change.what in {*usual, "amount"}:
        assert meant(read(f"{change.line}={change.change}")) == meant(change)


words = st.text() | st.from_regex(r"[a-zA-Z0-9_. -]{0,12}=[+\-x×to £0-9.,]{0,8}[km]? ?(%|pp|months?)?", fullmatch=True)


@given(st.one_of(words, words.map("residential={}".format), words.map("S24-03{}".format), words.map("pay.{}".format)))
def test_any_other_text_is_refused_in_words_and_never_fails(text: str) -> None:
    try:
        found = read(text)
    except ValueError as error:
        assert "validation error" not in str(error)  # noqa: PT017
        assert "\n" not in str(error)  # noqa: PT017
    else:
        assert found.line in text


# From when ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("since", "until", "span"),
    [
        (None, None, (FIRST, None, None)),
        ("", "", (FIRST, None, None)),
        ("P07", None, (FIRST, 7, None)),
        ("p7", "2025-26", (FIRST, 7, Year(2025))),
        ("2025-26", None, (Year(2025), None, None)),
        ("2025/26 P12", "2026/27", (Year(2025), 12, Year(2026))),
        ("P12 2025-26", None, (Year(2025), 12, None)),
    ],
)
def test_from_when_is_a_period_of_the_first_year_a_year_or_both(
    since: str | None, until: str | None, span: Span
) -> None:
    assert parse_span(since, until, YEARS) == span


@pytest.mark.parametrize(
    ("since", "until", "why"),
    [
        ("P13", None, "a change starts in P01 to P12; P13 is the year-end adjustments alone"),
        ("P14", None, "expected a period from P01 to P13, found 'P14'"),
        ("7", None, "expected a contract year such as 2023-24, found '7'"),
        ("P07 P08", None, "expected a year, a period or both, such as '2025-26 P07', found 'P07 P08'"),
        ("2025-26 2026-27", None, "expected a year, a period or both"),
        ("2031-32", None, "2031/32 is no year of the plan, 2024/25 to 2026/27"),
        ("2023-24", None, "2023/24 is no year of the plan, 2024/25 to 2026/27"),
        (None, "2027-28", "2027/28 is no year of the plan, 2024/25 to 2026/27"),
        (None, "P07", "expected a contract year such as 2023-24, found 'P07'"),
        ("2026-27", "2025-26", "2025/26 is before 2026/27"),
    ],
)
def test_a_time_that_is_not_the_plans_is_said(since: str | None, until: str | None, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        parse_span(since, until, YEARS)
