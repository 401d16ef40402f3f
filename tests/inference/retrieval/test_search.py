"""A search finds by words and by meaning, says why, and shows only what is published now."""

import threading

import pytest

from inference import indexing
from inference.backends import BackendError, load
from inference.models import Passage
from inference.names import entities
from inference.retrieval import search, vector
from patterns.enums import PublicationState, RelationState
from tests.factories.library import make_lighthouse, make_pattern, make_relation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library_home")]

FISH = "## Context\n\nFishers share a bay and its fish.\n\n## Solution\n\nThey agree on who may fish when.\n"
OWN = "## Solution\n\nVoting shares are held by people who serve the company's purpose and cannot sell it.\n"


@pytest.fixture
def library(library_home):
    entities.forget()
    bay = make_pattern("Shared bay", FISH, domain="ecology", tier="silver")
    steward = make_pattern("Steward ownership", OWN, domain="economy")
    bread = make_pattern("Bread oven", "## Context\n\nNeighbours bake together on Saturdays.\n", domain="economy")
    house = make_lighthouse("Buurtzorg", "## Story\n\nNurses decide by themselves.\n", uses=(bread,))
    indexing.follow()
    return {"bay": bay, "steward": steward, "bread": bread, "house": house}


def slugs(query, **options):
    return [one.slug for one in search(query, one_each=True, **options).evidence]


@pytest.mark.usefixtures("library")
def test_words_find_a_passage():
    best = search("who may fish when").evidence[0]
    assert (best.slug, best.section) == ("shared-bay", "Solution")
    assert "says “fish”" in best.why[0]


@pytest.mark.usefixtures("library")
def test_meaning_finds_what_shares_no_word():
    assert slugs("a firm nobody can buy")[0] == "steward-ownership"


@pytest.mark.usefixtures("library")
def test_a_title_comes_first_and_says_so():
    best = search("steward ownership").evidence[0]
    assert best.slug == "steward-ownership"
    assert "its title has “steward” and “ownership”" in best.why


@pytest.mark.usefixtures("library")
def test_lighthouses_are_found():
    best = search("nurses").evidence[0]
    assert (best.kind, best.slug, best.url) == ("lighthouse", "buurtzorg", "/lighthouses/buurtzorg/#story")


@pytest.mark.usefixtures("library")
def test_evidence_can_be_proved():
    one = search("who may fish when").evidence[0]
    passage = Passage.objects.get(pk=one.passage_id)
    assert (one.text, one.sha256, one.start, one.end) == (passage.text, passage.sha256, passage.start, passage.end)
    assert 0 <= one.score <= 1


@pytest.mark.usefixtures("library")
def test_a_limit_is_kept_and_the_rest_counted():
    found = search("people share decide", limit=1)
    assert len(found.evidence) == 1
    assert found.total > 1


@pytest.mark.usefixtures("library")
def test_one_each_gives_one_passage_of_a_pattern():
    found = slugs("fish bay shared")
    assert len(found) == len(set(found))


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"domain": "economy"}, {"steward-ownership", "bread-oven"}),
        ({"tier": "silver"}, {"shared-bay"}),
        ({"kind": "lighthouse"}, {"buurtzorg"}),
        ({"domain": "nowhere"}, set()),
        ({"domain": "", "odd": "x"}, {"shared-bay", "steward-ownership", "bread-oven", "buurtzorg"}),
    ],
)
def test_filters_narrow(filters, expected):
    assert set(slugs("share bake sell decide fish", filters=filters)) == expected


@pytest.mark.usefixtures("library")
def test_several_values_of_a_facet_are_either_and_facets_are_both():
    assert set(slugs("share bake fish", filters={"domain": ["economy", "Ecology"]})) == {
        *("shared-bay", "steward-ownership", "bread-oven"),
    }
    assert set(slugs("share bake fish", filters={"domain": ["economy", "ecology"], "tier": "silver"})) == {"shared-bay"}


def test_a_filtered_search_finds_as_many_as_there_are():
    """However many passages of others stand nearer, and whatever the words have to do with them."""
    entities.forget()
    many = "\n\n".join(f"## Part {n}\n\nFishers share the bay and agree who may fish on day {n}." for n in range(12))
    for number in range(12):
        make_pattern(f"Bay {number}", many, domain="ecology")
    for number in range(4):
        make_pattern(f"Oven {number}", "## Solution\n\nNeighbours bake bread.\n", domain="economy")
    indexing.follow()
    query = "fishers share the bay and agree who may fish"
    assert len(slugs(query, limit=12, filters={"domain": "ecology"})) == 12
    assert len(slugs(query, limit=16)) >= 12
    assert len(slugs(query, limit=3, filters={"domain": "economy"})) == 3
    assert len(slugs(query, limit=9, filters={"domain": "economy"})) == 4


@pytest.mark.usefixtures("library")
def test_everything_a_question_names_is_found():
    found = search("How do steward ownership, a bread oven and Buurtzorg differ from a shared bay?", limit=8).evidence
    assert {one.slug for one in found} == {"steward-ownership", "bread-oven", "buurtzorg", "shared-bay"}


@pytest.mark.usefixtures("library")
def test_a_name_with_a_slip_leads_to_its_entry():
    assert slugs("stewrad ownershp")[0] == "steward-ownership"


@pytest.mark.usefixtures("library")
def test_where_nothing_is_found_the_nearest_are_told_apart():
    found = search("zxqvy plomf")
    assert found.evidence == ()
    assert found.nearest
    assert len({one.slug for one in found.nearest}) == len(found.nearest)
    assert search("fish").nearest == ()


def test_what_was_retired_since_is_not_shown(library):
    library["bay"].state = PublicationState.RETIRED
    library["bay"].save()
    assert "shared-bay" not in slugs("who may fish when")


def test_relations_bring_in_what_a_lighthouse_uses(library):
    found = search("What patterns does Buurtzorg use?").evidence
    assert any("Buurtzorg uses it" in one.why for one in found if one.slug == "bread-oven")


def test_suggested_relations_bring_in_nothing(library):
    make_relation(library["steward"], "requires", library["bread"], state=RelationState.SUGGESTED)
    found = search("What does steward ownership require?").evidence
    assert not any("requires" in why for one in found for why in one.why)


@pytest.mark.usefixtures("library")
def test_words_answer_alone_when_nothing_can_embed(monkeypatch):
    def broken(text):
        raise BackendError("The embedding model is missing.")

    monkeypatch.setattr(load("embedder"), "embed_query", broken)
    found = search("who may fish when, exactly")
    assert found.words_only
    assert found.evidence[0].slug == "shared-bay"


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize("query", ["", "   ", "\0", "'; DROP TABLE x; --", "x" * 200_000, "the of and"])
def test_odd_queries_are_harmless(query):
    search(query)


def test_an_empty_index_finds_nothing():
    assert search("fish").evidence == ()


@pytest.mark.usefixtures("library")
def test_query_count_does_not_grow_with_what_is_found(django_assert_num_queries):
    search("fish")
    for query in ("fish", "share decide bake fish people"):
        with django_assert_num_queries(3):  # generation and newest change, nearest vectors, evidence
            search(query)


@pytest.mark.usefixtures("library")
def test_a_process_that_borrows_vectors_searches_by_words_until_somebody_embeds(monkeypatch):
    monkeypatch.setattr(vector, "_borrows", threading.Event())
    monkeypatch.setattr(load("embedder"), "ready", False)
    vector.borrow()
    assert search("who may fish, and when exactly").words_only
    assert not load("embedder").ready
