"""Units and currencies: from the heading, a note or the layout; what cannot be told is refused."""

from pathlib import Path

import pytest
from kinds import HEADINGS, LINES, SUM, Raw, Styled, ledger, line, read, workbook


def headed(tmp_path: Path, heading: str, rules: str = "", code: str = "") -> tuple[object, set[str], bool]:
    lines = [[*row[:4], Styled(row[4], code)] for row in LINES] if code else LINES
    outcome = ledger(tmp_path, lines, rules, headings=[*HEADINGS[:4], heading])
    return outcome.total, outcome.found, outcome.refused


@pytest.mark.parametrize("heading", ["Amount (£)", "Amount £", "Amount GBP", "AMOUNT", " amount ", "Amount\n(£)"])
def test_pounds_in_a_heading_change_nothing(tmp_path: Path, heading: str) -> None:
    assert headed(tmp_path, heading) == (SUM, set(), False)


@pytest.mark.parametrize("heading", ["Amount £000", "Amount (£'000)", "Amount (£000s)", "Amount in £k", "Amount £K"])
def test_thousands_in_a_heading_are_read_as_such_and_said(tmp_path: Path, heading: str) -> None:
    assert headed(tmp_path, heading) == (SUM * 1000, {"amount-unit E1"}, False)


def test_the_noise_of_floats_is_dropped_in_thousands_too(tmp_path: Path) -> None:
    noisy = Raw("<v>12.345000000000001</v>")  # as 12.1 + 0.245 comes out
    assert ledger(tmp_path, [line(noisy)], headings=[*HEADINGS[:4], "Amount £000"]).total == 12345
    third = Raw("<v>0.33333333333333331</v>")
    assert ledger(tmp_path, [line(third)], headings=[*HEADINGS[:4], "Amount £000"]).found >= {"amount-sub-penny E2"}


@pytest.mark.parametrize("heading", ["Amount £m", "Amount (£ million)"])
def test_millions_in_a_heading_are_read_as_such_and_said(tmp_path: Path, heading: str) -> None:
    assert headed(tmp_path, heading) == (SUM * 1_000_000, {"amount-unit E1"}, False)


@pytest.mark.parametrize("heading", ["Amount (€)", "Amount €", "Amount ($)", "Amount (%)", "Amount (€k)", "Amount USD"])
def test_another_currency_in_a_heading_is_refused(tmp_path: Path, heading: str) -> None:
    assert headed(tmp_path, heading)[2]


def test_a_unit_of_the_layout_against_that_of_the_heading_is_refused(tmp_path: Path) -> None:
    assert headed(tmp_path, "Amount £000", 'unit = "£"')[1] == {"unit-unclear E1"}
    assert headed(tmp_path, "Amount £000", 'unit = "£000"') == (SUM * 1000, {"amount-unit E1"}, False)
    assert headed(tmp_path, "Amount", 'unit = "£000"')[0] == SUM * 1000


@pytest.mark.parametrize(
    ("note", "worth"),
    [
        ("£000s", 1000),
        ("All figures in £ thousands", 1000),
        ("Figures in £k", 1000),
        ("(£'000)", 1000),
        ("Amounts are in thousands of pounds", 1000),
        ("£m", 1_000_000),
        ("All amounts in £ millions", 1_000_000),
        ("Variances over £500,000 are explained", 1),
        ("Savings of £5m are in the plan", 1),
        ("Prices of £0.00 are left out", 1),
    ],
)
def test_a_note_above_the_table_gives_its_unit(tmp_path: Path, note: str, worth: int) -> None:
    outcome = read(tmp_path, workbook([["Spend"], [None, None, note], list(HEADINGS), *LINES]))
    assert outcome.total == SUM * worth
    assert outcome.found == ({"amount-unit C2"} if worth > 1 else set())


def test_notes_that_disagree_and_notes_below_are_refused(tmp_path: Path) -> None:
    two = read(tmp_path, workbook([["£000s"], ["in £m"], list(HEADINGS), *LINES]))
    assert two.found == {"unit-unclear A1"}
    below = ledger(tmp_path, [*LINES, [], ["All figures are in £ thousands"]])
    assert below.found == {"unit-unclear 6:6"}


def test_a_heading_is_believed_over_a_note(tmp_path: Path) -> None:
    rows = [["£000s"], [*HEADINGS[:4], "Amount (£)"], *LINES]
    outcome = read(tmp_path, workbook(rows))
    assert (outcome.total, outcome.found) == (SUM, {"amount-unit A1"})


def test_a_unit_that_changes_lower_down_is_read_and_said(tmp_path: Path) -> None:
    outcome = ledger(tmp_path, [*LINES, [*HEADINGS[:4], "Amount £k"], line(5)])
    assert outcome.total == SUM + 5000
    assert outcome.found == {"headings-again 5:5", "amount-unit E5"}


def test_thousands_by_unit_and_by_format_are_refused(tmp_path: Path) -> None:
    assert headed(tmp_path, "Amount £000", code="#,##0,")[1] == {"amount-unit E1", "unit-unclear E2"}
    lines = [[*row[:4], Styled(row[4], "#,##0,")] for row in LINES]
    noted = read(tmp_path, workbook([["£000s"], list(HEADINGS), *lines]))
    assert noted.found == {"amount-unit A1", "unit-unclear E3"}


@pytest.mark.parametrize(
    "code",
    [
        "#,##0.00;[Red]-#,##0.00",
        "[$£-809]#,##0.00;[Red]-[$£-809]#,##0.00",
        '_-£* #,##0.00_-;-£* #,##0.00_-;_-£* "-"??_-;_-@_-',
        "#,##0.00;(#,##0.00)",
        "0",
        '"£"#,##0',
    ],
)
def test_an_ordinary_format_is_not_spoken_of(tmp_path: Path, code: str) -> None:
    assert headed(tmp_path, "Amount", code=code) == (SUM, set(), False)


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("[$$-409]#,##0.00", "amount-currency"),
        ('"€"#,##0.00', "amount-currency"),
        ('"CHF" #,##0.00', "amount-currency"),
        ("[$¥-411]#,##0", "amount-currency"),
        ('#,##0.00\\ "kr"', "amount-currency"),
        ('#,##0"k"', "unit-unclear"),
        ('#,##0",000"', "unit-unclear"),
        ("#,##0,", "amount-format"),
        ('0.0,,"m"', "amount-format"),
        ("0%", "amount-format"),
        (";;;", "amount-format"),
        ('#,##0.00"CR"', "amount-format"),
        ("-#,##0.00", "amount-format"),
        ("(#,##0.00)", "amount-format"),
        ('"paid"', "amount-format"),
    ],
)
def test_a_format_that_shows_another_figure_is_said(tmp_path: Path, code: str, found: str) -> None:
    assert headed(tmp_path, "Amount", code=code)[:2] == (SUM, {f"{found} E2"})
