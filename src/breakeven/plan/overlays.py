"""The savings of a plan as a scenario changes them."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from breakeven.ledger.chart import slug
from breakeven.ledger.savings import Saving
from breakeven.ledger.scenarios import Overlay
from breakeven.ledger.targets import OverlayError, target_of
from breakeven.ledger.year import Body
from breakeven.money import pounds, whole_pounds
from breakeven.periods import months_after
from breakeven.plan.effects import in_first_year


def overlaid_savings(savings: Sequence[Saving], overlays: Iterable[Overlay], body: Body) -> tuple[Saving, ...]:
    """The schemes as a scenario changes them: what is delivered, when they start, what they come to.

    A change of a saving holds for the whole of it, whatever year the overlay names. One that names many leaves those
    whose status is delivered alone. Raises OverlayError as ``target_of`` does, or where a scheme would come to less
    than nil.
    """
    changed = {saving.ref: saving for saving in savings}
    for overlay in sorted(overlays, key=lambda each: ("set", "multiply", "add").index(each.how)):
        for ref in target_of(overlay, body, savings).schemes:
            if changed[ref].status != "delivered" or slug(overlay.line) == slug(ref):
                changed[ref] = _changed(changed[ref], overlay)
    return tuple(changed.values())


def _changed(saving: Saving, overlay: Overlay) -> Saving:
    if overlay.what == "start":
        return _moved(saving, overlay)
    if overlay.what == "amount" and overlay.how != "multiply":
        amount = overlay.value if overlay.how == "set" else saving.amount + overlay.value
        if saving.amount:
            return _scaled(saving, amount / saving.amount)
        return saving.model_copy(update={"amount": amount})
    if overlay.what == "delivery" and overlay.how == "add":
        return _scaled(saving, 1 + overlay.value / 100)
    return _scaled(saving, overlay.value if overlay.how == "multiply" else overlay.value / 100)


def _scaled(saving: Saving, factor: Decimal) -> Saving:
    """The scheme with its amount and its forecast scaled alike; what is delivered is a fact and stays."""
    if factor < 0:
        raise OverlayError(f"{saving.ref} would come to less than nil")
    forecast = None if saving.forecast is None else pounds(saving.forecast * factor)
    return saving.model_copy(update={"amount": pounds(saving.amount * factor), "forecast": forecast})


def _moved(saving: Saving, overlay: Overlay) -> Saving:
    """The scheme some months later or earlier, forecast to be made to the same part of what is planned."""
    if overlay.how != "add" or overlay.value != overlay.value.to_integral_value():
        raise OverlayError(f"a start moves by whole months, as +3; {saving.ref} cannot {overlay.how} {overlay.value}")
    start = months_after(saving.start, int(overlay.value))
    moved = saving.model_copy(update={"start": start})
    if saving.forecast is None:
        return moved
    before, after = in_first_year(saving), in_first_year(moved)
    forecast = whole_pounds(saving.forecast * after / before) if before else saving.forecast
    return moved.model_copy(update={"forecast": forecast})
