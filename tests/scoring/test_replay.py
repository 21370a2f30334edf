"""The export rebuilt from the audit trail alone: the same bytes, or a sentence that names what is wrong."""

import re
from dataclasses import replace
from io import StringIO
from uuid import UUID, uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from scoring import (
    allocation,
    charter,
    chronicle,
    consensus,
    gathering,
    locking,
    practice,
    problems,
    reassignment,
    rebuilding,
    references,
    reopening,
    replay,
    sittings,
    submission,
)
from scoring.dossier import to_json
from scoring.models import Adjudication, Reading, ReadingState
from scoring.replay import Event, ReplayError
from scoring.replay.registry import HANDLERS, SILENT
from studies import cases, covariates, intake, team, uploads
from studies.models import Centre, ExamFacts, Role, Study, Upload
from tests import cast, dicom, scene
from tests.bundles import bundle

PLACE = {
    "series": 2,
    "slice": 2,
    "point": [4.5, -20.25, 31],
    "view": {"centre": [0, 0, 0], "mm_per_pixel": 0.3, "low": 10, "high": 900},
}
DEVICE = {"browser": "Firefox", "platform": "Linux", "screen": "1920x1080", "renderer": "WebGL", "pixel_ratio": 1.5}


pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def story(once):
    """A study in which about everything has happened, and its people."""
    people = cast.invite()
    study = cast.open_study(people)
    live(study, people)
    return study, people


@pytest.fixture
def lived(story):
    return Study.objects.get(pk=story[0].pk)


@pytest.fixture
def people(story):
    return story[1]


@pytest.fixture
def fresh(people):
    """Another study of theirs, in which nothing has happened yet."""
    return cast.open_study(people)


@pytest.fixture(scope="module")
def events(story, django_db_blocker):
    with django_db_blocker.unblock():
        return list(chronicle.events(story[0].code))


def live(study, people):
    """Three cases, all read, compared and settled."""
    made = material(study, people)
    cast.amend(study, people, repeat_percent=34, repeat_min_cases=1, subject_gap=0)
    allocation.allot(study, actor=people.dora)
    hand_over(study, people, made[0])
    covariates.enter(study, table="participant,diagnosis,crp [mg/dl]\nS-01,RA,0.4\nS-9,AS,\n", actor=people.dora)
    work_at(scene.reading_of(made[1], people.ana), people)
    for reading in Reading.objects.exclude(state__in=[ReadingState.SIGNED, ReadingState.WITHDRAWN]).order_by("code"):
        scene.sign(scene.fill(reading, SP_C7=1 if reading.reader == people.ben else 0))
    for case in made:
        consensus.compare(case, now=timezone.now())
    for found in Adjudication.objects.all():
        scene.decide_all(found, people)


def material(study, people):
    made = [scene.make_unchecked(study, f"S-{place:02}") for place in (1, 2, 3)]
    centre = Centre.objects.create(study=study, name="North")
    for day, case in enumerate(made):
        ExamFacts.objects.create(exam=case.exam, age_years=50 + day, sex="F", shifted_day=4711 + day, centre=centre)
        cases.assemble(case)
    cases.set_subject(made[1], pseudonym="S-9", actor=people.dora)
    cases.set_subject(made[2], pseudonym="S-9", actor=people.dora)
    cases.correct_role(made[0].exam.series.get(role="T1"), role="T1", actor=people.dora)
    for case in made:
        case.refresh_from_db()
        scene.accept(case)
    return made


def hand_over(study, people, case):
    carl = cast.User.objects.create_user("carl", password=cast.PASSWORD, full_name="Carl Costa")
    team.join(study, carl, role=Role.READER, actor=people.dora)
    reassignment.reassign(
        study, case=case.code, reader="ana", to="carl", reason="Ana is ill.", actor=people.dora, now=timezone.now()
    )


def work_at(reading, people):
    """Ana says and shows why, reports what is wrong, signs, and has it opened again for another grade."""
    now, question = timezone.now(), submission.find_item(reading, "VB_C4")
    submission.write_comment(reading, question, text="=Faint, é", actor=people.ana, now=now)
    pins = [uuid4(), uuid4()]
    for place, key in enumerate((*pins, pins[0])):
        submission.put_pin(reading, question, key=key, place={**PLACE, "slice": place}, actor=people.ana, now=now)
    submission.take_pin(reading, question, key=pins[1], actor=people.ana, now=now)
    sittings.record(
        reading, desk=UUID(int=1), active_ms=9000, slices={"1": [5, 0, 7]}, windows=[], device=DEVICE, now=now
    )
    for kind in ("identity", "quality"):
        found = problems.report(
            reading, key=uuid4(), kind=kind, series=1, slice=0, text="M. Muster", actor=people.ana, now=now
        )
    problems.close(found, note="Asked.", actor=people.dora, now=now)
    scene.sign(scene.fill(reading, VB_C4=2))
    asked = reopening.ask(reading, reason="Sides are swapped.", actor=people.ana, now=now)
    reopening.decide(asked, grant=True, note="", actor=people.dora, now=now)
    reading.refresh_from_db()
    scene.sign(scene.fill(reading, VB_C4=1, VB_C5="artefact"))


def dossiers(study):
    """What the rows give, and what the events give, as JSON."""
    rows = [to_json(gathering.header(study)), *map(to_json, gathering.cases(study))]
    return rows, told_by(chronicle.events(study.code), software=rows[0]["software"])


def told_by(events, software="0.1.0"):
    state = replay.replayed(events)
    return [to_json(replay.header(state, software=software)), *map(to_json, replay.cases(state))]


def test_the_trail_tells_what_the_rows_tell(lived):
    rows, told = dossiers(lived)
    assert told == rows


def test_a_locked_study_is_rebuilt_byte_by_byte(lived, people, tmp_path):
    locking.lock(lived, reason="All is read.", actor=people.dora, now=timezone.now())
    path = exported(lived, tmp_path)
    made = rebuilding.zipped(chronicle.events(lived.code), tmp_path / "told")
    assert not rebuilding.difference(tmp_path / "told" / "files", path)
    assert made.read_bytes() == path.read_bytes()


def test_a_study_that_is_being_read_is_told_as_it_is(fresh, people):
    study, [case, _] = fresh, scene.allot(fresh, people, cases=2)
    submission.save(
        scene.reading_of(case, people.ben),
        item="VB_C4",
        grade=1,
        not_assessable="",
        actor=people.ben,
        now=timezone.now(),
    )
    scene.sign(scene.fill(scene.reading_of(case, people.ana)))
    rows, told = dossiers(study)
    assert told == rows


def test_images_that_are_still_coming_in_are_told_batch_by_batch(fresh, people, tmp_path, monkeypatch):
    upload = uploads.begin(fresh, subject="", actor=people.dora)
    paths = {number: tmp_path / str(number) for number in range(10)}
    for path, content in zip(paths.values(), dicom.exam().values(), strict=True):
        path.write_bytes(content)
    uploads.receive(upload, paths)
    uploads.finish(upload, actor=people.dora)
    with monkeypatch.context() as broken_off:
        broken_off.setattr(intake, "close", lambda *_, **__: None)
        intake.import_upload(upload.pk)
    rows, told = dossiers(fresh)
    assert (told, rows[1]["state"]) == (rows, "incomplete")
    intake.close(Upload.objects.get(), now=timezone.now())
    rows, told = dossiers(fresh)
    assert (told, rows[1]["state"]) == (rows, "to_check")


def test_a_practice_set_is_told_too(fresh, people):
    asked = {"title": "Practice", "instrument": cast.INSTRUMENT}
    practice_set = charter.found_study(**asked, actor=people.dora, is_practice=True)
    scene.make_case(practice_set, "P-01")
    items = charter.in_force(practice_set).instrument.items.all()
    table = "\n".join(["case,item,grade", *(f"P-01,{item.code},0" for item in items)])
    references.enter(practice_set, table=table, actor=people.dora)
    cast.amend(fresh, people, practice_set=practice_set.code, practice_cases=1, practice_kappa=0.6)
    [reading] = practice.begin(fresh, actor=people.ana)
    scene.sign(scene.fill(Reading.objects.get(pk=reading.pk), VB_C4=2))
    for study in (practice_set, fresh):
        rows, told = dossiers(study)
        assert told == rows


def test_nothing_but_the_log_is_read(lived, tmp_path):
    with CaptureQueriesContext(connection) as asked:
        rebuilding.rebuild(lived.code, tmp_path / "files")
    touched = {table for query in asked for table in re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"])}
    assert touched == {"readers_auditevent", "readers_auditlink", "readers_user"}


def exported(study, tmp_path):
    path = tmp_path / "export.zip"
    path.write_bytes(bundle(study))
    return path


def test_the_command_says_that_an_export_follows_although_more_has_happened_since(lived, people, tmp_path):
    path = exported(lived, tmp_path)
    locking.lock(lived, reason="All is read.", actor=people.dora, now=timezone.now())
    out = StringIO()
    call_command("replay", lived.code, check=path, stdout=out)
    assert out.getvalue() == "Every file of the export follows from the audit trail.\n"


def test_the_command_names_the_first_line_that_differs(lived, tmp_path):
    Study.objects.filter(pk=lived.pk).update(title="Another name")  # what no event tells
    path, out = exported(lived, tmp_path), StringIO()
    with pytest.raises(SystemExit):
        call_command("replay", lived.code, check=path, to=tmp_path / "files", stdout=out)
    said = r"\S+, line \d+: the audit trail gives '.*Neck pain.*', the export has '.*Another name.*'\.\n"
    assert re.fullmatch(said, out.getvalue())
    assert (tmp_path / "files" / "consensus.csv").exists()


def test_the_command_refuses_to_write_over_a_folder(lived, tmp_path):
    with pytest.raises(CommandError, match="is there already"):
        call_command("replay", lived.code, to=tmp_path)


def test_the_command_refuses_a_study_that_is_not_open(lived, events):
    with pytest.raises(CommandError, match="no charter is in force"):
        call_command("replay", lived.code, until=events[0].seq)


def test_every_act_of_a_study_is_known(events):
    acts = {event.action for event in events}
    assert acts <= HANDLERS.keys() | SILENT
    assert not HANDLERS.keys() & SILENT


def test_an_act_that_nobody_knows_is_named(events):
    unknown = replace(events[-1], seq=events[-1].seq + 1, action="case.forgotten")
    with pytest.raises(ReplayError, match=rf"^Event {unknown.seq}, case.forgotten .* does not know"):
        replay.replayed([*events, unknown])


def test_events_out_of_their_order_are_refused(events):
    first, second, *_ = events
    with pytest.raises(ReplayError, match=f"it comes after event {second.seq}"):
        replay.replayed([second, first])


def test_any_event_that_is_missing_is_noticed(events):
    """Some cannot be played without it; what can is another export, beside the digest of the trail that is in it."""
    whole, last_of = told_by(events), {event.action: place for place, event in enumerate(events)}
    for action, place in last_of.items():
        try:
            told = told_by([*events[:place], *events[place + 1 :]])
        except ReplayError:
            continue
        is_told = told[1:] != whole[1:] or told[0] != {**whole[0], "audit": told[0]["audit"]}
        assert told[0]["audit"] != whole[0]["audit"]
        assert is_told or action in SILENT | OVERTAKEN, action


# What a later event tells as well: the next one of the same case, and who decides of who was drawn.
OVERTAKEN = {"series.role corrected", "adjudication.drawn"}


@pytest.mark.parametrize(("action", "told", "why"), [
    ("study.founded", {}, "was founded before"),
    ("charter.amended", {"version": 4}, "does not follow version 2"),
    ("charter.amended", {"version": 3, "instrument_sha256": "0"}, "not the one that the charter names"),
    ("case.accepted", {"state": "ready"}, "the case was allotted before"),
    ("case.assembled", {}, "was allotted before"),
    ("case.subject set", {}, "before, not of S-77"),
    ("cases.allotted", {}, "only what is ready is allotted"),
    ("score.saved", {}, "was signed before"),
    ("reading.signed", {}, "was signed before"),
    ("pin.removed", {}, "was signed before"),
    ("reading.reassigned", {}, "was withdrawn before"),
    ("reading.reopened", {"content_sha256": "0"}, "what was signed before is something else"),
    ("problem.closed", {"state": "closed"}, "no such problem"),
    ("case.compared", {}, "was compared before"),
    ("adjudication.opened", {}, "was put before an adjudicator before"),
    ("dispute.decided", {}, "was signed before"),
    ("adjudication.signed", {}, "was signed before"),
    ("study.locked", {"seed_sha256": "0"}, "not the one that was drawn"),
])  # fmt: skip
def test_what_does_not_fit_is_refused_by_name(events, action, told, why):
    """Each act once more at the end, or as it cannot have been."""
    same = next((event for event in reversed(events) if event.action == action), events[-1])
    before = {"case.subject set": {"subject": "S-77"}}.get(action, same.before)
    key = "nobody" if action == "problem.closed" else same.object_key
    after = {**(same.after if isinstance(same.after, dict) else {}), **told}
    again = replace(same, seq=events[-1].seq + 1, action=action, object_key=key, before=before, after=after)
    with pytest.raises(ReplayError, match=why) as refused:
        replay.replayed([*events, again])
    assert str(refused.value).startswith(f"Event {again.seq}, {action}")


def test_an_answer_that_was_altered_no_longer_fits_the_next(events):
    saved = [event for event in events if event.action == "score.saved" and event.after["item"] == "VB_C4"]
    again = next(event for event in saved if event.before and event.before["grade"] is not None)
    first = next(event for event in saved if event.object_key == again.object_key)
    forged = replace(first, after={**first.after, "grade": 3})
    with pytest.raises(ReplayError, match=f"^Event {again.seq}, .* was there before is not what was"):
        replay.replayed([forged if event is first else event for event in events])


def test_an_event_that_says_too_little_is_named():
    with pytest.raises(ReplayError, match=r"^Event 1, study.founded of study S: it does not say 'title'\.$"):
        replay.replayed([Event(1, "", "dora", "study.founded", "study", "S", after={})])


def test_an_event_that_says_nothing_is_named():
    with pytest.raises(ReplayError, match="it cannot be read"):
        replay.replayed([Event(1, "", "dora", "study.founded", "study", "S")])
