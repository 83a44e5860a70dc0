"""The public set of hostile files, made and judged; and the judge itself, on what it must not let pass."""

import subprocess
import sys
from pathlib import Path

import pytest

from .judge import says
from .profile import column_fields, income_accounts, layout_text

ROOT = Path(__file__).parents[2]
MAKER = ROOT.parent / "shared" / "hostile" / "make_hostile.py"


def judge(*args: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.hostile", *map(str, args)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False)


def test_every_file_of_the_public_set_is_read_right_or_refused_with_words(tmp_path: Path) -> None:
    if not MAKER.exists():
        pytest.skip(f"no {MAKER.relative_to(ROOT.parent)} beside the project")
    subprocess.run([sys.executable, MAKER, tmp_path], check=True, capture_output=True)
    judged = judge(tmp_path, "--fork")
    assert judged.stdout.splitlines() == ["75 passed, 0 failed"], judged.stderr
    assert judged.returncode == 0


def test_a_folder_without_the_files_is_said_to_be_so(tmp_path: Path) -> None:
    assert judge(tmp_path).returncode == 2
    (tmp_path / "expected.toml").write_text('[[case]]\nfile = "a.xlsx"\nverdict = "accept"\n')
    judged = judge(tmp_path)
    assert judged.returncode == 2
    assert "none of the files" in judged.stderr


PROFILE = """
[profile]
sheet = "Ledger"
header_row = 1
headers = ["Date", "Cost centre", "Account", "Description", "Amount"]
currency = "GBP"
unit = 1
year_start = "2023-04-01"
year_end = "2024-03-31"
sign = "income and expenditure are both positive; accounts that begin with 4 are income"
"""
LEDGER = (
    "Date,Cost centre,Account,Description,Amount\r\n03/04/2023,A1,6100,=1+1,10.00\r\n04/05/2023,A2,6100,Hall,2.50\r\n"
)


CASES: list[tuple[str, list[str]]] = [
    ('verdict = "accept"\ntotal = "12.50"\nlines = 2\nfirst_date = "2023-04-03"\nexport_text = ["=1+1"]', []),
    ('verdict = "accept"\ntotal = "12.51"', ["total 12.50, should be 12.51", "the export comes to 12.50"]),
    ('verdict = "accept"\nlines = 3', ["2 lines, should be 3", "2 lines in the export, should be 3"]),
    ('verdict = "accept"\nlast_date = "2023-05-05"', ["last_date is 2023-05-04, should be 2023-05-05"]),
    ('verdict = "accept"\nexport_text = ["=2+2"]', ["the export does not hold '=2+2'"]),
    ('verdict = "accept"\nnever_output = ["Hall"]', ["'Hall' is in the output"]),
    ('verdict = "accept"\nnever_total = ["12.5"]', ["exit 0 with the total 12.50, which is never right"]),
    ('verdict = "accept"\nmax_seconds = 0.001', ["s of 0.001"]),
    ('verdict = "accept"\nmax_rss_mib = 1', ["MiB of 1"]),
    ('verdict = "warn"\nnames = ["B2"]', ["the JSON does not name B2", "the plain output does not name B2"]),
    ('verdict = "reject"', ["exit 0 with the total 12.50, should be refused"]),
    ('verdict = "warn_or_reject"\nnames = ["B2"]', ["the JSON does not name B2"]),
    ('verdict = "perhaps"', ["the verdict 'perhaps' is not one that is known"]),
]


def test_the_judge_finds_each_kind_of_miss(tmp_path: Path) -> None:
    text = PROFILE
    for i, (case, _) in enumerate(CASES):
        (tmp_path / f"{i}.csv").write_bytes(LEDGER.encode())
        text += f'\n[[case]]\nfile = "{i}.csv"\n{case}\n'
    (tmp_path / "expected.toml").write_text(text)
    judged = judge(tmp_path, "--fork")
    for i, (case, misses) in enumerate(CASES):
        found = [line for line in judged.stdout.splitlines() if line.startswith(f"{i}.csv: ")]
        assert bool(found) == bool(misses), case
        for miss in misses:
            assert any(miss in line for line in found), (case, found)
    failed = sum(bool(misses) for _, misses in CASES)
    assert judged.stdout.splitlines()[-1] == f"{len(CASES) - failed} passed, {failed} failed"
    assert judged.returncode == 1


def test_a_name_is_a_cell_by_itself_and_a_number_is_a_row() -> None:
    assert says("'[a.xlsx]Ledger'!E5: error", "e5")
    assert not says("'[a.xlsx]Ledger'!E55: error", "E5")
    assert says("row 10 is the same line", "10")
    assert says("'[a.xlsx]Ledger'!E10", "10")
    assert not says("£10 or 110 or 10.50", "10")


def test_a_profile_becomes_a_layout_by_the_words_and_the_order_of_its_headings() -> None:
    assert column_fields(["Posted", "Unit", "Code", "Words", "Net"]) == dict(
        zip(
            ["date", "cost_centre", "account", "description", "amount"],
            ["Posted", "Unit", "Code", "Words", "Net"],
            strict=True,
        )
    )
    assert column_fields(["Amount", "Date", "Fund", "CC", "Account"])["cost_centre"] == "CC"
    assert income_accounts("both are positive; accounts that begin with 4 or 5 are income") == ["4", "5"]
    assert income_accounts("income is negative") == []
    profile = {"headers": ["Date", "Amount"], "year_start": "2023-04-01", "year_end": "2024-03-31", "unit": 1000}
    assert 'unit = "\\u00a3000"' in layout_text(profile)
    with pytest.raises(ValueError, match="EUR"):
        layout_text({**profile, "currency": "EUR"})
