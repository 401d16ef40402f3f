"""The curators' pages: who may open and post, what they say first, and that nothing typed is lost."""

import itertools

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from patterns import publishing
from patterns.enums import PublicationState, Role, Tier
from patterns.models import Lighthouse, Pattern, PatternMerge, Submission
from patterns.publishing import standing
from patterns.urls.managing import urlpatterns
from tests.factories.library import add_revision, make_curator, make_lighthouse, make_pattern, make_relation, make_user

pytestmark = pytest.mark.django_db
ACTS = sorted(
    one.name
    for one in urlpatterns
    if one.name not in {"manage_pattern", "manage_lighthouse", "review_tiers", "take_up_gold"}
)
OPEN = ["manage_pattern", "manage_lighthouse", "review_tiers"]


@pytest.fixture
def library():
    well = make_pattern("Well", tier=Tier.SILVER)
    add_revision(well, "## Context\n\nDeeper.\n")
    place = make_lighthouse("Harbour", uses=(well,))
    add_revision(place, "## Story\n\nStill there.\n")
    return {"pattern": well, "lighthouse": place}


@pytest.fixture
def curator(client):
    person = make_curator("Ada")
    client.force_login(person)
    return person


def address(name):
    if name == "review_tiers":
        return reverse(name)
    slug = "harbour" if name.endswith("lighthouse") else "well"
    return reverse(name, args=[slug, 1] if name.startswith("revert") else [slug])


@pytest.mark.parametrize("name", [*OPEN, *ACTS])
@pytest.mark.parametrize("roles", [None, [], [Role.CONTRIBUTOR], [Role.REVIEWER]])
def test_others_neither_open_nor_post(client, library, name, roles):
    if roles is not None:
        client.force_login(make_user(roles=roles))
    before = [standing(one) for one in library.values()]
    fence = make_pattern("Fence")
    forged = {"reason": "So", "ground": "So", "into": fence.pk, "title": "X", "slug": "x", "roles": "curator"}
    for answer in (client.get(address(name)), client.post(address(name), forged)):
        if answer.status_code == 405:
            continue
        assert answer.status_code == (302 if roles is None else 403)
        assert roles is not None or "/login/" in answer["Location"]
    assert [standing(type(one).objects.get(pk=one.pk)) for one in library.values()] == before


@pytest.mark.parametrize("name", [*OPEN, *ACTS])
def test_curators_open_every_page_and_a_post_without_a_reason_does_nothing(client, curator, library, name):
    answer = client.get(address(name))
    if name == "unmerge_pattern":
        assert answer.status_code == 302
        return
    assert answer.status_code == 200
    assert b"noindex" in answer.content
    if name in ACTS and name != "merge_pattern":
        assert client.post(address(name), {}).status_code == 422
    assert client.get(address(name).replace("well", "nowhere").replace("harbour", "nowhere")).status_code in {200, 404}


def seen_of(name):
    """What the form of the page sends back."""
    return standing(Lighthouse.objects.get() if name.endswith("lighthouse") else Pattern.objects.get(slug="well"))


def post(client, name, **data):
    return client.post(address(name), {"seen": seen_of(name)} | data, follow=True)


def test_taking_out_leads_to_the_page_and_the_address_says_why(client, curator, library):
    make_pattern("Spring")
    seen = standing(library["pattern"])
    page = post(client, "retire_pattern", reason="Dry <b>now</b>", successor="spring", seen=seen)
    assert "Dry &lt;b&gt;now&lt;/b&gt;" in page.content.decode()
    client.logout()
    gone = client.get("/patterns/well/")
    assert (gone.status_code, gone["Cache-Control"]) == (410, "no-cache")  # browsers keep a 410 for ever otherwise
    text = gone.content.decode()
    assert "Dry &lt;b&gt;now&lt;/b&gt;" in text
    assert 'href="/patterns/spring/"' in text
    for tail in ("history/", "r/1/", "card/", "edit/", "text/"):
        assert client.get(f"/patterns/well/{tail}").status_code == 410


def test_an_unknown_successor_is_said_beside_the_field_and_keeps_the_reason(client, curator, library):
    answer = client.post(address("retire_pattern"), {"reason": "Dry since May", "successor": "Sprnig"})
    assert answer.status_code == 422
    assert "No published pattern is called “Sprnig”" in answer.content.decode()
    assert "Dry since May" in answer.content.decode()
    assert Pattern.objects.get(slug="well").state == PublicationState.PUBLISHED


def test_the_second_curator_reads_what_the_first_did(client, curator, library):
    seen = standing(library["pattern"])
    publishing.retire(library["pattern"], actor=make_curator("Grace"), reason="Dry")
    page = post(client, "retire_pattern", reason="Closed", seen=seen)
    assert "Grace took it out already and said: “Dry”. Nothing changed." in page.content.decode()


def test_what_changed_meanwhile_is_told_once_and_the_words_stay(client, curator, library):
    seen = standing(library["pattern"])
    add_revision(library["pattern"], "## Context\n\nDeepest.\n")
    data = {"title": "Shared well", "slug": "shared-well", "reason": "It is shared", "seen": seen}
    answer = client.post(address("rename_pattern"), data)
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "Somebody changed this" in text
    assert 'value="Shared well"' in text
    data["seen"] = answer.context["form"].data["seen"]
    assert client.post(address("rename_pattern"), data).status_code == 302


def test_restore_rename_and_revert_through_the_pages(client, curator, library):
    well = library["pattern"]
    publishing.retire(well, actor=None, reason="So")
    page = post(client, "restore_pattern", reason="Wet", seen=standing(well))
    assert "is back in the library" in page.content.decode()
    post(client, "revert_pattern", reason="Clearer", seen=standing(Pattern.objects.get(slug="well")))
    well.refresh_from_db()
    assert (well.current.number, well.current.message) == (3, "Back to revision 1: Clearer")
    page = post(client, "rename_pattern", title="Spring", slug="spring", reason="Truer", keep_title="on")
    assert page.redirect_chain[-1][0] == "/patterns/spring/manage/"
    moved = client.get("/patterns/well/history/?before=2")
    assert (moved.status_code, moved["Location"]) == (301, "/patterns/spring/history/?before=2")
    assert client.get("/patterns/well/manage/")["Location"] == "/patterns/spring/manage/"


def test_a_clash_of_addresses_is_said_in_words(client, curator, library):
    make_pattern("Fence")
    answer = post(client, "rename_pattern", title="Well", slug="fence", reason="So")
    assert answer.status_code == 422
    assert "The address “fence” belongs to “Fence”" in answer.content.decode()


def test_two_are_chosen_seen_side_by_side_and_merged(client, curator, library):
    spring = make_pattern("Spring", "## Risks\n\nIt may run dry.\n", aliases=["Source"])
    make_relation(spring, target=make_pattern("Fence"))
    start = "/patterns/spring/manage/merge/"
    assert client.get(start + "?into=nothing+like+it").status_code == 422
    assert client.get(start + "?into=spring").status_code == 422
    page = client.get(start + "?into=Well")
    text = page.content.decode()
    assert "Moves to the one that stays: relations (1)" in text
    assert "Source" in text
    sent = {"into": library["pattern"].pk, "seen": standing(spring), "seen_into": standing(library["pattern"])}
    sent |= {"aliases": ["Spring"], "sections": ["risks"]}
    assert client.post(start, sent).status_code == 422
    done = client.post(start, sent | {"reason": "The same"}, follow=True)
    assert "wait as a draft in your work" in done.content.decode()
    assert Submission.objects.get().pattern == library["pattern"]
    moved = client.get("/patterns/spring/")
    assert (moved.status_code, moved["Location"], moved["Cache-Control"]) == (301, "/patterns/well/", "no-cache")
    past = client.get("/patterns/spring/r/1/").content.decode()
    assert "became part of “Well”" in past
    assert "It may run dry." in past
    assert "became part of" in client.get("/patterns/spring/history/").content.decode()
    assert "What it says is in <bdi>Well</bdi> now." in client.get("/cards/spring/1/").content.decode()
    assert client.get("/patterns/spring/text/")["Location"] == "/patterns/well/text/"
    assert client.get("/patterns/spring/cite/bibtex/?revision=1").status_code == 200
    back = client.post("/patterns/spring/manage/unmerge/", {"reason": "Not the same"}, follow=True)
    assert "They are two patterns again." in back.content.decode()
    assert client.get("/patterns/spring/").status_code == 200


def test_gold_is_confirmed_and_told_on_the_page(client, curator, library):
    adoption = library["lighthouse"].adoptions.get()
    assert client.post(address("gold_pattern"), {"adoption": "999", "ground": "So"}).status_code == 422
    post(client, "gold_pattern", adoption=adoption.pk, ground="Ten years of it")
    client.logout()
    text = client.get("/patterns/well/").content.decode()
    assert "Gold: Harbour uses it; confirmed by Ada" in text
    adoption.delete()
    assert "no lighthouse here says any more that it uses it" in client.get("/patterns/well/").content.decode()
    client.force_login(curator)
    assert "No published lighthouse says any more" in client.get("/review/tiers/").content.decode()
    assert "is silver again" in post(client, "lower_pattern", reason="They stopped").content.decode()


def test_the_link_is_for_curators(client, library):
    assert b"/manage/" not in client.get("/patterns/well/").content
    assert b"/revert/" not in client.get("/patterns/well/history/").content
    client.force_login(make_curator())
    assert b"/patterns/well/manage/" in client.get("/patterns/well/").content
    assert b"/patterns/well/manage/revert/1/" in client.get("/patterns/well/history/").content
    assert b"/patterns/well/manage/revert/1/" in client.get("/patterns/well/compare/").content
    assert b"/lighthouses/harbour/manage/" in client.get("/lighthouses/harbour/").content


def test_a_moved_lighthouse_redirects_every_page(client, curator, library):
    post(client, "rename_lighthouse", title="Harbour", slug="old-harbour", reason="Truer")
    for tail in ("", "history/", "compare/", "r/1/", "text/"):
        answer = client.get(f"/lighthouses/harbour/{tail}")
        assert (answer.status_code, answer["Location"]) == (301, f"/lighthouses/old-harbour/{tail}")


def test_queries_stay_the_same_however_much_relies_on_it(client, curator, library):
    counted = []
    names = itertools.count()
    for _round in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get("/patterns/well/manage/")
            client.get("/patterns/well/manage/retire/")
            client.get("/patterns/well/manage/merge/?into=spring")
        counted.append(len(queries))
        for _ in range(3):
            other = make_pattern(f"Other {next(names)}")
            make_relation(library["pattern"], target=other)
            make_lighthouse(uses=(library["pattern"],))
            publishing.merge(make_pattern(f"Same {next(names)}"), into=library["pattern"], by=None, reason="So")
    assert counted[0] == counted[1]


def test_a_merge_posted_twice_is_one(client, curator, library):
    seen, seen_into = standing(make_pattern("Spring")), standing(library["pattern"])
    sent = {"into": library["pattern"].pk, "reason": "The same", "seen": seen, "seen_into": seen_into}
    for _ in range(2):
        assert client.post("/patterns/spring/manage/merge/", sent).status_code == 302
    assert PatternMerge.objects.count() == 1
