"""What the folder says is uncertain moves the figures of the plan that it names, and no others."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

import breakeven as be
from breakeven.ledger.record import Record
from breakeven.ledger.uncertain import CorrelationPair, UncertainAssumption
from breakeven.monitoring.outturn import outturn
from breakeven.plan.basis import Basis, basis, model
from breakeven.plan.bounded import Pert, Triangular, Uniform
from breakeven.plan.distributions import Discrete, Fixed, History, LogNormal, Normal
from breakeven.plan.simulation import simulate
from breakeven.plan.uncertain_plan import UncertainError, distribution_of, uncertainty_of
from breakeven.plan.uncertainty import Demand, Target, Uncertainty
from made import ALL_STEADY, BASE, HERE, contract_sum, contract_year, placements, posted, saving, third_party
from plan.simulated import flows, moved


def uncertain(line: str = "residential", what: str = "inflation", how: str = "add", **said: Any) -> UncertainAssumption:
    shape = {"distribution": "uniform", "low": Decimal(0), "high": Decimal(1)} if "distribution" not in said else {}
    told = {"ref": "U1", "drawn": "once", "source": "Offers", "line": line, "what": what, "how": how}
    return UncertainAssumption.model_validate({"at": HERE} | told | shape | said)


def number(line: str = "residential", **said: Any) -> UncertainAssumption:
    return uncertain(line, "number", "multiply", **said)


def planned(
    *rows: UncertainAssumption, pairs: tuple[CorrelationPair, ...] = (), more: tuple[Record, ...] = ()
) -> Basis:
    live = (placements("Residential", "2024-03-31", "10", "700"), third_party("Health", "10"))
    ledger = contract_year(
        contract_sum("500"), *live, *more, *ALL_STEADY, extract=posted("P1 6010 365000", "S1 5010 10")
    )
    ledger = replace(ledger, ledgers=replace(ledger.ledgers, uncertainty=rows, correlations=pairs))
    ledger = replace(ledger, body=replace(ledger.body, groups={"pay": ("staffing",)}))
    return basis(ledger, outturn(ledger), [BASE.later(1), BASE.later(2)])


def made(*rows: UncertainAssumption, **more: Any) -> Uncertainty:
    found = planned(*rows, **more)
    return uncertainty_of(found, model(found))


@pytest.mark.parametrize(
    ("line", "what", "how", "target"),
    [
        ("residential", "inflation", "add", Target("expenditure", "inflation", (2,), "add")),
        ("pay", "inflation", "add", Target("expenditure", "inflation", (0, 1), "add")),
        ("Placements", "growth", "multiply", Target("expenditure", "growth", (2, 3), "multiply")),
        ("contract_sum", "growth", "set", Target("income", "growth", (0,), "set")),
        ("third_party_income", "amount", "add", Target("income", "pressures", (1,), "add")),
        ("premises", "amount", "multiply", Target("expenditure", "in_year", (4,), "multiply")),
        ("premises", "amount", "set", Target("expenditure", "stated", (4,), "set")),
    ],
)
def test_a_row_moves_the_figure_and_the_lines_that_it_names(line: str, what: str, how: str, target: Target) -> None:
    assert made(uncertain(line, what, how)).inputs[0].target == target


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"distribution": "normal", "likely": Decimal(1), "sd": Decimal(2)}, Normal(1, 2)),
        ({"distribution": "lognormal", "likely": Decimal(1), "sd": Decimal("0.5")}, LogNormal(1, 0.5)),
        (
            {"distribution": "triangular", "low": Decimal(0), "likely": Decimal(1), "high": Decimal(3)},
            Triangular(0, 1, 3),
        ),
        ({"distribution": "pert", "low": Decimal(0), "likely": Decimal(1), "high": Decimal(3)}, Pert(0, 1, 3)),
        ({"distribution": "uniform", "low": Decimal(0), "high": Decimal(3)}, Uniform(0, 3)),
        ({"distribution": "discrete", "cases": "0: 2; 1.5: 1"}, Discrete((0, 1.5), (2, 1))),
        ({"distribution": "history", "cases": "0; 1.5"}, History((0, 1.5))),
    ],
    ids=("normal", "lognormal", "triangular", "pert", "uniform", "discrete", "history"),
)
def test_each_distribution_is_the_one_that_is_said(said: dict[str, Any], expected: object) -> None:
    assert distribution_of(uncertain(**said)) == expected


def test_a_number_is_uncertain_by_its_rate_and_by_chance() -> None:
    row = number(by_chance="yes", out_of=Decimal(12), drawn="each year")
    assert made(row).demand == (
        Demand("u1", "U1 Residential number", 2, (10.0, 10.0), True, 12, Uniform(0, 1), True),  # noqa: FBT003
    )
    alone = made(number(distribution="none", by_chance="yes")).demand[0]
    assert (alone.rate, alone.by_chance) == (None, True)
    assert distribution_of(number(distribution="none", by_chance="yes")) == Fixed(1.0)


def test_a_saving_after_the_base_year_is_delivered_by_its_confidence_and_an_earlier_one_is_there() -> None:
    rows = (saving("100", "2024-04-01", ref="S1"), saving("100", "2023-04-01", ref="S0", delivered="100"))
    found = planned(more=rows)
    plan = model(found)
    delivered = uncertainty_of(found, plan).savings
    assert [(each.id, each.confidence_pct) for each in delivered] == [("s1", 50)]
    assert plan.schemes[delivered[0].scheme].ref == "S1"


def test_correlations_are_of_the_rows_they_name_and_of_a_numbers_rate() -> None:
    pair = CorrelationPair(at=HERE, one="U1", other="u2", value=Decimal("0.5"))
    found = made(uncertain(), number(ref="U2"), uncertain(ref="U3"), pairs=(pair,)).correlation
    assert found is not None
    assert (found.ids, found.matrix.tolist()) == (("u1", "u2.rate"), [[1, 0.5], [0.5, 1]])
    assert made(uncertain()).correlation is None
    drawn = simulate(
        flows(["1"], ["1", "1", "1"]), Uncertainty((moved("u1", Normal(0, 1), 0), moved("u3", Normal(0, 1), 1)))
    )
    assert drawn.trials == 100_000


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (uncertain("nowhere"), "no line of the plan is called 'nowhere'"),
        (number("premises"), "no number of placements or posts"),
        (number("contract_sum"), "no number of placements or posts"),
        (uncertain(distribution="uniform", low=Decimal(2), high=Decimal(1)), "U1: the lowest value"),
    ],
)
def test_what_the_plan_has_no_figure_for_is_refused(row: UncertainAssumption, said: str) -> None:
    with pytest.raises(UncertainError, match=said):
        made(row)


def test_a_rate_that_is_known_for_certain_is_settled_once() -> None:
    sure = Demand("d", "D", 0, (5.0, 5.0), by_chance=False, rate=Fixed(1.1))
    assert simulate(flows(["100"], ["100"]), Uncertainty(demand=(sure,)), trials=1).position.tolist() == [[-10, -10]]


def test_the_example_is_simulated_from_its_own_sheets() -> None:
    end = be.work_out(be.load("ledgers/2023-24"), "forecast")
    found = be.simulate_plan(end, trials=2000)
    assert [str(each) for each in found.plan_position] == [str(a) for a in end.plan.model.balances("forecast").position]
    told = {share.id for share in found.shares}
    assert {"u01", "u04.rate", "u04.chance", "s24_03"} <= told
    weighted = end.plan.model.balances("weighted").savings[0] - end.plan.model.balances("forecast").savings[0]
    assert weighted < 0
    assert found.position_fans[0].mean < float(found.plan_position[0])


def test_a_plan_that_is_open_is_not_simulated() -> None:
    year = be.load("ledgers/2023-24")
    longer = replace(year, body=replace(year.body, plan_years=4))
    with pytest.raises(ValueError, match="open"):
        be.simulate_plan(be.work_out(longer), trials=1)
