"""Who asks what somebody asked before is shown that answer first, quickly or not at all, and only what is public."""

import time

import pytest
from django.urls import reverse
from pgvector import HalfVector

from inference import backends
from inference.backends import load
from inference.models import Question
from inference.names import entities
from inference.questions.likeness import like
from inference.questions.reading import Wish, browse
from inference.questions.sameness import negated, same_way_round, share
from tests.factories.answers import make_answer
from tests.factories.library import make_pattern
from tests.factories.questions import offer, publish

pytestmark = pytest.mark.django_db
ASKED = "How do graduated sanctions work in a commons?"


@pytest.fixture(autouse=True)
def by_shared_words(settings):
    """No worker answers in these tests; a vector is handed over where meaning is the question."""
    settings.EMBEDDER = "tests.factories.embedders.SharedWords"
    backends.forget("embedder")
    entities.forget()
    yield
    backends.forget("embedder")


def vector_of(text):
    return load("embedder").embed_query(text).tolist()


def published(text, **fields):
    made = publish(text, **fields)
    made.embedding, made.embedder = HalfVector(vector_of(text)), "shared-words"
    made.save()
    return made


def test_nearly_the_same_question_is_found_by_meaning():
    made = published(ASKED)
    text = "How do graduated sanctions work in commons?"
    assert like(text, vector=vector_of(text)) == [made]


def test_where_nothing_embeds_words_are_compared():
    made = publish(ASKED)
    assert like("How do graduated sanctions work in our commons?") == [made]
    assert like("How do clear boundaries work?") == []


@pytest.mark.parametrize("make", [offer, make_answer])
def test_what_is_not_public_is_never_found(make):
    make(ASKED)
    assert like(ASKED) == []


def test_a_question_without_an_answer_is_not_shown_to_who_wants_one():
    publish(ASKED, cites=())
    assert like(ASKED) == []


def test_questions_that_name_different_entries_are_not_alike():
    make_pattern("Seed Library")
    make_pattern("Food Forest")
    published("How do we start a seed library in our town?")
    text = "How do we start a food forest in our town?"
    assert like(text, vector=vector_of("How do we start a seed library in our town?")) == []


def test_the_opposite_question_is_not_alike():
    published("When should we use consent?")
    text = "When should we not use consent?"
    assert like(text, vector=vector_of("When should we use consent?")) == []


@pytest.mark.parametrize(("text", "says_no"), [
    ("When should we not do it?", True), ("Why doesn't it work?", True), ("Who decides?", False), ("Notes?", False),
])  # fmt: skip
def test_saying_no_is_noticed(text, says_no):
    assert negated(text) is says_no


@pytest.mark.parametrize(("one", "other"), [
    ("What are the risks of a time bank?", "What are the benefits of a time bank?"),
    ("How do we start a circle?", "How do we dissolve a circle?"),
    ("Can a small team do it?", "Can a large team do it?"),
])  # fmt: skip
def test_questions_the_other_way_round_are_not_alike(one, other):
    assert not same_way_round(one, other)
    assert not same_way_round(other, one)
    assert same_way_round(one, one)


def test_vectors_of_another_model_are_not_compared():
    made = published(ASKED)
    made.embedder = "an older one"
    made.save()
    assert like(ASKED, vector=vector_of(ASKED)) == []


def test_the_list_finds_by_meaning_what_shares_no_stem_and_leaves_out_what_is_far():
    near, far = published("bees hives honey"), published("tenants court lawyers")
    wish = Wish(words="honey and hives", vector=vector_of("honey and hives"), embedder="shared-words")
    assert list(browse(wish)) == [near]
    unknown = Wish(words="beekeeping", vector=vector_of("bees hives honey"), embedder="shared-words")
    assert list(browse(unknown)) == [near]
    assert far not in browse(unknown)


def test_asked_about_different_patterns_is_not_the_same():
    one = make_pattern("Seed Library")
    publish("What does it cost us each year?", cites=(one,))
    assert like("What does it cost us each year?", about=one) == []
    assert like("What does it cost us each year?")


def test_without_anything_public_it_costs_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert like(ASKED) == []


def test_it_is_given_up_within_the_deadline(settings):
    publish(ASKED)
    like(ASKED)
    since = time.perf_counter()
    like(ASKED)
    assert time.perf_counter() - since < settings.LIKE_DEADLINE + 1  # a busy machine is forgiven, a hang is not


def test_shared_words_are_a_share_of_all():
    assert share("bees in hives", "bees in hives") == 1
    assert share("bees", "wasps") == 0
    assert share("", "") == 0


# ── The step before asking ───────────────────────────────────────────────────────────────────────────────────


def test_the_asker_sees_the_reviewed_answer_first(client):
    made = publish(ASKED, "First a word, then a fine [1].")
    response = client.post(reverse("ask"), {"question": ASKED, "key": "k"})
    assert response.status_code == 200
    for said in ("Somebody asked nearly the same", made.get_absolute_url(), "First a word, then a fine", ASKED):
        assert said in response.text
    assert Question.objects.count() == 1  # the public one's own


def test_ask_anyway_asks_with_the_text_kept(client):
    publish(ASKED)
    response = client.post(reverse("ask"), {"question": ASKED, "key": "k", "anyway": "1"})
    assert response.status_code == 303
    assert Question.objects.latest("pk").text == ASKED


def test_a_follow_up_is_asked_at_once(client):
    made = publish(ASKED)
    response = client.post(reverse("ask"), {"question": ASKED, "parent": made.answer.public_id})
    assert response.status_code == 303


def test_what_cannot_be_asked_is_said_before_anything_is_looked_for(client):
    publish(ASKED)
    assert client.post(reverse("ask"), {"question": "?"}).status_code == 422


def test_hostile_words_stay_words_on_the_way(client):
    publish(ASKED)
    page = client.post(reverse("ask"), {"question": f"{ASKED} </textarea><script>x</script>"}).text
    assert "<script>x" not in page
