"""Addresses of the browse page: any can be read, and each list has one."""

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from patterns.faceting.index import FACETS
from patterns.faceting.spelling import folded
from patterns.queries.browsing import MOST_VALUES, SORTS, Browsing
from patterns.queries.situations import Situation

keys = st.text(max_size=20).map(folded).filter(bool)
browsings = st.builds(
    Browsing,
    chosen=st.dictionaries(
        st.sampled_from([facet for facet in FACETS if facet != "library"]),
        st.sets(keys, min_size=1, max_size=3).map(lambda found: tuple(sorted(found))),
        max_size=4,
    ),
    sort=st.sampled_from([sort for sort in SORTS if sort != "suited"]),
    page=st.integers(1, 10_000),
)


def read(address: str) -> Browsing:
    return Browsing.from_query(QueryDict(address.removeprefix("?")))


@given(browsings)
def test_addresses_read_back_as_what_was_chosen(browsing: Browsing):
    assert read(browsing.address(page=browsing.page)) == browsing
    assert not read(browsing.address(page=browsing.page)).unread


@given(browsings, st.sampled_from(FACETS), keys)
def test_a_value_added_and_taken_back_changes_nothing(browsing: Browsing, facet: str, key: str):
    if key not in browsing.chosen.get(facet, ()):
        assert browsing.adding(facet, key).removing(facet, key).address() == browsing.address()


def test_the_order_of_an_address_does_not_matter():
    one = read("?stage=growth&domain=b&domain=a")
    assert (
        one.address() == read("?domain=A&domain=B&stage=Growth&domain=a").address() == "?domain=a&domain=b&stage=growth"
    )


def test_addresses_of_one_value_still_work():
    assert read("?domain=Ethical_Reasoning&tier=gold").chosen == {"domain": ("ethical-reasoning",), "tier": ("gold",)}


def test_best_suited_needs_something_to_suit():
    assert read("?sort=suited").sort == "title"
    assert read("?sort=suited&stage=growth").removing("stage", "growth").sort == "title"


def test_only_so_many_values_of_a_facet_are_read():
    found = read("?" + "&".join(f"domain=d{number}" for number in range(200)))
    assert len(found.chosen["domain"]) == MOST_VALUES
    assert found.unread


@pytest.mark.parametrize("query", ["sort=evil", "domain=%00", "domain=" + "x" * 5_000, "tier=%E2%80%8E"])
def test_what_means_nothing_is_said_to_have_been_left_out(query: str):
    found = read(query)
    assert found.unread
    assert found.address() == "?"


@given(st.dictionaries(st.sampled_from([*FACETS, "sort", "page"]), st.lists(st.text(max_size=30), max_size=4)))
def test_any_address_can_be_read(query: dict[str, list[str]]):
    written = QueryDict(mutable=True)
    for name, values in query.items():
        written.setlist(name, values)
    assert read(Browsing.from_query(written).address()).chosen == Browsing.from_query(written).chosen
    situation = Situation.from_query(written)
    again = Situation.from_query(QueryDict(situation.address().removeprefix("?")))
    assert again.named == situation.named
