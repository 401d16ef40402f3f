"""The filters of the list of lighthouses count truly, and any address means something."""

from datetime import UTC, datetime, timedelta

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from patterns.lighthouses.filters import FILTERS, SORTS, Chosen, Place, options, ordered, value_of

START = datetime(2026, 1, 1, tzinfo=UTC)
KINDS = ("city", "City", "organization", "")
COUNTRIES = ("Spain (Catalonia)", "Spain", "spain", "Norway", "")
SECTORS = ("Retail", "retail (shops)", "")


@st.composite
def lists_of_places(draw):
    rows = draw(st.lists(st.tuples(*map(st.sampled_from, (KINDS, COUNTRIES, SECTORS))), max_size=12))
    return [place(number, *row) for number, row in enumerate(rows)]


def place(number, kind="", country="", sector="", *, title="", known=0):
    day = START + timedelta(days=number)
    return Place(number, f"p-{number}", title or f"P{number}", "", kind, country, sector, "", "L", day, known, 0)


def chosen(query):
    return Chosen.from_query(QueryDict(query))


@given(
    lists_of_places(),
    st.lists(
        st.tuples(st.sampled_from(FILTERS), st.sampled_from((*KINDS, *COUNTRIES, *SECTORS, "nowhere"))), max_size=4
    ),
)
def test_every_count_is_what_choosing_the_value_alone_would_leave(places, wanted):
    now = Chosen(values={name: (value_of(value),) for name, value in wanted if value_of(value)})
    for name in FILTERS:
        for option in options(places, now, name):
            alone = Chosen(values={**now.values, name: (option.value,)})
            assert option.count == len(ordered(places, alone))


@given(lists_of_places(), st.sampled_from(FILTERS))
def test_every_value_there_is_can_be_chosen(places, name):
    offered = {option.value for option in options(places, Chosen(), name)}
    assert offered == {each.value(name) for each in places if each.value(name)}


def test_two_values_of_one_filter_mean_either_and_two_filters_both():
    places = [place(1, "city", "Spain"), place(2, "city", "Norway"), place(3, "organization", "Norway")]
    found = ordered(places, chosen("country=spain&country=norway&kind=city"))
    assert [each.id for each in found] == [1, 2]


def test_a_country_is_one_however_it_is_written():
    places = [place(1, country="Spain (Catalonia)"), place(2, country="spain"), place(3, country="Spain")]
    (option,) = options(places, Chosen(), "country")
    assert (option.label, option.count, option.address) == ("Spain", 3, "?country=spain")


def test_choosing_again_takes_a_value_away():
    now = chosen("country=spain&kind=city&sort=uses")
    assert now.toggled("country", "spain") == "?kind=city&sort=uses"
    assert now.toggled("country", "norway") == "?kind=city&country=norway&country=spain&sort=uses"


def test_a_chosen_value_that_nothing_has_can_be_taken_away():
    (option,) = options([], chosen("country=atlantis"), "country")
    assert (option.count, option.chosen, option.address) == (0, True, "?")


@pytest.mark.parametrize(
    ("sort", "expected"), [("title", [3, 2, 1]), ("uses", [1, 2, 3]), ("country", [2, 1, 3]), ("recent", [3, 2, 1])]
)
def test_orders(sort, expected):
    places = [
        place(1, country="Spain", title="Zeal", known=5),
        place(2, country="Norway", title="Moss", known=2),
        place(3, title="Acre"),
    ]
    assert [each.id for each in ordered(places, Chosen(sort=sort))] == expected


@given(st.text(max_size=200))
def test_any_query_string_means_something(text):
    now = Chosen.from_query(QueryDict(text.encode("utf-8", "replace"), mutable=False))
    assert now.sort in SORTS
    assert now.page >= 0
    again = chosen(now.address(page=max(now.page, 1))[1:])
    assert (again.values, again.sort) == (now.values, now.sort)


@pytest.mark.parametrize("page", ["0", "-1", "x", "9" * 40, "٣", ""])
def test_what_is_no_page_is_none(page):
    assert chosen(f"page={page}").page == 0


def test_very_many_and_very_long_values_are_bounded():
    now = chosen("&".join(f"country=c{number}" for number in range(500)) + "&kind=" + "x" * 100_000)
    assert len(now.values["country"]) == 20
    assert "kind" not in now.values
