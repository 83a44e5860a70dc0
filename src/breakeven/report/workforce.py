"""Social workers as statements: who is in post by month, what a post costs, agency to permanent, and caseloads."""

from collections.abc import Iterator
from decimal import Decimal

from breakeven.drivers.workforce import Need, RoleCost, funded_posts, need_of, role_costs, saved_by_converting
from breakeven.money import whole_pounds
from breakeven.monitoring.outturn import Flow
from breakeven.periods import MONTHS
from breakeven.pipeline.year_end import YearEnd
from breakeven.report.figures import ILLUSTRATIVE, amount_text, number_text, percent_text
from breakeven.report.statement import Column, ColumnKind, Row, RowKind, Statement, figures_row, workbooks_behind

_MONTHS = {
    "establishment": ("Needed", ColumnKind.NUMBER),
    "permanent": ("Perm.", ColumnKind.NUMBER),
    "asye": ("ASYE", ColumnKind.NUMBER),
    "agency": ("Agency", ColumnKind.NUMBER),
    "in_post": ("In post", ColumnKind.NUMBER),
    "vacancies": ("Vacant", ColumnKind.NUMBER),
    "vacancy_rate": ("Rate", ColumnKind.PERCENT),
    "open_vacancies": ("No one", ColumnKind.NUMBER),
    "open_vacancy_rate": ("Rate", ColumnKind.PERCENT),
    "agency_pct": ("Agency", ColumnKind.PERCENT),
}
"""The columns of a month, and the heading of each."""

_NO_SIGNS = "Workers are full-time equivalents."
_COSTS = "Costs are in brackets; a saving is not."


def workforce_statement(end: YearEnd) -> Statement:
    """Who is in post at each month's end against the establishment."""
    months = sorted(end.year.ledgers.posts, key=lambda each: each.month)
    rows: list[Row] = []
    for month in months:
        figures = {c: end.book[f"workforce/{c}/{month.month:%Y-%m}"] for c in _MONTHS}
        label = f"{month.month:%b %y}"
        rows.append(
            figures_row(end, f"{month.month:%Y-%m}", label, RowKind.LINE, 1, figures, flow=Flow.NET, unit="number")
        )
    return Statement(
        id="workforce",
        body=end.year.body.name,
        title=f"Workforce {end.year.body.year.on_screen}",
        state=f"at {months[-1].month.day} {months[-1].month:%B %Y}" if months else "no month is given",
        label="Month",
        columns=tuple(Column(c, label, kind) for c, (label, kind) in _MONTHS.items()),
        rows=tuple(rows),
        summary=tuple(_summary(end)),
        notes=(
            "Needed is the establishment; those in their ASYE are among the permanent. Vacant: posts that no permanent "
            "worker fills; no one: those that no agency worker fills either. Both rates are of the month's own "
            "establishment; agency, in per cent, is of all in post.",
            *end.year.body.notes,
        ),
        sources=workbooks_behind(rows, end),
        sign_note=_NO_SIGNS,
    )


def _summary(end: YearEnd) -> Iterator[str]:
    posts = end.year.ledgers.posts
    if not posts:
        return
    last = max(posts, key=lambda each: each.month)
    said = {c: end.book[f"workforce/{c}/{last.month:%Y-%m}"].amount for c in (*_MONTHS,)}
    yield (
        f"{number_text(said['in_post'])} social workers are in post, {number_text(said['agency'])} of them from an "
        f"agency, against an establishment of {number_text(said['establishment'])}: "
        f"{number_text(said['open_vacancies'])} posts ({percent_text(said['open_vacancy_rate'])}) that no one fills, "
        f"{number_text(said['vacancies'])} ({percent_text(said['vacancy_rate'])}) that no permanent worker does."
    )
    roles = role_costs(posts, end.year.ledgers.post_costs)
    one, all_of_them = (saved_by_converting(number, roles) for number in (Decimal(1), last.agency))
    if one is not None:
        mark = _mark(roles)
        yield (
            f"One agency post that a permanent worker fills instead saves £{amount_text(one)}{mark} a year; all "
            f"{number_text(last.agency)} would save £{amount_text(all_of_them)}{mark}."
        )
    need = need_of(posts, end.year.ledgers.caseloads, end.year.body.workforce)
    if need is not None:
        way = "more than" if need.spare >= 0 else "fewer than"
        yield (
            f"Caseloads need {number_text(need.total)} workers; those in post count for {number_text(need.capacity)}, "
            f"{number_text(abs(need.spare))} {way} needed."
        )


def _mark(roles: tuple[RoleCost, ...]) -> str:
    return ILLUSTRATIVE if any(each.source.illustrative for each in roles) else ""


def costs_statement(end: YearEnd) -> Statement:
    """What a full-time post of each role costs, and all of them at the last month's end."""
    posts, rules = end.year.ledgers.posts, end.year.body.workforce
    roles = role_costs(posts, end.year.ledgers.post_costs)
    columns = ("cost", "premium", "total")
    rows = [
        Row(
            id=f"cost.{each.role}",
            label=f"{each.role[0].upper()}{each.role[1:]}",
            kind=RowKind.LINE,
            level=1,
            flow=Flow.EXPENDITURE,
            values={"number": each.number, "cost": each.cost, "total": each.total}
            | ({} if each.role == "permanent" else {"premium": each.premium}),
            illustrative=frozenset(columns if each.source.illustrative else ()),
            as_signed=frozenset({"number"}),
        )
        for each in roles
    ]
    note = ""
    if rows:
        total = sum((each.total for each in roles), Decimal(0))
        number = sum((each.number for each in roles), Decimal(0))
        rows.append(
            Row("cost.all", "All in post", RowKind.TOTAL, 0, Flow.EXPENDITURE, {"number": number, "total": total},
                illustrative=frozenset({"total"} if _mark(roles) else ()), as_signed=frozenset({"number"}))
        )  # fmt: skip
        last = max(posts, key=lambda each: each.month)
        permanent = next((each for each in roles if each.role == "permanent"), None)
        if permanent is not None:
            funded = funded_posts(last, rules)
            cost = whole_pounds(funded * permanent.cost)
            note = (
                f"The establishment less a vacancy factor of {number_text(rules.vacancy_factor_pct)}% is "
                f"{number_text(funded)} posts: £{amount_text(cost)}{_mark(roles)} a year, were permanent workers to "
                "fill them."
            )
    return Statement(
        id="costs",
        body=end.year.body.name,
        title="Cost of a post, a year",
        state="",
        label="Role",
        columns=(
            Column("number", "In post", ColumnKind.NUMBER),
            Column("cost", "A post"),
            Column("premium", "Beyond permanent"),
            Column("total", "All of them"),
        ),
        rows=tuple(rows),
        notes=("With on-costs; beyond permanent: what it costs more than a permanent post.", *([note] if note else [])),
        sign_note=_COSTS,
    )


def converting_statement(end: YearEnd, number: Decimal | None, period: int) -> Statement:
    """What agency posts save once permanent workers fill them from a period of next year on.

    number: how many, beside one and all of them. The first year bears the months left of it.
    """
    posts = end.year.ledgers.posts
    roles = role_costs(posts, end.year.ledgers.post_costs)
    next_year = end.year.body.year.later(1)
    rows: list[Row] = []
    if posts:
        agency = max(posts, key=lambda each: each.month).agency
        asked = {Decimal(1): "One post"} | ({number: f"{number_text(number)} posts"} if number else {})
        asked |= {agency: f"All {number_text(agency)}"} if agency else {}
        for count, label in asked.items():
            year = saved_by_converting(count, roles)
            first = None if year is None else whole_pounds(year * (MONTHS + 1 - period) / MONTHS)
            rows.append(
                Row(f"convert.{number_text(count)}", label, RowKind.LINE, 1, Flow.INCOME,
                    {"first": first, "year": year}, illustrative=frozenset(("first", "year") if _mark(roles) else ()))
            )  # fmt: skip
    return Statement(
        id="converting",
        body=end.year.body.name,
        title=f"Agency posts made permanent from P{period:02d} of {next_year.on_screen}",
        state="",
        label="How many",
        columns=(Column("first", f"Saved in {next_year.on_screen}"), Column("year", "Saved a year")),
        rows=tuple(row for row in rows if row.values["year"] is not None),
        notes=("No such saving is in the plan until it is a scheme; where one is already, it is the same saving.",),
        sign_note="Savings are positive.",
    )


def caseloads_statement(end: YearEnd) -> Statement:
    """How many workers the average caseloads need, service by service, against who is in post."""
    rules = end.year.body.workforce
    need = need_of(end.year.ledgers.posts, end.year.ledgers.caseloads, rules)
    return Statement(
        id="caseloads",
        body=end.year.body.name,
        title="Caseloads",
        state="",
        label="Service",
        columns=(
            Column("children", "Children", ColumnKind.NUMBER),
            Column("cases", "Cases a worker", ColumnKind.NUMBER),
            Column("needed", "Workers needed", ColumnKind.NUMBER),
        ),
        rows=tuple(_need_rows(need)) if need else (),
        notes=(
            f"A worker in their ASYE has {number_text(rules.asye_reduction_pct)}% fewer cases, and counts for as much "
            "less.",
        ),
        sign_note=_NO_SIGNS,
    )


def _need_rows(need: Need) -> Iterator[Row]:
    for each, workers in need.services:
        marked = frozenset({"children", "needed"} if each.basis == "illustrative" else ())
        values = {"children": each.children, "cases": each.cases, "needed": workers}
        yield Row(f"caseload.{each.service}", each.service, RowKind.LINE, 1, Flow.NET, values, illustrative=marked,
                  unit="number")  # fmt: skip
    for row, label, amount in (
        ("needed", "Workers needed", need.total),
        ("capacity", "In post, ASYE reduced", need.capacity),
        ("spare", "Beyond what is needed", need.spare),
    ):
        yield Row(f"caseload.{row}", label, RowKind.TOTAL, 0, Flow.NET, {"needed": amount}, unit="number")
