"""What holds for every page: access, widths, weight, steadiness, and nothing that the browser objects to."""

import functools
import html
import json
import re
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.e2e import every_page
from tests.e2e.every_page import ABSENT, BORROWED, NO_PAGES, PAGES, STATES, VISITOR
from tests.e2e.judging import LOOKS, READY, Judge
from tests.e2e.site import Site

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
# Until the page has what it asked for by itself, has drawn it, and its watchers were told of that.
SETTLED = """async () => {
  const frame = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
  await document.fonts.ready;
  await frame();
  while (document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling')) await frame();
  await frame();
  await frame();
}"""

# In the dark scheme alone, and on what has been judged already: the first paragraph, or what it stands in.
DIM = """rule => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`@media (prefers-color-scheme: dark) { ${rule} }`);
  document.adoptedStyleSheets = [sheet];
}"""


@dataclass
class Opened:
    """A page as it was opened once, its first HTML, and what the browser complained of."""

    page: Any
    complaints: list[str] = field(default_factory=list)
    missing: int = 0
    markup: str = ""

    def open(self, address: str, *, missing: int) -> None:
        """Go there, whatever was here before."""
        self.page.goto("about:blank")  # what the page before says at its end is not about this one
        self.page.emulate_media(color_scheme="light", reduced_motion="reduce")
        self.page.set_viewport_size({"width": WIDE, "height": 900})
        self.complaints.clear()
        self.missing = missing
        response = self.page.goto(address)
        self.page.evaluate(SETTLED)
        assert response.status == (missing or 200), f"{address} answered {response.status}"
        self.markup = response.text()

    def hear(self, message: Any) -> None:
        if message.type in {"error", "warning"} and not (self.missing and str(self.missing) in message.text):
            self.complaints.append(message.text)

    def loaded(self) -> list[str]:
        """The addresses of everything the page brought along."""
        return self.page.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)")


@pytest.fixture(scope="module")
def seeded(site: Site) -> dict[str, Any]:
    done = site.manage("shell", "-v", "0", "-c", "from tests.e2e.every_page_seed import main; main()")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def people(browser: Any, site: Site, seeded: dict[str, Any], hurting: Any) -> Iterator[dict[str, Opened]]:
    """A window for each kind of person, in which one page follows another: to open one anew costs more than to go on.

    Motion is off, so that a colour is judged when it has arrived. Nothing here watches the clock, so the faults of
    test_faults.py begin meanwhile.
    """
    contexts, windows = [], {}
    for who in (VISITOR, *seeded["sessions"]):
        context = browser.new_context(base_url=site.address, reduced_motion="reduce")
        contexts.append(context)
        context.set_default_timeout(20_000)
        context.add_init_script(WATCH + LOOKS)
        context.add_init_script(READY)
        if key := seeded["sessions"].get(who):
            context.add_cookies([{"name": "sessionid", "value": key, "url": site.address}])
        windows[who] = Opened(context.new_page())
        windows[who].page.on("console", windows[who].hear)
        windows[who].page.on("pageerror", lambda problem, here=windows[who]: here.complaints.append(str(problem)))
    yield windows
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge()


@pytest.fixture(scope="module", params=KINDS)
def opened(request: pytest.FixtureRequest, people: dict[str, Opened], seeded: dict[str, Any]) -> Opened:
    """Each kind of page in turn, opened once for all tests of it."""
    address, who = KINDS[request.param]
    people[who].open(address.format(**seeded["ids"]), missing=ABSENT.get(request.param, 0))
    return people[who]


def test_no_kind_of_page_is_forgotten() -> None:
    assert set(every_page.names()) - NO_PAGES == set(PAGES)


def test_a_page_is_light(opened: Opened, site: Site) -> None:
    assert 0 < sum(_compressed(url) for url in opened.loaded() if url.endswith((".css", ".js"))) <= HEAVIEST


def test_nobody_else_is_asked_for_anything(opened: Opened, site: Site) -> None:
    assert [url for url in opened.loaded() if not url.startswith((site.address, "data:"))] == []


def test_axe_finds_nothing_in_either_scheme(opened: Opened, judge: Judge) -> None:
    assert judge.findings(opened.page) == []


def test_nothing_moves(opened: Opened) -> None:
    assert opened.page.evaluate("seen.shifts") == []


def test_the_largest_thing_came_with_the_page(opened: Opened) -> None:
    largest = "".join(opened.page.evaluate("seen.largest").split())
    assert largest[:60] in "".join(html.unescape(re.sub(r"<[^>]*>", " ", opened.markup)).split())


@pytest.mark.parametrize("rule", ["main p { color: #555 }", "main { background: #bbb }", "main p { opacity: 0.3 }"])
def test_a_look_that_was_judged_hides_no_new_one(people: dict[str, Opened], rule: str) -> None:
    here, judge = people[VISITOR], Judge()
    here.open("/about/", missing=0)
    assert judge.findings(here.page) == judge.findings(here.page) == []
    here.page.evaluate(DIM, rule)
    assert {found[:2] for found in judge.findings(here.page)} == {("dark", "color-contrast")}


@pytest.mark.parametrize("width", [ZOOMED, NARROW])
def test_nothing_scrolls_sideways(opened: Opened, width: int) -> None:
    opened.page.set_viewport_size({"width": width, "height": 640})
    assert opened.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_the_browser_has_no_objection(opened: Opened) -> None:
    assert opened.complaints == []


@functools.cache
def _compressed(url: str) -> int:
    """Bytes of a static file as the site sends it to a browser."""
    request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})  # noqa: S310
    with urllib.request.urlopen(request, timeout=10) as response:  # noqa: S310
        return len(response.read())
