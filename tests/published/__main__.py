"""Judge published tables: ``python -m tests.published FOLDER`` (``judge.py`` has the rules).

Every JSON file of the folder is one table. A line for each sum that does not plainly agree, with its cause and the
cell, a line for each file, and at the end how many passed. Exits 1 where any failed, 2 where there is nothing to judge.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from breakeven.findings import visible

from .judge import judge_file
from .saying import as_data, lines


def main(args: Sequence[str] | None = None) -> int:
    """Judge a folder, or single files; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.published", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="+", help="a folder of JSON files, or one of them")
    parser.add_argument("-v", "--verbose", action="store_true", help="every sum, also those that agree")
    parser.add_argument("--json", action="store_true", help="every sum as data; the count goes to stderr")
    asked = parser.parse_args(args)
    files = [file for path in asked.folder for file in (sorted(path.glob("*.json")) if path.is_dir() else [path])]
    if not files:
        print(f"{', '.join(map(str, asked.folder))}: no JSON files to judge", file=sys.stderr)
        return 2
    found = [judge_file(file) for file in files]
    failed = sum(not judgement.passes for judgement in found)
    count = f"{len(found) - failed} passed, {failed} failed"
    if asked.json:
        said = {"files": [as_data(each) for each in found], "passed": len(found) - failed, "failed": failed}
        print(json.dumps(said, indent=1))
        print(count, file=sys.stderr)
    else:
        for judgement in found:
            for line in lines(judgement, verbose=asked.verbose):
                print(visible(line))
        print(count)
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
