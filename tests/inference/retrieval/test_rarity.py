"""A word tells more the fewer passages have it, by the library as it is indexed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference import indexing
from inference.retrieval.rarity import LEAST, rarities, weight
from tests.factories.library import make_pattern


@pytest.mark.django_db
@pytest.mark.usefixtures("library_home")
def test_what_no_passage_has_tells_most(django_assert_num_queries):
    make_pattern("Bay", "Fishers share a bay.\n\n## Solution\n\nThey share its fish.\n", summary="How to share.")
    indexing.follow(embed=False)
    with django_assert_num_queries(1):
        found = rarities("Do fishers share asteroids?")
    assert found["asteroid"] == 1.0
    assert found["asteroid"] > found["fisher"] > found["share"] >= LEAST


@pytest.mark.django_db
@pytest.mark.parametrize("question", ["", "?", "of the and", "' OR 1=1 --", "a\u0301 日本語 & | ! :*"])
def test_no_question_breaks_the_count(question):
    assert all(LEAST <= one <= 1 for one in rarities(question).values())


@given(st.integers(0, 10**7), st.integers(0, 10**7))
def test_a_more_frequent_word_never_tells_more(first, second):
    few, many = sorted((first, second))
    assert 1 >= weight(few) >= weight(many) >= LEAST
