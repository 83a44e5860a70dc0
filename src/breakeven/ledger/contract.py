"""The contract sum and everything else that comes in."""

import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import Annotated, Literal

from breakeven.ledger.record import (
    Amount,
    Day,
    InYear,
    Kind,
    OptionalAmount,
    OptionalDay,
    OptionalText,
    Period,
    Reads,
    Record,
    Text,
    YesNo,
)
from breakeven.money import share


class ContractSum(Record):
    """The basic contract sum that the commissioner pays for one contract year, in pounds."""

    year: InYear
    description: OptionalText = ""
    amount: Amount
    source: Text


class Variation(Record):
    """A change to the contract sum that both parties agreed, with its change-control reference."""

    ref: Text
    date_agreed: Day
    purpose: Text
    amount: Amount
    recurrent: YesNo
    paid: OptionalAmount = None
    borne_by: OptionalText = ""
    """Who bears it, in shares that add up to 100: ``council 70, health 30``; blank is the commissioner alone."""


class ThirdPartyIncome(Record):
    """Income from anyone but the commissioner, one source a row, in pounds.

    ``agreed`` is the budget; ``received`` plus ``accrued`` is the actual income of the year.
    """

    source: Text
    agreed: Amount
    received: Amount
    accrued: Amount

    @property
    def actual(self) -> Decimal:
        """Income of the year, whether or not the cash has come."""
        return self.received + self.accrued


class Balance(Record):
    """A balance brought into the year; a deficit is negative.

    ``last close`` is what last year's accounts closed at, ``opening`` what this year starts from,
    ``adjustment`` anything agreed since, such as a contribution to clear the deficit.
    """

    kind: Annotated[Literal["last close", "opening", "adjustment"], Reads(Kind.TEXT)]
    description: OptionalText = ""
    amount: Amount
    source: Text


class Instalment(Record):
    """One instalment of the contract sum or of a variation: when it is due, and when and what was paid."""

    ref: Text
    of: Text
    """``Contract sum``, or the reference of a variation."""
    due: Day
    amount: Amount
    paid_on: OptionalDay = None
    paid: OptionalAmount = None


class Claim(Record):
    """Income of one period from one third-party source: what was earned, asked for and received, in pounds.

    It is income of the period it is earned in, whether or not the cash has come; what has not come is outstanding.
    """

    ref: Text
    source: Text
    period: Period
    """When it is earned."""
    amount: Amount
    raised: OptionalDay = None
    """When it was invoiced or claimed; blank while it is only accrued."""
    due: OptionalDay = None
    received_on: OptionalDay = None
    received: OptionalAmount = None


class Grant(Record):
    """A grant paid by the night, the week or the person, for placements of one type, in pounds.

    Nights are those of the calendar (2023/24 has 366); a week is seven of them, a person counts once in the year.
    """

    ref: Text
    source: Text
    type: Text
    """The type of placement that it is paid for."""
    per: Annotated[Literal["night", "week", "person"], Reads(Kind.TEXT)]
    rate: Amount
    start: Day
    end: OptionalDay = None
    """The last day that it is paid for; blank for the end of the year."""


_SHARE = re.compile(r"\s*(?P<payer>[^\W\d_](?:.*\S)?)\s+(?P<per_cent>\d+(?:\.\d+)?)\s*%?\s*", re.ASCII)


def payer_shares(text: str) -> dict[str, Decimal]:
    """Who bears a variation, each with a share in per cent: ``council 70, health 30``.

    Nothing for a blank, which is the commissioner alone. Raises ValueError where it cannot be read, where a payer
    stands twice, and where the shares do not add up to 100.
    """
    shares: dict[str, Decimal] = {}
    for part in re.split(r"[,;]", text) if text.strip() else ():
        found = _SHARE.fullmatch(part)
        if found is None:
            raise ValueError(f"expected shares such as 'council 70, health 30', found {text!r}")
        if found["payer"].casefold() in {payer.casefold() for payer in shares}:
            raise ValueError(f"{found['payer']!r} has two shares in {text!r}")
        shares[found["payer"]] = Decimal(found["per_cent"])
    if shares and (total := sum(shares.values())) != 100:
        raise ValueError(f"the shares in {text!r} add up to {total}, not 100")
    return shares


def borne(amount: Decimal, shares: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """What each payer bears of an amount, in pounds and whole pence that add up to it exactly.

    shares: per cents as ``payer_shares`` gives them; not none at all. Spare pence go as ``money.share`` says.
    """
    common = lcm(*(Fraction(per_cent).denominator for per_cent in shares.values()))
    weights = [int(Fraction(per_cent) * common) for per_cent in shares.values()]
    return dict(zip(shares, share(amount, weights), strict=True))
