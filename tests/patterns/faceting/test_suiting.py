"""The ranking of constellations: what a score is worth, and what may never happen to an order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patterns.faceting.bitmaps import bitmap, members
from patterns.faceting.suiting import MOST, levels, percent, points, ranked, worth

worths = st.lists(st.integers(0, MOST), min_size=1, max_size=3)
SIZE = 12
axis = st.dictionaries(st.integers(0, SIZE - 1), st.integers(1, MOST), max_size=SIZE)


@given(worths, st.integers(0, 2), st.integers(1, MOST))
def test_a_higher_worth_never_ranks_lower(given_worths: list[int], place: int, more: int):
    place %= len(given_worths)
    better = [*given_worths]
    better[place] = min(MOST, better[place] + more)
    assert points(better) >= points(given_worths)


@given(st.lists(st.integers(1, MOST), min_size=2, max_size=3), st.integers(0, 2), st.integers(1, MOST))
def test_suiting_all_beats_suiting_one(all_of_them: list[int], place: int, strong: int):
    one = [0] * len(all_of_them)
    one[place % len(one)] = strong
    assert points(all_of_them) > points(one)


def test_two_strong_axes_outrank_three_faint_ones():
    assert points([MOST, MOST, 0]) > points([1, 1, 1])


def test_the_best_there_can_be_is_a_hundred():
    assert percent(points([MOST] * 3), axes=3) == 100
    assert percent(points([0, 0]), axes=2) == 0


@pytest.mark.parametrize(
    ("score", "level", "expected"),
    [
        (0.9, "", 18),
        (1.0, "general", 20),
        (0.0, "", 0),
        (7.5, "", 20),
        (-1.0, "", 0),
        (None, "core", 20),
        (None, " Strong ", 17),
        (None, "none", 0),
        (None, "a word of tomorrow", 10),
        (None, "", 10),
    ],
)
def test_scores_and_words_are_worth_something(score: float | None, level: str, expected: int):
    assert worth(score, level) == expected


@given(st.lists(axis, min_size=1, max_size=3), st.sets(st.integers(0, SIZE - 1)))
def test_ranks_are_those_of_counting_one_by_one(axes: list[dict[int, int]], among: set[int]):
    found = ranked([as_levels(one) for one in axes], among=bitmap(among, size=SIZE))
    expected = {place: total for place in among if (total := points(one.get(place, 0) for one in axes))}
    assert {place: total for total, bits in found for place in members(bits)} == expected
    assert [total for total, _ in found] == sorted({*expected.values()}, reverse=True)


@given(st.lists(axis, min_size=1, max_size=4))
def test_either_of_several_names_counts_by_the_best(names: list[dict[int, int]]):
    merged = levels(pair for one in names for pair in as_levels(one))
    expected: dict[int, int] = {}
    for one in names:
        for place, value in one.items():
            expected[place] = max(value, expected.get(place, 0))
    assert {place: value for value, bits in merged for place in members(bits)} == expected


def as_levels(one: dict[int, int]):
    return levels((value, bitmap([place], size=SIZE)) for place, value in one.items())
