"""After an import no name, number, date, UID or file name is anywhere: not in a table, not on disk, not in a log."""

import gzip
import io
import re

import pytest
from django.core.management import call_command
from django.db import connection
from pydicom import dcmread

from studies import planes
from studies.models import Case, CaseState, Instance, Upload
from tests import dicom, real

pytestmark = pytest.mark.django_db

TEXT_KINDS = ("LO", "SH", "PN", "LT", "ST", "UT", "UC", "DA", "TM", "DT", "UI", "AE", "UR")
# Words that Dens itself writes or that are too short to mean anything; everything else of a header must be gone.
DENS_OWN_WORDS = {"MONOCHROME2", "ORIGINAL", "PRIMARY"}


def every_table() -> dict[str, str]:
    """Each table of the database as text."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        return {name: rows(cursor, name) for name in names}


def rows(cursor, name: str) -> str:
    cursor.execute(f"SELECT coalesce(string_agg(t::text, chr(10)), '') FROM \"{name}\" t")
    return str(cursor.fetchone()[0])


def every_file(folder) -> dict[str, bytes]:
    """Each file of the data folder with its path, and once more unpacked where it is packed."""
    found = {}
    for path in folder.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        found[str(path.relative_to(folder))] = content
        if content.startswith(b"\x1f\x8b"):
            found[f"{path.name} unpacked"] = gzip.decompress(content)
    return found


def traces(strings, *, folder, log: str) -> list[tuple[str, str]]:
    """Where any of the strings is found: (string, place), in text of any encoding a scanner writes."""
    tables, files = every_table(), every_file(folder)
    found = [(string, table) for string in strings for table, text in tables.items() if string in text]
    found += [(string, "log") for string in strings if string in log]
    for string in strings:
        forms = {string.encode(code, "ignore") for code in ("utf-8", "shift_jis", "iso2022_jp", "euc_jp")}
        found += [(string, name) for name, content in files.items() if string in name]
        found += [(string, name) for name, content in files.items() if any(form in content for form in forms if form)]
    return found


def strings_of(dataset) -> set[str]:
    """Every text, date and UID of a header, also inside sequences and private elements, and each part of a name."""
    found: set[str] = set()
    for element in dataset.iterall():
        if element.VR in TEXT_KINDS:
            values = element.value if element.VM > 1 else [element.value]
            for value in values:
                found |= {str(value).strip(), *re.split(r"[\^= ]+", str(value))}
    return {word for word in found if is_telling(word)}


def strings_in(folder) -> set[str]:
    """The telling strings of a folder of files, and the names of the files."""
    paths = sorted(folder.iterdir())
    headers = [dcmread(path, stop_before_pixels=True) for path in paths[::5]]
    return set().union({path.name for path in paths}, *(strings_of(header) for header in headers))


def is_telling(word: str) -> bool:
    """Whether a word could name somebody: too long to stand anywhere by chance, and no number of physics."""
    if any(ord(letter) > 0x2000 for letter in word):
        return len(word) >= 2
    if re.fullmatch(r"[-+.\d]+", word):
        return len(word.strip("-+.")) >= 6 and float_free(word)
    return len(word) >= 6 and word not in DENS_OWN_WORDS


def float_free(word: str) -> bool:
    """Dates, hospital numbers and UIDs; not 0.68359375."""
    return word.count(".") != 1


def test_no_canary_survives_an_import(study, people, imported, data_folder, caplog):
    with caplog.at_level("DEBUG"):
        damaged = dicom.part10(dicom.image(index=9))[:900]
        imported(study, people.dora, [dicom.zipped({"Kanarienvogel": damaged, **dicom.exam()}), damaged])
    assert Case.objects.get().state == CaseState.READY
    assert traces(dicom.CANARIES, folder=data_folder, log=caplog.text) == []


def test_the_search_finds_a_canary_that_did_survive(study, people, imported, data_folder):
    """Or the test above could not fail."""
    imported(study, people.dora, dicom.exam().values(), subject="Piepmatz")
    (data_folder / "store" / "left").write_bytes("木下".encode("shift_jis"))
    (data_folder / "store" / "packed").write_bytes(gzip.compress(b"..Dr Canary.."))
    found = traces(["Piepmatz", "木下", "Dr Canary"], folder=data_folder, log="")
    assert ("Piepmatz", "studies_subject") in found
    assert ("木下", "store/left") in found
    assert ("Dr Canary", "packed unpacked") in found


def test_a_real_study_makes_a_case_and_leaves_no_trace_of_its_patient(study, people, data_folder, caplog, capfd):
    folder = real.folder("hitachi-lspine-stir-t1-t2")
    strings = strings_in(folder / "DCMDT")
    said_before = traces(strings, folder=data_folder, log="")  # "normal" stands in the instrument, too
    with caplog.at_level("DEBUG"):
        call_command("import_dicom", study.code, str(folder / "DCMDT"), stdout=io.StringIO())
    case = Case.objects.get()
    assert case.state == CaseState.READY
    assert sorted(case.exam.series.values_list("role", "plane")) == [
        ("STIR", "sagittal"),
        ("T1", "axial"),
        ("T1", "sagittal"),
        ("T2", "axial"),
        ("T2", "sagittal"),
    ]
    found = traces(strings, folder=data_folder, log=caplog.text + capfd.readouterr().err)
    assert [trace for trace in found if trace not in said_before] == []


def test_the_strings_looked_for_are_the_telling_ones():
    strings = strings_in(real.folder("hitachi-lspine-stir-t1-t2") / "DCMDT")
    header = dcmread(real.folder("hitachi-lspine-stir-t1-t2") / "DCMDT" / "D0000056", stop_before_pixels=True)
    told = ("PatientID", "PatientBirthDate", "StudyInstanceUID", "StudyDate", "InstitutionName")
    assert {str(header[keyword].value) for keyword in told} <= strings
    kanji = [part for part in re.split(r"[\^= ]+", str(header.PatientName)) if ord(part[:1] or " ") > 0x2E80]
    assert len(kanji) >= 2
    assert set(kanji) <= strings


def test_nothing_but_planes_is_on_disk(study, people, imported, data_folder):
    imported(study, people.dora, [b"no image", dicom.zipped(dicom.exam())])
    kept = {path.name for path in data_folder.rglob("*") if path.is_file()}
    assert kept == set(Instance.objects.values_list("plane_sha256", flat=True))
    one = Instance.objects.select_related("series").first()
    content = next(data_folder.rglob(one.plane_sha256)).read_bytes()
    series = one.series
    assert planes.encode(planes.decode(content, rows=series.rows, columns=series.columns, is_signed=False)) == content


def test_no_file_name_and_no_original_number_is_kept(study, people, imported):
    upload = imported(study, people.dora, [dicom.zipped({"Piepmatz/IM-0001.dcm": b"x"})])
    assert "IM-0001" not in str(list(upload.files.values())) + str(Upload.objects.values().get())
