"""Opening a study: the study, its first charter, and the coordinator who opened it, together or not at all."""

from django.db import transaction

from readers import audit
from readers.errors import Refusal
from readers.models import User
from scoring import catalogue
from scoring.models import Charter
from studies import originals
from studies.models import Membership, Role, Study


@transaction.atomic
def open_study(
    *,
    title: str,
    instrument: str,
    actor: User,
    is_synthetic: bool = False,
    keeps_originals: bool = False,
    requires_pins: bool = False,
) -> Study:
    """A new study read with `instrument` (key@version). Only accounts that may open studies can.

    requires_pins   a grade above 0 needs a place in the images before a reading can be signed
    """
    if not actor.can_open_studies:
        raise Refusal("not_allowed", "Your account may not open studies. Ask an administrator.")
    chosen = catalogue.find(instrument)
    if chosen is None:
        raise Refusal("no_instrument", f"There is no instrument {instrument} here. Choose one from the list.")
    if keeps_originals and not originals.can_be_sealed():
        raise Refusal("no_escrow", "Originals cannot be kept here: the server has no key to seal them for.")
    study = Study.objects.create(
        title=title, opened_by=actor, is_synthetic=is_synthetic, keeps_originals=keeps_originals
    )
    charter = Charter.objects.create(study=study, instrument=chosen, requires_pins=requires_pins, made_by=actor)
    Membership.objects.create(study=study, user=actor, role=Role.COORDINATOR)
    rules = {
        "title": title,
        "instrument": chosen.reference,
        "charter_version": charter.version,
        "keeps_originals": keeps_originals,
        "requires_pins": requires_pins,
    }
    audit.record("study.opened", study, actor=actor, study=study, after=rules)
    return study


def in_force(study: Study) -> Charter:
    """The newest charter of a study: what new readings are made under."""
    charter = study.charters.select_related("instrument").last()
    assert charter is not None, "a study is opened together with its charter"
    return charter
