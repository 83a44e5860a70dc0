"""The chart of accounts: every code has one line, two at most by mistake, and none is shown as unmapped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakeven.ledger.chart import UNMAPPED, AmbiguousCodeError, Category, Chart, CodeRule, CodingRule, slug
from breakeven.workbook.settings import parse_settings
from made import chart, line


@pytest.mark.parametrize(
    ("rule", "has", "has_not"),
    [
        ("6100", ["6100"], ["61000", "610", "06100"]),
        ("6100..6199", ["6100", "6150", "6199"], ["6200", "61500", "615"]),
        (" 6100..6199 ", ["6100"], ["6200"]),
        ("CH-*", ["CH-1", "CH-"], ["CH1", "CHX-1"]),
        ("*", ["6100", "CH-1"], []),
        ("0075", ["0075"], ["75"]),
        ("S1010..S1090", ["S1050"], ["T1050", "s1050"]),
    ],
)
def test_a_rule_has_its_code_its_range_its_prefix_or_any(rule: str, has: list[str], has_not: list[str]) -> None:
    parsed = CodeRule.parse(rule)
    assert [code for code in has if not parsed.matches(code)] == []
    assert [code for code in has_not if parsed.matches(code)] == []


@pytest.mark.parametrize("rule", ["", "  ", "6199..6100", "61..6199", "..6199", "6100..", ".."])
def test_a_rule_that_can_match_nothing_or_is_half_a_range_is_refused(rule: str) -> None:
    with pytest.raises(ValueError, match="expected a code, a range"):
        CodeRule.parse(rule)


@pytest.mark.parametrize("rule", ["61*", "**", "CH*"])
def test_a_prefix_must_end_in_a_separator(rule: str) -> None:
    with pytest.raises(ValueError, match="a prefix must end in a separator"):
        CodeRule.parse(rule)


@pytest.mark.parametrize(
    ("rule", "coding", "matches"),
    [
        ("S1000..S1999 & 5100", ("S1500", "5100"), True),
        ("S1000..S1999 & 5100", ("S1500", "5101"), False),
        ("S1000..S1999 & 5100", ("S2000", "5100"), False),
        ("S1000", ("S1000", "anything"), True),
    ],
)
def test_both_sides_must_match_and_a_side_left_out_is_any(rule: str, coding: tuple[str, str], *, matches: bool) -> None:
    assert CodingRule.parse(rule).matches(coding) is matches


def test_a_code_that_no_line_has_is_unmapped() -> None:
    assert chart().line_of(("S1", "5010")) == "social_workers"
    assert chart().line_of(("S1", "9999")) == UNMAPPED


def test_a_code_that_two_lines_have_is_nobodys() -> None:
    accounts = chart(line("a", "staffing", "S1"), line("b", "staffing", "S1..S9"))
    with pytest.raises(AmbiguousCodeError, match="S1/5010 belongs to both 'a' and 'b'"):
        accounts.line_of(("S1", "5010"))


def test_a_line_that_has_a_code_by_two_rules_has_it_once() -> None:
    assert chart(line("a", "staffing", "S1", "S1..S9")).line_of(("S1", "5010")) == "a"


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("residential", ["residential"]),
        ("Residential", ["residential"]),
        ("Social workers", ["social_workers"]),
        ("PLACEMENTS", ["residential", "fostering"]),
        ("Secure", []),
    ],
)
def test_a_line_is_known_by_its_id_its_label_or_its_category(name: str, lines: list[str]) -> None:
    assert [found.id for found in chart().lines_named(name)] == lines


def test_unmapped_has_a_label_as_every_line_and_category_has() -> None:
    assert chart().labels["unmapped"] == "Unmapped"
    assert (chart().labels["placements"], chart().labels["social_workers"]) == ("Placements", "Social workers")


def test_an_id_stands_for_one_thing() -> None:
    assert list(chart().clashes()) == []
    clashing = chart(line("other", "staffing"), line("other", "overheads"), line("placements", "placements"))
    assert list(clashing.clashes()) == [
        "'placements' is the id of 2 lines or categories; give each its own",
        "'other' is the id of 2 lines or categories; give each its own",
    ]


def test_an_id_is_none_of_the_statements_own_rows() -> None:
    accounts = Chart((Category("income", "Income"),), (line("position", "income"),))
    assert list(accounts.clashes()) == [
        "'income' is a row of every statement; give the line or category another id",
        "'position' is a row of every statement; give the line or category another id",
    ]


def test_settings_with_an_id_for_two_lines_are_refused_in_words() -> None:
    toml = 'name = "A trust"\nyear = "2023-24"\n' + "".join(
        f'[categories.{category}]\nlabel = "X"\n[categories.{category}.lines.other]\nlabel = "X"\ncodes = ["{code}"]\n'
        for category, code in (("staffing", "S1"), ("overheads", "O1"))
    )
    findings = parse_settings(toml)
    assert isinstance(findings, list)
    assert [str(finding) for finding in findings] == [
        "[breakeven.toml]: error: 'other' is the id of 2 lines or categories; give each its own [setting-invalid]"
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Supported accommodation", "supported_accommodation"),
        ("  A – B / C ", "a_b_c"),
        ("S1_5010", "s1_5010"),
        ("–", ""),
    ],
)
def test_a_name_becomes_an_id(name: str, expected: str) -> None:
    assert slug(name) == expected


@given(st.text())
def test_an_id_is_the_id_of_itself(name: str) -> None:
    assert slug(slug(name)) == slug(name)
