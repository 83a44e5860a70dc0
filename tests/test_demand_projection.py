"""The command that projects demand: from counts, from returns, back-tested, published, and laid over the plan."""

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import breakeven as be
from breakeven.periods import Year
from breakeven.plan.projected_demand import Asked
from breakeven.plan.projected_figures import projected_figures
from breakeven.report.demand_projection import demand_statements
from commands import EXAMPLE, Said, run
from ssda903_made import Known, made_children, write_returns

YEARS = [Year(year) for year in range(2020, 2024)]


@pytest.fixture(scope="module")
def returns(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("returns")
    write_returns(folder, *made_children(date(2020, 4, 1), date(2024, 3, 31), there=200), YEARS)
    return folder


def project(*args: object, width: int = 80) -> Said:
    return run("demand-projection", EXAMPLE, "--trials", 100, *args, width=width)


def values(said: Said, row_id: str, part: str | None = None) -> dict[str, str | None]:
    rows = (said.data if part is None else said.data[part])["rows"]
    return next(row["values"] for row in rows if row["id"] == row_id)


def test_counts_are_projected_by_their_trend_with_the_window_said() -> None:
    """External fostering from April 2023 to March 2024 by hand: mean 3692 / 12, slope −173.5 / 143 × ... by month."""
    counts = [313, 314, 313, 312, 314, 308, 306, 304, 302, 296, 307, 300]
    slope = sum((i - 5.5) * n for i, n in enumerate(counts)) / 143
    mean = sum(counts) / 12
    year = sum(mean + slope * (i - 5.5) for i in range(12, 24)) / 12
    said = project("--window", 12, "--json")
    assert (said.code, said.err) == (0, said.err)
    assert Decimal(values(said, "number.external_fostering")["2024-25"] or "") == round(Decimal(year), 1)
    assert "least squares over 12 monthly counts, April 2023 to March 2024" in said.data["state"]


def test_a_longer_window_than_there_are_counts_says_how_many_there_are() -> None:
    assert "13 monthly counts, March 2023 to March 2024" in " ".join(project().out.split())


def test_a_back_test_of_counts_is_drawn_beneath() -> None:
    said = project("--rewind", 6, width=120)
    assert "Back-test of 01/10/2023 to 31/03/2024: off by" in said.out
    assert project("--rewind", 12).code == 2
    assert "fewer than 3 monthly counts" in project("--rewind", 12).err


def test_a_number_and_its_cost_lead_back_to_the_counts_and_the_price_and_what_is_made_up_is_marked() -> None:
    """The window of 24 months holds 13 counts; the cost rests on the last weekly cost and one rate of inflation."""
    page = project("--json")
    cost = next(row for row in page.data["rows"] if row["id"] == "cost.residential")
    assert cost["illustrative"] == ["2024-25", "2025-26", "2026-27"]
    said = run("trace", "projection/cost.residential/2024-25", EXAMPLE, "--json").data["figure"]
    number, *price = said["parts"]
    assert said["amount"] == cost["values"]["2024-25"]
    assert len(number["parts"]) == 13
    assert [part["label"] for part in price] == [
        "Residential: weekly cost, March 2024",
        "Residential: inflation in 2024/25",
    ]
    assert project().out.count("*") > 20


def test_the_total_is_the_sum_of_the_types_and_traces_to_them() -> None:
    said = run("trace", "projection/cost.total/2026-27", EXAMPLE, "--json").data["figure"]
    assert Decimal(said["amount"]) == sum(Decimal(part["amount"]) for part in said["parts"])
    assert said["amount"] == values(project("--json"), "cost.total")["2026-27"]


def test_of_returns_a_number_rests_on_their_files_and_is_not_traced(returns: Path) -> None:
    end = be.work_out(be.load(EXAMPLE))
    found = be.project_demand(end, [returns], Asked(trials=100))
    figures = {figure.id: figure for figure in projected_figures(found, end.plan.basis)}
    files = [source.cells.workbook for source in figures["projection/number.residential/2024-25"].sources()]
    assert len(files) == 8
    assert not any(row.figures for row in demand_statements(end, found, publish=False)[0].rows)


def test_python_is_given_the_projection_of_the_page() -> None:
    end = be.work_out(be.load(EXAMPLE))
    total = be.project_demand(end).demand.total.by_year[0]
    assert total is not None
    assert str(total.quantize(Decimal("0.1"))) == values(project("--json"), "number.all_placements")["2024-25"]


def test_a_trace_of_a_projection_says_why_there_is_none(tmp_path: Path) -> None:
    bare = shutil.copytree(EXAMPLE, tmp_path / "year")
    (bare / "demand.xlsx").unlink()
    said = run("trace", "projection/cost.total/2026-27", bare)
    assert (said.code, "no type with three monthly counts" in said.err) == (2, True)


def test_a_projection_is_kept_as_a_scenario_by_what_if(tmp_path: Path) -> None:
    own = shutil.copytree(EXAMPLE, tmp_path / "year")
    laid = run("plan", own, "--demand", "counts", "--json")
    assert run("what-if", own, "--demand", "counts", "--save", "as the trend").code == 0
    kept = run("plan", own, "--scenario", "as the trend", "--json")
    assert values(kept, "position") == values(laid, "position")


def test_returns_are_projected_with_every_row_accounted_for(returns: Path) -> None:
    said = project("--files", returns, "--rewind", 12, "--json")
    assert said.code == 0
    note = next(note for note in said.data["notes"] if "rows of 8 files" in note)
    rows, accepted, aside, held_back = (int(word.replace(",", "")) for word in _numbers(note))
    assert rows == accepted + aside + held_back
    assert held_back == 0
    moved = {k: int(v or "") for k, v in values(said, "moved.all_placements", "movements").items()}
    assert moved["opening"] + moved["entered"] - moved["left"] - moved["turned_18"] - moved["lost"] == moved["closing"]
    assert moved["closing"] == int(Decimal(values(said, "number.all_placements")["now"] or ""))
    assert len(said.data["sources"]) == 8
    test = values(said, "back_test.residential", "back_test")
    assert Decimal(test["cost.difference"] or "") == Decimal(test["cost.projected"] or "") - Decimal(
        test["cost.actual"] or ""
    )


def _numbers(note: str) -> list[str]:
    words = note.split()
    return [words[0], words[words.index("=") + 1], words[words.index("+") + 1], words[-3]]


def test_the_cost_is_the_number_times_the_plans_weekly_cost_over_the_nights_of_the_year(returns: Path) -> None:
    """£6,174 a week and 4 per cent for a year of 365 nights; the number is to two places, so a pound is near enough."""
    said = project("--files", returns, "--json")
    number = Decimal(values(said, "number.residential")["2024-25"] or "")
    cost = Decimal(values(said, "cost.residential")["2024-25"] or "")
    assert abs(cost - number * Decimal("6174") * Decimal("1.04") * 365 / 7) < Decimal("0.06") * 6174 * 53


@pytest.mark.parametrize("width", [80, 120])
def test_the_page_fits_the_screen(returns: Path, width: int) -> None:
    said = project("--files", returns, "--rewind", 12, width=width)
    assert max(map(len, said.lines)) <= width
    assert "…" not in said.out
    assert ", £" not in next(line for line in said.lines if line.startswith("What moved"))


def test_one_seed_gives_one_answer(returns: Path) -> None:
    one, same, other = (project("--files", returns, "--seed", seed, "--json").out for seed in (3, 3, 4))
    assert one == same
    assert one != other


def test_nothing_below_five_is_published(tmp_path: Path) -> None:
    """Few children in residential care: their number, cost and movements are masked, and what would give them away."""
    few = Known(
        left={"Residential": 0.2, "External fostering": 0.2},
        moves={("External fostering", "Residential"): 0.005},
        entering={"Residential": 0.5, "External fostering": 40},
    )
    write_returns(tmp_path, *made_children(date(2020, 4, 1), date(2024, 3, 31), there=100, rates=few), YEARS)
    plain, published = (project("--files", tmp_path, "--rewind", 12, "--json", *more) for more in ((), ("--publish",)))
    assert 0 < Decimal(values(plain, "number.residential")["now"] or "") < 5
    found = [
        value
        for part in (published.data, *(published.data[name] for name in ("ranges", "movements", "back_test")))
        for row in part["rows"]
        if not row["id"].startswith("cost")
        for column, value in row["values"].items()
        if "cost" not in column and value is not None
    ]
    assert "[c]" in found
    assert not [value for value in found if value != "[c]" and 0 < Decimal(value) < 5]
    assert values(published, "cost.residential")["2024-25"] == "[c]"
    assert any("[c] confidential" in note for note in published.data["notes"])


def test_a_plan_may_be_laid_over_with_a_projection(returns: Path) -> None:
    changed = run("plan", EXAMPLE, "--demand", f"ssda903:{returns}", "--json")
    plain = run("plan", EXAMPLE, "--json")
    number = Decimal(values(project("--files", returns, "--json"), "number.residential")["2024-25"] or "")
    assert changed.code == 0
    assert number < 60
    assert values(changed, "position") != values(plain, "position")
    assert "projection of demand" in changed.data["state"]


def test_what_if_says_what_each_projected_number_does(returns: Path) -> None:
    said = run("what-if", EXAMPLE, "pay=4%", "--demand", f"ssda903:{returns}", width=120)
    assert said.code == 0
    assert f"What if: demand by ssda903:{returns}, pay=4%" in " ".join(said.out.split())
    assert "Residential number" in said.out
    assert run("what-if", EXAMPLE, "--demand", "counts").code == 0


def test_a_simulation_takes_the_range_of_a_projection(returns: Path) -> None:
    said = run("simulate", EXAMPLE, "--trials", 500, "--demand", f"ssda903:{returns}", "--json")
    assert said.code == 0
    assert any(row["label"] == "Residential number: rate" for row in said.data["spread"])


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (("demand-projection", "--from", "ssda903"), 2, "--from ssda903 needs --files FOLDER"),
        (("demand-projection", "--from", "counts", "--files", "x"), 2, "leave --from counts out"),
        (("demand-projection", "--files", "nowhere"), 3, "there is no such folder"),
        (("demand-projection", "--json", "--csv"), 2, "ask for one"),
        (("plan", "--demand", "guesses"), 2, "--demand takes counts or ssda903:FOLDER, not 'guesses'"),
        (("plan", "--demand", "ssda903:nowhere"), 3, "there is no such folder"),
    ],
)
def test_what_cannot_be_is_said(args: tuple[str, ...], code: int, words: str) -> None:
    said = run(args[0], EXAMPLE, *args[1:])
    assert (said.code, said.out) == (code, "")
    assert words in said.err


def test_a_number_cannot_be_both_projected_and_set() -> None:
    said = run("what-if", EXAMPLE, "residential=70", "--demand", "counts")
    assert (said.code, said.out) == (2, "")
    assert "Residential has its number set twice" in said.err


def test_findings_of_the_returns_are_said(tmp_path: Path, returns: Path) -> None:
    shutil.copytree(returns, tmp_path / "r")
    path = tmp_path / "r" / "SSDA903 2023-24" / "Episodes.csv"
    path.write_text(path.read_text("utf-8").replace(",K2,", ",K9,", 1), "utf-8")
    said = project("--files", tmp_path / "r")
    assert said.code == 0
    assert "'K9' is no code that is known [ssda903-row]" in said.err
