"""What is asked on the screen: changes as ``what-if`` takes them, where they start; and what was asked before."""

import shlex
from collections.abc import Iterator
from dataclasses import dataclass, replace

from breakeven.plan.model import View


@dataclass(frozen=True, slots=True)
class State:
    """One question. It is the command line that gives the same answer, taken apart.

    changes: what is typed of each lever, by its name: ``+5`` of ``residential.number``, in the order they were made.
    since: as ``--from`` takes it; blank for the plan's start. scenario: the one of the folder that the changes are laid
    over; blank for the plan as it stands.
    """

    changes: tuple[tuple[str, str], ...] = ()
    since: str = ""
    scenario: str = ""
    view: View = "planned"

    def said(self, lever: str) -> str:
        """What is typed of one lever; blank where nothing is."""
        return dict(self.changes).get(lever, "")

    def with_change(self, lever: str, said: str) -> "State":
        """The same question with one lever at what was typed; blank takes the change away."""
        changes = dict(self.changes)
        changes[lever] = said.strip()
        return replace(self, changes=tuple((name, text) for name, text in changes.items() if text))

    def without_changes(self) -> "State":
        """The same plan with nothing changed, from its start."""
        return replace(self, changes=(), since="")

    @property
    def texts(self) -> tuple[str, ...]:
        """The changes as ``parse_change`` reads them: ``residential.number=+5``."""
        return tuple(f"{lever}={said}" for lever, said in self.changes)

    def command(self, folder: str) -> str:
        """The command that gives the same answer, as a shell takes it."""
        return shlex.join(self.words(folder))

    def words(self, folder: str) -> list[str]:
        """The same, word by word."""
        return ["breakeven", "what-if", *self.texts, *self._options(), folder]

    def _options(self) -> Iterator[str]:
        for option, value in (("--from", self.since), ("--scenario", self.scenario)):
            if value:
                yield from (option, value)
        if self.view != "planned":
            yield from ("--savings", self.view)


@dataclass(frozen=True, slots=True)
class History:
    """The question that stands, those before it, and those that were undone, the nearest last in each."""

    now: State
    before: tuple[State, ...] = ()
    undone: tuple[State, ...] = ()

    def asking(self, state: State, *, going_on: bool = False) -> "History":
        """Another question. going_on: it is still being typed, so that it takes the place of the one that stands."""
        if state == self.now:
            return self
        if going_on and self.before:
            return History(state, self.before)
        return History(state, (*self.before, self.now))

    def undo(self) -> "History":
        """The question before; this one where there is none."""
        if not self.before:
            return self
        return History(self.before[-1], self.before[:-1], (*self.undone, self.now))

    def redo(self) -> "History":
        """The question that was undone; this one where there is none."""
        if not self.undone:
            return self
        return History(self.undone[-1], (*self.before, self.now), self.undone[:-1])
