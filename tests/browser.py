"""Where the browser of the tests is. `python -m tests.browser` says so, or says how to get one."""

import os
import shutil
import sys
from pathlib import Path

# The shell is the same engine without a window to draw, and three times as quick.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")


def chromium() -> str:
    """The path of a Chromium or Chrome (CLM_CHROMIUM first); empty when there is none."""
    named = os.environ.get("CLM_CHROMIUM", "")
    found = [path for path in (shutil.which(named) if named else None, *map(shutil.which, NAMES)) if path]
    if not found and MAC.exists():
        found = [str(MAC)]
    return found[0] if found else _playwrights_own()


def _playwrights_own() -> str:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else ""


def main() -> int:
    if chromium():
        return 0
    sys.stderr.write(
        "The tests open pages in a real browser and found none. Install Chromium (Debian or Ubuntu: apt install "
        "chromium; elsewhere: .venv/bin/playwright install chromium), or name one: CLM_CHROMIUM=/path/to/chrome\n"
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
