"""Keep what somebody is writing, and never write over words they have not seen."""

import uuid
from typing import Any

from django.db import transaction

from patterns.enums import SubmissionKind
from patterns.models import Lighthouse, Pattern, Revision, Submission, SubmissionEvent, User
from patterns.people import bans
from patterns.submissions.errors import NotYours, Overtaken
from patterns.submissions.states import WRITABLE, State


def save_draft(
    *,
    author: User,
    kind: SubmissionKind,
    title: str,
    text: str = "",
    pattern: Pattern | None = None,
    lighthouse: Lighthouse | None = None,
    based_on: Revision | None = None,
    note: str = "",
    payload: dict[str, Any] | None = None,
    consent: bool = False,
    key: str = "",
    version: int | None = None,
    checked: bool = False,
    came_from: Submission | None = None,
) -> Submission:
    """Keep what somebody is writing, and return it.

    `key` comes from the form: the same key again is the same submission, rewritten while it may be and otherwise
    returned as it is. With `checked`, other words are only written over those of `version`, the version the form was
    made over; else `Overtaken` is raised and nothing written. Raises `NotYours` for somebody else's key.
    """
    bans.check(author)
    key = key or uuid.uuid4().hex
    values = {
        "title": title[:300],
        "text": text,
        "pattern": pattern,
        "lighthouse": lighthouse,
        "based_on": based_on,
        "note": note,
        "payload": payload or {},
        "consent": consent,
    }
    with transaction.atomic():
        known, new = Submission.objects.select_for_update(of=("self",)).get_or_create(
            key=key, defaults={"author": author, "kind": kind, "came_from": came_from, **values}
        )
        if known.author_id != author.pk or known.kind != kind:
            raise NotYours
        other_words = (text, note) != (known.text, known.note)
        if checked and not new and other_words and (known.version != version or known.state not in WRITABLE):
            raise Overtaken(known)
        if new:
            SubmissionEvent.objects.create(submission=known, actor=author, after=State.DRAFT)
        elif known.state in WRITABLE:
            for name, value in values.items():
                setattr(known, name, value)
            known.version += 1
            known.save()
        return known
