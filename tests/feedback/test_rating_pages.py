"""Rating in a browser: with htmx, without it, and when something is wrong with what was sent."""

import pytest
from django.urls import reverse

from feedback.models import Rating
from inference.models import Answer
from tests.factories.answers import make_answer
from tests.factories.library import make_user

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def answer() -> Answer:
    return make_answer("What is steward ownership?")


@pytest.fixture
def address(answer) -> str:
    return reverse("rate_answer", args=[answer.public_id])


def test_helpful_leads_back_to_the_answer(client, answer, address):
    response = client.post(address, {"helpful": "yes"})
    assert (response.status_code, response["Location"]) == (303, answer.get_absolute_url())
    assert Rating.objects.get().helpful


def test_not_helpful_asks_what_was_wrong(client, address):
    response = client.post(address, {"helpful": "no"}, follow=True)
    assert "What was wrong with it?" in response.text
    assert not Rating.objects.get().helpful


def test_reasons_and_a_comment_are_kept(client, answer, address):
    client.post(address, {"helpful": "no"})
    response = client.post(
        address, {"helpful": "no", "details": "1", "reasons": ["wrong", "unclear"], "comment": "Not so."}
    )
    assert response["Location"] == answer.get_absolute_url()
    rating = Rating.objects.get()
    assert (rating.reasons, rating.comment) == (["unclear", "wrong"], "Not so.")


def test_clicking_again_keeps_what_was_said(client, address):
    client.post(address, {"helpful": "no", "details": "1", "reasons": ["wrong"], "comment": "Not so."})
    client.post(address, {"helpful": "no"})
    assert Rating.objects.get().comment == "Not so."


def test_htmx_gets_the_fragment_alone(client, address):
    response = client.post(address, {"helpful": "no"}, **HTMX)
    assert response.status_code == 200
    assert "<html" not in response.text
    assert 'aria-pressed="true"' in response.text


def test_the_page_shows_the_verdict_given_before(client, address):
    client.post(address, {"helpful": "no", "details": "1", "comment": "Not so."})
    assert "Not so." in client.get(address).text


def test_another_visitor_does_not_see_it(client, address):
    client.post(address, {"helpful": "no", "details": "1", "comment": "Not so."})
    client.cookies.clear()
    assert "Not so." not in client.get(address).text


def test_a_signed_in_person_rates_as_themselves(client, address):
    person = make_user()
    client.force_login(person)
    client.post(address, {"helpful": "yes"})
    rating = Rating.objects.get()
    assert (rating.rater, rating.visitor) == (person, "")


def test_a_verdict_that_says_nothing_is_a_sentence(client, address):
    response = client.post(address, {})
    assert response.status_code == 422
    assert "Say whether it helped." in response.text


def test_a_comment_that_is_too_long_stays_in_the_form(client, address):
    response = client.post(address, {"helpful": "no", "details": "1", "comment": "x" * 2001})
    assert response.status_code == 422
    assert "x" * 2001 in response.text


def test_what_was_written_is_escaped(client, address):
    response = client.post(address, {"helpful": "no", "details": "1", "comment": "<script>x</script>"}, follow=True)
    assert "<script>x" not in client.get(address).text
    assert response.status_code == 200


def test_an_unknown_answer_is_not_found(client):
    assert client.get(reverse("rate_answer", args=["nobody-knows-it"])).status_code == 404


def test_the_pages_are_private(client, address):
    response = client.get(address)
    assert "no-store" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]


@pytest.mark.parametrize("cites", [1, 3])
def test_the_number_of_queries_does_not_grow(client, django_assert_num_queries, cites):
    from tests.factories.library import make_pattern

    answer = make_answer(cites=tuple(make_pattern() for _ in range(cites)))
    address = reverse("rate_answer", args=[answer.public_id])
    client.get(address)
    with django_assert_num_queries(7):  # four of them for what to ask next
        client.get(address)


# ── What reviewers may see, and public answers ───────────────────────────────────────────────────────────────────

SHOW = "Show this question and its answer to reviewers"


def test_who_asked_may_show_it_to_reviewers_by_a_box_that_is_not_ticked(client):
    person = make_user()
    answer = make_answer(asker=person)
    address = reverse("rate_answer", args=[answer.public_id])
    client.force_login(person)
    page = client.post(address, {"helpful": "no"}, follow=True).text
    assert SHOW in page
    assert 'name="shown" value="1" aria-describedby="shown-hint">' in page
    client.post(address, {"helpful": "no", "details": "1", "shown": "1"})
    assert Rating.objects.get().shows == "answer"
    assert 'aria-describedby="shown-hint" checked' in client.get(address).text
    client.post(address, {"helpful": "no"})
    assert Rating.objects.get().shows == "answer"
    client.post(address, {"helpful": "no", "details": "1"})
    assert Rating.objects.get().shows == ""


def test_who_asked_before_signing_in_may_show_it_after(client):
    answer = make_answer(visitor="before")
    session = client.session
    session["visitor"] = "before"
    session.save()
    client.force_login(make_user())
    session = client.session
    session["visitor"] = "before"
    session.save()
    client.post(reverse("rate_answer", args=[answer.public_id]), {"helpful": "no", "details": "1", "shown": "1"})
    assert Rating.objects.get().shows == "answer"


def test_another_reader_can_show_only_their_own_words(client, address):
    assert SHOW not in client.post(address, {"helpful": "no"}, follow=True).text
    client.post(address, {"helpful": "no", "details": "1", "comment": "Not so.", "shown": "1"})
    assert Rating.objects.get().shows == "words"


def test_a_public_answer_is_rated_at_its_own_address(client):
    from tests.factories.questions import publish

    made = publish("What is steward ownership?")
    address = reverse("rate_question", args=[made.pk])
    assert address in client.get(made.get_absolute_url()).text
    response = client.post(address, {"helpful": "no", "details": "1", "comment": "Not so.", "shown": "1"})
    assert response["Location"] == made.get_absolute_url()
    rating = Rating.objects.get()
    assert (rating.question, rating.answer, rating.snapshot, rating.shows) == (made, None, {}, "words")
    assert "Not so." in client.get(address).text
    assert "What is steward ownership?" in client.get(address).text


def test_a_public_question_without_an_answer_or_taken_back_is_not_rated(client):
    from inference.questions import offering
    from tests.factories.questions import publish

    without, gone = publish(cites=()), publish()
    offering.withdraw(gone)
    assert client.post(reverse("rate_question", args=[without.pk]), {"helpful": "no"}).status_code == 404
    assert client.post(reverse("rate_question", args=[gone.pk]), {"helpful": "no"}).status_code == 410
    assert not Rating.objects.exists()


def test_an_offered_question_has_no_rating(client):
    from tests.factories.questions import offer

    assert client.get(reverse("rate_question", args=[offer().pk])).status_code == 404


def test_words_that_others_read_are_held_to_what_others_may_be_sent(client, address):
    links = " ".join(f"https://cheap-watches-{number}.example/" for number in range(9))
    given = {"helpful": "no", "details": "1", "comment": links}
    assert client.post(address, given).status_code == 303
    refused = client.post(address, given | {"shown": "1"})
    assert refused.status_code == 422
    assert "cheap-watches-3" in refused.text
    assert 'aria-describedby="shown-hint" checked' in refused.text
