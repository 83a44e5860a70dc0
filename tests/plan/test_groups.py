"""The programme grouped by what is known of its schemes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakeven.ledger.savings import Saving
from breakeven.periods import Year
from breakeven.plan.groups import KEYS, Key, grouped
from breakeven.plan.savings import Programme, programme
from breakeven.plan.scheme_years import MEASURES
from made import contract_year, saving

SCHEMES = (
    saving("10", "2024-10-01", ref="S1", status="planned").model_copy(update={"owner": "Bea", "priority": "Elsewhere"}),
    saving("20", "2024-04-01", ref="S2", status="idea", line="fostering").model_copy(update={"owner": "Al"}),
    saving("40", "2024-10-15", "one-off", ref="S3", status="planned", line="Placements", forecast="30"),
    saving("80", "2023-10-01", ref="S4", status="delivered", delivered="5").model_copy(update={"owner": "Bea"}),
    saving("160", "2025-04-01", ref="S5", line="contract_sum"),
)


def worked_out(*schemes: Saving) -> Programme:
    return programme(contract_year(*(schemes or SCHEMES)))


def labels(*keys: Key) -> list[str]:
    found = worked_out()
    return [f"{'-' * (each.level - 1)}{each.label}" for each in grouped(found.schemes, keys, found.standing.body)]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (["priority"], ["People", "Elsewhere"]),
        (["status"], ["idea", "planned", "delivered"]),
        (["owner"], ["Bea", "Al", "Director"]),
        (["line"], ["Residential", "Fostering", "Placements", "contract_sum"]),
        (["category"], ["Placements", "Of no one category"]),
        (["recurrence"], ["recurrent", "one-off"]),
        (["start"], ["October 2023", "April 2024", "October 2024", "April 2025"]),
        (["owner", "scheme"], ["Bea", "-S1 Scheme", "-S4 Scheme", "Al", "-S2 Scheme", "Director", "-S3 Scheme",
                               "-S5 Scheme"]),
        ([], []),
    ],
)  # fmt: skip
def test_groups_stand_in_their_own_order(keys: list[Key], expected: list[str]) -> None:
    assert labels(*keys) == expected


def test_a_group_counts_in_a_year_what_the_programme_counts() -> None:
    found = worked_out()
    bea = next(each for each in grouped(found.schemes, ["owner"], found.standing.body) if each.label == "Bea")
    assert [bea.in_year(found, Year(year)).planned.amount for year in (2023, 2024, 2025)] == [40, 5, 10]
    (s4,) = grouped(bea.schemes[1:], ["scheme"], found.standing.body)
    assert s4.scheme is not None
    assert s4.in_year(found, Year(2024)).planned.amount == 0  # 2023/24's outturn holds it


@given(st.lists(st.sampled_from(KEYS), min_size=1, max_size=3, unique=True), st.sampled_from(range(2023, 2027)))
def test_groups_of_a_level_come_to_the_programmes_total_and_no_two_have_one_id(keys: list[Key], year: int) -> None:
    found = worked_out()
    groups = list(grouped(found.schemes, keys, found.standing.body))
    assert len({each.id for each in groups}) == len(groups)
    for level in {each.level for each in groups}:
        parts = [each.in_year(found, Year(year)) for each in groups if each.level == level]
        for measure in MEASURES:
            total = found.totals[Year(year)].of(measure).amount
            assert sum(part.of(measure).amount or 0 for part in parts) == (total or 0)
