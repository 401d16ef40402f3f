"""What answers and questions do when the pattern they rest on becomes part of another: every citation still opens."""

import numpy as np
import pytest

from inference.models import IndexGeneration, Passage, Question
from inference.questions import reading
from inference.retrieval.alike import alike
from inference.showing.sources import Standing, sources
from inference.titles.suggesting import forget, suggest
from patterns import publishing
from patterns.publishing.relying import counts
from patterns.queries.changed import changed
from patterns.syndication.telling import headline, in_words
from tests.factories.answers import make_answer
from tests.factories.library import make_curator, make_pattern
from tests.factories.questions import publish

pytestmark = pytest.mark.django_db


def merge(merged, into):
    return publishing.merge(merged, into=into, by=make_curator(), reason="They say the same")


def test_a_citation_keeps_its_revision_and_opens(client):
    well, spring = make_pattern("Well"), make_pattern("Spring")
    citation = make_answer(cites=(spring,)).citations.get()
    merge(spring, well)
    citation.refresh_from_db()
    page = client.get(citation.get_absolute_url().partition("#")[0])
    assert page.status_code == 200
    assert "became part of “Well”" in page.content.decode()
    [source] = sources(citation.answer.citations.all())
    assert (source.standing, source.read_url) == (Standing.MERGED, "/patterns/spring/")


def test_what_was_asked_about_it_is_about_the_kept_one_until_it_is_taken_back():
    well, spring = make_pattern("Well"), make_pattern("Spring")
    question = make_answer(cites=(spring,)).question
    Question.objects.filter(pk=question.pk).update(about=spring)
    before = {one.name: one.n for one in counts(spring)}
    assert (before["asked"], before["citations"]) == (1, 1)
    record = merge(spring, well)
    question.refresh_from_db()
    assert question.about == well
    publishing.take_back(record, by=make_curator(), reason="They do not")
    question.refresh_from_db()
    assert question.about == spring


def test_public_questions_are_found_under_the_kept_one():
    well, spring = make_pattern("Well"), make_pattern("Spring")
    publish("What is a spring good for?", cites=(spring,))
    merge(spring, well)
    found = reading._narrowed(reading.Wish(pattern="well"))
    assert [one.text for one in found] == ["What is a spring good for?"]


def test_the_old_name_is_suggested_as_the_kept_one():
    well, spring = make_pattern("Well"), make_pattern("Spring by the road")
    merge(spring, well)
    forget()
    found = suggest("spring by")
    assert [(one.slug, one.how) for one in found] == [("well", "alias")]


def test_the_feed_says_what_it_is_part_of():
    well, spring = make_pattern("Well"), make_pattern("Spring")
    merge(spring, well)
    [told] = [one for one in changed() if one.verb == "merged"]
    assert headline(told) == "Merged: Spring"
    assert "made it part of “Well”: “" in in_words(told)


def test_near_in_meaning_is_told_by_the_vectors_there_are():
    well, spring, fence = (make_pattern(name) for name in ("Well", "Spring", "Fence"))
    assert alike(well, limit=3) == []
    generation = IndexGeneration.objects.create(recipe="r", model="m", dimensions=4, live=True)
    for pattern, vector in ((well, [1, 0, 0, 0]), (spring, [0.9, 0.1, 0, 0]), (fence, [0, 0, 1, 0])):
        Passage.objects.create(
            generation=generation, revision=pattern.current, pattern=pattern, position=0, start=0, end=1, sha256="x",
            text="x", embedding=(np.array(vector) / np.linalg.norm(vector)).tolist(),
        )  # fmt: skip
    assert alike(well, limit=1) == [spring.pk]
    assert alike(well, limit=3) == [spring.pk, fence.pk]
