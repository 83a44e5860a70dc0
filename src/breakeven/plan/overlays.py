"""The savings of a plan as a scenario changes them."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from breakeven.ledger.chart import slug
from breakeven.ledger.savings import Saving
from breakeven.ledger.scenarios import Overlay
from breakeven.ledger.targets import FURTHER_SAVING, OverlayError, target_of
from breakeven.ledger.year import Body
from breakeven.money import pounds, whole_pounds
from breakeven.periods import Year, months_after
from breakeven.plan.effects import in_first_year


def overlaid_savings(savings: Sequence[Saving], overlays: Iterable[Overlay], body: Body) -> tuple[Saving, ...]:
    """The schemes as a scenario changes them: what is delivered, when they start, what they come to.

    A change of a saving holds for the whole of it, whatever year the overlay names. One that names many leaves those
    whose status is delivered alone. Raises OverlayError as ``target_of`` does, or where a scheme would come to less
    than nil. What is still to find is no scheme's: see ``further_saving``.
    """
    changed = {saving.ref: saving for saving in savings}
    for overlay in sorted(overlays, key=lambda each: ("set", "multiply", "add").index(each.how)):
        for ref in target_of(overlay, body, savings).schemes:
            if ref != FURTHER_SAVING and (changed[ref].status != "delivered" or slug(overlay.line) == slug(ref)):
                changed[ref] = _changed(changed[ref], overlay)
    return tuple(changed.values())


def further_saving(overlays: Iterable[Overlay], years: Sequence[Year]) -> tuple[Decimal, ...] | None:
    """What a scenario saves beyond every scheme, in whole pounds by year; None where it says nothing of it.

    Each sum is a full year's, and lasts: it counts for the months left of its first year, and in full until its last.
    Sums add up; one that is set is what they are added to. Raises OverlayError where two are set for one year, or they
    come to less than nil.
    """
    sums = [each for each in overlays if slug(each.line) == FURTHER_SAVING]
    return tuple(_further_saving(sums, year) for year in years) if sums else None


def _further_saving(sums: Sequence[Overlay], year: Year) -> Decimal:
    counted = [each for each in sums if each.counts_in(year)]
    sets = [each for each in counted if each.how == "set"]
    if len(sets) > 1:
        raise OverlayError(f"the further saving is set twice: {sets[0].in_words}, and {sets[1].in_words}")
    saved = sum((whole_pounds(each.value * each.part_of(year)) for each in counted), Decimal(0))
    if saved < 0:
        raise OverlayError(f"the further saving would come to less than nil in {year.on_screen}")
    return saved


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
