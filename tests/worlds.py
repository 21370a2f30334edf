"""Worlds that differ only in what a blinded person must not know, and everything that person hears in each of them.

live(people, study, ben)         Ana's whole life in one world, as a transcript: a line for every answer and every mail,
                                 before it the statements that the database was asked on the way to it
adjudicate(people, study, said)  Clara's work in one world, in the same way
BEN                              what Ben can do, by name: at three moments (before, between, after Ana's reading)

What is random in every world (codes, tokens, times, hashes over them) is a nonce: NONCES declares its shape, and each
becomes a number by its first appearance. Whatever else differs between two transcripts is a leak. Statements are told
without their values; where they are the same, the time an answer takes has nothing to follow but caches.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import UUID

from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone

from readers.models import User
from scoring import (
    adjudication,
    charter,
    consensus,
    export,
    problems,
    reassignment,
    reliability,
    reminders,
    reopening,
    submission,
)
from scoring.models import Adjudication, Reading
from scoring.rules import Resolution
from studies import covariates
from studies.models import (
    Case,
    Centre,
    Exam,
    ExamFacts,
    Membership,
    QualityCheck,
    Query,
    Role,
    Study,
    Subject,
    Upload,
)
from tests import scene
from tests.cast import PASSWORD, People, amend

NONCES = {
    "uuid": r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b",
    "sha256": r"\b[0-9a-f]{64}\b",  # of what is signed, in which the reading's own code stands
    "time": r"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z",
    "token": r"\b[A-Za-z0-9]{32}\b",  # session and CSRF cookies
    "savepoint": r"\bs\d+_x\d+\b",
    "code": r"\b[2-9A-HJKMNP-TV-Z]{12}\b",  # readers/codes.py; after the others, parts of which look like one
}
DESK = str(UUID(int=1))


@dataclass
class Transcript:
    """Everything one person was told, in order."""

    lines: list[str] = field(default_factory=list)

    def add(self, *parts: object) -> None:
        self.lines.append(" | ".join(str(part) for part in parts))

    def without_nonces(self) -> str:
        """The transcript with every nonce as the number of its first appearance."""
        text = "\n".join(self.lines)
        for name, shape in NONCES.items():
            seen: dict[str, str] = {}
            text = re.sub(shape, partial(numbered, name, seen), text)
        return text


def numbered(name: str, seen: dict[str, str], found: re.Match[str]) -> str:
    return seen.setdefault(found[0], f"<{name} {len(seen) + 1}>")


def told(transcript: str) -> str:
    """What was said, without the statements it was made from."""
    return "\n".join(line for line in transcript.split("\n") if not line.startswith("sql |"))


class Listener:
    """A browser that writes down every answer it gets: status, all headers, cookies, body."""

    def __init__(self, user: User | None = None) -> None:
        self.client = Client(raise_request_exception=False, headers={"accept": "*/*"})
        if user:
            self.client.force_login(user)
        self.transcript = Transcript()

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        sent = {} if body is None else {"data": body, "content_type": "application/json"}
        with connection.execute_wrapper(self.overhear):
            answer = getattr(self.client, method)(path, **sent)
        said = b"".join(answer.streaming_content) if answer.streaming else answer.content
        headers = sorted(answer.headers.items())
        cookies = sorted((name, morsel.OutputString()) for name, morsel in answer.cookies.items())
        cookies = [(name, re.sub("expires=[^;]*", "expires", text)) for name, text in cookies]  # a time
        self.transcript.add(method, path, answer.status_code, headers, cookies, said.decode("latin-1"))
        return json.loads(said) if "json" in answer.headers.get("Content-Type", "") and said else None

    def overhear(self, execute: Callable[..., Any], statement: str, *rest: Any) -> Any:
        """One statement of the database, without its values."""
        self.transcript.add("sql", statement)
        return execute(statement, *rest)


def nothing(_: "World") -> None:
    """Ben does nothing now."""


@dataclass
class World:
    """A study with cases that Ana and Ben were given, and Ben's share of each."""

    people: People
    study: Study

    @property
    def bens(self) -> list[Reading]:
        return list(Reading.objects.that_count().filter(case__study=self.study, reader=self.people.ben))

    @property
    def cases(self) -> list[Case]:
        return list(self.study.cases.order_by("pk"))

    def compare(self) -> None:
        """What the worker does when the last reading of a case is signed."""
        for case in self.cases:
            consensus.compare(case, now=timezone.now())
        reliability.compute(self.study, now=timezone.now())


@dataclass(frozen=True)
class Ben:
    """What Ben does before Ana begins, while she reads, and after she has signed."""

    before: Callable[[World], None] = nothing
    between: Callable[[World], None] = nothing
    after: Callable[[World], None] = nothing


def signs(**grades: int) -> Callable[[World], None]:
    def sign_all(world: World) -> None:
        for reading in world.bens:
            scene.sign(scene.fill(reading, **grades))
        world.compare()

    return sign_all


def reports_what_cannot_be_read(world: World) -> None:
    for reading in world.bens:
        about: dict[str, Any] = {"series": None, "slice": None, "text": "Moved."}
        told = {"key": UUID(int=reading.pk), "kind": "not_evaluable", **about}
        problems.report(reading, **told, actor=world.people.ben, now=timezone.now())


def has_it_opened_again(world: World) -> None:
    """Ben signs, has a reading opened again, says something else and signs once more."""
    signs(VB_C4=1)(world)
    first = world.bens[0]
    asked = reopening.ask(first, reason="A slip.", actor=world.people.ben, now=timezone.now())
    reopening.decide(asked, grant=True, note="", actor=world.people.dora, now=timezone.now())
    scene.sign(scene.fill(world.bens[0], VB_C4=3))


def has_a_compared_one_opened_again(world: World) -> None:
    """Ben has a reading opened again whose consensus Clara has settled; he says something else, and all is anew."""
    clara_decides(world)
    first = world.bens[0]
    asked = reopening.ask(first, reason="A slip.", actor=world.people.ben, now=timezone.now())
    reopening.decide(asked, grant=True, note="Agreed.", actor=world.people.dora, now=timezone.now())
    scene.sign(scene.fill(world.bens[0], VB_C4=3))
    clara_decides(world)


def is_having_one_read_again(world: World) -> None:
    """The same, and Ben has not signed it again yet."""
    clara_decides(world)
    asked = reopening.ask(world.bens[0], reason="A slip.", actor=world.people.ben, now=timezone.now())
    reopening.decide(asked, grant=True, note="Agreed.", actor=world.people.dora, now=timezone.now())


def gives_way_to_eve(world: World) -> None:
    """Ben is taken off his cases, and Eve reads one of them."""
    Membership.objects.create(study=world.study, user=world.people.eve, role=Role.READER)
    for reading in world.bens:
        case, reason = reading.case.code, "Ben is ill."
        given = {"case": case, "reader": "ben", "to": "eve", "reason": reason}
        reassignment.reassign(world.study, **given, actor=world.people.dora, now=timezone.now())
    scene.sign(scene.fill(Reading.objects.filter(reader=world.people.eve)[0], VB_C5=2))


def begins(world: World) -> None:
    for reading in world.bens:
        scene.fill(reading)


def leaves(world: World) -> None:
    Membership.objects.filter(study=world.study, user=world.people.ben).update(ended_at=timezone.now())


def clara_decides(world: World) -> None:
    world.compare()
    for waiting in Adjudication.objects.filter(consensus__case__study=world.study).exclude(state="signed"):
        scene.decide_all(waiting, world.people)
    export.build(export.ask(world.study, actor=world.people.sam), now=timezone.now())


def compared(world: World) -> None:
    world.compare()


def the_patients_are_others(world: World) -> None:
    """Nothing of Ben's: other people, of another hospital, more is known of them, refused at first, uploaded anew."""
    centre = Centre.objects.create(study=world.study, name="Elsewhere")
    told = {"age_years": 81, "sex": "M", "shifted_day": 4711, "vendor": "Esaote", "field_strength_t": 0.3}
    for case in world.cases:
        Subject.objects.filter(exams=case.exam_id).update(pseudonym=f"Z-{case.pk}", key=f"another {case.pk}")
        Exam.objects.filter(pk=case.exam_id).update(uid=f"2.25.{case.pk}", patient_key="another")
        ExamFacts.objects.create(exam=case.exam, centre=centre, **told)
        Upload.objects.create(study=world.study, uploaded_by=world.people.dora, subject=f"Z-{case.pk}")
        refused = {"decision": "refused", "reason": "Too dark.", "findings": [], "answers": {}}
        QualityCheck.objects.create(case=case, checked_by=world.people.dora, **refused)
        Query.objects.create(case=case, question="Whose neck is it?", asked_by=world.people.dora)
    table = "\n".join(["participant,diagnosis", *(f"Z-{case.pk},AS" for case in world.cases)])
    covariates.enter(world.study, table=table, actor=world.people.dora)


BEN = {
    "is absent": Ben(),
    "agrees": Ben(before=signs(VB_C4=2), after=compared),
    "disagrees": Ben(before=signs(VB_C4=1, SP_C6=3), after=compared),
    "signs while Ana reads": Ben(between=signs(VB_C4=3), after=compared),
    "signs after Ana": Ben(after=signs(VB_C4=3)),
    "has begun and not signed": Ben(before=begins),
    "cannot read the images": Ben(before=reports_what_cannot_be_read),
    "is adjudicated": Ben(before=signs(VB_C4=1), after=clara_decides),
    "has a reading opened again": Ben(before=has_it_opened_again, after=compared),
    "has a compared reading opened again": Ben(before=signs(VB_C4=1), after=has_a_compared_one_opened_again),
    "reads a compared case again": Ben(before=signs(VB_C4=1), after=is_having_one_read_again),
    "gives way to Eve": Ben(before=gives_way_to_eve, after=compared),
    "leaves the study": Ben(between=leaves),
    "is absent and the patients are others": Ben(before=the_patients_are_others),
}


def live(people: People, study: Study, ben: Ben) -> str:
    """Ana's whole life in one world: sign in, worklist, images, save, sign, mail, errors, sign out."""
    people.ana.email = "ana@example.org"
    people.ana.save()
    scene.allot(study, people, cases=2)
    world, ana = World(people, study), Listener()
    ben.before(world)
    arrive(ana)
    codes = [row["code"] for row in ana.ask("get", "/api/readings")[0]["readings"]]
    for code in codes:
        look(ana, code)
        grade(ana, code, study)
    ben.between(world)
    for code in codes:
        finish(ana, code)
    get_lost(ana, codes[0])
    ben.after(world)
    for code in codes:
        look(ana, code)
    ask_for_more(ana, codes[0])
    answer_wishes(world)
    look(ana, codes[0])
    remember(ana, study, people)
    ana.ask("delete", "/api/session")
    ana.ask("get", "/api/readings")
    return ana.transcript.without_nonces()


def arrive(ana: Listener) -> None:
    ana.ask("get", "/api/session")
    ana.ask("post", "/api/session", {"username": "ana", "password": "not hers at all"})
    ana.ask("post", "/api/session", {"username": "ana", "password": PASSWORD})
    for door in ("/api/session", "/api/studies", "/api/instruments", "/api/adjudications", "/", "/worklist"):
        ana.ask("get", door)


def look(ana: Listener, code: str) -> None:
    """Everything there is to see of a reading, and the list it stands in."""
    ana.ask("get", "/api/readings")
    for door in ("", "/images", "/images/1", "/images/2", "/images/3", "/review"):
        ana.ask("get", f"/api/readings/{code}{door}")


def grade(ana: Listener, code: str, study: Study) -> None:
    """Every site, in three messages of which one comes twice; a comment, a pin, a sitting, a report."""
    ana.ask("put", f"/api/readings/{code}/desk", {"desk": DESK, "take": False})
    items = list(charter.in_force(study).instrument.items.values_list("code", flat=True))
    changes = [change(code, "answer", item, {"grade": 2 * (item == "VB_C4"), "not_assessable": ""}) for item in items]
    changes.append(change(code, "comment", "VB_C4", {"text": "Clear."}))
    for part in (changes[:9], changes[9:], changes[:9]):
        ana.ask("post", f"/api/readings/{code}/operations", {"desk": DESK, "operations": part})
    device = {"browser": "Chromium", "platform": "", "screen": "", "renderer": "", "pixel_ratio": 1.0}
    counted = {"desk": DESK, "active_ms": 59_000, "slices": {"1": [9, 9, 9]}, "windows": [], "device": device}
    ana.ask("put", f"/api/readings/{code}/sitting", counted)
    report = {"key": str(UUID(int=7)), "kind": "quality", "series": 1, "slice": 1, "text": "Motion."}
    ana.ask("post", f"/api/readings/{code}/problems", report)


def change(code: str, kind: str, item: str, value: Any) -> dict[str, Any]:
    key = str(UUID(int=hash((code, kind, item)) % 2**128))
    made = {"key": key, "kind": kind, "item": item, "pin": None, "value": value, "after": None}
    return {**made, "made_at": "2026-11-23T14:03:22Z"}


def finish(ana: Listener, code: str) -> None:
    """The review, a wrong password, a wrong hash, the signature, and once more."""
    shown = ana.ask("get", f"/api/readings/{code}/review")["content_sha256"]
    right = {"password": PASSWORD, "meaning": submission.MEANING, "content_sha256": shown}
    for given in (right | {"password": "wrong"}, right | {"content_sha256": "0" * 64}, right, right):
        ana.ask("post", f"/api/readings/{code}/sign", given)
    ana.ask("put", f"/api/readings/{code}/desk", {"desk": DESK, "take": True})


def get_lost(ana: Listener, code: str) -> None:
    """What is not hers, not there, not allowed, not meant so."""
    for door in (f"/api/readings/{'Z' * 12}", "/api/readings/1", "/api/nowhere", f"/api/readings/{code}/nowhere"):
        ana.ask("get", door)
    for door in ("/api/readings?ordering=-case__exam__subject", f"/api/readings/{code}?expand=case&format=api"):
        ana.ask("get", door)
    for method in ("options", "patch", "delete", "put"):
        ana.ask(method, f"/api/readings/{code}", {})
    ana.ask("post", f"/api/readings/{code}/operations", {"desk": DESK, "operations": [{"key": "no uuid"}]})
    ana.ask("post", f"/api/readings/{code}/problems", {"kind": "unheard of"})


def ask_for_more(ana: Listener, code: str) -> None:
    """The wish to open a signed reading, twice."""
    for _ in range(2):
        ana.ask("post", f"/api/readings/{code}/reopen", {"reason": "I counted the levels wrongly."})


def answer_wishes(world: World) -> None:
    """Dora declines Ana's wish in every world. A grant would be possible in some only, and is Dora's to give."""
    [reading] = Reading.objects.filter(reader=world.people.ana, reopenings__state="asked")
    asked = reading.reopenings.get(state="asked")
    reopening.decide(asked, grant=False, note="Compared.", actor=world.people.dora, now=timezone.now())


def remember(ana: Listener, study: Study, people: People) -> None:
    """The mail hour, with a reminder that Dora asked for."""
    mail.outbox.clear()
    reminders.ask(study, username="ana", actor=people.dora, now=timezone.now())
    reminders.send_all(now=timezone.now())
    for message in mail.outbox:
        ana.transcript.add("mail", message.subject, message.to, message.body, message.extra_headers)
    ana.transcript.add("mails", len(mail.outbox))


def adjudicate(people: People, study: Study, said: dict[str, dict[str, Any]]) -> str:
    """Clara's work at one case, of which Ana and Ben said this: queue, images, decisions, the signature."""
    [case] = scene.allot(study, people)
    scene.read(case, people, **said)
    clara = Listener(people.clara)
    [queue] = clara.ask("get", "/api/adjudications")
    code = queue["adjudications"][0]["code"]
    for door in ("", "/images", "/images/1", "/images/2"):
        clara.ask("get", f"/api/adjudications/{code}{door}")
    items = [dispute["item"] for dispute in clara.ask("get", f"/api/adjudications/{code}")["disputes"]]
    for item, choice in zip([*items, "NOTHING"], ["left", "right", "other", "left"], strict=True):
        decision = {"choice": choice, "grade": 1, "not_assessable": "", "reason": "extent", "comment": "Seen."}
        clara.ask("put", f"/api/adjudications/{code}/disputes/{item}", decision)
    for password in ("wrong", PASSWORD, PASSWORD):
        clara.ask("post", f"/api/adjudications/{code}/sign", {"password": password, "meaning": adjudication.MEANING})
    clara.ask("get", f"/api/adjudications/{code}")
    clara.ask("get", "/api/adjudications")
    return clara.transcript.without_nonces()


def answer_as_third(people: People, study: Study, said: dict[str, dict[str, Any]]) -> str:
    """Clara's work at one case of a study in which she is never shown what Ana and Ben said: this."""
    amend(study, people, resolution=Resolution.MEDIAN, sham_percent=50)
    [case] = scene.allot(study, people)
    scene.read(case, people, **said)
    clara = Listener(people.clara)
    [queue] = clara.ask("get", "/api/adjudications")
    code = queue["adjudications"][0]["code"]
    page = clara.ask("get", f"/api/adjudications/{code}")
    for dispute in page["disputes"]:
        clara.ask("put", f"/api/adjudications/{code}/disputes/{dispute['item']}/own", {"grade": 1})
    clara.ask("post", f"/api/adjudications/{code}/sign", {"password": PASSWORD, "meaning": page["meaning"]})
    clara.ask("get", f"/api/adjudications/{code}")
    clara.ask("get", "/api/adjudications")
    return clara.transcript.without_nonces()
