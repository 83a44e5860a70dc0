"""The tables of children from the command line."""

from pathlib import Path

from commands import copied, edited, run


def test_children_are_shown_by_year_and_rolled_forward_with_each_years_difference() -> None:
    said = run("children", "--json")
    rows = {row["id"]: row["values"] for row in said.data["rows"]}
    assert said.code == 0
    assert [rows["children_in_care_rolled/difference"][f"{year}-{year - 1999}"] for year in range(2018, 2024)] == [
        "-13.0", "21.0", "6.0", "-6.0", "5.0", "-3.0",
    ]  # fmt: skip
    assert rows["population/initial_conferences"]["2018-19"] == "785974"
    assert rows["population/as_most_of_them_allow"]["2023-24"] == "85825"
    assert [each["title"] for each in said.data["others"]] == ["By month", "At Mar 2024"]
    assert len(said.data["tests"]) == 63


def test_the_notes_say_where_the_tables_and_the_text_do_not_agree() -> None:
    page = " ".join(run("children").out.split())
    assert "863 at 10.98, imply 785,974 children" in page
    assert "A typing slip: 5 where 7 is meant; it prints 473 Children on a Plan" in page


def test_the_tables_come_as_csv() -> None:
    assert run("children", "--csv").out.startswith("id,label,kind,level,2017-18,2018-19")


def test_a_folder_with_no_tables_says_so_and_one_of_totals_alone_needs_no_test(tmp_path: Path) -> None:
    folder = copied(tmp_path / "year")
    with edited(folder / "demand.xlsx") as book:
        del book["Children stated"], book["Control totals"]
        sheet = book["Children"]
        sheet.delete_rows(3, sheet.max_row)
    said = run("children", folder)
    assert said.code == 0
    assert "Children open to Targeted Early Help" in " ".join(said.out.split())
    with edited(folder / "demand.xlsx") as book:
        del book["Children"]
    assert "the folder has no tables of children" in run("children", folder).err


def test_a_figure_that_stands_twice_in_one_table_is_refused(tmp_path: Path) -> None:
    folder = copied(tmp_path / "year")
    with edited(folder / "demand.xlsx") as book:
        sheet = book["Children"]
        sheet.append([cell.value for cell in sheet[2]])
        del book["Control totals"]
    said = run("check", folder)
    assert said.code == 3
    assert "only one of them can be used [ref-twice]" in said.out
