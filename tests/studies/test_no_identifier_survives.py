"""120 kinds of identifiers go in, in files of seven scanners; none is in a table, file, log, answer or export.

The files come the way they come in life: loose, damaged, zipped under telling names, twice. Then the case is checked,
read, settled and exported, and every door is opened as everybody.
"""

import io
import zipfile

import pytest
from django.utils import timezone

from scoring import allocation, export, reliability
from studies import machines, storage
from studies.dicom import quiet
from studies.models import Case, Instance, Verdict
from tests import canaries, scene
from tests.dicom import zipped
from tests.test_blinding import everything_said_to
from tests.traces import every_file, every_table

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def files() -> dict[str, dict[str, bytes]]:
    with quiet():
        return {vendor: canaries.files(vendor) for vendor in canaries.VENDORS}


@pytest.fixture
def world(study, people, imported, files, settings, caplog, capfd):
    """A study with images of all seven scanners, read to its end; and what was logged meanwhile."""
    settings.DICOMWEB = True
    with caplog.at_level("DEBUG"):
        for made in files.values():
            damaged = [content[: len(content) // 2] for content in made.values()]
            imported(study, people.dora, [*made.values(), *damaged, zipped(made)])
        case = scene.accept(Case.objects.get())
        machines.make(study, name="pacs", may_store=True, may_fetch=True, actor=people.dora)
        allocation.allot(study, actor=people.dora)
        scene.read(case, people, ana={"VB_C4": 2}, ben={"VB_C4": 2})
        reliability.compute(study, now=timezone.now())
        export.build(export.ask(study, actor=people.sam), now=timezone.now())
    study.said = caplog.text + "".join(capfd.readouterr())
    return study


def planted_in(places: dict[str, bytes]) -> dict[str, list[str]]:
    """Which canaries stand where."""
    return {place: kinds for place, content in places.items() if (kinds := canaries.found(content))}


def test_the_images_themselves_arrive(world, files):
    n_slices = Instance.objects.count()
    assert n_slices == 6 * len(files)
    assert set(world.uploads.first().files.values_list("verdict", flat=True)) == set(Verdict) - {Verdict.PENDING}


def test_nothing_is_left_in_a_table(world):
    assert planted_in({name: text.encode() for name, text in every_table().items()}) == {}


def test_nothing_is_left_on_the_disk(world, data_folder):
    found = every_file(data_folder)
    assert found
    assert planted_in(found) == {}
    assert planted_in({name: name.encode() for name in found}) == {}
    assert storage.quarantined() == []


def test_nothing_was_logged(world):
    assert planted_in({"log": world.said.encode()}) == {}


@pytest.mark.parametrize("name", ["dora", "ana", "sam", "ada"])
def test_nothing_is_said_to_anybody(world, people, name):
    told = everything_said_to(getattr(people, name), world, methods=("get",))
    said = {f"{path} {status}": text.encode("latin-1", "replace") for _, path, status, text in told}
    assert len([one for one in said if one.endswith(" 200")]) >= 3
    assert planted_in(said) == {}


def test_nothing_is_exported(world, people):
    made = world.exports.get()
    with zipfile.ZipFile(io.BytesIO(storage.get(made.sha256))) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    assert len(contents) >= 4
    assert planted_in(contents) == {}
