"""The ask page and the answer page: every state, private, constant in queries, and nothing hostile in it."""

import pytest
from django.urls import reverse

from inference.models import Answer, Citation, Question
from tests.factories.asking import make_answer, make_finished
from tests.factories.library import make_pattern

pytestmark = pytest.mark.django_db


def page_of(client, answer):
    return client.get(reverse("answer", args=[answer.public_id]))


def test_asking_leads_to_the_answer_with_303(client):
    response = client.post(reverse("ask"), {"question": "What is consent?", "key": "k"})
    answer = Answer.objects.get()
    assert (response.status_code, response["Location"]) == (303, answer.get_absolute_url())


def test_the_same_form_twice_leads_to_the_same_answer(client):
    first, second = (client.post(reverse("ask"), {"question": "What?", "key": "k"})["Location"] for _ in range(2))
    assert first == second
    assert Question.objects.count() == 1


@pytest.mark.parametrize(("text", "words"), [("", "a few words are enough"), ("x" * 2500, "may have 2,000")])
def test_a_refused_question_says_why_and_keeps_its_text(client, text, words):
    response = client.post(reverse("ask"), {"question": text})
    assert response.status_code == 422
    assert words in response.content.decode()
    assert text in response.content.decode()


def test_an_example_fills_the_form(client):
    page = client.get(reverse("ask"), {"question": "Why <b>?"}).content.decode()
    assert "Why &lt;b&gt;?" in page


def test_a_question_about_a_pattern_keeps_it(client):
    pattern = make_pattern("Consent")
    client.post(reverse("ask"), {"question": "How?", "about": pattern.slug})
    assert Question.objects.get().about == pattern


def test_a_follow_up_keeps_its_parent(client):
    before = make_finished()
    client.post(reverse("ask"), {"question": "And then?", "parent": before.public_id})
    assert Question.objects.latest("pk").parent == before.question


def test_too_many_questions_are_slowed_down_in_words(client):
    for number in range(12):  # the first comes before the visitor has a session
        response = client.post(reverse("ask"), {"question": f"Question {number}"})
    assert response.status_code == 429
    assert "Question 11" in response.content.decode()


def test_a_finished_answer_shows_text_source_and_how_it_was_made(client):
    page = page_of(client, make_finished()).content.decode()
    assert "Control stays with people who carry its purpose." in page
    assert '<a href="#source-1"' in page
    assert 'id="source-1"' in page
    assert "/patterns/steward-ownership/r/1/?start=12" in page
    assert "answered on this server" in page
    assert "data-stream" not in page


def test_the_page_is_private(client):
    response = page_of(client, make_finished())
    assert response["X-Robots-Tag"].startswith("noindex")
    assert response["Referrer-Policy"] == "same-origin"
    assert "no-store" in response["Cache-Control"]
    assert 'name="robots" content="noindex' in response.content.decode()


def test_an_unknown_address_is_not_found(client):
    assert client.get(reverse("answer", args=["nothing-here"])).status_code == 404
    assert client.get(reverse("answer_stream", args=["nothing-here"])).status_code == 404


def test_a_running_answer_refreshes_without_javascript_and_streams_with_it(client):
    page = page_of(client, make_answer(state=Answer.State.RUNNING, attempt=1)).content.decode()
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page
    assert "data-stream=" in page
    assert "Stop</button>" in page


def test_a_finished_answer_does_not_refresh(client):
    assert "http-equiv" not in page_of(client, make_finished()).content.decode()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"state": "failed", "outcome": "", "text": "", "error": "It broke."}, ["It broke.", "Ask again"]),
        ({"state": "stopped"}, ["You stopped this answer", "Control stays"]),
        ({"outcome": "nearest"}, ["no clear answer", "Nearest passages"]),
        (
            {"outcome": "none", "nearest": [{"kind": "pattern", "slug": "consent", "title": "Consent"}]},
            ["could not find this", "/patterns/consent/"],
        ),
    ],
)
def test_each_end_has_its_own_words(client, fields, words):
    page = page_of(client, make_finished(**fields)).content.decode()
    for word in words:
        assert word in page


@pytest.mark.parametrize(
    ("support", "words"), [("weak", "weakly supported"), ("unsupported", "not found in the sources")]
)
def test_support_can_be_read_and_not_only_seen(client, support, words):
    sentence = {"text": "It is so.", "citations": [], "support": support, "block": 0, "form": "text"}
    page = page_of(client, make_finished(sentences=[sentence])).content.decode()
    assert words in page
    assert f'class="support-{support}"' in page


def test_hostile_text_is_escaped_wherever_it_stands(client):
    hostile = "<script>alert(1)</script>"
    sentence = {"text": hostile, "label": hostile, "citations": [1], "support": "weak", "block": 0, "form": "item"}
    answer = make_finished(
        hostile, sentences=[sentence], text=hostile, generator=hostile, route={"reason": hostile}, error=hostile
    )
    Citation.objects.filter(answer=answer).update(quote=hostile, section=hostile)
    page = page_of(client, answer).content.decode()
    assert hostile not in page
    assert page.count("&lt;script&gt;") >= 6


def test_the_queries_do_not_grow_with_the_sources(client, django_assert_num_queries):
    answer = make_finished()
    with django_assert_num_queries(2):
        page_of(client, answer)
    for number in (2, 3):
        Citation.objects.create(
            answer=answer, number=number, revision=make_pattern().current, start=0, end=9, sha256="", quote="A quote."
        )
    with django_assert_num_queries(2):
        page_of(client, answer)


def test_stopping_an_untaken_answer_ends_it(client):
    answer = make_answer()
    response = client.post(reverse("stop_answer", args=[answer.public_id]))
    assert response.status_code == 303
    answer.refresh_from_db()
    assert answer.state == "stopped"


def test_stopping_needs_a_post(client):
    assert client.get(reverse("stop_answer", args=[make_answer().public_id])).status_code == 405


COMPARED = [
    {"text": "Cost", "block": 0, "form": "heading", "support": ""},
    {"text": "Low.", "block": 1, "form": "item", "label": "Consent", "citations": [1], "support": "supported"},
    {"text": "High.", "block": 2, "form": "item", "label": "<Lots>", "citations": [1], "support": "weak"},
    {"text": "Speed", "block": 3, "form": "heading", "support": ""},
    {"text": "Quick.", "block": 4, "form": "item", "label": "Consent", "citations": [1], "support": "supported"},
]


def test_a_comparison_is_a_table_that_screen_readers_know(client):
    page = page_of(client, make_finished(sentences=COMPARED)).content.decode()
    assert page.count('<th role="columnheader" scope="col">') == 2
    assert page.count('role="rowheader" scope="rowgroup"') == 2
    assert "&lt;Lots&gt;" in page
    assert "weakly supported" in page
    assert "The library says nothing of it." in page
    assert page.count('href="#source-1"') == 3


def test_steps_are_an_ordered_list_and_reasons_are_quiet(client):
    steps = [{"text": f"Step {n}.", "block": n, "form": "step", "support": "supported"} for n in (0, 1)]
    reason = {"text": "(says “steps”)", "block": 1, "form": "reason", "support": ""}
    page = page_of(client, make_finished(sentences=[*steps, reason])).content.decode()
    assert "<ol><li>Step 0." in page
    assert "<li>Step 1. " in page
    assert '<span class="quiet reason">(says “steps”)</span>' in page
