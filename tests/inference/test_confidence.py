"""The floor: what is answered, what only comes near, and what is not in the library."""

import pytest

from inference.confidence import judge
from inference.types import Entity, Route, RouteKind
from tests.inference.test_citations import evidence

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


def test_without_evidence_there_is_no_answer():
    assert judge("What is steward ownership?", NAMED, []).outcome == "none"


def test_what_the_records_state_is_an_answer():
    assert judge("Zxq?", PLAIN, [OTHER], facts=1, similarity=0.0).outcome == "answer"


def test_the_reason_is_said_in_words():
    reason = judge("What is steward ownership?", NAMED, [STEWARD]).reason
    assert "100% of the question's words stand in one passage" in reason
    assert "names an entry" in reason
