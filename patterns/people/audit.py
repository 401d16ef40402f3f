"""Write down who did what, in the transaction that did it; the database refuses to change or remove a line."""

from typing import Any

from django.db.models import Model

from patterns.people.models import AuditEntry, User


def note(actor: User | None, action: str, *, target: Model | None = None, **details: Any) -> AuditEntry:
    """Write one line of the audit log; `action` is a verb phrase such as `published pattern`.

    No actor means an operator at the machine, or the machine itself. `details` must be JSON and hold no addresses,
    texts of private things or secrets.
    """
    return AuditEntry.objects.create(
        actor=actor if actor is not None and actor.pk else None,
        action=action,
        target_type=target._meta.model_name if target is not None else "",  # noqa: SLF001 - Django's public-by-use API
        target_id=str(target.pk) if target is not None else "",
        target_name=str(target)[:300] if target is not None else "",
        details=details,
    )
