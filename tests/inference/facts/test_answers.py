"""How facts read in an answer: steps and shared things as one item, what is only suggested or near under a heading."""

import pytest

from inference import indexing
from inference.answering.running import answer
from inference.asking import ask
from inference.backends.extractive import written
from inference.prompting.prompt import build
from inference.stages.appending import appended
from inference.streaming.streams import replay
from inference.types import Fact, Route, RouteKind
from patterns.enums import Provenance, RelationKind, RelationState
from patterns.models import RelationDoubt
from tests.factories.evidence import evidence
from tests.factories.library import make_lighthouse, make_pattern, make_relation

ONE, TWO = evidence("Charter enables Consent.", sha256="1"), evidence("Trust requires Consent.", sha256="2")
GRAPH = Route(RouteKind.GRAPH, "")
WAY = [
    Fact("Charter", "enables", "Consent", ONE, group="By way of Consent"),
    Fact(
        "Consent",
        "is required by",
        "Trust",
        TWO,
        "Nobody gives land away before every neighbour agrees.",
        group="By way of Consent",
    ),
]


def test_the_steps_of_a_way_are_one_item():
    assert written(build("How are they connected?", [ONE, TWO], GRAPH, facts=WAY)) == (
        "- **By way of Consent**: Charter enables Consent. [1] Consent is required by Trust. [2] "
        "Nobody gives land away before every neighbour agrees. [2]"
    )


def test_what_is_apart_has_headings_and_hostile_words_stay_words():
    hostile = Fact("A", "enables", "**B** [7]\n# C", ONE)
    near = Fact("A", "is near in meaning to", "D", TWO, "D is a thing [3].")
    suggested, nearby = appended([hostile], [near], number=lambda _: 4)
    assert suggested == "## Suggested, not reviewed\n\n- A enables B (7) # C. [4]"
    assert nearby.startswith("## Near in meaning\n\nNo relation says so;")
    assert nearby.endswith("- **D**: D is a thing (3). [4]")


@pytest.fixture
def library(library_home, settings):
    """Two patterns that only suggestions join to others, a third that is written alike; a lighthouse."""
    settings.HEARTBEAT_EVERY = 600
    consent, charter = make_pattern("Sociocratic Consent"), make_pattern("Commons Charter")
    make_pattern("Consent Rounds", "Sociocratic consent, in rounds.\n", summary="Sociocratic Consent in one sentence.")
    for _ in range(8):
        other = make_pattern()
        fields = {"state": RelationState.SUGGESTED, "provenance": Provenance.IMPORTED}
        make_relation(other, RelationKind.ENABLES, consent, **fields)
    make_relation(charter, RelationKind.REQUIRES, consent, evidence="A charter needs a way to agree.")
    make_lighthouse("Orchard", uses=(consent,))
    indexing.follow()
    indexing.build_graph()
    return consent


def answered(question):
    row = ask(question, visitor="me")
    answer(row.pk)
    row.refresh_from_db()
    return row


@pytest.mark.django_db
def test_an_answer_begins_with_what_nobody_has_approved_and_leads_to_the_rest(library):
    row = answered("What enables Sociocratic Consent?")
    assert row.text.startswith("Nobody has approved a relation that says what enables Sociocratic Consent;")
    assert row.text.partition("## Suggested, not reviewed")[2].count("\n- ") == 6
    assert row.route["more"][0]["count"] == 2
    *_, (_, _, done) = replay(row.public_id, 1)
    assert f'href="/relations/{library.slug}/"' in done["html"]
    assert "2 more suggested relations" in done["html"]
    assert "unsupported" not in {sentence["support"] for sentence in row.sentences}


@pytest.mark.django_db
def test_what_speaks_against_a_suggestion_stands_beside_it_and_is_found_in_its_source(library):
    noise = library.relations_in.filter(kind=RelationKind.ENABLES).first()
    RelationDoubt.objects.create(relation=noise, kind="mutual", facts={})
    noise.source.relations_out.exclude(pk=noise.pk).delete()
    library.relations_in.filter(kind=RelationKind.ENABLES).exclude(pk=noise.pk).delete()
    row = answered("What enables Sociocratic Consent?")
    assert "In doubt: Each of the two is said to require the other" in row.text
    assert {sentence["support"] for sentence in row.sentences} <= {"supported", ""}
    assert "In doubt: Each of the two" in row.citations.last().quote


@pytest.mark.django_db
def test_what_is_like_a_pattern_is_answered_without_quoting_the_pattern_itself(library):
    row = answered("What is similar to Sociocratic Consent?")
    assert (row.outcome, row.generator) == ("answer", "")
    assert "## Near in meaning" in row.text
    assert row.citations.first().revision.title == "Consent Rounds"


@pytest.mark.django_db
def test_a_way_through_a_lighthouse_is_cited_by_relation_and_by_line(library):
    row = answered("How are Commons Charter and Orchard connected?")
    assert row.text.startswith("Commons Charter and Orchard are connected:\n\n- **By way of Sociocratic Consent**: ")
    assert "Commons Charter requires Sociocratic Consent. [1]" in row.text
    assert "Sociocratic Consent is used by Orchard. [2]" in row.text
    assert [citation.section for citation in row.citations.all()] == [
        "relation, written on this site",
        "patterns_used, line 4",
    ]
