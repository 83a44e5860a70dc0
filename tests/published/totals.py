"""What the totals of a table are the sum of, where the file has no rule for them.

A sum is taken for meant where it holds so often, and to so many digits, that chance does not give it. One that fails at
a place or two is still meant where it holds at the others, or where one slip accounts for the rest.
"""

from collections.abc import Sequence
from decimal import Decimal
from math import log10

from .casting import Cast, Table, outcome
from .row_rules import RowRules, is_total, says_it_adds
from .tried_sums import SURE, SURER, Explains, Found, OneSlip, Weights, best_of, digits_of, try_rows


def found_rows(table: Table, rules: RowRules, known: Sequence[Cast], explains: Explains) -> list[Found]:
    """What every total without a rule is the sum of, in every column; nothing for one of which that is not known."""
    known = list(known)

    def one_slip(casts: Sequence[Cast]) -> bool:
        return explains(casts, known)

    found: list[Found] = []
    for total in rules.without_rule():
        if any(table.line(total)) and (of_total := _sum_of_rows(table, rules, total, one_slip)):
            rules.parts[total] = tuple(dict.fromkeys(row for row, _ in of_total.casts[0].adds))
            known += of_total.casts
            found.append(of_total)
    used = {row for parts in rules.parts.values() for row in parts}
    return [_with_the_line_before(table, each, used, known, explains) or each for each in found]


def _sum_of_rows(table: Table, rules: RowRules, total: int, one_slip: OneSlip) -> Found | None:
    likely = [dict.fromkeys(run, 1) for run in rules.likely_runs(total) if run]
    above, below = ([dict.fromkeys(run, 1) for run in rules.runs(total, step)] for step in (-1, 1))
    for candidates in (likely, above):
        if found := _best_rows(table, rules, total, candidates, SURE):
            return found
    # Nothing holds in nearly every column: one slip may have spoilt them all.
    for adds in likely:
        found = try_rows(table, total, adds)
        if found and found.broken and len(adds) > 1 and _is_worth_explaining(table, found) and one_slip(found.casts):
            return found
    must_be = _must_be(table, rules, total, likely, one_slip)
    if must_be and rules.signed:
        return must_be
    for candidates, beyond in (*((list(rules.few(total, n)), SURER) for n in (1, 2, 3)), (below, SURE)):
        if candidates is below and must_be:
            break
        if found := _best_rows(table, rules, total, candidates, beyond, one_slip):
            return found
    return must_be


def _best_rows(
    table: Table,
    rules: RowRules,
    total: int,
    candidates: Sequence[Weights],
    beyond: float,
    one_slip: OneSlip | None = None,
) -> Found | None:
    hopeful = [adds for adds in candidates if rules.quick.may_hold(total, adds)]
    tried = [found for adds in hopeful if (found := try_rows(table, total, adds))]
    needed = log10(len(candidates) + 1) + beyond
    if best := best_of(tried, needed):
        return best
    return next((f for f in tried if one_slip and f.broken and f.digits > needed + 1 and one_slip(f.casts)), None)


def _with_the_line_before(
    table: Table, found: Found, used: set[int], known: Sequence[Cast], explains: Explains
) -> Found | None:
    """The same sum with one line more at its head, one like the others that is in no sum: the total leaves it out.

    Only of a whole table of which the file states no sum: others may begin with a line of another block.
    """
    assert found.casts[0].total is not None
    total = found.casts[0].total[0]
    parts = {row for row, _ in found.casts[0].adds}
    before = min(parts) - 1
    if not table.is_whole or table.case.checks or found.broken or len(parts) < 2 or max(parts) > total:
        return None
    if before < 0 or before in used or is_total(table, before) or not any(table.line(before)):
        return None
    if {table.rows[row].kind for row in parts} != {table.rows[before].kind}:
        return None
    longer = try_rows(table, total, dict.fromkeys(sorted({before, *parts}), 1))
    others = [cast for cast in known if cast not in found.casts]
    return longer if longer and longer.broken and explains(longer.casts, others) else None


def _is_worth_explaining(table: Table, found: Found) -> bool:
    """Whether the sum has digits enough that one slip in it would not be found by chance: some thirty for each term."""
    digits = found.digits + sum(digits_of(table, cast, exactly=False) for cast in found.broken)
    return digits > log10(40 * max(len(cast.adds) for cast in found.casts)) + SURE


def _must_be(table: Table, rules: RowRules, total: int, likely: Sequence[Weights], one_slip: OneSlip) -> Found | None:
    """A sum for a total of lines, in a whole table of a file without checks: one that a slip mends, or the nearest."""
    if not table.is_whole or table.case.checks or not says_it_adds(table, total) or len(rules.own_lines(total)) < 2:
        return None
    tried = [found for adds in likely if len(adds) > 1 and (found := try_rows(table, total, adds))]
    nearest = min(tried, key=lambda found: _apart(table, found), default=None)
    return next((found for found in tried if one_slip(found.casts)), nearest)


def _apart(table: Table, found: Found) -> Decimal:
    outs = [outcome(table, cast) for cast in found.casts]
    return sum((abs(out.difference / (out.stated or 1)) for out in outs if out.difference is not None), Decimal(0))
