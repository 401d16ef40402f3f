"""Questions go the way a librarian would send them, and are told why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference.routing import route
from inference.types import Entity, RouteKind


def named(*titles, kind="pattern"):
    return tuple(Entity(kind, number, title.lower(), title, title, 100.0) for number, title in enumerate(titles, 1))


BUURTZORG = named("Buurtzorg", kind="lighthouse")
STEWARD = named("Steward ownership")


@pytest.mark.parametrize(
    ("question", "entities", "kind"),
    [
        ("What is steward ownership?", STEWARD, "direct"),
        ("steward ownership", STEWARD, "direct"),
        ("How does steward ownership keep its purpose?", STEWARD, "direct"),
        ("What patterns does Buurtzorg use?", BUURTZORG, "graph"),
        ("Which practices did Buurtzorg adopt first?", BUURTZORG, "graph"),
        ("What does steward ownership require?", STEWARD, "graph"),
        ("What does steward ownership enable", STEWARD, "graph"),
        ("Who uses steward ownership?", STEWARD, "graph"),
        ("Where is steward ownership practised?", STEWARD, "graph"),
        ("What is in tension with steward ownership?", STEWARD, "graph"),
        ("alternatives to steward ownership", STEWARD, "graph"),
        ("OKRs vs retrospectives", named("OKRs", "Retrospectives"), "compare"),
        ("Should we use OKRs or retrospectives?", named("OKRs", "Retrospectives"), "compare"),
        ("What is the difference between OKRs and retrospectives?", named("OKRs", "Retrospectives"), "compare"),
        ("steward ownership vs a family firm", STEWARD, "compare"),
        ("What is the difference between a commons and a market?", (), "compare"),
        ("Which patterns suit a small cooperative?", (), "context"),
        ("We are a village that wants to share a forest", (), "context"),
        ("How should OKRs be introduced in a young hospital?", named("OKRs"), "context"),
        ("How do people share water fairly?", (), "semantic"),
        ("why do meetings drag on", (), "semantic"),
        ("hello", (), "none"),
        ("Thank you!", (), "none"),
        ("???", (), "none"),
        ("", (), "none"),
        ("12345", (), "none"),
    ],
)
def test_kind(question, entities, kind):
    assert route(question, entities).kind == kind


def test_reasons_name_what_was_recognised():
    assert "Steward ownership" in route("What is steward ownership?", STEWARD).reason


def test_a_comparison_is_more_than_a_small_question():
    assert route("OKRs vs retrospectives", named("OKRs", "Retrospectives")).complexity == "medium"
    assert route("What is steward ownership?", STEWARD).complexity == "small"


@given(st.text(max_size=300))
def test_every_text_has_a_route_and_a_reason(question):
    found = route(question)
    assert found.kind in RouteKind
    assert found.reason.endswith(".")


def test_a_long_text_is_routed_quickly():
    route("which patterns " * 20_000)
    route("differ " * 20_000)
