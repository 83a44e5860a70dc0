"""SSDA903 returns: every row is accounted for, years merge by one rule in any order, and what is wrong is said."""

import random
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakeven.ledger.ssda903 import Returns
from breakeven.periods import Year
from breakeven.workbook.settings import FolderSettings, parse_settings
from breakeven.workbook.ssda903 import ReturnsRefusedError, read_returns
from ssda903_made import EPISODES, Stay, made_children, write_return, write_returns

BORN = {"A": date(2012, 6, 10), "B": date(2006, 1, 9), "C": date(2020, 2, 29)}
FIRST, LAST = Year(2022), Year(2023)


def read(folder: Path, *, before: Sequence[Stay] = (), now: Sequence[Stay] = ()) -> Returns:
    """Two years' returns as they are written."""
    write_return(folder / f"SSDA903 {FIRST}", BORN, before)
    write_return(folder / f"SSDA903 {LAST}", BORN, now)
    return read_returns([folder])


def said(found: Returns) -> list[tuple[str, str]]:
    """The code of each finding, and where it stands."""
    return [(finding.code, f"{finding.at.workbook} {finding.at.ref}") for finding in found.findings]


def spans(found: Returns) -> list[tuple[date, date | None]]:
    return [(episode.start, episode.end) for journey in found.journeys for episode in journey.episodes]


def plain(found: Returns) -> list[tuple[date, list[tuple[str, date, date | None, str]]]]:
    """Journeys without the cells they were read from."""
    return [(each.born, [(e.child, e.start, e.end, e.place) for e in each.episodes]) for each in found.journeys]


def aside(found: Returns) -> dict[str, int]:
    reasons: dict[str, int] = {}
    for tally in found.tallies:
        for reason, count in tally.set_aside.items():
            reasons[reason] = reasons.get(reason, 0) + count
    return reasons


# Merging ---------------------------------------------------------------------------------------------------------


def test_a_later_return_ends_an_episode_that_an_earlier_one_has_open(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        before=[Stay("A", date(2022, 5, 1))],
        now=[Stay("A", date(2022, 5, 1), date(2023, 8, 1))],
    )
    assert spans(found) == [(date(2022, 5, 1), date(2023, 8, 1))]
    assert (found.findings, aside(found)) == ((), {"in a later return too": 2})


def test_of_two_ends_that_of_the_later_return_counts_and_is_said(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        before=[Stay("A", date(2022, 5, 1), date(2023, 3, 12))],
        now=[Stay("A", date(2022, 5, 1), date(2023, 4, 15))],
    )
    assert spans(found) == [(date(2022, 5, 1), date(2023, 4, 15))]
    assert said(found) == [("ssda903-differs", "SSDA903 2022-23/Episodes.csv B2")]
    assert "it is ended on 15/04/2023, which is used" in str(found.findings[0])


def test_of_two_rows_for_one_episode_the_lower_counts(tmp_path: Path) -> None:
    found = read(tmp_path, now=[Stay("A", date(2023, 5, 1), None, "U6"), Stay("A", date(2023, 5, 1), None, "K2")])
    assert [episode.place for episode in found.journeys[0].episodes] == ["K2"]
    assert said(found) == [("ssda903-differs", "SSDA903 2023-24/Episodes.csv B2")]
    assert aside(found) == {"in the same file lower down": 1}


def test_an_episode_that_lasts_into_the_next_ends_where_that_begins(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        now=[Stay("A", date(2023, 5, 1), date(2023, 7, 1)), Stay("A", date(2023, 6, 14), None, "K2")],
    )
    assert spans(found) == [(date(2023, 5, 1), date(2023, 6, 14)), (date(2023, 6, 14), None)]
    assert said(found) == [("ssda903-overlap", "SSDA903 2023-24/Episodes.csv B2")]


def test_a_child_open_in_one_return_and_in_no_later_one_is_lost_from_sight(tmp_path: Path) -> None:
    found = read(tmp_path, before=[Stay("A", date(2022, 5, 1))], now=[Stay("C", date(2023, 5, 1))])
    assert [journey.seen_until for journey in found.journeys] == [date(2023, 3, 31), date(2024, 3, 31)]
    assert said(found) == [("ssda903-lost", "SSDA903 2022-23/Episodes.csv B2")]


def test_an_episode_open_in_one_return_ends_where_a_later_one_begins(tmp_path: Path) -> None:
    found = read(tmp_path, before=[Stay("A", date(2022, 5, 1))], now=[Stay("A", date(2023, 5, 1), None, "K2")])
    assert spans(found) == [(date(2022, 5, 1), date(2023, 5, 1)), (date(2023, 5, 1), None)]
    assert said(found) == [("ssda903-overlap", "SSDA903 2022-23/Episodes.csv B2")]


def test_an_end_after_the_last_returns_year_is_not_known_yet(tmp_path: Path) -> None:
    found = read(tmp_path, now=[Stay("A", date(2023, 5, 1), date(2024, 5, 20)), Stay("C", date(2024, 4, 2))])
    assert spans(found) == [(date(2023, 5, 1), None)]
    assert aside(found) == {"begun after the last return's year": 1}


def test_nobody_is_in_care_after_the_18th_birthday(tmp_path: Path) -> None:
    """B is 18 on 9 January 2024."""
    found = read(
        tmp_path,
        now=[Stay("B", date(2023, 5, 1), date(2024, 2, 1)), Stay("B", date(2024, 2, 1))],
    )
    assert spans(found) == [(date(2023, 5, 1), date(2024, 1, 9))]
    assert [code for code, _ in said(found)] == ["ssda903-adult", "ssda903-adult"]
    open_still = read(tmp_path, now=[Stay("B", date(2023, 5, 1))])
    assert spans(open_still) == [(date(2023, 5, 1), date(2024, 1, 9))]


def test_of_two_dates_of_birth_that_of_the_later_return_counts(tmp_path: Path) -> None:
    stay = Stay("A", date(2022, 5, 1))
    write_return(tmp_path / "2022-23", {"A": date(2011, 6, 10)}, [stay])
    write_return(tmp_path / "2023-24", BORN, [stay])
    found = read_returns([tmp_path])
    assert found.journeys[0].born == BORN["A"]
    assert said(found) == [("ssda903-child", "2022-23/Header.csv C2")]


def test_short_breaks_and_a_night_that_never_was_are_set_aside(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        now=[
            Stay("A", date(2023, 5, 1), date(2023, 5, 4), legal_status="V4"),
            Stay("C", date(2023, 5, 1), date(2023, 5, 1)),
        ],
    )
    assert (found.journeys, aside(found)) == ((), {"short breaks": 1, "ended on the day they began": 1})


@given(st.randoms(use_true_random=False))
def test_the_order_of_files_and_rows_does_not_matter(dice: random.Random) -> None:
    born, stays = made_children(date(2021, 4, 1), date(2024, 3, 31), there=20)
    years = [Year(2021), Year(2022), Year(2023)]
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        expected = read_returns(write_returns(Path(one), born, stays, years))
        shuffled = dice.sample(stays, len(stays))
        folders = write_returns(Path(other), born, shuffled, years)
        found = read_returns(dice.sample(folders, len(folders)))
    assert plain(found) == plain(expected)
    assert found.findings == ()
    assert all(tally.is_conserved for tally in found.tallies)


# Rows held back --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stay", "code", "words"),
    [
        (Stay("A", date(2023, 5, 1), date(2023, 4, 20)), "ssda903-row", "ends on 20/04/2023, before it begins"),
        (Stay("A", date(2012, 6, 9)), "ssda903-row", "before the child is born on 10/06/2012"),
        (Stay("A", date(2023, 5, 1), place="U9"), "ssda903-row", "PLACE: 'U9' is no code that is known"),
        (Stay("A", date(2023, 5, 1), provider="PR9"), "ssda903-row", "PLACE_PROVIDER: 'PR9' is no code"),
        (Stay("A", date(2023, 5, 1), place=""), "ssda903-row", "PLACE: the cell is blank"),
        (Stay("Z", date(2023, 5, 1)), "ssda903-child", "no Header file has a row for the child"),
    ],
)
def test_a_row_that_cannot_be_is_held_back_with_its_cell(tmp_path: Path, stay: Stay, code: str, words: str) -> None:
    found = read(tmp_path, now=[Stay("C", date(2023, 5, 1)), stay])
    assert [finding.code for finding in found.findings] == [code]
    assert words in str(found.findings[0])
    assert found.findings[0].at.ref.endswith("3")
    assert [(t.rows, t.accepted, t.held_back) for t in found.tallies if "2023-24/Episodes" in t.file] == [(2, 1, 1)]
    assert all(tally.is_conserved for tally in found.tallies)


def test_a_message_never_says_whose_row_it_is(tmp_path: Path) -> None:
    found = read(tmp_path, now=[Stay("SECRET7", date(2023, 5, 1)), Stay("A", date(2012, 1, 1))])
    assert len(found.findings) == 2
    assert not [finding for finding in found.findings if "SECRET7" in str(finding)]


def test_a_date_that_is_none_is_held_back(tmp_path: Path) -> None:
    folder = write_return(tmp_path / "2023-24", BORN, [Stay("A", date(2023, 5, 1)), Stay("C", date(2023, 5, 1))])
    path = folder / "Episodes.csv"
    path.write_text(path.read_text("utf-8").replace("A,01/05/2023", "A,31/06/2023") + "\n,,,\n", "utf-8")
    found = read_returns([folder])
    assert said(found) == [("ssda903-row", "2023-24/Episodes.csv B2")]
    assert "DECOM: expected a date such as 31/03/2024, found '31/06/2023'" in str(found.findings[0])


# Folders ---------------------------------------------------------------------------------------------------------


def refused(*folders: Path) -> list[str]:
    with pytest.raises(ReturnsRefusedError) as error:
        read_returns(folders)
    return [finding.message for finding in error.value.findings]


def test_a_year_that_is_not_named_is_that_of_the_latest_day(tmp_path: Path) -> None:
    write_return(tmp_path / "returns", BORN, [Stay("A", date(2022, 5, 1), date(2023, 4, 2))])
    assert read_returns([tmp_path / "returns"]).years == (Year(2023),)
    write_return(tmp_path / "export 2099-55", BORN, [Stay("A", date(2022, 5, 1))])
    assert read_returns([tmp_path / "export 2099-55"]).years == (Year(2022),)


def test_a_file_of_the_return_that_is_not_needed_is_passed_by(tmp_path: Path) -> None:
    folder = write_return(tmp_path / "2023-24", BORN, [Stay("A", date(2023, 5, 1))])
    (folder / "Reviews.csv").write_text("CHILD,DOB,REVIEW,REVIEW_CODE\nA,10/06/2012,01/06/2023,PN1\n", "utf-8")
    (folder / "notes.md").write_text("no table", "utf-8")
    (folder / "photo.csv").write_bytes(b"PK\x05\x06" + bytes(18))
    with pytest.raises(ReturnsRefusedError):
        read_returns([folder])
    (folder / "photo.csv").unlink()
    assert len(read_returns([folder]).tallies) == 2


def test_a_file_in_no_encoding_that_is_known_is_refused(tmp_path: Path) -> None:
    folder = write_return(tmp_path / "2023-24", BORN, [Stay("A", date(2023, 5, 1))])
    (folder / "Episodes.csv").write_bytes(b"CHILD,DECOM,PLACE\n\x81,01/05/2023,U6\n")
    assert refused(folder) == ["is neither UTF-8 nor Windows-1252 text"]


def test_half_a_return_is_refused(tmp_path: Path) -> None:
    folder = write_return(tmp_path / "2023-24", BORN, [Stay("A", date(2023, 5, 1))])
    (folder / "Header.csv").unlink()
    assert refused(folder) == ["expected one Header and one Episodes file, found 2023-24/Episodes.csv (Episodes)"]
    (folder / "Episodes.csv").unlink()
    assert refused(folder) == ["no folder holds the Header and Episodes files of an SSDA903 return"]
    assert refused(tmp_path / "nowhere") == ["there is no such folder"]


def test_a_column_that_is_missing_is_refused(tmp_path: Path) -> None:
    folder = write_return(tmp_path / "2023-24", BORN, [Stay("A", date(2023, 5, 1))])
    path = folder / "Episodes.csv"
    path.write_text(path.read_text("utf-8").replace("DEC,REC", "ENDED,REC"), "utf-8")
    assert "DEC" in EPISODES
    assert refused(folder) == ["no column is headed 'DEC'"]
    path.write_text('CHILD,DECOM,"RNE\n', "utf-8")
    assert "is a quote never closed?" in refused(folder)[0]


def test_years_must_follow_each_other_and_stand_once(tmp_path: Path) -> None:
    for name in ("2021-22", "2023-24"):
        write_return(tmp_path / name, BORN, [Stay("A", date(2021, 5, 1))])
    assert refused(tmp_path) == ["the return of 2022/23 is missing between those that are given"]
    write_return(tmp_path / "again 2021-22", BORN, [Stay("A", date(2021, 5, 1))])
    twice = refused(tmp_path / "2021-22", tmp_path / "again 2021-22")
    assert twice == ["2021-22/Episodes.csv and this are both the return of 2021/22"]


# Settings --------------------------------------------------------------------------------------------------------

TOML = """
name = "Our trust"
year = "2023-24"
[categories.placements]
label = "Placements"
[categories.placements.lines.homes]
label = "Homes"
codes = ["P1010"]
[ssda903]
"""


def test_a_folder_may_have_its_own_types_and_ages() -> None:
    own = parse_settings(TOML + 'ages = [5, 17]\ntypes = [{ type = "Homes", place = ["K2", "R1"], need = ["N2"] }]')
    assert isinstance(own, FolderSettings)
    rules = own.body().demand
    assert (rules.band_labels, rules.types[0].type) == (("under 5", "5 to 16", "17"), "Homes")
    usual = parse_settings(TOML)
    assert isinstance(usual, FolderSettings)
    assert usual.body().demand.band_labels == ("under 1", "1 to 4", "5 to 9", "10 to 15", "16 to 17")


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ("ages = [5, 1]", "expected birthdays in their order, between 0 and 18"),
        ("ages = [18]", "expected birthdays in their order"),
        ('types = [{ type = "Homes", place = ["U9"] }]', "'U9' is no code of place"),
        ('types = [{ type = "Homes" }]', "ssda903.types.0.place must be given"),
        ('kinds = ["Homes"]', "'ssda903.kinds' is not a setting; known are types, ages"),
    ],
)
def test_a_setting_that_cannot_be_is_said(setting: str, words: str) -> None:
    found = parse_settings(TOML + setting)
    assert isinstance(found, list)
    assert any(words in str(finding) for finding in found), found
