"""Social workers by month: who is in post against the establishment, what a post costs, and what caseloads need."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from breakeven.ledger.posts import Caseload, PostCost, PostsMonth, Role
from breakeven.ledger.provenance import Figure, Source, source_of
from breakeven.ledger.rules import WorkforceRules
from breakeven.money import whole_pounds

COLUMNS: Mapping[str, str] = {
    "establishment": "establishment",
    "permanent": "permanent workers, ASYE among them",
    "asye": "workers in their ASYE",
    "qualified": "permanent workers without ASYE",
    "agency": "agency workers",
    "in_post": "all in post",
    "vacancies": "posts that no permanent worker fills",
    "vacancy_rate": "vacancy rate",
    "open_vacancies": "posts that nobody fills",
    "open_vacancy_rate": "vacancy rate, agency workers counted",
    "qualified_pct": "permanent workers without ASYE, per cent of all in post",
    "asye_pct": "workers in their ASYE, per cent of all in post",
    "agency_pct": "agency workers, per cent of all in post",
}
"""The figures of a month, and what each is called."""

_RULES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "qualified": ("permanent − ASYE", ("permanent", "asye")),
    "in_post": ("permanent + agency", ("permanent", "agency")),
    "vacancies": ("establishment − permanent", ("establishment", "permanent")),
    "vacancy_rate": ("(establishment − permanent) ÷ establishment, in per cent", ("establishment", "permanent")),
    "open_vacancies": ("establishment − permanent − agency", ("establishment", "permanent", "agency")),
    "open_vacancy_rate": (
        "(establishment − permanent − agency) ÷ establishment, in per cent",
        ("establishment", "permanent", "agency"),
    ),
    "qualified_pct": ("(permanent − ASYE) ÷ (permanent + agency), in per cent", ("permanent", "asye", "agency")),
    "asye_pct": ("ASYE ÷ (permanent + agency), in per cent", ("permanent", "asye", "agency")),
    "agency_pct": ("agency ÷ (permanent + agency), in per cent", ("permanent", "agency")),
}
"""How each is worked out, and of what."""


def rate_of(part: Decimal, whole: Decimal) -> Decimal | None:
    """Per cent to two places, halves away from zero; None of nil."""
    return (part / whole * 100).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP) if whole else None


def of_month(month: PostsMonth, column: str) -> Decimal | None:
    """One of ``COLUMNS``, in full-time equivalents or in per cent to two places; None where it is a part of nil."""
    in_post, vacancies = month.in_post, month.establishment - month.permanent
    rates = {
        "vacancy_rate": (vacancies, month.establishment),
        "open_vacancy_rate": (vacancies - month.agency, month.establishment),
        "qualified_pct": (month.qualified, in_post),
        "asye_pct": (month.asye, in_post),
        "agency_pct": (month.agency, in_post),
    }
    if column in rates:
        return rate_of(*rates[column])
    worked_out = {"vacancies": vacancies, "open_vacancies": vacancies - month.agency}
    return worked_out[column] if column in worked_out else getattr(month, column)


def workforce_figures(posts: Sequence[PostsMonth]) -> Iterator[Figure]:
    """Each of ``COLUMNS`` for each month; then by how much a number rose from the year's first month end to the last.

    Ids: ``workforce/vacancy_rate/YYYY-MM`` and ``workforce/permanent/increase``.
    """
    months = sorted(posts, key=lambda each: each.month)
    for month in months:
        yield from (_of(month, column) for column in COLUMNS)
    aprils = [month for month in months if month.month.month == 4]
    if aprils and aprils[-1] is not months[-1]:
        for column in ("permanent", "asye", "qualified", "agency", "in_post"):
            first, last = _of(aprils[-1], column), _of(months[-1], column)
            yield Figure(
                f"workforce/{column}/increase",
                f"{COLUMNS[column]}: increase, {aprils[-1].month:%B %Y} to {months[-1].month:%B %Y}",
                (last.amount or Decimal(0)) - (first.amount or Decimal(0)),
                "last month − first",
                (last, first),
                "number",
            )


def _of(month: PostsMonth, column: str) -> Figure:
    rule, of = _RULES.get(column, ("as read", (column,)))
    parts = tuple(source_of(month, field, f"{COLUMNS[field]}, {month.month:%B %Y}", "number") for field in of)
    unit = "%" if column.endswith(("_rate", "_pct")) else "number"
    label = f"{COLUMNS[column][0].upper()}{COLUMNS[column][1:]}, {month.month:%B %Y}"
    return Figure(f"workforce/{column}/{month.month:%Y-%m}", label, of_month(month, column), rule, parts, unit)


# What a post costs -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RoleCost:
    """One role at the last month's end: how many, what a full-time post costs a year, and what all of them do.

    In pounds, whole ones for ``total``. premium: beyond the cost of a permanent worker; None where that is not given.
    """

    role: Role
    line: str
    number: Decimal
    cost: Decimal
    premium: Decimal | None
    total: Decimal
    source: Source


def role_costs(posts: Sequence[PostsMonth], costs: Sequence[PostCost]) -> tuple[RoleCost, ...]:
    """The roles whose cost is given, in the order of the sheet; none where no month is."""
    if not posts:
        return ()
    last = max(posts, key=lambda each: each.month)
    numbers: Mapping[Role, Decimal] = {"permanent": last.qualified, "ASYE": last.asye, "agency": last.agency}
    permanent = next((each.cost for each in costs if each.role == "permanent"), None)
    return tuple(
        RoleCost(
            each.role,
            each.line,
            numbers[each.role],
            each.cost,
            None if permanent is None or each.role == "permanent" else each.cost - permanent,
            whole_pounds(numbers[each.role] * each.cost),
            source_of(each, "pay", f"{each.role}: pay a year"),
        )
        for each in costs
    )


def saved_by_converting(number: Decimal, roles: Sequence[RoleCost]) -> Decimal | None:
    """Whole pounds a year that so many agency posts save once permanent workers fill them; None where nobody knows."""
    agency = next((each for each in roles if each.role == "agency"), None)
    return None if agency is None or agency.premium is None else whole_pounds(number * agency.premium)


def funded_posts(month: PostsMonth, rules: WorkforceRules) -> Decimal:
    """The establishment less the part of it that the budget takes to be vacant."""
    return month.establishment * (1 - rules.vacancy_factor_pct / 100)


# What caseloads need ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Need:
    """How many full-time workers the caseloads need, to two places, and how many the last month had for them.

    capacity: all in post, one in their ASYE counting for as much less as their caseload is.
    """

    month: date
    services: tuple[tuple[Caseload, Decimal], ...]
    total: Decimal
    capacity: Decimal

    @property
    def spare(self) -> Decimal:
        """Capacity beyond the need; less than nil where there are too few."""
        return self.capacity - self.total


def need_of(posts: Sequence[PostsMonth], caseloads: Sequence[Caseload], rules: WorkforceRules) -> Need | None:
    """What the caseloads need against who is in post at the last month's end; None where either is not given."""
    if not posts or not caseloads:
        return None
    last = max(posts, key=lambda each: each.month)
    services = tuple((each, _hundredth(each.children / each.cases)) for each in caseloads)
    reduced = last.asye * (1 - rules.asye_reduction_pct / 100)
    capacity = _hundredth(last.qualified + last.agency + reduced)
    return Need(last.month, services, sum((need for _, need in services), Decimal(0)), capacity)


def _hundredth(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
