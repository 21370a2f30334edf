"""The CSV tables of a bundle, and what they all keep to."""

import csv
import json

import pytest

from scoring.bundle import tables, writing
from scoring.bundle.csvs import Csvs
from scoring.dossier import CaseRecord, Header, from_json, line_of
from tests.scoring import made_up_dossier as made_up


def rows(folder, name):
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bundle")
    writing.write(folder, made_up.header(12), made_up.cases(12), chosen=[Csvs()])
    return folder


def test_a_record_is_the_same_after_it_was_json():
    for record in made_up.cases(3):
        assert from_json(CaseRecord, json.loads(line_of(record))) == record
    header = made_up.header()
    assert from_json(Header, json.loads(line_of(header))) == header


def test_a_record_that_an_older_version_wrote_has_defaults():
    stored = json.loads(line_of(made_up.case(0)))
    del stored["superseded"], stored["readings"][0]["asked"]
    assert from_json(CaseRecord, stored) == made_up.case(0)


def test_every_row_has_exactly_the_columns_of_its_table():
    """DictWriter leaves empty what a row does not say: nothing may go missing by a misspelt name."""
    header = made_up.header(1)
    for sheet in tables.of(header):
        for row in [*sheet.of_case(made_up.case(0)), *sheet.of_study(header)]:
            assert set(row) <= set(sheet.names), sheet.name


def test_every_column_of_every_table_is_in_the_codebook(written):
    told = {(row["label"], row["item"]) for row in rows(written, "codebook") if row["kind"] == "column"}
    header = made_up.header()
    used = {(f"{sheet.name}.csv", name) for sheet in tables.of(header) for name in sheet.names}
    assert {one for one in used if one[0] != "codebook.csv"} == told


def test_long_has_readings_and_consensus_under_each_other(written):
    found = rows(written, "long")
    of_first = [row for row in found if row["case"] == "C0000000" and row["item"] == "VB_C2"]
    assert [(row["source"], row["pass"], row["value"]) for row in of_first] == [
        ("reading", "1", "0"), ("reading", "1", "0"), ("reading", "2", "0"), ("reading", "3", "3"),
        ("consensus", "", "0"),
    ]  # fmt: skip


def test_wide_has_one_row_a_case_with_reasons_beside_the_grades(written):
    first, *others = rows(written, "wide")
    assert len(others) == 11
    assert (first["VB_C4"], first["VB_C4_na"], first["VB_C4_r1_na"]) == ("", "artefact", "artefact")
    assert (first["SP_C7"], first["SP_C7_method"], first["cov_diagnosis"]) == ("1.5", "averaged", "AS")


def test_text_that_a_spreadsheet_would_run_is_quoted_and_numbers_are_not(written):
    assert rows(written, "facts")[0]["centre"] == "'=North"
    assert rows(written, "problems")[0]["text"] == "'-faint"
    assert {row["comment"] for row in rows(written, "disputes")} == {"'=1+1 is no formula"}
    assert rows(written, "pins")[0]["y_mm"] == "-20.25"


def test_a_self_check_keeps_both_values_and_says_which_item_was_disputed(written):
    found = [
        (row["item"], row["is_disputed"], row["first_value"], row["second_value"])
        for row in rows(written, "self_checks")
    ]
    assert found == [("AA_C1C2", "1", "2", "3"), ("VB_C2", "0", "0", "3")]


def test_files_are_utf8_without_a_byte_order_mark_and_with_lf(written):
    content = (written / "codebook.csv").read_bytes()
    assert not content.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" not in content


def test_a_table_without_rows_has_its_header(tmp_path):
    writing.write(tmp_path, made_up.header(0), [], chosen=[Csvs()])
    assert (tmp_path / "superseded.csv").read_text() == (
        "case,version,superseded_at,item,value,not_assessable,method\n"
    )
