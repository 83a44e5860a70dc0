"""Whether green, amber and red hold every value of a measure once, and which values they miss or share."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import Literal

from breakeven.findings import Cell
from breakeven.ledger.banded import Banded, Bands
from breakeven.ledger.bands import Band
from breakeven.ledger.intervals import HIGHEST, LOWEST, Cut, Interval, stretches, words_of
from breakeven.ledger.performance import COLOURS, Colour, Kpi

FaultKind = Literal["unread", "impossible", "off the scale", "unit", "reversed", "wrong side", "gap", "overlap"]

CALLED: dict[str, dict[Colour, str]] = {
    "nested": {"green": "target", "amber": "tolerance", "red": "failure"},
    "separate": {"green": "green", "amber": "amber", "red": "red"},
}
"""What a contract calls each band."""


@dataclass(frozen=True, slots=True)
class BandFault:
    """One thing that is wrong with an indicator's bands: what, in words, the values it concerns, and the cell."""

    kind: FaultKind
    words: str
    colours: tuple[Colour, ...]
    values: Interval | None
    at: Cell


def check_bands(found: Banded, *, as_read: bool = False) -> tuple[BandFault, ...]:
    """Everything that is wrong with the bands of one indicator: as they are printed, or as they are read.

    Bands that hold each value of the scale once, each in its place, have no fault. Where one cannot be read, that is
    all that is said: what the others leave to it cannot be told.
    """
    suffix = "_reads" if as_read else ""
    unread = [
        BandFault("unread", why, (colour,), None, found.kpi.cell_of(field))
        for colour in COLOURS
        if (why := found.unread.get(field := f"{colour}{suffix}"))
    ]
    if unread:
        return tuple(unread)
    return tuple(_faults(found, found.read if as_read else found.printed, suffix))


def _faults(found: Banded, bands: Bands, suffix: str) -> Iterator[BandFault]:
    kpi, called = found.kpi, CALLED[found.kpi.form]
    for colour, band in bands.items():
        at = kpi.cell_of(colour + suffix)
        for part in band.parts:
            if part.is_empty:
                words = f"{called[colour]} is {_crossed(part, kpi)}, which no value is"
                yield BandFault("impossible", words, (colour,), part, at)
        yield from _off_the_scale(found, bands, colour, at)
        for unit in band.units:
            if _plain(unit) != _plain(kpi.unit):
                words = f"{called[colour]} is in {unit}, and the measure in {kpi.unit}"
                yield BandFault("unit", words, (colour,), None, at)
    yield from _places(found, bands, suffix)
    yield from _cover(found, bands, suffix)


def _crossed(part: Interval, kpi: Kpi) -> str:
    below = Interval(high=part.high).words(kpi.unit)
    return f"{below} and {Interval(low=part.low).words(kpi.unit)} at once"


def _plain(unit: str) -> str:
    """A unit without the words that two ways of writing it may differ in: a rate per 10,000 is of children."""
    plain = unit.casefold().replace("per cent", "%")
    return "per 10,000" if "per 10,000" in plain else plain


def _off_the_scale(found: Banded, bands: Bands, colour: Colour, at: Cell) -> Iterator[BandFault]:
    """A bound that no value can reach; where its sign alone is to blame, what the bands would come to without it."""
    kpi = found.kpi
    for part in bands[colour].parts:
        for cut in (part.low, part.high):
            value = cut[0]
            if not value.is_finite() or (found.scale.low <= (value, 1) and (value, -1) <= found.scale.high):
                continue
            words = f"{CALLED[kpi.form][colour]} ends at {value:f}, and the measure goes {found.scale.words(kpi.unit)}"
            if -value in found.scale:
                without_sign: Bands = {**bands, colour: _turned(bands[colour], value)}
                missed = [fault.words for fault in _cover(found, without_sign, "")]
                words += f". Were {-value:f} meant: " + ("; ".join(missed) if missed else "each value has one band")
            yield BandFault("off the scale", words, (colour,), Interval((value, -1), (value, 1)), at)


def _turned(band: Band, value: Decimal) -> Band:
    def turned(cut: Cut) -> Cut:
        return (-value, cut[1]) if cut[0] == value else cut

    return Band(tuple(Interval(turned(part.low), turned(part.high)) for part in band.parts), band.units)


def _places(found: Banded, bands: Bands, suffix: str) -> Iterator[BandFault]:
    """Green at the wrong end of the scale, or amber elsewhere than between green and red."""
    kpi, called = found.kpi, CALLED[found.kpi.form]
    inside = {
        colour: sorted(piece for part in parts if not (piece := part.within(found.scale)).is_empty)
        for colour, parts in found.regions(bands).items()
    }
    green, amber, red = inside["green"], inside["amber"], inside["red"]
    if not green or not red or kpi.better == "between":
        return
    low_is_green, high_is_green = green[0].low < red[0].low, _top(green) > _top(red)
    reversed_for = {"higher": low_is_green and not high_is_green, "lower": high_is_green and not low_is_green}
    if reversed_for[kpi.better]:
        words = (
            f"{kpi.better} is better, yet {called['green']} is {words_of(bands['green'].parts, kpi.unit)} and "
            f"{called['red']} {words_of(bands['red'].parts, kpi.unit)}: the signs are the wrong way round"
        )
        yield BandFault("reversed", words, ("green", "red"), None, kpi.cell_of("green" + suffix))
    said = words_of(bands["amber"].parts, kpi.unit)
    if kpi.form == "nested" and not amber and bands["amber"].values:
        words = f"{called['amber']}, {said}, lies wholly within {called['green']}, so that no value is amber"
        yield BandFault("wrong side", words, ("amber", "green"), None, kpi.cell_of("amber" + suffix))
    elif amber and (amber[0].low < min(green[0].low, red[0].low) or _top(amber) > max(_top(green), _top(red))):
        words = f"{called['amber']}, {said}, reaches beyond both {called['green']} and {called['red']}"
        yield BandFault("wrong side", words, ("amber",), None, kpi.cell_of("amber" + suffix))


def _top(parts: list[Interval]) -> Cut:
    return max(part.high for part in parts)


def _cover(found: Banded, bands: Bands, suffix: str) -> Iterator[BandFault]:
    """Each stretch of the scale that no band holds, or that two or three do, from its lowest value up."""
    kpi = found.kpi
    for stretch in stretches(found.scale, found.regions(bands)):
        values = stretch.interval
        said = values.words(kpi.unit)
        colours: tuple[Colour, ...] = tuple(colour for colour in COLOURS if colour in stretch.held_by)
        if not colours:
            at = kpi.cell_of("amber" + suffix)
            yield BandFault("gap", f"no band holds {said}{_such_as(values, bands, kpi.unit)}", (), values, at)
        elif len(colours) > 1:
            at = kpi.cell_of(colours[-1] + suffix)
            names = " and ".join(CALLED[kpi.form][colour] for colour in colours)
            yield BandFault("overlap", f"{names} both hold {said}", colours, values, at)


def _such_as(values: Interval, bands: Bands, unit: str) -> str:
    """The figure of as many places as the bands have that falls in a narrow gap, where one does."""
    cuts = [cut for band in bands.values() for part in band.parts for cut in (part.low, part.high)]
    finite = [cut[0] for cut in cuts if cut not in {LOWEST, HIGHEST}]
    step = Decimal(1).scaleb(min((int(value.as_tuple().exponent) for value in finite), default=0))
    low, high = values.low[0], values.high[0]
    if low == high or high - low > step:
        return ""
    first = (low / step).to_integral_value(rounding=ROUND_CEILING) * step
    inside = next((value for value in (first, first + step) if value in values), None)
    if inside is None:
        return f": no figure to {-step.adjusted()} decimal places"
    return f", such as {inside:f}{'%' if unit == '%' else ''}"
