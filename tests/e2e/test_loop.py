"""The whole loop of the site, as people walk it: ask, correct, review, release; edit, review, publish, find again."""

import json
import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.acts import accept, ask, name_of, open_in_queue, sign_up
from tests.e2e.site import Site


@pytest.fixture(params=[True, False], ids=["javascript", "no-javascript"])
def person(request: pytest.FixtureRequest, visitor: Callable[..., Any]) -> Any:
    return visitor(java_script_enabled=request.param)


def test_a_definition_is_answered_with_checked_citations(person: Any) -> None:
    ask(person, "What is steward ownership?")
    assert person.locator(".sources li").count() >= 1
    assert "teward-ownership is a way to own a company" in person.locator(".answer").inner_text()


def test_a_citation_opens_its_passage_highlighted_at_its_revision(person: Any) -> None:
    ask(person, "What is steward ownership?")
    person.locator(".sources a").first.click()
    person.wait_for_url(re.compile(r"/r/\d+/\?"))
    expect(person.locator("mark").first).to_be_visible()


def test_a_question_about_a_lighthouse_is_answered_from_what_it_declares(person: Any) -> None:
    ask(person, "What patterns does Buurtzorg use?")
    said = person.locator(".answer").inner_text()
    assert "Self-Managing Teams" in said
    assert "Sociocratic Consent" in said


def test_a_correction_accepted_by_another_person_stands_in_the_next_release(
    person: Any, moderator: Any, site: Site, request: pytest.FixtureRequest
) -> None:
    name = request.node.callspec.id
    question = f"What is open-book management good for, in the words of {name}?"
    better = f"Open-book management lets everyone see, read and act on the real figures ({name})."
    email = f"ada-{name}@example.org"
    ask(person, question)
    answer = person.url
    sign_up(person, email, then=answer)
    person.get_by_role("link", name="Correct this answer").click()
    person.locator("textarea[name=text]").fill(better)
    for box in person.locator("main form input[type=checkbox]").all():
        box.check()
    person.get_by_role("button", name="Send to review").click()
    person.wait_for_url(re.compile("/submissions/"))

    open_in_queue(moderator, f"words of {name}")
    moderator.get_by_role("button", name="Claim").click()
    accept(moderator)
    moderator.wait_for_selector(".messages")
    released = site.manage("release_dataset", "--json")
    assert released.returncode == 0, released.stderr
    folder = site.home / "datasets"
    rows = [line for path in folder.rglob("*.jsonl") for line in path.read_text().splitlines()]
    assert any(better in line for line in rows)
    assert json.loads(released.stdout)["rows"] >= 1


def test_an_accepted_edit_is_found_by_search_within_ten_seconds(
    person: Any, moderator: Any, come_in: Callable[..., str], request: pytest.FixtureRequest
) -> None:
    name = request.node.callspec.id
    word = "zwirbelkraut" if name == "javascript" else "quastenhalm"
    come_in(person, then="/patterns/retrospectives/")
    person.goto("/patterns/retrospectives/edit/")
    person.locator("details.section-edit summary").first.click()
    text = person.locator("textarea.section-text").first
    text.fill(text.input_value().rstrip() + f"\n\nSome teams keep a {word} jar for small thanks.\n")
    person.locator("textarea[name=note]").fill("A custom worth knowing.")
    person.get_by_role("button", name="Look at the changes").click()
    person.locator("#id_consent").check()
    person.get_by_role("button", name="Send for review").click()
    person.wait_for_url(re.compile("/submissions/"))

    open_in_queue(moderator, name_of(person))
    moderator.get_by_role("button", name="Claim").click()
    accept(moderator)
    accepted = time.monotonic()
    while time.monotonic() - accepted < 10:
        person.goto(f"/search/?q={word}")
        if word in person.locator("main ol").first.inner_text() if person.locator("main ol").count() else False:
            return
        time.sleep(0.3)
    raise AssertionError(f"'{word}' was not found within ten seconds of being accepted.")


def test_an_author_cannot_accept_their_own_work(moderator: Any) -> None:
    moderator.goto("/patterns/doughnut-economics/edit/")
    moderator.locator("textarea[name=summary]").fill("Meet everyone's needs within what the planet can bear.")
    moderator.get_by_role("button", name="Look at the changes").click()
    moderator.locator("#id_consent").check()
    moderator.get_by_role("button", name="Send for review").click()
    moderator.goto("/review/")
    moderator.locator("[data-queue] a").filter(has_text="Doughnut").first.click()
    expect(moderator.locator("#item-title")).to_contain_text("Doughnut")
    expect(moderator.get_by_role("button", name="Accept")).to_have_count(0)


def test_only_the_workers_that_embed_hold_the_embedding_model(page: Any, site: Site) -> None:
    ask(page, "How does a community land trust keep homes affordable?")
    loads = [line for line in site.log().splitlines() if "loaded the embedding model" in line]
    holders = {line.split("|")[0].split()[-1] for line in loads}
    assert holders <= {"interactive", "bulk"}
