"""The chain of years as a statement: each year by its own folder, and by how much it opens away from the last close."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from breakeven.monitoring.outturn import Flow
from breakeven.reconciliation.chain import Link, restated_by
from breakeven.report.figures import exact_text
from breakeven.report.statement import Column, Row, RowKind, Statement


def chain_statement(body: str, links: Sequence[Link]) -> Statement:
    """The corkscrew over every year that has a folder. links: one or more, in the order of their years."""
    first, last = links[0].year, links[-1].year
    restated = (None, *restated_by(links))
    return Statement(
        id="chain",
        body=body,
        title=f"Chain of years {' to '.join(dict.fromkeys((first.on_screen, last.on_screen)))}",
        state="each year by its own folder",
        label="Year",
        columns=(
            Column("opening", "Opening balance"),
            Column("restated", "Restated by"),
            Column("position", "Position"),
            Column("adjustments", "Adjustments"),
            Column("closing", "Closing balance"),
        ),
        rows=tuple(_row(i, link, restated[i]) for i, link in enumerate(links)),
        summary=tuple(_summary(links, restated)),
        notes=(
            "Restated is the opening balance less what the year before closed at by its own folder, and is part of the "
            "opening balance. One that is meant is an adjustment, on the sheet Balances with its reason.",
        ),
        sign_note="Deficits, and what makes a year open worse than the last one closed, are in brackets.",
    )


def _row(place: int, link: Link, restated: Decimal | None) -> Row:
    values = {
        "opening": link.opening,
        "position": link.position,
        "adjustments": link.adjustments,
        "closing": link.closing,
    }
    if place:
        values["restated"] = restated
    return Row(str(link.year), f"{link.year.on_screen}, {link.state}", RowKind.LINE, 1, Flow.NET, values)


def _summary(links: Sequence[Link], restated: Sequence[Decimal | None]) -> Iterator[str]:
    if len(links) == 1:
        yield "No other year of this body has a folder beside this one that can be read."
        return
    known = True
    for before, link, by in zip(links, links[1:], restated[1:], strict=False):
        if by:
            way = "worse" if by < 0 else "better"
            apart = exact_text(abs(by)).removesuffix(".00")
            yield f"{link.year.on_screen} opens £{apart} {way} than {before.year.on_screen} closed: a restatement."
        elif by is None:
            known = False
            why = (
                "is open" if link.year == before.year.later(1) else f"has no folder of {link.year.later(-1).on_screen}"
            )
            yield f"What {link.year.on_screen} is restated by cannot be said: the chain {why}."
    if known and not any(restated):
        yield "Every year opens where the year before it closed."
