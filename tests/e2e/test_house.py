"""The house in a browser: it fits, its menu opens without JavaScript, and the browser has no objection to it."""

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.test_reading import opened
from tests.factories.library import make_lighthouse, make_pattern

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
LONG = "Averyverylongnamewithoutanyplacetobreakitanywhereinthemiddleofit"


@pytest.fixture
def library():
    well = make_pattern("Shared well", domain=LONG)
    make_pattern("سوق القرية", slug="market", domain="villages")
    make_lighthouse(LONG, uses=(well, f"Wanted {LONG}"))


@pytest.mark.parametrize("width", [320, 768, 1440])
def test_the_house_fits_and_the_browser_has_no_objection(browser: Browser, live_server, library, width):
    page, said = opened(browser, viewport={"width": width, "height": 800})
    for address in ("/", "/wanted/", "/about/", "/licence/", "/privacy/"):
        page.goto(live_server.url + address)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, address
    assert said == []


def test_the_menu_opens_by_keyboard_without_javascript(browser: Browser, live_server, library):
    page, _ = opened(browser, viewport={"width": 320, "height": 640}, java_script_enabled=False)
    page.goto(f"{live_server.url}/about/")
    link = page.locator(".site-nav").get_by_role("link", name="Lighthouses")
    assert not link.is_visible()
    page.locator(".site-menu > summary").press("Enter")
    link.click()
    assert page.url.endswith("/lighthouses/")


def test_with_room_the_menu_is_a_row_of_links(browser: Browser, live_server, library):
    page, _ = opened(browser, viewport={"width": 1440, "height": 800})
    page.goto(f"{live_server.url}/about/")
    assert not page.locator(".site-menu > summary").is_visible()
    page.locator(".site-nav").get_by_role("link", name="Browse").click()
    assert page.url.endswith("/patterns/")


def test_a_lost_visitor_finds_the_way_without_javascript(browser: Browser, live_server, library):
    page, _ = opened(browser, java_script_enabled=False)
    page.goto(f"{live_server.url}/patterns/shared-wel/")
    page.get_by_role("navigation", name="Did you mean").get_by_role("link", name="Shared well").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Shared well"


def test_what_is_wanted_is_reached_without_javascript(browser: Browser, live_server, library):
    page, _ = opened(browser, java_script_enabled=False)
    page.goto(live_server.url)
    page.get_by_role("link", name=f"Wanted {LONG}").click()
    assert "/wanted/wanted-" in page.url
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"Wanted {LONG}")
