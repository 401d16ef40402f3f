"""The web's search answers within its deadline, from words alone when no worker does."""

import pytest

from inference.indexing import passages, planning
from inference.models import IndexGeneration
from inference.names import entities
from inference.searching import search as searching
from patterns.enums import PublicationState
from tests.factories.library import make_lighthouse, make_pattern

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def library(library_home):
    entities.forget()
    bay = make_pattern("Shared bay", "## Solution\n\nFishers agree on who may fish when.\n", domain="ecology")
    make_pattern("Steward ownership", "## Solution\n\nShares are held in trust.\n", domain="economy")
    make_lighthouse("Buurtzorg", "## Story\n\nNurses decide by themselves.\n")
    generation = IndexGeneration.objects.create(recipe="words only", model="none", dimensions=3, live=True)
    passages.apply(generation, planning.lacking(generation, limit=10))
    return bay


def slugs(query, **options):
    return [one.slug for one in searching.find(query, **options).evidence]


def test_without_a_worker_words_answer_and_it_is_said():
    found = searching.find("who may fish")
    assert found.words_only
    assert found.evidence[0].slug == "shared-bay"


def test_a_question_with_words_nobody_wrote_still_finds_the_rest():
    assert slugs("how on earth do fishers manage their xylophones") == ["shared-bay"]


def test_a_named_entry_comes_first():
    assert slugs("what is steward ownership")[0] == "steward-ownership"


def test_a_filter_narrows():
    assert slugs("fishers shares", filters={"domain": "economy"}) == ["steward-ownership"]


def test_a_retired_pattern_is_not_shown(library):
    library.state = PublicationState.RETIRED
    library.save()
    assert slugs("who may fish") == []


@pytest.mark.parametrize("query", ["", "  ", "\0", "a & | ! ( :*", "'", "x" * 100_000, "the", "\\", "<->"])
def test_odd_queries_are_harmless(query):
    searching.find(query)


def test_what_a_worker_sends_is_read_back(monkeypatch):
    """The worker is another process; what it would send over the wire is made here by the same code."""
    import json
    from dataclasses import asdict

    direct = searching.by_words("who may fish", limit=5)
    wire = json.loads(json.dumps(asdict(direct)))
    assert searching._read(wire).evidence == direct.evidence
