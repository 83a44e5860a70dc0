"""Judges one file by the rules in the first lines of expected.toml. Nothing here knows a file by its name."""

import csv
import io
import json
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from pathlib import Path
from typing import Any

from .profile import layout_text
from .runs import KILLED, Run, Runner

VERDICTS = {
    "accept": ("accept",),
    "warn": ("warn",),
    "reject": ("reject",),
    "accept_or_reject": ("accept", "reject"),
    "warn_or_reject": ("warn", "reject"),
}
KNOWN = set(
    "file kind verdict total lines names names_any why profile first_date last_date never_output never_total "  # noqa: SIM905
    "clean_total shows export_text max_seconds max_rss_mib".split()
)
FORMULA = re.compile(r"\s*[=+\-@\t\r]")
NUMBER = re.compile(r"-?\d+(\.\d+)?")
csv.field_size_limit(2**30)  # a description may be longer than the csv module expects
_CELL = re.compile(r"[A-Z]{1,3}\d+", re.IGNORECASE)


@dataclass(frozen=True)
class Runs:
    """The runs of one case: as JSON with an export, the same again, and as a person would run it."""

    json: Run
    again: Run
    plain: Run

    def __iter__(self) -> Iterator[Run]:
        return iter((self.json, self.again, self.plain))

    @property
    def data(self) -> Mapping[str, Any]:
        """What the JSON says; nothing where there is none."""
        try:
            said: Any = json.loads(self.json.out)
        except json.JSONDecodeError:
            return {}
        return said if isinstance(said, dict) else {}  # pyright: ignore[reportUnknownVariableType]

    @property
    def total(self) -> Decimal | None:
        """The total that is shown; None where no line was read."""
        return Decimal(self.data["total"]) if self.data.get("lines") else None

    @property
    def lines(self) -> list[dict[str, str]]:
        """The lines of the export."""
        text = (self.json.export or b"").decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))

    def messages(self) -> Sequence[str]:
        """Everything that is said of the file, once as JSON has it and once as a person sees it."""
        found = self.data.get("findings", ())
        as_data = "\n".join(" ".join(str(part) for part in finding.values()) for finding in found)
        return as_data + "\n" + self.json.err, self.plain.said


def misses(case: Mapping[str, Any], expected: Mapping[str, Any], folder: Path, runner: Runner) -> list[str]:
    """Everything that is wrong with how the command takes one case; nothing where it is right."""
    case = {**expected.get("defaults", {}), **case}
    path = folder.resolve() / case["file"]
    try:
        layout = layout_text({**expected["profile"], **case.get("profile", {})})
    except (KeyError, ValueError) as error:
        return [f"the profile cannot be put as a layout: {error}"]
    before = _state(path)
    with tempfile.TemporaryDirectory() as scratch:
        places = [Path(scratch) / name for name in ("json", "again", "plain")]
        for place in places:
            place.mkdir()
            (place / "layout.toml").write_text(layout, encoding="utf-8")
        args = ["check", str(path), "--layout", "layout.toml"]
        as_json = [*args, "--json", "--export", "lines.csv"]
        limit = float(case.get("max_seconds", 20))
        runs = Runs(*(runner(a, at, limit) for a, at in zip((as_json, as_json, args), places, strict=True)))
        left = sorted({f.name for place in places for f in place.iterdir()})
    found = list(_always(case, runs, path, limit))
    if _state(path) != before:
        found.append("the input was changed")
    if strange := set(left) - {"layout.toml", "lines.csv", "stdout", "stderr", "watched"}:
        found.append(f"files were left behind: {', '.join(sorted(strange))}")
    if runs.json.code != KILLED:
        tried = [list(RULES[rule](case, runs)) for rule in VERDICTS[case["verdict"]]]
        if all(tried):  # no rule was met: say what was against the one that its exit code aims at
            found += tried[-1 if runs.json.code else 0]
    return found


def _state(path: Path) -> tuple[Any, ...]:
    if not path.is_file():
        return (path.exists(), sorted(str(f) for f in path.iterdir()) if path.is_dir() else [])
    return path.stat().st_mtime_ns, path.stat().st_mode, sha256(path.read_bytes()).hexdigest()


# ---------------------------------------------------------------------- whatever the verdict
def _always(case: Mapping[str, Any], runs: Runs, path: Path, limit: float) -> Iterator[str]:
    most = float(case.get("max_rss_mib", 1024))
    seconds = min(run.seconds for run in runs)  # they do the same work: what else the machine does slows one of them
    if seconds > limit:
        yield f"took {seconds:.1f} s of {limit:g}"
    for run in runs:
        if "Traceback (most recent call last)" in run.said:
            yield f"a traceback: {run.said.strip().splitlines()[-1]}"
        if run.code < 0 and seconds <= limit:
            yield f"died of signal {-run.code}"
        if run.rss_mib > most:
            yield f"took {run.rss_mib:.0f} MiB of {most:g}"
        yield from _never_shown(case, run)
        if run.reached:
            yield f"reached out: {run.reached[0]}"
        if others := [name for name in run.opened if _is_beside(name, path)]:
            yield f"opened another file of the folder: {others[0]}"
    if (runs.json.out, runs.json.err, runs.json.export) != (runs.again.out, runs.again.err, runs.again.export):
        yield "two runs gave different bytes"
    if runs.json.code != runs.plain.code:
        yield f"exit {runs.json.code} with --json, {runs.plain.code} without"
    if runs.json.code == 0 and runs.total is not None and runs.total in _amounts(case, "never_total"):
        yield f"exit 0 with the total {runs.total}, which is never right"
    if runs.json.export:
        yield from _live_formulas(runs)


def _never_shown(case: Mapping[str, Any], run: Run) -> Iterator[str]:
    for text in case.get("never_output", ()):
        if text in run.said or text in (run.export or b"").decode("utf-8", "surrogateescape"):
            yield f"{text!r} is in the output"


def _is_beside(name: str, path: Path) -> bool:
    opened = Path(name)
    return opened.is_absolute() and path.parent in opened.parents and opened != path and path not in opened.parents


def _live_formulas(runs: Runs) -> Iterator[str]:
    for line in runs.lines:
        for heading, text in line.items():
            if FORMULA.match(text) and not NUMBER.fullmatch(text):
                yield f"the export has a live formula under {heading}: {text!r}"


def _amounts(case: Mapping[str, Any], key: str) -> list[Decimal]:
    said = case.get(key, ())
    return [Decimal(text) for text in ([said] if isinstance(said, str) else said)]


# ---------------------------------------------------------------------- the verdicts
def _accepted(case: Mapping[str, Any], runs: Runs) -> Iterator[str]:
    if runs.json.code != 0:
        yield f"exit {runs.json.code}, should be 0: {_first_error(runs)}"
        return
    if "total" in case and runs.total != Decimal(case["total"]):
        yield f"total {runs.total}, should be {case['total']}"
    if "lines" in case and runs.data.get("lines") != case["lines"]:
        yield f"{runs.data.get('lines')} lines, should be {case['lines']}"
    yield from _export(case, runs)


def _warned(case: Mapping[str, Any], runs: Runs) -> Iterator[str]:
    yield from _accepted(case, runs)
    yield from _unnamed(case, runs)


def _rejected(case: Mapping[str, Any], runs: Runs) -> Iterator[str]:
    if runs.json.code == 0:
        yield f"exit 0 with the total {runs.total}, should be refused"
        return
    yield from _unnamed(case, runs, Path(case["file"]).name)
    if runs.json.export is not None:
        yield "refused, but an export is left"
    right = _amounts(case, "clean_total") + _amounts(case, "total")
    if right and runs.total is not None and runs.total not in right:
        yield f"the total of the rest is {runs.total}, should be {right[0]}"


RULES = {"accept": _accepted, "warn": _warned, "reject": _rejected}


def _first_error(runs: Runs) -> str:
    errors = [f for f in runs.data.get("findings", ()) if f.get("severity") == "error"]
    return f"{errors[0]['cell']} {errors[0]['message']}" if errors else runs.plain.said.strip()[-200:]


def _unnamed(case: Mapping[str, Any], runs: Runs, *more: str) -> Iterator[str]:
    for text, where in zip(runs.messages(), ("JSON", "plain output"), strict=True):
        missing = [name for name in (*more, *case.get("names", ())) if not says(text, str(name))]
        if missing:
            yield f"the {where} does not name {', '.join(missing)}"
        if "names_any" in case and not any(says(text, str(name)) for name in case["names_any"]):
            yield f"the {where} names none of {', '.join(case['names_any'])}"


def says(text: str, name: str) -> bool:
    """Whether a message holds a name; a number stands by itself or as a row, a cell is no part of another."""
    if name.isdigit():
        return bool(re.search(rf"(?<![\d.,£])(?<![A-Z]{{4}}){name}(?![.,]?\d)", text, re.IGNORECASE))
    if _CELL.fullmatch(name):
        return bool(re.search(rf"(?<!\w){name}(?!\w)", text, re.IGNORECASE))
    return name.casefold() in text.casefold()


# ---------------------------------------------------------------------- the export
def _export(case: Mapping[str, Any], runs: Runs) -> Iterator[str]:
    if runs.json.export is None:
        yield "no export was written"
        return
    lines = runs.lines
    if "lines" in case and len(lines) != case["lines"]:
        yield f"{len(lines)} lines in the export, should be {case['lines']}"
    if "total" in case and _sum(lines) != Decimal(case["total"]):
        yield f"the export comes to {_sum(lines)}, should be {case['total']}"
    days = sorted(line["date"] for line in lines if line.get("date"))
    for key, day in (("first_date", days[:1]), ("last_date", days[-1:])):
        if key in case and day != [_day(case[key])]:
            yield f"{key} is {', '.join(day) or 'not there'}, should be {case[key]}"
    texts = {text for line in lines for text in line.values()}
    for text in case.get("export_text", ()):
        if not texts & {text, f"'{text}", f"\t{text}"}:
            yield f"the export does not hold {text!r}"
    for text in case.get("shows", ()):
        if text not in texts:
            yield f"the export does not show {text!r} as it stands"


def _sum(lines: Sequence[Mapping[str, str]]) -> Decimal | None:
    try:
        return sum((Decimal(line["amount"]) for line in lines if line["amount"]), Decimal(0))
    except (KeyError, InvalidOperation):
        return None


def _day(said: object) -> str:
    return said.isoformat() if isinstance(said, date) else str(said)
