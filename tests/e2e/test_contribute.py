"""Suggesting and reviewing in a real browser, with and without JavaScript: nothing typed is lost, reasons arrive."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.acts import accept, add_words, keys_are_heard, look, name_of, open_in_queue, send, sign_up

KINDS = {"javascript": True, "no-javascript": False}
# A test changes a pattern of its own, and each kind of browser another one, so that none meets another's edits.
PATTERNS = {
    "survives": {"javascript": "okrs", "no-javascript": "commons-charter"},
    "conflict": {"javascript": "platform-cooperative", "no-javascript": "doughnut-economics"},
    "reason": {"javascript": "sociocratic-consent", "no-javascript": "community-land-trust"},
}


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def person(kind: str, visitor: Callable[..., Any]) -> Any:
    return visitor(java_script_enabled=KINDS[kind])


with_javascript = pytest.mark.parametrize("kind", ["javascript"], indirect=True)


def test_words_written_before_signing_in_survive_it(person: Any, kind: str) -> None:
    slug = PATTERNS["survives"][kind]
    add_words(person, slug, "Words before signing in.")
    assert "Words before signing in." in person.locator(".diff ins").first.inner_text()
    send(person)
    person.wait_for_url(re.compile("/login/"))
    sign_up(person, f"cleo-{kind}@example.org", then=f"/patterns/{slug}/edit/")
    assert "Your text is still here" in person.locator("main").inner_text()
    assert "Words before signing in." in person.locator(".diff ins").first.inner_text()
    send(person)
    person.wait_for_url(re.compile(r"/submissions/\d+/"))
    assert "Waiting for a reviewer" in person.locator("main").inner_text()


@with_javascript  # without it see test_journeys.py
def test_two_edits_of_one_place_lose_neither(
    person: Any, moderator: Any, visitor: Callable[..., Any], come_in: Callable[..., str], kind: str
) -> None:
    slug, other = PATTERNS["conflict"][kind], visitor()
    come_in(person, then=f"/patterns/{slug}/edit/")
    add_words(person, slug, "Words of the slower one.")
    come_in(other, then=f"/patterns/{slug}/edit/")
    add_words(other, slug, "Words of the quicker one.")
    send(other)
    other.wait_for_url(re.compile(r"/submissions/\d+/"))
    open_in_queue(moderator, name_of(other))
    accept(moderator)
    moderator.wait_for_selector(".messages")

    send(person)
    said = person.locator("[role=alert]").inner_text()
    assert "The pattern changed while you were writing" in said
    assert "Words of the quicker one." in said
    assert "Words of the slower one." in person.locator("textarea.section-text").first.input_value()


def test_the_author_reads_why_and_sends_again(
    person: Any, moderator: Any, come_in: Callable[..., str], kind: str
) -> None:
    slug = PATTERNS["reason"][kind]
    come_in(person, then=f"/patterns/{slug}/edit/")
    add_words(person, slug, "A claim without a source.")
    send(person)
    person.wait_for_url(re.compile(r"/submissions/\d+/"))
    page = person.url
    open_in_queue(moderator, name_of(person))
    moderator.get_by_role("button", name="Ask for changes").click()
    assert "Say why in a sentence" in moderator.locator("[role=alert]").inner_text()
    moderator.locator("#id_reason").fill("Please name the source.")
    moderator.get_by_role("button", name="Ask for changes").click()

    person.goto(page)
    assert "Please name the source." in person.locator("main").inner_text()
    person.get_by_role("link", name="Change it and send it again").click()
    text = person.locator("textarea.section-text").first
    text.fill(text.input_value().replace("without a source", "from our own minutes of 2024"))
    look(person)
    send(person)
    person.wait_for_url(page)
    assert "Sent again, waiting for a reviewer" in person.locator("main").inner_text()


def test_the_queue_is_walked_and_claimed_by_keys(
    moderator: Any, visitor: Callable[..., Any], come_in: Callable[..., str]
) -> None:
    author = visitor()
    come_in(author, then="/patterns/participatory-budgeting/edit/")
    add_words(author, "participatory-budgeting", "Keys may open doors.")
    send(author)
    author.wait_for_url(re.compile(r"/submissions/\d+/"))
    moderator.goto("/review/")
    keys_are_heard(moderator)
    moderator.keyboard.press("?")
    expect(moderator.get_by_text("next, previous item")).to_be_visible()
    moderator.keyboard.press("j")
    moderator.keyboard.press("Enter")
    moderator.wait_for_url(re.compile(r"/review/\d+/"))
    open_in_queue(moderator, name_of(author))
    keys_are_heard(moderator)
    moderator.keyboard.press("c")
    moderator.wait_for_selector("text=You hold this until")
    keys_are_heard(moderator)
    moderator.keyboard.press("d")
    expect(moderator.locator("#id_reason")).to_be_focused()
    moderator.keyboard.type("jack")
    assert moderator.locator("#id_reason").input_value() == "jack"
