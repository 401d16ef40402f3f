"""Flagging in a real browser, with and without JavaScript: from a reader's doubt to what became of it; and a ban."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.site import Site


@pytest.fixture(params=[True, False], ids=["javascript", "no-javascript"])
def person(request: pytest.FixtureRequest, visitor: Callable[..., Any]) -> Any:
    return visitor(java_script_enabled=request.param)


def flag(page: Any, slug: str, words: str) -> None:
    page.goto(f"/patterns/{slug}/")
    page.get_by_role("link", name="Flag", exact=True).click()
    page.get_by_label("It says something false").check()
    page.get_by_label("In your own words").fill(words)
    page.get_by_role("button", name="Send to the reviewers").click()


def test_a_visitor_flags_and_reads_what_became_of_it(person: Any, moderator: Any, request: Any) -> None:
    words = f"The year is wrong ({request.node.name})."
    slug = "steward-ownership" if "no-" in request.node.name else "retrospectives"
    flag(person, slug, words)
    expect(person.locator("main")).to_contain_text("Waiting for a reviewer")
    moderator.goto("/review/?kind=flag")
    moderator.locator("[data-queue] a").filter(has_text=re.compile(slug[:4], re.IGNORECASE)).first.click()
    expect(moderator.locator("article")).to_contain_text(words)
    moderator.get_by_label("It was right, and it is mended").check()
    moderator.get_by_role("button", name="Decide").click()
    expect(moderator.locator("[role=alert]")).to_contain_text("Say why")
    moderator.get_by_label("It was right, and it is mended").check()
    moderator.get_by_label("Reason", exact=True).fill("You are right, it was 1999.")
    moderator.get_by_role("button", name="Decide").click()
    expect(moderator.locator(".messages")).to_contain_text("Decided")
    person.reload()
    expect(person.locator("main")).to_contain_text("You are right, it was 1999.")


def test_no_key_and_no_reader_meets_the_hidden_field(person: Any) -> None:
    person.goto("/accounts/signup/")
    assert not person.get_by_label("Leave this empty").is_visible() or person.evaluate(
        "document.querySelector('.not-for-people').getBoundingClientRect().right < 0"
    )
    assert "Leave this empty" not in str(person.locator("main").aria_snapshot())
    assert person.evaluate("document.querySelector('.not-for-people input').tabIndex") == -1


def test_who_is_banned_reads_why_and_keeps_their_words(
    person: Any, moderator: Any, site: Site, come_in: Callable[..., str]
) -> None:
    email = come_in(person, then="/flags/new/?of=pattern:okrs")
    person.get_by_label("Something else").check()
    person.get_by_label("In your own words").fill("Words that took a while.")
    ban(moderator, site, email)
    person.get_by_role("button", name="Send to the reviewers").click()
    expect(person.locator("main")).to_contain_text("Sent advertisements.")
    expect(person.locator("textarea").first).to_have_value(re.compile("Words that took a while."))
    moderator.goto("/moderation/bans/")
    moderator.get_by_text("Lift it", exact=True).first.click()
    moderator.get_by_label("Why", exact=True).first.fill("They said sorry.")
    moderator.get_by_role("button", name="Lift the ban").first.click()
    expect(moderator.locator(".messages")).to_contain_text("Lifted")


def ban(moderator: Any, site: Site, email: str) -> None:
    """Through the form; which public id an account has is asked of the site itself."""
    code = f"from patterns.models import User; print(User.objects.get(email={email!r}).public_id)"
    moderator.goto(f"/moderation/bans/new/?who={site.manage('shell', '-v', '0', '-c', code).stdout.strip()}")
    moderator.get_by_label("Reason").fill("Sent advertisements.")
    moderator.get_by_role("button", name="Ban", exact=True).click()
    expect(moderator.locator(".messages")).to_contain_text("Banned")
