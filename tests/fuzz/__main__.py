"""Spoil workbooks by their structure for so many seconds: ``python -m tests.fuzz --seconds 300``.

Each starts from a file of ``corpus`` or one met in this run that was found to be something new. A file that is read
wrongly is kept in ``corpus``, where the tests read it from then on, and said in one line; then the exit code is 1.
With files named, only those are judged.
"""

import argparse
import re
import sys
import tempfile
import time
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from . import changes_of_parts, changes_of_zip, same_meaning
from .judge import Judgement
from .seeds import CORPUS
from .watched import Watched
from .writers import zipped

MOST_KEPT = 300
"""Files met in a run that are changed further."""


@dataclass
class Met:
    """A file to be changed further: its name, its parts, and how it was read."""

    name: str
    parts: dict[str, bytes]
    found: Judgement


@dataclass
class Case:
    """A file that has been changed, and how."""

    name: str
    data: bytes
    changes: list[str]
    same_as: Judgement | None = None
    """What it must still give, where its meaning was left alone."""
    parts: dict[str, bytes] = field(default_factory=dict[str, bytes])


def main(args: list[str] | None = None) -> int:
    """Fuzz, or judge the files named; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--seed", type=int, default=time.time_ns() % 10**6)
    parser.add_argument("--keep", type=Path, default=CORPUS, help="where a file that is read wrongly is kept")
    parser.add_argument("files", type=Path, nargs="*")
    asked = parser.parse_args(args)
    watched = Watched()
    try:
        if asked.files:
            found = {path: watched.judge(path) for path in asked.files}
            for path, judgement in found.items():
                print(path, *(judgement.faults or ["no fault"]), sep="\n  ")
            return int(any(judgement.faults for judgement in found.values()))
        return fuzz(watched, asked.seed, asked.seconds, asked.keep)
    finally:
        watched.stop()


def fuzz(watched: Watched, seed: int, seconds: float, keep: Path, most: int = 10**9) -> int:
    """Judge changed files until the time or ``most`` is up; returns 1 where one was read wrongly."""
    random, known, ends = Random(seed), set[str](), time.monotonic() + seconds  # noqa: S311
    count = refused = 0
    with tempfile.TemporaryDirectory() as scratch:
        met = list(_seeds(watched, Path(scratch)))
        sound = [each for each in met if _is_sound(each)]
        shapes = {each.found.shape for each in met}
        while time.monotonic() < ends and count < most:
            case = _same(random, sound) if random.random() < 0.15 else _changed(random, met)
            path = Path(scratch) / case.name
            path.write_bytes(case.data)
            judgement = watched.judge(path)
            count += 1
            refused += judgement.refused
            for fault in _faults(case, judgement):
                kind = re.sub(r"[^a-z]+", " ", fault.casefold())[:60]
                if kind not in known:
                    known.add(kind)
                    print(f"{_kept(keep, case)}: {' + '.join(case.changes)}: {fault[:600]}", flush=True)
            if case.parts and judgement.shape not in shapes and len(met) < MOST_KEPT and len(case.data) < 65536:
                shapes.add(judgement.shape)
                met.append(Met(case.name, case.parts, judgement))
    print(
        f"seed {seed}: {count:,} files, {refused:,} refused, {len(shapes)} kinds of answer, {len(known)} read wrongly"
    )
    return int(bool(known))


def _seeds(watched: Watched, scratch: Path) -> "list[Met]":
    met: list[Met] = []
    for file in sorted(CORPUS.iterdir()):
        if zipfile.is_zipfile(file):
            path = scratch / file.name
            path.write_bytes(file.read_bytes())
            try:
                with zipfile.ZipFile(file) as archive:
                    parts = {name: archive.read(name) for name in archive.namelist()}
            except (zipfile.BadZipFile, OSError, NotImplementedError, EOFError):
                continue
            met.append(Met(file.name, parts, watched.judge(path)))
    return met


def _is_sound(seed: Met) -> bool:
    """Whether a file may be written otherwise: one of our own, read without an error, in the encoding that is usual."""
    is_ours = seed.name.endswith(".xlsx") and "-found-" not in seed.name
    return is_ours and not seed.found.refused and not any(part.startswith(b"\xff\xfe") for part in seed.parts.values())


def _changed(random: Random, met: list[Met]) -> Case:
    """A file with one to four changes, of its parts and perhaps of its zip."""
    start = random.choice(met)
    parts, changes = dict(start.parts), [start.name]
    for _ in range(random.choice([1, 1, 2, 2, 3, 4])):
        if not parts:
            break
        change = random.choice(changes_of_parts.CHANGES)
        change(random, parts)
        changes.append(change.__name__)
    data = zipped(parts, is_packed=random.random() < 0.9)
    if random.random() < 0.15:
        of_zip = random.choice(changes_of_zip.CHANGES)
        changes.append(of_zip.__name__)
        return Case(start.name, of_zip(random, data), changes)
    return Case(start.name, data, changes, parts=parts)


def _same(random: Random, sound: list[Met]) -> Case:
    """A sound file written otherwise."""
    start = random.choice(sound)
    parts, changes = dict(start.parts), [start.name]
    for change in random.sample(same_meaning.CHANGES, random.choice([1, 2, 3])):
        change(random, parts)
        changes.append(change.__name__)
    if random.random() < 0.2:
        same_meaning.encoding(random, parts)
        changes.append("encoding")
    return Case(start.name, same_meaning.packed_otherwise(random, parts), changes, same_as=start.found)


def _faults(case: Case, found: Judgement) -> list[str]:
    faults = list(found.faults)
    if case.same_as and not faults and (found.refused, found.money) != (case.same_as.refused, case.same_as.money):
        faults.append(f"means the same, and gives {sorted(found.shape)} {found.money}, not {case.same_as.money}")
    return faults


def _kept(keep: Path, case: Case) -> Path:
    stem, _, ending = case.name.rpartition(".")
    words = stem.split("-found-")[0].split("-")[0]
    number = sum(1 for _ in keep.glob(f"{words}-found-*")) + 1
    path = keep / f"{words}-found-{number:02d}.{ending}"
    path.write_bytes(case.data)
    return path


if __name__ == "__main__":
    sys.exit(main())
