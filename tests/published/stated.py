"""The sums that a file states: each rule read, and cast where the file says and wherever else it applies."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from breakeven.reconciliation.check import Result

from .case import StatedCheck
from .casting import OF_NO_SUM, Across, Basis, Cast, Place, Table, adds_of, outcome, with_allowance
from .rules import Rule, RuleError, read_rule


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with a file beside its sums: in words, and where."""

    cause: str
    words: str
    row: str = ""
    column: str = ""


@dataclass
class Stated:
    """What came of a file's checks."""

    casts: list[Cast] = field(default_factory=list[Cast])
    troubles: list[Trouble] = field(default_factory=list[Trouble])


class Names:
    """Rows or columns by what a rule may call them: an id first, else a label that no other has."""

    def __init__(self, *spellings: Sequence[str]) -> None:
        self._index: dict[str, int] = {}
        for names in spellings:
            for i, name in enumerate(names):
                self._index.setdefault(name, i)
        for names in spellings:
            for i, name in enumerate(names):
                self._index.setdefault(_folded(name), i)

    def __iter__(self) -> Iterator[str]:
        return iter(self._index)

    def get(self, name: str) -> int | None:
        """The place of a name; None where nothing is called so."""
        return self._index.get(name, self._index.get(_folded(name)))


def stated_casts(table: Table) -> Stated:
    """Every check of the file as a sum to be cast, and every rule of it at the other places where it applies."""
    found = Stated()
    rows = Names([row.id for row in table.rows], [row.label for row in table.rows])
    columns = Names([column.label for column in table.columns])
    by_rule: dict[tuple[str, str], list[StatedCheck]] = defaultdict(list)
    for check in table.case.checks or ():
        by_rule[check.across, check.rule].append(check)
    for (across, text), checks in by_rule.items():
        try:
            rule, across_rows = _read(text, across, rows, columns)
        except (RuleError, RecursionError, ArithmeticError) as error:
            found.troubles.append(Trouble("rule", f"the rule '{text}' cannot be read: {error or 'it goes too deep'}"))
            continue
        found.casts += _cast_everywhere(table, rule, checks, (rows, columns), found.troubles, across_rows=across_rows)
    return found


def _read(text: str, across: str, rows: Names, columns: Names) -> tuple[Rule, bool]:
    """A rule, and whether it adds rows: as the file says, unless only the other reading knows its names."""
    readings = {"rows": rows, "columns": columns}
    rules = {each: read_rule(text, list(names)) for each, names in readings.items()}
    known = {each: sum(readings[each].get(name) is not None for name in rule.names) for each, rule in rules.items()}
    best = across if known.get(across) else max(known, key=known.__getitem__)
    return rules[best], best == "rows"


def _cast_everywhere(
    table: Table,
    rule: Rule,
    checks: Iterable[StatedCheck],
    names: tuple[Names, Names],
    troubles: list[Trouble],
    *,
    across_rows: bool,
) -> list[Cast]:
    own, other = names if across_rows else (names[1], names[0])
    index = {name: at for name in rule.names if (at := own.get(name)) is not None}
    lacks = tuple(dict.fromkeys(name for name in rule.names if name not in index))
    troubles += [
        Trouble(
            "left out",
            f"line left out: the rule '{rule.text}' names {name}, which the table does not have",
            row=name if across_rows else "",
            column="" if across_rows else name,
        )
        for name in lacks
    ]
    if rule.total in lacks:
        return []
    statuses: dict[int, list[str]] = defaultdict(list)
    for check in checks:
        said = check.column if across_rows else check.row
        at = None if said is None else other.get(said)
        if said is not None and at is None:
            kind = "column" if across_rows else "row"
            troubles.append(
                Trouble("left out", f"a check of '{rule.text}' is of the {kind} {said}, which is not there")
            )
        elif at is not None:
            statuses[at] += [check.status]
    everywhere = range(len(table.columns) if across_rows else len(table.rows))
    named = {at: _cast(table, rule, index, lacks, at, statuses.get(at), across_rows=across_rows) for at in everywhere}
    asked = [cast for at, cast in named.items() if at in statuses and cast]
    further = [cast for at, cast in named.items() if at not in statuses and cast and _may_apply(table, cast)]
    return asked + _that_hold(table, asked, further)


def _cast(
    table: Table,
    rule: Rule,
    index: dict[str, int],
    lacks: tuple[str, ...],
    at: int,
    statuses: list[str] | None,
    *,
    across_rows: bool,
) -> Cast | None:
    places: dict[str, Place] = {name: (i, at) if across_rows else (at, i) for name, i in index.items()}
    across: Across = "rows" if across_rows else "columns"
    basis = Basis.RULE if statuses is None else Basis.STATED
    total = places[rule.total] if rule.total else None
    plain = adds_of(rule, places)
    if plain is not None:
        adds, constant = plain
        cast = Cast(rule.text, across, basis, at, total, adds, constant, lacks=lacks, statuses=tuple(statuses or ()))
        return with_allowance(table, cast)
    if lacks:
        return None
    adds = {place: Decimal(0) for name, place in places.items() if name != rule.total}
    return Cast(rule.text, across, basis, at, total, adds, Decimal(0), rule, places, (), statuses=tuple(statuses or ()))


def _may_apply(table: Table, cast: Cast) -> bool:
    """Whether a rule may be meant at a place where the file does not state it."""
    if cast.across == "rows" and table.is_percent(cast.at):
        return False
    if cast.across == "columns" and table.rows[cast.at].kind in OF_NO_SUM:
        return False
    return outcome(table, cast).result is not Result.OPEN


def _that_hold(table: Table, asked: list[Cast], further: list[Cast]) -> list[Cast]:
    """The further places, unless the rule fails at so many of them that it is not meant there."""
    out = [cast for cast in further if outcome(table, cast).result is Result.DIFFERS]
    held = [cast for cast in (*asked, *further) if outcome(table, cast).result in {Result.AGREES, Result.ROUNDING}]
    return further if 3 * len(out) <= len(held) else [cast for cast in further if cast not in out]


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
