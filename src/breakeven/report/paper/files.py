"""The committee paper of a pack as files."""

from pathlib import Path

from breakeven.report.pack import Pack
from breakeven.report.paper.paper import make_paper
from breakeven.report.paper.pdf import pdf_of
from breakeven.report.paper.word import word_of


def docx_files(pack: Pack, template: Path | None = None) -> dict[str, bytes]:
    """The paper as a Word document. template: a house template. Raises TemplateError as ``word_of`` does."""
    return {f"{pack.name}.docx": word_of(make_paper(pack), template)}


def pdf_files(pack: Pack) -> dict[str, bytes]:
    """The paper as an accessible PDF."""
    return {f"{pack.name}.pdf": pdf_of(make_paper(pack))}
