"""What is published of a plan: anybody can check it, with the seed or while it is sealed, with Dens or without."""

import ast
import json
import re
import subprocess
import sys
import zipfile
from collections import Counter
from copy import deepcopy
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from scoring.plan import CaseIn, Inputs, ReaderIn, Rules, check, manifest, plan, run_seed, seed_sha256
from scoring.plan.inputs import Allotted, sha256
from scoring.plan.standalone import MODULES, script
from scoring.plan.verifying import verify

SCRIPT = settings.BASE_DIR / "docs" / "verify_allocation.py"
SEED = "5eed" * 16


def published(run: int = 1, seed: str | None = None) -> dict:
    """A manifest of 40 cases, as JSON brings it back."""
    inputs = Inputs(
        cases=tuple(CaseIn(f"C{n:02}", f"S{n % 2}", f"P{n // 2}", ("ana",) if n % 4 == 0 else ()) for n in range(40)),
        readers=tuple(map(ReaderIn, ("ana", "ben", "cem", "dan"))),
        rules=Rules(subject_gap=2, repeat_percent=20, repeat_gap=3),
    )
    made = manifest(
        inputs,
        plan(inputs, seed=run_seed(SEED, run)),
        study="NECK-1",
        run=run,
        charter_version=2,
        charter_sha256="c" * 64,
        seed_sha256=seed_sha256(SEED),
        seed=seed,
    )
    return json.loads(json.dumps(made))


def rows_where(changed: dict, **wanted) -> list[list]:
    names = ("reader", "position", "case", "part", "repeat")
    return [row for row in changed["plan"] if all(row[names.index(name)] == value for name, value in wanted.items())]


def hash_again(changed: dict) -> None:
    """Whoever tampers with a plan can hash it, too."""
    changed["plan_sha256"] = sha256(Allotted(*row) for row in changed["plan"])


def another_order(changed: dict) -> None:
    one, other = rows_where(changed, reader="ana", part=1)[:2]
    one[2], other[2] = other[2], one[2]
    hash_again(changed)


def another_hash(changed: dict) -> None:
    changed["plan_sha256"] = "0" * 64


def twice_to_one_reader(changed: dict) -> None:
    repeated = {row[2] for row in rows_where(changed, repeat=True)}
    row = next(row for row in rows_where(changed, reader="ben", repeat=False) if row[2] not in repeated)
    next(other for other in rows_where(changed, case=row[2]) if other is not row)[2] = "C99"
    hash_again(changed)


def to_a_barred_reader(changed: dict) -> None:
    changed["inputs"]["cases"][1]["barred"] = [rows_where(changed, case="C01")[0][0]]


def a_repeat_too_soon(changed: dict) -> None:
    changed["inputs"]["rules"]["repeat_gap"] = 30


def more_repeats_than_asked_for(changed: dict) -> None:
    changed["inputs"]["rules"]["repeat_percent"] = 5


def uneven_loads(changed: dict) -> None:
    next(one for one in changed["inputs"]["readers"] if one["name"] == "ben")["strata"] = {"S0": 7}


def uneven_pairs(changed: dict) -> None:
    met = Counter(a + "," + b for a, b in pairs_of(changed, "S1"))
    a, b = met.most_common(1)[0][0].split(",")
    changed["inputs"]["pairs"] = [["S1", a, b, 9]]


def pairs_of(changed: dict, stratum: str) -> list[tuple[str, ...]]:
    codes = [case["code"] for case in changed["inputs"]["cases"] if case["stratum"] == stratum]
    return [tuple(sorted(row[0] for row in rows_where(changed, case=code, repeat=False))) for code in codes]


def a_skipped_position(changed: dict) -> None:
    rows_where(changed, reader="dan")[-1][1] += 1
    hash_again(changed)


def no_inputs(changed: dict) -> None:
    del changed["inputs"]


def another_algorithm(changed: dict) -> None:
    changed["algorithm"] = "pairs-1"


SEEN_WITHOUT_THE_SEED = [
    (another_hash, "not the one that was hashed"),
    (twice_to_one_reader, "C99 is in the plan, and was not to be allotted"),
    (to_a_barred_reader, "who must not read it"),
    (a_repeat_too_soon, "comes before 30 other readings"),
    (more_repeats_than_asked_for, "more than 5 percent"),
    (uneven_loads, "divided more evenly"),
    (uneven_pairs, "An exchange of partners"),
    (a_skipped_position, "do not go on from 0"),
    (no_inputs, r"The manifest is damaged \(KeyError: 'inputs'\)"),
    (another_algorithm, "no manifest of the format"),
]
SEEN_WITH_THE_SEED = [(another_order, "The seed gives another plan: it has .*case C"), *SEEN_WITHOUT_THE_SEED]


def tampered(change) -> dict:
    changed = deepcopy(published())
    change(changed)
    return changed


def test_a_manifest_holds_with_its_seed_from_outside_or_inside_and_while_it_is_sealed():
    assert check(published(), SEED) == []
    assert check(published(run=3, seed=SEED), None) == []
    assert check(published(), None) == []


def test_each_run_has_a_seed_of_its_own():
    assert published(run=1)["plan_sha256"] != published(run=2)["plan_sha256"]
    changed = published(run=1) | {"run": 2}
    assert "The seed gives another plan" in check(changed, SEED)[0]


def test_another_seed_than_the_one_announced_is_refused():
    assert check(published(), "beef") == ["The seed is not the one whose hash was published."]


@pytest.mark.parametrize(("change", "sentence"), SEEN_WITH_THE_SEED)
def test_with_the_seed_every_change_is_found(change, sentence):
    assert re.search(sentence, " ".join(check(tampered(change), SEED)))


@pytest.mark.parametrize(("change", "sentence"), SEEN_WITHOUT_THE_SEED)
def test_while_the_seed_is_sealed_broken_promises_are_found(change, sentence):
    assert re.search(sentence, " ".join(check(tampered(change), None)))


def test_while_the_seed_is_sealed_another_order_cannot_be_found():
    assert check(tampered(another_order), None) == []


def write(folder: Path, content: object) -> Path:
    path = folder / "manifest.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def test_verify_says_in_a_line_that_a_manifest_holds(tmp_path):
    code, [line] = verify(write(tmp_path, published()), seed=SEED)
    assert code == 0
    assert line.startswith("NECK-1, run 1: holds. The seed gives these ")


def test_verify_says_that_a_sealed_plan_cannot_be_rebuilt(tmp_path):
    code, [line] = verify(write(tmp_path, published()), seed=None)
    assert code == 2
    assert "The seed is still sealed" in line


def test_verify_reads_all_manifests_of_a_list_and_of_an_archive(tmp_path):
    listed = [published(run=1, seed=SEED), published(run=2, seed=SEED)]
    archive = tmp_path / "export.zip"
    with zipfile.ZipFile(archive, "w") as written:
        for one in listed:
            written.writestr(f"allocation/run-{one['run']}.json", json.dumps(one))
        written.writestr("dictionary.json", "[1]")
        written.writestr("scores.csv", "case,reader")
    for path in (write(tmp_path, listed), archive):
        code, lines = verify(path, seed=None)
        assert code == 0
        assert [line[:13] for line in lines] == ["NECK-1, run 1", "NECK-1, run 2"]


def test_one_manifest_that_differs_is_enough_to_fail(tmp_path):
    code, lines = verify(write(tmp_path, [published(seed=SEED), tampered(another_hash), published()]), seed=None)
    assert code == 1
    assert len(lines) == 3


@pytest.mark.parametrize(("text", "sentence"), [("{", "cannot be read"), ("{}", "There is no manifest"), ("[]", "no")])
def test_verify_says_what_it_cannot_read(tmp_path, text, sentence):
    path = tmp_path / "manifest.json"
    path.write_text(text)
    code, [line] = verify(path, seed=None)
    assert code == 1
    assert sentence in line


def test_the_command_ends_with_the_exit_code(tmp_path):
    out = StringIO()
    call_command("verify_allocation", write(tmp_path, published()), seed=SEED, stdout=out)
    assert "holds" in out.getvalue()
    for content, code in ((tampered(another_hash), 1), (published(), 2)):
        with pytest.raises(SystemExit) as ended:
            call_command("verify_allocation", write(tmp_path, content), stdout=out)
        assert ended.value.code == code


def test_the_command_asks_for_a_file():
    with pytest.raises(CommandError, match="Name the file"):
        call_command("verify_allocation")


def test_the_script_is_what_the_command_writes(tmp_path):
    call_command("verify_allocation", write_script=tmp_path / "script.py", stdout=StringIO())
    assert (tmp_path / "script.py").read_text(encoding="utf-8") == SCRIPT.read_text(encoding="utf-8")


def test_the_script_has_every_module_and_no_name_twice():
    folder = Path(settings.BASE_DIR) / "scoring" / "plan"
    assert {*MODULES, "__init__", "standalone"} == {path.stem for path in folder.glob("*.py")}
    top = ast.parse(script()).body
    names = [node.name for node in top if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    names += [
        name.id
        for node in top
        if isinstance(node, ast.Assign)
        for name in ast.walk(node.targets[0])
        if isinstance(name, ast.Name)
    ]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("seed", [SEED, "beef", None])
def test_the_script_alone_says_the_same(tmp_path, seed):
    """Python without site packages, without this folder on its path: every manifest, sound and changed, in one list."""
    for content in (published(), [published(), *(tampered(change) for change, _ in SEEN_WITH_THE_SEED)]):
        path = write(tmp_path, content)
        given = ["--seed", seed] if seed else []
        alone = subprocess.run(
            [sys.executable, "-I", "-S", SCRIPT, path, *given], capture_output=True, text=True, check=False, cwd="/"
        )
        code, lines = verify(path, seed=seed)
        assert (alone.returncode, alone.stdout.splitlines(), alone.stderr) == (code, lines, "")
