"""A plan kept as it was: every number it follows from, as sealed JSON that can be held against another plan."""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import breakeven
from breakeven.ledger.chart import slug
from breakeven.ledger.targets import in_words
from breakeven.periods import Year, parse_period
from breakeven.pipeline.year_end import YearEnd, scenario_names
from breakeven.plan.model import Model, ModelInvestment, ModelLine, ModelScheme, Moves
from breakeven.report.data import statement_data
from breakeven.report.plan import plan_statement
from breakeven.report.seal import seal_text
from breakeven.report.writing import write_whole
from breakeven.workbook.closes import is_held_by
from breakeven.workbook.names import is_file

FOLDER = "plans"
"""Where the saved plans of a ledger folder are kept."""

FORM = 1
"""The form of a saved plan's file; raised where what it holds changes."""


class SavedPlanError(ValueError):
    """A file that is no saved plan, or not as it was saved; the message says which."""


def path_of(folder: Path, name: str) -> Path:
    """Where a plan of this name is kept."""
    return folder / FOLDER / f"{slug(name)}.json"


def why_not_named(said: str, end: YearEnd, folder: Path) -> str:
    """Why a plan or a scenario cannot be kept under a name: ``compare`` would take it for another; blank if it can."""
    name, key = said.strip(), slug(said)
    if not key:
        return f"a name is needed, such as 'February budget'{f': {name!r} has no letter or digit' if name else ''}"
    taken = "the folder's own plan" if key == "plan" else ""
    with suppress(ValueError):
        taken = f"the period P{parse_period(name):02d}"
    if key in {slug(each) for each in scenario_names(end.year)}:
        taken = "a scenario of the folder"
    elif is_file(path_of(folder, name)):
        taken = "a plan that is kept"
    return f"{name!r} is {taken} already; give this one another name" if taken else ""


@dataclass(frozen=True, slots=True)
class AskedOf:
    """What was asked of a plan before it was kept, so that it can be asked again.

    changes, since: as ``what-if`` takes them. scenario: the one of the folder that they were laid over; blank for the
    plan as it stands. at: when, as 2024-05-14T10:30.
    """

    changes: tuple[str, ...]
    since: str
    scenario: str
    at: str


def save_plan(folder: Path, end: YearEnd, name: str, by: str, on: date, asked: AskedOf | None = None) -> Path:
    """Keep the plan of a year under a name, whole or not at all.

    Raises FileExistsError where there is one of that name, OSError where it cannot be written.
    """
    path = path_of(folder, name)
    path.parent.mkdir(exist_ok=True)
    data = {
        "form": FORM,
        "version": breakeven.__version__,
        "name": name,
        "saved_on": on.isoformat(),
        "saved_by": by,
        "inputs": {file.name: file.sha256 for file in end.year.inputs},
        "changes": [in_words(overlay, end.year.body) for overlay in end.plan.overlays],
        **({"asked": asdict(asked)} if asked else {}),
        "model": model_data(end.plan.model),
        "plan": statement_data(plan_statement(end, lines=True)),
    }
    write_whole(path, seal_text(data).encode(), is_new=True)
    return path


@dataclass(frozen=True, slots=True)
class SavedPlan:
    """A plan as it was saved."""

    model: Model
    body: str
    """Whose plan it is."""
    illustrative: bool
    """Whether its position rests on illustrative cells."""
    source: str
    """The file it was read from, with the SHA-256 of its bytes."""
    name: str
    inputs: Mapping[str, str]
    """The SHA-256 of each input file by its name, as they were."""
    asked: AskedOf | None
    """What was asked of it; None where it was kept as it stood."""


def read_plan(path: Path) -> SavedPlan:
    """A saved plan. Raises SavedPlanError where it is not as it was saved, OSError as reading does."""
    read = path.read_bytes()
    try:
        text = read.decode("utf-8-sig")
        data = json.loads(text)
        if not is_held_by(text, data["seal"]):
            raise SavedPlanError(f"{path} is not as it was when the plan was saved")
        if data["form"] != FORM:
            raise SavedPlanError(f"{path} is of form {data['form']}, which this version does not read")
        position = next(row for row in data["plan"]["rows"] if row["id"] == "position")
        source = f"{path.parent.name}/{path.name}, sha256 {sha256(read).hexdigest()}"
        return SavedPlan(
            _model(data["model"]),
            data["plan"]["body"],
            bool(position["illustrative"]),
            source,
            data["name"],
            data["inputs"],
            _asked(data["asked"]) if "asked" in data else None,
        )
    except (
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        ArithmeticError,
        RecursionError,
        StopIteration,
    ) as error:
        if isinstance(error, SavedPlanError):
            raise
        raise SavedPlanError(f"{path} is no saved plan: {error!r}") from None


def saved_plans(folder: Path) -> list[SavedPlan]:
    """The plans that are kept in a folder, by name; those that cannot be read are left out."""
    found: list[SavedPlan] = []
    for path in sorted((folder / FOLDER).glob("*.json")):
        with suppress(SavedPlanError, OSError):
            found.append(read_plan(path))
    return found


def _asked(data: Mapping[str, Any]) -> AskedOf:
    return AskedOf(tuple(map(str, data["changes"])), *(str(data[name]) for name in ("since", "scenario", "at")))


def model_data(found: Model) -> dict[str, Any]:
    """Every number that a plan follows from, as decimal strings; what is open is null."""
    return {
        "base": str(found.base),
        "years": [str(year) for year in found.years],
        "view": found.view,
        "opening": _text(found.opening),
        "income": [_line_data(line) for line in found.income],
        "expenditure": [_line_data(line) for line in found.expenditure],
        "schemes": [_plain(scheme) for scheme in found.schemes],
        "investments": [_plain(each) for each in found.investments],
    }


def _line_data(line: ModelLine) -> dict[str, Any]:
    return _plain(line) | {"moves": [_plain(moves) for moves in line.moves]}


def _plain(part: Any) -> dict[str, Any]:
    return {field.name: _text(getattr(part, field.name)) for field in fields(part)}


def _text(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return [_text(each) for each in value] if isinstance(value, tuple) else value  # pyright: ignore[reportUnknownVariableType]


def _model(data: Mapping[str, Any]) -> Model:
    return Model(
        base=Year.parse(data["base"]),
        years=tuple(Year.parse(year) for year in data["years"]),
        income=_lines(data["income"]),
        expenditure=_lines(data["expenditure"]),
        schemes=tuple(ModelScheme(**_typed(each, _OF_A_SCHEME)) for each in data["schemes"]),
        investments=tuple(ModelInvestment(**_typed(each, ("amounts",))) for each in data["investments"]),
        opening=_number(data["opening"]),
        view=data["view"],
    )


_OF_A_SCHEME = ("planned", "forecast", "weighted", "confidence_pct")
_OF_MOVES = ("growth", "inflation", "stated", "in_year", "step", "pressures")


def _lines(lines: Sequence[Mapping[str, Any]]) -> tuple[ModelLine, ...]:
    return tuple(
        ModelLine(
            **_typed({**line, "moves": tuple(Moves(**_typed(each, _OF_MOVES)) for each in line["moves"])}, ("base",))
        )
        for line in lines
    )


def _typed(part: Mapping[str, Any], numbers: Sequence[str]) -> dict[str, Any]:
    return {name: _number(value) if name in numbers else value for name, value in part.items()}


def _number(value: Any) -> Any:
    """A decimal, several of them, or None."""
    if isinstance(value, list):
        return tuple(Decimal(each) for each in value)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    return None if value is None else Decimal(value)
