"""What of the library can be flagged: patterns, lighthouses, relations and people; and how it is taken out."""

import uuid

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from patterns import publishing
from patterns.enums import ChangeKind, PublicationState, RelationState
from patterns.flags.targets import Target, Thing, register
from patterns.models import LibraryChange, Lighthouse, Pattern, Relation, User
from patterns.people import audit
from patterns.people.roles import Person
from patterns.review.errors import NotNow


def find_pattern(ref: str, reader: Person) -> Thing | None:  # noqa: ARG001 - what is published is everybody's
    found = Pattern.objects.filter(slug=ref, state=PublicationState.PUBLISHED).select_related("current__author").first()
    return found and Thing(found.title, found.get_absolute_url(), found.current.author if found.current else None)


def hide_pattern(ref: str, *, actor: User, reason: str) -> None:
    pattern = Pattern.objects.filter(slug=ref).first()
    if pattern is None:
        raise NotNow(_("It has another address by now. Look for it in the library and decide again."))
    publishing.retire(pattern, actor=actor, reason=reason)


def find_lighthouse(ref: str, reader: Person) -> Thing | None:  # noqa: ARG001
    rows = Lighthouse.objects.filter(slug=ref, state=PublicationState.PUBLISHED).select_related("current__author")
    found = rows.first()
    return found and Thing(found.title, found.get_absolute_url(), found.current.author if found.current else None)


def hide_lighthouse(ref: str, *, actor: User, reason: str) -> None:
    lighthouse = Lighthouse.objects.filter(slug=ref).first()
    if lighthouse is None:
        raise NotNow(_("It has another address by now. Look for it in the library and decide again."))
    publishing.retire(lighthouse, actor=actor, reason=reason)


def find_relation(ref: str, reader: Person) -> Thing | None:  # noqa: ARG001
    if not (ref.isascii() and ref.isdecimal() and len(ref) <= 18):
        return None
    rows = Relation.objects.exclude(state=RelationState.REJECTED).select_related("source", "target")
    found = rows.filter(pk=int(ref), source__state=PublicationState.PUBLISHED).first()
    if found is None:
        return None
    other = found.target.title if found.target else found.target_ref
    title = f"{found.source.title} {found.get_kind_display()} {other}"
    return Thing(title, reverse("relations_of", args=[found.source.slug]))


def hide_relation(ref: str, *, actor: User, reason: str) -> None:
    relation = Relation.objects.select_for_update(of=("self",)).select_related("source").get(pk=int(ref))
    if relation.state == RelationState.REJECTED:
        return
    relation.state = RelationState.REJECTED
    relation.save(update_fields=["state"])
    LibraryChange.objects.create(kind=ChangeKind.RELATIONS_CHANGED, pattern=relation.source)
    audit.note(actor, "rejected relation", target=relation, reason=reason)


def find_person(ref: str, reader: Person) -> Thing | None:  # noqa: ARG001
    try:
        found = User.objects.filter(public_id=uuid.UUID(ref), is_active=True).first()
    except ValueError:
        return None
    return found and Thing(found.credit, "", found)


def register_things() -> None:
    """Add the library's kinds."""
    retire, reject = gettext_lazy("Retire it: it leaves the library"), gettext_lazy("Reject it: it is shown no more")
    register(Target("pattern", gettext_lazy("pattern"), find_pattern, hide_pattern, retire))
    register(Target("lighthouse", gettext_lazy("lighthouse"), find_lighthouse, hide_lighthouse, retire))
    register(Target("relation", gettext_lazy("relation"), find_relation, hide_relation, reject, curators=False))
    register(Target("person", gettext_lazy("person"), find_person))
