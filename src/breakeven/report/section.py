"""What a pack is made of: sections in order, each with its sentences, its tables and its charts."""

from dataclasses import dataclass
from enum import StrEnum

from breakeven.ledger.provenance import Figure
from breakeven.report.statement import Statement


class ChartKind(StrEnum):
    """How a chart's figures are drawn."""

    WATERFALL = "waterfall"
    """From the first total to the last, a step a row."""
    FAN = "fan"
    """A row a year; columns ``p10`` to ``p90`` are percentiles, ``planned`` is a line by itself."""
    TORNADO = "tornado"
    """A row an assumption; columns ``lower`` and ``higher`` are what a step of it does."""
    BARS = "bars"
    """A row a group of bars side by side, a bar a column."""
    COLUMNS = "columns"
    """A row a year, from left to right; one column."""


@dataclass(frozen=True, slots=True)
class Chart:
    """Figures to be drawn. What is drawn is ``data`` and no more, so that a table of it says the same."""

    kind: ChartKind
    data: Statement
    description: str
    """What it shows, for a reader who does not see it."""
    legend: str = ""
    """What its bars, lines and shades are."""


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence for the first page, and the ids of the figures in it, for ``trace``."""

    text: str
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the pack. ``id`` is fixed for scripts and links."""

    id: str
    title: str
    lead: tuple[str, ...] = ()
    """What it comes to, in sentences."""
    called_out: tuple[str, ...] = ()
    """What must not be missed."""
    points: tuple[str, ...] = ()
    """What else is to be said one by one."""
    points_title: str = ""
    """What stands above them."""
    charts: tuple[Chart, ...] = ()
    statements: tuple[Statement, ...] = ()
    asides: tuple[str, ...] = ()
    """Ids of statements that a page may set small: they have many columns."""
    figures: tuple[Figure, ...] = ()
    """Those behind its statements that are not among the year's own."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A section that cannot be made of this folder, and why."""

    title: str
    why: str
