"""Facets counted by bitmaps are the facets counted one by one."""

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from patterns.faceting.bitmaps import members
from patterns.faceting.index import FACETS, SUITS, Facts, Suits, indexed
from patterns.faceting.spelling import folded, is_word
from patterns.queries.browsing import Browsing
from patterns.queries.facets import counts

DAY = datetime(2026, 1, 1, tzinfo=UTC)
value = st.sampled_from(
    ["Governance", "governance", "GOVERNANCE ", "value_creation", "value-creation", "設計", "3", ""]
)
title = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=5)
key = st.sampled_from(["governance", "value-creation", "設計", "nowhere"])


@st.composite
def libraries(draw):
    facts = [
        Facts(
            pk=place + 10,
            title=draw(title),
            stars=draw(st.integers(0, 5)),
            changed_at=DAY.replace(day=draw(st.integers(1, 28))),
            domain=draw(value),
            category=draw(st.lists(value, max_size=3)),
            tier=draw(st.sampled_from(["bronze", "silver", "gold"])),
            status=draw(value),
            universality=draw(value),
            library=draw(st.sampled_from(["starter", "Commons_OS"])),
        )
        for place in range(draw(st.integers(0, 6)))
    ]
    pks = st.lists(st.integers(10, 16), max_size=4, unique=True)
    score = st.one_of(st.none(), st.floats(-0.5, 1.5))
    level = st.sampled_from(["", "core", "general", "none", "odd"])
    suits = draw(st.lists(st.builds(Suits, st.sampled_from([*SUITS, "other"]), value, score, level, pks), max_size=8))
    return facts, suits


def values_of(one: Facts, facet: str, suits: list[Suits]) -> set[str]:
    """The keys of one pattern, the plain way."""
    if facet in SUITS:
        from patterns.faceting.suiting import worth

        written = [
            each.name for each in suits if each.axis == facet and one.pk in each.pks and worth(each.score, each.level)
        ]
    elif facet == "library":
        return {one.library}
    else:
        written = one.category if facet == "category" else [getattr(one, facet)]
    return {folded(each) for each in written if is_word(each)}


@settings(max_examples=60, deadline=None)
@given(libraries(), st.dictionaries(st.sampled_from(FACETS), st.sets(key, min_size=1, max_size=3), max_size=4))
def test_counts_are_true_under_all_other_choices(library, chosen):
    facts, suits = library
    index = indexed(facts, suits)
    browsing = Browsing(chosen={facet: tuple(sorted(keys)) for facet, keys in chosen.items()})
    has = {one.pk: {facet: values_of(one, facet, suits) for facet in FACETS} for one in facts}
    for facet in FACETS:
        others = {name: keys for name, keys in chosen.items() if name != facet}
        remaining = [one for one in has.values() if all(one[name] & keys for name, keys in others.items())]
        expected = dict.fromkeys(chosen.get(facet, ()), 0)
        for one in remaining:
            for each in one[facet]:
                expected[each] = expected.get(each, 0) + 1
        assert {found.key: count for found, count in counts(facet, browsing, index)} == expected
    listed = {index.pks[place] for place in members(index.matching(browsing.chosen))}
    assert listed == {pk for pk, one in has.items() if all(one[name] & keys for name, keys in chosen.items())}


@settings(max_examples=40, deadline=None)
@given(libraries())
def test_every_order_holds_every_pattern_once(library):
    facts, suits = library
    index = indexed(facts, suits)
    for order in (members, index.newest_first, index.surest_first):
        assert sorted(order(index.everything)) == list(range(len(facts)))


@settings(max_examples=40, deadline=None)
@given(libraries())
def test_the_newest_and_the_surest_come_first(library):
    facts, suits = library
    index = indexed(facts, suits)
    of = {one.pk: one for one in facts}
    changed = [of[index.pks[place]].changed_at for place in index.newest_first(index.everything)]
    stars = [min(max(of[index.pks[place]].stars, 1), 3) for place in index.surest_first(index.everything)]
    assert changed == sorted(changed, reverse=True)
    assert stars == sorted(stars, reverse=True)
