"""Take the pictures of the README and the tour from a running site, so that they show it as it is and not as it was.

python -m docs.shots                          starts a site of its own under var/shots, and stops it
python -m docs.shots http://127.0.0.1:8000    uses one that runs
"""

import argparse
import contextlib
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Error, Page, sync_playwright

from clm_site.supervisor.record import read
from tests.browser import chromium

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
HOME = ROOT / "var" / "shots"
WIDTH, HEIGHT = 1280, 860
START_PATIENCE = 300  # seconds; a first start migrates, imports and indexes
ANSWER_PATIENCE = 120_000  # milliseconds; the first answer waits for the embedder to load
QUESTION = "What is steward ownership?"
PAGES = {
    "home": "/",
    "browse": "/patterns/?archetype=cooperative&stage=growth",
    "pattern": "/patterns/steward-ownership/",
    "relations": "/relations/worker-cooperative/to/commons-charter/",
    "constellation": "/constellations/?archetype=community&stage=growth",
    "card": "/patterns/library-of-things/card/",
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("address", nargs="?", help="a running site; otherwise one is started")
    given = parser.parse_args()
    IMAGES.mkdir(parents=True, exist_ok=True)
    try:
        with contextlib.ExitStack() as stack:
            address = given.address or stack.enter_context(own_site())
            page = stack.enter_context(browser_page())
            for name, path in PAGES.items():
                _open(page, address.rstrip("/") + path)
                _keep(page, name)
            show_answer(page, address.rstrip("/"))
            _keep(page, "answer")
    except (Error, OSError, TimeoutError) as problem:
        sys.stderr.write(f"No more pictures: {problem}\n")
        return 1
    return 0


def _keep(page: Page, name: str) -> None:
    page.screenshot(path=IMAGES / f"{name}.png")
    sys.stdout.write(f"docs/images/{name}.png\n")


def show_answer(page: Page, address: str) -> None:
    """Ask, wait until the answer is whole, and show it as a visitor finds it who comes back.

    A new site indexes its library in the first minutes; a picture without sources would show that and not the site.
    """
    end = time.monotonic() + START_PATIENCE
    while time.monotonic() < end:
        _open(page, f"{address}/ask/")
        page.fill("#question", QUESTION)
        page.locator("form.ask-box button[type=submit]").first.click()
        page.locator(".follow-up").wait_for(state="visible", timeout=ANSWER_PATIENCE)
        page.reload(wait_until="networkidle")
        if page.locator(".sources li").count() and not page.get_by_text("Searched by words alone").count():
            return
        time.sleep(10)
    raise TimeoutError(f"No answer with sources to “{QUESTION}”; is the library imported and indexed?")


def _open(page: Page, url: str) -> None:
    response = page.goto(url, wait_until="networkidle")
    if response is None or not response.ok:
        raise OSError(f"{url} answered {response.status if response else 'nothing'}.")


@contextlib.contextmanager
def browser_page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium() or None, args=["--no-sandbox"])
        yield browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light", locale="en-GB")
        browser.close()


@contextlib.contextmanager
def own_site() -> Iterator[str]:
    """A whole site under `HOME` while the block runs; its address."""
    HOME.mkdir(parents=True, exist_ok=True)
    site = subprocess.Popen(
        [sys.executable, "manage.py", "up", "--port", "auto", "--no-llama"],
        cwd=ROOT,
        env={**os.environ, "CLM_HOME": str(HOME)},
        stdout=subprocess.DEVNULL,
    )
    try:
        yield _address(site)
    finally:
        site.send_signal(signal.SIGINT)
        site.wait(timeout=60)


def _address(site: subprocess.Popen[bytes]) -> str:
    end = time.monotonic() + START_PATIENCE
    while time.monotonic() < end and site.poll() is None:
        record = read(HOME)
        if record.supervisor and record.supervisor.pid == site.pid and _ready(record.address):
            return record.address
        time.sleep(0.5)
    raise TimeoutError(f"The site did not come up; {HOME / 'log' / 'clm.log'} says why.")


def _ready(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/ready/", timeout=5) as response:  # noqa: S310 - our own address
            return response.status == 200
    except (urllib.error.URLError, OSError):
        return False


if __name__ == "__main__":
    sys.exit(main())
