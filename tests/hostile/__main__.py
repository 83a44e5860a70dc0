"""Judge the command on a folder of hostile files: ``python -m tests.hostile FOLDER``.

FOLDER/expected.toml says what a right tool does with each; its ``[profile]`` becomes a layout file. One line a miss,
and at the end how many passed. Exits 1 where any failed, 2 where there is nothing to judge.
"""

import argparse
import os
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from .judge import KNOWN, VERDICTS, misses
from .runs import preload, run, run_forked


def main(args: Sequence[str] | None = None) -> int:
    """Judge a folder; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="judge only files whose name holds this")
    parser.add_argument("--fork", action="store_true", help="fork a loaded command rather than start one: quicker")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="cases at a time")
    asked = parser.parse_args(args)
    try:
        expected = tomllib.loads((asked.folder / "expected.toml").read_text(encoding="utf-8"))
    except OSError as error:
        print(f"{asked.folder}: expected.toml cannot be read: {error.strerror}", file=sys.stderr)
        return 2
    cases = [case for case in expected.get("case", []) if asked.only in case["file"]]
    if not cases or not any((asked.folder / case["file"]).exists() for case in cases):
        print(f"{asked.folder} holds none of the files to judge", file=sys.stderr)
        return 2
    runner = run
    if asked.fork:
        preload()
        runner, asked.jobs = run_forked, 1  # a fork of a process with threads may hang

    def judged(case: Mapping[str, Any]) -> list[str]:
        absent = list(_absent(case, asked.folder))
        return absent or misses(case, expected, asked.folder, runner)

    failed = 0
    with ThreadPoolExecutor(asked.jobs) as pool:
        for case, found in zip(cases, pool.map(judged, cases) if asked.jobs > 1 else map(judged, cases), strict=True):
            failed += bool(found)
            for miss in found:
                print(f"{ascii_safe(case['file'])}: {ascii_safe(miss)}")
            for strange in sorted(case.keys() - KNOWN):
                print(f"{ascii_safe(case['file'])}: note: {strange} is not judged", file=sys.stderr)
    print(f"{len(cases) - failed} passed, {failed} failed")
    return int(failed > 0)


def _absent(case: Mapping[str, Any], folder: Path) -> Iterator[str]:
    """What to say of a file that is not there, unless it is meant not to be."""
    if case["verdict"] not in VERDICTS:
        yield f"the verdict {case['verdict']!r} is not one that is known"
    elif not (folder / case["file"]).exists():
        if case["verdict"] != "reject" or case.keys() & {"total", "clean_total", "never_total", "names", "names_any"}:
            yield "the folder lacks this file"
        else:
            print(f"{case['file']}: note: the folder lacks this file; judged as one that is absent", file=sys.stderr)


def ascii_safe(text: str) -> str:
    """A miss as one line that no terminal obeys."""
    return "".join(ch if ch.isprintable() else ch.encode("unicode_escape").decode() for ch in text)


if __name__ == "__main__":
    sys.exit(main())
