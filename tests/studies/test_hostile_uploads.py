"""Every hostile or odd input through a whole import: its verdict and what it cost, as docs/intake.md tells it.

`DENS_WRITE_DOCS=1 pytest tests/studies/test_hostile_uploads.py` writes the table anew.
"""

import os
import re
from functools import partial
from pathlib import Path

import pytest

from studies import intake
from studies.limits import GIB, Limits
from studies.models import Case, CaseState, UploadState
from studies.sandbox import Child, Sandbox
from tests import dicom, fragile, hostile
from tests.traces import traces

pytestmark = pytest.mark.django_db

PAGE = Path(__file__).parents[2] / "docs" / "intake.md"
TABLE = re.compile(r"(?<=<!-- hostile -->\n).*(?=<!-- /hostile -->)", re.DOTALL)
HEAD = "| input | verdict | the process that opened it held at most | the worker grew at most by |\n|---|---|---|---|\n"
STEPS = (32, 64, 128, 256, 512, 1024, 2048)  # MiB; coarse, so that the table is the same on another machine


def peak(process: int | str) -> int:
    """The most memory a process has held since it began, or since `forget_peak`; in MiB."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(re.findall(r"VmHWM:\s+(\d+)", status)[0]) // 1024


def forget_peak() -> int:
    """Let the peak of this process begin anew; returns what it holds now."""
    Path("/proc/self/clear_refs").write_text("5")
    return peak("self")


def step(size: int) -> int:
    return next(each for each in STEPS if size <= each) if size else 0


@pytest.fixture
def children(monkeypatch):
    """The peaks of the children that opened files."""
    peaks, close = [], Child.close

    def closing(child):
        if child.number:
            peaks.append(peak(child.number))
        close(child)

    monkeypatch.setattr(Child, "close", closing)
    return peaks


@pytest.fixture
def judged(study, people, imported, children):
    """judged(input): its verdict, and the steps of memory it took."""

    def judge(one: hostile.Input) -> tuple[str, int, int]:
        content = one.make()
        children.clear()
        before = forget_peak()
        upload = imported(study, people.dora, [content])
        found = {row.reason or row.verdict for row in upload.files.all()}
        assert upload.state in (UploadState.IMPORTED, UploadState.REJECTED)
        return ", ".join(sorted(found)), step(max(children, default=0)), step(max(1, peak("self") - before))

    return judge


def row(one: hostile.Input, verdict: str, child: int, worker: int) -> str:
    told = verdict if verdict == "imported" else f"refused, {verdict}"
    return f"| {one.name} | {told} | {f'{child} MiB' if child else '0, it was not opened'} | {worker} MiB |"


def cells(line: str) -> tuple[str, str, int, int]:
    name, verdict, child, worker = (cell.strip() for cell in line.strip("|").split("|"))
    held, grown = (int(re.findall(r"^\d+", size)[0]) for size in (child, worker))
    return name, verdict.removeprefix("refused, "), held, grown


def test_the_page_tells_the_verdict_of_every_input_and_what_it_may_cost(judged):
    found = {one.name: judged(one) for one in hostile.ALL}
    assert {name: verdict for name, (verdict, *_) in found.items()} == {one.name: one.verdict for one in hostile.ALL}
    if os.environ.get("DENS_WRITE_DOCS"):
        table = HEAD + "".join(row(one, *found[one.name]) + "\n" for one in hostile.ALL)
        PAGE.write_text(TABLE.sub(lambda _: table, PAGE.read_text()))
    told = {name: cost for name, *cost in map(cells, TABLE.search(PAGE.read_text())[0].splitlines()[2:])}
    assert {name: cost[0] for name, cost in told.items()} == {name: cost[0] for name, cost in found.items()}
    assert [name for name in told if found[name][1] > told[name][1] or found[name][2] > told[name][2]] == []


@pytest.mark.parametrize("deed", ["crash", "abort", "fill_memory", "hang"])
def test_a_file_over_which_the_program_comes_to_grief_is_refused_and_the_rest_goes_on(
    study, people, imported, verdicts, settings, monkeypatch, deed
):
    settings.LIMITS = Limits(child_wall_seconds=1, child_memory_bytes=GIB)
    monkeypatch.setattr(intake, "Sandbox", partial(Sandbox, program=fragile.PROGRAM))
    good = list(dicom.exam().values())
    upload = imported(study, people.dora, [*good[:5], fragile.MARK + deed.encode(), *good[5:]])
    assert [reason for _, _, _, reason in verdicts(upload)] == [""] * 5 + ["crashed"] + [""] * 5
    assert Case.objects.get().state == CaseState.TO_CHECK


def test_all_in_one_upload_do_not_disturb_each_other(study, people, imported, data_folder, caplog):
    """With a good exam among them, which becomes a case as if it had been alone; and nothing of any is left."""
    inputs = [one for one in hostile.FILES if one.verdict != "imported"]
    with caplog.at_level("DEBUG"):
        upload = imported(study, people.dora, [*(one.make() for one in inputs), *dicom.exam().values()])
    verdicts = list(upload.files.order_by("number").values_list("reason", flat=True))
    assert verdicts == [one.verdict for one in inputs] + [""] * 10
    assert upload.state == UploadState.PARTLY
    assert traces(dicom.CANARIES, folder=data_folder, log=caplog.text) == []
