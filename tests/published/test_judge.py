"""The judge of published tables, on tables made for it: what it casts, what it names, and what fails."""

from typing import Any

import pytest

from breakeven.reconciliation.check import Result
from published.casting import Basis
from published.judge import Judgement
from published.made_tables import (
    ACROSS,
    DOWN,
    SPEND,
    across,
    broken,
    case_of,
    changed,
    down,
    judged,
    named,
    raw,
    table,
    words,
)

YEARS = ("2023/24", "2024/25", "2025/26")
LINES = ("fostering", "residential", "leaving", "grants", "total")
CHECKS = [*down(DOWN, *YEARS, "Total"), *across(ACROSS, *LINES)]


def spend(grid: str = SPEND, **fields: Any) -> Judgement:
    """The table of spending with all its checks, as they were before a figure of it was spoilt."""
    return judged(case_of(raw(grid) | {"checks": CHECKS} | fields))


def results(judgement: Judgement) -> dict[Result, int]:
    return {result: count for result in Result if (count := judgement.count(result))}


# What passes -------------------------------------------------------------------------------------------------


def test_a_table_that_casts_passes_whatever_its_file_says_of_the_working() -> None:
    found = spend()
    assert found.passes
    assert results(found) == {Result.AGREES: 9}


def test_rounding_is_half_a_last_place_for_the_total_and_each_term_and_is_no_fault() -> None:
    rounded = "| 2023/24\na | 1.4\nb | 1.4\ntotal | {}"
    for printed, result in (("2.8", Result.AGREES), ("2.9", Result.ROUNDING), ("3.0", Result.DIFFERS)):
        found = judged(table(rounded.format(printed), checks=down("total = a + b", "2023/24", status=result.value)))
        assert found.count(result) == 1
        assert found.passes


def test_trailing_noughts_that_are_lost_allow_for_no_more_rounding() -> None:
    grid = "| 2023/24\na | 224.031\nb | 7.436\nc | 2.5\ntotal | {}"
    assert judged(table(grid.format("233.967"), checks=down("total = a + b + c", "2023/24"))).passes
    assert broken(judged(table(grid.format("233.98"), checks=down("total = a + b + c", "2023/24"))))


def test_a_break_that_the_file_states_is_expected_and_named_all_the_same() -> None:
    grid = changed(SPEND, grants="(1,635) > 1,635")
    stated = [
        *down(DOWN, "2023/24", status="differs"),
        *down(DOWN, *YEARS[1:], "Total"),
        *across(ACROSS, "grants", status="differs"),
        *across(ACROSS, "fostering", "residential", "leaving", "total"),
    ]
    found = spend(grid, checks=stated)
    assert found.passes
    assert named(found) == {("sign", (("grants", "2023/24"),))}


# The cause of what differs -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "cause"),
    [
        ({"grants": "(1,702) > 1,702"}, ("sign", (("grants", "2024/25"),))),
        ({"total": "17,746 > (17,746)"}, ("sign", (("total", "2024/25"),))),
        ({"leaving": "2,516 > 2,561"}, ("digit swap", (("leaving", "2024/25"),))),
        ({"total": "18,842 > 18,482"}, ("digit swap", (("total", "2025/26"),))),
        ({"residential": "7,402 > 7,402,000"}, ("factor", (("residential", "2024/25"),))),
        ({"residential": "7,402 > 74.02"}, ("factor", (("residential", "2024/25"),))),
        ({"total": "17,746 > 15,230"}, ("left out", (("leaving", "2024/25"),))),
        ({"total": "17,746 > 16,044"}, ("counted twice", (("grants", "2024/25"),))),
        ({"fostering": "9,811 > 9,871"}, ("mistyped digit", (("fostering", "2025/26"),))),
        ({"fostering": "9,811 > 4,307"}, ("not explained", (("fostering", "2025/26"),))),
        (
            {"leaving": "2,491 | 2,516 > | 2,491"},
            ("shifted column", (("leaving", "2023/24"), ("leaving", "2024/25"))),
        ),
    ],
)
@pytest.mark.parametrize("has_checks", [True, False], ids=["checks", "no checks"])
def test_the_cell_in_which_the_sums_that_differ_meet_is_named_with_its_slip(
    change: dict[str, str], cause: tuple[str, tuple[tuple[str, str], ...]], *, has_checks: bool
) -> None:
    changes = {row: text.replace("2,491 | 2,516", "2,491 |   2,516") for row, text in change.items()}
    found = spend(changed(SPEND, **changes), checks=CHECKS if has_checks else None)
    assert named(found) == {cause}
    assert not found.passes


def test_a_total_that_leaves_a_line_out_in_every_column_is_one_cause() -> None:
    grid = SPEND
    for was, now in (("16,985", "14,494"), ("17,746", "15,230"), ("18,842", "16,238"), ("53,573", "45,962")):
        grid = changed(grid, total=f"{was} > {now}")
    found = spend(grid, checks=None)
    assert named(found) == {("left out", tuple(("leaving", heading) for heading in (*YEARS, "Total")))}


def test_a_subtotal_that_is_added_to_the_lines_it_holds_is_counted_twice() -> None:
    grid = "| 2024/25\na | 1,214\nb | 2,377\nsub | 3,591\nc | 4,402\ntotal | 11,584"
    stated = [*down("sub = a + b", "2024/25"), *down("total = a + b + c", "2024/25", status="differs")]
    found = judged(table(grid, {"sub": "subtotal"}, checks=stated))
    assert named(found) == {("counted twice", (("sub", "2024/25"),))}


def test_two_figures_on_each_others_line_are_transposed() -> None:
    grid = """
         | 2023/24 | 2024/25
    a    |   4,402 |   1,250
    b    |   2,377 |   2,402
    sub  |   3,591 |   3,652
    c    |   1,214 |   4,480
    d    |     995 |   1,013
    rest |   5,397 |   5,493
    """
    stated = [*down("sub = a + b", "2023/24", "2024/25"), *down("rest = c + d", "2023/24", "2024/25")]
    found = judged(table(grid, {"sub": "subtotal", "rest": "subtotal"}, checks=stated))
    assert named(found) == {("transposed", (("a", "2023/24"), ("c", "2023/24")))}


def test_a_sign_that_could_be_either_figures_is_the_one_that_stands_out() -> None:
    grid = "| Budget | Spent | Left\na | (679) | 679 | 0\nb | 520 | 515 | 5\nc | 300 | 290 | 10"
    found = judged(table(grid, checks=across("[Left] = [Budget] - [Spent]", "a", "b", "c")))
    assert named(found) == {("sign", (("a", "Budget"),))}


def test_what_no_single_slip_accounts_for_is_not_explained() -> None:
    grid = "| 2024/25\na | 1,214\nb | 2,377\ntotal | 9,999"
    found = judged(table(grid, checks=down("total = a + b", "2024/25", status="differs")))
    assert named(found) == {("", ())}
    assert found.passes


def test_two_faults_are_named_each_by_itself() -> None:
    grid = changed(SPEND, grants="(1,635) > 1,635", fostering="9,811 > 9,118")
    assert named(spend(grid)) == {
        ("sign", (("grants", "2023/24"),)),
        ("not explained", (("fostering", "2025/26"),)),
    }


def test_a_per_cent_is_worked_out_of_its_row_and_a_figure_of_it_may_be_the_slip() -> None:
    grid = "| Net | Variation | Variation %\nschools | -7,897 | {} | -18.2\ndirector | -4,317 | +530 | +12.3"
    rule = "[Variation %] = 100*[Variation]/abs([Net])"
    checks = across(rule, "schools", "director")
    assert judged(table(grid.format("-1,437"), checks=checks)).passes
    assert named(judged(table(grid.format("-1,347"), checks=checks))) == {("digit swap", (("schools", "Variation"),))}
    assert named(judged(table(grid.format("1,437"), checks=checks))) == {("sign", (("schools", "Variation"),))}


# What the file says ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["rounding", "differs"])
def test_a_status_that_is_not_so_fails(status: str) -> None:
    found = spend(checks=[*down(DOWN, "2023/24", status=status)])
    assert [each.contradicts for each in found.sums if each.contradicts] == [(status,)]
    assert not found.passes


def test_a_status_of_what_cannot_be_cast_is_not_so() -> None:
    found = spend(changed(SPEND, total="16,985 > TBC"))
    assert [each.outcome.result for each in found.sums if each.contradicts] == [Result.OPEN, Result.DIFFERS]


def test_a_count_of_outcomes_is_held_against_the_checks_that_it_counts() -> None:
    assert spend(check_summary={"agrees": 9, "rounding": 0, "differs": 0}).passes
    assert words(spend(check_summary={"agrees": 8, "rounding": 1, "differs": 0})) == [
        "the file counts 8 sums as 'agrees', 9 are found",
        "the file counts 1 sums as 'rounding', 0 are found",
    ]
    assert spend(checks=CHECKS[:4], check_summary={"agrees": 9}).passes  # it counts checks that are not listed


def test_a_rule_is_cast_wherever_it_applies_not_only_where_the_file_states_it() -> None:
    found = spend(changed(SPEND, residential="8,015 > 8,051"), checks=down(DOWN, "2023/24"))
    assert {each.cast.basis for each in broken(found)} == {Basis.RULE, Basis.FOUND}
    assert named(found) == {("digit swap", (("residential", "2025/26"),))}


# What the file does not say ----------------------------------------------------------------------------------


def test_the_sum_of_a_total_without_a_rule_is_found_down_and_across() -> None:
    found = spend(checks=None)
    assert {each.cast.rule for each in found.sums} == {DOWN, ACROSS}
    assert found.passes


def test_a_total_for_which_no_sum_is_found_has_no_rule_which_is_no_fault() -> None:
    grid = "| 2024/25\nopening | 4,200\na | 311\nclosing | 9,175"
    found = judged(table(grid, {"opening": "balance", "closing": "balance"}, stated_totals=["opening", "closing"]))
    assert found.without_rule == ("opening", "closing")
    assert found.passes


def test_a_total_below_its_lines_must_cast_in_a_whole_table_without_checks() -> None:
    grid = "| 2024/25\na | 1,214\nb | 2,377\ntotal | 9,999"
    assert not judged(table(grid)).passes
    assert judged(table(grid, source={"completeness": "cut: later rows were not in the text read"})).passes


def test_what_is_taken_off_may_be_printed_without_a_minus() -> None:
    grid = "| 2023 | 2024\ninc | 562,933 | 545,627\nexp | 551,090 | 566,083\nnet | 11,843 | (20,456)"
    found = judged(table(grid, {"exp": "expenditure", "net": "subtotal"}))
    assert {each.cast.rule for each in found.sums} == {"net = inc - exp"}


def test_a_line_that_is_not_there_is_told_by_the_columns_that_add_across_in_it() -> None:
    grid = "\n".join(line for line in SPEND.splitlines() if not line.startswith("leaving"))
    found = spend(grid, checks=None)
    assert named(found) == {("left out", tuple(("total", heading) for heading in (*YEARS, "Total")))}
    cause = broken(found)[0].cause
    assert cause
    assert cause.mend.words == "line left out of the table above total: one of 2,491, 2,516, 2,604, 7,611"


def test_a_line_that_is_not_there_is_told_by_its_number() -> None:
    grid = "| 2024/25\nd1 | 44,137\nd2 | 70,552\nd4 | 39,968\ntotal | 214,235"
    cause = broken(judged(table(grid)))[0].cause
    assert cause
    assert cause.mend.words == "line left out: d3, by the numbers of the lines of total"


GAPS = """
          | 2023/24 | 2024/25 | 2025/26 | 2026/27 | 2027/28
gap_cum   |  34.176 |  36.860 |  45.912 |  51.112 |  55.191
gap_year  |         |   2.684 |   9.052 |   5.201 |   4.079
"""


def test_a_year_s_gap_is_the_change_of_the_cumulative_gap_and_is_cast_as_implied() -> None:
    kinds = {"gap_cum": "cumulative", "gap_year": "gap"}
    found = judged(table(GAPS, kinds))
    assert results(found) == {Result.AGREES: 3, Result.ROUNDING: 1}
    assert {each.cast.basis for each in found.sums} == {Basis.IMPLIED}
    spoilt = judged(table(changed(GAPS, gap_cum="45.912 > 49.512"), kinds))
    assert named(spoilt) == {("digit swap", (("gap_cum", "2025/26"),))}


@pytest.mark.parametrize("newest_first", [False, True])
def test_what_is_carried_forward_is_brought_forward_whichever_way_the_years_run(*, newest_first: bool) -> None:
    figures = {2021: (321_008, 332_851), 2022: (332_851, 312_395), 2023: (312_395, 264_015), 2024: (264_051, 270_112)}
    order = sorted(figures, reverse=newest_first)
    rows = [" | ".join(f"{figures[year][i]:,}" for year in order) for i in (0, 1)]
    grid = f"| {' | '.join(map(str, order))}\nbf | {rows[0]}\ncf | {rows[1]}"
    found = judged(table(grid, {"bf": "balance", "cf": "balance"}))
    assert [each.cast.rule for each in found.sums] == ["bf = cf of the year before"] * 3
    assert [each.outcome.difference for each in broken(found)] == [264_015 - 264_051]


# What each cell prints ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "value", "said"),
    [
        ("(1,498)", 1498, "prints '(1,498)' and has the value 1,498: the sign is the other way round"),
        ("1,498", 1489, "prints '1,498' and has the value 1,489: the digits 8 and 9 are swapped"),
        (
            "1,498",
            1498000,
            "prints '1,498' and has the value 1,498,000: a factor of 1,000: the unit or a nought is wrong",
        ),
        ("", 1498, "prints '' and has the value 1,498"),
        ("TBC", 0, "prints 'TBC' and has the value 0"),
        ("-", None, "prints '-' and has no value"),
        ("1,49", 149, "prints '1,49', which is no figure, and has the value 149"),
    ],
)
def test_what_a_cell_prints_is_held_against_its_value(printed: str, value: int | None, said: str) -> None:
    fields = raw("| 2024/25\na | 1")
    fields["rows"][0] |= {"published": [printed], "values": [value]}
    assert words(judged(case_of(fields))) == [f"a (A), 2024/25: {said}"]


@pytest.mark.parametrize(
    ("printed", "value"),
    [("(-7.436)", -7.436), ("–", 0), ("n/a", None), ("lost", None), ("", None), ("£1658.15", 1658.15), ("3.0.4", None)],
)
def test_what_a_cell_prints_agrees_with_its_value(printed: str, value: float | None) -> None:
    fields = raw("| 2024/25\na | 1")
    fields["rows"][0] |= {"published": [printed], "values": [value]}
    assert judged(case_of(fields)).passes


def test_values_that_stand_one_column_from_their_print_are_shifted() -> None:
    fields = raw(SPEND, checks=CHECKS)
    fields["rows"][2]["values"] = [None, 2491, 2516, 2604]
    said = words(judged(case_of(fields)))
    assert said[0].startswith("leaving (Leaving): column shifted: its values stand one column to the right")
    assert len(said) == 1


def test_brackets_that_nearly_all_values_take_for_positive_are_the_tables_own_sign() -> None:
    fields = raw("| 2022 | 2023 | 2024\nspend | (12) | (14) | (15)")
    fields["rows"][0]["values"] = [12, 14, 15]
    assert judged(case_of(fields)).passes
    fields["rows"][0]["values"] = [-12, -14, 15]
    assert not judged(case_of(fields)).passes


# What does not fit -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("checks", "said"),
    [
        (down("total = fostering +", "2023/24"), "the rule 'total = fostering +' cannot be read: a name is missing"),
        (down("total = (fostering", "2023/24"), "the rule 'total = (fostering' cannot be read: ')' is missing"),
        (down("", "2023/24"), "the rule '' cannot be read: a name is missing"),
        (
            down("total = fostering + kinship", "2023/24"),
            "line left out: the rule 'total = fostering + kinship' names kinship, which the table does not have",
        ),
        (
            down("grand = fostering", "2023/24"),
            "line left out: the rule 'grand = fostering' names grand, which the table does not have",
        ),
        (down(DOWN, "2019/20"), f"a check of '{DOWN}' is of the column 2019/20, which is not there"),
    ],
)
def test_a_check_that_does_not_fit_the_table_fails(checks: list[dict[str, Any]], said: str) -> None:
    found = spend(checks=checks)
    assert said in words(found)
    assert not found.passes


def test_a_line_that_the_rule_names_and_the_table_lacks_is_why_it_differs() -> None:
    grid = "\n".join(line for line in SPEND.splitlines() if not line.startswith("leaving"))
    found = spend(grid)
    assert {each.lack for each in broken(found)} == {"leaving"}


def test_a_row_that_is_there_twice_is_counted_twice() -> None:
    fields = raw(SPEND, checks=CHECKS)
    fields["rows"].insert(3, fields["rows"][2])
    assert words(judged(case_of(fields))) == [
        "line counted twice: leaving (Leaving) is there twice, with the same figures"
    ]
    fields["rows"][3] = fields["rows"][2] | {"id": "leaving_2"}
    assert words(judged(case_of(fields))) == ["line counted twice: leaving_2 (Leaving) repeats leaving"]


def test_a_row_with_other_than_a_cell_for_each_column_fails() -> None:
    fields = raw(SPEND, checks=CHECKS)
    del fields["rows"][2]["published"][0]
    assert words(judged(case_of(fields)))[0] == "leaving (Leaving) prints 3 cells for 4 columns"


def test_a_row_of_values_alone_is_cast_and_one_of_nothing_fails() -> None:
    fields = raw(SPEND, checks=CHECKS)
    del fields["rows"][2]["published"]
    assert judged(case_of(fields)).passes
    del fields["rows"][2]["values"]
    assert "leaving (Leaving) has neither prints nor values" in words(judged(case_of(fields)))


def test_kinds_units_and_fields_that_nobody_knows_change_nothing() -> None:
    fields = raw(SPEND, checks=CHECKS, kind="horoscope", unit="GBP lakh", fault={"kind": "none"}, check_summary=[1])
    for row in fields["rows"]:
        row |= {"kind": None, "colour": "red"}
    assert judged(case_of(fields)).passes
