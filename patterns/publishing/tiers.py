"""Gold by its rule: a lighthouse uses the pattern, and a curator who did not write the text says what that shows.

Nothing loses its gold by itself: where the evidence is gone, people are told, on the page and on the curators' list.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from patterns.enums import ChangeKind, PublicationState, Tier
from patterns.models import Adoption, LibraryChange, Pattern, TierConfirmation, User
from patterns.people import audit
from patterns.publishing.errors import Refused
from patterns.publishing.guarding import locked, require_curator, require_reason, require_seen


def confirm_gold(
    pattern: Pattern, *, adoption: Adoption, by: User, ground: str, seen: str | None = None
) -> TierConfirmation:
    """Make a silver `pattern` gold on the evidence of `adoption`; again for a gold one renews the confirmation.

    Raises a `PublishingError`; the database refuses gold without the record too.
    """
    require_curator(by)
    said = require_reason(ground)
    with transaction.atomic():
        row = locked(pattern)
        require_seen(row, seen)
        evidence = Adoption.objects.select_related("lighthouse").filter(pk=adoption.pk, pattern=row).first()
        _may(row, evidence, by=by)
        _end(row)  # one that is renewed
        made = TierConfirmation.objects.create(
            pattern=row, lighthouse=evidence.lighthouse, adoption_reference=evidence.reference, revision=row.current,
            confirmed_by=by, ground=said,
        )  # fmt: skip
        row.tier = Tier.GOLD
        row.save(update_fields=["tier", "changed_at"])
        _tell(row)
        audit.note(by, "confirmed gold", target=row, lighthouse=evidence.lighthouse.slug, reason=said)
    pattern.refresh_from_db()
    return made


def lower(pattern: Pattern, *, by: User | None, reason: str, seen: str | None = None) -> bool:
    """Make a gold `pattern` silver again; True when this call did it. Raises a `PublishingError`."""
    require_curator(by)
    said = require_reason(reason)
    with transaction.atomic():
        row = locked(pattern)
        if row.tier != Tier.GOLD:
            return False
        require_seen(row, seen)
        _end(row)
        _tell(row)
        audit.note(by, "lowered tier", target=row, tier=str(Tier.SILVER), reason=said)
    pattern.refresh_from_db()
    return True


def _may(row: Pattern, evidence: Adoption | None, *, by: User) -> None:
    if row.state != PublicationState.PUBLISHED:
        raise Refused(_("It is taken out of the library, so it has no tier to raise."))
    if row.tier == Tier.BRONZE:
        raise Refused(_("It is bronze: first another person than its author has to review its text."))
    if evidence is None or evidence.lighthouse.state != PublicationState.PUBLISHED:
        raise Refused(_("No published lighthouse says so any more. Choose one that uses the pattern."))
    if row.current.author_id == by.pk:
        raise Refused(_("You wrote the text as it stands. Another curator has to confirm it."))


def _tell(row: Pattern) -> None:
    """The pages that show tiers remember what they counted until the library changes."""
    LibraryChange.objects.create(kind=ChangeKind.RELATIONS_CHANGED, pattern=row)


def _end(row: Pattern) -> None:
    """End the confirmation there is; what is gold is silver for that moment, since gold needs one."""
    if row.tier == Tier.GOLD:
        row.tier = Tier.SILVER
        row.save(update_fields=["tier", "changed_at"])
    TierConfirmation.objects.filter(pattern=row, ended_at=None).update(ended_at=timezone.now())
