"""The relation explorer in a real browser: without JavaScript, with titles offered, and pictures that hold labels."""

import pytest
from playwright.sync_api import expect

from tests.factories.library import make_pattern, make_relation

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
TITLES = (
    "WWWWW MMMMM Wide capitals that need a great deal of room on every line there is",
    "Indigenous governance (various traditions beyond Māori/Haudenosaunee)",
    "ملكية المشاع والإدارة المشتركة للموارد المحلية في المدن الكبيرة",
    "共有地の管理について長い題名を書くとどうなるでしょうか共有地の管理",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
)
SPILLED = """() => [...document.querySelectorAll('svg.graph')].flatMap(svg => {
    const frame = svg.getBoundingClientRect();
    return [...svg.querySelectorAll('text')].filter(text => {
        const box = text.getBoundingClientRect();
        return box.left < frame.left - 1 || box.right > frame.right + 1 || box.bottom > frame.bottom + 1;
    }).map(text => text.textContent);
})"""
COVERED = """() => [...document.querySelectorAll('svg.graph')].flatMap(svg => {
    const boxes = [...svg.querySelectorAll('text')].map(text => [text.textContent, text.getBoundingClientRect()]);
    return boxes.flatMap(([one, a], place) => boxes.slice(place + 1).filter(([, b]) =>
        a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 2 && b.top < a.bottom - 2
    ).map(([other]) => [one, other]));
})"""


@pytest.fixture
def library():
    well, council = make_pattern("Shared well"), make_pattern("Council of neighbours")
    for number, title in enumerate(TITLES):
        pattern = make_pattern(title, slug=f"long-{number}")
        make_relation(well, ("requires", "tensions_with", "enables")[number % 3], pattern, evidence="Because of water.")
        make_relation(pattern, "requires", council)
    return well


def opened(browser, live_server, **options):
    page = browser.new_context(base_url=live_server.url, **options).new_page()
    page.set_default_timeout(20_000)
    page.said = []
    page.on("console", lambda message: page.said.append(message.text) if message.type in {"error", "warning"} else None)
    return page


@pytest.mark.parametrize("width", [320, 1440])
def test_labels_of_any_script_stay_in_their_picture_and_apart(browser, live_server, library, width):
    page = opened(browser, live_server, viewport={"width": width, "height": 800})
    addresses = (
        "/patterns/shared-well/",
        "/relations/shared-well/",
        "/relations/shared-well/prerequisites/",
        "/relations/shared-well/to/council-of-neighbours/",
        "/relations/shared-well/to/long-0/",
    )
    for address in addresses:
        page.goto(address)
        assert page.locator("svg.graph text").count() > 1, address
        assert page.evaluate(SPILLED) == [], address
        assert page.evaluate(COVERED) == [], address
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, address
    assert page.said == []


def test_relations_are_explored_without_javascript(browser, live_server, library):
    page = opened(browser, live_server, java_script_enabled=False)
    page.goto("/patterns/shared-well/")
    page.get_by_role("link", name="Explore relations").click()
    page.get_by_role("link", name="Prerequisites").click()
    expect(page.get_by_role("heading", name="2 steps away")).to_be_visible()
    page.get_by_label("Its title, or a part of it").fill("counsil of neighbours")
    page.get_by_role("button", name="Find the way").click()
    page.get_by_role("link", name="Council of neighbours", exact=True).click()
    expect(page.get_by_role("heading", name="Joined through what they share")).to_be_visible()


def test_titles_are_offered_and_chosen_by_keyboard(browser, live_server, library):
    page = opened(browser, live_server)
    page.goto("/relations/")
    field = page.get_by_label("Pattern", exact=True)
    field.press_sequentially("shared w")
    expect(page.get_by_role("option", name="Shared well")).to_be_visible()
    field.press("ArrowDown")
    field.press("Enter")
    expect(field).to_have_value("Shared well")
    field.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Shared well")).to_be_visible()


def test_a_picture_adds_no_stops_for_the_keyboard(browser, live_server, library):
    page = opened(browser, live_server)
    page.goto("/relations/shared-well/")
    stops = page.evaluate("[...document.querySelectorAll('svg.graph a')].filter(a => a.tabIndex >= 0).length")
    links = page.evaluate("[...document.querySelectorAll('svg.graph a')].map(a => a.getAttribute('href')).length")
    assert (stops, links) == (0, len(TITLES))
