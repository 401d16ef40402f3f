"""The queue, claims and decisions: one person at a time, never the author, on what they read."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from patterns import publishing, review, submissions
from patterns.enums import Decision, Role, SubmissionKind, SubmissionState
from patterns.models import Claim, Review, ReviewItem, Revision, Submission
from tests.factories.library import make_pattern, make_user
from tests.factories.people import make_reviewer

pytestmark = pytest.mark.django_db


def sent_edit(author=None, *, title="Well", word="valley"):
    """An edit that waits in the queue, and its item."""
    author = author or make_user()
    pattern = make_pattern(title, "## Context\n\nA well in a village.\n\n## Solution\n\nRules.\n")
    submission = submissions.save_draft(
        author=author, kind=SubmissionKind.EDIT, title=title, pattern=pattern, based_on=pattern.current, consent=True,
        text=pattern.current.source.replace("village", word),
    )  # fmt: skip
    submissions.submit(submission, actor=author)
    return ReviewItem.objects.get(object_id=submission.pk)


def decide(item, reviewer, decision=Decision.ACCEPT, reason="Because", version=None):
    return review.decide(item, reviewer=reviewer, decision=decision, reason=reason, version=version or item.version)


def test_a_claim_lasts_a_quarter_of_an_hour_and_can_be_renewed():
    item, reviewer = sent_edit(), make_reviewer()
    first = review.claim(item, reviewer=reviewer)
    assert timedelta(minutes=14) < first.expires_at - timezone.now() <= timedelta(minutes=15)
    assert review.claim(item, reviewer=reviewer).expires_at > first.expires_at
    assert Claim.objects.count() == 1


def test_a_held_item_is_refused_to_others_with_the_name_and_the_time():
    item = sent_edit()
    held = review.claim(item, reviewer=make_reviewer("Grace"))
    with pytest.raises(review.Claimed, match=f"Grace is looking at this until {held.expires_at:%H:%M}"):
        review.claim(item, reviewer=make_reviewer())
    with pytest.raises(review.Claimed):
        decide(item, make_reviewer())


def test_an_expired_claim_is_nobodys():
    item, other = sent_edit(), make_reviewer()
    review.claim(item, reviewer=make_reviewer())
    Claim.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    item = ReviewItem.objects.select_related("claim").get()
    assert review.live_claim(item) is None
    assert review.claim(item, reviewer=other).reviewer == other


def test_a_released_item_is_free():
    item, reviewer = sent_edit(), make_reviewer()
    review.claim(item, reviewer=reviewer)
    assert not review.release(item, reviewer=make_reviewer())
    assert review.release(item, reviewer=reviewer)
    review.claim(item, reviewer=make_reviewer())


@pytest.mark.parametrize("roles", [[], [Role.CONTRIBUTOR]])
def test_only_reviewers_claim_and_decide(roles):
    item, user = sent_edit(), make_user(roles=roles)
    with pytest.raises(review.NotAReviewer):
        review.claim(item, reviewer=user)
    with pytest.raises(review.NotAReviewer):
        decide(item, user)


def test_nobody_claims_or_decides_on_their_own_work():
    author = make_reviewer()
    item = sent_edit(author)
    with pytest.raises(review.OwnWork):
        review.claim(item, reviewer=author)
    with pytest.raises(review.OwnWork):
        decide(item, author)
    assert not Review.objects.exists()


@pytest.mark.parametrize("decision", [Decision.DECLINE, Decision.REQUEST_CHANGES])
@pytest.mark.parametrize("reason", ["", "  \n "])
def test_a_decision_against_the_author_needs_a_reason(decision, reason):
    item = sent_edit()
    with pytest.raises(review.ReasonNeeded):
        decide(item, make_reviewer(), decision, reason)
    assert not Review.objects.exists()


def test_a_decision_on_another_version_is_refused():
    item = sent_edit()
    with pytest.raises(review.Stale):
        decide(item, make_reviewer(), version=item.version + 1)


def test_a_second_decision_names_who_was_quicker():
    item = sent_edit()
    decide(item, make_reviewer("Grace"), Decision.DECLINE)
    with pytest.raises(review.AlreadyDecided, match="Grace has already decided on this: decline"):
        decide(item, make_reviewer())


def test_while_changes_are_asked_for_nobody_decides_and_the_queue_leaves_it_out():
    item = sent_edit()
    decide(item, make_reviewer(), Decision.REQUEST_CHANGES)
    assert list(review.waiting_items()) == []
    with pytest.raises(review.AlreadyDecided):
        decide(item, make_reviewer())


def test_a_withdrawn_item_is_closed_to_decisions():
    item = sent_edit()
    submission = Submission.objects.get()
    submissions.withdraw(submission, actor=submission.author)
    with pytest.raises(review.AlreadyDecided, match="decided or withdrawn"):
        decide(item, make_reviewer())


def test_the_queue_puts_the_pressing_first_and_then_the_longest_waiting():
    first, second = sent_edit(title="First"), sent_edit(title="Second")
    pressing = review.open_item("odd", object_id=1, title="Pressing", priority=20, reasons=["Somebody may be harmed."])
    assert list(review.waiting_items()) == [pressing, first, second]
    assert [review.level(item, now=timezone.now()) for item in (pressing, first)] == ["high", "usual"]
    assert list(review.waiting_items(kind="odd")) == [pressing]


def test_the_same_thing_stands_in_the_queue_once_and_its_version_rises():
    item = review.open_item("odd", object_id=1, title="One")
    again = review.open_item("odd", object_id=1, title="One, changed", priority=3)
    assert (again.pk, again.version, again.title, again.priority) == (item.pk, 2, "One, changed", 3)


def test_an_item_of_an_unknown_kind_can_be_seen_and_not_decided():
    item = review.open_item("odd", object_id=1, title="Odd")
    with pytest.raises(review.NotNow):
        decide(item, make_reviewer())


def test_an_edit_of_a_section_that_changed_meanwhile_is_not_accepted_and_nothing_happens():
    item, reviewer = sent_edit(), make_reviewer()
    pattern = Submission.objects.get().pattern
    publishing.publish(pattern, source=pattern.current.source.replace("village", "town"), author=make_user())
    with pytest.raises(review.NotNow, match="Context"):
        decide(item, reviewer)
    assert not Review.objects.exists()
    assert Submission.objects.get().state == SubmissionState.SUBMITTED
    decide(item, reviewer, Decision.REQUEST_CHANGES)


def test_an_edit_is_carried_over_to_what_the_pattern_says_by_now():
    item = sent_edit()
    pattern = Submission.objects.get().pattern
    publishing.publish(pattern, source=pattern.current.source.replace("Rules.", "Agreements."), author=make_user())
    decide(item, make_reviewer())
    text = Revision.objects.get(pattern=pattern, number=3).source
    assert "valley" in text
    assert "Agreements." in text


def test_an_edit_of_a_retired_pattern_cannot_be_accepted():
    item = sent_edit()
    publishing.retire(Submission.objects.get().pattern, actor=None, reason="")
    with pytest.raises(review.NotNow, match="taken out"):
        decide(item, make_reviewer())


@pytest.mark.django_db(transaction=True)
def test_two_reviewers_at_once_one_decides_and_the_other_is_told():
    item = sent_edit()
    reviewers = [make_reviewer(), make_reviewer()]
    start, outcomes = threading.Barrier(2), []

    def run(reviewer, decision):
        start.wait(10)
        try:
            decide(item, reviewer, decision)
            outcomes.append("decided")
        except (review.AlreadyDecided, review.Stale) as problem:
            outcomes.append(type(problem).__name__)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=run, args=pair)
        for pair in zip(reviewers, [Decision.ACCEPT, Decision.DECLINE], strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["AlreadyDecided", "decided"]
    assert Review.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_decision_and_a_withdrawal_at_once_leave_one_of_them():
    item = sent_edit()
    submission, reviewer = Submission.objects.select_related("author").get(), make_reviewer()
    start, refused = threading.Barrier(2), []

    def run(act):
        start.wait(10)
        try:
            act()
        except (review.ReviewError, submissions.SubmissionError) as problem:
            refused.append(problem)
        finally:
            connection.close()

    acts = (lambda: decide(item, reviewer), lambda: submissions.withdraw(submission, actor=submission.author))
    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    submission.refresh_from_db()
    assert len(refused) == 1
    assert (submission.state == SubmissionState.ACCEPTED) == Review.objects.exists()
    assert not ReviewItem.objects.get().open
