"""What the tests of workbooks start from."""

from pathlib import Path

import pytest

from workbook.register_books import ledger_folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return ledger_folder(tmp_path / "year")
