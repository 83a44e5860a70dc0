"""Work in a thread, so that typing is never held up: only what was asked last, and never two at a time."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from textual.dom import DOMNode
from textual.message import Message
from textual.timer import Timer


class Worked(Message):
    """An answer. It is for the question it carries, which may no longer be the one that stands."""

    def __init__(self, kind: str, question: object, answer: Any, error: str) -> None:
        super().__init__()
        self.kind = kind
        self.question = question
        self.answer = answer
        self.error = error
        """Why there is no answer; blank where there is one."""


@dataclass
class Background:
    """One kind of work. What is asked while it goes on waits, and takes the place of what waited before.

    owner: the widget that is told, by ``Worked``. wait: seconds for which nothing else must be asked before it begins.
    """

    owner: DOMNode
    kind: str
    wait: float = 0.01
    is_busy: bool = False
    _next: tuple[object, Callable[[], Any]] | None = None
    _timer: Timer | None = None

    def ask(self, question: object, work: Callable[[], Any]) -> None:
        """Have some work done. work: raises ValueError or OSError where it cannot be, and says why."""
        self._next = question, work
        if self.is_busy and not self._timer:
            return
        self.is_busy = True
        if self._timer:
            self._timer.stop()
        self._timer = self.owner.set_timer(self.wait, self._begin)

    def done(self) -> None:
        """To be called when ``Worked`` has come: begin with what was asked meanwhile."""
        self.is_busy = False
        if self._next:
            self.ask(*self._next)

    def _begin(self) -> None:
        self._timer = None
        if self._next is None:
            return
        question, work = self._next
        self._next = None

        def worked() -> None:
            answer, error = None, ""
            try:
                answer = work()
            except (ValueError, OSError, ArithmeticError) as failed:
                error = str(failed)
            self.owner.post_message(Worked(self.kind, question, answer, error))

        self.owner.run_worker(worked, thread=True, group=self.kind, exit_on_error=False)
