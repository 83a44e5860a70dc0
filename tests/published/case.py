"""One published table as its file has it: ``outturn-published-case/1``, read strictly as to its shape."""

import json
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal, NoReturn

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from breakeven.workbook.amounts import LARGEST

from .printed import FINEST, Printed, read_printed

PUBLISHED = Path(__file__).parents[3] / "shared" / "cases" / "published"
SCHEMA = "outturn-published-case/1"


class UnreadableCaseError(ValueError):
    """A file that is no case of the schema; the message says why."""


def _number(value: object) -> object:
    """A figure as a number; a text is read as if it were printed."""
    if isinstance(value, str):
        printed = read_printed(value)
        if not printed.is_readable:
            raise ValueError(f"{value!r} is no figure")
        value = printed.amount
    if isinstance(value, bool) or not (value is None or isinstance(value, int | Decimal)):
        raise ValueError("a figure or null is expected")
    if value is None:
        return None
    number = Decimal(value)
    if abs(number) >= LARGEST or number.as_tuple().exponent < -FINEST:  # pyright: ignore[reportOperatorIssue]  (finite)
        raise ValueError(f"no figure is as large or as fine as {number}")
    return number


Number = Annotated[Decimal | None, BeforeValidator(_number)]


def _text(value: object) -> object:
    return "" if value is None else str(value) if isinstance(value, int | Decimal) else value


Text = Annotated[str, BeforeValidator(_text)]


def _mapping(value: object) -> object:
    """A field that tells us something where it is an object, and nothing otherwise."""
    return value if isinstance(value, dict) else None  # pyright: ignore[reportUnknownVariableType]


Mapping = Annotated[dict[str, Any] | None, BeforeValidator(_mapping)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="allow")


class Column(_Part):
    """One column: its heading, and whether it holds amounts, counts or per cents."""

    label: Text = ""
    type: Text = "amount"


class Row(_Part):
    """One row: what it prints and what that was read as, a column each; ``values`` None where nothing was read."""

    id: Text
    label: Text = ""
    kind: Text = ""
    published: tuple[Text, ...] | None = None
    values: tuple[Number, ...] | None = None

    @cached_property
    def printed(self) -> tuple[Printed, ...]:
        """What each cell prints; where no print is kept, its value as it stands."""
        if self.published is not None:
            return tuple(read_printed(text) for text in self.published)
        return tuple(Printed("" if value is None else str(value), value) for value in self.values or ())


class StatedCheck(_Part):
    """A sum as the file states it. What it says of the outcome is held against ours and never used."""

    rule: Text = ""
    across: Text = ""
    row: Text | None = None
    column: Text | None = None
    status: Text = ""


class Case(_Part):
    """One table. ``checks`` is None where the file has no such field."""

    schema_: Literal["outturn-published-case/1"] = Field(alias="schema")
    id: Text = ""
    kind: Text = ""
    unit: Text = ""
    sign_convention: Text = ""
    columns: tuple[Column, ...] = Field(min_length=1)
    rows: tuple[Row, ...] = Field(min_length=1)
    stated_totals: tuple[Text, ...] | None = None
    checks: tuple[StatedCheck, ...] | None = None
    check_summary: Mapping = None
    source: Mapping = None


def load(path: Path) -> Case:
    """Read one file. Raises UnreadableCaseError where it is not JSON or not of the schema."""
    try:
        return parse(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise UnreadableCaseError(f"cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise UnreadableCaseError("is not UTF-8 text") from None


def parse(text: str) -> Case:
    """Read the text of one file, as ``load`` does."""
    try:
        found: Any = json.loads(text, parse_float=Decimal, parse_constant=_no_number)
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise UnreadableCaseError(f"is not JSON: {error}") from None
    if not isinstance(found, dict) or found.get("schema") != SCHEMA:  # pyright: ignore[reportUnknownMemberType]
        raise UnreadableCaseError(f"is not of the schema {SCHEMA}")
    try:
        return Case.model_validate(found)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise UnreadableCaseError(f"is not of the schema {SCHEMA}: {where}: {first['msg']}") from None


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")
