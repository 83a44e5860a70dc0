"""Every least part of a month end: each source of income, each cost centre and account."""

from collections.abc import Mapping

from breakeven.ledger.rules import Method
from breakeven.ledger.year import ContractYear
from breakeven.monitoring.expenditure_leaves import ExpenditureLeaves
from breakeven.monitoring.income_leaves import IncomeLeaves
from breakeven.monitoring.leaf import Leaf, Previous


def leaves(
    year: ContractYear, period: int, methods: Mapping[str, Method], previous: Previous | None
) -> tuple[Leaf, ...]:
    """Income first, then expenditure by line and code.

    methods: forecast methods asked for by the id of a line or income row, ``""`` for all. previous: the forecasts of
    the last closed period; None where none is closed.
    """
    given = year, period, methods, previous
    return (*IncomeLeaves(*given).all(), *ExpenditureLeaves(*given).all())
