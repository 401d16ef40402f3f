"""Sets as bits hold exactly their members."""

from hypothesis import given
from hypothesis import strategies as st

from patterns.faceting.bitmaps import bitmap, members, truths

numbers = st.sets(st.integers(0, 200))


@given(numbers)
def test_members_come_back_in_order(chosen: set[int]):
    assert list(members(bitmap(chosen, size=201))) == sorted(chosen)


@given(numbers, numbers)
def test_bits_count_what_two_sets_share(one: set[int], other: set[int]):
    assert (bitmap(one, size=201) & bitmap(other, size=201)).bit_count() == len(one & other)


@given(numbers)
def test_truths_say_of_each_number_whether_it_is_in(chosen: set[int]):
    found = truths(bitmap(chosen, size=201))
    assert {place for place, one in enumerate(found) if one} == chosen
