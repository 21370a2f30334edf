"""The whole story in Chromium: Dora imports and assigns, Ana and Ben read, Clara decides, Ada exports.

Played on synthetic necks, and on a real study where one is there. Everything is real: the web server, the worker, beat,
PostgreSQL, the broker, the browser.
"""

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from demo.cases import CASES
from demo.phantom import Lesion, simulate, write_dicom
from readers.models import User
from scoring import allocation, locking
from scoring.models import Consensus, FinalScore, Reading
from studies.models import Case, Study
from tests import cast, real, scene
from tests.browser.desk import Desk, comes_to_be
from tests.stack import wait_until
from tests.traces import strings_in, traces


@pytest.fixture
def dora(desk, capsys) -> Desk:
    """Dora at her desk, signed in with the password she chose at her first sign-in."""
    call_command("make_account", "dora", "Dora Duarte", coordinator=True)
    temporary = capsys.readouterr().out.split()[1]
    dora = desk("dora")
    dora.signs_in_for_the_first_time(temporary)
    return dora


@pytest.fixture
def ada(desk, capsys) -> Desk:
    """Ada, who administers."""
    call_command("make_account", "ada", "Ada Adler", administrator=True)
    temporary = capsys.readouterr().out.split()[1]
    ada = desk("ada")
    ada.signs_in_for_the_first_time(temporary)
    return ada


def joins(dora: Desk, desk, study: str, username: str, full_name: str, role: str) -> Desk:
    """Dora adds a person, who signs in and chooses a password."""
    temporary = dora.adds(study, username, full_name, role)
    newcomer = desk(username)
    newcomer.signs_in_for_the_first_time(temporary)
    return newcomer


@pytest.fixture
def necks(tmp_path) -> Path:
    """A folder with two synthetic necks and a file that is no image."""
    folder = tmp_path / "exported"
    for case in CASES[:2]:
        phantom = simulate(case.seed, [Lesion.parse(text) for text in case.lesions], size=192, n_slices=9)
        write_dicom(phantom, folder / case.subject, subject=case.subject)
    (folder / "readme.txt").write_text("not an image")
    return folder


def test_from_a_folder_of_dicom_to_a_consensus(dora, ada, desk, necks, stack, tmp_path):
    study = dora.opens_a_study("Neck pain and marrow")
    ana = joins(dora, desk, study, "ana", "Ana Almeida", "Reader")
    ben = joins(dora, desk, study, "ben", "Ben Berger", "Reader")
    clara = joins(dora, desk, study, "clara", "Clara Conti", "Adjudicator")

    # Dora drops the folder: every image is imported, what is none is refused, and said why
    dora.drops(study, necks)
    dora.sees("This is not a DICOM file.")

    # nobody gets a case that no person has looked at: Dora sees every slice of both, and accepts them
    unchecked = Case.objects.filter(study__code=study, state="to_check")
    wait_until(lambda: unchecked.count() == 2, seconds=60, told=stack.told)
    dora.checks_every_case(study)
    assert Case.objects.filter(study__code=study, state="ready").count() == 2
    dora.assigns(study)

    # Ana sees positions and codes, nothing else; STIR hangs left, T1 right, both at the same place of the patient
    ana.goes_to("/worklist")
    ana.sees("0 of 2 signed")
    ana.opens_the_next_reading()
    assert (ana.pane("left", "role"), ana.pane("right", "role")) == ("STIR", "T1")
    before = ana.pane("left", "slice-mm")
    assert before == ana.pane("right", "slice-mm")
    assert ana.pane("left", "mm-per-pixel") == ana.pane("right", "mm-per-pixel")
    ana.types("ArrowDown ArrowDown")
    for side in ("left", "right"):
        expect(ana.page.get_by_test_id(f"pane-{side}")).not_to_have_attribute("data-slice-mm", before)
    comes_to_be(True, lambda: ana.pane("left", "slice-mm") == ana.pane("right", "slice-mm"))

    # a reload loses nothing, and while a comment is being typed the browser asks first
    ana.types("0")
    ana.waits_until_saved()
    ana.types("e")
    ana.page.keyboard.type("Faint.")
    with ana.page.expect_event("dialog", lambda asked: asked.type == "beforeunload") as asked:
        ana.page.evaluate("setTimeout(() => location.reload())")
    asked.value.dismiss()
    ana.types("Enter")
    expect(ana.page.get_by_test_id("has-comment")).to_be_visible()
    ana.waits_until_saved()
    ana.page.reload()
    ana.waits_for_images()
    expect(ana.page.get_by_test_id("score-AA_C1C2")).to_have_attribute("data-value", "0")
    expect(ana.page.get_by_test_id("has-comment")).to_have_attribute("title", "Faint.")

    # an incomplete reading is refused with the missing sites named
    ana.types("Control+Enter")
    expect(ana.page.get_by_role("dialog")).to_contain_text("BME at vertebral body C4")
    ana.types("Escape")

    # both read both cases by keys alone, and differ at one site of each
    for reader, grade in ((ana, 1), (ben, 2)):
        for _ in range(2):
            reader.opens_the_next_reading()
            reader.scores({"VB_C5": grade, "SP_C7": 1})
            reader.signs()
    assert Reading.objects.filter(state="signed").count() == 4

    # the worker has compared; Clara sees one disputed site a case, two values and no name
    wait_until(lambda: Consensus.objects.count() == 2, seconds=60, told=stack.told)
    for _ in range(2):
        clara.decides("left")
        assert "Ana" not in clara.page.content()
        assert "Ben" not in clara.page.content()
    assert Consensus.objects.filter(state="settled").count() == 2

    # Dora watches completion, locks the study, and sees agreement with the number of cases it comes from
    dora.goes_to(f"/studies/{study}")
    expect(dora.page.get_by_role("img", name="Ana Almeida: signed")).to_have_count(2)
    expect(dora.page.get_by_role("img", name="Consensus settled")).to_have_count(2)
    locks = User.objects.get(username="dora")
    locking.lock(Study.objects.get(code=study), reason="All is read.", actor=locks, now=timezone.now())
    dora.goes_to(f"/studies/{study}/agreement")
    dora.sees("2 cases")

    # Ada downloads the consensus
    ada.goes_to(f"/studies/{study}/export")
    ada.presses("Build an export")
    with ada.page.expect_download() as download:
        ada.page.get_by_role("link", name="Download").first.click()
    download.value.save_as(tmp_path / "export.zip")
    with zipfile.ZipFile(tmp_path / "export.zip") as archive:
        rows = list(csv.DictReader(io.StringIO(archive.read("consensus.csv").decode())))
        manifest = json.loads(archive.read("manifest.json"))
    assert len(rows) == 50
    assert {row["method"] for row in rows if row["item"] == "VB_C5"} == {"adjudicated"}
    assert {row["value"] for row in rows if row["item"] == "SP_C7"} == {"1"}
    assert manifest["counts"]["cases_settled"] == 2

    # a reader who asks for what is not theirs finds nothing
    assert ana.page.request.get(f"{ana.address}/api/studies/{study}/agreement").status == 404


def test_a_normal_case_takes_27_presses_from_opening_to_signed(desk, stack, necks):
    """25 grades of 0, each of which leads to the next site; Ctrl+Enter for the review; Enter after the password."""
    people = cast.invite()
    study = cast.open_study(people)
    call_command("import_dicom", study.code, str(necks), stdout=io.StringIO())
    scene.accept(Case.objects.filter(study=study).first())
    allocation.allot(study, actor=people.dora)
    ana = desk("ana")
    ana.signs_in()
    ana.sees("0 of 1 signed")
    ana.opens_the_next_reading()
    ana.counts()
    ana.scores({})
    ana.signs_by_keys()
    assert ana.pressed == ["0"] * 25 + ["Enter"] * 2
    assert ana.pointed == []
    reading = Reading.objects.get(reader=people.ana)
    assert reading.state == "signed"
    assert set(reading.scores.values_list("grade", flat=True)) == {0}


def test_a_real_study_is_read_in_the_browser(dora, desk, stack, data_folder):
    """Hitachi AIRIS Vento, 67 slices in five series, on a patient CD with a DICOMDIR and Japanese names."""
    folder = real.folder("hitachi-lspine-stir-t1-t2")
    said_before = {string for string, _ in traces(strings_in(folder / "DCMDT"), folder=data_folder, log="")}
    study = dora.opens_a_study("A real study")
    ana = joins(dora, desk, study, "ana", "Ana Almeida", "Reader")
    ben = joins(dora, desk, study, "ben", "Ben Berger", "Reader")
    clara = joins(dora, desk, study, "clara", "Clara Conti", "Adjudicator")
    dora.drops(study, folder)
    wait_until(Case.objects.filter(study__code=study, state="to_check").exists, seconds=60, told=stack.told)
    dora.checks_every_case(study)
    assert Case.objects.get(study__code=study).state == "ready"
    dora.assigns(study)
    for reader, grade in ((ana, 3), (ben, 2)):
        reader.opens_the_next_reading()
        assert (reader.pane("left", "role"), reader.pane("right", "role")) == ("STIR", "T1")
        assert reader.pane("left", "slice-mm") == reader.pane("right", "slice-mm")
        reader.scores({"VB_C3": grade})
        reader.signs()
    wait_until(lambda: Consensus.objects.exists(), seconds=60, told=stack.told)
    clara.decides("left")
    assert Consensus.objects.get().state == "settled"
    assert FinalScore.objects.get(item__code="VB_C3").grade in (2, 3)

    # of the patient there is no trace: not in a table, not on disk, not in a log, not on a page
    strings = strings_in(folder / "DCMDT") - said_before
    ana.goes_to("/worklist")
    ana.sees("1 of 1 signed")
    pages = "".join(one.page.content() for one in (ana, ben, clara, dora))
    found = set(traces(strings, folder=data_folder, log=stack.told() + pages))
    kept = {("Hitachi", "studies_examfacts"), ("Hitachi", "readers_auditevent")}
    assert found <= kept, "the vendor alone is kept, where no reader looks"
