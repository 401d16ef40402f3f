"""The pattern page in a real browser: wordings, anchors, citation, comparison, diagrams and paper."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.test_reading import opened
from tests.factories.library import add_revision, make_pattern

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
BODY = """## Context

People share a well. They must agree on its use.

## Solution

Meet, then write it down.

```mermaid
graph TD
A[Meet] -->|agree| B{Written?}
B -->|no| A
B -->|yes| C[Keep it]
```

| Who | A very long heading of a table in the world of padded cells that never end and never break at all |
|---|---|
| All | `averyveryverylongwordwithoutanyplacetobreakitsomewhereinthemiddleofitandonandonandon` |

## Consequences

The well lasts.
"""
FRONT = {
    "title": "Shared well",
    "summary": "Agree on the water.",
    "context_labels": {"tech": "Resource protocol", "rural_towns": "إدارة البئر"},
    "ontology": {"commons_assessment": {"resilience": 4.5, "vitality": 3, "overall_score": 3.8}},
    "sources": ["Elinor Ostrom, Governing the Commons, 1990", "https://example.org/a/very/long/path/to/a/paper.pdf"],
}


@pytest.fixture
def well():
    pattern = make_pattern("Shared well", BODY, summary="Agree on the water.", revision={"front": FRONT})
    add_revision(pattern, BODY.replace("People", "Neighbours"), front=FRONT, message="Say who shares it")
    return pattern


def wide(page: Page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - innerWidth")


@pytest.mark.parametrize("width", [320, 1440])
def test_every_page_of_a_pattern_fits_and_the_browser_has_no_objection(browser, live_server, well, width):
    page, said = opened(browser, viewport={"width": width, "height": 800})
    for address in ("", "?wording=rural_towns", "history/", "compare/", "r/1/"):
        page.goto(f"{live_server.url}/patterns/shared-well/{address}", wait_until="networkidle")
        assert wide(page) <= 0, address
    assert said == []


def test_a_wording_is_chosen_by_link_and_kept_while_reading(browser, live_server, well):
    page, _ = opened(browser, java_script_enabled=False)
    page.goto(f"{live_server.url}/patterns/shared-well/")
    page.get_by_role("link", name="Tech").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Resource protocol")
    page.goto(f"{live_server.url}/patterns/shared-well/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Resource protocol")
    page.get_by_role("link", name="As titled").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Shared well")


def test_a_heading_gives_its_address_by_keyboard(browser, live_server, well):
    page, _ = opened(browser)
    page.goto(f"{live_server.url}/patterns/shared-well/")
    anchor = page.locator("a.anchor[href='#solution']")
    anchor.focus()
    expect(anchor).to_have_css("opacity", "1")
    expect(anchor).to_have_accessible_name("Solution")
    expect(page.locator("#solution")).to_have_accessible_name("Solution")
    page.keyboard.press("Enter")
    assert page.url.endswith("#solution")


def test_the_citation_opens_by_its_link_without_javascript(browser, live_server, well):
    page, _ = opened(browser, java_script_enabled=False)
    page.goto(f"{live_server.url}/patterns/shared-well/")
    page.get_by_role("link", name="Cite").click()
    expect(page.get_by_text("@misc{shared-well-r2")).to_be_visible()
    expect(page.get_by_role("button", name="Copy")).to_have_count(0)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download shared-well-r2.bib").click()
    assert download.value.suggested_filename == "shared-well-r2.bib"


def test_a_citation_is_copied(browser, live_server, well):
    page, _ = opened(browser, permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"{live_server.url}/patterns/shared-well/#cite")
    page.get_by_role("button", name="Copy").first.click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert "Revision 2" in page.evaluate("navigator.clipboard.readText()")


def test_two_revisions_are_compared_without_javascript(browser, live_server, well):
    page, _ = opened(browser, java_script_enabled=False)
    page.goto(f"{live_server.url}/patterns/shared-well/")
    page.get_by_role("link", name="History").click()
    page.get_by_label("Compare from revision 1").check()
    page.get_by_role("button", name="Compare the two").click()
    expect(page.locator(".diff ins").first).to_contain_text("Neighbours")


def test_a_diagram_scrolls_in_its_own_box_and_can_be_read_as_words(browser, live_server, well):
    page, _ = opened(browser, viewport={"width": 320, "height": 640})
    page.goto(f"{live_server.url}/patterns/shared-well/")
    expect(page.get_by_role("img", name="Diagram")).to_be_visible()
    page.get_by_text("The diagram in words").click()
    expect(page.get_by_text("Meet → Written?: agree")).to_be_visible()


def test_paper_carries_text_sources_and_the_permanent_address(browser, live_server, well):
    page, _ = opened(browser)
    page.goto(f"{live_server.url}/patterns/shared-well/")
    page.emulate_media(media="print")
    for shown in (".lead", ".prose", ".flowchart", ".file-sources", ".colophon"):
        assert page.locator(shown).first.is_visible(), shown
    assert "/patterns/shared-well/r/2/" in page.locator(".colophon").inner_text()
    for hidden in (".page-tools", ".wording", ".contents", ".cite-as", ".anchor", ".site-foot", ".diagram details"):
        assert not page.locator(hidden).first.is_visible(), hidden


def test_the_page_does_not_move_while_it_loads(browser, live_server, well):
    page, _ = opened(browser, viewport={"width": 1440, "height": 900})
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver(list => list.getEntries().forEach(e => window.moved += e.value))"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    page.goto(f"{live_server.url}/patterns/shared-well/", wait_until="networkidle")
    assert page.evaluate("window.moved") == 0
