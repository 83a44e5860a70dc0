"""A plan that questions are put to: what it would come to if something were otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from breakeven.ledger.scenarios import Overlay
from breakeven.periods import Year
from breakeven.plan.basis import Basis, model, overlaid
from breakeven.plan.compare import laid_over
from breakeven.plan.folded import Borne
from breakeven.plan.lines import Start
from breakeven.plan.model import Balances, Model, View
from breakeven.plan.projection import Outcome


class OpenPlanError(ValueError):
    """A plan that is open where an answer needs it; the message names the lines that nobody has said anything about."""

    def __init__(self, found: Model) -> None:
        names = found.open_in_words
        why = f"no assumption says how they move: {names}" if names else "nobody has said what balance it opens with"
        super().__init__(f"the plan is open, because {why}")
        self.why = why


@dataclass(frozen=True)
class Setting:
    """What a plan is made from, the overlays that it has already, and which savings its position counts."""

    basis: Basis
    overlays: tuple[Overlay, ...] = ()
    view: View = "planned"

    def model(self, changes: Sequence[Overlay] = ()) -> Model:
        """The plan with some changes laid over it. Raises OverlayError where one cannot be applied."""
        return model(self.basis, laid_over(self.overlays, changes, self.basis), self.view)

    @cached_property
    def as_is(self) -> Model:
        """The plan as it stands."""
        return self.model()

    @cached_property
    def balances(self) -> Balances:
        """What it comes to as it stands."""
        return self.as_is.balances(found=self.outcome)

    @cached_property
    def outcome(self) -> Outcome:
        """What every line of it comes to; nil stands in for what is open."""
        return self.as_is.outcome()

    @cached_property
    def amounts(self) -> dict[str, tuple[Decimal | None, ...]]:
        """What each line comes to in each year, before savings, by its id; None where it is open."""
        found, outcome = self.as_is, self.outcome
        sides = ((found.income, outcome.income[0]), (found.expenditure, outcome.gross[0]))
        return {
            line.id: tuple(amount if line.is_known(t) else None for t, amount in enumerate(row))
            for lines, rows in sides
            for line, row in zip(lines, rows, strict=True)
        }

    @cached_property
    def borne(self) -> dict[str, list[Borne]]:
        """The overlays that bear on each line, by its id."""
        return overlaid(self.basis, self.overlays).lines

    @cached_property
    def starts(self) -> dict[str, Start]:
        """The lines as they start, by id."""
        return {start.id: start for start in (*self.basis.income, *self.basis.expenditure)}

    def places(self, first: Year, last: Year | None = None) -> list[int]:
        """The places, among the plan's years, of those from one to another; to the end where no last is given."""
        return [t for t, year in enumerate(self.basis.years) if first <= year and (last is None or year <= last)]
