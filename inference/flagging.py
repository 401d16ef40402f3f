"""Public questions and answers can be flagged too; an answer is private, so only who has its address finds it."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inference.models import Answer, PublicQuestion
from inference.questions import offering
from patterns.flags.targets import Target, Thing, register
from patterns.models import User
from patterns.people.roles import Person
from patterns.review.errors import NotNow, OwnWork

State = PublicQuestion.State


def find_question(ref: str, reader: Person) -> Thing | None:  # noqa: ARG001 - it is public
    if not (ref.isascii() and ref.isdecimal() and len(ref) <= 18):
        return None
    found = PublicQuestion.objects.filter(pk=int(ref), state=State.PUBLISHED).select_related("offered_by").first()
    # Its text is deleted when it is taken out, so no case, queue or log may hold a copy of it.
    return found and Thing(_("public question %(n)s") % {"n": found.pk}, found.get_absolute_url(), found.offered_by)


def hide_question(ref: str, *, actor: User, reason: str) -> None:
    with transaction.atomic():
        found = PublicQuestion.objects.select_for_update(of=("self",)).get(pk=int(ref))
        if found.offered_by_id == actor.pk:
            raise OwnWork
        if found.state != State.PUBLISHED:
            raise NotNow(_("It is not public any more. Choose another decision."))
        offering.end(found, State.REMOVED, reason=reason)


def find_answer(ref: str, reader: Person) -> Thing | None:  # noqa: ARG001 - its address is the permission
    found = Answer.objects.filter(public_id=ref).select_related("question").first()
    if found is None or not found.finished:
        return None
    # The queue shows no private question: a reviewer opens the answer by the address its reader gave.
    return Thing(_("an answer that a reader flagged"), found.get_absolute_url())


def register_flagging() -> None:
    """Add both kinds."""
    remove = gettext_lazy("Take it out for good")
    register(Target("question", gettext_lazy("public question"), find_question, hide_question, remove, curators=False))
    register(Target("answer", gettext_lazy("answer"), find_answer))
