"""Keep what a form holds as a draft, or send it. Two windows on one draft never write over each other in silence."""

import secrets
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from patterns.models import Submission, User
from patterns.submissions.drafting import save_draft
from patterns.submissions.errors import Overtaken
from patterns.submissions.sending import submit


@dataclass(frozen=True, slots=True)
class Kept:
    """The draft that now holds the words; with `overtaken` a new one, beside that which another window changed."""

    submission: Submission
    overtaken: Submission | None = None


def new_key() -> str:
    """What makes a form that is sent twice one submission."""
    return secrets.token_urlsafe(16)


def keep(*, key: str, version: int | None, **values: Any) -> Kept:
    """Keep `values` (see `save_draft`) as a draft. Where it was changed since the form was opened, both are kept.

    Raises `NotYours` for somebody else's key.
    """
    with transaction.atomic():
        try:
            return Kept(save_draft(key=key, version=version, checked=True, **values))
        except Overtaken as other:
            beside = save_draft(key=new_key(), came_from=other.submission, **values)
            return Kept(beside, other.submission)


def send(*, author: User, **values: Any) -> Kept:
    """Keep `values` and hand them to the reviewers; words of another window are not sent instead, and nothing is.

    Raises a `SubmissionError`.
    """
    with transaction.atomic():
        kept = keep(author=author, **values)
        if kept.overtaken is None:
            submit(kept.submission, actor=author)
        return kept
