"""Who decides on others' work shows a second step; nothing else is closed to them, and nothing they typed is lost."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import settings as site_settings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from clm_site import env
from patterns.enums import Role
from patterns.models import User
from patterns.people.signin import one_time_link
from tests.factories.library import make_user
from tests.factories.people import make_item

pytestmark = pytest.mark.django_db
PASSWORD, SECRET = "a long enough phrase for tests 7", "JBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def _required(settings):
    settings.MFA_REQUIRED = True
    cache.clear()


def reviewer(*, with_app: bool = False, role: Role = Role.REVIEWER) -> User:
    user = make_user("Ada", password=PASSWORD, roles=[role])
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    if with_app:
        TOTP.activate(user, SECRET)
        RecoveryCodes.activate(user)
    return user


def code(secret: str = SECRET) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def signed_in(user: User, *, second: str = "") -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    if second:
        assert client.post(reverse("mfa_authenticate"), {"code": second}).status_code == 302
    return client


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.CURATOR, Role.ADMIN])
def test_without_a_second_step_the_queue_leads_to_it(role):
    client = signed_in(reviewer(role=role))
    response = client.get("/review/", follow=True)
    assert response.redirect_chain[-1][0] == "/account/second-step/?next=%2Freview%2F"
    assert "One more step before you review" in response.content.decode()


@pytest.mark.parametrize("address", ["/account/", "/submissions/", "/collections/", "/account/sessions/", "/"])
def test_their_other_pages_stay_open(address):
    assert signed_in(reviewer()).get(address).status_code == 200


def test_what_was_typed_stands_on_the_page():
    client, item = signed_in(reviewer()), make_item()
    answer = client.post(reverse("review_decide", args=[item.pk]), {
        "decision": "decline", "version": 1, "reason": "Two hours of <b>careful</b> words.",
    })  # fmt: skip
    assert answer.status_code == 403
    assert "Two hours of &lt;b&gt;careful&lt;/b&gt; words." in answer.content.decode()
    item.refresh_from_db()
    assert item.open


def test_setting_it_up_opens_the_queue_at_once():
    user = reviewer()
    client = signed_in(user)
    client.get("/account/second-step/?next=/review/")
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.get(reverse("mfa_activate_totp"))
    secret = client.session["mfa.totp.secret"]
    answer = client.post(reverse("mfa_activate_totp"), {"code": code(secret)}, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("mfa_view_recovery_codes")
    assert 'href="/review/"' in answer.content.decode()
    assert client.get("/review/").status_code == 200


def test_a_wrong_code_turns_nothing_on_and_says_what_to_do():
    user = reviewer()
    client = signed_in(user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.get(reverse("mfa_activate_totp"))
    html = client.post(reverse("mfa_activate_totp"), {"code": "000000"}).content.decode()
    assert "This is not the code of this moment" in html
    assert not Authenticator.objects.exists()
    assert client.get("/review/").status_code == 302


def test_signing_in_by_code_opens_the_queue():
    assert signed_in(reviewer(with_app=True), second=code()).get("/review/").status_code == 200


def test_a_recovery_code_opens_it_once():
    user = reviewer(with_app=True)
    spare = Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()[0]
    assert signed_in(user, second=spare).get("/review/").status_code == 200
    again = signed_in(user)
    assert "That did not work" in again.post(reverse("mfa_authenticate"), {"code": spare}).content.decode()


def test_turning_it_off_closes_the_queue_at_once():
    client = signed_in(reviewer(with_app=True), second=code())
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert client.get(reverse("mfa_deactivate_totp")).status_code == 200
    assert client.get("/review/").status_code == 200
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.exists()
    assert client.get("/review/").status_code == 302


def test_a_session_that_never_showed_its_code_is_asked_for_it(client):
    user = reviewer(with_app=True)
    client.force_login(user)
    html = client.get("/review/", follow=True).content.decode()
    assert reverse("mfa_reauthenticate") in html
    client.post(f"{reverse('mfa_reauthenticate')}?next=/review/", {"code": code()})
    assert client.get("/review/").status_code == 200


def test_a_one_time_link_counts_as_a_second_step(client):
    client.get(one_time_link(reviewer()))
    assert client.get("/review/").status_code == 200


def test_the_operators_window_needs_it_too(client):
    user = User.objects.create_superuser("operator@example.org")
    client.force_login(user)
    page = client.get(reverse("admin:index"), follow=True)
    assert "One more step" in page.content.decode()
    client.get(one_time_link(user))
    assert client.get(reverse("admin:index")).status_code == 200


def test_the_proof_of_one_account_does_not_serve_another(client):
    client.get(one_time_link(reviewer()))
    client.force_login(reviewer())
    assert client.get("/review/").status_code == 302


def test_a_reader_is_told_about_the_role_and_not_about_codes():
    client = Client()
    client.force_login(make_user())
    assert client.get("/review/").status_code == 403


def test_asking_costs_no_query(client, django_assert_num_queries, settings):
    client.get(one_time_link(reviewer()))
    client.get("/review/")
    settings.MFA_REQUIRED = False
    with django_assert_num_queries(count_of(client, "/review/")):
        settings.MFA_REQUIRED = True
        client.get("/review/")


def count_of(client: Client, address: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)


@pytest.mark.parametrize(
    ("host", "home"),
    [
        ("127.0.0.1", True),
        ("localhost", True),
        ("::1", True),
        ("commons.example", False),
        ("10.0.0.4", False),
        ("", False),
    ],
)
def test_only_a_site_of_this_machine_goes_without(host, home):
    assert env.is_this_machine(host) is home


def test_the_tests_own_site_is_of_this_machine():
    assert env.is_this_machine(site_settings.PUBLIC_URL.split("//")[1].split(":")[0])


@pytest.mark.django_db(transaction=True)
def test_turning_it_on_is_told_by_mail_without_an_address(mailoutbox):
    client = signed_in(reviewer())
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.get(reverse("mfa_activate_totp"))
    client.post(reverse("mfa_activate_totp"), {"code": code(client.session["mfa.totp.secret"])})
    text = mailoutbox[-1].body
    assert "Something changed in your account" in text
    assert "127.0.0.1" not in text


def test_the_codes_picture_is_shown_under_the_strict_policy():
    client = signed_in(reviewer())
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    answer = client.get(reverse("mfa_activate_totp"))
    assert 'src="data:image/svg+xml;base64,' in answer.content.decode()
    assert "img-src 'self' data:" in answer["Content-Security-Policy"]
