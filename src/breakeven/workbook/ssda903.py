"""The SSDA903 returns of several years: found in folders, read, and merged into one journey a child.

The rule of merging, which is the same in whatever order the files are read:

1. An episode is known by its child and the day it began. Of several rows for one, that of the latest return counts; of
   two in one return the lower. The others are set aside; where they differ in end or place, that is a finding.
2. A child's date of birth is that of the latest return.
3. An episode that lasts beyond the start of the child's next one ends there.
4. An episode open in one return and missing from all later ones is seen until that return's 31 March, and no longer.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

from breakeven.findings import Cell, Finding
from breakeven.ledger.placement_types import ADULT, birthday
from breakeven.ledger.ssda903 import SHORT_BREAKS, Child, Episode, Journey, Returns, RowTally
from breakeven.periods import Year, year_of
from breakeven.workbook.ssda903_file import FileRows, read_return_file

_YEAR = re.compile(r"(?<!\d)(\d{4})[-_ ](\d{4}|\d{2})(?!\d)")
_Row = TypeVar("_Row", Child, Episode)
_Key = TypeVar("_Key")
_Value = TypeVar("_Value")
_TEXTS = frozenset({".csv", ".txt"})


class ReturnsRefusedError(Exception):
    """No children can be told from the folders; ``findings`` say why."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__("; ".join(map(str, findings)))
        self.findings = tuple(findings)


@dataclass
class _Return:
    """The files of one year."""

    year: Year
    files: list[FileRows]


def read_returns(folders: Sequence[Path]) -> Returns:
    """Read every return in some folders and the folders in them. Raises ReturnsRefusedError.

    A return is a folder with one Header and one Episodes file, told by their headings. Its year stands in the name of
    the folder or of a file, as 2023-24; where it does not, it is that of the latest day in the episodes.
    """
    findings: list[Finding] = []
    returns = [found for folder in _folders(folders) if (found := _read_folder(folder, findings))]
    returns.sort(key=lambda each: each.year)
    findings += _wrong_years(returns)
    if not returns and not findings:
        message = "no folder holds the Header and Episodes files of an SSDA903 return"
        findings.append(Finding("ssda903-file", message, Cell(", ".join(map(str, folders)))))
    if errors := [finding for finding in findings if finding.is_error]:
        raise ReturnsRefusedError(errors)
    merging = _Merging(returns)
    journeys = merging.journeys()
    files = [file for each in returns for file in each.files]
    return Returns(
        years=tuple(each.year for each in returns),
        journeys=tuple(journeys),
        tallies=tuple(merging.tally(file) for file in files),
        findings=(*findings, *(finding for file in files for finding in file.findings), *merging.findings),
        inputs=tuple(file.input for file in files),
    )


def _folders(said: Sequence[Path]) -> Iterator[Path]:
    """The folders named and those in them, each once."""
    found: dict[Path, Path] = {}
    for folder in said:
        inside = sorted(path for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []
        for path in (folder, *inside):
            found.setdefault(path.resolve(), path)
    yield from found.values()


def _read_folder(folder: Path, findings: list[Finding]) -> _Return | None:
    """The return in one folder; None where there is none, with a finding where there is half of one."""
    if not folder.is_dir():
        findings.append(Finding("ssda903-file", "there is no such folder", Cell(str(folder))))
        return None
    files: list[FileRows] = []
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() not in _TEXTS or path.name.startswith("."):
            continue
        read = read_return_file(path, f"{folder.resolve().name}/{path.name}")
        if isinstance(read, list):
            findings += read
        elif read:
            files.append(read)
    tables = sorted(file.table for file in files)
    if not files or findings:
        return None
    if tables != ["Episodes", "Header"]:
        there = ", ".join(f"{file.name} ({file.table})" for file in files)
        message = f"expected one Header and one Episodes file, found {there}"
        findings.append(Finding("ssda903-file", message, Cell(str(folder))))
        return None
    return _Return(_year(folder, files), files)


def _year(folder: Path, files: Sequence[FileRows]) -> Year:
    for name in (folder.resolve().name, *(file.name.rpartition("/")[2] for file in files)):
        if found := _YEAR.search(name):
            try:
                return Year.parse(f"{found[1]}-{found[2]}")
            except ValueError:
                continue
    days = [day for file in files for episode in file.episodes for day in (episode.start, episode.end) if day]
    return year_of(max(days, default=date.min.replace(year=2000)))


def _wrong_years(returns: Sequence[_Return]) -> Iterator[Finding]:
    """Two returns of one year, or a year between them that is missing."""
    for one, next_one in pairwise(returns):
        at = Cell(next_one.files[0].name)
        if one.year == next_one.year:
            message = f"{one.files[0].name} and this are both the return of {one.year.on_screen}"
            yield Finding("ssda903-file", message, at)
        elif next_one.year != one.year.later(1):
            message = f"the return of {one.year.later(1).on_screen} is missing between those that are given"
            yield Finding("ssda903-file", message, at)


@dataclass
class _Merging:
    """Merges returns in the order of their years, and keeps what became of each row."""

    returns: Sequence[_Return]
    findings: list[Finding] = field(default_factory=list[Finding])
    aside: dict[str, Counter[str]] = field(default_factory=dict[str, Counter[str]])
    """Rows set aside by file and reason."""
    held_back: Counter[str] = field(default_factory=Counter[str])
    """Rows held back in merging, by file."""
    accepted: Counter[str] = field(default_factory=Counter[str])
    """Rows that count, by file."""

    def journeys(self) -> list[Journey]:
        """One for each child who is in care at all, in the order of the children's references."""
        children = {child: self._newest(rows) for child, rows in _grouped(self._children()).items()}
        self.accepted.update(row.at.workbook for row in children.values())
        born = {child: row.born for child, row in children.items()}
        by_child: dict[str, list[tuple[Episode, Year]]] = {}
        for (child, _), rows in sorted(_grouped(self._episodes()).items(), key=lambda each: each[0]):
            newest = self._newest([row for row, _ in rows])
            if self._is_kept(newest, born.get(child)):
                self.accepted[newest.at.workbook] += 1
                by_child.setdefault(child, []).append((newest, rows[-1][1]))
        return [self._journey(born[child], episodes) for child, episodes in by_child.items()]

    def _children(self) -> Iterator[tuple[str, Child]]:
        return ((row.child, row) for each in self.returns for file in each.files for row in file.children)

    def _episodes(self) -> Iterator[tuple[tuple[str, date], tuple[Episode, Year]]]:
        for each in self.returns:
            for file in each.files:
                yield from (((row.child, row.start), (row, each.year)) for row in file.episodes)

    def _newest(self, rows: Sequence[_Row]) -> _Row:
        """The row that counts of several for one thing, in the order of their returns and lines."""
        newest = rows[-1]
        for row in rows[:-1]:
            reason = "in the same file lower down" if row.at.workbook == newest.at.workbook else "in a later return too"
            self._set_aside(row, reason)
            if finding := _difference(row, newest):
                self.findings.append(finding)
        return newest

    def _set_aside(self, row: Child | Episode, reason: str) -> None:
        self.aside.setdefault(row.at.workbook, Counter())[reason] += 1

    def _is_kept(self, row: Episode, born: date | None) -> bool:
        """Whether an episode is one of a child in care; if not, it is set aside or held back."""
        until = self.returns[-1].year.last_day
        if born is None:
            self._hold_back(row, "ssda903-child", "no Header file has a row for the child of this episode")
        elif row.start < born:
            message = f"the episode begins on {row.start:%d/%m/%Y}, before the child is born on {born:%d/%m/%Y}"
            self._hold_back(row, "ssda903-row", message)
        elif row.legal_status in SHORT_BREAKS:
            self._set_aside(row, "short breaks")
        elif row.start > until:
            self._set_aside(row, "begun after the last return's year")
        elif row.start >= birthday(born, ADULT):
            self._set_aside(row, "begun after the 18th birthday")
            self.findings.append(Finding("ssda903-adult", "the episode begins after the 18th birthday", row.at))
        elif row.end == row.start:
            self._set_aside(row, "ended on the day they began")
        else:
            return True
        return False

    def _hold_back(self, row: Episode, code: str, message: str) -> None:
        self.held_back[row.at.workbook] += 1
        self.findings.append(Finding(code, message, row.at))

    def _journey(self, born: date, rows: Sequence[tuple[Episode, Year]]) -> Journey:
        """One child's episodes made to follow each other, up to the 18th birthday."""
        until, adult = self.returns[-1].year.last_day, birthday(born, ADULT)
        seen_until = until
        episodes: list[Episode] = []
        for i, (row, year) in enumerate(rows):
            follows = rows[i + 1][0].start if i + 1 < len(rows) else None
            end = row.end
            if follows is not None and (end is None or end > follows):
                lasts = "has no end" if end is None else f"lasts until {end:%d/%m/%Y}"
                message = f"the episode {lasts}, and the child's next begins on {follows:%d/%m/%Y}: it is ended there"
                self.findings.append(Finding("ssda903-overlap", message, row.at))
                end = follows
            elif end is None and year.last_day < min(until, adult):
                message = f"the episode is open on {year.last_day:%d/%m/%Y} and in no later return"
                self.findings.append(Finding("ssda903-lost", message, row.at))
                seen_until = year.last_day
            if (end is None and adult <= year.last_day) or (end is not None and end > adult):
                message = f"the episode lasts beyond the 18th birthday, {adult:%d/%m/%Y}, and is ended there"
                self.findings.append(Finding("ssda903-adult", message, row.at))
                end = adult
            episodes.append(row.model_copy(update={"end": end if end is None or end <= until else None}))
        return Journey(born, tuple(episodes), seen_until)

    def tally(self, file: FileRows) -> RowTally:
        """What became of the rows of a file."""
        aside = dict(sorted(self.aside.get(file.name, Counter[str]()).items()))
        held_back = file.held_back + self.held_back[file.name]
        return RowTally(file.name, file.rows, self.accepted[file.name], aside, held_back)


def _grouped(pairs: Iterable[tuple[_Key, _Value]]) -> dict[_Key, list[_Value]]:
    found: dict[_Key, list[_Value]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found


def _difference(row: Child | Episode, newest: Child | Episode) -> Finding | None:
    """What two rows for one thing disagree on; nothing where the later only adds an end to an episode."""
    where = f"{newest.at.workbook} {newest.at.ref}"
    if isinstance(row, Child) or isinstance(newest, Child):
        if isinstance(row, Child) and isinstance(newest, Child) and row.born != newest.born:
            message = f"the date of birth is another than at {where}, which is used"
            return Finding("ssda903-child", message, row.at)
        return None
    if row.end is not None and row.end != newest.end:
        end = "open" if newest.end is None else f"ended on {newest.end:%d/%m/%Y}"
        message = f"the episode ends on {row.end:%d/%m/%Y} here; at {where} it is {end}, which is used"
        return Finding("ssda903-differs", message, row.at)
    if (row.place, row.provider) != (newest.place, newest.provider):
        message = f"the placement is another than at {where}, which is used"
        return Finding("ssda903-differs", message, row.at)
    return None
