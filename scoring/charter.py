"""A study's charter: drafted, frozen when the study is opened, amended with a reason. Nothing is rewritten."""

import secrets
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from readers import audit
from readers.errors import Conflict, Refusal
from readers.models import User
from readers.signatures import content_sha256
from scoring import catalogue, plan, printed
from scoring.models import Charter, Instrument, SealedSeed, UnlockingState
from scoring.rules import Rules, contradictions
from studies import originals, team
from studies.locks import refuse_if_locked
from studies.models import Case, CaseState, Role, Study

NOT_OPEN = "This study is not open for reading yet: its charter is a draft. Open it under Charter."


@transaction.atomic
def found_study(
    *,
    title: str,
    instrument: str,
    actor: User,
    is_synthetic: bool = False,
    is_practice: bool = False,
    keeps_originals: bool = False,
) -> Study:
    """A new study to be read with `instrument` (key@version), and the draft of its charter.

    Only accounts that may open studies can. A practice set has no rules to settle: it is open at once.
    """
    if not actor.can_open_studies:
        raise Refusal("not_allowed", "Your account may not open studies. Ask an administrator.")
    chosen = find_instrument(instrument)
    if keeps_originals and not originals.can_be_sealed():
        raise Refusal("no_escrow", "Originals cannot be kept here: the server has no key to seal them for.")
    study = Study.objects.create(
        title=title,
        opened_by=actor,
        is_synthetic=is_synthetic,
        is_practice=is_practice,
        keeps_originals=keeps_originals,
    )
    names = ("title", "is_synthetic", "is_practice", "keeps_originals")
    audit.record("study.founded", study, actor=actor, study=study, after={name: getattr(study, name) for name in names})
    team.join(study, actor, role=Role.COORDINATOR, actor=actor)
    Charter.objects.create(study=study, instrument=chosen, rules=Rules().to_json(), made_by=actor)
    if is_practice:
        freeze(study, actor=actor, now=timezone.now())
    return study


def open_study(*, title: str, instrument: str, actor: User, is_synthetic: bool = False, **rules: Any) -> Study:
    """A study founded and opened at once, for whoever has its rules settled beforehand."""
    study = found_study(title=title, instrument=instrument, actor=actor, is_synthetic=is_synthetic)
    write_draft(study, instrument=instrument, rules=Rules(**rules), reason="", actor=actor)
    freeze(study, actor=actor, now=timezone.now())
    return study


def find_instrument(reference: str) -> Instrument:
    chosen = catalogue.find(reference)
    if chosen is None:
        raise Refusal("no_instrument", f"There is no instrument {reference} here. Choose one from the list.")
    return chosen


def frozen(study: Study) -> QuerySet[Charter]:
    return study.charters.filter(frozen_at__isnull=False).select_related("instrument")


def in_force(study: Study) -> Charter:
    """The newest frozen charter: what new readings are made under. Raises Conflict while there is only a draft."""
    charter = frozen(study).last()
    if charter is None:
        raise Conflict("not_open", NOT_OPEN)
    return charter


def newest(study: Study) -> Charter:
    """The newest charter, in force or a draft."""
    charter = study.charters.select_related("instrument").last()
    assert charter is not None, "a study is founded together with its charter"
    return charter


def draft_of(study: Study) -> Charter | None:
    return study.charters.filter(frozen_at=None).select_related("instrument").first()


@transaction.atomic
def write_draft(study: Study, *, instrument: str, rules: Rules, reason: str, actor: User) -> Charter:
    """Put rules into the draft, or begin the draft of an amendment. Contradictions wait until it is frozen."""
    study = Study.objects.select_for_update(no_key=True).get(pk=study.pk)
    refuse_if_locked(study)
    chosen, latest = find_instrument(instrument), newest(study)
    draft = draft_of(study) or Charter(study=study, version=latest.version + 1, made_by=actor)
    draft.instrument, draft.rules, draft.reason = chosen, rules.in_words().to_json(), reason.strip()
    draft.save()
    return draft


@transaction.atomic
def drop_draft(study: Study, *, actor: User) -> None:
    """Give up an amendment. The first draft stays: a study has a charter."""
    study = Study.objects.select_for_update(no_key=True).get(pk=study.pk)
    refuse_if_locked(study)
    draft = draft_of(study)
    if draft is None or draft.version == 1:
        raise Conflict("no_amendment", "There is no amendment to give up.")
    draft.delete()


@transaction.atomic
def freeze(study: Study, *, actor: User, now: datetime) -> Charter:
    """Bring the draft into force: the study is opened, or its charter amended. Refuses what contradicts itself."""
    study = Study.objects.select_for_update(no_key=True).get(pk=study.pk)
    refuse_if_locked(study)
    draft = draft_of(study)
    if draft is None:
        raise Conflict("no_draft", "There is no draft to bring into force.")
    if problems := problems_of(draft):
        raise Refusal("contradiction", problems[0], problems=problems)
    draft.frozen_by, draft.frozen_at, draft.sha256 = actor, now, content_sha256(content(draft))
    draft.save()
    seed_of(study)
    action = "study.opened" if draft.version == 1 else "charter.amended"
    audit.record(action, study, actor=actor, study=study, after=told(draft), reason=draft.reason)
    return draft


def told(charter: Charter) -> dict[str, Any]:
    """A charter as the audit trail has it; with the whole instrument, where no charter before had it."""
    assert charter.frozen_at, "a draft is nobody's rule yet"
    about = {**content(charter), "sha256": charter.sha256, "frozen_at": charter.frozen_at.isoformat()}
    before = frozen(charter.study).filter(instrument=charter.instrument, version__lt=charter.version)
    return about if before.exists() else {**about, "definition": catalogue.told(charter.instrument)}


def content(charter: Charter) -> dict[str, Any]:
    """Exactly what a charter says, and what its hash is taken of."""
    return {
        "study": charter.study.code,
        "version": charter.version,
        "instrument": charter.instrument.reference,
        "instrument_sha256": charter.instrument.sha256,
        "rules": charter.rules,
        "reason": charter.reason,
    }


def as_printed(charter: Charter) -> dict[str, Any]:
    """What its template needs: the charter, and its rules under headings."""
    instrument = charter.instrument
    named = (instrument.title, instrument.reference, instrument.sha256)
    return {"charter": charter, "sections": printed.sections(charter.terms, *named)}


def problems_of(draft: Charter) -> list[str]:
    """Why a draft cannot be brought into force, each in a sentence."""
    rules = draft.terms
    highest = max(item.n_grades for item in draft.instrument.items.all()) - 1
    return [
        *contradictions(rules, highest_grade=highest),
        *problems_of_practice(rules, draft.instrument),
        *problems_of_an_amendment(draft),
    ]


def problems_of_practice(rules: Rules, instrument: Instrument) -> list[str]:
    if not rules.practice_set:
        return []
    chosen = Study.objects.filter(code=rules.practice_set, is_practice=True).first()
    if chosen is None:
        return ["The practice set is not here any more. Choose another one."]
    if in_force(chosen).instrument != instrument:
        return ["The practice set has references for another instrument. Choose one for this instrument."]
    if (there := practice_cases(chosen)) < rules.practice_cases:
        return [f"The practice set has {there} cases with references, and the charter counts {rules.practice_cases}."]
    return []


def practice_cases(practice_set: Study) -> int:
    """How many cases of a practice set can be practised on: checked, and with references."""
    ready = practice_set.cases.filter(state=CaseState.READY, references__isnull=False)
    return ready.distinct().count()


def problems_of_an_amendment(draft: Charter) -> list[str]:
    """What can no longer be changed: readings of one study must stay comparable."""
    before = frozen(draft.study).last()
    if before is None:
        return []
    problems = [] if draft.reason else ["Say why the charter is amended."]
    if before.rules == draft.rules and before.instrument == draft.instrument:
        problems.append("Nothing is changed by this amendment.")
    if Case.objects.filter(study=draft.study, state=CaseState.ALLOTTED).exists():
        if before.instrument != draft.instrument:
            problems.append("Cases are allotted already: the instrument stays. Open a new study for another one.")
        if before.terms.design != draft.terms.design:
            problems.append("Cases are allotted already: the read design stays. Open a new study for another one.")
    return problems


def seed_of(study: Study) -> SealedSeed:
    """The sealed seed of a study, drawn the first time it is asked for: when the study is opened."""
    known = SealedSeed.objects.filter(study=study).first()
    if known:
        return known
    seed = secrets.token_hex(32)
    sealed = SealedSeed.objects.create(study=study, seed=seed, sha256=plan.seed_sha256(seed))
    audit.record("seed.drawn", study, actor=None, study=study, after={"sha256": sealed.sha256})
    return sealed


def is_unsealed(study: Study) -> bool:
    """Whether the seed of a study has been shown. A lock that was taken off again cannot seal it any more."""
    return study.locked_at is not None or study.unlockings.filter(state=UnlockingState.GRANTED).exists()


def practice_sets(instrument: Instrument) -> list[dict[str, Any]]:
    """The practice sets a charter with this instrument can choose."""
    found = Study.objects.filter(is_practice=True, charters__instrument=instrument).distinct()
    return [{"code": one.code, "title": one.title, "n_cases": practice_cases(one)} for one in found]
