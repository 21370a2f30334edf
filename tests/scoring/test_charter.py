"""A study is opened with its rules of reading, and they are kept in the record."""

from readers.models import AuditEvent
from scoring.models import Charter
from tests import scene
from tests.cast import INSTRUMENT, client_of


def open_study(browser, **rules):
    return browser.post("/api/studies", {"title": "Neck pain", "instrument": INSTRUMENT, **rules})


def test_a_study_may_ask_for_pins(people):
    dora = client_of(people.dora)
    opened = open_study(dora, requires_pins=True).json()
    assert opened["requires_pins"] is True
    assert dora.get(f"/api/studies/{opened['code']}").json()["requires_pins"] is True
    assert AuditEvent.objects.get(action="study.opened").after["requires_pins"] is True


def test_a_study_that_says_nothing_of_pins_asks_for_none(people):
    assert open_study(client_of(people.dora)).json()["requires_pins"] is False
    assert AuditEvent.objects.get(action="study.opened").after["requires_pins"] is False


def test_a_reader_is_told_whether_pins_are_asked_for(study, people):
    Charter.objects.filter(study=study).update(requires_pins=True)
    [case] = scene.allot(study, people)
    code = scene.reading_of(case, people.ana).code
    assert client_of(people.ana).get(f"/api/readings/{code}").json()["requires_pins"] is True
