"""Are all formats of a report written in four seconds? README.md in this folder says how to read the table."""

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
FORMATS = "html,xlsx,docx,pdf,json,csv,parquet"
LIMIT = 4.0
LIBRARIES = (
    "import pandas, openpyxl, pydantic, rich, typer, jinja2, xlsxwriter, docxtpl, typst, pyarrow.parquet, scipy.special"
)


def seconds(*args: str) -> float:
    """Wall seconds of one process."""
    began = time.perf_counter()
    subprocess.run([sys.executable, *args], check=True, capture_output=True, cwd=ROOT)
    return time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = range(parser.parse_args().rounds)
    with tempfile.TemporaryDirectory() as out:
        ask = ("-m", "breakeven", "report", "ledgers/2023-24", "--format", FORMATS, "--out", out)
        whole = min(seconds(*ask) for _ in rounds)
    bare = min(seconds("-c", LIBRARIES) for _ in rounds)
    print(f"{'':42}{'figure':>10}{'limit':>15}")
    verdict = "within" if whole <= LIMIT else "BROKEN"
    print(f"{'all formats, wall, best, seconds':42}{whole:>10.2f}{f'at most {LIMIT:g}':>15}  {verdict}")
    print(f"{'the libraries alone':42}{bare:>10.2f}")
    sys.exit(whole > LIMIT)


if __name__ == "__main__":
    main()
