"""Two hundred and more hostile texts, opened in a real browser: nothing runs, nothing is fetched, nothing pops up."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.e2e.site import Site

# Every payload that could run calls hit(). A page that calls it, asks something, or leaves is caught here.
WATCH = "window.ran = []; window.hit = (...said) => { window.ran.push(String(said)); return ''; };"
# What a script would change without calling anything: handlers on elements, and addresses that run.
LOOK = """() => ({
  ran: window.ran,
  scripts: [...document.scripts].filter(one => !one.src.startsWith(location.origin + '/static/')
    && one.type !== 'application/ld+json').map(one => one.outerHTML.slice(0, 120)),
  handlers: [...document.querySelectorAll('*')].flatMap(one => [...one.attributes]
    .filter(each => each.name.startsWith('on') || each.name === 'style').map(each => one.tagName + ' ' + each.name)),
  addresses: [...document.querySelectorAll('a, area, form, button, input, iframe, object, embed, image, use')]
    .flatMap(one => [one.href?.baseVal ?? one.href, one.action, one.formAction, one.src, one.data])
    .filter(each => typeof each === 'string' && /^\\s*(javascript|data|vbscript|blob|file):/i.test(each)),
  foreign: [...document.querySelectorAll('iframe, object, embed, base, math, style, portal, applet, marquee')]
    .map(one => one.outerHTML.slice(0, 120)),
})"""


def seed() -> dict[str, Any]:
    """Write the payloads into everything that is shown. Runs on the site."""
    from patterns.enums import SubmissionKind
    from patterns.models import Library, ReviewItem
    from patterns.people.signin import first_moderator
    from patterns.review import open_item
    from patterns.submissions import save_draft
    from tests.factories.answers import make_answer
    from tests.factories.hostile import PAYLOADS, documents, lines, storable
    from tests.factories.library import add_revision, make_lighthouse, make_pattern, make_relation, make_user
    from tests.factories.questions import publish
    from tests.factories.sessions import session_of

    each = 24
    texts, addresses, before = list(documents(each)), [], None
    library = Library.objects.create(slug="hostile", title="Hostile", origin="site", license="CC-BY-SA-4.0")
    for number, text in enumerate(texts):
        payload = PAYLOADS[number * each]
        author = make_user(lines(payload, 120))
        pattern = make_pattern(
            lines(payload, 300), text, slug=f"hostile-{number}", summary=lines(payload, 900), library=library,
            aliases=[lines(payload, 300)], domain=lines(payload, 120), lifecycle_status=lines(payload, 60),
            revision={"author": author, "attribution": storable(payload)},
        )  # fmt: skip
        add_revision(pattern, texts[number - 1], author=author)
        if before is not None:
            make_relation(pattern, "requires", before, evidence=text)
        before = pattern
        here = f"/patterns/hostile-{number}/"
        addresses += [here, f"{here}r/1/", f"{here}compare/?from=1&to=2", f"{here}card/", f"{here}edit/"]
        addresses.append(f"/relations/hostile-{number}/")
    house = make_lighthouse("</title><script>hit()</script>", texts[0], slug="hostile", library=library)
    some = [storable(one) for one in PAYLOADS]
    sentences = [
        {"text": one, "citations": [1], "support": "weak", "block": number, "form": "text"}
        for number, one in enumerate(some)
    ]
    answer = make_answer(some[0], "\n".join(some), cites=(before,), sentences=sentences)
    public = publish(f"What is {some[1]}?", some[2], cites=(before,))
    text = before.current.source[: before.current.body_start] + "\n\n".join(texts)
    draft = save_draft(
        author=author, kind=SubmissionKind.EDIT, title=lines(some[3], 300), text=text, pattern=before,
        based_on=before.current, note="\n".join(some), consent=True,
    )  # fmt: skip
    item = open_item("edit", object_id=draft.pk, title=draft.title, author=author, reasons=some)
    addresses += [house.get_absolute_url(), answer.get_absolute_url(), public.get_absolute_url(), "/questions/",
                  "/patterns/?q=%3Cscript%3Ehit()%3C%2Fscript%3E",
                  "/search/?q=%22%3E%3Cimg%20src%3Dx%20onerror%3Dhit()%3E",
                  "/ask/?question=%3C%2Ftextarea%3E%3Cscript%3Ehit()%3C%2Fscript%3E", "/review/",
                  f"/review/{item.pk}/", "/patterns/?sort=newest", "/%3Cscript%3Ehit()%3C%2Fscript%3E/"]  # fmt: skip
    assert ReviewItem.objects.filter(pk=item.pk).exists()
    return {"addresses": addresses, "session": session_of(first_moderator()), "payloads": len(PAYLOADS)}


@pytest.fixture(scope="module")
def seeded(site: Site) -> dict[str, Any]:
    code = "import json; from tests.e2e.test_hostile import seed; print(json.dumps(seed()))"
    done = site.manage("shell", "-v", "0", "-c", code)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_nothing_runs_on_any_page(visitor: Callable[..., Any], site: Site, seeded: dict[str, Any]) -> None:
    """Each page as a person meets it: opened, everything unfolded, every link of its text pressed."""
    assert seeded["payloads"] >= 200
    page = visitor(reduced_motion="reduce")
    page.context.add_cookies([{"name": "sessionid", "value": seeded["session"], "url": site.address}])
    page.add_init_script(WATCH)
    complaints: list[str] = []
    elsewhere: list[str] = []

    def asked(dialog: Any) -> None:
        complaints.append(f"dialog {dialog.message}")
        dialog.dismiss()

    page.on("dialog", asked)
    page.on("pageerror", lambda problem: complaints.append(f"error {problem}"))
    page.on("popup", lambda opened: complaints.append(f"popup {opened.url}"))
    page.on(
        "console",
        lambda said: complaints.append(said.text) if "Content Security Policy" in said.text else None,
    )
    page.on("request", lambda sent: None if sent.url.startswith(site.address) else elsewhere.append(sent.url))
    for address in seeded["addresses"]:
        answered = page.goto(address, wait_until="load")
        assert "script-src" in answered.headers["content-security-policy"], address
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        page.evaluate("""() => document.querySelectorAll('main a[href], main [tabindex]').forEach(one => {
            one.dispatchEvent(new MouseEvent('mouseover', {bubbles: true})); one.focus(); one.blur(); })""")
        found = page.evaluate(LOOK)
        assert found == {"ran": [], "scripts": [], "handlers": [], "addresses": [], "foreign": []}, address
        assert page.url.startswith(site.address), address
    assert complaints == []
    assert elsewhere == []


def test_the_watch_would_see_it(visitor: Callable[..., Any]) -> None:
    """The test of the test: on a page without our policy the payloads do run."""
    page = visitor()
    page.add_init_script(WATCH)
    page.goto("/about/")
    page.set_content("<script>window.ran = []; window.hit = () => window.ran.push('x')</script>"
                     "<details open ontoggle=hit()>x</details><iframe srcdoc='x'></iframe>")  # fmt: skip
    found = page.evaluate(LOOK)
    assert found["handlers"] == ["DETAILS ontoggle"]
    assert found["foreign"]
