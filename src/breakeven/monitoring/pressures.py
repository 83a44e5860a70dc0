"""How far a line's overspend is met by the contributions that follow it."""

from collections.abc import Iterator

from breakeven.ledger.chart import Line, slug
from breakeven.ledger.provenance import Figure
from breakeven.ledger.year import ContractYear
from breakeven.monitoring.outturn import Outturn


def net_pressures(year: ContractYear, outturn: Outturn) -> Iterator[Figure]:
    """Each line's variance less the variance of its contributions: what the rest of the budget must bear.

    Positive is a pressure. Only for lines that have contributions named in the chart of accounts; open where one of
    them is not among the third-party income.
    """
    return (_net_pressure(line, outturn) for line in year.body.chart.lines if line.contributions)


def _net_pressure(line: Line, outturn: Outturn) -> Figure:
    ids = {f"third_party_income.{slug(source)}" for source in line.contributions}
    gross = outturn.row(line.id).variance
    met = [row.variance for row in outturn.rows if row.id in ids]
    amounts = [figure.amount for figure in (gross, *met)]
    known = [amount for amount in amounts if amount is not None]
    is_open = len(known) < len(amounts) or not ids <= {row.id for row in outturn.rows}
    return Figure(
        f"pressure/{line.id}/net",
        f"{line.label}: pressure net of contributions",
        None if is_open else known[0] - sum(known[1:]),
        "variance of the line − variance of its contributions",
        (gross, *met),
    )
