"""From an account to a published text, once asked for changes and sent again: without JavaScript, and by keys alone.

What people contribute (a new pattern, an edit that meets another, a relation, a lighthouse), a decline that is read,
and what curators do. By pointer and with JavaScript see test_writing.py, test_contribute.py, test_relation_desk.py and
test_managing.py.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.acts import name_of, sign_up
from tests.e2e.hands import Hands, Keys, Pointer
from tests.e2e.site import Site

WAYS = ("no-javascript", "keys")
MAKE = """
import json
from tests.factories.library import add_revision, make_pattern
names = ["Journey path {way}", "Journey bridge {way}", "Journey ford {way}"]
path, bridge, ford = (make_pattern(one, "## Context\\n\\nA first line.\\n") for one in names)
add_revision(ford, "## Context\\n\\nWorse words.\\n")
print(json.dumps([one.slug for one in (path, bridge, ford)]))
"""
# Somebody else's edit of the same place is published while the first is still being written.
MEET = """
from patterns import publishing
from patterns.format import edit, parse
from patterns.models import Pattern
from tests.factories.library import make_user
pattern = Pattern.objects.select_related("current").get(slug="{slug}")
document = parse(pattern.current.source)
text = edit(document, body=document.body.replace("A first line.", "A first line. Quicker words.")).text
publishing.publish(pattern, source=text, author=make_user(), message="Quicker", based_on=pattern.current)
"""
REASON = "Who says so?"


@dataclass
class Walk:
    """One person and one reviewer, and how they use their pages."""

    way: str
    site: Site
    author: Any
    reviewer: Any
    hands: Hands

    def sign_up(self, name: str) -> None:
        sign_up(self.author, f"{name}-{self.way}@example.org", then="/contribute/")

    def send(self) -> None:
        self.hands.tick(self.author.locator("#id_consent"))
        self.hands.press(self.author.get_by_role("button", name="Send for review"))
        self.author.wait_for_url(re.compile(r"/submissions/\d+/"))

    def look(self, name: str) -> None:
        self.hands.press(self.author.locator("form").get_by_role("button", name=name, exact=False).last)
        self.author.wait_for_selector("section.preview")

    def write_section(self, section: str, words: str) -> None:
        text = self.author.get_by_label(f"Text of {section}", exact=True)
        box = self.author.locator("details.section-edit").filter(has=text)
        if box.get_attribute("open") is None:
            self.hands.press(box.locator("summary").first)
        self.hands.write(text, words)

    def open_item(self) -> None:
        self.reviewer.goto("/review/?sort=newest")
        line = self.reviewer.locator("[data-queue] a").filter(has_text=name_of(self.author)).first
        self.hands.press(line)
        self.reviewer.wait_for_url(re.compile(r"/review/\d+/"))

    def decide(self, button: str, reason: str) -> None:
        self.open_item()
        self.hands.write(self.reviewer.locator("#id_reason"), reason)
        self.hands.press(self.reviewer.get_by_role("button", name=button, exact=True))
        self.reviewer.wait_for_selector(".messages")

    def accept(self) -> None:
        self.open_item()
        self.hands.press(self.reviewer.get_by_role("button", name="Accept", exact=True))
        self.reviewer.wait_for_selector(".messages, .open-questions")
        if self.reviewer.get_by_role("button", name="Accept anyway").count():
            self.hands.press(self.reviewer.get_by_role("button", name="Accept anyway"))
            self.reviewer.wait_for_selector(".messages")

    def read_and_change(self) -> None:
        """The author reads what was asked and opens the text again."""
        self.author.reload()
        expect(self.author.locator("main")).to_contain_text(REASON)
        self.hands.press(self.author.get_by_role("link", name="Change it and send it again"))
        self.author.wait_for_selector("#edit-form")


@pytest.fixture
def walk(request: pytest.FixtureRequest, site: Site, visitor: Callable[..., Any], moderators_cookies: Any) -> Walk:
    way = request.param
    options = {"java_script_enabled": way != "no-javascript"}
    reviewer = visitor(storage_state=moderators_cookies, **options)
    return Walk(way, site, visitor(**options), reviewer, Keys() if way == "keys" else Pointer())


@pytest.fixture
def slugs(walk: Walk) -> list[str]:
    done = walk.site.manage("shell", "-v", "0", "-c", MAKE.format(way=f"{walk.way} {id(walk)}"))
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.strip().splitlines()[-1])


in_every_way = pytest.mark.parametrize("walk", WAYS, indirect=True)
by_keys = pytest.mark.parametrize("walk", ["keys"], indirect=True)


@in_every_way
def test_a_new_pattern(walk: Walk) -> None:
    walk.sign_up("nina")
    walk.hands.press(walk.author.get_by_role("link", name="A new pattern"))
    walk.author.wait_for_url("**/contribute/pattern/")
    walk.hands.write(walk.author.locator("#id_title"), f"Journey well {walk.way}")
    walk.hands.write(walk.author.locator("#id_summary"), "A well that a street digs together.")
    walk.write_section("Context", "No water in August.")
    walk.look("Look at it")
    walk.send()
    walk.decide("Ask for changes", REASON)
    walk.read_and_change()
    walk.write_section("Context", "No water in August, says the street's own record.")
    walk.look("Look at it")
    walk.send()
    walk.accept()
    walk.author.goto(f"/patterns/journey-well-{walk.way}/")
    expect(walk.author.locator(".prose")).to_contain_text("says the street's own record")


@in_every_way
def test_an_edit_that_meets_another(walk: Walk, slugs: list[str]) -> None:
    slug = slugs[0]
    walk.sign_up("olaf")
    walk.author.goto(f"/patterns/{slug}/edit/")
    walk.write_section("Context", "A first line. Slower words.")
    walk.look("Look at the changes")
    assert walk.site.manage("shell", "-v", "0", "-c", MEET.format(slug=slug)).returncode == 0
    walk.hands.tick(walk.author.locator("#id_consent"))
    walk.hands.press(walk.author.get_by_role("button", name="Send for review"))
    said = walk.author.get_by_role("alert")
    expect(said).to_contain_text("The pattern changed while you were writing")
    expect(said).to_contain_text("Quicker words.")
    expect(walk.author.get_by_label("Text of Context", exact=True)).to_have_value(re.compile("Slower words"))
    walk.write_section("Context", "A first line. Quicker words. Slower words.")
    walk.look("Look at the changes")
    walk.send()
    walk.decide("Ask for changes", REASON)
    walk.read_and_change()
    walk.write_section("Context", "A first line. Quicker words. Slower words, says Olaf.")
    walk.look("Look at the changes")
    walk.send()
    walk.accept()
    walk.author.goto(f"/patterns/{slug}/")
    expect(walk.author.locator(".prose")).to_contain_text("Quicker words. Slower words, says Olaf.")


@in_every_way
def test_a_relation(walk: Walk, slugs: list[str]) -> None:
    path, bridge, _ = slugs
    walk.sign_up("pia")
    walk.author.goto(f"/patterns/{path}/")
    walk.hands.press(walk.author.get_by_role("link", name="Suggest a relation").first)
    walk.author.wait_for_url("**/relations/suggest/")
    label = walk.author.locator("#id_way option[value='tensions_with:out']").inner_text()
    walk.hands.choose(walk.author.locator("#id_way"), label)
    walk.hands.write(walk.author.locator("#id_other"), bridge)
    walk.hands.write(walk.author.locator("#id_evidence"), "Both were tried in one valley.")
    walk.hands.write(walk.author.locator("#id_citation"), "Minutes of the valley, 2025")
    walk.look("Look at it")
    walk.send()
    walk.decide("Ask for changes", REASON)
    walk.read_and_change()
    walk.hands.write(walk.author.locator("#id_citation"), "Minutes of the valley, 2025, page 4")
    walk.look("Look at it")
    walk.send()
    walk.accept()
    walk.author.goto(f"/relations/{bridge}/")
    expect(walk.author.locator("main")).to_contain_text("Minutes of the valley, 2025, page 4")


@in_every_way
def test_a_lighthouse(walk: Walk, slugs: list[str]) -> None:
    walk.sign_up("quin")
    walk.hands.press(walk.author.get_by_role("link", name="A lighthouse"))
    walk.author.wait_for_url("**/contribute/lighthouse/")
    walk.hands.write(walk.author.locator("#id_title"), f"Journey Valley {walk.way}")
    walk.hands.write(walk.author.locator("#id_description"), "A valley that keeps its own paths.")
    walk.hands.write(walk.author.locator("#id_patterns_used"), slugs[1].replace("-", " ").capitalize())
    walk.write_section("Overview", "Four paths are kept by those who walk them.")
    walk.look("Look at it")
    walk.send()
    walk.decide("Ask for changes", REASON)
    walk.read_and_change()
    walk.write_section("Overview", "Four paths are kept by those who walk them, since 1990.")
    walk.look("Look at it")
    walk.send()
    walk.accept()
    walk.author.goto(f"/lighthouses/journey-valley-{walk.way}/")
    expect(walk.author.locator(".prose")).to_contain_text("since 1990")


@by_keys
def test_a_decline_is_read_by_its_author(walk: Walk, slugs: list[str]) -> None:
    walk.sign_up("rosa")
    walk.author.goto(f"/patterns/{slugs[0]}/edit/")
    walk.write_section("Context", "A first line, and a boast.")
    walk.look("Look at the changes")
    walk.send()
    walk.decide("Decline", "A boast helps nobody.")
    walk.author.reload()
    expect(walk.author.locator("main")).to_contain_text("A boast helps nobody.")


@by_keys
def test_a_revert(walk: Walk, slugs: list[str]) -> None:
    curator = walk.reviewer
    curator.goto(f"/patterns/{slugs[2]}/history/")
    walk.hands.press(curator.get_by_role("link", name="Go back to it"))
    curator.wait_for_url("**/manage/revert/1/")
    walk.hands.write(curator.get_by_label("Why", exact=True), "The words were better.")
    walk.hands.press(curator.get_by_role("button", name="Go back to it"))
    curator.wait_for_url(re.compile(r"/manage/(#|$)"))
    walk.author.goto(f"/patterns/{slugs[2]}/")
    expect(walk.author.locator(".prose")).to_contain_text("A first line.")


@by_keys
def test_a_merge(walk: Walk, slugs: list[str]) -> None:
    curator, (path, bridge, _) = walk.reviewer, slugs
    curator.goto(f"/patterns/{path}/manage/")
    walk.hands.press(curator.get_by_role("link", name="Merge into another"))
    curator.wait_for_url("**/manage/merge/")
    walk.hands.write(curator.locator("#into"), bridge)
    walk.hands.press(curator.get_by_role("button", name="See both"))
    curator.wait_for_url(re.compile(r"into="))
    walk.hands.write(curator.get_by_label("Why", exact=True), "They say the same.")
    walk.hands.press(curator.get_by_role("button", name="Merge the two"))
    curator.wait_for_url(re.compile(r"/manage/(#|$)"))
    walk.author.goto(f"/patterns/{path}/")
    assert walk.author.url.endswith(f"/patterns/{bridge}/")
