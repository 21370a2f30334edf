"""Mail to readers: the same words for everybody, at one hour, for what waits in their own list."""

import pytest
from django.conf import settings as django_settings
from django.core import mail
from django.utils import timezone

from readers.errors import Conflict, Refusal
from scoring import reminders
from scoring.models import Reading, Reminder
from tests import scene
from tests.cast import client_of


@pytest.fixture(autouse=True)
def post_office(settings):
    settings.EMAIL_HOST = "mail.example.org"


@pytest.fixture
def case(study, people):
    for person in (people.ana, people.ben):
        person.email = f"{person.username}@example.org"
        person.save()
    [case] = scene.allot(study, people)
    return case


def ask(study, people, username="ana"):
    return reminders.ask(study, username=username, actor=people.dora, now=timezone.now())


def test_asking_sends_nothing_yet(study, case, people):
    ask(study, people)
    assert mail.outbox == []


def test_at_its_hour_the_reader_gets_one_mail_of_constant_words(study, case, people):
    for name in ("ana", "ben"):
        ask(study, people, name)
    assert reminders.send_all(now=timezone.now()) == 2
    to_ana, to_ben = mail.outbox
    assert (to_ana.to, to_ben.to) == (["ana@example.org"], ["ben@example.org"])
    assert (to_ana.subject, to_ana.body) == (to_ben.subject, to_ben.body)
    codes = Reading.objects.values_list("code", flat=True)
    for secret in (*codes, study.title, study.code, "Ben", "Ana", "1"):
        assert secret not in to_ana.body


def test_who_has_nothing_to_read_gets_no_mail_and_the_wish_is_closed(study, case, people):
    ask(study, people)
    scene.sign(scene.fill(scene.reading_of(case, people.ana)))
    assert reminders.send_all(now=timezone.now()) == 0
    assert mail.outbox == []
    assert not Reminder.objects.filter(sent_at=None).exists()


def test_what_the_other_reader_does_sends_nothing(study, case, people):
    scene.sign(scene.fill(scene.reading_of(case, people.ben)))
    reminders.send_all(now=timezone.now())
    assert mail.outbox == []


def test_asked_for_twice_it_goes_out_once(study, case, people):
    assert ask(study, people) == ask(study, people)
    reminders.send_all(now=timezone.now())
    reminders.send_all(now=timezone.now())
    assert len(mail.outbox) == 1


def test_the_hour_is_the_same_every_day():
    job = django_settings.CELERY_BEAT_SCHEDULE["remind readers"]
    assert (job["schedule"].hour, job["schedule"].minute) == ({django_settings.MAIL_HOUR}, {0})


def test_a_server_without_mail_says_so(study, case, people, settings):
    settings.EMAIL_HOST = ""
    with pytest.raises(Conflict, match="sends no mail"):
        ask(study, people)


def test_a_reader_without_an_address_is_named(study, case, people):
    people.ana.email = ""
    people.ana.save()
    with pytest.raises(Refusal, match="no mail address of Ana Almeida"):
        ask(study, people)


def test_the_coordinator_asks_and_nobody_else(study, case, people):
    path = f"/api/studies/{study.code}/reminders"
    assert client_of(people.ben).post(path, {"username": "ana"}).status_code == 404
    answer = client_of(people.dora).post(path, {"username": "ana"})
    assert (answer.status_code, answer.json()["goes_out_at_hour"]) == (201, django_settings.MAIL_HOUR)
