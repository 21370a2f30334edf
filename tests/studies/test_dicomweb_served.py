"""DICOMweb over the real web server, with a worker that may be quicker than the request it belongs to."""

import io
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from dicomweb_client import DICOMwebClient
from pydicom import dcmread
from pydicom.dataset import Dataset

from studies import machines
from studies.models import Upload
from tests import dicom
from tests.stack import ROOT, Stack

PAGE = ROOT / "docs" / "dicomweb.md"
TYPE = 'multipart/related; type="application/dicom"; boundary=XYZ'


@pytest.fixture
def stack(transactional_db, data_folder, tmp_path, monkeypatch) -> Iterator[Stack]:
    monkeypatch.setenv("DENS_DICOMWEB", "1")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    logs = tmp_path / "logs"
    logs.mkdir()
    running = Stack(data_folder, logs)
    yield running
    running.stop()


def in_pieces(contents) -> Iterator[bytes]:
    for content in contents:
        yield b"\r\n--XYZ\r\nContent-Type: application/dicom\r\n\r\n"
        yield from (content[place : place + 777] for place in range(0, len(content), 777))
    yield b"\r\n--XYZ--"


def examples(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE.read_text(), re.DOTALL)


def run_the_example(address: str, token: str) -> None:
    """The Python of docs/dicomweb.md, with an address and a token that are there."""
    [example] = examples("python")
    lines = [line for line in example.splitlines() if not line.startswith(("ADDRESS", "TOKEN"))]
    exec("\n".join(lines), {"ADDRESS": address, "TOKEN": token})


def run_curl(address: str, token: str, image: bytes, folder: Path) -> None:
    (folder / "image.dcm").write_bytes(image)
    [example] = examples("sh")
    given = os.environ | {"ADDRESS": address, "TOKEN": token}
    subprocess.run(["sh", "-e"], input=example.encode(), cwd=folder, env=given, check=True, capture_output=True)


def test_a_body_without_a_length_is_taken_in_and_given_back(stack, study, people, capsys, tmp_path):
    made = machines.make(study, name="MR 1", may_store=True, may_fetch=True, actor=people.dora)
    session = requests.Session()
    session.headers["Authorization"] = f"Bearer {made.token}"
    address = f"{stack.address}/dicomweb/{study.code}"

    files = dicom.exam(n=8)
    sent = session.post(
        f"{address}/studies", data=in_pieces(files.values()), headers={"Content-Type": TYPE}, timeout=60
    )
    assert sent.status_code == 200, sent.text + stack.told()
    assert len(Dataset.from_json(sent.json()).ReferencedSOPSequence) == len(files)
    assert Upload.objects.get().state == "imported"

    client = DICOMwebClient(address, session=session)
    [exam] = client.search_for_studies(get_remaining=True)
    assert len(client.retrieve_study(exam["0020000D"]["Value"][0])) == len(files)
    again = client.store_instances([dcmread(io.BytesIO(content)) for content in files.values()])
    assert len(again.ReferencedSOPSequence) == len(files)

    run_the_example(address, made.token)
    run_curl(address, made.token, next(iter(files.values())), tmp_path)
    assert capsys.readouterr().out.count("STIR sagittal") == 8

    told = stack.told()
    assert dicom.ROOT not in told
    assert made.token not in told
