"""Links follow the library: a new title is known at the next question, a retired one is not."""

import pytest

from inference.names import entities
from patterns.enums import ChangeKind, PublicationState
from patterns.models import LibraryChange
from tests.factories.library import make_lighthouse, make_pattern

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh():
    entities.forget()


def linked(question):
    return [(entity.kind, entity.slug) for entity in entities.link(question)]


def test_patterns_aliases_and_lighthouses_are_linked():
    make_pattern("Objectives and key results", slug="okrs", aliases=["OKRs"])
    make_lighthouse("Buurtzorg")
    assert linked("Does Buurtzorg use OKRs?") == [("lighthouse", "buurtzorg"), ("pattern", "okrs")]


def test_a_new_title_is_known_at_once():
    make_pattern("Shared bay")
    assert linked("what is a bread oven") == []
    make_pattern("Bread oven")
    assert linked("what is a bread oven") == [("pattern", "bread-oven")]


def test_a_retired_pattern_is_not_linked():
    bay = make_pattern("Shared bay")
    assert linked("shared bay")
    bay.state = PublicationState.RETIRED
    bay.save()
    LibraryChange.objects.create(kind=ChangeKind.PATTERN_RETIRED, pattern=bay)
    assert linked("shared bay") == []


def test_a_known_library_costs_one_query(django_assert_num_queries):
    make_pattern("Shared bay")
    linked("shared bay")
    with django_assert_num_queries(1):
        linked("shared bay again")
