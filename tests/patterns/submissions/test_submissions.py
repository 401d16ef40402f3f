"""The life of a submission: states, events, and what each refuses."""

import pytest

from patterns import submissions
from patterns.enums import Decision, SubmissionKind, SubmissionState
from patterns.models import ReviewItem, Submission
from patterns.review import claim, decide
from tests.factories.library import make_pattern, make_user
from tests.factories.people import make_reviewer

pytestmark = pytest.mark.django_db
State = SubmissionState


@pytest.fixture
def pattern():
    return make_pattern("Well", "## Context\n\nA well in a village.\n")


@pytest.fixture
def author():
    return make_user("Ada")


def draft(pattern, author, **fields):
    text = pattern.current.source.replace("village", fields.pop("word", "valley"))
    values = {"kind": SubmissionKind.EDIT, "title": pattern.title, "text": text, "consent": True, "key": "k1"}
    return submissions.save_draft(author=author, pattern=pattern, based_on=pattern.current, **(values | fields))


def item_of(submission):
    return ReviewItem.objects.get(kind=submission.kind, object_id=submission.pk)


def judge(submission, decision, reason="Because", reviewer=None):
    item = item_of(submission)
    return decide(item, reviewer=reviewer or make_reviewer(), decision=decision, reason=reason, version=item.version)


def states(submission):
    return [event.after for event in submission.events.all()]


def test_a_form_sent_twice_is_one_submission(pattern, author):
    first, second = draft(pattern, author), draft(pattern, author, word="town")
    assert first == second
    assert "town" in Submission.objects.get().text
    submissions.submit(second, actor=author)
    submissions.submit(second, actor=author)
    assert ReviewItem.objects.count() == 1
    assert states(second) == [State.DRAFT, State.SUBMITTED]


def test_a_form_sent_again_after_submitting_changes_nothing(pattern, author):
    submissions.submit(draft(pattern, author), actor=author)
    again = draft(pattern, author, word="city")
    assert again.state == State.SUBMITTED
    assert "city" not in again.text


def test_somebody_elses_key_is_refused(pattern, author):
    draft(pattern, author)
    with pytest.raises(submissions.NotYours):
        draft(pattern, make_user())


def test_submitting_opens_an_item_whose_author_is_known(pattern, author):
    submission = submissions.submit(draft(pattern, author), actor=author)
    item = item_of(submission)
    assert (item.author, item.open) == (author, True)
    assert item.reasons == ["It is somebody’s first contribution: an early answer keeps a newcomer."]
    assert submission.submitted_at


def test_a_silver_pattern_raises_the_priority_in_words(author):
    pattern = make_pattern("Well", "## Context\n\nA village.\n", tier="silver")
    submission = submissions.submit(draft(pattern, author), actor=author)
    assert item_of(submission).priority == 9  # five for the tier, four for a first contribution
    assert "silver" in item_of(submission).reasons[0]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"consent": False}, "CC BY-SA"),
        ({"word": "village"}, "Nothing is changed"),
        ({"text": "x"}, "cannot be read"),
    ],
)
def test_what_the_checks_block_is_not_sent_and_not_lost(pattern, author, fields, said):
    submission = draft(pattern, author, **fields)
    with pytest.raises(submissions.NotReady, match=said):
        submissions.submit(submission, actor=author)
    assert Submission.objects.get().state == State.DRAFT
    assert not ReviewItem.objects.exists()


def test_only_the_author_sends_and_withdraws(pattern, author):
    submission = draft(pattern, author)
    with pytest.raises(submissions.NotYours):
        submissions.submit(submission, actor=make_reviewer())
    with pytest.raises(submissions.NotYours):
        submissions.withdraw(submission, actor=make_reviewer())


def test_a_claim_puts_it_in_review(pattern, author):
    submission = submissions.submit(draft(pattern, author), actor=author)
    claim(item_of(submission), reviewer=make_reviewer())
    submission.refresh_from_db()
    assert submission.state == State.IN_REVIEW


def test_an_accepted_edit_is_published_in_its_authors_name(pattern, author):
    submission = submissions.submit(draft(pattern, author, note="Better word"), actor=author)
    reviewer = make_reviewer()
    judge(submission, Decision.ACCEPT, reason="", reviewer=reviewer)
    pattern.refresh_from_db()
    submission.refresh_from_db()
    assert pattern.current.body == "## Context\n\nA well in a valley.\n"
    assert (pattern.current.author, pattern.current.number, pattern.current.message) == (author, 2, "Better word")
    assert pattern.tier == "silver"
    assert (submission.state, bool(submission.decided_at), item_of(submission).open) == (State.ACCEPTED, True, False)


def test_a_declined_edit_publishes_nothing_and_says_why(pattern, author):
    submission = submissions.submit(draft(pattern, author), actor=author)
    judge(submission, Decision.DECLINE, reason="It is a village.")
    assert pattern.revisions.count() == 1
    assert submission.events.last().reason == "It is a village."
    assert item_of(submission).open is False


def test_asked_for_changes_come_back_to_the_same_item_with_a_higher_version(pattern, author):
    submission = submissions.submit(draft(pattern, author), actor=author)
    judge(submission, Decision.REQUEST_CHANGES, reason="Which valley?")
    item = item_of(submission)
    assert item.open
    draft(pattern, author, word="green valley")
    submission = submissions.submit(Submission.objects.get(), actor=author)
    again = item_of(submission)
    assert (again.pk, again.version, again.priority) == (item.pk, item.version + 1, 14)
    judge(submission, Decision.ACCEPT)
    assert states(submission) == [
        State.DRAFT, State.SUBMITTED, State.CHANGES_REQUESTED, State.RESUBMITTED, State.ACCEPTED
    ]  # fmt: skip


def test_the_audit_log_knows_every_step(pattern, author):
    from patterns.models import AuditEntry

    submission = submissions.submit(draft(pattern, author), actor=author)
    judge(submission, Decision.ACCEPT)
    assert [line.action for line in AuditEntry.objects.order_by("pk")] == [
        "submission submitted", "submission accepted", "published pattern", "accepted"
    ]  # fmt: skip


def test_a_withdrawn_submission_leaves_the_queue(pattern, author):
    submission = submissions.submit(draft(pattern, author), actor=author)
    submissions.withdraw(submission, actor=author)
    submissions.withdraw(submission, actor=author)
    assert submission.state == State.WITHDRAWN
    assert item_of(submission).open is False


def test_what_waits_for_changes_can_be_withdrawn_too(pattern, author):
    submission = submissions.submit(draft(pattern, author), actor=author)
    judge(submission, Decision.REQUEST_CHANGES)
    submissions.withdraw(submission, actor=author)
    assert item_of(submission).open is False


@pytest.mark.parametrize("decision", [Decision.ACCEPT, Decision.DECLINE])
def test_after_a_decision_nothing_moves(pattern, author, decision):
    submission = submissions.submit(draft(pattern, author), actor=author)
    judge(submission, decision)
    with pytest.raises(submissions.WrongState):
        submissions.withdraw(submission, actor=author)
    with pytest.raises(submissions.WrongState):
        submissions.submit(submission, actor=author)
