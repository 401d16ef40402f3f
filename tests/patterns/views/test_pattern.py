"""The pattern page, its revisions and its history."""

import pytest
from django.test import Client
from django.urls import reverse

from patterns.enums import PublicationState, RelationState
from patterns.models import MovedSlug, Rendering
from patterns.queries.passages import passage_url
from tests.factories.library import add_revision, make_lighthouse, make_pattern, make_relation

pytestmark = pytest.mark.django_db
BODY = "## Context\n\nPeople share a well. They must agree on its use.\n\n## Problem\n\nNobody decides.\n"


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_a_pattern_shows_title_summary_and_text(client: Client):
    make_pattern("Shared well", BODY, summary="Agree on the water.")
    html = page(client, "/patterns/shared-well/")
    assert '<h1 class="title" dir="auto">Shared well</h1>' in html
    assert "Agree on the water." in html
    assert '<h2 id="context">Context</h2>' in html
    assert "Licence" in html


def test_hostile_front_matter_is_text(client: Client):
    front = {
        "title": "x",
        "context_labels": {"<b>tech</b>": "<script>1</script>"},
        "sources": [{"title": "<i>t</i>", "url": "javascript:alert(1)"}, 7, None, ["x"]],
        "ontology": {"commons_assessment": {"value": "NaN", "<i>": 3, "big": 10**400}},
    }
    pattern = make_pattern("Odd", BODY, revision={"front": front}, aliases=["<u>alias</u>"], domain="<s>d</s>")
    html = page(client, pattern.get_absolute_url())
    assert "<script>1" not in html
    assert "javascript:" not in html
    assert not any(tag in html for tag in ("<b>", "<i>", "<u>", "<s>"))


@pytest.mark.parametrize(
    "front", [{"context_labels": "x"}, {"ontology": []}, {"sources": "One book"}, {"classification": 1}]
)
def test_front_matter_of_another_shape_breaks_nothing(client: Client, front: dict):
    pattern = make_pattern("Odd", BODY, revision={"front": front})
    page(client, pattern.get_absolute_url())


def test_relations_are_said_from_this_patterns_side(client: Client):
    one, other = make_pattern("One"), make_pattern("Other")
    make_relation(one, "requires", other)
    assert "Requires" in page(client, "/patterns/one/")
    assert "Required by" in page(client, "/patterns/other/")


def test_suggested_relations_stand_apart(client: Client):
    one = make_pattern("One")
    make_relation(one, "enables", make_pattern("Sure"))
    make_relation(one, "enables", make_pattern("Maybe"), state=RelationState.SUGGESTED)
    relations = client.get("/patterns/one/").context["relations"]
    assert [n.title for group in relations.approved.groups for n in group.neighbours] == ["Sure"]
    assert [n.title for group in relations.suggested.groups for n in group.neighbours] == ["Maybe"]


def test_rejected_retired_unresolved_and_circular_relations_are_not_shown(client: Client):
    one = make_pattern("One")
    make_relation(one, "enables", make_pattern("No"), state=RelationState.REJECTED)
    make_relation(one, "enables", make_pattern("Away", state=PublicationState.RETIRED))
    make_relation(one, "enables", None)
    make_relation(one, "enables", one)
    relations = client.get("/patterns/one/").context["relations"]
    assert relations.approved.total == relations.suggested.total == 0


def test_the_same_relation_from_two_files_is_said_once(client: Client):
    one, other = make_pattern("One"), make_pattern("Other")
    make_relation(one, "enables", other)
    make_relation(one, "enables", other, state=RelationState.SUGGESTED)
    relations = client.get("/patterns/one/").context["relations"]
    assert (relations.approved.total, relations.suggested.total) == (1, 0)


def test_a_kind_nobody_knows_is_shown_as_written(client: Client):
    make_relation(make_pattern("One"), "grows_from", make_pattern("Other"))
    assert "Grows from" in page(client, "/patterns/one/")


def test_many_relations_are_shown_on_request(client: Client):
    one = make_pattern("One")
    for number in range(15):
        make_relation(one, "enables", make_pattern(f"P{number}"), state=RelationState.SUGGESTED)
    assert "Show all 15" in page(client, "/patterns/one/")
    assert "Show all" not in page(client, "/patterns/one/?relations=all")


def test_lighthouses_that_use_it_are_named(client: Client):
    pattern = make_pattern("Shared well")
    make_lighthouse("Wellstead", uses=(pattern,))
    assert "Wellstead" in page(client, "/patterns/shared-well/")


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_the_rows(client: Client, rows: int, django_assert_num_queries):
    one = make_pattern("One", BODY)
    for number in range(rows):
        other = make_pattern(f"Other {number}")
        make_relation(one, "enables", other)
        make_lighthouse(f"Light {number}", uses=(one,))
    client.get("/patterns/one/?relations=all")
    with django_assert_num_queries(4):
        client.get("/patterns/one/")
    with django_assert_num_queries(2):
        client.get("/patterns/one/")


def test_a_rendered_copy_of_an_older_renderer_is_made_anew(client: Client):
    pattern = make_pattern("One", BODY)
    Rendering.objects.create(revision=pattern.current, version=0, html="old", sections=[])
    assert "People share a well" in page(client, "/patterns/one/")


def test_a_moved_slug_redirects_for_good_and_keeps_the_query(client: Client):
    pattern = make_pattern("New name")
    MovedSlug.objects.create(slug="old-name", pattern=pattern)
    response = client.get("/patterns/old-name/?relations=all")
    assert response.status_code == 301
    assert response["Location"] == "/patterns/new-name/?relations=all"


def test_a_retired_pattern_is_gone_in_words(client: Client):
    make_pattern("Old idea", state=PublicationState.RETIRED)
    response = client.get("/patterns/old-idea/")
    assert response.status_code == 410
    assert "Old idea" in response.content.decode()


@pytest.mark.parametrize("slug", ["nothing-here", "%00", "a" * 300, "%0a", "..", "%F0%9F%8C%B1", "a%2Fb"])
def test_an_unknown_address_is_a_404(client: Client, slug: str):
    assert client.get(f"/patterns/{slug}/").status_code == 404


def test_a_citation_opens_its_revision_with_the_passage_marked(client: Client):
    pattern = make_pattern("Shared well", BODY)
    cited = pattern.current
    add_revision(pattern, BODY.replace("Nobody", "Everybody"))
    start = BODY.index("They must")
    html = page(client, passage_url(cited, start=start, end=start + len("They must agree on its use.")))
    assert '<mark class="cited" id="passage">They must agree on its use.</mark>' in html
    assert "The text has changed since." in html


def test_the_current_revision_says_so(client: Client):
    pattern = make_pattern("Shared well", BODY)
    assert "This is the text as it stands now." in page(client, pattern.current.get_absolute_url())


@pytest.mark.parametrize(
    "query", ["start=5&end=2", "start=x&end=9", "start=-1&end=4", "start=1&end=" + "9" * 40, "start=99998&end=99999"]
)
def test_a_passage_that_is_none_marks_nothing(client: Client, query: str):
    pattern = make_pattern("Shared well", BODY)
    assert "<mark" not in page(client, f"{pattern.current.get_absolute_url()}?{query}")


@pytest.mark.parametrize("number", [0, 2, 10**30])
def test_an_unknown_revision_is_a_404(client: Client, number: int):
    make_pattern("Shared well")
    assert client.get(f"/patterns/shared-well/r/{number}/").status_code == 404


def test_history_names_every_revision(client: Client):
    pattern = make_pattern("Shared well", BODY)
    add_revision(pattern, BODY, message="Clearer words")
    html = page(client, reverse("pattern_history", args=["shared-well"]))
    assert "Revision 1" in html
    assert "Clearer words" in html


@pytest.mark.parametrize("rows", [1, 3])
def test_history_costs_the_same_for_any_number_of_revisions(client: Client, rows: int, django_assert_num_queries):
    pattern = make_pattern("Shared well", BODY)
    for _ in range(rows):
        add_revision(pattern, BODY)
    with django_assert_num_queries(5):
        client.get("/patterns/shared-well/history/")
