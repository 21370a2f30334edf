"""Acts of designs that few studies have, as the trail must tell them: a trail made by hand, and no database."""

import pytest

from scoring import replay
from scoring.dossier import to_json
from scoring.replay import Event, ReplayError
from tests.scoring import made_up_dossier

ITEM, OTHER = "VB_C4", "VB_C5"
AT = "2026-03-02T09:30:00+00:00"
SIGNED = {"content_sha256": "0" * 64, "meaning": "Mine.", "signed_at": AT}


class Trail:
    """Events, numbered as they come. Each act: who, what, of what, and what was before and after."""

    def __init__(self):
        self.events = []

    def add(self, action, key="STUDY", *, by="", before=None, **after):
        place = len(self.events) + 1
        self.events.append(Event(place, AT, by, action, "thing", key, before=before, after=after))
        return self

    def case(self):
        [case] = replay.cases(replay.replayed(self.events))
        return case


@pytest.fixture
def read():
    """A case that Ana and Ben have read: they differ at both items."""
    trail = opened()
    for code, reader, grade in (("RANA", "ana", 1), ("RBEN", "ben", 2)):
        for item in (ITEM, OTHER):
            trail.add("score.saved", code, by=reader, item=item, grade=grade, not_assessable="")
        trail.add("reading.signed", code, by=reader, **SIGNED, sittings=[])
    return trail


def opened():
    trail, header = Trail(), made_up_dossier.header()
    trail.add("study.founded", title="By hand", is_synthetic=True)
    copy = to_json(header.instrument)
    content = {**header.charter.content, "study": "STUDY"}
    trail.add("study.opened", **content, sha256="b" * 64, frozen_at=AT, definition=copy)
    for name, role in (("ana", "reader"), ("ben", "reader"), ("clara", "adjudicator"), ("dan", "adjudicator")):
        trail.add("member.added", username=name, role=role)
    exam = {"uid": "2.25.1", "series": [], "shifted_day": None}
    trail.add("case.assembled", "CASE", state="to_check", subject="S-1", exam=exam)
    trail.add("case.accepted", "CASE", before={"state": "to_check"}, state="ready")
    plan = [["ana", 1, "CASE", 1, False], ["ben", 1, "CASE", 1, False]]
    manifest = {"run": 1, "charter_version": 1, "plan": plan}
    return trail.add("cases.allotted", "RUN", cases=["CASE"], manifest=manifest, codes=["RANA", "RBEN"])


def compared(trail, state="open"):
    return trail.add("case.compared", "CASE", **consensus(state))


def consensus(state, *final):
    return {"state": state, "charter_version": 1, "compared_at": AT, "settled_at": "", "final": list(final)}


def asked_again(disputed):
    """Ana is asked again for one item."""
    about = {"reading": "SANA", "case": "CASE", "reader": "ana", "position": 2, "part": 3, "charter_version": 1}
    return {**about, "asked": [ITEM], "original": "RANA", "disputed": disputed}


SIDES = [{"item": ITEM, "left": "RANA", "right": "RBEN"}, {"item": OTHER, "left": "RBEN", "right": "RANA"}]
PUT = {"case": "CASE", "adjudicator": "", "sides": SIDES}


def test_an_adjudicator_is_drawn_answers_first_and_decides(read):
    compared(read).add("adjudication.opened", "ADJ", mode="own_first", **PUT)
    read.add("adjudication.drawn", "ADJ", before={"adjudicator": None}, adjudicator="dan")
    read.add("dispute.answered", "ADJ", by="dan", item=ITEM, grade=3, not_assessable="", own_at=AT)
    [adjudication] = read.case().adjudications
    assert (adjudication.adjudicator, adjudication.mode, adjudication.state) == ("ADJ2", "own_first", "started")
    [dispute, _] = adjudication.disputes
    assert (dispute.own_grade, dispute.own_at, dispute.choice) == (3, AT, "")


def test_a_reading_that_is_picked_gives_each_item_its_answer(read):
    compared(read).add("adjudication.opened", "ADJ", mode="pick_reading", **PUT)
    read.add("reading.picked", "ADJ", by="clara", choice="left", reason="extent", comment="", decided_at=AT)
    assert [(one.item, one.grade) for one in read.case().adjudications[0].disputes] == [(ITEM, 1), (OTHER, 2)]


def test_two_sign_a_joint_decision(read):
    compared(read).add("adjudication.opened", "ADJ", mode="joint", **PUT)
    read.add("adjudication.signed", "ADJ", by="clara", **SIGNED, second="dan", second_signature=SIGNED)
    [one] = read.case().adjudications
    assert (one.signature.name, one.second, one.second_signature.name) == ("ADJ1", "ADJ2", "ADJ2")


def test_nobody_else_decides_what_somebody_has_begun(read):
    compared(read).add("adjudication.opened", "ADJ", mode="joint", **PUT)
    read.add("adjudication.signed", "ADJ", by="clara", **SIGNED)
    read.add("adjudication.drawn", "ADJ", adjudicator="dan")
    with pytest.raises(ReplayError, match="was signed before"):
        read.case()


def test_what_was_mixed_in_never_counts(read):
    compared(read, state="settled").add("sham.drawn", "SHAM", adjudication="ADJ", mode="pick_item", **PUT)
    [one] = read.case().adjudications
    assert (one.code, one.is_sham, one.stands) == ("ADJ", True, False)


def test_readers_are_asked_again_and_what_both_corrected_is_settled(read):
    compared(read, state="checking")
    read.add("second_looks.handed_out", "RUN", looks=[asked_again([ITEM])])
    read.add("score.saved", "SANA", by="ana", item=ITEM, grade=2, not_assessable="")
    read.add("reading.signed", "SANA", by="ana", **SIGNED, sittings=[])
    slip = {"item": ITEM, "value": 2, "not_assessable": "", "method": "self_checked", "picked": ""}
    read.add("case.looked_at_again", "CASE", **consensus("open", slip))
    case = read.case()
    look = next(one for one in case.readings if one.code == "SANA")
    assert (look.kind, look.original, look.asked, look.disputed) == ("self_check", "RANA", (ITEM,), (ITEM,))
    assert not look.counts
    assert (case.final[ITEM].method, case.final[ITEM].readings) == ("self_checked", ("RANA", "RBEN"))


def test_a_second_look_that_nobody_began_is_taken_back(read):
    compared(read, state="checking")
    read.add("second_looks.handed_out", "RUN", looks=[asked_again([])])
    read.add("second_look.withdrawn", "SANA")
    assert next(one for one in read.case().readings if one.code == "SANA").state == "withdrawn"


def test_a_consensus_that_is_superseded_stays_with_its_decisions(read):
    compared(read).add("adjudication.opened", "ADJ", mode="pick_item", **PUT)
    read.add("consensus.superseded", "CASE", superseded_at=AT)
    case = read.case()
    assert (case.consensus, [one.superseded_at for one in case.superseded]) == (None, [AT])
    assert [one.superseded_at for one in case.adjudications] == [AT]
    assert compared(read).case().consensus.number == 2


def test_an_unlocked_study_is_open_and_its_seed_is_sealed_again(read):
    read.add("seed.drawn", sha256="c" * 64).add("study.locked", locked_at=AT, seed="s", seed_sha256="c" * 64)
    locked = replay.header(replay.replayed(read.events), software="0")
    unlocked = replay.header(replay.replayed(read.add("study.unlocked").events), software="0")
    assert [(one.locked_at, one.allocations[0]["seed"]) for one in (locked, unlocked)] == [(AT, "s"), ("", None)]
