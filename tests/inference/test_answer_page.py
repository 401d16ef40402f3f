"""The ask page and the answer page: every state, private, constant in queries, and nothing hostile in it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from inference.models import Answer, Citation, Question, UsageRecord
from patterns.publishing import retire
from tests.factories.asking import make_answer, make_finished
from tests.factories.library import add_revision, make_pattern

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


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "a few words are enough"),
        ("\x07\x00", "a few words are enough"),
        ("x" * 2500, "may have 2,000"),
        ("x" * 100_000, "100,000 characters"),
    ],
)
def test_a_refused_question_says_why_and_keeps_its_text(client, text, words):
    response = client.post(reverse("ask"), {"question": text})
    assert response.status_code == 422
    assert words in response.content.decode()
    assert text.strip("\x00\x07") in response.content.decode()


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
    answer = make_finished()  # four queries are for what to ask next
    with django_assert_num_queries(6):
        page_of(client, answer)
    patterns = [make_pattern(), make_pattern()]
    for number, pattern in enumerate(patterns, 2):
        Citation.objects.create(
            answer=answer, number=number, revision=pattern.current, start=0, end=9, sha256="", quote="A quote."
        )
    with django_assert_num_queries(6):
        page_of(client, answer)
    for pattern in patterns:
        add_revision(pattern, "Another text.")
    with django_assert_num_queries(7):
        page_of(client, answer)


def test_a_source_whose_passage_is_gone_says_so_and_leads_to_what_changed(client):
    answer = make_finished()
    pattern = answer.citations.get().revision.pattern
    add_revision(pattern, "## Context\n\nStewardship is something else entirely.\n")
    page = page_of(client, answer).content.decode()
    assert "Changed since" in page
    assert "Revision 2 no longer has this passage" in page
    assert f"/patterns/{pattern.slug}/compare/?from=1&amp;to=2" in page
    assert f"/patterns/{pattern.slug}/r/1/?start=12" in page
    assert client.get(f"/patterns/{pattern.slug}/compare/?from=1&to=2").status_code == 200


def test_a_source_whose_passage_only_moved_bears_no_badge(client):
    answer = make_finished()
    pattern = answer.citations.get().revision.pattern
    add_revision(pattern, f"## Before\n\nA new beginning.\n\n{pattern.current.body}\n## After\n\nA new end.\n")
    assert "Changed since" not in page_of(client, answer).content.decode()


def test_a_source_taken_out_of_the_library_keeps_its_quote_and_its_link_says_so(client):
    answer = make_finished()
    citation = answer.citations.get()
    retire(citation.revision.pattern, actor=None, reason="It was a copy.")
    page = page_of(client, answer).content.decode()
    assert "Taken out since" in page
    assert "Votes belong to stewards" in page
    there = client.get(citation.get_absolute_url())
    assert there.status_code == 410
    assert "taken out of the library" in there.content.decode()


def test_what_the_records_say_is_not_looked_for_in_the_prose(client):
    answer = make_finished()
    Citation.objects.filter(answer=answer).update(start=0, end=0, quote="Buurtzorg lists as patterns used: OKRs.")
    add_revision(answer.citations.get().revision.pattern, "Another text.")
    assert "Changed since" not in page_of(client, answer).content.decode()


def test_how_it_was_made_can_be_read_step_by_step(client):
    route = {
        "kind": "direct", "reason": "It names one pattern.", "entities": [{"title": "Steward Ownership"}],
        "passages": 12, "entries": 1, "why": "It covers every word.", "cues": ["a housing co-op"],
    }  # fmt: skip
    answer = make_finished(route=route, attempt=2, timings={"route": 3.2, "total": 420.0})
    page = page_of(client, answer).content.decode()
    for words in (
        "How this answer was made", "It names one pattern.", "It names Steward Ownership.", "a housing co-op",
        "Found 12 passages in 1 entry.", "It covers every word.", "1 supported, 0 weak", "3 ms", "written again",
    ):  # fmt: skip
        assert words in page, words


def test_what_a_model_used_is_told_with_its_cost(client):
    answer = make_finished(generator="qwen-small", tier=2)
    UsageRecord.objects.create(
        answer=answer, generator="qwen-small", tier=2, tokens_in=1203, tokens_out=88, cost="0.0042"
    )
    page = page_of(client, answer).content.decode()
    for words in ("answered by the commons", "qwen-small", "cost 0.0042", "1,203 tokens read, 88 written"):
        assert words in page, words


def test_the_marks_of_support_are_explained_only_where_there_are_some(client):
    sentence = {"text": "It is so.", "citations": [], "support": "weak", "block": 0, "form": "text"}
    answer = make_finished()
    assert "Dotted" not in page_of(client, answer).content.decode()
    Answer.objects.filter(pk=answer.pk).update(sentences=[sentence])
    assert "Dotted" in page_of(client, answer).content.decode()


@pytest.mark.parametrize(("before", "words"), [(0, "Your question is next."), (2, "2 questions are before yours.")])
def test_a_waiting_question_is_told_its_place_in_the_line(client, before, words):
    for _ in range(before):
        make_answer()
    waiting = make_answer()
    make_answer()
    make_finished()
    assert words in page_of(client, waiting).content.decode()


def test_when_too_many_wait_asking_says_so_and_keeps_the_text(client, settings):
    settings.QUESTIONS_WAITING = 2
    make_answer(), make_answer()
    response = client.post(reverse("ask"), {"question": "What is consent?", "key": "k"})
    assert (response.status_code, response["Retry-After"]) == (503, "120")
    assert "send it again in a few minutes" in response.content.decode()
    assert "What is consent?</textarea>" in response.content.decode()
    assert not Question.objects.filter(text="What is consent?").exists()


def test_a_form_sent_again_finds_its_answer_however_many_wait(client, settings):
    first = client.post(reverse("ask"), {"question": "What?", "key": "k"})["Location"]
    settings.QUESTIONS_WAITING = 1
    assert client.post(reverse("ask"), {"question": "What?", "key": "k"})["Location"] == first


def test_a_suggested_question_is_asked_in_its_thread(client):
    before = make_finished()
    client.post(reverse("ask"), {"question": "", "suggested": "What does it require?", "parent": before.public_id})
    asked = Question.objects.latest("pk")
    assert (asked.text, asked.parent) == ("What does it require?", before.question)


def asked(client, text, *, parent=None):
    """The answer to a question asked by this client's visitor."""
    client.post(reverse("ask"), {"question": text, "parent": parent.public_id if parent else ""})
    return Answer.objects.latest("pk")


def test_the_thread_is_shown_to_who_asked_it_oldest_first(client):
    first = asked(client, "The first question?")
    third = asked(client, "The third question?", parent=asked(client, "The second question?", parent=first))
    page = page_of(client, third).content.decode()
    assert page.index("The first question?") < page.index("The second question?") < page.index("<h1")
    assert first.get_absolute_url() in page


def test_nobody_walks_from_a_shared_answer_to_what_was_asked_before(client):
    first = asked(client, "A private question?")
    shared = asked(client, "A question to share?", parent=first)
    page = page_of(Client(), shared).content.decode()
    assert "A private question?" not in page
    assert first.public_id not in page
    assert "Follow-up question" in page


def test_who_asks_on_from_a_shared_answer_sees_that_one_and_none_before_it(client):
    first = asked(client, "A private question?")
    shared = asked(client, "A question to share?", parent=first)
    other = Client()
    page = page_of(other, asked(other, "What does that mean?", parent=shared)).content.decode()
    assert "A question to share?" in page
    assert "A private question?" not in page


def test_a_thread_takes_one_query_however_long(client, django_assert_num_queries):
    answer = None
    for number in range(5):
        answer = asked(client, f"Question {number}?", parent=answer)
    Answer.objects.update(state="done")
    second = Answer.objects.order_by("pk")[1]
    with CaptureQueriesContext(connection) as long:
        page_of(client, answer)
    with django_assert_num_queries(len(long)):
        page_of(client, second)


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
