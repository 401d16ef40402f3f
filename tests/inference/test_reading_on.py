"""Reading on in the entries an answer is about, so that what is asked for is there."""

import pytest

from inference import indexing
from inference.retrieval import search
from inference.stages.reading import AHEAD, read_on
from inference.types import Entity, Route, RouteKind
from patterns.enums import PublicationState
from tests.factories.library import make_pattern

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library_home")]

BODY = """A time bank is a circle of people who record their help in hours.

## Solution

Therefore, count every hour alike.

## Implementation

1. **Choose a host.** People join where they already go.

## When not to use

Leave it where neighbours help each other freely.

## Known uses

Some towns have had one since 1990.

## Sources

Somebody wrote a book about it.
"""
PLAIN = Route(RouteKind.SEMANTIC, "")


@pytest.fixture
def bank():
    pattern = make_pattern("Time Bank", BODY)
    make_pattern("Seed Library", "A seed library lends seeds.\n\n## Implementation\n\nFind a shelf.\n")
    indexing.follow()
    return pattern


def named(pattern, kind=RouteKind.DIRECT):
    return Route(kind, "", (Entity("pattern", pattern.pk, pattern.slug, pattern.title, pattern.title, 100.0),))


def sections(evidence):
    return [one.section for one in evidence]


def test_the_part_a_question_asks_for_is_read_and_stands_up_front(bank):
    found = search("hours", limit=1).evidence
    read = read_on("How do we start a time bank?", named(bank), found)
    assert read[0] == found[0]
    assert "Implementation" in sections(read[: 1 + AHEAD])


def test_what_may_be_told_of_an_entry_is_read_and_not_what_nobody_asks_for(bank):
    read = sections(read_on("What is a time bank?", named(bank), ()))
    assert {"", "Solution", "When not to use"} <= {section.lower().capitalize() for section in read}
    assert not {"Sources", "Known uses", "Implementation"} & {section.capitalize() for section in read}


def test_nothing_is_read_twice(bank):
    found = search("time bank hours", limit=9).evidence
    ids = [one.passage_id for one in read_on("Where is it used?", named(bank), found)]
    assert len(ids) == len(set(ids))


def test_of_what_a_search_found_the_best_entry_is_read_whole(bank):
    found = search("circle of people who record help in hours", limit=1).evidence
    assert "When Not to Use" in {
        section.title().replace(" To ", " to ") for section in sections(read_on("Hours?", PLAIN, found))
    }


def test_what_was_retired_is_not_read(bank):
    bank.state = PublicationState.RETIRED
    bank.save()
    assert read_on("What is a time bank?", named(bank), ()) == ()


def test_it_takes_one_query(bank, django_assert_num_queries):
    found = search("hours", limit=3).evidence
    with django_assert_num_queries(1):
        read_on("What is a time bank?", named(bank, RouteKind.COMPARE), found)
