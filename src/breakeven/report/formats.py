"""The formats that a pack can be written in, and the writing of them."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path

from breakeven.report.pack import Pack
from breakeven.report.saved_plan import FOLDER as PLANS
from breakeven.report.tidy.descriptor import descriptor_files
from breakeven.report.writing import write_all
from breakeven.workbook.closes import FOLDER as CLOSES
from breakeven.workbook.safe_write import COPIES

FORMATS = {
    "html": "breakeven.report.html.page:html_files",
    "xlsx": "breakeven.report.excel.files:xlsx_files",
    "docx": "breakeven.report.paper.files:docx_files",
    "pdf": "breakeven.report.paper.files:pdf_files",
    "json": "breakeven.report.tidy.files:json_files",
    "csv": "breakeven.report.tidy.files:csv_files",
    "parquet": "breakeven.report.tidy.files:parquet_files",
}
"""The function that makes each format's files, by module and name: a pack in, bytes by file name out.

It is imported when its format is asked for: each needs a library of its own.
"""


DATA = frozenset({"json", "csv", "parquet"})
"""Formats beside which a descriptor of all files is written."""


class NoPlaceError(ValueError):
    """Reports cannot stand there: among what is read, or where a file is; the message says where."""


def write_reports(
    pack: Pack,
    formats: Sequence[str],
    folder: Path,
    ledger: Path,
    begun: Callable[[str], None] = lambda _: None,
    template: Path | None = None,
) -> list[Path]:
    """Write a pack in some formats: all of them are made before the first is written, and each is there whole or not.

    folder: where to, made where there is none. ledger: the folder that the pack was read from; nothing of it is ever
    written over. begun: told the name of each format as it is begun. template: of the Word document, in place of ours.
    Returns the files in the order of the formats. Raises KeyError for a format that there is not, NoPlaceError,
    TemplateError, and OSError where a file cannot be written.
    """
    _refuse_folder(folder, ledger)

    def made(name: str) -> dict[str, bytes]:
        begun(name)
        return _made(pack, name, template)

    with ThreadPoolExecutor(max_workers=2) as pool:  # while a library typesets or packs one, another is worked out
        files = {name: data for each in pool.map(made, dict.fromkeys(formats)) for name, data in each.items()}
    if DATA.intersection(formats):
        files |= descriptor_files(pack, files)
    _refuse_files((folder / name for name in files), (ledger / file.name for file in pack.inputs))
    return write_all(folder, files)


def _made(pack: Pack, name: str, template: Path | None) -> dict[str, bytes]:
    module, function = FORMATS[name].split(":")
    own = {"template": template} if name == "docx" else {}
    made: dict[str, bytes] = getattr(import_module(module), function)(pack, **own)
    return made


def _refuse_folder(folder: Path, ledger: Path) -> None:
    """Refuse a file, the ledger folder itself, and what it keeps; a folder of its own within it is as good as any."""
    if folder.exists() and not folder.is_dir():
        raise NoPlaceError(f"{folder} is a file, not a folder")
    there, home = folder.resolve(), ledger.resolve()
    if there == home or any(there.is_relative_to(home / kept) for kept in (CLOSES, COPIES, PLANS)):
        raise NoPlaceError(f"{folder} holds what is read; name another folder for reports")


def _refuse_files(paths: Iterable[Path], read: Iterable[Path]) -> None:
    """Refuse to write over a file that was read, by whatever name it goes."""
    inputs = [path for path in read if path.exists()]
    for path in paths:
        if path.exists() and any(path.samefile(each) for each in inputs):
            raise NoPlaceError(f"{path} is read from; name another folder for reports")
