"""What is judged of a table, in lines for a person and as data."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from breakeven.reconciliation.check import Result

from .casting import Basis, Cast, Place, Table
from .judge import Judged, Judgement
from .mends import Fault, Mend

WHY = {
    Basis.STATED: "",
    Basis.RULE: "by a rule of the file, ",
    Basis.FOUND: "found, ",
    Basis.IMPLIED: "implied, ",
}
MOST_TERMS = 6


def lines(judgement: Judgement, *, verbose: bool) -> Iterator[str]:
    """A line for everything that does not plainly agree (every sum, if verbose), then one for the file."""
    name, table = judgement.name, judgement.table
    for trouble in judgement.troubles:
        yield f"{name}: {trouble.words}"
    for each in judgement.sums if table else ():
        if verbose or each.contradicts or each.outcome.result is Result.DIFFERS:
            assert table is not None
            yield f"{name}: {_of_sum(table, each)}"
    yield f"{name}: {'passed' if judgement.passes else 'FAILED'}{_counts(judgement)}"


def _counts(judgement: Judgement) -> str:
    if judgement.table is None:
        return ""
    counts = f": {judgement.count(Result.AGREES)} agree, {judgement.count(Result.ROUNDING)} by rounding"
    counts += f", {judgement.count(Result.DIFFERS)} differ"
    for basis, words in ((Basis.FOUND, "found"), (Basis.IMPLIED, "implied")):
        if number := sum(each.cast.basis is basis for each in judgement.sums):
            counts += f"; {number} of them {words}"
    return counts + (f"; no rule for {', '.join(judgement.without_rule)}" if judgement.without_rule else "")


def _of_sum(table: Table, each: Judged) -> str:
    out = each.outcome
    verdict = f"{out.result}, as the file says" if each.is_expected and not each.contradicts else out.result.value
    said = f"{verdict}: {WHY[each.cast.basis]}{shortened(each.cast.rule)}, {place_of(table, each.cast)}"
    if out.difference is None:
        said += ": there is nothing to cast"
    else:
        said += f": {_figure(out.stated)} is stated, {_figure(out.computed)} is cast, {_figure(out.difference)} out"
    if out.result is Result.DIFFERS:
        said += f": {cause_of(table, each)}"
    return said + "".join(f" (the file says '{status}')" for status in each.contradicts)


def cause_of(table: Table, each: Judged) -> str:
    """The cause of a difference in words, with its cell, and how many other causes do as well."""
    if each.lack:
        return f"{Fault.LEFT_OUT}: {each.lack} is not in the table"
    if each.cause is None:
        return Fault.UNKNOWN
    mend = each.cause.mend
    words = f"{mend.fault}: {_cells(table, mend.at)}: {mend.words}"
    if len(mend.at) == 1 and mend.at[0] in mend.instead and (meant := mend.instead[mend.at[0]]) is not None:
        words += f", so {_figure(meant)}"
    alike = len({other.at for other in each.cause.others if other.fault is mend.fault})
    return words + (f"; {alike} other {'cell' if alike == 1 else 'cells'} would do as well" if alike else "")


def _cells(table: Table, places: Sequence[Place]) -> str:
    rows, columns = (list(dict.fromkeys(place[axis] for place in places)) for axis in (0, 1))
    named = ", ".join(table.name_of(row) for row in rows)
    return f"{named} in {', '.join(table.columns[column].label for column in columns)}"


def place_of(table: Table, cast: Cast) -> str:
    """Where a sum is cast: the column in which rows are added, or the row along which columns are."""
    if cast.across == "columns":
        return f"row {table.name_of(cast.at)}"
    return f"column {table.columns[cast.at].label}"


def shortened(rule: str) -> str:
    """A rule of many terms with its middle left out."""
    terms = rule.split(" + ")
    if len(terms) <= MOST_TERMS:
        return rule
    return f"{' + '.join(terms[:2])} + … + {terms[-1]} ({len(terms)} terms)"


def _figure(amount: Decimal | None) -> str:
    return "nothing" if amount is None else f"{amount:,f}" if len(str(amount)) < 20 else f"{amount:,.4f}"


def as_data(judgement: Judgement) -> dict[str, Any]:
    """A judgement as JSON has it: every sum, with amounts as decimal strings in the table's unit."""
    return {
        "file": judgement.name,
        "passed": judgement.passes,
        "troubles": [
            {"cause": each.cause, "words": each.words, "cell": {"row": each.row, "column": each.column}}
            for each in judgement.troubles
        ],
        "no_rule": list(judgement.without_rule),
        "checks": [_sum_as_data(judgement, each) for each in judgement.sums],
    }


def _sum_as_data(judgement: Judgement, each: Judged) -> dict[str, Any]:
    table, cast, out = judgement.table, each.cast, each.outcome
    assert table is not None
    mend = each.cause.mend if each.cause else None
    cells = [{"row": table.rows[r].id, "column": table.columns[c].label} for r, c in mend.at] if mend else []
    at = {"row": table.rows[cast.at].id} if cast.across == "columns" else {"column": table.columns[cast.at].label}
    if each.lack:
        cells = [{"row": each.lack, "column": each.lack} | at]
    differs = out.result is Result.DIFFERS
    return {
        "file": judgement.name,
        "rule": cast.rule,
        "across": cast.across,
        **at,
        "basis": cast.basis.value,
        "stated": _text(out.stated),
        "computed": _text(out.computed),
        "difference": _text(out.difference),
        "verdict": out.result.value,
        "file_says": list(cast.statuses),
        "cause": _cause_word(each, mend) if differs else "",
        "words": cause_of(table, each) if differs else "",
        "cell": cells[0] if cells else None,
        "cells": cells,
    }


def _cause_word(each: Judged, mend: Mend | None) -> str:
    if each.lack:
        return Fault.LEFT_OUT.value
    return mend.fault.value if mend else Fault.UNKNOWN.value


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:f}"
