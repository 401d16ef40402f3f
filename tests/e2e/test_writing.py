"""Writing in a real browser: drafts that save themselves, sessions that end, changes asked for, published texts."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.e2e import acts
from tests.e2e.acts import PASSWORD, look, name_of, open_in_queue, send, sign_up

SUMMARY = "Lend tools as a library lends books."


def begin(page: Any, title: str, words: str) -> None:
    """Fill in a title, a summary and the first section of a new pattern."""
    page.goto("/contribute/pattern/")
    page.locator("#id_title").fill(title)
    page.locator("#id_summary").fill(SUMMARY)
    write(page, "Context", words)


def write(page: Any, section: str, words: str) -> None:
    box = page.locator("details.section-edit").filter(has=page.get_by_label(f"Text of {section}", exact=True))
    if box.get_attribute("open") is None:
        box.locator("summary").click()
    page.get_by_label(f"Text of {section}", exact=True).fill(words)


def look_at_it(page: Any) -> None:
    page.get_by_role("button", name="Look at it").last.click()
    page.wait_for_selector("#edit-changes")


def sign_in(page: Any, email: str) -> None:
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()


def sent(page: Any) -> str:
    """Send it and return the name its author has in the queue."""
    send(page)
    page.wait_for_url(re.compile(r"/submissions/\d+/"))
    return name_of(page)


def ask_for_changes(moderator: Any, author: str, reason: str) -> None:
    open_in_queue(moderator, author)
    moderator.locator("#id_reason").fill(reason)
    moderator.get_by_role("button", name="Ask for changes").click()
    moderator.wait_for_selector(".messages")


def accept(moderator: Any, author: str) -> None:
    open_in_queue(moderator, author)
    acts.accept(moderator)
    moderator.wait_for_selector(".messages")


def test_a_new_pattern_from_a_stranger_to_the_library(page: Any, moderator: Any) -> None:
    sign_up(page, "hal@example.org", then="/contribute/pattern/")
    begin(page, "Neighbourhood Tool Library", "A street with a drill in every cellar.")
    expect(page.locator("#live")).to_contain_text("A street with a drill in every cellar.")
    expect(page.locator("#saved")).to_contain_text("Saved at")
    draft = page.url
    assert "?submission=" in draft

    page.context.clear_cookies(name="sessionid")  # the session ends while somebody writes
    write(page, "Problem", "Nobody dares to ask for it.")
    expect(page.locator("#saved")).to_contain_text("Kept in this browser")
    page.goto("/accounts/login/")
    sign_in(page, "hal@example.org")
    page.goto(draft)
    page.get_by_role("button", name="Bring them back").click()
    page.wait_for_selector("#edit-changes")
    assert "Nobody dares to ask for it." in page.locator(".reads-new").inner_text()

    author = sent(page)
    mine = page.url
    ask_for_changes(moderator, author, "Who lends it?")
    page.goto(mine)
    page.get_by_role("link", name="Change it and send it again").click()
    expect(page.locator(".asked")).to_contain_text("Who lends it?")
    write(page, "Solution", "**A neighbour keeps the key.**")
    look_at_it(page)
    sent(page)
    expect(page.locator("#changes-title")).to_have_text("What changed since")
    accept(moderator, author)
    page.goto(mine)
    page.get_by_role("link", name="Read it").click()
    assert page.locator("h1").inner_text() == "Neighbourhood Tool Library"
    assert "A neighbour keeps the key." in page.locator(".prose").inner_text()


def test_a_lighthouse_is_written_and_then_changed(page: Any, moderator: Any, come_in: Callable[..., str]) -> None:
    come_in(page, then="/contribute/lighthouse/")
    page.locator("#id_title").fill("Leihladen Town")
    page.locator("#id_description").fill("A town that lends what it owns.")
    page.locator("#id_patterns_used").fill("Repair Café\nA pattern nobody wrote")
    write(page, "Overview", "Three shops lend tools.")
    look_at_it(page)
    author = sent(page)
    ask_for_changes(moderator, author, "Since when?")
    page.get_by_role("link", name="Your work").first.click()
    page.get_by_role("link", name="Leihladen Town").click()
    page.get_by_role("link", name="Change it and send it again").click()
    write(page, "Overview", "Three shops lend tools since 2012.")
    look_at_it(page)
    sent(page)
    accept(moderator, author)
    page.goto("/lighthouses/leihladen-town/")
    assert "since 2012" in page.locator(".prose").inner_text()
    assert "Repair Café" in page.locator(".rail").inner_text()

    page.get_by_role("link", name="Suggest an edit").first.click()
    write(page, "Overview", "Four shops lend tools since 2012.")
    look(page)
    author = sent(page)
    accept(moderator, author)
    page.goto("/lighthouses/leihladen-town/r/2/")
    assert "Four shops" in page.locator(".prose").inner_text()


def test_an_edit_begins_at_a_passage_and_meets_another_edit(
    page: Any, moderator: Any, visitor: Callable[..., Any], come_in: Callable[..., str]
) -> None:
    other, slug = visitor(), "decision-log"
    come_in(page, then=f"/patterns/{slug}/")
    page.locator(".prose .suggest").nth(1).click()
    opened = page.locator("details.section-edit[open] textarea.section-text")
    assert opened.count() == 1
    expect(opened).to_be_focused()
    come_in(other, then=f"/patterns/{slug}/")
    other.locator(".prose .suggest").nth(1).click()
    words = other.locator("details.section-edit[open] textarea.section-text")
    words.fill(words.input_value() + " Kim's words.")
    look(other)
    kim = sent(other)
    page.reload()
    assert f"{kim} also has an open edit" in page.locator("main").inner_text()
    assert "Kim's words." not in page.content()
    accept(moderator, kim)
    opened.fill(opened.input_value() + " Jon's words.")
    look(page)
    said = page.locator("[role=alert]").inner_text()
    assert "The pattern changed while you were writing" in said
    assert "Kim's words." in said
    box = page.locator("details.section-edit[open] textarea.section-text")
    box.fill(box.input_value().replace("Jon's words.", "Kim's words. Jon's words."))
    look(page)
    jon = sent(page)
    accept(moderator, jon)
    page.goto(f"/patterns/{slug}/")
    assert "Kim's words. Jon's words." in page.locator(".prose").inner_text()


def test_a_file_is_brought_mended_and_kept(page: Any, come_in: Callable[..., str]) -> None:
    come_in(page, then="/contribute/import/")
    page.locator("#id_text").fill("---\ntitle: Bring and Share\nodd: 1\n\nFood for all.")
    page.get_by_role("button", name="Read it").click()
    assert "never closed" in page.locator("[role=alert]").inner_text()
    box = page.locator("#id_text")
    box.fill(box.input_value().replace("odd: 1\n", "odd: 1\n---\n"))
    page.get_by_role("button", name="Read it").click()
    expect(page.locator("#id_title")).to_have_value("Bring and Share")
    page.get_by_role("button", name="Keep as a draft").click()
    page.wait_for_url(re.compile(r"/submissions/\d+/"))
    assert "Food for all." in page.locator("main").inner_text()


def test_sections_are_added_and_moved_without_javascript(visitor: Callable[..., Any], moderator: Any) -> None:
    page, title = visitor(java_script_enabled=False), "Pattern without JavaScript"
    sign_up(page, "mo@example.org", then="/contribute/")
    without_javascript(page, title)
    accept(moderator, name_of(page))
    page.goto("/patterns/pattern-without-javascript/")
    assert "What it costs" in page.locator(".prose").inner_text()


def without_javascript(page: Any, title: str) -> None:
    page.get_by_role("link", name="A new pattern").click()
    page.locator("#id_title").fill(title)
    page.locator("#id_summary").fill(SUMMARY)
    page.locator("#id_new_name").fill("What it costs")
    page.get_by_role("button", name="Add it").click()
    page.get_by_label("Text of What it costs").fill("Two hours a week.")
    page.get_by_role("button", name=re.compile(r"Move up\s*: What it costs")).click()
    page.get_by_role("button", name="Keep as a draft").click()
    page.get_by_role("link", name="Go on writing").click()
    look_at_it(page)
    assert "Two hours a week." in page.locator(".reads-new").inner_text()
    sent(page)
