"""A person's account from beginning to end in a real browser, with and without JavaScript, where reviewers are
asked for a second step: made, confirmed, secured, opened by code and by recovery code, looked after, and erased.
"""

import json
import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.acts import PASSWORD, sign_up
from tests.e2e.site import Site, another_web

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0"


@pytest.fixture(scope="module")
def site(site: Site) -> Iterator[Site]:
    """The same site at another address, where it asks reviewers for a second step."""
    with another_web(site, {"CLM_MFA_REQUIRED": "yes"}) as stricter:
        yield stricter


@pytest.fixture(params=[True, False], ids=["javascript", "no-javascript"])
def person(request: pytest.FixtureRequest, visitor: Callable[..., Any]) -> Any:
    return visitor(java_script_enabled=request.param)


def code_of(secret: str) -> str:
    """What an app that holds `secret` shows now, and not one that was shown before."""
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def sign_in(page: Any, email: str) -> None:
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page: Any) -> None:
    page.goto("/accounts/logout/")
    page.locator("main").get_by_role("button", name="Sign out").click()


def confirm_password(page: Any) -> None:
    expect(page.get_by_role("heading", name="Is it you?")).to_be_visible()
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="It is me").click()


def set_up_app(page: Any) -> str:
    """Follow the set-up to its end by keys alone from the code on, and return the secret of the app."""
    page.goto("/accounts/2fa/totp/activate/")
    confirm_password(page)
    drawn = page.locator("img.qr").evaluate("image => image.complete && image.naturalWidth > 50")
    assert drawn, "the policy lets the picture through"
    secret = page.locator("code.secret").text_content()
    page.locator("#id_code").focus()
    page.keyboard.type(code_of(secret))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    return secret


def test_a_reviewer_is_led_to_a_second_step_and_comes_in_by_it(person: Any, site: Site) -> None:
    email = f"rae-{time.time_ns()}@example.org"
    sign_up(person, email, then="/account/")
    assert site.manage("role", email, "--give", "reviewer").returncode == 0
    person.goto("/review/")
    expect(person.get_by_role("heading", name="One more step before you review")).to_be_visible()
    secret = set_up_app(person)
    codes = person.locator(".codes code").all_text_contents()
    assert len(codes) == 10
    person.get_by_role("link", name="I have kept them, go on").click()
    person.wait_for_url(re.compile("/review/"))

    sign_out(person)
    sign_in(person, email)
    expect(person.get_by_role("heading", name="Second step")).to_be_visible()
    person.locator("#id_code").fill("000000")
    person.get_by_role("button", name="Sign in", exact=True).click()
    expect(person.locator("[role=alert]")).to_contain_text("This is not the code of this moment")
    person.locator("#id_code").fill(code_of(secret))
    person.get_by_role("button", name="Sign in", exact=True).click()
    person.goto("/review/")
    person.wait_for_url(re.compile(r"/review/$"))

    sign_out(person)
    sign_in(person, email)
    person.locator("#id_code").fill(codes[0])
    person.get_by_role("button", name="Sign in", exact=True).click()
    person.goto("/accounts/2fa/")
    expect(person.locator("main")).to_contain_text("9 codes left")


def test_the_link_of_the_terminal_opens_the_queue_in_one_step(page: Any, site: Site) -> None:
    page.goto(site.fresh_link())
    page.goto("/review/")
    page.wait_for_url(re.compile(r"/review/$"))


def test_another_session_is_seen_and_ended(person: Any, visitor: Callable[..., Any]) -> None:
    email, elsewhere = f"sam-{time.time_ns()}@example.org", visitor(user_agent=FIREFOX)
    sign_up(person, email, then="/account/sessions/")
    sign_in(elsewhere, email)
    elsewhere.goto("/account/")
    expect(elsewhere.get_by_role("heading", name="Your profile")).to_be_visible()
    person.goto("/account/sessions/")
    person.locator(".own-sessions li").filter(has_text="Firefox on Windows").get_by_role("button").click()
    expect(person.locator(".messages")).to_contain_text("has to sign in again")
    elsewhere.goto("/account/")
    elsewhere.wait_for_url(re.compile("/login/"))

    sign_in(elsewhere, email)
    elsewhere.goto("/account/")
    person.goto("/account/sessions/")
    person.get_by_role("button", name="End all others").click()
    expect(person.locator(".messages")).to_contain_text("1 other session is ended")
    elsewhere.goto("/account/")
    elsewhere.wait_for_url(re.compile("/login/"))


def test_a_name_is_shown_hidden_and_taken_away_with_everything(person: Any, site: Site) -> None:
    email = f"tess-{time.time_ns()}@example.org"
    sign_up(person, email, then="/account/")
    person.locator("#id_name").fill("Tess of the tests")
    person.get_by_role("button", name="Keep it so").click()
    expect(person.locator(".messages")).to_contain_text("credited to Tess of the tests")
    person.locator("#id_name_public").uncheck()
    person.get_by_role("button", name="Keep it so").click()
    expect(person.locator(".messages")).to_contain_text("credited to contributor ")
    person.get_by_role("link", name="Your public page").click()
    expect(person.locator("main")).to_contain_text("Nothing yet")
    public = person.url

    person.goto("/account/data/")
    person.get_by_role("link", name="See what goes and what stays").click()
    confirm_password(person)
    expect(person.get_by_role("heading", name="Erase your account")).to_be_visible()
    person.goto("/account/data/")
    with person.expect_download() as taken:
        person.get_by_role("link", name="Download as JSON").click()
    with open(taken.value.path(), encoding="utf-8") as file:  # noqa: PTH123 - Playwright's path
        assert json.load(file)["account"][0]["email"] == email

    person.goto("/account/erase/")
    person.locator("#id_sure").check()
    person.get_by_role("button", name="Erase my account now").click()
    expect(person.locator(".messages")).to_contain_text("Your account is erased")
    assert person.goto(public).status == 410
    sign_in(person, email)
    expect(person.locator("[role=alert]")).to_be_visible()
