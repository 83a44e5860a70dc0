"""What a child process hands over: long columns as they lie in memory, which the parent maps; the rest pickled.

The file holds the columns one after another, then a pickle that says where each lies, then the pickle's length. A
column of a million codes is thus written once and copied by nobody.
"""

import mmap
import pickle
from array import array
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import IO, Any, cast, overload

from breakeven.ledger.coded import Coded

MANY_WORDS = 10_000
"""Distinct words of a column above which they are handed over as one text, and parted when first asked for."""

_BETWEEN = "\0"  # stands in no cell of a workbook
_ALIGNED = 8


class Words(Sequence[str]):
    """Many words, kept as one text until one of them is wanted."""

    def __init__(self, text: "memoryview | pickle.PickleBuffer", count: int) -> None:
        self._text = text
        self._count = count
        self._words: list[str] | None = None

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, place: int, /) -> str: ...
    @overload
    def __getitem__(self, place: slice, /) -> list[str]: ...
    def __getitem__(self, place: int | slice, /) -> str | list[str]:
        return self._parted()[place]

    def __iter__(self) -> Iterator[str]:
        return iter(self._parted())

    def __reduce__(self) -> tuple[Any, ...]:
        return Words, (self._text, self._count)

    def _parted(self) -> list[str]:
        if self._words is None:
            self._words = bytes(self._text).decode("utf-8", "surrogatepass").split(_BETWEEN)
        return self._words


def _mapped(kind: Any, column: memoryview) -> Any:
    return column.cast(kind)  # pyright: ignore[reportUnknownVariableType]


class _Pickler(pickle.Pickler):
    """Leaves the columns out of the pickle: arrays, and the words of a column that has many."""

    def reducer_override(self, obj: Any, /) -> Any:
        if isinstance(obj, array):
            column = cast("array[int]", obj)
            return _mapped, (column.typecode, pickle.PickleBuffer(column))
        if isinstance(obj, Coded):
            coded = cast("Coded[Any]", obj)
            if isinstance(coded.distinct, list) and (words := _as_words(coded.distinct)):
                return Coded, (coded.codes, words)
        return NotImplemented


def _as_words(distinct: Sequence[Any]) -> Words | None:
    if len(distinct) <= MANY_WORDS or not all(type(word) is str for word in distinct):
        return None
    text = _BETWEEN.join(distinct)
    if text.count(_BETWEEN) != len(distinct) - 1:
        return None
    return Words(pickle.PickleBuffer(text.encode("utf-8", "surrogatepass")), len(distinct))


def hand_over(answer: Any, file: IO[bytes]) -> None:
    """Write ``answer`` to an empty file."""
    columns: list[pickle.PickleBuffer] = []
    rest = BytesIO()
    _Pickler(rest, protocol=5, buffer_callback=columns.append).dump(answer)
    spans: list[tuple[int, int]] = []
    at = 0
    for column in columns:
        raw = column.raw()
        spans.append((at, len(raw)))
        padding = -len(raw) % _ALIGNED
        file.write(raw)
        file.write(bytes(padding))
        at += len(raw) + padding
    said = pickle.dumps((spans, rest.getvalue()))
    file.write(said)
    file.write(len(said).to_bytes(_ALIGNED, "little"))
    file.flush()


def take_over(file: IO[bytes]) -> Any:
    """What a child of this program has written to ``file``; its columns are read where they lie.

    Raises ValueError, EOFError or pickle.UnpicklingError where it has not written all.
    """
    whole = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    end = len(whole) - _ALIGNED
    start = end - int.from_bytes(whole[end:], "little")
    if start < 0:
        raise ValueError("the answer is cut short")
    spans, rest = pickle.loads(whole[start:end])  # noqa: S301  (written by our own child)
    columns = [whole[at : at + size] for at, size in spans]
    return pickle.loads(rest, buffers=columns)  # noqa: S301
