"""Public questions in a browser: offered, read, searched, reported and taken back; private ones never show."""

import json
import re

import pytest
from django.urls import reverse

from inference.models import PublicQuestion
from inference.questions import offering
from patterns.models import ReviewItem
from tests.factories.answers import make_answer
from tests.factories.library import add_revision, make_pattern, make_user
from tests.factories.questions import decide, offer, publish
from tests.factories.writing import trap

pytestmark = pytest.mark.django_db
CONSENT = {"text": "What is consent?", "license": "on", **trap()}


@pytest.fixture
def asker(client):
    """A visitor who asked something: their session holds the number the question is kept with."""
    session = client.session
    session["visitor"] = "me"
    session.save()
    return client


@pytest.fixture
def answer():
    return make_answer("What is consent, asks Ada?", "People agree [1].", visitor="me")


def test_the_asker_is_offered_to_share_and_nobody_else_is(asker, answer):
    address = reverse("offer_answer", args=[answer.public_id])
    assert address in asker.get(answer.get_absolute_url()).text
    asker.cookies.clear()
    assert address not in asker.get(answer.get_absolute_url()).text
    assert asker.get(address).status_code == 403


def test_the_form_shows_what_becomes_public(asker, answer):
    page = asker.get(reverse("offer_answer", args=[answer.public_id]))
    assert "What is consent, asks Ada?" in page.text
    assert "People agree" in page.text
    assert "no-store" in page["Cache-Control"]


def test_offering_leads_to_a_private_address(asker, answer):
    response = asker.post(reverse("offer_answer", args=[answer.public_id]), CONSENT)
    made = PublicQuestion.objects.get()
    assert (response.status_code, response["Location"]) == (303, reverse("offered_question", args=[made.token]))
    assert made.text == "What is consent?"
    page = asker.get(response["Location"])
    assert "Waits for a reviewer" in page.text
    assert "noindex" in page["X-Robots-Tag"]


def test_sent_twice_it_is_offered_once(asker, answer):
    first, second = (
        asker.post(reverse("offer_answer", args=[answer.public_id]), CONSENT)["Location"] for _ in range(2)
    )
    assert first == second
    assert PublicQuestion.objects.count() == 1


def test_without_a_licence_nothing_is_offered_and_the_text_stays(asker, answer):
    response = asker.post(reverse("offer_answer", args=[answer.public_id]), {"text": "In other words?", **trap()})
    assert response.status_code == 422
    assert "In other words?" in response.text
    assert not PublicQuestion.objects.exists()


def test_personal_data_must_be_taken_out_or_be_said_to_be_none(asker, answer):
    address, given = reverse("offer_answer", args=[answer.public_id]), CONSENT | {"text": "May I ask ada@example.org?"}
    response = asker.post(address, given)
    assert response.status_code == 422
    assert "an e-mail address" in response.text
    assert asker.post(address, given | {"sure": "on"}).status_code == 303


def test_only_a_person_with_a_name_is_asked_whether_to_show_it(client):
    ada = make_user("Ada")
    answer = make_answer(asker=ada)
    client.force_login(ada)
    address = reverse("offer_answer", args=[answer.public_id])
    assert "It is shown as “Ada”." in client.get(address).text
    client.post(address, CONSENT | {"credited": "on"})
    made = PublicQuestion.objects.get()
    assert (made.offered_by, made.credit) == (ada, "Ada")


def test_an_unanswered_question_asks_the_community(asker):
    answer = make_answer("Who keeps bees?", cites=(), visitor="me")
    assert "Ask the community" in asker.get(answer.get_absolute_url()).text
    asker.post(reverse("offer_answer", args=[answer.public_id]), CONSENT)
    assert not PublicQuestion.objects.get().answered


def test_taking_it_back_is_one_button_and_the_page_says_gone(client):
    made = publish("What is consent?")
    client.post(reverse("withdraw_question", args=[made.token]))
    response = client.get(f"/questions/{made.pk}-x/")
    assert response.status_code == 410
    assert "Who asked it took it back" in response.text
    assert "consent" not in response.text


def test_the_asker_reads_why_it_was_declined(client):
    made = offer()
    decide(made, "decline", reason="It tells of a person.")
    page = client.get(reverse("offered_question", args=[made.token]))
    assert "It tells of a person." in page.text


@pytest.mark.parametrize("make", [offer, lambda *given: _ended(offer(*given))])
def test_what_was_never_public_is_not_found(client, make):
    made = make("What is consent?")
    assert client.get(reverse("question", args=[made.pk, "what-is-consent"])).status_code == 404
    assert "What is consent?" not in client.get(reverse("questions")).text


def _ended(made):
    offering.withdraw(made)
    return made


def test_a_public_page_has_question_answer_sources_and_dates(client):
    pattern = make_pattern("Consent")
    made = publish("What is consent?", "People agree [1].", cites=(pattern,))
    response = client.get(made.get_absolute_url())
    assert response.status_code == 200
    for said in ("What is consent?", "People agree", "Consent helps people", "revision 1", "reviewed by a person on"):
        assert said in response.text
    assert f"/patterns/consent/r/1/?start=0&amp;end={len(pattern.current.body)}#passage" in response.text


def test_another_slug_leads_to_the_one_address(client):
    made = publish("What is consent?")
    response = client.get(f"/questions/{made.pk}-x/")
    assert (response.status_code, response["Location"]) == (301, made.get_absolute_url())


def test_machines_read_a_question_with_its_accepted_answer(client):
    made = publish("What is </script> consent?", "People agree [1].")
    page = client.get(made.get_absolute_url()).text
    (found,) = re.findall(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', page, re.DOTALL)
    (described,) = json.loads(found)["@graph"]
    assert described["@type"] == "QAPage"
    assert described["mainEntity"]["acceptedAnswer"]["text"] == "People agree [1]."
    assert f'<link rel="canonical" href="{described["url"]}">' in page


def test_what_changed_since_is_said(client):
    pattern = make_pattern("Consent")
    made = publish(cites=(pattern,))
    add_revision(pattern, "## Context\n\nNew words.\n")
    assert "has a newer revision" in client.get(made.get_absolute_url()).text


def test_hostile_texts_stay_words(client):
    made = publish("<script>alert(1)</script> & \"what'?", "<img src=x onerror=alert(1)> [1].")
    for address in (made.get_absolute_url(), reverse("questions"), reverse("offered_question", args=[made.token])):
        page = client.get(address).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_words_find_a_question_and_a_phrase_of_its_answer(client):
    publish("What is consent?", "Nobody has a paramount objection [1].")
    publish("How do bees live?", "In hives [1].")
    for words in ("consent", "paramount objection"):
        page = client.get(reverse("questions"), {"q": words}).text
        assert "What is consent?" in page
        assert "How do bees live?" not in page


def test_domains_and_patterns_narrow(client):
    hive = make_pattern("Bee hive", domain="ecology")
    publish("How do bees live?", cites=(hive,))
    publish("What is consent?", cites=(make_pattern("Consent", domain="governance"),))
    for query in ({"domain": "ecology"}, {"pattern": "bee-hive"}):
        page = client.get(reverse("questions"), query).text
        assert "How do bees live?" in page
        assert "What is consent?" not in page


def test_open_questions_can_be_seen_apart(client):
    publish("How do bees live?", cites=())
    publish("What is consent?")
    assert "What is consent?" not in client.get(reverse("questions"), {"only": "open"}).text
    assert "How do bees live?" not in client.get(reverse("questions"), {"only": "answered"}).text


def test_orders_and_pages(client):
    for letter in "bca":
        publish(f"{letter.upper()} question about something")
    page = client.get(reverse("questions"), {"sort": "title"}).text
    assert [found[0] for found in re.findall(r">(\w) question about", page)] == ["A", "B", "C"]
    assert client.get(reverse("questions"), {"page": "2"}).status_code == 404


@pytest.mark.parametrize(
    "query", ["page=0", "page=x", "page=%00", "q=%00", "q=%27%22%5C", "sort=;", "only=%00", "domain=%00"]
)
def test_odd_addresses_are_answered(client, query):
    publish()
    assert client.get(f"/questions/?{query}").status_code in {200, 404}


def test_an_empty_list_says_what_to_do(client):
    assert "Nobody has shared a question yet" in client.get(reverse("questions")).text
    assert "No public question fits" in client.get(reverse("questions"), {"q": "bees"}).text


def test_a_report_waits_for_a_person(client):
    made = publish()
    response = client.post(reverse("report_question", args=[made.pk]), {"words": "It is false.", **trap()})
    assert response.status_code == 303
    assert ReviewItem.objects.get(open=True).kind == "reported_question"


def test_a_report_without_words_is_refused(client):
    made = publish()
    assert client.post(reverse("report_question", args=[made.pk]), {"words": " ", **trap()}).status_code == 422


def test_the_sitemap_has_public_questions_alone(client):
    shown, hidden = publish("What is consent?"), offer("How do bees live?")
    text = client.get("/sitemap-questions.xml").text
    assert shown.get_absolute_url() in text
    assert hidden.slug not in text


def test_the_reviewer_sees_question_answer_and_sources(client):
    from patterns.enums import Role

    offer("What is consent?", "People agree [1].")
    client.force_login(make_user(roles=[Role.REVIEWER]))
    page = client.get(ReviewItem.objects.get().get_absolute_url()).text
    for said in ("What is consent?", "People agree", "revision 1", "No name is shown"):
        assert said in page


@pytest.mark.parametrize("count", [1, 3])
def test_query_counts_are_constant(client, django_assert_num_queries, count):
    for _ in range(count):
        made = publish(cites=tuple(make_pattern() for _ in range(count)), by=make_user(), credited=True)
    with django_assert_num_queries(3):
        client.get(reverse("questions"))
    with django_assert_num_queries(2):
        client.get(made.get_absolute_url())
