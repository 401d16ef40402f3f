"""Pages of one's own account: what they show and keep, who may open them, and that bad input loses nothing."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from patterns.enums import Role
from patterns.models import AuditEntry, Revision, User
from patterns.people import erasing
from patterns.people.traps import STAMP, stamp
from patterns.publishing import publish, publish_new
from tests.factories.library import make_pattern, make_user

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough phrase for tests 7"
OWN = ("account", "preferences", "own_sessions", "second_step", "own_data", "export_data", "erase_account")


@pytest.fixture
def person() -> User:
    user = make_user("Ada", password=PASSWORD)
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    return user


@pytest.fixture
def browser(person) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    return client


@pytest.mark.parametrize("name", OWN)
def test_strangers_are_sent_to_sign_in(name, client):
    assert client.get(reverse(name))["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("name", OWN)
def test_own_pages_are_kept_by_no_cache(name, browser):
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert "no-store" in browser.get(reverse(name))["Cache-Control"]


def test_the_name_can_be_shown_hidden_and_changed(browser, person):
    browser.post(reverse("account"), {"name": "Ada L.", "name_public": "on", "about": "Gardener."})
    person.refresh_from_db()
    assert (person.credit, person.about) == ("Ada L.", "Gardener.")
    browser.post(reverse("account"), {"name": "Ada L.", "about": ""})
    person.refresh_from_db()
    assert person.credit == f"contributor {person.public_id.hex[:6]}"


def test_too_many_words_are_kept_and_nothing_is_changed(browser, person):
    answer = browser.post(reverse("account"), {"name": "Ada", "name_public": "on", "about": "x" * 501})
    assert answer.status_code == 422
    assert "x" * 501 in answer.content.decode()
    person.refresh_from_db()
    assert person.about == ""


def test_a_forged_post_gives_no_role_and_no_address(browser, person):
    browser.post(reverse("account"), {
        "name": "Ada", "name_public": "on", "roles": "admin", "is_staff": "on", "email": "other@example.org",
    })  # fmt: skip
    changed = User.objects.get(pk=person.pk)
    assert (changed.roles, changed.is_staff, changed.email) == ([], False, person.email)


def test_a_name_cannot_write_markup(browser, client, person):
    browser.post(reverse("account"), {"name": "<script>x</script>", "name_public": "on", "about": "<img src=x>"})
    html = client.get(person.get_absolute_url()).content.decode()
    assert "<script>x" not in html
    assert "<img" not in html


def published(person: User, number: int) -> None:
    for one in range(number):
        pattern = make_pattern(f"Pattern {one} of {person.pk}")
        publish(pattern, source=pattern.current.source + "\nMore.\n", author=person, message="Say more")


@pytest.mark.parametrize("number", [1, 3])
def test_a_contributors_page_shows_what_they_published_in_as_many_queries(
    person, client, number, django_assert_num_queries
):
    published(person, number)
    with django_assert_num_queries(3):
        answer = client.get(person.get_absolute_url())
    html = answer.content.decode()
    assert html.count("Say more") == number
    assert person.email not in html
    assert "noindex" in answer["X-Robots-Tag"]


def test_a_page_without_work_says_so(person, client):
    assert "Nothing yet" in client.get(person.get_absolute_url()).content.decode()


def test_a_hidden_name_is_on_no_public_page(person, client):
    published(person, 1)
    User.objects.filter(pk=person.pk).update(name="Zenobia Quill", name_public=False)
    pattern = Revision.objects.get(author=person).pattern
    for address in (person.get_absolute_url(), pattern.get_absolute_url(), f"{pattern.get_absolute_url()}history/",
                    f"{pattern.get_absolute_url()}text/", f"{pattern.get_absolute_url()}cite/", "/feed/"):  # fmt: skip
        assert "Zenobia Quill" not in client.get(address).content.decode(), address


def test_the_pattern_leads_to_its_authors_page_until_they_leave(person, client):
    pattern = publish_new(source="---\ntitle: Well\n---\n\n## Context\n\nWater.\n", author=person)
    assert person.get_absolute_url() in client.get(pattern.get_absolute_url()).content.decode()
    erasing.erase(person, by=person)
    html = client.get(pattern.get_absolute_url()).content.decode()
    assert person.get_absolute_url() not in html
    assert "a former contributor" in html
    gone = client.get(person.get_absolute_url())
    assert gone.status_code == 410
    assert "Ada" not in gone.content.decode()


def test_there_is_nobody_at_a_made_up_address(client):
    assert client.get("/people/00000000-0000-4000-8000-000000000000/").status_code == 404


def test_taking_ones_data_away_asks_for_the_password_first(browser, person):
    answer = browser.get(reverse("export_data"))
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    browser.post(answer["Location"], {"password": PASSWORD})
    found = browser.get(reverse("export_data"))
    assert found["Content-Disposition"].startswith("attachment")
    assert json.loads(found.content)["account"][0]["email"] == person.email
    assert "Your account and profile" in browser.get(f"{reverse('export_data')}?as=txt").content.decode()


def test_erasing_asks_for_the_password_then_for_being_sure(browser, person):
    erase = reverse("erase_account")
    assert browser.post(erase, {"sure": "on"})["Location"].startswith(reverse("account_reauthenticate"))
    person.refresh_from_db()
    assert person.erased_at is None
    browser.post(f"{reverse('account_reauthenticate')}?next={erase}", {"password": "wrong"})
    assert browser.get(erase).status_code == 302
    browser.get(f"{reverse('account_reauthenticate')}?next={erase}")
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = browser.get(erase)
    assert "credited to “a former contributor”" in page.content.decode()
    assert browser.post(erase, {}).status_code == 422
    assert browser.post(erase, {"sure": "on"})["Location"] == "/"
    person.refresh_from_db()
    assert person.erased_at
    assert browser.get(reverse("account")).status_code == 302


def test_the_last_admin_reads_why_the_account_stays(browser, person):
    User.objects.filter(pk=person.pk).update(roles=[Role.ADMIN])
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    answer = browser.post(reverse("erase_account"), {"sure": "on"})
    assert answer.status_code == 409
    assert "last admin" in answer.content.decode()


def test_an_erased_account_signs_in_no_more(person, client):
    erasing.erase(person, by=person)
    answer = client.post(reverse("account_login"), {"login": "ada@example.org", "password": PASSWORD})
    assert answer.status_code == 200
    assert not AuditEntry.objects.filter(target_name__contains="Ada").exists()


def test_the_address_can_be_used_again_for_a_new_account(person, client, settings):
    settings.FORM_SECONDS = 0
    email = person.email
    erasing.erase(person, by=person)
    form = {"email": email, "password1": PASSWORD, "password2": PASSWORD, STAMP: stamp()}
    client.post(reverse("account_signup"), form)
    assert User.objects.get(email=email).pk != person.pk


def test_a_new_address_takes_the_old_ones_place_only_when_confirmed(browser, person, mailoutbox):
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    old = person.email
    browser.post(reverse("account_email"), {"email": "new@example.org", "action_add": ""})
    person.refresh_from_db()
    assert person.email == old
    html = browser.get(reverse("account_email")).content.decode()
    assert "new@example.org" in html
    assert "as soon as you open the link" in html


def test_a_change_of_the_address_asks_for_the_password(browser):
    answer = browser.post(reverse("account_email"), {"email": "new@example.org", "action_add": ""})
    assert answer["Location"].startswith(reverse("account_reauthenticate"))


def test_the_administration_has_no_sign_in_of_its_own(client):
    answer = client.get(reverse("admin:login"))
    assert answer["Location"].startswith("/accounts/login/")
