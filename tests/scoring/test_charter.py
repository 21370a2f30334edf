"""The charter: a draft until the study is opened, frozen from then on, amended with a reason and never rewritten."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from readers.errors import Conflict, Refusal
from readers.models import AuditEvent
from scoring import allocation, charter
from scoring.models import Charter, SealedSeed
from scoring.rules import Design, Rules
from tests import cast, scene
from tests.cast import INSTRUMENT, client_of


@pytest.fixture
def founded(people):
    """A study of Dora's with nothing but the draft of its charter."""
    return charter.found_study(title="Neck pain", instrument=INSTRUMENT, actor=people.dora)


def draft(study, people, *, reason="", **rules):
    return charter.write_draft(
        study, instrument=INSTRUMENT, rules=replace(Rules(), **rules), reason=reason, actor=people.dora
    )


def freeze(study, people):
    return charter.freeze(study, actor=people.dora, now=timezone.now())


def test_a_study_begins_with_the_draft_of_its_charter(people):
    dora = client_of(people.dora)
    opened = dora.post("/api/studies", {"title": "Neck pain", "instrument": INSTRUMENT}).json()
    assert opened["state"] == "draft"
    shown = dora.get(f"/api/studies/{opened['code']}/charter").json()
    assert (shown["versions"], shown["draft"]["version"], shown["problems"]) == ([], 1, [])
    assert shown["seed_sha256"] is None


def test_nothing_is_allotted_before_the_study_is_opened(founded, people):
    scene.make_case(founded, "S-01")
    with pytest.raises(Conflict, match="its charter is a draft"):
        allocation.allot(founded, actor=people.dora)


def test_a_coordinator_writes_the_draft_and_opens_the_study(founded, people):
    dora, path = client_of(people.dora), f"/api/studies/{founded.code}/charter"
    rules = dora.get(path).json()["draft"]["rules"] | {"requires_pins": True, "strata": ["centre"]}
    assert dora.put(path, {"instrument": INSTRUMENT, "rules": rules}).json()["draft"]["rules"] == rules
    opened = dora.post(f"{path}/freeze").json()
    assert opened["draft"] is None
    assert opened["versions"][0]["rules"] == rules
    assert opened["versions"][0]["frozen_by"] == "Dora Duarte"
    assert dora.get(f"/api/studies/{founded.code}").json()["state"] == "open"


def test_what_contradicts_itself_is_kept_as_a_draft_and_not_brought_into_force(founded, people):
    draft(founded, people, pool_size=1)
    with pytest.raises(Refusal, match="2 to 100 readers"):
        freeze(founded, people)
    assert charter.draft_of(founded).terms.pool_size == 1


def test_opening_publishes_the_hash_of_a_seed_that_nobody_is_shown(founded, people):
    freeze(founded, people)
    seed = SealedSeed.objects.get(study=founded)
    dora = client_of(people.dora)
    said = [dora.get(f"/api/studies/{founded.code}/{page}").content for page in ("charter", "allocation", "charter/1")]
    assert all(seed.sha256.encode() in body for body in said)
    assert not any(seed.seed.encode() in body for body in said)
    assert seed.seed not in str(list(AuditEvent.objects.values_list("after", flat=True)))


def test_the_database_refuses_to_change_a_charter_in_force(study):
    in_force = charter.in_force(study)
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        Charter.objects.filter(pk=in_force.pk).update(rules={})
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        Charter.objects.filter(pk=in_force.pk).delete()


def test_an_amendment_is_a_new_version_with_a_reason(study, people):
    cast.amend(study, people, requires_pins=True)
    first, second = charter.frozen(study)
    assert (first.terms.requires_pins, second.terms.requires_pins) == (False, True)
    assert second.reason == "The team asked for it."
    assert AuditEvent.objects.get(action="charter.amended").reason == second.reason


def test_an_amendment_without_a_reason_is_refused(study, people):
    draft(study, people, requires_pins=True)
    with pytest.raises(Refusal, match="Say why"):
        freeze(study, people)


def test_an_amendment_that_changes_nothing_is_refused(study, people):
    draft(study, people, reason="No reason at all.")
    with pytest.raises(Refusal, match="Nothing is changed"):
        freeze(study, people)


def test_an_amendment_can_be_given_up_and_the_first_draft_cannot(study, founded, people):
    draft(study, people, requires_pins=True)
    charter.drop_draft(study, actor=people.dora)
    assert charter.draft_of(study) is None
    with pytest.raises(Conflict, match="no amendment"):
        charter.drop_draft(founded, actor=people.dora)


def test_once_cases_are_allotted_instrument_and_design_stay(study, people):
    scene.allot(study, people)
    with pytest.raises(Refusal, match="the read design stays"):
        cast.amend(study, people, design=Design.MEAN)


def test_a_reading_keeps_the_charter_it_was_made_under(study, people):
    [case] = scene.allot(study, people)
    cast.amend(study, people, requires_pins=True)
    code = scene.reading_of(case, people.ana).code
    assert client_of(people.ana).get(f"/api/readings/{code}").json()["requires_pins"] is False


def test_a_reader_is_told_whether_pins_are_asked_for(study, people):
    cast.amend(study, people, requires_pins=True)
    [case] = scene.allot(study, people)
    code = scene.reading_of(case, people.ana).code
    assert client_of(people.ana).get(f"/api/readings/{code}").json()["requires_pins"] is True


def test_the_printed_charter_says_every_rule_in_a_sentence(study, people):
    cast.amend(study, people, repeat_percent=15, repeat_min_days=21, trigger_total=4, subject_gap=7)
    page = client_of(people.dora).get(f"/api/studies/{study.code}/charter/2")
    assert page.headers["Content-Type"].startswith("text/html")
    for sentence in ("15 % of each reader", "opens 21 days after", "differ by more than 4", "at least 7 others"):
        assert sentence in " ".join(page.content.decode().split())


def test_who_may_not_set_rules_may_not_write_them(study, people):
    path = f"/api/studies/{study.code}/charter"
    for person in (people.ana, people.clara, people.eve, people.sam):
        assert client_of(person).post(f"{path}/freeze").status_code == 404
    assert client_of(people.ana).get(path).status_code == 404
    assert client_of(people.sam).get(path).status_code == 200
