"""The desk of suggested relations and suggesting one, in a real browser: by keys, many at once, without JavaScript."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.acts import accept, keys_are_heard, name_of, open_in_queue, send, sign_up
from tests.e2e.site import Site

DESK = "/review/relations/"
SEED = """
from patterns.doubting import keeping
from patterns.models import Pattern, Library
from tests.factories.relating import suggested
library = Library.objects.get_or_create(slug="{slug}", defaults=dict(title="{slug}", origin="imported"))[0]
ends = list(Pattern.objects.filter(state="published").order_by("slug")[:52])
for one in ends[1:{count}]:
    suggested(one, ends[0], library=library, kind="related", stands_at="related[0]")
keeping.refresh()
"""


@pytest.fixture(params=[True, False], ids=["javascript", "no-javascript"])
def scripts(request: pytest.FixtureRequest) -> bool:
    return request.param


@pytest.fixture
def reviewer(visitor: Callable[..., Any], moderators_cookies: Any, scripts: bool) -> Any:
    return visitor(storage_state=moderators_cookies, java_script_enabled=scripts)


def seed(site: Site, slug: str, count: int) -> str:
    """`count` suggested relations of a library of their own; return the address that shows them alone."""
    done = site.manage("shell", "-c", SEED.format(slug=slug, count=count + 1))
    assert done.returncode == 0, done.stderr
    return f"{DESK}?library={slug}"


def test_fifty_are_rejected_at_once_and_taken_back(site: Site, reviewer: Any, scripts: bool) -> None:
    page = reviewer
    page.goto(seed(site, f"bulk-{scripts}".lower(), 50))
    expect(page.locator("main")).to_contain_text("50 relations fit.")
    page.get_by_label("All 50 that fit").check()
    page.get_by_label("Reason", exact=True).fill("A list of everything, no relations.")
    page.locator(".desk-bulk").get_by_role("button", name="Reject").click()
    expect(page.locator("h1")).to_have_text("Reject 50 relations?")
    expect(page.locator("#confirm-reason")).to_have_value("A list of everything, no relations.")
    page.get_by_role("button", name="Reject them").click()
    expect(page.locator(".messages")).to_contain_text("Rejected: 50 relations.")
    page.locator(".desk-last").get_by_role("button", name="Undo").click()
    expect(page.locator(".messages")).to_contain_text("Taken back: 50 relations are as they were.")


def test_one_is_accepted_and_one_rejected_by_buttons(site: Site, reviewer: Any, scripts: bool) -> None:
    page = reviewer
    page.goto(seed(site, f"single-{scripts}".lower(), 3))
    page.locator(".desk-row").first.get_by_role("button", name="Accept").click()
    expect(page.locator(".messages")).to_contain_text("Accepted: 1 relation.")
    page.locator(".desk-row").first.get_by_role("button", name="Reject").click()
    expect(page.locator(".messages")).to_contain_text("Rejected: 1 relation.")
    expect(page.locator(".desk-row")).to_have_count(1)


def test_the_list_is_walked_and_decided_by_keys(site: Site, moderator: Any) -> None:
    page = moderator
    page.goto(seed(site, "keys", 4))
    keys_are_heard(page)
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator(".desk-row").nth(1)).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("a")
    expect(page.locator(".messages")).to_contain_text("Accepted: 1 relation.")
    keys_are_heard(page)
    expect(page.locator(".desk-row").first).to_be_focused()
    page.keyboard.press("r")
    expect(page.locator(".messages")).to_contain_text("Rejected: 1 relation.")
    keys_are_heard(page)
    page.keyboard.press("u")
    expect(page.locator(".messages")).to_contain_text("Taken back: 1 relation is as it was.")
    expect(page.locator(".desk-row")).to_have_count(3)


def test_a_suggestion_goes_from_a_stranger_to_both_patterns(
    visitor: Callable[..., Any], moderator: Any, scripts: bool
) -> None:
    person = visitor(java_script_enabled=scripts)
    slug = "repair-cafe" if scripts else "library-of-things"
    person.goto(f"/patterns/{slug}/")
    person.get_by_role("link", name="Suggest a relation").first.click()
    person.locator("#id_way").select_option("tensions_with:out")
    person.locator("#id_other").fill("Doughnut Economics")
    person.locator("#id_evidence").fill("Both were tried in one street, and each took hands from the other.")
    person.get_by_role("button", name="Look at it").click()
    expect(person.locator("#relation-says + p")).to_contain_text("is in tension with Doughnut Economics")
    expect(person.locator("main")).to_contain_text("Say where the evidence can be found")
    person.locator("#id_citation").fill("My own street, 2025")
    person.get_by_role("button", name="Look at it").click()
    send(person)
    person.wait_for_url(re.compile("/login/"))
    sign_up(person, f"rel-{scripts}@example.org".lower(), then=f"/patterns/{slug}/relations/suggest/")
    expect(person.locator("main")).to_contain_text("Your text is still here")
    send(person)
    person.wait_for_url(re.compile(r"/submissions/\d+/"))
    mine = person.url

    open_in_queue(moderator, name_of(person))
    expect(moderator.locator("article")).to_contain_text("in tension with")
    moderator.locator("#id_reason").fill("Which street?")
    moderator.get_by_role("button", name="Ask for changes").click()
    moderator.wait_for_selector(".messages")

    person.goto(mine)
    expect(person.locator("main")).to_contain_text("Which street?")
    person.get_by_role("link", name="Change it and send it again").click()
    person.locator("#id_citation").fill("Dock street in Ghent, 2025")
    person.get_by_role("button", name="Look at it").click()
    send(person)
    person.wait_for_url(mine)

    open_in_queue(moderator, name_of(person))
    accept(moderator)
    moderator.wait_for_selector(".messages")
    for pattern in (slug, "doughnut-economics"):
        person.goto(f"/relations/{pattern}/")
        expect(person.locator("main")).to_contain_text("Dock street in Ghent, 2025")
