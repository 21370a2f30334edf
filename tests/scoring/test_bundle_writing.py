"""A whole bundle: the same bytes from two processes, case after case, and a verifier that names what was altered."""

import hashlib
import json
import os
import subprocess
import sys
import weakref
import zipfile
from pathlib import Path

import pytest
from django.core.management import call_command

from scoring.bundle import verifying, writing
from scoring.bundle.verifying import verify
from scoring.export import pack
from tests.scoring import made_up_dossier as made_up

ROOT = Path(__file__).resolve().parents[2]
N = 12
WRITE = """
import sys
from pathlib import Path
from scoring.bundle import writing
from tests.scoring import made_up_dossier as made_up
writing.write(Path(sys.argv[1]), made_up.header(12), made_up.cases(12))
"""


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bundle")
    writing.write(folder, made_up.header(N), made_up.cases(N))
    return folder


@pytest.fixture
def packed(written, tmp_path):
    pack(written, tmp_path / "export.zip")
    return tmp_path / "export.zip"


def names(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_another_process_elsewhere_writes_the_same_bytes(written, tmp_path):
    """In another time zone and locale, with other hashes: the checksum of the checksums is of every byte."""
    elsewhere = {**os.environ, "TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "7", "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", WRITE, str(tmp_path)], env=elsewhere, cwd=ROOT, check=True)
    assert names(tmp_path) == names(written)
    assert (tmp_path / "SHA256SUMS").read_bytes() == (written / "SHA256SUMS").read_bytes()


def test_the_zip_of_the_same_files_is_the_same(written, packed, tmp_path):
    pack(written, tmp_path / "again.zip")
    assert packed.read_bytes() == (tmp_path / "again.zip").read_bytes()


def test_cases_are_pulled_one_by_one_and_let_go(tmp_path):
    """Of hundreds of cases never more than a batch is alive, and the first files grow before the last case is made."""
    alive, most, told = set(), 0, []

    def watched():
        nonlocal most
        for case in made_up.cases(300, n_slices=2):
            alive.add(case.code)
            weakref.finalize(case, alive.discard, case.code)
            most = max(most, len(alive))
            yield case

    writing.write(tmp_path, made_up.header(300), watched(), tell=told.append)
    assert most <= 2 * writing.BATCH
    assert told == list(range(50, 301, 50))
    assert len((tmp_path / "wide.csv").read_text().splitlines()) == 301


def test_the_readme_names_every_file(written):
    told = (written / "README.txt").read_text()
    entries = {line.split(",")[0] for line in told.splitlines() if line and not line.startswith(" ")}
    lines = set(told.replace(", ", "\n").splitlines())
    for name in names(written):
        parents = {f"{parent.as_posix()}/" for parent in Path(name).parents}
        assert name == "README.txt" or name in lines or parents & (entries | lines), name


def test_the_manifest_names_every_file_but_the_sums(written):
    manifest = json.loads((written / "manifest.json").read_text())
    assert set(manifest["files"]) == set(names(written)) - {"manifest.json", "SHA256SUMS"}
    cases = dict.fromkeys(("cases", "cases_compared", "cases_settled"), N)
    assert manifest["counts"] == {**cases, "consensus_superseded": 0, "readings_signed": 2 * N}
    for name, told in manifest["files"].items():
        content = (written / name).read_bytes()
        assert (hashlib.sha256(content).hexdigest(), len(content)) == (told["sha256"], told["bytes"])


def test_sha256sum_reads_the_sums(written):
    said = subprocess.run(
        ["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=written, capture_output=True, check=False
    )
    assert said.returncode == 0


def rewrite(packed, changed, *, left_out=(), added=None):
    """The zip again, with other contents."""
    with zipfile.ZipFile(packed) as archive:
        files = {name: archive.read(name) for name in archive.namelist() if name not in left_out}
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in {**files, **changed, **(added or {})}.items():
            archive.writestr(name, content)


def test_an_untouched_export_verifies_as_zip_and_as_folder(packed, written):
    code, lines = verify(packed)
    assert (code, lines[0]) == (0, "Every file is as its checksum says.")
    assert hashlib.sha256(packed.read_bytes()).hexdigest() in lines[1]
    assert verify(written)[0] == 0


def test_one_altered_grade_is_named(packed):
    with zipfile.ZipFile(packed) as archive:
        grade = archive.read("consensus.csv").replace(b",agreed,,R1,0,", b",agreed,,R1,1,", 1)
    rewrite(packed, {"consensus.csv": grade})
    assert verify(packed) == (1, ["consensus.csv was altered."])


def test_a_missing_and_an_added_file_are_named(packed):
    rewrite(packed, {}, left_out=["dicom/sr/R0000003.dcm"], added={"notes.txt": b"See me."})
    assert verify(packed) == (1, [
        "dicom/sr/R0000003.dcm is missing.", "notes.txt was added: SHA256SUMS does not name it.",
    ])  # fmt: skip


def test_a_file_that_is_there_twice_is_named(packed):
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(packed, "a") as archive:
        archive.writestr("totals.csv", archive.read("totals.csv"))
    assert "totals.csv is there more than once." in verify(packed)[1]


def test_sums_that_were_made_to_fit_are_betrayed_by_the_manifest(packed):
    with zipfile.ZipFile(packed) as archive:
        content = archive.read("totals.csv") + b"\n"
        sums = archive.read("SHA256SUMS").decode().splitlines()
    changed = [
        f"{hashlib.sha256(content).hexdigest()}  totals.csv" if one.endswith("  totals.csv") else one for one in sums
    ]
    rewrite(packed, {"totals.csv": content, "SHA256SUMS": "\n".join(changed)})
    assert verify(packed) == (1, ["totals.csv is not what manifest.json says."])


def test_flipped_bits_and_no_zip_at_all_are_no_traceback(packed, tmp_path):
    content = bytearray(packed.read_bytes())
    content[len(content) // 2] ^= 0xFF
    packed.write_bytes(content)
    code, lines = verify(packed)
    assert code == 1
    assert len(lines) == 1
    (tmp_path / "other").write_bytes(b"no zip")
    assert verify(tmp_path / "other") == (1, ["other is no zip, or a damaged one."])
    assert verify(tmp_path / "nothing")[0] == 1


def test_the_script_that_goes_along_is_the_verifier(written, packed):
    script = written / "verify_export.py"
    assert script.read_text() == Path(verifying.__file__).read_text()
    assert subprocess.run([sys.executable, "-I", script, packed], capture_output=True, check=False).returncode == 0


def test_the_command_names_what_was_altered(packed, capsys):
    call_command("verify_export", packed)
    assert "Every file is as its checksum says." in capsys.readouterr().out
    rewrite(packed, {"README.txt": b"Nothing to see."})
    with pytest.raises(SystemExit):
        call_command("verify_export", packed)
    assert "README.txt was altered." in capsys.readouterr().out


def test_no_heavy_library_is_loaded_by_the_web_or_by_what_only_asks():
    """Of the four that write a bundle, none is there when the doors open."""
    seen = "import config.wsgi, sys; print([one for one in ('pandas', 'pyarrow', 'pyreadstat') if one in sys.modules])"
    settings = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": str(ROOT)}
    said = subprocess.run(
        [sys.executable, "-c", f"{seen}"], env=settings, cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == "[]"
