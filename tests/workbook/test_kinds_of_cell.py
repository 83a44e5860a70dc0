"""Amounts, dates and codes as cells hold them: read exactly, or refused in that cell."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from kinds import LINES, SUM, Raw, Styled, ledger, line


@pytest.mark.parametrize(
    ("amount", "worth"),
    [
        (Raw("<v>1E5</v>"), "100000"),
        (Raw("<v>-0</v>"), "0"),
        (Raw("<v>0.60000000000000009</v>"), "0.60"),
        (Raw("<v>2020.0399999999999</v>"), "2020.04"),
        (Raw("<v>1234.5600000000001</v>"), "1234.56"),
        (Raw("<v>99999999999.99</v>"), "99999999999.99"),
        (Raw("<f>B5*2</f><v>7.5</v>"), "7.50"),
        (Raw('<f t="array" ref="E5">B5*2</f><v>7.5</v>'), "7.50"),
        ("-", "0"),
        ("—", "0"),
    ],
)
def test_an_amount_is_read_exactly(tmp_path: Path, amount: Any, worth: str) -> None:
    outcome = ledger(tmp_path, [*LINES, line(amount)])
    assert outcome.total == SUM + Decimal(worth)
    assert outcome.found == set()


@pytest.mark.parametrize(
    "amount",
    [
        *(Raw(f"<v>{v}</v>") for v in ("1e300", "NaN", "INF", "1,5", "0.1234567890123456", "0.005", "1000000000000")),
        Raw("<v>1.0000001</v>"),  # in whole pence it is a pound, but it is held back as it stands
        *(Raw(f"<v>{v}</v>", 't="e"') for v in ("#REF!", "#N/A", "#DIV/0!", "#GETTING_DATA", "#FIELD!", "#BUSY!")),
        *("#REF!", "#N/A", "#UNKNOWN!"),
        *(True, False, None, " ", "TBC", "n/a", "n/k", "awaiting invoice", "'100", "12k", "£0.4m", "10%", "1E5"),
        *("€100", "100.00 CR", "100.00DR", "10 20", "1.234,50", "(100", "+100", "١٢٣", "１２３", "0x10", "1_000"),
        Raw("<f>E2*2</f>"),
        Raw('<f t="shared" si="0"/>'),
        date(2023, 10, 13),
    ],
)
def test_what_is_no_amount_is_refused_in_its_cell(tmp_path: Path, amount: Any) -> None:
    for rows in ([line(amount), *LINES], [*LINES, line(amount)]):
        outcome = ledger(tmp_path, rows, "text_amounts = true")
        row = rows.index(line(amount)) + 2
        assert outcome.refused
        assert any(found.endswith(f" E{row}") for found in outcome.found), outcome.found
        assert outcome.total in {SUM, 0}


@pytest.mark.parametrize(
    "text", ["2,750.25", "(640.00)", "£95.00", "815.75-", "\u00a0310.10", "\u2212305.05", "4\u00a0500"]
)
def test_an_amount_stored_as_text_is_refused_unless_the_layout_reads_it(tmp_path: Path, text: str) -> None:
    assert ledger(tmp_path, [*LINES, line(text)]).found == {"amount-as-text E5"}
    assert not ledger(tmp_path, [*LINES, line(text)], "text_amounts = true").refused


@pytest.mark.parametrize(
    "day",
    [
        "13/10/2023",
        "13-10-2023",
        "2023-10-13",
        "13 October 2023",
        "13 Oct 2023",
        "13-Oct-2023",
        "13th October 2023",
        "2023-10-13T00:00:00",
        Raw("<v>45212.75</v>", 's="1"'),
        Raw("<v>2023-10-13</v>", 't="d" s="1"'),
    ],
)
def test_a_date_is_read_day_first_in_its_usual_forms(tmp_path: Path, day: Any) -> None:
    outcome = ledger(tmp_path, [line(1, day=day)])
    assert outcome.found == set()
    assert list(outcome.read.tables[0].values["date"]) == [date(2023, 10, 13)]


@pytest.mark.parametrize(
    "day",
    [
        *(
            "13/10/23",
            "10/13/2023",
            "31/11/2023",
            "29/02/2023",
            "13 Okt 2023",
            "October 2023",
            "tomorrow",
            "",
            None,
            True,
        ),
        *(Raw(f"<v>{n}</v>", 's="1"') for n in (0, 60, -5, 99999999)),
        *(45212, 2023, 20231013),
        Raw("<v>#N/A</v>", 't="e"'),
    ],
)
def test_what_is_no_date_is_refused_in_its_cell(tmp_path: Path, day: Any) -> None:
    outcome = ledger(tmp_path, [*LINES, line(1, day=day)])
    assert outcome.refused
    assert any(found.endswith(" A5") for found in outcome.found), outcome.found


def test_a_date_says_what_it_may_have_been_meant_for(tmp_path: Path) -> None:
    assert ledger(tmp_path, [line(1, day="12/25/2023")]).says("month first")
    assert ledger(tmp_path, [line(1, day=45212)]).says("13/10/2023")
    assert ledger(tmp_path, [line(1, day=date(2024, 4, 1))]).found == {"date-outside-year A2"}


@pytest.mark.parametrize("code", ["A1  ", "\u00a0A1", "A1\n", "A1\t"])
def test_spaces_about_a_code_are_no_part_of_it(tmp_path: Path, code: str) -> None:
    assert ledger(tmp_path, [line(1, centre=code)]).found == set()


@pytest.mark.parametrize(
    "code", ["a1", "A1\u200b", "A 1", "Ａ1", 75, 75.0, True, None, "", Raw("<v>#N/A</v>", 't="e"')]
)
def test_a_code_that_is_not_as_it_is_known_is_refused(tmp_path: Path, code: Any) -> None:
    outcome = ledger(tmp_path, [line(1, centre=code)])
    assert outcome.refused
    assert any(found.endswith(" B2") for found in outcome.found)


def test_a_code_that_lost_its_noughts_is_told_which_it_may_be(tmp_path: Path) -> None:
    assert ledger(tmp_path, [line(1, centre=75)]).says("0075")
    assert ledger(tmp_path, [line(1, centre="0075")]).found == set()
    assert ledger(tmp_path, [line(1, account=6100)]).found == set()


def test_text_is_kept_as_it_stands(tmp_path: Path) -> None:
    rich = Raw("<is><r><t>Hall </t></r><r><t>hire</t></r><rPh sb='0' eb='1'><t>zz</t></rPh></is>", 't="inlineStr"')
    words = ["\t=2+2", "[green]ok[/green]", "שכר", "a\nb", "x" * 40_000, rich, " 'quoted' "]
    outcome = ledger(tmp_path, [line(1, word) for word in words])
    assert list(outcome.read.tables[0].values["description"]) == [*words[:5], "Hall hire", "'quoted'"]


def test_lines_alike_and_income_the_wrong_way_round_are_said(tmp_path: Path) -> None:
    alike = ledger(tmp_path, [*LINES, LINES[0]])
    assert (alike.total, alike.found) == (SUM + 100, {"line-twice E5"})
    income = ledger(tmp_path, [*LINES, line(-5, account="4200"), line(-6, account="4350")])
    assert income.found == {"sign-reversed E5"}


def test_a_format_for_text_or_a_bold_total_changes_nothing(tmp_path: Path) -> None:
    assert ledger(tmp_path, [*LINES, line(Styled(5, "@"))]).found == set()
