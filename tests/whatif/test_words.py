"""How a question is read: every word of it is used, or refused by name, and what was understood is said again."""

import re

import pytest

from breakeven.pipeline.year_end import YearEnd
from breakeven.whatif.levers import Lever, all_levers
from breakeven.whatif.question import Questions
from breakeven.whatif.stands import stands, understood
from breakeven.whatif.state import State
from breakeven.whatif.words import asked_in, read_words
from whatif.screens import example


@pytest.fixture(scope="module")
def end() -> YearEnd:
    return example()


@pytest.fixture(scope="module")
def levers(end: YearEnd) -> list[Lever]:
    return all_levers(end)


BOTH = ("residential.number=+5", "pay.inflation=4%")

ASKED: dict[str, tuple[tuple[str, ...], str]] = {
    "residential=+5 pay=4%": (BOTH, ""),
    "residential = +5, pay = 4%": (BOTH, ""),
    "residential=+5,pay=4%": (BOTH, ""),
    "residential=+5 pay 4%": (BOTH, ""),
    "residential +5 and pay to 4%": (BOTH, ""),
    "what if residential +5, pay 4%?": (BOTH, ""),
    "residential=+5 pay=4% --from P07": (BOTH, "2024-25 P07"),
    "residential=+5 pay=4% from October": (BOTH, "2024-25 P07"),
    "from Oct 2024 residential=+5 pay=4%": (BOTH, "2024-25 P07"),
    "residential=+5 --from=2025-26": (BOTH[:1], "2025-26"),
    "breakeven what-if residential.number=+5 --from '2025-26 P04'": (BOTH[:1], "2025-26 P04"),
    "from April 2024": ((), ""),
    "S24-03=+3 months 'premises=+£250k'": (("S24-03.start=+3 months", "premises.amount=+£250k"), ""),
    "pay to -2%": (("pay.inflation=to -2%",), ""),
    "premises=+£1,250": (("premises.amount=+£1,250",), ""),
    "contract uplift=3%": (("contract_sum.inflation=3%",), ""),
    "agency=-5": (("agency_social_workers.number=-5",), ""),
    "residential: weekly cost £6000": (("residential.price=£6000",), ""),
    "Step down from residential to fostering: delivery 50%": (("S24-09.delivery=50%",), ""),
    "all savings delivery 80%": (("savings.delivery=80%",), ""),
}


@pytest.mark.parametrize("typed", ASKED)
def test_a_question_is_read_as_people_put_it(end: YearEnd, levers: list[Lever], typed: str) -> None:
    state = asked_in(read_words(typed, end, levers), State(), levers, end)
    assert (state.texts, state.since) == ASKED[typed]


REFUSED = {
    "residential=+5 pay rises to 4%": "'rises' is not understood: write pay=4%",
    "residential=+5 S24-03 at half": "'at half' is not understood: write S24-03=50%",
    "residential=+5 --banana": "'--banana' is not for the box",
    "residential=+5 --to 2025-26": "on the screen changes count to the plan's end",
    "residential=+5 in 2025-26": "'in 2025-26' is not understood",
    "residential=+5 from banana": "after 'from' comes a month, a period or a year, such as P07, found 'banana'",
    "residential=+5 from": "after 'from' comes a month",
    "residential=+5 pay": "'pay' has no value: write it as pay=4%",
    "banana pay=4%": "'banana' is not understood: write pay=4%",
    "residential up five and pay is 4%": "'residential up five and' is not understood: write pay=4%",
    "4% pay": "'4%': say first what it changes",
    "fostering=+3": "write external_fostering=+3 or internal_and_connected_fostering=+3",
    "delivery=50%": "write savings=50% or S24-03=50% or S24-01=50% or S24-09=50% and 26 more",
    "uplift=+3": "'uplift' has no '+3': write it as contract_sum=4%",
    "residential=+5 residential=+6": "residential.number is said twice",
    "residental=+5": "did you mean residential?",
    "residential=": "expected NAME=VALUE",
    "=+5": "expected NAME=VALUE",
}


@pytest.mark.parametrize("typed", REFUSED)
def test_a_word_that_has_no_part_in_it_is_refused_by_name(end: YearEnd, levers: list[Lever], typed: str) -> None:
    with pytest.raises(ValueError, match=re.escape(REFUSED[typed])):
        asked_in(read_words(typed, end, levers), State(), levers, end)


@pytest.mark.parametrize("typed", ["residential", "premises pounds", "24", "", "children's"])
def test_words_alone_find_a_lever(end: YearEnd, levers: list[Lever], typed: str) -> None:
    assert read_words(typed, end, levers).is_search


UNDERSTOOD = {
    "residential +5 pay 4% from P07": "Residential 60.33 → 65.33; Pay inflation 2–3.5% → 4%; from October 2024",
    "S24-01=+3 months": "S24-01 start Jul 2024 → Oct 2024",
    "residential=5": "Residential 60.33 → 5 (set to less than half; +5 would add); from April 2024",
    "contract sum £70m": "Contract sum £80,800,000 → £70,000,000; from April 2024",
    "from P07": "Changes count from October 2024",
}


@pytest.mark.parametrize("typed", UNDERSTOOD)
def test_what_was_understood_is_said_with_from_and_to(end: YearEnd, levers: list[Lever], typed: str) -> None:
    state, questions = asked_in(read_words(typed, end, levers), State(), levers, end), Questions.of(end, State())
    plans = questions.base, questions.answer(state).setting
    assert understood(state, {each.id: each for each in levers}, plans, questions.span(state)) == UNDERSTOOD[typed]


def test_a_rate_is_said_year_by_year_and_in_short_as_its_range(end: YearEnd, levers: list[Lever]) -> None:
    questions = Questions.of(end, State())
    found = {each.id: stands(each, questions.base, questions.span(State())) for each in levers}
    assert found["pay.inflation"].in_short == "2–3.5%"
    assert found["social_workers.inflation"].by_year == "3.5%, 3%, 2.5%"
    assert found["contract_sum.inflation"].by_year == "in pounds, 2.5%, 2.5%"
    assert found["staffing.growth"].in_short == "-8% to 0%"
