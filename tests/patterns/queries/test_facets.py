"""What the facets of a page say about records in the database, against reading every record."""

import random

import pytest

from patterns.enums import PublicationState
from patterns.faceting.index import FACETS, SUITS
from patterns.faceting.spelling import folded, is_word
from patterns.models import Pattern
from patterns.queries.browsing import Browsing
from patterns.queries.facet_index import kept_index
from patterns.queries.facets import MOST, SHOWN, facets
from patterns.queries.listing import listing
from tests.factories.library import make_library, make_pattern, suits

pytestmark = pytest.mark.django_db
WORDS = ("Governance", "governance", "value_creation", "Value creation", "design", "3", "")


def keys_of(pattern: Pattern, facet: str) -> set[str]:
    if facet in SUITS:
        written = [one.name for one in pattern.suitabilities.all() if one.axis == facet and one.score]
    else:
        column = {"category": "categories", "status": "lifecycle_status"}.get(facet, facet)
        value = pattern.library.slug if facet == "library" else getattr(pattern, column)
        written = value if isinstance(value, list) else [value]
    return {one if facet == "library" else folded(one) for one in written if is_word(one)}


def test_every_count_on_a_page_is_that_of_reading_every_record():
    chance = random.Random(5)
    for number in range(24):
        pattern = make_pattern(
            f"Pattern {number}",
            library=make_library(chance.choice(["starter", "another"])),
            domain=chance.choice(WORDS),
            categories=chance.sample(WORDS, 2),
            lifecycle_status=chance.choice(WORDS),
            universality=chance.choice(WORDS),
            tier=chance.choice(["bronze", "silver"]),
            state=chance.choice([PublicationState.PUBLISHED] * 4 + [PublicationState.RETIRED]),
        )
        for axis in SUITS:
            suits(pattern, axis, chance.choice(WORDS[:5]), chance.choice([0.0, 0.5, 1.0]))
    published = Pattern.objects.filter(state=PublicationState.PUBLISHED).prefetch_related("suitabilities")
    has = [{facet: keys_of(pattern, facet) for facet in FACETS} for pattern in published.select_related("library")]
    kept = kept_index()
    for _ in range(25):
        chosen = {
            facet: tuple(sorted(chance.sample(sorted(values), min(len(values), chance.randint(1, 2)))))
            for facet in chance.sample(FACETS, 3)
            if (values := kept.index.values[facet])
        }
        browsing = Browsing(chosen=chosen)
        assert listing(browsing, kept).total == sum(
            all(one[facet] & {*keys} for facet, keys in chosen.items()) for one in has
        )
        for facet in facets(browsing, kept):
            remaining = [
                one for one in has if all(one[name] & {*keys} for name, keys in chosen.items() if name != facet.name)
            ]
            for option in facet.options + facet.more:
                assert option.count == sum(option.key in one[facet.name] for one in remaining)


def test_of_very_many_values_the_rarest_are_counted_and_not_listed():
    for number in range(MOST + 2):
        make_pattern(f"Pattern {number}", domain=f"domain-{number}")
    make_pattern("Another", domain="domain-7")
    facet = facets(Browsing(), kept_index())[0]
    assert facet.options[0].key == "domain-7"
    assert len(facet.options) == SHOWN
    assert len(facet.options) + len(facet.more) == MOST
    assert facet.rarer == 2


def test_a_fold_is_never_made_for_one_line():
    for number in range(SHOWN + 1):
        make_pattern(f"Pattern {number}", domain=f"domain-{number}")
    facet = facets(Browsing(), kept_index())[0]
    assert (len(facet.options), facet.more) == (SHOWN + 1, ())
