"""The desk: who may open it, what it shows and costs, and that one form does exactly what it says."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from patterns.doubting import keeping
from patterns.enums import RelationState, Role
from patterns.models import Relation, RelationBatch
from patterns.queries import desk_rows
from patterns.relating.choosing import Chosen
from patterns.relating.deciding import mark_of
from tests.factories.library import make_pattern, make_user
from tests.factories.people import make_reviewer
from tests.factories.relating import many, suggested

pytestmark = pytest.mark.django_db
DESK = "/review/relations/"


@pytest.fixture(autouse=True)
def forgetful():
    cache.clear()


@pytest.fixture
def reviewer(client):
    person = make_reviewer("Grace")
    client.force_login(person)
    return person


def value(relation):
    return f"{relation.pk}:{mark_of(Relation.objects.get(pk=relation.pk))}"


def states():
    return sorted(Relation.objects.values_list("state", flat=True))


ADDRESSES = [
    ("get", "relation_desk", []), ("post", "relation_decide", []), ("post", "relation_decide_all", []),
    ("post", "relation_undo", [1]),
]  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(("roles", "status"), [(None, 302), ([], 403), ([Role.CONTRIBUTOR], 403)])
def test_the_desk_is_for_reviewers(client, address, roles, status):
    method, name, args = address
    if roles is not None:
        client.force_login(make_user(roles=roles))
    answer = getattr(client, method)(reverse(name, args=args))
    assert answer.status_code == status
    assert getattr(client, "post" if method == "get" else "get")(reverse(name, args=args)).status_code in {
        302,
        403,
        405,
    }


def test_the_overview_counts_every_group_and_says_what_it_means(client, reviewer):
    well = make_pattern("Well")
    suggested(well, well)
    suggested()
    keeping.follow()
    page = client.get(DESK).content.decode()
    assert "Joined to itself" in page
    assert "Both ends are the same pattern." in page
    assert "No doubt found" in page
    assert "2 wait for a person." in page


def test_relations_nobody_has_looked_at_are_a_group_of_their_own_and_the_desk_says_it_is_behind(client, reviewer):
    suggested()
    page = client.get(f"{DESK}?doubt=unseen")
    assert "worked out for the first time" in page.content.decode()
    assert [group.kind for group in page.context["groups"]] == ["unseen"]
    assert len(page.context["page"].rows) == 1


def test_a_row_says_the_sentence_the_evidence_with_names_marked_and_the_doubt(client, reviewer):
    well, fence = make_pattern("Old Well"), make_pattern("Long Fence")
    suggested(well, fence, evidence="Old Well needs <b>Long Fence</b>.", weight=0.7)
    suggested(well, fence, evidence="", stands_at="relationships.enables[1]")
    keeping.follow()
    page = client.get(f"{DESK}?all=yes").content.decode()
    assert "<mark>Old Well</mark> needs &lt;b&gt;<mark>Long Fence</mark>&lt;/b&gt;." in page
    assert "The same is said 2 times; the one to keep is relationships.enables[0]." in page
    assert "relationships.enables[1]" in page
    assert reverse("pattern", args=["old-well"]) in page


def test_one_row_is_accepted_and_the_list_goes_on_at_the_next(client, reviewer):
    one, two = many(2)
    answer = client.post(f"{reverse('relation_decide')}?all=yes", {"one": f"accept:{value(one)}"})
    assert answer.url == f"{DESK}?all=yes#row-{two.pk}"
    assert states() == ["approved", "suggested"]


def test_ticked_ones_and_those_of_the_page(client, reviewer):
    found = many(3)
    decide = reverse("relation_decide") + "?all=yes"
    shown = {"shown": [value(one) for one in found], "reason": "Noise.", "act": "reject"}
    client.post(decide, shown | {"scope": "ticked", "pick": [value(found[1])]})
    assert states() == ["rejected", "suggested", "suggested"]
    client.post(decide, shown | {"scope": "page", "pick": []})
    assert states() == ["rejected"] * 3


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"scope": "ticked", "act": "reject", "reason": "x"}, "Tick at least one"),
        ({"scope": "ticked", "act": "steal"}, "accept or reject"),
        ({"one": "steal:5:x"}, "accept or reject"),
        ({"one": "accept:zz"}, "Tick at least one"),
        ({"scope": "all", "act": "steal"}, "accept or reject"),
    ],
)
def test_a_form_that_says_nothing_clear_changes_nothing(client, reviewer, form, said):
    many(1)
    answer = client.post(reverse("relation_decide") + "?all=yes", form)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert states() == ["suggested"]


def test_a_rejection_without_a_reason_is_asked_for_one_and_keeps_the_list(client, reviewer):
    found = many(2)
    form = {"scope": "page", "act": "reject", "shown": [value(one) for one in found]}
    answer = client.post(reverse("relation_decide") + "?all=yes", form)
    assert answer.status_code == 422
    assert "Say why in a sentence" in answer.content.decode()


def test_many_doubted_ones_are_looked_at_again_before_they_are_accepted(client, reviewer):
    found = [suggested() for _ in range(2)]
    suggested(found[0].source, found[0].target)
    keeping.follow()
    every = list(Relation.objects.order_by("pk"))
    form = {"scope": "page", "act": "accept", "shown": [value(one) for one in every]}
    answer = client.post(reverse("relation_decide") + "?all=yes", form)
    assert "Something speaks against 1 of them" in answer.content.decode()
    assert states() == ["suggested"] * 3
    confirmed = {"act": "accept", "confirmed": "yes", "pick": [value(one) for one in every]}
    client.post(reverse("relation_decide") + "?all=yes", confirmed)
    assert states() == ["approved"] * 3


def test_all_that_fit_are_confirmed_by_a_sample_and_a_changed_list_is_refused(client, reviewer):
    found = many(5, target=make_pattern("Biased"))
    query = "?target=biased"
    answer = client.post(reverse("relation_decide") + query, {"scope": "all", "act": "reject", "reason": "Noise."})
    page = answer.content.decode()
    assert "Reject 5 relations?" in page
    assert len(answer.context["sample"]) == 5
    seen = re.search(r'name="seen" value="([^"]+)"', page)[1]
    suggested(target=found[0].target)
    refused = client.post(reverse("relation_decide_all") + query, {"act": "reject", "reason": "Noise.", "seen": seen})
    assert refused.status_code == 409
    assert "5 relations then, 6 now" in refused.content.decode()
    assert "Noise." in refused.content.decode()
    assert states() == ["suggested"] * 6
    seen = re.search(r'name="seen" value="([^"]+)"', refused.content.decode())[1]
    client.post(reverse("relation_decide_all") + query, {"act": "reject", "reason": "Noise.", "seen": seen})
    assert states() == ["rejected"] * 6


def test_the_last_act_is_undone_from_the_list(client, reviewer):
    found = many(2)
    form = {"scope": "page", "act": "reject", "reason": "x", "shown": [value(one) for one in found]}
    client.post(reverse("relation_decide") + "?all=yes", form)
    batch = RelationBatch.objects.get()
    assert reverse("relation_undo", args=[batch.pk]) in client.get(DESK).content.decode()
    answer = client.post(reverse("relation_undo", args=[batch.pk]), follow=True)
    assert "Taken back: 2 relations are as they were." in answer.content.decode()
    assert states() == ["suggested"] * 2
    assert client.post(reverse("relation_undo", args=[batch.pk])).status_code == 409
    assert client.post(reverse("relation_undo", args=[10**9])).status_code == 404


def test_ones_own_suggestion_has_no_buttons(client, reviewer):
    own = suggested(suggested_by=reviewer)
    page = client.get(f"{DESK}?all=yes").content.decode()
    assert "Your own: another person decides" in page
    assert f"accept:{own.pk}" not in page
    assert client.post(reverse("relation_decide"), {"one": f"accept:{value(own)}"}).status_code == 403


def test_pages_follow_each_other_without_a_gap_and_back(client, reviewer):
    found = [one.pk for one in many(desk_rows.A_PAGE * 2 + 3)]
    read, after = [], 0
    while True:
        page = desk_rows.page(Chosen(), reviewer=reviewer, after=after)
        read += [row.relation.pk for row in page.rows]
        if page.after is None:
            break
        after = page.after
    assert read == found
    back = desk_rows.page(Chosen(), reviewer=reviewer, before=page.before)
    assert [row.relation.pk for row in back.rows] == found[desk_rows.A_PAGE : desk_rows.A_PAGE * 2]
    assert desk_rows.page(Chosen(), reviewer=reviewer, before=back.before).before is None


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=requires", 1), ("kind=enables", 2), ("domain=water", 1), ("library=starter", 3), ("library=none", 0),
        ("source=well", 1), ("source=Old+WELL", 1), ("target=nowhere", 1), ("target=nothing-like-it", 0),
        ("doubt=dangling", 1), ("doubt=invented", 0), ("kind=enables&doubt=none", 1), ("after=zz&all=yes", 3),
        ("all=yes&after=99999999999999999999999", 3), ("source=%00", 3),
    ],
)  # fmt: skip
def test_filters(client, reviewer, query, found):
    suggested(make_pattern("Old Well", slug="well", domain="water"), kind="requires")
    suggested()
    dangling = suggested()
    Relation.objects.filter(pk=dangling.pk).update(target=None, target_ref="nowhere")
    keeping.follow()
    answer = client.get(f"{DESK}?{query}")
    assert answer.status_code == 200
    if answer.context["listing"]:
        assert len(answer.context["page"].rows) == found


def cost(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as made:
        client.get(address)
    return len(made)


@pytest.mark.parametrize("address", [DESK, f"{DESK}?all=yes", f"{DESK}?doubt=none"])
def test_the_desk_costs_the_same_for_one_relation_and_for_three(client, reviewer, address):
    many(1)
    one = cost(client, address)
    many(2)
    assert cost(client, address) == one


def test_the_picture_of_the_graph_has_its_numbers_as_a_table(client, reviewer):
    relation = suggested()
    client.post(reverse("relation_decide"), {"one": f"accept:{value(relation)}"})
    page = client.get(DESK)
    assert page.context["growth"].days[-1][1] == 1
    assert page.context["growth"].more == 1
    assert "approved relations, 1 more than four weeks ago" in page.content.decode()
    assert Relation.objects.get().state == RelationState.APPROVED
