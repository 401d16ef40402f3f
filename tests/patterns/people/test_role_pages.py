"""Admins give and take roles with a reason; nobody gives one to themselves, and the last admin stays."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from patterns.enums import Role
from patterns.models import AuditEntry, User
from patterns.people import roles
from tests.factories.library import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> User:
    return make_user("Ada", roles=[Role.ADMIN])


@pytest.fixture
def browser(client, admin):
    client.force_login(admin)
    return client


def change(client, person: User, what: str, role: Role, reason: str = "Known for years."):
    return client.post(reverse("roles_of", args=[person.public_id]), {"change": what, "role": role, "reason": reason})


@pytest.mark.parametrize("given", [[], [Role.CONTRIBUTOR], [Role.REVIEWER], [Role.CURATOR]])
def test_the_pages_are_for_admins(client, given):
    person, other = make_user(roles=given), make_user()
    client.force_login(person)
    assert client.get(reverse("roles")).status_code == 403
    assert change(client, other, "give", Role.REVIEWER).status_code == 403
    other.refresh_from_db()
    assert other.roles == []


def test_strangers_sign_in_first(client):
    assert client.get(reverse("roles")).status_code == 302


@pytest.mark.parametrize("role", list(Role))
def test_a_role_is_given_and_taken_with_a_reason_that_can_be_read(browser, admin, role):
    person = make_user("Bo")
    assert change(browser, person, "give", role, "Helped at the spring meeting.").status_code == 302
    person.refresh_from_db()
    assert person.roles == [role]
    html = browser.get(reverse("roles_of", args=[person.public_id])).content.decode()
    assert "Helped at the spring meeting." in html
    assert "Ada" in html
    change(browser, person, "take", role, "Moved away.")
    person.refresh_from_db()
    assert person.roles == []
    assert [line.details["reason"] for line in AuditEntry.objects.filter(action__endswith="role")] == [
        "Moved away.", "Helped at the spring meeting."
    ]  # fmt: skip


def test_without_a_reason_nothing_happens_and_the_choice_is_kept(browser):
    person = make_user("Bo")
    answer = change(browser, person, "give", Role.CURATOR, "  ")
    assert answer.status_code == 422
    assert "Say why in a sentence." in answer.content.decode()
    assert 'value="curator" selected' in answer.content.decode()
    person.refresh_from_db()
    assert person.roles == []


def test_a_role_that_does_not_exist_is_refused(browser):
    assert change(browser, make_user(), "give", "emperor").status_code == 422


def test_nobody_gives_a_role_to_themselves(browser, admin):
    answer = change(browser, admin, "give", Role.CURATOR)
    assert answer.status_code == 409
    assert "Nobody gives a role to themselves" in answer.content.decode()
    admin.refresh_from_db()
    assert admin.roles == [Role.ADMIN]


def test_the_last_admin_stays_and_the_reason_typed_is_kept(browser, admin):
    answer = change(browser, admin, "take", Role.ADMIN, "I am tired.")
    assert answer.status_code == 409
    assert "I am tired." in answer.content.decode()
    roles.grant(make_user(), Role.ADMIN, by=admin)
    assert change(browser, admin, "take", Role.ADMIN).status_code == 302
    admin.refresh_from_db()
    assert admin.roles == []


def test_a_closed_accounts_admin_role_does_not_count(admin):
    make_user(roles=[Role.ADMIN], is_active=False)
    with pytest.raises(roles.RoleRefused):
        roles.revoke(admin, Role.ADMIN, by=admin)


def test_with_the_role_the_operators_window_closes(admin):
    other = User.objects.create_superuser("other@example.org")
    roles.revoke(other, Role.ADMIN, by=admin)
    other.refresh_from_db()
    assert (other.is_staff, other.is_superuser) == (False, False)


def test_people_are_found_by_name_or_whole_address_and_no_address_is_shown(browser):
    person = make_user("Bo Svensson", email="bo@example.org")
    page = reverse("roles")
    for words, found in (
        ("svens", True),
        ("bo@example.org", True),
        ("BO@Example.org", True),
        ("bo@", False),
        ("b", False),
    ):
        html = browser.get(page, {"q": words}).content.decode()
        assert (reverse("roles_of", args=[person.public_id]) in html) is found, words
    assert "bo@example.org" not in browser.get(page, {"q": "svens"}).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_lists_ask_the_same_however_long_they_are(browser, number, django_assert_num_queries):
    for one in range(number):
        make_user(f"Reviewer {one}", roles=[Role.REVIEWER])
    browser.get(reverse("roles"))
    with django_assert_num_queries(3):
        browser.get(reverse("roles"), {"q": "Reviewer"})


@pytest.mark.parametrize("number", [1, 3])
def test_the_history_asks_the_same_however_long_it_is(browser, admin, number, django_assert_num_queries):
    person = make_user()
    for _ in range(number):
        roles.grant(person, Role.REVIEWER, by=admin, reason="x")
        roles.revoke(person, Role.REVIEWER, by=admin, reason="y")
    with django_assert_num_queries(3):
        browser.get(reverse("roles_of", args=[person.public_id]))


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("role", *arguments, stdout=out)
    return out.getvalue()


def test_the_operator_may_make_the_first_admin_and_unmake_the_last():
    person = make_user("Bo", email="bo@example.org")
    said = json.loads(run("bo@example.org", "--give", "admin", "--reason", "First one.", "--json"))
    assert said == [{"email": "bo@example.org", "name": "Bo", "roles": ["admin"]}]
    assert AuditEntry.objects.get(action="granted role").actor is None
    assert "bo@example.org: admin" in run()
    assert "no role" in run("bo@example.org", "--take", "admin")
    person.refresh_from_db()
    assert person.roles == []


def test_the_command_says_what_is_missing():
    with pytest.raises(CommandError, match="No active account"):
        run("nobody@example.org", "--give", "reviewer")
    with pytest.raises(CommandError, match="Say whose role"):
        run("--give", "reviewer")


def test_the_operator_hands_out_and_erases_for_who_asks(tmp_path):
    person = make_user("Bo", email="bo@example.org")
    file = tmp_path / "bo.json"
    call_command("person", "bo@example.org", "--export", str(file), stdout=StringIO())
    assert json.loads(file.read_text())["account"][0]["name"] == "Bo"
    assert file.stat().st_mode & 0o077 == 0
    call_command("person", "bo@example.org", "--erase", stdout=StringIO())
    person.refresh_from_db()
    assert person.erased_at
    with pytest.raises(CommandError):
        call_command("person", "bo@example.org", "--erase", stdout=StringIO())
