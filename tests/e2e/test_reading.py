"""Reading in a real browser: widths, schemes, keyboard, no JavaScript, print, and nothing the browser objects to."""

import pytest
from playwright.sync_api import Browser, Page

from tests.factories.library import make_lighthouse, make_pattern, make_relation

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
BODY = """## Context

People share a well. They must agree on its use.

## Problem

| Who decides | What a very long heading of a table may be called in the world of padded cells |
|---|---|
| Nobody | `averyveryverylongwordwithoutanyplacetobreakitsomewhereinthemiddleofit` |

## Solution

<script>document.title = "run"</script> Meet. ![a map](https://tracker.example/pixel.gif)
"""


@pytest.fixture
def library():
    well = make_pattern("Shared well", BODY, summary="Agree on the water.", domain="governance")
    make_relation(well, "requires", make_pattern("Assembly", domain="governance"))
    make_lighthouse("Wellstead", uses=(well, "Something unheard of"))
    return well


def opened(browser: Browser, **options) -> tuple[Page, list[str]]:
    page = browser.new_context(**options).new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("requestfailed", lambda request: said.append(f"failed: {request.url}") if _failed(request) else None)
    page.on("pageerror", lambda problem: said.append(str(problem)))
    return page, said


def _failed(request) -> bool:
    """A request that the browser itself gives up, because one goes on to another page, has not failed."""
    return request.failure != "net::ERR_ABORTED"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1440])
def test_reading_pages_fit_and_the_browser_has_no_objection(browser, live_server, library, width, scheme):
    page, said = opened(browser, viewport={"width": width, "height": 800}, color_scheme=scheme)
    citation = f"{library.current.get_absolute_url()}?start=12&end=40"
    for address in ("/patterns/", "/patterns/shared-well/", citation, "/lighthouses/wellstead/", "/accounts/login/"):
        page.goto(live_server.url + address)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, address
    assert said == []


def test_nothing_is_asked_of_anyone_else(browser, live_server, library):
    page, _ = opened(browser)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{live_server.url}/patterns/shared-well/")
    assert asked
    assert all(url.startswith((live_server.url, "data:")) for url in asked)
    assert page.title() != "run"


def test_the_library_is_read_without_javascript(browser, live_server, library):
    page, _ = opened(browser, java_script_enabled=False)
    page.goto(f"{live_server.url}/patterns/")
    page.get_by_role("link", name="Shared well").click()
    page.get_by_role("link", name="Assembly", exact=True).click()
    assert page.get_by_role("heading", level=1).inner_text() == "Assembly"


def test_the_first_key_leads_past_the_header(browser, live_server, library):
    page, _ = opened(browser)
    page.goto(f"{live_server.url}/patterns/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "page-main"


def test_a_citation_shows_its_passage_on_the_first_screen(browser, live_server, library):
    start = library.current.body.index("They must")
    page, _ = opened(browser)
    page.goto(f"{live_server.url}{library.current.get_absolute_url()}?start={start}&end={start + 29}#passage")
    mark = page.locator("#passage")
    assert mark.inner_text().startswith("They must agree")
    assert 0 <= mark.bounding_box()["y"] < page.viewport_size["height"]


def test_what_one_aims_at_is_large_enough(browser, live_server, library):
    page, _ = opened(browser, viewport={"width": 320, "height": 640})
    page.goto(f"{live_server.url}/patterns/")
    small = page.evaluate(
        """[...document.querySelectorAll('.site-head a, button, .site-foot nav a, summary, .pages a')]
        .filter(e => e.checkVisibility()).map(e => [e.textContent.trim(), e.getBoundingClientRect().height])
        .filter(([, height]) => height < 39.5)"""
    )
    assert small == []


def test_paper_carries_the_text_and_nothing_to_click(browser, live_server, library):
    page, _ = opened(browser)
    page.goto(f"{live_server.url}/patterns/shared-well/")
    page.emulate_media(media="print")
    assert page.locator(".prose").is_visible()
    assert not page.locator(".site-head").is_visible()
    assert not page.locator(".ask-about").is_visible()
