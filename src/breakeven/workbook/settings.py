"""breakeven.toml: whose year it is, the chart of accounts, and where the user's workbooks differ from ours."""

import tomllib
from decimal import Decimal
from difflib import get_close_matches
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from breakeven.findings import Cell, Finding
from breakeven.ledger.chart import Category, Chart, CodingRule, Line
from breakeven.ledger.year import Body, State
from breakeven.periods import Year
from breakeven.workbook.layout import Layout, default_layout

FILE_NAME = "breakeven.toml"

Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Percent = Annotated[Decimal | int, Field(ge=0, le=100)]


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


class TableSettings(_Settings):
    """Where one table is, as far as it differs from the built-in layout."""

    workbook: str | None = None
    sheet: str | None = None
    columns: dict[str, str | list[str]] = {}
    text_amounts: bool | None = None


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
            layout[name] = layout[name].changed(
                workbook=table.workbook,
                sheet=table.sheet,
                text_amounts=table.text_amounts,
                columns={
                    field: (headings,) if isinstance(headings, str) else tuple(headings)
                    for field, headings in table.columns.items()
                },
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
        return [_finding(detail, file_name) for detail in error.errors()]
    return _layout_findings(settings, file_name) or settings


def _finding(detail: Any, file_name: str) -> Finding:
    path = ".".join(str(part) for part in detail["loc"])
    if detail["type"] == "extra_forbidden":
        known = _known_keys(detail["loc"][:-1])
        return Finding("key-unknown", _unknown(path, str(detail["loc"][-1]), known), Cell(file_name))
    if detail["type"] == "missing":
        return Finding("setting-invalid", f"{path} must be given", Cell(file_name))
    return Finding("setting-invalid", f"{path}: {detail['msg']}, found {detail['input']!r}", Cell(file_name))


def _known_keys(parents: tuple[Any, ...]) -> list[str]:
    models: dict[int, type[BaseModel]] = {0: FolderSettings, 2: CategorySettings, 4: LineSettings}
    model = TableSettings if parents[:1] == ("layout",) else models.get(len(parents), FolderSettings)
    return list(model.model_fields)


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
