"""The export rebuilt from the audit trail alone: the same bytes, or a sentence that names what is wrong."""

import json
from dataclasses import replace
from tempfile import TemporaryDirectory
from pathlib import Path
from uuid import uuid4

import pytest
from django.utils import timezone

from scoring import gathering, locking, rebuilding, replay, trail
from scoring.dossier import to_json
from scoring.models import Adjudication
from tests import cast, scene
from tests.bundles import bundle

pytestmark = pytest.mark.django_db


def both(study):
    """The dossier of rows and the dossier of events, as JSON."""
    state = replay.replayed(trail.events(study.code))
    rows = [to_json(gathering.header(study)), *map(to_json, gathering.cases(study))]
    told = [to_json(replay.header(state, software=rows[0]["software"])), *map(to_json, replay.cases(state))]
    return rows, told


def test_dossiers(study, people):
    settled, still_open = scene.allot(study, people, cases=2)
    scene.read(settled, people, ana={"VB_C4": 2, "VB_C5": 1}, ben={"VB_C4": 1, "VB_C5": 1, "FJ_C2C3": 0})
    scene.decide_all(Adjudication.objects.get(), people)
    scene.read(still_open, people, ana={"SP_C7": 3})
    rows, told = both(study)
    assert told == rows
