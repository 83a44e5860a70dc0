"""A question as it is typed: every word of it is used, or refused by name; never dropped."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from breakeven.findings import visible
from breakeven.ledger.changes import Span, name_and_what, parse_change, parse_span, unknown_name
from breakeven.ledger.chart import slug
from breakeven.ledger.scenarios import What
from breakeven.ledger.targets import lines_named, schemes_named
from breakeven.pipeline.year_end import YearEnd
from breakeven.whatif.levers import MORE, Lever, made_for
from breakeven.whatif.starts import read_start
from breakeven.whatif.state import State

_WORD = re.compile(r"(?<!\S)(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)')(?!\S)|(?P<bare>\S+)")
_BETWEEN = re.compile(r";|,(?!\d{3}(?!\d))")
"""What stands between two changes; a comma of thousands is none."""

_PREAMBLE = re.compile(r"\s*\$?\s*(?:breakeven\s+)?what(?:-|\s+)if\b\s*", re.IGNORECASE)
_VALUE = re.compile(
    r"[x×*]?[+\-−]?£?[+\-−]?(?:\d[\d,]*(?:\.\d+)?|\.\d+)(?:k|m)?(?:%|pp|points?|months?|mo)?", re.IGNORECASE | re.ASCII
)
"""What is taken for a value without an equals sign before it."""

_UNIT = re.compile(r"%|pp|points?|months?|mo", re.IGNORECASE)
_ANDS, _EQUALS, _SINCE = {"and", "&"}, {"to", "at", "is"}, {"from", "--from", "since"}

INSTEAD = {
    "--scenario": "F2 picks the scenario", "--to": "on the screen changes count to the plan's end",
    "--savings": "Ctrl+P, Savings, says how they are counted", "--save": "F7 saves",
    "--demand": "only the command has it",
}  # fmt: skip
"""What the command takes and the box does not."""

_KINDS: tuple[tuple[re.Pattern[str], frozenset[What]], ...] = (
    (re.compile(r".*mo(?:nths?)?", re.IGNORECASE), frozenset({"start"})),
    (re.compile(r".*(?:%|pp|points?)", re.IGNORECASE), frozenset({"inflation", "growth", "delivery"})),
    (re.compile(r".*£.*|.*[km]", re.IGNORECASE), frozenset({"amount", "price"})),
    (re.compile(r"(?:to\s*)?[+\-−]?[\d,.]+", re.IGNORECASE), frozenset({"number"})),
)
"""What a value can be of, by how it is written; one of none of these can be of anything."""

MOST_SAID = 4
"""How many levers a message offers."""


@dataclass(frozen=True, slots=True)
class Said:
    """What was typed, taken apart: changes as ``parse_change`` reads them; and from when, blank if nothing is said."""

    changes: tuple[str, ...] = ()
    since: str = ""

    @property
    def is_search(self) -> bool:
        """Whether it asks nothing: words that may find a lever."""
        return not self.changes and not self.since


def read_words(typed: str, end: YearEnd, levers: Sequence[Lever]) -> Said:
    """Take apart ``residential=+5 pay 4% from October 2024``. Raises ValueError with a word that has no part in it."""
    words = _words(typed)
    changes: list[str] = []
    since, name = "", list[str]()
    at = 0
    while at < len(words):
        word, after = words[at], words[at + 1 : at + 3]
        option, _, given = word.partition("=")
        if option.lower() in _SINCE and (given or not name or read_start(after, end.plan.years)[1]):
            since, used = _since(word, [given, *after] if given else after, end)
            at += used + (0 if given else 1)
            _none_left(name, end, levers)
        elif word.startswith("--"):
            raise ValueError(f"{visible(word)!r} is not for the box: {INSTEAD.get(option, 'it is no option')}")
        elif "=" in word:
            value, used = _value(given, after)
            changes.append(f"{' '.join([*name, option]).strip()}={value}")
            name, at = [], at + 1 + used
        elif name and word.lower() in _EQUALS and after and _VALUE.fullmatch(after[0]):
            is_below_nil = word.lower() == "to" and after[0][0] in "-−"
            value, used = _value("to" if is_below_nil else "", after)
            changes.append(f"{' '.join(name)}={value}")
            name, at = [], at + 1 + used
        elif name and _VALUE.fullmatch(word) and not _goes_on([*name, word], after, levers):
            value, used = _value(word, after)
            changes.append(f"{' '.join(name)}={value}")
            name, at = [], at + 1 + used
        else:
            if name or word.lower() not in _ANDS:
                name.append(word)
            at += 1
    if changes or since or (len(name) > 1 and _VALUE.fullmatch(name[0])):
        _none_left(name, end, levers)
    return Said(tuple(changes), since)


def _words(typed: str) -> list[str]:
    """The words, each quoted one whole; an equals sign holds what is on both its sides."""
    text = _PREAMBLE.sub("", typed, count=1) if _PREAMBLE.match(typed) else typed
    text = re.sub(r"[ \t]*=[ \t]*", "=", _BETWEEN.sub(" ", text)).strip().removesuffix("?")
    words: list[str] = []
    for found in _WORD.finditer(text):
        word = next(part for part in found.groups() if part is not None)
        words += [word] if "=" in word else word.split()
    return words


def _since(word: str, after: Sequence[str], end: YearEnd) -> tuple[str, int]:
    since, used = read_start(after, end.plan.years)
    if not used:
        found = f", found {visible(after[0])!r}" if after else ""
        raise ValueError(f"after {word.partition('=')[0]!r} comes a month, a period or a year, such as P07{found}")
    return since, used


def _value(given: str, after: Sequence[str]) -> tuple[str, int]:
    """A value and its unit, where they stand apart; and how many more words it has than the first."""
    used = 0
    if given.lower() in {"to", ""} and after:
        given, used = f"{given} {after[0]}".strip(), 1
    if len(after) > used and _UNIT.fullmatch(after[used]) and re.search(r"\d", given):
        given, used = f"{given} {after[used]}", used + 1
    return given, used


def _goes_on(words: Sequence[str], after: Sequence[str], levers: Sequence[Lever]) -> bool:
    """Whether a number is within a name, as in *tier 3 services*."""
    begun = slug(" ".join(words))
    names = (slug(name) for each in levers for name in (each.label, each.name, name_and_what(each.id)[0]))
    return bool(after) and any(name.startswith(f"{begun}_") or name == begun for name in names)


def _none_left(words: Sequence[str], end: YearEnd, levers: Sequence[Lever]) -> None:
    """Raises ValueError where words are left that no value follows."""
    if not words:
        return
    said = " ".join(words)
    if _VALUE.fullmatch(words[0]):
        raise ValueError(f"{visible(words[0])!r}: say first what it changes, as residential=+5")
    if _is_known(said, end) or _called(said, levers):
        raise ValueError(f"{visible(said)!r} has no value: write it as {_example(said, levers)}")
    known, left = _known_part(words, end)
    instead = f": write {_example(known, levers)}" if known else ", and nothing is changed"
    raise ValueError(f"{visible(left)!r} is not understood{instead}")


# What a name stands for -------------------------------------------------------------------------------------------


def asked_in(said: Said, state: State, levers: Sequence[Lever], end: YearEnd) -> State:
    """The question that stands, with what was said besides, each change in place of what its lever said. ValueError."""
    state = replace(state, since="" if said.since == f"{end.plan.years[0]}" else said.since or state.since)
    span = parse_span(state.since or None, None, end.plan.years)
    met: set[str] = set()
    for text in said.changes:
        lever, value = lever_of(text, levers, end, span)
        if lever.id in met:
            raise ValueError(f"{lever.id} is said twice")
        met.add(lever.id)
        state = state.with_change(lever.id, value)
    return state


def lever_of(text: str, levers: Sequence[Lever], end: YearEnd, span: Span) -> tuple[Lever, str]:
    """The lever that a change such as ``residential=+5`` moves, and what it says of it. Raises ValueError.

    It may be called as a ledger has it or as the screen shows it. One that no list has, such as ``unmapped.amount``,
    is made for it.
    """
    name, equals, said = text.partition("=")
    if name.strip() and equals and said.strip() and not _is_known(name, end):
        lever = _meant(name.strip(), said.strip(), levers, end)
        text = lever.text(said.strip())
    found = parse_change(text, end.year.body, end.year.ledgers.savings, span)
    said = text.partition("=")[2].strip()
    lever_id = f"{slug(found.line)}.{found.what}"
    for lever in levers:
        own, what = name_and_what(lever.id)
        if f"{slug(own)}.{what}" == lever_id:
            return lever, said
    return made_for(found.line, found.what), said


def _is_known(name: str, end: YearEnd) -> bool:
    """Whether a line, category, group, saving or priority is called so."""
    own, _ = name_and_what(name.strip())
    return bool(schemes_named(own, end.year.ledgers.savings) or lines_named(own, end.year.body))


def _called(words: str, levers: Sequence[Lever]) -> list[Lever]:
    """The levers that the screen shows under some words, or else that have each of them in their name."""
    key, parts = slug(words), set(slug(words).split("_"))
    shown = [each for each in levers if key in {slug(each.label), slug(each.name)}]
    return shown or [each for each in levers if parts <= set(slug(f"{each.name} {each.label}").split("_"))]


def _meant(name: str, said: str, levers: Sequence[Lever], end: YearEnd) -> Lever:
    """The one lever that a name as the screen shows it stands for, with a value of its kind. Raises ValueError."""
    kinds = next((kinds for pattern, kinds in _KINDS if pattern.fullmatch(said)), None)
    found = [each for each in _called(name, levers) if kinds is None or each.what in kinds]
    found = [each for each in found if each.section != MORE] or found
    if len(found) == 1:
        return found[0]
    if found:
        more = f" and {len(found) - MOST_SAID} more" if len(found) > MOST_SAID else ""
        offered = " or ".join(f"{typed_as(each)}={said}" for each in found[:MOST_SAID])
        raise ValueError(f"{visible(name)!r} could be any of {len(found)}: write {offered}{more}")
    raise ValueError(_not_understood(name, said, levers, end))


def _known_part(words: Sequence[str], end: YearEnd) -> tuple[str, str]:
    """The most of some words that something is called, beside the value first; and the rest, all where nothing is."""
    for many in range(len(words) - 1, 0, -1):
        for known, left in ((words[-many:], words[:-many]), (words[:many], words[many:])):
            if _is_known(" ".join(known), end):
                return " ".join(known), " ".join(left)
    return "", " ".join(words)


def _not_understood(name: str, said: str, levers: Sequence[Lever], end: YearEnd) -> str:
    known, left = _known_part(name.split(), end)
    if known:
        return f"{visible(left)!r} is not understood: write {known.replace(' ', '_')}={said}"
    if called := _called(name, levers):
        return f"{visible(name)!r} has no {visible(said)!r}: write it as {example_of(called[0])}"
    return unknown_name(name, end.year.body, end.year.ledgers.savings)


EXAMPLES: dict[What, str] = {
    "number": "+5", "price": "+£200", "inflation": "4%", "growth": "2%", "amount": "+£250k", "delivery": "50%",
    "start": "+3 months",
}  # fmt: skip
"""A value of each kind, as it is typed."""


def typed_as(lever: Lever) -> str:
    """What is typed before the equals sign: what of it is meant only where the value does not say so."""
    name, what = name_and_what(lever.id)
    return lever.id if what in {"price", "growth"} else name


def example_of(lever: Lever) -> str:
    """How a lever is typed in the box: ``residential=+5``."""
    return f"{typed_as(lever)}={EXAMPLES[lever.what]}"


def _example(said: str, levers: Sequence[Lever]) -> str:
    key = slug(said)
    found = [each for each in levers if slug(name_and_what(each.id)[0]) == key] or _called(said, levers)
    return example_of(found[0]) if found else f"{key}=+5"
