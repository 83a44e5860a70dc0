"""One slip told from the figure it leaves and the figure that is meant, or needed: alone, and in the parts of a sum."""

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from breakeven.reconciliation.slips import Kind, slips, slips_of_parts
from made import pounds

SERVICES = {"Fostering": pounds("9_246_695"), "Residential": pounds("6_883_267"), "Grants": pounds("-1_635_126")}
"""As a council adds them: what is taken off is negative."""
TOTAL = sum(SERVICES.values())


def kinds(printed: str, meant: str, allowed: str = "0") -> list[Kind]:
    return [slip.kind for slip in slips(pounds(printed), pounds(meant), pounds(allowed))]


@pytest.mark.parametrize(
    ("printed", "meant", "kind"),
    [
        ("(not a slip) 5", "5", None),
        ("-5", "5", Kind.SIGN),
        ("9_264_695", "9_246_695", Kind.SWAP),
        ("36.806", "36.860", Kind.SWAP),
        ("3.660", "36.60", Kind.FACTOR),
        ("9_246_695_000", "9_246_695", Kind.FACTOR),
        ("9_246_095", "9_246_695", Kind.TYPED),
        ("-9_246_095", "-9_246_695", Kind.TYPED),
        ("9_264_659", "9_246_695", None),
        ("0", "5", None),
        ("10", "1", Kind.FACTOR),
        ("01", "10", Kind.FACTOR),
    ],
)
def test_one_figure_is_told_by_its_slip(printed: str, meant: str, kind: Kind | None) -> None:
    found = kinds(printed.removeprefix("(not a slip) "), meant)
    assert found[:1] == ([kind] if kind else [])


def test_a_slip_is_found_within_what_rounding_allows_and_gives_the_figure_that_is_meant() -> None:
    needed, allowed = pounds("36.859"), pounds("0.0015")
    assert [slip.meant for slip in slips(pounds("36.806"), needed, allowed)] == [pounds("36.860")]
    assert [slip.meant for slip in slips(pounds("36.608"), needed, allowed)] == []
    assert [slip.meant for slip in slips(pounds("36.860"), needed, allowed)] == []  # no further off than it may be


def test_a_figure_that_may_as_well_be_nil_is_no_factor_of_another() -> None:
    assert kinds("1500", "0", "1") == []
    assert kinds("1500", "1.5", "1") == [Kind.FACTOR]


def test_two_digits_apart_are_swapped_only_where_both_figures_are_known() -> None:
    printed, meant = pounds("1_937_600"), pounds("7_931_600")
    assert list(slips(printed, meant)) == []
    assert [slip.words for slip in slips(printed, meant, both_known=True)] == ["the digits 1 and 7 are swapped"]


@pytest.mark.parametrize(
    ("stated", "part", "kind"),
    [
        (TOTAL - 2 * SERVICES["Fostering"], "Fostering", Kind.SIGN),
        (TOTAL - 2 * SERVICES["Grants"], "Grants", Kind.SIGN),
        (TOTAL - SERVICES["Residential"], "Residential", Kind.LEFT_OUT),
        (TOTAL + SERVICES["Grants"], "Grants", Kind.TWICE),
        (TOTAL + 18_000, "Fostering", Kind.SWAP),
        (TOTAL + 999 * SERVICES["Residential"], "Residential", Kind.FACTOR),
        (TOTAL - 5_000_000, "Fostering", Kind.TYPED),
    ],
)
def test_a_total_is_told_by_the_part_that_went_wrong(stated: Decimal, part: str, kind: Kind) -> None:
    assert (part, kind) in [(each.part, each.slip.kind) for each in slips_of_parts(stated, SERVICES)]


def test_what_is_left_out_or_twice_is_mended_in_the_total_and_every_other_slip_in_the_part() -> None:
    short = TOTAL - SERVICES["Fostering"]
    assert [each.slip.meant for each in slips_of_parts(short, SERVICES)] == [TOTAL]
    turned = TOTAL - 2 * SERVICES["Grants"]
    assert [each.slip.meant for each in slips_of_parts(turned, SERVICES)] == [-SERVICES["Grants"]]


def test_parts_that_come_to_their_total_have_no_slip_nor_has_a_part_of_nil() -> None:
    assert list(slips_of_parts(pounds("5"), {"a": pounds("5"), "b": pounds("0")})) == []


@given(
    printed=st.integers(-(10**9), 10**9),
    meant=st.integers(-(10**9), 10**9),
    allowed=st.integers(0, 50),
    both_known=st.booleans(),
)
def test_every_slip_that_is_named_mends_the_whole_difference(
    *, printed: int, meant: int, allowed: int, both_known: bool
) -> None:
    for slip in slips(Decimal(printed), Decimal(meant), Decimal(allowed), both_known=both_known):
        assert abs(slip.meant - meant) <= allowed
        assert slip.meant != printed


@given(st.integers(1, 10**9), st.integers(0, 8), st.integers(1, 9))
def test_one_digit_mistyped_is_always_found(amount: int, place: int, by: int) -> None:
    digits = str(amount)
    assume(place < len(digits) > 1)
    typed = digits[:place] + str((int(digits[place]) + by) % 10) + digits[place + 1 :]
    assume(len(str(int(typed))) == len(digits))
    assert Kind.TYPED in [slip.kind for slip in slips(Decimal(typed), Decimal(amount))]
