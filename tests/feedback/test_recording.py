"""One verdict a person and answer, changeable, with a copy of what was rated."""

import pytest

from feedback.models import Rating
from feedback.recording import COMMENT_LIMIT, RatingRefused, rate, rating_of
from inference.models import Answer
from tests.factories.answers import make_answer
from tests.factories.library import make_user

pytestmark = pytest.mark.django_db


def test_a_verdict_can_be_changed_and_stays_one():
    answer = make_answer()
    rate(answer, visitor="v", helpful=True)
    rate(answer, visitor="v", helpful=False, reasons=["wrong"], comment="It is not so.")
    rating = Rating.objects.get()
    assert (rating.helpful, rating.reasons, rating.comment) == (False, ["wrong"], "It is not so.")


def test_each_person_and_each_visitor_has_one():
    answer = make_answer()
    rate(answer, visitor="one", helpful=True)
    rate(answer, visitor="two", helpful=True)
    rate(answer, rater=make_user(), visitor="one", helpful=False)
    assert Rating.objects.count() == 3


def test_a_signed_in_verdict_is_found_by_the_person_alone():
    answer, person = make_answer(), make_user()
    rate(answer, rater=person, helpful=True)
    assert rating_of(answer, rater=person) is not None
    assert rating_of(answer, visitor="v") is None


def test_what_was_rated_is_kept():
    answer = make_answer("Why?", "Because [1].")
    rating = rate(answer, visitor="v", helpful=True)
    Answer.objects.filter(pk=answer.pk).update(text="Something else.")
    rating.refresh_from_db()
    assert rating.snapshot["text"] == "Because [1]."
    assert rating.snapshot["question"] == "Why?"
    assert len(rating.snapshot["citations"]) == 1


def test_reasons_that_are_none_of_ours_are_dropped():
    assert rate(make_answer(), visitor="v", helpful=False, reasons=["wrong", "<b>"]).reasons == ["wrong"]


def test_a_helpful_answer_keeps_no_reasons_against_it():
    assert rate(make_answer(), visitor="v", helpful=True, reasons=["wrong"]).reasons == []


@pytest.mark.parametrize("state", [Answer.State.PENDING, Answer.State.RUNNING, Answer.State.FAILED])
def test_an_answer_that_is_not_written_cannot_be_rated(state):
    with pytest.raises(RatingRefused, match="not written yet"):
        rate(make_answer(state=state), visitor="v", helpful=True)


def test_nobody_in_particular_cannot_rate():
    with pytest.raises(RatingRefused, match="cookies"):
        rate(make_answer(), helpful=True)


def test_a_comment_that_is_too_long_is_refused_in_words():
    with pytest.raises(RatingRefused, match="may have 2,000"):
        rate(make_answer(), visitor="v", helpful=False, comment="x" * (COMMENT_LIMIT + 1))


def test_verdicts_of_people_who_left_stay_apart():
    answer, one, other = make_answer(), make_user(), make_user()
    for person in (one, other):
        rate(answer, rater=person, helpful=True)
    Rating.objects.filter(rater__in=[one, other]).update(rater=None)
    assert Rating.objects.filter(rater=None, visitor="").count() == 2
