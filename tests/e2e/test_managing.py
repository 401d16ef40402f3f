"""Curators at work in a real browser, with and without JavaScript: each act says what it will do, and does that."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.e2e.site import Site

KINDS = {"javascript": True, "no-javascript": False}
MAKE = """
import json, sys
from tests.factories.library import add_revision, make_pattern, make_relation, make_user, make_library
from patterns.collections import arranging, collecting
kind = {kind!r}
names = ["Managed well", "Managed spring", "Managed fence", "Managed gate"]
well, spring, fence, gate = (make_pattern(f"{{name}} {{kind}}") for name in names)
add_revision(gate, "## Context\\n\\nWorse words.\\n")
make_relation(spring, target=fence)
make_relation(spring, target=well)
owner = make_user("Owner of a collection " + kind, email=f"owner-{{kind}}@example.org", password="a long pass phrase")
owner.emailaddress_set.create(email=owner.email, verified=True, primary=True)
kept = collecting.create(owner, title="What we try")
arranging.add(kept, pattern=spring, actor=owner, note="By the road")
print(json.dumps({{"email": owner.email, "collection": kept.pk}}))
"""


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def curator(kind: str, visitor: Callable[..., Any], moderators_cookies: Any) -> Any:
    return visitor(java_script_enabled=KINDS[kind], storage_state=moderators_cookies)


@pytest.fixture
def library(site: Site, kind: str) -> dict[str, Any]:
    done = site.manage("shell", "-c", MAKE.format(kind=kind))
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.strip().splitlines()[-1])


def main_of(page: Any) -> str:
    return page.locator("main").inner_text()


def test_a_library_is_kept_in_order(
    curator: Any, visitor: Callable[..., Any], library: dict[str, Any], kind: str
) -> None:
    reader = visitor(java_script_enabled=KINDS[kind])
    well, spring, fence, gate = (f"managed-{name}-{kind}" for name in ("well", "spring", "fence", "gate"))

    # Rename: the old address leads to the new one.
    curator.goto(f"/patterns/{well}/")
    curator.get_by_role("link", name="Manage", exact=True).click()
    curator.get_by_role("link", name="Rename", exact=True).click()
    curator.get_by_label("Title", exact=True).fill(f"Shared well {kind}")
    curator.get_by_label("Address", exact=True).fill(f"shared-well-{kind}")
    curator.get_by_role("button", name="Rename").click()
    assert "Say why" in main_of(curator)
    assert curator.get_by_label("Address", exact=True).input_value() == f"shared-well-{kind}"
    curator.get_by_label("Why", exact=True).fill("It is shared.")
    curator.get_by_role("button", name="Rename").click()
    curator.wait_for_url(re.compile(f"/patterns/shared-well-{kind}/manage/$"))
    reader.goto(f"/patterns/{well}/")
    assert reader.url.endswith(f"/patterns/shared-well-{kind}/")

    # Merge: the relation and the place in a collection follow, the loop goes.
    curator.goto(f"/patterns/{spring}/manage/")
    curator.get_by_role("link", name="Merge into another").click()
    curator.locator("#into").fill(f"shared-well-{kind}")
    curator.get_by_role("button", name="See both").click()
    assert curator.locator(".counts > div").first.inner_text().split() == ["relations", "2"]
    assert "Moves to the one that stays: relations (2)" in main_of(curator)
    curator.get_by_label("Why", exact=True).fill("They say the same.")
    curator.get_by_role("button", name="Merge the two").click()
    curator.wait_for_url(re.compile(f"/patterns/{spring}/manage/$"))
    assert "It became part of" in main_of(curator)
    reader.goto(f"/patterns/{spring}/")
    assert reader.url.endswith(f"/patterns/shared-well-{kind}/")
    assert f"Managed fence {kind}" in main_of(reader)
    assert f"Managed spring {kind}" in main_of(reader)  # as another name
    reader.goto(f"/patterns/{spring}/r/1/")
    assert "became part of" in main_of(reader)
    owner = visitor(java_script_enabled=KINDS[kind])
    owner.goto(f"/accounts/login/?next=/collections/{library['collection']}/")
    owner.locator("#id_login").fill(library["email"])
    owner.locator("#id_password").fill("a long pass phrase")
    owner.locator("main button[type=submit]").first.click()
    owner.wait_for_url(re.compile(r"/collections/\d+/"))
    assert f"Shared well {kind}" in main_of(owner)
    assert "By the road" in main_of(owner)

    # Go back to an earlier text, from the history.
    curator.goto(f"/patterns/{gate}/history/")
    curator.get_by_role("link", name="Go back to it").click()
    curator.get_by_label("Why", exact=True).fill("The words were better.")
    curator.get_by_role("button", name="Go back to it").click()
    curator.wait_for_url(re.compile(f"/patterns/{gate}/manage/$"))
    reader.goto(f"/patterns/{gate}/")
    assert "Worse words" not in main_of(reader)

    # Take out with a successor, and bring back.
    curator.goto(f"/patterns/{fence}/manage/retire/")
    curator.get_by_label("Where readers should go instead").fill(f"Managed gate {kind}")
    curator.get_by_label("Why", exact=True).fill("The gate says it better.")
    curator.get_by_role("button", name="Take it out").click()
    curator.wait_for_url(re.compile(f"/patterns/{fence}/manage/$"))
    answer = reader.goto(f"/patterns/{fence}/")
    assert answer.status == 410
    assert "The gate says it better." in main_of(reader)
    reader.get_by_role("link", name=f"Read “Managed gate {kind}”").click()
    assert reader.url.endswith(f"/patterns/{gate}/")
    curator.get_by_role("link", name="Bring it back").click()
    curator.get_by_label("Why", exact=True).fill("Both are needed.")
    curator.get_by_role("button", name="Bring it back").click()
    curator.wait_for_url(re.compile(f"/patterns/{fence}/manage/$"))
    assert reader.goto(f"/patterns/{fence}/").status == 200

    # Take the merge back.
    curator.goto(f"/patterns/{spring}/manage/")
    curator.get_by_role("link", name="Take the merge back").click()
    curator.get_by_label("Why", exact=True).fill("They are two after all.")
    curator.get_by_role("button", name="Take it back").click()
    curator.wait_for_url(re.compile(f"/patterns/{spring}/manage/$"))
    assert reader.goto(f"/patterns/{spring}/").url.endswith(f"/patterns/{spring}/")
    owner.reload()
    assert f"Managed spring {kind}" in main_of(owner)
