"""Whether one slip accounts for all that is broken in a sum that no file states: then the sum is meant all the same."""

from collections.abc import Sequence

from breakeven.reconciliation.check import Result

from .casting import Cast, Table, outcome
from .faults import Cause, explain
from .mends import Fault


def is_one_slip(table: Table, new: Sequence[Cast], others: Sequence[Cast]) -> bool:
    """Whether one cause mends every new sum that differs.

    A single digit is too easily mistyped to tell, and so is a figure that no slip gives. A sign turned in a whole row,
    or in a table without a minus elsewhere, is no slip: there what is taken off is printed without one.
    """
    casts = [*others, *new]
    broken = {i for i, cast in enumerate(casts) if i >= len(others) and outcome(table, cast).result is Result.DIFFERS}
    causes = explain(table, casts)
    if broken <= causes.keys() and len({id(causes[i]) for i in broken}) == 1:
        return _is_slip(table, causes[min(broken)])
    return False


def _is_slip(table: Table, cause: Cause) -> bool:
    mend = cause.mend
    if mend.fault is not Fault.SIGN:
        return mend.fault not in {Fault.TYPED, Fault.UNKNOWN}
    minus = [place for place, amount in table.amounts.items() if amount is not None and amount < 0]
    says_less = table.rows[mend.at[0][0]].label.casefold().startswith("less")
    return len(mend.at) == 1 and not says_less and (mend.at[0] in minus or len(minus) > 1)
