"""The closed periods of a folder: ``closes/P09.json`` and the like, each held to its seal and to the one before."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from breakeven.findings import Cell, Finding
from breakeven.ledger.closes import Close, SealedFigure, SealedLeaf
from breakeven.periods import Year, parse_period, period_name

FOLDER = "closes"
TOLD = ("version", "body", "inputs", "published", "statements", "records")
"""What of a file is kept besides its figures."""

_NAMED = re.compile(r"P(0[1-9]|1[0-3])\.json")

FORM = 1
"""The form of a closed period's file; raised where what it holds changes."""


SEAL = '"seal": '
"""Begins the line of a file that holds its seal: the last but one, and no part of what is sealed."""


def seal_of(text: str) -> str:
    """The SHA-256 of a closed period's file, as UTF-8, up to the line of its seal."""
    return hashlib.sha256(text.rpartition(f"\n{SEAL}")[0].encode("utf-8")).hexdigest()


def is_held_by(text: str, seal: object) -> bool:
    """Whether a file is as it was sealed: nothing is changed before its seal, and nothing put after it.

    An editor may have put a line at the end, or taken it away.
    """
    return seal_of(text) == seal and text.rpartition(f"\n{SEAL}")[2].rstrip() == f'"{seal}"\n}}'


def path_of(folder: Path, period: int) -> Path:
    """Where a period's seal is kept."""
    return folder / FOLDER / f"{period_name(period)}.json"


def read_closes(folder: Path, year: Year) -> tuple[tuple[Close, ...], list[Finding]]:
    """The closed periods of a year in their order.

    One that is not as it was sealed, is of another year or breaks the chain is an error.
    """
    closes: list[Close] = []
    findings: list[Finding] = []
    for path in sorted((folder / FOLDER).glob("*.json")):
        at = Cell(f"{FOLDER}/{path.name}")
        if not _NAMED.fullmatch(path.name):
            message = "the file is none of the closed periods, and is not read"
            findings.append(Finding("seal-stray", message, at))
            continue
        try:
            text = path.read_text(encoding="utf-8-sig")
            data = json.loads(text)
            if not is_held_by(text, data["seal"]):
                message = "the file is not as it was when the period was closed; put back the one that was sealed"
                findings.append(Finding("seal-broken", message, at))
                continue
            if data["form"] != FORM:
                message = f"the file is of form {data['form']}, which this version does not read"
                findings.append(Finding("seal-unreadable", message, at))
                continue
            if data["body"]["year"] != str(year) or f"{data['period']}.json" != path.name:
                message = f"it seals {data['period']} of {data['body']['year']}, and the folder is of {year}"
                findings.append(Finding("seal-elsewhere", message, at))
                continue
            closes.append(_close(data))
        except (OSError, ValueError, KeyError, TypeError, ArithmeticError, RecursionError) as error:
            findings.append(Finding("seal-unreadable", f"no closed period can be read of it: {error!r}", at))
    closes.sort(key=lambda close: close.period)
    return tuple(closes), [*findings, *_chain(closes)]


def _chain(closes: list[Close]) -> Iterator[Finding]:
    """Each seal holds the one before it, so that none can be taken out or put in unseen."""
    before = ""
    for close in closes:
        if close.previous != before:
            message = "its seal does not follow that of the period closed before it: a file is missing or was put in"
            yield Finding("seal-chain", message, Cell(f"{FOLDER}/{period_name(close.period)}.json"))
        before = close.seal


def _close(data: Mapping[str, Any]) -> Close:
    return Close(
        period=parse_period(data["period"]),
        closed_on=date.fromisoformat(data["closed_on"]),
        closed_by=data["closed_by"],
        seal=data["seal"],
        previous=data["previous"],
        leaves=tuple(_leaf(leaf) for leaf in data["leaves"]),
        balances=tuple(_leaf(leaf) for leaf in data["balances"]),
        since=None if data["since"] is None else parse_period(data["since"]),
        told={key: data[key] for key in TOLD},
    )


def _leaf(data: Mapping[str, Any]) -> SealedLeaf:
    figures = {
        column: SealedFigure(None if amount is None else Decimal(amount), bool(marked), rule, tuple(workbooks))
        for column, (amount, marked, rule, workbooks) in data["figures"].items()
    }
    names = ("id", "label", "flow", "line", "category", "cost_centre", "account", "method")
    return SealedLeaf(**{name: str(data[name]) for name in names}, figures=figures)
