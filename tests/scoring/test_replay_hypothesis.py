"""Whatever people do in whatever order, the trail tells what the rows tell."""

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from readers.errors import Refusal
from scoring import chronicle, gathering, replay
from scoring.dossier import line_of
from studies import team
from studies.models import Role, Study
from tests import cast, scene
from tests.scoring.legal_acts import ACTS, NothingThere

pytestmark = pytest.mark.django_db
done = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 40)), min_size=12, max_size=40)


@pytest.fixture(scope="module")
def ground(once):
    """A case with disputes, one that Ana has read, one to be checked, and Carl who reads nothing."""
    people = cast.invite()
    study = cast.open_study(people)
    disputed, half_read = scene.allot(study, people, cases=2)
    scene.read(disputed, people, ana={"VB_C4": 2, "VB_C5": 1})
    scene.sign(scene.fill(scene.reading_of(half_read, people.ana)))
    scene.make_unchecked(study, "S-03")
    carl = cast.User.objects.create_user("carl", password=cast.PASSWORD, full_name="Carl Costa")
    team.join(study, carl, role=Role.READER, actor=people.dora)
    return study, people


@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],  # making a failing one shorter would take minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(done)
def test_the_trail_tells_what_the_rows_tell(ground, acts):
    study, people = ground
    with transaction.atomic():
        for act, n in acts:
            attempt(act, study, people, n)
        study = Study.objects.get(pk=study.pk)
        header = gathering.header(study)
        rows = [line_of(one) for one in (header, *gathering.cases(study))]
        state = replay.replayed(chronicle.events(study.code))
        told = [line_of(one) for one in (replay.header(state, software=header.software), *replay.cases(state))]
        transaction.set_rollback(True)
    assert told == rows


def attempt(act, study, people, n):
    try:
        with transaction.atomic():
            act(Study.objects.get(pk=study.pk), people, n)
    except (NothingThere, Refusal, Http404, IntegrityError):
        """What is refused changes nothing; of a locked study the database itself refuses."""
