"""The relation explorer: choosing, neighbours, prerequisites, ways between two, and addresses that are none."""

from itertools import pairwise

import pytest
from django.test import Client

from patterns.enums import PublicationState, RelationState
from patterns.models import MovedSlug
from tests.factories.library import make_pattern, make_relation

pytestmark = pytest.mark.django_db
SUGGESTED = RelationState.SUGGESTED


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


@pytest.fixture
def charter():
    """Consent enables Charter, which requires Trust, which requires Ground; Charter is suggested to need Budget."""
    consent, charter, trust, ground, budget = (
        make_pattern(title) for title in ("Consent", "Charter", "Trust", "Ground", "Budget")
    )
    make_relation(consent, "enables", charter, evidence="Rules kept without policing.", weight=0.7)
    make_relation(charter, "requires", trust, evidence="Or nobody signs.")
    make_relation(trust, "requires", ground)
    make_relation(charter, "requires", budget, state=SUGGESTED)
    return charter


# Choosing


def test_the_first_page_offers_places_to_begin_and_explains_the_kinds(client: Client, charter):
    html = page(client, "/relations/")
    assert "Good places to begin" in html
    assert "does not work unless the other is there first" in html


@pytest.mark.parametrize("typed", ["Charter", "charter", "  CHÄRTER ", "the charter of us all"])
def test_a_clear_name_opens_its_pattern(client: Client, typed):
    make_pattern("Chärter", slug="charter", aliases=["The charter of us all"])
    response = client.get("/relations/", {"pattern": typed})
    assert (response.status_code, response["Location"]) == (302, "/relations/charter/")


def test_two_names_open_the_way_between_them_and_keep_the_switch(client: Client, charter):
    response = client.get("/relations/", {"pattern": "charter", "other": "Trust", "suggested": "yes"})
    assert response["Location"] == "/relations/charter/to/trust/?suggested=yes"


def test_a_slip_is_forgiven_by_a_choice(client: Client, charter):
    html = page(client, "/relations/?pattern=Chartr&other=Trust")
    assert "Which one do you mean by “Chartr”?" in html
    assert 'href="/relations/?pattern=charter&amp;other=Trust"' in html


def test_a_name_several_share_is_asked_about(client: Client):
    make_pattern("Twins", slug="twins-1")
    make_pattern("Twins", slug="twins-2")
    html = page(client, "/relations/?pattern=twins")
    assert "pattern=twins-1" in html
    assert "pattern=twins-2" in html


@pytest.mark.parametrize("typed", ["%00", "q" * 3000, "<script>", "ملكية", "%F0%9F%8C%B1"])
def test_nonsense_is_answered_in_words_and_kept(client: Client, charter, typed):
    html = page(client, f"/relations/?pattern={typed}")
    assert "<script>alert" not in html
    assert 'name="pattern"' in html


def test_only_the_second_name_counts_as_the_first(client: Client, charter):
    assert client.get("/relations/?other=Trust")["Location"] == "/relations/trust/"


def test_an_empty_library_says_so(client: Client):
    assert "No patterns of this library are joined yet." in page(client, "/relations/")


# Neighbours


def test_neighbours_stand_by_kind_in_and_out_with_their_reasons(client: Client, charter):
    html = page(client, "/relations/charter/")
    assert "Enabled by" in html
    assert "Rules kept without policing." in html
    assert "Requires" in html
    assert "Budget" not in html


def test_suggested_neighbours_come_by_a_switch_in_the_address(client: Client, charter):
    html = page(client, "/relations/charter/?suggested=yes")
    assert "Budget" in html
    assert "Suggested, not reviewed" in html
    assert "many are wrong" in html


def test_where_nothing_is_approved_the_switch_is_offered(client: Client):
    one = make_pattern("One")
    make_relation(one, "enables", make_pattern("Two"), state=SUGGESTED)
    html = page(client, "/relations/one/")
    assert "Nobody has reviewed a relation of this library yet" in html
    assert "1 is suggested" in html
    assert 'href="/relations/one/?suggested=yes"' in html


def test_a_pattern_without_relations_stands_alone(client: Client):
    make_pattern("One")
    assert "This pattern stands alone" in page(client, "/relations/one/")


def test_the_rest_of_a_kind_is_paged(client: Client):
    one = make_pattern("One")
    for number in range(14):
        make_relation(make_pattern(f"P{number:02}"), "enables", one)
    html = page(client, "/relations/one/")
    assert html.count("/relations/p") == 12
    assert 'href="/relations/one/?kind=enables&amp;way=in"' in html
    assert page(client, "/relations/one/?kind=enables&way=in").count("/relations/p") == 14


@pytest.mark.parametrize("query", ["kind=nothing", "kind=enables&page=2", "kind=%00", "kind=" + "x" * 3000])
def test_a_list_that_is_not_there_is_a_404(client: Client, charter, query):
    page(client, f"/relations/charter/?{query}", 404)


# Prerequisites


def test_prerequisites_of_any_depth_stand_in_layers(client: Client, charter):
    html = page(client, "/relations/charter/prerequisites/")
    assert "Needed directly" in html
    assert "2 steps away" in html
    assert "Ground" in html
    assert "Budget" not in html
    assert "No pattern needs it first" in html


def test_what_needs_a_pattern_is_said_too(client: Client, charter):
    html = page(client, "/relations/ground/prerequisites/")
    assert "Need it directly" in html
    assert "Charter" in html


def test_a_circle_is_said_in_words(client: Client, charter):
    ground = charter.relations_out.get(kind="requires", state="approved").target.relations_out.get().target
    make_relation(ground, "requires", charter)
    response = client.get("/relations/charter/prerequisites/")
    assert [[name.title for name in circle] for circle in response.context["found"].circles] == [
        ["Charter", "Trust", "Ground"]
    ]
    assert "Nobody could begin with any of them" in response.content.decode()


def test_a_deep_chain_is_cut_and_says_so(client: Client):
    patterns = [make_pattern(f"Step {number}") for number in range(12)]
    for one, other in pairwise(patterns):
        make_relation(one, "requires", other)
    html = page(client, "/relations/step-0/prerequisites/")
    assert "11 steps away" in html
    assert "5 more are in the list" in html


def test_retired_and_rejected_are_no_prerequisites(client: Client):
    one, away, beyond = (
        make_pattern("One"),
        make_pattern("Away", state=PublicationState.RETIRED),
        make_pattern("Beyond"),
    )
    make_relation(one, "requires", away)
    make_relation(away, "requires", beyond)
    make_relation(one, "requires", beyond, state=RelationState.REJECTED)
    make_relation(one, "requires", one)
    found = client.get("/relations/one/prerequisites/?suggested=yes").context["found"]
    assert (found.needs.total, found.circles) == (0, ())


# Ways


def test_a_direct_relation_is_said_with_its_reason(client: Client, charter):
    html = page(client, "/relations/charter/to/trust/")
    assert "Joined directly" in html
    assert "Or nobody signs." in html


def test_a_way_is_told_step_by_step(client: Client, charter):
    response = client.get("/relations/consent/to/ground/")
    way = response.context["found"].ways[0]
    assert [(step.here.title, step.said[0].phrase, step.there.title) for step in way.steps] == [
        ("Consent", "Enables", "Charter"), ("Charter", "Requires", "Trust"), ("Trust", "Requires", "Ground"),
    ]  # fmt: skip
    assert "3 steps apart" in response.content.decode()


def test_a_way_of_two_steps_is_what_both_share(client: Client, charter):
    found = client.get("/relations/consent/to/trust/").context["found"]
    assert found.ways == ()
    assert [one.name.title for one in found.shared] == ["Charter"]
    assert found.shared[0].left[0].phrase == "Enables"
    assert found.shared[0].right[0].phrase == "Required by"


def test_approved_ways_come_before_suggested_ones(client: Client):
    one, two, sure, maybe = (make_pattern(title) for title in ("One", "Two", "Sure", "Maybe"))
    for middle, state in ((maybe, SUGGESTED), (sure, RelationState.APPROVED)):
        make_relation(one, "enables", middle, state=state, weight=1.0 if middle is maybe else 0.1)
        make_relation(middle, "enables", two, state=state)
    found = client.get("/relations/one/to/two/?suggested=yes").context["found"]
    assert [shared.name.title for shared in found.shared] == ["Sure", "Maybe"]


def test_a_requirement_between_the_two_is_said_and_doubt_with_it(client: Client, charter):
    assert "“Ground” has to be there before “Charter”." in page(client, "/relations/charter/to/ground/")
    html = page(client, "/relations/charter/to/budget/?suggested=yes")
    assert "If the suggested relations are right, “Budget” has to be there before “Charter”." in html


def test_needing_each_other_is_a_circle(client: Client):
    one, other = make_pattern("One"), make_pattern("Other")
    make_relation(one, "requires", other)
    make_relation(other, "requires", one)
    assert "each need the other first" in page(client, "/relations/one/to/other/")


def test_where_no_way_leads_the_switch_is_offered(client: Client, charter):
    html = page(client, "/relations/charter/to/budget/")
    assert "No way leads from one to the other" in html
    assert "Look among suggested relations too" in html


def test_a_pattern_is_already_at_itself(client: Client, charter):
    assert "You are already there" in page(client, "/relations/charter/to/charter/")


def test_shared_neighbours_beyond_the_first_dozen_are_reachable(client: Client):
    one, other = make_pattern("One"), make_pattern("Other")
    for number in range(14):
        middle = make_pattern(f"M{number:02}")
        make_relation(one, "enables", middle)
        make_relation(middle, "enables", other)
    assert "Show all 14" in page(client, "/relations/one/to/other/")
    assert len(client.get("/relations/one/to/other/?shared=all").context["found"].shared) == 14


# Addresses


@pytest.mark.parametrize("tail", ["", "prerequisites/", "to/charter/"])
def test_moved_retired_and_unknown_patterns_get_their_own_answers(client: Client, charter, tail):
    MovedSlug.objects.create(slug="old", pattern=charter)
    make_pattern("Gone", state=PublicationState.RETIRED)
    moved = client.get(f"/relations/old/{tail}?suggested=yes")
    assert (moved.status_code, moved["Location"]) == (301, f"/relations/charter/{tail}?suggested=yes")
    assert "Gone" in page(client, f"/relations/gone/{tail}", 410)
    page(client, f"/relations/nobody/{tail}", 404)
    page(client, f"/relations/%00/{tail}", 404)


def test_the_other_end_may_have_moved_or_gone_too(client: Client, charter):
    MovedSlug.objects.create(slug="old", pattern=charter)
    make_pattern("Gone", state=PublicationState.RETIRED)
    assert client.get("/relations/trust/to/old/")["Location"] == "/relations/trust/to/charter/"
    page(client, "/relations/trust/to/gone/", 410)
    page(client, "/relations/trust/to/nobody/", 404)


def test_hostile_titles_and_reasons_are_text(client: Client):
    one, other = make_pattern("<b>One</b>", slug="one"), make_pattern("<i>Other</i>", slug="other")
    make_relation(one, "requires", other, evidence="<script>1</script>")
    make_relation(one, 'x" onload="', other)
    for address in ("", "prerequisites/", "to/other/"):
        html = page(client, f"/relations/one/{address}")
        assert not any(mark in html for mark in ("<b>One", "<i>Other", "<script>1", 'onload="'))


# Cost


@pytest.mark.parametrize("rows", [2, 6])
@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/relations/one/", 3),
        ("/relations/one/prerequisites/", 5),
        ("/relations/one/to/other/", 9),
        ("/relations/one/to/other/?shared=all", 9),
    ],
)
def test_queries_do_not_grow_with_the_rows(client: Client, django_assert_num_queries, rows, address, queries):
    one, other = make_pattern("One"), make_pattern("Other")
    for number in range(rows):
        middle, deep = make_pattern(f"M{number}"), make_pattern(f"D{number}")
        make_relation(one, "requires", middle)
        make_relation(middle, "requires", deep)
        make_relation(other, "enables", middle)
    client.get(address)
    with django_assert_num_queries(queries):
        client.get(address)


# In the rail of a pattern


def test_the_rail_draws_the_neighbours_and_says_what_the_lines_mean(client: Client, charter):
    html = page(client, "/patterns/charter/")
    assert html.count('class="stroke stroke-requires') == 2
    assert '<li class="kind kind-enables">enables</li>' in html
    assert "lighter: suggested, not reviewed" in html
    assert 'href="/relations/charter/"' in html


def test_the_rail_of_a_hub_stays_small(client: Client):
    hub = make_pattern("Hub")
    for number in range(30):
        make_relation(make_pattern(f"P{number}"), ("enables", "complements")[number % 2], hub, state=SUGGESTED)
    relations = client.get("/patterns/hub/").context["relations"]
    assert len(relations.picture.labels) == 12
    assert {stroke.kind for stroke in relations.picture.strokes} == {"enables", "complements"}
    assert (relations.suggested.total, relations.suggested.hidden) == (30, 18)


def test_the_picture_prefers_what_was_approved(client: Client):
    one = make_pattern("One")
    for number in range(13):
        make_relation(one, "enables", make_pattern(f"S{number}"), state=SUGGESTED, weight=1.0)
    make_relation(one, "requires", make_pattern("Sure"), weight=0.1)
    labels = client.get("/patterns/one/").context["relations"].picture.labels
    assert (labels[0].title, len(labels)) == ("Sure", 12)
