"""The assessment's picture stands on its scale, whatever the scores and their names."""

from hypothesis import given
from hypothesis import strategies as st

from patterns.drawing.assessment import pips, profile

scores = st.lists(st.tuples(st.text(max_size=80), st.floats(0, 5)), min_size=2, max_size=20)


@given(scores, st.none() | st.floats(0, 5))
def test_every_dot_is_on_the_scale_and_in_its_row(given_scores, overall):
    drawn = profile(given_scores, overall=overall)
    assert [row.value for row in drawn.rows] == [value for _, value in given_scores]
    assert all(drawn.start <= row.x <= drawn.end for row in drawn.rows)
    assert all(0 < row.y < drawn.foot for row in drawn.rows)
    assert len({row.y for row in drawn.rows}) == len(drawn.rows)


def test_a_higher_score_stands_further_along():
    low, high = profile([("a", 1.0), ("b", 4.5)], overall=None).rows
    assert low.x < high.x


def test_a_score_of_four_and_a_bit_fills_four_rings_and_a_bit():
    assert [pip.radius for pip in pips(4.2)] == [6, 6, 6, 6, 1.2]
