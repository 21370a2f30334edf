"""Every number of an export explained to who may export: cases to choose from, one case, and the history of a value.

From the disclosure point on, for a history gives single readings away. A look changes nothing and is not recorded;
what leaves as a file is (export.hand_out).
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from readers import chain
from readers.errors import Conflict
from readers.models import AuditEvent
from scoring import disclosure, explanation, gathering, sittings, standing, trail
from scoring.chronicle import time_of
from scoring.dossier import CaseRecord
from scoring.explanation import CaseTable, Event, Evidence, History, Viewed, Views, words
from scoring.judgements import Known
from scoring.models import Adjudication, Reading, ReadingState, Sitting
from studies.models import Case, Study

PAGE = 50
MOST_WORDS = 60  # of what was pasted: a row of a file
MOST_WINDOWS = 5
DENS = "Dens"


def cases(study: Study, *, search: str, page: int) -> dict[str, Any]:
    """The cases that fit, fifty at a time, and the value and reading that the search names; or why none is shown."""
    if sentence := disclosure.withheld(study):
        return {"withheld": sentence, "count": 0, "page": 1, "pages": 1, "cases": [], "what": "", "reading": ""}
    found, what, reading = searched(study, search)
    count = found.count()
    pages = max(1, -(-count // PAGE))
    page = min(max(page, 1), pages)
    shown = [line_of(case) for case in found[(page - 1) * PAGE : page * PAGE]]
    told = {"count": count, "page": page, "pages": pages, "cases": shown, "what": what, "reading": reading}
    return {"withheld": None, **told}


def searched(study: Study, search: str) -> tuple[QuerySet[Case], str, str]:
    """By codes, as they are in the files of an export: a whole row may be pasted. Else by a part of code or name."""
    every: QuerySet[Case] = study.cases.select_related("exam__subject", "consensus").order_by("code")
    every = every.annotate(n_signed=Count("readings", Q(readings__state=ReadingState.SIGNED), distinct=True))
    said = [word for word in re.split(r"[\s,;\"']+", search) if word][:MOST_WORDS]
    header = gathering.outline(study) if said else None
    what = next((word for word in said if header and explanation.named(header, word)), "")
    codes = [word.upper() for word in said]
    reading = Reading.objects.filter(case__study=study, code__in=codes).first()
    adjudications = Adjudication.objects.filter(code__in=codes)
    named = Q(code__in=codes) | Q(readings__code__in=codes)
    for place in ("consensus__case", "consensus__former_case"):  # the latter where it was superseded
        named |= Q(pk__in=adjudications.values(place))
    if codes and (exact := Case.objects.filter(named, study=study).values("pk")):
        return every.filter(pk__in=exact), what, reading.code if reading else ""
    for word in said:
        if word != what:
            every = every.filter(Q(code__icontains=word) | Q(exam__subject__pseudonym__icontains=word))
    return every, what, ""


def line_of(case: Case) -> dict[str, Any]:
    consensus = getattr(case, "consensus", None)
    methods = Counter(consensus.final_scores.values_list("method", flat=True)) if consensus else {}
    return {
        "code": case.code,
        "subject": case.exam.subject.pseudonym,
        "state": str(consensus.state) if consensus else "",
        "n_signed": case.n_signed,  # type: ignore[attr-defined]  # annotated above
        "methods": [{"method": words.method(one), "n": n} for one, n in sorted(methods.items())],
    }


def table(study: Study, case: str) -> CaseTable:
    """Every value of a case; 404 if there is no such case."""
    refuse_if_withheld(study)
    _, record, _ = gathered(study, case)
    return explanation.table(gathering.outline(study), record)


def history(study: Study, case: str, what: str, *, reading: str) -> History:
    """The history of one value, or of what one reading says of it; 404 if there is nothing of that name."""
    refuse_if_withheld(study)
    row, record, known = gathered(study, case)
    header = gathering.outline(study)
    asked = explanation.named(header, what)
    evidence = Evidence(
        events=tuple(events_of(study, record, known)),
        views={one.code: views_of(one, record) for one in readings_of(row) if one.state == ReadingState.SIGNED},
        standings=standings_of(record),
    )
    found = explanation.history(header, record, asked, evidence, reading=reading) if asked else None
    if found is None:
        raise Http404
    return found


def refuse_if_withheld(study: Study) -> None:
    if sentence := disclosure.withheld(study):
        raise Conflict("withheld", sentence)


def gathered(study: Study, code: str) -> tuple[Case, CaseRecord, Known]:
    """A case as a row and as it stands in the dossier, with who is who."""
    row = study.cases.filter(code=code).first()
    if row is None:
        raise Http404
    known = gathering.known_of(study)
    return row, next(gathering.batch(study, [code], known)), known


def readings_of(case: Case) -> QuerySet[Reading]:
    return case.readings.prefetch_related("sittings")


def events_of(study: Study, record: CaseRecord, known: Known) -> Iterator[Event]:
    """What the audit trail has of the case, its readings and adjudications, and of the covariates; the oldest first."""
    keys = {
        "case": [record.code],
        "reading": [one.code for one in record.readings],
        "adjudication": [one.code for one in record.adjudications],
    }
    about = Q(action="covariates.entered")
    for object_type, codes in keys.items():
        about |= Q(object_type=object_type, object_key__in=codes)
    roles = trail.roles_of(study)
    yield from (event_of(one, known, roles) for one in chain.events(study.code).filter(about))


def event_of(event: AuditEvent, known: Known, roles: dict[int, str]) -> Event:
    link = getattr(event, "link", None)
    return Event(
        at=time_of(event.at),
        who=name_of(event, known, roles),
        action=event.action,
        object_type=event.object_type,
        object_key=event.object_key,
        before=event.before,
        after=event.after,
        reason=event.reason,
        seq=link.seq if link else None,
        hash=link.hash if link else "",
    )


def name_of(event: AuditEvent, known: Known, roles: dict[int, str]) -> str:
    """R1, ADJ1, or what somebody is in the study; never who it is."""
    if event.actor is None:
        return DENS
    names = {**known.readers, **known.adjudicators}
    return names.get(event.actor.pk) or trail.role_of(event.actor, roles) or "somebody outside the study"


def standings_of(record: CaseRecord) -> dict[tuple[str, str], str]:
    """Whether each signature of the case stands under what is stored: recomputed now."""
    codes = {one.code for one in record.readings} | {one.code for one in record.adjudications}
    return {(one.object_key, one.signature.content_sha256): str(one.standing) for one in standing.under(codes)}


def views_of(reading: Reading, record: CaseRecord) -> Views:
    """What was on screen while a reading was done, over all windows it was read in."""
    sat, shown = list(reading.sittings.all()), sittings.seen(reading)
    windows = windows_of(sat)
    return Views(
        active_ms=sum(one.active_ms for one in sat),
        n_sittings=len(sat),
        devices=tuple(dict.fromkeys(device_of(one) for one in sat)),
        series=tuple(
            Viewed(one.number, one.label, tuple(shown.get(str(one.number), ())), tuple(windows[one.number]))
            for one in record.exam.series
        ),
    )


def windows_of(sat: list[Sitting]) -> dict[int, list[dict[str, Any]]]:
    """By series the windows that were used longest."""
    used: Counter[tuple[int, float, float]] = Counter()
    for one in sat:
        for window in one.windows:
            used[(window["series"], window["low"], window["high"])] += window["ms"]
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for (series, low, high), ms in used.most_common():
        if len(found[series]) < MOST_WINDOWS:
            found[series].append({"low": low, "high": high, "ms": ms})
    return found


def device_of(sitting: Sitting) -> str:
    return ", ".join(str(told) for name in sittings.DEVICE if (told := sitting.device.get(name, "")))
