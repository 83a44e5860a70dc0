"""breakeven.toml: whose year it is, the chart of accounts, and where the user's workbooks differ from ours."""

import tomllib
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import Annotated, Any, Literal, cast

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, Strict, ValidationError, field_validator

from breakeven.findings import Cell, Finding
from breakeven.ledger.chart import Category, Chart, CodingRule, Line
from breakeven.ledger.record import Kind
from breakeven.ledger.year import Body, State
from breakeven.periods import Year
from breakeven.workbook.layout import Layout, TableLayout, default_layout

FILE_NAME = "breakeven.toml"

Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Percent = Annotated[Decimal | int, Field(ge=0, le=100)]
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


class FolderSettings(_Settings):
    """Everything that breakeven.toml may say."""

    name: str
    year: str
    state: State = "provisional"
    plan_years: Annotated[int, Field(ge=1, le=10)] = 3
    notes: list[str] = []
    priorities: list[str] = []
    confidence_pct: dict[str, Percent] = {}
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
            confidence_pct={status: Decimal(percent) for status, percent in self.confidence_pct.items()},
            plan_years=self.plan_years,
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
        return [setting_finding(detail, file_name, FolderSettings) for detail in error.errors()]
    clashes = [Finding("setting-invalid", clash, Cell(file_name)) for clash in settings.body().chart.clashes()]
    return [*_layout_findings(settings, file_name), *clashes] or settings


def setting_finding(detail: Any, file_name: str, model: type[BaseModel]) -> Finding:
    """A setting that pydantic refuses, in plain words, with the nearest key that is known."""
    path = ".".join(str(part) for part in detail["loc"])
    if detail["type"] == "extra_forbidden":
        return Finding(
            "key-unknown", _unknown(path, str(detail["loc"][-1]), _known_keys(detail["loc"], model)), Cell(file_name)
        )
    if detail["type"] == "missing":
        return Finding("setting-invalid", f"{path} must be given", Cell(file_name))
    said = detail["msg"].removeprefix("Value error, ")
    return Finding("setting-invalid", f"{path}: {said}, found {detail['input']!r}", Cell(file_name))


def _known_keys(path: tuple[Any, ...], model: type[BaseModel]) -> list[str]:
    """The settings known where ``path`` stands; a folder's categories, their lines and its layouts are named freely."""
    if model is not FolderSettings:
        return list(model.model_fields)
    inner: dict[int, type[BaseModel]] = {3: CategorySettings, 5: LineSettings}
    known = TableSettings if path[0] == "layout" else inner.get(len(path), FolderSettings)
    return list(known.model_fields)


def _unknown(path: str, key: str, known: list[str]) -> str:
    near = get_close_matches(key, known, n=1, cutoff=0.5)
    hint = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(known)}"
    return f"{path!r} is not a setting; {hint}"


def _layout_findings(settings: FolderSettings, file_name: str) -> list[Finding]:
    findings: list[Finding] = []
    tables = default_layout()
    for name, table in settings.layout.items():
        if name not in tables:
            findings.append(Finding("key-unknown", _unknown(f"layout.{name}", name, list(tables)), Cell(file_name)))
            continue
        for field in table.columns.keys() - tables[name].columns.keys():
            known = list(tables[name].columns)
            findings.append(
                Finding("key-unknown", _unknown(f"layout.{name}.columns.{field}", field, known), Cell(file_name))
            )
    return findings
