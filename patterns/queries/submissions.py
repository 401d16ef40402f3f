"""Find what people proposed: one's own work, and a single submission for whoever may see it."""

from dataclasses import dataclass
from typing import Final

from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, IntegerField, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from patterns.enums import SubmissionKind, SubmissionState
from patterns.models import Pattern, ReviewItem, Sending, Submission, User
from patterns.people.roles import is_reviewer
from patterns.submissions import WITH_REVIEWERS, WRITABLE

A_PAGE = 30
OTHERS = 5
State = SubmissionState


@dataclass(frozen=True, slots=True)
class Shelf:
    """One filter of one's own work: whom it waits for, or how it ended."""

    name: str
    label: str | Promise
    states: frozenset[SubmissionState]
    count: int = 0


SHELVES: Final = (
    Shelf("yours", _("Waits for you"), WRITABLE),
    Shelf("sent", _("With reviewers"), WITH_REVIEWERS),
    Shelf("accepted", _("Accepted"), frozenset({State.ACCEPTED})),
    Shelf("declined", _("Declined"), frozenset({State.DECLINED})),
    Shelf("withdrawn", _("Withdrawn"), frozenset({State.WITHDRAWN})),
)


def own_work(author: User, *, shelf: str = "", page: str | int = 1) -> Page:
    """Return one page of what `author` proposed, without the texts: what waits for them first, then the last changed.

    Two queries.
    """
    mine = Submission.objects.filter(author=author).defer("text", "payload").select_related("pattern", "lighthouse")
    if known := next((one for one in SHELVES if one.name == shelf), None):
        mine = mine.filter(state__in=known.states)
    first = Case(
        When(state=State.CHANGES_REQUESTED, then=Value(0)), When(state=State.DRAFT, then=Value(1)), default=Value(2),
        output_field=IntegerField(),
    )  # fmt: skip
    return Paginator(mine.order_by(first, "-changed_at", "-pk"), A_PAGE).get_page(page)


def shelves(author: User) -> list[Shelf]:
    """Return the filters of one's own work with true counts, those that hold nothing left out. One query."""
    counted = dict(Submission.objects.filter(author=author).order_by().values_list("state").annotate(Count("pk")))
    sums = [(one, sum(counted.get(state, 0) for state in one.states)) for one in SHELVES]
    return [Shelf(one.name, one.label, one.states, count) for one, count in sums if count]


def own_drafts(author: User | AnonymousUser, *, limit: int) -> list[Submission]:
    """Return what `author` can go on writing, what was asked to be changed first. One query, none for a stranger."""
    if not author.is_authenticated:
        return []
    mine = Submission.objects.filter(author=author, state__in=WRITABLE).defer("text", "payload")
    asked = Case(When(state=State.CHANGES_REQUESTED, then=Value(0)), default=Value(1), output_field=IntegerField())
    return list(mine.select_related("pattern", "lighthouse").order_by(asked, "-changed_at")[:limit])


def find_submission(pk: int, *, reader: User | AnonymousUser) -> Submission | None:
    """Return a submission to its author and to reviewers once it was sent, and None to everybody else. One query."""
    rows = Submission.objects.select_related(
        "author", "pattern__current", "lighthouse__current", "based_on", "came_from"
    )
    found = rows.filter(pk=pk).first()
    if found is None or found.author_id == reader.pk:
        return found
    unsent = found.state == State.DRAFT or (found.state == State.WITHDRAWN and found.submitted_at is None)
    return found if is_reviewer(reader) and not unsent else None


def as_sent(submission: Submission) -> Submission:
    """Return it with what its author sent last: what they are still writing is theirs. One query, or none."""
    if submission.state in WRITABLE and (sent := sendings(submission)):
        submission.text, submission.note, submission.payload = sent[0].text, sent[0].note, sent[0].payload
    return submission


def item_of(submission: Submission) -> ReviewItem | None:
    """Return the newest queue item of a submission. One query."""
    items = ReviewItem.objects.filter(kind=submission.kind, object_id=submission.pk)
    return items.select_related("author").order_by("-pk").first()


def others_open(submission: Submission) -> list[Submission]:
    """Return what else waits for a decision: on the same thing, or as new as this. One query."""
    rows = Submission.objects.filter(kind=submission.kind, state__in=WITH_REVIEWERS).exclude(pk=submission.pk)
    about = {"pattern": submission.pattern_id, "lighthouse": submission.lighthouse_id}
    rows = rows.filter(**{f"{name}_id": pk for name, pk in about.items()})
    return list(rows.defer("text", "payload").select_related("author").order_by("-pk")[:OTHERS])


def sendings(submission: Submission) -> list[Sending]:
    """Return the last two texts that were sent, the last first. One query."""
    return list(submission.sendings.order_by("-number")[:2])


WRITTEN_KINDS: Final = frozenset({SubmissionKind.NEW_PATTERN, SubmissionKind.EDIT, SubmissionKind.LIGHTHOUSE})


def own_relation(
    pattern: Pattern, *, author: User | AnonymousUser, pk: str, objection_to: int = 0
) -> Submission | None:
    """Return the author's relation submission from the page of `pattern` when it can still be written on. One query.

    With `objection_to` it is one that objects to this relation, without one that suggests a relation.
    """
    if not author.is_authenticated or not (pk.isascii() and pk.isdecimal()) or len(pk) > 18:
        return None
    mine = Submission.objects.filter(pattern=pattern, author=author, pk=int(pk), kind=SubmissionKind.RELATION)
    found = mine.filter(state__in=WRITABLE).first()
    return found if found is not None and found.payload.get("relation", 0) == objection_to else None
