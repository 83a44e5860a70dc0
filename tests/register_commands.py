"""What the tests of the commands that write to a register share."""

from pathlib import Path

from breakeven.ledger.year import ContractYear
from breakeven.pipeline import year_end

VIRE = (
    "--from", "S1010 5010", "--to", "S1010 5110", "--amount", "240,000", "--reason", "Agency cover",
    "--approved-by", "Director of Resources", "--date", "2024-01-12",
)  # fmt: skip


def year_of(folder: Path) -> ContractYear:
    return year_end.load(folder)


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
