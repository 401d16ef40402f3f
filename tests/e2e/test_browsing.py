"""Browsing and constellations in a real browser: quick with JavaScript, whole without, and nobody loses their place."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from patterns.queries.listing import PAGE_SIZE
from tests.factories.library import make_pattern, suits

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
FIT = "document.documentElement.scrollWidth - innerWidth"


@pytest.fixture
def library():
    for number in range(10):
        pattern = make_pattern(f"Pattern {number}", domain=f"domain-{number}", categories=["practice"])
        suits(pattern, "archetype", "Cooperative" if number % 2 else "City", number / 10)
        suits(pattern, "stage", "Exit/Succession", 0.9, "Because it was made for that.")
    make_pattern("بئر مشتركة", slug="well", domain="حوكمة", summary="بئر يشترك فيها الجيران.", categories=["practice"])


@pytest.fixture
def visit(browser: Any, live_server):
    contexts = []

    def arrive(address: str, **options: Any) -> Any:
        context = browser.new_context(base_url=live_server.url, **options)
        context.set_default_timeout(20_000)
        contexts.append(context)
        page = context.new_page()
        page.said = []
        page.on("console", lambda each: page.said.append(each.text) if each.type in {"error", "warning"} else None)
        page.on("pageerror", lambda problem: page.said.append(str(problem)))
        page.goto(address)
        return page

    yield arrive
    for context in contexts:
        context.close()


def settled(page: Any, address: str) -> None:
    expect(page).to_have_url(re.compile(re.escape(address) + "$"))
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)


def has_focus(page: Any, name: str) -> None:
    expect(page.locator(f"[id='{name}']")).to_be_focused()


def has_patterns(page: Any, count: int) -> None:
    expect(page.locator(".list-results h3")).to_have_count(count)


def test_a_choice_swaps_the_list_and_keeps_the_place(visit, library):
    page = visit("/patterns/")
    page.evaluate("window.marked = true")
    page.locator("#domain-domain-3").press("Enter")
    settled(page, "/patterns/?domain=domain-3")
    assert page.locator(".list-results h3").all_inner_texts() == ["Pattern 3"]
    has_focus(page, "domain-domain-3")
    assert page.locator("#said").inner_text() == "1 pattern"
    assert page.title().startswith("Domain 3 · Browse")
    page.locator("#domain-domain-4").click()
    settled(page, "/patterns/?domain=domain-3&domain=domain-4")
    has_patterns(page, 2)
    assert page.evaluate("window.marked")
    assert page.said == []


def test_a_fold_stays_open_while_one_chooses_in_it(visit, library):
    page = visit("/patterns/")
    page.locator("#more-domain > summary").click()
    page.locator("#domain-domain-9").click()
    settled(page, "?domain=domain-9")
    assert page.locator("#more-domain").get_attribute("open") is not None
    has_focus(page, "domain-domain-9")
    page.locator("#domain-domain-9").press("Enter")
    settled(page, "/patterns/")
    has_focus(page, "domain-domain-9")
    assert page.locator("#domain-domain-9").is_visible()


def test_taking_a_chip_away_leads_to_the_count(visit, library):
    page = visit("/patterns/?domain=domain-3&category=practice")
    page.locator(".chip").first.click()
    settled(page, "?category=practice")
    has_focus(page, "count")


def test_back_brings_back_the_list_before(visit, library):
    page = visit("/patterns/")
    page.locator("#domain-domain-3").click()
    settled(page, "?domain=domain-3")
    page.go_back()
    has_patterns(page, 11)
    assert page.url.endswith("/patterns/")
    page.go_forward()
    has_patterns(page, 1)
    page.locator(".list-results h3 a").click()
    page.wait_for_url("**/patterns/pattern-3/")
    page.go_back()
    has_patterns(page, 1)
    assert page.locator(".site-head").is_visible()


def test_turning_a_page_starts_at_its_top(visit):
    for number in range(PAGE_SIZE + 1):
        make_pattern(f"Pattern {number:03}")
    page = visit("/patterns/", viewport={"width": 1000, "height": 600})
    page.locator(".pages a[rel=next]").click()
    settled(page, "?page=2")
    expect(page.locator("#browse .result-bar")).to_be_in_viewport()
    has_focus(page, "count")


def test_a_list_that_cannot_be_fetched_is_opened_as_a_page(visit, library):
    page = visit("/patterns/")
    page.route(
        "**/patterns/?domain=*", lambda route: route.fulfill(status=503) if _by_htmx(route) else route.continue_()
    )
    page.locator("#domain-domain-3").click()
    has_patterns(page, 1)
    assert page.url.endswith("?domain=domain-3")


def _by_htmx(route: Any) -> bool:
    return "hx-request" in route.request.headers


def test_facets_are_whole_without_javascript(visit, library):
    page = visit("/patterns/", java_script_enabled=False, viewport={"width": 320, "height": 640})
    page.get_by_text("Narrow down").click()
    page.locator("#more-domain > summary").click()
    page.locator("#domain-domain-9").click()
    page.get_by_text("Narrow down").click()
    page.locator("#more-domain > summary").click()
    page.locator("#domain-domain-8").click()
    assert page.url.endswith("?domain=domain-8&domain=domain-9")
    has_patterns(page, 2)
    page.get_by_role("link", name="Clear all").click()
    assert page.url.endswith("/patterns/")


def test_a_situation_ranks_as_soon_as_it_is_chosen(visit, library):
    page = visit("/constellations/")
    page.locator("#choose-archetype").focus()
    page.locator("#choose-archetype").select_option("cooperative")
    settled(page, "/constellations/?archetype=cooperative")
    assert page.locator(".suited h3").first.inner_text() == "Pattern 9"
    has_focus(page, "choose-archetype")
    page.locator("#choose-stage").select_option("exit/succession")
    settled(page, "?archetype=cooperative&stage=exit%2Fsuccession")
    assert page.locator("#said").inner_text() == "10 patterns"
    assert page.said == []
    page.go_back()
    expect(page.locator("#choose-stage")).to_have_value("")


def test_a_situation_is_ranked_without_javascript(visit, library):
    page = visit("/constellations/", java_script_enabled=False)
    page.locator("#choose-archetype").select_option("cooperative")
    page.get_by_role("button", name="Rank").click()
    assert page.url.endswith("/constellations/?archetype=cooperative")
    page.get_by_role("link", name="Show these in browse").click()
    assert page.locator(".list-results h3").first.inner_text() == "Pattern 9"


@pytest.mark.parametrize("width", [320, 768, 1440])
def test_pages_fit_their_width(visit, library, width: int):
    page = visit("/patterns/", viewport={"width": width, "height": 700})
    for address in (
        "/patterns/?domain=حوكمة&archetype=city&stage=exit/succession&domain=" + "very-long-" * 15,
        "/constellations/",
        "/constellations/?archetype=city&stage=exit/succession",
    ):
        page.goto(address)
        assert page.evaluate(FIT) <= 0, address
