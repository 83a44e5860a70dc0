"""The indicators from the command line: what is given of them, and what is wrong with their bands."""

from pathlib import Path

from commands import column, copied, edited, run


def test_the_example_gives_the_months_the_review_prints_and_no_more() -> None:
    said = run("performance", "--json")
    rows = {row["id"]: row["values"] for row in said.data["rows"]}
    assert said.code == 0
    assert (rows["pi1"]["value"], rows["pi1"]["rag"], rows["pi1"]["missing"]) == ("97.8", "G green", "10")
    assert (rows["pi6"]["value"], rows["pi6"]["rag"], rows["pi6"]["green"]) == (None, "G green", "12")
    assert (rows["pi4"]["value"], rows["pi4"]["rag"], rows["pi4"]["missing"]) == (None, "", "12")
    assert (rows["pi13"]["rag"], rows["pi13"]["trend"], rows["pi13"]["before"]) == ("G green", "worse", "22.65")
    printed = [month for month in said.data["months"] if month["value"] is not None]
    assert len(printed) == 16
    assert {month["rag"] for month in printed} == {"G green", "A amber", "R red"}


def test_the_page_says_how_the_two_with_their_signs_the_wrong_way_round_are_read() -> None:
    page = " ".join(run("performance").out.split())
    assert "PI13: target >32% is read < 32, tolerance >37% is read < 37, failure <37% is read > 37" in page


def test_next_years_indicators_have_no_month_yet() -> None:
    said = run("performance", "--year", "2024-25")
    assert said.code == 0
    assert "15 indicators at the last month given of each: 15 [x]." in said.out
    assert "By month" not in said.out


def test_the_band_check_of_2024_25_finds_every_slip_that_is_printed() -> None:
    said = run("performance", "--bands", "--year", "2024/25", "--json")
    faults = [(row["id"].split("/")[1], row["values"]["fault"]) for row in said.data["rows"] if row["level"] == 2]
    assert said.code == 1
    assert faults == [
        ("k1", "gap"), ("k1", "gap"), ("k3", "impossible"), ("k3", "gap"), ("k4", "unit"), ("k9", "off the scale"),
        ("k9", "overlap"), ("k9", "overlap"), ("k9", "gap"), ("k11", "overlap"), ("k11", "overlap"),
    ]  # fmt: skip
    assert {row["id"] for row in said.data["bands"]["rows"]} >= {"2024-25/k1", "2024-25/k1/read"}


def test_the_faults_come_as_csv_with_their_cells() -> None:
    lines = run("performance", "--bands", "--year", "2024-25", "--csv").out.splitlines()
    assert lines[0].startswith("id,label,kind,level,fault,cell")
    assert sum(",impossible,I19" in line for line in lines) == 1


def test_sound_bands_exit_0(tmp_path: Path) -> None:
    folder = copied(tmp_path / "year")
    with edited(folder / "performance.xlsx") as book:
        sheet = book["KPIs"]
        for row in range(sheet.max_row, 1, -1):
            if sheet.cell(row, column(sheet, "Ref")).value != "K12":
                sheet.delete_rows(row)
        del book["Months"], book["Stated"], book["Control totals"]
    said = run("performance", "--bands", folder)
    assert (said.code, "0 of 1 indicators have a fault in their bands." in said.out) == (0, True)
    assert "fault" not in run("performance", "--year", "2024-25", folder).out
    assert run("performance", folder).code == 2
    assert "there are indicators of 2024-25, none of 2023-24" in run("performance", folder).err


def test_a_band_nobody_can_read_is_a_warning_at_its_cell_and_says_so_on_the_page(tmp_path: Path) -> None:
    folder = copied(tmp_path / "year")
    with edited(folder / "performance.xlsx") as book:
        for cell in ("I2", "L2"):
            book["KPIs"][cell] = "about 70"
    said = run("check", folder)
    assert said.code == 0
    assert "'[performance.xlsx]KPIs'!I2: warning: 'about 70' is no band" in said.out
    page = run("performance", "--bands", folder).out
    assert "not understood" in page
    assert "unread" in page


def test_a_value_in_no_band_is_said_and_counted(tmp_path: Path) -> None:
    folder = copied(tmp_path / "year")
    with edited(folder / "performance.xlsx") as book:
        book["Months"]["C2"] = 65
        del book["Control totals"]
    page = run("performance", folder).out
    assert "65 no band" in page
    assert "No band" in page


def test_a_year_that_is_none_or_has_no_indicator_is_a_usage_error(tmp_path: Path) -> None:
    assert (run("performance", "--year", "last").code, run("performance", "--year", "2030-31").code) == (2, 2)
    folder = copied(tmp_path / "year")
    (folder / "performance.xlsx").unlink()
    assert "the folder has no indicators" in run("performance", folder).err
