"""The data files of a pack: every value of every statement, exactly, where it comes from, and nobody by himself."""

import csv
import io
import json
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from importlib import import_module
from typing import Any

import pytest

import breakeven as be
from breakeven.report.formats import write_reports
from breakeven.report.pack import Pack, make_pack
from breakeven.report.section import Section
from breakeven.report.tidy.descriptor import descriptor_files
from breakeven.report.tidy.files import csv_files, json_files, parquet_files
from commands import EXAMPLE, run

NAME = "breakeven-2023-24"


@pytest.fixture(scope="module")
def pack() -> Pack:
    return make_pack(be.work_out(be.load(EXAMPLE)))


@pytest.fixture(scope="module")
def values(pack: Pack) -> list[dict[str, str]]:
    return read(csv_files(pack)[f"{NAME}.csv"])


@pytest.fixture(scope="module")
def provenance(pack: Pack) -> list[dict[str, str]]:
    return read(csv_files(pack)[f"{NAME}-provenance.csv"])


def read(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode())))


def test_every_value_of_every_statement_is_there_once_and_exactly(pack: Pack, values: list[dict[str, str]]) -> None:
    expected = [
        (statement.id, row.id, column.id, row.values[column.id])
        for statement in pack.statements()
        for row in statement.rows
        for column in statement.columns
        if column.id in row.values
    ]
    assert len(values) == len(expected) > 2500
    for found, (statement, row, column, value) in zip(values, expected, strict=True):
        assert (found["statement"], found["row"].lstrip("'"), found["column"]) == (statement, row, column)
        if isinstance(value, Decimal):
            assert Decimal(found["value"]) == value
        elif value is None:
            assert (found["value"], found["words"]) == ("", "")
        else:
            assert found["words"].lstrip("'") == value.lstrip("'")


def test_the_published_deficit_is_negative_and_costs_are_positive(values: list[dict[str, str]]) -> None:
    outturn = {row["row"]: row for row in values if row["statement"] == "outturn" and row["column"] == "actual"}
    assert (outturn["position"]["value"], outturn["position"]["flow"]) == ("-4253670.00", "net")
    assert (outturn["placements"]["value"], outturn["placements"]["flow"]) == ("48565330.00", "expenditure")
    assert {row["unit"] for row in outturn.values()} == {"GBP"}
    assert outturn["residential"]["illustrative"] == "true"


def test_what_nobody_has_recorded_is_missing_and_not_nil(values: list[dict[str, str]]) -> None:
    delivered = [row for row in values if row["statement"] == "savings" and row["column"] == "delivered"]
    missing = [row for row in delivered if row["missing"] == "true"]
    assert missing
    assert {row["value"] for row in missing} == {""}


def test_parquet_holds_the_same_as_csv_in_decimals(pack: Pack, values: list[dict[str, str]]) -> None:
    files = parquet_files(pack)
    for end, rows in (("", values), ("-provenance", read(csv_files(pack)[f"{NAME}-provenance.csv"]))):
        table: Any = import_module("pyarrow.parquet").read_table(io.BytesIO(files[f"{NAME}{end}.parquet"]))
        amount = "amount" if end else "value"
        assert str(table.schema.field(amount).type) == "decimal128(38, 12)"
        assert table.column_names == list(rows[0])
        for column in table.column_names:
            held: list[Any] = table.column(column).to_pylist()
            for said, row in zip(held, rows, strict=True):
                if isinstance(said, Decimal):
                    assert abs(said - Decimal(row[column])) < Decimal("1E-11")
                elif isinstance(said, bool):
                    assert str(said).lower() == row[column]
                else:
                    assert str("" if said is None else said).strip("'\t ") == row[column].strip("'\t ")


def test_json_holds_every_section_with_its_sentences_and_statements(pack: Pack) -> None:
    told = json.loads(json_files(pack)[f"{NAME}.json"])
    assert [section["id"] for section in told["sections"]] == [section.id for section in pack.sections]
    outturn = next(section for section in told["sections"] if section["id"] == "outturn")["statements"][0]
    position = next(row for row in outturn["rows"] if row["id"] == "position")
    assert position["values"]["actual"] == "-4253670.00"
    reconciled = next(section for section in told["sections"] if section["id"] == "reconciliation")
    assert any("£49 apart" in sentence for sentence in reconciled["called_out"])
    assert {each["file"]: each["sha256"] for each in told["inputs"]} == {each.name: each.sha256 for each in pack.inputs}


# Where a value comes from ----------------------------------------------------------------------------------------


def test_a_sum_is_the_sum_of_its_parts_down_to_the_cells(provenance: list[dict[str, str]]) -> None:
    parts = [row for row in provenance if row["figure"] == "outturn/expenditure/actual"]
    assert sum(Decimal(row["amount"]) for row in parts) == Decimal("88931888")
    at, cells = {row["part"] for row in parts}, list[str]()
    while at:
        below = [row for row in provenance if row["figure"] in at]
        cells += [row["cells"] for row in below if row["cells"]]
        at = {row["part"] for row in below if row["part"]}
    assert any(cell.startswith("'[expenditure.xlsx]Transactions'!") for cell in cells)


def test_every_figure_behind_a_value_is_followed_but_those_that_rest_on_single_children(
    values: list[dict[str, str]], provenance: list[dict[str, str]]
) -> None:
    followed = {row["figure"] for row in provenance}
    asked = {row["figure"] for row in values if row["figure"] and row["value"]}
    assert {each.split("/")[0] + "/" + each.split("/")[1] for each in asked - followed} == {"P12/demand"}


def test_no_child_and_no_post_is_shown_by_itself(pack: Pack) -> None:
    ledgers = pack.end.year.ledgers
    people = {record.ref for record in (*ledgers.placement_register, *ledgers.post_register)}
    files = csv_files(pack) | json_files(pack)
    assert len(people) > 200
    for data in files.values():
        words = set(data.decode().replace('"', " ").replace(",", " ").replace("'", " ").split())
        assert not words & people


def test_small_numbers_of_children_are_kept_back(pack: Pack, provenance: list[dict[str, str]]) -> None:
    numbers = [Decimal(row["amount"]) for row in provenance if row["unit"] == "number" and row["amount"]]
    assert numbers
    assert not [number for number in numbers if 0 < number < 5]


# Safe to open ----------------------------------------------------------------------------------------------------


def test_text_like_a_formula_is_text(pack: Pack) -> None:
    bad = replace(pack.sections[0].statements[0].rows[0], label="=cmd|' /C calc'!A0")
    statement = replace(pack.sections[0].statements[0], rows=(bad,))
    risky = replace(pack, sections=(Section("outturn", "Outturn", statements=(statement,)),))
    labels = {row["row_label"] for row in read(csv_files(risky)[f"{NAME}.csv"])}
    assert "'=cmd|' /C calc'!A0" in labels
    assert not [label for label in labels if label.startswith("=")]


# The descriptor --------------------------------------------------------------------------------------------------


def test_the_descriptor_has_the_bytes_and_the_fields_of_every_file(pack: Pack) -> None:
    files = csv_files(pack) | parquet_files(pack) | json_files(pack)
    told = json.loads(descriptor_files(pack, files)[f"{NAME}.datapackage.json"])
    assert [resource["path"] for resource in told["resources"]] == list(files)
    for resource in told["resources"]:
        data = files[resource["path"]]
        assert (resource["bytes"], resource["hash"]) == (len(data), f"sha256:{sha256(data).hexdigest()}")
        if resource["format"] == "csv":
            heading = data.decode().split("\n", 1)[0].split(",")
            assert [field["name"] for field in resource["schema"]["fields"]] == heading
    assert {source["title"] for source in told["sources"]} == {each.name for each in pack.inputs}


def test_the_descriptor_stands_beside_data_and_not_beside_a_page_alone(pack: Pack, tmp_path: Any) -> None:
    assert [path.name for path in write_reports(pack, ["html"], tmp_path / "a", EXAMPLE)] == [f"{NAME}.html"]
    written = write_reports(pack, ["csv", "html"], tmp_path / "b", EXAMPLE)
    assert [path.name for path in written][-1] == f"{NAME}.datapackage.json"
    told = json.loads(written[-1].read_text("utf-8"))
    assert f"{NAME}.html" in [resource["path"] for resource in told["resources"]]


def test_by_command(tmp_path: Any) -> None:
    said = run("report", EXAMPLE, "--format", "csv,json", "--out", tmp_path)
    assert said.code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        f"{NAME}-provenance.csv", f"{NAME}.csv", f"{NAME}.datapackage.json", f"{NAME}.json",
    ]  # fmt: skip
