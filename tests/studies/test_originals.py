"""Originals are destroyed after an import, unless the study keeps them: then nobody but a key holder can read them."""

import pyrage
import pytest

from readers.errors import Refusal
from scoring import charter
from studies import storage
from tests import dicom
from tests.cast import INSTRUMENT

pytestmark = pytest.mark.django_db


@pytest.fixture
def key(settings):
    """The private key of whoever may open sealed originals; the server knows the public one."""
    identity = pyrage.x25519.Identity.generate()
    settings.ESCROW_RECIPIENT = str(identity.to_public())
    return identity


def keeping_study(people):
    return charter.found_study(title="Keeps", instrument=INSTRUMENT, actor=people.dora, keeps_originals=True)


def test_originals_are_destroyed(study, people, imported, data_folder):
    imported(study, people.dora, dicom.exam().values())
    assert storage.quarantined() == []
    assert not (data_folder / "sealed").exists()


def test_a_study_that_keeps_originals_seals_them(people, imported, data_folder, key):
    files = list(dicom.exam(n=3).values())
    upload = imported(keeping_study(people), people.dora, files)
    assert storage.quarantined() == []
    sealed = sorted((data_folder / "sealed" / upload.study.code / upload.code).iterdir(), key=lambda path: path.name)
    assert [path.name for path in sealed] == [f"{number}.age" for number in range(6)]
    assert [pyrage.decrypt(path.read_bytes(), [key]) for path in sealed] == files


def test_nothing_of_a_sealed_original_can_be_read(people, imported, data_folder, key):
    imported(keeping_study(people), people.dora, dicom.exam(n=3).values())
    found = b"".join(path.read_bytes() for path in (data_folder / "sealed").rglob("*.age"))
    assert not [canary for canary in dicom.CANARIES if canary.encode() in found]


def test_a_server_without_a_key_cannot_keep_originals(people):
    with pytest.raises(Refusal, match="no key"):
        keeping_study(people)
