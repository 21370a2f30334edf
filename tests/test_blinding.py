"""The canary sweep: the world is full of secrets, everybody opens every door, and no secret comes back.

Every URL of the resolver is walked as every person, so that a new endpoint is covered without asking.
"""

import re
from itertools import product
from uuid import uuid4

import pytest
from django.urls import URLPattern, get_resolver
from django.utils import timezone

from scoring import export, problems, reliability, reopening, sittings, unblinding
from scoring.models import Adjudication, Problem, Reading, Reopening, Unlocking
from studies import covariates, machines
from studies.models import Case, Centre, Exam, ExamFacts, Instance, QualityCheck, Query, Upload
from tests import scene
from tests.cast import client_of

METHODS = ("get", "post", "put", "patch", "delete")
SUBJECT = "CANARY-SUBJECT"
CENTRE, QUESTION, ANSWER, REASON = "CANARY-CENTRE", "CANARY-QUESTION", "CANARY-ANSWER", "CANARY-REASON"
MACHINE, NOTE, UNBLINDED = "CANARY-MACHINE", "CANARY-NOTE", "CANARY-UNBLINDED"
DIAGNOSIS, MEASURE, MEASURED = "CANARY-DIAGNOSIS", "CANARY-MEASURE", "4711.25"
MATERIAL = (
    SUBJECT,
    CENTRE,
    QUESTION,
    ANSWER,
    REASON,
    MACHINE,
    NOTE,
    UNBLINDED,
    DIAGNOSIS,
    MEASURE,
    MEASURED,
)  # what coordinators know and no reader may
REPORT, WISH, DEVICE = "CANARY-REPORT", "CANARY-WISH", "CANARY-DEVICE"  # each with the name of the reader they are of


def doors(patterns=None, prefix=""):
    """Every path of the product with its parameters, as the resolver knows them."""
    for pattern in patterns or get_resolver().url_patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield path
        else:
            yield from doors(pattern.url_patterns, path)


@pytest.fixture
def world(study, people, settings):
    """Three cases: one settled by Clara, one waiting for her, one that only Ana has begun."""
    settled, waiting, begun = scene.allot(study, people, cases=3)
    held = scene.make_unchecked(study, "S-held")
    for case in (settled, waiting, begun, held):
        subject = case.exam.subject
        subject.pseudonym = f"{SUBJECT}-{subject.pk}"
        subject.save()
        look_closely(case, actor=people.dora)
    scene.read(settled, people, ana={"VB_C4": 2}, ben={"VB_C4": 1})
    scene.decide_all(Adjudication.objects.get(), people)
    scene.read(waiting, people, ana={"VB_C4": 3})
    scene.fill(scene.reading_of(begun, people.ana), VB_C5=3)
    for reader in (people.ana, people.ben):
        speak_up(scene.reading_of(settled, reader), actor=people.dora)
        sit_at(scene.reading_of(begun, reader))
    reliability.compute(study, now=timezone.now())
    export.build(export.ask(study, actor=people.sam), now=timezone.now())
    Upload.objects.create(study=study, uploaded_by=people.dora, subject=SUBJECT)
    table = f"participant,diagnosis,{MEASURE}\n{settled.exam.subject},{DIAGNOSIS},{MEASURED}"
    covariates.enter(study, table=table, actor=people.dora)
    machines.make(study, name=MACHINE, may_store=True, may_fetch=True, actor=people.dora)
    told = {"who": "Ana", "what": UNBLINDED, "why": UNBLINDED, "impact": UNBLINDED, "is_planned": True}
    unblinding.record(study, **told, happened_on=timezone.now().date(), actor=people.dora, now=timezone.now())
    settings.DICOMWEB = True
    return study


def look_closely(case, *, actor):
    """Everything quality control writes down of a case: a refusal, a query with its answer, facts."""
    centre, _ = Centre.objects.get_or_create(study=case.study, name=CENTRE)
    ExamFacts.objects.create(exam=case.exam, age_years=61, sex="F", shifted_day=4711, vendor="Esaote", centre=centre)
    QualityCheck.objects.create(case=case, decision="refused", reason=REASON, findings=[], answers={}, checked_by=actor)
    Query.objects.create(case=case, question=QUESTION, asked_by=actor, answer=ANSWER, state="answered")


def speak_up(reading, *, actor):
    """A reader reports a problem and asks for the signed reading; both are answered with a note."""
    reader, now = reading.reader, timezone.now()
    report = {"key": uuid4(), "kind": "identity", "series": 1, "slice": 2, "text": f"{REPORT}-{reader.username}"}
    problem = problems.report(reading, **report, actor=reader, now=now)
    problems.close(problem, note=NOTE, actor=actor, now=now)
    asked = reopening.ask(reading, reason=f"{WISH}-{reader.username}", actor=reader, now=now)
    reopening.decide(asked, grant=False, note=NOTE, actor=actor, now=now)


def sit_at(reading):
    """A minute at a desk whose name gives its owner away."""
    device = {"platform": "", "screen": "", "renderer": "", "pixel_ratio": 1.0}
    device["browser"] = f"{DEVICE}-{reading.reader.username}"
    counted = {"desk": uuid4(), "active_ms": 59_000, "slices": {"1": [1, 2, 3]}, "windows": [], "device": device}
    sittings.record(reading, **counted, now=timezone.now())


def codes_of(world):
    """All codes there are by what they name, as the first part of a path does."""
    kinds = {
        "studies": [world.code], "practice": [world.code], "cases": world.cases, "exports": world.exports,
        "uploads": world.uploads, "queries": Query.objects, "readings": Reading.objects,
        "adjudications": Adjudication.objects, "problems": Problem.objects, "reopenings": Reopening.objects,
        "unlockings": Unlocking.objects,
    }  # fmt: skip
    return {
        kind: rows if isinstance(rows, list) else list(rows.values_list("code", flat=True))
        for kind, rows in kinds.items()
    }


def values_for(parameter, door, world):
    """What a parameter could be given: every code of its kind, whoever it belongs to, and one of every other kind."""
    if parameter == "code":
        codes, kind = codes_of(world), door.split("/")[1]
        return [*codes[kind], *(others[0] for other, others in codes.items() if others and other != kind)]
    return {
        "number": ["1", "2"],
        "item": ["VB_C4"],
        "what": ["VB_C4", "total"],
        "case": list(world.cases.values_list("code", flat=True)[:2]),
        "name": ["report.html", "readings.csv"],
        "username": ["ben", "dora"],
        "version": ["1"],
        "machine": [world.machines.get().code],
    }[parameter]


def names_of(world):
    """The parameters of DICOMweb: one image that is there, and how it is called."""
    one = Instance.objects.filter(series__exam__case__study=world).order_by("pk").first()
    uids = {"exam": one.series.exam.uid, "series": one.series.uid, "instance": one.uid}
    return {"code": world.code, "frames": "1", **uids}


def filled(door, values):
    for name, value in values.items():
        door = re.sub(rf"<\w+:{name}>", value, door)
    return f"/{door}"


def paths(door, world):
    if door.startswith("dicomweb/"):
        yield filled(door, names_of(world))
    elif door.startswith("api/") and "^" not in door:
        names = re.findall(r"<\w+:(\w+)>", door)
        for values in product(*(values_for(name, door, world) for name in names)):
            yield filled(door, dict(zip(names, values, strict=True)))


def everything_said_to(person, world, *, methods=METHODS, under="/"):
    """All answers a person gets at all doors under a path: status, headers, body, by method and path.

    Where a door does not know a method (405), it says so before it looks at a code: no other is tried.
    """
    browser = client_of(person)
    for door in doors():
        places = [path for path in paths(door, world) if path.startswith(under)]
        for method in methods:
            yield from everything_said_at(places, method, browser)


def everything_said_at(places, method, browser):
    for path in places:
        if (method, path) == ("delete", "/api/session"):
            continue
        sent = [{}] if method in ("post", "put", "patch") else []
        answer = getattr(browser, method)(path, *sent)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        yield method, path, answer.status_code, f"{answer.headers} {body.decode('latin-1')}"
        if answer.status_code == 405:
            return


def secrets_from(reader, other, world):
    """What must never reach `reader`: the subjects, the case codes, the other reader, and the codes the other holds."""
    secrets = [*MATERIAL, other.full_name, other.full_name.split()[1], *world.cases.values_list("code", flat=True)]
    secrets += Reading.objects.filter(reader=other).values_list("code", flat=True)
    secrets += [f"{canary}-{other.username}" for canary in (REPORT, WISH, DEVICE)]
    for rows in (Adjudication.objects, Problem.objects, Reopening.objects):
        secrets += rows.values_list("code", flat=True)
    secrets += Query.objects.values_list("code", flat=True)
    secrets += Exam.objects.values_list("uid", flat=True)
    return secrets


@pytest.mark.parametrize(("me", "partner"), [("ana", "ben"), ("ben", "ana")])
def test_nothing_of_the_patient_or_the_other_reader_reaches_a_reader(world, people, me, partner):
    reader, other = getattr(people, me), getattr(people, partner)
    secrets = secrets_from(reader, other, world)
    for method, path, status, said in everything_said_to(reader, world):
        assert status < 500, f"{method} {path}"
        found = [secret for secret in secrets if secret in said and secret not in path]
        assert not found, f"{method} {path} told {me}: {found}"


def test_there_is_no_dicomweb_for_who_is_blinded_or_outside(world, people):
    for person in (people.ana, people.ben, people.clara, people.eve):
        told = list(everything_said_to(person, world, under="/dicomweb/"))
        assert len(told) >= 100
        assert {status for _, _, status, _ in told} <= {404, 405}
        assert {status for method, _, status, _ in told if method == "get"} == {404}


def test_dicomweb_is_there_for_who_sees_cases(world, people):
    told = everything_said_to(people.dora, world, methods=("get",), under="/dicomweb/")
    assert {status for *_, status, _ in told} == {200}


def test_the_adjudicator_learns_neither_patient_nor_reader(world, people):
    secrets = [*MATERIAL, REPORT, WISH, DEVICE, "Almeida", "Berger", *Reading.objects.values_list("code", flat=True)]
    for method, path, _, said in everything_said_to(people.clara, world):
        found = [secret for secret in secrets if secret in said and secret not in path]
        assert not found, f"{method} {path} told Clara: {found}"


def test_somebody_outside_finds_only_what_everybody_may_know(world, people):
    open_to_all = {"/api/session", "/api/session/password", "/api/studies", "/api/instruments", "/api/readings",
                   "/api/adjudications"}  # fmt: skip
    for method, path, status, _ in everything_said_to(people.eve, world):
        assert path in open_to_all or status in (404, 405, 400), f"{method} {path} answered Eve with {status}"


def test_nobody_who_is_not_signed_in_is_told_anything(world):
    for method, path, status, _ in everything_said_to(None, world):
        assert path == "/api/session" or status in (403, 404, 405), f"{method} {path} answered with {status}"


def test_the_coordinator_watches_completion_and_never_a_value(world, people):
    progress = client_of(people.dora).get(f"/api/studies/{world.code}/progress").json()
    for case in progress["cases"]:
        steps = {"readings", "adjudication", "consensus", "superseded", "self_check"}
        assert set(case) == {"code", "subject", "images"} | steps
        assert all(set(reading) == {"reader", "username", "state"} for reading in case["readings"])
    for path in (f"/api/readings/{code}" for code in Reading.objects.values_list("code", flat=True)):
        assert client_of(people.dora).get(path).status_code == 404


def test_the_canaries_of_quality_control_are_there_to_be_found(world, people):
    said = "".join(said for *_, said in everything_said_to(people.dora, world, methods=("get",)))
    assert not [canary for canary in (*MATERIAL, REPORT, WISH) if canary not in said]


def test_not_yours_and_not_there_look_the_same(world, people):
    ana = client_of(people.ana)
    bens = Reading.objects.filter(reader=people.ben).first()
    not_yours, not_there = ana.get(f"/api/readings/{bens.code}"), ana.get("/api/readings/ZZZZZZZZZZZZ")
    assert (not_yours.status_code, not_yours.content) == (not_there.status_code, not_there.content)
    assert not_yours.headers == not_there.headers


def test_what_a_reader_sees_does_not_change_when_the_other_signs(study, people):
    [case] = scene.allot(study, people)
    anas = scene.fill(scene.reading_of(case, people.ana))
    paths = ["/api/readings", f"/api/readings/{anas.code}", f"/api/readings/{anas.code}/images", "/api/studies"]
    ana = client_of(people.ana)
    before = [(answer.content, dict(answer.headers)) for answer in map(ana.get, paths)]
    scene.sign(scene.fill(scene.reading_of(case, people.ben), VB_C4=3))
    assert [(answer.content, dict(answer.headers)) for answer in map(ana.get, paths)] == before


def test_what_a_reader_sees_does_not_change_when_the_other_speaks_up(study, people):
    [case] = scene.allot(study, people)
    anas, bens = scene.fill(scene.reading_of(case, people.ana)), scene.reading_of(case, people.ben)
    paths = ["/api/readings", f"/api/readings/{anas.code}", f"/api/readings/{anas.code}/images", "/api/studies"]
    ana = client_of(people.ana)
    before = [(answer.content, dict(answer.headers)) for answer in map(ana.get, paths)]
    sit_at(bens)
    speak_up(scene.sign(scene.fill(bens)), actor=people.dora)
    asked = reopening.ask(bens, reason="Once more.", actor=people.ben, now=timezone.now())
    reopening.decide(asked, grant=True, note=NOTE, actor=people.dora, now=timezone.now())
    assert [(answer.content, dict(answer.headers)) for answer in map(ana.get, paths)] == before


def test_no_header_tells_a_time_or_names_a_content(world, people):
    for _, path, _, said in everything_said_to(people.ana, world, methods=("get",)):
        assert not re.search(r"last-modified|etag|server-timing|x-process", said, re.IGNORECASE), path


def test_a_member_who_left_finds_nothing_any_more(world, people):
    world.memberships.filter(user=people.ana).update(ended_at=timezone.now())
    ana = client_of(people.ana)
    assert ana.get("/api/readings").json() == []
    code = Reading.objects.filter(reader=people.ana).first().code
    assert ana.get(f"/api/readings/{code}").status_code == 404


def test_an_administrator_who_reads_is_no_administrator_of_that_study(world, people):
    people.ana.is_staff = True
    people.ana.save()
    assert client_of(people.ana).get(f"/api/studies/{world.code}/progress").status_code == 404


def test_codes_say_nothing_about_the_order_of_enrolment(study, people):
    scene.allot(study, people, cases=12)
    codes = list(Case.objects.order_by("pk").values_list("code", flat=True))
    assert codes not in (sorted(codes), sorted(codes, reverse=True))
    assert len(set(codes)) == 12
