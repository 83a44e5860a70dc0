"""What is asked in the box at the top: a question in words, or words that find a lever."""

from textual.widgets import Input

from breakeven.findings import visible
from breakeven.whatif import lever_rows
from breakeven.whatif.lever_rows import AskBox
from breakeven.whatif.lever_side import LeverSide
from breakeven.whatif.levers import lever_called, searched
from breakeven.whatif.words import asked_in, read_words


class Asking(LeverSide):
    """The screen, as far as its box goes."""

    def on_asked(self, event: lever_rows.Asked) -> None:
        self.put(event.typed)

    def put(self, typed: str) -> None:
        """What is asked in words: changes, and from when; or the first lever that they find."""
        try:
            said = read_words(typed, self.questions.end, self.levers)
            if said.is_search:
                self._go_to_found(typed)
                return
            state = asked_in(said, self.state, self.levers, self.questions.end)
        except ValueError as error:
            self._refuse(typed, str(error))
            return
        if why := self.ask(state):
            self._refuse(typed, why)
            return
        shown, changed = {each.id for each in self.shown_levers}, [lever for lever, _ in state.changes]
        self.shown_levers = [
            *self.shown_levers,
            *(lever_called(each, self._by_id) for each in changed if each not in shown),
        ]
        self.query_one(AskBox).value = ""
        self.find("")
        self.query_one(AskBox).focus()

    def _go_to_found(self, words: str) -> None:
        if words.strip() and not searched(self.levers, words):
            self._refuse(words, f"nothing is called {visible(words.strip())!r}; a change is typed as residential=+5")
            return
        self.find(words, go=True)

    def _refuse(self, typed: str, why: str) -> None:
        """Say why, with what was typed in the box, to be typed over."""
        box = self.query_one(AskBox)
        with box.prevent(Input.Changed):
            box.value = typed
        box.focus()
        box.action_select_all()
        self.complain(why)

    def on_sought(self, event: lever_rows.Sought) -> None:
        """A word in the box finds levers."""
        self.complain("")
        try:
            is_search = read_words(event.typed, self.questions.end, self.levers).is_search
        except ValueError:
            is_search = False
        words = [word for word in event.typed.split() if any(map(str.isalnum, word))]
        self.find(" ".join(words) if is_search else "")
