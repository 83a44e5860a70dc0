"""breakeven.toml: whose year it is, the chart of accounts, and where the user's workbooks differ from ours."""

import tomllib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, cast, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, Strict, ValidationError, field_validator

from breakeven.findings import Cell, Finding
from breakeven.ledger.chart import Category, Chart, CodingRule, Line, slug
from breakeven.ledger.record import Kind
from breakeven.ledger.rules import WorkforceRules
from breakeven.ledger.targets import ALL_SCHEMES, FURTHER_SAVING, INCOME_LINES
from breakeven.ledger.year import Body, State
from breakeven.periods import Year
from breakeven.workbook.layout import Layout, TableLayout, default_layout
from breakeven.workbook.month_end_settings import MonthEndSettings
from breakeven.workbook.names import nearest
from breakeven.workbook.ssda903_settings import Ssda903Settings

FILE_NAME = "breakeven.toml"

Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
CONFIDENCE_PCT: dict[str, Decimal] = {
    "idea": Decimal(10),
    "planned": Decimal(50),
    "on track": Decimal(90),
    "at risk": Decimal(40),
    "delivered": Decimal(100),
    "not deliverable": Decimal(0),
}
"""What a status that ``[confidence_pct]`` leaves out is taken at, as the template has it."""


def _percent(said: Any) -> Any:
    """A per cent as TOML writes a number, with or without a decimal point."""
    if isinstance(said, bool) or not isinstance(said, int | Decimal) or not 0 <= said <= 100:
        raise ValueError("expected a number from 0 to 100, without quotes")
    return Decimal(said)


Percent = Annotated[Decimal, BeforeValidator(_percent)]
Row = Annotated[int, Field(ge=1, le=1_048_576)]


class _Settings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class LineSettings(_Settings):
    """A line: its label, the codes that post to it, and the third-party income that pays towards it."""

    label: str
    codes: list[str]
    contributions: list[str] = []

    @field_validator("codes")
    @classmethod
    def _codes_can_be_read(cls, codes: list[str]) -> list[str]:
        for code in codes:
            CodingRule.parse(code)
        return codes


class CategorySettings(_Settings):
    """A category: its label and its lines, in the order a statement shows them."""

    label: str
    lines: dict[Identifier, LineSettings]


class ColumnSettings(_Settings):
    """One column, where a heading alone does not tell it."""

    heading: str | list[str] = []
    letter: Annotated[str, Field(pattern=r"^[A-Z]{1,3}$")] | None = None
    kind: Annotated[Kind, Strict(strict=False)] | None = None
    optional: bool | None = None

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings it may have."""
        return (self.heading,) if isinstance(self.heading, str) else tuple(self.heading)


def _long_form(said: Any) -> Any:
    """``"Date"`` and ``["Date", "Posted"]`` say the heading alone."""
    return {"heading": said} if isinstance(said, str | list) else said  # pyright: ignore[reportUnknownVariableType]


Columns = dict[str, Annotated[ColumnSettings, BeforeValidator(_long_form)]]


class TableSettings(_Settings):
    """Where one table is and how its rows are read, as far as it differs from the built-in layout."""

    workbook: str | None = None
    sheet: str | None = None
    columns: Columns = {}
    heading_row: Row | None = None
    heading_rows: Annotated[int, Field(ge=1, le=10)] | None = None
    first_row: Row | None = None
    last_row: Row | None = None
    unit: Literal["£", "£000", "£m"] | None = None
    text_amounts: bool | None = None
    decimal_comma: bool | None = None
    missing: list[str] | None = None
    nil: list[str] | None = None
    first_day: date | None = None
    last_day: date | None = None
    cost_centres: list[str] | None = None
    accounts: list[str] | None = None
    income_accounts: list[str] | None = None
    totals: list[str | int] | None = None
    totals_within: Annotated[int, Field(ge=0, le=1000)] | None = None
    subtotals_by: list[str] | None = None
    set_aside: list[str | int] | None = None
    part_pennies: bool | None = None
    adds_up: list[str] | None = None

    def applied_to(self, table: TableLayout) -> TableLayout:
        """A layout with these settings over it."""
        rules: dict[str, Any] = {
            name: tuple(cast("list[Any]", value)) if isinstance(value, list) else value
            for name in RULES
            if (value := getattr(self, name)) is not None
        }
        return table.changed(
            headings={field: said.headings for field, said in self.columns.items()},
            letters={field: said.letter for field, said in self.columns.items() if said.letter},
            **rules,
        )


RULES = tuple(name for name in TableSettings.model_fields if name not in {"columns"})


class WorkforceSettings(_Settings):
    """``[workforce]``: what is assumed of social workers' posts, in per cent."""

    asye_reduction_pct: Percent = Decimal(20)
    vacancy_factor_pct: Percent = Decimal(0)


class FolderSettings(_Settings):
    """Everything that breakeven.toml may say."""

    name: str
    year: str
    state: State = "provisional"
    plan_years: Annotated[int, Field(ge=1, le=10)] = 3
    savings_share_pct: Percent = Decimal(10)
    notes: list[str] = []
    priorities: list[str] = []
    confidence_pct: dict[str, Percent] = {}
    groups: dict[str, list[str]] = {}
    month_end: MonthEndSettings = MonthEndSettings()
    workforce: WorkforceSettings = WorkforceSettings()
    ssda903: Ssda903Settings = Ssda903Settings()
    categories: dict[Identifier, CategorySettings]
    layout: dict[str, TableSettings] = {}

    @field_validator("year")
    @classmethod
    def _year_can_be_read(cls, year: str) -> str:
        Year.parse(year)
        return year

    def body(self) -> Body:
        """What the statements need to be told."""
        return Body(
            name=self.name,
            year=Year.parse(self.year),
            state=self.state,
            chart=Chart(
                tuple(Category(key, category.label) for key, category in self.categories.items()),
                tuple(
                    Line(
                        line_id,
                        line.label,
                        key,
                        tuple(CodingRule.parse(code) for code in line.codes),
                        tuple(line.contributions),
                    )
                    for key, category in self.categories.items()
                    for line_id, line in category.lines.items()
                ),
            ),
            priorities=tuple(self.priorities),
            confidence_pct=CONFIDENCE_PCT | self.confidence_pct,
            plan_years=self.plan_years,
            savings_share_pct=self.savings_share_pct,
            month_end=self.month_end.rules(),
            groups={name: tuple(members) for name, members in self.groups.items()},
            workforce=WorkforceRules(self.workforce.asye_reduction_pct, self.workforce.vacancy_factor_pct),
            demand=self.ssda903.rules(),
            notes=tuple(self.notes),
        )

    def full_layout(self) -> Layout:
        """The built-in layout with what the settings change."""
        layout = dict(default_layout())
        for name, table in self.layout.items():
            layout[name] = table.applied_to(layout[name])
        year = Year.parse(self.year)
        extract = layout["transactions"]
        layout["transactions"] = extract.changed(
            first_day=extract.first_day or year.first_day, last_day=extract.last_day or year.last_day
        )
        return layout


def parse_settings(text: str, file_name: str = FILE_NAME) -> FolderSettings | list[Finding]:
    """Read the toml; amounts in it are exact decimals. Findings in plain words where it cannot be used."""
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        return [Finding("setting-invalid", f"is not TOML that can be read: {error}", Cell(file_name))]
    try:
        settings = FolderSettings.model_validate(data)
    except ValidationError as error:
        return setting_findings(error, data, file_name, FolderSettings)
    clashes = [Finding("setting-invalid", clash, Cell(file_name)) for clash in settings.body().chart.clashes()]
    slips = settings.month_end.slips(frozenset(line.id for line in settings.body().chart.lines))
    return [
        *_layout_findings(settings, file_name),
        *_status_findings(settings, file_name),
        *_group_findings(settings, file_name),
        *clashes,
        *(Finding("setting-invalid", slip, Cell(file_name)) for slip in (*slips, *settings.ssda903.slips())),
    ] or settings


def setting_findings(error: ValidationError, data: Any, file_name: str, model: type[BaseModel]) -> list[Finding]:
    """Settings that pydantic refuses, in plain words, with the nearest key that is known; one for each slip.

    Of a setting that may be one of several things pydantic says each that it is not; here they are said together.
    """
    findings: list[Finding] = []
    expected: dict[tuple[Any, ...], list[str]] = {}
    found: dict[tuple[Any, ...], Any] = {}
    for detail in error.errors():
        loc = detail["loc"]
        path = ".".join(str(part) for part in loc)
        if detail["type"] == "extra_forbidden":
            message = _unknown(path, str(loc[-1]), _known_keys(loc, model))
            findings.append(Finding("key-unknown", message, Cell(file_name)))
        elif detail["type"] == "missing":
            findings.append(Finding("setting-invalid", f"{path} must be given", Cell(file_name)))
        else:
            place, found[place] = _in_data(loc, data)
            expected.setdefault(place, []).append(_plain_words(detail))
    for place, words in expected.items():
        path = ".".join(str(part) for part in place)
        said = " or ".join(dict.fromkeys(words)).replace(" or expected", " or")
        what = "" if "found" in said else f"; found {_as_toml(found[place])}"
        findings.append(Finding("setting-invalid", f"{path}: {said}{what}", Cell(file_name)))
    return findings


def _in_data(loc: tuple[Any, ...], data: Any) -> tuple[tuple[Any, ...], Any]:
    """The part of pydantic's path that leads through the file, and what stands there."""
    for depth, part in enumerate(loc):
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return loc[:depth], loc[depth - 1] if part == "[key]" else data
    return loc, data


_PLAIN = {
    "string_type": "expected text in quotes",
    "int_type": "expected a whole number, without quotes",
    "bool_type": "expected true or false",
    "list_type": "expected a list in square brackets",
    "tuple_type": "expected a list in square brackets",
    "dict_type": "expected settings of its own, each as key = value",
    "model_type": "expected settings of its own, each as key = value",
    "model_attributes_type": "expected settings of its own, each as key = value",
    "date_type": "expected a date such as 2024-03-31, without quotes",
}
_PATTERNS = {
    r"^[a-z][a-z0-9_]*$": "expected a name of small letters, digits and _ that begins with a letter",
    r"^[A-Z]{1,3}$": "expected the letter of a column, such as H",
}


def _plain_words(detail: Any) -> str:
    kind, context = detail["type"], detail.get("ctx", {})
    if kind in {"literal_error", "enum"}:
        return f"expected one of {context['expected'].replace(chr(39), '').replace(' or ', ', ')}"
    if kind == "string_pattern_mismatch":
        return _PATTERNS.get(context["pattern"], "is not written as it must be")
    if kind == "greater_than_equal":
        return f"expected {context['ge']} or more"
    if kind == "less_than_equal":
        return f"expected {context['le']} or less"
    if kind == "value_error":
        return str(detail["msg"]).removeprefix("Value error, ")
    return _PLAIN.get(kind, "is not written as it must be")


def _as_toml(found: Any) -> str:
    """A value much as the file writes it."""
    if isinstance(found, str):
        return f'"{found}"'
    if isinstance(found, bool):
        return str(found).lower()
    if isinstance(found, dict):
        return "settings"
    return f"{found}" if isinstance(found, int | Decimal) else "a list" if isinstance(found, list) else str(found)


def _status_findings(settings: FolderSettings, file_name: str) -> list[Finding]:
    """Confidence set for what is no status of a saving."""
    return [
        Finding("key-unknown", _unknown(f"confidence_pct.{status}", status, list(CONFIDENCE_PCT)), Cell(file_name))
        for status in settings.confidence_pct
        if status not in CONFIDENCE_PCT
    ]


def _group_findings(settings: FolderSettings, file_name: str) -> Iterator[Finding]:
    """Groups that bear the name of a line, hold nothing, or hold what is no line or category."""
    chart = settings.body().chart
    known = [*chart.labels, *INCOME_LINES]
    for group, members in settings.groups.items():
        if chart.lines_named(group) or slug(group) in {*INCOME_LINES, ALL_SCHEMES, FURTHER_SAVING}:
            message = f"groups.{group}: a line or category has this name; give the group another"
            yield Finding("setting-invalid", message, Cell(file_name))
        if not members:
            message = f"groups.{group}: expected the names of lines or categories; found none"
            yield Finding("setting-invalid", message, Cell(file_name))
        for member in members:
            if not chart.lines_named(member) and slug(member) not in INCOME_LINES:
                message = f"groups.{group}: there is no line or category {member!r}{nearest(member, known)}"
                yield Finding("setting-invalid", message, Cell(file_name))


def _known_keys(path: tuple[Any, ...], model: type[BaseModel]) -> list[str]:
    """The settings known where ``path`` stands; what a folder names freely, such as its lines, is passed over."""
    for part in path[:-1]:
        found = model.model_fields.get(str(part))
        model = next(_models_in(found.annotation), model) if found else model
    return list(model.model_fields)


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """The kinds of settings that a setting may hold, itself or under names."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models_in(inner)


def _unknown(path: str, key: str, known: list[str]) -> str:
    return f"{path!r} is not a setting{nearest(key, known) or '; known are ' + ', '.join(known)}"


def _layout_findings(settings: FolderSettings, file_name: str) -> list[Finding]:
    findings: list[Finding] = []
    tables = default_layout()
    for name, table in settings.layout.items():
        if name not in tables:
            findings.append(Finding("key-unknown", _unknown(f"layout.{name}", name, list(tables)), Cell(file_name)))
            continue
        if table.part_pennies:
            message = f"layout.{name}.part_pennies: the amounts of a ledger are whole pence"
            findings.append(Finding("setting-invalid", message, Cell(file_name)))
        for field in table.columns.keys() - tables[name].columns.keys():
            known = list(tables[name].columns)
            findings.append(
                Finding("key-unknown", _unknown(f"layout.{name}.columns.{field}", field, known), Cell(file_name))
            )
    return findings
