"""A list of the queue is an address: what is read from one is written back as the same, and rubbish is passed over."""

from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from patterns.review.filters import AGES, AUTHORS, LEVELS, SORTS, STATES, TIERS, Filters, Place, joined

# Names as rooms and libraries write them; what an address does to others is in the next test.
plain = st.sampled_from(["edit", "new_pattern", "a&b=c", "50 % + #?", "水池", "é/ß", "01", "-", "x" * 40])
filters = st.builds(
    Filters, kinds=st.lists(plain, unique=True, max_size=4).map(lambda found: tuple(sorted(found))),
    state=st.sampled_from(STATES), author=st.sampled_from(["", *AUTHORS]), others=st.booleans(),
    age=st.sampled_from([0, *AGES]), level=st.sampled_from(["", *LEVELS]), tier=st.sampled_from(["", *TIERS]),
    domain=st.just("") | plain, quick=st.booleans(), words=st.just("") | plain, sort=st.sampled_from(SORTS),
)  # fmt: skip


def read(query):
    return Filters.read(QueryDict(query))


@given(filters)
def test_a_list_is_read_from_its_own_address(wanted):
    assert read(wanted.query()) == wanted


@given(
    st.dictionaries(st.sampled_from(["kind", "state", "age", "q", "sort", "after", "domain"]), st.text(max_size=200))
)
def test_no_address_is_an_error(given_values):
    query = QueryDict(mutable=True)
    query.update(given_values)
    found = Filters.read(query)
    assert found.state in STATES
    assert "\x00" not in found.words + found.domain
    Place.read(query)


def test_what_everybody_sees_has_a_bare_address():
    assert Filters().query() == ""
    assert joined(Filters().query(), "") == ""
    assert joined("kind=edit", "after=1.2") == "?kind=edit&after=1.2"


def test_several_kinds_stand_in_one_address_and_one_can_be_taken_away():
    wanted = read("kind=flag&kind=edit&kind=edit&state=free")
    assert wanted.kinds == ("edit", "flag")
    assert wanted.query() == "kind=edit&kind=flag&state=free"
    assert wanted.without_kind("flag") == "kind=edit&state=free"


def test_the_order_and_the_state_are_no_filters():
    assert read("state=mine&sort=oldest").active == ()
    assert read("quick=1&q=well").active == ("quick", "words")


@given(st.integers(-(10**17) + 1, 10**17 - 1), st.integers(0, 10**18 - 1), st.booleans())
def test_a_place_is_read_as_it_was_written(key, pk, backwards):
    place = Place(key, pk, backwards)
    assert Place.read(QueryDict(place.query)) == place
