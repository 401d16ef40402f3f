"""The floor: what is answered, what only comes near, and what is not in the library."""

import pytest

from inference.retrieval.confidence import judge
from inference.types import Cue, Entity, Route, RouteKind
from tests.factories.evidence import evidence

STEWARD = evidence("Stewards hold the votes of a company in trust.", title="Steward Ownership")
OTHER = evidence("Bread is baked in an oven.", title="Baking")
PLAIN = Route(RouteKind.SEMANTIC, "")
NAMED = Route(RouteKind.DIRECT, "", (Entity("pattern", 1, "s", "Steward Ownership", "steward ownership", 100.0),))


@pytest.mark.parametrize(
    ("question", "route", "similarity", "outcome"),
    [
        ("What is steward ownership?", NAMED, 0.6, "answer"),
        ("Who holds the votes of a company?", PLAIN, 0.6, "answer"),
        ("Who holds the votes of a company?", PLAIN, 0.3, "nearest"),
        ("Who has the keys of the car?", PLAIN, 0.1, "none"),
        ("What does steward ownership say about asteroid mining on Ceres?", NAMED, 0.1, "nearest"),
        ("Who holds the votes of a company?", PLAIN, None, "answer"),
    ],
)
def test_outcomes(question, route, similarity, outcome):
    assert judge(question, route, [STEWARD, OTHER], similarity=similarity).outcome == outcome


def test_a_word_that_the_library_lacks_counts_for_more_than_one_it_is_full_of():
    asked = "Who holds the votes of a spaceship company?"
    plenty = judge(asked, PLAIN, [STEWARD], similarity=0.6, rarity={"spaceship": 0.15})
    lacking = judge(asked, PLAIN, [STEWARD], similarity=0.6, rarity={"hold": 0.15, "vote": 0.15, "compani": 0.15})
    assert plenty.score > lacking.score


def test_passages_of_one_entry_speak_for_an_answer_more_than_scattered_ones():
    scattered = [evidence("Bread is baked.", title=f"Baking {number}", slug=f"baking-{number}") for number in range(7)]
    together = [evidence("Bread is baked.", title="Baking", slug="baking") for _ in range(7)]
    asked = "Who holds the votes of a company?"
    assert (
        judge(asked, PLAIN, [STEWARD, *together], similarity=0.44).score
        > judge(asked, PLAIN, [STEWARD, *scattered], similarity=0.44).score
    )


@pytest.mark.parametrize(
    "question",
    ["Translate good morning into Japanese", "What time is it in Tokyo?", "Can you write me a poem about votes?",
     "Who won the company cup?", "What is the price of votes of a company?"],
)  # fmt: skip
def test_errands_are_never_answered_with_confidence(question):
    assert judge(question, PLAIN, [STEWARD], similarity=0.9).outcome != "answer"


def test_what_the_asker_tells_of_themselves_need_not_stand_in_a_passage():
    told = Route(RouteKind.CONTEXT, "", cues=(Cue("archetype", "Village", "village"),))
    asked = "We are a village, who holds the votes of a company?"
    assert judge(asked, told, [STEWARD], similarity=0.5).score > judge(asked, PLAIN, [STEWARD], similarity=0.5).score


@pytest.mark.parametrize("question", ["similar to steward ownership", "What is an alternative to steward ownership?"])
def test_the_words_of_a_route_need_not_stand_in_a_passage(question):
    route = Route(RouteKind.GRAPH, "", NAMED.entities)
    assert judge(question, route, [STEWARD], similarity=0.3).score == 1.0


def test_without_evidence_there_is_no_answer():
    assert judge("What is steward ownership?", NAMED, []).outcome == "none"


def test_what_the_records_state_is_an_answer():
    assert judge("Zxq?", PLAIN, [OTHER], facts=1, similarity=0.0).outcome == "answer"


def test_the_reason_is_said_in_words():
    reason = judge("What is steward ownership?", NAMED, [STEWARD]).reason
    assert "100% of the question's words stand in one passage" in reason
    assert "names an entry" in reason
