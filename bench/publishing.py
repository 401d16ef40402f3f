"""How long after a reviewer's yes an edit can be found and cited, on a whole site: idle, and while an import embeds.

Each edit brings words nobody wrote before. It is accepted over HTTP as a reviewer does it; then the search page is
asked for those words until it has the pattern, and an answer is asked for until it cites the new revision. The import
is a library of CLM_BENCH_FILES files, or the one CLM_CORPUS names. Edits are sent in before the clock starts.
"""

import json
import math
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx

from bench.figures import Figure, report
from bench.whole_site import ROOT, WholeSite, whole_site

NAME = "publishing"
EDITS = int(os.environ.get("CLM_BENCH_EDITS", "20"))  # of each kind
FILES = int(os.environ.get("CLM_BENCH_FILES", "2000"))
PATIENCE = 60.0  # seconds after which an edit counts as lost
MOST = 10.0  # seconds, the bar
LETTERS = "bcdfghjklmnpqrstvwxz"

# Write edits that wait for a reviewer; print what the reviewer needs: session, and (item, version, slug, word) of each.
PREPARE = """
import json
from tests.factories.sessions import session_of
from patterns.enums import SubmissionKind
from patterns.format import edit, parse
from patterns.models import Pattern, ReviewItem
from patterns.people.signin import first_moderator
from patterns.submissions import save_draft, submit
from tests.factories.library import make_user

author, made = make_user(), []
patterns = list(Pattern.objects.filter(state="published", library__slug="starter").select_related("current")[:30])
for place, word in enumerate({words!r}):
    pattern = patterns[place % len(patterns)]
    pattern.refresh_from_db()
    document = parse(pattern.current.source)
    said = f"The {{word}} is what people here call the habit of meeting at noon."
    body = document.body.rstrip() + f"\\n\\n## What {{word}} means\\n\\n{{said}}\\n"
    draft = save_draft(
        author=author, kind=SubmissionKind.EDIT, title=pattern.title, text=edit(document, body=body).text,
        pattern=pattern, based_on=pattern.current, consent=True,
    )
    sent = submit(draft, actor=author)
    item = ReviewItem.objects.get(kind=sent.kind, object_id=sent.pk, open=True)
    made.append([item.pk, item.version, pattern.slug, word])
print(json.dumps({{"session": session_of(first_moderator()), "edits": made}}))
"""


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds from the reviewer's click until the search page had it, and until an answer cited it."""

    found: float
    cited: float


def measure() -> Iterator[Figure]:
    with whole_site(CLM_ADDRESS_SHARE="1000") as site:  # it asks as many people do, behind one address
        site.wait_for_workers()
        idle = _publish(site, _words("i", EDITS))
        yield from _figures("idle", idle, note=f"load {os.getloadavg()[0]:.1f}")
        with tempfile.TemporaryDirectory(prefix="clm-bench-library-") as folder:
            importing = _import(site, _corpus(Path(folder)))
            while not site.unembedded() and importing.poll() is None:
                time.sleep(0.5)
            busy = _publish(site, _words("b", EDITS))
            left = site.unembedded()
            done = "done" if importing.poll() == 0 else "still writing"
            importing.terminate()
        note = f"import {done}, {left:,} passages still without a vector after the last edit"
        yield from _figures("while an import embeds", busy, note=f"{note}, load {os.getloadavg()[0]:.1f}")


def _figures(when: str, took: list[Took], *, note: str) -> Iterator[Figure]:
    for what, values in (("searchable", [one.found for one in took]), ("citable", [one.cited for one in took])):
        ordered = sorted(values)
        p95 = ordered[math.ceil(len(ordered) * 0.95) - 1]  # the nearest rank
        middle = f"p50 {statistics.median(values):.2f} s, slowest {ordered[-1]:.1f} s of {len(values)} edits, "
        yield Figure(NAME, f"accepted edit to {what}, {when}, p95", p95, "s", most=MOST, note=middle + note)


def _publish(site: WholeSite, words: list[str]) -> list[Took]:
    prepared = json.loads(site.shell(PREPARE.format(words=words)))
    reviewer = httpx.Client(base_url=site.address, timeout=PATIENCE, cookies={"sessionid": prepared["session"]})
    reader = httpx.Client(base_url=site.address, timeout=PATIENCE, follow_redirects=True)
    token = _token(reviewer, "/ask/")
    took = []
    for item, version, slug, word in prepared["edits"]:
        started = time.monotonic()
        sent = {"decision": "accept", "version": version, "csrfmiddlewaretoken": token}
        answer = reviewer.post(f"/review/{item}/decide/", data=sent, headers={"Referer": f"{site.address}/review/"})
        assert answer.status_code == 302, f"{answer.status_code} {answer.text[:400]}"
        found = _until(lambda: slug in _results(reader, word), started)  # noqa: B023 - called at once
        cited = _until(lambda: _cites(site.address, word, slug), started)  # noqa: B023
        took.append(Took(found, cited))
    return took


def _until(true, started: float) -> float:
    while not true():
        if time.monotonic() - started > PATIENCE:
            return PATIENCE
        time.sleep(0.1)
    return time.monotonic() - started


def _results(reader: httpx.Client, word: str) -> set[str]:
    """The patterns that the search page finds for `word` and quotes it for."""
    page = reader.get("/search/", params={"q": word}).text
    return (
        set(re.findall(r'href="/patterns/([^/"?]+)/', page)) if word in page.replace(f'value="{word}"', "") else set()
    )


def _cites(address: str, word: str, slug: str) -> bool:
    """Ask what the word means, as somebody new who meets no limit, and read the answer when it is whole: whether it
    cites the pattern and says the word.
    """
    with httpx.Client(base_url=address, timeout=PATIENCE, follow_redirects=True) as reader:
        return _answer_cites(reader, word, slug)


def _answer_cites(reader: httpx.Client, word: str, slug: str) -> bool:
    token = _token(reader, "/ask/")
    asked = {"question": f"What is {word}?", "csrfmiddlewaretoken": token, "anyway": "yes"}
    page = reader.post("/ask/", data=asked, headers={"Referer": str(reader.base_url)})
    end = time.monotonic() + PATIENCE
    while 'http-equiv="refresh"' in page.text and time.monotonic() < end:
        time.sleep(0.2)
        page = reader.get(page.url)
    return bool(re.search(rf'href="/patterns/{slug}/r/[2-9]', page.text)) and "meeting at noon" in page.text


def _token(client: httpx.Client, address: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', client.get(address).text)
    assert found, f"no form on {address}"
    return found[1]


def _words(kind: str, count: int) -> list[str]:
    """Words nobody wrote: `zoiqabix` and its kin, one for each edit."""
    return [f"zo{kind}{LETTERS[n % 20]}a{LETTERS[n // 20 % 20]}{LETTERS[n * 7 % 20]}ulm" for n in range(count)]


def _corpus(folder: Path) -> Path:
    if corpus := os.environ.get("CLM_CORPUS"):
        return Path(corpus)
    from tests.factories.corpus import write_corpus

    write_corpus(folder, healthy=FILES)
    return folder


def _import(site: WholeSite, folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "manage.py", "import_library", str(folder), "--beside"]
    return subprocess.Popen(command, cwd=ROOT, env=dict(site.environment), stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    report(measure)
