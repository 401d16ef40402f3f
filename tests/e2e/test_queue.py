"""The queue in a real browser: by keys alone, and without JavaScript; many are ticked, confirmed, and told apart."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.reviewers import told

KINDS = {"javascript": True, "no-javascript": False}
MARK = {"javascript": "With keys", "no-javascript": "Without script"}


def seed(site: Any, kind: str) -> None:
    told(site, "seed_things", MARK[kind], 4)


def words(kind: str) -> str:
    return MARK[kind].split()[1]


@pytest.fixture
def reviewer(site: Any, visitor: Any) -> Any:
    """A way to a page on which a reviewer of this test alone is signed in."""

    def arrive(**options: Any) -> Any:
        page = visitor(**options)
        key = told(site, "one_session", "Queue walker")
        page.context.add_cookies([{"name": "sessionid", "value": key, "url": site.address}])
        return page

    return arrive


def test_by_keys_alone_a_reviewer_finds_ticks_claims_and_opens(site: Any, reviewer: Any) -> None:
    seed(site, "javascript")
    page = reviewer()
    page.goto("/review/")
    page.locator("[data-shortcuts]:not([hidden])").wait_for()
    page.keyboard.press("/")
    page.keyboard.type(MARK["javascript"])
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("q=With"))
    page.locator("[data-shortcuts]:not([hidden])").wait_for()
    rows = page.locator("[data-row]")
    assert rows.count() == 4
    for key in ("j", "x", "j", "x", "k"):
        page.keyboard.press(key)
    assert page.locator("[data-row] :checked").count() == 2
    expect(rows.first.get_by_role("link")).to_be_focused()
    page.keyboard.press("c")
    page.wait_for_selector(".messages")
    expect(page.locator("[data-row]").filter(has_text="You hold it until")).to_have_count(1)
    page.locator("[data-shortcuts]:not([hidden])").wait_for()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/review/\d+/"))
    page.locator("[data-shortcuts]:not([hidden])").wait_for()
    page.keyboard.press("g")
    page.keyboard.press("q")
    page.wait_for_url(re.compile(r"/review/\?.*q=With"))


@pytest.mark.parametrize("kind", KINDS)
def test_many_are_claimed_given_back_and_declined_with_one_reason(site: Any, reviewer: Any, kind: str) -> None:
    told(site, "seed_things", f"Many {words(kind)}", 3)
    page = reviewer(java_script_enabled=KINDS[kind])
    page.goto(f"/review/?q=Many+{words(kind)}")
    bulk = page.get_by_role("group", name="Many at once")
    for number in (0, 1):
        page.locator("[data-row] input[type=checkbox]").nth(number).check()
    bulk.get_by_role("button", name="Claim").click()
    expect(page.get_by_role("heading", name="You hold 2 things")).to_be_visible()
    page.get_by_role("button", name="Give all of them back").click()
    expect(page.get_by_role("heading", name="2 things given back")).to_be_visible()
    page.get_by_role("link", name="Back to the list").click()

    bulk.locator("select").select_option("page")
    bulk.get_by_role("button", name="Decline…").click()
    expect(page.get_by_role("heading", name="Decline 3 things")).to_be_visible()
    page.get_by_label("One reason for all of them").fill("It is no pattern.")
    page.get_by_role("button", name="Decline them").click()
    expect(page.get_by_role("heading", name="3 things declined")).to_be_visible()
    assert "What was decided stays decided" in page.locator("main").inner_text()
    page.goto(f"/review/?q=Many+{words(kind)}")
    expect(page.get_by_role("heading", name="Nothing fits all of this")).to_be_visible()


@pytest.mark.parametrize("kind", KINDS)
def test_a_list_is_kept_under_a_name_and_found_again(site: Any, reviewer: Any, kind: str) -> None:
    page = reviewer(java_script_enabled=KINDS[kind], viewport={"width": 1280, "height": 900})
    page.goto("/review/?kind=edit&quick=1")
    page.get_by_label("Keep this list as").fill(f"Short edits {kind}")
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_role("link", name=f"Short edits {kind}")).to_have_attribute("aria-current", "true")
    page.get_by_role("link", name="All lists").click()
    page.get_by_role("button", name=f"Delete Short edits {kind}").click()
    expect(page.get_by_text("Nothing in the queue has changed")).to_be_visible()


def test_on_a_small_screen_the_list_comes_first_and_an_open_item_leads_back(site: Any, reviewer: Any) -> None:
    told(site, "seed_things", "Small screen", 1)
    page = reviewer(viewport={"width": 320, "height": 640})
    page.goto("/review/?q=Small+screen")
    expect(page.locator("[data-row]")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.locator("[data-row] a").click()
    page.wait_for_url(re.compile(r"/review/\d+/"))
    expect(page.locator(".queue-others")).to_be_hidden()
    page.get_by_role("link", name="The queue").click()
    page.wait_for_url(re.compile(r"/review/\?q=Small"))
