"""Where a figure comes from, down to the cells, and what uses it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from rich.console import Console
from rich.text import Text
from rich.tree import Tree

from breakeven.ledger.chart import slug
from breakeven.ledger.provenance import Figure, Source
from breakeven.money import PENNY, whole_pounds
from breakeven.monitoring.line_state import Reason
from breakeven.monitoring.outturn import Flow, adverse_or_favourable
from breakeven.pipeline.year_end import YearEnd
from breakeven.report.data import decimal_string, unit_code
from breakeven.report.figures import ILLUSTRATIVE, ILLUSTRATIVE_NOTE, MISSING, bracketed, number_text
from breakeven.report.statement import mark_of
from breakeven.report.terminal import plain, print_notes

_AMOUNT = re.compile(r"[-(]?\s*£?\s*[\d,]+(\.\d+)?\s*\)?")

_AT_PERIOD = re.compile(r"P(0[1-9]|1[0-3])/")


@dataclass(frozen=True, slots=True)
class Traced:
    """What was asked for: the figure that answers best, the others of the same name or amount, and what uses it."""

    figure: Figure
    others: tuple[Figure, ...]
    used_by: tuple[Figure, ...]


def period_asked(asked: str) -> int | None:
    """The period of a figure that is worked out for one, as 9 of ``P09/income/income/outstanding``; None of others."""
    found = _AT_PERIOD.match(asked.strip())
    return int(found[1]) if found else None


def find(end: YearEnd, asked: str) -> Traced | None:
    """The figure meant by an id, a row's name or an amount; None where nothing answers.

    ``48565330``, ``£48,565,330`` and ``placements`` all find the actual of the placements row; so does any label that
    a page shows. An amount is compared without its sign. Of several, the nearest to the top of the outturn comes first.
    """
    matches = list(dict.fromkeys(figure.id for figure in _matches(end, asked.strip())))
    if not matches:
        return None
    best = end.book[matches[0]]
    return Traced(best, tuple(end.book[other] for other in matches[1:]), _users(end.book, best))


def _matches(end: YearEnd, asked: str) -> Iterator[Figure]:
    if asked in end.book:
        yield end.book[asked]
    if _AMOUNT.fullmatch(asked):
        amount = Decimal(re.sub(r"[^\d.]", "", asked))
        found = [f for f in end.book.values() if f.amount is not None and abs(f.amount) == amount]
        if not found and amount == amount.to_integral_value():  # as a page shows it, without its pence
            found = [f for f in end.book.values() if f.amount is not None and whole_pounds(abs(f.amount)) == amount]
        yield from sorted(found, key=lambda figure: figure.id.count("."))
    if key := slug(asked):
        named = [figure for name, figure in _names(end) if slug(name) == key]
        yield from sorted(
            named, key=lambda figure: period_asked(figure.id) is None
        )  # of a period, where one is asked for


def _names(end: YearEnd) -> Iterator[tuple[str, Figure]]:
    """What each figure may be called: its row's id, its own label, then the labels that pages show.

    Of a row of the outturn the actual is meant.
    """
    for figure_id, figure in end.book.items():
        if period_asked(figure_id) is not None:
            _, _, row, column = figure_id.split("/")[:4]
            if column in {"forecast", "to_date"}:
                yield row, figure
            yield figure.label, figure
        elif not figure_id.endswith(("/budget", "/variance")):
            yield figure_id.split("/")[1], figure
            yield figure.label, figure
    for row in end.outturn.rows:
        yield row.label, row.actual
    for planned in end.plan.rows:
        yield from ((planned.label, figure) for figure in planned.years.values())
    for scheme in end.programme.schemes:
        saving = scheme.saving
        for name in (saving.ref, saving.scheme, f"{saving.ref} {saving.scheme}"):
            yield from ((name, each.planned) for each in scheme.years.values() if each.planned.amount)


def _users(book: Mapping[str, Figure], figure: Figure) -> tuple[Figure, ...]:
    return tuple(user for user in book.values() if any(part is figure for part in user.parts))


def nearest_names(end: YearEnd, asked: str) -> Sequence[str]:
    """Names near what was asked, to suggest; never that very name."""
    from difflib import get_close_matches  # noqa: PLC0415  (only for a mistake)

    if period_asked(asked) is not None:
        return get_close_matches(asked, [each for each in end.book if period_asked(each) is not None], n=3)
    near = [*dict.fromkeys(figure_id.split("/")[1] for figure_id in end.book if "/" in figure_id)]
    named = get_close_matches(asked.strip().lower(), near, n=3)
    if not named:
        labels = {name.lower(): name for name, _ in _names(end)}
        named = [labels[name] for name in get_close_matches(asked.strip().lower(), labels, n=3)]
    return [name for name in named if name != asked]


def draw_trace(traced: Traced, end: YearEnd, console: Console) -> None:
    """The tree beneath a figure, its cells at the leaves, and what uses it."""
    tree = Tree(_described(traced.figure, end, console), guide_style="dim")
    _grow(tree, traced.figure, end, console, set())
    console.print(tree)
    for heading, figures in (("Used by", traced.used_by), ("The same name or amount", traced.others)):
        if figures:
            console.print(Text(f"\n{heading}", style="bold"))
        for figure in figures:
            console.print(plain(f"  {figure.id}  ", console) + _described(figure, end, console))
    if traced.figure.id in end.illustrative or any(source.illustrative for source in traced.figure.sources()):
        print_notes(console, [ILLUSTRATIVE_NOTE])


def _grow(tree: Tree, figure: Figure, end: YearEnd, console: Console, shown: set[str]) -> None:
    """The parts beneath a figure; one that has been shown already is named again, but not opened."""
    shown.add(figure.id)
    for part in figure.parts:
        if isinstance(part, Source):
            tree.add(_source_text(part, console))
        elif part.id in shown:
            tree.add(_described(part, end, console).append("  as above", style="dim"))
        else:
            _grow(tree.add(_described(part, end, console)), part, end, console, shown)


def _described(figure: Figure, end: YearEnd, console: Console) -> Text:
    text = plain(figure.label, console, style="bold")
    mark = mark_of(end, figure)
    amount, reading = _as_on_a_page(figure, end)
    said = plain(f"  {_amount(amount, figure.unit)}{mark}{reading}", console)
    said.append_text(plain(f"  = {figure.rule}", console, style="dim"))
    if figure.id in end.published:
        said.append("  published", style="green")
    return Text.assemble(text, said)


_VARIANCES = frozenset({"variance", "variance_to_date", "change"})
_REASONS = frozenset(map(slug, Reason))


def _as_on_a_page(figure: Figure, end: YearEnd) -> tuple[Decimal | None, str]:
    """A figure's amount and, of a variance or a part of one, its word: what worsens the position is negative, and A."""
    *_, row_id, column = ("", "", *figure.id.split("/"))
    is_variance = column in _VARIANCES or (figure.id.startswith("variance/") and column in _REASONS)
    flows = {row.id: row.flow for row in end.expected.rows} if is_variance else {}
    flow = flows.get(row_id) or flows.get(row_id.partition(".")[0])  # of a part of a line, the line's
    if flow is None or figure.amount is None:
        return figure.amount, ""
    reading = adverse_or_favourable(flow, figure.amount)
    return (-figure.amount if flow is Flow.EXPENDITURE else figure.amount), f" {reading}" if reading else ""


def _source_text(source: Source, console: Console) -> Text:
    mark = ILLUSTRATIVE if source.illustrative else ""
    amount = f"  {_amount(source.amount, source.unit)}{mark}" if source.amount is not None else mark
    return Text.assemble(
        plain(source.label + amount, console),
        "  ",
        plain(str(source.cells), console, style="cyan"),
    )


def _amount(amount: Decimal | None, unit: str) -> str:
    if amount is None:
        return MISSING
    if unit != "£":
        return number_text(amount) + (unit if unit == "%" else "")
    return bracketed(amount.quantize(PENNY) if amount % 1 else amount.quantize(Decimal(1)), sign="£")


def trace_data(traced: Traced, end: YearEnd) -> dict[str, Any]:
    """The same tree as plain data."""
    return {
        "figure": _figure_data(traced.figure, end),
        "used_by": [figure.id for figure in traced.used_by],
        "others": [figure.id for figure in traced.others],
    }


def _figure_data(figure: Figure, end: YearEnd) -> dict[str, Any]:
    return {
        "id": figure.id,
        "label": figure.label,
        "amount": decimal_string(figure.amount, money=figure.unit == "£"),
        "unit": unit_code(figure.unit),
        "rule": figure.rule,
        "published": figure.id in end.published,
        "illustrative": figure.id in end.illustrative,
        "parts": [
            _figure_data(part, end)
            if isinstance(part, Figure)
            else {
                "label": part.label,
                "amount": decimal_string(part.amount, money=part.unit == "£"),
                "cells": str(part.cells),
                "illustrative": part.illustrative,
            }
            for part in figure.parts
        ],
    }
