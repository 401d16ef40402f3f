"""Keep what somebody wrote as a draft, or send it. Two windows on one draft never write over each other in silence."""

import secrets
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from patterns import submissions
from patterns.models import Submission, User
from patterns.writing.proposing import Proposal
from patterns.writing.works import Work


@dataclass(frozen=True, slots=True)
class Kept:
    """The draft that now holds the words; with `overtaken` a new one, beside that which another window changed."""

    submission: Submission
    overtaken: Submission | None = None


def new_key() -> str:
    """What makes a form that is sent twice one submission."""
    return secrets.token_urlsafe(16)


def keep(work: Work, proposal: Proposal, *, author: User) -> Kept:
    """Keep `proposal` as a draft of `author`. Where the draft was changed since the form was opened, both are kept.

    Raises `NotYours` for somebody else's key.
    """
    written = proposal.written
    values = {
        "author": author, "kind": work.kind, "title": title_of(work, proposal), "text": proposal.text,
        "based_on": written.base, "note": written.note, "consent": written.consent, **work.subject,
    }  # fmt: skip
    with transaction.atomic():
        try:
            return Kept(submissions.save_draft(key=written.key, version=written.version, checked=True, **values))
        except submissions.Overtaken as other:
            beside = submissions.save_draft(key=new_key(), came_from=other.submission, **values)
            return Kept(beside, other.submission)


def send(work: Work, proposal: Proposal, *, author: User) -> Kept:
    """Keep `proposal` and hand it to the reviewers; words of another window are not sent instead, and nothing is.

    Raises a `SubmissionError`.
    """
    with transaction.atomic():
        kept = keep(work, proposal, author=author)
        if kept.overtaken is None:
            submissions.submit(kept.submission, actor=author)
        return kept


def title_of(work: Work, proposal: Proposal) -> str:
    """What lists call it."""
    if work.thing is not None:
        return work.thing.title
    return proposal.document.title or (_("Untitled lighthouse") if work.of_lighthouse else _("Untitled pattern"))
