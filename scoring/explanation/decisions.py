"""What was decided where readings differ. Which answer was taken is told; that one of them was right, never."""

from collections.abc import Iterator

from scoring.dossier import AdjudicationRecord, CaseRecord, DisputeRecord, Header
from scoring.explanation import changes, readings, words
from scoring.explanation.shown import DecisionShown, Evidence, Side, SignatureShown


def about(header: Header, case: CaseRecord, evidence: Evidence, item: str) -> Iterator[DecisionShown]:
    """Every decision on an item: of adjudications that stand, of earlier ones, and of those that never count."""
    for one in case.adjudications:
        for dispute in one.disputes:
            if dispute.item == item:
                yield shown(header, case, evidence, one, dispute)


def shown(
    header: Header, case: CaseRecord, evidence: Evidence, one: AdjudicationRecord, dispute: DisputeRecord
) -> DecisionShown:
    return DecisionShown(
        code=one.code,
        who=" and ".join(filter(None, (one.adjudicator, one.second))),
        mode=words.MODES.get(one.mode, words.in_words(one.mode)),
        state=one.state,
        counts=one.stands,
        superseded_at=one.superseded_at,
        sentence=sentence_of(header, one, dispute),
        own=words.answer(header, dispute.own_grade, dispute.own_not_assessable) if dispute.own_at else "",
        sides=tuple(sides_of(header, case, dispute)),
        steps=tuple(changes.of_decision(header, evidence.events, one.code, dispute.item)),
        signatures=tuple(signatures_of(one, evidence)),
    )


def sentence_of(header: Header, one: AdjudicationRecord, dispute: DisputeRecord) -> str:
    """What was decided and why, as far as it is decided."""
    if not dispute.choice:
        return "Not decided."
    value = words.answer(header, dispute.grade, dispute.not_assessable)
    taken = words.CHOICES.get(dispute.choice, words.in_words(dispute.choice))
    why = words.WHY.get(dispute.reason, dispute.reason)
    return f"{taken}: {value}. Reason: {why}." if why else f"{taken}: {value}."


def sides_of(header: Header, case: CaseRecord, dispute: DisputeRecord) -> Iterator[Side]:
    by_code = {reading.code: reading for reading in case.readings}
    for place, code in (("left", dispute.left), ("right", dispute.right)):
        if reading := by_code.get(code):
            value = readings.said(header, reading, dispute.item)
            yield Side(place, code, reading.reader, value, is_taken=dispute.choice == place)


def signatures_of(one: AdjudicationRecord, evidence: Evidence) -> Iterator[SignatureShown]:
    for given in (one.signature, one.second_signature):
        if given:
            yield readings.signature(given, one.code, evidence)
