"""What holds for every page: access, widths, weight, steadiness, and nothing that the browser objects to."""

import functools
import html
import json
import re
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest

from tests.e2e import every_page
from tests.e2e.every_page import ABSENT, BORROWED, NO_PAGES, PAGES, STATES, VISITOR
from tests.e2e.site import Site

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
HEAVIEST = 60_000  # bytes of CSS and JavaScript, compressed
WIDE, NARROW, ZOOMED = 1280, 320, 640  # CSS pixels; a screen of 1,280 at 200 % shows 640
KINDS = {**PAGES, **BORROWED, **STATES}
# Before the page's own: what it moves after it was drawn, and the largest thing that was drawn.
WATCH = """
window.seen = {shifts: [], largest: ''};
const watch = (type, act) =>
  new PerformanceObserver(list => list.getEntries().forEach(act)).observe({type, buffered: true});
watch('layout-shift', e => e.hadRecentInput || e.sources.forEach(s => seen.shifts.push(
  `${e.value}: ${(s.node?.outerHTML || s.node?.textContent || '').slice(0, 120)}`)));
watch('largest-contentful-paint', e => { seen.largest = e.element ? e.element.textContent : '' });
"""


@dataclass
class Opened:
    """A page as it was opened once, its first HTML, and what the browser complained of."""

    page: Any
    markup: str = ""
    complaints: list[str] = field(default_factory=list)

    def loaded(self) -> list[str]:
        """The addresses of everything the page brought along."""
        return self.page.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)")


@pytest.fixture(scope="module")
def seeded(site: Site) -> dict[str, Any]:
    done = site.manage("shell", "-v", "0", "-c", "from tests.e2e.every_page_seed import main; main()")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def people(browser: Any, site: Site, seeded: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A browser context for each kind of person. Motion is off, so that a colour is judged when it has arrived."""
    contexts = {}
    for who in (VISITOR, *seeded["sessions"]):
        contexts[who] = browser.new_context(base_url=site.address, reduced_motion="reduce")
        contexts[who].set_default_timeout(20_000)
        if key := seeded["sessions"].get(who):
            contexts[who].add_cookies([{"name": "sessionid", "value": key, "url": site.address}])
    yield contexts
    for context in contexts.values():
        context.close()


@pytest.fixture(scope="module", params=KINDS)
def opened(
    request: pytest.FixtureRequest, people: dict[str, Any], site: Site, seeded: dict[str, Any]
) -> Iterator[Opened]:
    """Each kind of page in turn, opened once for all tests of it."""
    address, who = KINDS[request.param]
    missing = ABSENT.get(request.param, 0)
    found = Opened(people[who].new_page())
    found.page.set_viewport_size({"width": WIDE, "height": 900})
    found.page.add_init_script(WATCH)

    def said(message: Any) -> None:
        if message.type in {"error", "warning"} and not (missing and str(missing) in message.text):
            found.complaints.append(message.text)

    found.page.on("console", said)
    found.page.on("pageerror", lambda problem: found.complaints.append(str(problem)))
    response = found.page.goto(address.format(**seeded["ids"]))
    found.page.wait_for_timeout(250)
    assert response.status == (missing or 200), f"{address} answered {response.status}"
    found.markup = response.text()
    yield found
    found.page.close()


def test_no_kind_of_page_is_forgotten() -> None:
    assert set(every_page.names()) - NO_PAGES == set(PAGES)


def test_axe_finds_nothing_in_either_scheme(opened: Opened) -> None:
    opened.page.evaluate(AXE)
    found = []
    for scheme, rules in (("light", None), ("dark", ["color-contrast", "link-in-text-block"])):
        opened.page.emulate_media(color_scheme=scheme)
        options = {"resultTypes": ["violations"], "preload": False}
        if rules:
            options["runOnly"] = {"type": "rule", "values": rules}
        result = opened.page.evaluate("options => axe.run(document, options)", options)
        found += [(scheme, one["id"], one["nodes"][0]["html"][:200]) for one in result["violations"]]
    opened.page.emulate_media(color_scheme="light")
    assert found == []


@pytest.mark.parametrize("width", [NARROW, ZOOMED])
def test_nothing_scrolls_sideways(opened: Opened, width: int) -> None:
    opened.page.set_viewport_size({"width": width, "height": 640})
    over = opened.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    opened.page.set_viewport_size({"width": WIDE, "height": 900})
    assert over <= 0


def test_a_page_is_light(opened: Opened, site: Site) -> None:
    assert 0 < sum(_compressed(url) for url in opened.loaded() if url.endswith((".css", ".js"))) <= HEAVIEST


def test_nobody_else_is_asked_for_anything(opened: Opened, site: Site) -> None:
    assert [url for url in opened.loaded() if not url.startswith((site.address, "data:"))] == []


def test_the_browser_has_no_objection(opened: Opened) -> None:
    assert opened.complaints == []


def test_nothing_moves(opened: Opened) -> None:
    assert opened.page.evaluate("seen.shifts") == []


def test_the_largest_thing_came_with_the_page(opened: Opened) -> None:
    largest = "".join(opened.page.evaluate("seen.largest").split())
    assert largest[:60] in "".join(html.unescape(re.sub(r"<[^>]*>", " ", opened.markup)).split())


@functools.cache
def _compressed(url: str) -> int:
    """Bytes of a static file as the site sends it to a browser."""
    request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})  # noqa: S310
    with urllib.request.urlopen(request, timeout=10) as response:  # noqa: S310
        return len(response.read())
