"""Shapes and words of a chart, each written out in fixed decimals, so that the same figures give the same bytes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from markupsafe import Markup

from breakeven.findings import visible
from breakeven.report.figures import Unit, bracketed, in_unit

PLACES = Decimal("0.001")

_SVG = Markup(
    '<svg xmlns="http://www.w3.org/2000/svg" class="drawn" role="img" aria-labelledby="{id}-name {id}-says" '
    'width="100%" height="{height}"><title id="{id}-name">{title}</title><desc id="{id}-says">{says}</desc>'
    '<defs><pattern id="{id}-hatch" width="6" height="6" class="{tone}" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect width="6" height="6" class="under"/>'
    '<line x1="0" y1="0" x2="0" y2="6" class="over"/></pattern></defs>{shapes}</svg>'
)
_BAR = Markup('<rect class="bar {kind}" x="{x}%" y="{y}" width="{width}%" height="{height}"{fill}/>')
_LINE = Markup('<line class="{kind}" x1="{x1}%" y1="{y1}" x2="{x2}%" y2="{y2}"/>')
_WORDS = Markup('<text class="{kind}" x="{x}%" y="{y}" text-anchor="{anchor}">{text}</text>')


@dataclass(frozen=True, slots=True)
class Scale:
    """Amounts onto a stretch of the chart: ``least`` at its start, ``most`` at its end."""

    least: Decimal
    most: Decimal
    start: Decimal
    end: Decimal

    @classmethod
    def over(cls, amounts: Sequence[Decimal], start: int, end: int) -> "Scale":
        """A scale that holds every amount, and nil."""
        least, most = min((Decimal(0), *amounts)), max((Decimal(0), *amounts))
        if least == most:
            most = least + 1
        return cls(least, most, Decimal(start), Decimal(end))

    def at(self, amount: Decimal) -> Decimal:
        """Where an amount stands."""
        return self.start + (self.end - self.start) * (amount - self.least) / (self.most - self.least)

    def ticks(self, at_most: int = 6) -> list[Decimal]:
        """Round amounts on the scale, nil among them: steps of 1, 2 or 5 with noughts."""
        span = self.most - self.least
        power = Decimal(10) ** (span / at_most).adjusted()
        step = next(power * each for each in (1, 2, 5, 10) if span / (power * each) <= at_most)
        first = int(self.least / step)
        return [step * each for each in range(first, int(self.most / step) + 1)]


@dataclass(slots=True)
class Canvas:
    """What is drawn so far.

    name: the beginning of every id in it, so that two charts of a page differ. tone: what its hatching says, as the
    page's style names it: ``worse``, or ``second`` of two.
    """

    name: str
    tone: str = "worse"
    shapes: list[Markup] = field(default_factory=list[Markup])

    def bar(self, x: tuple[Decimal, Decimal], y: tuple[Decimal, Decimal], kind: str, *, hatched: bool = False) -> None:
        """A bar from one place to another, across in per cent and down in pixels, in either order."""
        (left, right), (top, bottom) = sorted(x), sorted(y)
        fill = Markup(' fill="url(#{}-hatch)"').format(self.name) if hatched else ""
        self.shapes.append(
            _BAR.format(kind=kind, x=at(left), y=at(top), width=at(right - left), height=at(bottom - top), fill=fill)
        )

    def line(self, x: tuple[Decimal, Decimal], y: tuple[Decimal, Decimal], kind: str) -> None:
        """A straight line."""
        self.shapes.append(_LINE.format(kind=kind, x1=at(x[0]), x2=at(x[1]), y1=at(y[0]), y2=at(y[1])))

    def upright(self, x: Decimal, y: tuple[Decimal, Decimal], kind: str) -> None:
        """A line straight down, beneath all else, so that it crosses no words."""
        self.line((x, x), y, kind)
        self.shapes.insert(0, self.shapes.pop())

    def words(self, x: int | Decimal, y: int | Decimal, text: str, kind: str, anchor: str = "start") -> None:
        """Words at a place: ``anchor`` says which end of them is there."""
        self.shapes.append(
            _WORDS.format(kind=kind, x=at(Decimal(x)), y=at(Decimal(y)), anchor=anchor, text=visible(text))
        )

    def svg(self, title: str, says: str, height: int) -> Markup:
        """The whole chart."""
        shapes = Markup("").join(self.shapes)
        return _SVG.format(
            id=self.name, tone=self.tone, height=height, title=visible(title), says=visible(says), shapes=shapes
        )


def at(place: Decimal) -> str:
    """A place in three decimals at most, without noughts that say nothing."""
    text = f"{place.quantize(PLACES, rounding=ROUND_HALF_UP):f}".rstrip("0").rstrip(".")
    return "0" if text in {"", "-0"} else text


def millions(amount: Decimal, places: int = 2) -> str:
    """Pounds in millions, for where pounds would not fit, without noughts that say nothing where ``places`` is 0."""
    exact = in_unit(amount, Unit.MILLIONS)
    return bracketed(exact if places else Decimal(at(exact)), "m")
