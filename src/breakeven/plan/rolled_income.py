"""The income and the balances that next year begins with."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from breakeven.ledger.contract import Balance, ContractSum, ThirdPartyIncome
from breakeven.money import NIL, share, to_pence
from breakeven.plan.rolling import NEW, OpenPlanError, Rolling


def contract_sum(of: Rolling, moved: dict[str, Decimal]) -> ContractSum:
    """The contract sum that the plan has, variations and all."""
    return ContractSum(
        at=NEW,
        year=of.new,
        description="Contract sum",
        amount=moved["contract_sum"],
        source=of.source,
        basis=of.mark(of.of_plan("contract_sum")),
    )


def third_party_income(of: Rolling, moved: dict[str, Decimal]) -> Iterator[ThirdPartyIncome]:
    """What each source is to pay: the plan's, shared by what each came to. Raises OpenPlanError without a source."""
    records = of.year.ledgers.third_party_income
    total = moved["third_party_income"]
    if not records:
        if total:
            raise OpenPlanError("the plan has third-party income, and no source is named that it comes from")
        return
    weights = [max(to_pence(record.actual), 0) for record in records]
    own = of.mark(of.of_plan("third_party_income"))
    basis = "illustrative" if len(records) > 1 else own  # the plan has one line: nobody has agreed its parts
    for record, agreed in zip(records, share(total, weights if any(weights) else [1] * len(records)), strict=True):
        yield ThirdPartyIncome(
            at=NEW, source=record.source, agreed=agreed, received=NIL, accrued=NIL, basis=basis or record.basis
        )


def balances(of: Rolling) -> Iterator[Balance]:
    """Where this year closed, and where the next opens: the same."""
    closing = of.plan.basis.opening
    amount, basis = of.known(closing), of.mark(closing)
    state = of.year.body.state
    same: dict[str, Any] = {"at": NEW, "amount": amount, "source": f"Outturn {of.old}", "basis": basis}
    yield Balance(kind="last close", description=f"Closing balance, {state}", **same)
    yield Balance(kind="opening", description="Opening balance", **same)
