"""Savings gross and net: what is invested in them and when it is paid back; and whether the outturn bears them out."""

from collections.abc import Iterator, Mapping

from breakeven.ledger.chart import slug
from breakeven.ledger.provenance import total
from breakeven.monitoring.outturn import Flow
from breakeven.periods import Year
from breakeven.pipeline.questions import savings_borne_out, savings_paybacks
from breakeven.pipeline.year_end import YearEnd
from breakeven.plan.borne_out import BorneOut
from breakeven.plan.model import View
from breakeven.plan.paybacks import NetYear, Payback
from breakeven.report.figures import ILLUSTRATIVE, amount_text
from breakeven.report.statement import (
    Column,
    ColumnKind,
    Row,
    RowKind,
    Statement,
    Value,
    figures_row,
    files_behind,
    starting_point,
)

Years = Mapping[Year, NetYear]


def payback_statement(end: YearEnd, view: View) -> Statement:
    """Each saving that something is invested in, gross and net by year, and in how many months it is paid back."""
    found = savings_paybacks(end, view)
    rows = [row for payback in found.rows for row in _payback_rows(end, payback)]
    rows += _parts(end, "all", found.totals, 1, RowKind.SUBTOTAL)
    rows.append(_row(end, "net", "Net saving, all schemes", found.totals, RowKind.TOTAL, 0))
    unlinked = [each.ref for each in found.unlinked]
    return Statement(
        id="savings-payback",
        body=end.year.body.name,
        title="Savings programme: invest to save",
        state=f"savings as {view}",
        label="Saving, and what pays for it",
        columns=(
            *(Column(str(year), year.on_screen) for year in found.years),
            Column("payback", "Paid back in", ColumnKind.TEXT),
        ),
        rows=tuple(rows),
        summary=() if found.rows else ("No investment names a saving that it is for.",),
        notes=(
            "Net is the gross saving less what is invested in it. Paid back counts months from the first spend until "
            "the saving since then comes to all that is invested.",
            f"All schemes are those that count in a year: of {end.programme.base.on_screen} its own.",
            *([f"For no saving, and among the investments of all: {', '.join(unlinked)}."] if unlinked else []),
            *end.year.body.notes,
        ),
        sources=files_behind(found.figures(), end.year),
        sign_note="Savings are positive; what is invested, and a net cost, are in brackets.",
    )


def _payback_rows(end: YearEnd, payback: Payback) -> Iterator[Row]:
    saving = payback.scheme.saving
    name = slug(saving.ref)
    label = f"{saving.ref} {saving.scheme} ({', '.join(each.ref for each in payback.investments)}), net"
    words: dict[str, Value] = {"payback": months_in_words(payback.months)}
    yield _row(end, name, label, payback.years, RowKind.SUBTOTAL, 1, words)
    yield from _parts(end, name, payback.years, 2, RowKind.LINE)
    figures = ((str(year), part.to_date) for year, part in payback.years.items())
    yield figures_row(end, f"{name}.to_date", "Net to date", RowKind.LINE, 2, figures, flow=Flow.NET)


def _parts(end: YearEnd, name: str, years: Years, level: int, kind: RowKind) -> Iterator[Row]:
    gross = ((str(year), part.gross) for year, part in years.items())
    invested = ((str(year), part.invested) for year, part in years.items())
    of_all = level == 1
    yield figures_row(
        end, f"{name}.gross", "Gross saving, all schemes" if of_all else "Gross saving", kind, level, gross
    )
    label = "Every investment" if of_all else "Invested"
    yield figures_row(end, f"{name}.invested", label, kind, level, invested, flow=Flow.EXPENDITURE)


def _row(
    end: YearEnd, name: str, label: str, years: Years, kind: RowKind, level: int,
    words: dict[str, Value] | None = None,
) -> Row:  # fmt: skip
    figures = ((str(year), part.net) for year, part in years.items())
    return figures_row(end, name, label, kind, level, figures, words, flow=Flow.NET)


def months_in_words(months: int | None) -> str:
    """How long a payback takes: ``4 months``, ``2 years 1 month``; never within fifty years."""
    if months is None:
        return "never"
    years, over = divmod(months, 12)
    parts = [f"{count} {word}{'s' if count > 1 else ''}" for count, word in ((years, "year"), (over, "month")) if count]
    return " ".join(parts)


# Against the outturn ---------------------------------------------------------------------------------------------


def against_outturn_statement(end: YearEnd) -> Statement:
    """What the year's own schemes claim on each line, gross, against the line's net outturn."""
    found = savings_borne_out(end)
    rows = [_line_row(end, each) for each in found]
    of = end.programme.base.on_screen
    outturn = "Forecast" if end.programme.standing.is_running else "Outturn"
    rows.append(_all_row(found, rows))
    return Statement(
        id="savings-against-outturn",
        body=end.year.body.name,
        title=f"Savings of {of} against the outturn",
        state=starting_point(end),
        label="Line",
        columns=(
            Column("planned", "Planned"),
            Column("claimed", "Claimed"),
            Column("budget", "Budget"),
            Column("outturn", outturn),
            Column("under", "Better than budget"),
            Column("shown", "Borne out"),
            Column("verdict", "Seen", ColumnKind.TEXT),
        ),
        rows=tuple(rows),
        summary=tuple(_summary(end, found, rows[-1])),
        notes=(
            "Claimed is what is recorded as delivered, or is forecast where nothing is. A budget is taken to hold its "
            "year's savings as planned: a line that keeps to it has made them.",
            "Borne out is planned and what the line is better than its budget, from nil to what is claimed. Whatever "
            "else moved the line is in it too: it bears a saving out and cannot prove it. As underspend: the line is "
            "better than its budget by all that is claimed.",
            *end.year.body.notes,
        ),
        sources=files_behind((figure for each in found for figure in each.figures()), end.year),
        sign_note="Savings are positive, and budget and outturn as their line; worse than budget is in brackets.",
    )


def _line_row(end: YearEnd, each: BorneOut) -> Row:
    figures = {
        "planned": each.planned, "claimed": each.claimed, "budget": each.budget, "outturn": each.outturn,
        "under": each.under, "shown": each.shown,
    }  # fmt: skip
    label = f"{each.label} ({', '.join(scheme.saving.ref for scheme in each.schemes)})"
    words: dict[str, Value] = {"verdict": each.verdict}
    return figures_row(end, each.id, label, RowKind.LINE, 1, figures.items(), words)


def _all_row(found: tuple[BorneOut, ...], rows: list[Row]) -> Row:
    """The totals of what is claimed and borne out; several savings may name one line, so that no budget is added up."""
    columns = ("planned", "claimed", "shown")
    return Row(
        id="savings",
        label="All schemes on a line",
        kind=RowKind.TOTAL,
        level=0,
        flow=Flow.INCOME,
        values={column: total([getattr(each, column) for each in found]) for column in columns},
        illustrative=frozenset(c for c in columns if any(c in row.illustrative for row in rows)),
    )


def _summary(end: YearEnd, found: tuple[BorneOut, ...], whole: Row) -> Iterator[str]:
    if end.year.starts_from_budget:
        yield "Nothing is posted yet: there is no outturn to hold a saving against."
        return
    if not found:
        yield f"No scheme of {end.programme.base.on_screen} is on a line."
        return
    claimed, shown = (
        f"£{amount_text(total([getattr(each, name) for each in found]))}"
        f"{ILLUSTRATIVE if name in whole.illustrative else ''}"
        for name in ("claimed", "shown")
    )
    yield f"Of {claimed} claimed the outturn bears out {shown}."
    unseen = [each.label for each in found if each.verdict in {"in part", "not seen"}]
    if unseen:
        yield f"Not in full on {', '.join(unseen)}."


def said_by_claimed(statement: Statement) -> tuple[str, ...]:
    """The columns that say no more than what is claimed does: all was claimed as it was planned."""
    same = all(row.values.get("planned") == row.values.get("claimed") for row in statement.rows)
    return ("planned",) if same else ()
