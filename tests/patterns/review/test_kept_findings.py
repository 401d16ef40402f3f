"""What a reviewer reads of the checks was found when it was sent: of every kind, by one query; no check runs again."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from feedback.correcting import correct
from patterns import review, submissions
from patterns.checks import Finding, Weight, keeping
from patterns.enums import SubmissionKind
from patterns.models import ReviewItem, Sending
from tests.factories.answers import make_answer
from tests.factories.library import make_pattern, make_relation, make_user
from tests.factories.relating import objection, proposed
from tests.factories.reviewing import send_edit

pytestmark = pytest.mark.django_db
THEN = (Finding(Weight.WARN, "Said when it was sent.", "text"),)


def new_pattern() -> None:
    author = make_user()
    source = make_pattern("Well").current.source.replace("Well", "Shared oven")
    draft = submissions.save_draft(
        author=author, kind=SubmissionKind.NEW_PATTERN, title="Shared oven", text=source, consent=True
    )
    submissions.submit(draft, actor=author)


def relation() -> None:
    proposed(make_pattern("Solar co-op"), make_pattern("Commons charter"))


def objected() -> None:
    one = make_relation(make_pattern("Solar co-op"), target=make_pattern("Commons charter"))
    objection(one, pattern=one.source, note="It is the other way round.")


def correction() -> None:
    author = make_user()
    correct(make_answer("What is it?", "A tax [1].", asker=author), author=author, text="Better [1].")


@pytest.mark.parametrize("send", [send_edit, new_pattern, relation, objected, correction], ids=lambda one: one.__name__)
def test_every_kind_reads_what_was_kept_by_one_query(send) -> None:
    send()
    item = ReviewItem.objects.get()
    Sending.objects.update(findings=keeping.as_json(THEN))
    with CaptureQueriesContext(connection) as asked:
        found = review.kind_of(item).describe(item)["findings"]
    assert tuple(found) == THEN
    assert sum('FROM "patterns_sending"' in one["sql"] for one in asked) == 1
