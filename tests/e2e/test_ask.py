"""A question in a real browser: answered live with citations that open the passage, and the same without JavaScript."""

import time

import pytest

QUESTION = "What is steward ownership?"


def ask(page, question):
    page.goto("/ask/")
    page.fill("#question", question)
    page.click("main form button[type=submit]")


def test_an_answer_is_written_live_and_its_citation_opens_the_passage(page):
    complaints = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    started = time.monotonic()
    ask(page, QUESTION)
    page.wait_for_selector(".finished .answer .cite a")
    assert time.monotonic() - started < 20
    assert "company" in page.inner_text(".answer")
    assert page.inner_text("#answer-status") == "The answer is ready."
    page.click(".sources li:first-child a")
    page.wait_for_selector("#passage, .cited-block, mark.cited, main h1")
    assert "/r/" in page.url
    assert complaints == []


def test_what_a_lighthouse_uses(page):
    ask(page, "What patterns does Buurtzorg use?")
    page.wait_for_selector(".finished .answer li")
    assert "Self-Managing Teams" in page.inner_text(".answer")


def test_a_reload_shows_what_was_shown_live(page):
    ask(page, QUESTION)
    page.wait_for_selector(".finished")
    live = page.inner_text(".answer")
    page.reload()
    assert page.inner_text(".answer") == live


def test_the_same_without_javascript(visitor):
    page = visitor(java_script_enabled=False)
    ask(page, QUESTION)
    page.wait_for_selector(".finished .answer .cite a")
    assert page.get_by_role("button", name="Not helpful").is_visible()


def test_a_question_the_library_cannot_answer(page):
    ask(page, "How do I configure nginx?")
    page.wait_for_selector(".finished")
    assert "could not find this in the library" in page.inner_text(".told")


def test_a_follow_up_keeps_its_thread_for_who_asked_it_and_for_nobody_else(page, visitor):
    ask(page, QUESTION)
    page.wait_for_selector(".finished")
    page.fill("#ask-on textarea", "And who has done that?")
    page.click("#ask-on button[type=submit]")
    page.get_by_role("link", name=QUESTION).wait_for()
    page.wait_for_selector(".finished")
    other = visitor()
    other.goto(page.url)
    other.wait_for_selector(".finished")
    assert QUESTION not in other.inner_text("main .page-head")
    page.get_by_role("link", name=QUESTION).first.click()
    page.get_by_role("heading", level=1, name=QUESTION).wait_for()


def test_how_an_answer_was_made_opens_by_keyboard(page):
    ask(page, QUESTION)
    page.wait_for_selector(".finished")
    page.focus(".making summary")
    page.keyboard.press("Enter")
    page.get_by_text("passages in").wait_for()


def test_an_empty_question_is_explained(page):
    page.goto("/ask/")
    page.evaluate("document.querySelector('#question').required = false")
    page.click("main form button[type=submit]")
    assert "a few words are enough" in page.inner_text(".error-summary")


@pytest.mark.parametrize("width", [320, 1440])
def test_the_answer_fits_the_screen(visitor, width):
    page = visitor(viewport={"width": width, "height": 800})
    ask(page, QUESTION)
    page.wait_for_selector(".finished")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
