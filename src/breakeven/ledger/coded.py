"""A long column whose words repeat, held as each distinct word once and a small number a line."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, Generic, TypeVar, cast, overload

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Coded(Sequence[T_co], Generic[T_co]):
    """A column of ``distinct[code]`` for each of ``codes``; reads like the list of its values.

    A million cost centres are then four million bytes and a hundred strings. ``distinct`` holds no value twice, so
    two lines are alike where their codes are; it may hold values that no line has.
    """

    __slots__ = ("codes", "distinct")

    def __init__(self, codes: Sequence[int], distinct: Sequence[T_co]) -> None:
        self.codes = codes
        self.distinct = distinct

    def __len__(self) -> int:
        return len(self.codes)

    @overload
    def __getitem__(self, place: int, /) -> T_co: ...
    @overload
    def __getitem__(self, place: slice, /) -> list[T_co]: ...
    def __getitem__(self, place: int | slice, /) -> T_co | list[T_co]:
        if isinstance(place, slice):
            return [self.distinct[code] for code in self.codes[place]]
        return self.distinct[self.codes[place]]

    def __iter__(self) -> Iterator[T_co]:
        return map(self.distinct.__getitem__, self.codes)

    def __eq__(self, other: object) -> bool:
        """Whether ``other`` is a sequence of the same values, coded or not."""
        return isinstance(other, Sequence) and list(self) == list(cast("Sequence[object]", other))

    __hash__ = None  # pyright: ignore[reportAssignmentType]  (as a list has none)

    def __repr__(self) -> str:
        return f"Coded({list(self)!r})"


class Words(Sequence[str]):
    """A long column in which nearly every word is another, kept as one text until one of them is wanted."""

    BETWEEN = "\0"
    """Stands between two words, and in none."""

    def __init__(self, text: str | bytes | memoryview, count: int) -> None:
        self.text = text
        self._count = count

    @cached_property
    def words(self) -> list[str]:
        """Every word."""
        text = self.text if isinstance(self.text, str) else bytes(self.text).decode("utf-8", "surrogatepass")
        return text.split(self.BETWEEN)

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, place: int, /) -> str: ...
    @overload
    def __getitem__(self, place: slice, /) -> list[str]: ...
    def __getitem__(self, place: int | slice, /) -> str | list[str]:
        return self.words[place]

    def __iter__(self) -> Iterator[str]:
        return iter(self.words)

    def __eq__(self, other: object) -> bool:
        """Whether ``other`` is a sequence of the same words."""
        return isinstance(other, Sequence) and self.words == list(cast("Sequence[object]", other))

    __hash__ = None  # pyright: ignore[reportAssignmentType]  (as a list has none)


def coded(column: Sequence[T]) -> Coded[T]:
    """A column with a code for each value, given one or not."""
    if isinstance(column, Coded):
        return column
    places: dict[T, int] = {}
    codes = [places.setdefault(value, len(places)) for value in column]
    return Coded(codes, list(places))


def codes_of(column: Sequence[Any]) -> Sequence[Any]:
    """What stands for a column's values when only their likeness matters: codes where it has them."""
    if isinstance(column, Words):
        return column.words
    return column.codes if isinstance(column, Coded) else column


def distinct_pairs(first: Sequence[Any], second: Sequence[Any]) -> set[tuple[Any, Any]]:
    """The values that stand side by side in two columns."""
    codes = set(zip(codes_of(first), codes_of(second), strict=True))
    return {(value_of(first, one), value_of(second, other)) for one, other in codes}


def value_of(column: Sequence[Any], code: Any) -> Any:
    """The value that ``code``, one of ``codes_of(column)``, stands for."""
    return column.distinct[code] if isinstance(column, Coded) else code


def distinct_of(column: Sequence[Any]) -> set[Any]:
    """The values that stand in a column."""
    return {column.distinct[code] for code in set(column.codes)} if isinstance(column, Coded) else set(column)
