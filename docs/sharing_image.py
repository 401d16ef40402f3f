"""Draw the picture that others show when somebody shares an address of the site: static/img/og.png, 1200 by 630.

python -m docs.sharing_image
"""

import sys
from pathlib import Path

from playwright.sync_api import Error, sync_playwright

from tests.browser import chromium

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "static" / "img" / "og.png"
WIDTH, HEIGHT = 1200, 630  # what most readers show uncut (https://ogp.me asks for none)
PAGE = """<!doctype html><style>{tokens}
  body {{ margin: 0; width: {width}px; height: {height}px; box-sizing: border-box; padding: 88px 96px; display: flex;
          flex-direction: column; background: var(--paper); color: var(--ink);
          border-bottom: 14px solid var(--accent) }}
  svg {{ width: 96px; height: 96px; color: var(--accent) }}
  h1 {{ margin: auto 0 0; font: 600 84px/1.06 var(--reading); letter-spacing: -0.015em }}
  p {{ margin: 28px 0 0; font: 400 34px/1.4 var(--reading); color: var(--ink-2); max-width: 24em }}
</style>
<svg viewBox="0 0 32 32" fill="none" stroke="currentColor" stroke-width="2.4" stroke-linecap="round">
<circle cx="16" cy="16" r="13"/><path d="M16 16 7.5 10M16 16l9-5M16 16v10"/>
<circle cx="16" cy="16" r="3.4" fill="currentColor"/></svg>
<h1>Commons Language<br>Model</h1>
<p>A library of patterns that people read, question and grow. It answers, and shows its sources.</p>"""


def main() -> int:
    tokens = (ROOT / "static" / "css" / "tokens.css").read_text(encoding="utf-8")
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium() or None, args=["--no-sandbox"])
            page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
            page.set_content(PAGE.format(tokens=tokens, width=WIDTH, height=HEIGHT))
            page.screenshot(path=PICTURE)
            browser.close()
    except Error as problem:
        sys.stderr.write(f"No picture: {problem}\n")
        return 1
    sys.stdout.write(f"{PICTURE.relative_to(ROOT)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
