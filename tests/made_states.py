"""Lines in one state of a year, made in a few words, so that a test of a bridge shows its figures and little else."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from breakeven.drivers.price_volume import Bought, Unit
from breakeven.ledger.chart import Category
from breakeven.ledger.provenance import Figure
from breakeven.monitoring.bridge import LineBridge
from breakeven.monitoring.line_state import BUDGET, LineState, Reason, State
from breakeven.monitoring.outturn import Flow

CARE = Category("placements", "Placements")
INCOME = Category("third_party_income", "Third-party income")


def bought(text: str, unit: Unit = "placement") -> dict[str, Bought]:
    """``"home 10 @ 100, foster 4 @ 25"``: each type, how many, and what one costs; blank buys nothing."""
    parts = [part.replace("@", " ").split() for part in text.split(",") if part.strip()]
    return {name: Bought(Fraction(quantity), Fraction(price), unit) for name, quantity, price in parts}


def figure(name: str, amount: str | Decimal | None) -> Figure:
    """A figure by itself; ``[x]`` is a missing one."""
    value = None if amount in {None, "[x]"} else Decimal(str(amount).replace(",", ""))
    return Figure(f"made/{name}", name, value, "made", ())


def state(
    amount: str | Decimal | None,
    of: State = BUDGET,
    buys: str | None = None,
    *,
    line: str = "residential",
    flow: Flow = Flow.EXPENDITURE,
    category: Category | None = None,
    holds: Mapping[Reason, str] | None = None,
    explained: Mapping[Reason, str] | None = None,
    follows: bool = False,
) -> LineState:
    """One line in one state: its amount, what it buys, what it holds and what is explained of it."""
    return LineState(
        id=line,
        label=line.capitalize(),
        flow=flow,
        category=category or (INCOME if flow is Flow.INCOME else CARE),
        state=of,
        amount=figure(f"{line}/{of.name}", amount),
        activity=None if buys is None else bought(buys),
        holds={reason: figure(reason, each) for reason, each in (holds or {}).items()},
        explained={reason: figure(reason, each) for reason, each in (explained or {}).items()},
        follows_a_line=follows,
    )


def parts(found: LineBridge) -> dict[Reason, Decimal]:
    """What is not nil of a bridge, by reason; it must not be open."""
    known = {reason: part.amount for reason, part in found.parts.items()}
    assert None not in known.values(), f"{found.id} is open"
    return {reason: amount for reason, amount in known.items() if amount}
