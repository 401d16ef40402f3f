"""The pages of collections: whose they are, what they do without JavaScript, what becomes of bad input."""

import re

import pytest
from django.test import Client

from patterns.collections import arranging, collecting
from patterns.enums import PublicationState
from patterns.models import Collection, Pattern
from tests.factories.collecting import make_collection, make_long_collection, order
from tests.factories.library import make_pattern, make_user

pytestmark = pytest.mark.django_db
POSTS = ("share/", "delete/", "restore/", "items/{item}/move/", "items/{item}/remove/", "items/{item}/restore/")


@pytest.fixture
def ada():
    return make_user("Ada")


@pytest.fixture
def signed_in(client: Client, ada):
    client.force_login(ada)
    return client


@pytest.fixture
def abc(ada):
    return make_collection(ada, *"ABC")


def address(collection, rest="", title="A"):
    return collection.get_absolute_url() + rest.format(item=collection.items.get(title=title).pk)


def page(client: Client, where: str, status: int = 200) -> str:
    response = client.get(where)
    assert response.status_code == status
    return response.content.decode()


# Whose they are ------------------------------------------------------------------------------------------------


def test_another_persons_collection_is_a_404_in_every_way(client, abc):
    collecting.share(abc, actor=abc.owner)
    client.force_login(make_user("Eve"))
    for rest in ("", "edit/", "cards/", "items/{item}/note/"):
        page(client, address(abc, rest), 404)
    for rest in (*POSTS, "edit/", "items/{item}/note/"):
        assert client.post(address(abc, rest), {"title": "x", "note": "x"}).status_code == 404
    assert order(abc) == ["A", "B", "C"]


def test_whoever_is_not_signed_in_signs_in_first_and_comes_back_to_the_collection(client, abc):
    for answer in (client.get(address(abc)), client.post(address(abc, "items/{item}/move/"), {"to": "down"})):
        assert answer.url == f"/accounts/login/?next=/collections/{abc.pk}/"


def test_what_changes_something_asks_for_a_post_and_the_token(ada, abc):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ada)
    for rest in POSTS:
        assert client.get(address(abc, rest)).status_code == 405
        assert client.post(address(abc, rest)).status_code == 403
    assert client.post("/collections/", {"title": "x"}).status_code == 403
    assert client.post("/patterns/a/save/", {"title": "x"}).status_code == 403


@pytest.mark.parametrize("pk", [0, 7, 10**17, 10**18, 10**30, "x", "%00"])
def test_a_collection_that_never_was_is_a_404(signed_in, pk):
    assert signed_in.get(f"/collections/{pk}/").status_code == 404


def test_an_item_of_another_collection_is_a_404(signed_in, ada, abc):
    other = make_collection(ada, "D")
    item = other.items.get().pk
    assert signed_in.post(f"/collections/{abc.pk}/items/{item}/move/", {"to": "top"}).status_code == 404
    assert signed_in.post(f"/collections/{abc.pk}/items/{10**18 - 1}/remove/").status_code == 404


# Making and changing ---------------------------------------------------------------------------------------------


def test_a_new_collection_opens(signed_in, ada):
    answer = signed_in.post("/collections/", {"title": "  Wells ", "description": "Line\r\nby line"})
    made = Collection.objects.get()
    assert answer.url == made.get_absolute_url()
    assert (made.owner, made.title, made.description) == (ada, "Wells", "Line\nby line")


@pytest.mark.parametrize("title", ["", " ", "x" * 201, "nul\0", "x" * 100_000])
def test_a_refused_title_keeps_what_was_written(signed_in, title):
    answer = signed_in.post("/collections/", {"title": title, "description": "Carefully written"})
    assert answer.status_code == 422
    assert "Carefully written" in answer.content.decode()
    assert 'role="alert"' in answer.content.decode()


def test_one_too_many_is_said_and_keeps_what_was_written(signed_in, ada, monkeypatch):
    monkeypatch.setattr(collecting, "MOST_COLLECTIONS", 0)
    answer = signed_in.post("/collections/", {"title": "Wells", "description": "Carefully written"})
    assert answer.status_code == 422
    assert "as many as one person can have" in answer.content.decode()
    assert "Carefully written" in answer.content.decode()


def test_too_many_in_an_hour_keep_their_text(signed_in, settings):
    settings.LIMITS = {"COLLECTIONS": "0"}
    answer = signed_in.post("/collections/", {"title": "Wells", "description": "Carefully written"})
    assert answer.status_code == 429
    assert "Carefully written" in answer.content.decode()


def test_editing_in_two_windows_shows_both_texts_and_the_second_save_decides(signed_in, abc):
    where = address(abc, "edit/")
    form = signed_in.get(where).context["form"].initial
    signed_in.post(where, form | {"title": "From one window"})
    answer = signed_in.post(where, form | {"title": "From the other"})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "From one window" in html
    assert 'value="From the other"' in html
    again = dict(re.findall(r'name="(seen|title)" value="([^"]*)"', html))
    signed_in.post(where, again)
    assert Collection.objects.get().title == "From the other"


def test_a_note_that_is_too_long_stays_in_the_form(signed_in, abc):
    answer = signed_in.post(address(abc, "items/{item}/note/"), {"note": "n" * 2001, "seen": ""})
    assert answer.status_code == 422
    assert "n" * 2001 in answer.content.decode()


def test_a_note_is_shown_as_text(signed_in, abc):
    seen = collecting.fingerprint("")
    signed_in.post(address(abc, "items/{item}/note/"), {"note": "<b>mind</b>\r\nthis", "seen": seen})
    html = page(signed_in, address(abc))
    assert "&lt;b&gt;mind&lt;/b&gt;\nthis" in html
    assert "<b>mind" not in html


# Order ------------------------------------------------------------------------------------------------------------


def test_moving_leads_back_to_the_item_with_its_control_focused_and_says_where_it_is(signed_in, abc):
    answer = signed_in.post(address(abc, "items/{item}/move/"), {"to": "down"}, follow=True)
    pk = abc.items.get(title="A").pk
    html = answer.content.decode()
    assert order(abc) == ["B", "A", "C"]
    assert re.search(rf'<button class="step" id="down-{pk}"[^>]*autofocus', html)
    assert html.count("autofocus") == 1
    assert "“A” is now number 2 of 3." in html


@pytest.mark.parametrize("position", ["", "x", "-1", "1.5", "²", "9" * 40, "%00"])
def test_a_place_that_is_no_number_is_said_and_moves_nothing(signed_in, abc, position):
    answer = signed_in.post(address(abc, "items/{item}/move/"), {"position": position}, follow=True)
    assert "Write the number of the place" in answer.content.decode()
    assert order(abc) == ["A", "B", "C"]


def test_moving_what_another_window_took_out_says_so(signed_in, abc):
    where = address(abc, "items/{item}/move/")
    signed_in.post(address(abc, "items/{item}/remove/"))
    answer = signed_in.post(where, {"to": "bottom"}, follow=True)
    assert "not in this collection any more" in answer.content.decode()


def test_what_was_taken_out_can_be_put_back_from_where_it_stood(signed_in, abc):
    answer = signed_in.post(address(abc, "items/{item}/remove/", "B"), follow=True)
    html = answer.content.decode()
    assert html.index("Taken out: <bdi>B</bdi>") < html.index(f'id="item-{abc.items.get(title="C").pk}"')
    signed_in.post(address(abc, "items/{item}/restore/", "B"))
    assert order(abc) == ["A", "B", "C"]


@pytest.mark.parametrize("query", ["moved=x&by=up", "moved=9&by=", "taken=%00", "page=0", "page=x", "page=" + "9" * 30])
def test_an_address_with_nonsense_shows_the_collection(signed_in, abc, query):
    assert "Reading list" in page(signed_in, f"{address(abc)}?{query}")


def test_a_retired_and_a_renamed_pattern_stay_and_say_so(signed_in, abc):
    Pattern.objects.filter(title="A").update(state=PublicationState.RETIRED, summary="Secret by now")
    Pattern.objects.filter(title="B").update(title="Better name")
    html = page(signed_in, address(abc))
    assert "taken out of the library since" in html
    assert "Secret by now" not in html
    assert "It was called “B” when it was saved." in html
    assert "Better name" in html


# Deleting ---------------------------------------------------------------------------------------------------------


def test_a_deleted_collection_can_be_put_back_from_the_message(signed_in, abc):
    answer = signed_in.post(address(abc, "delete/"), follow=True)
    assert f'action="/collections/{abc.pk}/restore/"' in answer.content.decode()
    assert "You deleted this collection" in page(signed_in, address(abc), 410)
    assert signed_in.post(address(abc, "share/")).status_code == 410
    signed_in.post(address(abc, "restore/"))
    assert "Reading list" in page(signed_in, address(abc))


# Sharing ----------------------------------------------------------------------------------------------------------


def test_a_link_opens_the_collection_for_anybody_until_it_is_taken_back(client, signed_in, abc):
    html = signed_in.post(address(abc, "share/"), {"action": "share"}, follow=True).content.decode()
    link = re.search(r'value="[^"]*?(/shared/[\w-]{20,}/)"', html)[1]
    stranger = Client()
    answer = stranger.get(link)
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert "Put together by <bdi>Ada</bdi>" in answer.content.decode()
    assert stranger.get(f"{link}cards/").status_code == 200
    signed_in.post(address(abc, "share/"), {"action": "stop"})
    for rest in ("", "cards/", "copy/"):
        html = page(stranger, link + rest, 410)
        assert "no longer shared" in html
        assert "Reading list" not in html


@pytest.mark.parametrize("token", ["x", "%00", "a" * 200, "../collections/1"])
def test_a_link_that_never_was_is_a_404(client, token):
    assert client.get(f"/shared/{token}/").status_code == 404


def test_a_reader_copies_it_into_their_own(client, abc):
    link = collecting.share(abc, actor=abc.owner).get_absolute_url()
    client.force_login(make_user("Eve"))
    html = client.post(f"{link}copy/", follow=True).content.decode()
    assert "Copied from a collection by <bdi>Ada</bdi>" in html
    assert order(Collection.objects.exclude(pk=abc.pk).get()) == ["A", "B", "C"]


def test_who_signs_in_to_copy_finds_it_copied(client, abc):
    link = collecting.share(abc, actor=abc.owner).get_absolute_url()
    eve = make_user("Eve", email="eve@example.org", password="a long enough secret")
    eve.emailaddress_set.create(email=eve.email, verified=True, primary=True)
    login = client.post(f"{link}copy/").url
    done = client.post(login, {"login": eve.email, "password": "a long enough secret"}, follow=True)
    assert "This one is yours and private" in done.content.decode()
    assert Collection.objects.filter(owner=eve).count() == 1


def test_looking_at_the_address_for_copying_copies_nothing(client, abc):
    link = collecting.share(abc, actor=abc.owner).get_absolute_url()
    client.force_login(make_user())
    assert client.get(f"{link}copy/").url == link
    assert Collection.objects.count() == 1


# Saving -----------------------------------------------------------------------------------------------------------


def test_a_pattern_page_leads_to_saving_and_to_the_card(client, signed_in):
    make_pattern("Well")
    for visitor in (Client(), signed_in):
        html = page(visitor, "/patterns/well/")
        assert "/patterns/well/save/" in html
        assert "/patterns/well/card/" in html


def test_saving_to_a_collection_leads_back_to_the_pattern(signed_in, abc):
    make_pattern("Well")
    answer = signed_in.post("/patterns/well/save/", {"collection": abc.pk}, follow=True)
    assert answer.redirect_chain[-1][0] == "/patterns/well/"
    assert f'Saved to the collection <a href="/collections/{abc.pk}/"><bdi>Reading list</bdi></a>' in (
        answer.content.decode()
    )
    assert order(abc) == ["A", "B", "C", "Well"]


def test_saving_to_a_new_collection_makes_it(signed_in, ada):
    make_pattern("Well")
    signed_in.post("/patterns/well/save/", {"title": "Water"})
    assert order(Collection.objects.get(owner=ada, title="Water")) == ["Well"]


def test_the_page_for_saving_knows_where_it_is_saved_and_takes_it_out(signed_in, abc):
    assert "Saved" in page(signed_in, "/patterns/a/save/")
    signed_in.post("/patterns/a/save/", {"collection": abc.pk, "action": "take_out"})
    assert order(abc) == ["B", "C"]


@pytest.mark.parametrize("number", ["0", "x", "9" * 40, "-1"])
def test_saving_to_what_is_not_ones_own_is_a_404(signed_in, number):
    make_pattern("Well")
    assert signed_in.post("/patterns/well/save/", {"collection": number}).status_code == 404


def test_saving_to_a_full_collection_says_so(signed_in, abc, monkeypatch):
    monkeypatch.setattr(arranging, "MOST_ITEMS", 3)
    make_pattern("Well")
    answer = signed_in.post("/patterns/well/save/", {"collection": abc.pk})
    assert answer.status_code == 422
    assert "full" in answer.content.decode()


@pytest.mark.parametrize("has", [0, 1])
def test_who_signs_in_to_save_finds_it_saved(client, has):
    make_pattern("Well")
    eve = make_user("Eve", email="eve@example.org", password="a long enough secret")
    eve.emailaddress_set.create(email=eve.email, verified=True, primary=True)
    mine = make_collection(eve, title="Water") if has else None
    login = client.post("/patterns/well/save/").url
    done = client.post(login, {"login": eve.email, "password": "a long enough secret"}, follow=True)
    assert "Saved to the collection" in done.content.decode()
    assert order(mine or Collection.objects.get(owner=eve)) == ["Well"]


def test_looking_at_the_page_for_saving_saves_nothing(client, abc):
    make_pattern("Well")
    client.get("/patterns/well/save/")
    client.force_login(abc.owner)
    client.get("/patterns/well/save/")
    assert order(abc) == ["A", "B", "C"]


# How much it costs ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 5])
def test_the_list_costs_the_same_for_any_number(signed_in, ada, rows, django_assert_num_queries):
    for number in range(rows):
        collecting.share(make_collection(ada, f"{number} A", f"{number} B"), actor=ada)
    page(signed_in, "/collections/")
    with django_assert_num_queries(4):
        page(signed_in, "/collections/")


def test_far_more_patterns_than_the_limit_still_open_by_the_page(signed_in, ada, django_assert_num_queries):
    collection = make_long_collection(ada, count=2_500)
    where, link = collection.get_absolute_url(), collecting.share(collection, actor=ada).get_absolute_url()
    page(signed_in, where)
    with django_assert_num_queries(6):
        html = page(signed_in, f"{where}?page=50")
    assert "P 2500" in html
    assert "Page 50 of 50" in html
    with django_assert_num_queries(3):
        html = page(Client(), f"{link}?page=2")
    assert html.count('<span class="place') == 50
    arranging.move(collection.items.select_related("collection").get(title="P 2500"), where="top", actor=ada)
    assert collection.items.get(title="P 2499").position == 2_500


@pytest.mark.parametrize("rows", [1, 5])
def test_one_collection_costs_the_same_for_any_number(signed_in, ada, rows, django_assert_num_queries):
    where = make_collection(ada, *(f"P{n}" for n in range(rows))).get_absolute_url()
    page(signed_in, where)
    with django_assert_num_queries(6):
        page(signed_in, where)


def test_a_pattern_without_a_summary_is_shown_by_how_it_begins(signed_in, ada):
    collection = make_collection(ada, make_pattern("Old", "### 1. Overview\n\nIt *began* in a factory.\n", summary=""))
    assert "It began in a factory." in page(signed_in, collection.get_absolute_url())
