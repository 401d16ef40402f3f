"""Titles while somebody types, in a real browser: by keys, by pointer, for those who listen, without JavaScript."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from inference.titles import suggesting
from tests.factories.library import make_lighthouse, make_pattern

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def library():
    suggesting.forget()
    well = make_pattern("Shared well", aliases=["Village pump"], domain="water")
    make_pattern("Shared oven", domain="bread")
    make_lighthouse("Wellstead", country="Nowhere", uses=(well, "Shraed ovens"))
    suggesting.suggest("shared")  # so that no test waits for the index
    yield
    suggesting.forget()


@pytest.fixture
def opened(browser: Browser, live_server, library):
    contexts = []

    def arrive(path: str, **options) -> Page:
        contexts.append(browser.new_context(base_url=live_server.url, **options))
        page = contexts[-1].new_page()
        page.goto(path)
        return page

    yield arrive
    for context in contexts:
        context.close()


def typed(page: Page, text: str):
    field = page.get_by_role("combobox", name="Search the library")
    field.press_sequentially(text)
    return field


def pointed_at(page: Page) -> str:
    return page.evaluate(
        "document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))?.textContent ?? ''"
    )


def test_keys_point_at_titles_and_enter_opens_one(opened):
    page = opened("/lighthouses/")
    field = typed(page, "shraed")
    expect(page.get_by_role("option")).to_have_count(2)
    assert pointed_at(page) == ""
    seen = []
    for key in ("ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp", "Home", "ArrowDown", "End", "ArrowDown", "ArrowDown"):
        field.press(key)
        seen.append(pointed_at(page)[:11])
    assert seen == [
        "Shared oven",
        "Shared well",
        "",
        "Shared well",
        "",
        "Shared oven",
        "",
        "Shared oven",
        "Shared well",
    ]
    field.press("Enter")
    page.wait_for_url("**/patterns/shared-well/")


def test_enter_without_a_choice_searches(opened):
    page = opened("/lighthouses/")
    field = typed(page, "well")
    expect(page.get_by_role("option").first).to_be_visible()
    field.press("Enter")
    page.wait_for_url(re.compile(r"/search/\?q=well$"))


def test_escape_closes_and_keeps_what_was_typed(opened):
    page = opened("/lighthouses/")
    field = typed(page, "well")
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("Escape")
    expect(page.get_by_role("option")).to_have_count(0)
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value("well")
    field.press("ArrowDown")
    expect(page.get_by_role("option")).to_have_count(2)
    field.press("Tab")
    expect(page.get_by_role("option")).to_have_count(0)


def test_a_pointer_chooses_and_nothing_moves(opened):
    page = opened("/lighthouses/")
    before = page.get_by_role("heading", level=1).bounding_box()
    typed(page, "pump")
    option = page.get_by_role("option", name="Shared well")
    expect(option).to_contain_text("also known as Village pump")
    assert page.get_by_role("heading", level=1).bounding_box() == before
    assert option.bounding_box()["height"] >= 40
    option.click()
    page.wait_for_url("**/patterns/shared-well/")


def test_those_who_listen_are_told_how_many(opened):
    page = opened("/lighthouses/")
    field = typed(page, "well")
    status = page.locator("form .visually-hidden[role=status]")
    expect(status).to_have_text("2 titles fit. The arrow keys choose one, Enter searches the texts.")
    field.fill("zxqvy")
    expect(status).to_have_text("No title fits. Enter searches the texts.")
    field.fill("")
    expect(status).to_have_text("")


def test_a_late_answer_to_an_earlier_letter_is_dropped(opened):
    page = opened("/lighthouses/")
    early, held, ended = re.compile("q=sha$"), [], []
    page.route(early, lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks what it calls
    for event in ("requestfinished", "requestfailed"):
        page.on(event, lambda request: ended.append(request) if early.search(request.url) else None)
    with page.expect_request(early):
        field = typed(page, "sha")
    field.fill("wellst")
    expect(page.get_by_role("option", name="Wellstead")).to_be_visible()
    held[0].continue_()
    while not ended:  # answered, or given up long before
        page.wait_for_timeout(20)
    page.evaluate("new Promise(drawn => requestAnimationFrame(() => setTimeout(drawn)))")
    assert page.get_by_role("option").all_inner_texts() == ["Wellstead\nLighthouse, Nowhere"]


@pytest.mark.parametrize("width", [320, 1440])
def test_the_open_list_fits_and_is_accessible(opened, width):
    from axe_playwright_python.sync_playwright import Axe

    page = opened("/search/", viewport={"width": width, "height": 700}, color_scheme="dark")
    page.get_by_role("combobox").press_sequentially("shared")
    expect(page.get_by_role("option")).to_have_count(2)
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    found = Axe().run(page, context=".search-box", options={"resultTypes": ["violations"]})
    assert found.response["violations"] == []


def test_without_javascript_the_field_searches_and_lighthouses_are_read(opened):
    page = opened("/lighthouses/?sort=country", java_script_enabled=False)
    assert page.get_by_role("combobox").count() == 0
    page.get_by_role("link", name="Wellstead").click()
    page.get_by_role("link", name="Shared oven").click()  # offered for what is not in the library
    page.get_by_label("Search the library").fill("shraed wall")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Shared well").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Shared well"
