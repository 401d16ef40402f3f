"""Find people and what they did: for their public page, for admins who give roles, and for the roles' history."""

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import Q

from patterns.enums import LibraryOrigin, PublicationState
from patterns.models import AuditEntry, Revision, User

A_PAGE = 30
MOST_FOUND = 20
FEWEST_LETTERS = 2


@dataclass(frozen=True, slots=True)
class RoleChange:
    """One line of a person's roles: what happened, who did it (None: the operator at the machine), when and why."""

    role: str
    given: bool
    by: User | None
    at: datetime
    reason: str


def find_person(public_id: object) -> User | None:
    return User.objects.filter(public_id=public_id).first()


def published_by(person: User, *, page: str | int = 1) -> Page:
    """One page of what `person` published here and can still be read, newest first. Two queries."""
    readable = Q(pattern__state=PublicationState.PUBLISHED) | Q(lighthouse__state=PublicationState.PUBLISHED)
    rows = Revision.objects.filter(readable, author=person, origin=LibraryOrigin.SITE)
    rows = rows.select_related("pattern", "lighthouse").defer("source", "front", "pattern__summary")
    return Paginator(rows.order_by("-created_at", "-pk"), A_PAGE).get_page(page)


def people_with_roles() -> list[User]:
    """Everybody who has a role, by name. One query."""
    return list(User.objects.filter(is_active=True).exclude(roles=[]).order_by("name", "pk")[:200])


def search_people(words: str) -> list[User]:
    """People by their whole e-mail address or a part of their name. One query; never by a part of an address."""
    words = words.strip()[:200]
    if len(words) < FEWEST_LETTERS:
        return []
    rows = User.objects.filter(is_active=True)
    rows = rows.filter(email__iexact=words) if "@" in words else rows.filter(name__icontains=words)
    return list(rows.order_by("name", "pk")[:MOST_FOUND])


def role_changes(person: User) -> list[RoleChange]:
    """How the roles of `person` changed, newest first, as the log tells it. One query."""
    lines = AuditEntry.objects.filter(
        target_type="user", target_id=str(person.pk), action__in=("granted role", "revoked role")
    ).select_related("actor")
    return [
        RoleChange(
            role=line.details.get("role", ""),
            given=line.action == "granted role",
            by=line.actor,
            at=line.at,
            reason=line.details.get("reason", ""),
        )
        for line in lines
    ]
