"""Unanswered questions gather by meaning, stay private, and reach the public by a person's yes alone."""

import pytest

from inference import backends
from inference.models import Answer, Question, UnansweredQuestion, WantedTopic
from inference.questions import offering
from inference.wanted import reading
from inference.wanted.gathering import KIND, gather
from patterns import review
from patterns.enums import Role
from patterns.models import Pattern, ReviewItem
from patterns.review import NotNow
from tests.factories.library import make_pattern, make_user
from tests.factories.questions import publish, unanswered

pytestmark = pytest.mark.django_db
BEES = [
    "How can a city keep bees on its rooftops",
    "How can our city keep bees on its rooftops",
    "Can a city keep its bees on rooftops",
]


@pytest.fixture(autouse=True)
def by_shared_words(settings):
    """Texts are as close as the words they share: what is close is plain to see here."""
    settings.EMBEDDER = "tests.factories.embedders.SharedWords"
    backends.forget("embedder")
    yield
    backends.forget("embedder")


def ask_for_bees(count=3):
    return [unanswered(BEES[number % 3], visitor=f"v{number}") for number in range(count)]


def decide(decision="accept", reason=""):
    item = ReviewItem.objects.get(kind=KIND, open=True)
    reviewer = make_user(roles=[Role.REVIEWER])
    return review.decide(item, reviewer=reviewer, decision=decision, reason=reason, version=item.version)


def test_like_questions_are_one_topic_and_others_another():
    ask_for_bees()
    unanswered("Where do I find lawyers for tenants in court?")
    gather()
    assert sorted(WantedTopic.objects.values_list("askers", flat=True)) == [1, 3]


def test_a_question_is_gathered_once():
    ask_for_bees()
    assert gather().joined == 3
    assert gather().joined == 0


@pytest.mark.parametrize("fields", [
    {"outcome": Answer.Outcome.ANSWER}, {"state": Answer.State.FAILED}, {"state": Answer.State.STOPPED},
    {"route": {"kind": "none"}}, {"route": {"words_only": True}},
])  # fmt: skip
def test_what_was_answered_or_not_really_asked_is_not_gathered(fields):
    unanswered("How can a city keep bees?", **fields)
    assert gather().joined == 0


def test_a_follow_up_says_too_little_to_be_gathered():
    before = unanswered("How can a city keep bees?")
    Question.objects.filter(pk=unanswered("And in winter?").question_id).update(parent=before.question)
    assert gather().joined == 1


def test_private_questions_show_nowhere_by_themselves(client):
    ask_for_bees(5)
    gather()
    assert not reading.topics().exists()
    topic = WantedTopic.objects.get()
    assert client.get(f"/wanted/{topic.pk}/").status_code == 404
    assert "rooftop" not in client.get("/wanted/").text.lower()


def test_three_askers_are_a_proposal_to_a_reviewer():
    ask_for_bees(2)
    assert gather().proposed == 0
    unanswered(BEES[2], visitor="a third")
    assert gather().proposed == 1
    item = ReviewItem.objects.get()
    assert (item.kind, item.author) == (KIND, None)
    assert set(item.title.lower().split(", ")) == {"city", "keep", "bees", "rooftops"}


def test_one_visitor_three_times_is_no_proposal():
    for text in BEES:
        unanswered(text, visitor="the same")
    assert gather().proposed == 0
    assert WantedTopic.objects.get().askers == 1


def test_the_reviewer_sees_no_private_question(client):
    ask_for_bees()
    gather()
    client.force_login(make_user(roles=[Role.REVIEWER]))
    page = client.get(ReviewItem.objects.get().get_absolute_url()).text
    assert "3 people asked for it" in page
    assert not [text for text in BEES if text in page]


def test_an_accepted_name_is_shown_with_how_many_asked(client):
    ask_for_bees()
    gather()
    decide()
    topic = WantedTopic.objects.get()
    for address in ("/wanted/", topic.get_absolute_url()):
        page = client.get(address).text
        assert topic.label in page
        assert "3 people" in page
        assert not [text for text in BEES if text in page]


def test_a_declined_name_is_not_shown_and_not_proposed_again(client):
    ask_for_bees()
    gather()
    decide("decline", "It says nothing.")
    ask_for_bees(5)
    assert gather().proposed == 0
    assert client.get(WantedTopic.objects.get().get_absolute_url()).status_code == 404


def test_a_name_that_three_people_no_longer_carry_cannot_be_accepted():
    asked = ask_for_bees()
    gather()
    asked[0].question.delete()
    gather()
    with pytest.raises(NotNow, match="Fewer than three"):
        decide()


def test_a_forgotten_question_counts_no_more():
    asked = ask_for_bees(4)
    gather()
    asked[0].question.delete()
    gather()
    assert WantedTopic.objects.get().askers == 3


def test_a_topic_nobody_carries_any_more_is_deleted():
    unanswered(BEES[0]).question.delete()
    answer = unanswered(BEES[0])
    gather()
    answer.question.delete()
    gather()
    assert not WantedTopic.objects.exists()


def test_an_offered_question_makes_its_topic_public_in_its_own_words(client):
    made = publish(BEES[0], cites=())
    gather()
    made.refresh_from_db()
    page = client.get(made.topic.get_absolute_url()).text
    assert made.text in page
    assert "Somebody asked for this" in page


def test_what_was_written_since_is_said(client):
    publish(BEES[0], cites=())
    gather()
    topic = WantedTopic.objects.get()
    pattern = make_pattern("Rooftop hives")
    WantedTopic.objects.update(nearest=[pattern.pk])
    assert "Written since" in client.get(topic.get_absolute_url()).text
    Pattern.objects.update(created_at="2020-01-01T00:00Z")
    assert "Written since" not in client.get(topic.get_absolute_url()).text


def test_a_withdrawn_question_takes_its_topic_along(client):
    made = publish(BEES[0], cites=())
    gather()
    made.refresh_from_db()
    address = made.topic.get_absolute_url()
    offering.withdraw(made)
    assert client.get(address).status_code == 404


def test_the_asker_of_a_public_question_is_counted_once():
    made = publish(BEES[0], cites=())
    gather()
    made.refresh_from_db()
    assert (UnansweredQuestion.objects.count(), made.topic.askers) == (1, 1)


def test_topics_that_grew_together_become_one_and_the_old_address_leads_on(client):
    ask_for_bees()
    gather()
    decide()
    older = WantedTopic.objects.get()
    younger = WantedTopic.objects.create(centre=older.centre, embedder=older.embedder)
    unanswered(BEES[0])
    gather()
    younger.refresh_from_db()
    assert younger.merged_into == older
    response = client.get(younger.get_absolute_url())
    assert (response.status_code, response["Location"]) == (301, older.get_absolute_url())


def test_another_embedding_model_begins_anew_and_keeps_what_people_know(settings):
    ask_for_bees()
    unanswered("Where do I find lawyers for tenants in court?")
    gather()
    decide()
    WantedTopic.objects.update(embedder="an older one")
    gather()
    gather()
    shown = reading.topics().get()
    assert (shown.embedder, shown.askers) == ("shared-words", 3)
    assert WantedTopic.objects.count() == 2


def test_the_outline_of_a_topic_is_a_file(client):
    made = publish(BEES[0], cites=())
    gather()
    made.refresh_from_db()
    response = client.get(f"{made.topic.get_absolute_url()}outline/")
    assert response["Content-Type"] == "text/markdown; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="how-can-a-city-keep-bees-on-its-rooftops.md"'
    assert f"- {made.text}" in response.text
