"""A question goes from its asker through a reviewer to the next person who asks it, with JavaScript and without."""

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.acts import SECONDS_TO_ANSWER

# The two runs ask about different things, so that the second does not meet the question of the first. Each second
# wording is near by words too: a busy machine may not embed in time.
ASKED = {
    "javascript": ("How does a repair café keep things alive?", "How does the repair café keep things alive today?"),
    "no-javascript": ("How does a time bank count an hour of help?", "How does a time bank count one hour of help?"),
}
LEARNT = 60  # seconds until the worker has embedded what became public; the machine of a test run is busy


@pytest.fixture(params=[True, False], ids=["javascript", "no-javascript"])
def people(request: pytest.FixtureRequest, visitor: Callable[..., Any]) -> tuple[Any, Any, tuple[str, str]]:
    """Two visitors who do not know each other, and what they ask."""
    arrive = lambda: visitor(java_script_enabled=request.param)  # noqa: E731
    return arrive(), arrive(), ASKED[request.node.callspec.id]


def send(page: Any, question: str) -> None:
    page.goto("/ask/")
    page.locator("main textarea").fill(question)
    page.get_by_role("button", name="Ask", exact=True).click()


def test_a_shared_answer_is_shown_to_the_next_who_asks(people: Any, moderator: Any) -> None:
    asker, other, (question, like) = people
    send(asker, question)
    asker.wait_for_url(re.compile("/answers/"))
    asker.wait_for_selector(".finished[data-state=done]", timeout=SECONDS_TO_ANSWER * 1000)
    asker.get_by_role("link", name="Share with everybody").click()
    asker.wait_for_url(re.compile("/offer/"))
    expect(asker.get_by_role("heading", name="What becomes public")).to_be_visible()
    asker.locator("#id_license").check()
    asker.get_by_role("button", name="Offer it").click()
    asker.wait_for_url(re.compile("/questions/offers/"))
    expect(asker.get_by_text("Waits for a reviewer")).to_be_visible()

    moderator.goto("/review/")
    moderator.locator("[data-queue] a").filter(has_text=question).first.click()
    expect(moderator.get_by_role("heading", name="Question, as it would be published")).to_be_visible()
    moderator.get_by_role("button", name="Claim").click()
    expect(moderator.get_by_text("You hold this until")).to_be_visible()
    moderator.get_by_role("button", name="Accept").click()
    expect(moderator.get_by_text("is accepted")).to_be_visible()

    asker.reload()
    asker.get_by_role("link", name="See it as everybody does").click()
    asker.wait_for_url(re.compile(r"/questions/\d+-"))
    expect(asker.locator("h1")).to_have_text(question)
    assert asker.locator(".sources li").count() >= 1
    public = asker.url

    found = other.get_by_role("heading", name="Somebody asked nearly the same")
    end = time.monotonic() + LEARNT
    while True:
        send(other, like)
        other.wait_for_url(re.compile("/answers/|/ask/$"))
        if found.count() or time.monotonic() > end:
            break
        time.sleep(1)
    expect(found).to_be_visible()
    expect(other.locator(".alike a").first).to_have_text(question)
    other.get_by_role("button", name="Ask anyway").click()
    other.wait_for_url(re.compile("/answers/"))
    expect(other.locator("h1")).to_have_text(like)

    asker.get_by_role("link", name="You offered this: take it back").click()
    asker.get_by_role("button", name="Take it back").click()
    expect(asker.get_by_text("Its text is deleted here.").first).to_be_visible()
    assert other.goto(public).status == 410
