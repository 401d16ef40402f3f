"""A question is understood in its thread and by its asker, and that steers what is found; with a real index."""

import pytest

from inference import indexing
from inference.answering.running import answer
from inference.asking import ask
from inference.models import Question
from inference.names import entities
from inference.showing.follow_ups import suggestions
from inference.stages.gathering import gathered
from inference.stages.understanding import read
from inference.titles import suggesting
from patterns.enums import RelationKind, SuitabilityAxis
from tests.factories.library import make_lighthouse, make_pattern, make_relation, suits

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library_home")]

STEWARD = """Steward-ownership keeps control of a company with people who carry its purpose.

## Implementation

Therefore, give the votes to stewards who cannot sell them.

## Risks

Stewards may grow comfortable.
"""
CONSENT = """A group decides by consent when nobody has a reasoned objection to a proposal.

## Implementation

Go round the circle and ask everyone for objections.
"""
LOTTERY = """A group decides by lot when it draws a person who then decides for a year.

## Implementation

Put every name into a hat.
"""
HOUSING = (
    "Residents own a house together and decide by vote who moves in.\n\n## Solution\n\nGive every resident a share.\n"
)


@pytest.fixture(autouse=True)
def no_heartbeat(settings):
    """A heartbeat has its own connection, which cannot see what a test has not committed."""
    settings.HEARTBEAT_EVERY = 600


@pytest.fixture
def library():
    entities.forget()
    suggesting.forget()
    steward = make_pattern("Steward Ownership", STEWARD)
    consent = make_pattern("Deciding by Consent", CONSENT, aliases=["Consent Circles"])
    lottery = make_pattern("Deciding by Lot", LOTTERY)
    housing = make_pattern("Shared House", HOUSING)
    make_lighthouse("Nurseland", "## Overview\n\nNurses decide by consent in their teams.\n", uses=(consent,))
    make_relation(consent, RelationKind.ALTERNATIVE_TO, lottery)
    suits(lottery, SuitabilityAxis.ARCHETYPE, "Cooperative", 1.0, "Members have one vote each and no time.")
    suits(consent, SuitabilityAxis.ARCHETYPE, "Enterprise", 0.9, "Departments can object.")
    indexing.follow()
    return {"steward": steward, "consent": consent, "lottery": lottery, "housing": housing}


def answered(question, **fields):
    row = ask(question, visitor="me", **fields)
    answer(row.pk)
    row.refresh_from_db()
    return row


def scores(question):
    """The best score of each entry among the evidence."""
    reading = read(Question(text=question))
    found, _ = gathered(reading.understood.text, reading.route, ())
    best = {}
    for one in found:
        best[one.slug] = max(one.score, best.get(one.slug, 0.0))
    return best


def names(row):
    return [entity["slug"] for entity in row.route["entities"]]


@pytest.mark.usefixtures("library")
def test_a_follow_up_keeps_its_thread_and_says_how_it_was_understood():
    first = answered("What is steward ownership?")
    second = answered("And what are its risks?", parent=first.question)
    assert second.route["understood"] == "What are Steward Ownership’s risks?"
    assert names(second) == ["steward-ownership"]
    assert "steward-ownership" in {citation.revision.pattern.slug for citation in second.citations.all()}
    third = answered("Who uses it?", parent=second.question)
    assert names(third) == ["steward-ownership"]


@pytest.mark.usefixtures("library")
def test_a_thread_that_named_nothing_is_about_what_it_cited():
    first = answered("How can the votes of a company be kept from sale?")
    assert not first.route["entities"]
    assert names(answered("How do I start with it?", parent=first.question)) == ["steward-ownership"]


@pytest.mark.usefixtures("library")
def test_an_answer_of_another_version_still_has_its_thread():
    first = answered("What is steward ownership?")
    first.route = {"entities": [{"title": "Steward Ownership"}], "cues": ["village"]}
    first.save()
    assert names(answered("And what are its risks?", parent=first.question)) == ["steward-ownership"]


@pytest.mark.usefixtures("library")
def test_a_follow_up_that_names_something_new_leaves_its_thread():
    first = answered("What is steward ownership?")
    second = answered("What is deciding by lot?", parent=first.question)
    assert names(second) == ["deciding-by-lot"]
    assert "understood" not in second.route


def test_a_question_on_a_patterns_page_is_about_it(library):
    row = answered("How do we begin?", about=library["consent"])
    assert names(row) == ["deciding-by-consent"]
    assert "Go round the circle" in row.text


@pytest.mark.usefixtures("library")
def test_who_asks_is_told_and_kept():
    row = answered("We are a ten-person co-op. How should our group decide?")
    assert row.route["kind"] == "context"
    assert row.route["reason"].endswith("You seem to be: Cooperative, small (10).")
    assert {cue["axis"] for cue in row.route["cues"]} == {"archetype", "scale"}


@pytest.mark.usefixtures("library")
def test_who_asks_lifts_what_suits_them_and_hides_nothing():
    mine, others = (scores(f"We are {who}. How should our group decide?") for who in ("a co-op", "a corporation"))
    assert mine["deciding-by-lot"] > others["deciding-by-lot"]
    for found in (mine, others):
        assert {"deciding-by-lot", "deciding-by-consent"} <= found.keys()


@pytest.mark.usefixtures("library")
def test_a_question_for_what_suits_brings_it_with_the_reason():
    row = answered("Which patterns suit a cooperative?")
    why = [reason for citation in row.citations.all() for reason in citation.why]
    assert "suits Cooperative very well: Members have one vote each and no time." in why


@pytest.mark.usefixtures("library")
def test_all_patterns_that_a_question_names_are_found():
    row = answered("Tell me about steward ownership, consent circles and deciding by lot")
    assert names(row) == ["steward-ownership", "deciding-by-consent", "deciding-by-lot"]
    assert row.route["entries"] >= 3


@pytest.mark.usefixtures("library")
def test_what_is_like_something_is_looked_for_by_what_it_says_of_itself():
    row = answered("patterns like deciding by consent")
    assert row.route["kind"] == "graph"
    assert "Deciding by Lot" in row.text


@pytest.mark.usefixtures("library")
def test_understanding_costs_few_queries(django_assert_max_num_queries):
    read(Question(text="warm"))
    with django_assert_max_num_queries(2):
        read(Question(text="We are a co-op. How do we decide by lot, by consent or by steward ownership?"))


@pytest.mark.usefixtures("library")
def test_suggestions_are_about_the_same_things_and_not_asked_again(django_assert_max_num_queries):
    row = answered("What is deciding by consent?")
    with django_assert_max_num_queries(4):
        found = suggestions(row)
    assert found == (
        "How can we start with Deciding by Consent?",
        "What is the difference between Deciding by Consent and Deciding by Lot?",
        "Who uses Deciding by Consent?",
    )
    assert "How can we start with Deciding by Consent?" not in suggestions(
        answered("How do we start with consent circles?")
    )


@pytest.mark.usefixtures("library")
def test_suggestions_after_no_answer_are_what_comes_nearest():
    row = answered("How do I repair a diesel engine?")
    assert row.outcome in {"none", "nearest"}
    assert suggestions(row) == tuple(f"What is {one['title']}?" for one in row.nearest[:3])


@pytest.mark.usefixtures("library")
def test_a_lighthouse_suggests_what_it_uses():
    assert suggestions(answered("What is Nurseland?")) == (
        "Which patterns does Nurseland use?",
        "What is Deciding by Consent?",
    )


@pytest.mark.usefixtures("library")
def test_an_unfinished_answer_suggests_nothing():
    assert suggestions(ask("What is deciding by consent?", visitor="me")) == ()
