"""Collecting in a real browser, with and without JavaScript: save, order, note, share, read as another, print cards."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from patterns.enums import Tier
from tests.factories.collecting import make_collection
from tests.factories.library import make_pattern, make_user

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
SECRET = "a long enough secret"
BODY = "## Problem\n\nNobody mends the well. It runs dry.\n\n## Solution\n\nTherefore, meet and agree.\n"


def opened(browser: Browser, **options) -> tuple[Page, list[str]]:
    page = browser.new_context(**options).new_page()
    page.set_default_timeout(20_000)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda problem: said.append(str(problem)))
    return page, said


def person(name: str):
    user = make_user(name, email=f"{name.lower()}@example.org", password=SECRET)
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    return user


def sign_in(page: Page, name: str) -> None:
    page.get_by_label("E-mail").or_(page.get_by_label("Email")).first.fill(f"{name.lower()}@example.org")
    page.locator("input[type=password]").fill(SECRET)
    page.locator("main button[type=submit]").first.click()


def has_titles(page: Page, *titles: str) -> None:
    expect(page.locator(".items h3")).to_have_text(list(titles))


@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without"])
def test_saving_ordering_sharing_and_printing(browser, live_server, javascript):
    person("Ada")
    for title in ("Shared well", "Assembly"):
        make_pattern(title, BODY, tier=Tier.SILVER)
    page, said = opened(browser, java_script_enabled=javascript)

    page.goto(f"{live_server.url}/patterns/shared-well/")
    page.get_by_role("button", name="Save to a collection").click()
    sign_in(page, "Ada")
    assert "Saved to the collection" in page.locator(".messages").inner_text()

    page.goto(f"{live_server.url}/patterns/assembly/")
    page.get_by_role("link", name="Save to a collection").click()
    page.get_by_role("button", name=re.compile(r"Save here\W+Saved patterns")).click()
    page.get_by_role("link", name="Saved patterns").click()
    has_titles(page, "Shared well", "Assembly")

    page.get_by_role("group", name="Arrange “Assembly”").get_by_role("button", name="Move up").click()
    page.locator(".items > li:first-child.moved").wait_for()
    has_titles(page, "Assembly", "Shared well")
    if javascript:
        page.wait_for_function("document.activeElement.id.startsWith('up-')")
        assert "now number 1 of 2" in page.locator("#collection-said").inner_text()
    assert page.locator("button.step:focus").get_attribute("name") == "to"

    page.get_by_text("Add a note: Assembly").click()
    page.get_by_label("Note", exact=True).first.fill("Ask <b>Lucía</b> about it")
    page.get_by_role("button", name="Keep the note").first.click()
    assert page.locator(".note").inner_text() == "Ask <b>Lucía</b> about it"

    page.locator("#sharing > summary").click()
    page.get_by_role("button", name="Share by a link").click()
    link = page.get_by_label("The link").input_value()
    assert "/shared/" in link

    other, heard = opened(browser, java_script_enabled=javascript)
    other.goto(live_server.url + link[link.index("/shared/") :])
    has_titles(other, "Assembly", "Shared well")
    assert "Put together by Ada" in other.locator("header.page-head").inner_text()
    other.get_by_role("link", name="Print as cards").click()
    other.get_by_label("with notes").check()
    other.get_by_role("button", name="Use these").click()
    expect(other.locator("article.card")).to_have_count(2)
    assert "Ask <b>Lucía</b>" in other.locator(".card-note").inner_text()
    assert said == heard == []


def test_what_is_taken_out_comes_back_by_the_focused_button(browser, live_server):
    make_collection(person("Ada"), "One", "Two", "Three")
    page, said = opened(browser)
    page.goto(f"{live_server.url}/collections/")
    sign_in(page, "Ada")
    page.get_by_role("link", name="Reading list").click()
    page.get_by_text("More: Two").click()
    page.get_by_role("button", name="Take out Two").click()
    page.locator(".taken").wait_for()
    has_titles(page, "One", "Three")
    page.wait_for_function("document.activeElement.textContent === 'Put back'")
    page.keyboard.press("Enter")
    page.locator(".items > li:nth-child(2).moved").wait_for()
    has_titles(page, "One", "Two", "Three")
    assert said == []


@pytest.mark.parametrize("width", [320, 1440])
def test_collections_and_cards_fit_and_are_large_enough_to_hit(browser, live_server, width):
    collection = make_collection(person("Ada"), "One", "Two " + "with a very long title " * 7)
    page, said = opened(browser, viewport={"width": width, "height": 800}, color_scheme="dark")
    page.goto(live_server.url + collection.get_absolute_url())
    sign_in(page, "Ada")
    for rest in ("", "cards/?notes=1", "edit/"):
        page.goto(live_server.url + collection.get_absolute_url() + rest)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, rest
        small = page.evaluate(
            """[...document.querySelectorAll('main button, main summary, main input:not([type=hidden], [type=checkbox])'
            )].filter(e => e.checkVisibility()).map(e => [e.outerHTML.slice(0, 90), e.getBoundingClientRect().height])
            .filter(([, height]) => height < 39.5)"""
        )
        assert small == []
    assert said == []


def test_four_cards_fill_one_sheet_of_a4_and_none_runs_over(browser, live_server):
    long = " ".join(f"Sentence number {n} says a little more about it." for n in range(60))
    body = f"## Problem\n\n{long}\n\n## Solution\n\n{long}\n"
    names = ("Short", "مجلس القرية المفتوح للجميع", "A title that goes on and on " * 10, "Four", "Five")
    patterns = [make_pattern(name, body, slug=f"p{n}", summary=long) for n, name in enumerate(names)]
    collection = make_collection(person("Ada"), *patterns)
    collection.items.update(note=long)
    page, _ = opened(browser)
    page.goto(live_server.url + collection.get_absolute_url() + "cards/?notes=1")
    page.goto(f"{live_server.url}/accounts/login/?next={collection.get_absolute_url()}cards/%3Fnotes%3D1")
    sign_in(page, "Ada")
    expect(page.locator("article.card")).to_have_count(5)
    page.wait_for_load_state("load")
    page.emulate_media(media="print")
    over = page.evaluate(
        """[...document.querySelectorAll('.card')].map(card => [card.scrollHeight - card.clientHeight,
        card.scrollWidth - card.clientWidth, card.querySelector('.card-foot').getBoundingClientRect().bottom
        - card.getBoundingClientRect().bottom])"""
    )
    assert len(over) == 5
    assert all(taller <= 0 and wider <= 0 and foot < 0 for taller, wider, foot in over), over
    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 2
