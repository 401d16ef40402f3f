"""Checklists, ready-made reasons and unsent words: help for a reviewer that gates nothing and loses nothing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from patterns import retention, review
from patterns.enums import Decision, SubmissionKind
from patterns.models import Comment, Desk, Review, SavedReason
from patterns.review import canned, checklists, desks, reasons
from patterns.review.closing import Words, decide_and_say
from tests.factories.library import make_user
from tests.factories.people import make_reviewer
from tests.factories.reviewing import send_edit, submission_of

pytestmark = pytest.mark.django_db
ALL = [one.key for one in checklists.CHECKLISTS[SubmissionKind.EDIT]]


def decide(item, reviewer, decision=Decision.ACCEPT, **more):
    values = {"reason": "Because", "version": item.version} | more
    return review.decide(item, reviewer=reviewer, decision=decision, **values)


@pytest.mark.parametrize("kind", SubmissionKind.values)
def test_each_kind_of_submission_has_a_short_list_and_reasons(kind):
    questions = checklists.checklist_of(kind)
    assert 3 <= len(questions) <= 6
    assert len({one.key for one in questions}) == len(questions)
    ready = canned.ready_reasons(kind, list(Decision))
    assert ready
    assert len({one.key for one in ready}) == len(ready)


def test_accepting_with_open_questions_says_which_and_asks_once():
    item, reviewer = send_edit(), make_reviewer()
    with pytest.raises(review.OpenQuestions) as asked:
        decide(item, reviewer, ticks=ALL[1:])
    assert asked.value.questions == [str(checklists.CHECKLISTS[SubmissionKind.EDIT][0].text)]
    assert not Review.objects.exists()
    decide(item, reviewer, ticks=ALL[1:], sure=True)
    kept = Review.objects.get()
    assert [one["ticked"] for one in kept.checklist] == [False, True, True, True]
    assert checklists.told(item.kind, kept.checklist)[0].text == asked.value.questions[0]


@pytest.mark.parametrize("decision", [Decision.DECLINE, Decision.REQUEST_CHANGES])
def test_a_checklist_gates_no_decision_against_the_author(decision):
    item = send_edit()
    decide(item, make_reviewer(), decision, ticks=[])
    assert [one["ticked"] for one in Review.objects.get().checklist] == [False] * len(ALL)


def test_where_nobody_was_shown_a_checklist_none_is_asked_for_or_kept():
    decide(send_edit(), make_reviewer())
    assert Review.objects.get().checklist == []


def test_ticks_that_are_no_questions_are_not_kept():
    decide(send_edit(), make_reviewer(), ticks=[*ALL, "forged"])
    assert [one["key"] for one in Review.objects.get().checklist] == ALL


def test_a_question_that_is_asked_no_longer_keeps_its_key():
    (one,) = checklists.told(SubmissionKind.EDIT, [{"key": "of-old", "ticked": True}])
    assert (one.text, one.ticked) == ("of-old", True)


def test_ready_and_own_and_free_words_become_one_text():
    ready = canned.ready_reasons(SubmissionKind.EDIT, list(Decision))
    text = canned.composed(" And thank you. ", chosen=["own-7", "source", "forged"], ready=ready, saved={7: "Mine."})
    assert text == f"{ready[0].text}\n\nMine.\n\nAnd thank you."


def test_a_comment_and_a_decision_are_one_act():
    item, reviewer = send_edit(), make_reviewer()
    desks.keep_unsent(item, reviewer, desks.Unsent(reason="Because", draft="Which one?"))
    values = {"reviewer": reviewer, "reason": "", "version": item.version, "ticks": None, "sure": False}
    values |= {"submission": submission_of(item), "words": Words("Which one?", on="n.context.3", key="k")}
    with pytest.raises(review.ReasonNeeded):
        decide_and_say(item, decision=Decision.REQUEST_CHANGES, **values)
    assert not Comment.objects.exists()
    assert Desk.objects.exists()
    decide_and_say(item, decision=Decision.REQUEST_CHANGES, **values | {"reason": "See there."})
    assert Comment.objects.get().text == "Which one?"
    assert not Desk.objects.exists()


def test_saved_reasons_are_few_and_ones_own(monkeypatch):
    monkeypatch.setattr(reasons, "MOST", 2)
    reviewer, other = make_reviewer(), make_reviewer()
    first = reasons.save_reason(reviewer, text="One")
    assert reasons.save_reason(reviewer, text="One") == first
    reasons.save_reason(reviewer, text="Two")
    with pytest.raises(reasons.ReasonError, match="as many as one can have"):
        reasons.save_reason(reviewer, text="Three")
    with pytest.raises(SavedReason.DoesNotExist):
        reasons.save_reason(other, text="Changed", pk=first.pk)
    reasons.delete_reason(other, pk=first.pk)
    assert reasons.save_reason(reviewer, text="One, better", pk=first.pk).text == "One, better"
    reasons.delete_reason(reviewer, pk=first.pk)
    assert [one.text for one in SavedReason.objects.all()] == ["Two"]


@pytest.mark.parametrize("text", ["", " ", "x" * 1_001])
def test_a_reason_of_no_or_too_many_words_is_not_saved(text):
    with pytest.raises(reasons.ReasonError):
        reasons.save_reason(make_reviewer(), text=text)


def test_only_reviewers_keep_reasons_and_words():
    with pytest.raises(review.NotAReviewer):
        reasons.save_reason(make_user(), text="One")
    with pytest.raises(review.NotAReviewer):
        desks.keep_unsent(send_edit(), make_user(), desks.Unsent(reason="x"))


def test_words_nobody_sent_are_forgotten_after_a_while():
    reviewer = make_reviewer()
    old, new = send_edit(title="Old"), send_edit(title="New")
    for item in (old, new):
        desks.keep_unsent(item, reviewer, desks.Unsent(reason="Half a thought"))
    Desk.objects.filter(item=old).update(changed_at=timezone.now() - retention.UNSENT_KEPT - timedelta(days=1))
    assert retention.forget_unsent() == 1
    assert desks.unsent(new, reviewer).reason == "Half a thought"
    assert desks.unsent(old, reviewer) == desks.Unsent()
