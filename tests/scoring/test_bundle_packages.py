"""SPSS, Stata and Parquet files, read back by other programs with labels and missing codes intact; and the R script."""

import re

import pandas
import pyreadstat
import pytest

from scoring.bundle import writing
from scoring.bundle.coding import SEVERAL, UNRESOLVED, Coding
from scoring.bundle.csvs import Csvs
from scoring.bundle.load_r import LoadR
from scoring.bundle.naming import fitting
from scoring.bundle.packages import Packages
from scoring.bundle.parquet import Parquet
from scoring.dossier import FinalRecord
from tests.scoring import made_up_dossier as made_up

N = 12
GRADES = {0: "none", 1: "1-33 % of the site", 2: "34-66 % of the site", 3: "67-100 % of the site"}


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bundle")
    chosen = [Csvs(), LoadR(), Parquet(), Packages()]
    writing.write(folder, made_up.header(N), made_up.cases(N), chosen=chosen)
    return folder


def test_spss_has_value_labels_and_a_missing_range(written):
    table, meta = pyreadstat.read_sav(written / "wide.sav", user_missing=True)
    assert (len(table), table.loc[0, "VB_C4"], table.loc[0, "SP_C7"]) == (N, 901, 1.5)
    labels = meta.variable_value_labels["VB_C4_r1"]
    assert {code: labels[code] for code in GRADES} == GRADES
    assert labels[901] == "Not assessable: Artefact"
    assert meta.missing_ranges["VB_C4"] == [{"lo": 901, "hi": 999}]
    assert meta.column_names_to_labels["VB_C4"] == "BME at vertebral body C4"
    assert meta.variable_value_labels["DG_C2C3"][1] == "present"


def test_spss_takes_the_codes_for_missing(written):
    table, _ = pyreadstat.read_sav(written / "wide.sav")
    assert pandas.isna(table.loc[0, "VB_C4"])
    assert table["VB_C4"].max() <= 3


def test_spss_read_by_pandas_has_the_grades_as_categories(written):
    table = pandas.read_spss(written / "wide.sav")
    assert set(table["VB_C4"].dropna()) <= set(GRADES.values())


def test_stata_has_value_labels_and_extended_missing_values(written):
    table, meta = pyreadstat.read_dta(written / "wide.dta", user_missing=True)
    assert (len(table), table.loc[0, "VB_C4"], table.loc[0, "SP_C7"]) == (N, "a", 1.5)
    labels = meta.variable_value_labels["VB_C4"]
    assert {code: labels[code] for code in GRADES} == GRADES
    assert (labels["a"], labels["z"]) == ("Not assessable: Artefact", "Unresolved: nobody decided")
    assert meta.column_names_to_labels["total"].startswith("Total, 0 to 57")


def test_stata_read_by_pandas_knows_which_missing_value_it_is(written):
    table = pandas.read_stata(written / "wide.dta", convert_missing=True, convert_categoricals=False)
    assert str(table.loc[0, "VB_C4"]) == ".a"
    assert pandas.isna(pandas.read_stata(written / "wide.dta", convert_categoricals=False).loc[0, "VB_C4"])


def test_parquet_says_what_the_csv_says_with_types(written):
    typed = pandas.read_parquet(written / "wide.parquet")
    text = pandas.read_csv(written / "wide.csv", keep_default_na=False, na_values=[""])
    assert list(typed.columns) == list(text.columns)
    assert typed["total"].tolist() == text["total"].tolist()
    assert typed["VB_C4_na"].isna().tolist() == text["VB_C4_na"].isna().tolist()
    assert len(pandas.read_parquet(written / "long.parquet")) == len(pandas.read_csv(written / "long.csv"))


def test_all_packages_have_the_same_numbers(written):
    spss, _ = pyreadstat.read_sav(written / "wide.sav")
    stata = pandas.read_stata(written / "wide.dta", convert_categoricals=False)
    typed = pandas.read_parquet(written / "wide.parquet")
    for name in ("VB_C5", "FJ_C2C3_r2", "total", "cov_crp"):
        assert spss[name].fillna(-1).tolist() == stata[name].fillna(-1).tolist() == typed[name].fillna(-1).tolist()


@pytest.mark.parametrize("name", ["wide.sav", "wide.dta", "wide.parquet"])
def test_no_library_signs_a_file_with_a_version_or_a_clock(written, name):
    content = (written / name).read_bytes()
    for stamp in (b"parquet-cpp-arrow", b"2026", pandas.Timestamp.now().strftime("%d %b %y").encode()):
        assert stamp not in content


def test_a_reason_no_one_reader_gave_has_a_code_of_its_own():
    coding = Coding(made_up.header())
    assert coding.of_final(FinalRecord("VB_C4", None, "artefact + other", "agreed")) == SEVERAL
    assert coding.of_final(FinalRecord("VB_C4", None, "", "unresolved")) == UNRESOLVED
    assert coding.of_final(None) == UNRESOLVED
    assert coding.of_final(FinalRecord("VB_C4", 0, "", "agreed")) == 0


def test_names_fit_and_stay_apart():
    names = fitting(["a" * 40, "a" * 41, "2 x", "Ärger", "A" * 40], longest=32)
    assert len({name.lower() for name in names.values()}) == 5
    assert all(re.fullmatch(r"[A-Za-z]\w{0,31}", name, re.ASCII) for name in names.values())


def test_the_r_script_uses_columns_that_are_there(written):
    script = (written / "load.R").read_text()
    loaded = re.findall(r'^(\w+) <- read_table_of\("(\w+)", c\(\n(.*?)\n\)\)', script, re.MULTILINE | re.DOTALL)
    assert {file for _, file, _ in loaded} == {path.stem for path in written.glob("*.csv")}
    for variable, file, types in loaded:
        assert variable == file
        header = (written / f"{file}.csv").read_text().partition("\n")[0].split(",")
        assert re.findall(r'^  "(\w+)" = "[cid]"', types, re.MULTILINE) == header
    wide = (written / "wide.csv").read_text().partition("\n")[0].split(",")
    assert set(re.findall(r'factor\(wide\[\["(\w+)"\]\]', script)) == {item.code for item in made_up.ITEMS}
    assert {item.code for item in made_up.ITEMS} <= set(wide)
    assert script.count("(") == script.count(")")
