"""The pages as a person sees them. ``UPDATE_EXPECTED=1`` writes tests/expected again; read the difference."""

import os
import re
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest

from commands import ROOT, Said, copied, edited, run

EXPECTED = ROOT / "tests" / "expected"
PAGES = {
    "bare": (),
    "outturn": ("outturn",),
    "plan": ("plan",),
    "base": ("plan", "--base"),
    "shortfall": ("plan", "--shortfall"),
    "savings": ("savings",),
    "savings-by": ("savings", "--by", "owner,status"),
    "savings-years": ("savings", "--all-years", "--by", "priority"),
    "savings-timing": ("savings", "--timing"),
    "savings-payback": ("savings", "--payback"),
    "savings-outturn": ("savings", "--against-outturn"),
    "reconcile": ("reconcile",),
    "check": ("check",),
    "income": ("income", "--period", "P09"),
    "children": ("children",),
    "demand": ("demand",),
    "workforce": ("workforce", "--convert", "12", "--from", "P07"),
    "demand-projection": ("demand-projection", "--window", "12", "--rewind", "6"),
    "demand-published": ("demand", "--period", "P02", "--publish"),
    "performance": ("performance",),
    "performance-bands": ("performance", "--bands"),
    "bridge": ("bridge",),
    "month-end": ("outturn", "--period", "P09", "--by", "line,source"),
    "month-end-detail": ("outturn", "--period", "P09", "--detail"),
    "by-cost-centre": ("outturn", "--period", "P09", "--by", "cost_centre,line"),
    "variance": ("variance", "--from", "budget", "--to", "P09"),
    "accuracy": ("outturn", "--accuracy"),
    "what-if": ("what-if", "residential=+5", "residential.price=+£200", "pay=4%", "--from", "P07"),
    "scenarios": ("scenarios",),
    "compare": ("compare", "P06", "P08"),
    "compare-scenarios": ("compare", "best", "worst"),
    "assumptions": ("plan", "--assumptions"),
    "plan-worst": ("plan", "--scenario", "worst"),
    "solve": ("solve",),
    "solve-levers": ("solve", "--target", "clear", "--with", "saving,contract_sum,pay,residential.number,S24-03"),
    "solve-lines": ("solve", "--target", "clear", "--by", "2025/26", "--hold", "staffing", "--cap", "5%"),
    "targets": ("solve", "--by-priority", "--target", "clear", "--from", "P07"),
    "sensitivity": ("sensitivity",),
}
STATEMENTS = ("outturn", "plan", "savings", "reconcile", "check", "income")
WIDTHS = (60, 80, 120)


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_as_expected(page: str, width: int) -> None:
    shown = "\n".join(run(*PAGES[page], width=width).lines) + "\n"
    kept = EXPECTED / f"{page}-{width}.txt"
    if os.environ.get("UPDATE_EXPECTED"):
        kept.write_text(shown, "utf-8")
    assert shown == kept.read_text("utf-8")


def page_of(said: Said) -> list[str]:
    """The answer without its findings, which are one a line however long, so that they can be searched."""
    return [line for line in said.lines if not line.startswith("'[")]


@pytest.mark.parametrize("width", [60, 80, 200])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_no_wider_than_the_screen_and_nothing_is_cut(page: str, width: int) -> None:
    said = run(*PAGES[page], width=width)
    assert max(map(len, page_of(said))) <= width
    assert "…" not in said.out


# Every figure is on the page ---------------------------------------------------------------------------------

IN_UNIT = {"£": (0, "1"), "£k": (3, "1"), "£m": (6, "0.01")}


def unit_of(said: Said) -> str:
    found = re.search(r", in (£[km]?)(?: |$)", " ".join(page_of(said)[:3]))
    assert found
    return found[1]


def written(pounds: str, unit: str) -> str:
    """An amount as a page has it, without brackets, from its decimal string."""
    shift, place = IN_UNIT[unit]
    return f"{abs(Decimal(pounds)).scaleb(-shift).quantize(Decimal(place), ROUND_HALF_UP):,f}"


def amounts_of(command: str) -> list[str]:
    """Every amount of a command's own JSON, as decimal strings of pounds."""
    data: Any = run(command, "--json").data
    if command == "check":
        sheets = [sheet for file in data["files"] for sheet in file["sheets"]]
        parts = ("accepted", "held_back", "set_aside", "all_numbers")
        money = [
            sheet
            for sheet in sheets
            if sheet["sheet"]
            not in {
                "Assumptions",
                "Scenarios",
                "Uncertainty",
                "Correlations",
                "Placements",
                "Workforce",
                "Caseloads",
                "Reported",
                "Activity",
                "Children",
                "Children stated",
                "KPIs",
                "Months",
                "Stated",
                "Bridge",
            }
        ]
        return [sheet[part] for sheet in money for part in parts]
    if command == "reconcile":
        pounds = [test for test in data["tests"] if test["unit"] == "GBP"]
        return [test[side] for test in pounds for side in ("side_a", "side_b", "difference")]
    return [
        value
        for row in data["rows"]
        for column, value in row["values"].items()
        if value is not None and column not in {"variance_pct", "status"}
    ]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("command", STATEMENTS)
def test_every_figure_of_the_statement_is_on_the_page_in_its_unit(command: str, width: int) -> None:
    said = run(command, width=width)
    unit = unit_of(said)
    shown = Counter(re.findall(r"(?<![\d,.])\d[\d,]*(?:\.\d+)?", said.out))
    wanted = Counter(
        f"{abs(Decimal(amount)):,.2f}" if command == "check" else written(amount, unit)
        for amount in amounts_of(command)
    )
    assert not wanted - shown


@pytest.mark.parametrize("command", ["outturn", "plan"])
def test_where_pounds_do_not_fit_the_unit_falls_and_the_page_says_so(command: str) -> None:
    narrow = run(command, width=60)
    assert unit_of(narrow) == "£k"
    assert "In £k, to fit this width; --unit £ shows pounds. Figures may not sum due to rounding." in " ".join(
        narrow.out.split()
    )
    assert unit_of(run(command, width=120)) == "£"


@pytest.mark.parametrize(
    ("args", "width", "row"), [(("outturn", "--unit", "£"), 50, "  Contract sum "), (("savings",), 60, "  People ")]
)
def test_where_no_unit_fits_the_columns_run_on_in_a_second_table(args: tuple[str, ...], width: int, row: str) -> None:
    said = run(*args, width=width)
    assert unit_of(said) == "£"
    assert max(map(len, said.lines)) <= width
    assert said.out.count(row) == 2
    assert "The columns run on in a second table, to fit this width." in " ".join(said.out.split())
    shown = Counter(re.findall(r"\d[\d,]*(?:\.\d+)?", said.out))
    assert not Counter(written(amount, "£") for amount in amounts_of(args[0])) - shown


def test_digits_stand_under_digits() -> None:
    lines = [line for line in run("outturn").lines if re.match(r" *(Contract sum|Income|Staffing|Position)", line)]
    ends = [[match.end() for match in re.finditer(r"\d[\d,]+\d", line)][:2] for line in lines]
    assert len(lines) == 4
    assert all(end == ends[0] for end in ends)


def test_a_page_names_its_state_its_unit_its_signs_and_where_it_was_read() -> None:
    said = run("outturn")
    assert said.lines[:2] == ["Outturn 2023/24", "Sandwell Children's Trust, provisional, in £"]
    page = " ".join(said.out.split())
    assert "Costs, deficits and what worsens the position are in brackets; A adverse, F favourable." in page
    assert "From contract.xlsx, budget.xlsx, expenditure.xlsx; --json gives the SHA-256 of each." in page


def test_a_missing_figure_is_marked_and_never_nought() -> None:
    (line,) = [line for line in run("savings").lines if line.startswith("  People ")]
    assert "[x]" in line


@pytest.mark.parametrize("page", PAGES)
def test_a_missing_figure_is_never_marked_illustrative(page: str) -> None:
    assert "[x]*" not in (EXPECTED / f"{page}-120.txt").read_text("utf-8")


def test_a_screen_that_lacks_the_pound_sign_is_told_gbp_and_no_code() -> None:
    for page in list(PAGES.values())[::6]:
        said = run(*page, width=120, encoding="ascii")
        assert not {"\\xa3", "\\u2013", "\\u2212", "£"} & set(re.findall(r"\\x..|\\u....|£", said.out))
    assert "deficit of GBP 4,253,670, GBP 4,996,156 below" in run(width=120, encoding="ascii").out


def test_two_figures_printed_under_one_name_are_told_apart_by_where() -> None:
    shown = run("reconcile", width=200).lines
    named = [line.split("  ")[0] for line in shown if line.startswith("Provisional deficit for 2023/24; ")]
    assert len(named) == len(set(named)) == 2


def test_the_headline_says_which_savings_each_sum_is_beyond() -> None:
    said = " ".join(run(width=120).out.split())
    assert "£1,384,300* identified, weighted by confidence, and £1,115,700* still to find." in said
    assert "On top of every planned saving, a further £3,598,120* in each of the 3 years would clear" in said


def test_what_is_recorded_of_savings_says_how_many_schemes_have_nothing() -> None:
    said = " ".join(run("savings", width=120).out.split())
    assert "Delivered is what is recorded so far: 12 schemes have nothing for the year." in said


# A hostile workbook ------------------------------------------------------------------------------------------

MARKUP, BIDI, C1, FORMULA = "[red]red[/red] [/]", "pay\u202eyap", "\x9b31mC1\x07", '=HYPERLINK("http://x","y")'


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with markup, controls and formulas where a person types words."""
    folder = copied(tmp_path_factory.mktemp("hostile") / "year")
    with edited(folder / "contract.xlsx") as book:
        book["Variations"]["C2"] = MARKUP
        book["Variations"]["C3"] = BIDI
        rename(book["Third-party income"], SOURCES)
        rename(book["Claims"], SOURCES)
    with edited(folder / "plan.xlsx") as book:
        book["Savings"]["B17"].value = FORMULA
        book["Savings"]["B17"].data_type = "s"
        book["Savings"]["B18"] = f"{MARKUP}{BIDI}"
        book["Savings"]["K19"] = MARKUP
    with edited(folder / "expenditure.xlsx") as book:
        rename(book["Explanations"], SOURCES)
        for cell in ("E2", "F2"):
            book["Transactions"][cell] = f"{MARKUP}{BIDI}"
        book["Transactions"]["H3"] = f"{MARKUP}{BIDI}"
    toml = folder / "breakeven.toml"
    text = toml.read_text("utf-8")
    text = text.replace('name = "Sandwell Children\'s Trust"', r'name = "\u001b[31m[red]Trust\u202e\u009b"')
    toml.write_text(text.replace('label = "Residential"', r'label = "\u001b]0;title\u0007[bold]Residential"'), "utf-8")
    return folder


SOURCES = {"ICB health contribution": "@SUM(A1)", "Education funding for placements": "+1+1"}
"""Third parties by names that a spreadsheet would run."""


def rename(sheet: Any, names: dict[str, str]) -> None:
    """Put other names in the cells that hold these."""
    for cell in (cell for cells in sheet.iter_rows() for cell in cells if cell.value in names):
        cell.value = names[cell.value]


def obeyed(text: str) -> set[str]:
    """What a terminal would obey, or would reorder by."""
    return set(re.findall("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]", text))


@pytest.fixture(scope="module")
def hostile_but_read(hostile: Path) -> Path:
    """The same with every cell readable, so that the figures are shown."""
    with edited(hostile / "expenditure.xlsx") as book:
        book["Transactions"]["H3"] = 75785
    with edited(hostile / "plan.xlsx") as book:
        book["Savings"]["K19"] = "planned"
    return hostile


def test_findings_quote_a_hostile_cell_without_obeying_it(hostile: Path) -> None:
    for said in (run("check", hostile), run("outturn", hostile), run("check", "--json", hostile)):
        assert said.code == 3
        assert not obeyed(said.out)
        assert not obeyed(said.err)
    assert "[red]red[/red] [/]" in run("check", hostile).out


@pytest.mark.parametrize(
    "args",
    [
        (),
        ("outturn", "--by", "line,source,code"),
        ("plan", "--lines"),
        ("savings",),
        ("income", "--period", "P09"),
        ("reconcile",),
        ("check",),
        ("trace", "variations"),
        ("trace", "outturn/residential/actual"),
        ("trace", "savings"),
    ],
)
def test_hostile_words_are_shown_and_not_obeyed(args: tuple[str, ...], hostile_but_read: Path) -> None:
    has_csv = bool(args) and args[0] != "trace"
    for form in ([], ["--json"], ["--csv"] if has_csv else []):
        said = run(*args, hostile_but_read, *form)
        assert said.code == (1 if "reconcile" in args else 0), said.err
        assert not obeyed(said.out)
        assert not obeyed(said.err)


def test_hostile_words_lose_nothing_but_their_power(hostile_but_read: Path) -> None:
    shown = run("outturn", "--by", "line,source", hostile_but_read, width=140).out
    assert f"    {MARKUP} " in shown
    assert r"    pay\u202eyap " in shown
    assert r"\x1b]0;title\x07[bold]Residential" in shown
    labels = [row["label"] for row in run("outturn", "--by", "source", hostile_but_read, "--json").data["rows"]]
    assert MARKUP in labels
    assert BIDI in labels


def test_no_words_of_the_input_are_a_formula_in_csv(hostile_but_read: Path) -> None:
    tables = [run(*args, hostile_but_read, "--csv").out for args in (("outturn", "--by", "source"), ("savings",))]
    cells = [cell.strip('"') for table in tables for line in table.splitlines() for cell in line.split(",")]
    numbers = re.compile(r"-?\d+(\.\d+)?")
    assert not [cell for cell in cells if cell[:1] in "=+-@" and cell and not numbers.fullmatch(cell)]
    assert "'@SUM(A1)" in tables[0]
    assert "'+1+1" in tables[0]
