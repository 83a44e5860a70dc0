"""A closed period's seal: what was read, worked out and said, as plain JSON that a person can read and compare."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import breakeven
from breakeven.ledger.closes import Close, plain_rows
from breakeven.ledger.provenance import Figure
from breakeven.ledger.rules import MonthEndRules, Tolerance
from breakeven.ledger.year import Body, ContractYear, Ledgers
from breakeven.monitoring.leaf import Leaf
from breakeven.monitoring.outturn import OutturnRow
from breakeven.periods import period_name
from breakeven.pipeline.at_period import AtPeriod
from breakeven.pipeline.year_end import YearEnd
from breakeven.report.data import checks_data, decimal_string, statement_data
from breakeven.report.month_end import month_end_statement
from breakeven.report.writing import write_whole
from breakeven.workbook.closes import FORM, SEAL, path_of, seal_of


def write_seal(folder: Path, end: YearEnd, at: AtPeriod, by: str, on: date) -> Path:
    """Close a period: write its seal into the folder, whole or not at all.

    Raises FileExistsError where somebody has closed it meanwhile, OSError where it cannot be written.
    """
    before = max((close for close in end.year.closes), key=lambda close: close.period, default=None)
    path = path_of(folder, at.result.period)
    path.parent.mkdir(exist_ok=True)
    write_whole(path, seal_text(seal_data(end, at, by, on, before)).encode(), is_new=True)
    return path


EVERY_ROW = ("category", "line", "code", "source")
"""The nesting that a seal keeps of a period's page."""


def is_as_sealed(year: ContractYear, at: AtPeriod) -> bool:
    """Whether a closed period's page, made again from its figures, is the one that its seal keeps."""
    statement = month_end_statement(at, EVERY_ROW)
    sealed = next(close for close in year.closes if close.period == at.result.period).told["statements"]
    return bool(sealed[statement.id] == statement_data(statement))


def seal_data(end: YearEnd, at: AtPeriod, by: str, on: date, before: Close | None) -> dict[str, Any]:
    """Everything that is sealed; ``previous`` is the seal of the period closed before."""
    year, result = end.year, at.result
    statement = month_end_statement(at, EVERY_ROW)
    return {
        "form": FORM,
        "version": breakeven.__version__,
        "period": period_name(result.period),
        "closed_on": on.isoformat(),
        "closed_by": by,
        "since": period_name(at.closed) if at.closed else None,
        "inputs": {file.name: file.sha256 for file in year.inputs},
        "body": _body(year.body),
        "published": sorted(at.marks.published),
        "leaves": [_leaf(leaf) for leaf in result.leaves],
        "balances": [_balance(row) for row in result.outturn.rows if row.id in {"opening_balance", "adjustments"}],
        "statements": {statement.id: statement_data(statement)},
        "reconciliation": checks_data(end.checks)["tests"],
        "postings": list(_postings(year, result.period)),
        "records": {name: plain_rows(getattr(year.ledgers, name)) for name in Ledgers.__dataclass_fields__},
        "previous": before.seal if before else "",
    }


def seal_text(data: Mapping[str, Any]) -> str:
    """The JSON with an entry of a list a line, so that two can be compared line by line; the seal comes last."""
    sealed = "{\n" + ",\n".join(f"{json.dumps(key)}: {_laid_out(value)}" for key, value in data.items())
    begun = f"{sealed},\n{SEAL}"
    return f'{begun}"{seal_of(begun)}"\n}}\n'


def _laid_out(value: Any) -> str:
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(_compact(each) for each in value) + "\n]"  # pyright: ignore[reportUnknownVariableType]
    if isinstance(value, dict) and value:
        return "{\n" + ",\n".join(f"{json.dumps(k)}: {_laid_out(v)}" for k, v in value.items()) + "\n}"  # pyright: ignore[reportUnknownVariableType]
    return _compact(value)


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _figures(figures: Mapping[str, Figure]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for column, figure in figures.items():
        sources = list(figure.sources())
        marked = any(source.illustrative for source in sources)
        workbooks = sorted({source.cells.workbook for source in sources})
        found[column] = [decimal_string(figure.amount), marked, figure.rule, workbooks]
    return found


def _leaf(leaf: Leaf) -> dict[str, Any]:
    return {
        "id": leaf.id,
        "label": leaf.label,
        "flow": leaf.flow.value,
        "line": leaf.line,
        "category": leaf.category,
        "cost_centre": leaf.cost_centre,
        "account": leaf.account,
        "method": leaf.method,
        "figures": _figures(leaf.figures),
    }


def _balance(row: OutturnRow) -> dict[str, Any]:
    names = dict.fromkeys(("line", "category", "cost_centre", "account", "method"), "")
    figures = _figures({"budget": row.budget, "actual": row.actual, "variance": row.variance})
    return {"id": row.id, "label": row.label, "flow": row.flow.value, **names, "figures": figures}


def _body(body: Body) -> dict[str, Any]:
    return {
        "name": body.name,
        "year": str(body.year),
        "state": body.state,
        "notes": list(body.notes),
        "categories": [{"id": each.id, "label": each.label} for each in body.chart.categories],
        "lines": [{"id": each.id, "label": each.label, "category": each.category} for each in body.chart.lines],
        "rules": _rules(body.month_end),
    }


def _rules(rules: MonthEndRules) -> dict[str, Any]:
    return {
        "amber": _tolerance(rules.amber),
        "red": _tolerance(rules.red),
        "explain": _tolerance(rules.explain),
        "lines": {
            name: {"amber": _tolerance(line.amber), "red": _tolerance(line.red)} for name, line in rules.lines.items()
        },
    }


def _tolerance(tolerance: Tolerance | None) -> list[str] | None:
    return [f"{tolerance.amount:f}", f"{tolerance.percent:f}"] if tolerance else None


def _postings(year: ContractYear, period: int) -> Iterator[list[Any]]:
    """Each cost centre and account in each period up to the closed one: how many lines, and their sum in pence."""
    sums: dict[tuple[str, str, int], tuple[int, int]] = {}
    extract = year.transactions.to_period(period)
    for centre, account, posted, pence in zip(
        extract.cost_centre, extract.account, extract.period, extract.pence, strict=True
    ):
        lines, total = sums.get((centre, account, posted), (0, 0))
        sums[centre, account, posted] = lines + 1, total + int(pence)
    yield from ([*key, *sums[key]] for key in sorted(sums))
