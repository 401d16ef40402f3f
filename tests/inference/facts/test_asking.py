"""What a question asks of the graph, and from which end."""

import pytest

from inference.facts.asking import ALIKE, Asked, What, asked
from inference.graphs import Direction
from inference.types import Entity

IN, OUT, BOTH = Direction.IN, Direction.OUT, Direction.BOTH
NAMES = {
    "Consent": ("pattern", 1),
    "Circles": ("pattern", 2),
    "OKRs": ("pattern", 3),
    "Buurtzorg": ("lighthouse", 4),
    "Patagonia": ("lighthouse", 5),
}


def ask(question):
    found = sorted((question.lower().find(name.lower()), name) for name in NAMES if name.lower() in question.lower())
    entities = [
        Entity(NAMES[name][0], NAMES[name][1], name.lower(), name, question[at : at + len(name)], 100.0)
        for at, name in found
    ]
    return asked(question, entities)


@pytest.mark.parametrize(
    "question",
    [
        "What patterns does Buurtzorg use?",
        "Which practices do they have at Buurtzorg?",
        "Who uses consent?",
        "Which organisations have adopted Consent?",
        "Where is Consent used?",
        "Does Buurtzorg use consent?",
        "Who uses social housing?",
    ],
)
def test_who_uses_what(question):
    assert ask(question).what == What.USES


@pytest.mark.parametrize(
    ("question", "direction"),
    [
        ("What does Consent require?", OUT),
        ("What do I need before Consent?", OUT),
        ("What comes before Consent?", OUT),
        ("What has to be in place before we introduce Consent?", OUT),
        ("What are the prerequisites of Consent?", OUT),
        ("Consent: which prerequisites, to any depth?", OUT),
        ("What is needed for Consent?", OUT),
        ("What is required by Consent?", OUT),
        ("What does Consent depend on?", OUT),
        ("Which requirements does Consent have?", OUT),
        ("What do we need for Consent?", OUT),
        ("What should a team have first to use Consent?", OUT),
        ("What does Consent build on?", OUT),
        ("What requires Consent?", IN),
        ("Which patterns depend on Consent?", IN),
        ("Which patterns need Consent?", IN),
        ("What is Consent required for?", IN),
        ("What is Consent needed for?", IN),
        ("What is Consent a prerequisite for?", IN),
        ("What comes after Consent?", IN),
        ("Which patterns build on Consent?", IN),
    ],
)
def test_what_is_required_and_by_what(question, direction):
    found = ask(question)
    assert (found.what, found.direction) == (What.PREREQUISITES, direction)


@pytest.mark.parametrize(
    ("question", "kind", "direction"),
    [
        ("What does Consent enable?", "enables", OUT),
        ("What does Consent make possible?", "enables", OUT),
        ("What does Consent lead to?", "enables", OUT),
        ("What enables Consent?", "enables", IN),
        ("Which patterns support Consent?", "enables", IN),
        ("What is Consent enabled by?", "enables", IN),
        ("What is enabled by Consent?", "enables", OUT),
        ("What is Consent a kind of?", "specializes", OUT),
        ("Which kinds of Consent are there?", "specializes", IN),
        ("Which patterns specialise Consent?", "specializes", IN),
        ("What does Consent specialise?", "specializes", OUT),
        ("What is a generalisation of Consent?", "specializes", OUT),
        ("Which tools are there for Consent?", "tool_for", IN),
        ("What is Consent a tool for?", "tool_for", OUT),
        ("What complements Consent?", "complements", BOTH),
        ("What goes well with Consent?", "complements", BOTH),
        ("What is in tension with Consent?", "tensions_with", BOTH),
        ("What conflicts with Consent?", "tensions_with", BOTH),
        ("Are Consent and Circles in conflict?", "tensions_with", BOTH),
        ("What are alternatives to Consent?", "alternative_to", BOTH),
        ("What can we do instead of Consent?", "alternative_to", BOTH),
    ],
)
def test_relations_of_a_kind_from_one_end(question, kind, direction):
    found = ask(question)
    assert (found.what, found.kinds, found.direction) == (What.RELATIONS, (kind,), direction)


@pytest.mark.parametrize(
    "question",
    [
        "How are Consent and Circles connected?",
        "How is Consent related to Circles?",
        "What is the path from Consent to Circles?",
        "What does Consent have to do with Buurtzorg?",
        "How do I get from Consent to Circles?",
        "What is the relationship between Consent and Circles?",
    ],
)
def test_how_two_are_joined(question):
    assert ask(question).what == What.PATHS


@pytest.mark.parametrize(
    "question",
    [
        "What do Consent and Circles have in common?",
        "What do Consent and Circles share?",
        "Which patterns do Buurtzorg and Patagonia share?",
        "What do Buurtzorg and Patagonia both use?",
    ],
)
def test_what_two_share(question):
    assert ask(question).what == What.SHARED


@pytest.mark.parametrize(
    "question",
    [
        "similar to OKRs",
        "What is similar to OKRs?",
        "patterns like OKRs",
        "Is there something like OKRs?",
        "more like OKRs",
    ],
)
def test_what_is_like_one(question):
    assert ask(question) == Asked(What.SIMILAR, ALIKE)


def test_a_likeness_that_took_in_the_verb_leaves_it_to_be_read():
    entity = Entity("pattern", 1, "consent", "Consent and Trust", "Consent and Trust require", 86.0)
    assert asked("What does Consent and Trust require?", [entity]).what == What.PREREQUISITES


def test_any_relation():
    assert ask("What is Consent related to?") == Asked(What.RELATIONS, plain=False)
    assert ask("What are the neighbours of Consent?") == Asked(What.RELATIONS, plain=False)


@pytest.mark.parametrize(
    "question",
    [
        "What is Consent?",
        "Tell me about Consent",
        "How does Consent work?",
        "Compare Consent and Circles",
        "Why is Consent better?",
        "What is a good meeting?",
        "How do people decide together?",
        "What is it like to work in a city?",
    ],
)
def test_other_questions_ask_nothing_of_the_graph(question):
    assert ask(question) is None
