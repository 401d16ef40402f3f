"""Find what the editor works on: a revision, the drafts of whoever is asking, and what others have sent meanwhile."""

from django.contrib.auth.models import AnonymousUser

from patterns.enums import SubmissionState
from patterns.models import Lighthouse, Pattern, Revision, Submission, SubmissionEvent, User
from patterns.queries.domains import domains
from patterns.queries.library import library_state, remembered
from patterns.submissions import WITH_REVIEWERS, WRITABLE
from patterns.writing.works import Work

OTHERS = 8  # open edits by others that are looked at
KINDS_OF_PLACES = ("organization", "city", "community")


def revision_of(thing: Pattern | Lighthouse | None, pk: str | int) -> Revision | None:
    """Return the revision of `thing` with this key, with its text; None for anything else."""
    if thing is None or not str(pk).isdecimal() or len(str(pk)) > 18:
        return None
    return thing.revisions.filter(pk=int(pk)).first()


def own_draft(work: Work, *, author: User | AnonymousUser, pk: str) -> Submission | None:
    """Return the author's draft of `work` when it can still be written on."""
    if not author.is_authenticated or not pk.isdecimal() or len(pk) > 18:
        return None
    mine = Submission.objects.select_related("based_on").filter(author=author, pk=int(pk), **work.subject)
    return mine.filter(kind=work.kind, state__in=WRITABLE).first()


def draft_with(key: str, *, author: User | AnonymousUser) -> Submission | None:
    """Return the author's submission with this form's key, if it was ever kept. One query, none for a stranger."""
    return Submission.objects.filter(key=key, author=author).first() if author.is_authenticated and key else None


def sent_edits(work: Work, *, but_for: User | AnonymousUser) -> list[Submission]:
    """Return what others have sent for the same thing and nobody has decided on, with the revisions. One query."""
    if work.thing is None:
        return []
    rows = Submission.objects.filter(kind=work.kind, state__in=WITH_REVIEWERS, **work.subject)
    return list(rows.exclude(author=but_for.pk).select_related("author", "based_on").order_by("-pk")[:OTHERS])


def asked_of(submission: Submission | None) -> SubmissionEvent | None:
    """Return the request for changes that waits for the author. One query, none for what waits for nobody."""
    if submission is None or submission.state != SubmissionState.CHANGES_REQUESTED:
        return None
    events = submission.events.filter(after=SubmissionState.CHANGES_REQUESTED).select_related("actor")
    return events.order_by("-at", "-pk").first()


def suggestions(work: Work) -> dict[str, list[str]]:
    """Return what fields offer to choose from: domains of the library, kinds of places. Remembered."""
    if work.of_lighthouse:
        return {"kinds": list(KINDS_OF_PLACES)}
    return {"domains": remembered("domain-names", lambda: sorted(one.name for one in domains()), state=library_state())}
