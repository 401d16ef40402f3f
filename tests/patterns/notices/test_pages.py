"""The pages of notices and of what changed: whose they are, what they cost, and bad input."""

import pytest

from patterns.models import Notice, NoticeSettings
from patterns.people import notices
from patterns.publishing import retire
from tests.factories.library import make_pattern, make_user

pytestmark = pytest.mark.django_db
PAGE = 3  # account, how many notices, the notices


@pytest.fixture
def ada():
    return make_user("Ada")


@pytest.fixture
def signed_in(client, ada):
    client.force_login(ada)
    return client


def tell(user, number=1, title="Consent", url=""):
    return notices.notify(user, kind="accept", url=url or f"/submissions/{number}/", title=title)


def text(response, status=200):
    assert response.status_code == status
    return response.content.decode()


def test_a_notice_leads_to_its_page_and_is_read(signed_in, ada):
    told = tell(ada)
    assert signed_in.get(f"/notices/{told.pk}/").url == "/submissions/1/"
    ada.refresh_from_db()
    assert ada.unread_notices == 0


def test_another_persons_notice_is_a_404(signed_in):
    assert signed_in.get(f"/notices/{tell(make_user('Eve')).pk}/").status_code == 404


@pytest.mark.parametrize("url", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_a_notice_never_leads_away_from_the_site(signed_in, ada, url):
    assert signed_in.get(f"/notices/{tell(ada, url=url).pk}/").url == "/notices/"


def test_a_title_is_shown_and_not_run(signed_in, ada):
    tell(ada, title="<script>alert(1)</script>")
    assert "<script>alert(1)" not in text(signed_in.get("/notices/"))


def test_all_can_be_marked_as_read(signed_in, ada):
    tell(ada, 1)
    tell(ada, 2)
    assert signed_in.post("/notices/read/").status_code == 302
    assert not Notice.objects.filter(read_at=None).exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_long(signed_in, ada, django_assert_num_queries, count):
    for number in range(count):
        tell(ada, number)
    with django_assert_num_queries(PAGE):
        signed_in.get("/notices/")


def test_who_is_not_signed_in_signs_in_first(client):
    assert client.get("/notices/").url.startswith("/accounts/login/")


def test_choices_are_kept(signed_in, ada):
    signed_in.post("/notices/settings/", {"mail": "weekly", "kinds": ["accept"]})
    kept = NoticeSettings.objects.get(user=ada)
    assert (kept.mail, "accept" in kept.quiet, "decline" in kept.quiet) == ("weekly", False, True)


def test_a_choice_that_is_none_is_refused_in_words(signed_in):
    assert 'role="alert"' in text(signed_in.post("/notices/settings/", {"mail": "hourly"}), 422)


def test_what_changed_is_told_by_day_with_a_way_back(client):
    for number in range(3):
        make_pattern(f"Well {number}")
    said = text(client.get("/changes/"))
    assert said.index("Well 2") < said.index("Well 0")


def test_what_was_taken_out_is_told(client):
    retire(make_pattern("Well"), actor=None, reason="Twice.")
    assert "Taken out: Well" in text(client.get("/changes/"))


@pytest.mark.parametrize("query", ["before=yesterday", "before=2026-13-45", "domain=%00", "domain=nowhere", "before="])
def test_odd_addresses_are_answered(client, query):
    assert client.get(f"/changes/?{query}").status_code == 200


def test_earlier_changes_are_on_the_next_page(client):
    make_pattern("Well")
    assert "Nothing changed before that" in text(client.get("/changes/?before=2001-01-01T00:00:00%2B00:00"))
