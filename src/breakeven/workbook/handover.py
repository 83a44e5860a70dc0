"""What a child process hands over: long columns as they lie in memory, which the parent maps; the rest pickled.

The file holds the columns one after another, then a pickle that says where each lies, then the pickle's length. A
column of a million codes is thus written once and copied by nobody.
"""

import mmap
import pickle
from array import array
from io import BytesIO
from typing import IO, Any, cast

from breakeven.ledger.coded import Words

_ALIGNED = 8


def _mapped(kind: Any, column: memoryview) -> Any:
    return column.cast(kind)  # pyright: ignore[reportUnknownVariableType]


class _Pickler(pickle.Pickler):
    """Leaves the columns out of the pickle: arrays, and long texts."""

    def reducer_override(self, obj: Any, /) -> Any:
        if isinstance(obj, array):
            column = cast("array[int]", obj)
            return _mapped, (column.typecode, pickle.PickleBuffer(column))
        if isinstance(obj, Words):
            text = obj.text.encode("utf-8", "surrogatepass") if isinstance(obj.text, str) else obj.text
            return Words, (pickle.PickleBuffer(text), len(obj))
        return NotImplemented


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
