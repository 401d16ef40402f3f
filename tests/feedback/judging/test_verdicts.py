"""A person judges an answer once, never one they asked or rated, and what they said is kept beside the score."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from feedback.figures import figures
from feedback.judging.verdicts import TAKE_OUT, agreement
from feedback.models import AnswerVerdict, LowAnswer
from feedback.recording import rate
from inference.models import Answer, Question
from inference.wanted.missed import missed
from patterns import review
from patterns.enums import Role
from patterns.models import Notice, ReviewItem
from patterns.review import OwnWork, ReasonNeeded
from patterns.review.bulk import Chosen, plan
from tests.factories.answers import make_answer
from tests.factories.judging import item_of, judge, published_low, show, shown
from tests.factories.library import make_user
from tests.factories.people import make_reviewer
from tests.factories.questions import publish

pytestmark = pytest.mark.django_db


def test_a_verdict_keeps_who_what_why_and_the_score_of_then():
    answer, grace = shown(), make_reviewer("Grace")
    judge(answer, by=grace, reason="The source says the opposite.")
    verdict = AnswerVerdict.objects.get()
    assert (verdict.answer, verdict.reviewer, verdict.verdict) == (answer, grace, "wrong")
    assert verdict.reason == "The source says the opposite."
    assert 0 < verdict.score < 1
    assert verdict.components["grounded"] == {"value": 1.0, "counts": {"all": 1, "weak": 0, "unsupported": 0}}


@pytest.mark.parametrize("decision", ["accept", "decline"])
def test_both_verdicts_need_a_reason(decision):
    answer = shown()
    with pytest.raises(ReasonNeeded):
        judge(answer, decision, reason="")
    assert not AnswerVerdict.objects.exists()


def test_declining_says_that_it_stands_and_that_is_not_asked_again():
    from feedback.judging import cases

    answer = shown()
    judge(answer, "decline")
    assert AnswerVerdict.objects.get().verdict == "stands"
    show(answer, comment="Again.")
    assert cases.look(answer_id=answer.pk) == ""


def test_many_new_voices_bring_a_judged_public_answer_back():
    from feedback.judging import cases

    made = published_low()
    judge(made, "decline")
    for number in range(cases.SEVERAL):
        assert cases.look(question_id=made.pk) == ""
        rate(made, visitor=f"v{number}", helpful=False)
    assert "case" in cases.look(question_id=made.pk)


def test_who_asked_does_not_judge():
    asker = make_user(roles=[Role.REVIEWER])
    answer = shown(asker=asker)
    with pytest.raises(OwnWork):
        judge(answer, by=asker)


def test_who_rated_it_does_not_judge():
    rater = make_reviewer()
    answer, public = shown(), published_low()
    for subject in (answer, public):
        rate(subject, rater=rater, helpful=True)
        with pytest.raises(OwnWork):
            judge(subject, by=rater)
    assert not AnswerVerdict.objects.exists()


@pytest.mark.parametrize("role", ["asker", "rater", "offerer", "public rater"])
def test_the_database_refuses_them_too(role):
    person = make_user()
    answer = make_answer(asker=person if role == "asker" else None)
    public = publish(by=person if role == "offerer" else None)
    if role == "rater":
        rate(answer, rater=person, helpful=True)
    if role == "public rater":
        rate(public, rater=person, helpful=True)
    of = {"answer": answer} if role in {"asker", "rater"} else {"question": public}
    values = {"case": LowAnswer.objects.create(), "verdict": "stands", "score": 0.5, "components": {}} | of
    with pytest.raises(IntegrityError, match="does not judge it"), transaction.atomic():
        AnswerVerdict.objects.create(reviewer=person, **values)
    AnswerVerdict.objects.create(reviewer=make_user(), **values)


def test_the_database_keeps_one_verdict_a_decision():
    answer = shown()
    judge(answer)
    values = {"case": LowAnswer.objects.get(), "verdict": "stands", "score": 0.5, "components": {}}
    with pytest.raises(IntegrityError), transaction.atomic():
        AnswerVerdict.objects.create(reviewer=make_user(), **values)


def test_a_wrong_answer_counts_its_question_as_unanswered_and_a_standing_one_does_not():
    wrong, stands = shown(), shown()
    assert not Answer.objects.filter(missed()).exists()
    judge(wrong)
    judge(stands, "decline")
    assert list(Answer.objects.filter(missed())) == [wrong]


def test_the_public_copy_stays_unless_the_reviewer_ticks():
    made = published_low()
    judge(made)
    made.refresh_from_db()
    assert (made.state, AnswerVerdict.objects.get().taken_out) == ("published", False)


def test_with_the_tick_it_is_taken_down_and_its_question_counts_as_unanswered():
    made = published_low("How is it done?")
    answer = made.answer
    judge(made, chosen=[TAKE_OUT], reason="No source says so.")
    made.refresh_from_db()
    assert (made.state, made.text, made.reason) == ("removed", "", "No source says so.")
    assert list(Answer.objects.filter(missed())) == [answer]
    assert not ReviewItem.objects.get(kind="low_answer").open


def test_whose_question_is_taken_down_hears_of_it_and_reads_why(client):
    asker = make_user()
    made = published_low(by=asker)
    judge(made, chosen=[TAKE_OUT], reason="No source says so.")
    assert "No source says so." in client.get(Notice.objects.get(user=asker, kind="answer_judged").url).text


@pytest.mark.parametrize("kind", ["accept", "decline"])
def test_nothing_is_judged_in_bulk(kind):
    item = item_of(shown())
    (line,) = plan(kind, [Chosen(item.pk, item.version)], reviewer=make_reviewer()).lines
    assert "one by one" in line.why_not


def test_the_tick_does_nothing_with_a_verdict_that_it_stands():
    made = published_low()
    judge(made, "decline", chosen=[TAKE_OUT])
    made.refresh_from_db()
    assert made.state == "published"


def test_what_may_not_be_seen_any_more_is_closed_without_a_verdict():
    answer = shown()
    item = item_of(answer)
    Question.objects.all().delete()  # by another way than the site's own
    review.decide(item, reviewer=make_reviewer(), decision="decline", reason="Gone.", version=item.version)
    assert not AnswerVerdict.objects.exists()
    item.refresh_from_db()
    assert not item.open


def test_who_asked_reads_what_was_said_and_nobody_else_does(client):
    asker = make_user()
    answer = shown(asker=asker)
    judge(answer, reason="The source says the opposite.")
    notice = Notice.objects.get(user=asker)
    assert notice.kind == "answer_judged"
    assert "The source says the opposite." not in client.get(notice.url).text
    client.force_login(asker)
    page = client.get(notice.url).text
    assert "The answer is wrong or too weak." in page
    assert "The source says the opposite." in page


def test_reviewers_see_the_page_of_a_decided_one_only_while_its_asker_lets_them(client):
    answer = shown("A private question?")
    item = item_of(answer)
    judge(answer)
    client.force_login(make_reviewer())
    assert "A private question?" in client.get(item.get_absolute_url()).text
    rate(answer, visitor="somebody", helpful=True)
    assert "A private question?" not in client.get(item.get_absolute_url()).text


def test_the_form_offers_to_take_down_only_what_is_public_and_keeps_the_tick(client):
    private, public = item_of(shown()), item_of(published_low())
    client.force_login(make_reviewer())
    assert 'value="take_out"' not in client.get(private.get_absolute_url()).text
    assert 'value="take_out"' in client.get(public.get_absolute_url()).text
    sent = {"decision": "accept", "version": public.version, "reason": "", "chosen": "take_out", "sure": "1"}
    refused = client.post(reverse("review_decide", args=[public.pk]), sent)
    assert refused.status_code == 422
    assert 'value="take_out" checked' in refused.text
    client.post(reverse("review_keep", args=[public.pk]), sent | {"do": "claim"})
    assert 'value="take_out" checked' in client.get(public.get_absolute_url()).text
    client.post(reverse("review_decide", args=[public.pk]), sent | {"reason": "No source."})
    assert AnswerVerdict.objects.get().taken_out


def test_the_agreement_of_score_and_people_is_counted_and_shown(client):
    assert agreement().share is None
    assert "Score and people agree" not in client.get(reverse("transparency")).text
    judge(published_low())  # low, and wrong
    judge(published_low(), "decline")  # low, and stands
    judge(shown(), "decline")  # sound, and stands
    assert (figures().judged.n, figures().judged.agreed) == (3, 2)
    assert "67 %" in client.get(reverse("transparency")).text


def test_a_decision_on_another_kind_has_no_options():
    from tests.factories.people import make_item

    item = make_item()
    review.decide(
        item, reviewer=make_reviewer(), decision="decline", reason="No.", version=item.version, chosen=["take_out"]
    )
    assert not item.reviews.get().checklist


def test_a_question_that_went_meanwhile_is_not_taken_down_twice():
    made = published_low()
    item = item_of(made)
    type(made).objects.filter(pk=made.pk).update(state="removed")
    values = {"decision": "accept", "reason": "No.", "version": item.version, "chosen": [TAKE_OUT]}
    review.decide(item, reviewer=make_reviewer(), **values)
    assert not AnswerVerdict.objects.exists()
