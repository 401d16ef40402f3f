"""Lists under a name: kept, counted, renamed, ordered, deleted; one's own, and not without end."""

import pytest
from django.urls import reverse

from patterns.models import SavedView
from patterns.review import open_item, saved
from patterns.review.filters import Filters
from tests.factories.library import make_user
from tests.factories.people import make_reviewer
from tests.patterns.review.test_queue import sent_edit

pytestmark = pytest.mark.django_db


@pytest.fixture
def grace():
    return make_reviewer("Grace")


@pytest.fixture
def page(client, grace):
    client.force_login(grace)
    return client


def keep(page, name, query="kind=edit"):
    return page.post(reverse("review_views"), {"name": name, "query": query})


def change(page, view, **values):
    return page.post(reverse("review_view_change", args=[view.pk]), values)


def names():
    return list(SavedView.objects.values_list("name", flat=True))


def test_a_list_is_kept_found_beside_the_others_and_counted(page):
    sent_edit()
    open_item("odd", object_id=1, title="Odd")
    assert keep(page, "Edits").url == "/review/?kind=edit"
    html = page.get("/review/?kind=edit").content.decode()
    assert "Edits" in html
    assert "Keep this list as" not in html
    html = page.get(reverse("review_views")).content.decode()
    assert '<bdi>Edits</bdi></a> <span class="numbers">1</span>' in html


def test_what_is_no_filter_is_not_kept(page):
    keep(page, "Odd", "kind=edit&nonsense=1&after=3.4&q=%00")
    assert SavedView.objects.get().query == "kind=edit"


def test_the_same_name_keeps_the_new_list(page):
    keep(page, "Mine")
    keep(page, "Mine", "quick=1")
    assert SavedView.objects.get().query == "quick=1"


@pytest.mark.parametrize("name", ["", "   ", "x" * 61])
def test_a_name_that_is_none_is_refused_and_the_list_is_not_lost(page, name):
    response = keep(page, name)
    assert response.status_code == 422
    assert 'value="kind=edit"' in response.content.decode()


def test_lists_are_renamed_ordered_and_deleted(page, grace):
    for name in ("A", "B", "C"):
        saved.save_view(grace, name=name, filters=Filters())
    a, b, c = SavedView.objects.all()
    change(page, c, act="up")
    change(page, a, act="up")
    assert names() == ["A", "C", "B"]
    change(page, a, act="down")
    assert names() == ["C", "A", "B"]
    change(page, b, act="rename", name="Last")
    assert change(page, a, act="rename", name="Last").status_code == 422
    change(page, c, act="delete")
    assert names() == ["A", "Last"]


def test_a_person_keeps_so_many_and_no_more(page, grace):
    for number in range(saved.MOST_VIEWS):
        saved.save_view(grace, name=str(number), filters=Filters())
    assert "You keep 20 lists" in keep(page, "One more").content.decode()
    assert SavedView.objects.count() == saved.MOST_VIEWS


def test_other_peoples_lists_are_not_there(client, grace):
    view = saved.save_view(grace, name="Mine", filters=Filters())
    client.force_login(make_reviewer())
    assert change(client, view, act="delete").status_code == 404
    assert "Mine" not in client.get(reverse("review_views")).content.decode()
    client.force_login(make_user())
    assert client.get(reverse("review_views")).status_code == 403
    assert keep(client, "X").status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_lists_cost_the_same_for_one_and_for_three(page, grace, count, django_assert_num_queries):
    for number in range(count):
        saved.save_view(grace, name=str(number), filters=Filters(age=7))
    with django_assert_num_queries(3):
        page.get(reverse("review_views"))
