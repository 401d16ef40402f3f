"""What a person reads of the checks in a real browser: while typing, and without JavaScript when they look at it."""

from typing import Any

from playwright.sync_api import expect

from tests.e2e.acts import look

FORM = "/patterns/seed-library/edit/"


def write(page: Any, words: str) -> None:
    page.goto(FORM)
    page.locator("details.section-edit summary").first.click()
    text = page.locator("textarea.section-text").first
    text.fill(f"{text.input_value()} {words}")


def test_findings_appear_while_somebody_types(visitor: Any) -> None:
    page = visitor()
    write(page, "Write to ada@gmail.com about it.")
    panel = page.locator("#live-checks")
    expect(panel).to_contain_text("An e-mail address stands here.")
    expect(panel.locator("blockquote")).to_contain_text("ada@gmail.com")
    expect(panel).to_have_attribute("aria-live", "polite")
    place = panel.locator("a.finding-place").first
    assert page.locator(place.get_attribute("href")).count() == 1
    page.locator("#id_title").fill("")
    expect(panel).to_contain_text("Needed before it can be sent")
    expect(panel.locator(".finding-block a.finding-place")).to_have_attribute("href", "#id_title")


def test_without_javascript_they_stand_there_when_one_looks(visitor: Any) -> None:
    page = visitor(java_script_enabled=False)
    write(page, "Write to ada@gmail.com about it.")
    look(page)
    expect(page.locator(".preview .findings")).to_contain_text("An e-mail address stands here.")
