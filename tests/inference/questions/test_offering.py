"""A question becomes public by its asker's consent and another person's yes, and is gone when it is taken back."""

import pytest
from django.db import IntegrityError, transaction

from clm_site.jobs import Job
from clm_site.models import Outbox
from inference.models import Answer, PublicQuestion, Question
from inference.questions import offering, reading
from inference.questions.offering import OfferRefused, State
from inference.retention import forget_declined_offers, forget_visitors_questions
from inference.showing.sources import sources
from patterns import review
from patterns.enums import Role
from patterns.models import AuditEntry, ReviewItem
from patterns.review import OwnWork, ReasonNeeded
from tests.factories.answers import make_answer
from tests.factories.library import add_revision, make_pattern, make_user
from tests.factories.questions import decide, offer, publish

pytestmark = pytest.mark.django_db
SECRET = "What did Ada of 12 Elm Street ask about consent?"


def test_only_who_asked_may_offer_it():
    person, answer = make_user(), make_answer(asker=None, visitor="me")
    assert offering.is_askers(answer, user=None, visitor="me")
    assert offering.is_askers(answer, user=person, visitor="me")
    assert not offering.is_askers(answer, user=person, visitor="you")
    assert not offering.is_askers(answer, user=None, visitor="")


def test_a_signed_in_persons_question_is_theirs_alone():
    person = make_user()
    answer = make_answer(asker=person, visitor="me")
    assert offering.is_askers(answer, user=person, visitor="")
    assert not offering.is_askers(answer, user=None, visitor="me")


def test_an_offer_is_a_whole_copy_that_waits_for_a_person():
    pattern = make_pattern("Consent")
    made = offer("What is consent?", "People agree [1].", cites=(pattern,))
    item = ReviewItem.objects.get()
    assert (made.state, item.kind, item.object_id, item.author) == (State.OFFERED, "public_question", made.pk, None)
    assert made.sentences == made.answer.sentences
    source, cited = made.sources.get(), made.answer.citations.get()
    assert (source.revision, source.quote, source.sha256) == (cited.revision, cited.quote, cited.sha256)


def test_offered_is_not_public():
    offer()
    assert not reading.published().exists()


def test_the_same_answer_offered_twice_is_offered_once():
    first = offer()
    again = offering.offer(first.answer, text="In other words", by=None, visitor="me")
    assert again == first
    assert ReviewItem.objects.count() == 1


@pytest.mark.parametrize("state", [Answer.State.PENDING, Answer.State.FAILED, Answer.State.STOPPED])
def test_what_is_not_finished_cannot_be_offered(state):
    with pytest.raises(OfferRefused, match="not finished"):
        offering.offer(make_answer(state=state), text="What?", by=None)


def test_an_empty_question_cannot_be_offered():
    with pytest.raises(OfferRefused, match="a few words"):
        offering.offer(make_answer(), text=" ?! ", by=None)


def test_accepting_publishes_it_and_has_it_embedded():
    made = offer()
    decide(made)
    assert made.state == State.PUBLISHED
    assert made.published_at
    assert Outbox.objects.filter(job=Job.GATHER_QUESTIONS.value).exists()


def test_declining_needs_a_reason_that_its_asker_reads():
    made = offer()
    with pytest.raises(ReasonNeeded):
        decide(made, "decline")
    decide(made, "decline", reason="It tells of a person.")
    assert (made.state, made.reason) == (State.DECLINED, "It tells of a person.")


def test_what_was_declined_can_be_offered_in_other_words():
    made = offer()
    decide(made, "decline", reason="It tells of a person.")
    again = offering.offer(made.answer, text="What is consent?", by=None, visitor="me")
    assert again != made
    assert offering.offer_of(made.answer) == again


def test_nobody_decides_on_their_own_question():
    person = make_user(roles=[Role.REVIEWER])
    offer(by=person)
    item = ReviewItem.objects.get()
    with pytest.raises(OwnWork):
        review.decide(item, reviewer=person, decision="accept", version=item.version)


def test_the_database_publishes_nothing_without_another_persons_review():
    made = offer()
    with pytest.raises(IntegrityError, match="no such review"), transaction.atomic():
        PublicQuestion.objects.filter(pk=made.pk).update(state=State.PUBLISHED)


@pytest.mark.parametrize("make", [offer, publish])
def test_taking_it_back_deletes_what_it_said_and_empties_the_queue(make):
    made = make(SECRET, "She said so [1].")
    offering.withdraw(made)
    made.refresh_from_db()
    assert (made.state, made.text, made.answer_text, made.sentences, made.visitor) == (State.WITHDRAWN, "", "", [], "")
    assert not made.sources.exists()
    assert not ReviewItem.objects.filter(open=True).exists()


def test_taking_it_back_twice_is_once():
    made = offer()
    offering.withdraw(made)
    assert offering.withdraw(made).state == State.WITHDRAWN


def test_a_withdrawn_question_cannot_be_decided_on_any_more():
    made = offer()
    item = ReviewItem.objects.get()
    offering.withdraw(made)
    with pytest.raises(review.AlreadyDecided):
        review.decide(item, reviewer=make_user(roles=[Role.REVIEWER]), decision="accept", version=item.version)


def test_a_question_that_waits_leaves_the_queue_only_by_its_own_withdrawal():
    offer()
    with pytest.raises(IntegrityError, match="no final review"), transaction.atomic():
        ReviewItem.objects.update(open=False)


@pytest.mark.parametrize("end", ["accept", "decline", "withdraw"])
def test_the_audit_log_names_every_act_and_never_the_text(end):
    made = offer(SECRET, "She said so [1].", by=make_user())
    if end == "withdraw":
        offering.withdraw(made)
    else:
        decide(made, end, reason="A person is named." if end == "decline" else "")
    entries = list(AuditEntry.objects.all())
    assert len(entries) >= 2
    assert not [one for one in entries if "Elm Street" in f"{one.target_name} {one.details}"]


def test_the_copy_outlives_the_private_question():
    made = publish(cites=(make_pattern(),))
    Question.objects.update(asked_at="2020-01-01T00:00Z")
    assert forget_visitors_questions()
    made.refresh_from_db()
    assert (made.state, made.answer) == (State.PUBLISHED, None)
    assert made.sources.count() == 1


def test_a_name_is_shown_only_where_its_owner_wished_it_and_is_still_here():
    ada = make_user("Ada")
    shown, hidden = publish(by=ada, credited=True), publish(by=ada)
    assert (shown.credit, hidden.credit) == ("Ada", "")
    ada.is_active = False
    ada.save()
    shown.refresh_from_db()
    assert shown.credit == ""


def test_a_visitor_has_no_name_to_show():
    assert publish(credited=True).credit == ""


def test_declined_offers_are_forgotten_after_a_time():
    made = offer()
    decide(made, "decline", reason="No.")
    assert forget_declined_offers() == 0
    PublicQuestion.objects.update(decided_at="2020-01-01T00:00Z")
    assert forget_declined_offers() >= 1


def test_a_report_brings_a_public_question_before_another_person():
    made = publish()
    offering.report(made, words="It is\nfalse.", by=None)
    offering.report(made, words="So say I.", by=None)
    item = ReviewItem.objects.get(open=True)
    assert item.kind == "reported_question"
    assert item.reasons == ["A reader says: “It is false.”", "A reader says: “So say I.”"]


def test_an_accepted_report_takes_the_question_out():
    made = publish()
    offering.report(made, words="It is false.", by=None)
    decide(made, kind=offering.REPORTED)
    assert (made.state, made.text) == (State.REMOVED, "")
    with pytest.raises(OfferRefused, match="already taken it out"):
        offering.withdraw(made)


def test_a_declined_report_leaves_it_where_it_is():
    made = publish()
    offering.report(made, words="It is false.", by=None)
    decide(made, "decline", reason="It is true.", kind=offering.REPORTED)
    assert (made.state, made.reason) == (State.PUBLISHED, "")


def test_who_offered_it_does_not_decide_on_its_report():
    person = make_user(roles=[Role.REVIEWER])
    made = publish(by=person)
    offering.report(made, words="It is false.", by=None)
    item = ReviewItem.objects.get(open=True)
    with pytest.raises(OwnWork):
        review.decide(item, reviewer=person, decision="accept", version=item.version)


def test_what_became_of_a_source_is_known():
    pattern = make_pattern("Consent")
    made = publish(cites=(pattern,))
    assert reading.since(sources(made.sources.all())) == []
    add_revision(pattern, "## Context\n\nNew words.\n")
    (changed,) = reading.since(sources(made.sources.all()))
    assert (changed.title, changed.what) == ("Consent", "changed")
    pattern.state = "retired"
    pattern.save()
    (retired,) = reading.since(sources(made.sources.all()))
    assert retired.what == "retired"


def test_personal_data_is_pointed_out_to_the_reviewer():
    offer("Who answers to ada@example.org about consent?")
    assert "email" in ReviewItem.objects.get().reasons[0]
