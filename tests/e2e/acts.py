"""What people do on the site, as steps that several tests of the browser share."""

import re
from typing import Any

PASSWORD = "a long enough phrase for tests 7"
SECONDS_TO_ANSWER = 20  # the machine of a test run is busy; how fast it is when idle stands in docs/benchmarks.md


def ask(page: Any, question: str) -> None:
    page.goto("/")
    page.locator("main textarea").fill(question)
    page.get_by_role("button", name="Ask", exact=True).click()
    page.wait_for_url(re.compile("/answers/"))
    page.wait_for_selector(".finished[data-state=done]", timeout=SECONDS_TO_ANSWER * 1000)


def sign_up(page: Any, email: str, *, then: str) -> None:
    """Make an account and confirm its address by the link in the mail the site keeps."""
    page.goto(f"/accounts/signup/?next={then}")
    page.locator("input[name=email]").fill(email)
    passwords = page.locator("input[type=password]")
    for number in range(passwords.count()):
        passwords.nth(number).fill(PASSWORD)
    page.get_by_role("button", name="Make an account").click()
    page.goto("/mail/")
    link = page.locator("article.mail").filter(has_text=email).locator("a[href*='confirm-email']").first
    page.goto(re.sub(r"^https?://[^/]+", "", link.get_attribute("href")))
    page.locator("main form button").first.click()
    page.goto(then)
    if "/login/" in page.url:
        page.locator("input[name=login]").fill(email)
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("main form button[type=submit]").first.click()
        page.goto(then)


def add_words(page: Any, slug: str, words: str) -> None:
    """Add `words` to the first section of a pattern and look at the changes."""
    page.goto(f"/patterns/{slug}/edit/")
    page.locator("details.section-edit summary").first.click()
    text = page.locator("textarea.section-text").first
    text.fill(f"{text.input_value()} {words}")
    look(page)


def look(page: Any) -> None:
    page.get_by_role("button", name="Look at the changes").click()
    page.wait_for_selector("#edit-changes")


def send(page: Any) -> None:
    page.locator("#id_consent").check()
    page.get_by_role("button", name=re.compile("Send for review|Sign in and send")).click()


def open_in_queue(page: Any, words: str) -> None:
    """Open the newest item whose line in the queue has these words, such as its author's name."""
    page.goto("/review/?sort=newest")
    page.locator("[data-queue] a").filter(has_text=words).first.click()


def keys_are_heard(page: Any) -> None:
    """Wait for the script of the queue: it shows what the keys do as soon as it listens."""
    page.locator("[data-shortcuts]:not([hidden])").wait_for()


def name_of(page: Any) -> str:
    """The neutral name under which a nameless account appears, read from its own submission's history."""
    return page.locator(".events").inner_text().split("Sent ")[1].split(",")[0].strip()


def accept(page: Any) -> None:
    """Accept, and once more where questions of the checklist are open."""
    page.get_by_role("button", name="Accept", exact=True).click()
    page.wait_for_selector(".messages, .open-questions")
    if page.get_by_role("button", name="Accept anyway").count():
        page.get_by_role("button", name="Accept anyway").click()
