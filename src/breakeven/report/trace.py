"""Where a figure comes from, down to the cells, and what uses it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from rich.console import Console
from rich.text import Text
from rich.tree import Tree

from breakeven.findings import visible
from breakeven.ledger.chart import slug
from breakeven.ledger.provenance import Figure, Source
from breakeven.pipeline import YearEnd
from breakeven.report.data import decimal_string
from breakeven.report.figures import MISSING, amount_text, number_text

_AMOUNT = re.compile(r"[-(]?\s*£?\s*[\d,]+(\.\d+)?\s*\)?")


@dataclass(frozen=True, slots=True)
class Traced:
    """What was asked for: the figure that answers best, the others of the same name or amount, and what uses it."""

    figure: Figure
    others: tuple[Figure, ...]
    used_by: tuple[Figure, ...]


def find(end: YearEnd, asked: str) -> Traced | None:
    """The figure meant by an id, a row's name or an amount; None where nothing answers.

    ``48565330``, ``£48,565,330`` and ``placements`` all find the actual of the placements row. An amount is
    compared without its sign. Of several, the nearest to the top of the outturn comes first.
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
        yield from sorted(found, key=lambda figure: figure.id.count("."))
    key = slug(asked)
    for figure_id, figure in end.book.items():
        row = figure_id.split("/")[1]
        if key and key in {row, slug(figure.label)} and not figure_id.endswith(("/budget", "/variance")):
            yield figure


def _users(book: Mapping[str, Figure], figure: Figure) -> tuple[Figure, ...]:
    return tuple(user for user in book.values() if any(part is figure for part in user.parts))


def nearest_names(end: YearEnd, asked: str) -> Sequence[str]:
    """Rows whose name is near what was asked, to suggest."""
    from difflib import get_close_matches  # noqa: PLC0415  (only for a mistake)

    rows = list(dict.fromkeys(figure_id.split("/")[1] for figure_id in end.book))
    return get_close_matches(slug(asked), rows, n=3)


def draw_trace(traced: Traced, end: YearEnd, console: Console) -> None:
    """The tree beneath a figure, its cells at the leaves, and what uses it."""
    tree = Tree(_described(traced.figure, end), guide_style="dim")
    _grow(tree, traced.figure, end)
    console.print(tree)
    if traced.used_by:
        console.print(Text("Used by", style="bold"))
        for user in traced.used_by:
            console.print(Text(f"  {user.id}  {_amount(user.amount, user.unit)}  {user.rule}"))
    if traced.others:
        console.print(Text("The same name or amount", style="bold"))
        for other in traced.others:
            console.print(Text(f"  {other.id}  {_amount(other.amount, other.unit)}"))


def _grow(tree: Tree, figure: Figure, end: YearEnd) -> None:
    for part in figure.parts:
        if isinstance(part, Figure):
            _grow(tree.add(_described(part, end)), part, end)
        else:
            tree.add(_source_text(part))


def _described(figure: Figure, end: YearEnd) -> Text:
    text = Text()
    text.append(visible(figure.label), style="bold")
    text.append(f"  {_amount(figure.amount, figure.unit)}")
    text.append(f"  = {figure.rule}", style="dim")
    if figure.id in end.published:
        text.append("  published", style="green")
    elif figure.id in end.illustrative:
        text.append("  illustrative", style="yellow")
    return text


def _source_text(source: Source) -> Text:
    text = Text(visible(source.label))
    if source.amount is not None:
        text.append(f"  {_amount(source.amount, '£')}")
    text.append(f"  {source.cells}", style="cyan")
    if source.illustrative:
        text.append("  illustrative", style="yellow")
    return text


def _amount(amount: Decimal | None, unit: str) -> str:
    if amount is None:
        return MISSING
    if unit != "£":
        return number_text(amount) + (unit if unit == "%" else "")
    return f"£{amount_text(amount)}" if amount == amount.to_integral_value() else f"£{amount:,.2f}"


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
        "unit": "GBP" if figure.unit == "£" else figure.unit,
        "rule": figure.rule,
        "published": figure.id in end.published,
        "illustrative": figure.id in end.illustrative,
        "parts": [
            _figure_data(part, end)
            if isinstance(part, Figure)
            else {
                "label": part.label,
                "amount": decimal_string(part.amount),
                "cells": str(part.cells),
                "illustrative": part.illustrative,
            }
            for part in figure.parts
        ],
    }
