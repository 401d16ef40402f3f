"""Domains as a map: true counts, and circles whose areas stand to each other as the counts do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patterns.enums import PublicationState
from patterns.queries.domains import LARGEST, SMALLEST, domains, radius, spellings_of
from tests.factories.library import make_pattern


@given(st.integers(1, 10_000), st.integers(1, 10_000))
def test_areas_are_true_where_they_can_be_seen(one, other):
    largest = max(one, other)
    first, second = radius(one, largest=largest), radius(other, largest=largest)
    assert min(first, second) >= SMALLEST
    assert max(first, second) == LARGEST
    if min(first, second) > SMALLEST:
        assert (first / second) ** 2 == pytest.approx(one / other, rel=0.1)


@pytest.mark.django_db
def test_spellings_of_one_name_are_one_domain():
    for domain in ("governance", "governance", "Governance"):
        make_pattern(domain=domain)
    make_pattern(domain="ecology", state=PublicationState.RETIRED)
    (found,) = domains()
    assert (found.key, found.name, found.count) == ("governance", "Governance", 3)
    assert sorted(spellings_of("GOVERNANCE")) == ["Governance", "governance"]


@pytest.mark.django_db
def test_a_small_library_has_small_circles():
    make_pattern(domain="ecology")
    assert domains()[0].radius < LARGEST / 3
