"""The database refuses what the application must never do, even to somebody who bypasses the application."""

import pytest
from django.db import IntegrityError, connection, transaction

from patterns.enums import Decision, SubmissionKind, SubmissionState
from patterns.models import AuditEntry, LibraryChange, Review, ReviewItem, Revision, Submission
from patterns.people import audit
from patterns.review import open_item
from tests.factories.library import make_pattern, make_user
from tests.factories.people import make_item, make_reviewer, make_submission

pytestmark = pytest.mark.django_db


def refused(sql, *values):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
    return True


def run(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


INSERT_REVIEW = (
    "INSERT INTO patterns_review (item_id, reviewer_id, author_id, decision, reason, item_version, at) "
    "VALUES (%s, %s, %s, %s, 'because', 1, now())"
)


@pytest.mark.parametrize(
    "change",
    ["source = 'x'", "number = 9", "title = 'x'", "front = '{}'", "body_start = 0", "sha256 = 'x'", "author_id = NULL"],
)
def test_a_revision_never_changes(change):
    pattern = make_pattern(revision={"author": make_user()})
    assert refused(f"UPDATE patterns_revision SET {change} WHERE id = %s", pattern.current_id)  # noqa: S608


def test_a_credit_may_be_taken_back():
    pattern = make_pattern()
    Revision.objects.filter(pk=pattern.current_id).update(author_name="")
    assert Revision.objects.get().author_name == ""


@pytest.mark.parametrize("sql", ["UPDATE {} SET at = now()", "DELETE FROM {}"])
@pytest.mark.parametrize("model", [AuditEntry, LibraryChange])
def test_the_logs_only_grow(sql, model):
    audit.note(None, "did something", target=make_pattern())
    assert refused(sql.format(model._meta.db_table))


def test_nobody_reviews_their_own_work_even_when_the_author_is_left_out():
    item = make_item()
    assert refused(INSERT_REVIEW, item.pk, item.author_id, item.author_id, Decision.ACCEPT)
    assert refused(INSERT_REVIEW, item.pk, item.author_id, None, Decision.ACCEPT)


def test_the_author_of_a_review_cannot_be_made_somebody_else():
    item = make_item()
    assert refused(INSERT_REVIEW, item.pk, item.author_id, make_user().pk, Decision.ACCEPT)


def test_a_second_final_review_is_refused():
    item = make_item()
    run(INSERT_REVIEW, item.pk, make_reviewer().pk, item.author_id, Decision.ACCEPT)
    assert refused(INSERT_REVIEW, item.pk, make_reviewer().pk, item.author_id, Decision.DECLINE)


def test_a_decision_against_the_author_needs_a_reason():
    item = make_item()
    sql = INSERT_REVIEW.replace("'because'", "''")
    assert refused(sql, item.pk, make_reviewer().pk, item.author_id, Decision.DECLINE)


def test_a_review_cannot_be_changed_or_removed():
    item = make_item()
    run(INSERT_REVIEW, item.pk, make_reviewer().pk, item.author_id, Decision.DECLINE)
    assert refused("UPDATE patterns_review SET decision = 'accept'")
    assert refused("DELETE FROM patterns_review")


def test_an_item_cannot_be_closed_without_a_final_review():
    item = make_item()
    run(INSERT_REVIEW, item.pk, make_reviewer().pk, item.author_id, Decision.REQUEST_CHANGES)
    assert refused("UPDATE patterns_reviewitem SET open = false WHERE id = %s", item.pk)


def test_an_item_with_a_final_review_can_be_closed_and_then_takes_no_other():
    item = make_item()
    run(INSERT_REVIEW, item.pk, make_reviewer().pk, item.author_id, Decision.ACCEPT)
    run("UPDATE patterns_reviewitem SET open = false WHERE id = %s", item.pk)
    assert refused(INSERT_REVIEW, item.pk, make_reviewer().pk, item.author_id, Decision.REQUEST_CHANGES)


def test_the_item_of_a_withdrawn_submission_can_be_closed():
    submission = make_submission()
    item = make_item(submission)
    Submission.objects.update(state=SubmissionState.WITHDRAWN)
    run("UPDATE patterns_reviewitem SET open = false WHERE id = %s", item.pk)
    assert not ReviewItem.objects.get().open


@pytest.mark.parametrize("column", ["author_id = NULL", "object_id = 99", "kind = 'other'"])
def test_an_item_stays_what_it_is(column):
    item = make_item()
    assert refused(f"UPDATE patterns_reviewitem SET {column} WHERE id = %s", item.pk)  # noqa: S608


@pytest.mark.parametrize("state", [SubmissionState.ACCEPTED, SubmissionState.DECLINED])
def test_a_submission_is_not_decided_without_a_review(state):
    submission = make_submission()
    make_item(submission)
    assert refused("UPDATE patterns_submission SET state = %s WHERE id = %s", state, submission.pk)


def test_a_submission_is_not_accepted_on_a_review_that_declined_it():
    submission = make_submission()
    item = make_item(submission)
    run(INSERT_REVIEW, item.pk, make_reviewer().pk, submission.author_id, Decision.DECLINE)
    assert refused("UPDATE patterns_submission SET state = 'accepted' WHERE id = %s", submission.pk)


def test_an_item_that_leaves_the_author_out_bears_the_author_of_its_submission():
    submission = make_submission()
    item = make_item(submission, author=None)
    assert ReviewItem.objects.get(pk=item.pk).author == submission.author
    assert refused(INSERT_REVIEW, item.pk, submission.author_id, None, Decision.ACCEPT)


def test_a_reviewed_submission_is_accepted_and_stays_so():
    submission = make_submission()
    item = make_item(submission)
    run(INSERT_REVIEW, item.pk, make_reviewer().pk, submission.author_id, Decision.ACCEPT)
    run("UPDATE patterns_submission SET state = 'accepted' WHERE id = %s", submission.pk)
    assert refused("UPDATE patterns_submission SET state = 'withdrawn' WHERE id = %s", submission.pk)
    assert Review.objects.get().author == submission.author


def test_a_submission_cannot_begin_accepted_nor_change_hands():
    submission = make_submission()
    assert refused(
        "INSERT INTO patterns_submission (kind, state, author_id, title, text, note, payload, consent, key, version, "
        "created_at, changed_at) VALUES ('edit', 'accepted', %s, 't', '', '', '{}', true, 'k', 1, now(), now())",
        submission.author_id,
    )
    assert refused("UPDATE patterns_submission SET author_id = %s", make_user().pk)


EVERY_KIND = [
    *SubmissionKind.values,
    "flag",
    "public_question",
    "reported_question",
    "wanted_topic",
    "low_answer",
    "training_row",
    "anything",
]


@pytest.fixture(params=EVERY_KIND)
def item(request):
    """An open item of each kind by somebody, with the submission behind it where the kind has one."""
    author = make_user()
    if request.param in SubmissionKind.values:
        return make_item(make_submission(author, kind=request.param))
    return open_item(request.param, object_id=1, title="Something", author=author)


def accept(item, by=None, version=1):
    sql = INSERT_REVIEW.replace(", 1, now()", f", {version}, now()")
    return sql, item.pk, (by or make_reviewer()).pk, item.author_id, Decision.ACCEPT


def test_every_kind_refuses_its_author(item):
    assert refused(*accept(item, item.author))


def test_every_kind_refuses_a_second_review_of_one_version_whatever_it_says(item):
    run(INSERT_REVIEW, item.pk, make_reviewer().pk, item.author_id, Decision.REQUEST_CHANGES)
    for decision in Decision.values:
        assert refused(INSERT_REVIEW, item.pk, make_reviewer().pk, item.author_id, decision)


def test_every_kind_refuses_a_review_of_another_version(item):
    assert refused(*accept(item, version=2))
    run("UPDATE patterns_reviewitem SET version = 2 WHERE id = %s", item.pk)
    assert refused(*accept(item, version=1))


def test_every_kind_stays_closed_once_it_is_decided(item):
    run(*accept(item))
    run("UPDATE patterns_reviewitem SET open = false WHERE id = %s", item.pk)
    assert refused("UPDATE patterns_reviewitem SET open = true WHERE id = %s", item.pk)
    assert refused("UPDATE patterns_reviewitem SET open = true, version = 2 WHERE id = %s", item.pk)
    assert refused(*accept(item))


def test_a_version_never_falls_so_that_an_old_reading_does_not_count_again(item):
    run("UPDATE patterns_reviewitem SET version = 3 WHERE id = %s", item.pk)
    assert refused("UPDATE patterns_reviewitem SET version = 2 WHERE id = %s", item.pk)


@pytest.mark.parametrize("change", ["author_id = {other}", "author_id = NULL", "object_id = 99", "kind = 'other'"])
def test_every_kind_keeps_its_author_and_its_thing(item, change):
    changed = change.format(other=make_user().pk)
    assert refused(f"UPDATE patterns_reviewitem SET {changed} WHERE id = %s", item.pk)  # noqa: S608


def test_nothing_vanishes_from_the_queue(item):
    assert refused("DELETE FROM patterns_reviewitem WHERE id = %s", item.pk)


def test_nobody_holds_their_own_work_nor_what_is_closed(item):
    held = (
        "INSERT INTO patterns_claim (item_id, reviewer_id, claimed_at, expires_at) "
        "VALUES (%s, %s, now(), now() + interval '5 minutes')"
    )
    assert refused(held, item.pk, item.author_id)
    run(held, item.pk, make_reviewer().pk)
    assert refused("UPDATE patterns_claim SET reviewer_id = %s WHERE item_id = %s", item.author_id, item.pk)
    run("DELETE FROM patterns_claim")
    run(*accept(item))
    run("UPDATE patterns_reviewitem SET open = false WHERE id = %s", item.pk)
    assert refused(held, item.pk, make_reviewer().pk)


def test_an_item_does_not_bear_another_author_than_its_submission():
    submission = make_submission()
    with pytest.raises(IntegrityError), transaction.atomic():
        make_item(submission, author=make_user())


def test_what_happened_to_a_submission_cannot_be_rewritten():
    submission = make_submission()
    submission.events.create(actor=submission.author, after=SubmissionState.SUBMITTED)
    assert refused("UPDATE patterns_submissionevent SET reason = 'x'")
