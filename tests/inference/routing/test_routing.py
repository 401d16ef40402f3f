"""Questions go the way a librarian would send them, and are told why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference.cues import read
from inference.routing import route
from inference.types import Cue, Entity, RouteKind


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
        ("How do consent and consensus differ?", (), "compare"),
        ("What is the difference between a commons and a market?", (), "compare"),
        ("How do OKRs and retrospectives differ?", named("OKRs", "Retrospectives"), "compare"),
        ("diffrence between OKRs and retrospectives", named("OKRs", "Retrospectives"), "compare"),
        ("How is steward ownership different from a family firm?", STEWARD, "compare"),
        ("How are OKRs and retrospectives connected?", named("OKRs", "Retrospectives"), "graph"),
        ("path from OKRs to retrospectives", named("OKRs", "Retrospectives"), "graph"),
        ("What do Debian and Wikipedia have in common?", named("Debian", "Wikipedia", kind="lighthouse"), "graph"),
        ("similar to OKRs", named("OKRs"), "graph"),
        ("something like OKRs", named("OKRs"), "graph"),
        ("Is there anything comparable to OKRs?", named("OKRs"), "graph"),
        ("What could we use instead of OKRs?", named("OKRs"), "graph"),
        ("patterns like OKRs", named("OKRs"), "graph"),
        ("waht patterns does Buurtzorg use", BUURTZORG, "graph"),
        ("Which organisations use steward ownership?", STEWARD, "graph"),
        ("What patterns does Volkswagen use?", (), "graph"),
        ("What tools help in a Tool Library?", named("Tool Library"), "direct"),
        ("Tell me about Debian and Semco", named("Debian", "Semco", kind="lighthouse"), "direct"),
        ("Which patterns suit a small cooperative?", (), "context"),
        ("patterns for a small town", (), "context"),
        ("I'm a nurse and my ward is tired", (), "context"),
        ("What is a worker cooperative?", named("Worker cooperative"), "direct"),
        ("How can citizens chosen by lot advise a parliament?", (), "semantic"),
        ("How do cars cope with different software from many suppliers?", (), "semantic"),
        ("How can one person make a difference?", (), "semantic"),
        ("How do we run a large meeting in which everyone hears what happens?", (), "semantic"),
        ("We run a hospital and want to share what we learn", (), "context"),
        ("How are OKRs and holacracy connected?", named("OKRs"), "graph"),
        ("Should we bootstrap or take OKRs?", named("OKRs"), "compare"),
        ("OKRs or management by objectives?", named("OKRs"), "compare"),
        ("Does it help a team or a person to use OKRs?", named("OKRs"), "direct"),
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
    assert route(question, entities, cues=read(question, {})).kind == kind


def test_reasons_name_what_was_recognised():
    assert "Steward ownership" in route("What is steward ownership?", STEWARD).reason


def test_a_comparison_is_more_than_a_small_question():
    assert route("OKRs vs retrospectives", named("OKRs", "Retrospectives")).complexity == "medium"
    assert route("What is steward ownership?", STEWARD).complexity == "small"


def test_what_the_asker_tells_of_themselves_is_in_the_reason():
    cues = (Cue("archetype", "Cooperative", "co op", ("cooperative",)), Cue("scale", "small (10)", "ten-person"))
    found = route("We are a ten-person co-op, how should we decide?", cues=cues)
    assert found.reason.endswith("You seem to be: Cooperative, small (10).")
    assert found.cues == cues


@pytest.mark.parametrize(
    ("question", "entities", "why"),
    [
        ("What is steward ownership?", STEWARD, "It asks one thing of one kind."),
        (
            "OKRs vs retrospectives",
            named("OKRs", "Retrospectives"),
            "Two things have to be weighed against each other.",
        ),
        (
            "Tell me about OKRs, retrospectives and consent",
            named("OKRs", "Retrospectives", "Consent"),
            "It names 3 entries.",
        ),
        ("How do we begin? And who decides?", (), "It asks more than one thing."),
        ("how do we " * 12, (), "It has more than 30 words."),
    ],
)
def test_the_size_of_a_question_has_a_reason(question, entities, why):
    assert route(question, entities).complexity_reason == why


entities = st.builds(Entity, st.sampled_from(["pattern", "lighthouse"]), st.integers(1, 9), st.text(max_size=9),
                     st.text(max_size=20), st.text(max_size=20), st.floats(80, 100))  # fmt: skip
cues = st.builds(Cue, st.sampled_from(["archetype", "scale", "role"]), st.text(max_size=20), st.text(max_size=20))
phrases = st.sampled_from(
    ["vs", "or", "similar to", "who uses", "we are a", "requires", "path from", "for a small", "?"]
)


@given(
    st.lists(st.one_of(st.text(max_size=40), phrases), max_size=8),
    st.lists(entities, max_size=7),
    st.lists(cues, max_size=3),
)
def test_every_text_has_a_route_and_a_reason(pieces, named_, told):
    found = route(" ".join(pieces), named_, cues=told)
    assert found.kind in RouteKind
    assert found.reason.endswith(".")
    assert found.complexity in {"small", "medium"}
    assert found.complexity_reason.endswith(".")


def test_a_long_text_is_routed_quickly():
    route("which patterns " * 20_000)
    route("differ " * 20_000)
    route("how are " * 20_000, named("OKRs", "Retrospectives"))
    route("patterns like what does " * 5_000, STEWARD)
