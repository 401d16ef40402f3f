"""One item between a reviewer and an author in a real browser: comments, changes asked for, sent again, accepted."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.acts import accept, add_words, keys_are_heard, look, name_of, open_in_queue, send
from tests.e2e.test_contribute import KINDS

PATTERNS = {"javascript": "advice-process", "no-javascript": "apprenticeship", "keys": "blameless-review"}


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return request.param


def sent_by(person: Any, come_in: Callable[..., str], slug: str, words: str) -> str:
    """Send an edit that adds `words`, as somebody new; returns the address of the submission."""
    come_in(person, then=f"/patterns/{slug}/edit/")
    add_words(person, slug, words)
    send(person)
    person.wait_for_url(re.compile(r"/submissions/\d+/"))
    return person.url


def beside(page: Any, words: str) -> Any:
    """The sign that opens a comment on the line with these words."""
    return page.locator(".at").filter(has_text=words).locator(".plus")


def test_an_edit_is_talked_over_sent_again_and_accepted(
    visitor: Callable[..., Any], moderators_cookies: Any, come_in: Callable[..., str], kind: str
) -> None:
    options = {"java_script_enabled": KINDS[kind]}
    author, reviewer = visitor(**options), visitor(storage_state=moderators_cookies, **options)
    page = sent_by(author, come_in, PATTERNS[kind], "Nobody ever doubts this.")
    name = name_of(author)

    open_in_queue(reviewer, name)
    reviewer.locator("#id_reason").fill("And thank you.")
    reviewer.locator("details.tray summary", has_text="Checklist").click()
    reviewer.locator("input[name=tick]").first.check()
    beside(reviewer, "Nobody ever doubts this.").click()
    expect(reviewer.locator("#id_draft")).to_be_visible()
    expect(reviewer.locator("#id_reason")).to_have_value("And thank you.")
    reviewer.locator("#id_draft").fill("Says **who**?")
    reviewer.get_by_role("button", name="Comment", exact=True).click()
    expect(reviewer.locator(".thread strong", has_text="who")).to_be_visible()
    expect(reviewer.locator("#id_reason")).to_have_value("And thank you.")
    reviewer.locator("details.tray summary", has_text="Ready-made reasons").click()
    reviewer.locator("input[name=ready][value=source]").check()
    reviewer.get_by_role("button", name="Ask for changes").click()
    reviewer.wait_for_selector(".messages")

    author.goto(page)
    said = author.locator("main").inner_text()
    assert "Please name the source of what is new" in said
    assert "And thank you." in said
    author.locator(".thread").get_by_role("link", name="Answer").click()
    author.locator("#id_draft").fill("The minutes of 2024 say so.")
    author.get_by_role("button", name="Answer").click()
    expect(author.locator(".thread .remark")).to_have_count(2)
    author.get_by_role("link", name="Change it and send it again").click()
    text = author.locator("textarea.section-text").first
    text.fill(text.input_value().replace("Nobody ever doubts this.", "Few doubted this in 2024."))
    look(author)
    send(author)
    author.wait_for_url(page)

    open_in_queue(reviewer, name)
    expect(reviewer.get_by_role("heading", name="What changed since")).to_be_visible()
    assert "Few" in reviewer.locator(".talked ins").all_inner_texts()[0]
    thread = reviewer.locator(".comments .thread")
    expect(thread).to_contain_text("this line has changed since")
    expect(thread).to_contain_text("Answered")
    thread.get_by_role("button", name="Resolve").click()
    expect(reviewer.locator(".comments .thread summary")).to_contain_text("Resolved by")
    accept(reviewer)
    reviewer.wait_for_selector(".messages")
    author.goto(page)
    expect(author.locator("main")).to_contain_text("Published, with your name on it.")


def test_the_same_by_keyboard_alone(visitor: Callable[..., Any], moderator: Any, come_in: Callable[..., str]) -> None:
    author = visitor()
    sent_by(author, come_in, PATTERNS["keys"], "Keys may open lines.")
    open_in_queue(moderator, name_of(author))
    keys_are_heard(moderator)
    keys = moderator.keyboard
    for _ in range(12):  # to the sign beside the line, as often as it takes
        keys.press("n")
        if moderator.evaluate("document.activeElement.closest('.at')?.textContent.includes('Keys may open lines.')"):
            break
    keys.press("Enter")
    expect(moderator.locator("#id_draft")).to_be_focused()
    keys.type("Which lines?")
    keys.press("Tab")
    keys.press("Enter")
    expect(moderator.locator(".thread")).to_contain_text("Which lines?")
    keys_are_heard(moderator)
    keys.press("r")
    expect(moderator.locator("#id_reason")).to_be_focused()
    keys.type("Say which.")
    keys.press("Tab")
    keys.press("Tab")
    expect(moderator.get_by_role("button", name="Ask for changes")).to_be_focused()
    keys.press("Enter")
    moderator.wait_for_selector(".messages")
    author.reload()
    expect(author.locator("main")).to_contain_text("Say which.")
    expect(author.locator(".thread")).to_contain_text("Which lines?")
