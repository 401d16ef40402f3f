"""A reader with only a keyboard goes wherever a pointer goes: each step is Tab until it is there, then Enter."""

from typing import Any

import pytest

from tests.factories.library import make_lighthouse, make_pattern, make_relation, suits

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
MOST_TABS = 80
FOCUSED = "(document.activeElement.getAttribute('aria-label') || document.activeElement.textContent || '').trim()"


@pytest.fixture
def library():
    words = {"front": {"context_labels": {"tech": "Shared cache"}}}
    well = make_pattern("Shared well", "## Context\n\nPeople share a well.", domain="governance", revision=words)
    make_pattern("Toll road", domain="money")
    make_relation(well, "requires", make_pattern("Assembly", domain="governance"))
    make_lighthouse("Wellstead", uses=(well,))
    suits(well, "archetype", "Village", 0.9)


@pytest.fixture(params=[True, False], ids=["javascript", "no-javascript"])
def page(request, browser: Any, live_server, library):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=request.param)
    context.set_default_timeout(20_000)
    opened = context.new_page()
    opened.goto("/")
    yield opened
    context.close()


def go(page: Any, name: str) -> None:
    """Press Tab until what has the focus is called `name`, see that the focus shows, and press Enter."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED).startswith(name):
            style = page.evaluate("(s => [s.outlineStyle, s.outlineWidth])(getComputedStyle(document.activeElement))")
            assert style[0] != "none", f"{name} has the focus and does not show it"
            assert style[1] != "0px"
            before = page.url
            page.keyboard.press("Enter")
            page.wait_for_url(lambda url, before=before: url != before)
            page.wait_for_load_state("networkidle")
            return
    raise AssertionError(f"{name} cannot be reached on {page.url}")


def heading(page: Any) -> str:
    return page.get_by_role("heading", level=1).inner_text()


def test_from_the_start_page_to_a_card(page):
    go(page, "Browse")
    go(page, "Governance")
    assert page.get_by_role("link", name="Toll road").count() == 0
    go(page, "Shared well")
    go(page, "Tech")
    assert heading(page) == "Shared cache"
    go(page, "Card")
    assert page.url.endswith("/patterns/shared-well/card/") or "/card/" in page.url


def test_along_a_relation_and_back_by_what_is_said_of_it(page):
    go(page, "Browse")
    go(page, "Shared well")
    go(page, "Explore relations")
    go(page, "Prerequisites")
    assert heading(page) == "Shared well"
    go(page, "Assembly")
    assert heading(page) == "Assembly"


def test_to_a_lighthouse_and_what_it_uses(page):
    go(page, "Lighthouses")
    go(page, "Wellstead")
    go(page, "Shared well")
    assert heading(page) == "Shared well"
