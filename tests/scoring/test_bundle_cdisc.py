"""Rows after SDTMIG 3.4 (MK, SUPPMK, PR, RELREC) and ADaM against the rules of their columns; XPT files; REDCap."""

import csv
import math
import re
from collections import Counter
from dataclasses import replace

import pandas
import pyreadstat
import pytest

from scoring.bundle import sdtm, writing
from scoring.bundle.adam import ADTOT, Adam
from scoring.bundle.redcap import HEADINGS, Redcap
from scoring.bundle.sdtm import MK, PR, RELREC, SUPPMK, Sdtm
from scoring.bundle.xport import ibm
from scoring.dossier import AdjudicationRecord, DisputeRecord, FinalRecord
from tests.scoring import made_up_dossier as made_up

N = 12
DATA_SETS = {"sdtm/mk": MK, "sdtm/suppmk": SUPPMK, "sdtm/pr": PR, "sdtm/relrec": RELREC, "adam/adtot": ADTOT}


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bundle")
    writing.write(folder, made_up.header(N), made_up.cases(N), chosen=[Sdtm(), Adam(), Redcap()])
    return folder


def rows(folder, name):
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def mk(written):
    return rows(written, "sdtm/mk")


def test_identifiers_are_there_and_sequence_numbers_are_unique_within_a_subject(mk):
    assert {(row["STUDYID"], row["DOMAIN"]) for row in mk} == {("MADEUP", "MK")}
    assert all(row["USUBJID"].startswith("MADEUP-S-") for row in mk)
    places = Counter((row["USUBJID"], row["MKSEQ"]) for row in mk)
    assert set(places.values()) == {1}


def test_codes_have_at_most_eight_letters_and_names_at_most_forty(mk):
    assert {(row["MKTESTCD"], row["MKTEST"]) for row in mk} == {
        ("BMEGRD", "BME Grade"), ("DEGIND", "Degenerative Change Indicator"),
    }  # fmt: skip
    for dataset in DATA_SETS.values():
        for one in dataset.variables:
            assert re.fullmatch(r"[A-Z][A-Z0-9]{0,7}", one.name)
            assert len(one.label) <= 40
            assert one.length <= 200


def test_a_result_is_in_words_and_as_a_number_or_not_done_with_a_reason(mk):
    for row in mk:
        if row["MKSTAT"]:
            assert row["MKSTAT"] == "NOT DONE"
            assert row["MKREASND"]
            assert (row["MKORRES"], row["MKSTRESC"], row["MKSTRESN"]) == ("", "", "")
        elif row["MKTESTCD"] == "DEGIND":
            assert (row["MKSTRESC"], row["MKSTRESN"]) in (("Y", ""), ("N", ""))
        else:
            assert row["MKSTRESC"] == row["MKSTRESN"] != ""
            assert row["MKORRES"]
    assert {row["MKREASND"] for row in mk} == {"", "ARTEFACT", "IMAGE QUALITY TOO LOW"}


def test_who_said_it_is_an_assessor_by_number_or_a_derivation(mk):
    assert {(row["MKEVAL"], row["MKEVALID"], row["MKDRVFL"]) for row in mk} == {
        ("INDEPENDENT ASSESSOR", "READER 1", ""), ("INDEPENDENT ASSESSOR", "READER 2", ""), ("", "", "Y"),
    }  # fmt: skip
    assert {row["MKMETHOD"] for row in mk} == {"MRI"}
    assert {row["VISIT"] for row in mk} == {"BASELINE"}


def test_repeats_and_self_checks_stay_out(mk):
    assert not {"T0000000", "U0000000"} & {row["MKLNKGRP"] for row in mk}


def test_the_total_is_not_in_mk_but_in_adtot(mk, written):
    assert not [row for row in mk if "TOT" in row["MKTESTCD"]]
    totals = [row for row in rows(written, "adam/adtot") if row["PARAMCD"] == "BMETOT"]
    by = {(row["REFID"], row["EVALID"]): row for row in totals}
    assert len(by) == len(totals) == 3 * N
    assert (by["C0000000", "READER 1"]["AVAL"], by["C0000000", "CONSENSUS"]["AVAL"]) == ("22", "21.5")
    assert {row["EVALID"] for row in totals if row["ANL01FL"] == "Y"} == {"CONSENSUS"}


def test_a_total_that_is_not_computable_is_empty_with_what_was_observed(tmp_path):
    case = made_up.case(1)
    lost = tuple(replace(it, value=None, not_assessable="artefact") for it in case.consensus.final[:5])
    final = (*lost, *case.consensus.final[5:])
    case = replace(case, consensus=replace(case.consensus, final=final))
    writing.write(tmp_path, made_up.header(1), [case], chosen=[Adam()])
    [row] = [row for row in rows(tmp_path, "adam/adtot") if row["EVALID"] == "CONSENSUS" and row["PARAMCD"] == "BMETOT"]
    assert (row["AVAL"], row["NSCORED"], row["NSITES"]) == ("", "14", "19")
    assert row["OBSSUM"] != ""


def test_exactly_one_record_of_each_settled_item_is_accepted(mk, written):
    named = {(row["USUBJID"], row["MKSEQ"]): row for row in mk}
    supp = rows(written, "sdtm/suppmk")
    assert {(row["RDOMAIN"], row["IDVAR"]) for row in supp} == {("MK", "MKSEQ")}
    accepted = [named[row["USUBJID"], row["IDVARVAL"]] for row in supp if row["QNAM"] == "MKACPTFL"]
    counted = Counter((row["MKREFID"], row["MKTESTCD"], row["MKLOC"]) for row in accepted)
    assert len(counted) == N * len(made_up.ITEMS)
    assert set(counted.values()) == {1}


def case_with(dispute, final, **adjudication):
    """One disputed item, decided some way."""
    case = made_up.case(1)
    decided = AdjudicationRecord("A1", "ADJ1", "signed", disputes=(dispute,), **adjudication)
    others = tuple(it for it in case.consensus.final if it.item != final.item)
    return replace(case, adjudications=(decided,), consensus=replace(case.consensus, final=(final, *others)))


def of_item(case, item):
    """Who said what of an item, and which of it is accepted."""
    location = {one.code: sdtm.terms.location_of(one) for one in made_up.ITEMS}[item]
    found = [(row, final) for row, final in sdtm.records(made_up.header(), case) if row["MKLOC"] == location]
    return [(row.get("MKEVALID", "DERIVED"), row.get("MKSTRESN"), final is not None) for row, final in found]


def answers(case, item):
    return [reading.grades[item] for reading in case.standing]


def test_the_reading_that_was_picked_is_the_accepted_one():
    left, right = made_up.case(1).standing
    dispute = DisputeRecord("VB_C5", left.code, right.code, choice="right", grade=2, reason="extent")
    case = case_with(dispute, FinalRecord("VB_C5", right.grades["VB_C5"], "", "adjudicated", picked=right.code))
    assert [flag for _, _, flag in of_item(case, "VB_C5")] == [False, True]


def test_an_adjudicators_own_answer_is_a_record_of_its_own():
    left, right = made_up.case(1).standing
    dispute = DisputeRecord("VB_C5", left.code, right.code, choice="other", grade=3, reason="extent")
    case = case_with(dispute, FinalRecord("VB_C5", 3, "", "adjudicated"))
    assert of_item(case, "VB_C5")[2] == ("ADJUDICATOR 1", 3, True)


def test_a_median_that_nobody_gave_is_derived():
    left, right = made_up.case(1).standing
    dispute = DisputeRecord("VB_C5", left.code, right.code, own_grade=3, own_at=made_up.DECIDED_AT)
    case = case_with(dispute, FinalRecord("VB_C5", 2.5, "", "closest_two"), mode="closest_two")
    assert of_item(case, "VB_C5")[2:] == [("ADJUDICATOR 1", 3, False), ("DERIVED", 2.5, True)]


def test_a_sham_never_counts():
    left, right = made_up.case(1).standing
    agreed = answers(made_up.case(1), "AA_C1C2")[0]
    dispute = DisputeRecord("AA_C1C2", left.code, right.code, choice="other", grade=3, reason="extent")
    case = case_with(dispute, FinalRecord("AA_C1C2", agreed, "", "agreed"), is_sham=True)
    assert [who for who, _, _ in of_item(case, "AA_C1C2")] == ["READER 1", "READER 2"]


def test_what_nobody_decided_has_no_accepted_record():
    left, right = made_up.case(1).standing
    dispute = DisputeRecord("VB_C5", left.code, right.code)
    case = case_with(dispute, FinalRecord("VB_C5", None, "", "unresolved"))
    assert not any(flag for _, _, flag in of_item(case, "VB_C5"))


def test_relrec_links_records_to_a_procedure_that_is_there(mk, written):
    related = [(row["RDOMAIN"], row["IDVAR"], row["RELTYPE"], row["RELID"]) for row in rows(written, "sdtm/relrec")]
    assert related == [("MK", "MKREFID", "MANY", "MKPR"), ("PR", "PRREFID", "ONE", "MKPR")]
    procedures = Counter(row["PRREFID"] for row in rows(written, "sdtm/pr"))
    assert set(procedures) == {row["MKREFID"] for row in mk}
    assert set(procedures.values()) == {1}


@pytest.mark.parametrize("name", DATA_SETS)
def test_a_transport_file_says_what_the_csv_says(written, name):
    table, meta = pyreadstat.read_xport(written / f"{name}.xpt")
    expected = rows(written, name)
    assert list(table.columns) == list(expected[0])
    assert meta.table_name == DATA_SETS[name].name
    for column in table.columns:
        given = [row[column] for row in expected]
        if pandas.api.types.is_numeric_dtype(table[column]):
            assert ["" if math.isnan(one) else f"{one:g}" for one in table[column]] == given
        else:
            assert table[column].tolist() == given
    labels = {one.name: one.label for one in DATA_SETS[name].variables}
    assert meta.column_names_to_labels == labels


@pytest.mark.parametrize(
    ("value", "expected"),  # IBM System/360 Principles of Operation: 1 is 41 10.., 118.625 is 42 76A0
    [(0, "0000000000000000"), (1, "4110000000000000"), (-118.625, "C276A00000000000"), (0.5, "4080000000000000")],
)
def test_ibm_floating_point(value, expected):
    assert ibm(value).hex().upper() == expected


def test_the_columns_file_describes_every_variable(written):
    told = {(row["dataset"], row["variable"]) for row in rows(written, "sdtm/columns")}
    assert told == {(dataset.name, one.name) for dataset in (MK, SUPPMK, PR, RELREC) for one in dataset.variables}


def test_the_redcap_dictionary_names_every_field_of_the_data_once(written):
    with (written / "redcap/redcap_dictionary.csv").open(newline="") as file:
        dictionary = list(csv.DictReader(file))
    assert tuple(dictionary[0]) == HEADINGS
    names = [row["Variable / Field Name"] for row in dictionary]
    with (written / "redcap/redcap_data.csv").open(newline="") as file:
        header = next(csv.reader(file))
    assert (names[0], sorted(names)) == ("record_id", sorted(header))
    assert all(re.fullmatch(r"[a-z][a-z0-9_]{0,25}", name) for name in names)
    forms = [row["Form Name"] for row in dictionary]
    assert forms == sorted(forms, key=["consensus", "reader_1", "reader_2", "exam"].index)


def test_every_redcap_choice_in_the_data_is_one_of_the_dictionary(written):
    with (written / "redcap/redcap_dictionary.csv").open(newline="") as file:
        fields = {row["Variable / Field Name"]: row for row in csv.DictReader(file)}
    radios = [name for name, row in fields.items() if row["Field Type"] == "radio"]
    assert len(radios) == 2 * len(made_up.ITEMS)
    with (written / "redcap/redcap_data.csv").open(newline="") as file:
        data = list(csv.DictReader(file))
    for name in radios:
        choices = [
            one.partition(", ")[0] for one in fields[name]["Choices, Calculations, OR Slider Labels"].split(" | ")
        ]
        assert {row[name] for row in data} <= set(choices), name
    assert (data[0]["vb_c4_r1"], data[0]["sp_c7"]) == ("901", "1.5")
