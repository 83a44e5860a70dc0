"""The savings of a plan as a scenario changes them."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from breakeven.ledger.chart import slug
from breakeven.ledger.savings import Saving
from breakeven.ledger.scenarios import Overlay
from breakeven.ledger.targets import FURTHER_SAVING, OverlayError, target_of
from breakeven.ledger.year import Body
from breakeven.money import pounds, whole_pounds
from breakeven.periods import Year, months_after, year_of
from breakeven.plan.effects import in_first_year
from breakeven.plan.folded import Borne, folded, of_one

ALL_OF_IT = Decimal(100)


def overlaid_savings(savings: Sequence[Saving], overlays: Iterable[Overlay], body: Body) -> tuple[Saving, ...]:
    """The schemes as a scenario changes them: what they come to, how much of it is delivered, when they start.

    A change of a saving holds for the whole of it. One that names many leaves alone those whose status is delivered,
    and moves the start of none that began by the end of the base year, whose outturn holds it. Several changes of one
    thing are set first, then multiplied, then added to; what a narrower name sets is used rather than a wider one's.
    Raises OverlayError as ``target_of`` does, where two set one thing, and where a scheme would come to less than nil
    or start before the plan does. What is still to find is no scheme's: see ``further_saving``.
    """
    by_ref = _by_ref(savings, overlays, body)
    return tuple(_changed(saving, by_ref[saving.ref], body.year) for saving in savings)


def parts_delivered(savings: Sequence[Saving], overlays: Iterable[Overlay], body: Body) -> dict[str, Decimal]:
    """How much of each scheme is delivered under a scenario, in per cent of what is planned of it, by its reference."""
    return {
        saving.ref: folded(saving.ref, ALL_OF_IT, of_one(_bearing_on(saving, borne), "delivery"))
        for saving, borne in zip(savings, _by_ref(savings, overlays, body).values(), strict=True)
    }


def _by_ref(savings: Sequence[Saving], overlays: Iterable[Overlay], body: Body) -> dict[str, list[Borne]]:
    by_ref: dict[str, list[Borne]] = {saving.ref: [] for saving in savings}
    for overlay in overlays:
        schemes = target_of(overlay, body, savings).schemes
        for ref in by_ref.keys() & set(schemes):
            by_ref[ref].append(Borne(overlay, len(schemes)))
    return by_ref


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


def _named(saving: Saving, borne: Sequence[Borne]) -> list[Borne]:
    return [each for each in borne if slug(each.overlay.line) == slug(saving.ref)]


def _bearing_on(saving: Saving, borne: Sequence[Borne]) -> Sequence[Borne]:
    """What changes a scheme: of one that is delivered, only what names it."""
    return _named(saving, borne) if saving.status == "delivered" else borne


def _changed(saving: Saving, borne: Sequence[Borne], base: Year) -> Saving:
    named, borne = _named(saving, borne), _bearing_on(saving, borne)
    if sums := of_one(borne, "amount"):
        saving = _coming_to(saving, folded(saving.ref, saving.amount, sums))
    if shares := of_one(borne, "delivery"):
        saving = _coming_to(saving, saving.amount * folded(saving.ref, ALL_OF_IT, shares) / ALL_OF_IT)
    if starts := of_one(named if year_of(saving.start) <= base else borne, "start"):
        saving = _moved(saving, starts, base)
    return saving


def _coming_to(saving: Saving, amount: Decimal) -> Saving:
    """The scheme with another amount, and a forecast changed alike; what is delivered is a fact and stays."""
    if amount < 0:
        raise OverlayError(f"{saving.ref} would come to less than nil")
    forecast = saving.forecast
    if forecast is not None and saving.amount:
        forecast = pounds(forecast * amount / saving.amount)
    return saving.model_copy(update={"amount": pounds(amount), "forecast": forecast})


def _moved(saving: Saving, starts: Sequence[Overlay], base: Year) -> Saving:
    """The scheme some months later or earlier, forecast to be made to the same part of what is planned."""
    months = folded(saving.ref, Decimal(0), starts)
    if any(each.how != "add" for each in starts) or months != months.to_integral_value():
        raise OverlayError(f"a start moves by whole months, as +3: {starts[0].in_words}")
    if year_of(saving.start) <= base:
        raise OverlayError(f"{saving.ref} began by the end of {base.on_screen}, whose outturn holds it: it cannot move")
    moves = {"start": months_after(saving.start, int(months)), "planned_start": saving.planned_start or saving.start}
    moved = saving.model_copy(update=moves)
    if year_of(moved.start) <= base:
        raise OverlayError(f"{saving.ref} would start before {base.later(1).on_screen}, the plan's first year")
    before, after = in_first_year(saving), in_first_year(moved)
    if saving.forecast is None or not before:
        return moved
    return moved.model_copy(update={"forecast": whole_pounds(saving.forecast * after / before)})
