"""Objections: a person says that a relation is wrong, as a submission whose acceptance rejects the relation."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from patterns import submissions
from patterns.enums import RelationState, SubmissionKind
from patterns.models import Pattern, Relation, Submission, User
from patterns.relating.proposal import Proposal, Sort, sentence


def standing_relation(pattern: Pattern, pk: int) -> Relation | None:
    """Return the relation of `pattern` that has this id, if it joins two patterns and was not rejected. One query."""
    rows = Relation.objects.filter(Q(source=pattern) | Q(target=pattern), source__isnull=False, target__isnull=False)
    return rows.exclude(state=RelationState.REJECTED).select_related("source", "target").filter(pk=pk).first()


def objection_to(relation: Relation, *, pattern: Pattern, author: User, note: str, key: str) -> Submission:
    """Send an objection to the reviewers and return it. Raises `SubmissionError`; then the text is still the form's.

    Nothing of it is published, so no licence is asked for.
    """
    said = sentence(relation.source.title, relation.kind, relation.target.title)
    with transaction.atomic():
        submission = submissions.save_draft(
            author=author,
            kind=SubmissionKind.RELATION,
            title=_("Wrong: %(said)s") % {"said": said},
            text=note,
            pattern=pattern,
            note=note,
            payload=Proposal(sort=Sort.OBJECTION, relation=relation.pk).payload,
            consent=True,
            key=key,
        )
        return submissions.submit(submission, actor=author)
