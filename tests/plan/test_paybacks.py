"""Invest to save: gross and net by year, and the months until an investment is paid back."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from breakeven.ledger.record import Record
from breakeven.periods import Year
from breakeven.plan.paybacks import Paybacks, payback_months, paybacks
from breakeven.plan.savings import programme
from made import contract_year, investment, saving

ALL = Fraction(1)


def worked_out(*records: Record) -> Paybacks:
    year = contract_year(*records)
    return paybacks(year, programme(year))


def net(found: Paybacks, column: str) -> list[Decimal | None]:
    """One column of the first saving, from 2023/24 on."""
    return [getattr(part, column).amount for part in found.rows[0].years.values()]


def test_a_saving_is_net_of_what_is_invested_in_it_and_gross_apart() -> None:
    found = worked_out(
        saving("1200", "2024-06-01"), saving("60", "2024-04-01", ref="S2"),
        investment("300", "2024-04-01", "one-off", saving="s1"), investment("24", "2024-10-01", saving="S1", ref="I2"),
        investment("7", "2024-10-01", "one-off", ref="I3"),
        investment("9", "2024-10-01", "one-off", saving="S9", ref="I4"),
    )  # fmt: skip
    assert [row.scheme.saving.ref for row in found.rows] == ["S1"]
    assert net(found, "gross") == [0, 1000, 1200, 1200]
    assert net(found, "invested") == [0, 312, 24, 24]
    assert net(found, "net") == [0, 688, 1176, 1176]
    assert net(found, "to_date") == [0, 688, 1864, 3040]
    assert [each.ref for each in found.unlinked] == ["I3", "I4"]
    total = found.totals[Year(2024)]
    assert (total.gross.amount, total.invested.amount, total.net.amount) == (1060, 328, 732)
    assert len({figure.id for figure in found.figures()}) == len(list(found.figures()))


def test_what_was_spent_and_saved_before_the_base_year_is_in_what_is_net_to_date() -> None:
    found = worked_out(saving("120", "2022-10-01"), investment("200", "2021-04-01", "one-off", saving="S1"))
    assert net(found, "to_date")[0] == -200 + 60 + 120
    assert net(found, "invested") == [0, 0, 0, 0]


def test_an_investment_is_paid_back_when_the_saving_since_has_come_to_it() -> None:
    saved = saving("1200", "2024-06-01")
    once = [investment("300", "2024-04-01", "one-off")]
    assert payback_months(saved, once, ALL) == 5  # 100 a month from June: at the end of August
    assert payback_months(saved, once, Fraction(1, 2)) == 8
    assert payback_months(saved.model_copy(update={"ramp_months": 3}), once, ALL) == 6
    assert payback_months(saved, [*once, investment("600", "2024-10-01", ref="I2")], ALL) == 5


def test_it_is_not_paid_back_before_it_is_all_spent_nor_by_a_saving_that_never_covers_it() -> None:
    saved = saving("1200", "2024-04-01")
    later = [investment("100", "2024-04-01", "one-off"), investment("100", "2024-12-01", "one-off", ref="I2")]
    assert payback_months(saved, later, ALL) == 9
    assert payback_months(saved, [investment("1300", "2024-04-01")], ALL) is None
    assert payback_months(saving("50", "2024-04-01", "one-off"), later, ALL) is None


def test_a_folder_without_investments_has_no_row_and_nets_to_its_savings() -> None:
    found = worked_out(saving("1200", "2024-04-01"))
    assert found.rows == ()
    assert found.totals[Year(2024)].net.amount == 1200


@given(st.integers(1, 10**5), st.integers(1, 10**6), st.integers(0, 10**6), st.integers(1, 100), st.integers(1, 36))
def test_more_invested_or_less_saved_is_never_paid_back_sooner(
    saved: int, spent: int, more: int, pct: int, ramp: int
) -> None:
    scheme = saving(str(saved), "2024-07-01", ramp=ramp)
    by = [investment(str(spent), "2024-04-01", "one-off")]
    months = payback_months(scheme, by, ALL)
    for other in (
        payback_months(scheme, [investment(str(spent + more), "2024-04-01", "one-off")], ALL),
        payback_months(scheme, by, Fraction(pct, 100)),
        payback_months(scheme.model_copy(update={"ramp_months": ramp + 1}), by, ALL),
    ):
        assert other is None or (months is not None and other >= months)
