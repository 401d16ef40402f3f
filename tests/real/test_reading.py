"""Reading the public library, as it really is: every page of it opens, and none of them waits."""

import itertools
import random
import time
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from patterns.faceting.index import FACETS
from patterns.models import Lighthouse, Pattern
from patterns.queries.facet_index import kept_index
from tests.real.conftest import CORPUS

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not CORPUS, reason="CLM_CORPUS names no library"),
    pytest.mark.timeout(1800),
]
SAMPLE = 60


@pytest.fixture
def opens(readable, client):
    """`opens(address)` asserts that there is such a page, and returns how many seconds it took."""

    def get(address: str, *, status: int = 200) -> float:
        start = time.perf_counter()
        response = client.get(address)
        assert response.status_code == status, address
        return time.perf_counter() - start

    return get


@pytest.fixture
def slugs(readable):
    return list(Pattern.objects.order_by("slug").values_list("slug", flat=True))


@pytest.fixture
def some(slugs):
    return random.Random(3616).sample(slugs, SAMPLE)


def test_every_pattern_page_opens(opens, slugs):
    for slug in slugs:
        opens(reverse("pattern", args=[slug]))


@pytest.mark.parametrize(
    "name", ["relations_of", "prerequisites", "pattern_history", "pattern_compare", "pattern_card", "pattern_text"]
)
def test_what_stands_around_a_pattern_opens(opens, some, name):
    for slug in some:
        opens(reverse(name, args=[slug]))


@pytest.mark.parametrize("form", ["text", "bibtex", "csl-json"])
def test_patterns_can_be_cited(opens, some, form):
    for slug in some[:20]:
        opens(reverse("cite_pattern", args=[slug, form]))


def test_ways_between_patterns_open(opens, some):
    for one, other in itertools.pairwise(some):
        opens(f"{reverse('relation_paths', args=[one, other])}?relations=all")


def test_every_value_of_every_facet_has_a_list(opens):
    for facet in FACETS:
        for key in kept_index().index.values[facet]:
            opens(f"{reverse('browse')}?{urlencode({facet: key})}")


def test_every_lighthouse_opens(opens):
    for slug in Lighthouse.objects.values_list("slug", flat=True):
        opens(reverse("lighthouse", args=[slug]))


@pytest.mark.parametrize("name", ["home", "browse", "constellations", "lighthouses", "relations", "wanted", "licence"])
def test_pages_about_the_whole_library_open(opens, name):
    opens(reverse(name))


@pytest.mark.parametrize("name", ["feed", "sitemap", "llms", "robots"])
def test_files_for_machines_open(opens, name):
    opens(reverse(name))
