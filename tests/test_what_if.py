"""What-if and the scenarios of a folder: figures by hand, what is kept, and what is refused in a sentence."""

from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

import breakeven as be
from breakeven.pipeline import year_end
from breakeven.pipeline.year_end import YearEnd, work_out
from commands import EXAMPLE, Said, copied, edited, run
from made import overlay
from register_commands import bytes_of

YEARS = ("2024-25", "2025-26", "2026-27")


@pytest.fixture(scope="module")
def end() -> YearEnd:
    return work_out(be.load(EXAMPLE))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copied(tmp_path / "year")


def row(said: Said, row_id: str) -> list[int]:
    """A row of a statement, in whole pounds by year."""
    (found,) = [each for each in said.data["rows"] if each["id"] == row_id]
    return [int(Decimal(found["values"][year])) for year in YEARS]


def whole(amount: Decimal) -> int:
    return int(amount.quantize(Decimal(1), rounding=ROUND_HALF_UP))


# By hand -----------------------------------------------------------------------------------------------------


def contributed(end: YearEnd) -> Decimal:
    """Pounds a week that others pay on average towards a residential placement that is there on 31 March 2024."""
    register = [each for each in end.year.ledgers.placement_register if each.type == "Residential"]
    there = [each for each in register if each.end is None or each.end > end.year.body.year.last_day]
    paid = [each.weekly_contribution or Decimal(0) for each in there if each.start <= end.year.body.year.last_day]
    return sum(paid, Decimal(0)) / len(paid)


def test_five_placements_from_october_cost_half_a_year_of_their_price_less_what_others_pay(end: YearEnd) -> None:
    """The last weekly cost is £6,174 and inflation 4, 3.5 and 3 per cent."""
    a_place = [Decimal(6_174) * Decimal("1.04") * 365 / 7]
    a_place += [a_place[0] * Decimal("1.035"), a_place[0] * Decimal("1.035") * Decimal("1.03")]
    a_year = contributed(end) * 365 / 7
    parts = [Decimal("0.5"), Decimal(1), Decimal(1)]
    more = [whole(5 * price * part) - whole(5 * a_year * part) for price, part in zip(a_place, parts, strict=True)]
    said = run("what-if", "residential=+5", "--from", "P07", "--json")
    assert said.code == 0
    assert [whole(5 * a_place[0] / 2), whole(5 * a_year / 2)] == [837_018, 193_442]
    assert row(said, "change_1") == [-each for each in more] == [-643_576, -1_345_742, -1_397_721]
    gross, income = (
        [
            int(after - before)
            for before, after in zip(getattr(plain, name), getattr(changed, name), strict=True)
            if before is not None and after is not None
        ]
        for plain, changed in [(end.plan.model.balances(), be.what_if(end, ["residential=+5"], "P07").after)]
        for name in ("expenditure", "income")
    )
    assert (gross[0], income[0]) == (837_018, 193_442)


def test_four_per_cent_on_pay_from_october_is_on_each_staffing_line(end: YearEnd) -> None:
    """Staffing has 3.5, 3 and 2.5 per cent, agency social workers 2 per cent and 8, 6 and 4 per cent fewer."""
    worse = [0, 0, 0]
    for line in end.plan.model.expenditure:
        if line.category == "staffing":
            agency = line.id == "agency_social_workers"
            rates = ["1.02", "1.02", "1.02"] if agency else ["1.035", "1.03", "1.025"]
            fewer = [Decimal(f) for f in (["0.92", "0.94", "0.96"] if agency else ["1", "1", "1"])]
            plan = changed = line.base or Decimal(0)
            for t in range(3):
                first_half = changed * fewer[t] * Decimal(rates[t])
                plan, changed = plan * fewer[t] * Decimal(rates[t]), changed * fewer[t] * Decimal("1.04")
                borne = (first_half + changed) / 2 if t == 0 else changed
                worse[t] += whole(borne) - whole(plan)
    said = run("what-if", "pay=4%", "--from", "P07", "--json")
    assert row(said, "change_1") == [-each for each in worse] == [-104_637, -574_941, -1_115_904]


def test_half_of_a_saving_is_half_of_it_in_every_year() -> None:
    """S24-03 saves £504,000 a year from June 2024: ten twelfths in 2024/25."""
    said = run("what-if", "S24-03=50%", "--json")
    assert row(said, "change_1") == [-210_000, -252_000, -252_000]


def test_what_the_statement_says_adds_up_and_closes_by_the_positions() -> None:
    said = run("what-if", "residential=+5", "residential.price=+£200", "pay=4%", "contract_sum=-£250k", "--json")
    changes = [each["id"] for each in said.data["rows"] if each["id"].startswith("change_")]
    assert changes == ["change_1", "change_2", "change_3", "change_4"]
    moved = [sum(parts) for parts in zip(*(row(said, each) for each in (*changes, "together")), strict=True)]
    before, after = row(said, "position_before"), row(said, "position_after")
    assert moved == [b - a for a, b in zip(before, after, strict=True)]
    assert row(said, "together")[0] == -whole(Decimal(5) * 200 * 365 / 7)
    so_far = [sum(moved[: n + 1]) for n in range(3)]
    assert row(said, "closing_by_positions") == so_far
    assert row(said, "closing_after") == [a + b for a, b in zip(row(said, "closing_before"), so_far, strict=True)]


def test_the_answer_as_json_has_both_plans_each_change_and_how_it_reads() -> None:
    data = run("what-if", "residential=+5", "--from", "2025-26", "--json").data
    assert (data["title"], data["state"]) == ("What if: residential=+5", "savings as planned")
    assert [each["id"] for each in data["rows"]] == [
        "position_before", "change_1", "position_after", "closing_before", "closing_by_positions", "closing_after",
        "break_even_before", "break_even_after",
    ]  # fmt: skip
    (change,) = [each for each in data["rows"] if each["id"] == "change_1"]
    assert change["label"] == "Residential number +5 from 2025/26"
    assert change["reading"] == {"2025-26": "A", "2026-27": "A"}
    assert change["illustrative"] == list(YEARS)
    assert [source.partition(",")[0] for source in data["sources"]] == [
        "contract.xlsx", "expenditure.xlsx", "plan.xlsx", "demand.xlsx",
    ]  # fmt: skip
    assert run("what-if", "residential=+5", "--csv").out.startswith("id,")


def test_the_answer_is_said_in_words_first() -> None:
    said = " ".join(run("what-if", "residential=+5", "--from", "2025-26", width=120).out.split())
    assert "The position of 2024/25 stays nil. At 31 March 2027 the balance is a deficit of £" in said
    assert "* adverse. " in said
    better = " ".join(run("what-if", "contract_sum=+£1", width=120).out.split())
    assert "The position of 2024/25 goes from nil to a surplus of £1*: £1* favourable." in better
    nothing = run("what-if", "residential=+0", width=120)
    assert "Residential number +0 from 2024/25" in nothing.out


def test_python_is_given_the_same_answer(end: YearEnd) -> None:
    found = be.what_if(end, ["residential=+5", overlay("pay inflation 4%", "P07")], since="P07", until="2025-26")
    assert [change.label for change in found.changes] == [
        "Residential number +5 from 2024/25 P07 to 2025/26",
        "Pay inflation 4% from 2024/25 P07",
    ]
    assert [int(amount or 0) for amount in found.changes[0].position] == [-643_576, -1_345_742, 0]


# Over a scenario ---------------------------------------------------------------------------------------------


def test_a_change_over_a_scenario_takes_the_place_of_what_it_sets_and_stands_beside_the_rest() -> None:
    said = run("what-if", "residential=+0", "pay=4%", "S24-03=50%", "--scenario", "worst", "--json")
    labels = [each["label"] for each in said.data["rows"] if each["id"].startswith("change_")]
    assert labels == [
        "Pay inflation +1% from 2024/25 → 4%",
        "Residential number +0 from 2024/25",
        "S24-03 delivery 50%",
    ]
    assert row(said, "position_before") == row(run("plan", "--scenario", "worst", "--json"), "position")
    assert row(said, "change_3") == [-42_000, -50_400, -50_400]  # 50 per cent where the scenario has 60


def test_scenarios_are_the_plan_under_each_of_them_side_by_side(end: YearEnd) -> None:
    said = run("scenarios", "--json")
    for name in ("best", "central", "worst"):
        alone = run("plan", "--scenario", name, "--json")
        for measure, theirs in {"position": "position", "closing_balance": "closing_balance", "savings": "savings",
                                "break_even_requirement": "break_even_requirement"}.items():  # fmt: skip
            assert row(said, f"{measure}.{name}") == row(alone, theirs)
    assert row(said, "position.as_planned") == row(run("plan", "--json"), "position") == [0, 345_449, 91_155]
    assert run("scenarios", "--csv").code == 0
    weighted = run("scenarios", "--savings", "weighted", "--json")
    assert row(weighted, "savings.worst") == [911_780, 1_033_280, 1_033_280]


def test_a_folder_without_scenarios_says_how_to_have_some(folder: Path) -> None:
    with edited(folder / "plan.xlsx") as book:
        del book["Scenarios"]
        controls = book["Control totals"]
        for line in reversed([cells[0].row for cells in controls.iter_rows() if cells[0].value == "Scenarios"]):
            controls.delete_rows(line)
    said = run("scenarios", folder)
    assert (said.code, said.out) == (2, "")
    assert (
        "the folder has no scenarios: fill in Scenarios in plan.xlsx, or keep one with what-if ... --save" in said.err
    )
    assert "it has none" in run("plan", folder, "--scenario", "worst").err
    kept = run("what-if", "residential=+5", folder, "--save", "five more")
    assert kept.code == 0
    assert "on a new sheet" in kept.err
    assert run("scenarios", folder).code == 0


def test_a_scenario_that_cannot_be_applied_is_told_by_its_name(folder: Path) -> None:
    with edited(folder / "plan.xlsx") as book:
        book["Scenarios"]["B2"] = "premises"
    said = run("scenarios", folder)
    assert (said.code, said.out) == (2, "")
    assert said.err == (
        "breakeven: scenario 'best': Premises has no number of placements or posts that anybody has given; 4% is of "
        "its inflation, +£250k of its pounds\n"
    )
    assert "--scenario: Premises has no number" in run("plan", folder, "--scenario", "best").err
    assert "Premises has no number" in run("compare", "best", "plan", folder).err


# What is kept ------------------------------------------------------------------------------------------------

SAVED = ("residential=+5", "pay=4%", "agency_social_workers.growth=to -9%", "premises=x1.005", "S24-03=+3months",
         "savings=90%", "--from", "P07", "--to", "2025-26")  # fmt: skip


def test_what_is_saved_is_a_scenario_that_comes_to_what_was_asked(folder: Path) -> None:
    asked = run("what-if", *SAVED, folder, "--save", "Five more", "--why", "Demand", "--by", "Finance", "--json")
    assert asked.code == 0
    assert "What: amount; How: multiply; Value: 1.005; Unit: times" in asked.err
    checked = run("check", folder)
    assert (checked.code, "error" in checked.out) == (0, False)
    kept = run("plan", folder, "--scenario", "five more", "--json")
    assert row(kept, "position") == row(asked, "position_after")
    assert row(kept, "closing_balance") == row(asked, "closing_after")
    records = be.load(folder).ledgers.scenarios[-6:]
    assert {(each.scenario, each.source, each.author) for each in records} == {("Five more", "Demand", "Finance")}
    assert all(each.set_on for each in records)


def test_what_is_saved_over_a_scenario_is_all_of_it_with_who_said_each_part(folder: Path) -> None:
    run("what-if", "residential=70", folder, "--scenario", "worst", "--save", "worse", "--why", "Demand")
    assert row(run("plan", folder, "--scenario", "worse", "--json"), "position") == row(
        run("what-if", "residential=70", folder, "--scenario", "worst", "--json"), "position_after"
    )
    told = [(each.line, each.source, each.basis) for each in year_end.scenario(be.load(folder), "worse")]
    assert told == [
        ("savings", "Four schemes in ten fail", "illustrative"),
        ("pay", "Pay award a point above the assumption", "illustrative"),
        ("Agency social workers", "Agency rates after the regional cap ends", "illustrative"),
        ("contract_sum", "Settlement below prices", "illustrative"),
        ("residential", "Demand", ""),
    ]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("worst", "--save: 'worst' is a scenario of the folder already; give this one another name"),
        (" Worst ", "--save: 'Worst' is a scenario of the folder already"),
        ("plan", "--save: 'plan' is the folder's own plan already"),
        ("p8", "--save: 'p8' is the period P08 already"),
        ("", "--save: a name is needed, such as 'February budget'"),
        (" - ", "--save: a name is needed, such as 'February budget'"),
    ],
)
def test_a_name_that_means_something_already_is_not_taken(name: str, why: str, folder: Path) -> None:
    before = bytes_of(folder)
    for command in (["what-if", "residential=+5"], ["plan"]):
        said = run(*command, folder, "--save", name)
        assert (said.code, said.out) == (2, "")
        assert why in said.err
    assert bytes_of(folder) == before


def test_the_same_name_is_not_saved_twice_and_no_scenario_is_called_like_a_plan(folder: Path) -> None:
    assert run("what-if", "residential=+5", folder, "--save", "five").code == 0
    assert "'five' is a scenario of the folder already" in run("what-if", "pay=4%", folder, "--save", "five").err
    assert run("plan", folder, "--save", "February").code == 0
    for command in (["what-if", "pay=4%"], ["plan"]):
        said = run(*command, folder, "--save", "february")
        assert (said.code, "'february' is a plan that is kept already" in said.err) == (2, True)


def test_why_must_be_said_where_it_is_kept(folder: Path) -> None:
    before = bytes_of(folder)
    said = run("what-if", "residential=+5", folder, "--save", "five", "--why", " ")
    assert (said.code, said.err) == (2, "breakeven: --why must say something\n")
    assert bytes_of(folder) == before


def test_what_cannot_be_worked_out_is_not_saved(folder: Path) -> None:
    before = bytes_of(folder)
    assert run("what-if", "residential=-500", folder, "--save", "five").code == 2
    assert bytes_of(folder) == before
