"""Every change of one byte of a book leaves what was read of it as it was, or the book is refused.

A workbook of parts has a checksum for each. A text file has none: there a total in the file itself, or a control
total, is what a changed digit is noticed by, so only the money is held to it.
"""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import settings

from .reading import Gave, in_this_process, read
from .samples import SAMPLES, SUM

WORKBOOKS = [name for name in SAMPLES if not name.endswith(".csv")]


def changes(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Each byte's place and the file with it changed: to all 255 others in a long run, else here and there."""
    is_long = settings.get_current_profile_name() == "long"
    for place in range(0, len(data), 1 if is_long else 23):
        byte = data[place]
        others = range(256) if is_long else (byte ^ 1, byte ^ 0x80, 0, 255, byte + 1 & 255)
        for other in set(others) - {byte}:
            yield place, data[:place] + bytes([other]) + data[place + 1 :]


def money(gave: Gave) -> list[tuple[str, int, Decimal]]:
    return [(tally.sheet, tally.accepted_lines, tally.accepted) for tally in gave.tallies]


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_is_read_to_the_penny(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(SAMPLES[name]())
    gave = read(path)
    assert not gave.refused
    assert [each[1:] for each in money(gave)] == [(4, SUM)]


@pytest.mark.parametrize("name", SAMPLES)
def test_one_byte_changed_leaves_the_totals_or_the_file_is_refused(name: str, tmp_path: Path) -> None:
    path, data = tmp_path / name, SAMPLES[name]()
    path.write_bytes(data)
    refused = 0
    with in_this_process():
        whole = read(path)
        for place, changed in changes(data):
            path.write_bytes(changed)
            gave = read(path)
            refused += gave.refused
            where = f"byte {place} of {name}: {data[place]:#04x} to {changed[place]:#04x}"
            assert gave.refused or money(gave) == money(whole), where
            assert gave.refused or name not in WORKBOOKS or gave.values == whole.values, where
            assert all(tally.is_conserved for tally in gave.tallies), where
    assert refused
