"""One whole site and one browser for all browser tests of a run; each test gets its own visitor."""

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.browser import chromium
from tests.e2e.hurting import Hurting
from tests.e2e.site import Site, copy_of, environment, prepare, running_site
from tests.e2e.warm import warm

HERE = Path(__file__).resolve().parent
MANY = 20  # accounts that are made at once
PATIENCE = 20_000  # milliseconds; what is expected is waited for, since a busy machine is slow and not wrong


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.e2e)
            if item.get_closest_marker("timeout") is None:
                item.add_marker(pytest.mark.timeout(300))


@pytest.fixture(scope="session")
def make_home(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """`make_home("name")` is a home of its own with all tables and the starter library, where nothing runs."""
    first = prepare(tmp_path_factory.mktemp("prepared") / "home")
    return lambda name: copy_of(first, tmp_path_factory.mktemp(name))


@pytest.fixture(scope="session")
def hurting(request: pytest.FixtureRequest, make_home: Callable[[str], Path]) -> Iterator[Hurting | None]:
    """The faults this run looks at, if any. They begin when the first test asks for them."""
    chosen = [item for item in request.session.items if item.path == HERE / "test_faults.py"]
    begun = Hurting(lambda: make_home("faults"), {item.callspec.params["name"] for item in chosen}) if chosen else None
    yield begun
    if begun:
        begun.end()


@pytest.fixture(scope="session")
def site(make_home: Callable[[str], Path]) -> Iterator[Site]:
    """A site with all its processes and the starter library, or that of CLM_E2E_HOME; its workers answer."""
    home = os.environ.get("CLM_E2E_HOME")  # a copy of a real site, to walk the same ways in a whole library
    with (
        running_site(Path(home) if home else make_home("e2e")) as started,
        warm(environment(started.home) | started.settings) as commands,
    ):
        quick = replace(started, warm=commands)
        quick.wait_for_workers()
        yield quick


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    path = chromium()
    assert path, "No browser; python -m tests.browser says how to get one."
    # Playwright's loop would make Django believe that the tests run in async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        started = playwright.chromium.launch(executable_path=path, args=[*sandbox, "--disable-dev-shm-usage"])
        yield started
        started.close()


@pytest.fixture
def visitor(browser: Any, site: Site) -> Iterator[Callable[..., Any]]:
    """`visitor()` is a new person: a page with no cookies. Options are Playwright's (`java_script_enabled=False`)."""
    contexts = []

    def arrive(**options: Any) -> Any:
        context = browser.new_context(base_url=site.address, **options)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        return context.new_page()

    yield arrive
    for context in contexts:
        context.close()


@pytest.fixture
def page(visitor: Callable[..., Any]) -> Any:
    return visitor()


@pytest.fixture(scope="session")
def accounts(site: Site) -> Iterator[dict[str, str]]:
    """People with a new account, one after the other: to walk the form each time is for tests of the form."""

    def made() -> Iterator[dict[str, str]]:
        while True:
            code = f"import json; from tests.factories.sessions import newcomers; print(json.dumps(newcomers({MANY})))"
            done = site.manage("shell", "-v", "0", "-c", code)
            assert done.returncode == 0, done.stderr
            yield from json.loads(done.stdout)

    return made()


@pytest.fixture
def come_in(site: Site, accounts: Iterator[dict[str, str]]) -> Callable[..., str]:
    """`come_in(page, then=…)` opens a page as somebody with a new account, and returns the address of that account."""

    def enter(page: Any, *, then: str) -> str:
        account = next(accounts)
        page.context.add_cookies([{"name": "sessionid", "value": account["session"], "url": site.address}])
        page.goto(then)
        return account["email"]

    return enter


@pytest.fixture(scope="session")
def moderators_cookies(browser: Any, site: Site) -> Any:
    """The cookies of the first moderator, signed in once for all tests."""
    context = browser.new_context(base_url=site.address)
    context.new_page().goto(site.fresh_link())
    cookies = context.storage_state()
    context.close()
    return cookies


@pytest.fixture
def moderator(visitor: Callable[..., Any], moderators_cookies: Any) -> Any:
    """A page on which the first moderator is signed in."""
    return visitor(storage_state=moderators_cookies)
