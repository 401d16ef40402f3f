"""People with roles, submissions and queue items, as the review tests need them."""

import uuid
from typing import Any

from patterns.enums import Role, SubmissionKind, SubmissionState
from patterns.models import ReviewItem, Submission, User
from patterns.review import open_item
from tests.factories.library import make_user


def make_reviewer(name: str = "", **fields: Any) -> User:
    return make_user(name, roles=[Role.REVIEWER], **fields)


def make_submission(author: User | None = None, **fields: Any) -> Submission:
    """A submitted edit; `state=SubmissionState.DRAFT` for one that is still being written."""
    values = {
        "kind": SubmissionKind.EDIT,
        "state": SubmissionState.SUBMITTED,
        "title": "Edit of a pattern",
        "key": uuid.uuid4().hex,
    } | fields
    return Submission.objects.create(author=author or make_user(), **values)


def make_item(submission: Submission | None = None, **fields: Any) -> ReviewItem:
    """The open queue item of `submission`."""
    submission = submission or make_submission()
    values = {"object_id": submission.pk, "title": submission.title, "author": submission.author} | fields
    return open_item(fields.pop("kind", submission.kind), **{k: v for k, v in values.items() if k != "kind"})
