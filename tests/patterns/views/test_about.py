"""The pages about the house are there for everyone, and say what the code does."""

import re

import pytest

from patterns.people.limits import SALT_KEPT
from tests.factories.library import make_library, make_pattern

pytestmark = pytest.mark.django_db


def text(client, address: str) -> str:
    html = client.get(address).content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize("address", ["/about/", "/licence/", "/privacy/", "/wanted/"])
def test_every_page_leads_to_it(client, address):
    assert f'href="{address}"' in client.get("/patterns/").content.decode()
    assert client.get(address).status_code == 200


def test_the_pages_need_little_from_the_database(client, django_assert_num_queries):
    client.get("/licence/")
    for address, queries in (("/about/", 0), ("/privacy/", 0), ("/licence/", 1)):
        with django_assert_num_queries(queries):
            client.get(address)


def test_privacy_gives_the_numbers_the_code_goes_by(client, settings):
    settings.QUESTIONS_KEPT_DAYS, settings.SESSION_COOKIE_AGE = 123, 86_400 * 9
    said = text(client, "/privacy/")
    assert "after 123 days" in said
    assert "9 days" in said
    assert f"after {SALT_KEPT // 3600} hours" in said


def test_privacy_names_every_cookie_that_is_set(client, settings):
    html = client.get("/privacy/").content.decode()
    for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages", "clm_wording"):
        assert f"<code>{name}</code>" in html


def test_reading_sets_no_cookie_but_the_forms(client):
    make_pattern("Shared well")
    for address in ("/", "/patterns/", "/patterns/shared-well/", "/about/", "/privacy/", "/search/?q=well"):
        client.get(address)
    assert set(client.cookies) <= {"csrftoken"}


def test_who_runs_the_site_is_said_where_it_is_known(client, settings):
    assert "have not written here" in text(client, "/privacy/")
    settings.OPERATOR = "The Well Cooperative, hello@well.example <b>"
    html = client.get("/privacy/").content.decode()
    assert 'href="mailto:hello@well.example"' in html
    assert "&lt;b&gt;" in html


def test_mail_is_described_as_it_is_sent(client, settings):
    settings.EMAIL_BACKEND = "patterns.people.mail.KeptMailBackend"
    assert "has no mail server" in text(client, "/privacy/")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert "through the mail server" in text(client, "/privacy/")


def test_the_licence_page_lists_every_library_with_its_terms(client):
    make_pattern(library=make_library("os", title="Commons <OS>", license="CC-BY-4.0", attribution="By many"))
    html = client.get("/licence/").content.decode()
    assert "Commons &lt;OS&gt;" in html
    assert "CC-BY-4.0" in html
    assert "By many" in html


def test_other_licences_of_single_patterns_are_named(client):
    make_pattern()
    make_pattern(revision={"license": ""})
    said = text(client, "/licence/")
    assert "no licence stated, so ask before you reuse it: 1 pattern" in said


def test_the_licence_page_of_an_empty_library(client):
    assert "How to attribute" in text(client, "/licence/")
