"""All the server tells a reader of their list, repeats and first readings side by side: nothing tells them apart."""

from datetime import timedelta

import numpy as np
import pytest
from django.utils import timezone
from scipy.stats import rankdata
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict
from sklearn.preprocessing import StandardScaler

from readers.codes import ALPHABET
from readers.models import Signature
from scoring import allocation
from scoring.models import Reading, Repeat
from studies.models import Case, CaseState, Exam, Subject
from tests import cast
from tests.cast import client_of

N_CASES, PERCENT = 2100, 48  # of two readers: 2,000 repeats and more


@pytest.fixture
def received(study, people, monkeypatch):
    """What both readers are told of their second parts once these are open, and which of the rows are repeats."""
    cast.amend(study, people, repeat_percent=PERCENT, repeat_min_cases=5, subject_gap=0)
    fill_with_cases(study)
    allocation.allot(study, actor=people.dora)
    sign_part_one()
    later = timezone.now() + timedelta(days=15)
    monkeypatch.setattr("scoring.views.readings.timezone.now", lambda: later)
    repeats = set(Repeat.objects.values_list("reading__code", flat=True))
    second = set(Reading.objects.filter(part=2).values_list("code", flat=True))
    told, is_repeat = [], []
    for reader in (people.ana, people.ben):
        [group] = client_of(reader).get("/api/readings").json()
        rows = group["readings"]
        for place, row in enumerate(rows):
            if row["code"] in second:
                told.append(features(rows, place))
                is_repeat.append(row["code"] in repeats)
    return np.array(told, dtype=float), np.array(is_repeat)


def fill_with_cases(study, n=N_CASES):
    """Ready cases without images: the list of a reader knows nothing of images."""
    subjects = Subject.objects.bulk_create(
        Subject(study=study, key=f"key {place}", pseudonym=f"S-{place:04}") for place in range(n)
    )
    exams = Exam.objects.bulk_create(Exam(subject=subject, uid=f"2.25.{subject.pk}") for subject in subjects)
    Case.objects.bulk_create(Case(study=study, exam=exam, state=CaseState.READY) for exam in exams)


def sign_part_one():
    readings = list(Reading.objects.filter(part=1).select_related("reader"))
    given = [
        Signature(signer=one.reader, printed_name="", meaning="", content_sha256="", signed_at=timezone.now())
        for one in readings
    ]
    for one, signature in zip(readings, Signature.objects.bulk_create(given), strict=True):
        one.state, one.signature = "signed", signature
    Reading.objects.bulk_update(readings, ["state", "signature"], batch_size=500)


def features(rows, place):
    """Numbers of a row and of its neighbours: where it stands, its code letter by letter, its state, its length."""
    row = rows[place]
    letters = [ALPHABET.index(letter) for letter in row["code"]]
    around = [rows[near]["code"] if 0 <= near < len(rows) else row["code"] for near in (place - 1, place + 1)]
    first = [ALPHABET.index(code[0]) for code in around]
    return [row["position"] - rows[0]["position"], place % 2, len(str(row)), len(row), *letters, *first]


def auc(scores, repeats):
    n = repeats.sum()
    wins = (rankdata(scores)[repeats].sum() - n * (n + 1) / 2) / (n * (~repeats).sum())
    return max(wins, 1 - wins)


def test_no_classifier_tells_repeats_from_first_readings(received):
    told, is_repeat = received
    assert is_repeat.sum() >= 2000
    told = StandardScaler().fit_transform(told)
    for model in (LogisticRegression(max_iter=1000), RandomForestClassifier(60, max_depth=5, random_state=0)):
        scores = cross_val_predict(model, told, is_repeat, cv=5, method="predict_proba")[:, 1]
        assert auc(scores, is_repeat) <= 0.55, model
    for feature in told.T:
        assert auc(feature, is_repeat) <= 0.55
