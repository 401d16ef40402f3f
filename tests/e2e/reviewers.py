"""Reviewers over real HTTP, each with a session of their own, who claim and decide until the queue is empty."""

import json
import re
import threading
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final

import httpx

from tests.e2e.site import Site

ROW: Final = re.compile(r'href="/review/(\d+)/')
TOKEN: Final = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
VERSION: Final = re.compile(r'name="version" value="(\d+)"')
SAID: Final = re.compile(r'role="alert"[^>]*>\s*([^<]+)')
WORDED: Final = ("is looking at this until", "already decided", "is closed", "changed after you opened", "waits for")


@dataclass
class Met:
    """What the reviewers met, all together: statuses, refusals in words, refusals without, and what each decided."""

    statuses: Counter = field(default_factory=Counter)
    refusals: Counter = field(default_factory=Counter)
    wordless: list = field(default_factory=list)
    decided: dict = field(default_factory=dict)
    errors: list = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


def work_through(site: Site, sessions: list[str], *, accepting: bool = False, seconds: float = 240) -> Met:
    """Have every session work at once until none finds anything to do."""
    met, start = Met(), threading.Barrier(len(sessions))
    threads = [
        threading.Thread(target=_Reviewer(site, key, number, met, start, accepting).work, args=[seconds], daemon=True)
        for number, key in enumerate(sessions)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(seconds + 60)
    return met


@dataclass
class _Reviewer:
    site: Site
    session: str
    number: int
    met: Met
    start: threading.Barrier
    accepting: bool

    def work(self, seconds: float) -> None:
        try:
            with httpx.Client(base_url=self.site.address, cookies={"sessionid": self.session}, timeout=120) as browser:
                self.start.wait(60)
                end = time.monotonic() + seconds
                while time.monotonic() < end and self._one(browser):
                    pass
        except Exception as problem:  # noqa: BLE001 - a thread must not end unseen
            with self.met.lock:
                self.met.errors.append(repr(problem))

    def _one(self, browser: httpx.Client) -> bool:
        """Take the list as it is, begin with the first free rows like everybody else, and decide on one."""
        page = self._counted(browser.get("/review/?state=free&q=busy"))
        rows = list(dict.fromkeys(ROW.findall(page.text)))
        # Half of them begin where everybody begins, the others further down, as people do.
        first = self.number % len(rows) if rows and self.number % 2 else 0
        for pk in (rows[first:] + rows[:first])[:5]:
            shown = self._counted(browser.get(f"/review/{pk}/"))
            token, version = TOKEN.search(shown.text), VERSION.search(shown.text)
            if token is None or version is None:
                continue
            headers = {"Referer": f"{self.site.address}/review/{pk}/"}
            form = {"csrfmiddlewaretoken": token[1]}
            # Every third reviewer decides without a claim, as the interface lets them.
            if self.number % 3:
                claimed = self._counted(browser.post(f"/review/{pk}/claim/", data=form, headers=headers))
                if claimed.status_code != 302:
                    self._refused(claimed)
                    continue
            decision = "accept" if self.accepting and int(pk) % 2 else "decline"
            form |= {"decision": decision, "reason": f"Reviewer {self.number} says why.", "version": version[1]}
            decided = self._counted(browser.post(f"/review/{pk}/decide/", data=form, headers=headers))
            if decided.status_code == 302:
                with self.met.lock:
                    self.met.decided.setdefault(pk, []).append(self.number)
                return True
            self._refused(decided)
        return bool(rows)

    def _counted(self, response: httpx.Response) -> httpx.Response:
        with self.met.lock:
            self.met.statuses[response.status_code] += 1
        return response

    def _refused(self, response: httpx.Response) -> None:
        said = SAID.search(response.text)
        words = next((one for one in WORDED if said and one in said[1]), "")
        with self.met.lock:
            if words:
                self.met.refusals[words] += 1
            else:
                self.met.wordless.append((response.status_code, said[1] if said else response.text[:200]))


def check(site: Site, met: Met, seeded: dict[str, Any]) -> dict[str, Any]:
    """Assert that every item was decided exactly once and none was lost; return what PostgreSQL says."""
    truth = told(site, "truth", seeded["items"])
    assert met.errors == []
    assert met.wordless == [], "A refusal that says nothing."
    assert [status for status in met.statuses if status >= 500] == []
    assert truth == {"open": 0, "reviews": dict.fromkeys(map(str, seeded["items"]), 1), "claims": 0, "undecided": 0}
    mine = {pk: by for pk, by in met.decided.items() if int(pk) in seeded["items"]}
    assert sorted(map(int, mine)) == sorted(seeded["items"])
    assert [pk for pk, by in mine.items() if len(by) != 1] == [], "Two reviewers were told that they decided."
    return truth


def told(site: Site, function: str, *values: Any) -> Any:
    """Run a function of this module on the site's data; return what it returns."""
    call = f"import json; from tests.e2e import reviewers; print(json.dumps(reviewers.{function}(*{list(values)!r})))"
    done = site.manage("shell", "-v", "0", "-c", call, timeout=600)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.strip().splitlines()[-1])


def seed(count: int, people: int, own_patterns: bool) -> dict[str, Any]:
    """Send `count` edits and return their items, and the session keys of `people` reviewers. Runs on the site."""
    items = seed_things("Busy queue", count, own_patterns)
    return {"items": items, "sessions": [one_session(f"Busy {number}") for number in range(people)]}


def truth(items: list[int]) -> dict[str, Any]:
    """What the database says of the items: still open, reviews of each, claims left, submissions not decided."""
    from patterns.models import Claim, Review, ReviewItem, Submission

    things = ReviewItem.objects.filter(pk__in=items).values_list("object_id", flat=True)
    undecided = Submission.objects.filter(pk__in=things).exclude(state__in=["accepted", "declined"])
    return {
        "open": ReviewItem.objects.filter(pk__in=items, open=True).count(),
        "reviews": dict(Counter(Review.objects.filter(item__in=items).values_list("item", flat=True))),
        "claims": Claim.objects.filter(item__in=items).count(),
        "undecided": undecided.count(),
    }


def seed_things(title: str, count: int, own_patterns: bool = False) -> list[int]:
    """Send `count` edits, of one pattern or each of its own; return their items. Runs on the site."""
    from patterns import submissions
    from patterns.enums import SubmissionKind
    from patterns.models import Pattern, ReviewItem
    from tests.factories.library import make_pattern, make_user

    author, shared, items = (
        make_user(f"Author of {title}", email=_address()),
        Pattern.objects.order_by("pk").first(),
        [],
    )
    for number in range(count):
        pattern = make_pattern(f"Zz {title} {number}") if own_patterns else shared
        sent = submissions.save_draft(
            author=author, kind=SubmissionKind.EDIT, title=f"{title} {number}", pattern=pattern,
            based_on=pattern.current, consent=True, text=f"{pattern.current.source}\n\n{title} {number} adds this.\n",
        )  # fmt: skip
        submissions.submit(sent, actor=author)
        items.append(ReviewItem.objects.get(kind=sent.kind, object_id=sent.pk).pk)
    return items


def one_session(name: str) -> str:
    """The session key of a new reviewer. Runs on the site."""
    from tests.factories.people import make_reviewer
    from tests.factories.sessions import session_of

    return session_of(make_reviewer(name, email=_address()))


def _address() -> str:
    """An address of its own: each call of the site's command line counts its people anew."""
    return f"{uuid.uuid4().hex}@example.org"
