"""A follow-up is told as a question that stands on its own; one that does stays as it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference.routing.threads import Thread, understand
from inference.types import Cue, Entity

STEWARD = Entity("pattern", 1, "steward-ownership", "Steward-Ownership", "steward-ownership", 100.0)
SCRUM = Entity("pattern", 2, "scrum", "Scrum", "Scrum", 100.0)
KANBAN = Entity("pattern", 3, "kanban", "Kanban", "Kanban", 100.0)
OKRS = Entity("pattern", 4, "okrs", "OKRs", "OKRs", 100.0)
THREAD = Thread((STEWARD,), "What is steward-ownership?")
RISKS = Thread((SCRUM,), "What are the risks of Scrum?")
PAIR = Thread((SCRUM, OKRS), "Compare Scrum with OKRs")


@pytest.mark.parametrize(
    ("question", "named", "thread", "expected"),
    [
        ("And what are its risks?", (), THREAD, "What are Steward-Ownership’s risks?"),
        ("and what are their risks?", (), Thread((OKRS,), "x"), "What are OKRs’ risks?"),
        ("Who uses it?", (), THREAD, "Who uses Steward-Ownership?"),
        ("How does it differ from Kanban?", (KANBAN,), RISKS, "How does Scrum differ from Kanban?"),
        ("how do I start?", (), THREAD, "How do I start? (Steward-Ownership)"),
        ("How do I start one?", (), THREAD, "How do I start Steward-Ownership?"),
        ("Any examples?", (), THREAD, "Any examples? (Steward-Ownership)"),
        ("When should we not use this pattern?", (), THREAD, "When should we not use Steward-Ownership?"),
        ("What is that an alternative to", (), THREAD, "What is Steward-Ownership an alternative to"),
        ("Ok, and what about Kanban?", (KANBAN,), RISKS, "What are the risks of Kanban?"),
        ("what about co-ops?", (), THREAD, "What is steward-ownership co-ops?"),
        ("Can they be combined?", (), PAIR, "Can Scrum and OKRs be combined?"),
        ("And why?", (), Thread((), "How do we share a bay?"), "Why? (How do we share a bay)"),
    ],
)
def test_a_follow_up_is_told_on_its_own(question, named, thread, expected):
    found = understand(question, named=named, thread=thread)
    assert found.text == expected
    assert found.carried


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("Now explain Kanban", (KANBAN,)),
        ("What is Kanban?", (KANBAN,)),
        ("How can a town keep money circulating among its local shops and farms?", ()),
    ],
)
def test_what_stands_on_its_own_is_left_as_it_is(question, named):
    found = understand(question, named=named, thread=THREAD)
    assert (found.text, found.entities, found.carried) == (question, named, False)


def test_the_thread_brings_what_it_is_about():
    assert understand("Who uses it?", thread=THREAD).entities == (STEWARD,)
    assert understand("How does it differ from Kanban?", named=(KANBAN,), thread=RISKS).entities == (SCRUM, KANBAN)


def test_a_question_on_a_patterns_page_is_about_it_whatever_its_words():
    fixed = Thread((SCRUM,), fixed=True)
    found = understand("Where has a hospital with several wards gained most from working this way?", thread=fixed)
    assert found.entities == (SCRUM,)


def test_the_asker_stays_who_they_are_until_they_say_otherwise():
    village, small, city = (
        Cue("archetype", "Village", "village"),
        Cue("scale", "small", "small"),
        Cue("archetype", "City", "city"),
    )
    thread = Thread((SCRUM,), "x", (village, small))
    assert understand("Who uses it?", thread=thread).cues == (village, small)
    assert understand("Who uses it?", cues=(city,), thread=thread).cues == (city, small)


def test_without_a_thread_nothing_is_added():
    assert understand("Who uses it?").text == "Who uses it?"


@given(st.text(max_size=200), st.sampled_from([None, THREAD, PAIR, Thread(), Thread((), "why?")]))
def test_no_follow_up_raises_or_vanishes(question, thread):
    assert understand(question, thread=thread).text.strip() or not question.strip()
