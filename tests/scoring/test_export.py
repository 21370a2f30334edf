"""The consensus as a zip: every item of every case, with how it came about, and the same bytes for the same data."""

import hashlib
import io
import json
import re
import zipfile
from pathlib import Path
from uuid import uuid4

from django.utils import timezone

from readers.models import AuditEvent
from scoring import export, submission, tabular
from scoring.bundle import tables
from scoring.dossier import AnswerRecord
from scoring.models import Export, ExportState
from studies import covariates
from studies.models import ExamFacts
from studies.permissions import EXPORT, SEE_FACTS, roles_with
from tests import scene
from tests.bundles import bundle, names, read, rows
from tests.cast import client_of
from tests.scoring.conftest import PLACE

ROOT = Path(__file__).resolve().parents[2]


def test_consensus_has_one_row_a_case_and_item_with_both_values(compared):
    table = rows(bundle(compared), "consensus.csv")
    assert len(table) == 2 * 25
    [disputed] = [row for row in table if row["method"] == "adjudicated"]
    assert disputed["item"] == "VB_C4"
    assert {disputed["value_1"], disputed["value_2"]} == {"1", "2"}
    assert disputed["value"] in ("1", "2")
    assert disputed["adjudication_reason"] == "extent"


def test_what_is_unresolved_stays_visible_and_has_no_value(compared):
    table = rows(bundle(compared), "consensus.csv")
    [open_row] = [row for row in table if row["method"] == "unresolved"]
    assert (open_row["item"], open_row["value"]) == ("SP_C7", "")


def test_totals_are_given_for_settled_cases(compared):
    [row] = rows(bundle(compared), "totals.csv")
    assert row["total"] in ("2", "3")
    assert (row["n_scored"], row["n_sites"], row["bme_present"]) == ("19", "19", "1")


def test_readings_name_readers_by_number_only(compared):
    table = rows(bundle(compared), "readings.csv")
    assert {row["reader"] for row in table} == {"R1", "R2"}
    assert len(table) == 4 * 25


def test_zero_not_assessable_and_blank_look_different(study, people):
    [case] = scene.allot(study, people)
    scene.read(case, people, ana={"VB_C4": "artefact"})
    table = rows(bundle(study), "readings.csv")
    written = {(row["value"], row["not_assessable"]) for row in table}
    assert written == {("0", ""), ("", "artefact")}
    blank = tables.said(AnswerRecord("VB_C4", None))
    assert (blank["value"], blank["not_assessable"]) == (None, "")


def test_readings_hold_comments_and_how_many_pins(shown):
    table = rows(bundle(shown), "readings.csv")
    told = {row["item"]: (row["comment"], row["pins"]) for row in table if row["reader"] == "R1"}
    assert (told["VB_C4"], told["VB_C5"], told["VB_C6"]) == (("'=Faint", "1"), ("", "1"), ("", "0"))


def test_pins_say_where_in_the_images(shown):
    table = rows(bundle(shown), "pins.csv")
    assert [(row["reader"], row["item"]) for row in table] == [("R1", "VB_C4"), ("R1", "VB_C5")]
    place = ("series", "slice", "x_mm", "y_mm", "z_mm")
    assert [table[0][name] for name in place] == ["T1 sagittal", "3", "4.5", "-20.25", "31"]


def test_pins_of_a_reading_that_is_not_signed_stay_out_and_the_header_stays(study, people):
    [case] = scene.allot(study, people)
    reading = scene.reading_of(case, people.ana)
    question = submission.find_item(reading, "VB_C4")
    submission.put_pin(reading, question, key=uuid4(), place=PLACE, actor=people.ana, now=timezone.now())
    assert read(bundle(study), "pins.csv") == b"reading,case,reader,item,series,slice,x_mm,y_mm,z_mm\n"


def test_the_page_about_exports_names_every_file(compared):
    page = (ROOT / "docs/export.md").read_text().partition("## Rules of every table")[0]
    told = re.findall(r"^\| `([\w.]+/?)` \|", page, re.MULTILINE)
    at_the_top = {re.sub(r"/.*", "/", name) for name in names(bundle(compared))}
    assert sorted(told) == sorted(at_the_top)


def test_the_codebook_says_what_every_value_means(compared):
    table = rows(bundle(compared), "codebook.csv")
    meanings = {(row["item"], row["value"]): row["meaning"] for row in table}
    assert meanings["VB_C4", "2"] == "34-66 % of the site"
    assert meanings["DG_C5C6", "1"] == "present"


def test_facts_have_one_row_a_case_and_every_column_is_explained(compared):
    for case in compared.cases.all():
        ExamFacts.objects.create(exam=case.exam, age_years=90, sex="F", shifted_day=4711, vendor="GE")
    table = rows(bundle(compared), "facts.csv")
    assert [(row["age_years"], row["days_from_baseline"], row["centre"]) for row in table] == [("90", "0", "")] * 2
    explained = {row["item"] for row in rows(bundle(compared), "codebook.csv") if row["kind"] == "fact"}
    assert {"case", "subject"} | explained == set(table[0])


def test_covariates_have_one_row_a_participant_and_every_column_is_explained(compared, people):
    covariates.enter(compared, table="participant,diagnosis,crp [mg/dl]\nS-01,RA,0.4\nS-02,AS,\n", actor=people.dora)
    made = bundle(compared)
    assert [list(row.values()) for row in rows(made, "covariates.csv")] == [["S-01", "RA", "0.4"], ["S-02", "AS", ""]]
    explained = {row["item"]: row["meaning"] for row in rows(made, "codebook.csv") if row["kind"] == "covariate"}
    assert explained == {"diagnosis": "category", "crp": "mg/dl"}


def test_whoever_exports_may_see_facts():
    assert set(roles_with(EXPORT)) <= set(roles_with(SEE_FACTS))


def test_the_manifest_holds_checksums_counts_versions_and_seed_hash(compared):
    content = bundle(compared)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        for name, told in manifest["files"].items():
            assert hashlib.sha256(archive.read(name)).hexdigest() == told["sha256"]
    assert manifest["instrument"]["reference"] == "cspine-bme-baraliakos@1.0.0"
    assert manifest["instrument"]["status"] == "reconstruction"
    assert manifest["allocations"][0]["seed_sha256"] == compared.sealed_seed.sha256
    compared_of_two = {"cases": 2, "cases_compared": 2, "cases_settled": 1, "consensus_superseded": 0}
    assert manifest["counts"] == {**compared_of_two, "readings_signed": 4}


def test_the_same_data_give_the_same_bytes(compared):
    assert bundle(compared) == bundle(compared)


def test_text_that_a_spreadsheet_would_run_is_quoted():
    assert tabular.harmless("=cmd|' /C calc'!A0") == "'=cmd|' /C calc'!A0"
    assert tabular.harmless("VB_C4") == "VB_C4"
    assert tabular.harmless(-1) == -1


def test_an_export_is_built_once_and_each_download_is_recorded(compared, people):
    asked = export.ask(compared, actor=people.sam)
    export.build(asked, now=timezone.now())
    export.build(asked, now=timezone.now())
    asked.refresh_from_db()
    assert asked.state == ExportState.READY
    assert AuditEvent.objects.filter(action="export.built").count() == 1
    answer = client_of(people.sam).get(f"/api/exports/{asked.code}/file")
    assert hashlib.sha256(b"".join(answer.streaming_content)).hexdigest() == asked.sha256
    assert AuditEvent.objects.filter(action="export.downloaded", actor=people.sam).count() == 1


def test_an_export_left_by_a_dead_worker_is_found_again(compared, people):
    asked = export.ask(compared, actor=people.sam)
    long_ago = timezone.now() - 2 * export.LEASE
    Export.objects.update(state=ExportState.BUILDING, lease_until=long_ago)
    assert list(export.waiting(now=timezone.now())) == [asked]


def test_neither_coordinator_nor_reader_may_export(compared, people):
    for person in (people.dora, people.ana, people.clara, people.eve):
        assert client_of(person).post(f"/api/studies/{compared.code}/exports").status_code == 404
    assert client_of(people.ada).post(f"/api/studies/{compared.code}/exports").status_code == 201
