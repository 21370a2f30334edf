"""The only writer of audit events. Call it inside the transaction of the change, on the line that changes."""

from typing import Any

from django.db import models

from readers import canonical
from readers.models import AuditEvent, User


def record(
    action: str,
    subject: models.Model,
    *,
    actor: User | None,
    study: models.Model | None = None,
    before: Any = None,
    after: Any = None,
    reason: str = "",
) -> AuditEvent:
    """Write one event about `subject`. Rows with a public code are named by it, others by their key."""
    return AuditEvent.objects.create(
        actor=actor,
        action=action,
        study_code=getattr(study, "code", ""),
        object_type=subject._meta.model_name or "",
        object_key=str(getattr(subject, "code", None) or subject.pk),
        before=before,
        after=after,
        canonical=canonical.text({"before": before, "after": after}),
        reason=reason,
    )
